"""What a corrected book says about its correction: a box on page one, and a list on the page on how it was made."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from alignkit.book import blocks
from alignkit.book.chapter import Chapter
from alignkit.book.correction import Correction, Difference, difference, issue_folder
from alignkit.book.markdown import escape, pipe_table
from alignkit.disclosure.ledger import Entry
from alignkit.words.words import Words

MOST_CHAPTERS = 5
"""Chapters that page one names; more of them are counted."""


def on_page_one(chapters: Sequence[Chapter], correction: Correction, params: str, words: Words) -> Chapter:
    """The first of the book's chapters with the box below its title; `params` is the cycle's parameter file."""
    title, rest = chapters[0].markdown.split("\n", 1)
    told = box(correction, chapters, params, words)
    return replace(chapters[0], markdown=f"{title}\n\n{told}\n{rest}")


def box(correction: Correction, chapters: Sequence[Chapter], params: str, words: Words) -> str:
    """The box: what was wrong, what differs, and where the earlier issues are."""
    gettext, now, before = words.gettext, correction.now, correction.earlier[-1]
    if correction.proposed:
        title = gettext("This draft differs from the book that was released")
        command = f'alignkit release {params} --corrects "…"'
        told = [escape(gettext("To publish it, say what was wrong: {command}").format(command=command))]
    else:
        title = gettext("This book was corrected on {date}").format(date=words.date(now.day))
        told = [f"**{escape(gettext('What was wrong:'))}** {escape(now.reason)}"]
    told.append(" ".join(_differs(difference(before, now), before, chapters, words)))
    told += [_corrected_before(one, words) for one in correction.earlier[:0:-1]]
    return blocks.div(f'.callout-important title="{escape(title)}"', "\n\n".join([*told, *_kept(correction, words)]))


def corrected_on(correction: Correction | None, words: Words) -> str:
    """When the book was corrected, for every page; "" where it was not."""
    if correction is None or correction.proposed:
        return ""
    return words.gettext("Corrected on {date}").format(date=words.short_date(correction.now.day))


def _issue_name(issue: Entry, words: Words) -> str:
    if issue.issue == 1:
        return words.gettext("first issue")
    return words.gettext("issue {n} of {date}").format(n=issue.issue, date=words.date(issue.day))


def _differs(found: Difference, before: Entry, chapters: Sequence[Chapter], words: Words) -> Iterator[str]:
    """Sentences on how the book differs from the issue before it."""
    than = words.gettext("Compared with the {issue}:").format(issue=_issue_name(before, words))
    if before.issue > 1:
        than = words.gettext("Compared with {issue}:").format(issue=_issue_name(before, words))
    yield f"**{escape(than)}**"
    yield escape(numbers(found, words))
    order = [chapter.id for chapter in chapters]
    differ = sorted(found.chapters, key=lambda id_: order.index(id_) if id_ in order else len(order))
    named = [_name(id_, chapters, words) for id_ in differ]
    if len(named) > MOST_CHAPTERS:
        many = words.ngettext("The text of {n} chapter differs.", "The text of {n} chapters differs.", len(named))
        yield escape(many.format(n=words.number(len(named))))
    elif named:
        yield f"{escape(words.gettext('The text differs in:'))} {words.list(named)}."


def numbers(found: Difference, words: Words) -> str:
    """How many of the published numbers about people differ."""
    said = []
    if found.both and not found.changed:
        said.append(words.gettext("No number about people has changed."))
    elif found.both:
        text = words.ngettext(
            "{n} of {all} numbers about people has changed.",
            "{n} of {all} numbers about people have changed.",
            found.changed,
        )
        said.append(text.format(n=words.number(found.changed), all=words.number(found.both)))
    if found.new:
        text = words.ngettext("{n} number is new.", "{n} numbers are new.", found.new)
        said.append(text.format(n=words.number(found.new)))
    if found.gone:
        text = words.ngettext("{n} number is no longer shown.", "{n} numbers are no longer shown.", found.gone)
        said.append(text.format(n=words.number(found.gone)))
    return " ".join(said)


def _name(id_: str, chapters: Sequence[Chapter], words: Words) -> str:
    """A chapter by its title and its number, as Markdown; by its id where this book has no such chapter."""
    there = {chapter.id: chapter for chapter in chapters}
    if id_ not in there:
        return escape(id_)
    if there[id_] is chapters[0]:
        return escape(words.gettext("page one"))
    number = "" if there[id_].web_only else f" (@sec-{id_})"
    return f"{escape(there[id_].title)}{number}"


def _corrected_before(issue: Entry, words: Words) -> str:
    day = words.gettext("Corrected before, on {date}:").format(date=words.date(issue.day))
    return f"**{escape(day)}** {escape(issue.reason)}"


def _kept(correction: Correction, words: Words) -> Iterator[str]:
    """Where the earlier issues are: links on the web, folders on paper."""
    if correction.proposed:
        return
    folders = [later.corrects for later in correction.issues[1:]]
    if not all(folders):
        yield escape(words.gettext("What the earlier book showed stays on record."))
        return
    said, paper, links = f"**{escape(words.gettext('Kept unchanged:'))}**", [], []
    for one, folder in zip(correction.earlier, folders, strict=True):
        name, place = escape(_issue_name(one, words)), issue_folder(one.cycle, one.issue)
        paper.append(f"{name} ({escape(place)})")
        links.append(f"[{name}](../../{place}/book/index.html)" if folder in correction.pages else paper[-1])
    yield blocks.web(f"{said} {words.list(links)}.")
    yield f'::::: {{.content-visible when-format="typst"}}\n{said} {words.list(paper)}.\n:::::'


def history(correction: Correction, words: Words) -> str:
    """A section with every issue of the book in a table, and all chapters that differ; "" for a draft."""
    if correction.proposed:
        return ""
    gettext = words.gettext
    columns = [gettext("Issue"), gettext("What was wrong before"), gettext("Numbers"), gettext("Chapters that differ")]
    rows = [[_issue_name(correction.issues[0], words), "", "", ""]]
    for before, now in zip(correction.issues, correction.issues[1:], strict=False):
        found = difference(before, now)
        rows.append([_issue_name(now, words), now.reason, numbers(found, words), words.list(found.chapters)])
    return f"\n{blocks.heading(2, gettext('Corrections'), 'provenance-corrections')}\n\n{pipe_table(columns, rows)}\n"
