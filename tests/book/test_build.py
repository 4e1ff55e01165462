"""One small book, built once: what a reader finds in it."""

import json
import re

import nbformat
import pytest
from pypdf import PdfReader

from alignkit.book.build import build, engine_of
from alignkit.errors import BookError, NarrativeError
from tests.book.conftest import small_book
from tests.book.samples import HOSTILE, chart, notebook, say


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def book(small):
    return build(small.run, small.project, small.cycle, engine="embedded")


def pages(book):
    return sorted((book / "book").glob("*.html"))


def words_of(pdf) -> str:
    return " ".join("".join(page.extract_text() + " " for page in PdfReader(pdf).pages).split())


def test_the_folder_has_everything_and_is_a_draft(small, book):
    assert book == small.project / "reports" / "riverbend" / "2026-Q3"
    names = {path.name for path in book.iterdir()}
    pdfs = {"riverbend-2026-Q3.pdf", "riverbend-2026-Q3-brief.pdf"}
    assert names == {"book", "notebooks", "tables", "manifest.json", *pdfs}
    assert json.loads((book / "manifest.json").read_text())["book"]["draft"] is True
    assert [path.name for path in book.parent.iterdir()] == ["2026-Q3"]


def test_every_page_says_draft_and_synthetic_and_calls_nobody(book):
    assert len(pages(book)) == 7
    for page in pages(book):
        text = page.read_text()
        assert "Draft: not released" in text
        assert "Synthetic community" in text
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)


def test_every_link_inside_the_folder_leads_somewhere(book):
    for page in pages(book):
        for link in re.findall(r'(?:src|href)="([^"#][^"]*)"', page.read_text()):
            if not link.startswith(("data:", "https:")):
                path, _, anchor = link.partition("#")
                target = (page.parent / path).resolve()
                assert target.is_file(), (page.name, link)
                assert not anchor or f'id="{anchor}"' in target.read_text(), (page.name, link)


def test_hostile_text_is_text_in_html(book):
    text = (book / "book" / "leadership.html").read_text()
    assert "<script>alert" not in text
    assert HOSTILE.replace("<", "&lt;").replace(">", "&gt;") in text
    assert "<" not in (book / "book" / "assets" / "search-index.js").read_text()


def test_hostile_text_is_text_in_pdf(book):
    squeezed = words_of(book / "riverbend-2026-Q3.pdf").replace(" ", "")
    assert HOSTILE.replace(" ", "").replace("https://x.y", "") in squeezed.replace("https://x.y", "")
    assert "=cmd()" in squeezed


def test_references_have_numbers_in_both(book):
    html = (book / "book" / "leadership.html").read_text()
    assert '<a href="#fig-leadership-signed" class="reference">Figure 1.1</a>' in html
    assert '<a href="could-show.html#sec-advocacy" class="reference">Advocacy</a>' in html
    assert "Figure 1.1, Advocacy, page 5." in words_of(book / "riverbend-2026-Q3.pdf")


def test_what_is_only_on_the_web_is_not_on_paper(book):
    assert "Partner 29" in (book / "book" / "leadership.html").read_text()
    paper = words_of(book / "riverbend-2026-Q3.pdf")
    assert "Partner 29" not in paper
    assert "Data dictionary" not in paper
    assert "Download" not in paper


def test_the_pdf_is_tagged_titled_and_bookmarked(book):
    reader = PdfReader(book / "riverbend-2026-Q3.pdf")
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)
    assert reader.metadata.title == "Riverbend: report for the third quarter of 2026"
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert [title.split(" ", 1)[-1] for title in titles][-1] == "What we cannot see" or titles[-1].endswith("see")
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()


def test_page_one_is_one_page(book):
    reader = PdfReader(book / "riverbend-2026-Q3-brief.pdf")
    assert len(reader.pages) == 1
    assert "Fund tutoring." in reader.pages[0].extract_text()


def test_what_page_one_leaves_stands_overleaf_and_on_the_web(book):
    alone, whole = (PdfReader(book / f"riverbend-2026-Q3{end}.pdf") for end in ("-brief", ""))
    assert "All motions" not in alone.pages[0].extract_text()
    assert "All motions" not in whole.pages[0].extract_text()
    assert "All motions stand here." in whole.pages[1].extract_text()
    assert "All motions stand here." in (book / "book" / "index.html").read_text()


def test_chapters_without_their_table_share_a_page_that_says_what_they_need(book):
    text = (book / "book" / "could-show.html").read_text()
    assert "It needs the table policies" in text
    assert "policy_id" in text
    assert not (book / "book" / "advocacy.html").exists()
    paper = PdfReader(book / "riverbend-2026-Q3.pdf")
    assert sum("table policies" in page.extract_text() for page in paper.pages) == 1
    assert "policy_id" not in "".join(page.extract_text() for page in paper.pages)


def test_what_we_cannot_see_counts_what_is_hidden(book):
    text = (book / "book" / "cannot-see.html").read_text()
    assert "2 numbers are hidden to protect privacy" in text


def test_published_notebooks_keep_records_and_nothing_else(book):
    nb = nbformat.read(book / "notebooks" / "leadership.ipynb", as_version=4)
    text = (book / "notebooks" / "leadership.ipynb").read_text()
    assert "stray 4711" not in text
    assert "end_time" not in text
    assert [cell.id for cell in nb.cells] == ["cell-000", "cell-001", "cell-002"]
    assert len(nb.cells[1].outputs) == 6


def test_the_same_run_gives_the_same_bytes(small, book, tmp_path):
    again = tmp_path / "again"
    again.mkdir()
    build(small.run, small.project, small.cycle, engine="embedded", into=again)
    first, second = (json.loads((folder / "manifest.json").read_text()) for folder in (book, again))
    assert first == second


def test_an_unknown_name_in_a_narrative_stops_before_anything_is_written(sample):
    sample.add("leadership", notebook(say("x"))).narrative("leadership", "{{ leadership.none }}").finish()
    with pytest.raises(NarrativeError, match=r"leadership\.none"):
        build(sample.run, sample.project, sample.cycle, engine="embedded")
    assert not (sample.project / "reports").exists()


def test_an_unresolved_reference_stops_the_book(sample):
    nb = notebook(chart())
    sample.add("leadership", nb).narrative("leadership", "See @fig-leadership-sined.").finish()
    with pytest.raises(BookError, match="did you mean @fig-leadership-signed"):
        build(sample.run, sample.project, sample.cycle, engine="embedded")


def test_an_unknown_engine_is_refused():
    with pytest.raises(BookError, match="auto, quarto, embedded"):
        engine_of("latex")
