"""What the action chapter says: no effect claimed, nothing hidden given away, and every case of few and none."""

from dataclasses import replace
from typing import get_args

import pandas as pd
import pytest

from alignkit.chapters.action import effect_sentences as effects
from alignkit.chapters.action import exhibits as of
from alignkit.chapters.action import sentences as say
from alignkit.chapters.action import unknown_effects
from alignkit.chapters.action.comparisons import NEEDS
from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published
from alignkit.stats.effects.effect import Reason
from alignkit.words.words import words
from tests.wording import agree_beforehand

EN, GATE = words("en"), Gate()
ABOUT = ["comparison_id", "practice_id", "practice", "outcome_id", "question", "design", "chosen_by", "measure"]
STAGES = {"pilot": 0, "standard_practice": 0, "policy": 0}


def published(rows: list[dict], *by: str, about: str = "practices", like: list[str] | None = None) -> Published:
    frame = pd.DataFrame(rows, columns=like)
    carry = [column for column in frame if column not in (*by, "numerator", "denominator", "value", "low", "high")]
    return publish(frame, id="x", by=by, about=about, carry=carry, gate=GATE)


def listed(*rows: tuple[str, int, int]) -> Published:
    """(practice, tier, sites): all of them pilots."""
    made = [
        {"practice_id": name, "practice": name, "evidence_tier": tier, "sites": sites, **STAGES, "pilot": sites}
        for name, tier, sites in rows
    ]
    return published(made, "practice_id", like=["practice_id", "practice", "evidence_tier", "sites", *STAGES])


def reach(**counts: tuple[int, int]) -> Published:
    keys = {"school_walls": "all", "partner": "all", "site": "all"}
    rows = [{"practice_id": p, "practice": p, **keys, "numerator": k, "denominator": n} for p, (k, n) in counts.items()]
    like = ["practice_id", "practice", *keys, "numerator", "denominator"]
    return published(rows, "practice_id", "practice", *keys, about="", like=like)


def could(**which: list[str]) -> Published:
    rows = [{"practice_id": p, "evidence_tier": 1, "which": sites} for p, sites in which.items()]
    return published(rows, "practice_id", like=["practice_id", "evidence_tier", "which"])


def reviews(**said: str) -> Published:
    rows = [{"review_id": p, "practice_id": p, "conclusion": text} for p, text in said.items()]
    return published(rows, "review_id", like=["review_id", "practice_id", "conclusion"])


def found(*rows: tuple[str, str, float, float, float, str]) -> Published:
    """(practice, word, value, low, high, reason): a comparison each."""
    made = [
        dict.fromkeys(ABOUT, name)
        | {"measure": measure, "value": value, "low": low, "high": high, "denominator": 50, "design": "experiment"}
        | {"word": word, "reason": reason, "hint": False, "p_adjusted": 0.01, "same_schools": ""}
        for name, word, value, low, high, reason in rows
        for measure in ("score", "proficient")
    ]
    like = [*ABOUT, "value", "low", "high", "denominator", "word", "reason", "hint", "p_adjusted", "same_schools"]
    frame = pd.DataFrame(made, columns=like)
    carry = ["word", "reason", "hint", "p_adjusted", "same_schools"]
    return publish(frame, id="effects", by=ABOUT, carry=carry, unit="score", gate=GATE)


NAN = float("nan")
FOUND = found(
    ("A", "works", 10, 3, 16, ""), ("B", "no clear effect", 2, -5, 9, ""), ("C", "not known", NAN, NAN, NAN, "differs")
)


def test_an_effect_is_a_number_with_its_range_and_not_known_says_why() -> None:
    assert effects.told(FOUND) == [
        "A: gets results here; of 100, about 10 more are proficient than would be without it, and the truth could "
        "be 3 to 16 more.",
        "B: no clear effect; anything from 5 fewer to 9 more proficient in 100 fits. It does not mean no effect.",
        "C: we do not know whether it works here: those who joined differed too much before.",
    ]
    worse = effects.told(found(("D", "harms", -9, -14, -4, "")))
    assert worse == ["D: does harm here; of 100, about 9 fewer are proficient than would be without it, and the truth "
                     "could be 4 to 14 fewer."]  # fmt: skip


