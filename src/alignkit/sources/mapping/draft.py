"""The first lines of a mapping, from an incoming file: how it is stored, where its names stand, which are near ours.

Everything here is a proposal that a person reads; nothing is taken as said.
"""

import gzip
import os
import re
from codecs import getincrementaldecoder
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import get_column_letter

from alignkit.contract.schema import TableSchema
from alignkit.errors import SourceError
from alignkit.sources.hidden import parse_cell
from alignkit.sources.mapping.incoming import WORKBOOKS, Incoming, hidden_in, read_incoming
from alignkit.sources.mapping.kinds import period_of
from alignkit.sources.mapping.lines import ENCODINGS, HEADINGS, HIDDEN, SEPARATORS, FileMap
from alignkit.sources.mapping.proposals import SAMPLED_ROWS, proposed
from alignkit.sources.sheets import read_sheets
from alignkit.sources.wrong import places

LOOKED_AT = 20
"""How many of the first rows may be titles."""
_SAMPLE = 65536
_COMMA = re.compile(r"[0-9]+,[0-9]{1,2} ?%?")
"""A number with a decimal comma."""


@dataclass(frozen=True)
class Draft:
    """Lines of a mapping's sheets, the columns that each file has, and what a person should know of each."""

    files: list[Sequence[str]] = field(default_factory=list)
    columns: list[Sequence[str]] = field(default_factory=list)
    codes: list[Sequence[str]] = field(default_factory=list)
    wide: list[Sequence[str]] = field(default_factory=list)
    rows: list[Sequence[str]] = field(default_factory=list)
    marks: list[Sequence[str]] = field(default_factory=list)
    seen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    unread: list[SourceError] = field(default_factory=list)
    """Why a file could not be read; the others are drafted all the same."""

    @property
    def lines(self) -> dict[str, list[Sequence[str]]]:
        """Sheet → its lines."""
        return {
            "files": self.files, "columns": self.columns, "codes": self.codes, "wide": self.wide, "rows": self.rows,
            "marks": self.marks,
        }  # fmt: skip


def drafted(mapping: Path, incoming: Mapping[Path, TableSchema]) -> Draft:
    """What can be told of files, each with the table that it is to fill.

    Raises `SourceError` where none of them can be read.
    """
    draft = Draft()
    for path, table in incoming.items():
        try:
            _draft(draft, mapping, path, table)
        except SourceError as error:
            draft.unread.append(error)
    if draft.unread and not draft.files:
        raise draft.unread[0]
    return draft


def _draft(draft: Draft, mapping: Path, path: Path, table: TableSchema) -> None:
    if not path.is_file():
        raise SourceError("there is no such file", where=str(path), cure="check its path")
    name = path.name.partition(".")[0]
    sheet, encoding, separator = _stored(path)
    first = _read(path, table, sheet, encoding, separator, (1, 1))
    header = _header(first)
    found = first if header == (1, 1) else _read(path, table, sheet, encoding, separator, header)
    rows = "-".join(dict.fromkeys(map(str, header)))
    decimal = "comma" if separator and _with_commas(found) else ""
    proposal = proposed(name, table, found)
    draft.files.append([name, _place(mapping, path), "", sheet, rows, table.name, encoding, separator, decimal])
    draft.columns.extend(proposal.columns)
    draft.codes.extend(proposal.codes)
    draft.wide.extend(proposal.wide)
    draft.rows.extend(proposal.rows)
    draft.marks.extend(proposal.marks)
    draft.seen[name], draft.notes[name] = found.columns, [*proposal.notes, *_hidden(path, sheet)]


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


def _hidden(path: Path, name: str) -> list[str]:
    """That something is hidden, which a person must decide on before the file is read."""
    if path.suffix.lower() not in WORKBOOKS:
        return []
    sheets = [one for one in read_sheets(path) if one.rows and (one.name == name or not (name or one.hidden))]
    rows, columns = hidden_in(sheets[0]) if sheets else ([], [])
    where = [f"row {row:,}" for row in rows] + [f"column {get_column_letter(at)}" for at in columns]
    choose = f"choose '{HIDDEN[0]}' or '{HIDDEN[1]}' in '{HEADINGS['files']['hidden']}'"
    return [f"hidden in Excel: {places(where)}: {choose}"] if where else []


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
    below = names[last] if last < len(names) else []
    if len(set(below)) < len(below) == sum(map(bool, rows[last])) and len(below) > len(names[last - 1]):
        last += 1  # groups of columns over names that repeat
    twice = len(set(names[last - 1])) < len(names[last - 1]) if names else False
    over = [text for text in rows[last - 2] if text] if last > 1 else []
    return (last - 1 if twice and len(over) > 1 else last), last


def _is_name(text: str) -> bool:
    if period_of("", [text], ()):
        return True
    return not text[:1].isdigit() and parse_cell(text) is None


def _with_commas(incoming: Incoming) -> bool:
    return any(_COMMA.fullmatch(text.strip()) for _, row in incoming.rows[:SAMPLED_ROWS] for text in row)


def _place(mapping: Path, path: Path) -> str:
    """The path from the mapping's folder, so that the project can be moved."""
    try:
        return Path(os.path.relpath(path, mapping.parent)).as_posix()
    except ValueError:  # another drive of Windows
        return path.resolve().as_posix()
