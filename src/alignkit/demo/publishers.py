"""What publishers leave out: years without a test, small groups, ranges, another state's test."""

import numpy as np
import pandas as pd

from alignkit.demo.series import SERIES

SMALL = 10
RANGED_UNDER = 60
"""The state's report card gives only ranges of ten points for groups below this size."""
TESTS = ("third-grade-reading", "eighth-grade-math")
_COUNTS = ["numerator", "denominator"]


def as_released(frame: pd.DataFrame) -> pd.DataFrame:
    """Counts → rows as their publisher released them: value_status, low and high are new, hidden counts are gone."""
    frame = frame.assign(value_status="reported", value=np.nan, low=np.nan, high=np.nan)
    frame[_COUNTS] = frame[_COUNTS].astype("Int64")
    frame = _not_given(frame)
    frame = _ranged(frame)
    frame = _suppressed(frame)
    return _elsewhere(frame)


def _source(frame: pd.DataFrame) -> pd.Series:
    return frame["indicator_id"].map({series.indicator: series.source for series in SERIES})


def _not_given(frame: pd.DataFrame) -> pd.DataFrame:
    """Years without a test: a row for everyone that says so, none for the groups."""
    gaps = pd.MultiIndex.from_tuples(
        [(series.indicator, pd.Timestamp(day)) for series in SERIES for day in series.missing]
    )
    gap = pd.MultiIndex.from_frame(frame[["indicator_id", "period_start"]]).isin(gaps)
    frame.loc[gap, "value_status"] = "missing"
    frame.loc[gap, _COUNTS] = pd.NA
    return frame[~gap | (frame["subgroup"] == "all")]


def _ranged(frame: pd.DataFrame) -> pd.DataFrame:
    """Groups of 10 to 59 students: only the ten points within which the percent lies."""
    percent = (100 * frame["numerator"] / frame["denominator"]).astype("Float64").to_numpy(float, na_value=np.nan)
    size = frame["denominator"].between(SMALL, RANGED_UNDER - 1).fillna(False).to_numpy(bool)
    pick = size & (_source(frame) == "state-report-card").to_numpy() & (frame["value_status"] == "reported").to_numpy()
    low = np.minimum(np.floor(percent / 10) * 10, 90)
    frame.loc[pick, "low"], frame.loc[pick, "high"] = low[pick], np.where(low == 90, 100, low + 9)[pick]
    frame.loc[pick, "value_status"] = "range"
    frame.loc[pick, "numerator"] = pd.NA
    return frame


def _suppressed(frame: pd.DataFrame) -> pd.DataFrame:
    """Groups under ten children; for births, fewer than ten babies."""
    source = _source(frame)
    public = source.isin(["state-report-card", "postsecondary-report", "vital-statistics"])
    few = (frame["denominator"] < SMALL).fillna(False).to_numpy(bool) & public
    rare = (frame["numerator"] < SMALL).fillna(False).to_numpy(bool) & (source == "vital-statistics")
    frame.loc[few | rare, "value_status"] = "suppressed_at_source"
    frame.loc[few | rare, "numerator"] = pd.NA
    frame.loc[few, "denominator"] = pd.NA
    return frame


def _elsewhere(frame: pd.DataFrame) -> pd.DataFrame:
    """The next state gives another test: its percents are there, and cannot be compared."""
    there = (frame["place_id"] == "bellwater") & frame["indicator_id"].isin(TESTS)
    pick = there & (frame["value_status"] == "reported")
    percent = (100 * frame.loc[pick, "numerator"] / frame.loc[pick, "denominator"]).astype(float)
    frame.loc[pick, "value"] = percent.round(1)
    frame.loc[pick, "value_status"] = "not_comparable"
    frame.loc[pick, _COUNTS] = pd.NA
    return frame