def test_an_effect_of_too_few_students_is_hidden_and_not_known() -> None:
    carry = ["word", "reason", "hint", "same_schools"]
    few = FOUND.frame.assign(denominator=9)[[*ABOUT, "value", "low", "high", "denominator", *carry]]
    hidden = publish(few, id="effects", by=ABOUT, carry=carry, unit="score", gate=GATE)
    assert hidden.frame[["value", "low", "high"]].isna().all(axis=None)
    assert effects.told(hidden)[0] == "A: we do not know whether it works here: hidden: too few students."
    assert effects.works_here(hidden) == []


def test_a_comparison_planned_late_is_a_hint_and_never_works() -> None:
    late = replace(FOUND, frame=FOUND.frame.assign(hint=True))
    assert effects.works_here(late) == []
    assert "a hint: planned after results were seen" in effects.told(late)[0]


def test_what_came_to_the_same_schools_is_named_beside_an_effect() -> None:
    shared = replace(FOUND_WHOLE, frame=FOUND_WHOLE.frame.assign(same_schools="Tutoring; Book clubs"))
    more = " Some of it may come from Tutoring and Book clubs, which began at the same schools."
    plain = effects.told(FOUND)
    assert effects.told(shared) == [plain[0] + more, *plain[1:]]
    why = of.comparisons_table(shared, STUDENTS).rows.frame["why"]
    assert why.iloc[0].endswith(
        "Tutoring and Book clubs began at the same schools meanwhile, and cannot be told apart from it"
    )
    assert "Tutoring" not in why.iloc[-1]


def test_every_reason_has_its_words_and_its_cure() -> None:
    absent = [f"no_{name}" for names in NEEDS.values() for name in names]
    for code in (unknown_effects.NONE, *get_args(Reason)[1:], *absent):
        assert unknown_effects.reason(code) != "not known"
        assert unknown_effects.cure(code)


def test_what_chance_may_have_made_is_not_told_as_an_effect() -> None:
    for low, high in ((0, 9), (1, 9), (-9, -1)):
        (text,) = effects.told(found(("A", "no clear effect", 4, low, high, "")))
        assert "may be chance" in text
        assert "than would be without" not in text


def test_a_practice_that_works_by_scores_is_not_unknown_where_nobody_says_who_is_proficient() -> None:
    whole = found(("A", "works", NAN, NAN, NAN, "no_practice"))
    assert effects.told(whole) == ["A: gets results here, by scores; how many more are proficient is not known."]
    assert list(of.effects_drawn(whole).frame["text"]) == ["by scores; proficiency not known"]


def test_comparisons_in_a_table_and_in_a_chart() -> None:
    table = of.comparisons_table(FOUND_WHOLE, STUDENTS).rows.frame
    assert list(table["practice"]) == ["A", "B", "C"]
    assert (table["said"].iloc[0], table["more"].iloc[0]) == ("10.00 (3.00 to 16.00)", "10 (3 to 16)")
    assert list(table["verdict"])[::2] == ["gets results here (p 0.010)", "not known"]
    assert table["why"].iloc[-1].startswith("those who joined differed too much before; draw lots")
    chart = of.effects_drawn(FOUND)
    assert list(chart.frame["verdict"]) == ["gets results here", "no clear effect", "not known"]
    assert list(chart.frame["text"]) == [
        "+10 (+3 to +16)",
        "+2 (-5 to +9)",
        "those who joined differed too much before",
    ]
    assert (effects.reach_where(FOUND), effects.reach_where(found())) == ("web", "both")


FOUND_WHOLE = replace(FOUND, frame=FOUND.frame.assign(pre_trend=NAN))


def students(*rows: tuple[str, str, str, int]) -> Published:
    """(comparison, side, standing, students)."""
    keys = ["comparison_id", "side", "standing"]
    frame = pd.DataFrame(rows, columns=[*keys, "value"])
    return publish(frame, id="students", by=keys, unit="count", gate=GATE)


STUDENTS = students(("A", "practice", "compared", 60), ("A", "comparison", "compared", 50),
                    ("A", "practice", "lost", 15), ("A", "comparison", "lost", 4))  # fmt: skip


