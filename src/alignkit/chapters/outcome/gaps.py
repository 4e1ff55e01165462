"""Differences between groups of children: how large, and whether they grow or shrink.

Pure; takes only what came through the door (`Published.shown`), so that no hidden value can be worked out
from a gap.
"""

from typing import Any

import numpy as np
import pandas as pd

from alignkit.chapters.outcome.paths import position, unbroken
from alignkit.chapters.outcome.verdicts import ALPHA, word
from alignkit.stats.intervals import (
    CONFIDENCE,
    converted_interval,
    difference_interval,
    newcombe_interval,
    ratio_interval,
)
from alignkit.stats.multiple import benjamini_hochberg
from alignkit.stats.trends import mann_kendall, points_needed, theil_sen

COLUMNS = ["subgroup_type", "kind", "period_start", "period_end", "best", "worst", "best_id", "worst_id", "value_best",
           "value_worst", "value", "low", "high", "confidence", "unit", "ratio", "ratio_low", "ratio_high",
           "groups", "points", "slope", "ratio_slope", "word", "ratio_word", "disagree"]  # fmt: skip


def gaps(points: pd.DataFrame, core: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """The distance between the best-off and the worst-off group, one row per kind of group.

    `points`: published rows of one indicator and place; `core`: the indicator (one row, or none). A kind of
    group is left out where fewer than two of its groups are shown in its newest period.

    Returns subgroup_type, kind, period_start, period_end, best, worst (names), value_best, value_worst, value (the gap)
    and its interval low, high (`picked_level`; in the indicator's unit, never negative itself; Newcombe from counts,
    square-and-add where a source gave its own interval, at the level `confidence`), ratio (larger over smaller value)
    with ratio_low, ratio_high, groups (how many are shown), points (years compared), slope (change of the gap per
    year), word (improving = the gap narrows), ratio_slope, ratio_word, and disagree (the gap and the ratio go different
    ways).

    The first row is the largest gap that chance does not explain: kinds are ordered by the lower end of the interval,
    as the difference between two small groups is easily large.

    Words come from the exact Mann–Kendall test of each year's own gap between its best-off and worst-off of
    the groups that are shown with an interval in every compared year, with Benjamini–Hochberg over the kinds of
    group. Picking the pair anew each year keeps years exchangeable when nothing changes; following the latest year's
    pair back would make gaps seem to widen.
    """
    if core.empty or points.empty:
        return pd.DataFrame(columns=COLUMNS)
    one = core.iloc[0]
    shown = points[(points["subgroup"] != "all") & points["value"].notna()]
    found = [_gap(rows, unbroken(rows, breaks), one) for _, rows in shown.groupby("subgroup_type", sort=True)]
    frame = pd.DataFrame([row for row in found if row])
    if frame.empty:
        return pd.DataFrame(columns=COLUMNS)
    ordered = _with_words(frame).sort_values(["low", "value", "subgroup_type"], ascending=[False, False, True])
    return ordered[COLUMNS].reset_index(drop=True)


def _gap(rows: pd.DataFrame, same: pd.DataFrame, one: pd.Series) -> dict[str, Any]:
    newest = rows[rows["period_start"] == rows["period_start"].max()]
    if len(newest) < 2:
        return {}
    best, worst = _ends(newest, one)
    row: dict[str, Any] = {"subgroup_type": best["subgroup_type"], "kind": best["kind"]}
    row |= {"period_start": best["period_start"], "period_end": best["period_end"], "groups": len(newest)}
    row |= {"best": best["group"], "worst": worst["group"], "best_id": best["subgroup"], "worst_id": worst["subgroup"]}
    row |= {"value_best": best["value"], "value_worst": worst["value"], "unit": one["unit"]}
    return row | _now(best, worst, one, len(newest)) | _over_time(same, one)


def _ends(rows: pd.DataFrame, one: pd.Series) -> tuple[pd.Series, pd.Series]:
    ordered = rows.sort_values(["value", "subgroup"], ascending=[one["good_direction"] == "down", True], kind="stable")
    return ordered.iloc[0], ordered.iloc[-1]


def _now(best: pd.Series, worst: pd.Series, one: pd.Series, groups: int) -> dict[str, Any]:
    level = picked_level(groups)
    larger, smaller = (best, worst) if one["good_direction"] == "up" else (worst, best)
    counts = [_float(side[name]) for side in (larger, smaller) for name in ("numerator", "denominator")]
    levels = [own for own in (_float(side["confidence"]) for side in (larger, smaller)) if not np.isnan(own)]
    if one["unit"] == "percent" and not levels and not np.isnan(counts).any():
        k1, n1, k2, n2 = counts
        low, high = (100 * limit for limit in newcombe_interval(k1, n1, k2, n2, level))
        ratio = ratio_interval(k1, n1, k2, n2, level)
    else:
        sides = [_at(level, side) for side in (larger, smaller)]
        low, high = difference_interval(sides[0], sides[1])
        ratio = (np.nan, np.nan)
    return {
        "value": larger["value"] - smaller["value"], "low": low, "high": high,
        "ratio": larger["value"] / smaller["value"] if smaller["value"] > 0 else np.nan,
        "ratio_low": ratio[0], "ratio_high": ratio[1], "confidence": levels[0] if levels else np.nan,
    }  # fmt: skip


def picked_level(groups: int) -> float:
    """The level at which the interval of the largest of all gaps between `groups` holds as often as 95 %.

    The pair was picked because its gap is the largest, so chance made it larger. Of m pairs one is shown, and gets an
    interval at 1 − 0.05 / m (false coverage rate: Benjamini and Yekutieli 2005, Journal of the American Statistical
    Association 100: 71). Two groups are one pair, and nothing was picked.
    """
    return 1 - ALPHA / max(groups * (groups - 1) // 2, 1)


def _at(level: float, side: pd.Series) -> tuple[float, float, float]:
    """A value with its 95 % interval brought to another level."""
    value, low, high = (_float(side[name]) for name in ("value", "low", "high"))
    ends = converted_interval(value, low, high, CONFIDENCE, level)
    return value, float(ends[0]), float(ends[1])


def _over_time(rows: pd.DataFrame, one: pd.Series) -> dict[str, Any]:
    """Trend of each year's own gap and ratio, over the groups that every compared year shows with an interval."""
    rows = rows[rows["low"].notna() & rows["high"].notna()]
    wide = rows.pivot(index="period_start", columns="subgroup", values="value").dropna(axis=1)
    years = rows.drop_duplicates("period_start").sort_values("period_start")
    x = position(years, one)
    if wide.shape[1] < 2:
        return {"points": 0, "slope": np.nan, "ratio_slope": np.nan, "s": 0, "ratio_s": 0, "p": 1.0, "ratio_p": 1.0}
    largest, least = wide.max(axis=1), wide.min(axis=1)
    ratio = (largest / least.where(least > 0)).to_numpy(float)
    gap, times = mann_kendall(x, largest - least), mann_kendall(x, ratio)
    return {
        "points": gap.n, "slope": theil_sen(x, largest - least).estimate, "ratio_slope": theil_sen(x, ratio).estimate,
        "s": gap.s, "ratio_s": times.s, "p": gap.p, "ratio_p": times.p,
    }  # fmt: skip


def _with_words(frame: pd.DataFrame) -> pd.DataFrame:
    testable = frame["points"] >= points_needed(len(frame), ALPHA)
    for prefix in ("", "ratio_"):
        adjusted = benjamini_hochberg(frame[f"{prefix}p"].where(testable))
        told = zip(testable, adjusted, frame[f"{prefix}s"], strict=True)
        frame[f"{prefix}word"] = [word(able, p, s, "down") for able, p, s in told]
    frame["disagree"] = frame["slope"] * frame["ratio_slope"] < 0
    return frame


def _float(value: Any) -> float:
    return float(value) if pd.notna(value) else np.nan
