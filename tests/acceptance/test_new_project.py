"""A new community: `alignkit init`, five tables filled in, first book."""

import pytest

from tests.acceptance.walk import seen

pytestmark = pytest.mark.heavy


def test_every_chapter_is_there_or_says_what_it_needs(mill_valley):
    standing = {result.chapter: result.status for result in mill_valley.report.results}
    assert set(standing.values()) <= {"ok", "missing_table"}
    ours = ("brief", "outcome-third-grade-reading", "outcome-graduation", "commitments")
    assert {standing[chapter] for chapter in ours} == {"ok"}


def test_its_pages_say_what_was_filled_in(mill_valley):
    book = mill_valley.reports / "book"
    reading = seen((book / "outcome-third-grade-reading.html").read_text(encoding="utf-8")).text
    assert "55 of 100" in reading or "55%" in reading or "54.5" in reading
    promises = seen((book / "commitments.html").read_text(encoding="utf-8")).text
    assert "Send reading results each term" in promises
    assert "The contract took longer" in promises


def test_the_words_of_the_new_project_print_nothing(mill_valley):
    shown = " ".join(seen(page.read_text(encoding="utf-8")).text for page in mill_valley.pages)
    assert "Your words for the chapter" not in shown
    assert "<<" not in shown


def test_the_book_comes_as_pdf_too(mill_valley):
    assert (mill_valley.reports / "mill-valley-2026-Q4.pdf").stat().st_size > 10_000
