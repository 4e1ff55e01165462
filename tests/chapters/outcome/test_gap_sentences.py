"""Sentences about gaps, partners, practices and promises, word for word."""

from dataclasses import replace

import pandas as pd
import pytest

from alignkit.chapters.outcome import sentences
from alignkit.disclosure.published import Published
from alignkit.words.words import words
from tests.wording import UNKNOWN_MARGIN, survey_margin

EN = words("en")
GAP = {"subgroup_type": "race", "kind": "Race and ethnicity", "best": "White", "worst": "Black", "value_best": 62.1,
       "value_worst": 39.0, "value": 23.1, "low": 18.2, "high": 27.9, "confidence": None, "unit": "percent",
       "word": "no clear change", "ratio_word": "no clear change", "disagree": False,
       "period_start": pd.Timestamp("2025-08-01")}  # fmt: skip


def published(*rows, statuses=None):
    frame = pd.DataFrame(list(rows))
    return Published("p", "", "q", (), False, "en", frame.assign(status=statuses or "shown", text=""))


def series(*statuses):
    rows = [
        {"subgroup_type": "race", "period_start": GAP["period_start"], "subgroup": str(i)} for i in range(len(statuses))
    ]
    return published(*rows, statuses=list(statuses))


SHOWN = series("shown", "shown")
NOW = "Race and ethnicity: White 62 of 100, Black 39 of 100, a gap of 23 of 100; chance alone could make that 18 to 28."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, f"{NOW} Whether it narrows or widens is not clear from these results."),
        ({"word": "improving"}, f"{NOW} The gap is narrowing."),
        ({"word": "worsening"}, f"{NOW} The gap is widening."),
        ({"word": "cannot tell yet"}, f"{NOW} Whether it narrows or widens cannot be told yet."),
        ({"word": "improving", "ratio_word": "worsening", "disagree": True},
         f"{NOW} The gap is narrowing. Counted as a difference and as a ratio, it goes different ways: look at both."),
        ({"disagree": True}, f"{NOW} Whether it narrows or widens is not clear from these results."),
        ({"value_best": 62.4, "value_worst": 38.7, "value": 23.7},
         "Race and ethnicity: White 62.4 of 100, Black 38.7 of 100, a gap of 23.7 of 100; chance alone could make that "
         "18 to 28. Whether it narrows or widens is not clear from these results."),
        ({"value": 0.0, "low": -2.0},
         "Race and ethnicity: no difference between the groups shown. Whether it narrows or widens is not clear from "
         "these results."),
    ],
)  # fmt: skip
def test_a_gap_says_between_whom_and_how_sure(changes, said):
    assert sentences.gap(published(GAP | changes), SHOWN) == said


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        (["shown", "shown", "hidden"],
         " One group is hidden to protect privacy, here or in a related figure; hidden does not mean zero. "
         "The gap may be larger."),
        (["shown", "hidden", "band"],
         " Two groups are hidden to protect privacy, here or in a related figure; hidden does not mean zero. "
         "The gap may be larger."),
        (["shown", "shown", "at_source"], " For one group the source gives no exact value. The gap may be larger."),
    ],
)  # fmt: skip
def test_hidden_groups_are_said(statuses, said):
    assert sentences.gap(published(GAP), series(*statuses)).endswith(said)


def test_no_gap_is_said_so():
    none = published(GAP)
    none = replace(none, frame=none.frame.iloc[:0])
    assert sentences.gap(none, SHOWN) == "No gap can be shown: fewer than two groups of any kind are published."


def test_for_whom_in_one_paragraph_below_the_table():
    said = sentences.whom(published(GAP), series("shown", "shown", "hidden"), published({"wider": "Sex"}), "Short.")
    assert said == (
        "Race and ethnicity: a gap of 23 of 100; chance alone could make that 18 to 28. Whether it narrows or "
        "widens is "
        "not clear from these results. One group is hidden to protect privacy, here or in a related figure; hidden "
        "does "
        "not mean zero. The gap may be larger. Everyone together improves while the gap widens by: Sex. Short."
    )


def test_for_whom_without_any_group():
    none = published(GAP)
    none = replace(none, frame=none.frame.iloc[:0])
    assert sentences.whom(none, SHOWN, published({"wider": ""}), "Short.") == (
        "No gap can be shown: fewer than two groups of any kind are published. Short."
    )


def test_overall_up_and_gap_wider():
    assert sentences.wider(published({"wider": "Race; Income"})) == [
        "Everyone together improves while the gap widens by: Race and Income."
    ]
    assert sentences.wider(published({"wider": ""})) == []


