"""The HTML book as a browser sees it, opened from a folder."""

import pytest

from alignkit.book.build import build
from tests.book.conftest import small_book
from tests.browser import UNFOLD

pytestmark = pytest.mark.heavy
PAGES = ("index", "how-to-read", "leadership", "could-show", "cannot-see", "data-dictionary", "provenance")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    small = small_book(tmp_path_factory.mktemp("project"))
    return build(small.run, small.project, small.cycle, engine="embedded", formats=["html"]) / "book"


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nobody_is_called(browser, axe, folder, name):
    page = browser.open(folder / f"{name}.html")
    assert page.errors == []
    assert [url for url in page.requests if not url.startswith(("file://", "data:"))] == []
    for width in (1280, 390):
        page.viewport(width, 900, mobile=width < 500)
        page.js(UNFOLD)
        assert axe(page) == []
        assert page.js("document.documentElement.scrollWidth <= innerWidth")


def test_search_works_from_a_folder(browser, folder):
    page = browser.open(folder / "index.html")
    page.js("document.getElementById('query').focus()")
    for key in "tutoring":
        page.press(key)
    page.wait_for("!document.getElementById('results').hidden")
    hits = page.js("[...document.querySelectorAll('#results a')].map(a => a.getAttribute('href'))")
    assert "index.html#sec-brief-decide" in hits


def test_search_shows_hostile_text_as_text(browser, folder):
    page = browser.open(folder / "index.html")
    page.js("{ const q = document.getElementById('query'); q.value = 'alert'; q.dispatchEvent(new Event('input')); }")
    assert "<script>" in page.js("document.getElementById('results').textContent")
    assert page.js("document.querySelectorAll('#results script').length") == 0


def test_the_phone_has_a_menu_that_opens(browser, folder):
    page = browser.open(folder / "leadership.html")
    page.viewport(390, 800, mobile=True)
    shown = "getComputedStyle(document.getElementById('side')).display"
    assert page.js(shown) == "none"
    page.js("document.querySelector('button.menu').click()")
    assert page.js(shown) == "block"
    assert page.js("document.querySelector('button.menu').getAttribute('aria-expanded')") == "true"


def test_the_skip_link_comes_first(browser, folder):
    page = browser.open(folder / "index.html")
    page.press("Tab")
    assert page.js("document.activeElement.getAttribute('href')") == "#text"


def test_paper_leaves_navigation_out(browser, folder):
    page = browser.open(folder / "leadership.html")
    page.media("print")
    hidden = "getComputedStyle(document.querySelector('{}')).display"
    assert [page.js(hidden.format(part)) for part in (".side", ".neighbors", "details.fold")] == ["none"] * 3
    assert page.js(hidden.format(".notice")) == "block"
