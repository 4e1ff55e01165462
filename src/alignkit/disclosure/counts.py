"""A measure's frame → what each row counts, before anything is hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor, inf, nan
from typing import Any

import pandas as pd

from alignkit.disclosure.published import COUNTS, NUMBERS
from alignkit.disclosure.rules import PER
from alignkit.errors import DisclosureError

STATUS = {
    "reported": "reported",
    "suppressed_at_source": "at_source",
    "range": "range",
    "not_comparable": "not_comparable",
    "missing": "missing",
}
"""`indicator_values.value_status` → the status of a row where nothing is hidden here ("reported" is not one yet)."""
PLAIN = "plain"
"""The status of a row about persons that holds no number: a yes or no, a name of a kind. There is nothing to hide."""
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Row:
    """One row as it is."""

    by: Mapping[str, Any]
    status: str
    unit: str
    public: bool
    """Known to everyone or not about persons: passes."""
    n: int | None
    k: int | None
    value: float | None
    low: float | None
    high: float | None
    within: tuple[int, int] | None
    """Of a range with a denominator: the smallest and largest numerator that fit."""


def numbers(frame: pd.DataFrame, unit: str, where: str) -> pd.DataFrame:
    """The frame with typed numbers, a unit in every row, and values made from the counts where they are absent, or left
    blank where only a range came in.

    Raises `DisclosureError` where counts are no whole numbers, negative, or the numerator is the larger one.
    """
    frame = frame.copy()
    frame["unit"] = frame["unit"].fillna(unit).astype(object) if "unit" in frame else unit
    for column in (name for name in NUMBERS if name in frame):
        frame[column] = _typed(frame[column], where)
    if set(COUNTS) <= set(frame.columns):
        _check_counts(frame, where)
        made = _values(frame)
        frame["value"] = frame["value"].fillna(made) if "value" in frame else made
    elif {"low", "high"} & set(frame.columns) and "value" not in frame:
        frame["value"] = nan
    return frame


def _typed(column: "pd.Series[Any]", where: str) -> "pd.Series[Any]":
    counts = column.name in COUNTS
    try:
        given = pd.to_numeric(column).astype("float64").replace([inf, -inf], nan)
    except (TypeError, ValueError):
        raise DisclosureError(f"{column.name} must hold numbers", where=where, cure="mend the measure") from None
    if counts and bool((given % 1 > 0).any()):
        raise DisclosureError(f"{column.name} must hold whole counts", where=where, cure="mend the measure")
    if counts and bool((given < 0).any()):
        raise DisclosureError(f"{column.name} is negative in some row", where=where, cure="mend the measure")
    return given.astype("Int64") if counts else given


def _check_counts(frame: pd.DataFrame, where: str) -> None:
    if bool((frame["numerator"] > frame["denominator"]).fillna(False).any()):
        raise DisclosureError(
            "the numerator is larger than the denominator in some row", where=where, cure="mend the measure"
        )


def _values(frame: pd.DataFrame) -> "pd.Series[Any]":
    counts = {name: frame[name].astype("float64") for name in COUNTS}
    per = frame["unit"].map(PER).astype("float64")
    shares = per * counts["numerator"] / counts["denominator"].where(counts["denominator"] > 0)
    return shares.where(frame["unit"] != "count", counts["numerator"])


def rows_of(frame: pd.DataFrame, by: tuple[str, ...], *, protected: bool, where: str) -> list[Row]:
    """One `Row` per row of the frame that `numbers` has made; of a public table every row is public."""
    rows = []
    for values in frame.to_dict("records"):
        found = {name: _present(values.get(name)) for name in NUMBERS}
        said = _present(values.get("value_status")) or "reported"
        if said not in STATUS:
            raise DisclosureError(f"unknown value_status '{said}'", where=where, cure=f"one of {', '.join(STATUS)}")
        n, k = _counts(found, values["unit"])
        plain = not any(name in frame for name in NUMBERS)
        status = PLAIN if plain and protected else _status(STATUS[said], found, plain=plain)
        public = not protected or bool(_present(values.get("already_public")) or False)
        key = {name: values[name] for name in by}
        within = _within(found, n, values["unit"]) if status == "range" else None
        k = None if status == "range" else k
        number = {name: found[name] for name in ("value", "low", "high")}
        rows.append(Row(key, status, values["unit"], public, n, k, **number, within=within))
    return rows


def _present(value: Any) -> Any:
    return None if value is None or pd.isna(value) else value


def _status(said: str, found: Mapping[str, Any], *, plain: bool) -> str:
    if said == "range" and found["low"] is None and found["high"] is None:
        return "missing"
    if said == "reported" and found["value"] is None and found["numerator"] is None and not plain:
        return "missing"
    return said


def _counts(found: Mapping[str, Any], unit: str) -> tuple[int | None, int | None]:
    """Denominator and numerator; a share with its denominator gives away the numerator, so that counts as given."""
    count, n, value = found["numerator"], found["denominator"], found["value"]
    if n is None:
        whole = count if count is not None else value
        is_count = unit == "count" and whole is not None and whole >= 0 and float(whole).is_integer()
        return (int(whole), None) if is_count else (None, None)
    if count is None and value is not None and unit in PER and 0 <= value <= PER[unit]:
        count = round(value * n / PER[unit])
    if count is None and value is not None and unit == "count" and 0 <= value <= n:
        count = round(value)
    return int(n), None if count is None else int(count)


def _within(found: Mapping[str, Any], n: int | None, unit: str) -> tuple[int, int] | None:
    if n is None or unit not in PER:
        return None
    low, high = found["low"] or 0, PER[unit] if found["high"] is None else found["high"]
    ends = ceil(low * n / PER[unit] - _ROUNDING), floor(high * n / PER[unit] + _ROUNDING)
    return max(0, ends[0]), min(n, max(ends))
