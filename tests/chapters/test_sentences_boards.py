"""The sentences of the leadership and commitments chapters and of page one, as a reader gets them."""

from typing import Any

import pandas as pd

from alignkit import records
from alignkit.chapter_records import ChapterRecords
from alignkit.chapters.brief import exhibits as brief_tables
from alignkit.chapters.brief import matrix, measures
from alignkit.chapters.brief import sentences as brief
from alignkit.chapters.commitments import exhibits as commitment_tables
from alignkit.chapters.commitments import sentences as commitments
from alignkit.chapters.leadership import sentences as leadership
from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published
from alignkit.words.words import words

EN = words("en")


def public(rows: list[dict[str, Any]], by: list[str], about: str = "commitments") -> Published:
    frame = pd.DataFrame(rows)
    carry = [c for c in frame if c not in (*by, "numerator", "denominator", "value", "low", "high", "unit")]
    return publish(frame, id="x", by=by, about=about, carry=carry, gate=Gate())


def signed(*shares: tuple[str, str, int, int]) -> Published:
    rows = [
        {"element": e, "sector": s, "sector_name": s.capitalize(), "numerator": k, "denominator": n}
        for e, s, k, n in shares
    ]
    return public(rows, ["element", "sector"], "agreements")


def parts(*leads: str | None) -> Published:
    rows = [
        {"outcome_id": str(i), "outcome": f"Outcome {i}", "lead": lead, "hole": "" if lead else "lead"}
        for i, lead in enumerate(leads)
    ]
    return public(rows, ["outcome_id"], "responsibilities")


def counts(**by: int) -> Published:
    names = ("kept", "late", "not_done", "overdue", "dropped", "open")
    return public([{"standing": name, "count": by.get(name, 0)} for name in names], ["standing"])


def test_leadership_answers_in_one_sentence() -> None:
    said = leadership.answer(signed(("vision", "all", 27, 40), ("data_standard", "all", 1, 40)), parts("A", None))
    assert said == (
        "Of 40 partners, 27 have signed the common vision and 1 has signed today's data standard; "
        "1 of the 2 outcomes has no lead."
    )


def test_a_chart_of_signatures_names_the_sector_furthest_behind() -> None:
    given = signed(("vision", "all", 5, 8), ("vision", "faith", 0, 2), ("vision", "health", 5, 6))
    assert leadership.signed_alt(given) == ("5 of 8 partners have signed the common vision, fewest in faith (0 of 2).")


def test_holes_become_things_to_do() -> None:
    standing = public(
        [{"standing": s, "partners": 0, "names": []} for s in ("current", "older", "none")], ["standing"], "agreements"
    )
    assert leadership.action(parts("A", None), standing) == ["Name a lead for Outcome 1."]
    assert leadership.action(parts("A"), standing) == ["Nothing is missing this cycle; thank the partners for it."]


def test_long_lists_of_names_are_counted() -> None:
    assert leadership.names(list("abcdefgh")) == "a, b, c, d, e and 3 others"


def test_commitments_answer_with_what_was_kept_and_what_was_not() -> None:
    said = commitments.answer(counts(kept=9, not_done=2, overdue=1))
    assert said == "9 of the 12 promises that came due were kept; 2 not done and 1 overdue with no word yet."
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


def verdict(outcome: str, **other: Any) -> ChapterRecords:
    row = {
        "outcome_id": outcome, "outcome": outcome.title(), "word": "improving", "is_new": False, "unit": "percent",
        "good_direction": "up", "value": 46.0, "low": 44.0, "high": 48.0, "target": 55.0, "short_of_target": 120,
    } | other  # fmt: skip
    shown = publish(
        pd.DataFrame([row]), id="verdict", by=["outcome_id"], about="outcomes", gate=Gate(),
        carry=[name for name in row if name not in ("outcome_id", "value", "low", "high", "unit")],
    )  # fmt: skip
    told = records.Headline(name="cannot_tell", text="Too early to tell: only three results.")
    return ChapterRecords(f"outcome-{outcome}", (shown.record(), told), "en")


LISTED = pd.DataFrame(
    {"outcome_id": ["reading", "math"], "name": ["Reading", "Math"], "order": [1, 2], "status": "in_force"}
)
NO_GRID = matrix.matrix({}, LISTED)
CHAPTERS = {f"outcome-{o}": verdict(o, is_new=new, word=word) for o, new, word in
            (("math", True, "worsening"), ("reading", False, "cannot tell yet"))}  # fmt: skip


def test_page_one_puts_new_results_first_and_marks_them() -> None:
    outcomes = measures.outcomes(CHAPTERS, LISTED)
    table = brief_tables.outcomes(outcomes, NO_GRID)["p"].frame
    assert table["named"].tolist() == ["NEW: Math", "Reading"]
    assert table["now"].tolist() == ["46% (44 to 48); goal 55"] * 2


def test_page_one_puts_what_worsens_before_what_improves() -> None:
    chapters = {
        "outcome-reading": verdict("reading", word="improving"), "outcome-math": verdict("math", word="worsening"),
    }  # fmt: skip
    assert measures.outcomes(chapters, LISTED).frame["outcome_id"].tolist() == ["math", "reading"]


