"""What changed in the data only: the source has corrected a value, or the way of measuring has changed; no child has.

A revision is a value that the last book showed, whose source gives another one now for the same period, place and
group. A value for a period that was not known then is new, not revised; one that was held back then or is held back now
is neither. Where there was no release, only what an agency has published itself is compared.
"""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from alignkit import records
from alignkit.chapter_records import ChapterRecords
from alignkit.chapters.outcome.measures import PER
from alignkit.disclosure.cells import Key, as_key
from alignkit.last_book import Compares

QUANTITY = "indicator_values"
KEY = ["indicator_id", "period_start", "place_id", "subgroup_type", "subgroup"]
CARRIED = ["period_end", "indicator", "place", "group", "was"]
COUNTS = ["numerator", "denominator"]
COUNTS_WAS = ["numerator_was", "denominator_was"]
COLUMNS = [*KEY, *CARRIED, *COUNTS, *COUNTS_WAS, "value", "unit", "already_public"]
REVISION_KEYS: Mapping[str, Any] = {
    "by": [*KEY[:3], ("subgroup_type", "subgroup")], "about": QUANTITY, "quantity": QUANTITY,
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
    chapters: Mapping[str, ChapterRecords],
) -> pd.DataFrame:
    """Every revision since the last book of a value that this book's chapters show, by indicator and period, everyone
    before groups. Nothing is said of a value that this book hides, not even that it changed.

    `now` is `indicator_values` as this cycle knows it, `before` as the last book knew it; `indicators` are those whose
    values can be compared (`same_unit`); `released` are the keys of the values that the last release showed (None:
    there was none, so only what an agency has published counts).
    A value is revised where its rate is, or its counts are. Returns `COLUMNS`: `was` and `value` in the indicator's
    unit; indicator, place and group as a reader knows them.
    """
    about = indicators[["indicator_id", "name", "unit", "already_public"]].rename(columns={"name": "indicator"})
    units = indicators.set_index("indicator_id")["unit"]
    pair = _rates(now, units).merge(_rates(before, units)[[*KEY, *COUNTS, "rate"]], on=KEY, suffixes=("", "_was"))
    pair = pair.merge(about, on="indicator_id")
    pair = pair[((pair["rate"] - pair["rate_was"]).abs() > _LEAST) | _counts_differ(pair)]
    keys = [as_key(dict(zip(KEY, row, strict=True))) for row in pair[KEY].itertuples(index=False)]
    could = pair["already_public"].fillna(False).astype(bool)
    if released is not None:
        could = pd.Series([key in released for key in keys], index=pair.index, dtype=bool)
    shown = shown_here(chapters)
    could &= pd.Series([key in shown for key in keys], index=pair.index, dtype=bool)
    pair = with_names(pair[could], subgroups, places)
    pair = pair.drop(columns="value").rename(columns={"rate_was": "was", "rate": "value"})
    return pair[COLUMNS].reset_index(drop=True)


def _counts_differ(pair: pd.DataFrame) -> pd.Series:
    """Where both give both counts and these are not the same."""
    now, was = pair[COUNTS].astype("float64"), pair[COUNTS_WAS].astype("float64")
    differ = pd.DataFrame(now.to_numpy() != was.to_numpy(), index=pair.index)
    return now.notna().all(axis=1) & was.notna().all(axis=1) & differ.any(axis=1)


def same_unit(indicators: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The rows of `indicators` whose unit is the one the last book knew (`before`; one that it does not list counts as
    the same): values in two units cannot be compared."""
    was = indicators["indicator_id"].map(before.set_index("indicator_id")["unit"])
    return indicators[was.isna() | (was == indicators["unit"])]


def shown_here(chapters: Mapping[str, ChapterRecords]) -> set[Key]:
    """The keys of the values that this book's chapters show whole."""
    measures = (r for one in chapters.values() for r in one.all if isinstance(r, records.Published))
    return {as_key(cell.key) for r in measures if r.quantity == QUANTITY for cell in r.cells if cell.status == "shown"}


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
    """Breaks in a series that were announced or withdrawn since the last book; none where there is nothing to compare
    with, as in the first book (`c.last_book.compares`), where all would be new.

    Returns indicator_id, starts_on, indicator (name), reason, withdrawn.
    """
    if last_book != "kept":
        now, before = now.head(0), before.head(0)
    announced, withdrawn = _without(now, before), _without(before, now)
    frame = pd.concat([announced.assign(withdrawn=False), withdrawn.assign(withdrawn=True)], ignore_index=True)
    names = indicators.set_index("indicator_id")["name"]
    frame = frame.assign(indicator=frame["indicator_id"].map(names)).dropna(subset=["indicator"])
    return frame[["indicator_id", "starts_on", "indicator", "reason", "withdrawn"]].reset_index(drop=True)


def _without(breaks: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The breaks that are not among the others, whatever their reason."""
    given, listed = (pd.MultiIndex.from_frame(frame[["indicator_id", "starts_on"]]) for frame in (breaks, others))
    return breaks[~given.isin(listed)]
