"""The book project → tagged PDF (PDF/UA-1) through Typst: the whole book, and page one by itself."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import typst

from alignkit.book.project import Page, Project
from alignkit.book.write import put
from alignkit.errors import BookError

STANDARD: Literal["ua-1"] = "ua-1"


def render(project: Project, out: Path) -> None:
    """Write `<community>-<cycle>.pdf` and `<community>-<cycle>-brief.pdf` into `out`; raises `BookError`."""
    book, _brief = project.own["papers"]
    _main(project, "book", project.pages)
    _compile(project, "book", out / book)
    render_brief(project, out, _pages(project))
    render_packets(project, out)


def render_brief(project: Project, out: Path, pages: Mapping[str, int] | None = None) -> None:
    """Write page one's own PDF; `pages` says on which page of the whole book a label is."""
    _book, brief = project.own["papers"]
    _main(project, "brief", project.pages[:1])
    _compile(project, "brief", out / brief, alone="yes", pages=json.dumps(dict(pages or {})))


def render_packets(project: Project, out: Path) -> None:
    """Write a two-page PDF for each outcome into `out`/packets."""
    names = project.own["packets"]
    pages = [project.apart(f"packet-{name}") for name in names]
    for name, page in zip(names, pages, strict=True):
        (out / "packets").mkdir(exist_ok=True)
        _main(project, page.name, [page])
        paper = f"{project.own['community']}-{project.own['cycle']}-{name}.pdf"
        _compile(project, page.name, out / "packets" / paper, alone="yes")


def _main(project: Project, name: str, pages: Iterable[Page]) -> None:
    """Write `<name>.typ`: the look, and the pages that are (also) on paper."""
    bodies = project.rendered([page for page in pages if not page.tree.web_only], "typst")
    put(project.folder / f"{name}.typ", "\n".join(['#import "typst/book.typ": *', "#show: ak-given", *bodies]))


def _compile(project: Project, name: str, out: Path, **inputs: str) -> None:
    """Compile `<name>.typ`; the clock stands at the book's date, so that the bytes are the same again."""
    day = project.day
    try:
        typst.compile(
            str(project.folder / f"{name}.typ"),
            output=str(out),
            pdf_standards=[STANDARD],
            timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
            sys_inputs=inputs,
            **_settings(project),
        )
    except typst.TypstError as error:
        where = f"{out.name}, {project.folder / name}.typ"
        cure = "fix the chapter that it names; where it names none, report this"
        raise BookError(f"Typst stopped: {error}", where=where, cure=cure) from None


def _pages(project: Project) -> dict[str, int]:
    """Label → page of every heading of the book."""
    found = typst.query(str(project.folder / "book.typ"), "<ak-page>", field="value", **_settings(project))
    return {item["label"]: item["page"] for item in json.loads(found)}


def _settings(project: Project) -> dict[str, Any]:
    return {
        "root": str(project.folder),
        "font_paths": [str(project.folder / "typst" / "fonts")],
        "ignore_system_fonts": True,
    }
