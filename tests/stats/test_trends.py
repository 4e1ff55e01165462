"""Trends against brute force and other implementations, and what must hold for any series."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.api import WLS, add_constant

from alignkit.errors import InputError
from alignkit.stats.intervals import wilson_interval
from alignkit.stats.trends import (
    cochran_armitage,
    mann_kendall,
    points_needed,
    smallest_p,
    theil_sen,
    weighted_trend,
)

series = st.lists(st.integers(0, 6), min_size=2, max_size=6)
YEARS = np.arange(2015, 2022)


def _s(values):
    return sum(np.sign(b - a) for i, a in enumerate(values) for b in values[i + 1 :])


@settings(deadline=None, max_examples=40)
@given(series)
def test_p_is_the_share_of_all_orders_at_least_as_extreme(values):
    found = mann_kendall(range(len(values)), values)
    every = [abs(_s(order)) >= abs(_s(values)) for order in permutations(values)]
    assert found.s == _s(values)
    assert found.p == pytest.approx(np.mean(every))


@given(st.lists(st.integers(0, 500), min_size=3, max_size=12, unique=True))
def test_without_ties_p_is_scipys(values):
    expected = stats.kendalltau(range(len(values)), values, method="exact").pvalue
    assert mann_kendall(range(len(values)), values).p == pytest.approx(expected)


def test_a_long_tied_series_is_close_to_its_normal_approximation():
    values = np.repeat(np.arange(10), 4)[np.random.default_rng(1).permutation(40)]
    exact = mann_kendall(range(40), values).p
    assert exact == pytest.approx(stats.kendalltau(range(40), values, method="asymptotic").pvalue, abs=0.02)
    assert mann_kendall(range(60), np.tile(values, 2)[:60]).n == 60


@pytest.mark.parametrize(("n", "p"), [(1, 1), (2, 1), (3, 1 / 3), (4, 1 / 12), (5, 1 / 60), (6, 1 / 360)])
def test_smallest_p(n, p):
    assert smallest_p(n) == pytest.approx(p)
    assert n < 2 or mann_kendall(range(n), range(n)).p == pytest.approx(p)


@pytest.mark.parametrize(("outcomes", "points"), [(1, 5), (3, 5), (4, 6), (8, 6), (9, 6), (10, 6), (18, 6), (19, 7)])
def test_points_needed_reckons_with_all_outcomes(outcomes, points):
    assert points_needed(outcomes) == points
    assert smallest_p(points) * outcomes <= 0.05 + 1e-12
    assert smallest_p(points - 1) * outcomes > 0.05


def test_a_flat_or_short_series_proves_nothing():
    assert mann_kendall(YEARS, [5] * 7).p == 1
    assert mann_kendall([2020], [5]).p == 1
    assert mann_kendall([], []).n == 0


@given(st.permutations(range(7)))
def test_the_order_of_rows_does_not_matter(order):
    values = np.array([40.0, 41, 41, 44, 43, 47, 50])
    shuffled = YEARS[list(order)], values[list(order)]
    assert mann_kendall(*shuffled) == mann_kendall(YEARS, values)
    assert theil_sen(*shuffled) == theil_sen(YEARS, values)


@given(st.lists(st.integers(0, 1000), min_size=3, max_size=9, unique=True), st.sampled_from([0.125, 8.0, 1024.0]))
def test_a_change_of_unit_scales_the_slope_and_leaves_the_test(values, factor):
    x, y = np.arange(len(values)), np.array(values, float)
    before, after = theil_sen(x, y), theil_sen(x, y * factor)
    assert after.estimate == pytest.approx(before.estimate * factor)
    assert (after.low, after.high) == pytest.approx((before.low * factor, before.high * factor))
    assert mann_kendall(x, y) == mann_kendall(x, y * factor)


def test_a_missing_year_is_a_longer_step_not_a_point():
    assert theil_sen([2019, 2021, 2022], [10, 14, 16]).estimate == 2
    assert theil_sen([2019, 2020, 2021, 2022], [10, np.nan, 14, 16]) == theil_sen([2019, 2021, 2022], [10, 14, 16])
    assert mann_kendall([2019, 2020, 2021], [1, np.nan, 2]).n == 2


def test_two_points_have_a_slope_but_no_range():
    found = theil_sen([2019, 2021], [10, 14])
    assert found.estimate == 2
    assert np.isnan([found.low, found.high]).all()
    assert np.isnan(theil_sen([2019], [10]).estimate)


def test_two_values_in_one_year_are_refused():
    with pytest.raises(InputError, match="one point in time"):
        theil_sen([2019, 2019], [10, 12])
    with pytest.raises(InputError, match="2 positions for 1 values"):
        mann_kendall([2019, 2020], [10])


def test_an_empty_family_is_refused():
    with pytest.raises(InputError, match="at least one"):
        points_needed(0)


def test_cochran_armitage_agrees_with_the_score_test_of_a_logistic_line():
    x, hits, nobs = np.array([0.0, 1, 2, 4]), np.array([20, 24, 30, 38]), np.array([100, 98, 103, 101])
    share = hits.sum() / nobs.sum()
    score = ((hits - nobs * share) * x).sum()
    variance = share * (1 - share) * ((nobs * x**2).sum() - (nobs * x).sum() ** 2 / nobs.sum())
    z, p = cochran_armitage(x + 2015, hits, nobs)
    assert z == pytest.approx(score / np.sqrt(variance))
    assert p == pytest.approx(2 * stats.norm.sf(abs(z)))


def test_cochran_armitage_without_any_difference_to_see():
    assert np.isnan(cochran_armitage([1, 2], [0, 0], [10, 10])).all()
    assert np.isnan(cochran_armitage([1], [5], [10])).all()
    assert np.isnan(cochran_armitage([1, 2], [5, np.nan], [10, 10])).all()


@given(st.lists(st.floats(20, 60), min_size=3, max_size=9), st.floats(0.5, 5))
def test_the_weighted_trend_is_least_squares_with_known_errors(values, half):
    x, y = np.arange(len(values), dtype=float), np.array(values)
    half_widths = half * (1 + x % 3)
    z, p = weighted_trend(x, y, y - half_widths, y + half_widths)
    error = half_widths / stats.norm.isf(0.025)
    line = WLS(y, add_constant(x), weights=error**-2).fit(cov_type="fixed scale")
    assert (z, p) == pytest.approx((line.tvalues[1], line.pvalues[1]), abs=1e-9)


def test_the_weighted_trend_of_equal_counts_is_nearly_cochran_armitage():
    x, hits, of = np.arange(8.0), np.array([455, 470, 462, 480, 478, 490, 485, 500]), np.full(8, 1000)
    low, high = wilson_interval(hits, of)
    assert weighted_trend(x, hits / of, low, high)[0] == pytest.approx(cochran_armitage(x, hits, of)[0], rel=0.01)


def test_the_weighted_trend_takes_the_side_that_was_not_cut_off():
    whole = weighted_trend([0, 1, 2], [1.0, 2.0, 3.0], [-3.0, -2.0, -1.0], [5.0, 6.0, 7.0])
    assert weighted_trend([0, 1, 2], [1.0, 2.0, 3.0], [0.0, 0.0, 0.0], [5.0, 6.0, 7.0]) == whole
    assert np.isnan(weighted_trend([0, 1], [1.0, np.nan], [0.0, 0.0], [2.0, 3.0])[0])
