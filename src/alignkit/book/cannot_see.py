"""The chapter "What we cannot see": what is hidden, held back, missing, left out or corrected since the last book."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from alignkit.book import blocks, run
from alignkit.book.chapter import Chapter
from alignkit.book.markdown import escape, pipe_table
from alignkit.disclosure.cells import as_key
from alignkit.fonts.letters import spellings
from alignkit.lateness import Late, said
from alignkit.records import Headline, Scalar
from alignkit.words.words import Words

ID = "cannot-see"
REVISIONS, COMPARED, GONE = "revisions", "compared", "gone"
"""The measures of page one that say which numbers were corrected, how many of each indicator are new or the same, and
which are no longer given; what counts as such is decided there alone."""
NOT_COMPARED = "not_compared"
"""The headline of page one where nothing is kept to compare with."""
_STANDINGS = ("new", "changed", "unchanged", "apart")
_ON_PAPER = 12
"""Rows; more corrections or late data than these are listed on the web only."""
_NAMED = 4
"""Chapters that are named as asking for a table that is not kept."""


def page(
    chapters: Sequence[Chapter],
    made: run.Manifest,
    without: Sequence[str],
    words: Words,
) -> Chapter:
    """The chapter: what the others published and asked for, and what the run lists."""
    title = words.gettext("What we cannot see")
    titles = {chapter.id: chapter.title for chapter in chapters}
    found = [
        blocks.heading(1, title, ID),
        blocks.box("question", words.gettext("What is missing from this book, and why?")),
        blocks.box("answer", _hidden_sentence(chapters, words)),
        *_hidden_table(chapters, words),
        *_late(made.late, words),
        *_missing_tables(chapters, made, titles, words),
        *_missing_chapters(made.chapters, without, titles, words),
        *_compared(chapters, words),
        *_corrections(chapters, words),
        *_gone(chapters, words),
        *_letters(chapters, words),
    ]
    return Chapter(ID, title, "\n\n".join(found) + "\n")


def _hidden_sentence(chapters: Sequence[Chapter], words: Words) -> str:
    published = [one for chapter in chapters for one in chapter.published]
    cells = {(one.quantity, as_key(cell.key)): cell.status for one in published for cell in one.cells}
    hidden = sum(status in ("hidden", "band") for status in cells.values())
    if not hidden:
        return words.gettext("No number in this book had to be hidden.")
    counted = words.ngettext("{n} number is hidden", "{n} numbers are hidden", hidden)
    sentence = words.gettext("{counted} to protect privacy, here or in a related figure. Hidden does not mean zero.")
    return sentence.format(counted=counted.format(n=words.number(hidden)))


def _hidden_table(chapters: Sequence[Chapter], words: Words) -> Iterator[str]:
    kinds = {
        words.gettext("Hidden"): ("hidden",),
        words.gettext("Only a limit shown"): ("band",),
        words.gettext("Held back by the source"): ("at_source", "range"),
        words.gettext("No value"): ("not_comparable", "missing"),
    }
    rows = []
    for chapter in chapters:
        count = Counter(str(cell.status) for one in chapter.published for cell in one.cells)
        sums = [sum(count[status] for status in statuses) for statuses in kinds.values()]
        if any(sums):
            rows.append([chapter.title, *map(words.number, (count.total(), *sums))])
    if rows:
        columns = [words.gettext("Chapter"), words.gettext("Numbers"), *kinds]
        table = pipe_table(columns, rows, ["left", *["right"] * (len(columns) - 1)])
        yield blocks.table(table, words.gettext("Numbers not shown, by chapter"), f"{ID}-hidden")


def _late(late: Sequence[Late], words: Words) -> Iterator[str]:
    """Data that should have come by now; the book uses what there was."""
    if not late:
        return
    yield blocks.heading(2, words.gettext("Data that are late"), f"{ID}-late")
    told = words.ngettext(
        "{n} set of data is older than usual; this book uses what there was.",
        "{n} sets of data are older than usual; this book uses what there was.",
        len(late),
    )
    yield escape(told.format(n=words.number(len(late))))
    yield blocks.items(f"{said(one, words)}." for one in late[:_ON_PAPER])
    if len(late) > _ON_PAPER:
        yield blocks.web(blocks.items(f"{said(one, words)}." for one in late[_ON_PAPER:]))


def _missing_tables(
    chapters: Sequence[Chapter], made: run.Manifest, titles: dict[str, str], words: Words
) -> Iterator[str]:
    catalog = made.snapshot.catalog
    asked: dict[str, dict[str, None]] = {}
    for chapter in chapters:
        for read in chapter.reads:
            if read.rows is None:
                asked.setdefault(read.table, {})[chapter.title] = None
    for entry in made.chapters:
        if entry.status == "missing_table" and entry.table:
            asked.setdefault(entry.table, {})[titles.get(entry.id, entry.id)] = None
    rows = [
        [catalog.schema(name).title, catalog.schema(name).description, _named_some(list(asked[name]), words)]
        for name in catalog.names
        if name in asked
    ]
    if rows:
        columns = [words.gettext("Table"), words.gettext("What it holds"), words.gettext("Asked for by")]
        yield blocks.heading(2, words.gettext("Tables we do not keep yet"), f"{ID}-tables-missing")
        caption = words.gettext("What these chapters could use and do not have")
        yield blocks.table(pipe_table(columns, rows), caption, f"{ID}-tables")


def _named_some(titles: Sequence[str], words: Words) -> str:
    """The first chapters by name, and how many more: a table of partners is asked for by every outcome's page."""
    if len(titles) <= _NAMED:
        return words.list(titles)
    rest = len(titles) - _NAMED + 1
    more = words.ngettext("{n} more", "{n} more", rest).format(n=words.number(rest))
    return words.list([*titles[: _NAMED - 1], more])


