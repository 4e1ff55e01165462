"""A year of the demo community: four cycles in order through the command line, each released on the one before."""

import json
import re
from itertools import pairwise

import pandas as pd
import pytest

from alignkit import records
from alignkit.params import load_cycle
from alignkit.runs.manifest import file_digest
from alignkit.snapshot import load
from tests.acceptance.books import CYCLES
from tests.acceptance.walk import Walk, seen

pytestmark = pytest.mark.heavy


def said(walk: Walk, chapter: str, name: str) -> list[str]:
    """What a chapter says under a name, and its numbered successors."""
    found = (r for r in walk.handed_on(chapter) if isinstance(r, records.Headline))
    return [r.text for r in found if re.fullmatch(rf"{name}(-\d+)?", r.name)]


def ids(walk: Walk, chapter: str, measure: str, column: str) -> set[str]:
    return {str(cell.key[column]) for cell in walk.cells(chapter, measure)}


def all_chapters(walk: Walk) -> list[str]:
    """Every chapter of a release, as its manifest lists them."""
    manifest = json.loads((walk.reports / "manifest.json").read_text(encoding="utf-8"))
    return [entry["id"] for entry in manifest["chapters"]]


def new_by_the_tables(walk: Walk) -> dict[str, pd.Timestamp]:
    """Outcome → newest period, where its core indicator has one that the cycle before did not know."""
    cycle = load_cycle(walk.file)
    (snapshot,) = (walk.project / ".alignkit/riverbend/data/snapshots").glob("*.json")
    tables = load(walk.project / ".alignkit/riverbend/data", snapshot.stem)
    values, indicators = tables.table("indicator_values"), tables.table("indicators")
    own = values[(values["place_id"] == "riverbend") & (values["subgroup"] == "all")]
    own = own[own["value_status"] == "reported"].merge(indicators[indicators["role"] == "core"], on="indicator_id")
    now, before = pd.Timestamp(cycle.as_of), pd.Timestamp.min
    if cycle.previous:
        before = pd.Timestamp(load_cycle(walk.file.with_name(f"{cycle.previous}.yml")).as_of)
    newest = own[own["released_on"] <= now].groupby("outcome_id")["period_start"].max()
    known = own[own["released_on"] <= before].groupby("outcome_id")["period_start"].max()
    return {id_: day for id_, day in newest.items() if id_ not in known or known[id_] < day}


def test_every_cycle_is_released_and_the_ledger_has_them_all(year):
    ledger = year["2026-Q3"].project / "reports/riverbend/ledger"
    assert sorted(path.stem for path in ledger.glob("*.json")) == list(CYCLES)
    for walk in year.values():
        manifest = json.loads((walk.reports / "manifest.json").read_text(encoding="utf-8"))
        assert (manifest["book"]["draft"], manifest["audit"]["clean"]) == (False, True)
        assert {entry["status"] for entry in manifest["chapters"]} == {"ok"}


def marked_new(walk: Walk) -> set[str]:
    """The outcomes whose own page says that its newest result is new."""
    in_force = [str(cell.key["outcome_id"]) for cell in walk.cells("leadership", "parts")]
    found = {id_: walk.handed_on(f"outcome-{id_}") for id_ in in_force}
    heads = {id_: [r.value for r in all_ if getattr(r, "name", "") == "new"] for id_, all_ in found.items()}
    return {id_ for id_, values in heads.items() if values == ["yes"]}


def test_new_is_said_where_data_are_new_and_never_twice(year):
    announced: set[tuple[str, pd.Timestamp]] = set()
    for walk in year.values():
        new = {id_: day for id_, day in new_by_the_tables(walk).items() if f"outcome-{id_}" in all_chapters(walk)}
        assert marked_new(walk) == new.keys()
        rows = [row for row in walk.table("brief-outcomes-in-full") if row["Outcome"].startswith("NEW: ")]
        assert len(rows) == len(new)
        assert not announced & set(new.items())
        announced |= set(new.items())


def test_a_correction_is_told_apart_from_a_change_and_by_name(year):
    said_so = {cycle: " ".join(said(walk, "brief", "data")) for cycle, walk in year.items()}
    assert "Ready for kindergarten, 2024: the source corrected 60.3% to 60.2%" in said_so["2026-Q1"]
    assert "Emergency visits for asthma is measured differently starting in October 2024" in said_so["2026-Q1"]
    assert "none was corrected" in said_so["2026-Q2"]
    assert "Graduated in four years, 2024–25: the source corrected 86.8% to 87.0%" in said_so["2026-Q3"]
    corrections = [line for walk in year.values() for line in said(walk, "brief", "data") if "the source" in line]
    assert not any("Third graders" in line for line in corrections)  # that one comes out later


def test_both_pages_mean_the_same_corrections(year):
    for walk in year.values():
        shown = [cell for cell in walk.cells("brief", "revisions") if cell.status == "shown"]
        page = seen((walk.reports / "book" / "cannot-see.html").read_text(encoding="utf-8")).text
        assert ("Corrected since the last book" in page) == bool(shown)
        for cell in shown:
            assert f"{cell.shown['named']} {cell.shown['was_said']} {cell.shown['now_said']}" in page
            assert not re.search(r"fifth_|_learner|english_", str(cell.shown["named"]))


def test_no_promise_is_lost_between_two_books(year):
    for before, after in pairwise(CYCLES):
        ahead = ids(year[before], "commitments", "ahead", "commitment_id")
        there = ids(year[after], "commitments", "due", "commitment_id")
        there |= ids(year[after], "commitments", "ahead", "commitment_id")
        assert ahead, before
        assert ahead - there == set(), after


def test_a_book_opens_with_what_became_of_the_last_promises(year):
    for cycle in CYCLES[1:]:
        counted = {
            str(c.key["standing"]): int(str(c.shown["count"])) for c in year[cycle].cells("commitments", "counts")
        }
        (sentence,) = said(year[cycle], "brief", "promises")
        assert sentence.startswith(f"{counted['kept']} of the {sum(counted.values())} promises that came due were kept")


def test_no_released_book_is_changed_by_a_later_one(year):
    manifest = json.loads((year["2025-Q4"].reports / "manifest.json").read_text(encoding="utf-8"))
    changed = [
        name for name, hash_ in manifest["outputs"].items() if file_digest(year["2025-Q4"].reports / name) != hash_
    ]
    assert manifest["outputs"]
    assert changed == []
