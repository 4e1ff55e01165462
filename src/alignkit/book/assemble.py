"""A run and its narratives → a Quarto book project that both engines read."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from alignkit.book import cannot_see, pages, references
from alignkit.book.chapter import Chapter, of_notebook
from alignkit.book.narrative import narratives
from alignkit.book.pandoc import read as parse
from alignkit.book.run import Entry, Manifest, notebook, read_manifest
from alignkit.disclosure import ledger
from alignkit.errors import BookError
from alignkit.params import CommunityParams, CycleParams
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

    @property
    def words(self) -> Words:
        """The book's language."""
        return words(self.cycle.lang)


def book_of(
    run: Path, project: Path, params: tuple[CommunityParams, CycleParams], *, draft: bool, without: Iterable[str] = ()
) -> Book:
    """Read a run and its narratives; writes nothing.

    Raises `NarrativeError` and `BookError` with every problem found.
    """
    community, cycle = params
    manifest, told, left_out = read_manifest(run), words(cycle.lang), tuple(without)
    known = [entry.id for entry in manifest.chapters]
    _refuse_unknown(left_out, known)
    made = {entry.id: _made(run, entry, told) for entry in manifest.chapters if is_ok(entry, left_out)}
    headlines = {name: text for chapter in made.values() for name, text in chapter.headlines.items()}
    folder = project / "params" / community.id / cycle.cycle
    written = narratives(folder, known, headlines, strict=not manifest.partial)
    published = list(made)
    for entry in manifest.chapters:
        if entry.id not in made:
            executed = notebook(run, entry.id)
            made[entry.id] = pages.absent(entry, executed, told, left_out=entry.id in left_out)
        elif entry.id in written:
            made[entry.id] = _made(run, entry, told, written[entry.id])
    chapters = [_linked(made[id_], known) for id_ in known]
    more = (
        cannot_see.page(chapters, manifest.chapters, left_out, _last(project, cycle), told),
        pages.data_dictionary(manifest.snapshot.tables, told),
        pages.provenance(manifest, published, told),
    )
    return Book(community, cycle, manifest, _in_order(chapters, more, told), draft, left_out)


def ledger_folder(project: Path, community: str) -> Path:
    """Where the project keeps what each cycle has released."""
    return project / "reports" / community / "ledger"


def _last(project: Path, cycle: CycleParams) -> ledger.Entry | None:
    """What the cycle before has released."""
    released = ledger.read(ledger_folder(project, cycle.community), before=cycle.cycle)
    return next((entry for entry in released if entry.cycle == cycle.previous), None)


def _refuse_unknown(without: Iterable[str], known: Sequence[str]) -> None:
    for id_ in without:
        if id_ not in known:
            near = get_close_matches(id_, known, n=1)
            cure = f"did you mean '{near[0]}'?" if near else f"chapters: {', '.join(known)}"
            raise BookError(f"there is no chapter '{id_}' to leave out", cure=cure)


def _made(run: Path, entry: Entry, told: Words, narrative: str = "") -> Chapter:
    executed = notebook(run, entry.id)
    if executed is None:
        raise BookError("its executed notebook is gone", where=f"chapter {entry.id}", cure="run the cycle again")
    return of_notebook(executed, entry.id, entry.title, told, narrative)


def _linked(chapter: Chapter, chapters: Collection[str]) -> Chapter:
    """What records say is literal, with one exception: @sec-<chapter> of this book leads to that chapter."""

    def link(found: re.Match[str]) -> str:
        name = found[1].replace("\\", "")
        return f"@sec-{name}" if name in chapters else found[0]

    return replace(chapter, markdown=_ESCAPED_LINK.sub(link, chapter.markdown))


def is_ok(entry: Entry, without: Sequence[str]) -> bool:
    """Whether the book has this chapter as its notebook made it."""
    return entry.status == "ok" and entry.id not in without


def _in_order(chapters: Sequence[Chapter], more: Sequence[Chapter], told: Words) -> tuple[Chapter, ...]:
    first = [chapter for chapter in chapters if chapter.id == PAGE_ONE] or [pages.contents(chapters, told)]
    return (*first, pages.how_to_read(told), *(chapter for chapter in chapters if chapter.id != PAGE_ONE), *more)


def file_name(chapter: Chapter, first: Chapter) -> str:
    """The chapter's file in the book project, without its ending; page one is the index."""
    return "index" if chapter is first else chapter.id


def trees(book: Book) -> tuple[references.Tree, ...]:
    """Every chapter as pandoc reads it, numbered like a reader counts."""
    numbered, parsed = 0, []
    for place, chapter in enumerate(book.chapters):
        has_number = place > 1 and not chapter.web_only
        numbered += has_number
        number = str(numbered) if has_number else ""
        parsed.append(references.Tree(chapter.id, number, chapter.web_only, parse(marked(chapter, has_number))))
    return tuple(parsed)


def marked(chapter: Chapter, has_number: bool) -> str:
    """The chapter's Markdown, its first heading marked where it takes no number or is not on paper."""
    classes = " .unnumbered" * (not has_number) + _CLASSES.get(chapter.id, " .web-only" * chapter.web_only)
    return chapter.markdown.replace(f"{{#sec-{chapter.id}}}", f"{{#sec-{chapter.id}{classes}}}", 1)
