"""Which of an outcome's published rows a chart or table shows, and whose each row is."""

from dataclasses import replace

import pandas as pd

from alignkit.chapters.outcome.series import MONTHS, with_code_names
from alignkit.disclosure.published import Published


def with_names(p: Published, indicators: pd.DataFrame, subgroups: pd.DataFrame, places: pd.DataFrame) -> Published:
    """`p` with group, kind, place and period_end in every row, from the code lists: the door leaves them
    blank in hidden rows, and a hidden row must still say whose it is."""
    frame = with_code_names(p.frame.drop(columns=["group", "kind", "place"], errors="ignore"), subgroups, places)
    months = frame["indicator_id"].map(indicators.set_index("indicator_id")["frequency"].map(MONTHS))
    told = frame.groupby(["indicator_id", "period_start"])["period_end"].transform("first")
    ends = {
        (start, n): start + pd.DateOffset(months=int(n)) - pd.Timedelta(days=1)
        for start, n in {*zip(frame["period_start"], months, strict=True)}
    }
    usual = [ends[period] for period in zip(frame["period_start"], months, strict=True)]
    return replace(p, frame=frame.assign(period_end=told.fillna(pd.Series(usual, index=frame.index, dtype=told.dtype))))


def newest_period(p: Published) -> Published:
    """The rows of the newest period in which everyone's value is shown; of the newest at all where there is none."""
    shown = p.frame[(p.frame["subgroup"] == "all") & (p.frame["status"] == "shown")]
    last = (shown if len(shown) else p.frame)["period_start"].max()
    return replace(p, frame=p.frame[p.frame["period_start"] == last].reset_index(drop=True))


def ends_of_gap(p: Published, gaps: Published) -> Published:
    """Everyone, then the best-off and the worst-off group of the largest gap (everyone alone, where none is shown)."""
    frame = gaps.frame
    ends = [frame[name].iloc[0] for name in ("best_id", "worst_id")] if len(frame) else []
    kind = frame["subgroup_type"].iloc[0] if len(frame) else ""
    own = p.frame[p.frame["subgroup_type"] == kind].set_index("subgroup", drop=False)
    rows = [p.frame[p.frame["subgroup"] == "all"], own.loc[[end for end in ends if end in own.index]]]
    return replace(p, frame=pd.concat(rows, ignore_index=True))
