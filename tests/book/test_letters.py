"""Names in other scripts: a book of each script is made, and what its fonts lack is spelled and reported once."""

import unicodedata

import pytest
from pypdf import PdfReader

from alignkit.book.build import build
from tests.book.samples import Sample, notebook, say, table

NAMES = ("Ελληνικό", "Русская школа", "Nguyễn Huệ", "中文学校", "日本語", "한국학교")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    sample = Sample(tmp_path_factory.mktemp("project"))
    said = say("Ask ไทย about مدرسة and אור.", "answer", "answer")
    brief = notebook(said, table("names", rows=tuple((name, "1") for name in NAMES)), title="# Page one ไทย\nWho?")
    sample.add("brief", brief).narrative("brief", "Words about ไทย, \ue000 and Cafe\u0301.\n").finish()
    return build(sample.run, sample.project, sample.cycle, engine="embedded")


@pytest.fixture(scope="module")
def paper(book):
    pages = PdfReader(book / "riverbend-2026-Q3.pdf").pages
    return unicodedata.normalize("NFKC", " ".join(" ".join(page.extract_text() for page in pages).split()))


@pytest.mark.parametrize("name", NAMES)
def test_paper_shows_the_letters_that_the_fonts_have(paper, name):
    assert name in paper


def test_paper_spells_the_letters_that_they_lack(paper):
    assert "Page one aithy" in paper
    assert "Ask aithy about" in paper
    assert "Words about aithy, □ and Café." in paper


def test_web_pages_show_names_as_their_owners_write_them(book):
    page = (book / "book" / "index.html").read_text(encoding="utf-8")
    assert all(name in page for name in ("ไทย", "مدرسة", "אור", *NAMES))


def test_what_is_spelled_is_reported_once_on_what_we_cannot_see(book, paper):
    page = (book / "book" / "cannot-see.html").read_text(encoding="utf-8")
    assert page.count("lack 4 letters of this book") == 1
    assert "ไ (ai)" in page
    assert paper.count("lack 4 letters of this book") == 1


def test_a_book_without_such_letters_does_not_mention_them(tmp_path):
    sample = Sample(tmp_path)
    sample.add("brief", notebook(say("Ask 中文学校.", "answer", "answer"))).finish()
    made = build(sample.run, sample.project, sample.cycle, engine="embedded", formats=["html"])
    assert "lack" not in (made / "book" / "cannot-see.html").read_text(encoding="utf-8")
