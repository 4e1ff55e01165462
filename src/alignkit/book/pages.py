"""The pages that no notebook makes: absent chapters, how to read the book, the data dictionary, how it was made."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from alignkit.book import blocks
from alignkit.book.chapter import Chapter, title_and_question
from alignkit.book.markdown import escape, pipe_table
from alignkit.book.run import Entry, Manifest
from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.schema import TableSchema
from alignkit.words.words import Words

READING, DICTIONARY, PROVENANCE = "how-to-read", "data-dictionary", "provenance"
COULD_SHOW = "could-show"
METHODS = "methods"
"""The chapter that a notebook makes for the web alone."""


def absent(
    entry: Entry, notebook: Mapping[str, Any] | None, words: Words, *, left_out: bool, catalog: Catalog = CONTRACT
) -> Chapter:
    """The page in place of a chapter that could not be made: what it would show, and what it waits for."""
    title, question = _titled(entry, notebook, words)
    found = [blocks.heading(1, title, entry.id)]
    if question:
        found.append(blocks.box("question", question))
    note = words.gettext("Please note")
    if left_out:
        said = words.gettext("This book is published without this chapter.")
        found.append(blocks.callout("important", note, said))
    elif entry.status == "missing_table" and entry.table:
        table = catalog.schema(entry.table)
        said = words.gettext("This page is empty because the community does not keep the table “{table}” yet.")
        found.append(blocks.callout("note", note, said.format(table=table.title)))
        found += _needs(table, words)
    else:
        found.append(blocks.callout("important", note, words.gettext("This chapter could not be made in this run.")))
        found.append(escape(words.gettext("A book with this page is a draft; it cannot be released.")))
    return Chapter(entry.id, title, "\n\n".join(found) + "\n")


def could_show(
    absent: Iterable[tuple[Entry, Mapping[str, Any] | None]], words: Words, catalog: Catalog = CONTRACT
) -> Chapter:
    """One page for all chapters whose table is not kept: a first book of step 1 would else have five empty ones.

    Each is a section with the chapter's label, so that what points at the chapter leads here.
    """
    title, listed = words.gettext("What this book could also show"), list(absent)
    told = words.ngettext(
        "{n} more chapter is made as soon as its table has rows.",
        "{n} more chapters are made, each as soon as its table has rows.",
        len(listed),
    )
    found = [
        blocks.heading(1, title, COULD_SHOW),
        blocks.box("question", words.gettext("Which questions does this community not answer yet?")),
        blocks.box("answer", told.format(n=words.number(len(listed)))),
    ]
    for entry, notebook in listed:
        name, question = _titled(entry, notebook, words)
        found.append(blocks.heading(2, name, entry.id))
        found += [escape(question)] if question else []
        found += _needs(catalog.schema(str(entry.table)), words)
    return Chapter(COULD_SHOW, title, "\n\n".join(found) + "\n")


def _titled(entry: Entry, notebook: Mapping[str, Any] | None, words: Words) -> tuple[str, str]:
    title, question = title_and_question(notebook, words) if notebook else ("", "")
    given = "" if entry.title == entry.id else entry.title
    return title or given or re.sub("[-_]", " ", entry.id).capitalize(), question


def _needs(table: TableSchema, words: Words) -> Iterator[str]:
    """The table that is missing; what each row of it has to say stands on the web, where it is filled."""
    yield escape(words.gettext("It needs the table {name}: {about}").format(name=table.name, about=table.description))
    columns = "\n".join(f"- **{escape(f.name)}**: {escape(f.description)}" for f in table.fields if f.required)
    yield blocks.web(blocks.folded(words.gettext("What each row of it says, at least"), columns))


def contents(chapters: Sequence[Chapter], words: Words) -> Chapter:
    """Page one of a community that has no brief: the list of chapters."""
    title = words.gettext("In this book")
    lines = "\n".join(f"- @sec-{chapter.id}: {escape(chapter.title)}" for chapter in chapters)
    return Chapter("brief", title, f"{blocks.heading(1, title, 'brief')}\n\n{lines}\n")


def how_to_read(words: Words, *, has_methods: bool = False) -> Chapter:
    """What the words and signs of every page mean."""
    gettext, title = words.gettext, words.gettext("How to read this book")
    meanings = {
        gettext("46% (44% to 48%)"): gettext(
            "46 of 100. Chance alone, or a survey's margin of error, could make that 44 to 48 (95 percent)."
        ),
        gettext("improving, worsening"): gettext("Said only where chance alone would rarely show as much."),
        gettext("no clear change"): gettext("Up, down and level all fit these results. It does not mean level."),
        gettext("cannot tell yet"): gettext(
            "There are too few results, or none with a range; the page says when it could be told, if ever."
        ),
        gettext("hidden"): gettext("Hidden to protect privacy, here or in a related figure. It does not mean zero."),
        gettext("under 10%"): gettext("The exact number would point at single people, so only its limit is given."),
        gettext("projection"): gettext("What happens if nothing changes. It is not a promise."),
        gettext("goal"): gettext("What this community agreed to reach, and by when."),
    }
    table = pipe_table([gettext("You read"), gettext("It means")], list(meanings.items()))
    said = gettext("How every number is worked out, and what must be so for it to be right")
    more = blocks.web(f"[{escape(said)}]({METHODS}.html)")  # Quarto has no references to what bears no number
    return Chapter(READING, title, f"{blocks.heading(1, title, READING)}\n\n{table}\n\n{more * has_methods}\n")


def data_dictionary(tables: Iterable[str], words: Words, catalog: Catalog = CONTRACT) -> Chapter:
    """The tables that the community keeps: what a row is, what each column says."""
    kept, title = set(tables), words.gettext("Data dictionary")
    found = [blocks.heading(1, title, DICTIONARY)]
    columns = [words.gettext("Column"), words.gettext("What it says"), words.gettext("Type"), words.gettext("Standard")]
    for name in (name for name in catalog.names if name in kept):
        table = catalog.schema(name)
        rows = [[field.name, field.description, field.type, field.element] for field in table.fields]
        found.append(blocks.heading(2, table.title, f"{DICTIONARY}-{name}"))
        found += [escape(f"{name}: {table.description}"), pipe_table(columns, rows)]
    return Chapter(DICTIONARY, title, "\n\n".join(found) + "\n", web_only=True)


def provenance(manifest: Manifest, published: Sequence[str], words: Words) -> Chapter:
    """The parameters, data, notebooks, code and programs that made this book."""
    title, found = words.gettext("How this book was made"), list[str]()
    found.append(blocks.heading(1, title, PROVENANCE))
    links = "\n".join(f"- [{escape(id_)}](../notebooks/{id_}.ipynb)" for id_ in published)
    if links:
        found += [blocks.heading(2, words.gettext("Executed notebooks"), f"{PROVENANCE}-executed"), links]
    sections: Sequence[tuple[str, str, Mapping[str, object]]] = (
        (words.gettext("Parameters"), words.gettext("Name"), manifest.parameters),
        (words.gettext("Tables (hash of the content)"), words.gettext("Table"), manifest.snapshot.tables),
        (words.gettext("Notebooks (hash of the source)"), words.gettext("Chapter"), manifest.notebooks),
        (words.gettext("Programs"), words.gettext("Name"), {**manifest.versions, "alignkit (code)": manifest.code}),
    )
    for place, (heading, name, values) in enumerate(sections, start=1):
        rows = [(key, "" if value is None else str(value)) for key, value in sorted(values.items())]
        if rows:
            found.append(blocks.heading(2, heading, f"{PROVENANCE}-{place}"))
            found.append(pipe_table([name, words.gettext("Value")], rows))
    return Chapter(PROVENANCE, title, "\n\n".join(found) + "\n", web_only=True)
