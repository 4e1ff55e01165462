"""Incoming files as they come: CSV in any encoding, with any separator, also gzipped; or one sheet of a workbook."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from openpyxl.utils import get_column_letter, range_boundaries

from alignkit.contract.schema import nearest
from alignkit.errors import SourceError
from alignkit.sources.hidden import parse_cell
from alignkit.sources.mapping.lines import CAME_IN, HEADINGS, HIDDEN, NAME_DAY, SEPARATORS, FileMap
from alignkit.sources.mapping.newest import day_in, newest
from alignkit.sources.mapping.stored import csv_rows
from alignkit.sources.paths import like, resolve
from alignkit.sources.sheets import SAVE_AS, Figure, Sheet, read_sheets
from alignkit.sources.wrong import places

_SWAPPED = str.maketrans(".,", ",.")
LEAVE_HIDDEN_OUT = HIDDEN[1]
TOP = 40
"""How many of the first rows are kept, to find column names that have moved."""
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb")
_OTHER = {
    ".ods": "a LibreOffice sheet (.ods)", ".fods": "a LibreOffice sheet (.fods)", ".numbers": "an Apple Numbers sheet",
    ".pdf": "a PDF", ".html": "a web page", ".htm": "a web page", ".docx": "a Word document", ".doc": "a Word document",
    ".zip": "a ZIP folder", ".json": "JSON", ".xml": "XML", ".sav": "an SPSS file", ".sas7bdat": "a SAS file",
    ".dta": "a Stata file", ".parquet": "a Parquet file",
}  # fmt: skip
"""Endings of files that are neither text with separators nor an Excel workbook."""


@dataclass(frozen=True)
class Incoming:
    """One incoming file: its columns' names, and its rows of text with their numbers in the file (from 1)."""

    name: str
    """File and sheet, as a message names them."""
    columns: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    top: tuple[tuple[str, ...], ...] = ()
    shared: dict[str, str] = field(default_factory=dict)
    """Column → the merged cells in it that hold one number for several rows."""
    short: dict[int, int] = field(default_factory=dict)
    """Row → how many columns it has, where a CSV file's row has fewer than there are names."""
    workbook: bool = False
    """Whether it is a sheet of a workbook, not a CSV file."""
    out: frozenset[int] = frozenset()
    """Hidden rows that the mapping leaves out: their labels count for the rows below them, their numbers do not."""
    days: dict[str, str] = field(default_factory=dict)
    """(day in the file's name), (day the file came in) → the day."""


def matching(file: FileMap, base: Path) -> list[Path]:
    """The files that the line means, by name. Raises `SourceError` where there is none."""
    path = resolve(file.path, base, file.at)
    found = like(path)
    if not found:
        raise _no_file(file, path)
    return [newest(found, file.at)] if file.last else found


def _no_file(file: FileMap, path: Path) -> SourceError:
    there = tuple(sorted(p.name for p in path.parent.iterdir() if p.is_file())) if path.parent.is_dir() else ()
    cure = nearest(path.name, there[:20], "files there") if there else "put the file there, or correct the path"
    return SourceError(f"there is no file {path.name}", where=f"{file.at}, {path.parent}", cure=cure)


def read_incoming(file: FileMap, path: Path, came_in: str = "") -> Incoming:
    """One file as the mapping says it is to be read. Raises `SourceError` where it cannot be.

    `came_in` is the day on which this content of the file was first read.
    """
    return replace(_read(file, path), days={NAME_DAY: day_in(path.name), CAME_IN: came_in})


def _read(file: FileMap, path: Path) -> Incoming:
    kind = path.suffix.lower()
    if kind in _OTHER:
        cure = "unzip it" if kind == ".zip" else f"{SAVE_AS}, or export it as CSV"
        raise SourceError(f"this is {_OTHER[kind]}, not an Excel workbook or CSV", where=path.name, cure=cure)
    if kind not in WORKBOOKS:
        return _table(path.name, csv_rows(file, path), file.header, None)
    sheet = _chosen(file, path)
    name = f"{path.name}, sheet {sheet.name}"
    table = _table(name, _seen(file, sheet, name), file.header, sheet.unseen.merged)
    return replace(table, out=frozenset(hidden_in(sheet)[0])) if file.hidden == LEAVE_HIDDEN_OUT else table


def _seen(file: FileMap, sheet: Sheet, name: str) -> list[list[str]]:
    """The sheet's rows as the mapping wants them: with or without what is hidden, numbers with its decimal mark."""
    rows = sheet.rows
    hidden_rows, hidden_columns = hidden_in(sheet)
    if (hidden_rows or hidden_columns) and not file.hidden:
        where = [f"row {row:,}" for row in hidden_rows] + [f"column {get_column_letter(at)}" for at in hidden_columns]
        by = " by a filter" if sheet.unseen.filtered and hidden_rows else ""
        are = "is" if len(where) == 1 else "are"
        raise SourceError(
            f"{places(where)} {are} hidden{by}",
            where=name,
            cure=f"unhide them in Excel, or choose 'read them' or 'leave them out' in '{HEADINGS['files']['hidden']}' "
            f"of {file.at} of the mapping",
        )
    if file.hidden == LEAVE_HIDDEN_OUT:
        gone, out = {row for row in hidden_rows if row <= file.header[1]}, set(hidden_columns)
        rows = [
            ["" if number in gone or at in out else text for at, text in enumerate(row, 1)]
            for number, row in enumerate(rows, 1)
        ]
    if file.decimal == "comma":  # a decimal comma is about texts; a number in Excel has no mark of its own
        rows = [
            [type(text)(text.translate(_SWAPPED)) if isinstance(text, Figure) else text for text in row] for row in rows
        ]
    return rows


