"""Control limits, runs and what is only on trial."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.errors import InputError
from alignkit.stats.xmr import xmr


def test_a_far_point_is_a_signal():
    found = xmr([10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 30])
    assert found.outside == (False,) * 12 + (True,)
    assert found.signals[-1]
    assert not found.trial


def test_eight_on_one_side_are_a_run_and_seven_are_not():
    eight = xmr([10, 10.2] * 4 + [11, 11.2] * 4)
    assert eight.run == (True,) * 16
    assert not any(xmr([10, 10.2] * 3 + [10] + [11, 11.2] * 3 + [11]).run)


def test_a_missing_value_is_neither_point_nor_break():
    values = [10, 10.2] * 4 + [np.nan] + [11, 11.2] * 4
    found = xmr(values)
    assert found.center == pytest.approx(np.nanmean(values))
    assert found.run == (True,) * 8 + (False,) + (True,) * 8


def test_limits_are_on_trial_under_twelve_points():
    assert xmr(np.arange(11) % 2).trial
    assert not xmr(np.arange(12) % 2).trial


def test_limits_stop_where_values_must():
    found = xmr([95, 99, 90, 99, 91], floor=0, ceiling=100)
    assert found.high == 100
    assert found.low > 0


def test_one_value_has_no_limits():
    with pytest.raises(InputError, match="at least two values"):
        xmr([5, np.nan])


SERIES = st.lists(st.integers(0, 9), min_size=2, max_size=24)


def told(values):
    """Signals as the rules say them, point by point."""
    center = sum(values) / len(values)
    reach = 3 / 1.128 * sum(abs(a - b) for a, b in pairwise(values)) / (len(values) - 1)
    runs = [range(start, start + 8) for start in range(len(values) - 7)]
    sides = [run for run in runs if len({np.sign(values[at] - center) for at in run} - {0.0}) == 1
             and all(values[at] != center for at in run)]  # fmt: skip
    return [abs(value - center) > reach + 1e-12 or any(at in run for run in sides) for at, value in enumerate(values)]


@given(SERIES)
def test_signals_are_those_of_the_rules_point_by_point(values):
    assert list(xmr(values).signals) == told(values)


@given(SERIES, st.sampled_from([0.5, 4.0]), st.sampled_from([-8.0, 16.0]))
def test_another_unit_moves_the_limits_and_no_signal(values, times, plus):
    one, other = xmr(values), xmr(times * np.array(values) + plus)
    assert other.signals == one.signals
    assert (other.low, other.high) == pytest.approx((times * one.low + plus, times * one.high + plus))


@given(SERIES)
def test_turned_upside_down_or_around_the_same_points_are_signals(values):
    assert xmr([-value for value in values]).signals == xmr(values).signals
    assert xmr(values[::-1]).signals == xmr(values).signals[::-1]
