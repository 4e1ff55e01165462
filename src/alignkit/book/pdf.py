"""The book project → tagged PDF (PDF/UA-1) through Typst: the whole book, and page one by itself."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import typst

from alignkit.book import pandoc
from alignkit.book.project import Page, Project
from alignkit.errors import BookError
from alignkit.theme import FONTS

STANDARD: Literal["ua-1"] = "ua-1"


def render(project: Project, out: Path) -> None:
    """Write `<community>-<cycle>.pdf` and `<community>-<cycle>-brief.pdf` into `out`; raises `BookError`."""
    book, _brief = project.own["papers"]
    on_paper = [page for page in project.pages if not page.tree.web_only]
    first, second, *others = on_paper
    contents = f"#ak-contents({_string(project.words.gettext('In this book'))})\n{_body(project, second)}\n"
    chapters = (f"#ak-chapter(notes: {_notes(page)})[\n{_body(project, page)}\n]\n" for page in others)
    _put(project.folder / "book.typ", _main(project, _page_one(project, first) + contents + "".join(chapters)))
    _words(project)
    _compile(project, "book", out / book)
    render_brief(project, out, _pages(project))


def render_brief(project: Project, out: Path, pages: Mapping[str, int] | None = None) -> None:
    """Write page one's own PDF; `pages` says on which page of the whole book a label is."""
    _book, brief = project.own["papers"]
    _put(project.folder / "brief.typ", _main(project, _page_one(project, project.pages[0])))
    _words(project)
    _compile(project, "brief", out / brief, alone="yes", pages=json.dumps(dict(pages or {})))


def _page_one(project: Project, page: Page) -> str:
    masthead = f"{project.own['title']} · {project.as_known}"
    return f"#ak-page-one({_string(masthead)})[\n{_body(project, page)}\n]\n"


def _body(project: Project, page: Page) -> str:
    """A chapter's Typst markup."""
    return pandoc.write(page.tree.document, "typst", filters=project.filters, metadata=project.metadata(page))


def _notes(page: Page) -> int:
    """How many footnotes a chapter has."""
    return sum(node["t"] == "Note" for node in pandoc.nodes(page.tree.document["blocks"]))


def _main(project: Project, body: str) -> str:
    settings, own, day = project.settings, project.own, project.day
    fields = {
        "title": _string(own["title"]),
        "author": _string(own["author"]),
        "lang": _string(settings["lang"]),
        "date": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
        "name": _string(own["name"]),
        "cycle": _string(own["cycle"]),
        "draft": _value(own["draft"]),
        "notice": _string(" ".join(project.notices(draft=False))),
    }
    given = ", ".join(f"{key}: {value}" for key, value in fields.items())
    return f'#import "typst/book.typ": *\n#show: ak-book.with({given})\n{body}'


def _words(project: Project) -> None:
    gettext = project.words.gettext
    words = {"page": gettext("page {number}"), "draft": gettext("DRAFT")}
    _put(project.folder / "typst" / "words.typ", f"#let ak-words = {_value(words)}\n")


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
        raise BookError(f"Typst stopped: {error}", where=where, cure="mend the chapter that it names") from None


def _pages(project: Project) -> dict[str, int]:
    """Label → page of every heading of the book."""
    found = typst.query(str(project.folder / "book.typ"), "<ak-page>", field="value", **_settings(project))
    return {item["label"]: item["page"] for item in json.loads(found)}


def _settings(project: Project) -> dict[str, Any]:
    return {"root": str(project.folder), "font_paths": [str(FONTS)], "ignore_system_fonts": True}


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _string(text: str) -> str:
    """Text as a Typst string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _value(value: Any) -> str:
    """A plain value as Typst writes it."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            return _string(value)
        case dict():
            return "(" + (", ".join(f"{_string(k)}: {_value(v)}" for k, v in value.items()) or ":") + ")"
        case _:
            return "(" + "".join(f"{_value(item)}, " for item in value) + ")"
