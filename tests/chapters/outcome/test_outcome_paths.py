"""Forecast, reach of the goal, and turned curves."""

import numpy as np
import pandas as pd
import pytest

from alignkit.chapters.outcome.paths import position, project, reach, turned, yearly_forecast
from alignkit.contract.validate import empty
from alignkit.stats.forecast import Forecast

ABOUT = pd.Series({"indicator_id": "i", "frequency": "annual", "unit": "percent", "good_direction": "up",
                   "target": 55.0, "target_year": 2030})  # fmt: skip


def points(values, interval=2.0, first=2020):
    value = pd.Series(values, dtype=float)
    ends = [pd.Timestamp(first + k, 6, 30) for k in range(len(values))]
    return pd.DataFrame(
        {"indicator_id": "i", "subgroup": "all", "period_end": ends, "value": value, "low": value - interval,
         "high": value + interval, "period_start": [end - pd.DateOffset(years=1) for end in ends]}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "ends", "up", "expected"),
    [
        (56, (50, 60), True, "reached"),
        (40, (56, 60), True, "expected"),
        (40, (50, 60), True, "possible"),
        (40, (42, 50), True, "out of reach"),
        (54, (50, 60), False, "reached"),
        (70, (50, 54), False, "expected"),
        (70, (50, 60), False, "possible"),
        (70, (60, 68), False, "out of reach"),
    ],
)
def test_whether_the_goal_is_in_reach(value, ends, up, expected):
    ahead = Forecast(*(np.array([x]) for x in (2030.0, float(np.mean(ends)), *ends)))
    assert reach(value, 55, ahead, up) == expected


def test_without_a_forecast_reach_is_unknown_unless_reached():
    assert reach(40, 55, None, True) == "unknown"
    assert reach(56, 55, None, True) == "reached"


def test_the_forecast_needs_five_points_and_an_interval():
    assert project(points([40, 42, 43, 45]), ABOUT)["forecast"] is None
    assert project(points([40, 42, 43, 45, 46]).assign(low=np.nan, high=np.nan), ABOUT)["forecast"] is None
    found = project(points([40, 42, 43, 45, 46]), ABOUT)
    assert found["forecast_low"] < found["forecast"] < found["forecast_high"]
    assert project(None, None)["reach"] == "unknown"


def test_no_forecast_without_a_goal_or_for_a_year_gone_by():
    values = points([40, 42, 43, 45, 46])
    assert project(values, pd.Series({**ABOUT, "target": np.nan}))["forecast"] is None
    assert project(values, pd.Series({**ABOUT, "target_year": 2024}))["forecast"] is None


def test_the_curve_has_turned_where_the_latest_lies_outside_the_forecast_made_without_it():
    steady = [40, 41, 40, 41, 40, 41]
    assert turned(points([*steady, 41]), ABOUT) == "no"
    assert turned(points([*steady, 60]), ABOUT) == "better"
    assert turned(points([*steady, 20]), ABOUT) == "worse"
    assert turned(points([*steady, 20]), pd.Series({**ABOUT, "good_direction": "down"})) == "better"
    assert turned(points(steady[:5]), ABOUT) is None


def test_the_path_runs_year_by_year_to_the_goal_and_restarts_at_a_break():
    values, about = points([40, 42, 43, 45, 46]), ABOUT.to_frame().T
    found = yearly_forecast(values, about, empty("series_breaks"))
    assert list(found["period_end"].dt.year) == [2025, 2026, 2027, 2028, 2029, 2030]
    assert found["value"].iloc[-1] == pytest.approx(project(values, ABOUT)["forecast"])
    assert (found["high"] - found["low"]).is_monotonic_increasing
    broken = empty("series_breaks").assign(indicator_id=["i"], starts_on=[pd.Timestamp("2022-01-01")])
    assert yearly_forecast(values, about, broken).empty
    assert yearly_forecast(values, about.iloc[:0], empty("series_breaks")).empty


def test_quarters_and_months_stand_within_their_year():
    ends = pd.DataFrame({"period_end": pd.to_datetime(["2025-03-31", "2025-12-31"])})
    assert list(position(ends, pd.Series({"frequency": "quarterly"}))) == [2024.25, 2025]
    assert list(position(ends, ABOUT)) == [2025, 2025]
