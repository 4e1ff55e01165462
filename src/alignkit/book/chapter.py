"""One executed notebook → one neutral Markdown chapter, its figures and its tables.

Only what came through records gets in: code, printed frames and tracebacks stay in the notebook, and so do Markdown
cells tagged `editor`, which speak to the person who edits it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat.v4
from nbconvert.exporters import Exporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from alignkit.book import blocks, narrative
from alignkit.book.markdown import csv_table, escape, plain
from alignkit.book.svg import clean
from alignkit.errors import BookError
from alignkit.records import Exhibit, Headline, Published, Record, TableRead, from_output
from alignkit.records import of_notebook as records_of
from alignkit.shared.files import EDITOR
from alignkit.words.markdown import translated
from alignkit.words.words import Words

SVG = "image/svg+xml"
NARRATIVE = "narrative"
"""The tag of the cell in whose place the evaluator's words for this cycle go."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_HEADING = re.compile(r"^#\s+(.+?)\s*(?:\{[^}]*\})?$", re.MULTILINE)
_NO_ALT = "No description has been provided for this image"


@dataclass(frozen=True)
class Chapter:
    """A chapter as both engines read it. `files` maps a path in the book project to its text."""

    id: str
    title: str
    markdown: str
    files: Mapping[str, str] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    web_only: bool = False

    @property
    def published(self) -> tuple[Published, ...]:
        """What came through the one door."""
        return tuple(record for record in self.records if isinstance(record, Published))

    @property
    def reads(self) -> tuple[TableRead, ...]:
        """The tables that the notebook asked for."""
        return tuple(record for record in self.records if isinstance(record, TableRead))


class RecordsOnly(Preprocessor):
    """Drop every output that carries no record: it did not come through the one door."""

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        """Keep what carries a record."""
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if from_output(output) is not None]
        return cell, resources


