"""A run and its narratives → a Quarto book project that both engines read."""

import re
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from alignkit.book import cannot_see, pages, references, resources
from alignkit.book.chapter import Chapter, of_notebook
from alignkit.book.markdown import plain
from alignkit.book.narrative import narratives
from alignkit.book.pandoc import read as parse
from alignkit.book.run import Entry, Manifest, notebook, read_manifest
from alignkit.errors import BookError
from alignkit.fonts import __path__ as font_folders
from alignkit.params import CommunityParams, CycleParams
from alignkit.theme import css_fonts, css_variables, typst_variables
from alignkit.words.words import Words, words

PAGE_ONE = "brief"
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
        cannot_see.page(chapters, manifest.chapters, left_out, told),
        pages.data_dictionary(manifest.snapshot.tables, told),
        pages.provenance(manifest, published, told),
    )
    return Book(community, cycle, manifest, _in_order(chapters, more, told), draft, left_out)


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
        parsed.append(references.Tree(chapter.id, number, chapter.web_only, parse(_marked(chapter, has_number))))
    return tuple(parsed)


def _marked(chapter: Chapter, has_number: bool) -> str:
    """The chapter's Markdown, its first heading marked where it takes no number or is not on paper."""
    classes = " .unnumbered" * (not has_number) + " .web-only" * chapter.web_only
    return chapter.markdown.replace(f"{{#sec-{chapter.id}}}", f"{{#sec-{chapter.id}{classes}}}", 1)


def write(book: Book, folder: Path, project: Path, formats: Collection[str] = ("html", "pdf")) -> None:
    """Write the Quarto book project anew into `folder`; the references are checked first."""
    parsed = trees(book)
    references.check(parsed, references.labels(parsed, book.words))
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(resources.templates(project), folder)
    shutil.copytree(resources.FILTERS, folder / "filters", dirs_exist_ok=True)
    for tree, chapter in zip(parsed, book.chapters, strict=True):
        name = file_name(chapter, book.chapters[0])
        _put(folder / f"{name}.md", _marked(chapter, bool(tree.number)))
        for path, text in chapter.files.items():
            _put(folder / path, text)
    _theme(book, folder)
    configuration = read_yaml(folder / "_quarto.yml")
    _merge(configuration, settings(book, formats))
    with (folder / "_quarto.yml").open("w", encoding="utf-8") as file:
        _yaml().dump(configuration, file)


def settings(book: Book, formats: Collection[str]) -> dict[str, Any]:
    """What the template's `_quarto.yml` leaves open. `alignkit:` holds what only alignkit reads."""
    title = book.words.gettext("{community}: report for {cycle}").format(
        community=book.community.name, cycle=book.cycle.cycle
    )
    name = f"{book.community.id}-{book.cycle.cycle}"
    return {
        "lang": book.cycle.lang,
        "book": {
            "title": _yaml_words(title),
            "author": _yaml_words(book.community.author or book.community.name),
            "date": book.cycle.as_of.isoformat(),
            "output-file": name,
            "chapters": [f"{file_name(chapter, book.chapters[0])}.md" for chapter in book.chapters],
        },
        "alignkit": {
            "community": book.community.id,
            "name": book.community.name,
            "author": book.community.author or book.community.name,
            "title": title,
            "papers": [f"{name}.pdf", f"{name}-brief.pdf"] if "pdf" in formats else [],
            "cycle": book.cycle.cycle,
            "as-of": book.cycle.as_of.isoformat(),
            "draft": book.draft,
            "synthetic": book.community.synthetic,
            "page-one": book.chapters[0].id,
            "web-only": [chapter.id for chapter in book.chapters if chapter.web_only],
            "notebooks": [entry.id for entry in book.manifest.chapters if is_ok(entry, book.without)],
        },
    }


def _yaml_words(text: str) -> str:
    """Quarto reads these as Markdown; what could be a mark is escaped, and only that."""
    return re.sub(r"([\\*_`\[\]<>$@^~|{}\"])", r"\\\1", plain(text))


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file's mapping, as plain values."""
    loaded: dict[str, Any] = _yaml().load(path.read_text(encoding="utf-8"))
    return loaded


def _yaml() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.width = 4096
    return yaml


def _merge(base: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, Mapping) and isinstance(base.get(key), dict):
            _merge(base[key], value)
        else:
            base[key] = value


def _theme(book: Book, folder: Path) -> None:
    """The community's colors and alignkit's fonts, as each engine takes them."""
    css = folder / "assets" / "book.css"
    _put(css, css_fonts() + css_variables(book.community.accent) + css.read_text(encoding="utf-8"))
    _put(folder / "typst" / "theme.typ", typst_variables(book.community.accent))
    for font in sorted(Path(font_folders[0]).glob("*.woff2")):
        (folder / "assets" / "fonts").mkdir(exist_ok=True)
        shutil.copyfile(font, folder / "assets" / "fonts" / font.name)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
