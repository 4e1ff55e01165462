"""The tests' own browser: that it sees what it should, before other tests trust it."""

import pytest

GOOD = """<!doctype html><html lang="en"><title>Good</title><meta name="viewport" content="width=device-width">
<main><h1>Good</h1><button onclick="document.title='pressed'">Press</button></main>"""
BAD = """<!doctype html><html><title>Bad</title><img src="missing.png">
<script>console.error("told"); setTimeout(() => { throw new Error("thrown") })</script>"""


@pytest.fixture
def save(tmp_path):
    def saver(html):
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        return path

    return saver


def test_a_good_page_has_nothing_to_say(browser, axe, save):
    page = browser.open(save(GOOD))
    assert (page.errors, axe(page)) == ([], [])
    assert page.requests == [save(GOOD).as_uri()]


def test_a_bad_page_is_heard(browser, axe, save):
    page = browser.open(save(BAD))
    page.wait_for("document.readyState == 'complete'")
    said = " ".join(page.errors)
    assert all(word in said for word in ("told", "thrown", "ERR_FILE_NOT_FOUND"))
    assert any(url.endswith("missing.png") for url in page.requests)
    assert {"html-has-lang", "image-alt"} <= {finding["id"] for finding in axe(page)}


def test_javascript_answers_and_raises(browser, save):
    page = browser.open(save(GOOD))
    assert page.js("Promise.resolve([1, {a: 2}])") == [1, {"a": 2}]
    with pytest.raises(RuntimeError, match="nowhere"):
        page.js("nowhere.to.be.found")
    with pytest.raises(TimeoutError, match="still not true"):
        page.wait_for("false", seconds=0.1)


def test_keys_reach_the_page(browser, save):
    page = browser.open(save(GOOD))
    page.press("Tab")
    page.press("Enter")
    page.wait_for("document.title == 'pressed'")


def test_viewport_and_print_are_emulated(browser, save):
    page = browser.open(save(GOOD))
    page.viewport(375, 667, mobile=True)
    page.media("print")
    assert page.js("[innerWidth, matchMedia('print').matches]") == [375, True]


def test_screenshot_is_a_png(browser, save, tmp_path):
    picture = browser.open(save(GOOD)).screenshot(tmp_path / "page.png")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_tabs_share_nothing(browser, save):
    first, second = browser.open(save(GOOD)), browser.open(save(BAD))
    assert first.errors == []
    assert second.errors
