"""Charts of rows of which a publisher gave only a range ("under 20%"): drawn as ranges, or a table says so."""

import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published
from alignkit.kit import charts
from tests.kit import chart_samples as samples
from tests.kit.chart_catch import Caught, catch

pytestmark = pytest.mark.filterwarnings("error")
BOUNDS = ((None, 20.0), (50.0, 60.0), (90.0, None))
WORDS = ["under 20%", "50–60%", "over 90%"]


def published() -> Published:
    rows = [{"group": "abc"[i], "low": low, "high": high, **samples.school_year(2020 + i)}
            for i, (low, high) in enumerate(BOUNDS)]  # fmt: skip
    frame = pd.DataFrame(rows).assign(value_status="range", denominator=300)
    return publish(frame, id="x", by=["group"], about="", carry=["period_start", "period_end"], gate=Gate())


def boxes(caught: Caught, upright: bool = False) -> list[tuple[float, float]]:
    assert caught.figure is not None
    found = [one for one in caught.figure.axes[0].patches if isinstance(one, Rectangle) and not one.get_fill()]
    return [(one.get_y(), one.get_y() + one.get_height()) if upright else (one.get_x(), one.get_x() + one.get_width())
            for one in found]  # fmt: skip


WANTED = [(0.0, 20.0), (50.0, 60.0), (90.0, 100.0)]


@pytest.mark.parametrize("chart", [charts.groups, charts.bars])
def test_rows_show_their_ranges(chart):
    caught = catch(lambda: chart(published(), id="x", **samples.COMMON))
    assert boxes(caught) == WANTED
    assert set(WORDS) <= set(caught.said)


def test_the_words_of_a_range_stay_on_the_sheet():
    caught = catch(lambda: charts.groups(published(), id="x", **samples.COMMON))
    assert caught.figure is not None
    (text,) = [one for one in caught.texts if one.get_text() == "over 90%"]
    assert text.get_window_extent().x1 <= caught.figure.bbox.x1


def test_a_trend_shows_ranges_and_says_each_once():
    caught = catch(lambda: charts.trend(published(), id="x", **samples.COMMON))
    assert boxes(caught, upright=True) == WANTED
    assert [text for text in caught.said if any(words in text for words in WORDS)] == WORDS


def test_everyone_of_whom_only_a_range_is_known_has_a_row():
    caught = catch(lambda: charts.groups(published(), id="x", reference="b", **samples.COMMON))
    assert boxes(caught) == WANTED


def test_a_chart_that_cannot_show_ranges_is_a_table_that_says_so():
    def own():
        charts.own(published(), lambda shown, axes: None, id="x", **samples.COMMON)

    for draw in (own, lambda: charts.status(published(), id="x", status="group", **samples.COMMON)):
        exhibit = catch(draw).exhibit
        assert exhibit.type == "table"
        assert "only ranges" in exhibit.caption
        assert [row[-1] for row in exhibit.rows] == WORDS


def test_another_chapter_can_draw_them_too():
    handed_on = Published.from_record(published().record(), "en")
    assert boxes(catch(lambda: charts.groups(handed_on, id="x", **samples.COMMON))) == WANTED
