"""Inequality between groups: by hand, against statsmodels, and what must hold for any groups."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from alignkit.errors import InputError
from alignkit.stats.inequality import between_group_variance, relative_index, ridits, slope_index, theil

GROUPS = st.lists(st.tuples(st.floats(1, 99), st.integers(1, 500)), min_size=3, max_size=8)


def test_by_hand():
    # two groups of equal size, 20 and 40 percent: mean 30
    assert between_group_variance([20, 40], [50, 50]) == pytest.approx(100)
    expected = 0.5 * (2 / 3) * np.log(2 / 3) + 0.5 * (4 / 3) * np.log(4 / 3)
    assert theil([20, 40], [50, 50]) == pytest.approx(expected)
    assert slope_index([20, 40], [50, 50]).value == pytest.approx(40)  # middles at ¼ and ¾
    assert relative_index([20, 40], [50, 50]) == pytest.approx(50 / 10)
    assert ridits([20, 30, 50]) == pytest.approx([0.1, 0.35, 0.75])


@given(GROUPS)
def test_the_slope_is_weighted_least_squares_on_ridits(groups):
    values, sizes = np.array(groups, float).T
    fit = sm.WLS(values, sm.add_constant(ridits(sizes)), weights=sizes).fit()
    found = slope_index(values, sizes)
    assert found.value == pytest.approx(fit.params[1], abs=1e-6)
    assert (found.low, found.high) == pytest.approx(tuple(fit.conf_int()[1]), rel=1e-4, abs=1e-4)


@given(GROUPS, st.floats(0.1, 10))
def test_unit_and_splitting_a_group_do_not_matter(groups, unit):
    values, sizes = np.array(groups, float).T
    assert theil(values * unit, sizes) == pytest.approx(theil(values, sizes), abs=1e-9)
    assert between_group_variance(values * unit, sizes) == pytest.approx(
        unit**2 * between_group_variance(values, sizes), abs=1e-6
    )
    twice = np.repeat(values, 2), np.repeat(sizes / 2, 2)
    assert theil(*twice) == pytest.approx(theil(values, sizes), abs=1e-9)
    assert between_group_variance(*twice) == pytest.approx(between_group_variance(values, sizes), abs=1e-6)


@given(GROUPS, st.randoms())
def test_order_matters_only_where_there_is_one(groups, mix):
    other = list(groups)
    mix.shuffle(other)
    one, two = (np.array(some, float).T for some in (groups, other))
    assert theil(*one) == pytest.approx(theil(*two), abs=1e-9)
    assert between_group_variance(*one) == pytest.approx(between_group_variance(*two), abs=1e-6)
    backwards = slope_index(one[0][::-1], one[1][::-1]).value
    assert backwards == pytest.approx(-slope_index(*one).value, abs=1e-6)


@given(st.floats(1, 99), st.lists(st.integers(1, 500), min_size=2, max_size=6))
def test_all_alike_is_no_inequality(value, sizes):
    values = [value] * len(sizes)
    assert theil(values, sizes) == pytest.approx(0, abs=1e-9)
    assert between_group_variance(values, sizes) == pytest.approx(0, abs=1e-6)
    assert slope_index(values, sizes).value == pytest.approx(0, abs=1e-6)
    assert relative_index(values, sizes) == pytest.approx(1)


def test_a_transfer_to_those_who_have_more_is_more_inequality():
    assert theil([20, 40], [1, 1]) < theil([15, 45], [1, 1]) < theil([5, 55], [1, 1])


def test_two_groups_have_no_interval_and_unknown_ones_are_left_out():
    assert np.isnan(slope_index([20, 40], [1, 1]).low)
    assert theil([20, 40, np.nan], [1, 1, 9]) == pytest.approx(theil([20, 40], [1, 1]))
    assert np.isnan(theil([0, 0], [1, 1]))
    with pytest.raises(InputError, match="2 values for 3 groups"):
        theil([1, 2], [1, 2, 3])
