"""Positions on policies beside the evidence and beside what partners have at stake."""

import numpy as np
import pandas as pd
import pytest

from alignkit.chapters.advocacy import measures as advocacy
from alignkit.chapters.advocacy.exhibits import sectors_in_words
from alignkit.chapters.advocacy.interests import Stakes, interest, stakes
from alignkit.contract.validate import empty
from alignkit.disclosure.publish import DERIVED, Gate, publish
from tests.factory import frame

AS_OF, SINCE = pd.Timestamp("2026-09-30"), pd.Timestamp("2026-06-30")


def policy(id_, stage="introduced", board_only=False, on="2026-08-01"):
    return {"policy_id": id_, "name": id_.title(), "stage": stage, "board_only": board_only, "stage_on": on}


POLICIES = frame("policies", policy("tutors"), policy("app", stage="in_force"), policy("law"))
LINKS = (("tutors", "tutoring"), ("app", "app"), ("app", "tutoring"))
BACKS = frame("policy_practices", *({"policy_id": p, "practice_id": q} for p, q in LINKS))
PRACTICES = frame("practices", practice_id=["tutoring", "app"], name=["Tutoring", "App"],
                  outcome_id=["reading", "math"], evidence_tier=[1, 3])  # fmt: skip
PARTNERS = pd.DataFrame({"partner_id": ["a", "b", "c"], "name": ["Alder", "Birch", "Cedar"],
                         "sector": ["education", "health", "health"]})  # fmt: skip
NOTHING = Stakes({}, {}, {}, {}, frozenset())


def positions(*rows):
    return frame("positions", *(dict(zip(("partner_id", "policy_id", "position", "stated_on"), row, strict=True))
                                for row in rows))  # fmt: skip


def actions(*rows):
    done = [{"partner_id": who, "acted_on": on} for who, on in rows]
    return frame("advocacy_actions", *done, policy_id="tutors")


def seen(given, acts=None, at=NOTHING):
    policies = advocacy.public_policies(POLICIES)
    backed = advocacy.evidence_backed(policies, BACKS, PRACTICES)
    held = advocacy.positions_stated(
        advocacy.latest_positions(given, policies, PARTNERS), PARTNERS, policies, backed, at
    )
    acts = empty("advocacy_actions") if acts is None else acts
    return held, advocacy.policy_overview(policies, backed, held, acts, AS_OF, SINCE).set_index("policy_id"), backed


def test_a_policy_for_the_board_only_is_nowhere_but_counted():
    given = frame("policies", policy("open"), policy("secret", board_only=True))
    assert advocacy.public_policies(given)["policy_id"].tolist() == ["open"]
    assert advocacy.board_only(given) == 1
    held = advocacy.latest_positions(
        positions(("a", "secret", "support", "2026-01-01")), advocacy.public_policies(given), PARTNERS
    )
    assert held.empty


def test_the_newest_position_counts_and_a_partner_who_left_does_not():
    given = positions(("a", "tutors", "oppose", "2026-01-01"), ("a", "tutors", "support", "2026-05-01"),
                      ("gone", "tutors", "oppose", "2026-05-01"))  # fmt: skip
    held = advocacy.latest_positions(given, advocacy.public_policies(POLICIES), PARTNERS)
    assert held[["partner_id", "position"]].to_numpy().tolist() == [["a", "support"]]


def test_the_weakest_practice_says_how_good_the_evidence_is():
    backed = advocacy.evidence_backed(advocacy.public_policies(POLICIES), BACKS, PRACTICES).set_index("policy_id")
    assert backed["evidence"].to_dict() == {"tutors": "works", "app": "weaker", "law": "none"}
    assert backed.loc["app", "practices"] == ["Tutoring", "App"]


def test_what_opponents_do_is_not_done_for_a_policy():
    given = positions(("a", "tutors", "support", "2026-01-01"), ("b", "tutors", "oppose", "2026-01-01"))
    acts = actions(("a", "2026-05-01"), ("a", "2026-08-01"), ("b", "2026-08-02"), ("c", "2026-08-03"))
    row = seen(given, acts)[1].loc["tutors"]
    assert row[["support", "neutral", "oppose", "acted", "recent", "days"]].tolist() == [1, 0, 1, 3, 2, 60]
    assert (row["rice"], row["index"]) == (0, pytest.approx(0.25))


def test_a_sector_of_one_mind_and_one_of_several():
    given = positions(("a", "tutors", "support", "2026-01-01"), ("b", "tutors", "oppose", "2026-01-01"),
                      ("c", "tutors", "neutral", "2026-01-01"), ("b", "law", "neutral", "2026-01-01"))  # fmt: skip
    grid = advocacy.positions_by_sector(seen(given)[0], advocacy.public_policies(POLICIES)).set_index(
        ["policy_id", "sector"]
    )["held"]
    assert grid["tutors"].to_dict() == {"education": "support", "health": "mixed"}
    assert grid["law"].to_dict() == {"education": "", "health": "neutral"}
    keys = ["policy_id", "sector"]
    drawn = publish(grid.reset_index(), id="x", by=keys, about=DERIVED, carry=["held"], gate=Gate())
    assert set(sectors_in_words(drawn).frame["sector"]) == {"Education", "Health"}


