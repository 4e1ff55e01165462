"""What is wrong with a community's tables, and how it reads in a terminal."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from alignkit.errors import ContractError

SHOWN = 5
"""How many rows, and how many different values, one line of the printed message names."""


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


def contract_error(failures: Sequence[Failure]) -> ContractError:
    """All failures in one error: those alike share a line of its text, every single one is in `.failures`."""
    by_table: dict[str, list[Failure]] = defaultdict(list)
    for failure in failures:
        by_table[failure.table].append(failure)
    blocks = [f"{table}\n" + "\n".join(_lines(found)) for table, found in by_table.items()]
    things = "1 thing is wrong" if len(failures) == 1 else f"{len(failures):,} things are wrong"
    return ContractError(
        f"{things}\n\n" + "\n\n".join(blocks) + "\n",
        failures,
        where="tables",
        cure="correct the tables where they are kept, and run again; rows are counted from 1, below the column names",
    )


def _lines(failures: Sequence[Failure]) -> list[str]:
    """The lines for one table: first what is wrong with it as a whole, then each column's rows."""
    whole: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_rule: dict[tuple[str, str], list[Failure]] = defaultdict(list)
    for failure in failures:
        if failure.row is None:
            whole[failure.message, failure.cure].append(failure.column or "the table")
        else:
            by_rule[failure.column or "row", failure.rule].append(failure)
    lines = [_line(", ".join(heads), message, cure) for (message, cure), heads in whole.items()]
    return lines + [line for (head, _), found in by_rule.items() for line in _row_lines(head, found)]


def _row_lines(head: str, failures: Sequence[Failure]) -> list[str]:
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for failure in failures:
        rows[failure.message, failure.cure].append(failure.row or 0)
    shown = list(rows.items())[:SHOWN]
    lines = [_line(f"{head}, {_named(found)}", message, cure) for (message, cure), found in shown]
    left = len(failures) - sum(len(found) for _, found in shown)
    return [*lines, f"  {head}: and {left:,} more like these"] if left else lines


def _line(head: str, message: str, cure: str) -> str:
    return f"  {head}: {message}" + (f"\n    → {cure}" if cure else "")


def _named(rows: Sequence[int]) -> str:
    if len(rows) == 1:
        return f"row {rows[0]:,}"
    more = f" and {len(rows) - SHOWN:,} more" if len(rows) > SHOWN else ""
    return "rows " + ", ".join(f"{row:,}" for row in rows[:SHOWN]) + more
