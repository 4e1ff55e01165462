"""What each kind of chart shows, and what it must not."""

import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from alignkit.errors import NotebookError
from alignkit.kit import charts
from alignkit.kit.drawing.matrix import Symbol
from alignkit.theme import THEME
from tests.kit import chart_samples as samples
from tests.kit.chart_catch import Caught, catch


def runs(caught: Caught, color: str = THEME.blue) -> list[list[float]]:
    """The values that each line with markers joins."""
    lines = [line for line in caught.figure.findobj(Line2D) if line.get_marker() == "o" and line.get_color() == color]
    return [[float(y) for y in line.get_ydata()] for line in lines if line.get_zorder() == 4]


def bar_lengths(caught: Caught) -> list[float]:
    """The lengths of bars and boxes, in the order of the rows."""
    patches = [patch for patch in caught.figure.axes[0].patches if isinstance(patch, Rectangle)]
    return [patch.get_width() for patch in sorted(patches, key=lambda patch: patch.get_y())]


def test_bars_say_their_counts_and_hidden_is_not_zero():
    caught = catch(samples.bars)
    assert {"68%", "27 of 40", "28%", "11 of 40", "hidden"} <= set(caught.said)
    assert bar_lengths(caught) == [67.5, 27.5]
    assert caught.exhibit.columns == ("Element", "Value", "Likely range", "Count")
    assert caught.exhibit.rows[0] == ("Vision", "68%", "60% to 76%", "27 of 40")
    assert caught.exhibit.rows[2] == ("Data standard", "hidden", "", "")
    assert any("Hidden does not mean zero" in text for text in caught.said)


def test_bars_draw_every_interval():
    axes = catch(samples.bars).figure.axes[0]
    whiskers = [tuple(line.get_xdata()) for line in axes.lines if line.get_marker() == "|"]
    assert whiskers == [(59.5, 75.5), (19.5, 35.5)]


def test_bars_start_at_zero_and_name_the_goal():
    caught = catch(
        lambda: samples.bars(target=80, good_direction="up", headings={"element": "What", "value": "Signed"})
    )
    assert caught.figure.axes[0].get_xlim() == (0, 100)
    assert {"Goal 80%", "higher is better ↑"} <= set(caught.said)
    assert caught.exhibit.columns[:2] == ("What", "Signed")


def test_bars_refuse_more_hues_than_can_be_told_apart():
    p = samples.published([samples.shown(1.0, a="x", b=f"{i}") for i in range(6)], "a", "b")
    with pytest.raises(NotebookError, match="cannot be told apart"):
        charts.bars(p, id="x", category="a", hue="b", **samples.COMMON)


def test_a_draft_says_so_in_the_picture():
    assert any("Do not pass on" in text for text in catch(samples.bars_ugly).said)
    assert not any("Do not pass on" in text for text in catch(samples.bars).said)


def test_a_known_range_is_drawn_as_a_box():
    row = samples.hidden("90–94%", "range", name="a") | {"low": 90.0, "high": 94.0}
    p = samples.published([row, samples.shown(50.0, name="b")], "name")
    caught = catch(lambda: charts.bars(p, id="x", category="name", **samples.COMMON))
    assert bar_lengths(caught) == [4.0, 50.0]
    assert "90–94%" in caught.said


def test_a_trend_never_bridges_a_missing_or_hidden_year_or_a_new_test():
    assert runs(catch(samples.trend)) == [[36, 38], [40, 41], [35, 39, 46]]


def test_a_trend_without_its_break_joins_what_follows():
    p = samples.published([samples.rate(k, 100, **samples.school_year(y)) for y, k in ((2018, 40), (2019, 45))], "p")
    assert runs(catch(lambda: charts.trend(p, id="x", **samples.COMMON))) == [[40, 45]]


def test_a_trend_names_break_goal_direction_and_projection():
    said = catch(samples.trend).said
    assert {"New state test", "Goal 55% by 2030", "higher is better ↑", "hidden", "36%", "46%"} <= set(said)
    assert "If nothing changes, 42% to 54% in 2025–26. A projection, not a promise." in said


