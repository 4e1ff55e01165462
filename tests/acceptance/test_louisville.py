"""Louisville: nine outcomes from public files; published figures come out of the released books as they went in.

Three kinds of value, each treated as what it is: with counts, with a survey's margin of error, and with neither.
"""

import math
import re

import pytest

from alignkit.snapshot import load
from alignkit.stats.intervals import wilson_interval
from tests.acceptance.louisville import (
    BARE,
    CHAPTERS,
    CINCINNATI,
    COUNTED,
    HERE,
    STATE,
    SURVEYED,
    cells_of,
    raw,
    said,
    verdict,
)
from tests.acceptance.walk import seen

pytestmark = pytest.mark.heavy
# As the state, the press and NCES published them: the READMEs of the data's folders say where. Years are those in which
# a school year ends.
PUBLISHED = [
    ("graduation-4yr", STATE, "all", {2013: 86.1, 2014: 87.5, 2015: 88.0, 2016: 88.6, 2017: 89.8}),
    ("graduation-4yr", HERE, "all", {2013: 76.5, 2014: 79.0, 2016: 80.1, 2017: 80.6}),
    ("graduation-4yr", STATE, "african_american", {2014: 79.4, 2015: 80.3}),
    ("graduation-4yr", STATE, "hispanic", {2014: 84.4, 2015: 83.3}),
    ("graduation-4yr", STATE, "free_reduced", {2015: 84.8}),
    ("college-career-ready", STATE, "all", {2012: 47.2, 2013: 54.1, 2014: 62.5, 2015: 66.9, 2016: 68.5}),
    ("act-composite", STATE, "all", {2013: 19.2, 2017: 19.8}),
    ("kindergarten-ready", HERE, "all", {2014: 52.3, 2016: 47.9, 2017: 51.6}),
    ("kindergarten-ready", HERE, "african_american", {2017: 50.5}),
    ("low-birthweight", HERE, "all", {2018: 9.21, 2019: 9.36}),
    ("low-birthweight", CINCINNATI, "all", {2016: 9.78, 2017: 9.58, 2018: 9.47, 2019: 9.78}),
    # No press release of these is at hand: the figures of the publisher's own file.
    ("grade-3-reading", HERE, "all", {2012: 42.3, 2013: 40.5, 2014: 47.1, 2015: 47.4, 2016: 44.8, 2017: 46.5}),
    ("grade-3-reading", STATE, "all", {2012: 49.4, 2013: 47.6, 2014: 54.1, 2015: 54.3, 2016: 53.7, 2017: 55.8}),
    ("grade-8-math", HERE, "all", {2012: 35.4, 2017: 40.9}),
    ("graduation-4yr", HERE, "all", {2018: 81.6, 2019: 82.3, 2020: 83.5}),
    ("disconnected-youth", HERE, "all", {2018: 10.71, 2019: 12.77}),
]
NORTHERN_KENTUCKY = {"ky-026": 98.8, "ky-354": 93.4, "ky-147": 81.0, "ky-452": 84.0, "ky-134": 80.7}
"""Beechwood, Ludlow, Dayton, Newport, Covington: Enquirer, 2013-09-27; Covington (80.6 then) as revised since."""


@pytest.fixture(scope="module")
def values(louisville):
    return cells_of(louisville)


@pytest.mark.parametrize(("indicator", "place", "group", "known"), PUBLISHED)
def test_published_figures_stand_in_the_released_notebooks(values, indicator, place, group, known):
    cells = {year: values[indicator, place, group, year] for year in known}
    digits = 1 if all(round(figure, 1) == figure for figure in known.values()) else 2
    assert {year: round(float(cell.shown["value"]), digits) for year, cell in cells.items()} == known
    assert {cell.status for cell in cells.values()} == {"shown"}


def test_districts_that_are_not_in_the_book_are_right_in_the_tables(louisville):
    kept = load(louisville.project / ".alignkit/louisville/data", louisville.report.manifest["snapshot"]["id"])
    frame = kept.table("indicator_values")
    frame = frame[(frame["indicator_id"] == "graduation-4yr") & (frame["subgroup"] == "all")]
    frame = frame[frame["period_start"].dt.year == 2012].sort_values("released_on")
    newest = frame.drop_duplicates("place_id", keep="last").set_index("place_id")["value"]
    assert newest[list(NORTHERN_KENTUCKY)].to_dict() == pytest.approx(NORTHERN_KENTUCKY)
    assert list(frame.loc[frame["place_id"] == "ky-134", "value"]) == [80.6, 80.7]


