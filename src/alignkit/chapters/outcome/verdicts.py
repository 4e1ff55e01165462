"""Words that depend on all outcomes together, given once, so that page one and an outcome's page cannot disagree."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from alignkit.chapters.outcome.indicators import core_indicators
from alignkit.chapters.outcome.paths import position, project, unbroken
from alignkit.chapters.outcome.series import MONTHS, short_of_target
from alignkit.last_book import Compares
from alignkit.stats.multiple import benjamini_hochberg
from alignkit.stats.trends import (
    cochran_armitage,
    mann_kendall,
    points_needed,
    theil_sen,
    weighted_trend,
)

Word = Literal["improving", "worsening", "no clear change", "cannot tell yet"]
ALPHA = 0.05
_ABOUT = {
    name: name
    for name in ("indicator_id", "unit", "good_direction", "frequency", "universe", "baseline", "target", "target_year")
} | {"indicator": "name"}
"""Column of a verdict → column of the indicator."""
_KEY = ["indicator_id", "period_start", "place_id"]
_TESTED = ("value", "low", "high", "numerator", "denominator")
_DAYS_IN_MONTH = 30.44
_QUARTER = 3
"""Months; a cycle is no shorter."""


def verdicts(
    values: pd.DataFrame,
    indicators: pd.DataFrame,
    outcomes: pd.DataFrame,
    breaks: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
    before: pd.DataFrame | None = None,
    last_book: Compares = "first",
    outcome: str | None = None,
) -> pd.DataFrame:
    """One row per outcome in force, in the outcomes' order: word, level, direction, pace, and what is new.

    With `outcome`, its row alone: of the others only that is worked out on which its word depends.

    `values` are published totals of the core indicators in one place (`Published.shown`: indicator_id,
    period_start, period_end, value, low, high, released_on, numerator, denominator); `before` says which
    results the last book knew (`c.outline("indicator_values", before=True)`), `last_book` whether there was one and
    what it knew is kept (`c.last_book.compares`).

    `word` is "improving" or "worsening" where the exact Mann–Kendall test of the points since the last break
    passes Benjamini–Hochberg over all outcomes in force at 5 %; else "no clear change"; "cannot tell yet"
    where the points are fewer than any series would need by itself (`needed`), or carry no interval;
    `earliest` is then the day on which that could end, missing where no more years would help. An outcome
    with too few points counts in the family as one that showed nothing. `slope` (per year) is Theil–Sen.
    `is_new`: the last book did not know the newest period, whenever its value came out; in a first book, its value
    came out within a period (at least a quarter) of `as_of`; None where what the last book knew is not kept.
    `overdue_since`: the day on which the next value was due, once it has passed.

    `word_known` is the word that today's data give without the periods of which the last book knew nothing: where
    it is not the last book's word, a correction or a break changed the word; where it is, a new result did. None where
    that book knew nothing at all, or there was none.
    """
    if before is not None:
        before = before[(before["subgroup"] == "all") & (before["value_status"] == "reported")]
    now = _family(_with_known(values, before), indicators, outcomes, breaks)
    told_now, known = _words(now), [None] * len(now)
    if before is not None and len(before):
        known = [told["word"] for told in _words([_as_known(one, breaks) for one in now])]
    rows = [
        _row(one, breaks, as_of, last_book) | told | {"word_known": was}
        for one, told, was in zip(now, told_now, known, strict=True)
        if outcome in (None, one.outcome_id)
    ]
    found = pd.DataFrame(rows)
    return found.assign(short_of_target=short_of_target(found)) if rows else found


def verdict(
    values: pd.DataFrame,
    indicators: pd.DataFrame,
    outcomes: pd.DataFrame,
    breaks: pd.DataFrame,
    *,
    outcome: str,
    gaps: pd.DataFrame,
    as_of: pd.Timestamp,
    before: pd.DataFrame | None = None,
    last_book: Compares = "first",
) -> pd.DataFrame:
    """One outcome's row of `verdicts`, with its largest gap: the first row of `gaps`.

    Adds gap, gap_low, gap_high, gap_kind, gap_best, gap_worst, gap_word (None where there is no gap to show)
    and wider: the kinds of group whose gap grew while everyone together improved, which an average would
    hide.
    """
    known: dict[str, Any] = {"as_of": as_of, "before": before, "last_book": last_book}
    judged = verdicts(values, indicators, outcomes, breaks, **known, outcome=outcome)
    return with_gap(judged, gaps)


def with_gap(verdict: pd.DataFrame, gaps: pd.DataFrame) -> pd.DataFrame:
    """An outcome's row of `verdicts` with the columns that `verdict` adds."""
    names = {"value": "gap", "low": "gap_low", "high": "gap_high", "kind": "gap_kind", "best": "gap_best",
             "worst": "gap_worst", "word": "gap_word"}  # fmt: skip
    first = gaps.iloc[0] if len(gaps) else pd.Series(dict.fromkeys(names), dtype=object)
    grew = list(gaps.loc[gaps["word"] == "worsening", "kind"]) if len(gaps) else []
    better = verdict["word"] == "improving"
    named = verdict.assign(**{to: first[name] for name, to in names.items()})
    return named.assign(wider=better.map({True: "; ".join(grew), False: ""}))


