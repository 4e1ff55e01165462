"""The first lines of a mapping, from an incoming file: how it is stored, where its names stand, which are near ours.

Everything here is a proposal that a person reads; nothing is taken as said.
"""

import gzip
import os
import re
from codecs import getincrementaldecoder
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from alignkit.contract.schema import TableSchema
from alignkit.errors import SourceError
from alignkit.sources.hidden import parse_cell
from alignkit.sources.mapping.incoming import WORKBOOKS, Incoming, read_incoming
from alignkit.sources.mapping.lines import ENCODINGS, HEADING, SEPARATORS, FileMap
from alignkit.sources.mapping.readings import day
from alignkit.sources.sheets import read_sheets

MADE = frozenset(("value_status", "low", "high", "source_key"))
"""Columns that fill themselves, unless the file has one of just that name."""
SAMPLED_ROWS = 500
_PERIODS = ("school year", "quarter", "month", "year")
_ENDS = {"period_start": "first", "period_end": "last", "released_on": "last"}
LOOKED_AT = 20
"""How many of the first rows may be titles."""
_SAMPLE = 65536
_BESIDE = "(value)"
"""The column that holds what stood side by side."""
_COMMA = re.compile(r"[0-9]+,[0-9]{1,2} ?%?")
"""A number with a decimal comma."""


@dataclass(frozen=True)
class Draft:
    """Lines of the sheets files, columns and wide, and the columns that each file has."""

    files: list[Sequence[str]] = field(default_factory=list)
    columns: list[Sequence[str]] = field(default_factory=list)
    wide: list[Sequence[str]] = field(default_factory=list)
    seen: dict[str, tuple[str, ...]] = field(default_factory=dict)


def drafted(mapping: Path, incoming: Mapping[Path, TableSchema]) -> Draft:
    """What can be told of files, each with the table that it is to fill. Raises `SourceError` where one is no file."""
    draft = Draft()
    for path, table in incoming.items():
        if not path.is_file():
            raise SourceError("there is no such file", where=str(path), cure="check its path")
        name = path.name.partition(".")[0]
        sheet, encoding, separator = _stored(path)
        first = _read(path, table, sheet, encoding, separator, (1, 1))
        header = _header(first)
        found = first if header == (1, 1) else _read(path, table, sheet, encoding, separator, header)
        rows = "-".join(dict.fromkeys(map(str, header)))
        decimal = "comma" if separator and _with_commas(found) else ""
        draft.files.append([name, _place(mapping, path), "", sheet, rows, table.name, encoding, separator, decimal])
        years, reading = _side_by_side(found) if "value" in table.columns else ([], "")
        draft.columns.extend(_columns(name, table, found, reading))
        draft.wide.extend([name, year] for year in years)
        draft.seen[name] = found.columns
    return draft


def _read(
    path: Path, table: TableSchema, sheet: str, encoding: str, separator: str, header: tuple[int, int]
) -> Incoming:
    stored = ENCODINGS[encoding or "UTF-8"], SEPARATORS[separator or "comma"]
    return read_incoming(
        FileMap(
            "its line", path.name, "", False, sheet, header, table, *stored, "", (), {}, (), {}, (), "", "read them"
        ),
        path,
    )


def _stored(path: Path) -> tuple[str, str, str]:
    """Sheet, encoding and separator as the mapping names them; empty where it is the usual one."""
    if path.suffix.lower() in WORKBOOKS:
        filled = [sheet for sheet in read_sheets(path) if sheet.rows and not sheet.hidden]
        return max(filled, key=lambda sheet: len(sheet.rows)).name if len(filled) > 1 else "", "", ""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as file:
        head = file.read(_SAMPLE)
    encoding = _encoding(head)
    text = head.decode(ENCODINGS[encoding], errors="replace")
    times = {name: text.count(mark) for name, mark in SEPARATORS.items()}
    separator = max(times, key=lambda name: times[name])
    return "", "" if encoding == "UTF-8" else encoding, "" if separator == "comma" else separator


def _encoding(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        # The sample may end inside a letter.
        getincrementaldecoder("utf-8")().decode(head, final=len(head) < _SAMPLE)
    except UnicodeDecodeError:
        return "Windows (Western Europe)"
    return "UTF-8"


def _header(incoming: Incoming) -> tuple[int, int]:
    """The first of the rows with the most names, and the row above it where names come more than once.

    Names are texts that are neither numbers nor marks such as `*`, and years. Columns that share one (*Cohort* of
    2015 and of 2016) are told apart by what stands over them.
    """
    rows = incoming.top[:LOOKED_AT]
    names = [[text for text in row if _is_name(text)] for row in rows]
    most = max((len(set(found)) for found in names), default=0)
    last = next((at for at, found in enumerate(names, 1) if len(set(found)) == most), 1)
    twice = len(set(names[last - 1])) < len(names[last - 1]) if names else False
    over = [text for text in rows[last - 2] if text] if last > 1 else []
    return (last - 1 if twice and len(over) > 1 else last), last


def _is_name(text: str) -> bool:
    if any(_likely(day(text, f"{reading}, first day", 0)) for reading in ("school year", "year")):
        return True
    return not text[:1].isdigit() and parse_cell(text) is None


def _with_commas(incoming: Incoming) -> bool:
    return any(_COMMA.fullmatch(text.strip()) for _, row in incoming.rows[:SAMPLED_ROWS] for text in row)


def _side_by_side(incoming: Incoming) -> tuple[list[str], str]:
    """Columns that are named for periods, where there are several, and what those are: each is a row of its own."""
    for reading in _PERIODS:
        found = [name for name in incoming.columns if _likely(day(name, f"{reading}, first day", 0))]
        if len(found) > 1:
            return found, reading
    return [], ""


def _place(mapping: Path, path: Path) -> str:
    """The path from the mapping's folder, so that the project can be moved."""
    try:
        return Path(os.path.relpath(path, mapping.parent)).as_posix()
    except ValueError:  # another drive of Windows
        return path.resolve().as_posix()


def _columns(name: str, table: TableSchema, incoming: Incoming, headings: str) -> list[Sequence[str]]:
    """A line for each column that is needed, or has a near name in the file, and for the value.

    `headings` says what the columns side by side are named for, such as school year; empty where there are none.
    """
    lines: list[Sequence[str]] = []
    left = {column.lower().replace(" ", "_"): column for column in incoming.columns}
    when, reading = (HEADING, headings) if headings else _period(incoming)
    for about in table.fields:
        near = get_close_matches(about.name, left, n=1, cutoff=0.8)
        match = left.get(about.name) or (left[near[0]] if near and about.name not in MADE else "")
        if match or about.name == "value" or (about.required and about.name not in MADE):
            match = _BESIDE if headings and about.name == "value" else match
            of_period = not match and about.name in _ENDS
            read = f"{reading}, {_ENDS[about.name]} day" if of_period and when else ""
            lines.append([name, about.name, when if of_period else match, "", read])
    return lines


def _period(incoming: Incoming) -> tuple[str, str]:
    """The first column whose texts are all school years, quarters, months or years, and which of them."""
    for at, column in enumerate(incoming.columns):
        texts = {" ".join(row[at].split()) for _, row in incoming.rows[:SAMPLED_ROWS]} - {""}
        for reading in _PERIODS:
            if texts and all(_likely(day(text, f"{reading}, first day", 0)) for text in texts):
                return column, reading
    return "", ""


def _likely(first: str | None) -> bool:
    """Whether it is a year that data are about, and no count of children."""
    return first is not None and "1980" <= first[:4] <= "2079"
