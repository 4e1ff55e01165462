"""Sentences of an outcome's page, word for word: for none, one, many and unknown, up and down, told and untold."""

import pandas as pd
import pytest

from alignkit.chapters.outcome import sentences
from alignkit.disclosure.published import Published
from alignkit.kit import amounts
from alignkit.words.words import words
from tests.wording import UNKNOWN_MARGIN, survey_margin

EN = words("en")
ROW = {
    "outcome_id": "early", "outcome": "Early-grade reading", "indicator_id": "i", "indicator": "Reading on grade level",
    "unit": "percent", "good_direction": "up", "universe": "third graders", "word": "no clear change", "reason": "",
    "points": 8, "needed": 6, "s": 2, "p": 0.7, "p_adjusted": 0.9, "armitage_p": None,
    "slope": 0.4, "slope_low": -1.0, "slope_high": 2.0, "earliest": None,
    "value": 46.2, "low": 44.0, "high": 48.4, "numerator": 1062, "denominator": 2299,
    "confidence": None, "weighted_p": None, "overdue_since": None,
    "period_start": pd.Timestamp("2025-08-01"), "period_end": pd.Timestamp("2026-06-30"),
    "target": 55.0, "target_year": 2030, "short_of_target": 203, "pace_needed": 2.2, "reach": "possible",
    "forecast": 48.0, "forecast_low": 44.1, "forecast_high": 52.2, "turned": "no", "is_new": True,
    "break_on": None, "break_reason": None, "gap": 23.0, "gap_low": 18.0, "gap_best": "White",
    "gap_worst": "Black", "wider": "",
}  # fmt: skip
EARLY = {"word": "cannot tell yet", "reason": "too_few", "points": 3, "earliest": pd.Timestamp("2029-10-10"),
         "forecast": None, "reach": "unknown"}  # fmt: skip


def verdict(**changes):
    frame = pd.DataFrame([{**ROW, **changes, "status": "shown", "text": "46%"}]).astype(object)
    return Published("verdict", "outcomes", "q", ("outcome_id",), False, "en", frame)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "No clear direction: anything from 1 fewer to 2 more each year, of every 100 third graders, fits these "
             "results. That is not the same as standing still."),
        ({"word": "improving", "slope_low": 0.8, "slope_high": 1.7},
         "Improving: anything from 0.8 to 1.7 more each year, of every 100 third graders, fits these results."),
        ({"word": "worsening", "slope_low": -1.7, "slope_high": -0.8},
         "Worsening: anything from 0.8 to 1.7 fewer each year, of every 100 third graders, fits these results."),
        ({"word": "improving", "good_direction": "down", "slope_low": -1.7, "slope_high": -0.8},
         "Improving, and down is good here: anything from 0.8 to 1.7 fewer each year, of every 100 third graders, "
         "fits these results."),
        ({"word": "worsening", "good_direction": "down", "slope_low": 1, "slope_high": 2},
         "Worsening, as down would be good here: anything from 1 to 2 more each year, of every 100 third graders, "
         "fits these results."),
        ({"slope_low": 0.3, "slope_high": 2},
         "No clear direction: 0.3 to 2 more each year, of every 100 third graders, fits these results best, but of "
         "several outcomes watched at once, chance makes one look like that too often."),
        ({"unit": "dollars", "slope_low": -200, "slope_high": 400},
         "No clear direction: anything from $200 less to $400 more each year fits these results. "
         "That is not the same as standing still."),
        ({"unit": "score", "slope_low": -0.1, "slope_high": 0.2},
         "No clear direction: anything from 0.1 points lower to 0.2 points higher each year fits these results. "
         "That is not the same as standing still."),
    ],
)  # fmt: skip
def test_direction(changes, said):
    assert sentences.direction(verdict(**changes)) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Too early to tell: only three results; earliest answer fall 2029."),
        ({"points": 1}, "Too early to tell: only one result; earliest answer fall 2029."),
        ({"points": 0, "break_on": pd.Timestamp("2026-07-01"), "break_reason": "New test."},
         "Too early to tell: no result yet since the way of measuring changed in 2026; earliest answer fall 2029."),
        ({"break_on": pd.Timestamp("2023-07-01"), "break_reason": "A new state test"},
         "Too early to tell: only three results since the way of measuring changed in 2023; earliest answer fall "
         "2029."),
        ({"earliest": None}, "Too early to tell: only three results; when it could be told is not known."),
        ({"reason": "no_values", "value": None}, "Too early to tell: no result can be shown."),
        ({"reason": "no_interval", "low": None, "high": None},
         "It cannot be told: the source gives neither counts nor a margin of error, so change and chance cannot be "
         "told apart."),
    ],
)  # fmt: skip
def test_what_cannot_be_told_comes_with_why_and_when(changes, said):
    row = verdict(**EARLY | changes)
    assert sentences.cannot_tell(row) == said
    assert sentences.direction(row) == said


