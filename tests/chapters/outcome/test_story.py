"""Who has a part in an outcome, what works, what was promised."""

import pandas as pd

from alignkit.chapters.outcome.measures import open_commitments, partners_taking_part, practices_listed
from alignkit.contract.validate import empty
from tests.factory import typed

PARTNER = {"sector": "education", "setting": "inside", "kind": "k", "is_backbone": False, "valid_from": "2020-01-01"}
PARTNERS = typed("partners", *(PARTNER | {"partner_id": p, "name": p.upper()} for p in "abc"))
PART = {"outcome_id": "early", "valid_from": "2024-01-01"}
PRACTICE = {"setting": "both", "evidence_source": "s", "core_components": "c", "valid_from": "2024-01-01"}


def test_the_lead_comes_first_and_each_partner_once():
    rows = typed(
        "responsibilities",
        PART | {"partner_id": "a", "role": "contributor"},
        PART | {"partner_id": "b", "role": "lead"},
        PART | {"partner_id": "a", "role": "shared"},
        PART | {"partner_id": "c", "role": "lead", "outcome_id": "other"},
    )
    found = partners_taking_part(rows, PARTNERS, "early")
    assert found[["partner", "role"]].values.tolist() == [["B", "lead"], ["A", "shared"]]
    assert partners_taking_part(empty("responsibilities"), PARTNERS, "early").empty


def test_practices_come_best_evidence_first_with_their_sites():
    practices = typed(
        "practices",
        PRACTICE | {"practice_id": "n", "name": "Nights", "outcome_id": "early", "evidence_tier": 4},
        PRACTICE | {"practice_id": "t", "name": "Tutoring", "outcome_id": "early", "evidence_tier": 1},
        PRACTICE | {"practice_id": "x", "name": "Other", "outcome_id": "other", "evidence_tier": 1},
    )
    site = {"practice_id": "t", "site": "s", "stage": "pilot", "valid_from": "2024-01-01"}
    adoptions = typed("adoptions", *(site | {"adoption_id": str(i), "partner_id": p} for i, p in enumerate("aab")))
    found = practices_listed(practices, adoptions, PARTNERS, "early")
    assert found[["practice", "sites", "where"]].values.tolist() == [["Tutoring", 3, ("A", "B")], ["Nights", 0, ()]]
    assert practices_listed(practices, empty("adoptions"), PARTNERS, "early")["sites"].tolist() == [0, 0]
    assert practices_listed(empty("practices"), empty("adoptions"), PARTNERS, "early").empty


def test_only_open_promises_to_the_outcome_are_next():
    base = {"partner_id": "a", "what": "w", "confirmed_by": "x", "alignment": "action", "cycle_made": "2026-Q2",
            "recorded_on": "2026-06-01", "status": "open"}  # fmt: skip
    rows = [
        ("1", "early", "2026-12-01"),
        ("2", "early", "2026-11-01"),
        ("3", "early", "2026-08-01"),
        ("4", "x", "2026-12-01"),
    ]
    made = [base | {"commitment_id": i, "outcome_id": o, "due_now": d, "due_originally": d} for i, o, d in rows]
    found = open_commitments(typed("commitments", *made), PARTNERS, "early", pd.Timestamp("2026-09-30"))
    assert found["commitment_id"].tolist() == ["2", "1"]
