"""The sentences of the chapters outcomes and advocacy, as a reader gets them."""

from typing import Any

import pandas as pd
import pytest

from alignkit.chapters.advocacy import exhibits as advocacy_exhibits
from alignkit.chapters.advocacy import sentences as advocacy
from alignkit.chapters.outcomes import exhibits, measures
from alignkit.chapters.outcomes import sentences as outcomes
from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published
from alignkit.words.words import words
from tests.wording import ask_for_a_policy, what_leaders_say

EN = words("en")


def public(rows: list[dict[str, Any]], by: list[str], columns: list[str] | None = None) -> Published:
    frame = pd.DataFrame(rows, columns=columns)
    carry = [c for c in frame if c not in (*by, "numerator", "denominator", "value", "low", "high", "unit")]
    return publish(frame, id="x", by=by, about="outcomes", carry=carry, gate=Gate())


def luck(better: int, moved: int, chance: float | None, still: int = 0) -> Published:
    row = {"what": "direction", "better": better, "moved": moved, "still": still, "unknown": 1, "chance": chance}
    return public([row], ["what"])


def pressing(*rows: tuple[str, int | None]) -> Published:
    about = dict.fromkeys(measures.PRESSING) | {"universe": "students", "target": 9, "word": "improving"}
    about |= {"unit": "percent", "slope": 0.5, "pace_needed": 2.0}
    made = [{**about, "outcome_id": name, "outcome": name, "short_of_target": short} for name, short in rows]
    return public(made, ["outcome_id"])


SIDES = public([{"outcome_id": name, "level": "all", "in_force": True, "side": side}
                for name, side in (("a", "most"), ("b", "few"), ("c", None))], ["outcome_id", "level"])  # fmt: skip


def test_the_answer_says_who_agrees_what_needs_us_and_what_luck_would_do():
    said = outcomes.answer(SIDES, pressing(("Reading", 1282), ("Work", None)), luck(5, 8, 93 / 256))
    assert said == what_leaders_say("two", "Reading", "1,282 students", "five of eight moved", 36)


@pytest.mark.parametrize(
    ("given", "text"),
    [(0.001, "less than once in 100 times"), (1.0, "would always do as well"), (None, "none can be said to move")],
)
def test_luck_at_its_ends(given, text):
    assert text in outcomes.answer(SIDES, pressing(("Reading", 0)), luck(0, 8, given))


def test_outcomes_that_went_up_and_down_alike_did_not_move():
    said = outcomes.answer(SIDES, pressing(("Reading", 0)), luck(0, 0, None, still=1))
    assert said.endswith("; no outcome with three comparable results moved either way.")


def compared(**chosen: str) -> Published:
    rows = [{"outcome_id": name, "outcome": name, "stage": "middle", "rated": True, "in_force": "f" in marks,
             "chosen": "c" in marks, "as_good": "g" in marks} for name, marks in chosen.items()]  # fmt: skip
    return public(rows, ["outcome_id"])


SERVED = public([{"kind": "stage", "need": "career", "name": "career", "now": False, "best": True, "possible": True}],
                ["kind", "need"])  # fmt: skip


def test_the_set_says_its_changes_and_whether_another_is_as_good():
    said = outcomes.the_set(compared(Calm="c", Work="f", Reading="fcg", Play="g"), SERVED)
    assert said == (
        "The set that most leaders back has two outcomes. It adds Calm. It leaves out Work. It serves every stage from "
        "cradle to career and every grant. Another set is as good: Play instead of Calm."
    )


def test_no_set_and_no_ratings_differ():
    assert outcomes.the_set(compared(Calm="", Work="f"), SERVED).startswith("No set of eight to ten")
    nobody = compared(Calm="").frame.assign(rated=False)
    assert "without ratings" in outcomes.the_set(public(nobody.drop(columns=["status", "text"]).to_dict("records"),
                                                        ["outcome_id"]), SERVED)  # fmt: skip