def test_what_can_be_told_needs_no_excuse():
    assert sentences.cannot_tell(verdict()) == ""
    assert sentences.earliest(verdict()) is None
    assert sentences.earliest(verdict(**EARLY)) == "fall 2029"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "No clear change: 46 of 100 third graders in 2025–26 (goal 55 by 2030); the largest gap is 23 of 100, "
             "between White and Black."),
        ({"word": "improving", "gap": None, "target_year": None},
         "Improving: 46 of 100 third graders in 2025–26 (goal 55)."),
        ({"reach": "reached", "gap": 0.0}, "No clear change: 46 of 100 third graders in 2025–26 (goal 55, met)."),
        ({"target": None, "gap": None}, "No clear change: 46 of 100 third graders in 2025–26 (no goal set)."),
        ({"unit": "rate_per_1000", "universe": "infants", "value": 12.34, "good_direction": "down", "target": 7.5,
          "gap": 4.06},
         "No clear change: 12.3 of every 1,000 infants in 2025–26 (goal 7.5 or fewer by 2030); the largest gap is "
         "4.1 of 1,000, between White and Black."),
        ({"unit": "dollars", "value": 27400, "target": 30000, "gap": 900.0},
         "No clear change: $27,400 in 2025–26 (goal $30,000 by 2030); the largest gap is $900, between White and "
         "Black."),
        ({"value": None}, "Cannot tell yet: no result can be shown."),
        ({"target": None, "gap_low": -1.0},
         "No clear change: 46 of 100 third graders in 2025–26 (no goal set); no gap between groups is larger than "
         "chance could make it."),
        ({"target": None, "gap": None, "overdue_since": pd.Timestamp("2027-09-28")},
         "No clear change: 46 of 100 third graders in 2025–26 (no goal set); this is old: the next result was due in "
         "September 2027."),
    ],
)  # fmt: skip
def test_answer(changes, said):
    assert sentences.answer(verdict(**changes)) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "46 of 100 third graders in 2025–26 (Reading on grade level); chance alone could make that 44 to 48."),
        ({"low": None, "high": None}, f"46 of 100 third graders in 2025–26 (Reading on grade level){UNKNOWN_MARGIN}."),
        ({"low": 46.0, "high": 46.4}, "46 of 100 third graders in 2025–26 (Reading on grade level); chance alone could "
                                      "make that 46.0 to 46.4."),
        ({"value": 0.2, "low": 0.0, "high": 1.2}, "fewer than 1 of 100 third graders in 2025–26 (Reading on grade "
                                                  "level); chance alone could make that 0 to 1.2."),
        ({"confidence": 0.9},
         f"46 of 100 third graders in 2025–26 (Reading on grade level){survey_margin('44 to 48')}."),
        ({"value": None}, "No result can be shown yet."),
    ],
)  # fmt: skip
def test_latest(changes, said):
    assert sentences.latest(verdict(**changes)) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "It would take 203 more of the 2,299 third graders to meet the goal of 55 of 100."),
        ({"short_of_target": 1}, "It would take 1 more of the 2,299 third graders to meet the goal of 55 of 100."),
        ({"good_direction": "down", "target": 7.5},
         "It would take 203 fewer of the 2,299 third graders to meet the goal of 7.5 or fewer of 100."),
        ({"reach": "reached"}, "The goal of 55 of 100 is met."),
        ({"short_of_target": None},
         "How many third graders are short of the goal is not known: the source gives no counts."),
        ({"target": None}, "No goal has been set, so there is no pace to compare and no projection."),
        ({"numerator": None}, "It would take about 203 more of the 2,299 third graders to meet the goal of 55 of 100."),
        ({"confidence": 0.9}, "It would take about 203 more of the 2,299 third graders to meet the goal of 55 of 100."),
        ({"value": None}, "How many are short of the goal of 55 of 100 cannot be said before a result is shown."),
    ],
)  # fmt: skip
def test_children_short_of_the_goal(changes, said):
    assert sentences.short_of_target(verdict(**changes)) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Needed for the goal: 2.2 more of every 100 each year until 2030; seen so far: 1 fewer to 2 more."),
        (EARLY, "Needed for the goal: 2.2 more of every 100 each year until 2030; the pace so far cannot be told yet."),
        ({"unit": "dollars", "pace_needed": 650, "slope_low": 100, "slope_high": 900},
         "Needed for the goal: $650 more each year until 2030; seen so far: $100 to $900 more."),
        ({"reach": "reached"}, "The goal is met already; the task is to stay there."),
        ({"pace_needed": None}, "No pace can be said: that takes a result and a goal whose year lies ahead."),
        ({"target": None}, "Without a goal there is no pace to compare."),
    ],
)  # fmt: skip
def test_pace(changes, said):
    assert sentences.pace(verdict(**changes)) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "If nothing changes, expect 44 to 52 in 2030 (goal 55). A projection, not a promise. The goal lies within "
             "that range."),
        ({"reach": "out of reach"}, "If nothing changes, expect 44 to 52 in 2030 (goal 55). A projection, not a "
                                    "promise. "
                                    "On this path the goal is out of reach."),
        ({"reach": "expected"}, "If nothing changes, expect 44 to 52 in 2030 (goal 55). A projection, not a promise. "
                                "On this path the goal would be met."),
        ({"reach": "reached"}, "If nothing changes, expect 44 to 52 in 2030 (goal 55). A projection, not a promise."),
        ({"forecast": None}, "No projection: that takes a goal ahead and five results of one series."),
    ],
)  # fmt: skip
def test_forecast(changes, said):
    assert sentences.forecast(verdict(**changes)) == said


