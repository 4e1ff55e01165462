"""The same indicator in other places: which differ by more than chance, and never who is first."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from alignkit.chapters.outcome.series import of_place, totals
from alignkit.chapters.outcome.verdicts import ALPHA
from alignkit.disclosure.published import Published
from alignkit.stats.intervals import CONFIDENCE
from alignkit.stats.multiple import benjamini_hochberg

COLUMNS = ["place_id", "place", "parent", "period_start", "period_end", "unit", "value", "own", "word", "p_adjusted"]


def in_and_around(frame: pd.DataFrame, indicators: pd.DataFrame, places: pd.DataFrame, place: str) -> pd.DataFrame:
    """Rows of `indicators` in every period: everyone and every group in `place`, then in its parents, then everyone in
    its peers."""
    within = upwards(places, place)
    rows = [of_place(frame, indicators, one) for one in within]
    rows += [totals(frame, indicators, one) for one in _peers(places, place) if one not in within]
    return pd.concat(rows, ignore_index=True)


def same_period(p: Published, place: str) -> Published:
    """The rows of `p` about everyone in the newest period in which the values of `place` and of another place are
    shown; in the newest of `place` where there is no other."""
    rows = p.frame[p.frame["subgroup"] == "all"]
    shown, own = rows[rows["status"] == "shown"], rows["place_id"] == place
    here = set(shown.loc[own, "period_start"])
    both = here & set(shown.loc[~own, "period_start"])
    last = max(both or here, default=pd.NaT)
    return replace(p, frame=rows[rows["period_start"] == last].reset_index(drop=True))


def other_places(shown: pd.DataFrame, core: pd.DataFrame, places: pd.DataFrame, place: str) -> pd.DataFrame:
    """One row per other place whose value is `shown`: published rows of one period, as `same_period` picks them.

    Returns `COLUMNS`: parent (the place is part of it), value and own (that of `place`), word ("better", "worse", "not
    told apart", "not known" where either value has no interval). Words come from the difference over the root of the
    sum of both squared errors (ACS General Handbook 2020, chapter 7), errors from the 95 % intervals, with
    Benjamini–Hochberg over the places. A place that this one is part of counts the same children: it has no word.
    """
    own = shown[shown["place_id"] == place]
    if own.empty or core.empty:
        return pd.DataFrame(columns=COLUMNS)
    here, others = own.iloc[0], shown[shown["place_id"] != place].reset_index(drop=True)
    frame = others[["place_id", "place", "period_start", "period_end", "unit", "value"]].assign(own=here["value"])
    frame["parent"] = others["place_id"].isin(upwards(places, place))
    chance = np.array([_p(row, here) for row in others.to_dict("records")], float)
    known = ~frame["parent"].to_numpy(bool) & ~np.isnan(chance)
    frame["p_adjusted"] = np.nan
    frame.loc[known, "p_adjusted"] = benjamini_hochberg(chance[known])
    higher_is_better = core["good_direction"].iloc[0] == "up"
    frame["word"] = [_word(row, higher_is_better) for row in frame.to_dict("records")]
    return frame[COLUMNS]


def upwards(places: pd.DataFrame, place: str) -> list[str]:
    """The place, then the places it is part of, the smallest first."""
    up, found = places.set_index("place_id")["parent_id"], [place]
    while (parent := up.get(found[-1])) in up.index and parent not in found:
        found.append(str(parent))
    return found


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


def _peers(places: pd.DataFrame, place: str) -> Sequence[str]:
    """The places of the same peer group, by name; itself among them."""
    groups = places.set_index("place_id")["peer_group"]
    same = groups.notna() & (groups == groups.get(place))
    return list(places.set_index("place_id")[same].sort_values("name").index)
