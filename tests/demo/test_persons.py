"""Person-level tables of the synthetic community: two sets of records, no shared number, the truth elsewhere."""

import re
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from alignkit.contract.schema import schema
from alignkit.demo.riverbend import truth
from alignkit.demo.tools import listed

LINKING = {"crosswalk", "link_reviews"}


@pytest.fixture(scope="module")
def pairs(made) -> pd.DataFrame:
    """Both records of every child who is in both."""
    both = (
        truth(7)
        .links.merge(made["students"], on="student_id")
        .merge(made["clients"], on="client_id", suffixes=("", "_c"))
    )
    assert len(both) == len(truth(7).links)
    return both


def test_numbers_of_students_and_clients(made):
    assert len(made["students"]) == 12_000
    assert len(made["clients"]) == 6_000
    real = truth(7).links
    assert 0.45 < len(real) / 6_000 < 0.55
    assert real["student_id"].is_unique
    assert real["client_id"].is_unique


def test_no_number_is_shared(made):
    assert set(made["students"]["student_id"]).isdisjoint(made["clients"]["client_id"])
    with_both = {name for name, frame in made.items() if {"student_id", "client_id"} <= set(frame)}
    assert with_both == LINKING


def test_the_order_of_rows_tells_nothing(made):
    real = truth(7).links
    at = {name: made[f"{name}s"].reset_index().set_index(f"{name}_id")["index"] for name in ("student", "client")}
    ranks = np.corrcoef(real["student_id"].map(at["student"]), real["client_id"].map(at["client"]))[0, 1]
    assert abs(ranks) < 0.05


def test_the_truth_is_in_no_table(made):
    known = made["crosswalk"][["student_id", "client_id"]]
    assert len(known) < 0.2 * len(truth(7).links)
    reviewed = made["link_reviews"].merge(truth(7).links, how="left", indicator=True)
    right = (reviewed["_merge"] == "both") == (reviewed["verdict"] == "match")
    assert 0.85 < right[reviewed["verdict"] != "unsure"].mean() < 1
    assert (reviewed["verdict"] == "unsure").any()


def test_known_pairs_are_true(made):
    assert len(made["crosswalk"].merge(truth(7).links)) == len(made["crosswalk"]) > 300


def test_records_of_one_child_differ_as_records_do(pairs):
    first, last = pairs["first_name"] != pairs["first_name_c"], pairs["last_name"] != pairs["last_name_c"]
    assert 0.15 < first.mean() < 0.45
    assert 0.1 < last.mean() < 0.35
    assert (pairs["street_address"] != pairs["street_address_c"]).mean() > 0.15
    there = pairs["birth_date"].notna() & pairs["birth_date_c"].notna()
    assert 0.9 < (pairs["birth_date"] == pairs["birth_date_c"])[there].mean() < 0.99
    assert 0.03 < pairs["birth_date_c"].isna().mean() < 0.12
    swapped = (pairs["birth_date"].dt.day == pairs["birth_date_c"].dt.month) & there
    assert (swapped & (pairs["birth_date"] != pairs["birth_date_c"])).sum() > 5


def test_twins_and_namesakes(made):
    students = made["students"].dropna(subset=["birth_date"])
    twins = students.duplicated(["last_name", "birth_date", "street_address"], keep=False)
    assert 50 < twins.sum() < 500
    same_name = students.duplicated(["first_name", "last_name"], keep=False)
    assert 0.05 < same_name.mean() < 0.25


def test_nobody_shares_a_name_with_what_the_book_prints(made):
    people = pd.concat([made["students"], made["clients"]])
    names = set((people["first_name"] + " " + people["last_name"]).str.lower())
    public = [frame for name, frame in made.items() if schema(name).subject == "public"]
    text = {
        cell.lower() for frame in public for column in frame.select_dtypes("object") for cell in frame[column].dropna()
    }
    words = (re.findall(r"[\w'-]+", cell) for cell in text)
    said = {" ".join(two) for cell in words for two in pairwise(cell)}
    assert not names & said
    assert not {row["name"].split()[-1].lower() for row in listed("officers")} & set(people["last_name"].str.lower())


def test_tutoring_works_though_tutored_students_score_lower(made):
    effects = truth(7).practice_effects.set_index(["practice_id", "subject"])["effect"]
    assert effects["reading-tutoring", "reading"] > 0
    services = made["services"]
    tutored = services[(services["practice_id"] == "reading-tutoring") & (services["starts_on"].dt.year == 2025)]
    ids = truth(7).links.merge(tutored, on="client_id")["student_id"]
    tests = made["student_results"]
    tests = tests[
        (tests["subject"] == "reading") & (tests["taken_on"].dt.year == 2026) & tests["grade"].isin(["03", "04"])
    ]
    score = tests.groupby(tests["student_id"].isin(ids))["score"].mean()
    assert score[True] < score[False]


def test_spells_of_a_student_do_not_overlap(made):
    spells = made["enrolments"].sort_values(["student_id", "starts_on"])
    before = spells.groupby("student_id")["ends_on"].shift()
    assert not (spells["starts_on"] <= before).any()
    still_there = spells.loc[spells["ends_on"].isna(), "student_id"]
    assert still_there.is_unique
    assert len(still_there) == 12_000


def test_matched_counts_add_up(made):
    rows = made["matched_results"]
    by = ["practice_id", "result", "subgroup_type"]
    sums = rows.groupby(by)[["matched_count", "total"]].sum().unstack()
    for column in ("matched_count", "total"):
        assert sums[column].nunique(axis=1).eq(1).all()
    assert (rows["total"] < 10).any()
