"""Louisville: published figures come out of the released book as they went into the state's files."""

import csv
import gzip
import json

import pytest

from alignkit.params import load_community
from alignkit.snapshot import snapshot_of

pytestmark = pytest.mark.heavy
CHAPTERS = {
    "graduation-4yr": "outcome-graduation",
    "grade-3-reading": "outcome-early-grade-reading",
    "college-career-ready": "outcome-college-career-readiness",
    "act-composite": "outcome-college-entrance",
}
# As the state and NCES published them: the README of the data's folder says where. Years are those school ends in.
PUBLISHED = [
    ("graduation-4yr", "kentucky", "all", {2013: 86.1, 2014: 87.5, 2015: 88.0, 2016: 88.6, 2017: 89.8}),
    ("graduation-4yr", "ky-275", "all", {2013: 76.5, 2014: 79.0, 2015: 79.0, 2016: 80.1, 2017: 80.6}),
    ("graduation-4yr", "kentucky", "african_american", {2014: 79.4, 2015: 80.3}),
    ("graduation-4yr", "kentucky", "hispanic", {2014: 84.4, 2015: 83.3}),
    ("graduation-4yr", "kentucky", "free_reduced", {2015: 84.8}),
    ("college-career-ready", "kentucky", "all", {2012: 47.2, 2013: 54.1, 2014: 62.5, 2015: 66.9, 2016: 68.5}),
    ("act-composite", "kentucky", "all", {2013: 19.2, 2017: 19.8}),
    # No press release of these is at hand: the figures of the state's own file.
    ("grade-3-reading", "ky-275", "all", {2012: 42.3, 2013: 40.5, 2014: 47.1, 2015: 47.4, 2016: 44.8, 2017: 46.5}),
    ("grade-3-reading", "kentucky", "all", {2012: 49.4, 2013: 47.6, 2014: 54.1, 2015: 54.3, 2016: 53.7, 2017: 55.8}),
]
NORTHERN_KENTUCKY = {"ky-026": 98.8, "ky-354": 93.4, "ky-147": 81.0, "ky-452": 84.0, "ky-134": 80.7}
"""Beechwood, Ludlow, Dayton, Newport, Covington: Enquirer, 2013-09-27; Covington as revised since."""


def raw(folder, name):
    with gzip.open(folder / "ky_schools" / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def values(louisville):
    """(indicator, place, subgroup, year) → published cell, of every outcome's chapter."""
    cells = [cell for chapter in CHAPTERS.values() for cell in louisville.cells(chapter, "series")]
    names = ("indicator_id", "place_id", "subgroup")
    return {(*(c.key[name] for name in names), int(str(c.key["period_start"])[:4]) + 1): c for c in cells}


@pytest.mark.parametrize(("indicator", "place", "group", "known"), PUBLISHED)
def test_published_figures_stand_in_the_released_notebooks(values, indicator, place, group, known):
    cells = {year: values[indicator, place, group, year] for year in known}
    assert {year: round(float(cell.shown["value"]), 1) for year, cell in cells.items()} == known
    assert {cell.status for cell in cells.values()} == {"shown"}


def test_districts_that_are_not_in_the_book_are_right_in_the_tables(louisville):
    community = load_community(louisville.project, "louisville")
    frame = snapshot_of(community, louisville.project).table("indicator_values")
    frame = frame[(frame["indicator_id"] == "graduation-4yr") & (frame["subgroup"] == "all")]
    found = frame[frame["period_start"].dt.year == 2012].set_index("place_id")["value"]
    assert found[list(NORTHERN_KENTUCKY)].to_dict() == pytest.approx(NORTHERN_KENTUCKY)


def test_what_the_state_withholds_is_not_reported_by_us_neither_zero_nor_hidden(values, real_data):
    blank = {
        (row["student_group"], int(row["year"][-4:]))
        for row in raw(real_data, "graduation_4yr_cohort")
        if row["sch_id"] == "275" and row["grad_rate"] == ""
    }
    withheld = [
        cell for key, cell in values.items() if key[:2] == ("graduation-4yr", "ky-275") and cell.status != "shown"
    ]
    assert len(withheld) == len(blank) > 0
    assert {(cell.status, cell.text, cell.shown.get("value")) for cell in withheld} == {
        ("at_source", "not reported", None)
    }


def test_nothing_of_the_states_is_hidden_by_us(louisville, values):
    assert {cell.status for cell in values.values()} == {"shown", "at_source"}
    assert louisville.report.manifest["audit"] == {"clean": True, "findings": [], "hidden": 0}


@pytest.mark.parametrize(
    ("name", "column", "apart"),
    [("kprep_grades_3_4_8", "prof_dist_pct", 0), ("college_career_ready", "ccr_pct", 0),
     ("graduation_4yr_cohort", "grad_rate", 0.006), ("act", "act_comp_mean", 0.5)],
)  # fmt: skip
def test_district_909_is_275_again(real_data, name, column, apart):
    """The same numbers, or (graduation, ACT) numbers so near that the same children must have been counted."""
    what = ("year", "student_group", "grade", "subject")
    rows = {(row["sch_id"], *(row.get(key) for key in what)): row[column] for row in raw(real_data, name)}
    pairs = [(rows.get(("275", *key)), value) for (district, *key), value in rows.items() if district == "909"]
    known = [(float(own), float(again)) for own, again in pairs if own and again]
    assert len(known) > 20
    assert max(abs(own - again) for own, again in known) <= apart + 1e-9


def test_district_909_is_no_place_of_ours(louisville, values):
    assert not any("ky-909" in key for key in values)
    assert "Exceptional Child Education" not in " ".join(page.read_text(encoding="utf-8") for page in louisville.pages)


def test_a_reader_finds_the_figures_on_the_page(louisville):
    page = (louisville.reports / "book" / "outcome-graduation.html").read_text(encoding="utf-8")
    rows = {row["Period"]: row for row in louisville.table("outcome-graduation-years")}
    assert (rows["2016–17"]["Jefferson County"], rows["2016–17"]["Kentucky"]) == ("81%", "90%")
    assert "81 of 100 students in 2016–17" in page


def test_chapters_without_tables_explain_themselves_and_do_not_fail_the_book(louisville):
    states = {result.chapter: (result.status, result.table) for result in louisville.report.results}
    assert states["leadership"] == states["commitments"] == ("missing_table", "partners")
    assert "partners" in (louisville.reports / "book" / "leadership.html").read_text(encoding="utf-8")


def test_it_is_released_and_in_the_ledger(louisville):
    assert louisville.reports.is_symlink()
    manifest = json.loads((louisville.reports / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["book"]["draft"] is False
    entry = json.loads((louisville.project / "reports/louisville/ledger/2017-Q4.json").read_text(encoding="utf-8"))
    assert {cell["public"] for cell in entry["quantities"]["indicator_values"]["cells"]} == {True}
