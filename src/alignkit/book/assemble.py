"""A run and its narratives → a Quarto book project that both engines read."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from alignkit import folders
from alignkit.book import cannot_see, erratum, pages, references
from alignkit.book.chapter import Chapter, of_notebook
from alignkit.book.correction import Correction
from alignkit.book.narrative import narratives
from alignkit.book.pandoc import read as parse
from alignkit.book.run import NOT_RUN, Entry, Manifest, notebook, of_the_run, read_manifest
from alignkit.errors import BookError, ParamsError
from alignkit.params import CommunityParams, CycleParams
from alignkit.records import Headline
from alignkit.records import of_notebook as of_records
from alignkit.words.words import Words, words

PAGE_ONE = "brief"
_CLASSES = {PAGE_ONE: " .page-one", pages.READING: " .after-contents"}
"""What the filter for paper tells chapters by."""
_ESCAPED_LINK = re.compile(r"\\@sec\\-((?:[a-z0-9]|\\[-_](?=[a-z0-9]))+)")


@dataclass(frozen=True)
class Book:
    """What the book is made from, before anything is written."""

    community: CommunityParams
    cycle: CycleParams
    manifest: Manifest
    chapters: tuple[Chapter, ...]
    """In reading order, page one first."""
    draft: bool
    without: tuple[str, ...] = ()
    correction: Correction | None = None
    """Where it corrects a released book, or would."""

    @property
    def words(self) -> Words:
        """The book's language."""
        return words(self.cycle.lang)


def book_of(
    run: Path, project: Path, params: tuple[CommunityParams, CycleParams], *, draft: bool, without: Iterable[str] = ()
) -> Book:
    """Read a run and its narratives; writes nothing.

    Raises `ParamsError`, `NarrativeError` and `BookError` with every problem found.
    """
    community, cycle = params
    manifest, told, left_out = read_manifest(run), words(cycle.lang), tuple(without)
    known, catalog = [entry.id for entry in manifest.chapters], manifest.snapshot.catalog
    _refuse_unknown(left_out, known)
    executed = _executed(run, [entry.id for entry in manifest.chapters if is_ok(entry, left_out)])
    headlines = {name: text for id_, nb in executed.items() for name, text in headlines_of(id_, nb)}
    folder = project / "params" / community.id / cycle.cycle
    settled = {*left_out, *(entry.id for entry in manifest.chapters if entry.status not in NOT_RUN)}
    to_run = {*community.chapters, *known} - settled
    written = narratives(folder, known, headlines, strict=not manifest.partial, waiting=to_run)
    chapters = []
    for entry in manifest.chapters:
        if entry.id in executed:
            made = of_notebook(executed[entry.id], entry.id, entry.title, told, written.get(entry.id, ""))
        else:
            made = pages.absent(entry, notebook(run, entry.id), told, left_out=entry.id in left_out, catalog=catalog)
        linked = _linked(made, [*known, cannot_see.ID])
        chapters.append(replace(linked, web_only=entry.id == pages.METHODS))
    waiting = [entry for entry in manifest.chapters if _waits(entry, left_out)]
    more = _after(run, manifest, chapters, waiting, left_out, list(executed), told)
    apart = {entry.id for entry in waiting} | {pages.METHODS}
    shown = [chapter for chapter in chapters if chapter.id not in apart]
    return Book(community, of_the_run(cycle, manifest), manifest, _in_order(shown, more, told), draft, left_out)


def _after(run: Path, manifest: Manifest, chapters: Sequence[Chapter], waiting: Sequence[Entry],
           left_out: tuple[str, ...], executed: Sequence[str], told: Words) -> tuple[Chapter, ...]:  # fmt: skip
    """The pages after the chapters: what more data would show, what the book cannot see, methods, data, provenance."""
    catalog, more = manifest.snapshot.catalog, []
    if waiting:
        more.append(pages.could_show(((entry, notebook(run, entry.id)) for entry in waiting), told, catalog))
    return (
        *more,
        cannot_see.page(chapters, manifest, left_out, told),
        *(chapter for chapter in chapters if chapter.web_only),
        pages.data_dictionary(manifest.snapshot.tables, told, catalog),
        pages.provenance(manifest, list(executed), told),
    )


