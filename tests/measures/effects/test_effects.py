"""Comparisons from tables: who counts on which side, what was known before, and when there is no number."""

import numpy as np
import pandas as pd
import pytest

from alignkit.contract.validate import empty
from alignkit.demo.riverbend import tables, truth
from alignkit.measures.effects import found, records

AS_OF = pd.Timestamp("2026-09-30")
NOBODY = pd.DataFrame({"student_id": [], "client_id": []}, dtype=object)


def made(table: str, **columns) -> pd.DataFrame:
    """A table of the contract with these columns filled."""
    frame = pd.DataFrame(columns)
    return empty(table).reindex(range(len(frame))).assign(**{key: frame[key] for key in frame})


def comparison(design: str, **more) -> pd.DataFrame:
    given = {"comparison_id": "c", "practice_id": "p", "outcome_id": "o", "question": "Does it?", "design": design}
    given |= {"chosen_by": "otherwise", "subject": "math", "grades": "06", "first_year": 2025}
    return made(
        "comparisons",
        **{key: [value] for key, value in (given | {"planned_on": pd.Timestamp("2024-06-01")} | more).items()},
    )


def pupils(n: int = 400, effect: float = 0.6, pull: float = 0.0, seed: int = 1) -> records.Records:
    """A class of `n` with two springs of math; the odd ones had the practice, drawn by lot or (`pull`) by standing."""
    rng = np.random.default_rng(seed)
    ids = [f"s{i}" for i in range(n)]
    ability = rng.normal(size=n)
    had = np.arange(n) % 2 == 1 if not pull else ability + rng.normal(size=n) / pull < -0.5
    spring = [pd.Timestamp("2024-04-21"), pd.Timestamp("2025-04-21")]
    scores = [ability + 0.3 * rng.normal(size=n), ability + 0.3 * rng.normal(size=n) + effect * had]
    results = made("student_results", student_id=ids * 2, assessment=["t"] * 2 * n, subject=["math"] * 2 * n,
                   grade=["05"] * n + ["06"] * n, taken_on=[spring[0]] * n + [spring[1]] * n,
                   score=np.concatenate(scores), proficient=np.concatenate(scores) > 0)  # fmt: skip
    drawn = made("assignments", comparison_id=["c"] * n, student_id=ids, arm=np.where(had, "practice", "comparison"),
                 assigned_on=[pd.Timestamp("2024-08-12")] * n)  # fmt: skip
    school = made("enrolments", student_id=ids, school=["North"] * n, grade=["05"] * n,
                  starts_on=[pd.Timestamp("2023-08-22")] * n)  # fmt: skip
    people = made("students", student_id=ids, sex=["f", "m"] * (n // 2), race_ethnicity=["a"] * n)
    took = made("services", client_id=[f"c{i}" for i in np.flatnonzero(had)], practice_id=["p"] * had.sum(),
                starts_on=[pd.Timestamp("2024-09-15")] * had.sum())  # fmt: skip
    pairs = pd.DataFrame({"student_id": ids, "client_id": [f"c{i}" for i in range(n)]})
    return records.Records(people, results, school, took, drawn, pairs)


PRACTICES = made("practices", practice_id=["p"], name=["Practice"])
ADOPTIONS = empty("adoptions")


def effects(comparisons: pd.DataFrame, given: records.Records, adoptions: pd.DataFrame = ADOPTIONS) -> pd.DataFrame:
    return found.effects(comparisons, found.results(comparisons, given, adoptions), PRACTICES).set_index("measure")


def test_a_lottery_finds_what_it_was_given() -> None:
    row = effects(comparison("experiment"), pupils()).loc["score"]
    assert row["low"] < 0.6 / np.sqrt(1.09 + 0.09) < row["high"]
    assert (row["word"], row["reason"], row["hint"]) == ("works", "", False)
    assert (row["practice_n"], row["comparison_n"]) == (200, 200)


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert effects(comparison("experiment"), pupils(effect=0.0)).loc["score", "word"] == "no clear effect"
    assert effects(comparison("experiment"), pupils(effect=-0.6)).loc["score", "word"] == "harms"


def test_a_drawing_without_results_yet_is_no_loss() -> None:
    given = pupils()
    later = given.assignments.assign(assigned_on=pd.Timestamp("2026-08-12"))
    both = records.Records(**{**vars(given), "assignments": pd.concat([given.assignments, later])})
    row = effects(comparison("experiment"), both).loc["score"]
    assert (row["practice_n"], row["lost_practice"]) == (200, 0)


def test_a_comparison_planned_after_its_results_is_a_hint() -> None:
    late = comparison("experiment", planned_on=pd.Timestamp("2025-06-01"))
    assert bool(effects(late, pupils()).loc["score", "hint"])


def test_those_chosen_by_earlier_results_are_comparable_and_others_so_far_behind_are_not() -> None:
    given = pupils(n=1200, pull=1.0)
    assert effects(comparison("matched"), given).loc["score", "reason"] == "differs"
    known = effects(comparison("matched", chosen_by="earlier_results"), given).loc["score"]
    assert known["reason"] == ""
    assert known["value"] > 0


def test_without_links_nobody_is_known_to_have_had_it() -> None:
    alone = records.Records(**{**vars(pupils()), "pairs": NOBODY})
    row = effects(comparison("matched"), alone).loc["score"]
    assert (row["word"], row["reason"]) == ("not known", "no_practice")


def test_without_tables_about_persons_nothing_is_known() -> None:
    none = records.Records(**{name: empty(name) for name in records.TABLES}, pairs=NOBODY)
    for design in ("experiment", "matched", "difference_in_differences", "staggered"):
        assert effects(comparison(design), none)["word"].eq("not known").all()


def test_results_stand_beside_those_of_their_own_assessment_and_year() -> None:
    frame = pupils().student_results
    shifted = frame.assign(score=frame["score"].where(frame["grade"] == "05", 700 + 35 * frame["score"]))
    one, other = records.scored(frame), records.scored(shifted)
    assert one["score"].to_numpy() == pytest.approx(other["score"].to_numpy())


def test_more_of_what_works_is_reckoned_from_what_is_published() -> None:
    shown = pd.DataFrame({"measure": ["proficient"] * 3, "word": ["works", "works", "no clear effect"],
                          "hint": [False, True, False], "practice_id": ["a", "b", "c"], "practice": ["A", "B", "C"],
                          "value": [10.0, 9.0, 8.0], "low": [4.0] * 3, "high": [16.0] * 3})  # fmt: skip
    missed = pd.DataFrame({"practice_id": ["a", "b", "c"], "missed": [120, 50, 60]})
    gain = found.expected_gain(shown, missed)
    assert gain[["practice_id", "value", "low", "high"]].to_numpy().tolist() == [["a", 12.0, 5.0, 19.0]]


@pytest.fixture(scope="module")
def demo() -> tuple[pd.DataFrame, dict[tuple[str, str], float]]:
    kept = tables(7)
    known = {name: frame for name, frame in kept.items() if name in records.TABLES}
    known["student_results"] = known["student_results"].query("taken_on <= @AS_OF")
    given = records.Records(**known, pairs=truth(7).links[["student_id", "client_id"]])
    results = found.results(kept["comparisons"], given, kept["adoptions"].query("valid_from <= @AS_OF"))
    real = truth(7).practice_effects.set_index(["practice_id", "subject"])["effect"].to_dict()
    return found.effects(kept["comparisons"], results, kept["practices"]), real


def test_in_riverbend_what_works_is_found_and_what_does_not_is_not(demo) -> None:
    rows, real = demo
    words = rows.set_index("practice_id")["word"].to_dict()
    assert words["double-math"] == words["reading-tutoring"] == "works"
    assert words["check-in-mentoring"] == words["math-app"] == words["summer-reading"] == "not known"
    assert words["structured-literacy"] in ("works", "no clear effect")
    assert real["double-math", "math"] > 0
    assert real["check-in-mentoring", "math"] == 0


def test_in_riverbend_only_the_comparison_planned_late_is_a_hint(demo) -> None:
    rows, _real = demo
    assert set(rows.loc[rows["hint"], "practice_id"]) == {"summer-reading"}
