"""Every value of this book held against the last: new, corrected, unchanged, or no longer given by its source.

Only which values there are is compared here; whether one was corrected, `revisions` says.
"""

from collections.abc import Collection, Mapping

import pandas as pd

from alignkit import records
from alignkit.chapter_records import ChapterRecords
from alignkit.chapters.brief.revisions import KEY, with_names
from alignkit.disclosure.cells import Key, as_key
from alignkit.disclosure.published import Published

QUANTITY = "indicator_values"
STANDINGS = ("new", "changed", "unchanged", "apart")
"""`apart`: the source had the value when the last book was made, and that book did not show it."""
COMPARED = ["indicator_id", "period_start", "period_end", "indicator", *STANDINGS]
GONE = [*KEY, "period_end", "indicator", "place", "group", "was_said"]


def compared(
    now: pd.DataFrame,
    before: pd.DataFrame,
    revised: Published,
    said: Mapping[Key, str],
    indicators: pd.DataFrame,
    chapters: Mapping[str, ChapterRecords],
) -> pd.DataFrame:
    """How many of the values that this book's chapters show are new, changed, unchanged since the last book, by
    indicator and period.

    `now` and `before` are outlines of `indicator_values`, `before` as the last book knew it; `revised` are the
    published `revisions`; `said` is what the last release showed (`LastBook.said`). A value is changed where it is
    among `revised`, unchanged where the last release showed it or an agency has published it itself. Returns
    `COMPARED`, with one count in each column of `STANDINGS`.
    """
    here = _keyed(now)
    here = here[here["key"].isin(_shown(chapters))]
    was, changed = set(_keyed(before)["key"]), {as_key(cell.key) for cell in revised.record().cells}
    public = set(indicators.loc[indicators["already_public"].fillna(False).astype(bool), "indicator_id"])
    known = here["key"].isin(said) | here["indicator_id"].isin(public)
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

    Arguments as of `compared`; `was_said` is the value as the last book had it, such as "46%". An
    indicator that is in no table any more is named by its id.
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


def _shown(chapters: Mapping[str, ChapterRecords]) -> Collection[Key]:
    measures = (r for one in chapters.values() for r in one.all if isinstance(r, records.Published))
    return {as_key(cell.key) for r in measures if r.quantity == QUANTITY for cell in r.cells if cell.status == "shown"}
