"""An outcome's plain numbers, as a narrative prints them."""

import pandas as pd
import pytest

from alignkit.chapters.outcome.sentences import numbers
from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published
from scripts import write_reference

START, END = pd.Timestamp("2024-07-01"), pd.Timestamp("2025-06-30")
ROW = {
    "outcome_id": "attendance", "word": "improving", "reason": "", "unit": "percent", "good_direction": "down",
    "value": 23.4, "low": 21.2, "high": 25.1, "numerator": 538, "denominator": 2299, "confidence": None,
    "period_start": START, "period_end": END, "baseline": 28.0, "target": 15.0, "target_year": 2030,
    "short_of_target": 203, "slope": -0.8, "pace_needed": -1.7, "reach": "possible",
}  # fmt: skip
GAP = {"subgroup_type": "race", "best": "White", "worst": "Black", "value": 18.2, "low": 12.0, "unit": "percent",
       "period_start": pd.Timestamp("2023-07-01"), "period_end": pd.Timestamp("2024-06-30")}  # fmt: skip
NO_RESULT = {"value": None, "low": None, "high": None, "denominator": None, "short_of_target": None}


def public(*rows, columns=None):
    frame = pd.DataFrame(list(rows), columns=columns).astype(object)
    return Published("p", "outcomes", "q", ("outcome_id",), False, "en", frame)


def series(*counts):
    """Everyone's published results, one a year up to 2024–25."""
    rows = [{"subgroup": "all", "period_start": START - pd.DateOffset(years=back), "period_end": END,
             "numerator": k, "denominator": n} for back, (k, n) in enumerate(reversed(counts))]  # fmt: skip
    by = ["subgroup", "period_start", "period_end"]
    return publish(pd.DataFrame(rows), id="series", by=by, about="indicator_values", gate=Gate())


def said(*names, found=None, gap=GAP, **changes):
    gaps = public(gap) if gap else public(columns=list(GAP))
    texts = numbers(public(ROW | changes), found or series((538, 2299)), gaps)
    return tuple(texts[name] for name in names) if names else texts


def test_every_number_has_its_name_and_every_name_its_meaning():
    assert said() == {
        "value": "23%", "range": "21% to 25%", "period": "2024–25", "counted": "2,299", "baseline": "28%",
        "goal": "15%", "goal_year": "2030", "short": "203", "change": "down 0.8 points a year",
        "pace_needed": "down 1.7 points a year", "gap": "18 points", "gap_between": "White and Black",
        "gap_period": "2023–24",
    }  # fmt: skip
    assert set(said()) == set(write_reference.numbers(numbers))


@pytest.mark.parametrize(
    ("unit", "value", "low", "high", "slope", "gap", "texts"),
    [
        ("rate_per_1000", 12.34, 11.0, 13.9, 1.0, 4.06,
         ("12.3 per 1,000", "11.0 to 13.9 per 1,000", "up 1 per 1,000 a year", "4.1 per 1,000")),
        ("dollars", 41200, 40100, 42300, 900.4, 5200, ("$41,200", "$40,100 to $42,300", "up $900 a year", "$5,200")),
        ("count", 1250, 1180, 1320, 35.2, 40, ("1,250", "1,180 to 1,320", "up 35 a year", "40")),
        ("score", 19.8, 19.5, 20.1, 1.0, 1.04, ("19.8", "19.5 to 20.1", "up 1 point a year", "1 point")),
        ("percent", 0.3, 0.0, 0.4, 0.01, 0.02,
         ("under 1%", "0.0% to 0.4%", "up less than 0.1 points a year", "less than 0.1 points")),
        ("percent", 99.7, 99.0, 99.9, 0.5, 8.6, ("over 99%", "99% to 100%", "up 0.5 points a year", "8.6 points")),
    ],
)  # fmt: skip
def test_each_unit_is_read_as_a_reader_expects(unit, value, low, high, slope, gap, texts):
    given = {"unit": unit, "value": value, "low": low, "high": high, "slope": slope, "good_direction": "up"}
    names = ("value", "range", "change", "gap")
    assert said(*names, **given, gap=GAP | {"unit": unit, "value": gap, "low": 0.01}) == texts


@pytest.mark.parametrize(
    ("counts", "text"),
    [((3, 40), "under 25%"), ((39, 40), "over 75%"), ((2, 8), "hidden"), ((20, 40), "50%")],
)
def test_a_result_that_must_stay_hidden_is_what_the_published_row_reads(counts, text):
    assert said("value", "period", found=series((30, 60), counts), **NO_RESULT) == (text, "2024–25")


def test_without_any_result_nothing_is_known():
    none = public(columns=["subgroup", "period_start", "period_end", "text"])
    names = ("value", "period", "range", "counted", "short", "change", "goal")
    told = said(*names, found=none, **NO_RESULT, word="cannot tell yet", reason="no_values")
    assert told == (*["not known"] * 5, "too early to tell", "15%")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"word": "worsening", "slope": 0.8}, "up 0.8 points a year"),
        ({"word": "worsening", "good_direction": "up"}, "down 0.8 points a year"),
        ({"word": "improving", "slope": -0.02}, "down less than 0.1 points a year"),
        ({"word": "no clear change"}, "no clear change"),
        ({"word": "cannot tell yet", "reason": "too_few"}, "too early to tell"),
        ({"word": "cannot tell yet", "reason": "no_interval"}, "not known"),
    ],
)
def test_a_change_is_a_number_only_where_the_page_gives_a_direction(changes, text):
    assert said("change", **changes) == (text,)


@pytest.mark.parametrize(
    ("changes", "texts"),
    [
        ({"target": None, "target_year": None, "short_of_target": None, "pace_needed": None, "reach": "unknown"},
         ("not set", "not set", "no goal set", "no goal set")),
        ({"target_year": None, "pace_needed": None}, ("15%", "not set", "203", "not known")),
        ({"reach": "reached", "short_of_target": 0}, ("15%", "2030", "0", "goal met")),
        ({"target": 7.5, "numerator": None}, ("7.5%", "2030", "about 203", "down 1.7 points a year")),
        ({"short_of_target": None}, ("15%", "2030", "not known", "down 1.7 points a year")),
    ],
)  # fmt: skip
def test_what_the_goal_asks(changes, texts):
    assert said("goal", "goal_year", "short", "pace_needed", **changes) == texts


@pytest.mark.parametrize(
    ("gap", "texts"),
    [
        (None, ("not known", "not known", "not known")),
        (GAP | {"low": -1.0}, ("no clear gap", "no clear gap", "2023–24")),
        (GAP | {"low": None}, ("18 points", "White and Black", "2023–24")),
        (GAP | {"value": 34.45}, ("34 points", "White and Black", "2023–24")),
        (GAP | {"low": None, "value": 0.0}, ("0 points", "White and Black", "2023–24")),
    ],
)
def test_a_gap_that_luck_could_make_is_no_number(gap, texts):
    assert said("gap", "gap_between", "gap_period", gap=gap) == texts


def test_a_surveys_counts_are_about_right():
    assert said("counted", "short", confidence=0.9) == ("about 2,299", "about 203")
    assert said("range", "baseline", low=None, high=None, baseline=None) == ("not known", "not known")
