"""The pages that no notebook makes: absent chapters, what we cannot see, the data dictionary, where all this comes from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from alignkit.book.chapter import Chapter, title_and_question
from alignkit.book.markdown import escape, pipe_table
from alignkit.book.run import Entry
from alignkit.contract.schema import TABLES, TableSchema, schema
from alignkit.records import Cell
from alignkit.words.words import Words

if TYPE_CHECKING:
    from alignkit.book.assemble import Book

READING, CANNOT_SEE, DICTIONARY, PROVENANCE = "how-to-read", "cannot-see", "data-dictionary", "provenance"
_HIDDEN = ("hidden", "band")
_SOURCE = ("at_source", "range")
_ABSENT = ("not_comparable", "missing")


def absent(entry: Entry, notebook: Mapping[str, Any] | None, words: Words, *, left_out: bool) -> Chapter:
    """The page in place of a chapter that could not be made: what it would show, and what it waits for."""
    title, question = title_and_question(notebook) if notebook else ("", "")
    title = title or entry.title or entry.id.replace("-", " ").capitalize()
    blocks = [_heading(1, title, entry.id)]
    if question:
        blocks.append(f"::: {{.question}}\n{escape(question)}\n:::")
    if left_out:
        blocks.append(_callout("important", words.gettext("This book is published without this chapter."), words))
    elif entry.status == "missing_table" and entry.table:
        blocks += _needs(schema(entry.table), words)
    else:
        blocks.append(_callout("important", words.gettext("This chapter could not be made in this run."), words))
        blocks.append(escape(words.gettext("A book with this page is a draft; it cannot be released.")))
    return Chapter(entry.id, title, "\n\n".join(blocks) + "\n")


def _needs(table: TableSchema, words: Words) -> Iterator[str]:
    said = words.gettext("This page is empty because the community does not keep the table “{table}” yet.")
    yield _callout("note", said.format(table=table.title), words)
    yield _heading(2, words.gettext("What it needs"), f"{table.name}-needed")
    yield escape(words.gettext("Table {name}: {about}").format(name=table.name, about=table.description))
    yield escape(words.gettext("For each row, at least:"))
    yield "\n".join(f"- **{escape(f.name)}**: {escape(f.description)}" for f in table.fields if f.required)


def contents(book: "Book", chapters: Sequence[Chapter]) -> Chapter:
    """Page one of a community that has no brief: the list of chapters."""
    title = book.words.gettext("In this book")
    items = "\n".join(f"- @sec-{chapter.id}: {escape(chapter.title)}" for chapter in chapters if not chapter.web_only)
    return Chapter("brief", title, f"{_heading(1, title, 'brief')}\n\n{items}\n")


def how_to_read(book: "Book") -> Chapter:
    """What the words and signs of every page mean."""
    told, title = book.words.gettext, book.words.gettext("How to read this book")
    rows = [
        (told("46% (44% to 48%)"), told("46 of 100. Chance alone could make that 44 to 48.")),
        (told("improving, worsening"), told("A direction is named only where chance alone would rarely show as much.")),
        (told("no clear change"), told("Up, down and level all fit these results. It does not say that nothing changes.")),
        (told("cannot tell yet"), told("There are too few results so far; the page says when there could be enough.")),
        (told("hidden"), told("Hidden to protect privacy, here or in a related figure. Hidden does not mean zero.")),
        (told("under 10%"), told("The exact number would point at single people, so only its limit is given.")),
        (told("projection"), told("What happens if nothing changes. It is not a promise.")),
        (told("goal"), told("What this community agreed to reach, by when.")),
    ]
    table = pipe_table([told("You read"), told("It means")], rows)
    return Chapter(READING, title, f"{_heading(1, title, READING)}\n\n{table}\n")


def generated(book: "Book") -> tuple[Chapter, ...]:
    """The book's last pages."""
    return cannot_see(book), data_dictionary(book), provenance(book)


def cannot_see(book: "Book") -> Chapter:
    """What is hidden, what the sources held back, which tables and chapters are not there."""
    words, title = book.words, book.words.gettext("What we cannot see")
    blocks = [
        _heading(1, title, CANNOT_SEE),
        f"::: {{.question}}\n{escape(words.gettext('What is missing from this book, and why?'))}\n:::",
        f"::: {{.answer}}\n{escape(_hidden_sentence(book))}\n:::",
        *_hidden_table(book),
        *_missing_tables(book),
        *_missing_chapters(book),
    ]
    return Chapter(CANNOT_SEE, title, "\n\n".join(blocks) + "\n")


def _hidden_sentence(book: "Book") -> str:
    cells = {(one.quantity, _key(cell)): cell.status for c in book.chapters for one in c.published for cell in one.cells}
    hidden = sum(status in _HIDDEN for status in cells.values())
    words = book.words
    if not hidden:
        return words.gettext("No number in this book had to be hidden.")
    counted = words.ngettext("{n} number is hidden", "{n} numbers are hidden", hidden).format(n=words.number(hidden))
    return words.gettext("{counted} to protect privacy, here or in a related figure. Hidden does not mean zero.").format(
        counted=counted
    )


