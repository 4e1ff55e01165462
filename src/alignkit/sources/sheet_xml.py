"""What an Excel file holds that openpyxl's stream does not report: hidden rows and columns, filters, merged cells,
formulas that were never calculated; and the file without what no one sees: blank rows and footnote marks.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import iterparse
from zipfile import ZIP_STORED, ZipFile

_PREFIX = rb"(?:[A-Za-z]\w*:)?"
_WORTH_A_LOOK = re.compile(rb"<" + _PREFIX + rb"(?:f[ />]|mergeCell)")
"""Most sheets have neither a formula nor merged cells, and need not be gone through twice."""
_BLANK_ROW = re.compile(rb'<row\b(?=[^>]*\sr=")[^>]*(?:(?<=/)>|>(?:<c\b[^>]*(?:(?<=/)>|></c>))*</row>)')
_HIDDEN_ROW = re.compile(
    rb"<" + _PREFIX + rb'row\b(?=[^>]*\s(?:hidden="(?:1|true)"|ht="0?(?:\.[0-9]*)?"))[^>]*\sr="(\d+)"'
)
_UNNUMBERED_ROW = re.compile(rb"<" + _PREFIX + rb'row\b(?![^>]*\sr=")')
"""Some programs leave rows' numbers out; a row then follows the one before it."""
_ROW = re.compile(rb"<" + _PREFIX + rb"row\b[^>]*>")
_NUMBER = re.compile(rb'\sr="(\d+)"')
_UNSEEN = re.compile(rb'\s(?:hidden="(?:1|true)"|ht="0?(?:\.[0-9]*)?")')
_HIDDEN_COLUMN = re.compile(rb"<" + _PREFIX + rb'col\b(?=[^>]*\s(?:hidden="(?:1|true)"|width="0?(?:\.[0-9]*)?"))[^>]*>')
_SPAN = re.compile(rb'\s(min|max)="(\d+)"')
_FILTER = re.compile(rb"<" + _PREFIX + rb"filterColumn\b")
_CONDITIONAL = re.compile(
    rb"<(?P<x>" + _PREFIX + rb')conditionalFormatting\b[^>]*\ssqref="(?P<cells>[^"]*)"[^>]*>'
    rb"(?P<rules>.*?)</(?P=x)conditionalFormatting>",
    re.DOTALL,
)
_RULE_STYLE = re.compile(rb'\sdxfId="(\d+)"')
_RUN = re.compile(
    rb"<(?P<x>" + _PREFIX + rb")r>\s*<(?P=x)rPr>(?P<look>(?:(?!</(?P=x)rPr>).)*)</(?P=x)rPr>"
    rb"\s*<(?P=x)t(?:\s[^>]*)?>(?P<text>[^<]*)</(?P=x)t>\s*</(?P=x)r>",
    re.DOTALL,
)
_RAISED = re.compile(rb'vertAlign\s+val="(?:superscript|subscript)"')
_STRUCK = re.compile(rb"<(?:\w+:)?strike(?:\s+val=\"(?:1|true)\")?\s*/>")
_ORDINALS = frozenset((b"st", b"nd", b"rd", b"th"))


@dataclass(frozen=True)
class Unseen:
    """What a person does not see of a sheet, or not as a cell's value. Rows and columns are numbered from 1."""

    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    filtered: bool = False
    merged: tuple[str, ...] = ()
    uncalculated: tuple[str, ...] = ()
    restyled: tuple[str, ...] = ()
    """Cells that conditional formatting may show in another number format, or in white."""


