"""Letters that the fonts have, and what is printed for those they lack."""

import pytest

from alignkit.fonts.letters import font_files, missing, spelled, spelling

NAMES = {
    "Greek": "Ελληνικό Σχολείο ᾳ",
    "Cyrillic": "Русская школа ґєїѓ",
    "Vietnamese": "Trường Tiểu học Nguyễn Huệ",
    "Arabic": "مدرسة النور پچگ",
    "Hebrew": "בית ספר אור",
    "Chinese": "中文学校 中文學校",
    "Japanese": "日本語学校 かな カナ",
    "Korean": "한국학교 뷁",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_fonts_have_the_letters_of_these_scripts(name):
    assert missing(name) == []
    assert spelled(name) == name


def test_a_letter_typed_in_two_codes_is_one_letter():
    assert spelled("Cafe\u0301 \u1112\u1161\u11ab") == "Café 한"


def test_missing_letters_are_listed_once_and_spelled_in_latin_letters():
    assert missing("ไทย ไทย, école") == ["ไ", "ท", "ย"]
    assert spelled("ไทย, école") == "aithy, école"


def test_a_letter_without_a_spelling_leaves_a_box_and_a_mark_nothing():
    assert spelled("\ue000") == "□"
    assert spelling("\N{DEVANAGARI SIGN VIRAMA}") == ""


def test_what_cannot_be_seen_is_not_missing():
    assert missing("می\u200cخواهم soft\u00adhyphen, no\u202fbreak") == []


@pytest.mark.parametrize("letter", "ไ한\N{WOMAN}\N{TELEPHONE LOCATION SIGN}")
def test_a_spelling_has_nothing_that_the_typesetter_reads_as_markup(letter):
    assert not set(spelling(letter)) & set('"\\#*_$@<>`[]')


def test_fonts_of_the_machine_are_not_used():
    places = {path.parent.name for path in font_files()}
    assert places == {"fonts", "ttf"}
    assert all("alignkit" in str(path) or "mpl-data" in str(path) for path in font_files())
