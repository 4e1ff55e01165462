"""Values that may be in another unit than the one their indicator has: shares, thousands, rates per 100,000."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from alignkit.contract.doubt import ALL, NEAR, POWERS, SERIES, SMALL, TIMES, Doubt, Values, each, plain


def _shares(values: Values) -> Iterator[Doubt]:
    """Percents that are never above 1: of a whole indicator, or of one of its series while the others are far above."""
    cure = "in the mapping, read them as 'share from 0 to 1, as percent'"
    percent = values[(values["unit"] == "percent") & values["is_"].notna()]
    percent = percent[~(percent["numerator"].notna() & percent["denominator"].notna()) | (percent["is_"] > 1)]
    for name, rows in percent.groupby("indicator_id", sort=False):
        where = str(rows["source_key"].iloc[0])
        if 0 < rows["is_"].max() <= 1:
            says = f"every value of {name} is at most 1 percent; are they shares, 0.412 for 41.2 percent?"
            yield Doubt(f"shares: {name}", where, says, cure)
            continue
        tops = rows.groupby(SERIES, sort=False)["is_"].transform("max")
        odd = rows[(tops > 0) & (tops <= 1) & (rows["is_"].median() > 10)].drop_duplicates(SERIES)
        yield from each(odd, "shares", lambda row: f"{plain(row['is_'])} percent; others are far above it", cure)


def _beyond(values: Values) -> Iterator[Doubt]:
    high = values[(values["unit"] == "rate_per_1000") & (values["is_"] > 1000)]
    cure = "look at the decimal mark, and at what the rate is per"
    yield from each(high, "beyond", lambda row: f"{plain(row['is_'])} of 1,000", cure)


def _fractions(values: Values) -> Iterator[Doubt]:
    """Counts with decimals; dollars with three, which are thousands in other countries' files."""
    parts = values["is_"] - np.floor(values["is_"])
    counts = values[(values["unit"] == "count") & (parts.abs() > 1e-9)]
    cure = "look at the decimal mark; a weighted estimate is no count of persons"
    yield from each(counts, "decimals", lambda row: f"a count of {plain(row['is_'])}", cure)
    dollars = values[(values["unit"] == "dollars") & values["is_"].notna()]
    for name, rows in dollars.groupby("indicator_id", sort=False):
        thousandths = (rows["is_"] * 1000).round(6) % 10
        if len(rows) > 1 and bool(((parts[rows.index] > 0) & (thousandths > 0)).sum() > len(rows) / 2):
            says = f"the values of {name} have three decimals, such as {plain(rows['is_'].iloc[0])} dollars"
            yield Doubt(f"decimals: {name}", str(rows["source_key"].iloc[0]), says, "look at the decimal mark")


def _jumps(values: Values) -> Iterator[Doubt]:
    """A value near 10, 100 or 1,000 times the one before it, or that part of it; a group may well go tenfold."""
    known = values[values["is_"].notna() & (values["is_"] > 0)].copy()
    series = known.groupby(SERIES, sort=False)
    before = series["is_"].shift()
    factor = _factor(known["is_"], before)
    everyone = known["subgroup"] == ALL
    less, larger = np.minimum(known["is_"], before.fillna(np.inf)), np.maximum(known["is_"], before.fillna(0))
    # 0.43 after 41.2 is a share; but a survey may give a small group 0.4 percent in one year and 12 in the next.
    share = (known["unit"] == "percent") & (less <= 1) & (factor > everyone.map({True: 10, False: 50}))
    near = _near(factor, everyone) | (factor > POWERS[-1] / 2) | share
    unknown = (everyone | (known["unit"] != "count") & (factor > 50)).map({True: np.inf, False: 0.0})
    people = known["denominator"].astype("float64").fillna(unknown)
    before_people = series["denominator"].shift().astype("float64").fillna(people)
    people = people.where(people < before_people, before_people)
    enough = (people >= SMALL) & ((known["unit"] != "count") | (larger >= 10 * SMALL))
    odd = known.assign(before=before)[near & enough & ~_both_counted(known)]
    cure = "look whether one of the two files has shares, thousands, or another decimal mark"
    yield from each(odd, "jump", lambda row: f"{plain(row['is_'])} after {plain(row['before'])}", cure)