def test_breaks_close_together_are_all_drawn_and_only_the_newest_is_named():
    rows = [samples.rate(40 + y % 3, 100, **samples.school_year(y)) for y in range(2014, 2024)]
    breaks = [(pd.Timestamp(y, 7, 1), f"New test of {y}") for y in (2016, 2017, 2018)]
    p = samples.published(rows, "p")
    caught = catch(lambda: charts.trend(p, id="x", breaks=breaks, **samples.COMMON))
    assert [text for text in caught.said if text.startswith("New test")] == ["New test of 2018"]
    assert caught.figure is not None
    lines = [line for line in caught.figure.axes[0].lines if line.get_color() == THEME.muted]
    assert len([line for line in lines if len(set(line.get_xdata())) == 1]) == 3


def test_a_forecast_is_dotted_and_never_joined_to_the_results():
    axes = catch(samples.trend).figure.axes[0]
    dotted = [line for line in axes.lines if list(line.get_ydata()) == [46, 47, 48, 49]]
    assert len(dotted) == 1
    assert dotted[0].is_dashed()


def test_the_break_stands_between_the_old_series_and_the_new():
    axes = catch(samples.trend).figure.axes[0]
    (at,) = {
        line.get_xdata()[0] for line in axes.lines if line.get_linestyle() == "--" and len(set(line.get_xdata())) == 1
    }
    day = (pd.Timestamp("1970-01-01") + pd.Timedelta(days=at)).date()
    assert pd.Timestamp(2020, 6, 1).date() < day < pd.Timestamp(2021, 1, 1).date()


def test_lines_are_named_where_they_end_even_when_all_is_hidden():
    said = catch(samples.trend_lines).said
    assert "39% A" in said
    assert "Nobody may see: hidden" in said
    assert any(text.startswith("41% The Greater") and text.endswith("…") for text in said)
    assert "lower is better ↓" in said


def test_lines_have_their_own_shape_and_color():
    lines = catch(samples.trend_lines).figure.axes[0].lines
    looks = {(line.get_marker(), line.get_color()) for line in lines if line.get_zorder() == 4}
    assert looks == {("o", THEME.blue), ("s", THEME.vermilion)}


def test_a_trend_refuses_more_lines_than_can_be_told_apart():
    rows = [samples.shown(1.0, g=f"{i}", **samples.school_year(2020)) for i in range(8)]
    with pytest.raises(NotebookError, match="8 lines"):
        charts.trend(samples.published(rows, "g"), id="x", line="g", **samples.COMMON)


def test_small_changes_do_not_look_like_cliffs():
    rows = [samples.shown(50 + i / 10, **samples.school_year(2020 + i)) for i in range(3)]
    caught = catch(lambda: charts.trend(samples.published(rows, "p"), id="x", **samples.COMMON))
    low, high = caught.figure.axes[0].get_ylim()
    assert high - low >= 20


def test_groups_stand_beside_the_total_and_their_goals():
    caught = catch(samples.groups)
    assert {"All students 41%", "Goal 55%", "the group's own goal", "Income", "33%", "over 90%"} <= set(caught.said)
    lines = caught.figure.axes[0].lines
    (dots,) = [some for some in caught.figure.axes[0].collections if isinstance(some, PathCollection)]
    assert [x for x, _y in dots.get_offsets()] == [pytest.approx(100 / 3), 52.5]
    assert {50.0, 60.0} <= {line.get_xdata()[0] for line in lines}
    assert [row[1] for row in caught.exhibit.rows] == ["All students", "Lower", samples.LONG, "English learners"]


def test_dense_rows_take_less_height():
    tall, low = (catch(lambda dense=dense: samples.groups(dense=dense)).figure for dense in (False, True))
    assert low.get_figheight() < tall.get_figheight()


def test_a_hidden_total_is_no_line():
    rows = [samples.hidden(g="All"), samples.shown(30.0, g="A")]
    p = samples.published(rows, "g")
    caught = catch(lambda: charts.groups(p, id="x", group="g", reference="All", **samples.COMMON))
    assert not any(text.startswith("All") for text in caught.said)
    assert ("All", "hidden") in caught.exhibit.rows


