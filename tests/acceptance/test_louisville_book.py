"""Louisville: what the publisher hides, who is counted, and the book as a whole."""

import json

import pypdf
import pytest

from tests.acceptance.louisville import CHAPTERS, HERE, cells_of, raw
from tests.acceptance.walk import seen

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def values(louisville):
    return cells_of(louisville)


# What the publisher hides, and who is counted


def test_what_the_state_withholds_is_not_reported_by_us_neither_zero_nor_hidden(values, real_data):
    blank = {
        (row["student_group"], int(row["year"][-4:]))
        for row in raw(real_data, "graduation_4yr_cohort")
        if row["sch_id"] == "275" and row["grad_rate"] == ""
    }
    withheld = [cell for key, cell in values.items() if key[:2] == ("graduation-4yr", HERE) and cell.status != "shown"]
    assert len(withheld) == len(blank) > 0
    assert {(cell.status, cell.text, cell.shown.get("value")) for cell in withheld} == {
        ("at_source", "not reported", None)
    }


def test_a_sample_that_held_nobody_is_no_data_and_not_zero(values):
    cell = values["disconnected-youth", HERE, "hispanic", 2014]
    assert (cell.status, cell.text, cell.shown.get("value")) == ("missing", "no data", None)


def test_nothing_of_the_publishers_is_hidden_by_us(louisville, values):
    assert {cell.status for cell in values.values()} == {"shown", "at_source", "missing"}
    assert louisville.report.manifest["audit"] == {"clean": True, "findings": [], "hidden": 0}


def test_a_renamed_group_is_one_series(values):
    years = {key[3] for key in values if key[:3] == ("grade-3-reading", HERE, "english_learner")}
    assert years == set(range(2012, 2018))


@pytest.mark.parametrize("indicator", CHAPTERS)
def test_gaps_are_between_groups_that_share_a_whole(louisville, indicator):
    kinds = {cell.key["subgroup_type"] for cell in louisville.cells(CHAPTERS[indicator], "gaps")}
    assert kinds <= {"sex", "race_ethnicity", "lunch", "prior_setting"}
    assert kinds


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
    assert not any(key[1] == "ky-909" for key in values)
    assert "Exceptional Child Education" not in " ".join(page.read_text(encoding="utf-8") for page in louisville.pages)


@pytest.mark.parametrize(
    ("indicator", "others"), [("low-birthweight", 20), ("disconnected-youth", 20), ("grade-3-reading", 6)]
)
def test_peers_and_the_state_stand_beside(louisville, values, indicator, others):
    assert len({key[1] for key in values if key[0] == indicator} - {HERE}) == others
    rows = louisville.table(f"{CHAPTERS[indicator]}-beside")
    assert len(rows) == others + 1


# The book


def test_a_reader_finds_the_figures_on_the_page(louisville):
    page = seen((louisville.reports / "book" / "outcome-graduation.html").read_text(encoding="utf-8")).text
    rows = {row["Period"]: row for row in louisville.table("outcome-graduation-years")}
    assert (rows["2016–17"]["Jefferson County"], rows["2016–17"]["Kentucky"]) == ("81%", "90%")
    assert "84 of 100 students in 2019–20" in page


def test_chapters_without_tables_explain_themselves_and_do_not_fail_the_book(louisville):
    without = {r.chapter: r.table for r in louisville.report.results if r.status == "missing_table"}
    assert {"leadership", "commitments"} <= set(without)
    page = seen((louisville.reports / "book" / "could-show.html").read_text("utf-8")).text
    assert all(f"It needs the table {table}" in page for table in without.values())


def test_it_fits_the_boards_patience(louisville):
    pdf = louisville.reports / "louisville-2020-Q4.pdf"
    assert len(pypdf.PdfReader(pdf).pages) <= 24


def test_all_cycles_are_released_and_in_the_ledger(louisville, louisville_earlier):
    for walk in (*louisville_earlier.values(), louisville):
        assert walk.reports.is_symlink()
        manifest = json.loads((walk.reports / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["book"]["draft"] is False
        entry = walk.project / f"reports/louisville/ledger/{walk.file.stem}.json"
        cells = json.loads(entry.read_text(encoding="utf-8"))["quantities"]["indicator_values"]["cells"]
        assert {cell["public"] for cell in cells} == {True}