def _missing_chapters(
    entries: Sequence[run.Entry], without: Sequence[str], titles: dict[str, str], words: Words
) -> Iterator[str]:
    lines = []
    for entry in entries:
        title = titles.get(entry.id, entry.id)
        if entry.id in without:
            lines.append(words.gettext("{chapter}: this book is published without it.").format(chapter=title))
        elif entry.status in ("failed", "not_run"):
            lines.append(words.gettext("{chapter}: it could not be made in this run.").format(chapter=title))
    if lines:
        yield blocks.heading(2, words.gettext("Chapters that are not in this book"), f"{ID}-chapters")
        yield blocks.items(lines)


def _compared(chapters: Sequence[Chapter], words: Words) -> Iterator[str]:
    """Indicator by indicator, how many values are new, corrected, the same; or that nobody can tell."""
    told = [r.text for one in chapters for r in one.records if isinstance(r, Headline) and r.name == NOT_COMPARED]
    counts: dict[str, Counter[str]] = {}
    for row in _rows(chapters, COMPARED):
        counts.setdefault(str(row["indicator"]), Counter()).update({name: int(row[name] or 0) for name in _STANDINGS})
    if not told and not counts:
        return
    yield blocks.heading(2, words.gettext("Compared with the last book"), f"{ID}-compared-with")
    if told:
        yield escape(" ".join(told))
        return
    columns = [words.gettext("Indicator"), words.gettext("New"), words.gettext("Corrected"), words.gettext("The same"),
               words.gettext("Cannot be compared")]  # fmt: skip
    rows = [[name, *(words.number(count[one]) for one in _STANDINGS)] for name, count in sorted(counts.items())]
    table = pipe_table(columns, rows, ["left", *["right"] * len(_STANDINGS)])
    yield blocks.table(table, words.gettext("Values in this book, compared with the last one"), f"{ID}-compared")
    if any(count["apart"] for count in counts.values()):
        yield escape(
            words.gettext("A value that the last book did not show, or showed in another unit, cannot be compared.")
        )


def _rows(chapters: Sequence[Chapter], measure: str) -> list[Mapping[str, Scalar]]:
    """What is shown of page one's measure of that id."""
    found = (one for chapter in chapters for one in chapter.published if one.id == measure)
    return [{**cell.key, **cell.shown} for one in found for cell in one.cells if cell.status == "shown"]


def _gone(chapters: Sequence[Chapter], words: Words) -> Iterator[str]:
    """Values that the last book showed and their source no longer gives."""
    rows = [[str(one["named"]), str(one["was_said"])] for one in _rows(chapters, GONE)]
    if rows:
        yield blocks.heading(2, words.gettext("No longer given by their source"), f"{ID}-no-longer")
        table = pipe_table([words.gettext("What"), words.gettext("Last book")], rows, ["left", "right"])
        listed = blocks.table(table, words.gettext("Values that the last book showed"), f"{ID}-gone")
        yield listed if len(rows) <= _ON_PAPER else blocks.web(listed)


def _corrections(chapters: Sequence[Chapter], words: Words) -> Iterator[str]:
    """Values that the last book showed and whose source has corrected them since, as page one found them."""
    shown = _rows(chapters, REVISIONS)
    if not shown:
        return
    told = words.ngettext("{n} number was corrected.", "{n} numbers were corrected.", len(shown))
    meaning = words.gettext("A correction is no change for children.")
    yield blocks.heading(2, words.gettext("Corrected since the last book"), f"{ID}-corrections")
    yield escape(f"{told.format(n=words.number(len(shown)))} {meaning}")
    columns = [words.gettext("What"), words.gettext("Last book"), words.gettext("This book")]
    rows = [[str(one[name]) for name in ("named", "was_said", "now_said")] for one in shown]
    table = pipe_table(columns, rows, ["left", "right", "right"])
    listed = blocks.table(table, words.gettext("Numbers that were corrected"), f"{ID}-corrected")
    yield listed if len(rows) <= _ON_PAPER else blocks.web(listed)


def _letters(chapters: Sequence[Chapter], words: Words) -> Iterator[str]:
    """Letters that the PDF and the charts spell in Latin letters; on the web, each with its spelling."""
    found = spellings(chapter.markdown for chapter in chapters)
    if not found:
        return
    counted = words.ngettext("{n} letter", "{n} letters", len(found)).format(n=words.number(len(found)))
    told = words.gettext(
        "The fonts of the PDF and the charts lack {counted} of this book. They print a Latin spelling instead "
        "(AnyAscii). The web pages show names as their owners write them."
    )
    yield blocks.heading(2, words.gettext("Names spelled in Latin letters"), f"{ID}-letters")
    yield escape(told.format(counted=counted))
    yield blocks.web(escape(", ".join(f"{letter} ({latin})" for letter, latin in found.items())))
