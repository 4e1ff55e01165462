"""Tiny tables that hold to the contract, as text, the way a clerk's CSV files give them."""

import pandas as pd
import pytest

from tests.factory import filled

ROWS: dict[str, list[dict[str, str]]] = {
    "partners": [
        {"partner_id": "library", "name": "Library", "sector": "government", "setting": "outside",
         "kind": "library", "is_backbone": "false", "valid_from": "2020-01-01"},
        {"partner_id": "schools", "name": "City Schools", "sector": "education", "setting": "inside",
         "kind": "school district", "is_backbone": "yes", "valid_from": "2020-01-01", "valid_until": "2026-01-01"},
    ],
    "outcomes": [
        {"outcome_id": "reading", "name": "Reading", "stage": "elementary", "why_it_matters": "It opens doors.",
         "status": "in_force", "order": "1", "valid_from": "2020-01-01"},
    ],
    "indicators": [
        {"indicator_id": "third-grade", "outcome_id": "reading", "name": "Third graders who read", "role": "core",
         "definition": "At grade level in spring", "unit": "percent", "good_direction": "up", "frequency": "annual",
         "usual_lag_days": "90", "universe": "third graders", "source": "State report card",
         "already_public": "false", "valid_from": "2020-01-01"},
        {"indicator_id": "visits", "outcome_id": "reading", "name": "Library visits", "role": "contributing",
         "definition": "Visits by children", "unit": "count", "good_direction": "up", "frequency": "quarterly",
         "usual_lag_days": "10", "universe": "children", "source": "Library", "already_public": "true",
         "valid_from": "2020-01-01"},
    ],
    "places": [
        {"place_id": "21111", "name": "Jefferson County", "kind": "county"},
        {"place_id": "west", "name": "West End", "kind": "neighborhood", "parent_id": "21111"},
    ],
    "subgroups": [
        {"subgroup_type": "sex", "subgroup": "girls", "name": "Girls", "type_name": "Sex"},
    ],
    "indicator_values": [
        {"indicator_id": "third-grade", "period_start": "2023-07-01", "period_end": "2024-06-30",
         "place_id": "21111", "subgroup_type": group, "subgroup": name, "numerator": "46", "denominator": "100",
         "value_status": "reported", "released_on": "2024-09-01", "source_key": "page 3"}
        for group, name in (("all", "all"), ("sex", "girls"))
    ],
    "commitments": [
        {"commitment_id": "c1", "partner_id": "library", "what": "Open on Sundays", "confirmed_by": "the director",
         "alignment": "action", "cycle_made": "2024-Q1", "due_originally": "2024-06-30", "due_now": due,
         "status": "open", "recorded_on": recorded}
        for due, recorded in (("2024-06-30", "2024-02-01"), ("2024-09-30", "2024-07-01"))
    ],
    "responsibilities": [
        {"partner_id": "library", "outcome_id": "reading", "role": "lead", "valid_from": "2020-01-01",
         "valid_until": "2022-01-01"},
        {"partner_id": "schools", "outcome_id": "reading", "role": "lead", "valid_from": "2022-01-01"},
    ],
    "students": [
        {"student_id": "007", "first_name": "Ada", "last_name": "Quill", "birth_date": "2015-03-04",
         "postal_code": "02134", "school": "12", "recorded_on": "2024-09-01"},
    ],
    "enrolments": [
        {"student_id": "007", "school": "12", "grade": "03", "starts_on": "2024-08-15"},
    ],
}  # fmt: skip


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    """A few whole tables; every call makes new ones."""
    return {name: pd.DataFrame(filled(name, rows), dtype="object") for name, rows in ROWS.items()}
