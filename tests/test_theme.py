import re

import pytest
from fontTools.ttLib import TTFont

from alignkit.theme import (
    FAMILIES,
    FAMILY,
    FONTS,
    MARKERS,
    THEME,
    contrast,
    css_fonts,
    css_variables,
    matplotlib_rc,
    typst_variables,
)

MARKS = "●◐○□■◆▲▼↑↓→–—…“”’•·×±≥≤½ŁőñçžÉ"


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", ["ink", "muted", "link"])
def test_text_can_be_read_on_paper_and_wash(name):
    for ground in (THEME.paper, THEME.wash):
        assert contrast(getattr(THEME, name), ground) >= 4.5


def test_marks_or_their_outline_stand_out_from_paper():
    light = {color for color in THEME.series if contrast(color, THEME.paper) < 3}
    assert contrast(THEME.outline, THEME.paper) >= 3
    assert light == {THEME.orange, THEME.sky}
    assert len(set(THEME.series)) == len(set(MARKERS)) == len(MARKERS)


def test_the_first_five_lines_need_no_outline():
    assert min(contrast(color, THEME.paper) for color in THEME.series[:5]) >= 3


def test_templates_get_the_same_colors():
    css, typst = css_variables("#123456"), typst_variables("#123456")
    colors = dict(re.findall(r"--ak-(\w+): (#\w+);", css))
    assert colors == dict(re.findall(r'#let ak-(\w+) = rgb\("(#\w+)"\)', typst))
    assert colors["accent"] == "#123456"
    assert colors["ink"] == THEME.ink
    assert FAMILY in css
    assert FAMILY in typst


def test_style_sheets_name_files_that_are_there():
    named = re.findall(r'url\("fonts/([^"]+)"\)', css_fonts())
    assert len(named) == 3
    assert all((FONTS / name).stat().st_size > 10_000 for name in named)


@pytest.mark.parametrize("path", sorted(FONTS.glob("AlignkitSans-*.ttf")), ids=lambda path: path.stem)
def test_fonts_have_tabular_figures_and_our_marks(path):
    font = TTFont(path)
    glyphs = font.getBestCmap()
    assert len({font["hmtx"][glyphs[ord(digit)]][0] for digit in "0123456789"}) == 1
    assert [mark for mark in MARKS if ord(mark) not in glyphs] == []
    assert font["name"].getDebugName(1) == FAMILY


def test_fonts_come_with_their_license_and_stay_small():
    assert "SIL Open Font License" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in FONTS.iterdir() if path.is_file()) < 5_000_000


def test_charts_use_the_shipped_fonts():
    from matplotlib.font_manager import FontProperties, findfont

    family = matplotlib_rc()["font.family"]
    assert family == list(FAMILIES)
    assert findfont(FontProperties(family=family, weight="bold")) == str(FONTS / "AlignkitSans-Bold.ttf")
