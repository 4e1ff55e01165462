"""Where an outcome goes if nothing changes, and whether that reaches the goal."""

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.stats.forecast import Forecast, Scale, forecast

Reach = Literal["reached", "expected", "possible", "out of reach", "unknown"]
SCALES: dict[str, Scale] = {"percent": "logit", "rate_per_1000": "log", "count": "log", "dollars": "log"}
"""Unit → the scale on which a straight line cannot leave the values there can be; scores are left as they are."""


def position(points: pd.DataFrame, indicator: pd.Series | None) -> npt.NDArray[np.float64]:
    """Periods as years on a line: annual ones by the year in which they end, others with their last month."""
    end = points["period_end"]
    if indicator is None or indicator["frequency"] == "annual":
        return end.dt.year.to_numpy(float)
    return (end.dt.year + (end.dt.month - 12) / 12).to_numpy(float)


def unbroken(points: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """The points of one indicator from its newest break in series on, the newest and those that share no days with a
    later one.

    Estimates over several years, such as the ACS 5-year ones, share four fifths of their interviews with their
    neighbors: they go together by construction, which would look like a trend (ACS General Handbook 2020, chapter 4).
    """
    starts = breaks.loc[breaks["indicator_id"].isin(points["indicator_id"]), "starts_on"]
    same = points[points["period_start"] >= starts.max()] if len(starts) else points
    return same[same["period_start"].isin(_apart(same))]


def _apart(points: pd.DataFrame) -> list[pd.Timestamp]:
    """Starts of the periods that do not overlap, counted back from the newest."""
    kept: list[pd.Timestamp] = []
    periods = dict(zip(points["period_start"], points["period_end"], strict=True))
    for start, end in sorted(periods.items(), reverse=True):
        if not kept or end <= kept[-1]:  # one that ends on the day on which the next begins is its neighbor
            kept.append(start)
    return kept


def project(points: pd.DataFrame | None, indicator: pd.Series | None) -> dict[str, Any]:
    """Pace needed, whether the goal is in reach, the forecast for the target year, and whether the curve has
    turned.

    `points` are published totals of one unbroken series. `pace_needed` is the change per year from the latest
    value; `reach` compares the goal with the 95 % prediction interval ("expected": the whole of it is past
    the goal); `turned` is "better" or "worse" where the latest value lies outside the forecast made without
    it, None where there is none.
    """
    row: dict[str, Any] = {"pace_needed": None, "years_left": None, "reach": "unknown", "turned": None}
    row |= {"forecast": None, "forecast_low": None, "forecast_high": None}
    if points is None or indicator is None or points.empty:
        return row
    row["turned"] = turned(points, indicator)
    if pd.isna(indicator["target"]):
        return row
    ahead = _at_target(points, indicator)
    if ahead is not None:
        row |= {"forecast": ahead.center[0], "forecast_low": ahead.low[0], "forecast_high": ahead.high[0]}
    value, target, up = float(points["value"].iloc[-1]), float(indicator["target"]), indicator["good_direction"] == "up"
    row["reach"] = reach(value, target, ahead, up)
    if pd.notna(indicator["target_year"]):
        row["years_left"] = float(indicator["target_year"]) - position(points, indicator)[-1]
        row["pace_needed"] = (target - value) / row["years_left"] if row["years_left"] > 0 else None
    return row


def reach(value: float, target: float, ahead: Forecast | None, up: bool) -> Reach:
    """Whether the goal is reached already, expected, possible or out of reach on the present path."""
    sign = 1 if up else -1
    if sign * (value - target) >= 0:
        return "reached"
    if ahead is None:
        return "unknown"
    worst, best = (ahead.low[0], ahead.high[0]) if up else (ahead.high[0], ahead.low[0])
    if sign * (worst - target) >= 0:
        return "expected"
    return "possible" if sign * (best - target) >= 0 else "out of reach"


def turned(points: pd.DataFrame, indicator: pd.Series) -> Literal["better", "worse", "no"] | None:
    """Whether the latest value lies outside the 95 % forecast that the values before it made."""
    before = points.iloc[:-1]
    ahead = _forecast(before, indicator, position(points, indicator)[-1:]) if len(before) else None
    if ahead is None:
        return None
    value, up = float(points["value"].iloc[-1]), indicator["good_direction"] == "up"
    if ahead.low[0] <= value <= ahead.high[0]:
        return "no"
    return "better" if (value > ahead.high[0]) == up else "worse"


def yearly_forecast(points: pd.DataFrame, core: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """The forecast year by year from the latest value to the target year, for the chart; empty where there is
    none.

    `points`: published rows of one place; `core`: the core indicator (one row or none). Returns
    indicator_id, period_start, period_end, value, low, high, in the indicator's unit.
    """
    columns = ["indicator_id", "period_start", "period_end", "value", "low", "high", "unit"]
    if core.empty or pd.isna(core["target_year"].iloc[0]):
        return pd.DataFrame(columns=columns)
    one = core.iloc[0]
    rows = points[(points["subgroup"] == "all") & points["value"].notna()].sort_values("period_start")
    rows = unbroken(rows, breaks)
    now = position(rows, one)[-1] if len(rows) else np.inf
    years = [] if now >= one["target_year"] else list(range(1, 1 + int(one["target_year"] - now)))
    found = _forecast(rows, one, [now + year for year in years]) if years else None
    if found is None:
        return pd.DataFrame(columns=columns)
    start, end = ([rows[name].iloc[-1] + pd.DateOffset(years=y) for y in years] for name in columns[1:3])
    return pd.DataFrame(
        {"indicator_id": one["indicator_id"], "period_start": start, "period_end": end, "value": found.center,
         "low": found.low, "high": found.high, "unit": one["unit"]}
    )  # fmt: skip


def _at_target(points: pd.DataFrame, indicator: pd.Series) -> Forecast | None:
    year = indicator["target_year"]
    if pd.isna(year) or float(year) <= position(points, indicator)[-1]:
        return None
    return _forecast(points, indicator, np.array([float(year)]))


def _forecast(points: pd.DataFrame, indicator: pd.Series, at: npt.ArrayLike) -> Forecast | None:
    limits = points["low"].astype(float), points["high"].astype(float)
    told = limits[0].notna().any()  # without any interval, scatter is all there is to go by: no forecast either
    scale = SCALES.get(indicator["unit"], "identity")
    return forecast(position(points, indicator), points["value"], at, scale=scale, interval=limits) if told else None
