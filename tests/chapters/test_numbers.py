"""Plain numbers that the other chapters give to narratives; every name that is documented, and no other."""

import pandas as pd
import pytest

from alignkit.chapters.action import sentences as action
from alignkit.chapters.advocacy import sentences as advocacy
from alignkit.chapters.collaboration import sentences as collaboration
from alignkit.chapters.commitments import sentences as commitments
from alignkit.chapters.data_systems import sentences as data_systems
from alignkit.chapters.leadership import sentences as leadership
from alignkit.chapters.outcomes import measures
from alignkit.chapters.outcomes import sentences as outcomes
from alignkit.disclosure.publish import KNOWN, Gate, publish
from scripts import write_reference


def public(rows, by, about="partners", columns=None):
    frame = pd.DataFrame(rows, columns=columns)
    carry = [name for name in frame if name not in (*by, *KNOWN)] if about else []
    return publish(frame, id="x", by=by, about=about, carry=carry, gate=Gate())


def documented(function):
    return set(write_reference.numbers(function))


def test_leadership():
    signed = [
        {"element": one, "sector": "all", "numerator": 27, "denominator": 40} for one in leadership.measures.ELEMENTS
    ]
    parts = public([{"outcome_id": "a", "lead": "A"}, {"outcome_id": "b", "lead": None}], ["outcome_id"])
    found = leadership.numbers(public(signed, ["element", "sector"]), parts)
    assert found == dict.fromkeys(("signed_share", "standard_share", "advocacy_share"), "27 of 40") | {
        "partners": "40", "outcomes": "2", "without_lead": "1 of 2",
    }  # fmt: skip
    assert set(found) == documented(leadership.numbers)


@pytest.mark.parametrize(("ahead", "text"), [(["c1", "c2"], "2"), ([], "0")])
def test_commitments(ahead, text):
    by = {"kept": 9, "late": 2, "not_done": 1, "overdue": 1, "dropped": 0, "open": 1}
    counts = public([{"standing": name, "count": n} for name, n in by.items()], ["standing"])
    found = commitments.numbers(counts, public([{"id": one} for one in ahead], ["id"], columns=["id"]))
    assert found == {
        "kept": "9 of 14", "due": "14", "late": "2", "overdue": "1", "not_done": "1", "dropped": "0", "open": "1",
        "due_later": text,
    }  # fmt: skip
    assert set(found) == documented(commitments.numbers)
    none = public([{"standing": name, "count": 0} for name in by], ["standing"])
    assert commitments.numbers(none, public([], ["id"], columns=["id"]))["kept"] == "none due"


ASKED = ["partner_id", "partner", "grants", "signed", "overdue", "open", "which"]


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ([("s", "Schools", 2, 1, 1, 1, ["G", "H"]), ("c", "Clinic", 1, 1, 0, 0, ["G"])],
         ("2", "2", "3", "2", "1", "1", "Schools is asked by both grants")),
        ([], ("0", "0", "0", "0", "0", "0", "No grant asks an institution")),
    ],
)  # fmt: skip
def test_collaboration(asked, texts):
    ways = public([{"way": "alone", "meetings": 5}, {"way": "joint", "meetings": 2}], ["way"])
    found = collaboration.numbers(public(asked, ["partner_id"], columns=ASKED), ways)
    names = ("grants", "institutions", "agreements", "signed", "to_sign", "overdue", "most_asked")
    assert tuple(found[name] for name in names) == texts
    assert (found["separate_meetings"], found["joint_meetings"]) == ("5", "2")
    assert set(found) == documented(collaboration.numbers)


SHARE = ["subgroup_type", "subgroup", "numerator", "denominator"]


def share(*counts):
    rows = [("all", "all", *counts)] if counts else []
    return public(rows, SHARE[:2], about="", columns=SHARE)


def test_data_systems_says_hidden_where_a_share_is_hidden():
    listed = public([{"id": "a", "usable": True}, {"id": "b", "usable": False}], ["id"])
    found = data_systems.numbers(listed, share(180, 200), share(3, 40), share(2, 4))
    assert found == {"usable": "1 of 2", "linked_share": "90%", "found_share": "under 25%", "right_share": "hidden"}
    assert set(found) == documented(data_systems.numbers)
    assert data_systems.numbers(listed, share(), share(), share())["linked_share"] == "not known"