def test_support_is_counted_by_evidence_and_stake():
    at = Stakes({"tutors": frozenset({"tutoring"})}, {"tutoring": "reading"}, {}, {"a": frozenset({"reading"})},
                frozenset({"a", "b"}))  # fmt: skip
    given = positions(("a", "tutors", "support", "2026-01-01"), ("b", "tutors", "support", "2026-01-01"),
                      ("c", "tutors", "oppose", "2026-01-01"), ("a", "app", "oppose", "2026-01-01"))  # fmt: skip
    held, policies, _ = seen(given, at=at)
    counts = (
        advocacy.support_by_evidence(held)
        .set_index(["evidence", "interest"])[["numerator", "denominator"]]
        .T.to_dict("list")
    )
    assert counts[("works", "all")] == [2, 3]
    assert [counts[("works", kind)] for kind in ("gains", "elsewhere", "none")] == [[1, 1], [1, 1], [0, 1]]
    assert (counts[("weaker", "all")], counts[("none", "all")]) == ([0, 1], [0, 0])
    assert policies.loc["tutors", "despite"] == 1


@pytest.mark.parametrize(
    ("uses", "reports", "named", "found"),
    [
        ({"tutoring"}, set(), False, "gains"),
        ({"phonics"}, {"reading"}, True, "elsewhere"),  # a rival practice is nearer than a grant
        (set(), {"reading", "math"}, True, "gains"),
        (set(), {"math"}, True, "elsewhere"),
        (set(), set(), True, "elsewhere"),
        ({"mentoring"}, set(), False, "none"),
    ],
)
def test_what_a_partner_has_at_stake(uses, reports, named, found):
    serves = {"tutoring": "reading", "phonics": "reading", "mentoring": "absence"}
    at = Stakes({"tutors": frozenset({"tutoring"})}, serves, {"a": frozenset(uses)}, {"a": frozenset(reports)},
                frozenset({"a"} if named else ()))  # fmt: skip
    assert interest(at, "a", "tutors") == found
    assert interest(at, "a", "law") == "unknown"


def test_a_grant_that_is_over_is_no_stake():
    grants = pd.DataFrame({"grant_id": ["old", "new"], "ends_on": pd.to_datetime(["2026-06-30", "2027-01-01"])})
    members = pd.DataFrame({"grant_id": ["old", "new"], "partner_id": ["a", "b"]})
    reported = pd.DataFrame({"grant_id": ["old", "new"], "outcome_id": ["reading", "reading"]})
    at = stakes(BACKS, PRACTICES, empty("adoptions"), grants, members, reported, AS_OF)
    assert [interest(at, who, "tutors") for who in "ab"] == ["none", "gains"]


def test_who_signed_the_agenda_and_does_not_speak_or_opposes_what_works():
    agreements = pd.DataFrame({"partner_id": ["a", "b", "gone", "c"], "element": ["advocacy_agenda"] * 3 + ["vision"]})
    given = positions(("a", "tutors", "oppose", "2026-01-01"), ("c", "tutors", "oppose", "2026-01-01"))
    found = advocacy.agenda_signers(agreements, PARTNERS, seen(given)[0])
    assert found[["partner", "spoke", "opposes_what_works"]].to_numpy().tolist() == [
        ["Alder", True, True], ["Birch", False, False]]  # fmt: skip


def test_a_step_and_a_new_policy_since_the_last_cycle():
    before = frame("policies", policy("tutors", stage="drafted"), policy("law"))
    moved = advocacy.stage_changes(advocacy.public_policies(POLICIES), before).set_index("policy_id")["was"]
    assert moved.to_dict() == {"tutors": "drafted", "app": None}


OUTCOMES = pd.DataFrame({"outcome_id": ["reading", "math", "work", "later"], "order": range(4),
                         "name": ["Reading", "Math", "Work", "Later"],
                         "status": ["in_force"] * 3 + ["candidate"]})  # fmt: skip


def test_an_outcome_is_full_with_support_and_action_part_with_a_policy_else_a_hole():
    acts = actions(("a", "2026-08-01"))
    _, policies, backed = seen(positions(("a", "tutors", "support", "2026-01-01")), acts)
    found = advocacy.policies_by_outcome(OUTCOMES, backed, policies.reset_index()).set_index("outcome_id")
    assert found["standing"].to_dict() == {"reading": "full", "math": "part", "work": "hole"}
    assert found["policies"].tolist() == [2, 1, 0]


def test_nobody_has_stated_anything():
    held, policies, backed = seen(empty("positions"))
    assert policies[["support", "despite", "acted"]].to_numpy().sum() == 0
    assert np.isnan(policies["index"]).all()
    assert advocacy.positions_by_sector(held, advocacy.public_policies(POLICIES)).empty
    assert advocacy.support_by_evidence(held)["denominator"].tolist() == [0, 0, 0]
    assert set(advocacy.policies_by_outcome(OUTCOMES, backed, policies.reset_index())["standing"]) == {"part", "hole"}


def test_strong_and_moderate_evidence_count_as_works():
    ids = ["a", "b", "c"]
    practices = frame("practices", practice_id=ids, evidence_tier=[1, 2, 3])
    backed = frame("policy_practices", policy_id=ids, practice_id=ids)
    found = advocacy.evidence_backed(frame("policies", policy_id=ids), backed, practices)
    assert list(found["evidence"]) == ["works", "works", "weaker"]
