"""What the action chapter says: no effect claimed, nothing hidden given away, and every case of few and none."""

import pandas as pd
import pytest

from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published
from alignkit.exhibits.sentences import action as say
from alignkit.exhibits.sentences import action_exhibits as of
from alignkit.words.words import words

EN, GATE = words("en"), Gate()
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


@pytest.mark.parametrize(
    ("rows", "counts", "text"),
    [
        ([("A", 1, 2), ("B", 2, 1), ("C", 4, 1)], {"A": (40, 100), "B": (50, 80)},
         "Of 3 practices listed, two work by studies elsewhere, all in use here; A misses most of those "
         "eligible where it is used, 60 of 100 children."),
        ([("A", 1, 2), ("B", 2, 0)], {}, "Of 2 practices listed, two work by studies elsewhere, one in use here."),
        ([("A", 1, 0)], {}, "Of 1 practice listed, one works by studies elsewhere, none in use here."),
        ([("A", 4, 3)], {}, "Of 1 practice listed, none works by studies elsewhere: there is nothing to spread yet."),
        ([], {}, "No practice is listed yet: practitioners have not named any."),
    ],
)  # fmt: skip
def test_the_answer(rows: list, counts: dict, text: str) -> None:
    assert say.answer(listed(*rows), reach(**counts), 2, EN) == text


def test_what_is_hidden_is_not_worked_out_again() -> None:
    found = reach(A=(4, 100), B=(40, 100))  # four of a hundred children is a small number
    assert [row["practice_id"] for row in say.unreached(listed(("A", 1, 1), ("B", 1, 1)), found, 2)] == ["B"]
    table = of.every_gap(listed(("A", 1, 1), ("B", 1, 1)), found, could(), reviews(), 2, EN)
    assert dict(zip(table["p"].frame["practice"], table["p"].frame["missed"], strict=True)) == {
        "B": "60", "A": "not known or hidden",
    }  # fmt: skip


def test_what_to_do_names_practices_children_and_sites() -> None:
    known = listed(("A", 1, 2), ("B", 1, 0), ("C", 4, 1))
    todo = say.action(known, reach(A=(40, 100)), could(A=["N", "S", "E", "W", "X"], B=[]), reviews(C="No gain."), EN)
    assert todo == [
        "A: reach the 60 eligible children it misses; ask N, S, E and 2 other sites to take it up.",
        "Find a first site for B.",
        "C: decide whether one site should go on. No study supports it; practitioners concluded: No gain.",
    ]
    assert say.action(listed(), reach(), could(), reviews(), EN)[0].startswith("Ask practitioners which practices")


def times(**more) -> Published:
    row = {"practice_id": "all", "practice": "", "pilots": 44, "became": 23, "stopped": 3, "waiting": 18,
           "value": 11.96, "low": 11.9, "high": 23.9}  # fmt: skip
    return published([row | more], "practice_id")


def test_pilots_half_of_which_got_there_and_those_where_fewer_did() -> None:
    assert say.pilots(times(), EN) == (
        "Of 44 pilots, half became standard practice within 12 months (12 to 24 would fit); 18 are pilots still; "
        "3 were given up."
    )
    none = {"value": float("nan"), "stopped": 0, "waiting": 1}
    assert say.pilots(times(**none), EN) == (
        "Of 44 pilots, fewer than half have become standard practice so far; 1 is a pilot still."
    )
    assert "12 or more would fit" in say.pilots(times(high=float("nan")), EN)
    assert say.pilots(times(pilots=0), EN) == "No practice began as a pilot."


def matched(*rows: tuple[str, int, int]) -> Published:
    made = [{"practice": p, "result": "proficient", "numerator": k, "denominator": n} for p, k, n in rows]
    return published(made, "practice", "result", about="", like=["practice", "result", "numerator", "denominator"])


def test_results_are_counts_and_never_effects() -> None:
    assert say.results(matched(("A", 17, 116), ("B", 1, 66)), EN) == (
        "A: 17 of 116 matched were proficient. Counts, not effects: whether a practice works here is not known."
    )
    assert "too small to show" in say.results(matched(("B", 1, 66)), EN)
    assert "not known" in say.results(matched(), EN)


@pytest.mark.parametrize(
    ("standing", "practices", "in_use", "sites", "said"),
    [("full", 2, 2, 5, "two practices at five sites"), ("full", 1, 1, 1, "one practice at one site"),
     ("part", 2, 1, 2, "one practice piloted at two sites"), ("part", 1, 0, 0, "one practice listed, in use nowhere"),
     ("hole", 0, 0, 0, "no practice listed")],
)  # fmt: skip
def test_an_outcomes_square_in_words(standing: str, practices: int, in_use: int, sites: int, said: str) -> None:
    row = {"standing": standing, "practices": practices, "in_use": in_use, "sites": sites}
    assert say.matrix_said([row], EN) == [said]


def test_stages_and_evidence_in_words() -> None:
    assert of.stages({"policy": 4, "standard_practice": 0, "pilot": 3}, EN) == "4 policy, 3 pilot"
    assert of.stages(STAGES, EN) == "nowhere yet"
    assert say.tier(4, EN) == "No study yet (tier 4)"
    assert say.tier(None, EN) == "Evidence not rated"


def test_the_chart_has_a_row_for_each_practice_under_its_evidence_up_to_what_a_page_holds() -> None:
    many = [(f"P{i:02d}", 1, 1) for i in range(20)]
    chart = of.reach_chart(listed(*many), reach(**{name: (40, 100) for name, _, _ in many}), 2, EN)
    assert len(chart["p"].frame) == of.ROWS
    assert "the first 12 of 20" in chart["caption"]
    assert chart["p"].frame["evidence"].unique().tolist() == ["Strong evidence (tier 1)"]
