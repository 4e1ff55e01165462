"""Numbers in texts that two people would read differently, such as 1.234, and what cells say of their unit."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import pandas as pd

from alignkit.sources.hidden import parse_cell
from alignkit.sources.mapping.kinds import plain
from alignkit.sources.mapping.lines import HEADINGS, FileMap
from alignkit.sources.mapping.readings import FROM_100, PLAIN, SCALES, THOUSANDS
from alignkit.sources.mapping.shape import Cells
from alignkit.sources.sheets import Divided, Figure
from alignkit.sources.wrong import Wrong, places

_DECIMAL = HEADINGS["files"]["decimal"]
_DIGITS = re.compile(r"[-+−(]?\s?[$€£]?\s?(\d[\d.,]*)\s?%?\)?")
_POINT = re.compile(r"\d+\.\d{1,2}|\d+\.\d{4,}|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}|\d{4,}\.\d+|0\.\d+")
_COMMA = re.compile(r"\d+,\d{1,2}|\d+,\d{4,}|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}|\d{4,},\d+|0,\d+")
_BELOW = re.compile(r"<|≤|=<|lt|le|less|fewer|under|below|at most|up to|\d+ or (less|fewer)")
_FEW = re.compile(r"[01]\s?(?:[-‐‑‒–—]|to)\s?(?:[4-9]|1[0-9]|20)")
_ABOVE = re.compile(r">|≥|=>|gt|ge|more|greater|over|above|at least|\d+ or (more|greater)")
PERSONS = re.compile(
    r"^(n|num|no|total)\b|\b(number|count|counts|students|children|persons|people|youth|births|families)\b"
)
_SHARE = re.compile(r"\b(percent|percentage|pct|perc|rate|share|proportion|ratio)\b")
_SIGNED = re.compile(r"[%$]")
_DASHED = re.compile(r"\d\s?[-–—]\s?\d")
_COUNT = "map the column that holds the number of persons"
_GENERAL = "give it the number format General in Excel"
_ANY = re.compile("")
_EITHER = re.compile(r"\d{1,3}[.,]\d{3}")


def unsure_numbers(file: FileMap, cells: Cells) -> Iterator[Wrong]:
    """What is wrong with a file's numbers as texts, whatever each of them says."""
    numeric = [
        column.source
        for column in file.columns
        if column.source and file.table.field(column.column).type in ("number", "integer")
    ]
    for column in file.columns:
        if column.source and column.column in ("numerator", "denominator"):
            yield from _rows(cells, column.source, _SIGNED, "a number of persons has a % or $", _COUNT)
        if column.source and column.column in ("value", "numerator", "denominator") and not column.reading:
            cure = f"choose the reading '{THOUSANDS}' in {column.at}, or '{PLAIN}' if that is their unit; {_GENERAL}"
            what = "the cells show their numbers divided by 1,000 or more"
            yield from _rows(cells, column.source, _ANY, what, cure, Divided)
        if column.source and column.reading == FROM_100:
            yield from _shares(cells, column.source)
    names = list(dict.fromkeys(numeric))
    for name in names:
        yield from _rows(
            cells, name, _DASHED, "the cell's number format writes a dash between digits", _GENERAL, Figure
        )
    yield from _unsure_mark(file, cells, names)
    for column in file.columns:
        if column.source in names and column.column == "value" and column.reading not in SCALES:
            yield from _mixed(file, cells, column.source)


def cell_units(file: FileMap, cells: Cells, frame: pd.DataFrame) -> dict[tuple[str, str], str]:
    """What cells say of the unit of their value: (indicator, unit) → the first such row; see `sources.units`."""
    column = next((column for column in file.columns if column.column == "value" and column.source), None)
    if column is None or "indicator_id" not in frame:
        return {}
    found: dict[tuple[str, str], str] = {}
    bounds: dict[str, list[tuple[str, int]]] = {}
    texts = cells.columns[column.source]
    ranges = {
        text for text in set(texts) if (parsed := parse_cell(text, file.marks)) and parsed.value_status == "range"
    }
    for number, indicator, text in zip(cells.numbers, frame["indicator_id"], texts, strict=True):
        if "$" in text or "%" in text:
            says = "dollars" if "$" in text else "percent"
            found.setdefault((str(indicator), says), f"{cells.name}, row {number:,}")
        elif text in ranges:
            bounds.setdefault(str(indicator), []).append((" ".join(text.split()).casefold(), number))
    if column.reading not in SCALES and (named := _persons(file, cells, column.source)):
        where = f"{cells.name}, column {named}"
        found |= {(str(indicator), "persons"): where for indicator in frame["indicator_id"].unique()}
    for indicator, cut in bounds.items():
        # 1-9 alone may hide a number of persons; 90-94 among other ranges is one of percents.
        few = {said for said, _ in cut if _FEW.fullmatch(said)}
        few = few if len({said for said, _ in cut if not _BELOW.match(said)}) == 1 else set()
        below = [n for said, n in cut if (_BELOW.match(said) or said in few) and said not in file.stands]
        if below and not any(_ABOVE.match(said) for said, _ in cut) and (indicator, "percent") not in found:
            found[indicator, "below"] = f"{cells.name}, row {below[0]:,}"
    return found


