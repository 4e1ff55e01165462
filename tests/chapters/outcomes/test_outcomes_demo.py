"""What Riverbend's leaders rate, against what was put into their ratings."""

import pandas as pd
import pytest

from alignkit.chapters.outcomes import measures as outcomes
from alignkit.chapters.outcomes import outcome_set
from alignkit.demo.leaders import AGREED, APART, leaders, outcome_ratings
from alignkit.demo.tools import authored
from alignkit.disclosure.publish import Gate, publish

AS_OF = pd.Timestamp("2026-09-30")
SEEDS = [7, 8, 9]


def listed():
    known = authored("outcomes").query("valid_from <= @AS_OF").sort_values("valid_from")
    return known.drop_duplicates("outcome_id", keep="last").sort_values("order")


def rated(seed):
    people = leaders(seed)
    return outcomes.newest(outcome_ratings(seed, people), people)


def published(seed):
    counted = outcomes.support(rated(seed))
    return outcomes.named(publish(counted, id="support", gate=Gate(10), **outcomes.SUPPORT_KEYS), listed())


@pytest.mark.parametrize("seed", SEEDS)
def test_levels_are_found_apart_only_where_they_truly_are(seed):
    found = outcomes.differences(published(seed), listed(), 10)
    apart = found[found["apart"]].set_index("outcome_id")["value"]
    truly = {name: executive - practitioner for name, (executive, _, practitioner) in APART.items()}
    assert len(apart)
    assert {name: value > 0 for name, value in apart.items()} == {name: truly[name] > 0 for name in apart.index}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_set_holds_what_is_rated_high_and_nothing_that_is_rated_low(seed):
    tables = [authored(name) for name in ("grant_outcomes", "grants")]
    required = outcome_set.requirements(listed(), *tables, AS_OF)
    found = outcome_set.best(outcome_set.backing(published(seed), 10), required)
    assert found is not None
    assert {name for name, mean in AGREED.items() if mean >= 4.1} <= found.members
    assert not {name for name, mean in AGREED.items() if mean < 3.2} & found.members


def test_leaders_agree_more_than_chance_and_far_from_fully():
    found = outcomes.coefficients(rated(7)).set_index(["level", "coefficient"])
    alpha = found.loc[("all", "alpha")]
    assert 0 < alpha["low"] < alpha["value"] < alpha["high"] < 0.5
    assert found.loc[("all", "w"), "p"] < 0.001
    # within a level leaders agree more, as the levels differ from each other
    assert found.loc[("practitioner", "alpha"), "value"] > alpha["value"]
