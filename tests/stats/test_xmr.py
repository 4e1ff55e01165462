"""Control limits, runs and what is only on trial."""

import numpy as np
import pytest

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
