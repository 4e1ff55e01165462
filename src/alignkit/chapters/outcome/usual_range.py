"""Frequent indicators that help to explain an outcome: which values are more than their usual ups and downs."""

import numpy as np
import pandas as pd

from alignkit.chapters.outcome.series import RANGE
from alignkit.stats.xmr import Xmr, xmr

COLUMNS = ["indicator_id", "period_start", "center", "lower", "upper", "outside", "run", "trial"]


def usual_ranges(points: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """Natural process limits of each indicator's published totals, anew from every break in series.

    Returns one row per point: indicator_id, period_start, center, lower, upper (in the indicator's unit),
    outside (beyond the limits), run (one of eight or more in a row on one side), trial (limits rest on under
    12 points). A stretch of a single point has no limits and is left out.
    """
    known = points[points["value"].notna()].sort_values("period_start")
    found = [part for _, rows in known.groupby("indicator_id", sort=False) for part in _stretches(rows, breaks)]
    if not found:
        return pd.DataFrame(columns=COLUMNS).astype({"period_start": "datetime64[ns]"})
    return pd.concat(found, ignore_index=True)


def _stretches(rows: pd.DataFrame, breaks: pd.DataFrame) -> list[pd.DataFrame]:
    starts = breaks.loc[breaks["indicator_id"].isin(rows["indicator_id"]), "starts_on"].sort_values()
    stretch = np.searchsorted(starts.to_numpy(), rows["period_start"].to_numpy(), side="right")
    return [_limits(some) for _, some in rows.groupby(stretch) if len(some) > 1]


def _limits(rows: pd.DataFrame) -> pd.DataFrame:
    floor, ceiling = RANGE.get(str(rows["unit"].iloc[0]), (-np.inf, np.inf))
    chart: Xmr = xmr(rows["value"], floor, ceiling)
    return rows[["indicator_id", "period_start"]].assign(
        center=chart.center, lower=chart.low, upper=chart.high, outside=chart.outside, run=chart.run, trial=chart.trial
    )
