r"""Valid rows of any table of the contract, made from its Table Schema; a test says only what it is about.

    rows("partners", 2, sector="faith")                     two rows, as a source gives them
    frame("partners", {"partner_id": "p1"}, kind="school")  typed, as every consumer gets them
    frame("outcomes", outcome_id=["reading", "math"])       a list gives each row its own cell
    text("partners", 3)                                     the same as a CSV file
    completed("places", "place_id,name\nx,West\n")          a file whose text matters, with the columns it leaves out
    filled("places", [{"place_id": "x"}])                   rows with the columns they leave out, and nothing else
    typed("places", {"place_id": "x"})                      the same, typed
    selected("places", "SELECT 7 AS place_id")              a query with the columns it leaves out
    related({"adoptions": frame("adoptions", 2)})           with the rows of other tables that they refer to

A new required column is filled here, from its type, so no test has to name it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

import pandas as pd

from alignkit.contract.conform import conform
from alignkit.contract.schema import TABLES, Field, TableSchema, schema
from alignkit.contract.validate import failures_of

Row = dict[str, Any]

DAY = "2024-01-01"
ELSEWHERE = ("foreign_key", "table_needed")
"""Rules about rows of other tables, which `related` adds."""
PATTERNED = ("reading", "2026-Q3", "40202", "one")
"""Texts of which one fits whatever pattern a column asks for."""
NUMBERS = (1, 10, 2026, 0)
"""The first within a column's bounds is taken."""
USUAL: Mapping[str, Any] = {
    "subgroup_type": "all", "subgroup": "all", "due_originally": "2026-12-31", "due_now": "2026-12-31"
}  # fmt: skip
"""Column → an ordinary cell, where the schema alone would give an odd one."""
BOTH = {"target": ("target_year", 2030), "baseline": ("baseline_period", DAY)}
"""Column → the column that must be filled with it, and its cell."""


def rows(table: str, *each: int | Mapping[str, Any], **columns: Any) -> list[Row]:
    """Rows with every column; optional ones are None unless given.

    `each` says how many, or what single rows hold; `columns` what all of them hold (a list: one cell a row, and as
    many rows as cells). What a row says itself counts more.
    """
    return list(_rows(schema(table), list(_asked(each, columns)), columns))


def frame(table: str, *each: int | Mapping[str, Any], **columns: Any) -> pd.DataFrame:
    """Those rows typed; AssertionError where they break the contract by themselves, whatever they refer to."""
    given = pd.DataFrame(rows(table, *each, **columns), columns=list(schema(table).columns), dtype="object")
    wrong = [one for one in failures_of({table: given}) if one.rule not in ELSEWHERE]
    assert not wrong, "\n".join(map(str, wrong))
    return conform(table, given)[0]


def text(table: str, *each: int | Mapping[str, Any], **columns: Any) -> str:
    """Those rows as a CSV file."""
    return frame(table, *each, **columns).to_csv(index=False, date_format="%Y-%m-%d")


def completed(table: str, given: str) -> str:
    """The CSV text as it is, with the required columns that it leaves out added to the end of each line."""
    head, *lines = given.strip().splitlines()
    missing = _unnamed(table, head.split(","))
    cells = [missing, *([str(row[name]) for name in missing] for row in rows(table, len(lines)))]
    return "".join(",".join([line, *own]) + "\n" for line, own in zip([head, *lines], cells, strict=True))


