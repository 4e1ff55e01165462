"""An Excel workbook as text: what a person sees in each cell, and what keeps a cell from being read.

Used for workbooks of tables, mapping sheets and incoming files. Cells are read as a stream (openpyxl, read-only),
formulas as the value that Excel kept, numbers as their formats show them (`number_formats`); the rest comes from the
sheet's XML (`sheet_xml`).
"""

import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from alignkit.errors import SourceError
from alignkit.sources.number_formats import NotShownError, divided, shown, shown_text
from alignkit.sources.sheet_xml import Unseen, parts_of, slimmed, unseen
from alignkit.sources.styles import invisible, struck_out
from alignkit.sources.wrong import Wrong

MOST_BLANK_ROWS = 1000
"""A gap of more is no table that goes on, but a cell left behind far below."""
MOST_DIGITS = 10**15
"""Excel keeps fifteen digits of a number."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_YEAR_ALONE = re.compile(r"y{3,4}", re.IGNORECASE)
_NUMERAL = re.compile(r"[<>≤≥$(+−-]*\s?\d[\d.,]*\s?[%)]?")
Styles = tuple[frozenset[int], frozenset[int]]
SAVE_AS = "open it in Excel and save it as 'Excel Workbook (.xlsx)'"


@dataclass(frozen=True)
class Sheet:
    """One worksheet: rows of text, all of the same width, without the blank rows at its end."""

    name: str
    hidden: bool
    rows: list[list[str]]
    days: frozenset[str] = frozenset()
    """The cells that hold a day or a time."""
    long: frozenset[str] = frozenset()
    """The cells that hold a number of more digits than Excel keeps."""
    unseen: Unseen = field(default_factory=Unseen)
    """Hidden rows and columns, active filters, merged cells."""
    errors: tuple[Wrong, ...] = ()
    """The cells that show an error such as #REF!, which stands in `rows` as a text."""
    wrong: tuple[Wrong, ...] = ()
    """What cannot be read: formulas never calculated, numbers that their cells do not show, something far below."""


class Figure(str):
    """The text of a cell that holds a number, not a text that looks like one: its point is a decimal point."""

    __slots__ = ()


class Divided(Figure):
    """A number that its cell shows divided by 1,000 or more, without a K or M behind it."""

    __slots__ = ()