# Three kinds of value


@pytest.mark.parametrize("indicator", COUNTED)
def test_values_with_counts_carry_wilsons_interval(values, indicator):
    own = [cell.shown for key, cell in values.items() if key[:3] == (indicator, HERE, "all") and cell.status == "shown"]
    for cell in own:
        of, count = cell["denominator"], cell.get("numerator")
        count = cell["value"] / 100 * of if count is None else count
        low, high = (100 * end for end in wilson_interval(count, of))
        assert (cell["low"], cell["high"]) == pytest.approx((low, high))
        assert cell.get("confidence") is None
    assert len(own) >= 6


def margins(folder, year):
    """The published 90 percent margin of Louisville's disconnected youth, in points."""
    rows = raw(folder, "disconnected_county", "louisville_peers")
    own = [r for r in rows if (r["FIPS"], float(r["year"]), r["sex"], r["race"]) == ("21111", year, "total", "total")]
    return {row["var_type"]: float(row["disconnected"]) for row in own}


def test_a_surveys_values_carry_its_own_margin_not_wilsons(values, real_data):
    known, cell = margins(real_data, 2019), values["disconnected-youth", HERE, "all", 2019].shown
    assert known["CI"] == pytest.approx(100 * known["MOE"] / known["population"])
    half = known["CI"] * 1.959964 / 1.644854
    assert (cell["low"], cell["high"]) == pytest.approx((known["percent"] - half, known["percent"] + half), abs=1e-3)
    wilson = [100 * end for end in wilson_interval(known["estimate"], known["population"])]
    assert cell["high"] - cell["low"] > 5 * (wilson[1] - wilson[0])
    assert (cell["confidence"], cell["denominator"]) == (0.9, known["population"])


