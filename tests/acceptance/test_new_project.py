"""A new community: `alignkit init`, five tables filled in, first book."""

from datetime import date

import pytest

from alignkit.book.build import draft
from alignkit.project.init import init
from tests.acceptance.conftest import seen
from tests.project.first_book import fill_workbook

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def first_book(tmp_path_factory, walk):
    project = tmp_path_factory.mktemp("mill-valley")
    init("Mill Valley", project, today=date(2026, 11, 25))
    fill_workbook(project / "data" / "tables.xlsx")
    return walk(project / "params" / "mill-valley" / "2026-Q4.yml", draft)


def test_every_chapter_is_there_or_says_what_it_needs(first_book):
    standing = {result.chapter: result.status for result in first_book.report.results}
    assert set(standing.values()) <= {"ok", "missing_table"}
    ours = ("brief", "outcome-third-grade-reading", "outcome-graduation", "commitments")
    assert {standing[chapter] for chapter in ours} == {"ok"}


def test_its_pages_say_what_was_filled_in(first_book):
    book = first_book.reports / "book"
    reading = seen((book / "outcome-third-grade-reading.html").read_text(encoding="utf-8")).text
    assert "55 of 100" in reading or "55%" in reading or "54.5" in reading
    promises = seen((book / "commitments.html").read_text(encoding="utf-8")).text
    assert "Send reading results each term" in promises
    assert "The contract took longer" in promises


def test_the_words_of_the_new_project_print_nothing(first_book):
    shown = " ".join(seen(page.read_text(encoding="utf-8")).text for page in first_book.pages)
    assert "Your words for the chapter" not in shown
    assert "<<" not in shown


def test_the_book_comes_as_pdf_too(first_book):
    assert (first_book.reports / "mill-valley-2026-Q4.pdf").stat().st_size > 10_000
