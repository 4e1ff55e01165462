"""What each single cell must be like: filled, one of the allowed values, within bounds, of the right form."""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches

import pandas as pd

from alignkit.contract.failure import Failure, quoted, rows_of
from alignkit.contract.schema import Field, TableSchema

MOST_LOST_ZEROS = 6
LONGEST_TEXT = 10_000
"""Characters, more than any cell needs. What is longer has usually swallowed the rows behind a lone quote."""
_UNSEEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"

Bad = Mapping[str, frozenset[int]]
"""Column → the rows that already failed, so that one slip is told once."""


def cell_failures(table: TableSchema, frame: pd.DataFrame, bad: Bad) -> Iterator[Failure]:
    """Every cell of a conformed frame that breaks its field's constraints."""
    for field in table.fields:
        column = frame[field.name]
        for rule, mask, say in _checks(field, column):
            for row in rows_of(mask):
                if row not in bad.get(field.name, ()):
                    message, cure = say(column.iloc[row - 1], table.protected)
                    yield Failure(table.name, row, field.name, rule, message, cure)


Say = Callable[[object, bool], tuple[str, str]]
"""(value, whether it must not be quoted) → message and cure."""


def _checks(field: Field, column: pd.Series) -> Iterator[tuple[str, pd.Series, Say]]:
    if field.required:
        yield (
            "required",
            column.isna(),
            lambda value, secret: ("the cell is blank", f"fill it: {field.description}"),
        )
    if field.type == "string":
        yield "length", column.str.len() > LONGEST_TEXT, _too_long
        yield "unseen", column.str.contains(_UNSEEN, na=False).astype(bool), _unseen
    if field.enum:
        yield (
            "enum",
            column.notna() & ~column.isin(field.enum),
            lambda value, secret: _not_allowed(field, value, secret),
        )
    if field.minimum is not None:
        yield (
            "minimum",
            column < field.minimum,
            lambda value, secret: _beyond(value, secret, "below", field.minimum),
        )
    if field.maximum is not None:
        yield (
            "maximum",
            column > field.maximum,
            lambda value, secret: _beyond(value, secret, "above", field.maximum),
        )
    if field.pattern is not None:
        fits = column.str.fullmatch(field.pattern, na=True).astype(bool)
        yield "pattern", ~fits, lambda value, secret: _misshapen(field, column, value, secret)


def _quote(value: object, secret: bool) -> str:
    if secret:
        return "the value"
    return f"{value:g}" if isinstance(value, int | float) else quoted(value)


def _too_long(value: object, secret: bool) -> tuple[str, str]:
    cure = f"shorten it to {LONGEST_TEXT:,}; in a CSV file, look for a lone quote before it"
    return f"the text has {len(str(value)):,} characters", cure


def _unseen(value: object, secret: bool) -> tuple[str, str]:
    return "the text holds characters that nobody can see", "type it again; it may come from a damaged file"


def _not_allowed(field: Field, value: object, secret: bool) -> tuple[str, str]:
    near = [] if secret else get_close_matches(str(value).lower().replace(" ", "_"), field.enum, n=1, cutoff=0.5)
    cure = f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(field.enum)}"
    return f"{_quote(value, secret)} is not one of the values allowed", cure


def _beyond(value: object, secret: bool, side: str, bound: float | None) -> tuple[str, str]:
    end = "more" if side == "below" else "less"
    return f"{_quote(value, secret)} is {side} {bound:g}", f"write a number of {bound:g} or {end}"


def _misshapen(field: Field, column: pd.Series, value: object, secret: bool) -> tuple[str, str]:
    text = str(value)
    zeros = any(
        pd.Series("0" * lost + text).str.fullmatch(str(field.pattern)).all() for lost in range(1, MOST_LOST_ZEROS)
    )
    hint = "a spreadsheet has dropped leading zeros: format the column as text and restore them. " if zeros else ""
    return f"{_quote(value, secret)} is not written as it must be", hint + field.description
