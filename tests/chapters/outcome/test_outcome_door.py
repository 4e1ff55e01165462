"""What is derived from values rests only on what came through the door, and hidden rows still say whose they are."""

import pandas as pd
import pytest

from alignkit.chapters.outcome import series as outcome
from alignkit.chapters.outcome.gaps import gaps
from alignkit.contract.validate import empty
from alignkit.disclosure.publish import Gate, publish
from tests.factory import frame

COUNTS = {"all": (300, 700), "white": (250, 400), "black": (45, 292), "native": (5, 8)}


def value(group, year):
    numerator, denominator = COUNTS[group]
    return {"period_start": f"{year}-08-01", "period_end": f"{year + 1}-06-30", "subgroup": group,
            "subgroup_type": "all" if group == "all" else "race", "numerator": numerator,
            "denominator": denominator}  # fmt: skip


SUBGROUPS = frame("subgroups", subgroup=["white", "black", "native"], name=["White", "Black", "Native"],
                  subgroup_type="race", type_name="Race")  # fmt: skip
INDICATORS = frame("indicators", indicator_id="i", outcome_id="early", usual_lag_days=60, target=55)


@pytest.fixture
def series():
    each = [value(group, year) for year in (2024, 2025) for group in COUNTS]
    values = frame("indicator_values", *each, indicator_id="i", place_id="town")
    rows = outcome.series(values, INDICATORS, subgroups=SUBGROUPS)
    return publish(rows, id="series", gate=Gate(minimum_count=10), **outcome.DOOR)


def test_a_small_group_enters_no_gap(series):
    assert set(series.frame.loc[series.frame["subgroup"] == "native", "status"]) == {"hidden"}
    row = gaps(series.shown, INDICATORS, empty("series_breaks")).iloc[0]
    assert (row["best"], row["worst"], row["groups"]) == ("White", "Black", 2)


def test_nothing_of_a_hidden_row_is_carried(series):
    hidden = series.frame[series.frame["status"] == "hidden"]
    assert hidden[["numerator", "denominator", "value", "low", "high", "short_of_target"]].isna().all(axis=None)


def test_a_hidden_row_still_says_whose_it_is(series):
    named = outcome.named(series, INDICATORS, SUBGROUPS, empty("places"))
    row = named.where(subgroup="native", period_start=pd.Timestamp("2025-08-01")).frame.iloc[0]
    assert (row["group"], row["kind"], row["period_end"]) == ("Native", "Race", pd.Timestamp("2026-06-30"))
    assert row["text"] == "hidden"


def test_a_period_that_is_hidden_whole_gets_its_usual_end(series):
    native = outcome.named(series.where(subgroup="native"), INDICATORS, SUBGROUPS, empty("places"))
    assert list(native.frame["period_end"]) == [pd.Timestamp("2025-07-31"), pd.Timestamp("2026-07-31")]


def test_the_newest_rows_and_the_ends_of_the_largest_gap(series):
    named = outcome.named(series, INDICATORS, SUBGROUPS, empty("places"))
    now = outcome.newest(named)
    assert set(now.frame["period_start"]) == {pd.Timestamp("2025-08-01")}
    shown = outcome.spotlight(now, gaps(series.shown, INDICATORS, empty("series_breaks")))
    assert list(shown.frame["subgroup"]) == ["all", "white", "black"]
    assert list(outcome.spotlight(now, pd.DataFrame()).frame["subgroup"]) == ["all"]
