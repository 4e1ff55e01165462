"""Names in other scripts in charts: the letters, their order, and no warning for a font of one weight."""

import logging

import pytest

from alignkit.kit.drawing.canvas import drawing, note, plain, sheet, svg, width_of

NAMES = ("Ελληνικό", "Русская", "Nguyễn", "مدرسة", "אור", "中文学校", "日本語", "한국학교")


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("name", NAMES)
def test_names_are_drawn_as_they_are_without_a_warning(name, weight, caplog):
    with drawing(), caplog.at_level(logging.WARNING):
        figure = sheet(1)
        note(figure, 0.1, 0.5, name, weight=weight)
        svg(figure, id="x", title="t", desc="d")
    assert plain(name) == name
    assert caplog.messages == []


def test_letters_that_no_font_has_are_spelled():
    assert plain("ไทย (3)") == "aithy (3)"


def test_arabic_and_hebrew_take_their_joined_forms():
    assert width_of("مدرسة") < sum(map(width_of, "مدرسة"))


@pytest.mark.parametrize("name", ["مدرسة", "אור"])
def test_a_line_that_begins_from_the_right_and_goes_on_in_english_runs_as_in_the_text(name):
    assert plain(f"{name} (3 of 4)") == f"\u200e{name} (3 of 4)"
    assert plain(plain(f"{name} (3 of 4)")) == plain(f"{name} (3 of 4)")