def test_the_gap_in_a_few_words():
    rows = pd.DataFrame(
        [{"gap": 23.1, "gap_low": 18.2, "gap_best": "White", "gap_worst": "Black", "unit": "percent"},
         {"gap": 23.1, "gap_low": None, "gap_best": "White", "gap_worst": "Black", "unit": "percent"},
         {"gap": 3.0, "gap_low": -2.0, "unit": "percent"}, {"gap": None, "gap_low": None, "unit": "percent"}]
    )  # fmt: skip
    named = "23 of 100: White and Black"
    assert [sentences.gap_in_few_words(row) for row in rows.to_dict("records")] == [
        named,
        named,
        "none beyond chance",
        "",
    ]


def test_how_sure_a_gap_is_says_what_its_range_is():
    surveyed = sentences.gap(published(GAP | {"confidence": 0.9}), SHOWN)
    assert f"a gap of 23 of 100{survey_margin('18 to 28')}." in surveyed
    bare = sentences.gap(published(GAP | {"low": None, "high": None, "word": "cannot tell yet"}), SHOWN)
    assert bare.endswith(
        f"{UNKNOWN_MARGIN}. Without counts or a margin of error, nobody can tell whether it narrows or widens."
    )


def test_small_numbers_of_a_gap_add_up():
    said = sentences.gap(published(GAP | {"value_best": 7.36, "value_worst": 13.82, "value": 6.46}), SHOWN)
    assert "White 7.4 of 100, Black 13.8 of 100, a gap of 6.5 of 100" in said


def elsewhere(*words, unit="percent", own=46.2):
    rows = [
        {"place": f"Place {k}", "parent": word == "", "word": word, "value": 50.2, "own": own, "unit": unit,
         "period_start": pd.Timestamp("2025-08-01"), "period_end": pd.Timestamp("2026-06-30")}
        for k, word in enumerate(words)
    ]  # fmt: skip
    return published(*rows)


HERE = "In 2025–26: here 46 of 100"


@pytest.mark.parametrize(
    ("words_", "said"),
    [
        ([""], f"{HERE}, Place 0 50 of 100."),
        (["", "better", "worse", "worse", "not told apart"],
         f"{HERE}, Place 0 50 of 100. Of 4 places like this one, one is better and two are worse by more than "
         "chance alone."),
        (["not told apart"], f"{HERE}. Of 1 place like this one, none is better and none is worse by more than "
                             "chance alone."),
        (["not known", "not known"],
         f"{HERE}. Whether 2 places like this one differ from it by more than chance is not known."),
    ],
)  # fmt: skip
def test_beside_stand_other_places_without_a_rank(words_, said):
    assert sentences.elsewhere(elsewhere(*words_)) == said


def test_nothing_beside():
    none = elsewhere("better")
    none = replace(none, frame=none.frame.iloc[:0])
    assert sentences.elsewhere(none) == "No comparable value of another place is known for this period."


def part(role, partner, contribution=None):
    return {"role": role, "partner": partner, "contribution": contribution}


NOBODY = published(part("lead", "A"))
NOBODY = replace(NOBODY, frame=NOBODY.frame.iloc[:0])


def test_partners():
    assert sentences.partners(NOBODY) == "No partner is on record with a part in this outcome: it needs a lead."
    one = published(part("lead", "Schools"), part("shared", "Library"), part("contributor", "Club", "Reading rooms."))
    assert sentences.partners(one) == "Schools leads. Library shares accountability. Contributing: Club."
    many = published(*(part("shared", name) for name in "ABCDEFG"))
    assert sentences.partners(many) == "No partner leads yet. A, B, C, D and 3 more share accountability."


def test_practices():
    listed = [("Tutoring", 1, 3), ("Nights", 4, 0), ("Coaching", 2, 1)]
    rows = [dict(zip(("practice", "evidence_tier", "sites"), row, strict=True)) for row in listed]
    assert sentences.practices(published(*rows)) == (
        "Practices with evidence: Tutoring (strong evidence), at three sites; Nights (no study yet), "
        "not in use here yet; Coaching (moderate evidence), at one site."
    )
    assert sentences.practices(published(*rows, rows[0], rows[0])).endswith("; 2 more.")
    assert sentences.practices(NOBODY) == "No practice with evidence has been listed for this outcome yet."


def test_next_actions():
    row = {"partner": "Club", "what": "Open two rooms.", "due_now": pd.Timestamp("2026-12-01"), "measure": "Two keys"}
    assert sentences.actions(published(row)) == (
        "Club: Open two rooms, by December 1, 2026; how we will know: Two keys.",
    )
    assert sentences.actions(published(row | {"measure": None})) == ("Club: Open two rooms, by December 1, 2026.",)
    assert len(sentences.actions(published(*[row] * 7))) == 4
    assert sentences.actions(published(*[row] * 7))[-1] == "4 more commitments are in the commitments chapter."
    assert sentences.actions(NOBODY) == (
        "No commitment to this outcome is on record for the time ahead: agree on who does what by when.",
    )
