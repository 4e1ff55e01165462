"""The aligned-outcomes page of communities that keep more or fewer tables."""

import pandas as pd
import pytest

from alignkit.chapters.outcomes.sentences import chart_alt
from alignkit.disclosure.published import Published
from alignkit.errors import TableMissingError
from alignkit.records import Exhibit
from tests.chapter_run import published, run_chapter, said
from tests.factory import frame
from tests.wording import what_leaders_say

OUTCOMES = frame("outcomes", outcome_id=["reading", "work", "calm"], name=["Reading", "Work", "Calm"],
                 status=["in_force", "in_force", "candidate"])  # fmt: skip
INDICATORS = frame("indicators", indicator_id="i", outcome_id="reading", name="Read", universe="third graders",
                   usual_lag_days=30, target=60)  # fmt: skip
VALUES = frame("indicator_values", indicator_id="i", period_start=[f"{y}-01-01" for y in range(2020, 2026)],
               released_on=[f"{y}-02-01" for y in range(2021, 2027)], numerator=[300, 320, 340, 360, 380, 400],
               denominator=700, place_id="small")  # fmt: skip
BARE = {"outcomes": OUTCOMES, "indicators": INDICATORS}
VALUED = BARE | {"indicator_values": VALUES, "places": frame("places", place_id="small", name="Smallville"),
                 "subgroups": frame("subgroups", subgroup_type="all", subgroup="all", name="Everyone")}  # fmt: skip


def ratings(count, *, all_alike=False):
    """`count` leaders at each of two levels, and what each gives reading, work and calm."""
    levels = ["executive", "practitioner"] * count
    leaders = frame("leaders", level=levels, partner_id="p1")
    gives = {"reading": (5, 5), "work": (5, 1), "calm": (2, 4)}
    given = [{"leader_id": person, "outcome_id": outcome, "rating": 3 if all_alike else pair[level == "practitioner"]}
             for person, level in zip(leaders["leader_id"], levels, strict=True)
             for outcome, pair in gives.items()]  # fmt: skip
    return {"leaders": leaders, "outcome_ratings": frame("outcome_ratings", *given, year=2026, rated_on="2026-09-01")}


def test_the_whole_page(tmp_path):
    found = run_chapter(tmp_path, "outcomes", VALUED | ratings(30))
    (answer,) = said(found, "answer")
    assert answer == what_leaders_say("two", "Reading", "20 third graders", "the one outcome that moved went", 50)
    (levels,) = said(found, "note")
    assert levels.endswith(
        "on two outcomes: Work (at least 40 of 100 more executives) and Calm (at least 40 of 100 more practitioners)."
    )
    matrix = [(cell.key["outcome_id"], cell.shown["standing"], cell.shown["said"])
              for cell in published(found, "matrix").cells]  # fmt: skip
    assert matrix == [("reading", "full", "core indicator with result and goal"), ("work", "hole", "no core indicator")]


def test_only_outcomes_and_indicators(tmp_path):
    found = run_chapter(tmp_path, "outcomes", BARE, previous="")
    (answer,) = said(found, "answer")
    assert "nobody has rated" in answer
    assert "no outcome has three comparable results yet" in answer
    assert said(found, "action")
    (standing, _) = [cell.shown["standing"] for cell in published(found, "matrix").cells]
    assert standing == "part"


def exhibit(found, id):
    (one,) = (record for record in found if isinstance(record, Exhibit) and record.id == id)
    return one


def test_without_ratings_the_chart_shows_children_short_of_each_goal(tmp_path):
    chart = exhibit(run_chapter(tmp_path, "outcomes", VALUED), "support")
    assert (chart.type, chart.rows) == ("chart", (("Reading", "20"),))
    assert chart.caption == "Children short of the goal of each outcome"
    assert chart.alt == "Short of the goal: Reading: 20."


def test_the_chart_shows_what_leaders_rate_of_the_outcomes_in_force(tmp_path):
    chart = exhibit(run_chapter(tmp_path, "outcomes", VALUED | ratings(30)), "support")
    assert chart.rows[0][:2] == ("Reading", "over 83%")
    assert chart.rows[1][0] == "Work"
    assert chart.alt == "In force: Reading over 83% and Work 50%. Candidates: Calm 50%."


def test_leaders_that_must_stay_hidden_are_not_counted_in_the_caption(tmp_path):
    chart = exhibit(run_chapter(tmp_path, "outcomes", VALUED | ratings(1)), "support")
    assert chart.caption.startswith("Leaders who put each outcome among the most important in 2026")


def test_the_chart_in_words_names_most_and_fewest_where_every_share_is_exact():
    exact = frame("outcomes", outcome_id=["a", "b", "c"], name=["A", "B", "C"])
    support = Published("support", "", "", ("outcome_id",), False, "en", exact.assign(
        outcome=exact["name"], in_force=True, level="all", status="shown", value=[50.0, 70.0, 30.0],
        text=["50%", "70%", "30%"]))  # fmt: skip
    assert chart_alt(support, support) == "In force: most for B (70%), fewest for C (30%)."


def test_it_needs_the_table_of_indicators(tmp_path):
    with pytest.raises(TableMissingError, match="indicators"):
        run_chapter(tmp_path, "outcomes", {"outcomes": OUTCOMES})


@pytest.mark.parametrize("few", [1, 4])
def test_few_leaders_are_told_by_nothing(tmp_path, few):
    found = run_chapter(tmp_path, "outcomes", BARE | ratings(few))
    assert "too few have rated" in said(found, "answer")[0]
    for id_ in ("support", "agreement", "consensus"):
        assert {cell.status for cell in published(found, id_).cells} <= {"hidden", "missing"}
    assert not any(cell.shown.get("chosen") for cell in published(found, "set").cells)


def test_ratings_of_leaders_who_were_not_yet_known(tmp_path):
    given = ratings(30)
    given["leaders"]["valid_from"] = pd.Timestamp("2026-12-01")
    found = run_chapter(tmp_path, "outcomes", BARE | given)
    assert said(found, "note") == ["At which level the leaders work who rated is not on record (table leaders)."]


def test_everybody_says_the_same_of_everything(tmp_path):
    found = run_chapter(tmp_path, "outcomes", BARE | ratings(30, all_alike=True))
    assert said(found, "answer")[0].startswith("No outcome in force has more than half of the leaders behind it;")
    assert {cell.status for cell in published(found, "agreement").cells} == {"missing"}


def test_no_outcome_is_in_force(tmp_path):
    candidates = OUTCOMES.assign(status="candidate")
    found = run_chapter(tmp_path, "outcomes", BARE | {"outcomes": candidates} | ratings(30))
    assert said(found, "answer") == ["No outcome is in force yet, so there is nothing to agree on or to follow."]
    assert published(found, "matrix").cells == ()


def test_this_page_and_an_outcomes_own_say_the_same(tmp_path):
    own = run_chapter(tmp_path, "outcome", VALUED, outcome="reading")
    page = run_chapter(tmp_path, "outcomes", VALUED)
    (verdict,), (row, _) = published(own, "verdict").cells, published(page, "pressing").cells
    for name in ("short_of_target", "pace_needed", "slope", "word", "value", "low", "high"):
        assert row.shown[name] == verdict.shown[name], name
    assert published(own, "totals").quantity == published(page, "totals").quantity == "indicator_values"
