"""Rows that are parts of one, such as the schools of a district: counts are added, rates weighted by their counts."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from alignkit.sources.mapping.lines import FileMap
from alignkit.sources.mapping.totals import subtotals
from alignkit.sources.wrong import Wrong

KEY = ["indicator_id", "period_start", "period_end", "place_id", "subgroup_type", "subgroup", "released_on"]
_ROUNDED = 0.5
"""How far a percent without decimals may be from its counts."""
_NUMBERS = ("numerator", "denominator", "value", "low", "high")


_MARGIN = ("interval_low", "interval_high", "confidence")
"""What is known of the parts only: margins of error do not add up."""


def added_up(file: FileMap, frame: pd.DataFrame, wrong: list[Wrong]) -> pd.DataFrame:
    """The file's rows of indicator_values with one row for each place, period and group.

    A part that is hidden hides the whole, one that is missing leaves it missing; ranges are added as ranges. Rates
    without a denominator, and rates next to parts without one, are added to `wrong`, and so is another table.
    """
    if file.table.name != "indicator_values":
        wrong.append(Wrong(file.at, "only rows of indicator_values can be added up", "clear the cell"))
        return frame
    key = [column for column in KEY if column in frame]
    whole = frame.reindex(columns=[*frame.columns, *(name for name in _NUMBERS if name not in frame)])
    groups = whole.groupby(key, sort=False, dropna=False)
    rows = []
    wrong += _totals(groups)
    for _, parts in groups:
        made = parts.iloc[0].copy()
        if len(parts) > 1:
            together = {**dict.fromkeys(_MARGIN), **_together(parts, wrong)}
            values = {**made, **{name: one for name, one in together.items() if name in made}}
            made = pd.Series(values, dtype="object", name=parts.index[0])
        rows.append(made)
    return pd.DataFrame(rows, columns=whole.columns)[frame.columns.union(["low", "high"], sort=False)].astype(
        {name: "float64" for name in (*_NUMBERS, *_MARGIN) if name in frame or name in ("low", "high")}
    )


def _totals(groups: Iterable[tuple[object, pd.DataFrame]]) -> Iterator[Wrong]:
    """Parts that are the sum of all others: a row of totals would count everyone twice.

    With one other part, all of its numbers are the same; that may be chance, so it must be so in most of such pairs.
    """
    cure = "leave rows of totals out in sheet rows"
    pairs = 0
    alike: list[str] = []
    for _, parts in groups:
        counts = parts[["denominator", "numerator"]].astype("float64").dropna(axis=1)
        if len(parts) > 2 and len(counts.columns):
            same = ((counts * 2 - counts.sum()).abs() < 0.5).all(axis=1) & (counts.max(axis=1) >= len(parts))
            for at in np.flatnonzero(same)[:1]:
                yield Wrong(str(parts["source_key"].iloc[at]), "its counts are the sum of all other parts", cure)
            if not same.any():
                yield from subtotals(parts)
        elif len(parts) == 2 and len(counts.columns):
            pairs += 1
            numbers = parts[list(_NUMBERS)].astype("float64")
            alike += [str(parts["source_key"].iloc[1])] * numbers.iloc[0].equals(numbers.iloc[1])
    if len(alike) * 2 > pairs:
        yield Wrong(alike[0], "its counts are those of the other part", cure)


def _together(parts: pd.DataFrame, wrong: list[Wrong]) -> pd.Series:
    """What several parts come to."""
    statuses = set(parts["value_status"])
    made = dict.fromkeys(_NUMBERS) | {"source_key": _keys(parts), "denominator": _sum(parts["denominator"])}
    if hidden := next((one for one in ("suppressed_at_source", "missing", "not_comparable") if one in statuses), ""):
        return pd.Series({**made, "value_status": hidden}, dtype="object")
    weights = parts["denominator"]
    if statuses == {"reported"} and (parts["value"].isna().all() or _rates_of_counts(parts)) and _counted(parts):
        return pd.Series({**made, "numerator": _sum(parts["numerator"]), "value_status": "reported"}, dtype="object")
    if weights.isna().any() or weights.sum() <= 0:
        cure = "map the denominator, so that rates can be weighted; a count belongs into numerator"
        wrong.append(Wrong(_keys(parts), "a rate without a denominator cannot be added up", cure))
        return pd.Series({**made, "value_status": "missing"}, dtype="object")
    if parts[["value", "low", "high"]].isna().all(axis=1).any():
        what = "some of these parts have a rate, others only a count, and they cannot be added up"
        wrong.append(Wrong(_keys(parts), what, "map numerator and denominator, and delete the line of value"))
        return pd.Series({**made, "value_status": "missing"}, dtype="object")
    if statuses == {"reported"}:
        value = round(float((parts["value"] * weights).sum() / weights.sum()), 10)
        counts = _sum(parts["numerator"])
        return pd.Series({**made, "value": value, "numerator": counts, "value_status": "reported"}, dtype="object")
    low, high = (
        round(float((parts[name].fillna(parts["value"]) * weights).sum(skipna=False) / weights.sum()), 10)
        for name in ("low", "high")
    )
    return pd.Series({**made, "low": low, "high": high, "value_status": "range"}, dtype="object")


def _counted(parts: pd.DataFrame) -> bool:
    return bool(parts["numerator"].notna().all())


def _rates_of_counts(parts: pd.DataFrame) -> bool:
    """Whether the values are the percents of the counts, rounded: then the counts are closer."""
    exact = 100 * parts["numerator"] / parts["denominator"].where(parts["denominator"] > 0)
    return bool(((parts["value"] - exact).abs() <= _ROUNDED).all())


def _sum(column: "pd.Series[float]") -> float | None:
    return None if column.isna().any() else float(column.sum())


def _keys(parts: pd.DataFrame) -> str:
    keys = parts["source_key"].astype(str).tolist()
    file = keys[0].rpartition(", row ")[0]
    return f"{file}, rows " + ", ".join(key.rpartition(", row ")[2] for key in keys)
