"""What data is held, what may be used today, and what of it is combined."""

import pandas as pd
import pytest

from alignkit.chapters.data_systems import measures as data_systems
from alignkit.contract.validate import empty

DAY = pd.Timestamp("2026-09-30")
PARTNERS = pd.DataFrame({"partner_id": ["a", "b"], "name": ["Alder Schools", "Birch Clinic"]})
STANDARDS = pd.DataFrame({"version": ["1", "2"], "valid_from": pd.to_datetime(["2024-01-01", "2026-01-01"])})
OUTCOMES = pd.DataFrame({"outcome_id": ["reading", "math", "births", "jobs"], "name": ["R", "M", "B", "J"]})
LINKS = pd.DataFrame({"student_id": [f"s{i}" for i in range(12)], "client_id": [f"c{i}" for i in range(12)]})


def held(**changed: object) -> pd.DataFrame:
    """One data set in good order, with changes."""
    row = {
        "data_source_id": "d", "partner_id": "a", "name": "Results", "domain": "academic", "purpose": "p",
        "legal_basis": "l", "agreement": "A-1", "agreement_expires": pd.Timestamp("2028-01-01"), "refresh": "monthly",
        "last_refreshed": pd.Timestamp("2026-09-15"), "destroy_by": pd.Timestamp("2029-01-01"),
    } | changed  # fmt: skip
    frame = pd.DataFrame([row])
    days = ["agreement_expires", "last_refreshed", "destroy_by"]
    return frame.astype(dict.fromkeys(days, "datetime64[ns]"))


def signed(version: str = "2") -> pd.DataFrame:
    return pd.DataFrame({"partner_id": ["a"], "element": ["data_standard"], "version": [version]})


def one(**changed: object) -> pd.Series:
    return data_systems.sources_held(held(**changed), PARTNERS, signed(), STANDARDS, DAY).iloc[0]


@pytest.mark.parametrize(
    ("changed", "agreement", "usable", "needs"),
    [
        ({}, "in_force", True, []),
        ({"agreement_expires": pd.NaT}, "open", True, []),
        ({"agreement_expires": pd.Timestamp("2026-12-31")}, "expiring", True, ["renew"]),
        ({"agreement_expires": DAY}, "expiring", True, ["renew"]),
        ({"agreement_expires": pd.Timestamp("2026-09-29")}, "expired", False, ["renew"]),
        ({"agreement": None}, "none", False, ["agree"]),
        ({"agreement": " "}, "none", False, ["agree"]),
        ({"destroy_by": pd.Timestamp("2026-09-29")}, "in_force", False, ["destroy"]),
        ({"last_refreshed": pd.Timestamp("2026-07-01")}, "in_force", True, ["refresh"]),
        ({"last_refreshed": pd.NaT}, "in_force", True, ["refresh"]),
        ({"last_refreshed": pd.Timestamp("2026-10-02")}, "in_force", True, []),
        ({"partner_id": "b"}, "in_force", True, ["sign"]),
    ],
)
def test_what_stands_in_the_way_of_a_data_set(changed, agreement, usable, needs) -> None:
    found = one(**changed)
    assert (found["agreement"], bool(found["usable"]), found["needs"]) == (agreement, usable, needs)


def test_an_older_signature_is_not_todays_and_without_a_standard_nobody_need_sign() -> None:
    older = data_systems.sources_held(held(), PARTNERS, signed("1"), STANDARDS, DAY).iloc[0]
    none = data_systems.sources_held(held(), PARTNERS, signed("1"), STANDARDS.head(0), DAY).iloc[0]
    assert (older["standard"], older["needs"]) == ("older", ["sign"])
    assert (none["standard"], none["needs"]) == ("", [])


def test_the_most_urgent_comes_first_and_an_unknown_holder_keeps_its_code() -> None:
    rows = [
        held(data_source_id="fine"),
        held(data_source_id="ending", agreement_expires=pd.Timestamp("2026-11-01"), partner_id="zzz"),
        held(data_source_id="gone", destroy_by=pd.Timestamp("2026-01-01")),
    ]
    found = data_systems.sources_held(pd.concat(rows), PARTNERS, signed(), STANDARDS, DAY)
    assert list(found["data_source_id"]) == ["gone", "ending", "fine"]
    assert found["holder"].iloc[1] == "zzz"


def test_no_data_sets_give_no_rows() -> None:
    found = data_systems.sources_held(empty("data_sources"), empty("partners"), empty("agreements"), STANDARDS, DAY)
    assert found.empty
    assert "needs" in found


