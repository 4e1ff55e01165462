"""The median time until something happens: a published example, and another implementation."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from alignkit.stats.survival import median_time

REMISSION = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
RELAPSED = [1] * 9 + [0] * 12
"""Weeks in remission under 6-mercaptopurine (Freireich 1963), as in every textbook of survival analysis."""


def test_the_median_of_freireichs_patients_is_23_weeks() -> None:
    value, low, high = median_time(REMISSION, RELAPSED)
    assert value == 23
    assert low < 23
    assert math.isnan(high)  # too few relapsed for an upper limit


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=2, max_size=40))
def test_the_median_is_that_of_statsmodels(waits: list[tuple[int, bool]]) -> None:
    times, happened = np.array([w for w, _ in waits], float), np.array([h for _, h in waits])
    if not happened.any():
        assert all(math.isnan(end) for end in median_time(times, happened))
        return
    curve = SurvfuncRight(times, happened.astype(int))
    there = np.flatnonzero(curve.surv_prob <= 0.5 + 1e-12)
    theirs = curve.surv_times[there[0]] if there.size else math.nan
    value, low, high = median_time(times, happened)
    assert value == pytest.approx(theirs, nan_ok=True)
    assert not low > value
    assert not high < value


def test_not_yet_where_fewer_than_half_got_there() -> None:
    assert math.isnan(median_time([3, 9, 9, 9], [True, False, False, False])[0])
    assert median_time([], [])[0] != median_time([], [])[0]
