"""Results of indicators with their ranges, ready for `c.publish`.

Tables of the contract in (as `c.table` gives them), tidy frames out. What is derived from these rows (`verdicts`,
`gaps`, `paths`) takes only what came back through the door.
"""

from collections.abc import Mapping
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.stats.intervals import CONFIDENCE, byar_interval, converted_interval, wilson_interval

Array = npt.NDArray[np.float64]
PER = {"percent": 100, "rate_per_1000": 1000}
"""Units that are a numerator over a denominator, and times what."""
MONTHS = {"annual": 12, "quarterly": 3, "monthly": 1}
"""Frequency → months from one period to the next."""
KEY = ["indicator_id", "period_start", "place_id", "subgroup_type", "subgroup"]
RANGE = {"percent": (0.0, 100.0), "rate_per_1000": (0.0, 1000.0), "count": (0.0, np.inf), "dollars": (0.0, np.inf)}
"""Unit → values there can be."""
_SAID = ["period_end", "released_on", "place", "kind", "group", "confidence", "target", "short_of_target"]
COLUMNS = [*KEY, "numerator", "denominator", "value", "low", "high", "value_status", "already_public", "unit", *_SAID]
KEYS: Mapping[str, Any] = {
    "by": [*KEY[:3], ("subgroup_type", "subgroup")],
    "quantity": "indicator_values",
    "partitions": [("subgroup_type", "subgroup")],
    "carry": _SAID,
}
"""How `c.publish` takes rows of `series`: one quantity for all indicators, so that a value is the same cell in every
chapter that shows it."""


def series(t: SimpleNamespace) -> pd.DataFrame:
    """Every result with its 95 % range, one row per indicator, period, place and group; see `with_ranges`.

    `t` are tables as `c.tables` opens them: `indicator_values` and `indicators`, and, where they are opened,
    `subgroups` and `places` (names) and `subgroup_targets` (groups' own goals).
    """
    given = {"subgroups": "subgroups", "places": "places", "targets": "subgroup_targets"}
    more = {name: getattr(t, table, None) for name, table in given.items()}
    return with_ranges(t.indicator_values, t.indicators, **more)


