"""Rows of an incoming file that are no data: footnotes, names that a page break repeats, explanations of the names."""

import re
from collections.abc import Mapping, Sequence

from alignkit.sources.hidden import MISSING, parse_cell
from alignkit.sources.mapping.incoming import Incoming
from alignkit.sources.mapping.kinds import kind_of
from alignkit.sources.mapping.lines import LEAVE_OUT, folded

Row = tuple[int, list[str]]
_TIMES = re.compile(r" \(\d+\)$")
_HIDES = re.compile(
    r"(?:^|[\s;.])['\"“]?(\S{1,12}?)['\"”]?\s*(?:=|:|means|indicates)\s*"
    r"(?:data |values? |counts? |results? )?(?:are |is |were )?"
    r"(?:fewer|less than|suppress|too few|not shown|withheld|<)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[=:*†‡¹²³⁴]|.{60}|\((cont|continued)\b|^(source|notes?|data|revised|printed|table|suppressed|footnotes?)\b",
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
) -> tuple[list[tuple[str, str, str]], list[Row]]:
    """Lines of codes that leave the notes out, and the rows for which there is none.

    `coded` says where the columns are that have lines of codes. A text that a row of data has too is never left out,
    and one that may be a place or a group without values gets a line without a code.
    """
    lines: dict[tuple[str, str, str], None] = {}
    open_: list[Row] = []
    for number, row in notes:
        found = [(column, at) for column, at in coded.items() if row[at].strip() and not _in(rows, at, row[at])]
        if found:
            column, at = found[0]
            name = _alone(row) and not _NOTE.search(row[at])
            lines[column, " ".join(row[at].split()), "" if name else LEAVE_OUT] = None
        else:
            open_.append((number, row))
    return list(lines), open_


def rules(notes: Sequence[Row], rows: Sequence[Row], names: Sequence[str]) -> list[tuple[str, str]]:
    """Column and text for lines of sheet rows that leave notes out: Run Date: * where only the day changes."""
    found: dict[tuple[str, str], None] = {}
    for _, row in notes:
        at = next(at for at, text in enumerate(row) if text.strip())
        text = " ".join(row[at].split())
        front = re.match(r"[^\W\d][^\d|*]{4,}(?=\d)", text)
        if front and not any(folded(other[at]).startswith(front[0].casefold()) for _, other in rows):
            text = f"{front[0]}*"
        if "|" not in text and not _in(rows, at, text):
            found[names[at], text] = None
    return list(found)


def hiding(texts: Sequence[str]) -> list[str]:
    """Marks that usually mean a missing value, and of which a note says that they hide one: -- = fewer than 20."""
    found = [one[1].casefold() for text in texts for one in _HIDES.finditer(text)]
    return list(dict.fromkeys(mark for mark in found if mark in MISSING))


def _in(rows: Sequence[Row], at: int, text: str) -> bool:
    return any(folded(row[at]) == folded(text) for _, row in rows)
