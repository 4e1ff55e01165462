"""Publishable values of indicators, the indicators an outcome is judged by, and children short of the goal."""

from collections.abc import Mapping

import pandas as pd
import pytest

from alignkit.chapters.outcome import series as outcome
from alignkit.contract.validate import empty
from alignkit.disclosure.published import Published
from alignkit.errors import InputError
from alignkit.stats.intervals import byar_interval, wilson_interval
from tests.factory import frame

INDICATOR = {"indicator_id": "reading", "outcome_id": "early", "usual_lag_days": 60, "target": 55}
VALUE = {"indicator_id": "reading", "period_start": "2025-08-01", "period_end": "2026-06-30", "place_id": "town",
         "value": None, "released_on": "2026-08-20"}  # fmt: skip
INDICATORS = pd.DataFrame({"indicator_id": ["reading"]})


def one(value: Mapping[str, object], **indicator: object) -> pd.Series:
    return outcome.series(frame("indicator_values", VALUE | value), frame("indicators", INDICATOR | indicator)).iloc[0]


def test_a_percent_is_pooled_from_its_counts_and_carries_its_wilson_interval():
    row = one({"numerator": 460, "denominator": 1000, "value": 46.1})
    assert row["value"] == 46
    assert (row["low"], row["high"]) == pytest.approx([100 * end for end in wilson_interval(460, 1000)])
    assert (row["numerator"], row["denominator"], row["released_on"]) == (460, 1000, pd.Timestamp("2026-08-20"))


def test_a_published_share_with_its_denominator_carries_the_interval_of_the_count_it_stands_for():
    row = one({"value": 46.0, "denominator": 1000})
    assert row["value"] == 46
    assert (row["low"], row["high"]) == pytest.approx([100 * end for end in wilson_interval(460, 1000)])


def test_a_rate_and_a_count_carry_byars():
    rate = one({"numerator": 24, "denominator": 2000}, unit="rate_per_1000")
    assert rate["value"] == 12
    assert (rate["low"], rate["high"]) == pytest.approx([end / 2 for end in byar_interval(24)])
    count = one({"numerator": 40}, unit="count")
    assert (count["value"], count["low"]) == (40, pytest.approx(byar_interval(40)[0]))
    assert one({"value": 40}, unit="count")["low"] == count["low"]


def test_a_survey_keeps_its_own_interval_brought_to_95_percent():
    row = one({"value": 12.0, "interval_low": 10.0, "interval_high": 14.0, "confidence": 0.9})
    assert (row["low"], row["high"]) == pytest.approx(
        (12 - 2 * 1.95996 / 1.64485, 12 + 2 * 1.95996 / 1.64485), abs=1e-4
    )
    plain = one({"value": 12.0, "interval_low": 10.0, "interval_high": 14.0})
    assert (plain["low"], plain["high"]) == (10, 14)


@pytest.mark.parametrize("unit", ["percent", "rate_per_1000", "score", "dollars"])
def test_a_value_with_neither_has_no_interval(unit):
    row = one({"value": 12.0}, unit=unit)
    assert row["value"] == 12
    assert pd.isna(row["low"])
    assert pd.isna(row["high"])
    assert pd.isna(row["short_of_target"])


def test_a_range_keeps_its_bounds_and_a_suppressed_value_nothing():
    ranged = one({"value_status": "range", "low": 90, "high": 94})
    assert (ranged["low"], ranged["high"]) == (90, 94)
    assert pd.isna(ranged["value"])
    gone = one({"value_status": "suppressed_at_source"})
    assert gone[["value", "low", "high"]].isna().all()


def test_groups_and_places_carry_their_names_and_own_goals():
    rows = frame(
        "indicator_values", VALUE | {"subgroup_type": "sex", "subgroup": "f", "numerator": 40, "denominator": 100}
    )
    girls = {"subgroup_type": "sex", "subgroup": "f"}
    row = outcome.series(
        rows,
        frame("indicators", INDICATOR),
        subgroups=frame("subgroups", girls, name="Girls", type_name="Sex"),
        places=frame("places", place_id="town", name="Townsville"),
        targets=frame("subgroup_targets", girls, indicator_id="reading", target=50),
    ).iloc[0]
    assert (row["group"], row["kind"], row["place"]) == ("Girls", "Sex", "Townsville")
    assert (row["target"], row["short_of_target"]) == (50, 10)


@pytest.mark.parametrize(
    ("counts", "indicator", "short"),
    [
        ((40, 100), {"target": 55}, 15),
        ((54, 101), {"target": 55}, 2),  # 55.55 rounded up
        ((110, 200), {"target": 55}, 0),  # 0.55 × 200 is more than 110 in floating point
        ((90, 100), {"target": 55}, 0),
        ((24, 100), {"target": 10.5, "good_direction": "down"}, 14),
        ((5, 100), {"target": 10, "good_direction": "down"}, 0),
        ((30, 2000), {"target": 8, "good_direction": "down", "unit": "rate_per_1000"}, 14),
        ((30, None), {"target": 8, "good_direction": "down", "unit": "count"}, 22),
        ((40, 100), {"target": None}, None),
        ((None, 100), {"target": 55}, None),
    ],
)
def test_children_short_of_the_goal_are_whole_children(counts, indicator, short):
    row = one(dict(zip(("numerator", "denominator"), counts, strict=True)), **indicator)
    assert (None if pd.isna(row["short_of_target"]) else row["short_of_target"]) == short


