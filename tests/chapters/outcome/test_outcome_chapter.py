"""An outcome's page in communities that keep more or fewer tables."""

import json
import re

import pandas as pd
import pytest

from alignkit import charts, records
from alignkit.chapters.outcome import exhibits, measures, sentences
from tests.chapter_run import NOTEBOOKS, published, run_chapter, said
from tests.chapters.outcomes.test_outcomes_chapter import BARE, VALUED, VALUES
from tests.factory import frame

GROUPS = frame("subgroups", subgroup_type=["all", *["race"] * 3], subgroup=["all", *"abc"],
               name=["Everyone", "Group A", "Group B", "Group C"])  # fmt: skip


def exhibits_of(found):
    return {one.id: one for one in found if isinstance(one, records.Exhibit)}


def with_groups(**counts):
    """The results of everyone, and of groups in the newest period: name → (numerator, denominator)."""
    own = [{"subgroup": name, "numerator": k, "denominator": n} for name, (k, n) in counts.items()]
    groups = frame("indicator_values", *own, indicator_id="i", period_start="2025-01-01", released_on="2026-02-01",
                   place_id="small", subgroup_type="race")  # fmt: skip
    return VALUED | {"indicator_values": pd.concat([VALUED["indicator_values"], groups]), "subgroups": GROUPS}


def test_the_whole_page(tmp_path):
    found = run_chapter(tmp_path, "outcome", with_groups(a=(300, 400), b=(100, 300)), outcome="reading")
    assert said(found, "answer") == [
        "Improving: 57 of 100 third graders in 2025 (goal 60 by 2030); the largest gap is 42 of 100, between Group A "
        "and Group B."
    ]
    verdict = published(found, "verdict").cells[0].shown
    assert (verdict["gap_best"], verdict["gap_worst"], verdict["short_of_target"]) == ("Group A", "Group B", 20)
    assert {"trend", "groups", "all-groups", "short", "gaps", "inequality", "methods"} <= exhibits_of(found).keys()


def test_the_notebook_as_it_comes_shows_the_first_outcome_of_any_community(tmp_path):
    found = run_chapter(tmp_path, "outcome", with_groups(a=(300, 400), b=(100, 300)))
    assert said(found, "answer")[0].startswith("Improving: 57 of 100 third graders")


def test_a_hidden_group_is_in_no_number_that_is_worked_out(tmp_path):
    small = with_groups(a=(300, 400), b=(94, 294), c=(6, 6))
    found = run_chapter(tmp_path, "outcome", small, outcome="reading")
    assert {cell.key["subgroup"]: cell.status for cell in published(found, "series").cells}["c"] == "hidden"
    assert published(found, "gaps").cells[0].shown["groups"] == 2
    assert published(found, "inequality").cells[0].shown["reason"] == "hidden"


def called_with(monkeypatch, name):
    """What the page's chart `name` is called with, filled when the chapter is run."""
    given = {}
    monkeypatch.setattr(charts, name, lambda rows, **how: given.update(how, rows=rows.frame))
    return given


def test_the_trend_shows_everyone_with_goal_breaks_and_words(tmp_path, monkeypatch):
    given = called_with(monkeypatch, "trend")
    breaks = frame("series_breaks", indicator_id="i", starts_on=["2020-01-01", "2023-01-01"], announced_on="2020-01-01",
                   reason=["Before all results", "New test"])  # fmt: skip
    run_chapter(tmp_path, "outcome", with_groups(a=(300, 400)) | {"series_breaks": breaks}, outcome="reading")
    assert list(given["rows"]["subgroup"]) == ["all"] * 6
    assert (given["target"], given["target_at"], given["good_direction"]) == (60.0, 2030, "up")
    assert given["measure"] == "Read"
    assert given["breaks"] == [(pd.Timestamp("2023-01-01"), "New test")]
    assert given["caption"].startswith("Read: ")
    assert given["alt"].startswith("57 of 100 third graders in 2025")


def test_an_outcome_without_indicator_or_goal_still_has_a_chart_to_call(tmp_path, monkeypatch):
    given = called_with(monkeypatch, "trend")
    run_chapter(tmp_path, "outcome", VALUED, outcome="work")
    assert (given["target"], given["target_at"], given["measure"], given["good_direction"]) == (None, None, "", "")
    assert given["caption"].startswith("Work: ")


def test_the_groups_chart_has_the_goal_and_everyone_to_compare_with(tmp_path, monkeypatch):
    given = called_with(monkeypatch, "groups")
    run_chapter(tmp_path, "outcome", with_groups(a=(300, 400), c=(6, 6)), outcome="reading")
    assert (given["target"], given["reference"]) == (60.0, "Everyone")
    assert list(given["rows"]["group"]) == ["Everyone", "Group A", "Group C"]
    assert "1 group is not shown" in given["alt"]


@pytest.mark.parametrize("outcome", ["reading", "work"])
def test_an_outcome_without_results_or_indicator_has_a_page(tmp_path, outcome):
    found = run_chapter(tmp_path, "outcome", BARE | {"indicator_values": VALUES.iloc[:0]}, previous="", outcome=outcome)
    (answer,) = said(found, "answer")
    assert answer.startswith("Cannot tell yet")
    assert published(found, "verdict").cells[0].shown["word"] == "cannot tell yet"


def test_a_goal_that_is_not_set_says_nothing():
    core = pd.DataFrame({"name": ["Reading"], "target": [None], "target_year": [None], "good_direction": ["up"]})
    assert measures.goal(core) == measures.Goal("Reading", None, None, "up")
    assert measures.goal(core.iloc[:0]) == measures.Goal("", None, None, "")
    assert measures.goal(core.assign(target=55, target_year=2030)) == measures.Goal("Reading", 55.0, 2030, "up")


@pytest.mark.parametrize("module", [exhibits, measures, sentences])
def test_the_notebook_uses_public_names_only(module):
    called = module.__name__.rsplit(".", 1)[-1]
    cells = json.loads((NOTEBOOKS / "outcome.ipynb").read_text(encoding="utf-8"))["cells"]
    code = " ".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert set(re.findall(rf"\b{called}\.(\w+)", code)) <= set(module.__all__)
