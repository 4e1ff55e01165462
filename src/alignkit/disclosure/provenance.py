"""Where a frame came from: what decides whether numbers are about persons, instead of a label that a notebook gives.

A frame that a cycle hands out carries the name of its source in `frame.attrs`, which pandas keeps when rows are
filtered, sorted or taken apart. The name alone opens nothing, as it stays when a column is added: every row is also
looked up in what was handed out. A frame without a name (merged, grouped, built by hand) counts as protected.

`attrs` instead of a subclass of DataFrame: a subclass would have to follow every operation of pandas, and one that it
missed would open the door; here, whatever is missed is refused.
"""

import datetime
import decimal
import fractions
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import numpy as np
import pandas as pd

from alignkit.disclosure.published import MARK, Published

_SETTINGS = (str, bytes, bool, int, float, datetime.date, datetime.timedelta, decimal.Decimal, fractions.Fraction,
             pd.Timedelta, type(None), type(pd.NA), type(pd.NaT))  # fmt: skip
_WORDS = (str, bool, datetime.date, datetime.timedelta, type(None))
"""What a list or dict may hold: numbers in one could be counts of children."""
_COMPUTED = "it is a number that pandas or NumPy computed, and where it comes from is not known"


@dataclass
class Sources:
    """What one open cycle has handed out. `shown` are the frames that anyone may read."""

    shown: dict[str, pd.DataFrame] = field(default_factory=dict)
    protected: set[str] = field(default_factory=set)
    counting: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Public table → its columns that count persons."""

    def hand_out(
        self, frame: pd.DataFrame, name: str, *, protected: bool, counting: tuple[str, ...] = ()
    ) -> pd.DataFrame:
        """`frame` with its source's name; rows of a public table may be given to `derive` from now on, without the
        columns in `counting`."""
        if protected:
            self.protected.add(name)
        else:
            self.shown[name] = frame.drop(columns=list(counting))
            self.counting[name] = counting
        frame = frame.copy(deep=False)
        frame.attrs = {MARK: name}
        return frame

    def keep(self, published: Published) -> None:
        """Rows that passed the door may be given to `derive`, too."""
        frame = published.frame
        self.shown[frame.attrs[MARK]] = frame

    def without_counts(self, value: Any) -> Any:
        """`value`; where it is rows of a public table, without the columns that count persons."""
        if not isinstance(value, pd.DataFrame):
            return value
        counts = [name for name in self.counting.get(value.attrs.get(MARK, ""), ()) if name in value]
        return value.drop(columns=counts) if counts else value

    def why_not(self, frame: "pd.DataFrame | pd.Series[Any]") -> str:
        """Why the rows of `frame` may not be shown as they are; "" where they may."""
        frame = frame.to_frame() if isinstance(frame, pd.Series) else frame
        name = frame.attrs.get(MARK, "")
        if name in self.protected:
            return f"its rows come from {name}, which is about persons"
        if name not in self.shown:
            return "where its rows come from is not known: merging, grouping or building a frame loses it"
        whole = self.shown[name]
        if counts := [column for column in self.counting.get(name, ()) if column in frame]:
            return f"column {', '.join(counts)} of {name} counts people"
        added = [str(column) for column in frame if column not in whole]
        if added:
            return f"column {', '.join(added)} is not in {name}"
        return "" if _rows_of(frame, whole) else f"some of its rows are not in {name}"


def refusal(value: Any, sources: Sources, reaches: Callable[[Any], Iterable[str]]) -> str:
    """Why `derive` does not take `value`; "" where it does.

    Published measures, rows of public tables and of published ones, single settings, and lists or dicts of these are
    taken. `reaches` names the data that a function would use besides what it is given.
    """
    if isinstance(value, (pd.DataFrame, pd.Series)):
        return sources.why_not(value)
    if isinstance(value, np.number):  # before float, which np.float64 is too
        return _COMPUTED
    if isinstance(value, (Published, *_SETTINGS)):
        return ""
    if isinstance(value, Mapping):
        return _first(_inside(item, sources, reaches) for pair in value.items() for item in pair)
    if isinstance(value, (list, tuple, set, frozenset)):
        return _first(_inside(item, sources, reaches) for item in value)
    if is_dataclass(value) and type(value).__module__.startswith("alignkit."):
        return _first(refusal(getattr(value, one.name), sources, reaches) for one in fields(value))
    if hasattr(type(value), "model_fields") and type(value).__module__.startswith("alignkit."):
        return ""  # a parameter file
    if callable(value):
        found = sorted(reaches(value))
        return f"it would use {', '.join(found)} besides what it is given" if found else ""
    return f"a {type(value).__name__} does not say where it comes from"


def _inside(value: Any, sources: Sources, reaches: Callable[[Any], Iterable[str]]) -> str:
    if isinstance(value, _SETTINGS) and not isinstance(value, _WORDS):
        return "it holds numbers, and where they come from is not known"
    return refusal(value, sources, reaches)


def _first(reasons: Iterable[str]) -> str:
    return next((reason for reason in reasons if reason), "")


def _rows_of(frame: pd.DataFrame, whole: pd.DataFrame) -> bool:
    """Whether every row of `frame` is a row of `whole`, as far as its columns go."""
    columns = list(frame.columns)
    if len(set(columns)) < len(columns):
        return False
    there = whole[columns]
    if frame.shape == there.shape and frame.reset_index(drop=True).equals(there.reset_index(drop=True)):
        return True
    return bool(np.isin(_hashed(frame), _hashed(there)).all())


def _hashed(frame: pd.DataFrame) -> "np.ndarray[Any, Any]":
    plain = frame.apply(lambda column: column.map(repr) if column.dtype == object else column)
    return np.asarray(pd.util.hash_pandas_object(plain, index=False).to_numpy()) if len(frame.columns) else np.array([])
