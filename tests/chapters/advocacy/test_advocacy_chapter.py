"""The advocacy page of communities that keep more or fewer tables."""

import pytest

from alignkit.errors import TableMissingError
from tests.chapter_run import published, run_chapter, said
from tests.factory import frame
from tests.wording import ask_for_a_policy

BUS = {"policy_id": "bus", "name": "Late buses", "stage": "introduced"}
WAGE = {"policy_id": "wage", "name": "Quiet plan for wages", "stage": "idea", "board_only": True}


def bare(position="support", policies=("bus",), *, board_only=False):
    """Policies, BUS only unless named, and p1's position on each."""
    rows = [one | {"board_only": board_only or one.get("board_only", False)} for one in (BUS, WAGE)]
    kept = [one for one in rows if one["policy_id"] in policies]
    held = frame("positions", partner_id="p1", policy_id=list(policies), position=position, stated_on="2026-08-02")
    return {"policies": frame("policies", *kept, stage_on="2026-08-01"), "positions": held}


def whole(policies=("bus",), **more):
    words = ["A letter.", "About the quiet plan."][: len(policies)]
    acts = frame("advocacy_actions", partner_id="p1", policy_id=list(policies), kind="letter", description=words,
                 acted_on="2026-08-03")  # fmt: skip
    return bare(policies=policies, **more) | {
        "practices": frame("practices", practice_id="tutoring", outcome_id="reading"),
        "policy_practices": frame("policy_practices", policy_id=list(policies), practice_id="tutoring"),
        "outcomes": frame("outcomes", outcome_id=["reading", "work"], name=["Reading", "Work"]),
        "advocacy_actions": acts,
    }


def standings(found):
    return {c.key["outcome_id"]: (c.shown["standing"], c.shown["said"]) for c in published(found, "matrix").cells}


def test_the_whole_page(tmp_path):
    found = run_chapter(tmp_path, "advocacy", whole())
    assert said(found, "answer") == ["Where the evidence is strong or moderate, 1 of 1 stated positions is in support."]
    assert standings(found) == {"reading": ("full", "1 policy, supported, 1 action"),
                                 "work": ("hole", "no policy on record for it")}  # fmt: skip
    assert said(found, "action") == [ask_for_a_policy("Work")]


def test_one_policy_and_one_position_are_enough(tmp_path):
    found = run_chapter(tmp_path, "advocacy", bare(), previous="")
    assert said(found, "answer") == [
        "Nobody can be said to back what works yet: no position is stated on a policy that backs a listed practice."
    ]
    assert standings(found) == {}


@pytest.mark.parametrize("position", ["neutral", "oppose"])
def test_nobody_is_for_it(tmp_path, position):
    found = run_chapter(tmp_path, "advocacy", whole(position=position))
    assert "0 of 1" in said(found, "answer")[0]
    assert standings(found)["reading"] == ("part", "1 policy, nobody in support")


def test_a_policy_for_the_board_only_has_no_name_on_the_page(tmp_path):
    found = run_chapter(tmp_path, "advocacy", whole(policies=("bus", "wage")))
    handed_on = " ".join(record.model_dump_json() for record in found)
    assert not any(word in handed_on for word in ("wage", "Quiet", "quiet"))
    assert said(found, "note")[0].endswith("1 policy is for the board only and neither shown nor counted here.")


def test_every_policy_is_for_the_board_only(tmp_path):
    found = run_chapter(tmp_path, "advocacy", whole(board_only=True))
    assert said(found, "answer")[0].startswith("No policy that may be shown is on record")
    assert {standing for standing, _ in standings(found).values()} == {"hole"}


def test_it_needs_policies_and_positions(tmp_path):
    with pytest.raises(TableMissingError, match="positions"):
        run_chapter(tmp_path, "advocacy", {"policies": bare()["policies"]})
