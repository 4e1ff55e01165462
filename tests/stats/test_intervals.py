"""Intervals against other implementations, and what must hold for any numbers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from alignkit.errors import InputError
from alignkit.stats.intervals import (
    byar_interval,
    converted_interval,
    difference_interval,
    newcombe_interval,
    ratio_interval,
    wilson_interval,
    with_share,
)

Z = stats.norm.isf(0.025)
counts = st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts)
def test_wilson_limits_solve_the_score_equation(pair):
    x, n = pair
    for limit in wilson_interval(x, n):
        if 1e-9 < limit < 1 - 1e-9:
            assert abs(x / n - limit) == pytest.approx(Z * np.sqrt(limit * (1 - limit) / n), abs=1e-9)


@given(counts)
def test_wilson_holds_the_proportion_and_mirrors(pair):
    x, n = pair
    low, high = wilson_interval(x, n)
    assert 0 <= low <= x / n + 1e-12
    assert x / n - 1e-12 <= high <= 1
    assert wilson_interval(n - x, n)[0] == pytest.approx(1 - high, abs=1e-9)


def test_wilson_without_anybody_is_unknown():
    low, high = wilson_interval([0, 5], [0, 10])
    assert np.isnan([low[0], high[0]]).all()
    assert low[1] > 0


def test_wilson_refuses_more_than_all():
    with pytest.raises(InputError, match="larger than its denominator"):
        wilson_interval(11, 10)


@pytest.mark.parametrize("count", [10, 25, 100, 2_000])
def test_byar_is_close_to_the_exact_limits(count):
    low, high = byar_interval(count)
    assert low == pytest.approx(stats.chi2.ppf(0.025, 2 * count) / 2, rel=0.002)
    assert high == pytest.approx(stats.chi2.ppf(0.975, 2 * count + 2) / 2, rel=0.002)


def test_under_ten_events_the_limits_are_exact():
    low, high = byar_interval([0, 3])
    assert low[0] == 0
    assert high[0] == pytest.approx(-np.log(0.025))
    assert low[1] == pytest.approx(optimize.brentq(lambda m: stats.poisson.sf(2, m) - 0.025, 0.01, 3))
    assert high[1] == pytest.approx(optimize.brentq(lambda m: stats.poisson.cdf(3, m) - 0.025, 3, 30))


def test_a_rate_is_a_count_over_its_exposure():
    once, rate = byar_interval(40), byar_interval(40, 8)
    assert rate[0] * 8 == pytest.approx(once[0])
    assert rate[1] * 8 == pytest.approx(once[1])


def test_byar_of_nothing_known_is_unknown():
    assert np.isnan(byar_interval([np.nan, 5], [10, 0])).all()


def test_a_90_percent_interval_widens_to_95():
    low, high = converted_interval(50, 48, 53, 0.90)
    assert 50 - low == pytest.approx(2 * 1.959964 / 1.644854, rel=1e-6)
    assert high - 50 == pytest.approx(3 * 1.959964 / 1.644854, rel=1e-6)


def test_a_confidence_in_percent_is_refused():
    with pytest.raises(InputError, match="between 0 and 1"):
        converted_interval(50, 48, 52, 90)


@given(counts, counts)
def test_square_and_add_of_wilson_limits_is_newcombe(one, two):
    sides = [(x / n, *(float(limit) for limit in wilson_interval(x, n))) for x, n in (one, two)]
    assert difference_interval(*sides) == pytest.approx(newcombe_interval(*one, *two), abs=1e-9)


def test_ratio_interval_turns_over_with_the_ratio():
    low, high = ratio_interval(60, 100, 40, 100)
    assert low < 1.5 < high
    assert ratio_interval(40, 100, 60, 100) == pytest.approx((1 / high, 1 / low), rel=1e-4)
    assert np.isnan(ratio_interval(5, 100, 0, 100)).all()


def test_a_share_of_nobody_is_missing_and_others_are_percent() -> None:
    found = with_share(pd.DataFrame({"numerator": [2, 0], "denominator": [3, 0]}))
    # Wilson 1927 for 2 of 3
    assert found.loc[0, ["value", "low", "high"]].tolist() == pytest.approx([200 / 3, 20.77, 93.85], abs=0.01)
    assert found.loc[1, ["value", "low", "high"]].isna().all()
