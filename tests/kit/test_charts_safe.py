"""What holds for every kind of chart: safe, the same every time, nothing cut, readable."""

import re
import xml.etree.ElementTree as ET
from functools import cache

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from alignkit.errors import DisclosureError, NotebookError
from alignkit.kit import charts
from alignkit.kit.drawing.canvas import RIM
from alignkit.theme import THEME, contrast
from tests.kit import chart_samples as samples
from tests.kit.chart_catch import Caught, catch

EVERY = pytest.mark.parametrize("draw", samples.KINDS, ids=lambda draw: draw.__name__)
SVG = "{http://www.w3.org/2000/svg}"


@cache
def drawn(draw) -> Caught:
    return catch(draw)


@EVERY
def test_svg_describes_itself(draw):
    root = ET.fromstring(drawn(draw).svg)
    id_ = drawn(draw).exhibit.id
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{id_}-title {id_}-desc"
    assert (root[0].tag, root[0].text) == (f"{SVG}title", "What is shown")
    assert (root[1].tag, root[1].text) == (f"{SVG}desc", "What it says this cycle")


@EVERY
def test_svg_asks_for_nothing_and_tells_nothing_else(draw):
    svg = drawn(draw).svg
    assert not re.search(r"<!--|<!DOCTYPE|<style|<script|<metadata|<text|<image|dc:date", svg)
    assert not re.search(r'(?:href|src)="(?!#)', svg)
    assert set(re.findall(r'https?://[^"<\s]+', svg)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


@EVERY
def test_svg_ids_are_the_exhibits_own_and_all_found(draw):
    svg, id_ = drawn(draw).svg, drawn(draw).exhibit.id
    ids = re.findall(r'\bid="([^"]+)"', svg)
    used = re.findall(r'(?:href="#|url\(#)([^")]+)', svg)
    assert len(ids) == len(set(ids))
    assert all(name.startswith(f"{id_}-") for name in ids)
    assert set(used) <= set(ids)
    assert used


@EVERY
def test_same_bytes_twice(draw, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert catch(draw).svg == drawn(draw).svg


@EVERY
def test_nothing_is_cut(draw):
    figure = drawn(draw).figure
    FigureCanvasAgg(figure).draw()
    rim = RIM / 72 * figure.dpi
    width, height = figure.bbox.size
    outside = [
        (text.get_text(), box.extents)
        for text in drawn(draw).texts
        for box in [text.get_window_extent()]
        if box.x0 < -rim or box.y0 < -rim or box.x1 > width + rim or box.y1 > height + rim
    ]
    assert outside == []


@EVERY
def test_text_is_large_and_dark_enough(draw):
    for text in drawn(draw).texts:
        assert text.get_fontsize() >= 9
        assert contrast(to_hex(text.get_color()).upper(), THEME.paper) >= 4.5
        assert not text.get_parse_math()


@EVERY
def test_the_callers_settings_are_left_alone(draw):
    before = dict(mpl.rcParams)
    catch(draw)
    assert dict(mpl.rcParams) == before


@EVERY
def test_the_sheet_fits_a_page_with_one_column(draw):
    width, height = drawn(draw).figure.get_size_inches()
    assert width == THEME.chart_width
    assert 0.8 < height < 8


def test_ugly_names_are_cut_in_the_picture_and_whole_in_the_table():
    caught = drawn(samples.bars_ugly)
    assert any(row[0] == f"0 {samples.LONG}" for row in caught.exhibit.rows)
    assert not any(samples.LONG in text for text in caught.said)
    assert any(text.endswith("…") for text in caught.said)
    assert "\u202e" not in "".join(caught.said)


def test_a_title_cannot_end_the_svg():
    style = samples.COMMON | {"caption": "</title><script>1</script>", "alt": "a & b\x00"}
    caught = catch(lambda: charts.bars(samples.reading(), id="x", category="period_start", **style))
    root = ET.fromstring(caught.svg)
    assert (root[0].text, root[1].text) == ("</title><script>1</script>", "a & b")


def test_charts_take_only_what_was_published():
    with pytest.raises(DisclosureError, match="publish"):
        charts.bars(pd.DataFrame({"a": [1]}), id="x", category="a", **samples.COMMON)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ({"caption": " "}, "caption"),
        ({"alt": ""}, "alternative text"),
        ({"alt": "What is shown"}, "alternative text"),
        ({"category": "elment"}, "no column 'elment'"),
    ],
)
def test_what_a_chart_needs(style, said):
    given = {"id": "x", "category": "period_start", **samples.COMMON, **style}
    with pytest.raises(NotebookError, match=said):
        charts.bars(samples.reading(), **given)


def test_two_rows_in_one_place_are_refused():
    p = samples.published([samples.shown(1.0, name="a"), samples.shown(2.0, name="a")], "name")
    for draw, column in ((charts.bars, "category"), (charts.groups, "group")):
        with pytest.raises(NotebookError, match="two rows for a"):
            draw(p, id="x", **{column: "name"}, **samples.COMMON)


@pytest.mark.parametrize(("texts", "why"), [(("hidden", "hidden"), "privacy"), ((), "not known yet")])
def test_with_nothing_to_draw_a_table_says_so(texts, why):
    rows = [samples.hidden(text, name=f"{i}") for i, text in enumerate(texts)] or [samples.hidden(name="gone")]
    p = samples.published(rows, "name")
    some = p if texts else p.where(name="nobody")
    caught = catch(lambda: charts.bars(some, id="x", category="name", **samples.COMMON))
    assert caught.exhibit.type == "table"
    assert "No chart" in caught.exhibit.caption
    assert why in caught.exhibit.caption
    assert caught.exhibit.rows == tuple((f"{i}", "hidden") for i in range(len(texts)))
    assert "text/html" in caught.beside
    assert "image/svg+xml" not in caught.beside
