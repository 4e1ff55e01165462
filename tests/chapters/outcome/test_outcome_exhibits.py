"""What an outcome's charts and tables are called with."""

import pandas as pd
import pytest

from alignkit.chapters.outcome import exhibits, measures, sentences
from alignkit.contract.validate import empty
from alignkit.disclosure.publish import DERIVED, Gate, publish
from alignkit.disclosure.published import Published
from alignkit.kit import pictures

VERDICT = {
    "indicator_id": "i", "indicator": "Reading on grade level", "outcome": "Early reading", "unit": "percent",
    "good_direction": "up", "universe": "third graders", "word": "cannot tell yet", "reason": "too_few", "points": 2,
    "earliest": pd.Timestamp("2029-10-10"), "break_on": None, "value": 46.0, "low": 44.0, "high": 48.0,
    "period_start": pd.Timestamp("2025-08-01"), "period_end": pd.Timestamp("2026-06-30"), "target": 55.0,
    "target_year": 2030, "forecast": None, "confidence": None, "overdue_since": None,
}  # fmt: skip
VALUE = {"indicator_id": "i", "period_start": pd.Timestamp("2025-08-01"), "period_end": pd.Timestamp("2026-06-30"),
         "subgroup_type": "race", "kind": "Race", "place": "Town", "value": 46.0, "low": 44.0, "high": 48.0,
         "unit": "percent", "confidence": None, "numerator": 460, "target": 55.0, "short_of_target": 12,
         "status": "shown", "text": "46%"}  # fmt: skip
HIDDEN = {"value": None, "low": None, "high": None, "short_of_target": None, "target": None, "status": "hidden",
          "text": "hidden"}  # fmt: skip


def published(*rows):
    return Published("p", "", "q", (), False, "en", pd.DataFrame(list(rows)))


def verdict(**changes):
    return published({**VERDICT, **changes, "status": "shown", "text": "46%"})


SERIES = published(
    {**VALUE, "subgroup_type": "all", "subgroup": "all", "group": "all"},
    {**VALUE, "subgroup": "a", "group": "A", "target": 40.0, "short_of_target": 0},
    {**VALUE, **HIDDEN, "subgroup": "b", "group": "B"},
    {**VALUE, "subgroup": "c", "group": "C", "short_of_target": None},
)


def test_only_breaks_within_the_results_shown_are_marked():
    breaks = empty("series_breaks").assign(
        indicator_id=["i"], starts_on=[pd.Timestamp("2023-08-01")], reason=["New test"]
    )
    earlier = {**VALUE, "subgroup_type": "all", "subgroup": "all", "period_start": pd.Timestamp("2022-08-01")}
    groups = published(earlier, *SERIES.frame.to_dict("records"))
    assert exhibits.breaks_shown(breaks, groups) == [(pd.Timestamp("2023-08-01"), "New test")]
    assert exhibits.breaks_shown(breaks, SERIES) == []  # nothing is shown before it
    assert exhibits.breaks_shown(breaks.assign(indicator_id="another"), groups) == []


def test_the_trend_in_words():
    assert sentences.trend_caption(verdict()).startswith("Reading on grade level: ")
    assert sentences.trend_alt(verdict()).startswith("46 of 100 third graders in 2025–26")
    bare = verdict(indicator=None, target=None, target_year=None, good_direction=None)
    assert sentences.trend_caption(bare).startswith("Early reading: ")


def test_groups_in_words_keep_hidden_rows_blank_and_unknown_counts_unknown():
    frame = exhibits.groups_table(SERIES).rows.frame
    assert list(frame["group"]) == ["Everyone", "A", "B", "C"]
    assert list(frame["chance"]) == ["44 to 48", "44 to 48", "", "44 to 48"]
    assert list(frame["short"]) == ["12", "0", "", "not known"]


OLDER = {"period_start": pd.Timestamp("2024-08-01"), "period_end": pd.Timestamp("2025-06-30"), "text": "40%"}
EVERYONE = {**VALUE, "subgroup_type": "all", "subgroup": "all", "group": "all"}
AROUND = published(
    {**EVERYONE, "place_id": "town"},
    {**VALUE, **HIDDEN, "subgroup": "a", "group": "A", "place_id": "town"},
    {**EVERYONE, **OLDER, "place_id": "peer", "place": "Peer"},
    {**EVERYONE, "place_id": "state", "place": "State", "text": "50%"},
    {**VALUE, "subgroup": "a", "group": "A", "place_id": "state", "place": "State", "text": "51%"},
)