@dataclass(frozen=True)
class _Series:
    """One outcome in force: its core indicator (None where it has none), its results, those since the last break, and
    the test of these."""

    outcome_id: str
    name: str
    indicator: pd.Series | None
    points: pd.DataFrame
    same: pd.DataFrame
    test: dict[str, Any]


def _with_known(values: pd.DataFrame, before: pd.DataFrame | None) -> pd.DataFrame:
    """The values there are, in order of time, with `known`: whether the last book knew of a value of that period."""
    values = values[values["value"].notna()].sort_values("period_start", kind="stable")
    if before is None:
        return values.assign(known=False)
    given, known = (pd.MultiIndex.from_frame(frame[_KEY]) for frame in (values, before))
    return values.assign(known=given.isin(known))


def _family(
    values: pd.DataFrame, indicators: pd.DataFrame, outcomes: pd.DataFrame, breaks: pd.DataFrame
) -> list[_Series]:
    in_force = outcomes[outcomes["status"] == "in_force"].sort_values("order", kind="stable")
    needed = points_needed(max(len(in_force), 1), ALPHA)
    judged = {row["outcome_id"]: row for _, row in core_indicators(indicators, outcomes).iterrows()}
    points, none = dict(iter(values.groupby("indicator_id", sort=False))), values.iloc[:0]
    found = []
    for id_, name in zip(in_force["outcome_id"], in_force["name"], strict=True):
        indicator = judged.get(id_)
        own = none if indicator is None else points.get(indicator["indicator_id"], none)
        found.append(_of(id_, name, indicator, own, breaks, needed))
    return found


def _as_known(one: _Series, breaks: pd.DataFrame) -> _Series:
    """The series without the periods of which the last book knew nothing."""
    if one.points["known"].all():
        return one
    points = one.points[one.points["known"]]
    return _of(one.outcome_id, one.name, one.indicator, points, breaks, one.test["needed"])


def _of(
    id_: str, name: str, indicator: pd.Series | None, points: pd.DataFrame, breaks: pd.DataFrame, needed: int
) -> _Series:
    """With the exact test of the unbroken part, or the reason why it cannot tell."""
    same = unbroken(points, breaks)
    told = _with_interval(same)
    test = mann_kendall(position(told, indicator), told["value"])
    reason = "no_values" if same.empty else "no_interval" if told.empty else "too_few" if test.n < needed else ""
    found = {"needed": needed, "points": test.n, "s": test.s, "p": test.p, "reason": reason}
    return _Series(id_, name, indicator, points, same, found)


def _words(family: list[_Series]) -> list[dict[str, Any]]:
    """Each one's word, which depends on all of them, and its p-value adjusted for that."""
    adjusted = benjamini_hochberg([np.nan if one.test["reason"] else one.test["p"] for one in family])
    good = [None if one.indicator is None else one.indicator["good_direction"] for one in family]
    return [
        {"p_adjusted": p, "word": word(not one.test["reason"], p, one.test["s"], up)}
        for one, p, up in zip(family, adjusted, good, strict=True)
    ]


def word(testable: bool, p: float, s: float, good_direction: str | None, alpha: float = ALPHA) -> Word:
    """The one word for a series: whether it could be told, then whether chance would do as well, then which way."""
    if not testable:
        return "cannot tell yet"
    if p > alpha or s == 0:
        return "no clear change"
    return "improving" if (s > 0) == (good_direction == "up") else "worsening"


def _row(one: _Series, breaks: pd.DataFrame, as_of: pd.Timestamp, last_book: Compares) -> dict[str, Any]:
    indicator, points, same = one.indicator, one.points, one.same
    row: dict[str, Any] = {"outcome_id": one.outcome_id, "outcome": one.name}
    row |= {name: None if indicator is None else indicator[column] for name, column in _ABOUT.items()}
    row |= (
        last_break(breaks, points) | latest(points, same) | one.test | trend(same, indicator) | project(same, indicator)
    )
    waits = row["reason"] in ("too_few", "no_values")
    row["earliest"] = earliest(points, indicator, row["needed"] - row["points"], as_of) if waits else None
    new = _is_new(points, indicator, as_of, last_book)
    return row | {"is_new": new, "overdue_since": overdue(points, indicator, as_of)}


