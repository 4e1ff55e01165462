"""Keys: no row twice, and every reference leads to a row."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

import pandas as pd

from alignkit.contract.failure import Failure, RowOf, quoted, rows_of
from alignkit.contract.schema import ForeignKey, TableSchema


def duplicate_failures(
    table: TableSchema, frame: pd.DataFrame, lost: frozenset[str], row_of: RowOf | None = None
) -> Iterator[Failure]:
    """Every row whose primary key, or value of a unique column, an earlier row already has.

    `lost` names the columns that could not be read; nothing is said about keys with those.
    """
    keys = dict.fromkeys((table.primary_key, *((field.name,) for field in table.fields if field.unique)))
    for key in keys:
        if lost.isdisjoint(key):
            yield from _twice(table, frame, list(key), row_of)


def _twice(table: TableSchema, frame: pd.DataFrame, key: list[str], row_of: RowOf | None) -> Iterator[Failure]:
    twice = frame[frame[key].notna().all(axis=1) & frame.duplicated(key, keep=False)]
    if twice.empty:
        return
    first = twice.assign(row=twice.index + 1).groupby(key, sort=False)["row"].transform("first")
    later = first[first != first.index + 1]
    versions = table.version_of and tuple(key) == table.primary_key
    newer = f", or give a changed row a later {table.visible_from}" if versions else ""
    cure = f"see which of the two rows is right, and keep that one{newer}"
    for row, original in zip((later.index + 1).tolist(), later.tolist(), strict=True):
        file, number = row_of(original) if row_of else ("", original)
        message = f"the same as in {file and f'{file}, '}row {number:,}"
        yield Failure(table.name, row, ", ".join(key), "duplicate_key", message, cure)


def reference_failures(
    table: TableSchema, frames: Mapping[str, pd.DataFrame], lost: Mapping[str, frozenset[str]]
) -> Iterator[Failure]:
    """Every reference to a row that is not there.

    `lost` names, by table, the columns that could not be read; nothing is said about references to those.
    """
    for foreign in table.foreign_keys:
        if lost.get(foreign.reference, frozenset()).isdisjoint(foreign.reference_fields):
            yield from _orphans(table, frames, foreign)


def _orphans(table: TableSchema, frames: Mapping[str, pd.DataFrame], foreign: ForeignKey) -> Iterator[Failure]:
    column = foreign.fields[0]
    given = frames[table.name][column]
    if foreign.reference not in frames:
        if given.notna().any():
            yield _needed(table, column, foreign.reference)
        return
    known = frames[foreign.reference][foreign.reference_fields[0]].dropna().unique()
    cures: dict[str, str] = {}
    for row in rows_of(given.notna() & ~given.isin(known)):
        value = str(given.iloc[row - 1])
        if value not in cures:
            cures[value] = _cure(value, [] if table.protected else [str(k) for k in known], foreign.reference)
        named = "the value" if table.protected else quoted(value)
        message = f"{named} is not in {foreign.reference}"
        yield Failure(table.name, row, column, "foreign_key", message, cures[value])


def _cure(value: str, known: list[str], reference: str) -> str:
    near = get_close_matches(value, known, n=1)
    return f"did you mean '{near[0]}'?" if near else f"mend the code, or add its row to {reference}"


def _needed(table: TableSchema, column: str, reference: str) -> Failure:
    blank = "" if table.field(column).required else ", or leave the column blank"
    return Failure(
        table.name, None, column, "table_needed",
        f"it refers to the table {reference}, which is not there", f"add the table {reference}{blank}",
    )  # fmt: skip