def outcome_data(linked: int = 12, matched: int = 0) -> pd.DataFrame:
    practices = pd.DataFrame({"practice_id": ["tutoring"], "outcome_id": ["reading"]})
    adoptions = pd.DataFrame({"practice_id": ["tutoring"], "partner_id": ["a"]})
    parts = pd.DataFrame({"outcome_id": ["births"], "partner_id": ["a"], "role": ["lead"]})
    services = pd.DataFrame({"client_id": [f"c{i}" for i in range(linked)], "practice_id": "tutoring"})
    returned = pd.DataFrame({"outcome_id": ["math"] * matched, "data_source_id": ["d"] * matched})
    listed = data_systems.sources_held(held(), PARTNERS, signed(), STANDARDS, DAY)
    clients = data_systems.linked_clients(services, LINKS)
    return data_systems.outcome_data(OUTCOMES, listed, practices, adoptions, parts, clients, returned)


def test_combined_data_is_linked_services_or_counts_that_a_holder_matched() -> None:
    found = outcome_data(matched=2).set_index("outcome_id")["standing"].to_dict()
    assert found == {"reading": "full", "math": "full", "births": "part", "jobs": "hole"}


@pytest.mark.parametrize(("linked", "standing"), [(9, "part"), (10, "full")])
def test_a_handful_of_linked_clients_is_no_combined_data(linked: int, standing: str) -> None:
    assert outcome_data(linked).set_index("outcome_id").loc["reading", "standing"] == standing


def test_coverage_counts_students_with_a_result_of_the_last_year_only() -> None:
    results = pd.DataFrame(
        {
            "student_id": ["s0", "s1", "s1", "s2", "s99"],
            "taken_on": pd.to_datetime(["2026-05-01", "2026-05-01", "2026-06-01", "2025-05-01", "2026-05-01"]),
        }
    )
    students = pd.DataFrame({"student_id": ["s0", "s1", "s2", "s99"], "race_ethnicity": ["x", None, "x", "y"]})
    services = pd.DataFrame({"client_id": ["c0", "c2"]})
    found = data_systems.results_covered(results, LINKS, services, students, DAY).set_index("subgroup")
    assert found.loc["all", ["numerator", "denominator"]].tolist() == [1, 3]
    assert found.loc["not_recorded", ["numerator", "denominator"]].tolist() == [0, 1]
    assert data_systems.results_covered(results, LINKS, services.head(0), students, DAY).empty


def tables(**given: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {name: empty(name) for name in data_systems.PERSON_TABLES} | given


def test_essential_elements_are_claimed_only_as_far_as_the_tables_tell() -> None:
    states = data_systems.ten_elements(tables(), LINKS, STANDARDS).set_index("element")["state"]
    assert len(states) == 10
    assert set(states.drop("10")) == {"cannot_tell"}
    assert states["10"] == "not_met"
    results = pd.DataFrame(
        {
            "student_id": ["s0", "s0"],
            "assessment": ["state-test", "ACT"],
            "taken_on": pd.to_datetime(["2025-05-01", "2026-05-01"]),
        }
    )
    states = data_systems.ten_elements(tables(student_results=results), LINKS, STANDARDS).set_index("element")["state"]
    assert (states["3"], states["7"]) == ("met", "met")
    results["assessment"] = "statewide-exact"  # "act" inside a word is no ACT
    states = data_systems.ten_elements(tables(student_results=results), LINKS, STANDARDS).set_index("element")["state"]
    assert states["7"] == "not_met"


def test_counts_that_come_back_are_listed_by_holder_without_any_count_of_persons() -> None:
    matched = pd.DataFrame(
        {
            "data_source_id": ["d"] * 3,
            "practice_id": ["tutoring", "tutoring", "other"],
            "result": ["reading", "math", "math"],
            "matched_on": pd.to_datetime(["2025-08-01", "2026-08-01", "2026-08-01"]),
            "matched_count": [3, 4, 5],
        }
    )
    practices = pd.DataFrame({"practice_id": ["tutoring"], "name": ["Tutoring"]})
    found = data_systems.counts_only(matched, held(), practices)
    assert found.to_dict("records") == [
        {
            "data_source_id": "d", "source": "Results", "practices": ["Tutoring", "other"], "lookups": 2,
            "newest": pd.Timestamp("2026-08-01"),
        }
    ]  # fmt: skip


def test_kept_and_filled_speak_of_tables_that_are_there() -> None:
    students = pd.DataFrame({name: ["x", None] for name in data_systems.LINKED_BY})
    assert data_systems.rows_kept(tables()).empty
    enrolled = pd.DataFrame({"starts_on": pd.to_datetime(["2026-08-22", "2025-08-20"])})
    kept = data_systems.rows_kept(tables(enrolments=enrolled))
    assert kept.to_dict("records") == [{"table": "enrolments", "value": 2, "newest": pd.Timestamp("2026-08-22")}]
    found = data_systems.columns_filled(students, empty("clients"))
    assert set(found["file"]) == {"students"}
    assert found["numerator"].eq(1).all()
    assert found["denominator"].eq(2).all()
