"""What is derived from values rests only on what came through the door, and hidden rows still say whose they are."""

import pandas as pd
import pytest

from alignkit.chapters.outcome import measures
from alignkit.contract.validate import empty
from alignkit.disclosure.publish import DERIVED, Gate, publish
from tests.factory import typed

INDICATOR = {
    "indicator_id": "i", "outcome_id": "early", "name": "Reading", "definition": "d", "role": "core", "unit": "percent",
    "good_direction": "up", "frequency": "annual", "usual_lag_days": 60, "universe": "third graders", "target": 55,
    "target_year": 2030, "source": "s", "already_public": False, "valid_from": "2015-01-01",
}  # fmt: skip
COUNTS = {"all": (300, 700), "white": (250, 400), "black": (45, 292), "native": (5, 8)}


def value(group, year):
    numerator, denominator = COUNTS[group]
    return {"indicator_id": "i", "period_start": f"{year}-08-01", "period_end": f"{year + 1}-06-30", "place_id": "town",
            "subgroup_type": "all" if group == "all" else "race", "subgroup": group, "numerator": numerator,
            "denominator": denominator, "value_status": "reported", "released_on": f"{year + 1}-08-20",
            "source_key": "k"}  # fmt: skip


SUBGROUPS = typed("subgroups", *({"subgroup_type": "race", "subgroup": g, "name": g.title(), "type_name": "Race"}
                                 for g in ("white", "black", "native")))  # fmt: skip
INDICATORS = typed("indicators", INDICATOR)


@pytest.fixture
def series():
    values = typed("indicator_values", *(value(group, year) for year in (2024, 2025) for group in COUNTS))
    rows = measures.with_ranges(values, INDICATORS, subgroups=SUBGROUPS)
    return publish(rows, id="series", gate=Gate(minimum_count=10), **measures.KEYS)


def test_a_small_group_enters_no_gap(series):
    assert set(series.frame.loc[series.frame["subgroup"] == "native", "status"]) == {"hidden"}
    row = measures.gaps(series.shown, INDICATORS, empty("series_breaks")).iloc[0]
    assert (row["best"], row["worst"], row["groups"]) == ("White", "Black", 2)


def test_nothing_of_a_hidden_row_is_carried(series):
    hidden = series.frame[series.frame["status"] == "hidden"]
    assert hidden[["numerator", "denominator", "value", "low", "high", "short_of_target"]].isna().all(axis=None)


def test_a_hidden_row_still_says_whose_it_is(series):
    named = measures.with_names(series, INDICATORS, SUBGROUPS, empty("places"))
    row = named.where(subgroup="native", period_start=pd.Timestamp("2025-08-01")).frame.iloc[0]
    assert (row["group"], row["kind"], row["period_end"]) == ("Native", "Race", pd.Timestamp("2026-06-30"))
    assert row["text"] == "hidden"


def test_a_period_that_is_hidden_whole_gets_its_usual_end(series):
    native = measures.with_names(series.where(subgroup="native"), INDICATORS, SUBGROUPS, empty("places"))
    assert list(native.frame["period_end"]) == [pd.Timestamp("2025-07-31"), pd.Timestamp("2026-07-31")]


def test_the_newest_rows_and_the_ends_of_the_largest_gap(series):
    named = measures.with_names(series, INDICATORS, SUBGROUPS, empty("places"))
    now = measures.newest_period(named)
    assert set(now.frame["period_start"]) == {pd.Timestamp("2025-08-01")}
    found = measures.gaps(series.shown, INDICATORS, empty("series_breaks"))
    carry = ["best_id", "worst_id"]
    gaps = publish(found[["subgroup_type", *carry]], id="gaps", by=["subgroup_type"], about=DERIVED, carry=carry,
                   gate=Gate())  # fmt: skip
    shown = measures.ends_of_gap(now, gaps)
    assert list(shown.frame["subgroup"]) == ["all", "white", "black"]
    assert list(measures.ends_of_gap(now, gaps.where(best_id="nobody")).frame["subgroup"]) == ["all"]
