"""Every value of this book held against the last: new, corrected, unchanged, or no longer given by its source.

Only which values there are is compared here; whether one was corrected, `revisions` says.
"""

from collections.abc import Collection, Mapping

import pandas as pd

from alignkit.chapter_records import ChapterRecords
from alignkit.chapters.brief.revisions import KEY, same_unit, shown_here, with_names
from alignkit.disclosure.cells import Key, as_key
from alignkit.disclosure.published import Published

STANDINGS = ("new", "changed", "unchanged", "apart")
"""`apart`: the source had the value when the last book was made, and that book did not show it, or in another unit."""
COMPARED = ["indicator_id", "period_start", "period_end", "indicator", *STANDINGS]
GONE = [*KEY, "period_end", "indicator", "place", "group", "was_said"]


def compared(
    now: pd.DataFrame,
    before: pd.DataFrame,
    revised: Published,
    released: Collection[Key] | None,
    indicators: pd.DataFrame,
    indicators_before: pd.DataFrame,
    chapters: Mapping[str, ChapterRecords],
) -> pd.DataFrame:
    """How many of the values that this book's chapters show are new, changed, unchanged since the last book, by
    indicator and period.

    `now` and `before` are outlines of `indicator_values`, `before` and `indicators_before` as the last book knew them;
    `revised` are the published `revisions`; `released` are the keys of what the last release showed
    (`LastBook.shown`; None: there was none, and only what an agency has published itself can be compared). A value is
    changed where it is among `revised`, unchanged where it is not and `released`, in the same unit. Returns `COMPARED`,
    with one count in each column of `STANDINGS`.
    """
    here = _keyed(now)
    here = here[here["key"].isin(shown_here(chapters))]
    was, changed = set(_keyed(before)["key"]), {as_key(cell.key) for cell in revised.record().cells}
    units = same_unit(indicators, indicators_before)
    if released is None:
        units = units[units["already_public"].fillna(False).astype(bool)]
    known = here["indicator_id"].isin(units["indicator_id"]) & (released is None or here["key"].isin(released))
    standing = known.map({True: "unchanged", False: "apart"})
    standing = standing.mask(here["key"].isin(changed), "changed").mask(~here["key"].isin(was), "new")
    here = here.assign(indicator=here["indicator_id"].map(indicators.set_index("indicator_id")["name"]))
    counts = {name: (standing == name).astype("int64") for name in STANDINGS}
    by = [name for name in COMPARED if name not in STANDINGS]
    return here.assign(**counts).groupby(by, as_index=False)[list(STANDINGS)].sum()[COMPARED]


def gone(
    now: pd.DataFrame,
    before: pd.DataFrame,
    said: Mapping[Key, str],
    indicators: pd.DataFrame,
    subgroups: pd.DataFrame,
    places: pd.DataFrame,
) -> pd.DataFrame:
    """Values that the last book showed and whose source gives none any more, everyone before groups: `GONE`.

    `said` is what the last release showed (`LastBook.said`), `now` and `before` are as of `compared`; the tables with
    names are those that the last book knew, which may name what is no longer listed; an indicator that is in none of
    them is named by its id. `was_said` is the value as the last book had it, such as "46%".
    """
    was = _keyed(before)
    lost = was[was["key"].isin(said) & ~was["key"].isin(set(_keyed(now)["key"]))]
    names = lost["indicator_id"].map(indicators.set_index("indicator_id")["name"])
    lost = lost.assign(indicator=names.fillna(lost["indicator_id"]), was_said=[said[key] for key in lost["key"]])
    named = with_names(lost, subgroups, places)
    return named[GONE].reset_index(drop=True)


def _keyed(outline: pd.DataFrame) -> pd.DataFrame:
    """The values that are given, each with its cell's key."""
    rows = outline[outline["value_status"] == "reported"]
    pairs = zip(*(rows[name] for name in KEY), strict=True)
    keys = [as_key(dict(zip(KEY, pair, strict=True))) for pair in pairs]
    return rows.assign(key=pd.Series(keys, index=rows.index, dtype=object))
