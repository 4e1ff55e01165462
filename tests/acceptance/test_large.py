"""A very large community and one that has only begun: their pages still read well."""

import json

import pypdf
import pytest

from tests.acceptance.walk import pdf_pages, pdf_text
from tests.large_community import NO_DATA, OUTCOMES, PARTNERS

pytestmark = pytest.mark.heavy
LEFT = ("nan", "NaT", "None", "<NA>", "inf")


@pytest.fixture(params=["big", "begun"])
def either(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_the_screen(either, browser, width):
    book = either.reports / "book"
    chapters = [chapter for chapter in either.chapters if not chapter.startswith(("brief", "outcome-"))]
    for name in ["index", "could-show", *chapters]:
        if not (book / f"{name}.html").is_file():
            continue  # a chapter whose table is not kept stands in could-show, and the large community keeps all
        page = browser.open(book / f"{name}.html")
        page.viewport(width, 900, mobile=width < 500)
        assert page.js("document.documentElement.scrollWidth <= innerWidth"), name
        page.close()


def test_page_one_is_one_page(either):
    (brief,) = either.reports.glob("*-brief.pdf")
    assert len(pypdf.PdfReader(brief).pages) == 1


def test_no_page_of_the_paper_is_nearly_empty(either):
    (book,) = (path for path in either.reports.glob("*.pdf") if "brief" not in path.name)
    pages = [len(text.split()) for text in pdf_pages(book)]
    assert [number for number, words in enumerate(pages, 1) if words < 30] == []
    # names of 80 characters take an outcome to its second page, never to a third
    assert len(pages) <= 24 - 9 + 2 * sum(chapter.startswith("outcome-") for chapter in either.chapters)


def test_nothing_for_machines_is_left(either):
    for pdf in either.reports.glob("*.pdf"):
        words = pdf_text(pdf).split()
        assert [word for word in LEFT if word in words] == [], pdf.name


def test_the_large_community_is_as_large_as_it_says(big):
    counted = json.loads((big.reports / "manifest.json").read_text(encoding="utf-8"))
    assert len([one for one in counted["chapters"] if one["id"].startswith("outcome-")]) == OUTCOMES
    assert str(PARTNERS) in next(r.text for r in big.handed_on("leadership") if getattr(r, "role", "") == "answer")


def test_a_group_that_nothing_is_known_of_is_nowhere_a_number(big):
    cells = [cell for chapter in big.chapters for record in big.handed_on(chapter) if record.kind == "published"
             for cell in record.cells if NO_DATA in cell.key.values()]  # fmt: skip
    assert not [cell for cell in cells if cell.status == "shown"]


def test_a_community_of_the_first_step_says_what_each_other_chapter_needs(begun):
    waiting = {result.chapter: result.table for result in begun.report.results if result.status == "missing_table"}
    assert {"leadership", "collaboration", "action", "data_systems", "advocacy"} <= set(waiting)
    page = (begun.reports / "book" / "could-show.html").read_text(encoding="utf-8")
    assert [table for table in waiting.values() if f"It needs the table {table}" not in page] == []
    assert not [result for result in begun.report.results if result.status == "failed"]