def test_what_to_do_names_the_stage_that_nothing_in_force_serves():
    matrix = public([{"outcome_id": "w", "outcome": "Work", "has_indicator": True, "has_goal": False}], ["outcome_id"])
    apart = public([{"outcome_id": "w", "outcome": "Work", "apart": True}], ["outcome_id"])
    said = outcomes.action(pressing(("Reading", 9)), matrix, apart, compared(Work="fc"), SERVED)
    assert said == [
        "Ask of every commitment whether it helps Reading, where most are short of the goal.",
        "Set a goal for Work.",
        "Bring executives and practitioners together on Work.",
        "Take in an outcome that serves the stage career; none in force does.",
    ]


def rated(count: int) -> Published:
    rows = [{"year": 2026, "outcome_id": f"o{i}", "outcome": f"o{i}", "level": "all", "in_force": True, "order": i,
             "numerator": 20, "denominator": 40, "low": 35.0, "high": 65.0} for i in range(count)]  # fmt: skip
    return public(rows, ["year", "outcome_id", "level"])


@pytest.mark.parametrize(("count", "rows"), [(12, 0), (13, 13)])
def test_the_page_holds_twelve_and_the_web_all(count, rows):
    given = pressing(*((f"o{i}", 90 - i) for i in range(count)))
    assert len(exhibits.pressing_table(given).rows.frame) == 12
    assert len(exhibits.every_outcome(given).rows.frame) == rows
    assert len(exhibits.every_rating(rated(count), given).rows.frame) == rows
    assert len(exhibits.rated_or_short(rated(count), given).frame) == 12


def test_pace_needed_stands_beside_pace_seen():
    row = exhibits.pressing_table(pressing(("Reading", 9))).rows.frame.iloc[0]
    assert row[["short", "needed", "seen"]].tolist() == ["9", "2 more of 100", "0.5 more of 100"]


def backing(*rows: tuple[str, str, int, int]) -> Published:
    made = [dict(zip(("evidence", "interest", "numerator", "denominator"), row, strict=True)) for row in rows]
    return public(made, ["evidence", "interest"])


POLICY = {
    "policy_id": "bus", "policy": "Late buses", "government": "Transit board", "stage": "introduced",
    "stage_on": pd.Timestamp("2026-08-01"), "days": 60, "tier": 1, "evidence": "works", "support": 3, "neutral": 0,
    "oppose": 1, "despite": 1, "acted": 2, "recent": 0,
}  # fmt: skip
SEEN = public([POLICY], ["policy_id"])


def test_the_advocacy_answer_sets_support_beside_evidence_and_stake():
    shares = backing(("works", "all", 3, 4), ("weaker", "all", 0, 2), ("none", "all", 0, 0))
    assert advocacy.answer(SEEN, shares) == (
        "Where the evidence is strong or moderate, 3 of 4 stated positions are in support, 1 of them from a partner "
        "whose own grants or practices point elsewhere; where it is weaker, 0 of 2."
    )
    only_weaker = advocacy.answer(SEEN, backing(("weaker", "all", 1, 2)))
    assert only_weaker.startswith("No position is stated on a policy with strong or moderate evidence")


def test_one_kind_of_stake_alone_gets_no_bar():
    one = backing(("works", "all", 3, 4), ("works", "none", 3, 4))
    two = backing(("works", "all", 3, 4), ("works", "none", 1, 2), ("works", "gains", 2, 2))
    bars = [list(advocacy_exhibits.support_in_words(given).frame["numerator"]) for given in (one, two)]
    assert bars == [[3], [3, 2, 1]]


def test_a_policy_that_works_and_nobody_spoke_for_is_to_be_spoken_for():
    holes = public([{"outcome_id": "w", "outcome": "Work", "standing": "hole"}], ["outcome_id"])
    speak, ask = advocacy.action(SEEN, holes)
    assert speak.startswith(
        "Speak for “Late buses” before the Transit board: introduced since August 1, 2026, no action since"
    )
    assert ask == ask_for_a_policy("Work")


