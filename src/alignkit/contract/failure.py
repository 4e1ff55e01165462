"""What is wrong with a community's tables, and how it reads in a terminal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from alignkit.errors import ContractError

SHOWN_ROWS = 5


@dataclass(frozen=True)
class Failure:
    """One thing that is wrong.

    `row` counts the rows of the table as given from 1, the header not counted; None where the whole table is meant.
    `message` never quotes a value of a protected table.
    """

    table: str
    row: int | None
    column: str | None
    rule: str
    message: str
    cure: str


def contract_error(failures: Sequence[Failure]) -> ContractError:
    """All failures in one error: equal ones grouped in its text, every single one in `.failures`."""
    tables = {failure.table: None for failure in failures}
    blocks = [_block(table, [f for f in failures if f.table == table]) for table in tables]
    things = "1 thing" if len(failures) == 1 else f"{len(failures):,} things"
    where = next(iter(tables)) if len(tables) == 1 else f"{len(tables)} tables"
    return ContractError(
        f"{things} to mend\n\n" + "\n\n".join(blocks) + "\n",
        failures,
        where=where,
        cure="mend the rows named above where the tables are kept, and run again",
    )


def _block(table: str, failures: list[Failure]) -> str:
    ordered = sorted(
        failures, key=lambda f: (f.row is not None, f.column or "", f.rule, f.message, f.row or 0)
    )
    groups = groupby(ordered, key=lambda f: (f.column, f.rule))
    return f"{table}\n" + "\n".join(_group(list(group)) for _, group in groups)


def _group(failures: list[Failure]) -> str:
    head = failures[0].column or "whole table"
    texts = {(f.message, f.cure): [] for f in failures}  # type: dict[tuple[str, str], list[int]]
    for failure in failures:
        if failure.row is not None:
            texts[failure.message, failure.cure].append(failure.row)
    lines = [_line(head, message, cure, rows) for (message, cure), rows in list(texts.items())[:SHOWN_ROWS]]
    left = sum(len(rows) for rows in list(texts.values())[SHOWN_ROWS:])
    return "\n".join([*lines, f"  {head}: and {left:,} more like these"] if left else lines)


def _line(head: str, message: str, cure: str, rows: Iterable[int]) -> str:
    text = f"  {head}{_rows(sorted(rows))}: {message}"
    return f"{text}\n      → {cure}" if cure else text


def _rows(rows: list[int]) -> str:
    if not rows:
        return ""
    shown = ", ".join(f"{row:,}" for row in rows[:SHOWN_ROWS])
    more = f" and {len(rows) - SHOWN_ROWS:,} more" if len(rows) > SHOWN_ROWS else ""
    return f", row{'s' if len(rows) > 1 else ''} {shown}{more}"