class ChapterExporter(Exporter):
    """nbconvert's way from an executed notebook to a chapter's Markdown.

    `resources` holds `chapter` (id), `title` (used where the notebook has none), `words` and `narrative` (Markdown,
    already filled). Figures and tables come back in `resources["outputs"]`.
    """

    file_extension = ".md"
    output_mimetype = "text/markdown"

    @property
    def default_config(self) -> Any:
        """Outputs without a record are gone before anything is written."""
        config = super().default_config
        config.ChapterExporter.preprocessors = [RecordsOnly]
        return config

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, dict[str, Any]]:
        """The chapter's Markdown, and `resources` with its files."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        parts = list(_parts(nb, resources["chapter"], resources["words"]))
        _refuse_repeats(parts, resources["chapter"])
        resources["outputs"] = _files(parts, resources["chapter"])
        resources["title"] = _title(parts, resources["title"])
        return _compose(parts, resources), resources


def of_notebook(notebook: NotebookNode, chapter: str, title: str, words: Words, narrative: str = "") -> Chapter:
    """The chapter in an executed notebook (nbformat 4); `narrative` is checked, filled Markdown.

    Raises `BookError` where a chart lacks its picture or its alt text, or an id is used twice.
    """
    given: dict[str, Any] = {"chapter": chapter, "title": title, "words": words, "narrative": narrative}
    markdown, resources = ChapterExporter().from_notebook_node(notebook, given)
    return Chapter(
        id=chapter,
        title=resources["title"],
        markdown=markdown,
        files=resources["outputs"],
        records=tuple(records_of(notebook)),
    )


def title_and_question(notebook: Mapping[str, Any], words: Words) -> tuple[str, str]:
    """The heading of the first Markdown cell that the page shows and that has one, and the words below it."""
    for cell in notebook["cells"]:
        shown = cell["cell_type"] == "markdown" and EDITOR not in cell["metadata"].get("tags", ())
        if shown and (found := _HEADING.search(source := translated(cell["source"], words))):
            return _unmarked(found[1]), _unmarked(source[found.end() :])
    return "", ""


@dataclass(frozen=True)
class _Part:
    """One thing of the notebook that the page shows."""

    kind: str
    """`text`, `title`, `narrative` or `record`."""
    text: str = ""
    record: Record | None = None
    svg: str = ""


def _parts(notebook: NotebookNode, chapter: str, words: Words) -> Iterator[_Part]:
    titled = False
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            tags = cell.metadata.get("tags", ())
            if NARRATIVE in tags:
                yield _Part("narrative")
            elif EDITOR in tags:
                pass
            elif not titled and _HEADING.search(cell.source):
                titled = True
                yield _Part("title", translated(cell.source, words))
            elif problems := narrative.check(cell.source):
                line, what = problems[0]
                raise BookError(what, where=f"chapter {chapter}, Markdown cell, line {line}", cure="write it plainer")
            elif cell.source.strip():
                yield _Part("text", narrative.normal(translated(cell.source, words), chapter))
        for output in cell.get("outputs", ()):
            record = from_output(output)
            yield _Part("record", record=record, svg="".join(output.data.get(SVG, "")))


def _refuse_repeats(parts: Sequence[_Part], chapter: str) -> None:
    seen = set[str]()
    for part in parts:
        if not isinstance(part.record, Exhibit):
            continue
        if part.record.id in seen or not _ID.fullmatch(part.record.id):
            what = "used twice" if part.record.id in seen else "no label (letters, digits, - and _ only)"
            raise BookError(f"exhibit id '{part.record.id}' is {what}", where=f"chapter {chapter}", cure="rename it")
        seen.add(part.record.id)


def _title(parts: Sequence[_Part], given: str) -> str:
    said = _said(parts, "title")
    if said:
        return plain(said[-1])
    cell = next((part.text for part in parts if part.kind == "title"), "")
    found = _HEADING.search(cell)
    return _unmarked(found[1]) if found else plain(given)


def _question(parts: Sequence[_Part]) -> str:
    said = _said(parts, "question")
    cell = next((part.text for part in parts if part.kind == "title"), "")
    found = _HEADING.search(cell)
    return plain(" ".join(said)) if said else _unmarked(cell[found.end() :] if found else "")


def _said(parts: Sequence[_Part], role: str) -> list[str]:
    return [part.record.text for part in parts if isinstance(part.record, Headline) and part.record.role == role]


def _unmarked(text: str) -> str:
    """The words of a line or two of Markdown, without its marks."""
    return plain(re.sub(r"[*_`\\]|^#+\s+", "", text, flags=re.MULTILINE))


def _compose(parts: Sequence[_Part], resources: Mapping[str, Any]) -> str:
    chapter, words = resources["chapter"], resources["words"]
    found = [blocks.heading(1, resources["title"], chapter)]
    if question := _question(parts):
        found.append(blocks.box("question", question))
    if answers := _said(parts, "answer"):
        found.append(blocks.box("answer", *answers))
    found += _body(parts, resources)
    if not any(part.kind == "narrative" for part in parts):
        found.append(resources["narrative"])
    if actions := _said(parts, "action"):
        title = blocks.heading(2, words.gettext("What to do"), f"{chapter}-what-to-do")
        found.append(blocks.div(".actions", f"{title}\n\n{blocks.items(actions)}"))
    return "\n\n".join(block for block in found if block) + "\n"


def _body(parts: Sequence[_Part], resources: Mapping[str, Any]) -> Iterator[str]:
    section, used, chapter, words = "", Counter[str](), resources["chapter"], resources["words"]
    for part in parts:
        match part.kind, part.record:
            case "narrative", _:
                yield resources["narrative"]
            case "text", _:
                yield part.text
            case _, Headline(role="note", heading=heading, text=text, where=where):
                note = [escape(text)]
                if heading and heading != section:
                    section, name = heading, blocks.slug(heading)
                    used[name] += 1
                    again = f"-{used[name]}" if used[name] > 1 else ""
                    note.insert(0, blocks.heading(2, heading, f"{chapter}-{name}{again}"))
                yield blocks.web("\n\n".join(note)) if where == "web" else "\n\n".join(note)
            case _, Headline(role="caveat", text=text):
                yield blocks.callout("warning", words.gettext("Read with care"), text)
            case _, Exhibit(where="packet"):
                pass
            case _, Exhibit():
                yield blocks.exhibit(part.record, chapter, words)


def _files(parts: Sequence[_Part], chapter: str) -> dict[str, str]:
    files = {}
    for part in parts:
        if not isinstance(exhibit := part.record, Exhibit) or exhibit.where == "packet":
            continue
        name = f"{chapter}-{exhibit.id}"
        if exhibit.rows:
            files[f"tables/{name}.csv"] = csv_table(exhibit.columns, exhibit.rows)
        if exhibit.type == "chart":
            files[f"figures/{name}.svg"] = _picture(exhibit, part.svg, f"chapter {chapter}, chart '{exhibit.id}'")
    return files


def _picture(exhibit: Exhibit, svg: str, where: str) -> str:
    if not svg:
        cure = "draw it with charts.own, or one of the standard charts"
        raise BookError("the chart came without an SVG picture", where=where, cure=cure)
    alt = plain(exhibit.alt)
    if not alt or alt == plain(exhibit.caption) or alt.startswith(_NO_ALT):
        cure = "say in `alt` what the chart shows this cycle; the caption says what it is"
        raise BookError("the chart has no alternative text of its own", where=where, cure=cure)
    return clean(svg, where)


def read(path: Path) -> NotebookNode:
    """An executed notebook file, in nbformat 4. It is not validated: Papermill wrote it."""
    return nbformat.v4.reads(path.read_text(encoding="utf-8"))
