"""The chapter "What we cannot see": what is hidden, held back, missing, left out or corrected since the last book."""

from collections import Counter
from collections.abc import Iterator, Sequence

from alignkit.book import blocks
from alignkit.book.chapter import Chapter
from alignkit.book.markdown import escape, pipe_table
from alignkit.book.run import Entry
from alignkit.contract.schema import TABLES, schema
from alignkit.records import Cell
from alignkit.words.words import Words

ID = "cannot-see"


def page(chapters: Sequence[Chapter], entries: Sequence[Entry], without: Sequence[str], words: Words) -> Chapter:
    """The chapter, from what the others published and asked for and from the run's list of chapters."""
    title = words.gettext("What we cannot see")
    titles = {chapter.id: chapter.title for chapter in chapters}
    found = [
        blocks.heading(1, title, ID),
        blocks.box("question", words.gettext("What is missing from this book, and why?")),
        blocks.box("answer", _hidden_sentence(chapters, words)),
        *_hidden_table(chapters, words),
        *_missing_tables(chapters, entries, titles, words),
        *_missing_chapters(entries, without, titles, words),
    ]
    return Chapter(ID, title, "\n\n".join(found) + "\n")


def _hidden_sentence(chapters: Sequence[Chapter], words: Words) -> str:
    published = [one for chapter in chapters for one in chapter.published]
    cells = {(one.quantity, _key(cell)): cell.status for one in published for cell in one.cells}
    hidden = sum(status in ("hidden", "band") for status in cells.values())
    if not hidden:
        return words.gettext("No number in this book had to be hidden.")
    counted = words.ngettext("{n} number is hidden", "{n} numbers are hidden", hidden)
    sentence = words.gettext("{counted} to protect privacy, here or in a related figure. Hidden does not mean zero.")
    return sentence.format(counted=counted.format(n=words.number(hidden)))


def _key(cell: Cell) -> tuple[tuple[str, str], ...]:
    """The cell's place in its quantity, the same in every chapter: "all" says nothing."""
    return tuple(sorted((name, str(value)) for name, value in cell.key.items() if value != "all"))


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


def _missing_tables(
    chapters: Sequence[Chapter], entries: Sequence[Entry], titles: dict[str, str], words: Words
) -> Iterator[str]:
    asked: dict[str, dict[str, None]] = {}
    for chapter in chapters:
        for read in chapter.reads:
            if read.rows is None:
                asked.setdefault(read.table, {})[chapter.title] = None
    for entry in entries:
        if entry.status == "missing_table" and entry.table:
            asked.setdefault(entry.table, {})[titles.get(entry.id, entry.id)] = None
    rows = [
        [schema(name).title, schema(name).description, words.list(list(asked[name]))]
        for name in TABLES
        if name in asked
    ]
    if rows:
        columns = [words.gettext("Table"), words.gettext("What it holds"), words.gettext("Asked for by")]
        yield blocks.heading(2, words.gettext("Tables we do not keep yet"), f"{ID}-tables-missing")
        caption = words.gettext("What these chapters could use and do not have")
        yield blocks.table(pipe_table(columns, rows), caption, f"{ID}-tables")


def _missing_chapters(
    entries: Sequence[Entry], without: Sequence[str], titles: dict[str, str], words: Words
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


def revisions(rows: Sequence[tuple[str, str, str]], words: Words) -> Iterator[str]:
    """What the last book said and this one says otherwise about the same thing: (what, then, now)."""
    yield blocks.heading(2, words.gettext("Corrected since the last book"), f"{ID}-revisions")
    yield escape(words.gettext("A correction of the data is not a change for children."))
    columns = [words.gettext("What"), words.gettext("Last book"), words.gettext("This book")]
    table = pipe_table(columns, rows, ["left", "right", "right"])
    yield blocks.table(table, words.gettext("Numbers that were corrected"), f"{ID}-corrected")
