"""What the action chapter says of effects: none claimed that chance may have made, few students told by nothing."""

from dataclasses import replace
from typing import get_args

import pandas as pd

from alignkit.chapters.action import effect_sentences as effects
from alignkit.chapters.action import exhibits as of
from alignkit.chapters.action import unknown_effects
from alignkit.chapters.action.comparisons import NEEDS
from alignkit.disclosure.publish import publish
from alignkit.stats.effects.effect import Reason
from tests.chapters.action.samples import ABOUT, FOUND, FOUND_WHOLE, GATE, NAN, STUDENTS, found, listed, students


def test_an_effect_is_a_number_with_its_range_and_not_known_says_why() -> None:
    assert effects.told(FOUND) == [
        "A: gets results here; of 100, about 10 more are proficient than would be without it, and the truth could "
        "be 3 to 16 more.",
        "B: no clear effect; anything from 5 fewer to 9 more proficient in 100 fits. It does not mean no effect.",
        "C: we do not know whether it works here: participants started out too different to compare.",
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
        "Tutoring and Book clubs began at the same schools meanwhile, so their effects cannot be separated"
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
    assert table["why"].iloc[-1].startswith("participants started out too different to compare; draw lots")
    chart = of.effects_drawn(FOUND)
    assert list(chart.frame["verdict"]) == ["gets results here", "no clear effect", "not known"]
    assert list(chart.frame["text"]) == [
        "+10 (+3 to +16)",
        "+2 (-5 to +9)",
        "participants started out too different to compare",
    ]
    assert (effects.reach_where(FOUND), effects.reach_where(found())) == ("web", "both")


def test_few_students_are_not_counted_in_the_table_of_comparisons() -> None:
    table = of.comparisons_table(FOUND_WHOLE, STUDENTS).rows.frame.set_index("comparison_id")
    assert table.loc["A", "counts"] == "60 and 50"
    assert table.loc["A", "why"] == "without a result: 20 percent with it, few or none without it"
    assert table.loc["B", "counts"] == "few or none"
    matched = replace(FOUND_WHOLE, frame=FOUND_WHOLE.frame.assign(design="matched"))
    told = of.comparisons_table(matched, students(("A", "practice", "left_out", 13))).rows.frame["why"]
    assert list(told)[:2] == [
        "13 without an earlier result left out", "few or none left out because an earlier result is missing",
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
