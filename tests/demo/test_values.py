"""indicator_values of the synthetic community: groups add up, and what was planted is there."""

import numpy as np
import pandas as pd
import pytest

from alignkit.demo.truth import trends, truth
from alignkit.demo.values import indicator_values

KEY = ["indicator_id", "period_start", "place_id"]


@pytest.fixture
def values(made) -> pd.DataFrame:
    return made["indicator_values"]


@pytest.fixture
def known(values) -> pd.DataFrame:
    """The newest vintage of each value as of the last quarter."""
    rows = values[values["released_on"] <= "2026-09-30"].sort_values("released_on")
    return rows.drop_duplicates([*KEY, "subgroup_type", "subgroup"], keep="last")


@pytest.fixture
def public(made) -> pd.Series:
    return made["indicators"].set_index("indicator_id")["already_public"]


@pytest.mark.parametrize("counts", ["numerator", "denominator"])
def test_groups_of_a_kind_add_up_where_the_source_hides_none(known, counts):
    groups = known[known["subgroup_type"] != "all"]
    by_kind = [*KEY, "subgroup_type"]
    complete = groups.assign(there=groups[counts].notna()).groupby(by_kind)["there"].transform("all")
    sums = groups[complete].groupby(by_kind)[counts].sum().reset_index()
    totals = known[known["subgroup_type"] == "all"].set_index(KEY)[counts]
    both = sums.join(totals.rename("total"), on=KEY)
    assert len(both) > 300
    assert (both[counts] == both["total"]).all()


def test_every_status_is_there(known):
    assert set(known["value_status"]) == {"reported", "suppressed_at_source", "range", "not_comparable", "missing"}


def test_no_test_was_given_in_2020(known):
    tests = known[known["indicator_id"].isin(["third-grade-reading", "eighth-grade-math"])]
    rows = tests[tests["period_start"] == "2019-07-01"]
    assert set(rows["value_status"]) == {"missing"}
    assert set(rows["subgroup"]) == {"all"}


def test_partners_own_data_have_small_cells_for_the_rule_to_hide(known, public):
    own = known[~known["indicator_id"].map(public).astype(bool) & (known["value_status"] == "reported")]
    assert (own["denominator"] < 10).sum() > 20
    small = (own["numerator"] < 10) | (own["denominator"] - own["numerator"] < 10)
    assert (small & (own["denominator"] >= 10)).sum() > 20


def test_what_is_public_has_no_small_group_left(known, public):
    open_rows = known[known["indicator_id"].map(public).astype(bool) & (known["subgroup"] != "all")]
    assert not (open_rows["denominator"] < 10).any()


def test_the_third_quarter_brings_new_core_values(values):
    first = values[values["subgroup"] == "all"].groupby(["indicator_id", "period_start"])["released_on"].min()
    last = first.groupby("indicator_id").tail(1).droplevel("period_start")
    new = set(last[last.between("2026-07-01", "2026-09-30")].index)
    core = {"low-birthweight", "third-grade-reading", "eighth-grade-math", "chronic-absence-rate"}
    assert core <= new
    assert not new & {"four-year-graduation", "fall-enrollment", "six-year-completion", "young-adults-connected"}


def test_graduation_was_corrected_by_one_student_in_every_kind_of_group(values):
    rows = values[(values["indicator_id"] == "four-year-graduation") & (values["period_start"] == "2024-07-01")]
    rows = rows[rows["place_id"] == "riverbend"].sort_values("released_on")
    twice = rows[rows.duplicated(["subgroup_type", "subgroup"], keep=False)]
    change = twice.groupby(["subgroup_type", "subgroup"])["numerator"].agg(lambda n: n.iloc[-1] - n.iloc[0])
    assert set(change) == {1}
    assert len(change) == 5
    assert twice["released_on"].max() == pd.Timestamp("2026-08-12")


def test_a_correction_of_october_is_not_known_in_the_third_quarter(values):
    late = values[(values["released_on"] > "2026-09-30") & (values["indicator_id"] == "third-grade-reading")]
    assert len(late) == 5


@pytest.mark.parametrize("seed", [7, 8, 9])
def test_slopes_lie_around_the_truth(seed):
    rows = indicator_values(seed)
    rows = rows[(rows["subgroup"] == "all") & (rows["place_id"] == "riverbend") & rows["numerator"].notna()]
    real = trends().query("subgroup == 'all'").set_index("indicator_id")["annual_change"]
    for name in ("low-birthweight", "kindergarten-readiness-screening", "chronic-absence-rate", "four-year-graduation",
                 "fall-enrollment", "six-year-completion", "eighth-grade-math"):  # fmt: skip
        own = rows[rows["indicator_id"] == name].sort_values("released_on").drop_duplicates("period_start", keep="last")
        x, n = own["period_start"].dt.year.to_numpy(float), own["denominator"].to_numpy(float)
        y = 100 * own["numerator"].to_numpy(float) / n
        error = np.sqrt(np.mean(y * (100 - y) / n) / ((x - x.mean()) ** 2).sum())
        assert abs(np.polyfit(x, y, 1)[0] - real[name]) < 4 * error


def test_true_words():
    words = truth(7).words
    assert {name for name, word in words.items() if word == "improves"} >= {
        "kindergarten-readiness",
        "high-school-graduation",
    }
    assert {name for name, word in words.items() if word == "worsens"} == {
        "chronic-absence",
        "postsecondary-enrollment",
    }
    assert words["early-grade-reading"] == "stays"
    jumps = truth(7).jumps.set_index("indicator_id")
    assert not jumps.loc["third-grade-reading", "real"]
    assert jumps.loc["tutoring-three-sessions", "real"]