def test_thirty_outcomes_are_nine_on_page_one_and_the_rest_are_counted() -> None:
    many = [f"o{number:02d}" for number in range(30)]
    listed = pd.DataFrame({"outcome_id": many, "order": range(30)})
    outcomes = measures.outcomes({f"outcome-{name}": verdict(name, is_new=name == "o29") for name in many}, listed)
    shown = brief_tables.outcomes(outcomes, NO_GRID)["p"].frame["named"].tolist()
    assert (shown[0], len(shown)) == ("NEW: O29", 9)
    said = brief_tables.more(outcomes, brief_tables.OUTCOMES, "brief-in-full")
    assert said == ["21 more stand in @sec-brief-in-full."]
    assert len(brief_tables.outcomes_in_full(outcomes)["p"].frame) == 30
    assert brief_tables.more(outcomes, 30, "brief-in-full") == []


def test_the_widest_gap_is_said_once() -> None:
    told = {name: verdict(name, gap=gap, gap_low=gap - 5, gap_text=f"{gap:.0f} of 100: A and B")
            for name, gap in (("reading", 12.0), ("math", 40.0))}  # fmt: skip
    outcomes = measures.outcomes({f"outcome-{name}": one for name, one in told.items()}, LISTED)
    assert brief.widest(outcomes) == ["The widest gap: Math, 40 of 100: A and B."]
    assert brief.widest(measures.outcomes(CHAPTERS, LISTED)) == []


def test_a_gap_that_chance_could_make_is_not_the_widest() -> None:
    told = {name: verdict(name, gap=gap, gap_low=low, gap_text=name)
            for name, gap, low in (("reading", 12.0, 8.0), ("math", 40.0, -1.0))}  # fmt: skip
    outcomes = measures.outcomes({f"outcome-{name}": one for name, one in told.items()}, LISTED)
    assert brief.widest(outcomes) == ["The widest gap: Reading, reading."]


def test_page_one_answers_with_decisions_and_where_outcomes_stand() -> None:
    decisions = public([{"decision_id": "d", "motion": "Fund"}], ["decision_id"], "decisions")
    said = brief.answer(measures.outcomes(CHAPTERS, LISTED), decisions)
    assert said == "1 decision waits for the board. Of 2 outcomes: 1 worsening and 1 cannot tell yet."


def test_a_motion_names_its_evidence_and_where_it_stands() -> None:
    row = {
        "decision_id": "d", "motion": "Fund", "cost": 95000.0, "cost_note": "moved", "lead": "A",
        "needed_by": pd.Timestamp("2026-12-15"), "evidence": "outcome-math", "evidence_words": "Still falling.",
    }  # fmt: skip
    frame = brief_tables.decisions(public([row], ["decision_id"], "decisions"), CHAPTERS)["p"].frame
    assert frame["cost_said"].tolist() == ["$95,000; moved"]
    assert frame["who"].tolist() == ["A, by Dec 15, 2026"]
    assert frame["why"].tolist() == ["Still falling (@sec-outcome-math)"]
    elsewhere = brief_tables.decisions(public([row], ["decision_id"], "decisions"), {})["p"].frame
    assert elsewhere["why"].tolist() == ["Still falling"]


def test_page_one_sets_the_pace_seen_beside_the_pace_needed() -> None:
    told = {"reading": verdict("reading", slope=-0.9, pace_needed=2.2, reach="possible")}
    chapters = {f"outcome-{name}": one for name, one in told.items()}
    frame = brief_tables.outcomes_in_full(measures.outcomes(chapters, LISTED))["p"].frame
    assert frame["pace"].tolist() == ["0.9 fewer, 2.2 more"]


def test_page_one_says_what_is_new_and_what_cannot_be_told() -> None:
    outcomes = measures.outcomes(CHAPTERS, LISTED)
    assert brief.world(outcomes) == "For children: 1 outcome has a new result, marked NEW above: 1 worsening."
    assert brief.cannot_tell(outcomes, CHAPTERS) == ["Reading: Too early to tell: only three results."]


def test_page_one_without_any_chapter_still_reads() -> None:
    outcomes = measures.outcomes({}, LISTED)
    none = public([{"decision_id": "d", "motion": "Fund"}], ["decision_id"], "decisions").where(motion="x")
    assert brief.answer(outcomes, none) == "No decisions wait for the board."
    assert brief.world(outcomes) == "For children: no outcome has a new result since the last book."
    assert measures.unkept({}).frame.empty


def test_work_that_nobody_records_is_not_called_none() -> None:
    agreements = pd.DataFrame({"signed_on": pd.to_datetime(["2026-08-01", "2026-01-01"])})
    adoptions = pd.DataFrame({"valid_from": pd.to_datetime([])})
    promised = pd.DataFrame({"status": ["open"], "recorded_on": pd.to_datetime(["2026-08-01"])})
    as_of, since = pd.Timestamp("2026-09-30"), pd.Timestamp("2026-06-30")
    done = measures.work_done(agreements, adoptions, promised, as_of, since)
    said = brief.work(public(done.to_dict("records"), ["kind"]))
    assert said == "In our work: no promises were kept and 1 agreement was signed."
