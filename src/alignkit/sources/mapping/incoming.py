"""Incoming files as they come: CSV in any encoding, with any separator, also gzipped; or one sheet of a workbook."""

import csv
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter, range_boundaries

from alignkit.contract.schema import nearest
from alignkit.errors import SourceError
from alignkit.sources.mapping.lines import SEPARATORS, FileMap
from alignkit.sources.paths import like, resolve
from alignkit.sources.sheets import Sheet, read_sheets

TOP = 40
"""How many of the first rows are kept, to find column names that have moved."""
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb")
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Incoming:
    """One incoming file: its columns' names, and its rows of text with their numbers in the file (from 1)."""

    name: str
    """File and sheet, as a message names them."""
    columns: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    top: tuple[tuple[str, ...], ...] = ()


def matching(file: FileMap, base: Path) -> list[Path]:
    """The files that the line means, by name. Raises `SourceError` where there is none."""
    path = resolve(file.path, base, file.at)
    found = like(path)
    if not found:
        raise _no_file(file, path)
    return found[-1:] if file.last else found


def _no_file(file: FileMap, path: Path) -> SourceError:
    there = tuple(sorted(p.name for p in path.parent.iterdir() if p.is_file())) if path.parent.is_dir() else ()
    cure = nearest(path.name, there[:20], "files there") if there else "put the file there, or mend the path"
    return SourceError(f"there is no file {path.name}", where=f"{file.at}, {path.parent}", cure=cure)


def read_incoming(file: FileMap, path: Path) -> Incoming:
    """One file as the mapping says it is to be read. Raises `SourceError` where it cannot be."""
    if path.suffix.lower() in WORKBOOKS:
        sheet = _chosen(file, path)
        return _table(f"{path.name}, sheet {sheet.name}", sheet.rows, file.header, sheet.merged)
    return _table(path.name, _csv(file, path), file.header, None)


def _chosen(file: FileMap, path: Path) -> Sheet:
    sheets = read_sheets(path, file.sheet or None)
    if file.sheet:
        found = next((sheet for sheet in sheets if sheet.name == file.sheet), None)
        if found is None:
            cure = f"{nearest(file.sheet, tuple(s.name for s in sheets), 'sheets')} Mend {file.at} of the mapping"
            raise SourceError(f"there is no sheet '{file.sheet}'", where=path.name, cure=cure)
    else:
        seen = [sheet for sheet in sheets if sheet.rows and not sheet.hidden]
        if len(seen) != 1:
            names = ", ".join(sheet.name for sheet in seen) or "none with rows"
            cure = f"write its sheet into {file.at} of the mapping; sheets there are: {names}"
            raise SourceError("it is not said which sheet is meant", where=path.name, cure=cure)
        found = seen[0]
    if found.wrong:
        first = found.wrong[0]
        raise SourceError(first.what, where=f"{path.name}, {first.where}", cure=first.cure)
    return found


def _csv(file: FileMap, path: Path) -> list[list[str]]:
    text = _decoded(file, path)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=file.separator, strict=True))
    except csv.Error:
        raise SourceError(
            "the lines cannot be told apart: a quote is never closed, or stands inside a text",
            where=path.name,
            cure='look for a single " in the file, and for the right separator in the mapping',
        ) from None


def _decoded(file: FileMap, path: Path) -> str:
    content = path.read_bytes()
    try:
        content = gzip.decompress(content) if content.startswith(_GZIP) else content
    except (OSError, EOFError, zlib.error):
        raise SourceError("the gzip file is damaged", where=path.name, cure="fetch it again") from None
    try:
        text = content.decode(file.encoding)
    except UnicodeError:
        raise SourceError(
            "its letters are not stored as the mapping says",
            where=path.name,
            cure=f"choose another in {file.at} of the mapping, such as Windows (Western Europe)",
        ) from None
    if "\0" in text:
        cure = f"choose UTF-16 in {file.at} of the mapping, or save the file as CSV again"
        raise SourceError("this is not text in the encoding that the mapping names", where=path.name, cure=cure)
    return text


def _table(name: str, rows: list[list[str]], header: tuple[int, int], merged: tuple[str, ...] | None) -> Incoming:
    first, last = header
    width = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    columns = _names(rows[first - 1 : last], merged, first)
    below = [(number, row) for number, row in enumerate(rows[last:], last + 1) if any(text.strip() for text in row)]
    top = tuple(tuple(" ".join(text.split()) for text in row) for row in rows[:TOP])
    return Incoming(name, tuple(columns), below, top)


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
            names[at] = f"{name} ({times[name]})"
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