def test_what_moved_is_said_with_what_was_done():
    steps = [{"policy_id": "bus", "policy": "Late buses", "was": "drafted", "stage": "introduced"}]
    moved, still = public(steps, ["policy_id"]), public([], ["policy_id"], ["policy_id", "policy", "was", "stage"])
    assert advocacy.moved(moved, SEEN, last_book="kept") == (
        "Since the last cycle, “Late buses” went from drafted to introduced; no new action for a policy is on record."
    )
    assert advocacy.moved(still, SEEN, last_book="kept").startswith("Since the last cycle, no policy moved;")
    assert advocacy.moved(still, SEEN, last_book="first") == "No action for a policy is on record yet."
    unknown = "Which policies moved since the last book is not known; no new action for a policy is on record."
    assert advocacy.moved(moved, SEEN, last_book="lost") == unknown
    acted = public([POLICY | {"recent": 1}], ["policy_id"])
    assert advocacy.moved(still, acted, last_book="first") == "1 action for a policy is on record."


def test_without_any_action_on_record_none_is_missed_since_the_last_cycle():
    quiet = public([POLICY | {"acted": 0}], ["policy_id"])
    (speak,) = advocacy.action(quiet, public([], ["outcome_id"], ["outcome_id", "outcome", "standing"]))
    assert speak.endswith("introduced since August 1, 2026, no action on record.")


def test_policies_that_back_nothing_are_no_reason_to_say_that_nobody_advocates():
    bare = public([POLICY | {"evidence": "none", "tier": None}], ["policy_id"])
    holes = public([{"outcome_id": "w", "outcome": "Work", "standing": "hole"}], ["outcome_id"])
    assert advocacy.action(bare, holes) == ["Record which practices each policy would back (table policy_practices)."]


def test_support_and_action_for_different_policies_are_both_seen():
    outcomes_ = pd.DataFrame({"outcome_id": ["w"], "name": ["Work"], "status": ["in_force"], "order": [1]})
    evidence = pd.DataFrame({"policy_id": ["p", "q"], "outcome_ids": [["w"], ["w"]]})
    overview = pd.DataFrame({"policy_id": ["p", "q"], "support": [2, 0], "acted": [0, 3]})
    (row,) = advocacy.on_page_one(outcomes_, evidence, overview).to_dict("records")
    assert (row["standing"], row["said"]) == ("part", "2 policies, none both supported and acted on")


def test_the_picture_of_sectors_names_the_widest_support():
    held = [
        ("bus", "health", "support"),
        ("bus", "faith", "mixed"),
        ("bus", "", "support"),
        ("aid", "faith", "support"),
    ]
    rows = [{"policy_id": id_, "sector": sector, "policy": id_, "held": said} for id_, sector, said in held]
    shown = public(rows, ["policy_id", "sector"])
    assert advocacy.sectors_alt(shown) == (
        "The widest support: “bus”, by 2 sectors. The widest opposition, or division: “bus”, in 1 sector."
    )
    assert "Sector not known" in set(advocacy_exhibits.sectors_in_words(shown).frame["sector"])


@pytest.mark.parametrize(("days", "text"), [(1, "1 day"), (59, "59 days"), (61, "2 months"), (800, "2 years")])
def test_time_in_a_stage(days, text):
    assert advocacy.in_months(days) == text


def test_signers_who_speak_and_who_oppose_what_works():
    rows = [{"partner_id": name, "partner": name, "spoke": name != "C", "opposes_what_works": name == "A"}
            for name in "ABC"]  # fmt: skip
    assert advocacy.agenda(public(rows, ["partner_id"])) == [
        "3 partners have signed the advocacy agenda; two of them have stated a position on a policy shown here. "
        "A opposes one with strong or moderate evidence."
    ]
    assert advocacy.agenda(public([], ["partner_id"], ["partner_id", "partner"])) == []
