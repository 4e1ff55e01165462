"""The sentences of the commitments chapter, as a reader gets them."""

from typing import Any

import pandas as pd

from alignkit.chapters.commitments import exhibits as commitment_tables
from alignkit.chapters.commitments import sentences as commitments
from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published
from alignkit.words.words import words

EN = words("en")


def public(rows: list[dict[str, Any]], by: list[str], about: str = "commitments") -> Published:
    frame = pd.DataFrame(rows)
    carry = [c for c in frame if c not in (*by, "numerator", "denominator", "value", "low", "high", "unit")]
    return publish(frame, id="x", by=by, about=about, carry=carry, gate=Gate())


def counts(**by: int) -> Published:
    names = ("kept", "late", "not_done", "overdue", "dropped", "open")
    return public([{"standing": name, "count": by.get(name, 0)} for name in names], ["standing"])


def test_commitments_answer_with_what_was_kept_and_what_was_not() -> None:
    said = commitments.answer(counts(kept=9, not_done=2, overdue=1))
    assert said == "9 of the 12 promises that came due were kept; 2 not done and 1 overdue with no word yet."
    assert commitments.answer(counts(kept=1, overdue=1)).startswith("1 of the 2 promises that came due was kept;")
    assert commitments.answer(counts(kept=1)) == "The one promise that came due: kept."
    assert commitments.answer(counts()) == "No promise came due this cycle."


def promise(what: str, **changes: Any) -> dict[str, Any]:
    row = {"commitment_id": what, "what": what, "partner": "Alder", "standing": "open", "measure": "a list",
           "due_originally": pd.Timestamp("2026-08-31"), "due_now": pd.Timestamp("2026-08-31"), "new_due": pd.NaT,
           "replaced_by": None, "carried": False, "missing": "", "reason": None, "help_needed": None}  # fmt: skip
    return row | changes


def test_a_missed_promise_says_its_new_date_or_what_stands_in_its_place() -> None:
    new = {"new_due": pd.Timestamp("2026-11-30"), "reason": "Legal review.", "help_needed": "A call."}
    moved = promise("Call", standing="late", **new)
    replaced = promise("Visit", standing="not_done", replaced_by="Lend one midwife.")
    frame = commitment_tables.missed_table(public([moved, replaced], ["commitment_id"])).rows.frame
    assert frame["promised"].tolist() == ["Alder: Call", "Alder: Visit"]
    assert frame["became"].tolist() == [
        "Aug 31, 2026; late, now Nov 30, 2026", "Aug 31, 2026; not done; in its place: Lend one midwife",
    ]  # fmt: skip
    assert frame["why"].tolist() == ["Legal review. Needed: A call", "No reason given"]


def test_a_promise_ahead_says_its_first_date_and_what_it_lacks() -> None:
    carried = promise("Call", carried=True, due_now=pd.Timestamp("2026-11-30"))
    bare = promise("Go", partner=None, due_now=pd.NaT, measure=None, missing="partner_id, due_now, measure")
    ahead = public([carried, bare], ["commitment_id"])
    frame = commitment_tables.ahead_table(ahead).rows.frame
    assert frame["promised"].tolist() == ["Alder: Call", "Nobody named: Go"]
    assert frame["by_when"].tolist() == ["Nov 30, 2026; first Aug 31, 2026", "lacks a date"]
    assert frame["known_by"].tolist() == ["a list", "lacks a measure"]


def test_many_promises_ahead_are_the_soonest_twelve_and_all_on_the_web() -> None:
    ahead = public([promise(f"p{n:02d}") for n in range(15)], ["commitment_id"])
    table = commitment_tables.ahead_table(ahead)
    assert (len(table.rows.frame), table.caption[:28]) == (12, "The 12 promises due soonest:")
    assert len(commitment_tables.all_ahead_table(ahead).rows.frame) == 15
    assert len(commitment_tables.all_ahead_table(ahead, most=5).rows.frame) == 15
    assert commitment_tables.all_ahead_table(ahead, most=15).rows.frame.empty
    assert commitment_tables.all_ahead_table(public([promise("p")], ["commitment_id"])).rows.frame.empty


def test_what_is_left_undone_becomes_something_to_do() -> None:
    ahead = public([promise("Go", measure=None, missing="measure")], ["commitment_id"])
    due = public([promise("Name a lead", standing="not_done"), promise("Ask", standing="overdue")], ["commitment_id"])
    undone = public([{"decision_id": "d", "motion": "That we tutor."}], ["decision_id"], "decisions")
    assert commitments.action(ahead, due, undone) == [
        "Complete the promise “Go”: it lacks a measure.",
        "Hear today from Alder: overdue, and no word yet.",
        "Decide what takes the place of “Name a lead”, or let it go.",
        "Name who does what by when for the decision “That we tutor”: nobody has promised anything yet.",
        "Next due: Go (Alder, August 31, 2026).",
    ]


def test_missed_promises_stand_apart_from_kept_ones() -> None:
    due = public([promise(name, standing=name) for name in ("kept", "late", "not_done", "open")], ["commitment_id"])
    assert commitment_tables.missed_table(due).rows.frame["what"].tolist() == ["late", "not_done"]
    assert commitment_tables.kept_table(due).rows.frame["what"].tolist() == ["kept", "open"]