@dataclass
class _Seen:
    white: frozenset[int]
    """Styles in the color of their background."""
    struck: frozenset[int]
    """Styles that strike out what they show."""
    days: set[str] = field(default_factory=set)
    long: set[str] = field(default_factory=set)
    errors: list[Wrong] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def read_sheets(path: Path, only: str | None = None) -> list[Sheet]:
    """The workbook's sheets in order; with `only`, the cells of that one alone (others come without rows).

    Raises `SourceError` where the file is no workbook that can be read.
    """
    try:
        _readable(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts that openpyxl drops (pictures, extensions) hold no cells
            return _read(path, only)
    except PermissionError:
        raise SourceError(
            "the workbook may not be read", where=str(path), cure="close it in Excel, or ask for the right to read it"
        ) from None
    except SourceError:
        raise
    except Exception:  # what zlib, zipfile, expat and openpyxl raise for damaged files is no closed list
        raise SourceError("the workbook is damaged and cannot be read", where=str(path), cure=SAVE_AS) from None


def _read(path: Path, only: str | None) -> list[Sheet]:
    slim = slimmed(path)
    book = load_workbook(slim, read_only=True, data_only=True)
    try:
        with ZipFile(slim) as archive:
            parts = parts_of(archive)
            white, struck = invisible(book), struck_out(book)
            return [_sheet(ws, archive, parts, (white, struck), only in (None, ws.title)) for ws in book.worksheets]
    finally:
        book.close()


def _readable(path: Path) -> None:
    if path.name.startswith("~$"):
        raise SourceError(
            "this is the mark that Excel leaves while a workbook is open, not the workbook",
            where=str(path),
            cure=f"name {path.name[2:]}",
        )
    if not path.is_file():
        raise SourceError("there is no such workbook", where=str(path), cure="check its path, and that it is a file")
    with path.open("rb") as file:
        head = file.read(8)
    if head == _OLD:
        raise _old_or_locked(path)
    if not zipfile.is_zipfile(path):
        raise SourceError("this is not an Excel workbook, whatever its name says", where=str(path), cure=SAVE_AS)
    with ZipFile(path) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            kind = "a binary workbook (.xlsb)" if "xl/workbook.bin" in archive.namelist() else "not an Excel workbook"
            raise SourceError(f"this is {kind}", where=str(path), cure=SAVE_AS)


def _old_or_locked(path: Path) -> SourceError:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return SourceError(
            "the workbook is protected by a password",
            where=str(path),
            cure="in Excel: File, Info, Protect Workbook, Encrypt with Password; empty the box, and save",
        )
    return SourceError("this is a workbook of before 2007 (.xls)", where=str(path), cure=SAVE_AS)


def _sheet(ws: Any, archive: ZipFile, parts: dict[str, str], styles: Styles, wanted: bool) -> Sheet:
    hidden = ws.sheet_state != "visible"
    if not wanted:
        return Sheet(ws.title, hidden, [])
    more = unseen(archive, parts[ws.title])
    seen = _Seen(*styles)
    ws.reset_dimensions()  # some programs write down a size that is not the sheet's
    rows: list[list[str]] = []
    blank = 0
    for number, cells in enumerate(ws.iter_rows(), 1):
        row = [_text(cell, seen, ws.title) for cell in cells]
        blank = 0 if any(text.strip() for text in row) else blank + 1
        if not blank and number - len(rows) > MOST_BLANK_ROWS:
            seen.wrong.append(_far_below(ws.title, number))
            break
        if not blank:
            rows += [[] for _ in range(number - 1 - len(rows))]
            rows.append(row)
    seen.wrong += [_never_calculated(ws.title, cell) for cell in more.uncalculated]
    seen.wrong += [_restyled(ws.title, cells) for cells in more.restyled if _filled(rows, cells)]
    width = max((len(row) for row in rows), default=0)
    padded = [row + [""] * (width - len(row)) for row in rows]
    return Sheet(
        ws.title, hidden, padded, frozenset(seen.days), frozenset(seen.long), more, tuple(seen.errors),
        tuple(seen.wrong),
    )  # fmt: skip


def _text(cell: Any, seen: _Seen, sheet: str) -> str:
    """What the cell says, as a CSV file would have it."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        seen.errors.append(_error(sheet, cell.coordinate, str(value)))
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(cell, value, seen, sheet)
    if isinstance(value, str):
        if _NUMERAL.fullmatch(value.strip()):
            _looks(cell, seen, sheet)
        return _shown(cell, shown_text, value, seen, sheet)
    if isinstance(value, date) and _YEAR_ALONE.fullmatch(str(cell.number_format)):
        return str(value.year)  # the cell shows the year of its day
    seen.days.add(cell.coordinate)
    if isinstance(value, datetime) and value == datetime(value.year, value.month, value.day):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _looks(cell: Any, seen: _Seen, sheet: str) -> None:
    """A number that no one sees, or that someone has struck out."""
    where = f"sheet {sheet}, cell {cell.coordinate}"
    if cell._style_id in seen.white:
        cure = "give it another color in Excel, look at what it holds, and save"
        seen.wrong.append(Wrong(where, "the number is white on white, or has its background's color", cure))
    if cell._style_id in seen.struck:
        cure = "take the line off in Excel if the number counts, else clear the cell, and save"
        seen.wrong.append(Wrong(where, "the number is struck out", cure))


def _number(cell: Any, value: float, seen: _Seen, sheet: str) -> str:
    if abs(value) >= MOST_DIGITS:
        seen.long.add(cell.coordinate)
    _looks(cell, seen, sheet)
    text = _shown(cell, shown, value, seen, sheet)
    return Divided(text) if divided(value, str(cell.number_format)) else Figure(text)


def _shown(cell: Any, show: Callable[[Any, str], str], value: float | str, seen: _Seen, sheet: str) -> str:
    """What the cell shows of its value; blank, and something wrong, where that is not its value."""
    try:
        return show(value, str(cell.number_format))
    except NotShownError as error:
        cure = "give it another number format in Excel, such as General, look at what it holds, and save"
        seen.wrong.append(Wrong(f"sheet {sheet}, cell {cell.coordinate}", f"the cell {error}", cure))
        return ""


def _error(sheet: str, cell: str, error: str) -> Wrong:
    cure = "correct the formula, or write the value itself"
    return Wrong(f"sheet {sheet}, cell {cell}", f"the cell shows {error}", cure)


def _never_calculated(sheet: str, cell: str) -> Wrong:
    cure = "open the workbook in Excel, look at the cell, and save"
    return Wrong(f"sheet {sheet}, cell {cell}", "the formula has never been calculated", cure)


def _filled(rows: list[list[str]], cells: str) -> bool:
    """Whether any of the cells, such as B2:B9 C4, hold something."""
    for part in cells.split():
        left, top, right, bottom = (at or 1 for at in range_boundaries(part))
        if any(any(row[left - 1 : right]) for row in rows[top - 1 : bottom]):
            return True
    return False


def _restyled(sheet: str, cells: str) -> Wrong:
    what = "conditional formatting may hide a number, or show another one"
    return Wrong(f"sheet {sheet}, cells {cells}", what, "clear these rules in Excel, look at the cells, and save")


def _far_below(sheet: str, row: int) -> Wrong:
    what = f"something stands below more than {MOST_BLANK_ROWS:,} blank rows"
    return Wrong(f"sheet {sheet}, row {row:,}", what, "delete those rows, or move it up")


def cell_name(row: int, column: int) -> str:
    """A cell as Excel names it, from its row and column (from 1)."""
    return f"{get_column_letter(column)}{row}"
