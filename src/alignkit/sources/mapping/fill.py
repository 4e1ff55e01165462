"""Texts of an incoming file → the cells of a table: codes, days, numbers and marks."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache

import pandas as pd

from alignkit.contract.schema import Field
from alignkit.sources.hidden import UNDERSTOOD, Parsed, parse_cell
from alignkit.sources.mapping.footnotes import without_footnotes
from alignkit.sources.mapping.incoming import Incoming
from alignkit.sources.mapping.lines import (
    ANY_OTHER,
    AS_IT_STANDS,
    BLANK,
    HEADING,
    LEAVE_OUT,
    NAME_DAY,
    Column,
    FileMap,
    folded,
)
from alignkit.sources.mapping.margins import around, margin, scale
from alignkit.sources.mapping.numerals import cell_units, unsure_numbers
from alignkit.sources.mapping.parts import added_up
from alignkit.sources.mapping.readings import DAY_READINGS, FROM_100, MARGIN, SHARE, day, scaled
from alignkit.sources.mapping.renamed import renamed
from alignkit.sources.mapping.shape import Cells
from alignkit.sources.mapping.spoken import spoken_units, unfit_names
from alignkit.sources.mapping.totals import named_totals
from alignkit.sources.units import UNITS
from alignkit.sources.wrong import Wrong, places

QUOTED = 20
"""More unknown codes than these are counted, not quoted: they may be names."""
ORIGINS = "origins"
"""Key of `frame.attrs`: gives each row's file, and its row there. A function, because pandas copies the rest of `attrs`
whenever a column is taken out, which for a long list takes longer than reading the file."""
HIDDEN = ("suppressed_at_source", "missing", "range")
_LEFT_BLANK = "left blank"
"""For a moment: the status of a value that may be told by counts."""
_BLANK_THOUSANDS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})((?:[ \xa0\u2009\u202f]\d{3})+)(?![\d. ])")
_POINTS_AND_COMMAS = re.compile(r"(?<=\d)[.,](?=\d)")

Unread = dict[tuple[str, str, str], list[str]]
"""Where, what and the fix of cells that are not understood → the lines of sheet columns that read them."""
Cell = Mapping[str, object]
"""Column of the table → value; the number of a hidden cell fills value_status and bounds too."""


def filled(file: FileMap, incoming: Incoming, cells: Cells, wrong: list[Wrong]) -> pd.DataFrame:
    """The file's rows as rows of its table; what cannot be understood is added to `wrong` and left blank."""
    codes = {column.column: _codes(file, column) for column in file.columns if column.source}
    left_out = {
        at
        for column in file.columns
        if column.source
        for at, text in enumerate(cells.columns[column.source])
        if codes[column.column](text) == LEAVE_OUT
    }
    wrong += renamed(file, cells)
    cells = cells.only([at for at in range(len(cells.numbers)) if at not in left_out])
    wrong += [*named_totals(file, incoming, cells), *unfit_names(file, incoming)]
    cells = without_footnotes(file, cells)
    wrong += unsure_numbers(file, cells)
    made: dict[str, list[object]] = {}
    unread: Unread = {}
    for column in file.columns:
        made |= _column(file, column, codes.get(column.column), cells, wrong, unread)
    wrong += [Wrong(where, what, cure.format(at=_lines(ats))) for (where, what, cure), ats in unread.items()]
    made |= around(file, made)
    table = file.table
    if "source_key" in table.columns and "source_key" not in made:
        made["source_key"] = [f"{cells.name}, row {number:,}" for number in cells.numbers]
    frame = pd.DataFrame({name: series(table.field(name), made[name]) for name in table.columns if name in made})
    if {"value_status", "numerator"} <= set(frame.columns):
        _tell_by_counts(frame)
    units = spoken_units(file, incoming, cells, frame) | cell_units(file, cells, frame)
    places = [(cells.name, number) for number in cells.numbers]
    if file.parts:
        frame = added_up(file, frame, wrong)
        places = [places[int(at)] for at in frame.index]
        frame = frame.reset_index(drop=True)
    frame.attrs[UNITS], frame.attrs[ORIGINS] = units, lambda: places
    return frame


def _tell_by_counts(frame: pd.DataFrame) -> None:
    """The status of a value that is left blank, by its counts; a mark in the value's place is kept."""
    blank = frame["value_status"] == _LEFT_BLANK
    frame.loc[blank, "value_status"] = frame["numerator"].notna().map({True: "reported", False: "missing"})
    frame["numerator"] = frame["numerator"].where(~frame["value_status"].isin(HIDDEN))


def series(field: Field, values: list[object]) -> pd.Series:
    """Numbers as float64, everything else as it is."""
    return pd.Series(values, dtype="float64" if field.type in ("number", "integer") else "object")


def _codes(file: FileMap, column: Column) -> Callable[[str], str | None]:
    """Text → its code; None where a code is needed and the mapping has none for the text."""
    listed = file.codes.get(column.column, {})

    @cache
    def code(text: str) -> str | None:
        text = " ".join(text.split())
        if column.column not in file.codes:
            return column.front + text if text else ""
        key = folded(text)
        found = listed.get(key, "" if key == BLANK else listed.get(ANY_OTHER))
        return (column.front + text if text else "") if found == AS_IT_STANDS else found

    return code


