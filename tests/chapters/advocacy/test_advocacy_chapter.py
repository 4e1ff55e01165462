"""The advocacy page of communities that keep more or fewer tables."""

import pytest

from alignkit.errors import TableMissingError
from tests.chapter_run import published, run_chapter, said

HEAD = "policy_id,name,government,stage,board_only,stage_on\n"
POLICIES = HEAD + "bus,Late buses,Transit board,introduced,no,2026-08-01\n"
SECRET = POLICIES + "wage,Quiet plan for wages,County,idea,yes,2026-08-01\n"
POSITIONS = "partner_id,policy_id,position,stated_on\np1,bus,{position},2026-08-02\n"
PRACTICES = (
    "practice_id,name,outcome_id,setting,evidence_tier,evidence_source,core_components,valid_from\n"
    "tutoring,Tutoring,reading,inside,1,s,c,2024-01-01\n"
)
BACKS = "policy_id,practice_id,listed_on\nbus,tutoring,2025-01-01\n"
OUTCOMES = (
    "outcome_id,name,stage,why_it_matters,status,order,valid_from\n"
    "reading,Reading,elementary,w,in_force,1,2024-01-01\nwork,Work,career,w,in_force,2,2024-01-01\n"
)
ACTIONS = "action_id,partner_id,policy_id,kind,description,acted_on\nv,p1,bus,letter,A letter.,2026-08-03\n"


def bare(position="support", policies=POLICIES):
    return {"policies": policies, "positions": POSITIONS.format(position=position)}


def whole(**more):
    return bare(**more) | {"practices": PRACTICES, "policy_practices": BACKS, "outcomes": OUTCOMES,
                           "advocacy_actions": ACTIONS}  # fmt: skip


def standings(found):
    return {c.key["outcome_id"]: (c.shown["standing"], c.shown["said"]) for c in published(found, "matrix").cells}


def test_the_whole_page(tmp_path):
    found = run_chapter(tmp_path, "advocacy", whole())
    assert said(found, "answer") == ["Where the evidence is strong or moderate, 1 of 1 stated positions is in support."]
    assert standings(found) == {"reading": ("full", "1 policy, supported, 1 action"),
                                "work": ("hole", "nobody advocates for it")}  # fmt: skip
    assert said(found, "action") == ["Nobody advocates for Work: decide for which to ask for a policy."]


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
    given = whole(policies=SECRET)
    given["positions"] += "p1,wage,support,2026-08-02\n"
    given["policy_practices"] += "wage,tutoring,2025-01-01\n"
    given["advocacy_actions"] += "w,p1,wage,letter,About the quiet plan.,2026-08-03\n"
    found = run_chapter(tmp_path, "advocacy", given)
    handed_on = " ".join(record.model_dump_json() for record in found)
    assert not any(word in handed_on for word in ("wage", "Quiet", "quiet"))
    assert said(found, "note")[0].endswith("1 policy is for the board only and neither shown nor counted here.")


def test_every_policy_is_for_the_board_only(tmp_path):
    found = run_chapter(tmp_path, "advocacy", whole(policies=POLICIES.replace(",no,", ",yes,")))
    assert said(found, "answer")[0].startswith("No policy that may be shown is on record")
    assert {standing for standing, _ in standings(found).values()} == {"hole"}


def test_it_needs_policies_and_positions(tmp_path):
    with pytest.raises(TableMissingError, match="positions"):
        run_chapter(tmp_path, "advocacy", {"policies": POLICIES})