def test_few_students_are_not_counted_in_the_table_of_comparisons() -> None:
    table = of.comparisons_table(FOUND_WHOLE, STUDENTS).rows.frame.set_index("comparison_id")
    assert table.loc["A", "counts"] == "60 and 50"
    assert table.loc["A", "why"] == "without a result: 20 percent with it, few or none without it"
    assert table.loc["B", "counts"] == "few or none"
    matched = replace(FOUND_WHOLE, frame=FOUND_WHOLE.frame.assign(design="matched"))
    told = of.comparisons_table(matched, students(("A", "practice", "left_out", 13))).rows.frame["why"]
    assert list(told)[:2] == [
        "13 without an earlier result left out", "few or none left out for want of an earlier result",
    ]  # fmt: skip


def test_what_was_known_before_is_said_in_words() -> None:
    rows = [("A", name, 40) for name in ("before", "before: reading", "sex: female", "race_ethnicity: native")]
    frame = pd.DataFrame(rows, columns=["comparison_id", "covariate", "denominator"])
    frame = frame.assign(before=0.1, value=0.0, standing="balanced")
    keys = ["comparison_id", "covariate"]
    balance = publish(frame, id="b", by=keys, carry=["before", "standing"], unit="score", gate=GATE)
    assert list(of.balance_table(balance, FOUND).rows.frame["what"]) == [
        "the same subject a year before", "reading a year before", "sex: female", "race or ethnicity: native",
    ]  # fmt: skip


def test_many_practices_that_get_results_are_counted() -> None:
    many = found(*((name, "works", 10, 3, 16, "") for name in "ABCDE"))
    used = listed(*((name, 1, 1) for name in "ABCDE"))
    assert effects.summary(many, used) == "A, B and 3 others get results here"


@pytest.mark.parametrize(
    ("rows", "counts", "text"),
    [
        ([("A", 1, 2), ("B", 2, 1), ("C", 4, 1)], {"A": (40, 100), "B": (50, 80)},
         "A gets results here; of one other in use we do not know; A misses most of those eligible where it is used, "
         "60 of 100 children."),
        ([("A", 1, 2), ("B", 2, 0)], {}, "A gets results here."),
        ([("X", 1, 2), ("A", 2, 0)], {}, "A gets results here; of one other in use we do not know."),
        ([("A", 1, 0)], {}, "Of 1 practice listed, one works by studies elsewhere, none in use here."),
        ([("A", 4, 3)], {}, "Of 1 practice listed, none works by studies elsewhere: there is nothing to spread yet."),
        ([], {}, "No practice is listed yet: practitioners have not named any."),
    ],
)  # fmt: skip
def test_the_answer(rows: list, counts: dict, text: str) -> None:
    assert say.answer(listed(*rows), reach(**counts), FOUND if "A gets" in text else found(), 2) == text


def test_the_answer_where_nothing_is_shown_to_work() -> None:
    said = say.answer(listed(("A", 1, 2), ("B", 1, 1)), reach(A=(40, 100)), found(), 2)
    assert said.startswith("Of two practices in use, none is shown yet to get results here; A misses most")


def gain(**more: tuple[int, int, int]) -> Published:
    rows = [
        {"practice_id": p, "practice": p, "value": v, "low": low, "high": high} for p, (v, low, high) in more.items()
    ]
    return published(rows, "practice_id", "practice", like=["practice_id", "practice", "value", "low", "high"])


def test_what_more_of_a_practice_would_bring_stands_beside_whom_it_misses() -> None:
    given = listed(("A", 1, 1), ("B", 1, 1)), reach(A=(40, 100), B=(20, 100)), could(), reviews()
    table = of.gaps_table(*given, gain(A=(12, 4, 20)), 2)
    assert table.rows.frame["gain"].tolist() == ["about 12 (4 to 20)", ""]
    assert "gain" not in of.gaps_table(*given, gain(), 2).columns