def latest(points: pd.DataFrame, same: pd.DataFrame) -> dict[str, Any]:
    """The newest value, and the one before it in the same vintage and unbroken series (None where there is none)."""
    names = ["value", "low", "high", "numerator", "denominator", "confidence", "period_start", "period_end"]
    names.append("released_on")
    before = same.iloc[:-1]
    row = {name: points[name].iloc[-1] if len(points) else None for name in names}
    given = {"previous": "value", "previous_period_start": "period_start", "previous_period_end": "period_end"}
    return row | {to: before[name].iloc[-1] if len(before) else None for to, name in given.items()}


def _with_interval(points: pd.DataFrame) -> pd.DataFrame:
    """The points that carry an interval, as chance cannot be told without."""
    return points[points["low"].notna() & points["high"].notna()]


def trend(points: pd.DataFrame, indicator: pd.Series | None) -> dict[str, Any]:
    """Pace of one unbroken series, and second evidence for its direction.

    That is Cochran–Armitage from counts, or the weighted trend where any interval is the source's own: a survey's
    counts are not children drawn one by one.
    """
    told = _with_interval(points)
    x = position(told, indicator)
    slope, surveyed = theil_sen(x, told["value"]), bool(told["confidence"].notna().any())
    value, low, high, count, of = (told[name].astype("Float64").to_numpy(float, na_value=np.nan) for name in _TESTED)
    z, p = (np.nan, np.nan) if surveyed else cochran_armitage(x, count, of)
    weighted_z, weighted_p = weighted_trend(x, value, low, high) if surveyed else (np.nan, np.nan)
    return {
        "slope": slope.estimate, "slope_low": slope.low, "slope_high": slope.high,
        "armitage_z": z, "armitage_p": p, "weighted_z": weighted_z, "weighted_p": weighted_p,
    }  # fmt: skip


def earliest(
    points: pd.DataFrame, indicator: pd.Series | None, missing: int, as_of: pd.Timestamp
) -> pd.Timestamp | None:
    """The day on which the `missing`-th value from now is due: whole periods on from the last, plus the usual
    lag.

    A value that is overdue may come any day, so no answer is promised for the past. None where nothing has
    come yet.
    """
    if indicator is None or points.empty or missing < 1:
        return None
    newest = points.iloc[-1]
    length = round((newest["period_end"] - newest["period_start"]).days / _DAYS_IN_MONTH)
    months = max(MONTHS[indicator["frequency"]], length)  # results that share days count once
    return max(_due(newest["period_end"], months * missing, indicator), as_of + pd.Timedelta(days=1))


def overdue(points: pd.DataFrame, indicator: pd.Series | None, as_of: pd.Timestamp) -> pd.Timestamp | None:
    """The day on which the value after the newest was due, where that day has passed; else None."""
    if indicator is None or points.empty:
        return None
    due = _due(points["period_end"].iloc[-1], MONTHS[indicator["frequency"]], indicator)
    return due if due < as_of else None


def _due(last: pd.Timestamp, months: int, indicator: pd.Series) -> pd.Timestamp:
    """The day on which the value of the period that ends `months` after `last` usually comes out."""
    end = last + pd.DateOffset(months=months)
    end += pd.offsets.MonthEnd(0) if last.is_month_end else pd.Timedelta(0)  # March ends on the 31st, June on the 30th
    return end + pd.Timedelta(days=int(indicator["usual_lag_days"]))


def last_break(breaks: pd.DataFrame, points: pd.DataFrame) -> dict[str, Any]:
    """The newest break within the series, if any: the day it starts and its reason."""
    own = breaks[breaks["indicator_id"].isin(points["indicator_id"])].sort_values("starts_on")
    if own.empty or own["starts_on"].iloc[-1] <= points["period_start"].iloc[0]:
        return {"break_on": None, "break_reason": None}
    return {"break_on": own["starts_on"].iloc[-1], "break_reason": own["reason"].iloc[-1]}


def _is_new(points: pd.DataFrame, indicator: pd.Series | None, as_of: pd.Timestamp, last_book: Compares) -> bool | None:
    """Whether the last book did not know the newest period (a revised value of a known one is not new). In a first
    book, whether its value came out lately: what is years old is not news in anybody's first book."""
    if last_book == "lost":
        return None
    if indicator is None or points.empty:
        return False
    newest = points.iloc[-1]
    if last_book == "kept":
        return not newest["known"]
    lately = pd.DateOffset(months=max(MONTHS[indicator["frequency"]], _QUARTER))
    return bool(newest["released_on"] > as_of - lately)
