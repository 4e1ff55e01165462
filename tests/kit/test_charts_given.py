"""What notebooks give charts and tables with the rows: goals, breaks, directions, as tables hold them; defaults."""

import inspect
import math

import pandas as pd
import pytest

from alignkit.errors import NotebookError
from alignkit.kit import charts, tables
from tests.kit import chart_samples as samples
from tests.kit.chart_catch import catch

DRAWN = [charts.bars, charts.trend, charts.groups, charts.matrix, charts.xmr, charts.status, charts.own, tables.show]


@pytest.mark.parametrize("function", DRAWN)
def test_every_parameter_has_its_line(function):
    documented = " ".join(line.partition(":")[0] for line in inspect.getdoc(function).split("\n") if line[:2] == "- ")
    assert [name for name in inspect.signature(function).parameters if f"`{name}`" not in documented] == []


@pytest.mark.parametrize("none", [None, math.nan, pd.NA])
def test_a_missing_goal_direction_or_measure_is_none(none):
    caught = catch(lambda: samples.trend(target=none, target_at=2030, good_direction=none, measure=none, forecast=None))
    assert not any("Goal" in text or "better" in text for text in caught.said)
    for draw in (samples.bars, samples.groups):
        said = catch(lambda draw=draw: draw(target=none)).said
        assert not any(text.startswith("Goal") for text in said)


@pytest.mark.parametrize("at", [2030, 2030.0, pd.Timestamp(2030, 6, 30), pd.Timestamp(2030, 6, 30).date()])
def test_the_goals_date_is_a_day_or_a_year_as_tables_hold_it(at):
    assert "Goal 55% by 2030" in catch(lambda: samples.trend(target_at=at)).said


def test_a_goal_without_a_date_has_none():
    assert "Goal 55%" in catch(lambda: samples.trend(target_at=pd.NA)).said


def test_an_unknown_direction_is_refused():
    with pytest.raises(NotebookError, match="good_direction 'higher'") as caught:
        samples.trend(good_direction="higher")
    assert caught.value.cure == "'up' or 'down'"


def breaks(*rows) -> pd.DataFrame:
    found = [{"indicator_id": id_, "starts_on": pd.Timestamp(day), "reason": said} for id_, day, said in rows]
    return pd.DataFrame(found, columns=["indicator_id", "starts_on", "reason", "announced_on"])


BREAKS = breaks(("reading", "2020-08-01", "New state test"), ("reading", "2014-01-01", "Before the first"),
                ("math", "2017-08-01", "Another indicator"))  # fmt: skip


def reading(indicator: str | None) -> samples.Published:
    p = samples.reading()
    return samples.published([row | ({"indicator_id": indicator} if indicator else {})
                              for row in p.frame.to_dict("records")], "period_start")  # fmt: skip


def test_the_table_of_breaks_is_taken_whole_and_its_own_and_later_ones_are_drawn():
    caught = catch(lambda: charts.trend(reading("reading"), id="x", breaks=BREAKS, **samples.COMMON))
    assert [text for text in caught.said if text in set(BREAKS["reason"])] == ["New state test"]
    pairs = [(pd.Timestamp(2020, 8, 1), "New state test")]
    assert caught.svg == catch(lambda: charts.trend(reading(None), id="x", breaks=pairs, **samples.COMMON)).svg


def test_breaks_of_one_indicator_need_no_indicator_in_the_rows():
    own = BREAKS[BREAKS["indicator_id"] == "reading"]
    caught = catch(lambda: charts.trend(reading(None), id="x", breaks=own, **samples.COMMON))
    assert "New state test" in caught.said


@pytest.mark.parametrize("table", [breaks(), BREAKS[BREAKS["indicator_id"] == "none"]])
def test_an_empty_table_of_breaks_is_no_break(table):
    caught = catch(lambda: charts.trend(reading("reading"), id="x", breaks=table, **samples.COMMON))
    assert "New state test" not in caught.said


def test_breaks_that_cannot_be_told_to_belong_here_are_refused():
    with pytest.raises(NotebookError, match="several indicators"):
        charts.trend(reading(None), id="x", breaks=BREAKS, **samples.COMMON)
    with pytest.raises(NotebookError, match="no column reason"):
        charts.trend(reading("reading"), id="x", breaks=BREAKS.drop(columns="reason"), **samples.COMMON)


@pytest.mark.parametrize("draw", [charts.bars, charts.groups])
def test_the_only_key_that_varies_names_the_rows(draw):
    rows = [samples.rate(k, 40, place="riverbend", group=g) for g, k in (("A", 9), ("B", 20))]
    caught = catch(lambda: draw(samples.published(rows, "place", "group"), id="x", **samples.COMMON))
    assert {"A", "B"} <= set(caught.said)
    assert caught.exhibit.columns[0] == "Group"


def test_several_keys_that_vary_need_a_choice():
    rows = [samples.rate(9, 40, place=place, group=g) for place in "xy" for g in "ab"]
    with pytest.raises(NotebookError, match="category= is missing") as caught:
        charts.bars(samples.published(rows, "place", "group"), id="x", **samples.COMMON)
    assert caught.value.cure == "one of: place, group"


def test_a_table_needs_no_headings():
    rows = [samples.rate(27, 40, subgroup="Girls", note="new"), samples.hidden(subgroup="Boys", note="new")]
    p = samples.published(rows, "subgroup")
    given = {"id": "x", "caption": "c"}
    assert catch(lambda: tables.show(p, columns=["subgroup", "text"], **given)).exhibit.columns == ("Group", "Value")
    whole = catch(lambda: tables.show(p, **given)).exhibit
    assert (whole.columns, whole.rows[1]) == (("Group", "Note", "Value"), ("Boys", "new", "hidden"))
