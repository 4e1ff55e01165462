"""Whatever a source gives → the typed frame that every consumer gets.

Columns stand in the schema's order and absent optional ones are added empty. string → object holding str or
None; integer → Int64; number → float64; boolean → boolean; date → datetime64[ns] at midnight. A cell that
cannot be understood becomes empty and a `Failure`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from difflib import get_close_matches

import numpy as np
import pandas as pd

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.failure import Failure, quoted
from alignkit.contract.schema import Field, TableSchema

DTYPES = {
    "string": "object",
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "datetime64[ns]",
}
TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0")
_DATE = r"\d{4}-\d{2}-\d{2}"
_MIDNIGHT = r"[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?$"
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_TELL: dict[str, tuple[str, str]] = {
    "integer": ("not a whole number", "write digits only, such as 1250, or leave the cell blank"),
    "number": ("not a number", "write digits and a point, such as 1250.5, or leave the cell blank"),
    "boolean": ("neither true nor false", "write true or false"),
    "date": (
        "not a day written like 2026-09-30",
        "write year-month-day; in a spreadsheet give the column the format yyyy-mm-dd",
    ),
    "string": ("not text", "write text"),
}
"""Type → what a failing cell is, and the cure."""
_DAY_CURES = (
    (r"[1-6]\d{4}(\.0+)?", "this is the number that Excel keeps for a day: give the column the format yyyy-mm-dd"),
    (r"(2[3-9]|[3-9]\d)\d\d-\d\d-\d\d.*|infinity", "leave the cell blank where there is no end"),
)
_MARK_CURE = "leave the cell blank and say why in value_status: * is suppressed_at_source, <10 a range to 10"

Cells = tuple[pd.Series, pd.Series]
"""The typed values, and which of them could not be understood."""


def empty(name: str, catalog: Catalog = CONTRACT) -> pd.DataFrame:
    """The table without rows, its columns typed."""
    return pd.DataFrame({field.name: pd.Series(dtype=DTYPES[field.type]) for field in catalog.schema(name).fields})


def conform(name: str, frame: pd.DataFrame, catalog: Catalog = CONTRACT) -> tuple[pd.DataFrame, tuple[Failure, ...]]:
    """Text or typed `frame` → the table's typed frame, and what could not be understood."""
    table = catalog.schema(name)
    failures = _columns(table, [str(column) for column in frame.columns])
    columns: dict[str, pd.Series] = {}
    for field in table.fields:
        if list(frame.columns).count(field.name) == 1:
            columns[field.name], found = _column(table, field, frame[field.name].reset_index(drop=True))
            failures += found
        else:
            columns[field.name] = pd.Series([None] * len(frame), dtype=DTYPES[field.type])
    return pd.DataFrame(columns), tuple(failures)


def _columns(table: TableSchema, given: list[str]) -> list[Failure]:
    """Failures of the header: columns missing, unknown, or there twice."""
    missing = [f.name for f in table.fields if f.required and f.name not in given]
    failures = [
        Failure(table.name, None, column, "column_missing", "the column is missing", "add it to the table")
        for column in missing
    ]
    failures += [
        Failure(table.name, None, column, "column_twice", "the column is there twice", "keep one of the two")
        for column, times in Counter(given).items()
        if times > 1 and column in table.columns
    ]
    unknown = [(at, column) for at, column in enumerate(given, 1) if column not in table.columns]
    return failures + [_unknown(table, at, column) for at, column in unknown]


def _unknown(table: TableSchema, at: int, column: str) -> Failure:
    near = get_close_matches(column.strip().lower().replace(" ", "_"), table.columns, n=1)
    # A file without a header line shows its first person's values as column names.
    named = f"'{column}'" if near or not table.protected else f"number {at}"
    cure = f"did you mean '{near[0]}'?" if near else f"remove it; the table's columns are {', '.join(table.columns)}"
    head = column if near or not table.protected else f"column {at}"
    told = f"column {named} is not in the {'declared table' if table.own else 'contract'}"
    return Failure(table.name, None, head, "column_unknown", told, cure)


def _column(table: TableSchema, field: Field, given: pd.Series) -> tuple[pd.Series, list[Failure]]:
    typed, bad = _CONVERT[field.type](given)
    typed = _codes(typed, field.enum) if field.enum else typed
    rows = np.flatnonzero(bad.to_numpy()) + 1
    return typed, [_misread(table, field, int(row), given.iloc[row - 1]) for row in rows]


