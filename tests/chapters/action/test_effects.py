"""Comparisons from tables: who counts on which side, what was known before, and when there is no number."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from alignkit.chapters.action import comparison_records as records
from alignkit.chapters.action import effects as found
from alignkit.contract.validate import empty
from alignkit.demo.riverbend import tables, truth
from alignkit.disclosure.publish import Gate, publish

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


def found_of(comparisons: pd.DataFrame, given: records.Records, adoptions: pd.DataFrame = ADOPTIONS) -> pd.DataFrame:
    return found.effects(comparisons, found.results(comparisons, given, adoptions), PRACTICES)


def effects(comparisons: pd.DataFrame, given: records.Records, adoptions: pd.DataFrame = ADOPTIONS) -> pd.DataFrame:
    return found_of(comparisons, given, adoptions).set_index("measure")


def counted_of(comparisons: pd.DataFrame, given: records.Records) -> pd.DataFrame:
    return found.students_compared(comparisons, found.results(comparisons, given, ADOPTIONS))


def students(comparisons: pd.DataFrame, given: records.Records) -> dict[tuple[str, str], int]:
    """(side, standing) → students."""
    return counted_of(comparisons, given).set_index(["side", "standing"])["value"].to_dict()


def test_a_lottery_finds_what_it_was_given() -> None:
    row = effects(comparison("experiment"), pupils()).loc["score"]
    assert row["low"] < 0.6 / np.sqrt(1.09 + 0.09) < row["high"]
    assert (row["word"], row["reason"], row["hint"]) == ("works", "", False)
    assert students(comparison("experiment"), pupils()) == {
        ("practice", "compared"): 200, ("comparison", "compared"): 200,
    }  # fmt: skip


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert effects(comparison("experiment"), pupils(effect=0.0)).loc["score", "word"] == "no clear effect"
    assert effects(comparison("experiment"), pupils(effect=-0.6)).loc["score", "word"] == "harms"


def test_a_drawing_without_results_yet_is_no_loss() -> None:
    given = pupils()
    later = given.assignments.assign(assigned_on=pd.Timestamp("2026-08-12"))
    both = records.Records(**{**vars(given), "assignments": pd.concat([given.assignments, later])})
    counted = students(comparison("experiment"), both)
    assert counted["practice", "compared"] == 200
    assert ("practice", "lost") not in counted


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
    assert (row["word"], row["reason"]) == ("not known", "no_pairs")


def test_without_tables_about_persons_nothing_is_known() -> None:
    none = records.Records(**{name: empty(name) for name in records.TABLES}, pairs=NOBODY)
    for design in ("experiment", "matched", "difference_in_differences", "staggered"):
        assert effects(comparison(design), none)["word"].eq("not known").all()


@pytest.mark.parametrize(("design", "table"), [("matched", "enrolments"), ("experiment", "assignments"),
                                               ("staggered", "student_results")])  # fmt: skip
def test_a_table_that_is_wanting_is_named(design: str, table: str) -> None:
    given = replace(pupils(), **{table: empty(table)})
    assert set(effects(comparison(design), given)["reason"]) == {f"no_{table}"}


@pytest.mark.parametrize(("with_it", "without", "counted"), [(5, 40, [40]), (12, 3, [12]), (0, 4, [])])
def test_few_students_are_not_counted_in_what_is_published(with_it: int, without: int, counted: list[int]) -> None:
    given = pupils()
    drawn = given.assignments.groupby("arm").cumcount()
    most = given.assignments["arm"].map({"practice": with_it, "comparison": without})
    few = replace(given, assignments=given.assignments[drawn < most])
    rows = found_of(comparison("experiment"), few)
    shown = publish(rows, id="effects", about="student_results", gate=Gate(), **found.EFFECT_KEYS).frame
    assert shown[["value", "denominator"]].isna().all(axis=None)
    counts = publish(counted_of(comparison("experiment"), few), id="s", gate=Gate(), **found.STUDENT_KEYS)
    assert counts.shown["value"].tolist() == counted


def test_who_is_lost_or_left_out_is_counted_and_few_are_hidden() -> None:
    given = pupils()
    results = given.student_results
    missed = results["student_id"].isin(["s1", "s3", "s5"])
    lost = replace(given, student_results=results[~(missed & (results["grade"] == "06"))])
    assert students(comparison("experiment"), lost)["practice", "lost"] == 3
    few = publish(counted_of(comparison("experiment"), lost), id="s", gate=Gate(), **found.STUDENT_KEYS)
    assert few.where(side="practice", standing="lost").frame["text"].tolist() == ["hidden"]
    many = results["student_id"].isin([f"s{i}" for i in range(1, 41, 2)]) & (results["grade"] == "06")
    more = students(comparison("experiment"), replace(given, student_results=results[~many]))
    assert more == {("practice", "compared"): 180, ("practice", "lost"): 20, ("comparison", "compared"): 200}
    new = replace(given, student_results=results[~(missed & (results["grade"] == "05"))])
    counted = counted_of(comparison("matched"), new).query("standing == 'left_out'")
    assert counted["value"].tolist() == [3]
    assert publish(counted, id="s", gate=Gate(), **found.STUDENT_KEYS).frame["text"].tolist() == ["hidden"]


def test_only_students_who_were_compared_are_counted() -> None:
    given = pupils(n=1200, pull=1.0)
    took = given.services["client_id"].str.replace("c", "s").head(35)
    schools = given.enrolments["school"].where(~given.enrolments["student_id"].isin(took), "Alone")
    apart = replace(given, enrolments=given.enrolments.assign(school=schools))
    asked = comparison("matched", chosen_by="earlier_results")
    assert effects(asked, apart).loc["score", "reason"] == ""
    assert students(asked, apart)["practice", "compared"] == len(given.services) - 35


def test_where_nobody_alike_went_without_it_nothing_is_known() -> None:
    row = effects(comparison("matched", chosen_by="earlier_results"), pupils()).loc["score"]  # one sex has it
    assert (row["word"], row["reason"]) == ("not known", "no_overlap")


def schools(effect: float, begins: dict[int, int]) -> tuple[records.Records, pd.DataFrame]:
    """Eight schools of 60 each spring from 2022 to 2025; those in `begins` add `effect` from that year on."""
    rng, years = np.random.default_rng(3), (2022, 2023, 2024, 2025)
    rows = [(f"{s}-{y}-{i}", f"S{s}", y, s in begins and y >= begins[s])
            for s in range(8) for y in years for i in range(60)]  # fmt: skip
    ids, sites, when, had = (list(column) for column in zip(*rows, strict=True))
    level = rng.normal(0, 0.2, 8)[[int(site[1]) for site in sites]]
    score = level + rng.normal(size=len(ids)) + effect * np.array(had)
    results = made("student_results", student_id=ids, assessment=["t"] * len(ids), subject=["math"] * len(ids),
                   grade=["06"] * len(ids), taken_on=[pd.Timestamp(y, 4, 21) for y in when], score=score,
                   proficient=score > 0)  # fmt: skip
    school = made("enrolments", student_id=ids, school=sites, starts_on=[pd.Timestamp(y - 1, 8, 22) for y in when])
    took = made("adoptions", practice_id=["p"] * len(begins), site=[f"S{s}" for s in begins],
                valid_from=[pd.Timestamp(y - 1, 8, 20) for y in begins.values()])  # fmt: skip
    people = made("students", student_id=ids)
    return records.Records(people, results, school, empty("services"), empty("assignments"), NOBODY), took


@pytest.mark.parametrize(("design", "begins"), [("difference_in_differences", dict.fromkeys(range(4), 2024)),
                                                ("staggered", {0: 2023, 1: 2024, 2: 2024, 3: 2025})])  # fmt: skip
def test_schools_find_what_they_were_given_and_nothing_where_there_is_nothing(design: str, begins: dict) -> None:
    asked = comparison(design, first_year=2022, planned_on=pd.Timestamp("2021-06-01"))
    row = effects(asked, *schools(0.8, begins)).loc["score"]
    spread = 1.1  # of all scores in a year: students 1, schools 0.2, and 0.8 in up to half of them
    assert row["low"] < 0.8 / spread < row["high"]
    assert (row["word"], row["hint"]) == ("works", False)
    assert effects(asked, *schools(0.0, begins)).loc["score", "word"] == "no clear effect"


@pytest.mark.parametrize(
    ("at", "began", "outcome", "named"),
    [
        (["S0", "S1"], "2023-09-01", "o", "Other"),
        (["S0", "S1"], "2021-09-01", "o", ""),  # in use all along: what it does is in every year
        (["S0", "S1"], "2025-09-01", "o", ""),  # after the last result
        (["S0", "S1"], "2023-09-01", "x", ""),  # made for something else
        (["S0", "S1", "S6", "S7"], "2023-09-01", "o", ""),  # as often at the schools without it
        (["S6", "S7"], "2023-09-01", "o", ""),
    ],
)
@pytest.mark.parametrize("design", ["difference_in_differences", "staggered"])
def test_a_practice_that_came_to_the_same_schools_is_named(at, began, outcome, named, design) -> None:
    given, took = schools(0.8, dict.fromkeys(range(4), 2024))
    also = made("adoptions", practice_id=["q"] * len(at), site=at, valid_from=[pd.Timestamp(began)] * len(at))
    practices = made("practices", practice_id=["p", "q"], name=["Practice", "Other"], outcome_id=["o", outcome])
    asked = comparison(design, first_year=2022, planned_on=pd.Timestamp("2021-06-01"))
    frame = found.effects(asked, found.results(asked, given, pd.concat([took, also])), practices)
    assert set(frame["same_schools"]) == {named}


def test_one_school_is_compared_with_nobody() -> None:
    given, took = schools(0.8, {0: 2024})
    alone = replace(given, enrolments=given.enrolments.assign(school="S0"))
    for design in ("difference_in_differences", "staggered"):
        assert set(effects(comparison(design, first_year=2022), alone, took)["reason"]) == {"no_comparison"}


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
