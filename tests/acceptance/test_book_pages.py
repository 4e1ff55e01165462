"""The demo community's whole book, as a board gets it: pages from a folder, and paper."""

import os
import re

import pypdf
import pytest

from alignkit import records
from alignkit.book.pages import METHODS
from tests.acceptance.walk import DRAFT, bare, pdf_pages, pdf_text, seen
from tests.browser import UNFOLD

pytestmark = pytest.mark.heavy
MAIN = ("index", "leadership", "commitments", "outcome-early-grade-reading", "outcome-chronic-absence", "cannot-see")
LOADS = ("src", "srcset", "href", "xlink:href", "data", "poster", "action", "background")
WIDTHS = {"desktop": (1280, False), "phone": (390, True)}
SYNTHETIC = "Synthetic community: all people, places and numbers are invented."


@pytest.fixture(scope="module")
def parsed(riverbend):
    """Page name → page as parsed."""
    return {page.stem: seen(page.read_text(encoding="utf-8")) for page in riverbend.pages}


@pytest.fixture(scope="module")
def paper(riverbend):
    return pypdf.PdfReader(riverbend.reports / "riverbend-2026-Q3.pdf")


def test_every_outcome_has_a_packet_of_two_pages_to_write_on(riverbend):
    sheets = sorted((riverbend.reports / "packets").glob("*.pdf"))
    assert len(sheets) == sum(chapter.startswith("outcome-") for chapter in riverbend.chapters) == 9
    for sheet in sheets:
        pages = pypdf.PdfReader(sheet).pages
        assert len(pages) == 2, sheet.name
        assert "What we say today" in pages[1].extract_text()


def test_every_chapter_has_its_page(riverbend, parsed):
    assert {"index" if chapter == "brief" else chapter for chapter in riverbend.chapters} <= set(parsed)


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
def test_whoever_may_see_the_folder_may_read_every_file(riverbend):
    modes = {path.name: path.stat().st_mode for path in riverbend.reports.rglob("*") if path.is_file()}
    assert len({mode & 0o444 for mode in modes.values()}) == 1, modes


def test_nothing_is_loaded_from_another_host(riverbend, parsed):
    for name, page in parsed.items():
        named = [(tag, a[key]) for tag, a in page.tags for key in LOADS if key in a and tag != "a"]
        assert not [one for one in named if re.match(r"\s*(https?:)?//", one[1])], name
    for path in (riverbend.reports / "book").rglob("*.css"):
        css = path.read_text(encoding="utf-8")
        assert not [url for url in re.findall(r"url\(['\"]?([^)'\"]+)", css) if re.match(r"(https?:)?//", url)]
        assert "@import" not in css
    for path in (riverbend.reports / "book").rglob("*.js"):
        assert not re.search(r"fetch\(|XMLHttpRequest|WebSocket|import\(", path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("kind", WIDTHS)
@pytest.mark.parametrize("name", MAIN)
def test_main_pages_are_accessible_and_ask_nobody(riverbend, browser, axe, name, kind):
    width, mobile = WIDTHS[kind]
    page = browser.open(riverbend.reports / "book" / f"{name}.html")
    page.viewport(width, 900, mobile=mobile)
    page.js(UNFOLD)
    assert page.errors == []  # before axe, which reads style sheets in a way that files refuse
    assert [url for url in page.requests if not url.startswith(("file://", "data:"))] == []
    assert page.js("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []


def test_search_works_from_a_folder_and_leads_to_the_place(riverbend, browser, parsed):
    page = browser.open(riverbend.reports / "book" / "index.html")
    page.js("document.getElementById('query').focus()")
    for key in "tutoring":
        page.press(key)
    page.wait_for("!document.getElementById('results').hidden")
    found = page.js("[...document.querySelectorAll('#results a')].map(a => a.getAttribute('href'))")
    assert any("outcome-early-grade-reading.html#" in href for href in found)
    for name, _, anchor in (href.partition(".html#") for href in found):
        assert anchor in {a.get("id") for _, a in parsed[name].tags}


def test_every_page_says_what_it_is(riverbend, parsed):
    for name, page in parsed.items():
        assert DRAFT in page.text, name
        assert SYNTHETIC in page.text, name
    for number, page in enumerate(pdf_pages(riverbend.reports / "riverbend-2026-Q3.pdf"), 1):
        text = bare(page)
        assert bare(SYNTHETIC) in text, number
        assert "DRAFT" in text, number


def test_every_picture_has_words_that_are_not_its_caption(riverbend, parsed):
    for chapter in riverbend.chapters:
        charts = [one for one in riverbend.handed_on(chapter) if getattr(one, "type", "") == "chart"]
        page = parsed["index" if chapter == "brief" else chapter]
        alts = [bare(a.get("alt", "")) for tag, a in page.tags if tag == "img"]
        assert all(alts)
        assert set(alts) == {bare(chart.alt) for chart in charts}
        assert not [chart.id for chart in charts if bare(chart.alt) == bare(chart.caption) or len(chart.alt) < 20]


def test_no_text_for_machines_reaches_a_reader(riverbend, parsed):
    """Placeholders, reference marks, missing values, notebook outputs: none is left standing."""
    left = r"@(?:sec|fig|tbl)-|\{\{|\}\}|\bnan\b|\bNaT\b|\bNone\b|<NA>|published \w+:|unable to display|\?@"
    for name, page in parsed.items():
        if name not in ("data-dictionary", "provenance"):
            assert re.findall(left, page.text) == [], name
    index = riverbend.reports / "book" / "assets" / "search-index.js"
    assert "@sec-" not in index.read_text(encoding="utf-8")
    assert re.findall(left, pdf_text(riverbend.reports / "riverbend-2026-Q3.pdf")) == []


def test_every_link_leads_somewhere(riverbend, parsed):
    ids = {name: {a["id"] for _, a in page.tags if "id" in a} for name, page in parsed.items()}
    for name, page in parsed.items():
        for href in {a["href"] for tag, a in page.tags if tag == "a" and "href" in a}:
            file, _, anchor = href.partition("#")
            assert (riverbend.reports / "book" / file).exists() if file else True, (name, href)
            target = file.removesuffix(".html") or name
            assert not anchor or anchor in ids[target], (name, href)


def test_the_paper_is_a_tagged_document_with_a_way_through(riverbend, parsed, paper):
    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert paper.metadata.title == "Riverbend County: report for the third quarter of 2026"
    titles = bare(" ".join(entry.title for entry in paper.outline if not isinstance(entry, list)))
    for chapter in set(riverbend.chapters) - {"brief", METHODS}:
        assert bare(parsed[chapter].text.split(" – Riverbend County")[0]) in titles
    assert 4 <= len(paper.pages) <= 24


def test_page_one_is_one_page_and_stands_alone(riverbend, paper):
    brief = pypdf.PdfReader(riverbend.reports / "riverbend-2026-Q3-brief.pdf")
    assert len(brief.pages) == 1
    (answer,) = (r for r in riverbend.handed_on("brief") if isinstance(r, records.Headline) and r.role == "answer")
    assert bare(answer.text) in bare(brief.pages[0].extract_text())
    assert len(brief.pages[0].extract_text().split()) >= 150
    assert brief.trailer["/Root"]["/MarkInfo"]["/Marked"]
