"""What typed sources (Parquet, DuckDB) have in common: plain columns that the contract can type as it does text."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from alignkit.errors import SourceError


def plain_frame(table: pa.Table, where: str) -> pd.DataFrame:
    """An Arrow table → text, Int64, float64 and boolean columns, their names as they are.

    Decimals and whole numbers beyond 64 bits become their exact digits, days and times of day the ISO day (in the
    time zone of the column, where it has one), categories their labels. Raises `SourceError` for a column whose cells
    are no single values (lists, records, bytes); `where` says which table.
    """
    columns = [_series(column, name, where) for name, column in zip(table.column_names, table.columns, strict=True)]
    frame = pd.DataFrame(dict(enumerate(columns)), index=range(table.num_rows))
    return frame.set_axis(table.column_names, axis=1)


def _series(column: pa.ChunkedArray, name: str, where: str) -> pd.Series:
    kind = column.type
    if isinstance(kind, pa.BaseExtensionType):
        column = pa.chunked_array([chunk.storage for chunk in column.chunks], kind.storage_type)
        return _series(column, name, where)
    if pa.types.is_dictionary(kind):
        return _series(column.cast(kind.value_type), name, where)
    for fits, convert in _KINDS:
        if fits(kind):
            return convert(column)
    raise SourceError(
        f"column {name} holds {kind}, not one plain value a cell",
        where=where,
        cure="make it a column of text, numbers, days or true and false, for instance in a view",
    )


def _text(column: pa.ChunkedArray) -> pd.Series:
    return pd.Series(column.cast(pa.string()).to_pylist(), dtype="object")


def _boolean(column: pa.ChunkedArray) -> pd.Series:
    return column.to_pandas(types_mapper={pa.bool_(): pd.BooleanDtype()}.get)


def _whole(column: pa.ChunkedArray) -> pd.Series:
    try:
        return column.cast(pa.int64()).to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    except pa.ArrowInvalid:  # beyond 64 bits
        return _text(column)


def digits(column: pd.Series) -> pd.Series:
    """Decimals as text without the zeros that end them behind the point: a code kept as DECIMAL is still that code."""
    return column.str.replace(r"(\.\d*?)0+$", r"\1", regex=True).str.removesuffix(".")


def _decimal(column: pa.ChunkedArray) -> pd.Series:
    return digits(_text(column)) if len(column) else _text(column)


def _float(column: pa.ChunkedArray) -> pd.Series:
    numbers = column.to_pandas()
    if numbers.dtype == "float64":
        return numbers
    # 46.2 kept in 32 bits means 46.2, not 46.2000008
    return pd.Series([np.nan if np.isnan(n) else float(str(n)) for n in numbers.to_numpy()], dtype="float64")


def _day(column: pa.ChunkedArray) -> pd.Series:
    return _text(column.cast(pa.date32()))


def _timestamp(column: pa.ChunkedArray) -> pd.Series:
    if column.type.tz is not None:
        column = pc.local_timestamp(column)
    return _day(pc.floor_temporal(column, unit="day"))


_KINDS: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.ChunkedArray], pd.Series]], ...] = (
    (pa.types.is_string, _text),
    (pa.types.is_large_string, _text),
    (pa.types.is_string_view, _text),
    (pa.types.is_boolean, _boolean),
    (pa.types.is_integer, _whole),
    (pa.types.is_decimal, _decimal),
    (pa.types.is_floating, _float),
    (pa.types.is_date, _day),
    (pa.types.is_timestamp, _timestamp),
    (pa.types.is_time, _text),
    (pa.types.is_null, _text),
)
