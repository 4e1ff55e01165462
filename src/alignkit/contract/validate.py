"""Everything that is wrong with a community's tables, told at once."""

from collections.abc import Iterator, Mapping

import pandas as pd

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.cells import cell_failures
from alignkit.contract.conform import conform, empty
from alignkit.contract.failure import Failure, RowOf, contract_error, origins
from alignkit.contract.keys import duplicate_failures, reference_failures
from alignkit.contract.rules import RULES, rule_failures
from alignkit.contract.schema import TableSchema, nearest

__all__ = ["Failure", "empty", "failures_of", "validate"]

Bad = Mapping[str, frozenset[int]]


def validate(tables: Mapping[str, pd.DataFrame], catalog: Catalog = CONTRACT) -> dict[str, pd.DataFrame]:
    """The community's tables, typed; ContractError with every failure where there is one.

    Checked are columns, types, constraints of single cells, keys, references and the rules between columns.
    A table that is not there is no failure, unless another one refers to it. `catalog` says which tables there may be.
    """
    frames, failures = _check(tables, catalog)
    if failures:
        raise contract_error(failures, origins(tables))
    return frames


def failures_of(tables: Mapping[str, pd.DataFrame], catalog: Catalog = CONTRACT) -> tuple[Failure, ...]:
    """Every failure of the tables, in the catalog's order; empty where all is well."""
    return tuple(_check(tables, catalog)[1])


def _check(tables: Mapping[str, pd.DataFrame], catalog: Catalog) -> tuple[dict[str, pd.DataFrame], list[Failure]]:
    failures = [
        Failure(
            name,
            None,
            None,
            "table_unknown",
            "the table is not in the contract",
            nearest(name, catalog.names, "tables"),
        )
        for name in tables
        if name not in catalog
    ]
    frames: dict[str, pd.DataFrame] = {}
    found: dict[str, tuple[Failure, ...]] = {}
    for name in (table for table in catalog.names if table in tables):
        frames[name], found[name] = conform(name, tables[name], catalog)
    lost = {name: _lost(found[name]) for name in frames}
    rows = origins(tables)
    for name in frames:
        more = _table(catalog.schema(name), frames, _bad(found[name]), lost, rows.get(name))
        failures += [*found[name], *more]
    return frames, failures


def _lost(failures: tuple[Failure, ...]) -> frozenset[str]:
    """The columns that could not be read at all."""
    return frozenset(f.column or "" for f in failures if f.rule in ("column_missing", "column_twice"))


def _bad(failures: tuple[Failure, ...]) -> Bad:
    """Column → the rows whose cell could not be understood."""
    rows: dict[str, set[int]] = {}
    for failure in failures:
        if failure.row is not None and failure.column is not None:
            rows.setdefault(failure.column, set()).add(failure.row)
    return {column: frozenset(found) for column, found in rows.items()}


def _table(
    table: TableSchema,
    frames: Mapping[str, pd.DataFrame],
    bad: Bad,
    lost: Mapping[str, frozenset[str]],
    row_of: RowOf | None,
) -> Iterator[Failure]:
    """The failures of one table beyond its types; nothing about columns that could not be read."""
    name = table.name
    yield from (f for f in cell_failures(table, frames[name], bad) if f.column not in lost[name])
    yield from duplicate_failures(table, frames[name], lost[name], row_of)
    yield from reference_failures(table, frames, lost)
    for rule in RULES:
        if rule.table == name and lost[name].isdisjoint(rule.columns):
            yield from rule_failures(rule, frames, bad)
