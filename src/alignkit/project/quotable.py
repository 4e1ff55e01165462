"""The evaluator's words and the names they may use."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from alignkit.book import narrative
from alignkit.book.assemble import headlines_of, is_ok
from alignkit.book.run import NOT_RUN, notebook, read_manifest
from alignkit.folders import run_folder

Wrong = tuple[Path, int, str]
"""File, line, what is wrong."""


@dataclass(frozen=True)
class Quotable:
    """What a cycle's last run left to quote; all empty where there has been no run."""

    chapters: tuple[str, ...] = ()
    not_run: frozenset[str] = frozenset()
    """Those of `chapters` that did not run, or failed."""
    names: Mapping[str, str] = field(default_factory=dict)
    """ "chapter.name" → what it says."""

    def waiting(self, chapters: Collection[str]) -> set[str]:
        """Those of `chapters` whose names the next run will bring."""
        return ({*chapters} - {*self.chapters}) | self.not_run if self.chapters else set()


def quotable(project: Path, community: str, cycle: str) -> Quotable:
    """What a cycle's last run left to quote."""
    run = run_folder(project, community, cycle)
    if not (run / "manifest.json").is_file():
        return Quotable()
    entries = read_manifest(run).chapters
    executed = {entry.id: notebook(run, entry.id) for entry in entries if is_ok(entry, ())}
    names = {name: text for id_, nb in executed.items() if nb is not None for name, text in headlines_of(id_, nb)}
    not_run = frozenset(entry.id for entry in entries if entry.status in NOT_RUN)
    return Quotable(tuple(entry.id for entry in entries), not_run, names)


def by_chapter(names: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Chapter → its names with what they say now, as `quotable` gives them: plain numbers first, then sentences."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, text in names.items():
        found.setdefault(name.split(".")[0], []).append((name, text))
    return {chapter: sorted(all_, key=lambda one: one[1].endswith((".", "?", "!"))) for chapter, all_ in found.items()}


def wrong_words(folder: Path, chapters: Collection[str], said: Quotable, only: str = "") -> Iterator[Wrong]:
    """What would stop the book; where the chapters or names are not known yet, they are not looked up.

    `only` is the chapter whose words are looked at; left out, all.
    """
    for path in _files(folder, only):
        if chapters and path.stem not in chapters:
            yield path, 1, narrative.no_such_chapter(path, list(chapters)).split(": ", 1)[1]
            continue
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            yield path, 1, "the file is not UTF-8 text; save it as UTF-8"
            continue
        names = said.names if said.chapters else None
        yield from ((path, line, what) for line, what in narrative.check(text, names, said.waiting(chapters)))


def words_ahead(folder: Path, chapters: Collection[str], said: Quotable, only: str = "") -> Iterator[Wrong]:
    """Words that quote a chapter which has not run yet."""
    for path in _files(folder, only):
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        yield from ((path, line, what) for line, what in narrative.not_run(text, said.waiting(chapters), folder))


def _files(folder: Path, only: str) -> list[Path]:
    return [path for path in sorted(folder.glob("*.md")) if not only or path.stem == only]