def corrected(book: Book, correction: Correction) -> Book:
    """The book with what it corrects: a box on page one, and every correction on the page on how it was made."""
    file = f"params/{book.community.id}/{book.cycle.cycle}.yml"
    history = erratum.history(correction, book.words)
    first = erratum.on_page_one(book.chapters, correction, file, book.words)
    rest = [
        replace(chapter, markdown=chapter.markdown + history) if chapter.id == pages.PROVENANCE else chapter
        for chapter in book.chapters[1:]
    ]
    return replace(book, chapters=(first, *rest), correction=correction)


def ledger_folder(project: Path, community: str) -> Path:
    """Where the project keeps what each cycle has released."""
    return folders.ledger(project, community)


def _refuse_unknown(without: Iterable[str], known: Sequence[str]) -> None:
    for id_ in without:
        if id_ not in known:
            near = get_close_matches(id_, known, n=1)
            cure = f"did you mean '{near[0]}'?" if near else f"chapters: {', '.join(known)}"
            raise ParamsError(f"there is no chapter '{id_}' to leave out", cure=cure)


def _executed(run: Path, chapters: Iterable[str]) -> dict[str, NotebookNode]:
    found = {}
    for id_ in chapters:
        executed = notebook(run, id_)
        if executed is None:
            raise BookError("its executed notebook is gone", where=f"chapter {id_}", cure="run the cycle again")
        found[id_] = executed
    return found


def headlines_of(chapter: str, executed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What narratives may quote of a chapter: "chapter.name" and the text."""
    for record in of_records(executed):
        if isinstance(record, Headline):
            yield f"{chapter}.{record.name}", record.text


def _linked(chapter: Chapter, chapters: Collection[str]) -> Chapter:
    """What records say is literal, with one exception: @sec-<chapter> of this book leads to that chapter, and
    @sec-<this chapter>-<section> to a section of its own."""

    def link(found: re.Match[str]) -> str:
        name = found[1].replace("\\", "")
        own = re.search(rf"\{{#sec-{name}[ }}]", chapter.markdown)
        return f"@sec-{name}" if name in chapters or own else found[0]

    return replace(chapter, markdown=_ESCAPED_LINK.sub(link, chapter.markdown))


def is_ok(entry: Entry, without: Sequence[str]) -> bool:
    """Whether the book has this chapter as its notebook made it."""
    return entry.status == "ok" and entry.id not in without


def _waits(entry: Entry, without: Sequence[str]) -> bool:
    """Whether this chapter only waits for a table, and so shares a page with others like it. Page one never does."""
    return entry.status == "missing_table" and bool(entry.table) and entry.id not in (PAGE_ONE, *without)


def _in_order(chapters: Sequence[Chapter], more: Sequence[Chapter], told: Words) -> tuple[Chapter, ...]:
    first = [chapter for chapter in chapters if chapter.id == PAGE_ONE] or [pages.contents(chapters, told)]
    reading = pages.how_to_read(told, has_methods=any(chapter.id == pages.METHODS for chapter in more))
    return (*first, reading, *(chapter for chapter in chapters if chapter.id != PAGE_ONE), *more)


def file_name(chapter: Chapter, first: Chapter) -> str:
    """The chapter's file in the book project, without its ending; page one is the index."""
    return "index" if chapter is first else chapter.id


def trees(book: Book) -> tuple[references.Tree, ...]:
    """Every chapter as pandoc reads it, numbered like a reader counts."""
    # Page one and the words on reading take no number, nor does what is only on the web.
    counted = [place > 1 and not chapter.web_only for place, chapter in enumerate(book.chapters)]
    numbers = [str(sum(counted[: place + 1])) if has else "" for place, has in enumerate(counted)]
    with ThreadPoolExecutor() as pool:
        parsed = list(pool.map(parse, map(marked, book.chapters, counted)))
    return tuple(
        references.Tree(chapter.id, number, chapter.web_only, tree)
        for chapter, number, tree in zip(book.chapters, numbers, parsed, strict=True)
    )


def marked(chapter: Chapter, has_number: bool) -> str:
    """The chapter's Markdown, its first heading marked where it takes no number or is not on paper."""
    classes = " .unnumbered" * (not has_number) + _CLASSES.get(chapter.id, " .web-only" * chapter.web_only)
    return chapter.markdown.replace(f"{{#sec-{chapter.id}}}", f"{{#sec-{chapter.id}{classes}}}", 1)
