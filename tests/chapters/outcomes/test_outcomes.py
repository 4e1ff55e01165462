"""What leaders rate, which outcomes need us most, and whether they move."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from alignkit.chapters.outcomes import measures as outcomes
from alignkit.chapters.outcomes import outcome_set
from alignkit.disclosure.publish import DERIVED, Gate, publish
from alignkit.stats.intervals import wilson_interval

LISTED = pd.DataFrame({
    "outcome_id": ["reading", "work"], "name": ["Reading", "Work"], "order": [1, 2],
    "status": ["in_force", "candidate"],
})  # fmt: skip


def ratings(**levels):
    """Level → for each outcome (reading, work): how many gave it a 5, how many a 1."""
    rows, people = [], []
    for level, counts in levels.items():
        for outcome, (top, low) in zip(LISTED["outcome_id"], counts, strict=True):
            for i, rating in enumerate([5] * top + [1] * low):
                rows.append((2026, f"{level}{i}", outcome, rating))
                people.append((f"{level}{i}", level))
    leaders = pd.DataFrame(people, columns=["leader_id", "level"]).drop_duplicates()
    table = pd.DataFrame(rows, columns=["year", "leader_id", "outcome_id", "rating"])
    return outcomes.newest(table.astype({"rating": "Int64", "year": "Int64"}), leaders)


def door(rated, minimum=10):
    counted = outcomes.support(rated)
    shown = outcomes.named(publish(counted, id="support", gate=Gate(minimum), **outcomes.SUPPORT_KEYS), LISTED)
    return shown, outcomes.sides(shown, minimum)


def apart(rated, minimum=10):
    shown, _side = door(rated, minimum)
    return outcomes.differences(shown, LISTED, minimum).set_index("outcome_id")


def test_only_the_newest_year_counts_and_a_rater_nobody_knows_is_of_no_level():
    table = pd.DataFrame({"year": [2025, 2026], "leader_id": ["a", "b"], "outcome_id": "reading", "rating": [1, 5]})
    counted = outcomes.support(outcomes.newest(table, pd.DataFrame({"leader_id": ["a"], "level": ["manager"]})))
    assert dict(zip(counted["level"], counted["numerator"], strict=True)) == {"all": 1, "unknown": 1}


def test_a_share_is_of_those_who_rated_with_wilsons_interval():
    counted = outcomes.support(ratings(executive=((30, 10), (20, 20))))
    row = counted[(counted["outcome_id"] == "reading") & (counted["level"] == "all")].iloc[0]
    low, high = wilson_interval(30, 40)
    assert row[["value", "low", "high"]].tolist() == pytest.approx([75, 100 * low, 100 * high])


def test_too_few_of_a_level_show_nothing_of_it():
    shown, side = door(ratings(executive=((4, 5), (3, 6)), practitioner=((30, 10), (20, 20))))
    few = shown.where(level="executive").frame
    assert set(few["status"]) == {"hidden"}
    assert set(few["outcome"]) == {"Reading", "Work"}
    assert side[side["level"] == "executive"]["side"].isna().all()


def test_levels_differ_by_newcombes_interval_and_holm():
    found = apart(ratings(executive=((56, 14), (35, 35)), practitioner=((48, 32), (40, 40))))
    # Newcombe 1998b, table II, example (a): 56 of 70 and 48 of 80
    assert found.loc["reading", ["value", "low", "high"]].tolist() == pytest.approx([20, 5.24, 33.39], abs=0.005)
    assert found.loc["reading", "p_adjusted"] == pytest.approx(2 * found.loc["reading", "p"])
    assert found["apart"].tolist() == [True, False]
    assert not found["at_least"].any()


def test_a_band_says_how_far_apart_they_are_at_least():
    bands = apart(ratings(executive=((38, 2), (2, 38)), practitioner=((12, 28), (5, 35))))
    assert bands.loc["reading", "value"] == pytest.approx(100 * (31 - 12) / 40)  # 31 is the fewest over the band's end
    assert bands.loc["reading", ["at_least", "apart"]].tolist() == [True, True]
    assert np.isnan(bands.loc["work", "value"])  # both under 25%: which is larger is not published


def test_a_band_never_claims_more_than_the_counts_do():
    exact = apart(ratings(executive=((38, 2), (2, 38)), practitioner=((12, 28), (30, 10))), minimum=1)
    bands = apart(ratings(executive=((38, 2), (2, 38)), practitioner=((12, 28), (30, 10))))
    assert (bands["value"].abs() <= exact["value"].abs()).all()
    assert (bands["p"] >= exact["p"]).all()


def test_nobody_rated():
    rated = ratings()
    shown, side = door(rated)
    assert shown.frame.empty
    assert side.empty
    assert outcomes.differences(shown, LISTED, 10).empty
    assert outcomes.coefficients(rated).empty
    assert outcomes.consensus(rated).empty


def test_coefficients_rest_on_whom_they_say():
    found = outcomes.coefficients(ratings(executive=((9, 1), (1, 9)), manager=((5, 0), (0, 5))))
    by = found.set_index(["level", "coefficient"])
    assert by["denominator"].unstack().to_numpy().tolist() == [[15, 15], [10, 10], [5, 5]]
    assert by.loc[("manager", "alpha"), "value"] == pytest.approx(1)
    shown = publish(found, id="agreement", gate=Gate(10), **outcomes.COEFFICIENT_KEYS)
    assert set(shown.where(level="manager").frame["status"]) == {"hidden"}


def judged(*rows):
    columns = ["outcome_id", "s", "points", "good_direction", "short_of_target"]
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame.assign(**{name: None for name in outcomes.PRESSING if name not in columns})
    carried = [name for name in frame if name not in ("outcome_id", "value", "low", "high", "unit")]
    return publish(frame, id="judged", by=["outcome_id"], about=DERIVED, gate=Gate(), carry=carried)


def test_five_of_eight_are_what_coins_do_36_times_in_100():
    rows = [(str(i), 3, 4, "up" if i < 5 else "down", None) for i in range(8)]
    found = outcomes.luck(judged(*rows, ("still", 0, 4, "up", None), ("two", 1, 2, "up", None))).iloc[0]
    assert found[["better", "moved", "still", "unknown"]].tolist() == [5, 8, 1, 1]
    assert found["chance"] == pytest.approx(93 / 256)


def test_a_falling_line_is_right_where_down_is_good():
    assert outcomes.luck(judged(("a", -3, 4, "down", None)))["better"].tolist() == [1]
    assert outcomes.luck(judged())["chance"].isna().all()


def test_most_children_short_come_first_then_what_is_not_known_then_goals_met():
    rows = [("met", 1, 4, "up", 0), ("unknown", 1, 4, "up", None), ("few", 1, 4, "up", 9), ("many", 1, 4, "up", 80)]
    assert outcomes.pressing(judged(*rows))["outcome_id"].tolist() == ["many", "few", "unknown", "met"]


@pytest.mark.parametrize(("high", "low", "side"), [(38, 2, "most"), (2, 38, "few"), (20, 20, "half"), (25, 15, "most")])
def test_the_side_of_a_share_is_told_by_what_is_published(high, low, side):
    _shown, sides = door(ratings(executive=((high, low), (high, low))))
    assert sides.set_index(["outcome_id", "level"])["side"]["reading", "all"] == side


def test_a_hidden_share_tells_no_side_and_backs_nothing():
    shown, sides = door(ratings(executive=((9, 0), (8, 1))))
    assert sides["side"].isna().all()
    assert outcome_set.backing(shown, 10) == {}


def test_a_band_backs_an_outcome_by_the_least_it_says():
    shown, _sides = door(ratings(executive=((38, 2), (2, 38))))
    assert outcome_set.backing(shown, 10) == {"reading": Fraction(31, 40) - Fraction(1, 2),
                                              "work": Fraction(9, 40) - Fraction(1, 2)}  # fmt: skip