def slimmed(path: Path) -> "Path | io.BytesIO":
    """The workbook without blank rows that only have a format, and without raised footnote marks and struck-out
    letters in texts.

    They are taken out before openpyxl reads the file: a million formatted rows would take it minutes, and it joins 8.5
    and a raised 2 to 8.52, and a struck-out 41 and 43 to 4143.
    """
    with ZipFile(path) as archive:
        changed: dict[str, bytes] = {}
        for name in archive.namelist():
            if re.fullmatch(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", name):
                content = archive.read(name)
                less = _without_marks(_BLANK_ROW.sub(b"", _without_blank_end(content)))
                if len(less) != len(content):
                    changed[name] = less
        if not changed:
            return path
        made = io.BytesIO()
        with ZipFile(made, "w", ZIP_STORED) as copy:
            for name in archive.namelist():
                copy.writestr(name, changed[name] if name in changed else archive.read(name))
    made.seek(0)
    return made


def _without_blank_end(content: bytes) -> bytes:
    """A sheet without the blank rows at its end: there may be a million of them."""
    last = max(content.rfind(mark) for mark in (b"</v>", b"</is>", b"</f>", b"<f"))
    start, end = content.find(b"</row>", last), content.rfind(b"</sheetData>")
    return content[: start + len(b"</row>")] + content[end:] if 0 <= last < start < end else content


def _without_marks(content: bytes) -> bytes:
    if not _RAISED.search(content) and not _STRUCK.search(content):
        return content

    def less(run: re.Match[bytes]) -> bytes:
        mark = _RAISED.search(run["look"]) and run["text"].strip().lower() not in _ORDINALS
        return b"" if mark or _STRUCK.search(run["look"]) else run[0]

    return _RUN.sub(less, content)


def parts_of(archive: ZipFile) -> dict[str, str]:
    """Sheet's name → its part of the file."""
    targets = {
        e.get("Id"): str(e.get("Target")) for e in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    found: dict[str, str] = {}
    for sheet in _elements(archive, "xl/workbook.xml", "sheet"):
        id_ = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        target = targets.get(id_, "")
        found[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _elements(archive: ZipFile, part: str, tag: str) -> Iterator[Any]:
    with archive.open(part) as file:
        for _, element in iterparse(file):
            if element.tag.rpartition("}")[2] == tag:
                yield element


def unseen(archive: ZipFile, part: str) -> Unseen:
    """What a sheet's part of the file says beside its cells."""
    content = archive.read(part)
    merged, uncalculated = _merged_and_uncalculated(archive, part) if _WORTH_A_LOOK.search(content) else ((), ())
    columns: list[int] = []
    for column in _HIDDEN_COLUMN.finditer(content):
        span = {key: int(number) for key, number in _SPAN.findall(column[0])}
        columns += range(span[b"min"], min(span[b"max"], span[b"min"] + 1000) + 1)
    return Unseen(
        tuple(_hidden_rows(content)), tuple(columns), bool(_FILTER.search(content)), merged,
        uncalculated, tuple(_restyled(archive, content)),
    )  # fmt: skip


def _hidden_rows(content: bytes) -> Iterator[int]:
    if not _UNNUMBERED_ROW.search(content):
        yield from (int(row) for row in _HIDDEN_ROW.findall(content))
        return
    number = 0
    for row in _ROW.findall(content):
        found = _NUMBER.search(row)
        number = int(found[1]) if found else number + 1
        if _UNSEEN.search(row):
            yield number


def _restyled(archive: ZipFile, content: bytes) -> Iterator[str]:
    """The cells in which a rule of conditional formatting may change or hide what a number shows."""
    rules = [
        (found["cells"].decode(), {int(style) for style in _RULE_STYLE.findall(found["rules"])})
        for found in _CONDITIONAL.finditer(content)
    ]
    if not rules or "xl/styles.xml" not in archive.namelist():
        return
    styles = [_changes(style) for style in _elements(archive, "xl/styles.xml", "dxf")]
    yield from (cells for cells, used in rules if any(at < len(styles) and styles[at] for at in used))


def _changes(style: Any) -> bool:
    """Whether a style of conditional formatting has a number format of its own, or white letters on no color."""
    inside = {child.tag.rpartition("}")[2]: child for child in style}
    colors = [child for child in inside.get("font", ()) if child.tag.endswith("}color")]
    white = any(str(color.get("rgb", ""))[-6:].upper() == "FFFFFF" or color.get("theme") == "0" for color in colors)
    return "numFmt" in inside or (white and "fill" not in inside)


def _merged_and_uncalculated(archive: ZipFile, part: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    merged: list[str] = []
    uncalculated: list[str] = []
    with archive.open(part) as file:
        for _, element in iterparse(file):
            tag = element.tag.rpartition("}")[2]
            if tag == "mergeCell":
                merged.append(str(element.get("ref")))
            elif tag == "c":
                inside = {child.tag.rpartition("}")[2]: child.text for child in element}
                # A formula that gives an empty text is one that was calculated.
                if "f" in inside and not inside.get("v") and element.get("t") != "str":
                    uncalculated.append(str(element.get("r")))
                element.clear()
    return tuple(merged), tuple(uncalculated)
