"""Rows of an incoming file that are no data: footnotes, names that a page break repeats, explanations of the names."""

import re
from collections.abc import Mapping, Sequence

from alignkit.sources.hidden import MISSING, parse_cell
from alignkit.sources.mapping.incoming import Incoming
from alignkit.sources.mapping.kinds import kind_of
from alignkit.sources.mapping.lines import BLANK, LEAVE_OUT, folded

Row = tuple[int, list[str]]
_TIMES = re.compile(r" \(\d+\)$")
_HIDES = re.compile(
    r"(?:^|[\s;.])['\"“]?(\S{1,12}?)['\"”]?\s*(?:=|:|means|indicates)\s*"
    r"(?:data |values? |counts? |results? )?(?:are |is |were )?"
    r"(?:fewer|less than|suppress|too few|not shown|withheld|<)",
    re.IGNORECASE,
)
_FEWEST_COLUMNS = 3
"""In a table of two columns, a row with one text may as well be a value that is missing."""


def without_notes(incoming: Incoming) -> tuple[list[Row], list[Row]]:
    """The file's rows that may be data, and those that are not."""
    notes = [row for row in incoming.rows if _alone(row[1]) or _names_again(incoming, row[1])]
    at = {number for number, _ in notes}
    rows = [row for row in incoming.rows if row[0] not in at]
    if len(rows) > 1 and _explains(rows):
        notes.insert(0, rows.pop(0))
    return rows, notes


def _alone(row: Sequence[str]) -> bool:
    """One text and nothing else; a number or a mark on its own is not a note."""
    said = [text for text in row if text.strip()]
    return len(row) >= _FEWEST_COLUMNS and len(said) == 1 and parse_cell(said[0]) is None


def _names_again(incoming: Incoming, row: Sequence[str]) -> bool:
    pairs = [(text, _TIMES.sub("", name)) for text, name in zip(row, incoming.columns, strict=True) if text.strip()]
    return bool(pairs) and all(folded(text) == folded(name) for text, name in pairs)


def _explains(rows: Sequence[Row]) -> bool:
    """Whether the first row has words in every column that has numbers below, as in the Census Bureau's tables."""
    numbers = [at for at in range(len(rows[0][1])) if kind_of([row[at] for _, row in rows[1:]]).number]
    return bool(numbers) and all(rows[0][1][at].strip() and parse_cell(rows[0][1][at]) is None for at in numbers)


def left_out(
    notes: Sequence[Row], rows: Sequence[Row], coded: Mapping[str, int]
) -> tuple[list[tuple[str, str, str]], list[int]]:
    """Lines of codes that leave the notes out, and the rows for which there is none.

    `coded` says where the columns stand that have lines of codes. A text, or a blank, that a row of data has too is
    never left out.
    """
    lines: dict[tuple[str, str, str], None] = {}
    open_: list[int] = []
    for number, row in notes:
        found = [(column, at) for column, at in coded.items() if not _in(rows, at, row[at])]
        found.sort(key=lambda one: not row[one[1]].strip())
        if found:
            column, at = found[0]
            lines[column, " ".join(row[at].split()) or BLANK, LEAVE_OUT] = None
        else:
            open_.append(number)
    return list(lines), open_


def hiding(texts: Sequence[str]) -> list[str]:
    """Marks that usually mean a missing value, and of which a note says that they hide one: -- = fewer than 20."""
    found = [one[1].casefold() for text in texts for one in _HIDES.finditer(text)]
    return list(dict.fromkeys(mark for mark in found if mark in MISSING))


def _in(rows: Sequence[Row], at: int, text: str) -> bool:
    return any(folded(row[at]) == folded(text) for _, row in rows)
