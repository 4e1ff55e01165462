"""What came due, what became of it, and what lies ahead."""

from typing import Any

import pandas as pd
import pytest

from alignkit.chapters.commitments import measures as commitments
from alignkit.chapters.commitments.exhibits import chain_table
from alignkit.chapters.commitments.sentences import standing
from alignkit.disclosure.publish import DERIVED, Gate, publish
from tests.factory import frame

AS_OF, SINCE = pd.Timestamp("2026-09-30"), pd.Timestamp("2026-06-30")
PARTNERS = pd.DataFrame({"partner_id": ["a", "b"], "name": ["Alder Schools", "Birch Clinic"]})


def promise(id_: str, due: str, status: str = "open", **other: Any) -> dict[str, Any]:
    day = pd.Timestamp(due)
    row: dict[str, Any] = {
        "commitment_id": id_, "partner_id": "a", "what": f"Do {id_}", "outcome_id": "reading", "alignment": "action",
        "cycle_made": "2026-Q2", "due_originally": day, "due_now": day, "measure": "a list", "status": status,
        "reason": None, "help_needed": None, "replaces": None, "decision_id": None,
        "recorded_on": pd.Timestamp("2026-05-01"),
    }  # fmt: skip
    return row | other


def test_due_are_those_of_the_cycle_unkept_first() -> None:
    given = pd.DataFrame(
        [
            promise("before", "2026-06-30", "kept"),
            promise("kept", "2026-08-01", "kept"),
            promise("missed", "2026-09-30", "not_done", reason="vacancy"),
            promise("later", "2026-12-31"),
        ]
    )
    due = commitments.due(given, PARTNERS, AS_OF, SINCE)
    assert due["commitment_id"].tolist() == ["missed", "kept"]
    assert due["partner"].tolist() == ["Alder Schools", "Alder Schools"]


def test_one_left_open_past_its_date_is_overdue() -> None:
    due = commitments.due(pd.DataFrame([promise("silent", "2026-08-01")]), PARTNERS, AS_OF, SINCE)
    assert due["standing"].tolist() == ["overdue"]
    assert [standing(name) for name in due["standing"]] == ["overdue with no word yet"]


def test_a_moved_date_keeps_the_first_one_beside_it() -> None:
    moved = promise("moved", "2026-08-01", "late", due_now=pd.Timestamp("2026-12-15"))
    due = commitments.due(pd.DataFrame([moved]), PARTNERS, AS_OF, SINCE).iloc[0]
    assert (due["due_originally"], due["new_due"]) == (pd.Timestamp("2026-08-01"), pd.Timestamp("2026-12-15"))
    ahead = commitments.ahead(pd.DataFrame([moved]), PARTNERS, AS_OF).iloc[0]
    assert bool(ahead["carried"])


def test_one_settled_in_this_cycle_counts_though_due_later() -> None:
    early = promise("early", "2026-12-31", "kept", recorded_on=pd.Timestamp("2026-09-01"))
    assert commitments.due(pd.DataFrame([early]), PARTNERS, AS_OF, SINCE)["commitment_id"].tolist() == ["early"]


def test_in_the_first_cycle_all_that_is_past_is_due() -> None:
    given = pd.DataFrame([promise("old", "2020-01-01", "kept"), promise("later", "2026-12-31")])
    assert commitments.due(given, PARTNERS, AS_OF, None)["commitment_id"].tolist() == ["old"]


def test_counts_name_every_standing() -> None:
    due = commitments.due(pd.DataFrame([promise("x", "2026-08-01", "kept")]), PARTNERS, AS_OF, SINCE)
    counts = commitments.counts(due).set_index("standing")["count"]
    assert counts.to_dict() == {"kept": 1, "late": 0, "not_done": 0, "overdue": 0, "dropped": 0, "open": 0}


@pytest.mark.parametrize(("column", "named"), [("measure", "measure"), ("due_now", "due_now"), ("what", "what")])
def test_a_promise_that_cannot_be_checked_says_what_it_lacks(column: str, named: str) -> None:
    given = pd.DataFrame([promise("x", "2026-12-31"), promise("y", "2026-12-31")])
    given.loc[0, column] = None
    missing = commitments.ahead(given, PARTNERS, AS_OF).set_index("commitment_id")["missing"]
    assert missing["x"] == named
    assert missing["y"] == ""