def test_what_is_hidden_is_not_worked_out_again() -> None:
    found = reach(A=(4, 100), B=(40, 100))  # four of a hundred children is a small number
    assert [row["practice_id"] for row in say.unreached(listed(("A", 1, 1), ("B", 1, 1)), found, 2)] == ["B"]
    table = of.every_gap(listed(("A", 1, 1), ("B", 1, 1)), found, could(), reviews(), gain(), 2)
    assert dict(zip(table.rows.frame["practice"], table.rows.frame["missed"], strict=True)) == {
        "B": "60", "A": "not known or hidden",
    }  # fmt: skip


def test_what_to_do_names_practices_children_and_sites() -> None:
    known = listed(("A", 1, 2), ("B", 1, 0), ("C", 4, 1))
    todo = say.action(
        known, reach(A=(40, 100)), could(A=["N", "S", "E", "W", "X"], B=[]), reviews(C="No gain."), found()
    )
    assert todo == [
        "A: reach the 60 eligible children it misses; ask N, S, E and 2 other sites to take it up.",
        "Find a first site for B.",
        "C: decide whether one site should go on. No study supports it; practitioners concluded: No gain.",
        agree_beforehand("A and C"),
    ]
    assert say.action(listed(), reach(), could(), reviews(), found())[0].startswith("Ask practitioners which practices")


def times(**more) -> Published:
    row = {"practice_id": "all", "practice": "", "pilots": 44, "became": 23, "stopped": 3, "waiting": 18,
           "value": 11.96, "low": 11.9, "high": 23.9}  # fmt: skip
    return published([row | more], "practice_id")


def test_pilots_half_of_which_got_there_and_those_where_fewer_did() -> None:
    assert say.pilots(times()) == (
        "Of 44 pilots, half became standard practice within 12 months (12 to 24 would fit); 18 are pilots still; "
        "3 were given up."
    )
    none = {"value": float("nan"), "stopped": 0, "waiting": 1}
    assert say.pilots(times(**none)) == (
        "Of 44 pilots, fewer than half have become standard practice so far; 1 is a pilot still."
    )
    assert "12 or more would fit" in say.pilots(times(high=float("nan")))
    assert say.pilots(times(pilots=0)) == "No practice began as a pilot."


def matched(*rows: tuple[str, int, int]) -> Published:
    made = [{"practice": p, "result": "proficient", "numerator": k, "denominator": n} for p, k, n in rows]
    return published(made, "practice", "result", about="", like=["practice", "result", "numerator", "denominator"])


def test_results_are_counts_and_never_effects() -> None:
    assert say.results(matched(("A", 17, 116), ("B", 1, 66))) == (
        "A: 17 of 116 matched were proficient. Counts, not effects: they compare with nobody."
    )
    assert "too small to show" in say.results(matched(("B", 1, 66)))
    assert "No data holder" in say.results(matched())


@pytest.mark.parametrize(
    ("standing", "practices", "in_use", "sites", "said"),
    [("full", 2, 2, 5, "two practices at five sites"), ("full", 1, 1, 1, "one practice at one site"),
     ("part", 2, 1, 2, "one practice piloted at two sites"), ("part", 1, 0, 0, "one practice listed, in use nowhere"),
     ("hole", 0, 0, 0, "no practice listed")],
)  # fmt: skip
def test_an_outcomes_square_in_words(standing: str, practices: int, in_use: int, sites: int, said: str) -> None:
    row = {"standing": standing, "practices": practices, "in_use": in_use, "sites": sites}
    assert say.in_squares([row]) == [said]


def test_stages_and_evidence_in_words() -> None:
    assert say.stages({"policy": 4, "standard_practice": 0, "pilot": 3}) == "4 policy, 3 pilot"
    assert say.stages(STAGES) == "nowhere yet"
    assert say.tier(4) == "No study yet (tier 4)"
    assert say.tier(None) == "Evidence not rated"


def test_the_chart_has_a_row_for_each_practice_under_its_evidence_up_to_what_a_page_holds() -> None:
    many = [(f"P{i:02d}", 1, 1) for i in range(20)]
    whole = reach(**{name: (40, 100) for name, _, _ in many})
    drawn = of.reach_drawn(listed(*many), whole)
    assert len(drawn.frame) == of.ROWS
    assert "the first 12 of 20" in say.reach_caption(whole, drawn)
    assert drawn.frame["evidence"].unique().tolist() == ["Strong evidence (tier 1)"]
