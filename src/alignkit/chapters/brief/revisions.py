"""What changed in the data only: the source has corrected a value, or the way of measuring has changed; no child has.

A revision is a value that the last book could show (its release showed it, or an agency has published it itself), whose
source gives another one now for the same period, place and group. A value for a period that was not known then is new,
not revised; one that was held back then or is held back now is neither.
"""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from alignkit.chapters.outcome.measures import PER
from alignkit.disclosure.cells import Key, as_key

KEY = ["indicator_id", "period_start", "place_id", "subgroup_type", "subgroup"]
CARRIED = ["period_end", "indicator", "place", "group", "was"]
COLUMNS = [*KEY, *CARRIED, "numerator", "denominator", "value", "unit", "already_public"]
REVISION_KEYS: Mapping[str, Any] = {
    "by": [*KEY[:3], ("subgroup_type", "subgroup")], "about": "indicator_values", "quantity": "indicator_values",
    "carry": [*CARRIED, "named", "was_said", "now_said"],
}  # fmt: skip
"""How rows of `revisions`, with their words (`sentences.revisions_in_words`), are published: as the cells they are in
every chapter that shows them."""
_LEAST = 1e-9
"""Two values that differ by less are the same, written with other digits."""


def revisions(
    now: pd.DataFrame,
    before: pd.DataFrame,
    indicators: pd.DataFrame,
    subgroups: pd.DataFrame,
    places: pd.DataFrame,
    released: Collection[Key] | None,
) -> pd.DataFrame:
    """Every revision since the last book, by indicator and period, everyone before groups.

    `now` and `before` are `indicator_values` as known in this cycle and in the one before; `released` are the keys of
    the values that the last release showed (None: there was none, so only what an agency has published counts).
    Returns `COLUMNS`: `was` and `value` in the indicator's unit; indicator, place and group as a reader knows them.
    """
    about = indicators[["indicator_id", "name", "unit", "already_public"]].rename(columns={"name": "indicator"})
    units = indicators.set_index("indicator_id")["unit"]
    pair = _rates(now, units).merge(_rates(before, units)[[*KEY, "rate"]], on=KEY, suffixes=("", "_was"))
    pair = pair.merge(about, on="indicator_id")
    pair = pair[(pair["rate"] - pair["rate_was"]).abs() > _LEAST]
    public = pair["already_public"].fillna(False).astype(bool)
    keys = [dict(zip(KEY, row, strict=True)) for row in pair[KEY].itertuples(index=False)]
    shown = [as_key(key) in (released or ()) for key in keys]
    pair = _named(pair[public | pd.Series(shown, index=pair.index, dtype=bool)], subgroups, places)
    pair = pair.drop(columns="value").rename(columns={"rate_was": "was", "rate": "value"})
    order = pair.assign(first=pair["subgroup"] != "all").sort_values(["indicator", *KEY[1:3], "first", *KEY[3:]])
    return order[COLUMNS].reset_index(drop=True)


def _rates(values: pd.DataFrame, units: pd.Series) -> pd.DataFrame:
    """Reported values in their unit: as given, or from their counts."""
    rows = values[values["value_status"] == "reported"]
    unit, count = rows["indicator_id"].map(units), rows["numerator"].astype("float64")
    counted = unit.map(PER) * count / rows["denominator"].astype("float64")
    return rows.assign(rate=rows["value"].astype("float64").fillna(counted.where(unit != "count", count)))


def _named(frame: pd.DataFrame, subgroups: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    groups = {(row["subgroup_type"], row["subgroup"]): row["name"] for row in subgroups.to_dict("records")}
    pairs = zip(frame["subgroup_type"], frame["subgroup"], strict=True)
    named = ["" if pair[1] == "all" else groups.get(pair, pair[1]) for pair in pairs]
    place = frame["place_id"].map(places.set_index("place_id")["name"]).fillna(frame["place_id"])
    return frame.assign(group=pd.Series(named, index=frame.index, dtype=object), place=place)


def new_breaks(
    now: pd.DataFrame, before: pd.DataFrame, indicators: pd.DataFrame, *, first: bool = False
) -> pd.DataFrame:
    """Breaks in a series that were announced since the last book; none in the `first` book, where all would be new.

    Returns indicator_id, starts_on, indicator (name), reason.
    """
    now = now.head(0) if first else now
    known = set(zip(before["indicator_id"], before["starts_on"], strict=True))
    fresh = [pair not in known for pair in zip(now["indicator_id"], now["starts_on"], strict=True)]
    frame = now[pd.Series(fresh, index=now.index, dtype=bool)]
    names = indicators.set_index("indicator_id")["name"]
    frame = frame.assign(indicator=frame["indicator_id"].map(names)).dropna(subset=["indicator"])
    return frame[["indicator_id", "starts_on", "indicator", "reason"]].reset_index(drop=True)