def _column(
    file: FileMap, column: Column, code: Callable[[str], str | None] | None, cells: Cells, wrong: list[Wrong],
    unread: Unread,
) -> dict[str, list[object]]:  # fmt: skip
    """The column of the table, and others that its cells fill."""
    field = file.table.field(column.column)
    texts = cells.columns[column.source] if code else [column.constant] * len(cells.numbers)
    known = {text: code(text) if code else text for text in dict.fromkeys(texts)}
    unknown = {text for text, found in known.items() if found is None}
    read = {text: _cell(file, column, field, found or "") for text, found in known.items()}
    bad = {text for text, found in read.items() if found is None} - unknown
    where = f"{cells.name}, column {column.source}" if code else column.at
    wrong += _unknown(unknown, texts, where, file, column)
    if bad:
        at = f"{where}, {places(_rows_of(cells, column.source, texts, bad))}" if code else where
        dated = bool(column.reading) and all(day(text, "", 0) for text in bad)
        unread.setdefault((at, *_tell(file, column, field, dated)), []).append(column.at)
    blank = _cell(file, column, field, "") or {column.column: None}
    got = [blank if (found := read[text]) is None else found for text in texts]
    return {name: [cell[name] for cell in got] for name in blank}


def _rows_of(cells: Cells, source: str, texts: list[str], bad: set[str]) -> list[str]:
    """The rows with these texts; of columns side by side, with what the column is about."""
    about = cells.columns.get(HEADING, []) if source.startswith("(") and source != HEADING else []
    found = [at for at, text in enumerate(texts) if text in bad]
    return [f"row {cells.numbers[at]:,}" + (f" ({about[at]})" if about else "") for at in found]


def _lines(ats: list[str]) -> str:
    """sheet columns, row 3 and sheet columns, row 4 → sheet columns, rows 3, 4."""
    front, rows = ats[0].rpartition(", row ")[0], [at.rpartition(", row ")[2] for at in ats]
    return ats[0] if len(ats) == 1 else f"{front}, rows {', '.join(rows)}"


def _cell(file: FileMap, column: Column, field: Field, text: str) -> Cell | None:
    """One cell; None where the text is not understood."""
    if field.type == "date":
        found = day(text, column.reading, column.later) if text else ""
        return None if found is None else {field.name: found}
    if field.type not in ("number", "integer"):
        return {field.name: text}
    marked = parse_cell(_pointed(text) if file.decimal == "comma" else text, file.marks)
    if column.reading == MARGIN:
        marked, column = margin(text, marked), replace(column, reading=scale(file))
    if "%" in text and column.reading == SHARE:
        column = replace(column, reading="")  # 86.1% is a percent already, as Excel shows a share
    if marked and not text and marked.value_status == "missing" and _counted(file, field):
        marked = marked._replace(value_status=_LEFT_BLANK)
    return None if marked is None else _number(file, column, field, marked)


def _counted(file: FileMap, field: Field) -> bool:
    """Whether the column is a value beside which a count may stand."""
    return field.name == "value" and any(column.column == "numerator" for column in file.columns)


def _number(file: FileMap, column: Column, field: Field, marked: Parsed) -> Cell:
    """A number; in the column that says whether a value is hidden, its status and bounds with it."""
    cell: dict[str, object] = {field.name: scaled(marked.value, column.reading)}
    given = {column.column for column in file.columns}
    if "value_status" not in file.table.columns or "value_status" in given:
        return cell
    if field.name == "value":
        low, high = scaled(marked.low, column.reading), scaled(marked.high, column.reading)
        bounds = {"low": high, "high": low} if column.reading == FROM_100 else {"low": low, "high": high}
        return {**cell, "value_status": marked.value_status} | {k: v for k, v in bounds.items() if k not in given}
    if field.name == "numerator" and "value" not in given:
        # A bound of the count is no bound of the value that it is the numerator of.
        status = marked.value_status if marked.value_status != "range" else "suppressed_at_source"
        return {**cell, "value_status": status}
    return cell


def _pointed(text: str) -> str:
    """1.234,5 and 1 234,5 → 1,234.5, for files with a decimal comma."""
    text = _BLANK_THOUSANDS.sub(lambda found: "".join(found[0].split()), text)
    return _POINTS_AND_COMMAS.sub(lambda found: "," if found[0] == "." else ".", text)


def _unknown(unknown: set[str], texts: list[str], where: str, file: FileMap, column: Column) -> list[Wrong]:
    times = Counter(text for text in texts if text in unknown)
    cure = (
        f"write their codes into sheet codes, for file {file.name} and column {column.column}, or one for (any other)"
    )
    if len(times) > QUOTED:
        what = f"{len(times):,} different texts are in no line of sheet codes"
        return [Wrong(where, what, f"{cure}, or see whether this is the right column")]
    listed = [text for text in file.codes.get(column.column, {}) if not text.startswith("(")]
    found = []
    for text, rows in times.items():
        near = get_close_matches(folded(text), listed, n=1)
        hint = f"; the nearest there is '{near[0]}'" if near else ""
        said = f"'{text.strip()}' ({rows:,} {'row' if rows == 1 else 'rows'}) is in no line of sheet codes"
        found.append(Wrong(where, said, f"{cure}{hint}"))
    return found


def _tell(file: FileMap, column: Column, field: Field, dated: bool) -> tuple[str, str]:
    """What a cell that is not understood is, and the fix, with {at} for its line; the cell is never quoted."""
    if field.type == "date" and column.source == NAME_DAY:
        what = "the file's name says no day, or one that can be read in two ways"
        return what, "name the file with a day such as 2026-03-31, or take the day from somewhere else"
    if field.type == "date" and dated:
        what = "Excel has turned it into a date"
        return what, "in Excel, format the column as Text and type it again; or read the agency's file as CSV"
    if field.type == "date":
        like = DAY_READINGS[column.reading][0] if column.reading else "2026-09-30"
        return f"not written like {like}", "choose how it is read in {at}, or correct the cell"
    cure = (
        "write its mark into sheet marks, or correct the cell; for a footnote sign after numbers (8.8 †), write the "
        f"sign there with (as it stands). Understood are {UNDERSTOOD}"
    )
    return "neither a number nor a mark that is understood", cure