def test_every_period_stands_beside_other_places_hidden_as_the_door_left_it():
    said = exhibits.years_table(AROUND, "town")
    assert list(said.columns.values()) == ["Period", "Town", "Peer", "State"]
    frame = said.rows.frame.set_index("period_start")[["at town", "at peer", "at state"]].fillna("")
    assert frame.to_numpy().tolist() == [["", "40%", ""], ["46%", "", "50%"]]


def test_each_group_stands_beside_the_same_group_around():
    said = exhibits.groups_elsewhere_table(AROUND, "town")
    assert list(said.columns.values()) == ["Kind of group", "Group", "Town", "State"]
    assert said.rows.frame[["group", "at town", "at state"]].to_numpy().tolist() == [
        ["Everyone", "46%", "50%"], ["A", "hidden", "51%"]]  # fmt: skip
    assert exhibits.groups_elsewhere_table(AROUND.where(place_id="town"), "town").rows.frame.empty


def test_the_groups_chart_draws_only_goals_that_differ():
    goal = measures.Goal("Reading", 55.0, 2030, "up")
    found = exhibits.groups_in_words(SERIES, goal).frame
    assert found["own_goal"].dropna().tolist() == [40]
    assert found["group"].iloc[0] == sentences.everyone()
    assert "1 group is not shown" in sentences.groups_alt(SERIES)


def test_each_contributing_indicator_gets_its_chart(monkeypatch):
    shown = []
    monkeypatch.setattr(pictures, "emit", lambda exhibit, beside: shown.append(exhibit))
    months = pd.date_range("2025-01-01", periods=13, freq="MS")
    values = [30.0, 40.0] * 6 + [90.0]
    ends = months + pd.offsets.MonthEnd(0)
    p = published(*({**VALUE, "period_start": a, "period_end": z, "value": v}
                    for a, z, v in zip(months, ends, values, strict=True)))  # fmt: skip
    indicators = pd.DataFrame({"indicator_id": ["i", "bare"], "name": ["Tutoring", "Bare"], "good_direction": "up"})
    limits = measures.usual_ranges(p.shown, empty("series_breaks"))
    keys = ["indicator_id", "period_start"]
    usual = publish(limits, id="usual", by=keys, about=DERIVED, carry=list(limits.columns[2:]), gate=Gate())
    exhibits.usual_range_charts(p, usual, indicators)
    assert [one.id for one in shown] == ["contributing-i"]
    assert shown[0].alt == "Tutoring: 1 result is more than the usual ups and downs, that of January 2026."
    assert "on trial" not in shown[0].caption


@pytest.mark.parametrize("signals", [0, 2])
def test_the_control_charts_words(signals):
    rows = [{**VALUE, "signal": "outside" if i < signals else ""} for i in range(3)]
    said = sentences.usual_range_alt(published(*rows), "Tutoring")
    assert said.startswith("Tutoring: 2 results are more" if signals else "Tutoring: every result lies")


SURVEY = published(*({**row, "confidence": 0.9} for row in SERIES.frame.to_dict("records")))
BARE = published(
    *({**row, "low": None, "high": None, "target": None} for row in SERIES.frame.astype(object).to_dict("records"))
)


@pytest.mark.parametrize(
    ("p", "heading"),
    [(SERIES, "Chance alone could make that"), (SURVEY, "Margin of error (95 percent)"), (BARE, None)],
)
def test_a_table_says_what_its_ranges_are_and_has_no_column_for_none(p, heading):
    assert exhibits.groups_table(p).columns.get("chance") == heading
    assert ("short" in exhibits.groups_table(p).columns) is (p is not BARE)
    assert exhibits.short_table(p).columns.get("chance") == heading


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "results, the 95 percent range of chance, and the goal"),
        ({"confidence": 0.9, "target": None}, "results, the survey's 95 percent margin of error"),
        ({"low": None, "target": None},
         "results. The newest has no range, as its source gives neither counts nor a margin of error"),
        ({"value": None, "low": None, "high": None}, "results, and the goal"),
    ],
)  # fmt: skip
def test_the_trend_says_what_its_ranges_are(changes, said):
    assert sentences.trend_caption(verdict(**changes)) == f"Reading on grade level: {said}"
