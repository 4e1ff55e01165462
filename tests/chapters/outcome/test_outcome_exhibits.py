"""What an outcome's charts and tables are called with."""

import pandas as pd
import pytest

from alignkit.chapters.outcome import exhibits as outcome
from alignkit.chapters.outcome.contributing import limits
from alignkit.contract.validate import empty
from alignkit.disclosure.published import Published
from alignkit.kit import charts
from alignkit.words.words import words

EN = words("en")
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


def test_the_trend_shows_everyone_with_goal_breaks_and_words():
    breaks = empty("series_breaks").assign(
        indicator_id=["i"], starts_on=[pd.Timestamp("2023-08-01")], reason=["New test"]
    )
    earlier = {**VALUE, "subgroup_type": "all", "subgroup": "all", "period_start": pd.Timestamp("2022-08-01")}
    series = published(earlier, *SERIES.frame.to_dict("records"))
    found = outcome.trend(series, verdict(), SERIES, breaks)
    assert outcome.trend(SERIES, verdict(), SERIES, breaks)["breaks"] == []  # nothing stands before it
    assert list(found["p"].frame["subgroup"]) == ["all", "all"]
    assert (found["target"], found["target_at"], found["good_direction"]) == (55.0, 2030, "up")
    assert found["breaks"] == [(pd.Timestamp("2023-08-01"), "New test")]
    assert found["caption"].startswith("Reading on grade level: ")
    assert found["alt"].startswith("46 of 100 third graders in 2025–26")


def test_an_outcome_without_indicator_or_goal_still_has_a_chart_to_call():
    found = outcome.trend(SERIES, verdict(indicator=None, target=None, target_year=None, good_direction=None),
                          SERIES, empty("series_breaks"))  # fmt: skip
    assert (found["target"], found["target_at"], found["measure"], found["good_direction"]) == (None, None, "", "")
    assert found["caption"].startswith("Early reading: ")


def test_groups_in_words_keep_hidden_rows_blank_and_unknown_counts_unknown():
    frame = outcome.groups_table(SERIES)["p"].frame
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
    said = outcome.years_table(AROUND, "town")
    assert list(said["columns"].values()) == ["Period", "Town", "Peer", "State"]
    frame = said["p"].frame.set_index("period_start")[["at town", "at peer", "at state"]].fillna("")
    assert frame.to_numpy().tolist() == [["", "40%", ""], ["46%", "", "50%"]]


def test_each_group_stands_beside_the_same_group_around():
    said = outcome.groups_beside_table(AROUND, "town")
    assert list(said["columns"].values()) == ["Kind of group", "Group", "Town", "State"]
    assert said["p"].frame[["group", "at town", "at state"]].to_numpy().tolist() == [
        ["Everyone", "46%", "50%"], ["A", "hidden", "51%"]]  # fmt: skip
    assert outcome.groups_beside_table(AROUND.where(place_id="town"), "town")["p"].frame.empty


def test_the_groups_chart_draws_only_goals_that_differ():
    found = outcome.groups_chart(SERIES, verdict())
    assert found["target"] == 55
    assert found["p"].frame["own_goal"].dropna().tolist() == [40]
    assert "1 group is not shown" in found["alt"]


def test_each_contributing_indicator_gets_its_chart(monkeypatch):
    shown = []
    monkeypatch.setattr(charts, "emit", lambda exhibit, beside: shown.append(exhibit))
    months = pd.date_range("2025-01-01", periods=13, freq="MS")
    values = [30.0, 40.0] * 6 + [90.0]
    ends = months + pd.offsets.MonthEnd(0)
    p = published(*({**VALUE, "period_start": a, "period_end": z, "value": v}
                    for a, z, v in zip(months, ends, values, strict=True)))  # fmt: skip
    indicators = pd.DataFrame({"indicator_id": ["i", "bare"], "name": ["Tutoring", "Bare"], "good_direction": "up"})
    outcome.contributing(p, limits(p.shown, empty("series_breaks")), indicators)
    assert [one.id for one in shown] == ["contributing-i"]
    assert shown[0].alt == "Tutoring: 1 result is more than the usual ups and downs, that of January 2026."
    assert "on trial" not in shown[0].caption


@pytest.mark.parametrize("signals", [0, 2])
def test_the_control_charts_words(signals):
    rows = [{**VALUE, "signal": "outside" if i < signals else ""} for i in range(3)]
    said = outcome.xmr_alt(published(*rows), "Tutoring")
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
    assert outcome.groups_table(p)["columns"].get("chance") == heading
    assert ("short" in outcome.groups_table(p)["columns"]) is (p is not BARE)
    assert outcome.short_table(p)["columns"].get("chance") == heading


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "results, the 95 percent range of chance, and the goal"),
        ({"confidence": 0.9, "target": None}, "results, the survey's 95 percent margin of error"),
        ({"low": None, "target": None},
         "results. The newest has no range, as its source gives neither counts nor a margin of error"),
    ],
)  # fmt: skip
def test_the_trend_says_what_its_ranges_are(changes, said):
    assert outcome.trend_caption(verdict(**changes)) == f"Reading on grade level: {said}"