def _codes(texts: pd.Series, enum: tuple[str, ...]) -> pd.Series:
    """Codes as the contract writes them, however a person typed them: `Kept ` is `kept`."""
    alike = {code.casefold(): code for code in enum}
    known = {text: alike.get(" ".join(text.split()).casefold(), text) for text in texts.dropna().unique()}
    return pd.Series([known.get(text) for text in texts], dtype="object")


def _misread(table: TableSchema, field: Field, row: int, value: object) -> Failure:
    message, cure = _TELL[field.type]
    if table.name == "indicator_values" and field.type in ("integer", "number"):
        cure = _MARK_CURE
    if field.type == "date":
        cure = next((better for form, better in _DAY_CURES if re.fullmatch(form, str(value).strip())), cure)
    return Failure(table.name, row, field.name, field.type, _quoted(table, value, message), cure)


def _quoted(table: TableSchema, value: object, message: str) -> str:
    return message if table.protected else f"{quoted(value)} is {message}"


def _text(given: pd.Series) -> pd.Series:
    """Every value as stripped text in one Unicode form; blank and missing ones as None."""
    missing = given.isna()
    clean = [None if absent else _clean(value) for value, absent in zip(given.tolist(), missing, strict=True)]
    return pd.Series(clean, dtype="object")


def _clean(value: object) -> str | None:
    # A column of whole numbers with a gap arrives as floats; nobody's id ends in ".0".
    text = str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()
    return (text if text.isascii() else unicodedata.normalize("NFC", text)) or None


def _to_string(given: pd.Series) -> Cells:
    text = _text(given)
    return text, pd.Series(False, index=text.index)


def _to_number(given: pd.Series) -> Cells:
    if pd.api.types.is_numeric_dtype(given.dtype):
        known = given.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
        return pd.Series(np.where(np.isinf(known), np.nan, known)), pd.Series(np.isinf(known))
    text = _text(given)
    good = text.str.fullmatch(_NUMBER, na=False).astype(bool)
    # Python reads 0.1 as the nearest number there is, as every typed source keeps it; pandas may miss by the last bit.
    parsed = np.array(["nan" if blank else number for number, blank in zip(text, ~good, strict=True)], dtype="object")
    parsed = parsed.astype("float64")
    numbers = pd.Series(np.where(np.isinf(parsed), np.nan, parsed))
    return numbers, text.notna() & numbers.isna()


def _to_integer(given: pd.Series) -> Cells:
    if pd.api.types.is_integer_dtype(given.dtype):
        return given.astype("Int64"), pd.Series(False, index=given.index)
    numbers, bad = _to_number(given)
    whole = numbers.where((numbers % 1 == 0) & (numbers.abs() < 2**53))
    return whole.astype("Int64"), bad | (numbers.notna() & whole.isna())


def _to_boolean(given: pd.Series) -> Cells:
    if pd.api.types.is_bool_dtype(given.dtype):
        return given.astype("boolean"), pd.Series(False, index=given.index)
    text = _text(given).str.lower()
    known = text.map({**dict.fromkeys(TRUE, True), **dict.fromkeys(FALSE, False)})
    return known.astype("boolean"), text.notna() & known.isna()


def _to_date(given: pd.Series) -> Cells:
    if isinstance(given.dtype, pd.DatetimeTZDtype):
        given = given.dt.tz_localize(None)
    if pd.api.types.is_datetime64_dtype(given.dtype):
        return given.dt.normalize().astype("datetime64[ns]"), pd.Series(False, index=given.index)
    text = _text(given).str.replace(_MIDNIGHT, "", regex=True)
    good = text.str.fullmatch(_DATE, na=False).astype(bool)
    dates = pd.to_datetime(text.where(good), format="%Y-%m-%d", errors="coerce").astype("datetime64[ns]")
    return dates, text.notna() & dates.isna()


_CONVERT: dict[str, Callable[[pd.Series], Cells]] = {
    "string": _to_string,
    "integer": _to_integer,
    "number": _to_number,
    "boolean": _to_boolean,
    "date": _to_date,
}