def _both_counted(known: Values) -> "pd.Series[bool]":
    """Percents below 1 that numerator and denominator give: 3 of 700 is no share."""
    return (known["unit"] == "percent") & (known["is_"] <= 1) & known["value"].isna()


def _factor(one: "pd.Series[Any]", other: "pd.Series[Any]") -> "pd.Series[Any]":
    ratio = one / other
    return ratio.where(~(ratio < 1), 1 / ratio)


def _near(factor: "pd.Series[Any]", everyone: "pd.Series[bool]") -> "pd.Series[bool]":
    near = pd.Series(False, index=factor.index)
    for power in POWERS:
        near |= (factor > power / NEAR) & (factor < power * NEAR) & ((power > 10) | everyone)
    return near


def _counted_jumps(values: Values) -> Iterator[Doubt]:
    """A number of all persons that is near 10, 100 or 1,000 times the one before it, or that part of it."""
    known = values[(values["subgroup"] == ALL) & (values["denominator"] > 0)]
    people = known["denominator"].astype("float64")
    before = people.groupby([known[column] for column in SERIES], sort=False).shift()
    odd = _near(_factor(people, before), known["subgroup"] == ALL) & (np.maximum(people, before) >= 10 * SMALL)
    odd &= np.minimum(people, before) >= 1
    cure = "look whether one of the two files counts in thousands, or counts someone else"
    rows = known.assign(people=people, before=before)[odd]
    yield from each(rows, "persons", lambda row: f"{plain(row['people'])} persons after {plain(row['before'])}", cure)


def _per_counts(values: Values) -> Iterator[Doubt]:
    """A rate per 1,000 that is ten times, or a hundred times, what its counts give; any rate of no one."""
    rows = values[values["value"].notna() & values["denominator"].notna() & values["unit"].isin([*TIMES])]
    n, k = rows["denominator"].astype("float64"), rows["numerator"].astype("float64")
    counted = (1000 * k / n.where(n > 0)).where((rows["unit"] == "rate_per_1000") & (k >= 5))
    factor = _factor(rows["value"].astype("float64"), counted)
    odd = rows.assign(counted=counted)[(factor > 5) & (rows["value"] > 0)]
    cure = "look at what the rate is per: choose 'per 100,000, as per 1,000' in the mapping, or map other counts"
    says = "{} of 1,000, while its counts give {}"
    yield from each(odd, "counts", lambda row: says.format(plain(row["value"]), plain(round(row["counted"], 3))), cure)
    cure = "if 0 stands for a hidden or missing number of persons, leave the cell blank"
    yield from each(rows[n == 0], "no one", lambda row: f"{plain(row['value'])} of 0 persons", cure)


def _levels(values: Values) -> Iterator[Doubt]:
    """Rates per 1,000 that look like shares, and a place a hundred times above, or below, all others."""
    rates = values[(values["unit"] == "rate_per_1000") & (values["is_"] > 0) & values["value"].notna()]
    for name, rows in rates.groupby("indicator_id", sort=False):
        if rows["is_"].max() < 0.05:
            says = f"every value of {name} is below 0.05 of 1,000; are they shares, 0.012 for 12 of 1,000?"
            yield Doubt(f"shares: {name}", str(rows["source_key"].iloc[0]), says, "write them as rates per 1,000")
    places = values[
        (values["subgroup"] == ALL) & (values["is_"] > 0) & values["unit"].isin(["rate_per_1000", "dollars"])
    ]
    level = places.groupby(["indicator_id", "place_id"], sort=False)["is_"].transform("median")
    tops = places.assign(level=level).drop_duplicates(["indicator_id", "place_id"])
    many = tops.groupby("indicator_id")["place_id"].transform("size") > 2
    middle = tops.groupby("indicator_id")["level"].transform("median")
    odd = tops.assign(middle=middle)[many & (_factor(tops["level"], middle) > 80)]
    cure = "look whether this place's rows have another unit"
    says = "{}, while other places are around {}"
    yield from each(odd, "level", lambda row: says.format(plain(row["is_"]), plain(row["middle"])), cure)


UNIT_LOOKS = (_shares, _beyond, _fractions, _jumps, _counted_jumps, _per_counts, _levels)
