"""Frequent values of the newest year, each beside the same time a year before: seasons come and go, no trend."""

import pandas as pd
from scipy.stats import binomtest

COLUMNS = ["period_start", "period_end", "before", "now", "change", "worse"]


def monthly_indicator(indicators: pd.DataFrame) -> pd.DataFrame:
    """The first indicator with a value each month, as a frame of one row, or of none."""
    return indicators[indicators["frequency"] == "monthly"].head(1).reset_index(drop=True)


def beside_last_year(points: pd.DataFrame, indicator: pd.DataFrame) -> pd.DataFrame:
    """Published totals of one indicator and place: the newest year's periods that have a value a year before.

    `points`: indicator_id, period_start, period_end, value; `indicator`: one row or none (indicator_id,
    good_direction). Returns `COLUMNS`, oldest first: before, now and change in the indicator's unit; worse (1 worse,
    0 the same, −1 better).
    """
    own = points[points["indicator_id"].isin(indicator["indicator_id"]) & points["value"].notna()]
    own = own.sort_values("period_start")
    if own.empty:
        return pd.DataFrame(columns=COLUMNS)
    year = own[own["period_start"] > own["period_start"].max() - pd.DateOffset(years=1)]
    earlier = own.assign(period_start=own["period_start"] + pd.DateOffset(years=1))[["period_start", "value"]]
    pair = year.merge(earlier.rename(columns={"value": "before"}), on="period_start").rename(columns={"value": "now"})
    change = (pair["now"] - pair["before"]).astype(float)
    sign = 1 if indicator["good_direction"].iloc[0] == "down" else -1
    worse = sign * ((change > 0).astype(int) - (change < 0).astype(int))
    return pair.assign(change=change, worse=worse.astype(int))[COLUMNS].reset_index(drop=True)


def signs(pairs: pd.DataFrame) -> pd.DataFrame:
    """How many periods got worse, of those that changed at all, and how often coin tosses would do as much.

    Returns one row, or none where nothing can be compared: worse, better, same (counts), typical (median change, in the
    indicator's unit), chance (of at least as many on the larger side, between 0 and 1; sign test, one-sided).
    """
    columns = ["what", "worse", "better", "same", "typical", "chance"]
    if pairs.empty:
        return pd.DataFrame(columns=columns)
    count = {name: int((pairs["worse"] == sign).sum()) for name, sign in (("worse", 1), ("better", -1), ("same", 0))}
    moved, most = count["worse"] + count["better"], max(count["worse"], count["better"])
    chance = binomtest(most, moved, alternative="greater").pvalue if moved else 1.0
    row = {"what": "signs", **count, "typical": float(pairs["change"].median()), "chance": float(chance)}
    return pd.DataFrame([row], columns=columns)
