"""Names that would like to be code, and persons nobody may find: nothing of it shows in what is rendered."""

import csv
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from alignkit import records
from alignkit.book.pages import METHODS
from alignkit.book.release import release
from alignkit.disclosure.scan import identifiers, scan
from alignkit.errors import ReleaseRefused
from tests.acceptance.hostile import HOSTILE, PERSONS, hostile_tables
from tests.acceptance.walk import bare, pdf_text, seen

pytestmark = pytest.mark.heavy


def exhibits(walk, *where):
    for chapter in walk.chapters:
        for one in walk.handed_on(chapter):
            if isinstance(one, records.Exhibit) and one.where in where:
                yield chapter, one


def cells_of(exhibit: records.Exhibit) -> set[str]:
    """The texts of a table's cells, as read: a chapter named at the end is a link with other words."""
    return {bare(re.sub(r" \(@sec-[\w-]+\)$", "", cell)) for row in exhibit.rows for cell in row}


def page_of(walk, chapter):
    return walk.reports / "book" / ("index.html" if chapter == "brief" else f"{chapter}.html")


def test_no_markup_comes_from_data(hostile):
    for page in hostile.pages:
        html = page.read_text(encoding="utf-8")
        assert "<script>alert" not in html
        tags = seen(html).tags
        assert not [tag for tag, _ in tags if tag in ("b", "i", "iframe", "object", "embed")]
        assert [tag for tag, _ in tags].count("form") <= 1  # the search
        assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
        assert not [a for _, a in tags if any("evil.example" in a.get(name, "") for name in ("href", "src", "data"))]


def test_pictures_hold_shapes_and_words_only(hostile):
    pictures = list((hostile.reports / "book").rglob("*.svg"))
    assert pictures
    for picture in pictures:
        tags = {element.tag.rpartition("}")[2] for element in ElementTree.parse(picture).iter()}
        assert tags <= {
            "svg",
            "title",
            "desc",
            "defs",
            "style",
            "g",
            "path",
            "use",
            "clipPath",
            "rect",
            "text",
            "tspan",
            "pattern",
        }


def test_names_come_out_literally_on_the_web(hostile):
    checked = set()
    for chapter, exhibit in exhibits(hostile, "both", "web"):
        text = bare(seen(page_of(hostile, chapter).read_text(encoding="utf-8")).text)
        for cell in cells_of(exhibit):
            assert cell in text, (chapter, exhibit.id, cell)
            checked |= {one for one in HOSTILE if bare(one) in cell}
    assert checked == set(HOSTILE)


def test_names_come_out_literally_on_paper(hostile):
    text = bare(pdf_text(hostile.reports / "hostile-2026-Q3.pdf"))
    shown = exhibits(hostile, "both")
    tables = [(chapter, one) for chapter, one in shown if one.type == "table" and chapter != METHODS]
    assert tables
    for chapter, exhibit in tables:
        for cell in cells_of(exhibit):
            assert cell in text, (chapter, exhibit.id, cell)


def test_no_table_file_starts_a_formula(hostile):
    files = sorted((hostile.reports / "tables").glob("*.csv"))
    assert files
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [c for c in cells if c[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"-[\d.]+", c)]


def test_the_search_finds_a_hostile_name_and_stays_harmless(hostile, browser):
    page = browser.open(hostile.reports / "book" / "index.html")
    page.js("window.alert = () => { window.hacked = true }")
    page.js("""(() => { const box = document.querySelector('input[type=search]'); box.focus(); box.value = 'alert';
        box.dispatchEvent(new Event('input', {bubbles: true})); })()""")
    page.wait_for("document.body.innerText.includes('onerror=alert(1)')")
    assert not page.js("Boolean(window.hacked)")
    assert page.js("document.querySelectorAll('img[src=x], [onerror]').length") == 0
    assert page.errors == []


def everything(folder: Path) -> str:
    """All rendered files as text."""
    files = [path for path in folder.rglob("*") if path.suffix in (".html", ".csv", ".json", ".ipynb", ".js", ".svg")]
    texts = [path.read_text(encoding="utf-8") for path in files]
    return "\n".join([*texts, *(pdf_text(path) for path in folder.glob("*.pdf"))])


def test_no_person_can_be_found(hostile):
    text = everything(hostile.reports)
    for words in PERSONS.values():
        assert not [word for word in words if word in text]
    people = {name: frame for name, frame in hostile_tables().items() if name in PERSONS}
    assert scan(hostile.reports.resolve(), identifiers(people)) == ()


def test_hidden_numbers_are_nowhere_in_the_published_notebooks(hostile):
    cells = [
        cell
        for chapter in hostile.chapters
        for one in hostile.handed_on(chapter)
        if isinstance(one, records.Published)
        for cell in one.cells
        if cell.status == "hidden"
    ]
    assert cells
    assert not [
        cell for cell in cells if {"numerator", "value", "low", "high"} & {k for k, v in cell.shown.items() if v}
    ]
    assert {cell.text for cell in cells} == {"hidden"}


TELLTALES = {"leadership": "Zebulon Quackenbush reads.", "brief": "See Quackenbush, Zebulon.",
             "commitments": "Case SECRETCLIENT1."}  # fmt: skip


def test_a_person_in_a_narrative_is_refused_without_being_named(hostile, own_copy):
    mine = own_copy(hostile)
    folder = mine.file.parent / "2026-Q3"
    folder.mkdir()
    for chapter, words in TELLTALES.items():
        (folder / f"{chapter}.md").write_text(f"A word from the evaluator. {words}\n", encoding="utf-8")
    before = mine.reports.resolve()
    with pytest.raises(ReleaseRefused) as refused:
        release(mine.file, engine="embedded", formats=["html"])
    said = str(refused.value)
    assert all(f"{page}.html" in said for page in ("leadership", "index", "commitments"))
    assert not [word for person in PERSONS.values() for word in person if word in said]
    assert mine.reports.resolve() == before
