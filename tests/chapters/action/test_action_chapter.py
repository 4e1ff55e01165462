"""The action page of communities that keep more or fewer tables about persons."""

import pandas as pd

from tests.chapter_run import published, run_chapter, said

PRACTICES = (
    "practice_id,name,outcome_id,setting,evidence_tier,evidence_source,core_components,valid_from\n"
    "period,Second period,math,inside,1,s,c,2024-01-01\n"
)
ADOPTIONS = "adoption_id,practice_id,site,partner_id,stage,valid_from\na1,period,North,p1,pilot,2024-08-20\n"
OUTCOMES = "outcome_id,name,stage,why_it_matters,status,order,valid_from\nmath,Math,middle,w,in_force,1,2024-01-01\n"
BARE = {"practices": PRACTICES, "adoptions": ADOPTIONS, "outcomes": OUTCOMES}
COMPARISONS = (
    "comparison_id,practice_id,outcome_id,question,design,chosen_by,subject,grades,first_year,last_year,planned_on\n"
    "lot,period,math,Does it?,experiment,lot,math,06,2025,,2024-06-01\n"
)


def persons(n: int) -> dict[str, pd.DataFrame]:
    """`n` students, every other one drawn for the practice and a standard deviation or so ahead a year later."""
    ids = [f"s{i:03}" for i in range(n)]
    drawn = [i % 2 == 1 for i in range(n)]
    score = [i // 2 % 10 + 5 * side for i, side in enumerate(drawn)]
    students = {"student_id": ids, "first_name": "Ann", "last_name": [f"Lee{i}" for i in range(n)], "sex": "female",
                "birth_date": "2013-01-01", "school": "North", "recorded_on": "2024-08-01"}  # fmt: skip
    results = {"student_id": ids, "assessment": "state", "subject": "math", "grade": "06", "taken_on": "2025-04-21",
               "score": score, "proficient": ["yes" if one > 6 else "no" for one in score]}  # fmt: skip
    lots = {"comparison_id": "lot", "student_id": ids, "assigned_on": "2024-08-12",
            "arm": ["practice" if one else "comparison" for one in drawn], "block": "North"}  # fmt: skip
    return {name: pd.DataFrame(columns) for name, columns in
            (("students", students), ("student_results", results), ("assignments", lots))}  # fmt: skip


def test_what_a_lot_shows_is_the_answer(tmp_path):
    found = run_chapter(tmp_path, "action", BARE | {"comparisons": COMPARISONS} | persons(80))
    assert said(found, "answer") == ["Second period gets results here."]
    assert {cell.shown["word"] for cell in published(found, "effects").cells} == {"works"}


def test_of_a_small_lot_neither_effect_nor_numbers_are_handed_on(tmp_path):
    found = run_chapter(tmp_path, "action", BARE | {"comparisons": COMPARISONS} | persons(12))
    assert said(found, "answer") == ["Of one practice in use, none is shown yet to get results here."]
    for cell in published(found, "effects").cells:
        assert not {"value", "practice_n", "comparison_n", "denominator"} & set(cell.shown)


def test_without_tables_about_persons_the_page_says_which_is_wanting(tmp_path):
    found = run_chapter(tmp_path, "action", BARE | {"comparisons": COMPARISONS})
    assert {cell.shown["reason"] for cell in published(found, "effects").cells} == {"no_student_results"}


def test_without_comparisons_it_asks_for_one(tmp_path):
    found = run_chapter(tmp_path, "action", BARE)
    assert "Agree beforehand whom to compare with whom: Second period." in said(found, "action")[-1]