def test_new_and_turned():
    assert sentences.whether_new(verdict()) == "New in this book: the result of 2025–26."
    assert sentences.is_new(verdict()) == "yes"
    old = verdict(is_new=False)
    assert sentences.whether_new(old) == "Nothing new in this book: the newest result is that of 2025–26."
    assert sentences.is_new(old) == "no"
    assert sentences.turned(verdict()) == []
    assert sentences.turned(verdict(turned="better")) == [
        "The newest result is better than the path of the results before it led us to expect."
    ]


def test_where_it_goes_in_one_paragraph():
    row = verdict(turned="worse")
    parts = [sentences.direction(row), sentences.needed(row), sentences.forecast(row), *sentences.turned(row)]
    assert sentences.going(row) == " ".join(parts)


def test_numbers_that_go_with_sentences():
    assert sentences.rounded(verdict(), "slope") == 0.4
    assert sentences.rounded(verdict(**EARLY), "slope") is None
    assert sentences.rounded(verdict(forecast=None), "forecast") is None


@pytest.mark.parametrize(
    ("month", "said"),
    [(1, "early 2029"), (4, "spring 2029"), (7, "summer 2029"), (11, "fall 2029"), (12, "the end of 2029")],
)
def test_seasons(month, said):
    assert amounts.season(pd.Timestamp(2029, month, 15)) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-1, 2, "1 fewer to 2 more"),
        (0, 2, "0 to 2 more"),
        (-0.04, 2, "no change to 2 more"),
        (-12.3, -0.5, "0.5 to 12 fewer"),
    ],
)
def test_ranges_of_change(low, high, said):
    assert amounts.changes(low, high, "percent") == said


def test_methods_say_what_was_not_computed():
    said = sentences.methods(verdict(slope=None, forecast=None, p=0.0004)).set_index("what")["says"]
    assert said["Exact Mann–Kendall test, two-sided p"] == "under 0.001"
    assert said["Theil–Sen slope per year, with its 95 percent interval"] == "not computed"
    assert said["The newest result against the projection made without it"] == "inside"
    assert (said == "not computed").sum() == 3


def test_no_causal_word_stands_in_any_sentence():
    of_verdict = [
        sentences.direction,
        sentences.answer,
        sentences.latest,
        sentences.pace,
        sentences.forecast,
        sentences.whether_new,
    ]
    said = " ".join(
        sentence(verdict(word=word)) for sentence in of_verdict for word in ("improving", "no clear change")
    )
    assert not {"because", "caused", "due", "thanks", "effect", "impact"} & set(said.lower().split())


def test_what_is_old_is_said_to_be_old():
    said = sentences.whether_new(verdict(is_new=False, overdue_since=pd.Timestamp("2027-09-28")))
    assert said == (
        "Nothing new in this book: the newest result is that of 2025–26; this is old: the next result was due in "
        "September 2027."
    )


def test_without_a_range_there_is_no_projection_and_it_is_said_why():
    said = sentences.forecast(verdict(forecast=None, reason="no_interval"))
    assert said == "No projection: without counts or a margin of error, nobody can say how sure it would be."


@pytest.mark.parametrize(
    ("changes", "second", "ranged"),
    [
        ({"armitage_p": 0.2}, "Cochran–Armitage", "Wilson, from counts"),
        ({"confidence": 0.9, "weighted_p": 0.2}, "Linear trend weighted by the survey's margins of error",
         "the source's own margin of error, given at 90 percent and widened to 95 percent"),
        ({"confidence": 0.95}, "Linear trend weighted", "the source's own margin of error, at 95 percent"),
        ({"low": None}, "Cochran–Armitage", "none: the source gives neither counts nor a margin of error"),
        ({"value": None, "low": None}, "Cochran–Armitage", "none: no result can be shown"),
    ],
)  # fmt: skip
def test_methods_say_which_kind_of_value_was_tested_and_how(changes, second, ranged):
    rows = sentences.methods(verdict(**changes)).set_index("what")["says"]
    assert [name for name in rows.index if name.startswith(second)]
    assert rows["Range of a single result"] == ranged


@pytest.mark.parametrize(("points", "said"), [(0, "not computed"), (1, "not computed"), (2, "0.700")])
def test_a_test_takes_two_results(points, said):
    rows = sentences.methods(verdict(points=points)).set_index("what")["says"]
    assert rows["Exact Mann–Kendall test, two-sided p"] == said
