"""Publishable values of indicators, the indicators an outcome is judged by, and children short of the goal."""

from collections.abc import Mapping
from types import SimpleNamespace

import pandas as pd
import pytest

from alignkit.chapters.outcome import measures
from alignkit.contract.validate import empty
from alignkit.disclosure.published import Published
from alignkit.errors import InputError
from alignkit.stats.intervals import byar_interval, wilson_interval
from tests.factory import typed

INDICATOR = {
    "indicator_id": "reading", "outcome_id": "early", "name": "Third graders who read well", "definition": "d",
    "role": "core", "unit": "percent", "good_direction": "up", "frequency": "annual", "usual_lag_days": 60,
    "universe": "third graders", "target": 55, "target_year": 2030, "source": "state", "already_public": False,
    "valid_from": "2015-01-01",
}  # fmt: skip
VALUE = {
    "indicator_id": "reading", "period_start": "2025-08-01", "period_end": "2026-06-30", "place_id": "town",
    "subgroup_type": "all", "subgroup": "all", "value_status": "reported", "released_on": "2026-08-20",
    "source_key": "k",
}  # fmt: skip


INDICATORS = pd.DataFrame({"indicator_id": ["reading"]})


def one(value: Mapping[str, object], **indicator: object) -> pd.Series:
    return measures.with_ranges(
        typed("indicator_values", VALUE | value), typed("indicators", INDICATOR | indicator)
    ).iloc[0]


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
    rows = typed(
        "indicator_values", VALUE | {"subgroup_type": "sex", "subgroup": "f", "numerator": 40, "denominator": 100}
    )
    frame = measures.with_ranges(
        rows, typed("indicators", INDICATOR),
        subgroups=typed("subgroups", {"subgroup_type": "sex", "subgroup": "f", "name": "Girls", "type_name": "Sex"}),
        places=typed("places", {"place_id": "town", "name": "Townsville", "kind": "city"}),
        targets=typed("subgroup_targets", {"indicator_id": "reading", "subgroup_type": "sex", "subgroup": "f",
                                           "target": 50, "target_year": 2030, "valid_from": "2020-01-01"}),
    ).iloc[0]  # fmt: skip
    assert (frame["group"], frame["kind"], frame["place"]) == ("Girls", "Sex", "Townsville")
    assert (frame["target"], frame["short_of_target"]) == (50, 10)


def test_names_are_those_of_the_tables_that_are_open():
    bare = SimpleNamespace(indicator_values=typed("indicator_values", VALUE), indicators=typed("indicators", INDICATOR))
    assert measures.series(bare)["place"].tolist() == ["town"]
    places = typed("places", {"place_id": "town", "name": "Townsville", "kind": "city"})
    assert measures.series(SimpleNamespace(**vars(bare), places=places))["place"].tolist() == ["Townsville"]


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
    indicators = typed(
        "indicators",
        INDICATOR | {"indicator_id": "c", "role": "contributing"},
        INDICATOR,
        INDICATOR | {"indicator_id": "later"},
        INDICATOR | {"indicator_id": "m", "outcome_id": "math"},
    )
    base = {"stage": "elementary", "why_it_matters": "w", "valid_from": "2015-01-01"}
    outcomes = typed(
        "outcomes",
        base | {"outcome_id": "early", "name": "Reading", "status": "in_force", "order": 1},
        base | {"outcome_id": "math", "name": "Math", "status": "candidate", "order": 2},
        base | {"outcome_id": "bare", "name": "Bare", "status": "in_force", "order": 3},
    )
    assert list(measures.core_indicators(indicators, outcomes)["indicator_id"]) == ["reading"]
    assert list(measures.core_indicator("early", indicators, outcomes)["indicator_id"]) == ["reading"]
    assert measures.core_indicator("bare", indicators, outcomes).empty
    assert list(measures.contributing_indicators("early", indicators)["indicator_id"]) == ["c"]


def test_a_candidate_outcome_has_no_page():
    outcomes = pd.DataFrame({"outcome_id": ["math"], "status": ["candidate"], "order": [1]})
    with pytest.raises(InputError, match=r"no outcome in force.*\n.*table outcomes the status in_force"):
        measures.core_indicator("math", INDICATORS, outcomes)
    with pytest.raises(InputError, match="the table outcomes has no outcome in force"):
        measures.chosen_outcome("", outcomes)


def test_a_notebook_run_by_hand_shows_the_first_outcome_and_says_which_others_there_are(capsys):
    outcomes = pd.DataFrame({"outcome_id": ["b", "c", "a"], "status": ["in_force", "candidate", "in_force"],
                             "order": [2, 1, 3]})  # fmt: skip
    assert measures.chosen_outcome("", outcomes) == "b"
    assert capsys.readouterr().out.endswith("write its id into the cell tagged parameters: a.\n")
    assert measures.chosen_outcome("a", outcomes) == "a"
    assert capsys.readouterr().out == ""
    with pytest.raises(InputError, match="write one of these ids into the cell tagged parameters: b, a"):
        measures.core_indicator("c", INDICATORS, outcomes)


PLACES = typed(
    "places",
    {"place_id": "town", "name": "Town", "kind": "city", "parent_id": "state", "peer_group": "mid"},
    {"place_id": "state", "name": "State", "kind": "state"},
    {"place_id": "peer", "name": "Peer", "kind": "city", "parent_id": "state", "peer_group": "mid"},
    {"place_id": "other", "name": "Other", "kind": "city", "parent_id": "state"},
)


def test_around_a_place_stand_its_parents_with_their_groups_and_its_peers():
    girls = {"subgroup_type": "sex", "subgroup": "f"}
    rows = [VALUE | {"place_id": place, "value": 40} for place in ("other", "peer", "state", "town")]
    values = typed("indicator_values", *rows, *[row | girls for row in rows])
    found = measures.in_and_around(values, INDICATORS, PLACES, "town")
    assert list(zip(found["place_id"], found["subgroup"], strict=True)) == [
        ("town", "all"), ("town", "f"), ("state", "all"), ("state", "f"), ("peer", "all")]  # fmt: skip
    assert set(measures.in_and_around(values, INDICATORS, empty("places"), "town")["place_id"]) == {"town"}


def test_side_by_side_stands_everyone_in_the_newest_period_shown_here():
    rows = [("town", 2024, "all", "shown"), ("town", 2025, "all", "hidden"), ("state", 2024, "all", "shown"),
            ("state", 2024, "f", "shown"), ("state", 2025, "all", "shown")]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["place_id", "period_start", "subgroup", "status"])
    published = Published("series", "indicator_values", "values", (), False, "en", frame)
    found = measures.same_period(published, "town").frame
    assert list(zip(found["place_id"], found["period_start"], strict=True)) == [("town", 2024), ("state", 2024)]


def test_the_order_of_rows_does_not_matter():
    rows = [
        VALUE | {"subgroup_type": "sex", "subgroup": s, "numerator": n, "denominator": 90}
        for s, n in (("f", 40), ("m", 50))
    ]
    indicators = typed("indicators", INDICATOR)
    forth, back = (measures.with_ranges(typed("indicator_values", *some), indicators) for some in (rows, rows[::-1]))
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
