"""What came through the one door: the only thing that charts, tables and sentences take."""

import datetime
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import pandas as pd

from alignkit import records
from alignkit.errors import InputError

COUNTS = ("numerator", "denominator")
NUMBERS = (*COUNTS, "value", "low", "high")
MARK = "alignkit.source"
"""The key in `DataFrame.attrs` under which a frame says where its rows come from."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STATUS = ("status", "text")


class _Copied:
    """The rows of a `Published`: a copy at each access, so that no cell can add to what passed the door."""

    def __get__(self, owner: Any, kind: Any = None) -> Any:
        if owner is None:
            raise AttributeError  # the field has no default
        frame = owner.__dict__["_frame"].copy()
        frame.attrs = {MARK: f"published '{owner.id}'"}
        return frame

    def __set__(self, owner: Any, frame: pd.DataFrame) -> None:
        owner.__dict__["_frame"] = frame.copy()


@dataclass(frozen=True)
class Published:
    """A measure whose hidden numbers are gone. Get one from `publish`.

    `p.frame` has every row, as a copy: its keys and carried columns, the numbers that are not hidden, `status` (shown,
    hidden …) and `text`, what may be read of its value ("46%", "under 10%", "hidden").
    """

    id: str
    about: str
    quantity: str
    by: tuple[str, ...]
    draft: bool
    """Not yet protected together with the other chapters: only the primary rule was applied."""
    lang: str
    frame: pd.DataFrame = _Copied()  # type: ignore[assignment]
    """Key columns, carried columns, those of numerator, denominator, value, low, high that came in (missing where
    hidden), unit, status (`records.Cell.status`), text (the value as it is read: "46%", "under 10%", "hidden")."""

    @property
    def shown(self) -> pd.DataFrame:
        """The rows whose value is shown."""
        return self.frame[self.frame["status"] == "shown"].copy()

    def where(self, **equals: Any) -> "Published":
        """The rows in which every named column equals the value given."""
        keep = pd.Series(True, index=self.frame.index)
        for column, value in equals.items():
            if column not in self.frame:
                near = get_close_matches(column, list(self.frame.columns), n=1)
                cure = f"did you mean '{near[0]}'?" if near else f"columns: {', '.join(self.frame.columns)}"
                raise InputError(f"there is no column '{column}'", where=f"published {self.id}", cure=cure)
            keep &= (self.frame[column] == value).fillna(False).astype(bool)
        return replace(self, frame=self.frame[keep].reset_index(drop=True))

    def record(self) -> records.Published:
        """What the executed notebook hands on."""
        cells = tuple(self._cell(row) for row in self.frame.to_dict("records"))
        return records.Published(
            id=self.id, about=self.about, quantity=self.quantity, by=self.by, draft=self.draft, cells=cells
        )

    def _cell(self, row: Mapping[Any, Any]) -> records.Cell:
        values = {name: plain(row[name]) for name in row if name not in (*self.by, *_STATUS)}
        shown = {name: value for name, value in values.items() if value is not None or row["status"] == "shown"}
        key = {name: plain(row[name]) for name in self.by}
        return records.Cell(key=key, status=row["status"], text=row["text"], shown=shown)

    @classmethod
    def from_record(cls, record: records.Published, lang: str) -> "Published":
        """What another chapter handed on. Dates come back as dates, lists as text."""
        rows = [{**cell.key, **cell.shown, "status": cell.status, "text": cell.text} for cell in record.cells]
        names = dict.fromkeys(name for row in rows for name in row)
        if any(cell.status != "shown" for cell in record.cells):
            names["value"] = None
        order = (
            *record.by,
            *(name for name in names if name not in (*record.by, *NUMBERS, "unit", *_STATUS)),
        )
        order += tuple(name for name in (*NUMBERS, "unit") if name in names) + _STATUS
        frame = pd.DataFrame(rows, columns=list(order), dtype=object).apply(_inferred)
        fields = {name: getattr(record, name) for name in ("id", "about", "quantity", "by", "draft")}
        return cls(**fields, lang=lang, frame=typed(frame))


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The types that `publish` gives: counts and other whole numbers Int64, yes or no boolean, days datetime64[ns]."""
    kinds: dict[Hashable, Any] = {}
    for name in frame.columns:
        if name in NUMBERS:
            kinds[name] = "Int64" if name in COUNTS else "float64"
        elif frame[name].dtype.kind in "iub" and not pd.api.types.is_extension_array_dtype(frame[name]):
            kinds[name] = "boolean" if frame[name].dtype.kind == "b" else "Int64"
        elif frame[name].dtype.kind == "M":
            kinds[name] = "datetime64[ns]"
    return frame.astype(kinds)


def _inferred(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Days and numbers among values that have been JSON."""
    values = list(column.dropna())
    if values and all(isinstance(value, str) and _DAY.fullmatch(value) for value in values):
        return pd.to_datetime(column)
    kinds: dict[type, Any] = {bool: "boolean", int: "Int64", float: "float64"}
    found = {type(value) for value in values}
    return column.astype(kinds[found.pop()]) if len(found) == 1 and found <= kinds.keys() else column


def plain(value: Any) -> records.Scalar:
    """A frame's value as JSON: days as text, several values joined."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(str(plain(item)) for item in (sorted(value) if isinstance(value, (set, frozenset)) else value))
    if value is None or pd.isna(value):
        return None
    if isinstance(value, (datetime.date, pd.Timestamp)):
        return value.isoformat().removesuffix("T00:00:00")
    item = getattr(value, "item", None)
    found: records.Scalar = item() if callable(item) else value
    return found
