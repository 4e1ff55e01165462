"""The words about all outcomes together: when they are given, and what they reckon with."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from alignkit.chapters.outcome.measures import verdicts
from alignkit.contract.validate import empty

AS_OF = pd.Timestamp("2026-09-30")
UP = (40, 42, 43, 45, 47, 50, 52)


def indicators(n=1, **changes):
    base = {"role": "core", "unit": "percent", "good_direction": "up", "frequency": "annual", "usual_lag_days": 60,
            "universe": "third graders", "baseline": np.nan, "target": 55.0, "target_year": 2030}  # fmt: skip
    rows = [
        base | {"indicator_id": f"i{k}", "outcome_id": f"o{k}", "name": f"Indicator {k}"} | changes for k in range(n)
    ]
    return pd.DataFrame(rows)


def outcomes(n=1):
    return pd.DataFrame(
        {"outcome_id": [f"o{k}" for k in range(n)], "name": [f"Outcome {k}" for k in range(n)], "status": "in_force",
         "order": range(n)}
    )  # fmt: skip


def series(values, indicator="i0", last=2026, of=1000, interval=2.0, years=None):
    """Shown totals: one school year per value, the last one ending in `last`."""
    ends = years or range(last - len(values) + 1, last + 1)
    value = pd.Series(values, dtype=float)
    return pd.DataFrame(
        {"indicator_id": indicator, "period_start": [pd.Timestamp(y - 1, 8, 1) for y in ends],
         "period_end": [pd.Timestamp(y, 6, 30) for y in ends], "place_id": "town", "value": value,
         "confidence": np.nan, "low": value - interval, "high": value + interval,
         "numerator": (value * of / 100).round().astype("Int64"),
         "denominator": pd.array([of] * len(values), dtype="Int64"),
         "released_on": [pd.Timestamp(y, 8, 20) for y in ends]}
    )  # fmt: skip


def judge(values, n=1, breaks=None, before=None, last_book=None, **changes):
    return verdicts(
        values, indicators(n, **changes), outcomes(n), empty("series_breaks") if breaks is None else breaks,
        as_of=AS_OF, before=before, last_book=last_book or ("first" if before is None else "kept"),
    )  # fmt: skip


def word(values, n=1, **changes):
    return judge(values, n, **changes)["word"].iloc[0]


def test_a_rise_is_improving_where_up_is_good_and_worsening_where_down_is():
    assert word(series(UP)) == "improving"
    assert word(series(UP), good_direction="down") == "worsening"
    assert word(series(UP[::-1])) == "worsening"
    assert word(series(UP[::-1]), good_direction="down") == "improving"


def test_ups_and_downs_are_no_clear_change():
    row = judge(series([40, 44, 41, 45, 40, 43])).iloc[0]
    assert row["word"] == "no clear change"
    assert row["slope_low"] < 0 < row["slope_high"]


@pytest.mark.parametrize(
    ("outcomes_in_force", "points", "expected"),
    [
        (1, 4, "cannot tell yet"),
        (1, 5, "improving"),
        (9, 5, "cannot tell yet"),
        (9, 6, "improving"),
        (18, 6, "improving"),
        (19, 6, "cannot tell yet"),
        (19, 7, "improving"),
    ],
)
def test_how_many_points_it_takes_reckons_with_all_outcomes(outcomes_in_force, points, expected):
    assert word(series(UP[:points]), outcomes_in_force) == expected


def test_five_points_cannot_do_with_nine_outcomes_even_if_all_rise():
    everything = pd.concat([series(UP[:5], f"i{k}") for k in range(9)])
    assert set(judge(everything, 9)["word"]) == {"cannot tell yet"}


def test_six_points_of_nine_outcomes_fail_if_one_pair_is_out_of_order():
    row = judge(series([40, 42, 41, 45, 47, 50]), 9).iloc[0]
    assert row["p"] < 0.05 < row["p_adjusted"]
    assert row["word"] == "no clear change"


def test_other_outcomes_that_move_help_as_benjamini_and_hochberg_allow():
    weak = series([40, 42, 41, 45, 47, 50, 52], "i0")
    alone = judge(weak, 9).iloc[0]
    together = judge(pd.concat([weak, *(series(UP, f"i{k}") for k in range(1, 9))]), 9).iloc[0]
    assert together["p"] == alone["p"]
    assert together["p_adjusted"] < alone["p_adjusted"]


def test_the_earliest_answer_is_the_release_of_the_sixth_point_of_nine_outcomes():
    row = judge(series(UP[:3]), 9).iloc[0]
    assert (row["points"], row["needed"]) == (3, 6)
    assert row["earliest"] == pd.Timestamp("2029-08-29")  # June 30, 2029 and 60 days


def test_the_earliest_answer_of_a_quarterly_series():
    values = series(UP[:3])
    values["period_start"] = pd.to_datetime(["2025-10-01", "2026-01-01", "2026-04-01"])
    values["period_end"] = pd.to_datetime(["2025-12-31", "2026-03-31", "2026-06-30"])
    assert judge(values, 9, frequency="quarterly")["earliest"].iloc[0] == pd.Timestamp(
        "2027-05-30"
    )  # March 31, 2027 and 60 days


def test_overdue_results_promise_no_answer_for_the_past():
    assert judge(series(UP[:4], last=2023))["earliest"].iloc[0] == AS_OF + pd.Timedelta(days=1)


def test_values_without_interval_get_no_trend_word_and_no_date():
    bare = series(UP).assign(low=np.nan, high=np.nan, numerator=pd.NA, denominator=pd.NA)
    row = judge(bare).iloc[0]
    assert (row["word"], row["reason"]) == ("cannot tell yet", "no_interval")
    assert pd.isna(row["earliest"])
    assert row["value"] == 52
    assert pd.isna(row["forecast"])


def test_an_outcome_without_results_or_indicator_still_has_its_row():
    frame = judge(series(UP), 2)
    assert list(frame["word"]) == ["improving", "cannot tell yet"]
    assert frame["reason"].iloc[1] == "no_values"
    bare = verdicts(series(UP), indicators(1), outcomes(2), empty("series_breaks"), as_of=AS_OF)
    assert list(bare["word"]) == ["improving", "cannot tell yet"]
    assert verdicts(series([]), indicators(1).iloc[:0], outcomes(0), empty("series_breaks"), as_of=AS_OF).empty


def test_a_break_restarts_the_series():
    breaks = pd.DataFrame({"indicator_id": ["i0"], "starts_on": [pd.Timestamp("2023-08-01")], "reason": ["New test"]})
    row = judge(series(UP), breaks=breaks).iloc[0]
    assert (row["points"], row["word"], row["break_reason"]) == (3, "cannot tell yet", "New test")
    assert row["previous"] == 50
    fresh = breaks.assign(starts_on=pd.Timestamp("2025-08-01"))
    assert pd.isna(judge(series(UP), breaks=fresh)["previous"].iloc[0])
    next_year = judge(series(UP), breaks=breaks.assign(starts_on=pd.Timestamp("2026-08-01"))).iloc[0]
    assert (next_year["points"], next_year["value"], next_year["earliest"].year) == (0, 52, 2031)
    other = breaks.assign(indicator_id="another")
    assert judge(series(UP), breaks=other)["points"].iloc[0] == 7


def test_a_missing_year_is_neither_filled_in_nor_closed_up():
    gap = judge(series([40, 42, 46, 48, 50], years=[2020, 2021, 2023, 2024, 2025])).iloc[0]
    assert (gap["points"], gap["slope"]) == (5, 2)
    blank = pd.concat([series([40, 42]).iloc[:0], series([40, 42, np.nan, 46, 48, 50], last=2025)])
    assert judge(blank)["slope"].iloc[0] == 2


def test_new_is_a_period_that_the_last_book_did_not_know():
    known = series(UP).assign(subgroup="all", value_status="reported")
    assert judge(series(UP), before=known.iloc[:-1])["is_new"].iloc[0]
    assert not judge(series(UP), before=known)["is_new"].iloc[0]
    assert judge(series(UP), before=None)["is_new"].iloc[0]
    assert judge(series(UP), before=known.assign(value_status="missing"))["is_new"].iloc[0]


def test_new_is_what_the_last_book_did_not_know_however_long_ago_it_came_out():
    known = series(UP, last=2020).assign(subgroup="all", value_status="reported")
    assert judge(series(UP, last=2020), before=known.iloc[:-1])["is_new"].iloc[0]
    assert judge(series(UP, last=2020), before=known.head(0))["is_new"].iloc[0]


def test_nothing_is_called_new_or_known_where_the_last_book_is_not_kept():
    assert judge(series(UP), last_book="lost")["is_new"].iloc[0] is None


def test_a_revised_value_of_a_known_period_is_not_new():
    known = series(UP).assign(subgroup="all", value_status="reported")
    revised = series([*UP[:-1], 53]).assign(released_on=AS_OF)
    assert not judge(revised, before=known)["is_new"].iloc[0]


def test_what_came_out_long_ago_is_not_new_in_a_first_book_and_is_overdue():
    old = judge(series(UP, last=2023)).iloc[0]
    assert not old["is_new"]
    assert old["overdue_since"] == pd.Timestamp("2024-08-29")
    fresh = judge(series(UP)).iloc[0]
    assert fresh["is_new"]
    assert pd.isna(fresh["overdue_since"])


def test_a_value_that_came_late_is_new_and_the_next_one_overdue():
    late = series(UP, last=2024).assign(released_on=AS_OF - pd.Timedelta(days=30))
    row = judge(late).iloc[0]
    assert row["is_new"]
    assert row["overdue_since"] == pd.Timestamp("2025-08-29")


def test_a_survey_is_tested_with_its_own_margins_never_as_if_its_counts_were_children():
    tight, wide = (judge(series(UP, interval=w).assign(confidence=0.9)).iloc[0] for w in (1.0, 20.0))
    assert np.isnan(tight["armitage_p"])
    assert tight["weighted_p"] < 0.05 < wide["weighted_p"]
    counted = judge(series(UP)).iloc[0]
    assert np.isnan(counted["weighted_p"])
    assert counted["armitage_p"] < 0.05


def test_estimates_over_several_years_count_once_for_the_years_they_share():
    rolling = series(UP).assign(confidence=0.9, period_start=[pd.Timestamp(y - 5, 7, 1) for y in range(2020, 2027)])
    row = judge(rolling).iloc[0]
    assert (row["word"], row["points"], row["value"]) == ("cannot tell yet", 2, UP[-1])
    assert row["earliest"] == pd.Timestamp("2041-08-29")  # three more of five years each


def test_pace_needed_and_children_short_of_the_goal():
    row = judge(series(UP)).iloc[0]
    assert row["pace_needed"] == pytest.approx((55 - 52) / 4)
    assert row["short_of_target"] == 30
    over = judge(series(UP), target_year=2026).iloc[0]
    assert pd.isna(over["pace_needed"])


@settings(deadline=None, max_examples=8)
@given(st.permutations(range(9)), st.permutations(range(7)))
def test_neither_the_order_of_rows_nor_of_outcomes_changes_a_word(which, when):
    base = pd.concat([series(np.roll(UP, k), f"i{k}") for k in range(3)], ignore_index=True)
    shuffled = base.sample(frac=1, random_state=sum(i * k for i, k in enumerate(when)))
    one, two = judge(base, 9), judge(shuffled.iloc[::-1], 9)
    pd.testing.assert_frame_equal(one, two)
    turned = verdicts(base, indicators(9).iloc[list(which)], outcomes(9), empty("series_breaks"), as_of=AS_OF)
    assert list(turned["word"]) == list(one["word"])


@pytest.mark.parametrize("which", ["o0", "o1", "o2"])
def test_one_outcome_alone_is_its_row_among_all(which):
    values = pd.concat([series(np.roll(UP, k), f"i{k}") for k in range(2)], ignore_index=True)
    tables = (indicators(3), outcomes(3), empty("series_breaks"))
    every, alone = (
        verdicts(values, *tables, as_of=AS_OF, before=known_of(values), outcome=one) for one in (None, which)
    )
    plain_alone, plain_every = (one.astype(object).where(one.notna(), None) for one in (alone, every))
    assert_frame_equal(plain_alone, plain_every[every["outcome_id"] == which].reset_index(drop=True))


def known_word(values, before, **changes):
    """The word that the data give without what is new since the cycle before."""
    return judge(values, before=before, **changes)["word_known"].iloc[0]


def known_of(values):
    return values.assign(subgroup="all", value_status="reported")


def test_a_word_is_told_again_without_what_is_new():
    seven = series(UP, last=2025)
    longer = pd.concat([seven, series([30, 20, 10], last=2028)])
    assert word(longer) == "no clear change"
    assert known_word(longer, known_of(seven)) == known_word(seven, known_of(seven)) == "improving"


def test_a_corrected_series_gives_another_word_for_the_same_periods():
    was, corrected = series(UP), series(UP[::-1])
    assert known_word(corrected, known_of(was)) == "worsening"


def test_the_first_cycle_has_no_word_before():
    assert judge(series(UP), before=None)["word_known"].isna().all()
    assert judge(series(UP), before=known_of(series([])))["word_known"].isna().all()