def _persons(file: FileMap, cells: Cells, source: str) -> str:
    """The name of the value's column that speaks of a number of persons, where all its cells are whole and bare.

    *Students Absent* next to *Absence Rate* is the wrong column for a percent, and 47 absent students look like one.
    """
    lines = [line["source"] for line in file.wide if f"({line['name'] or 'value'})" == source]
    named = next(
        (name for name in lines or [source] if PERSONS.search(said := plain(name)) and not _SHARE.search(said)), ""
    )
    texts = [text for text in cells.columns[source] if text.strip()]
    values = [parsed.value for text in texts if (parsed := parse_cell(text, file.marks)) and parsed.value is not None]
    bare = not any("%" in text for text in texts) and any(values) and all(value == int(value) for value in values)
    return named if bare else ""


@lru_cache(maxsize=65536)
def _digits(text: str) -> str:
    found = _DIGITS.fullmatch(text.strip())
    return found[1] if found else ""


def _rows(
    cells: Cells, name: str, odd: re.Pattern[str], what: str, cure: str, kind: type[str] = str
) -> Iterator[Wrong]:
    """The rows in which a column's text is odd."""
    rows = [
        f"row {number:,}"
        for number, text in zip(cells.numbers, cells.columns[name], strict=True)
        if isinstance(text, kind) and odd.search(text)
    ]
    if rows:
        yield Wrong(f"{cells.name}, column {name}, {places(rows)}", what, cure)


def _shares(cells: Cells, name: str) -> Iterator[Wrong]:
    """Shares from 0 to 1 where a percent is taken from 100: 100 minus 0.12 would be 99.88."""
    found = [parsed.value for text in cells.columns[name] if "%" not in text and (parsed := parse_cell(text))]
    known = [value for value in found if value is not None]
    if known and 0 < max(known) <= 1:
        what = "all numbers are at most 1, and 100 minus them is read: are they shares?"
        yield Wrong(f"{cells.name}, column {name}", what, "write percents into the file, 12.5 for 0.125")


def _unsure_mark(file: FileMap, cells: Cells, names: Sequence[str]) -> Iterator[Wrong]:
    """Numbers such as 1.234 in a file with semicolons or tabs, where nothing says which mark is the decimal one."""
    if file.decimal or file.separator == ",":
        return
    texts = {name: [_digits(text) for text in cells.columns[name]] for name in names}
    every = [text for column in texts.values() for text in column if text]
    point, comma = (any(kind.fullmatch(text) for text in every) for kind in (_POINT, _COMMA))
    for name, column in texts.items():
        rows = [number for number, text in zip(cells.numbers, column, strict=True) if _EITHER.fullmatch(text)]
        if comma or (rows and not point):
            odd = rows or [n for n, text in zip(cells.numbers, column, strict=True) if _COMMA.fullmatch(text)]
            if odd:
                at = places([f"row {number:,}" for number in odd])
                what = (
                    "numbers with a point or comma before three digits can be read in two ways (1.234: 1234 or 1.234)"
                )
                what = what if rows and not comma else "numbers are written with a decimal comma"
                yield Wrong(f"{cells.name}, column {name}, {at}", what, f"choose '{_DECIMAL}' in {file.at}")


def _mixed(file: FileMap, cells: Cells, name: str) -> Iterator[Wrong]:
    """Percents such as 41.2% next to plain numbers of the same indicator."""
    about = next((column for column in file.columns if column.column == "indicator_id"), None)
    keys = cells.columns[about.source] if about and about.source else [""] * len(cells.numbers)
    kinds: dict[str, dict[bool, list[int]]] = {}
    for number, key, text in zip(cells.numbers, keys, cells.columns[name], strict=True):
        if _digits(text) and float(re.sub(r"[.,]", "", _digits(text)) or 0):
            kinds.setdefault(key, {}).setdefault("%" in text, []).append(number)
    for kind in kinds.values():
        if len(kind) == 2:
            fewer = min(kind.values(), key=len)
            at = places([f"row {number:,}" for number in fewer])
            what = "some numbers are percents (41.2%), others have no percent sign"
            cure = f"look at {at}: give the column one format, or choose a reading for it in sheet columns"
            yield Wrong(f"{cells.name}, column {name}, {at}", what, cure)
