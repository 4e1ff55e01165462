"""The charts where they are read: a browser from file://, and Typst's PDF."""

import pytest
import typst
from pypdf import PdfReader

from alignkit.theme import FAMILY, FONTS, css_fonts, css_variables, typst_variables
from tests.kit import chart_samples as samples
from tests.kit.chart_catch import catch

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One SVG per kind of chart."""
    made = tmp_path_factory.mktemp("charts")
    for draw in samples.KINDS:
        caught = catch(draw)
        (made / f"{caught.exhibit.id}.svg").write_text(caught.svg, encoding="utf-8")
    return made


def test_typst_makes_an_accessible_pdf_with_the_shipped_fonts(folder):
    images = "\n".join(f'#image("{path.name}", alt: "chart")' for path in sorted(folder.glob("*.svg")))
    head = '#set document(title: "Charts")\n#set text(font: ak-font, fill: ak-ink, lang: "en")\n= Charts ● ◐ ○ ↑\n'
    (folder / "book.typ").write_text(typst_variables() + head + images, encoding="utf-8")
    style = {"font_paths": [str(FONTS)], "ignore_system_fonts": True, "pdf_standards": ["ua-1"]}
    typst.compile(str(folder / "book.typ"), output=str(folder / "book.pdf"), **style)
    text = "".join(page.extract_text() for page in PdfReader(folder / "book.pdf").pages)
    assert "● ◐ ○ ↑" in text


def test_a_browser_shows_every_chart_and_asks_nobody(folder, browser):
    fonts = css_fonts(FONTS.as_uri())
    names = sorted(path.name for path in folder.glob("*.svg"))
    images = "".join(f'<img src="{name}" alt="chart" style="max-width:100%">' for name in names)
    style = f"<style>{css_variables()}{fonts} body {{ font-family: var(--ak-font) }}</style>"
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Charts</title>{style}'
    (folder / "book.html").write_text(f"{head}<h1>Charts ◐ 1</h1>{images}", encoding="utf-8")
    page = browser.open(folder / "book.html")
    widths = page.js("[...document.images].map(image => image.naturalWidth)")
    assert len(widths) == len(names)
    assert min(widths) > 400
    assert page.js(f"document.fonts.check('16px \"{FAMILY}\"')")
    assert page.errors == []
    assert all(url.startswith("file:") for url in page.requests)


def test_charts_stand_in_one_page_together(folder, browser):
    svgs = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.svg")))
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Charts</title>'
    (folder / "inline.html").write_text(head + svgs, encoding="utf-8")
    page = browser.open(folder / "inline.html")
    twice = "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) != i)"
    assert page.js(twice) == []
    assert page.js("document.querySelectorAll('svg').length") == len(samples.KINDS)
