"""What the action chapter says: no effect claimed, nothing hidden given away, and every case of few and none."""

import pytest

from alignkit.chapters.action import exhibits as of
from alignkit.chapters.action import sentences as say
from alignkit.disclosure.published import Published
from tests.chapters.action.samples import FOUND, STAGES, could, found, listed, published, reach, reviews
from tests.wording import agree_beforehand


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


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ({"became": 1, "waiting": 0}, "The one pilot became standard practice within 12 months."),
        ({"became": 0, "waiting": 1, "value": float("nan")}, "The one pilot is a pilot still."),
        ({"became": 0, "waiting": 0, "stopped": 1, "value": float("nan")}, "The one pilot was given up."),
    ],
)
def test_one_pilot_is_no_share(counts: dict, text: str) -> None:
    assert say.pilots(times(**({"pilots": 1, "stopped": 0} | counts))) == text


def test_a_use_by_a_partner_in_no_table_counts() -> None:
    rows = [{"school_walls": walls, "uses": n} for walls, n in (("inside", 0), ("outside", 0), ("not known", 2))]
    assert say.adoption(published(rows, "school_walls"), times(pilots=0)) == (
        "Practices are in use 2 times: 0 inside the school walls, 0 outside, 2 not known. No practice began as a pilot."
    )


def test_one_practice_is_not_the_widest_and_the_narrowest() -> None:
    reached = reach(A=(20, 40))
    one = "A reaches 50% of the children eligible where it is in use."
    assert say.reach_alt(listed(("A", 3, 2)), reached, 2) == one
    assert say.reach_alt(listed(("A", 1, 2)), reached, 2) == (
        f"{one} One practice that works does not reach everyone eligible."
    )


def test_a_practice_that_works_here_is_the_answer_also_without_studies_elsewhere() -> None:
    here = found(("A", "works", 5, 1, 9, ""))
    assert say.answer(listed(("A", 3, 2)), reach(), here, 2) == "A gets results here."


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