def test_a_matrix_says_in_words_what_it_shows():
    caught = catch(samples.matrix)
    assert caught.exhibit.columns[:3] == ("Row", "Education", "Early childhood")
    assert caught.exhibit.rows[0][:5] == ("Kindergarten", "lead", "contributor", "", "shared")
    assert {"lead", "shared", "contributor", "nobody yet"} <= set(caught.said)


def test_a_matrix_takes_other_symbols_and_refuses_unknown_ones():
    with pytest.raises(NotebookError, match="no symbol for 'lead'"):
        samples.matrix(symbols={"hole": Symbol("hole", "nobody")})


def test_a_matrix_with_sections_shows_one_row_under_each_of_its_headings():
    rows = [samples.shown(1.0, s=s, r="Schools", c=c, m="lead") for s in ("First", "Second") for c in ("A", "B")]
    style = {"section": "s", "row": "r", "column": "c", "mark": "m", **samples.COMMON}
    caught = catch(lambda: charts.matrix(samples.published(rows, "s", "r", "c"), id="x", **style))
    assert caught.exhibit.columns == ("S", "R", "A", "B")
    assert [row[:2] for row in caught.exhibit.rows] == [("First", "Schools"), ("Second", "Schools")]
    assert [caught.said.count(text) for text in ("First", "Second", "Schools")] == [1, 1, 2]


def test_a_matrix_refuses_two_rows_for_one_cell():
    p = samples.published([samples.shown(1.0, r="a", c="b", m="lead")] * 2, "r", "c")
    with pytest.raises(NotebookError, match="two rows for a, b"):
        charts.matrix(p, id="x", row="r", column="c", mark="m", **samples.COMMON)


def test_special_points_are_ringed_and_named_once_per_run():
    caught = catch(samples.xmr)
    lines = caught.figure.axes[0].lines
    ringed = [float(line.get_ydata()[0]) for line in lines if line.get_markeredgecolor() == THEME.vermilion]
    assert ringed == [45, 80, 81]
    assert caught.said.count("eight in a row above") == 1
    assert {"fewer came than is usual", "average 70%", "usual range, up to 88%"} <= set(caught.said)


def test_events_at_any_distance_are_joined_and_named_by_their_month():
    caught = catch(samples.xmr)
    assert runs(caught) == [[70, 45, 71, 80, 81]]
    assert "December 2024" in caught.said
    assert caught.exhibit.rows[0] == ("January 10, 2024", "", "70%")


def test_status_shows_every_count_however_thin_its_bar():
    caught = catch(samples.status)
    assert [caught.said.count(n) for n in ("60", "3", "2")] == [2, 2, 1]  # 60 is a tick, too
    assert {"64 in all", "12 in all", "0 in all", "not done"} <= set(caught.said)
    assert sum(length for length in bar_lengths(caught)) == 64 + 12


def test_status_keeps_the_order_of_its_names_and_takes_others():
    p = samples.published([samples.shown(2.0, "count", s="mended"), samples.shown(1.0, "count", s="kept")], "s")
    caught = catch(lambda: charts.status(p, id="x", status="s", **samples.COMMON))
    assert bar_lengths(caught) == [1.0, 2.0]
    assert "mended" in caught.said


def test_units_are_those_of_the_rows():
    rows = [samples.shown(1250.0, "dollars", name="a", unit="dollars"), samples.shown(40.0, "dollars", name="b")]
    p = samples.published(rows, "name")
    caught = catch(lambda: charts.bars(p, id="x", category="name", **samples.COMMON))
    assert {"$0", "$1,250"} <= set(caught.said)
    assert not any("%" in text for text in caught.said)


def test_where_goes_with_the_exhibit():
    assert catch(lambda: samples.bars(where="web")).exhibit.where == "web"


def test_the_table_behind_a_status_chart_says_words_not_codes():
    p = samples.published([samples.shown(2.0, "count", s="not_done")], "s")
    caught = catch(lambda: charts.status(p, id="x", status="s", **samples.COMMON))
    assert caught.exhibit.rows[0][0] == "not done"
