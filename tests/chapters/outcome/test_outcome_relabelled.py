"""The same children told in another way give the same answer: turned around, in another unit, with another test."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.chapters.outcome.measures import verdicts, with_ranges
from alignkit.contract.validate import empty

OF = 200
COUNTS = st.lists(st.integers(20, 180), min_size=5, max_size=9)
TARGET = st.integers(60, 90)


def judged(counts, target, *, good="up", unit="percent", values=None, breaks=None):
    """The one outcome's verdict from what a source would give."""
    last = 2026
    rows = pd.DataFrame(
        {"indicator_id": "i", "period_start": [pd.Timestamp(last - k, 7, 1) for k in range(len(counts), 0, -1)],
         "place_id": "town", "subgroup_type": "all", "subgroup": "all", "value_status": "reported"}
    )  # fmt: skip
    rows["period_end"] = rows["period_start"] + pd.DateOffset(years=1) - pd.Timedelta(days=1)
    rows["released_on"] = rows["period_end"] + pd.Timedelta(days=60)
    if values is None:
        rows["numerator"], rows["denominator"] = pd.array(counts, "Int64"), pd.array([OF] * len(counts), "Int64")
    else:
        rows["value"], rows["denominator"] = values, pd.array([OF] * len(counts), "Int64")
    table = rows.reindex(columns=list(empty("indicator_values").columns)).astype(empty("indicator_values").dtypes)
    about = pd.DataFrame([{
        "indicator_id": "i", "outcome_id": "o", "name": "I", "role": "core", "unit": unit, "good_direction": good,
        "frequency": "annual", "usual_lag_days": 60, "universe": "children", "baseline": np.nan,
        "target": float(target), "target_year": 2030, "already_public": True,
    }])  # fmt: skip
    outcomes = pd.DataFrame({"outcome_id": ["o"], "name": ["O"], "status": ["in_force"], "order": [1]})
    nothing = empty("series_breaks")
    told = with_ranges(table, about)
    return verdicts(
        told, about, outcomes, nothing if breaks is None else breaks, as_of=pd.Timestamp("2026-09-30")
    ).iloc[0]


SAID = ["word", "reach", "turned", "points", "short_of_target"]


@settings(max_examples=25)
@given(COUNTS, TARGET)
def test_children_who_do_not_pass_instead_of_those_who_do(counts, target):
    one = judged(counts, target)
    other = judged([OF - count for count in counts], 100 - target, good="down")
    assert one[SAID].tolist() == other[SAID].tolist()
    assert (one["s"], one["p"]) == (-other["s"], pytest.approx(other["p"]))
    assert one["forecast"] == pytest.approx(100 - other["forecast"], nan_ok=True)
    assert (one["low"], one["high"]) == pytest.approx((100 - other["high"], 100 - other["low"]))


@settings(max_examples=25)
@given(COUNTS, TARGET)
def test_children_in_a_thousand_instead_of_in_a_hundred(counts, target):
    one, other = judged(counts, target), judged(counts, 10 * target, unit="rate_per_1000")
    assert one[["word", "points", "short_of_target"]].tolist() == other[["word", "points", "short_of_target"]].tolist()
    assert (one["s"], one["p"], 10 * one["slope"]) == (other["s"], other["p"], pytest.approx(other["slope"]))
    assert one["pace_needed"] * 10 == pytest.approx(other["pace_needed"])


@settings(max_examples=25)
@given(COUNTS, TARGET)
def test_a_share_of_a_known_number_instead_of_its_counts(counts, target):
    one, other = judged(counts, target), judged(counts, target, values=[100 * count / OF for count in counts])
    assert one[SAID].tolist() == other[SAID].tolist()
    assert (one["low"], one["high"]) == pytest.approx((other["low"], other["high"]))


@settings(max_examples=25)
@given(COUNTS, TARGET, st.integers(-20, 20), st.integers(1, 4))
def test_what_came_before_a_new_test_says_nothing(counts, target, shift, after):
    starts = pd.Timestamp(2026 - after, 7, 1)
    breaks = pd.DataFrame({"indicator_id": ["i"], "starts_on": [starts], "reason": ["A new test."]})
    moved = [count + shift if at < len(counts) - after else count for at, count in enumerate(counts)]
    one, other = (judged(some, target, breaks=breaks) for some in (counts, moved))
    assert one["points"] == after
    assert one.drop("break_reason").astype(str).tolist() == other.drop("break_reason").astype(str).tolist()


@settings(max_examples=25)
@given(COUNTS, TARGET, st.integers(1, 40))
def test_more_children_who_pass_in_the_last_year_never_look_worse(counts, target, more):
    better = [*counts[:-1], min(OF, counts[-1] + more)]
    one, other = judged(counts, target), judged(better, target)
    assert other["short_of_target"] <= one["short_of_target"]
    assert other["s"] >= one["s"]
    assert not (one["word"] == "improving" and other["word"] == "worsening")
