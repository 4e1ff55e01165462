"""What changed in the data only: the source has corrected a value, or the way of measuring has changed; no child has.

A revision is a value that the last book showed, whose source gives another one now for the same period, place and
group. A value for a period that was not known then is new, not revised; one that was held back then or is held back now
is neither. Where there was no release, only what an agency has published itself is compared.
"""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from alignkit.chapters.outcome.measures import PER
from alignkit.disclosure.cells import Key, as_key
from alignkit.last_book import Compares

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

    `now` is `indicator_values` as this cycle knows it, `before` as the last book knew it; `released` are the keys of
    the values that the last release showed (None: there was none, so only what an agency has published counts).
    Returns `COLUMNS`: `was` and `value` in the indicator's unit; indicator, place and group as a reader knows them.
    """
    about = indicators[["indicator_id", "name", "unit", "already_public"]].rename(columns={"name": "indicator"})
    units = indicators.set_index("indicator_id")["unit"]
    pair = _rates(now, units).merge(_rates(before, units)[[*KEY, "rate"]], on=KEY, suffixes=("", "_was"))
    pair = pair.merge(about, on="indicator_id")
    pair = pair[(pair["rate"] - pair["rate_was"]).abs() > _LEAST]
    could = pair["already_public"].fillna(False).astype(bool)
    if released is not None:
        keys = [dict(zip(KEY, row, strict=True)) for row in pair[KEY].itertuples(index=False)]
        could = pd.Series([as_key(key) in released for key in keys], index=pair.index, dtype=bool)
    pair = with_names(pair[could], subgroups, places)
    pair = pair.drop(columns="value").rename(columns={"rate_was": "was", "rate": "value"})
    return pair[COLUMNS].reset_index(drop=True)


def _rates(values: pd.DataFrame, units: pd.Series) -> pd.DataFrame:
    """Reported values in their unit: as given, or from their counts."""
    rows = values[values["value_status"] == "reported"]
    unit, count = rows["indicator_id"].map(units), rows["numerator"].astype("float64")
    counted = unit.map(PER) * count / rows["denominator"].astype("float64")
    return rows.assign(rate=rows["value"].astype("float64").fillna(counted.where(unit != "count", count)))


def with_names(values: pd.DataFrame, subgroups: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Rows of values with `place` and `group` as a reader knows them ("" for everyone), in the order of a list: by
    indicator and period, everyone before groups."""
    groups = {(row["subgroup_type"], row["subgroup"]): row["name"] for row in subgroups.to_dict("records")}
    pairs = zip(values["subgroup_type"], values["subgroup"], strict=True)
    named = ["" if pair[1] == "all" else groups.get(pair, pair[1]) for pair in pairs]
    place = values["place_id"].map(places.set_index("place_id")["name"]).fillna(values["place_id"])
    values = values.assign(group=pd.Series(named, index=values.index, dtype=object), place=place)
    ordered = values.assign(first=values["subgroup"] != "all")
    return ordered.sort_values(["indicator", *KEY[1:3], "first", *KEY[3:]]).drop(columns="first")


def new_breaks(
    now: pd.DataFrame, before: pd.DataFrame, indicators: pd.DataFrame, *, last_book: Compares = "kept"
) -> pd.DataFrame:
    """Breaks in a series that were announced since the last book; none where there is nothing to compare with, as in
    the first book (`c.last_book.compares`), where all would be new.

    Returns indicator_id, starts_on, indicator (name), reason.
    """
    now = now if last_book == "kept" else now.head(0)
    known = set(zip(before["indicator_id"], before["starts_on"], strict=True))
    fresh = [pair not in known for pair in zip(now["indicator_id"], now["starts_on"], strict=True)]
    frame = now[pd.Series(fresh, index=now.index, dtype=bool)]
    names = indicators.set_index("indicator_id")["name"]
    frame = frame.assign(indicator=frame["indicator_id"].map(names)).dropna(subset=["indicator"])
    return frame[["indicator_id", "starts_on", "indicator", "reason"]].reset_index(drop=True)
