"""The same indicator in places like this one: which differ by more than chance, and never who is first."""

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from alignkit.chapters.outcome.series import upwards
from alignkit.chapters.outcome.verdicts import ALPHA
from alignkit.disclosure.published import Published
from alignkit.stats.intervals import CONFIDENCE
from alignkit.stats.multiple import benjamini_hochberg

COLUMNS = ["place_id", "place", "parent", "period_start", "period_end", "unit", "value", "own", "word", "p_adjusted"]


def beside(p: Published, about: pd.DataFrame, places: pd.DataFrame, place: str) -> pd.DataFrame:
    """One row per other place of `p` (as `measures.outcome.side_by_side` gives it) whose value is shown.

    Returns `COLUMNS`: parent (the place is part of it), value and own (that of `place`), word ("better", "worse", "not
    told apart", "not known" where either value has no interval). Words come from the difference over the root of the
    sum of both squared errors (ACS General Handbook 2020, chapter 7), errors from the 95 % intervals, with
    Benjamini–Hochberg over the places. A place that this one is part of counts the same children: it has no word.
    """
    shown = p.shown
    own = shown[shown["place_id"] == place]
    if own.empty or about.empty:
        return pd.DataFrame(columns=COLUMNS)
    here, others = own.iloc[0], shown[shown["place_id"] != place].reset_index(drop=True)
    frame = others[["place_id", "place", "period_start", "period_end", "unit", "value"]].assign(own=here["value"])
    frame["parent"] = others["place_id"].isin(upwards(places, place))
    chance = np.array([_p(row, here) for row in others.to_dict("records")], float)
    known = ~frame["parent"].to_numpy(bool) & ~np.isnan(chance)
    frame["p_adjusted"] = np.nan
    frame.loc[known, "p_adjusted"] = benjamini_hochberg(chance[known])
    higher_is_better = about["good_direction"].iloc[0] == "up"
    frame["word"] = [_word(row, higher_is_better) for row in frame.to_dict("records")]
    return frame[COLUMNS]


def _p(one: dict[Any, Any], here: pd.Series) -> float:
    """Two-sided p of the difference of two values; NaN where either has no interval."""
    error = float(np.hypot(_error(one), _error(here)))
    return float(2 * stats.norm.sf(abs(one["value"] - here["value"]) / error))


def _error(one: Any) -> float:
    """Standard error from the longer side of a value's interval: the shorter one may have been cut off."""
    return float(max(one["value"] - one["low"], one["high"] - one["value"])) / stats.norm.isf((1 - CONFIDENCE) / 2)


def _word(row: dict[Any, Any], higher_is_better: bool) -> str:
    if row["parent"]:
        return ""
    if np.isnan(row["p_adjusted"]):
        return "not known"
    if row["p_adjusted"] > ALPHA:
        return "not told apart"
    return "better" if (row["value"] > row["own"]) == higher_is_better else "worse"
