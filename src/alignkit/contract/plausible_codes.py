"""Values that may stand for one that is missing or hidden: -9, 999, 0, or 100 percent."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from alignkit.contract.doubt import ALL, FEW, SERIES, TIMES, UNITS, Doubt, Values, each, named, plain

OTHERS = "among values around"


def _negative(values: Values) -> Iterator[Doubt]:
    low = values[(values["is_"] < 0) & (values["unit"] != "score")]
    wrong = low[(low["unit"] != "dollars") | _are_codes(low["is_"])]
    scores = values[(values["unit"] == "score") & (values["is_"] < 0)]
    code = _are_codes(scores["is_"])
    wrong = pd.concat([wrong, scores[code & ~scores["indicator_id"].isin(scores[~code]["indicator_id"])]])
    cure = "if it is a code for a missing value, write it into sheet marks of the mapping, or leave the cell blank"
    yield from each(wrong, "negative", lambda row: f"{plain(row['is_'])} as {UNITS[str(row['unit'])]}", cure)


def _nines(values: Values) -> Iterator[Doubt]:
    """999, 9999 and the like, above everything else of the indicator, or more than once; also as numbers of persons."""
    cure = "if it is a code for a missing value, write it into sheet marks of the mapping, or leave the cell blank"
    for column, what in (("is_", ""), ("denominator", " persons")):
        for _, row in _nines_of(values.assign(cell=values[column].astype("float64"))).iterrows():
            says = f"{plain(row['cell'])}{what} may be a code"
            yield Doubt(f"code: {named(row)}{what}", str(row["source_key"]), says, cure)


def _nines_of(cells: Values) -> Values:
    codes = cells[_are_codes(cells["cell"]) & (cells["cell"] >= 99)]
    others = cells[~cells.index.isin(codes.index)].groupby("indicator_id")["cell"].max()
    highest = codes["indicator_id"].map(others).fillna(np.inf)
    again = codes.groupby(["indicator_id", "cell"])["cell"].transform("size") > 1
    long = codes["cell"] >= 999
    nines = codes["cell"].map(lambda cell: set(str(int(cell))) == {"9"}).astype(bool)
    decimals = set(cells.loc[cells["cell"] % 1 > 0, "indicator_id"])  # 99 next to 41.2 and 43.1, not to 41 and 43
    alone = (codes["cell"] == 99) & (codes["cell"] > 2 * highest) & codes["indicator_id"].isin(decimals)
    far = codes["cell"] > 5 * highest
    return codes[
        alone | (far & (nines | (codes["cell"] > 99))) | (nines & long & ((codes["cell"] > 1.5 * highest) | again))
    ]


def _are_codes(cells: "pd.Series[Any]") -> "pd.Series[bool]":
    return cells.map(_is_code).astype(bool)


def _is_code(value: float) -> bool:
    """-1 to -9, -99, 777, 999, -666666666: one digit again and again, as agencies write what is missing."""
    if pd.isna(value) or value != int(value):
        return False
    digits = str(abs(int(value)))
    if value < 0:
        return len(set(digits)) == 1
    return len(set(digits)) == 1 and (digits[0] == "9" or (len(digits) > 2 and digits[0] in "78")) and len(digits) > 1


def _zeros(values: Values) -> Iterator[Doubt]:
    """Exactly 0 where a good number of persons were expected, from the value before or after it."""
    odd = _ends(values.assign(end=values["is_"], share=values["unit"].map(TIMES)))
    cure = "if the 0 stands for a hidden or missing value, write it into sheet marks of the mapping"
    yield from each(odd, "zero", lambda row: f"0 {row['side']} {plain(row['near'])}", cure)


def _hundreds(values: Values) -> Iterator[Doubt]:
    """Exactly 100 percent of everyone where a good number of persons were expected to be outside.

    A group, such as gifted students, may well be at 100.
    """
    percents = values[(values["unit"] == "percent") & (values["subgroup"] == ALL)]
    odd = _ends(percents.assign(end=100 - percents["is_"], share=100.0))
    odd = odd[(odd["denominator"].notna() | (odd["near"] >= 25)) & (odd["side"] != OTHERS)]
    cure = "if the 100 stands for a hidden or missing value, write it into sheet marks of the mapping"
    yield from each(odd, "hundred", lambda row: f"100 {row['side']} {plain(100 - row['near'])}", cure)


def _ends(values: Values) -> Values:
    """The rows in which `end` is 0 while one next to it expects FEW persons or more; of several in a row, the first.

    A place that has nothing but zeros is held against the other places, and so is a group whose persons are counted.
    """
    known = values[values["end"].notna()]
    series = known.groupby(SERIES, sort=False)["end"]
    before, after = series.shift(), series.shift(-1)
    first = known[before.isna()]
    typical = known["indicator_id"].map(known[known["subgroup"] == ALL].groupby("indicator_id")["end"].median())
    always = series.transform("max") == 0
    whole = (known["unit"] == "percent") & ((known["subgroup"] == ALL) | known["denominator"].notna())
    others = typical.where(always & known.index.isin(first.index) & whole)
    near = before.fillna(after.where(after > 0)).fillna(others)
    side = before.isna().map({True: "before", False: "after"}).where(~always, OTHERS)
    expected = (near / known["share"] * known["denominator"].astype("float64")).where(known["share"].notna(), near)
    expected = expected.fillna(near.where(known["subgroup"] == ALL))  # without a count: a group may be of a few
    return known.assign(near=near, side=side)[(known["end"] == 0) & (expected >= FEW)]


CODES = (_negative, _nines, _zeros, _hundreds)
