"""Least squares within groups: the same numbers as with a column for every group."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.regression.linear_model import WLS

from alignkit.stats.effects.linear import first_coefficient
from alignkit.stats.effects.matching import entropy_weights


def drawn(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Results, a design of two columns, groups, weights and clusters of 60 rows; one row is a group of its own."""
    rng = np.random.default_rng(seed)
    groups = np.append(rng.integers(0, 5, 59), 9)
    design = np.column_stack([rng.integers(0, 2, 60), rng.normal(size=60) + groups])
    y = 2 * design[:, 0] + groups + rng.normal(size=60)
    return y, design, groups, rng.uniform(0.2, 3, 60), rng.integers(0, 12, 60)


def columned(design: np.ndarray, groups: np.ndarray) -> np.ndarray:
    return np.column_stack([design, pd.get_dummies(groups).to_numpy(float)])


@settings(max_examples=10)
@given(st.integers(0, 10_000), st.sampled_from(["nonrobust", "HC0", "HC1", "HC2", "HC3"]))
def test_groups_taken_out_are_groups_as_columns(seed, errors):
    y, design, groups, weights, _ = drawn(seed)
    found = first_coefficient(y, design, errors=errors, weights=weights, within=groups)
    several = groups != 9  # statsmodels divides by what a row that fits itself has left
    fit = WLS(y[several], columned(design, groups)[several][:, :-1], weights=weights[several]).fit(cov_type=errors)
    assert found.value == pytest.approx(fit.params[0])
    if errors in ("HC0", "HC2", "HC3"):
        assert found.error == pytest.approx(fit.bse[0])
    assert found.df == fit.df_resid


@settings(max_examples=10)
@given(st.integers(0, 10_000))
def test_clusters_and_plain_errors_reckon_with_the_groups_taken_out(seed):
    y, design, groups, weights, cluster = (part[:59] for part in drawn(seed))
    model = WLS(y, columned(design, groups), weights=weights)
    for errors in ("nonrobust", "HC1"):
        found = first_coefficient(y, design, errors=errors, weights=weights, within=groups)
        assert found.error == pytest.approx(model.fit(cov_type=errors).bse[0])
    found = first_coefficient(y, design, cluster=cluster, weights=weights, within=groups)
    of = pd.factorize(cluster)[0]
    assert found.error == pytest.approx(model.fit(cov_type="cluster", cov_kwds={"groups": of}).bse[0])
    assert found.df == len(set(cluster)) - 1


@settings(max_examples=10)
@given(st.integers(0, 10_000))
def test_weights_within_strata_are_those_with_a_moment_for_every_stratum(seed):
    rng = np.random.default_rng(seed)
    strata, before = np.tile([0, 1, 2], 60), rng.normal(size=180)
    treated = rng.random(180) < 1 / (1 + np.exp(1 + before - 0.4 * strata))
    apart = np.column_stack([before, strata == 1, strata == 2])
    one, other = entropy_weights(before[:, None], treated, strata), entropy_weights(apart, treated)
    assert (one is None) == (other is None)
    if one is not None:
        assert one == pytest.approx(other, rel=1e-4, abs=1e-5)


def test_a_stratum_without_others_cannot_be_matched_and_one_without_treated_weighs_nothing():
    treated, strata = np.array([1, 1, 0, 0, 0, 0]), np.array(["a", "b", "a", "a", "c", "c"])
    assert entropy_weights(np.zeros((6, 1)), treated, strata) is None
    weights = entropy_weights(np.zeros((4, 1)), [1, 0, 0, 0], ["a", "a", "a", "c"])
    assert weights.tolist() == pytest.approx([1, 0.5, 0.5, 0])
