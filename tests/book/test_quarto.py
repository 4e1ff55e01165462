"""The same book project through Quarto, where it is installed."""

import re
from html import unescape

import pytest
from pypdf import PdfReader

from alignkit.book.build import build
from alignkit.book.quarto import find
from alignkit.errors import BookError
from tests.book.conftest import small_book
from tests.book.samples import HOSTILE

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def book(quarto, tmp_path_factory):
    small = small_book(tmp_path_factory.mktemp("project"))
    return build(small.run, small.project, small.cycle, engine="quarto")


def test_hostile_text_is_text(book):
    html = (book / "book" / "leadership.html").read_text()
    assert "<script>alert" not in html
    told = re.sub(r"<[^>]+>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert HOSTILE in told
    paper = "".join(page.extract_text() for page in PdfReader(book / "riverbend-2026-Q3.pdf").pages)
    assert "{{<include x>}}".replace(" ", "") in "".join(paper.split())


def test_references_are_resolved(book):
    html = unescape((book / "book" / "leadership.html").read_text())
    assert re.search(r'href="\S*#fig-leadership-signed"[^>]*>Figure\W*1\.1', re.sub(r"</?span[^>]*>", "", html))
    assert "quarto-unresolved" not in html


def test_every_page_says_draft_and_synthetic(book):
    for page in (book / "book").glob("*.html"):
        assert "Draft: not released" in page.read_text()
        assert "Synthetic community" in page.read_text()


def test_no_page_calls_anybody(book, browser):
    for name in ("index", "leadership"):
        page = browser.open(book / "book" / f"{name}.html")
        assert [url for url in page.requests if not url.startswith(("file://", "data:"))] == []


def test_paper_is_tagged_and_without_what_is_only_on_the_web(book):
    reader = PdfReader(book / "riverbend-2026-Q3.pdf")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Data dictionary" not in text
    assert len(PdfReader(book / "riverbend-2026-Q3-brief.pdf").pages) == 1


def test_a_wrong_path_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setenv("QUARTO_PATH", str(tmp_path / "nothing"))
    with pytest.raises(BookError, match="QUARTO_PATH"):
        find()