def filled(table: str, given: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The rows as they are, with the required columns that none of them names."""
    missing = _unnamed(table, {name for row in given for name in row})
    made = rows(table, len(given))
    return [{**row, **{name: whole[name] for name in missing}} for row, whole in zip(given, made, strict=True)]


def typed(table: str, *given: Mapping[str, Any]) -> pd.DataFrame:
    """Those rows typed; AssertionError where a cell cannot be read. Other rules are not asked."""
    frame, failures = conform(table, pd.DataFrame(filled(table, given)))
    assert not failures, failures
    return frame


def selected(table: str, select: str) -> str:
    """The query as it is, with constants for the required columns whose names are not in it."""
    missing = [name for name in _unnamed(table, ()) if not re.search(rf"\b{name}\b", select)]
    (row,) = rows(table)
    constants = "".join(f", '{row[name]}' AS {name}" for name in missing)
    return f"SELECT given.*{constants} FROM (\n{select}\n) AS given" if missing else select


def _unnamed(table: str, named: Collection[str]) -> list[str]:
    for name in named:
        schema(table).field(name)
    return [field.name for field in schema(table).fields if field.required and field.name not in named]


def related(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables with every row of another one that they refer to, in the contract's order."""
    made = dict(tables)
    while missing := list(_missing(made)):
        for table, column, ids in missing:
            more = frame(table, **{column: ids})
            made[table] = pd.concat([made[table], more], ignore_index=True) if table in made else more
    return {name: made[name] for name in TABLES if name in made}


def _missing(made: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str, list[str]]]:
    """The first table that another one lacks rows of: its name, its key, and the ids that are not there."""
    for name in made:
        for key in schema(name).foreign_keys:
            (column,), (own,) = key.reference_fields, key.fields
            known = set(made[key.reference][column]) if key.reference in made else set()
            if ids := [id_ for id_ in dict.fromkeys(made[name][own].dropna()) if id_ not in known]:
                yield key.reference, column, ids
                return


def _asked(each: tuple[int | Mapping[str, Any], ...], columns: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    lengths = {len(cells) for cells in columns.values() if isinstance(cells, list)}
    for one in each or (max(lengths, default=1),):
        yield from [{}] * one if isinstance(one, int) else [one]


def _rows(table: TableSchema, asked: list[Mapping[str, Any]], columns: Mapping[str, Any]) -> Iterator[Row]:
    lists = {name: list(islice(cycle(cells), len(asked))) for name, cells in columns.items() if isinstance(cells, list)}
    for at, own in enumerate(asked):
        given = {**columns, **{name: cells[at] for name, cells in lists.items()}, **own}
        for name in given:
            table.field(name)  # an unknown one is an error that names the nearest
        yield _completed(table, {field.name: _cell(table, field, at + 1) for field in table.fields} | given, given)


def _completed(table: TableSchema, row: Row, given: Mapping[str, Any]) -> Row:
    """The row, with the cells that its given cells require in other columns."""
    for column, (other, cell) in BOTH.items():
        if other in row and other not in given and row.get(column) is not None:
            row[other] = cell
    if table.name != "indicator_values":
        return row
    start = date.fromisoformat(str(row["period_start"])[:10])
    end = start.replace(year=start.year + 1) - timedelta(days=1)
    later = {"period_end": end, "released_on": end + timedelta(days=60)}
    row |= {name: day.isoformat() for name, day in later.items() if name not in given}
    if row["value_status"] == "reported" and not {"value", "numerator"} & set(given):
        row["value"] = 50.0
    return row


def _cell(table: TableSchema, field: Field, at: int) -> Any:
    """The cell of row `at`, for a column that the test does not mention."""
    if not field.required:
        return None
    kind = field.type
    if (named := _named(table, field, at)) is not None:
        return named
    if kind == "string":
        return field.enum[0] if field.enum else _string(field)
    if kind == "boolean":
        return False
    return DAY if kind == "date" else next(n for n in NUMBERS if _within(field, n))


def _named(table: TableSchema, field: Field, at: int) -> Any:
    """An ordinary cell, or one that differs from row to row (keys, names, order); None for other columns."""
    references = {key.fields[0]: key.reference_fields[0] for key in table.foreign_keys}
    in_key = field.name in table.primary_key
    if field.name in USUAL and table.name != "subgroups":
        return USUAL[field.name]
    if field.name in references:
        return f"{_stem(references[field.name])}-{at if in_key else 1}"
    if field.type == "string" and not field.enum and (in_key or field.unique):
        return f"{_stem(field.name)}-{at}"
    if field.name == "name":
        return f"{_stem(table.primary_key[0]).replace('-', ' ').capitalize()} {at}"
    return at if field.name == "order" else None


def _stem(column: str) -> str:
    return column.removesuffix("_id").replace("_", "-")


def _string(field: Field) -> str:
    plain = field.name.replace("_", " ")
    if field.pattern is None:
        return plain
    return next(one for one in (plain, *PATTERNED) if re.fullmatch(field.pattern, one))


def _within(field: Field, number: int) -> bool:
    low = field.minimum is None or number >= field.minimum
    return low and (field.maximum is None or number <= field.maximum)