def with_ranges(
    values: pd.DataFrame,
    indicators: pd.DataFrame,
    *,
    subgroups: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
    targets: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Values of indicators with their 95 % intervals, one row per indicator, period, place and group.

    Three kinds of value: with the source's own interval (brought to 95 %; `confidence` is the level it came
    with), with counts (pooled; Wilson, or Byar for rates and counts), and with neither (no interval). A
    source's own interval goes before its counts: a survey's counts are weighted, far fewer were asked, and
    how they were drawn matters too (ACS General Handbook 2020, chapters 7 and 8). Returns `COLUMNS`; `value`,
    `low` and `high` in the indicator's unit, low and high of a `range` being its bounds; `short_of_target` =
    whole children by which the group misses its goal (its own from `subgroup_targets`, else the indicator's).
    """
    described = ["indicator_id", "unit", "good_direction", "already_public", "target"]
    frame = values.merge(indicators[described], on="indicator_id", how="inner", validate="many_to_one")
    frame = with_code_names(_with_own_targets(frame, targets), subgroups, places)
    value, low, high = _estimates(frame)
    frame["confidence"] = _confidence(frame)
    given = (frame["value_status"] == "reported").to_numpy()
    ranged = (frame["value_status"] == "range").to_numpy()
    frame["value"] = np.where(given, value, np.nan)
    frame["low"] = np.where(ranged, _floats(frame["low"]), np.where(given, low, np.nan))
    frame["high"] = np.where(ranged, _floats(frame["high"]), np.where(given, high, np.nan))
    frame["short_of_target"] = short_of_target(frame)
    return frame.sort_values(KEY, kind="stable")[COLUMNS].reset_index(drop=True)


def of_place(frame: pd.DataFrame, indicators: pd.DataFrame, place: str) -> pd.DataFrame:
    """Rows of `indicators` about one place, everyone and every group."""
    return frame[frame["indicator_id"].isin(indicators["indicator_id"]) & (frame["place_id"] == place)]


def totals(frame: pd.DataFrame, indicators: pd.DataFrame, place: str) -> pd.DataFrame:
    """Rows of `indicators` about everyone in `place`."""
    rows = of_place(frame, indicators, place)
    return rows[rows["subgroup"] == "all"]


def short_of_target(frame: pd.DataFrame) -> pd.Series:
    """Whole children by which each row misses its target: rounded up, never negative, missing without counts.

    Takes numerator, denominator, value, target, unit ("percent", "rate_per_1000", "count") and good_direction. Where
    a source gives a rounded share of a known number, the count it stands for is taken; the result is then about right.
    """
    count, of, value, target = (_floats(frame[name]) for name in ("numerator", "denominator", "value", "target"))
    per = frame["unit"].map({**PER, "count": 1}).to_numpy(float)
    exposure, up = np.where(frame["unit"] == "count", 1.0, of), (frame["good_direction"] == "up").to_numpy()
    share = np.isnan(count) & (per > 1)
    count[share] = np.rint(value[share] * of[share] / per[share])
    known = ~np.isnan(count + exposure + target + per)
    missing = np.zeros(len(frame), int)
    for goal, unit in {*zip(target[known], per[known], strict=True)}:
        # exact arithmetic: 55 % of 200 in floating point is a little more than 110, and would ask for one child more
        rows, exact = known & (target == goal) & (per == unit), Fraction(str(goal)) / int(unit)
        times = exact.numerator * exposure[rows].astype(int).astype(object)
        least, most = -(-times // exact.denominator), times // exact.denominator
        missing[rows] = np.where(up[rows], least - count[rows].astype(int), count[rows].astype(int) - most).astype(int)
    return pd.Series(pd.array(np.maximum(missing, 0), "Int64"), index=frame.index).mask(~known)


def _with_own_targets(frame: pd.DataFrame, targets: pd.DataFrame | None) -> pd.DataFrame:
    if targets is None or targets.empty:
        return frame
    keys = ["indicator_id", "subgroup_type", "subgroup"]
    newest = targets.sort_values("valid_from").drop_duplicates(keys, keep="last")
    own = frame[keys].merge(newest[[*keys, "target"]], on=keys, how="left")["target"]
    return frame.assign(target=own.to_numpy()).assign(target=lambda f: f["target"].fillna(frame["target"]))


def with_code_names(frame: pd.DataFrame, subgroups: pd.DataFrame | None, places: pd.DataFrame | None) -> pd.DataFrame:
    """The rows with kind, group and place by name, from the code lists; the code where a list does not have it."""
    keys = ["subgroup_type", "subgroup"]
    frame = frame.assign(kind=frame["subgroup_type"], group=frame["subgroup"], place=frame["place_id"])
    if subgroups is not None and len(subgroups):
        names = frame[keys].merge(subgroups.drop_duplicates(keys), on=keys, how="left")
        frame["kind"] = names["type_name"].fillna(frame["kind"])
        frame["group"] = names["name"].fillna(frame["group"])
    if places is not None and len(places):
        frame["place"] = frame["place_id"].map(places.set_index("place_id")["name"]).fillna(frame["place_id"])
    return frame


def _estimates(frame: pd.DataFrame) -> tuple[Array, Array, Array]:
    """Value, low and high of every row as if it were reported."""
    count, of = _floats(frame["numerator"]), _floats(frame["denominator"])
    value, unit = _floats(frame["value"]), frame["unit"].to_numpy()
    own = _own(frame)
    for name, times in PER.items():
        pick = (unit == name) & ~np.isnan(count) & (of > 0) & ~(own & ~np.isnan(value))
        value[pick] = times * count[pick] / of[pick]
    low, high = _given_intervals(frame, value)
    for name, times in PER.items():
        pick = (unit == name) & ~np.isnan(count) & (of > 0) & ~own
        ends = wilson_interval(count[pick], of[pick]) if name == "percent" else byar_interval(count[pick], of[pick])
        low[pick], high[pick] = times * ends[0], times * ends[1]
    # a share published with its denominator: the interval of the count it stands for
    share = (unit == "percent") & np.isnan(count) & np.isnan(low) & (of > 0) & (value >= 0) & (value <= 100)
    ends = wilson_interval(value[share] / 100 * of[share], of[share])
    low[share], high[share] = 100 * ends[0], 100 * ends[1]
    counted = (unit == "count") & np.isnan(value)  # events are their own numerator
    value[counted] = count[counted]
    bare = (unit == "count") & np.isnan(low) & (value >= 0)
    low[bare], high[bare] = byar_interval(value[bare])
    return value, low, high


def _own(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which rows carry their source's own interval."""
    return (frame["interval_low"].notna() & frame["interval_high"].notna()).to_numpy(bool)


def _confidence(frame: pd.DataFrame) -> Array:
    """The level at which the source gave its own interval; 95 % where it does not say; NaN where it gave none."""
    return np.where(_own(frame), np.nan_to_num(_floats(frame["confidence"]), nan=CONFIDENCE), np.nan)


def _given_intervals(frame: pd.DataFrame, value: Array) -> tuple[Array, Array]:
    """The sources' own intervals at 95 %, no wider than the values there can be."""
    ends = _floats(frame["interval_low"]), _floats(frame["interval_high"])
    low, high = converted_interval(value, *ends, np.nan_to_num(_confidence(frame), nan=CONFIDENCE))
    limits = [RANGE.get(unit, (-np.inf, np.inf)) for unit in frame["unit"]]
    floor_, ceiling = np.array(limits, float).reshape(-1, 2).T
    return np.maximum(low, floor_), np.minimum(high, ceiling)


def _floats(column: pd.Series) -> Array:
    return np.array(column.astype("Float64").to_numpy(dtype=float, na_value=np.nan), np.float64)
