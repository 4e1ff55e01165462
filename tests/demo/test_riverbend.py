"""What the synthetic community promises as a whole: valid, the same for a seed, different in every quarter."""

import time

import pandas as pd
import pytest

from alignkit.contract.schema import TABLES, schema
from alignkit.contract.validate import failures_of
from alignkit.demo.care import clients_as_they_are, taken
from alignkit.demo.leaders import leaders, outcome_ratings
from alignkit.demo.links import links
from alignkit.demo.people import people
from alignkit.demo.records import students
from alignkit.demo.riverbend import tables
from alignkit.demo.schooling import pupils, spells
from alignkit.demo.services import services

CYCLES = {"2025-Q4": "2025-12-31", "2026-Q1": "2026-03-31", "2026-Q2": "2026-06-30", "2026-Q3": "2026-09-30"}


def seen(made: dict[str, pd.DataFrame], name: str, day: str) -> pd.DataFrame:
    """Rows of a table that were known on `day`."""
    since = schema(name).visible_from
    return made[name] if since is None else made[name][made[name][since] <= pd.Timestamp(day)]


def test_every_table_of_the_contract_is_there_and_valid(made):
    assert tuple(made) == TABLES
    assert all(len(frame) for frame in made.values())
    assert failures_of(made) == ()


@pytest.mark.heavy
@pytest.mark.parametrize("seed", [0, 1, 2, 3, 2026, 2**31])
def test_other_seeds_are_valid_too(seed):
    assert failures_of(tables(seed)) == ()


def test_the_same_seed_gives_the_same_tables(made):
    for kept in (people, pupils, spells, taken, clients_as_they_are, links):
        kept.cache_clear()
    again = tables(7)
    for name in TABLES:
        pd.testing.assert_frame_equal(made[name], again[name])


def test_another_seed_gives_other_people_and_numbers(made):
    assert not made["students"].equals(students(8))
    assert not made["services"].equals(services(8))
    assert not made["outcome_ratings"].equals(outcome_ratings(8, leaders(8)))


@pytest.mark.parametrize(
    "name",
    ["indicator_values", "commitments", "decisions", "agreements", "responsibilities", "meetings", "adoptions",
     "policies", "positions", "practice_reviews", "advocacy_actions", "services", "partners", "data_sources",
     "grant_partners"],
)  # fmt: skip
def test_every_quarter_brings_news(made, name):
    rows = [len(seen(made, name, day)) for day in CYCLES.values()]
    assert rows == sorted(rows)
    assert rows[0] < rows[-1]
    if name not in ("partners", "data_sources"):
        assert len(set(rows)) == 4


@pytest.mark.parametrize(
    "name",
    ["indicator_values", "commitments", "decisions", "agreements", "meetings", "meeting_attendance", "adoptions",
     "policies", "grant_partners", "practice_reviews", "advocacy_actions", "data_sources", "students", "clients",
     "enrolments", "services", "crosswalk"],
)  # fmt: skip
def test_some_rows_become_known_only_after_the_last_quarter(made, name):
    assert 0 < len(seen(made, name, "2026-09-30")) < len(made[name])


def test_a_ninth_outcome_comes_into_force_in_the_first_quarter_of_2026(made):
    def in_force(day: str) -> int:
        newest = seen(made, "outcomes", day).sort_values("valid_from").drop_duplicates("outcome_id", keep="last")
        return int((newest["status"] == "in_force").sum())

    assert made["outcomes"]["outcome_id"].nunique() == 14
    assert [in_force(day) for day in CYCLES.values()] == [8, 9, 9, 9]


def test_promises_end_in_every_way(made):
    promises = made["commitments"]
    assert set(promises["status"]) == {"open", "kept", "late", "not_done", "dropped"}
    known = seen(made, "commitments", "2026-09-30").drop_duplicates("commitment_id", keep="last")
    overdue = known[(known["status"] == "open") & (known["due_now"] <= "2026-09-30")]
    assert list(overdue["commitment_id"]) == ["c-2612"]
    assert promises["replaces"].notna().any()
    assert promises["decision_id"].notna().any()
    assert promises["measure"].isna().any()


def test_decisions_agreed_by_the_last_quarter_led_to_promises_or_are_new(made):
    agreed = made["decisions"].query("status == 'agreed' and recorded_on <= '2026-09-30'")["decision_id"]
    assert set(agreed) <= set(made["commitments"]["decision_id"].dropna())


def test_grants_ask_the_same_handful(made):
    assert made["grants"]["domain"].value_counts().to_dict() == {"education": 2, "neighborhood": 2, "health": 2}
    asked = made["grant_partners"].groupby("partner_id")["grant_id"].nunique()
    assert asked["riverbend-public-schools"] == 6
    assert (asked >= 3).sum() >= 5
    due = made["grant_partners"].query("partner_id == 'riverbend-public-schools' and signed_on.isna()")
    assert len(due) == 4


def test_partners_span_eight_sectors_in_and_outside_school(made):
    partners = made["partners"]
    assert partners["sector"].nunique() == 8
    assert set(partners["setting"]) == {"inside", "outside"}
    assert partners["is_backbone"].sum() == 1
    assert 38 <= len(partners) <= 44


def test_responsibilities_have_holes(made):
    rows = seen(made, "responsibilities", "2026-09-30")
    rows = rows[~(rows["valid_until"] <= "2026-09-30")].merge(made["partners"][["partner_id", "setting"]])
    in_force = set(made["outcomes"].query("status == 'in_force'")["outcome_id"])
    led = set(rows.loc[rows["role"] == "lead", "outcome_id"])
    outside = set(rows.loc[rows["setting"] == "outside", "outcome_id"])
    assert in_force - led == {"postsecondary-completion"}
    assert in_force - outside == {"middle-grade-math"}


def test_one_signature_ends_soon_and_some_are_on_the_old_standard(made):
    signed = seen(made, "agreements", "2026-09-30").query("element == 'data_standard'")
    old_only = set(signed.query("version == '1'")["partner_id"]) - set(signed.query("version == '2'")["partner_id"])
    assert len(old_only) >= 4
    assert signed["valid_until"].between("2026-09-30", "2026-12-31").sum() == 1


def test_forty_people_at_each_of_three_levels_rate_every_year(made):
    leaders = made["leaders"]
    for day in ("2024-11-01", "2026-08-01"):
        there = leaders[(leaders["valid_from"] <= day) & ~(leaders["valid_until"] < day)]
        assert there["level"].value_counts().to_dict() == {"executive": 40, "manager": 40, "practitioner": 40}
    assert set(made["outcome_ratings"]["year"]) == {2024, 2025, 2026}


@pytest.mark.bench
def test_tables_take_under_four_seconds():
    started = time.perf_counter()
    tables(4711)
    took = time.perf_counter() - started
    print(f"tables: {took:.2f} s")
    assert took < 4