def _key(cell: Cell) -> tuple[tuple[str, str], ...]:
    """The cell's place in its quantity: the same in every chapter."""
    return tuple(sorted((name, str(value)) for name, value in cell.key.items() if value != "all"))


def _hidden_table(book: "Book") -> list[str]:
    words = book.words
    columns = [words.gettext(name) for name in ("Chapter", "Numbers", "Hidden", "Held back by the source", "No value")]
    rows = []
    for chapter in book.chapters:
        count = Counter(cell.status for one in chapter.published for cell in one.cells)
        sums = [sum(count[status] for status in kinds) for kinds in (_HIDDEN, _SOURCE, _ABSENT)]
        if any(sums):
            rows.append([chapter.title, *(words.number(n) for n in (count.total(), *sums))])
    if not rows:
        return []
    table = pipe_table(columns, rows, ["left", *["right"] * 4])
    return [f"{table}\n\n: {escape(words.gettext('Numbers not shown, by chapter'))} {{#tbl-{CANNOT_SEE}-hidden}}"]


def _missing_tables(book: "Book") -> list[str]:
    asked: dict[str, list[str]] = {}
    for chapter in book.chapters:
        for read in chapter.reads:
            if read.rows is None:
                asked.setdefault(read.table, []).append(chapter.title)
    for entry in book.manifest.chapters:
        if entry.status == "missing_table" and entry.table:
            asked.setdefault(entry.table, []).append(_title_of(book, entry.id))
    if not asked:
        return []
    words = book.words
    columns = [words.gettext("Table"), words.gettext("One row is"), words.gettext("Asked for by")]
    rows = [[schema(n).title, schema(n).description, words.list(asked[n])] for n in TABLES if n in asked]
    caption = escape(words.gettext("What these chapters could use and do not have"))
    return [
        _heading(2, words.gettext("Tables we do not keep yet"), f"{CANNOT_SEE}-tables"),
        f"{pipe_table(columns, rows)}\n\n: {caption} {{#tbl-{CANNOT_SEE}-tables}}",
    ]


def _missing_chapters(book: "Book") -> list[str]:
    words, lines = book.words, []
    for entry in book.manifest.chapters:
        title = _title_of(book, entry.id)
        if entry.id in book.without:
            lines.append(words.gettext("{chapter}: this book is published without it.").format(chapter=title))
        elif entry.status in ("failed", "not_run"):
            lines.append(words.gettext("{chapter}: it could not be made in this run.").format(chapter=title))
    if not lines:
        return []
    heading = _heading(2, words.gettext("Chapters that are not in this book"), f"{CANNOT_SEE}-chapters")
    return [heading, "\n".join(f"- {escape(line)}" for line in lines)]


def _title_of(book: "Book", id_: str) -> str:
    return next((chapter.title for chapter in book.chapters if chapter.id == id_), id_)


def data_dictionary(book: "Book") -> Chapter:
    """Every table that the community keeps: what a row is, what each column says."""
    words, title = book.words, book.words.gettext("Data dictionary")
    blocks = [_heading(1, title, DICTIONARY)]
    columns = [words.gettext(name) for name in ("Column", "What it says", "Type", "Standard")]
    for name in (name for name in TABLES if name in book.manifest.snapshot.tables):
        table = schema(name)
        blocks += [_heading(2, table.title, f"{DICTIONARY}-{name}"), escape(f"{name}: {table.description}")]
        rows = [[field.name, field.description, field.type, field.element] for field in table.fields]
        blocks.append(pipe_table(columns, rows))
    return Chapter(DICTIONARY, title, "\n\n".join(blocks) + "\n", web_only=True)


def provenance(book: "Book") -> Chapter:
    """The parameters, data, notebooks, code and programs that made this book."""
    words, title, manifest = book.words, book.words.gettext("How this book was made"), book.manifest
    value = words.gettext("Value")
    sections: Iterable[tuple[str, str, Iterable[tuple[str, str]]]] = (
        (words.gettext("Parameters"), words.gettext("Name"), _pairs(manifest.parameters)),
        (words.gettext("Tables (hash of the content)"), words.gettext("Table"), _pairs(manifest.snapshot.tables)),
        (words.gettext("Notebooks (hash of the source)"), words.gettext("Chapter"), _pairs(manifest.notebooks)),
        (words.gettext("Programs"), words.gettext("Name"), _pairs({**manifest.versions, "code": manifest.code})),
    )
    blocks = [_heading(1, title, PROVENANCE)]
    for place, (heading, name, pairs) in enumerate(sections):
        rows = [list(pair) for pair in pairs]
        if rows:
            blocks += [_heading(2, heading, f"{PROVENANCE}-{place + 1}"), pipe_table([name, value], rows)]
    return Chapter(PROVENANCE, title, "\n\n".join(blocks) + "\n", web_only=True)


def _pairs(mapping: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in sorted(mapping.items()):
        yield name, "" if value is None else str(value)


def _heading(level: int, text: str, name: str) -> str:
    return f"{'#' * level} {escape(text)} {{#sec-{name}}}"


def _callout(kind: str, text: str, words: Words) -> str:
    title = escape(words.gettext("Please note"))
    return f'::: {{.callout-{kind} title="{title}"}}\n{escape(text)}\n:::'
