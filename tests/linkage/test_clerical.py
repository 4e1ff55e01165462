import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.linkage.clerical import interval, posterior, verdicts


def reviews(*rows):
    return pd.DataFrame(rows, columns=["student_id", "client_id", "verdict"])


def test_unsure_tells_nothing_and_two_reviewers_are_counted_together():
    found = verdicts(reviews(("a", "x", "match"), ("a", "x", "non_match"), ("b", "y", "unsure"), ("c", "z", "match")))
    assert found.to_numpy().tolist() == [["a", "x", 1, 1], ["c", "z", 1, 0]]


def judged(rng, shares, many, sensitivity, specificity, twice):
    """Verdicts of `many` pairs in each stratum: stratum, yes, no."""
    rows = []
    for name, share in shares.items():
        for _ in range(many):
            yes = sensitivity if rng.random() < share else 1 - specificity
            said = rng.random(2 if rng.random() < twice else 1) < yes
            rows.append((name, int(said.sum()), int((~said).sum())))
    return np.array(rows, dtype=object).T


@pytest.mark.heavy
def test_intervals_hold_the_truth_although_reviewers_err():
    shares = {"high": 0.97, "middle": 0.6, "low": 0.02}
    inside = dict.fromkeys(shares, 0)
    for seed in range(60):
        drawn = posterior(*judged(np.random.default_rng(seed), shares, 200, 0.93, 0.96, 0.35), list(shares))
        for name, share in shares.items():
            low, high = interval(drawn[name])
            inside[name] += low <= share <= high
    assert all(times >= 52 for times in inside.values()), inside  # 57 expected; 52 is 3 standard deviations below


def test_reviewers_slips_are_not_taken_for_wrong_links():
    strata, yes, no = judged(np.random.default_rng(3), {"links": 1.0, "apart": 0.0}, 300, 0.94, 0.97, 0.4)
    naive = (yes[strata == "links"] > no[strata == "links"]).mean()
    low, high = interval(posterior(strata, yes, no, ["links", "apart"])["links"])
    assert naive < 0.96
    assert high > 0.99
    assert low > 0.95


def test_a_stratum_without_verdicts_is_as_unsure_as_it_gets():
    low, high = interval(posterior(["a"] * 50, [1] * 50, [0] * 50, ["a", "b"])["b"])
    assert low < 0.02
    assert high > 0.98


@settings(max_examples=10)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 2), st.integers(0, 2)), max_size=20))
def test_draws_are_shares_and_the_same_for_the_same_verdicts(rows):
    strata, yes, no = ([row[at] for row in rows] for at in range(3))
    one, other = (posterior(strata, yes, no, ["a", "b"]) for _ in range(2))
    for name in "ab":
        assert ((one[name] >= 0) & (one[name] <= 1)).all()
        assert np.array_equal(one[name], other[name])


PAIRS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=20)


@settings(max_examples=10)
@given(PAIRS, st.randoms())
def test_the_order_of_the_reviewed_pairs_does_not_matter(rows, random):
    turned = random.sample(rows, len(rows))
    one, other = (posterior(*zip(*some, strict=True), ["a", "b"]) for some in (rows, turned))
    assert all(np.array_equal(one[name], other[name]) for name in "ab")


@pytest.mark.parametrize("pairs", [20, 60])
def test_the_more_pairs_reviewers_confirm_the_larger_the_share(pairs):
    strata, shares = np.repeat(["links", "apart"], pairs), []
    for confirmed in range(0, pairs + 1, pairs // 5):
        yes = (np.arange(2 * pairs) < confirmed).astype(int)
        shares.append(np.median(posterior(strata, yes, 1 - yes, ["links", "apart"])["links"]))
    assert shares == sorted(shares)
    assert shares[-1] - shares[0] > 0.8
