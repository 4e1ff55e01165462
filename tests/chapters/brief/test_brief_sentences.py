"""The sentences and tables of page one, as a reader gets them."""

from typing import Any

import pandas as pd

from alignkit import records
from alignkit.chapter_records import ChapterRecords
from alignkit.chapters.brief import exhibits, measures, sentences
from alignkit.disclosure.publish import DERIVED, KNOWN, Gate, publish
from alignkit.disclosure.published import Published


def public(rows: Any, *by: str) -> Published:
    """Rows as `c.derive` hands them on."""
    frame = pd.DataFrame(rows)
    carry = [name for name in frame if name not in (*by, *KNOWN)]
    return publish(frame, id="x", by=by, about=DERIVED, carry=carry, gate=Gate())


def outcomes_of(chapters: dict[str, ChapterRecords], listed: pd.DataFrame) -> Published:
    return public(measures.outcome_verdicts(chapters, listed), "outcome_id")


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
NO_GRID = public(measures.alignment_grid({}, LISTED), "outcome_id", "alignment")
CHAPTERS = {f"outcome-{o}": verdict(o, is_new=new, word=word) for o, new, word in
            (("math", True, "worsening"), ("reading", False, "cannot tell yet"))}  # fmt: skip


def test_page_one_puts_new_results_first_and_marks_them() -> None:
    outcomes = outcomes_of(CHAPTERS, LISTED)
    table = exhibits.outcomes_table(outcomes, NO_GRID).rows.frame
    assert table["named"].tolist() == ["NEW: Math", "Reading"]
    assert table["now"].tolist() == ["46% (44 to 48); goal 55"] * 2


def test_an_outcome_without_a_result_or_a_goal_says_so() -> None:
    hidden, aimless = verdict("math", value=None, low=None, high=None), verdict("reading", target=None)
    outcomes = outcomes_of({"outcome-math": hidden, "outcome-reading": aimless}, LISTED)
    rows = exhibits.outcomes_table(outcomes, NO_GRID).rows.frame.set_index("outcome_id")
    assert rows["now"].to_dict() == {"math": "no result yet", "reading": "46% (44 to 48); no goal set"}
    assert rows["short"].to_dict() == {"math": "", "reading": ""}


def test_page_one_puts_what_worsens_before_what_improves() -> None:
    chapters = {
        "outcome-reading": verdict("reading", word="improving"), "outcome-math": verdict("math", word="worsening"),
    }  # fmt: skip
    assert outcomes_of(chapters, LISTED).frame["outcome_id"].tolist() == ["math", "reading"]


def test_thirty_outcomes_are_nine_on_page_one_and_the_rest_are_counted() -> None:
    many = [f"o{number:02d}" for number in range(30)]
    listed = pd.DataFrame({"outcome_id": many, "order": range(30)})
    outcomes = outcomes_of({f"outcome-{name}": verdict(name, is_new=name == "o29") for name in many}, listed)
    shown = exhibits.outcomes_table(outcomes, NO_GRID).rows.frame["named"].tolist()
    assert (shown[0], len(shown)) == ("NEW: O29", 9)
    said = sentences.more_rows(outcomes, exhibits.OUTCOMES, "brief-in-full")
    assert said == ["21 more are in @sec-brief-in-full."]
    assert len(exhibits.all_outcomes_table(outcomes).rows.frame) == 30
    assert sentences.more_rows(outcomes, 30, "brief-in-full") == []


def test_the_widest_gap_is_said_once() -> None:
    told = {name: verdict(name, gap=gap, gap_low=gap - 5, gap_best="A", gap_worst="B")
            for name, gap in (("reading", 12.0), ("math", 40.0))}  # fmt: skip
    outcomes = outcomes_of({f"outcome-{name}": one for name, one in told.items()}, LISTED)
    assert sentences.widest(outcomes) == ["The widest gap: Math, 40 of 100: A and B."]
    assert sentences.widest(outcomes_of(CHAPTERS, LISTED)) == []