def test_action_names_every_practice_whatever_is_known_of_it():
    rows = [("a-b", 1, 2), ("c", 2, 1), ("d", 4, 0), ("e", 3, 1)]
    listed = public(rows, ["practice_id"], columns=["practice_id", "evidence_tier", "sites"])
    counts = {"a-b": (120, 480), "c": (3, 60), "d": (2, 5)}
    rows = [(name, "all", "all", *pair) for name, pair in counts.items()]
    columns = ["practice_id", "school_walls", "site", "numerator", "denominator"]
    reach = public(rows, columns[:3], about="", columns=columns)
    could = public([{"practice_id": "a-b", "which": ["N", "S"]}, {"practice_id": "c", "which": ["S"]}], ["practice_id"])
    effects = public([("lot", "A", "proficient", "works", "", False)], ["comparison_id"],
                     columns=["comparison_id", "practice", "measure", "word", "reason", "hint"])  # fmt: skip
    found = action.numbers(listed, reach, effects, could, weakest=2)
    assert found == {
        "practices": "4", "in_use": "3", "practices_that_work": "2", "work_here": "1", "sites_to_ask": "2",
        "reached_a_b": "120 of 480", "reached_c": "under 17%", "reached_d": "hidden", "reached_e": "not known",
    }  # fmt: skip
    named = {"reached_<practice_id>" if name.startswith("reached_") else name for name in found}
    assert named == documented(action.numbers)


def test_advocacy():
    policies = [{"policy_id": "bus", "stage": "introduced", "recent": 2, "despite": 1},
                {"policy_id": "pay", "stage": "funded", "recent": 1, "despite": 0}]  # fmt: skip
    backing = [{"evidence": name, "interest": "all", "numerator": k, "denominator": n}
               for name, k, n in (("works", 3, 4), ("weaker", 0, 2))]  # fmt: skip
    found = advocacy.numbers(public(policies, ["policy_id"]), public(backing, ["evidence", "interest"]))
    assert found == {
        "policies": "2", "to_decide": "1", "actions": "3", "support_for_what_works": "3 of 4",
        "support_for_weaker": "0 of 2", "against_interest": "1",
    }  # fmt: skip
    assert set(found) == documented(advocacy.numbers)


def judged(*words, reach="possible", short=1282):
    rows = [dict.fromkeys(measures.PRESSING) | {"outcome_id": str(n), "outcome": f"O{n}", "word": word, "reach": reach,
            "short_of_target": short, "unit": "percent"} for n, word in enumerate(words)]  # fmt: skip
    return public(rows, ["outcome_id"], columns=measures.PRESSING)


def sides(*rows):
    return public(rows, ["outcome_id", "level"], columns=["outcome_id", "level", "in_force", "side"])


def luck_of(better, moved, still=0):
    return public([{"what": "direction", "better": better, "moved": moved, "still": still}], ["what"])


def test_outcomes():
    side, luck = sides(("a", "all", True, "most"), ("b", "all", True, "few")), luck_of(5, 8)
    words = ("improving", "improving", "worsening", "no clear change", "cannot tell yet")
    found = outcomes.numbers(side, judged(*words), luck)
    assert found == {
        "adopted": "5", "improving": "2", "worsening": "1", "no_clear_change": "1", "too_early": "1", "goals_met": "0",
        "backed": "1 of 2", "right_way": "5 of 8", "most_pressing": "O0", "most_short": "1,282",
    }  # fmt: skip
    assert set(found) == documented(outcomes.numbers)
    assert outcomes.numbers(side, judged("improving", reach="reached"), luck)["goals_met"] == "1"
    none = outcomes.numbers(side, judged(), luck)
    assert (none["adopted"], none["most_pressing"], none["most_short"]) == ("0", "none", "not known")


@pytest.mark.parametrize(("short", "most"), [(None, ("not known", "not known")), (0, ("none", "0")), (3, ("O0", "3"))])
def test_the_most_pressing_outcome_is_named_where_it_is_known(short, most):
    found = outcomes.numbers(sides(), judged("improving", short=short), luck_of(0, 0))
    assert (found["most_pressing"], found["most_short"]) == most


@pytest.mark.parametrize(
    ("rows", "text"),
    [([], "not known"), ([("a", "all", False, "most")], "not known"), ([("a", "all", True, None)], "hidden")],
)
def test_outcomes_that_no_one_rated_are_not_called_0_of_0(rows, text):
    assert outcomes.numbers(sides(*rows), judged("improving"), luck_of(1, 1))["backed"] == text


@pytest.mark.parametrize(("still", "text"), [(0, "not known"), (2, "none moved")])
def test_outcomes_that_did_not_move_are_not_called_0_of_0(still, text):
    assert outcomes.numbers(sides(), judged("no clear change"), luck_of(0, 0, still))["right_way"] == text
