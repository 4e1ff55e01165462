"""What the collaboration chapter says where there is nothing, one thing, many, and where the search was stopped."""

from dataclasses import replace

import pandas as pd
import pytest

from alignkit.chapters.collaboration import exhibits as of
from alignkit.chapters.collaboration import sentences as say
from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published
from alignkit.words.words import words

EN, GATE = words("en"), Gate()


def published(rows: list[dict], *by: str) -> Published:
    frame = pd.DataFrame(rows)
    carry = [column for column in frame if column not in by]
    return publish(frame, id="x", by=by, about="grant_partners", carry=carry, gate=GATE)


def asked(*rows: tuple[str, int, int]) -> Published:
    return published(
        [{"partner_id": name, "partner": name, "grants": n, "signed": n - open_, "overdue": 0, "open": open_,
          "which": [f"Grant {i}" for i in range(n)]} for name, n, open_ in rows], "partner_id")  # fmt: skip


def ways(alone: int, joint: int, least: int | None = None) -> Published:
    counts = (("alone", alone, 14, alone), ("joint", joint, 9, joint if least is None else least))
    return published([dict(zip(("way", "meetings", "visits", "at_least"), row, strict=True)) for row in counts], "way")


@pytest.mark.parametrize(
    ("found", "counts", "text"),
    [
        ([("Schools", 6, 4), ("Clinic", 3, 0)], (5, 2),
         "Schools is asked by all six grants; 4 agreements are still to be signed, and two joint meetings can take the "
         "place of five."),
        ([("Schools", 2, 1), ("Clinic", 2, 0)], (1, 1),
         "Schools and one other institution are each asked by both grants; 1 agreement is still to be signed, and "
         "one meeting is needed: sharing would save none."),
        ([("Schools", 1, 0)], (0, 0),
         "No institution is asked by more than one grant; the one agreement that our grants need is signed."),
        ([("Schools", 2, 0)], (0, 0),
         "Schools is asked by both grants; all 2 agreements that our grants need are signed."),
    ],
)  # fmt: skip
def test_the_answer(found: list, counts: tuple[int, int], text: str) -> None:
    assert say.answer(asked(*found), ways(*counts)) == text


def test_the_answer_where_no_grant_asks() -> None:
    none = replace(asked(("Schools", 1, 1)), frame=asked(("Schools", 1, 1)).frame.head(0))
    assert say.answer(none, ways(0, 0)) == "No grant that is running asks an institution for its agreement."


def test_a_plan_that_is_not_proven_says_so_and_a_proven_one_says_nothing() -> None:
    assert say.proof(ways(40, 28)) == []
    (said,) = say.proof(ways(40, 28, least=20))
    assert said.startswith("These 28 meetings may not be the fewest: the search was stopped,")
    assert said.endswith("it proves only that 20 or more are needed.")


def test_what_the_meetings_cost_and_their_rules() -> None:
    held = published([{"meeting": "Convening"}], "meeting")
    assert say.visits(ways(5, 2)) == "Institutions would be called together 9 times, not 14 times."
    same = ways(5, 5).frame.assign(visits=9)
    assert say.visits(replace(ways(5, 5), frame=same)) == (
        "Institutions would be called together 9 times, as often as if each grant met alone."
    )
    said = say.rules(ways(5, 2), held, 6, 4)
    assert said[0].startswith("At most 6 institutions sit at one table, and at most four grants are on one agenda.")
    assert said[1] == "They need not be new dates; held anyway: Convening."
    assert say.rules(ways(0, 0), held, 6, 4) == []


def meeting(number: int, overdue: int = 0, grants: int = 2) -> dict:
    return {"meeting": number, "partners": ["Schools"], "officers": ["Ada"], "grants": ["A", "B"][:grants],
            "agreements": 3, "overdue": overdue, "due_on": pd.Timestamp("2026-10-31")}  # fmt: skip


def ask(grants: int, overdue: int = 0, day: str | None = "2026-10-31") -> dict:
    return {"partner_id": f"p{grants}", "partner": "Schools", "signatory": "Ada", "grants": grants,
            "which": list("ABCD"[:grants]), "overdue": overdue, "due_on": pd.Timestamp(day)}  # fmt: skip


def test_what_to_do_names_people_grants_and_days() -> None:
    shared = published([{"outcome_id": "r", "outcome": "Reading", "grants": 2}], "outcome_id")
    todo = say.action(
        published([ask(3, 1), ask(2)], "partner_id"), published([meeting(1, overdue=1)], "meeting"), shared
    )
    assert todo == [
        "Ask Ada (Schools) once for three grants, due since October 31, 2026.",
        "Ask Ada (Schools) once for two grants, due October 31, 2026.",
        "Call meeting 1 first: its first signature was due October 31, 2026.",
        "Report on Reading once: two grants must.",
    ]


def test_what_to_do_where_each_is_asked_once_and_where_nobody_is() -> None:
    shared = published([{"outcome_id": "r", "outcome": "Reading", "grants": 1}], "outcome_id")
    one, alone = published([ask(1, day=None)], "partner_id"), published([meeting(1, grants=1)], "meeting")
    assert say.action(one, alone, shared) == ["Ask Ada (Schools) for A."]
    none = replace(one, frame=one.frame.head(0)), replace(alone, frame=alone.frame.head(0))
    assert say.action(*none, shared) == ["No agreement has to be asked for this cycle."]


def test_a_long_grid_shows_the_first_institutions_and_says_so() -> None:
    rows = [
        {
            "meeting": 1 + i // 6,
            "partner_id": f"p{i}",
            "partner": f"P{i}",
            "grant_id": "a",
            "grant": "A",
            "standing": "due",
        }
        for i in range(30)
    ]
    grid = published(rows, "meeting", "partner_id", "grant_id")
    first = of.grid_rows(grid, most=12)
    assert len(first.frame) == 12
    assert "the first 12 of 30" in say.grid_caption(first, grid)
    assert "first" not in say.grid_caption(of.grid_rows(grid, most=30), grid)
    assert first.frame["meeting_said"].unique().tolist() == ["Meeting 1", "Meeting 2"]
    assert say.grid_alt(asked(("Schools", 6, 4))) == "Most asked: Schools: six grants, 2 signed, 0 overdue."


def test_the_table_of_meetings_says_what_is_overdue_and_how_many_more_there_are() -> None:
    found = published([meeting(n, overdue=n % 2) for n in range(1, 7)], "meeting")
    table = of.meetings_table(found)
    assert table.rows.frame["to_sign"].tolist() == ["3 (1 overdue)", "3", "3 (1 overdue)", "3"]
    assert table.caption == "The first 4 of 6 meetings proposed; the web has all"
    assert of.further_meetings_table(found).rows.frame["meeting"].tolist() == [5, 6]


def test_the_web_grid_leaves_the_published_rows_as_they_are() -> None:
    row = {"meeting": 1, "partner_id": "a", "partner": "A", "grant_id": "g", "grant": "G", "standing": "due"}
    grid = published([row], "meeting", "partner_id", "grant_id")
    assert of.grid_rows(grid).frame["meeting_said"].tolist() == ["Meeting 1"]
    assert "meeting_said" not in grid.frame
