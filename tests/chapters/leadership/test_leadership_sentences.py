"""What the leadership chapter says where there is nothing, one thing, and where several are alike."""

import pandas as pd
import pytest

from alignkit.chapters.leadership import exhibits, measures
from alignkit.chapters.leadership import sentences as say
from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published

PARTNERS = pd.DataFrame(
    {
        "partner_id": ["a", "b"],
        "name": ["Alder Schools", "Birch Clinic"],
        "sector": ["education", "health"],
        "setting": ["inside", "outside"],
    }
)
OUTCOMES = pd.DataFrame({"outcome_id": ["reading", "work"], "name": ["Reading", "Work"]})
STANDARDS = pd.DataFrame({"version": ["1"], "valid_from": pd.to_datetime(["2026-01-01"])})


def published(frame: pd.DataFrame, *by: str) -> Published:
    counts = ("numerator", "denominator", "value", "low", "high")
    carry = [column for column in frame if column not in (*by, *counts)]
    return publish(frame, id="x", by=by, about="partners", carry=carry, gate=Gate())


def signed(*rows: tuple[str, str], partners: pd.DataFrame = PARTNERS) -> Published:
    given = pd.DataFrame([(*row, "1") for row in rows], columns=["partner_id", "element", "version"])
    return published(measures.signatures(given, partners, STANDARDS), "element", "sector")


def taken(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["partner_id", "outcome_id", "role"])


def parts(*rows: tuple[str, str, str], outcomes: pd.DataFrame = OUTCOMES) -> Published:
    return published(measures.responsibility(taken(*rows), outcomes, PARTNERS), "outcome_id")


def load(*rows: tuple[str, str, str]) -> Published:
    return published(measures.partner_load(taken(*rows), PARTNERS), "partner_id")


def coverage(*rows: tuple[str, str, str], outcomes: pd.DataFrame = OUTCOMES) -> Published:
    return published(measures.coverage(taken(*rows), outcomes, PARTNERS), "outcome_id", "sector")


def shares(*given: tuple[str, str, int, int]) -> Published:
    names = ["element", "sector", "numerator", "denominator"]
    return published(pd.DataFrame(given, columns=names), "element", "sector")


def test_the_answer_is_one_sentence() -> None:
    told = say.answer(
        shares(("vision", "all", 27, 40), ("data_standard", "all", 1, 40)), parts(("a", "reading", "lead"))
    )
    assert told == (
        "Of 40 partners, 27 have signed the common vision and 1 has signed today's data standard; "
        "1 of the 2 outcomes has no lead."
    )


def test_a_chart_of_signatures_names_the_sector_furthest_behind() -> None:
    given = shares(("vision", "all", 5, 8), ("vision", "faith", 0, 2), ("vision", "health", 5, 6))
    assert say.signed_alt(given) == "5 of 8 partners have signed the common vision, fewest in faith (0 of 2)."


def test_holes_become_things_to_do() -> None:
    standing = pd.DataFrame([{"standing": s, "partners": 0, "names": []} for s in ("current", "older", "none")])
    holes = pd.DataFrame({"outcome_id": ["work", "reading"], "outcome": ["Work", "Reading"], "hole": ["lead", ""]})
    given = [published(rows, rows.columns[0]) for rows in (holes, holes.tail(1), standing)]
    assert say.action(given[0], given[2]) == ["Name a lead for Work."]
    assert say.action(given[1], given[2]) == ["Nothing is missing this cycle; thank the partners for it."]


def test_long_lists_of_names_are_counted() -> None:
    assert say.names(list("abcdefgh")) == "a, b, c, d, e and 3 others"


def test_without_partners_nothing_is_counted() -> None:
    none = signed(partners=PARTNERS.head(0))
    assert say.answer(none, parts()) == "No partner is on record, so no one has agreed to anything yet."
    assert say.signed_alt(none) == "No partner is on record."
    assert say.numbers(none, parts())["signed_share"] == "none"


@pytest.mark.parametrize(
    ("given", "many", "end"),
    [
        ([], 0, "; no outcome is adopted yet."),
        ([], 1, "; the one outcome has no lead."),
        ([("a", "reading", "lead")], 1, "; the one outcome has a lead."),
        ([], 2, "; none of the 2 outcomes has a lead."),
        ([("a", "reading", "lead")], 2, "; 1 of the 2 outcomes has no lead."),
        ([("a", "reading", "lead"), ("b", "work", "lead")], 2, "; every one of the 2 outcomes has a lead."),
    ],
)
def test_leads(given: list, many: int, end: str) -> None:
    assert say.answer(signed(), parts(*given, outcomes=OUTCOMES.head(many))).endswith(end)


def test_a_sector_is_named_as_the_last_only_where_sectors_differ() -> None:
    first, second, _third = say.signed_alt(signed(("a", "vision"))).split("; ")
    assert first == "1 of 2 partners have signed the common vision, fewest in health (0 of 1)"
    assert second == "0 of 2 partners have signed today's data standard"
    assert "Fewest in health: no outcomes." in say.coverage_alt(coverage(("a", "reading", "lead")))
    assert "Fewest" not in say.coverage_alt(coverage())
    assert say.coverage_alt(coverage(outcomes=OUTCOMES.head(0))) == "There is no outcome or no partner yet."


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ([], "No partner has a part in any outcome yet."),
        ([("a", "reading", "lead")],
         "Alder Schools has a part in 1 outcome, more than any other; 1 partner has no part in any."),
        ([("a", "reading", "lead"), ("b", "work", "shared")],
         "Alder Schools and Birch Clinic each have a part in 1 outcome."),
    ],
)  # fmt: skip
def test_who_carries_most(given: list, text: str) -> None:
    assert say.heaviest(load(*given)) == text


def test_without_outcomes_the_first_thing_to_do_is_to_adopt_some() -> None:
    standing = published(measures.standard_versions(taken().assign(element=[], version=[]), PARTNERS, STANDARDS),
                         "standing")  # fmt: skip
    assert say.action(parts(outcomes=OUTCOMES.head(0)), standing) == [
        "Adopt the first outcomes, so that partners can answer for them."
    ]


def test_a_table_leaves_the_published_rows_as_they_are() -> None:
    given = parts(("a", "reading", "lead"))
    before = given.frame.copy()
    lacking = exhibits.responsibility_table(given).rows.frame["lacking"]
    assert lacking.iloc[0] == "shared accountability, anyone outside school"
    pd.testing.assert_frame_equal(given.frame, before)
