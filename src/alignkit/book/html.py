"""The book project → HTML that works from a folder, on a phone and on paper, and asks no host for anything."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from alignkit.book import pandoc
from alignkit.book.project import Page, Project


def render(project: Project, out: Path) -> None:
    """Write one page per chapter, the style sheet, fonts, pictures and the search index into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    for name in ("assets", "figures"):
        if (project.folder / name).is_dir():
            shutil.copytree(project.folder / name, out / name, dirs_exist_ok=True)
    page_template = _environment(project).get_template("page.html")
    for page, body in zip(project.pages, project.rendered(project.pages, "html5", "--section-divs"), strict=True):
        text = page_template.render(page=page, body=Markup(body), **_around(project, page))
        (out / f"{page.name}.html").write_text(text, encoding="utf-8", newline="\n")
    index = json.dumps(list(_index(project)), ensure_ascii=False, indent=0)
    text = f"window.alignkitSearch = {index};\n".replace("<", "\\u003c")
    (out / "assets" / "search-index.js").write_text(text, encoding="utf-8", newline="\n")


def _environment(project: Project) -> Environment:
    return Environment(
        loader=FileSystemLoader(project.folder / "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _around(project: Project, page: Page) -> dict[str, Any]:
    """What the page's frame says: navigation, notices, neighbors."""
    own, place = project.own, project.pages.index(page)
    previous = project.pages[place - 1] if place else None
    following = project.pages[place + 1] if place + 1 < len(project.pages) else None
    return {
        "lang": project.settings["lang"],
        "name": own["name"],
        "cycle": own["cycle"],
        "title": own["title"],
        "notices": project.notices,
        "draft": own["draft"],
        "pages": project.pages,
        "sections": list(_sections(page)),
        "previous": previous,
        "following": following,
        "notebook": page.id if page.id in own["notebooks"] else "",
        "papers": own["papers"],
        "said": _said(project),
    }


def _said(project: Project) -> dict[str, str]:
    gettext = project.words.gettext
    return {
        "skip": gettext("Skip to the text"),
        "search": gettext("Search this book"),
        "none": gettext("Nothing found."),
        "chapters": gettext("Chapters"),
        "menu": gettext("Chapters and search"),
        "on_page": gettext("On this page"),
        "previous": gettext("Previous"),
        "next": gettext("Next"),
        "neighbors": gettext("Previous and next chapter"),
        "results": gettext("Search results"),
        "as_of": project.own["as-known"],
        "download": gettext("Download"),
        "notebook": gettext("The notebook behind this page"),
        "book_pdf": gettext("The whole book (PDF)"),
        "brief_pdf": gettext("Page one (PDF)"),
    }


def _sections(page: Page) -> Iterator[tuple[str, str]]:
    """(label, words) of the page's level-2 headings."""
    for node in pandoc.nodes(page.tree.document["blocks"]):
        if node["t"] == "Header" and node["c"][0] == 2:
            yield node["c"][1][0], pandoc.text_of(node["c"][2])


def _index(project: Project) -> Iterator[dict[str, str]]:
    """One entry per section: where it is, its heading, its words."""
    for page in project.pages:
        entry: dict[str, str] = {}
        for block in page.tree.document["blocks"]:
            for part in _flat(_resolved(block, project)):
                if part["t"] == "Header":
                    yield from filter(None, [entry])
                    href = f"{page.name}.html#{part['c'][1][0]}"
                    entry = {"href": href, "page": page.title, "title": pandoc.text_of(part["c"][2]), "text": ""}
                else:
                    entry["text"] = f"{entry['text']} {_words(part)}".strip()
        yield entry


def _resolved(part: Any, project: Project) -> Any:
    """`part` of a document tree with what references say in their place."""
    if isinstance(part, dict) and part.get("t") == "Cite":
        return {"t": "Str", "c": ", ".join(project.labels[one["citationId"]].text for one in part["c"][0])}
    if isinstance(part, dict):
        return {key: _resolved(inner, project) for key, inner in part.items()}
    return [_resolved(inner, project) for inner in part] if isinstance(part, list) else part


def _flat(block: pandoc.Node) -> Iterator[pandoc.Node]:
    """A block, or what is in it where it is a box; links for downloads are not for finding."""
    if block["t"] == "Div" and "download" in block["c"][0][1]:
        return
    if block["t"] == "Div":
        for inner in block["c"][1]:
            yield from _flat(inner)
    else:
        yield block


def _words(block: pandoc.Node) -> str:
    """The block's words, its cells and lines kept apart."""
    lines = [node["c"] for node in pandoc.nodes(block) if node["t"] in ("Plain", "Para")]
    return " ".join(pandoc.text_of(line) for line in lines)
