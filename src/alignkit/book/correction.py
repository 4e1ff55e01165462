"""A released book that was wrong is issued again: what the new issue corrects, and what page one says about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from alignkit.book.markdown import plain
from alignkit.disclosure import ledger
from alignkit.disclosure.ledger import Entry
from alignkit.errors import InputError

LONGEST_REASON = 300
"""Characters: page one has room for a sentence or two."""


@dataclass(frozen=True)
class Correction:
    """A corrected issue and those before it: all of one cycle, the oldest first."""

    issues: tuple[Entry, ...]
    """At least two; the last is the one in this book."""
    proposed: bool = False
    """A draft that would be a correction: it has no reason and no day yet."""
    pages: frozenset[str] = frozenset()
    """Folders of earlier releases that have HTML pages, here."""

    @property
    def now(self) -> Entry:
        """The issue in this book."""
        return self.issues[-1]

    @property
    def earlier(self) -> tuple[Entry, ...]:
        """The issues that stay as they were."""
        return self.issues[:-1]

    def data(self) -> dict[str, Any]:
        """What the book's manifest says of it."""
        found, now = difference(*self.issues[-2:]), self.now
        return {
            "issue": now.issue,
            "corrects": now.corrects,
            "reason": now.reason,
            "day": now.day.isoformat() if now.day else "",
            "numbers": {"both": found.both, "changed": found.changed, "new": found.new, "gone": found.gone},
            "chapters": list(found.chapters),
        }


@dataclass(frozen=True)
class Difference:
    """How two issues of a book differ, as a reader of both sees it."""

    both: int
    """Numbers about people that are in both."""
    changed: int
    """Of these, those that read differently."""
    new: int
    gone: int
    chapters: tuple[str, ...]
    """Ids of chapters whose sentences differ, in alphabetical order."""


def difference(one: Entry, other: Entry) -> Difference:
    """Compare what two issues published, the older one first."""
    both = one.texts.keys() & other.texts.keys()
    changed = sum(one.texts[id_] != other.texts[id_] for id_ in both)
    said = {chapter for chapter in {*one.headlines, *other.headlines} if _said(one, chapter) != _said(other, chapter)}
    new, gone = len(other.texts) - len(both), len(one.texts) - len(both)
    return Difference(len(both), changed, new, gone, tuple(sorted(said)))


def _said(entry: Entry, chapter: str) -> dict[str, object]:
    return {name: one["text"] for name, one in entry.headlines.get(chapter, {}).items()}


def reason_of(text: str, issues: Sequence[Entry], cycle: str, where: str) -> str:
    """The reason of a correction as it is printed.

    Raises `InputError` where no book of the cycle has been released, or where the reason is empty, too long, or more
    than one paragraph.
    """
    if not issues:
        cure = "leave out --corrects to release it; if it was released on another machine, bring back the ledger"
        raise InputError(f"{cycle} has not been released, so there is no book to correct", where=where, cure=cure)
    for problem, is_so in (
        ("says nothing", not plain(text)),
        ("has more than one paragraph", "\n" in text.strip()),
        (f"has {len(text):,} characters; page one has room for {LONGEST_REASON}", len(text) > LONGEST_REASON),
    ):
        if is_so:
            cure = 'say in one sentence what was wrong: --corrects "The rates for 2025 were those of 2024."'
            raise InputError(f"the reason for the correction {problem}", where=f"{where}, --corrects", cure=cure)
    return plain(text)


def problems(issues: Sequence[Entry], entry: Entry, reason: str, later: Sequence[str]) -> Iterator[str]:
    """Why this content cannot be released: as it is without a `reason`, as a correction with one.

    `later` are cycles released since. Their books say what changed since this one, and what they hide was chosen by
    what this one shows, so it can't change any more.
    """
    same = bool(issues) and entry.shows_the_same(issues[-1])
    if not issues or (same and reason in ("", issues[-1].reason)):
        return
    if same:
        told = f"it shows exactly what was released before (issue {issues[-1].issue})"
        yield f"there is nothing to correct: {told}; run the cycle again with what is right"
    elif later:
        newest = later[-1]
        yield f"{newest} was released since, and builds on what {entry.cycle} showed; correct the book of {newest}"
    elif not reason:
        yield f"{ledger.shown_before(entry.cycle)}; {ledger.CORRECT}"


def next_issue(issues: Sequence[Entry], entry: Entry, reason: str, corrects: str) -> Entry:
    """`entry` as the issue that it is: the last one again where it shows the same, else the next one, of today."""
    if not issues:
        return entry
    last = issues[-1]
    if entry.shows_the_same(last):
        return entry.numbered(last.issue, last.corrects, last.reason, last.day)
    return entry.numbered(last.issue + 1, corrects, reason, date.today())


def of_release(issues: Sequence[Entry], entry: Entry, place: Path) -> Correction | None:
    """What page one says where `entry`, numbered, is released in `place`; None for a first issue."""
    earlier = tuple(one for one in issues if one.issue < entry.issue)
    pages = frozenset(path.parts[-3] for path in (place / "releases").glob("*/book/index.html"))
    return Correction((*earlier, entry), pages=pages) if earlier else None


def of_draft(issues: Sequence[Entry], entry: Entry, place: Path) -> Correction | None:
    """The same for a draft: None where the cycle was not released, or shows what its first issue showed."""
    if not issues:
        return None
    if entry.shows_the_same(issues[-1]):
        return of_release(issues, issues[-1], place)
    return Correction((*issues, entry.numbered(issues[-1].issue + 1, "", "", None)), proposed=True)


def issue_folder(cycle: str, issue: int) -> str:
    """What the link to an earlier issue is called, next to the cycle's own link."""
    return f"{cycle}-issue-{issue}"
