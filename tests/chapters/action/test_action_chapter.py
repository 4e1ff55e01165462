"""The action page of communities that keep more or fewer tables about persons."""

import pandas as pd

from tests.chapter_run import published, run_chapter, said
from tests.factory import frame
from tests.wording import agree_beforehand

BARE = {
    "practices": frame("practices", practice_id="period", name="Second period", outcome_id="math"),
    "adoptions": frame("adoptions", practice_id="period", partner_id="p1", site="North", valid_from="2024-08-20"),
    "outcomes": frame("outcomes", outcome_id="math", name="Math"),
}
COMPARISONS = frame("comparisons", comparison_id="lot", practice_id="period", outcome_id="math", subject="math",
                    grades="06", first_year=2025, planned_on="2024-06-01")  # fmt: skip


def persons(n: int) -> dict[str, pd.DataFrame]:
    """`n` students, every other one drawn for the practice and a standard deviation or so ahead a year later."""
    ids = [f"s{i:03}" for i in range(n)]
    drawn = [i % 2 == 1 for i in range(n)]
    score = [i // 2 % 10 + 5 * side for i, side in enumerate(drawn)]
    passed, arms = [one > 6 for one in score], ["practice" if one else "comparison" for one in drawn]
    students = frame("students", student_id=ids, sex="female", birth_date="2013-01-01", school="North")
    results = frame("student_results", student_id=ids, assessment="state", subject="math", grade="06",
                    taken_on="2025-04-21", score=score, proficient=passed)  # fmt: skip
    lots = frame("assignments", comparison_id="lot", student_id=ids, assigned_on="2024-08-12", arm=arms, block="North")
    return {"students": students, "student_results": results, "assignments": lots}


def test_what_a_lot_shows_is_the_answer(tmp_path):
    found = run_chapter(tmp_path, "action", BARE | {"comparisons": COMPARISONS} | persons(80))
    assert said(found, "answer") == ["Second period gets results here."]
    assert {cell.shown["word"] for cell in published(found, "effects").cells} == {"works"}


def test_of_a_small_lot_neither_effect_nor_numbers_are_handed_on(tmp_path):
    found = run_chapter(tmp_path, "action", BARE | {"comparisons": COMPARISONS} | persons(12))
    assert said(found, "answer") == ["Of one practice in use, none is shown yet to get results here."]
    for cell in published(found, "effects").cells:
        assert not {"value", "denominator"} & set(cell.shown)
    assert {cell.status for cell in published(found, "students-compared").cells} == {"hidden"}
    assert not any("value" in cell.shown for cell in published(found, "students-compared").cells)


def test_without_tables_about_persons_the_page_says_which_is_wanting(tmp_path):
    found = run_chapter(tmp_path, "action", BARE | {"comparisons": COMPARISONS})
    assert {cell.shown["reason"] for cell in published(found, "effects").cells} == {"no_student_results"}


def test_without_comparisons_it_asks_for_one(tmp_path):
    found = run_chapter(tmp_path, "action", BARE)
    assert agree_beforehand("Second period") in said(found, "action")[-1]
