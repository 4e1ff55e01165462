"""What is wrong with a community's tables, and how it reads in a terminal."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from alignkit.errors import ContractError

SHOWN = 5
"""How many rows, and how many different values, one line of the printed message names."""

ROW_OF = "row_of"
"""Key of `frame.attrs`: where a row of a table as its source gave it (from 1) is, as its file and its row there."""
RowOf = Callable[[int], tuple[str, int]]
LONGEST_QUOTE = 60
"""How many characters of a value a message quotes."""


@dataclass(frozen=True)
class Failure:
    """One thing that is wrong.

    `row` counts the rows of the table as given from 1, without the header; None: the whole table is meant.
    `message` never quotes a value of a protected table.
    """

    table: str
    row: int | None
    column: str | None
    rule: str
    message: str
    cure: str


def quoted(value: object) -> str:
    """A value as a message names it; never one of a protected table."""
    text = str(value)
    return f"'{text}'" if len(text) <= LONGEST_QUOTE else f"'{text[:LONGEST_QUOTE]}…'"


def rows_of(mask: pd.Series) -> list[int]:
    """The row numbers (from 1) at which `mask` is true; unknown counts as false."""
    return [int(at) + 1 for at in np.flatnonzero(mask.fillna(False).to_numpy(dtype=bool))]


def origins(tables: Mapping[str, pd.DataFrame]) -> dict[str, RowOf]:
    """Table → where its rows are in their files, for tables whose source has said so."""
    return {name: frame.attrs[ROW_OF] for name, frame in tables.items() if ROW_OF in frame.attrs}


def contract_error(failures: Sequence[Failure], rows: Mapping[str, RowOf] | None = None) -> ContractError:
    """All failures in one error: those alike share a line of its text, every single one is in `.failures`.

    With `rows`, which `origins` gives, rows are named as their files count them.
    """
    rows = rows or {}
    by_table: dict[str, list[Failure]] = defaultdict(list)
    for failure in failures:
        by_table[failure.table].append(failure)
    blocks = [f"{table}\n" + "\n".join(_lines(found, rows.get(table))) for table, found in by_table.items()]
    things = "1 thing is wrong" if len(failures) == 1 else f"{len(failures):,} things are wrong"
    return ContractError(
        f"{things}\n\n" + "\n\n".join(blocks) + "\n",
        failures,
        where="tables",
        cure="correct the tables where they are kept, and run again"
        + ("" if by_table.keys() <= rows.keys() else "; rows are counted from 1, below the column names"),
    )


def _lines(failures: Sequence[Failure], row_of: RowOf | None) -> list[str]:
    """The lines for one table: first what is wrong with it as a whole, then each column's rows."""
    whole: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_rule: dict[tuple[str, str], list[Failure]] = defaultdict(list)
    for failure in failures:
        if failure.row is None:
            whole[failure.message, failure.cure].append(failure.column or "the table")
        else:
            by_rule[failure.column or "row", failure.rule].append(failure)
    lines = [_line(", ".join(heads), message, cure) for (message, cure), heads in whole.items()]
    return lines + [line for (head, _), found in by_rule.items() for line in _row_lines(head, found, row_of)]


def _row_lines(head: str, failures: Sequence[Failure], row_of: RowOf | None) -> list[str]:
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for failure in failures:
        rows[failure.message, failure.cure].append(failure.row or 0)
    shown = list(rows.items())[:SHOWN]
    lines = [_line(f"{head}, {_named(found, row_of)}", message, cure) for (message, cure), found in shown]
    left = len(failures) - sum(len(found) for _, found in shown)
    return [*lines, f"  {head}: and {left:,} more like these"] if left else lines


def _line(head: str, message: str, cure: str) -> str:
    return f"  {head}: {message}" + (f"\n    → {cure}" if cure else "")


def _named(rows: Sequence[int], row_of: RowOf | None = None) -> str:
    if row_of is not None:
        files: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            file, number = row_of(row)
            files[file].append(number)
        more = f" and {len(files) - SHOWN:,} more files" if len(files) > SHOWN else ""
        return "; ".join(f"{file}, {_named(found)}" for file, found in list(files.items())[:SHOWN]) + more
    if len(rows) == 1:
        return f"row {rows[0]:,}"
    more = f" and {len(rows) - SHOWN:,} more" if len(rows) > SHOWN else ""
    return "rows " + ", ".join(f"{row:,}" for row in rows[:SHOWN]) + more
