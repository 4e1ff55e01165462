"""The forecast against statsmodels, and its floor."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from alignkit.stats.forecast import forecast
from alignkit.stats.intervals import wilson_interval

X = np.array([2018, 2019, 2021, 2022, 2023, 2024.0])
Y = np.array([40.1, 42.7, 42.9, 46.0, 44.8, 47.9])
AHEAD = np.array([2025, 2030.0])


def _statsmodels(y):
    fitted = sm.OLS(y, sm.add_constant(X)).fit()
    return fitted.get_prediction(sm.add_constant(AHEAD)).summary_frame(alpha=0.05)


@pytest.mark.parametrize(
    ("scale", "to", "back"),
    [
        ("identity", np.array, np.array),
        ("log", np.log, np.exp),
        ("logit", lambda y: logit(y / 100), lambda y: 100 * expit(y)),
    ],
)
def test_prediction_interval_is_that_of_statsmodels(scale, to, back):
    found, expected = forecast(X, Y, AHEAD, scale=scale), _statsmodels(to(Y))
    assert found.center == pytest.approx(back(expected["mean"].to_numpy()))
    assert found.low == pytest.approx(back(expected["obs_ci_lower"].to_numpy()))
    assert found.high == pytest.approx(back(expected["obs_ci_upper"].to_numpy()))


def test_points_in_line_are_no_surer_than_chance_allows():
    line = np.array([40, 41, 42, 43, 44.0])
    limits = tuple(100 * limit for limit in wilson_interval(line, np.full(5, 100)))
    bare = forecast(range(5), line, 5)
    floored = forecast(range(5), line, 5, interval=limits)
    assert (bare.high - bare.low)[0] == pytest.approx(0, abs=1e-9)
    assert (floored.high - floored.low)[0] > (limits[1] - limits[0]).mean()


def test_wide_scatter_is_left_as_it_is():
    narrow = Y - 0.01, Y + 0.01
    assert forecast(X, Y, AHEAD, interval=narrow).low == pytest.approx(forecast(X, Y, AHEAD).low)


def test_no_forecast_under_five_points():
    assert forecast(X[:4], Y[:4], AHEAD) is None
    assert forecast(X[:5], [1, 2, np.nan, 4, 5], AHEAD) is None


def test_percents_stay_between_0_and_100():
    for values in ([90, 94, 97, 99, 100], [10, 6, 3, 1, 0]):
        found = forecast(range(5), values, [20], scale="logit")
        assert 0 <= found.low[0] <= found.center[0] <= found.high[0] <= 100


def test_the_order_of_rows_and_the_start_of_the_calendar_do_not_matter():
    one, two = (
        forecast(X, Y, AHEAD, scale="logit"),
        forecast(X[::-1] - 2000, Y[::-1], AHEAD - 2000, scale="logit"),
    )
    assert one.center == pytest.approx(two.center)
    assert one.low == pytest.approx(two.low)


POINTS = st.lists(st.integers(5, 95), min_size=5, max_size=10)


@given(POINTS, st.randoms(use_true_random=False), st.sampled_from(["identity", "log", "logit"]))
def test_the_order_of_points_says_nothing(values, random, scale):
    order = list(range(len(values)))
    random.shuffle(order)
    one, other = (
        forecast([2000 + at for at in places], [values[at] for at in places], [2020], scale=scale)
        for places in (range(len(values)), order)
    )
    assert (one.low[0], one.center[0], one.high[0]) == pytest.approx((other.low[0], other.center[0], other.high[0]))


@given(POINTS, st.floats(0.1, 10), st.integers(-50, 50))
def test_another_unit_or_beginning_of_years_is_the_same_forecast(values, times, later):
    x = np.arange(len(values))
    one, moved = forecast(x, values, [20]), forecast(x + later, values, [20 + later])
    assert moved.high == pytest.approx(one.high)
    for scale in ("identity", "log"):
        one, other = (forecast(x, unit * np.array(values), [20], scale=scale) for unit in (1.0, times))
        assert other.low == pytest.approx(times * one.low)


@given(POINTS)
def test_further_ahead_and_surer_is_wider(values):
    found = forecast(range(len(values)), values, [len(values), len(values) + 5])
    assert np.diff(found.high - found.low)[0] >= 0
    less = forecast(range(len(values)), values, [len(values), len(values) + 5], confidence=0.5)
    assert (less.high <= found.high).all()


@given(POINTS)
def test_children_turned_around_are_the_forecast_turned_around(values):
    one = forecast(range(len(values)), values, [12], scale="logit")
    other = forecast(range(len(values)), [100 - value for value in values], [12], scale="logit")
    assert (other.low[0], other.high[0]) == pytest.approx((100 - one.high[0], 100 - one.low[0]))
