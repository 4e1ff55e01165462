"""Where Quarto is present: it takes the demo's book project as it is."""

import re
import shutil
import subprocess

import pypdf
import pytest

from tests.acceptance.walk import DRAFT, bare, seen

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def rendered(quarto, riverbend, tmp_path_factory):
    """The book project of the draft, rendered by `quarto render` alone: its output folder and what Quarto said."""
    project = tmp_path_factory.mktemp("quarto") / "book-project"
    shutil.copytree(riverbend.project / ".alignkit" / "riverbend" / "2026-Q3" / "book-project", project)
    done = subprocess.run([quarto, "render", str(project)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return project / "_book", done.stderr


@pytest.fixture(scope="module")
def parsed(rendered):
    return {path.stem: seen(path.read_text(encoding="utf-8")) for path in rendered[0].glob("*.html")}


def test_quarto_takes_the_project_whole(rendered, parsed, riverbend):
    assert {"index" if chapter == "brief" else chapter for chapter in riverbend.chapters} <= set(parsed)
    (paper,) = rendered[0].glob("*.pdf")
    assert len(pypdf.PdfReader(paper).pages) <= 40


def test_every_reference_is_resolved(rendered, parsed):
    folder, said = rendered
    assert "Unable to resolve crossref" not in said  # links to files beside the book are none of its business
    for name, page in parsed.items():
        html = (folder / f"{name}.html").read_text(encoding="utf-8")
        assert "quarto-unresolved-ref" not in html, name
        assert not re.search(r"\?@?(?:fig|tbl|sec)-|\?meta:|\?var:", page.text), name
        if name not in ("data-dictionary", "provenance"):
            assert not re.search(r"@(?:fig|tbl|sec)-", page.text), name


def test_no_other_host_is_named(rendered, parsed):
    loads = ("src", "srcset", "href", "data", "poster", "action", "content")
    for name, page in parsed.items():
        named = [(tag, a[key]) for tag, a in page.tags for key in loads if key in a and tag != "a"]
        assert not [one for one in named if re.match(r"\s*(https?:)?//", one[1])], name
    for path in rendered[0].rglob("*.css"):
        urls = re.findall(r"url\(['\"]?([^)'\"]+)", path.read_text(encoding="utf-8"))
        assert not [url for url in urls if re.match(r"(https?:)?//", url)], path.name


def test_pages_ask_nobody(rendered, browser):
    for name in ("index", "leadership", "outcome-early-grade-reading"):
        page = browser.open(rendered[0] / f"{name}.html")
        assert [url for url in page.requests if not url.startswith(("file://", "data:", "blob:"))] == []


def test_pages_say_the_same_as_the_embedded_engines(rendered, parsed, riverbend):
    for chapter in riverbend.chapters:
        text = bare(parsed["index" if chapter == "brief" else chapter].text)
        for one in riverbend.handed_on(chapter):
            if one.kind == "headline" and one.role in ("answer", "question"):
                assert bare(one.text) in text, (chapter, one.name)
            if one.kind == "exhibit" and one.type == "table" and one.where != "packet":
                cells = {bare(cell) for row in one.rows for cell in row if "@sec-" not in cell}
                assert not [cell for cell in cells if cell not in text], (chapter, one.id)
    assert all(DRAFT in page.text for page in parsed.values())