def test_of_two_surveys_in_one_file_the_one_year_estimates_are_taken(values, real_data):
    """The other rows are five-year estimates, which overlap; of each pair they have the smaller margin."""
    rows = raw(real_data, "preschool_county", "louisville_peers")
    own = [r for r in rows if r["FIPS"] == "21111" and r["year"] == "2015.0" and r["value"]]
    series = [own[: len(own) // 2], own[len(own) // 2 :]]
    margin = [math.hypot(*(float(r["value"]) for r in part if r["est_moe"] == "MOE")) for part in series]
    assert margin[0] > 2 * margin[1]
    counts = [(float(r["value"]), r["in_school"] == "True") for r in series[0] if r["est_moe"] == "estimate"]
    whole = sum(value for value, _in in counts)
    shown = values["preschool-enrolled", HERE, "all", 2015].shown
    assert shown["value"] == pytest.approx(100 * sum(v for v, yes in counts if yes) / whole, abs=1e-3)
    assert shown["denominator"] == whole


@pytest.mark.parametrize("indicator", SURVEYED)
def test_a_survey_is_tested_with_its_margins_and_says_so_on_the_page(louisville, indicator):
    found = verdict(louisville, indicator)
    assert found.get("armitage_p") is None
    assert 0 <= found["weighted_p"] <= 1
    assert found["word"] != "cannot tell yet"
    assert "the survey's margin of error makes that" in said(louisville, indicator, "latest")
    page = seen((louisville.reports / "book" / f"{CHAPTERS[indicator]}.html").read_text(encoding="utf-8")).text
    assert "given at 90 percent" in page
    assert "widened to 95 percent" in page
    assert "Margin of error (95 percent)" in page
    assert "Chance alone could make that" not in page


@pytest.mark.parametrize("indicator", BARE)
def test_percents_without_denominators_get_neither_interval_nor_trend_word(louisville, values, indicator):
    own = [c.shown for key, c in values.items() if key[0] == indicator and c.status == "shown"]
    assert own
    assert {cell.get("low") for cell in own} == {cell.get("high") for cell in own} == {None}
    found = verdict(louisville, indicator)
    assert (found["word"], found["reason"]) == ("cannot tell yet", "no_interval")
    assert [found.get(name) for name in ("earliest", "forecast", "turned")] == [None, None, None]
    told = " ".join(
        said(louisville, indicator, name) for name in ("answer", "direction", "gap_sentence", "going", "whom")
    )
    assert "neither counts nor a margin of error" in told
    assert not [word for word in ("mproving", "orsening", "arrowing", "idening", "alone could make") if word in told]


def test_children_short_of_a_goal_are_counted_only_where_there_are_counts(louisville):
    assert verdict(louisville, "low-birthweight")["short_of_target"] == 895 - math.floor(0.078 * 9559)
    assert verdict(louisville, "graduation-4yr").get("short_of_target") is None
    told = said(louisville, "graduation-4yr", "short_of_target")
    assert "not known: the source gives no counts" in told
    assert not re.search(r"\d", told)


# Breaks, old data, revisions


@pytest.mark.parametrize(
    ("indicator", "break_on", "points"),
    [("disconnected-youth", "2008-01-01", 12), ("preschool-enrolled", "2005-01-01", 15),
     ("college-career-ready", "2017-07-01", 0), ("low-birthweight", None, 17)],
)  # fmt: skip
def test_a_break_starts_the_series_anew(louisville, indicator, break_on, points):
    found = verdict(louisville, indicator)
    assert (str(found["break_on"])[:10] if found.get("break_on") else None, found["points"]) == (break_on, points)


def test_the_page_says_what_is_counted_and_why_a_series_starts_anew(louisville):
    page = seen((louisville.reports / "book" / "outcome-connected-youth.html").read_text(encoding="utf-8")).text
    assert "A new series since January 2006" in page
    assert "New questions about work find more people with a job" in page
    assert "Share of people aged 16 to 24 who neither attend school nor have a job" in page


@pytest.mark.parametrize("indicator", ["grade-3-reading", "grade-8-math", "act-composite", "college-career-ready"])
def test_data_that_the_last_book_did_not_know_are_new_and_said_to_be_old(louisville, indicator):
    found = verdict(louisville, indicator)
    assert found["is_new"] is True
    year = 2018 if indicator.startswith("grade") else 2020
    assert f"this is old: the next result was due in October {year}" in said(louisville, indicator, "answer")


def test_new_are_those_of_which_the_last_book_had_an_older_period(louisville, louisville_earlier):
    new = {indicator for indicator in CHAPTERS if verdict(louisville, indicator)["is_new"]}
    before = {indicator: verdict(louisville_earlier["2015-Q4"], indicator)["period_start"] for indicator in CHAPTERS}
    now = {indicator: verdict(louisville, indicator)["period_start"] for indicator in CHAPTERS}
    assert new == {indicator for indicator in CHAPTERS if now[indicator] != before[indicator]}
    assert {"low-birthweight", "preschool-enrolled", "graduation-4yr", "disconnected-youth"} <= new


@pytest.mark.parametrize(
    ("year", "indicator", "first", "corrected"),
    [(2014, "graduation-4yr", 87.4, 87.5), (2014, "college-career-ready", 62.3, 62.5),
     (2015, "graduation-4yr", 87.9, 88.0), (2015, "college-career-ready", 66.8, 66.9)],
)  # fmt: skip
def test_each_book_shows_what_was_known_then(louisville_earlier, values, year, indicator, first, corrected):
    then = cells_of(louisville_earlier[f"{year}-Q4"])
    found = (cells[indicator, STATE, "all", year].shown["value"] for cells in (then, values))
    assert [round(value, 1) for value in found] == [first, corrected]


def test_a_corrected_figure_is_said_to_be_corrected(louisville_earlier):
    walk = louisville_earlier["2015-Q4"]
    page = seen((walk.reports / "book" / "cannot-see.html").read_text(encoding="utf-8")).text
    assert "2 numbers were corrected. A correction is no change for children." in page
    assert "Last book" in page
    first, second = (cell.shown for cell in walk.cells("brief", "revisions") if cell.status == "shown")
    for cell in (first, second):
        assert f"{cell['named']} {cell['was_said']} {cell['now_said']}" in page
