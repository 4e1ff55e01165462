"""Gaps between groups: between whom, how sure, and which way they go."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.chapters.outcome.measures import gaps, picked_level
from alignkit.chapters.outcome.verdicts import with_gap
from alignkit.contract.validate import empty
from alignkit.stats.intervals import newcombe_interval

ABOUT = pd.DataFrame([{"indicator_id": "i", "unit": "percent", "good_direction": "up", "frequency": "annual"}])
NONE = empty("series_breaks")


def points(groups, of=500, kind="race"):
    """`groups`: name → percent per year, ending 2026."""
    rows = []
    for name, values in groups.items():
        for end, value in zip(range(2027 - len(values), 2027), values, strict=True):
            rows.append({"subgroup": name, "value": value, "period_end": pd.Timestamp(end, 6, 30),
                         "period_start": pd.Timestamp(end - 1, 8, 1)})  # fmt: skip
    frame = pd.DataFrame(rows).assign(indicator_id="i", subgroup_type=kind, kind=kind.title(), denominator=of)
    frame["group"] = frame["subgroup"].str.title()
    frame["numerator"] = frame["value"] * of / 100
    return frame.assign(low=frame["value"] - 3, high=frame["value"] + 3, confidence=np.nan)


def test_the_gap_runs_from_the_worst_off_to_the_best_off_group_with_newcombes_interval():
    row = gaps(points({"a": [60], "b": [40], "c": [50]}), ABOUT, NONE).iloc[0]
    assert (row["best"], row["worst"], row["value"], row["ratio"]) == ("A", "B", 20, 1.5)
    ends = newcombe_interval(300, 500, 200, 500, 1 - 0.05 / 3)  # one of three pairs was picked
    assert (row["low"], row["high"]) == pytest.approx([100 * x for x in ends])
    assert row["ratio_low"] < 1.5 < row["ratio_high"]
    assert row["word"] == "cannot tell yet"


def test_two_groups_are_not_picked_and_of_more_the_range_is_wider():
    assert picked_level(2) == pytest.approx(0.95)
    levels = [picked_level(n) for n in range(2, 9)]
    assert levels == sorted(levels)
    two = gaps(points({"a": [60], "b": [40]}), ABOUT, NONE).iloc[0]
    more = gaps(points({"a": [60], "b": [40], "c": [50], "d": [45]}), ABOUT, NONE).iloc[0]
    assert (two["low"], two["high"]) == pytest.approx([100 * x for x in newcombe_interval(300, 500, 200, 500)])
    assert more["high"] - more["low"] > two["high"] - two["low"]


def test_where_down_is_good_the_best_off_has_the_smallest_value():
    row = gaps(points({"a": [60], "b": [40]}), ABOUT.assign(good_direction="down"), NONE).iloc[0]
    assert (row["best"], row["worst"], row["value"]) == ("B", "A", 20)


def test_without_counts_the_gap_uses_the_groups_own_intervals():
    survey = points({"a": [60], "b": [40]}).assign(numerator=np.nan, denominator=np.nan)
    row = gaps(survey, ABOUT, NONE).iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((20 - 3 * 2**0.5, 20 + 3 * 2**0.5))
    bare = gaps(survey.assign(low=np.nan, high=np.nan), ABOUT, NONE).iloc[0]
    assert np.isnan(bare["low"])


def test_a_gap_in_a_survey_uses_its_margins_though_it_gives_counts():
    row = gaps(points({"a": [60], "b": [40]}).assign(confidence=0.9), ABOUT, NONE).iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((20 - 3 * 2**0.5, 20 + 3 * 2**0.5))
    assert np.isnan(row["ratio_low"])
    assert row["confidence"] == 0.9


def test_a_gap_needs_two_groups_and_comes_largest_first():
    two = pd.concat([points({"a": [60], "b": [40]}), points({"f": [50], "m": [49]}, kind="sex")])
    assert list(gaps(two, ABOUT, NONE)["subgroup_type"]) == ["race", "sex"]
    assert gaps(points({"a": [60]}), ABOUT, NONE).empty
    assert gaps(points({"all": [60]}), ABOUT, NONE).empty
    assert gaps(points({"a": [60], "b": [40]}), ABOUT.iloc[:0], NONE).empty


def test_words_about_a_gap():
    level = [40, 42, 44, 46, 48]
    wider = points({"a": [50, 53, 57, 60, 63], "b": level})
    assert gaps(wider, ABOUT, NONE)["word"].iloc[0] == "worsening"
    narrower = points({"a": [60, 61, 62, 63, 64], "b": level})
    assert gaps(narrower, ABOUT, NONE)["word"].iloc[0] == "improving"
    unclear = points({"a": [60, 63, 62, 67, 68], "b": level})
    assert gaps(unclear, ABOUT, NONE)["word"].iloc[0] == "no clear change"


def test_four_years_and_a_fresh_break_cannot_tell():
    four = points({"a": [50, 53, 57, 61], "b": [40, 41, 42, 43]})
    assert gaps(four, ABOUT, NONE)["word"].iloc[0] == "cannot tell yet"
    five = points({"a": [50, 53, 57, 61, 65], "b": [40, 41, 42, 43, 44]})
    broken = NONE.assign(indicator_id=["i"], starts_on=[pd.Timestamp("2023-08-01")])
    assert gaps(five, ABOUT, broken)["points"].iloc[0] == 3


def test_values_without_interval_give_a_gap_but_no_word():
    bare = points({"a": [60, 61, 62, 63, 64], "b": [40, 42, 44, 46, 48]}).assign(low=np.nan, high=np.nan)
    row = gaps(bare.assign(numerator=np.nan, denominator=np.nan), ABOUT, NONE).iloc[0]
    assert (row["value"], row["word"], row["points"]) == (16, "cannot tell yet", 0)


def test_difference_and_ratio_that_go_different_ways_are_flagged():
    both_rise = points({"a": [20, 25, 30, 35, 40], "b": [10, 13, 16, 19, 22]})
    row = gaps(both_rise, ABOUT, NONE).iloc[0]
    assert (row["word"], row["ratio_word"], row["disagree"]) == ("worsening", "improving", True)


def test_only_groups_shown_in_every_compared_year_are_compared_over_time():
    late = pd.concat([points({"a": [60] * 5, "b": [50, 51, 52, 53, 54]}), points({"c": [10]})])
    row = gaps(late, ABOUT, NONE).iloc[0]
    assert row["worst"] == "C"
    assert row["word"] == "improving"


def test_overall_up_and_gap_wider_is_said():
    frame = gaps(points({"a": [50, 53, 57, 60, 63], "b": [40, 42, 44, 46, 48]}), ABOUT, NONE)
    better, worse = (
        with_gap(pd.DataFrame({"word": [word]}), frame).iloc[0] for word in ("improving", "no clear change")
    )
    assert (better["wider"], worse["wider"]) == ("Race", "")
    assert (better["gap"], better["gap_best"], better["gap_word"]) == (15, "A", "worsening")
    assert with_gap(pd.DataFrame({"word": ["improving"]}), pd.DataFrame())["gap"].isna().all()


GROUPS = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.integers(5, 95), min_size=1, max_size=1), min_size=2)


@settings(max_examples=30)
@given(GROUPS)
def test_the_gap_is_the_largest_of_all_pairs(groups):
    row = gaps(points(groups), ABOUT, NONE).iloc[0]
    values = [value for (value,) in groups.values()]
    assert row["value"] == max(abs(a - b) for a in values for b in values)
    assert row["low"] <= row["value"] <= row["high"]


@settings(max_examples=30)
@given(GROUPS, st.integers(0, 99))
def test_a_gap_is_the_same_in_another_order_and_turned_around(groups, seed):
    frame = points(groups)
    one = gaps(frame, ABOUT, NONE).iloc[0]
    other = gaps(frame.sample(frac=1, random_state=seed), ABOUT, NONE).iloc[0]
    assert one.astype(str).tolist() == other.astype(str).tolist()
    around = frame.assign(value=100 - frame["value"], numerator=frame["denominator"] - frame["numerator"])
    around = around.assign(low=100 - frame["high"], high=100 - frame["low"])
    turned = gaps(around, ABOUT.assign(good_direction="down"), NONE).iloc[0]
    assert (turned["value"], turned["low"], turned["high"]) == pytest.approx((one["value"], one["low"], one["high"]))