def test_an_outcome_is_judged_by_its_first_core_indicator_while_in_force():
    indicators = frame(
        "indicators",
        INDICATOR | {"indicator_id": "c", "role": "contributing"},
        INDICATOR,
        INDICATOR | {"indicator_id": "later"},
        INDICATOR | {"indicator_id": "m", "outcome_id": "math"},
    )
    outcomes = frame(
        "outcomes",
        {"outcome_id": "early", "name": "Reading"},
        {"outcome_id": "math", "name": "Math", "status": "candidate"},
        {"outcome_id": "bare", "name": "Bare"},
    )
    assert list(outcome.core(indicators, outcomes)["indicator_id"]) == ["reading"]
    assert list(outcome.about("early", indicators, outcomes)["indicator_id"]) == ["reading"]
    assert outcome.about("bare", indicators, outcomes).empty
    assert list(outcome.contributing("early", indicators)["indicator_id"]) == ["c"]


def test_a_candidate_outcome_has_no_page():
    outcomes = pd.DataFrame({"outcome_id": ["math"], "status": ["candidate"]})
    with pytest.raises(InputError, match="no outcome in force"):
        outcome.about("math", INDICATORS, outcomes)


PLACES = frame(
    "places",
    {"place_id": "town", "name": "Town", "kind": "city", "parent_id": "state", "peer_group": "mid"},
    {"place_id": "state", "name": "State", "kind": "state"},
    {"place_id": "peer", "name": "Peer", "kind": "city", "parent_id": "state", "peer_group": "mid"},
    {"place_id": "other", "name": "Other", "kind": "city", "parent_id": "state"},
)


def test_around_a_place_stand_its_parents_with_their_groups_and_its_peers():
    girls = {"subgroup_type": "sex", "subgroup": "f"}
    rows = [VALUE | {"place_id": place, "value": 40} for place in ("other", "peer", "state", "town")]
    values = frame("indicator_values", *rows, *[row | girls for row in rows])
    found = outcome.around(values, INDICATORS, PLACES, "town")
    assert list(zip(found["place_id"], found["subgroup"], strict=True)) == [
        ("town", "all"), ("town", "f"), ("state", "all"), ("state", "f"), ("peer", "all")]  # fmt: skip
    assert set(outcome.around(values, INDICATORS, empty("places"), "town")["place_id"]) == {"town"}


def test_side_by_side_stands_everyone_in_the_newest_period_shown_here():
    rows = [("town", 2024, "all", "shown"), ("town", 2025, "all", "hidden"), ("state", 2024, "all", "shown"),
            ("state", 2024, "f", "shown"), ("state", 2025, "all", "shown")]  # fmt: skip
    shown = pd.DataFrame(rows, columns=["place_id", "period_start", "subgroup", "status"])
    published = Published("series", "indicator_values", "values", (), False, "en", shown)
    found = outcome.side_by_side(published, "town").frame
    assert list(zip(found["place_id"], found["period_start"], strict=True)) == [("town", 2024), ("state", 2024)]


def test_the_order_of_rows_does_not_matter():
    rows = [
        VALUE | {"subgroup_type": "sex", "subgroup": s, "numerator": n, "denominator": 90}
        for s, n in (("f", 40), ("m", 50))
    ]
    indicators = frame("indicators", INDICATOR)
    forth, back = (outcome.series(frame("indicator_values", *some), indicators) for some in (rows, rows[::-1]))
    pd.testing.assert_frame_equal(forth, back)


SURVEYED = {"value": 12.0, "interval_low": 10.0, "interval_high": 14.0, "confidence": 0.9}


def test_a_surveys_weighted_counts_do_not_narrow_its_own_interval():
    row = one(SURVEYED | {"numerator": 2400, "denominator": 20000})
    assert (row["value"], row["low"]) == (12, pytest.approx(12 - 2 * 1.95996 / 1.64485, abs=1e-4))
    assert row["confidence"] == 0.9
    counted = one({"numerator": 2400, "denominator": 20000} | {"interval_low": 10.0, "interval_high": 14.0})
    assert (counted["value"], counted["low"], counted["confidence"]) == (12, 10, 0.95)
    assert pd.isna(one({"numerator": 2400, "denominator": 20000})["confidence"])


def test_no_interval_reaches_beyond_the_values_there_can_be():
    row = one(SURVEYED | {"value": 2.0, "interval_low": -1.0, "interval_high": 5.0})
    assert (row["low"], row["high"]) == (0, pytest.approx(2 + 3 * 1.95996 / 1.64485, abs=1e-4))


@pytest.mark.parametrize("given", [{"value": 46.1, "denominator": 1000}, SURVEYED | {"denominator": 1000}])
def test_children_short_of_the_goal_are_counted_from_a_share_of_a_known_number(given):
    assert one(given)["short_of_target"] == 550 - round(given["value"] * 10)