def test_the_chain_goes_from_decision_to_what_replaced_the_promise() -> None:
    decisions = pd.DataFrame(
        {
            "decision_id": ["d1", "d2"],
            "motion": ["Tutor", "Visit"],
            "status": "agreed",
            "recorded_on": pd.to_datetime(["2026-01-01", "2026-02-01"]),
        }
    )
    given = pd.DataFrame(
        [
            promise("p1", "2026-08-01", "not_done", decision_id="d1"),
            promise("p2", "2026-12-31", replaces="p1"),
        ]
    )
    chain = commitments.chain(given, decisions, PARTNERS)
    assert chain["commitment_id"].tolist() == ["p1", ""]
    assert chain["replaced_by"].iloc[0] == "Do p2"
    shown = publish(chain, id="chain", by=["decision_id", "commitment_id"], about=DERIVED, gate=Gate(),
                    carry=["motion", "partner", "what", "standing", "replaced_by"])  # fmt: skip
    assert chain_table(shown).rows.frame["said"].tolist() == ["not done", ""]


def test_only_proposed_motions_wait_soonest_first() -> None:
    decisions = pd.DataFrame(
        {
            "decision_id": ["d1", "d2", "d3"],
            "motion": ["Late", "Agreed", "Soon"],
            "status": ["proposed", "agreed", "proposed"],
            "lead_partner_id": ["a", "a", "b"],
            "needed_by": pd.to_datetime(["2026-12-01", "2026-10-01", "2026-11-01"]),
            "cost": [1.0, None, None],
            "cost_note": None,
            "evidence": "leadership",
            "evidence_words": "two small studies",
        }
    )
    waiting = commitments.decisions_to_take(decisions, PARTNERS)
    assert waiting["motion"].tolist() == ["Soon", "Late"]
    assert waiting["lead"].tolist() == ["Birch Clinic", "Alder Schools"]


def test_an_overdue_promise_is_not_forgotten_in_later_cycles() -> None:
    given = pd.DataFrame([promise("silent", "2026-03-31"), promise("settled", "2026-03-31", "kept")])
    due = commitments.due(given, PARTNERS, AS_OF, SINCE)
    assert due[["commitment_id", "standing"]].values.tolist() == [["silent", "overdue"]]
    assert commitments.ahead(given, PARTNERS, AS_OF).empty


def test_a_late_promise_whose_new_date_is_past_is_overdue_again() -> None:
    moved = promise("moved", "2026-03-31", "late", due_now=pd.Timestamp("2026-08-31"))
    late = promise("late", "2026-08-01", "late")
    due = commitments.due(pd.DataFrame([moved, late]), PARTNERS, AS_OF, SINCE).set_index("commitment_id")
    assert due["standing"].to_dict() == {"moved": "overdue", "late": "late"}
    assert due["new_due"].isna().all()


def test_a_missed_promise_knows_what_took_its_place() -> None:
    given = pd.DataFrame([promise("p1", "2026-08-01", "not_done"), promise("p2", "2026-12-31", replaces="p1")])
    due = commitments.due(given, PARTNERS, AS_OF, SINCE)
    assert due[["commitment_id", "replaced_by"]].values.tolist() == [["p1", "Do p2"]]


def test_decisions_that_led_to_no_promise_are_found() -> None:
    rows = [("d1", "Tutor", "agreed"), ("d2", "Visit", "agreed"), ("d3", "Wait", "proposed")]
    decisions = pd.DataFrame(rows, columns=["decision_id", "motion", "status"]).assign(recorded_on=AS_OF)
    given = pd.DataFrame([promise("p1", "2026-08-01", decision_id="d1")])
    assert commitments.without_promise(decisions, given)["motion"].tolist() == ["Visit"]


def test_an_open_promise_is_overdue_from_its_day_on():
    days = ["2026-09-29", "2026-09-30", "2026-10-01"]
    given = frame("commitments", commitment_id=["a", "b", "c"], due_originally=days, due_now=days, status="open")
    assert list(commitments.standing(given, AS_OF)) == ["overdue", "overdue", "open"]
