"""Who has a part in an outcome, what works, what was promised."""

import pandas as pd

from alignkit.chapters.outcome.story import parts, promised, works
from alignkit.contract.validate import empty
from tests.factory import frame

PARTNERS = frame("partners", partner_id=["a", "b", "c"], name=["A", "B", "C"])


def test_the_lead_comes_first_and_each_partner_once():
    rows = frame(
        "responsibilities",
        {"partner_id": "a", "role": "contributor"},
        {"partner_id": "b", "role": "lead"},
        {"partner_id": "a", "role": "shared"},
        {"partner_id": "c", "role": "lead", "outcome_id": "other"},
        outcome_id="early",
    )
    found = parts(rows, PARTNERS, "early")
    assert found[["partner", "role"]].values.tolist() == [["B", "lead"], ["A", "shared"]]
    assert parts(empty("responsibilities"), PARTNERS, "early").empty


def test_practices_come_best_evidence_first_with_their_sites():
    practices = frame(
        "practices",
        {"practice_id": "n", "name": "Nights", "outcome_id": "early", "evidence_tier": 4},
        {"practice_id": "t", "name": "Tutoring", "outcome_id": "early", "evidence_tier": 1},
        {"practice_id": "x", "name": "Other", "outcome_id": "other", "evidence_tier": 1},
    )
    adoptions = frame("adoptions", practice_id="t", partner_id=["a", "a", "b"])
    found = works(practices, adoptions, PARTNERS, "early")
    assert found[["practice", "sites", "where"]].values.tolist() == [["Tutoring", 3, ("A", "B")], ["Nights", 0, ()]]
    assert works(practices, empty("adoptions"), PARTNERS, "early")["sites"].tolist() == [0, 0]
    assert works(empty("practices"), empty("adoptions"), PARTNERS, "early").empty


def test_only_open_promises_to_the_outcome_are_next():
    rows = [
        ("1", "early", "2026-12-01"),
        ("2", "early", "2026-11-01"),
        ("3", "early", "2026-08-01"),
        ("4", "x", "2026-12-01"),
    ]
    made = [{"commitment_id": i, "outcome_id": o, "due_now": d, "due_originally": d} for i, o, d in rows]
    found = promised(frame("commitments", *made, partner_id="a"), PARTNERS, "early", pd.Timestamp("2026-09-30"))
    assert found["commitment_id"].tolist() == ["2", "1"]
