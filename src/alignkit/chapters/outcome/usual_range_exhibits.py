"""One control chart for each indicator that helps to explain the outcome."""

from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.chapters.outcome.usual_range_sentences import usual_range_alt
from alignkit.disclosure.published import Published
from alignkit.kit import charts
from alignkit.kit.amounts import Row, missing
from alignkit.kit.columns import texts
from alignkit.words.current import words

_RANGE = ["center", "lower", "upper", "outside", "run", "trial"]


def usual_range_charts(contributing: Published, usual: Published, indicators: pd.DataFrame) -> None:
    """Draw one XmR chart for each of `indicators` that has limits, in their order.

    `contributing` are their published results, `usual` the rows of `measures.usual_ranges`.
    """
    keys = ["indicator_id", "period_start"]
    frame = contributing.frame.merge(usual.frame[[*keys, *_RANGE]], on=keys, how="left")
    frame["signal"] = texts([_signal(row) for row in frame.to_dict("records")])
    for indicator in indicators.to_dict("records"):
        own = frame[frame["indicator_id"] == indicator["indicator_id"]].reset_index(drop=True)
        if own["center"].notna().any():
            _draw(replace(contributing, frame=own), indicator)


def _draw(p: Published, indicator: Row) -> None:
    _ = words.gettext
    trial = p.frame["trial"].eq(True).any()
    caption = _("{indicator}: its usual ups and downs").format(indicator=indicator["name"])
    charts.xmr(
        p,
        id=f"contributing-{indicator['indicator_id']}",
        caption=caption + (_(" (limits on trial: fewer than 12 results)") if trial else ""),
        alt=usual_range_alt(p, str(indicator["name"])),
        good_direction=indicator["good_direction"],
        where="web",
    )


def _signal(row: Row) -> str:
    if _is_so(row["outside"]):
        return words.gettext("outside the usual range")
    return words.gettext("one of eight or more on one side") if _is_so(row["run"]) else ""


def _is_so(flag: Any) -> bool:
    return not missing(flag) and bool(flag)