def test_a_gap_that_chance_could_make_is_not_the_widest() -> None:
    told = {name: verdict(name, gap=gap, gap_low=low, gap_best="A", gap_worst="B")
            for name, gap, low in (("reading", 12.0, 8.0), ("math", 40.0, -1.0))}  # fmt: skip
    outcomes = outcomes_of({f"outcome-{name}": one for name, one in told.items()}, LISTED)
    assert sentences.widest(outcomes) == ["The widest gap: Reading, 12 of 100: A and B."]


def test_page_one_answers_with_decisions_and_where_outcomes_stand() -> None:
    decisions = public([{"decision_id": "d", "motion": "Fund"}], "decision_id")
    said = sentences.answer(outcomes_of(CHAPTERS, LISTED), decisions)
    assert said == "1 decision waits for the board. Of 2 outcomes: 1 worsening and 1 cannot tell yet."


def test_a_motion_names_its_evidence_and_where_it_stands() -> None:
    row = {
        "decision_id": "d", "motion": "Fund", "cost": 95000.0, "cost_note": "moved", "lead": "A",
        "needed_by": pd.Timestamp("2026-12-15"), "evidence": "outcome-math", "evidence_words": "Still falling.",
    }  # fmt: skip
    frame = exhibits.decisions_table(public([row], "decision_id"), CHAPTERS).rows.frame
    assert frame["cost_said"].tolist() == ["$95,000; moved"]
    assert frame["who"].tolist() == ["A, by Dec 15, 2026"]
    assert frame["why"].tolist() == ["Still falling (@sec-outcome-math)"]
    elsewhere = exhibits.decisions_table(public([row], "decision_id"), {}).rows.frame
    assert elsewhere["why"].tolist() == ["Still falling"]


def test_page_one_sets_the_pace_seen_beside_the_pace_needed() -> None:
    told = {"reading": verdict("reading", slope=-0.9, pace_needed=2.2, reach="possible")}
    chapters = {f"outcome-{name}": one for name, one in told.items()}
    frame = exhibits.all_outcomes_table(outcomes_of(chapters, LISTED)).rows.frame
    assert frame["pace"].tolist() == ["0.9 fewer, 2.2 more"]


def test_page_one_says_what_is_new_and_what_cannot_be_told() -> None:
    outcomes = outcomes_of(CHAPTERS, LISTED)
    assert sentences.world(outcomes) == "For children: 1 outcome has a new result, marked NEW above: 1 worsening."
    assert sentences.cannot_tell(outcomes, CHAPTERS) == ["Reading: Too early to tell: only three results."]


def test_page_one_without_any_chapter_still_reads() -> None:
    outcomes = outcomes_of({}, LISTED)
    none = public([{"decision_id": "d", "motion": "Fund"}], "decision_id").where(motion="x")
    assert sentences.answer(outcomes, none) == "No decisions wait for the board."
    assert sentences.world(outcomes) == "For children: no outcome has a new result since the last book."
    assert sentences.world(outcomes, last_book="first") == "For children: no outcome has a new result."
    unknown = "For children: which results are new since the last book is not known (see below)."
    assert sentences.world(outcomes, last_book="lost") == unknown
    assert sentences.cannot_tell(outcomes, {}) == []
    assert measures.unkept_promises({}).empty


def test_work_that_nobody_records_is_not_called_none() -> None:
    agreements = pd.DataFrame({"signed_on": pd.to_datetime(["2026-08-01", "2026-01-01"])})
    adoptions = pd.DataFrame({"valid_from": pd.to_datetime([])})
    promised = pd.DataFrame({"status": ["open"], "recorded_on": pd.to_datetime(["2026-08-01"])})
    as_of, since = pd.Timestamp("2026-09-30"), pd.Timestamp("2026-06-30")
    done = measures.work_done(agreements, adoptions, promised, as_of, since)
    said = sentences.work(public(done, "kind"))
    assert said == "In our work: no promises were kept and 1 agreement was signed."