def hidden_in(sheet: Sheet) -> tuple[list[int], list[int]]:
    """The hidden rows and columns of a sheet that hold something, numbered from 1."""
    rows = sheet.rows
    hidden_rows = [row for row in sheet.unseen.hidden_rows if row <= len(rows) and any(rows[row - 1])]
    hidden_columns = [at for at in sheet.unseen.hidden_columns if any(row[at - 1] for row in rows if at <= len(row))]
    return hidden_rows, hidden_columns


def _chosen(file: FileMap, path: Path) -> Sheet:
    sheets = read_sheets(path, file.sheet or None)
    if file.sheet:
        found = next((sheet for sheet in sheets if sheet.name == file.sheet), None)
        if found is None:
            cure = f"{nearest(file.sheet, tuple(s.name for s in sheets), 'sheets')} Correct {file.at} of the mapping"
            raise SourceError(f"there is no sheet '{file.sheet}'", where=path.name, cure=cure)
    else:
        seen = [sheet for sheet in sheets if sheet.rows and not sheet.hidden]
        if not seen:
            cure = "see whether it is the right file, and whether its sheet is hidden"
            raise SourceError("no sheet that can be seen holds anything", where=path.name, cure=cure)
        if len(seen) > 1:
            names = ", ".join(sheet.name for sheet in seen)
            cure = f"write its sheet into {file.at} of the mapping; sheets there are: {names}"
            raise SourceError("the workbook has several sheets", where=path.name, cure=cure)
        found = seen[0]
    if found.wrong:
        first = found.wrong[0]
        cells = [one.where for one in found.wrong if (one.what, one.cure) == (first.what, first.cure)]
        raise SourceError(first.what, where=f"{path.name}, {places(cells)}", cure=first.cure)
    return found


def _table(name: str, rows: list[list[str]], header: tuple[int, int], merged: tuple[str, ...] | None) -> Incoming:
    first, last = header
    named = max((len(row) for row in rows[first - 1 : last]), default=0)
    short = {number: len(row) for number, row in enumerate(rows, 1) if number > last and len(row) < named}
    width = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    columns = _names(rows[first - 1 : last], merged, first)
    shared = _fill_merged(rows, merged or (), last, columns)
    below = [(number, row) for number, row in enumerate(rows[last:], last + 1) if any(text.strip() for text in row)]
    top = tuple(tuple(" ".join(text.split()) for text in row) for row in rows[:TOP])
    return Incoming(name, tuple(columns), below, top, shared, short, workbook=merged is not None)


def _fill_merged(rows: list[list[str]], merged: tuple[str, ...], last: int, columns: list[str]) -> dict[str, str]:
    """Write what cells merged downward hold into each of their rows; returns those that hold a number, by column."""
    numbers: dict[str, str] = {}
    for cells in merged:
        left, top, right, bottom = range_boundaries(cells)
        if top <= last or top > len(rows) or left > len(columns):
            continue
        text = rows[top - 1][left - 1]
        if right > left and (isinstance(text, Figure) or parse_cell(text) is not None):
            numbers |= dict.fromkeys(columns[left - 1 : right], cells)
        for row in rows[top:bottom]:
            row[left - 1] = text
        if isinstance(text, Figure) or parse_cell(text) is not None:
            numbers.setdefault(columns[left - 1], cells)
    return numbers


def _names(rows: list[list[str]], merged: tuple[str, ...] | None, first: int) -> list[str]:
    """The columns' names: two rows of names are joined; a blank one is called (column C), a second Pct is Pct (2)."""
    rows = [[" ".join(text.split()) for text in row] for row in rows]
    for at, row in enumerate(rows[:-1]):
        for start, end in _spans(row, merged, first + at):
            row[start:end] = [row[start]] * (end - start)
    names = [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True)]
    times: Counter[str] = Counter()
    for at, name in enumerate(names):
        times[name] += 1
        if not name:
            names[at] = f"(column {get_column_letter(at + 1)})"
        elif times[name] > 1:
            number = next(n for n in count(times[name]) if f"{name} ({n})" not in names)
            names[at] = f"{name} ({number})"
    return names


def _spans(row: list[str], merged: tuple[str, ...] | None, number: int) -> Iterator[tuple[int, int]]:
    """The columns over which a name of an upper row reaches: merged cells; in CSV, the blanks to its right."""
    if merged is not None:
        for cells in merged:
            left, top, right, bottom = range_boundaries(cells)
            if top <= number <= bottom:
                yield left - 1, min(right, len(row))
        return
    filled = [at for at, text in enumerate(row) if text]
    yield from zip(filled, [*filled[1:], len(row)], strict=True)


def separator_hint(file: FileMap, incoming: Incoming) -> str:
    """What separates the columns instead, where all of them have come as one; else empty."""
    if len(incoming.columns) != 1:
        return ""
    return next((name for name, mark in SEPARATORS.items() if mark in incoming.columns[0]), "")
