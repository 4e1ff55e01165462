"""An Excel workbook, one sheet a table; for communities that keep their tables in Excel."""

import re
from functools import partial
from pathlib import Path

import pandas as pd
from openpyxl.utils import get_column_letter

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.failure import ROW_OF
from alignkit.contract.schema import Field, TableSchema, nearest
from alignkit.errors import SourceError
from alignkit.sources.paths import DECLARE
from alignkit.sources.persons import refuse_persons
from alignkit.sources.sheets import Figure, Sheet, cell_name, read_sheets
from alignkit.sources.wrong import Wrong, refuse

_DOLLARS = re.compile(r"(-?)\$\s?(\d+(?:\.\d+)?)")
_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?)\s?%")


def read_workbook(path: Path, catalog: Catalog = CONTRACT) -> dict[str, pd.DataFrame]:
    """Every sheet with rows as a table of text, as its CSV file would be.

    Ignored are sheets whose name begins with _, blank ones, and hidden ones that are named like no table. A sheet with
    headings and no rows is a table that the community does not keep (yet). Raises one `SourceError` for everything
    that is wrong with the workbook's form; what is wrong with the values, the contract tells.
    """
    sheets = [sheet for sheet in read_sheets(path) if not sheet.name.startswith("_") and (sheet.rows or sheet.wrong)]
    refuse_persons((sheet.name for sheet in sheets), str(path), catalog)
    wrong = [found for sheet in sheets for found in _misnamed(sheet, catalog)]
    frames: dict[str, pd.DataFrame] = {}
    misshapen: set[str] = set()
    for sheet in sheets:
        if sheet.name in catalog:
            table = catalog.schema(sheet.name)
            frames[sheet.name] = _frame(sheet, table)
            if found := _misshapen(sheet, table):
                wrong += found
                misshapen.add(sheet.name)
    readable = {name: frame for name, frame in frames.items() if len(frame) and name not in misshapen}
    refuse(str(path), wrong, readable=readable)
    kept = {name: frame for name, frame in frames.items() if len(frame)}
    if not kept:
        raise SourceError(
            "no sheet holds rows of a table",
            where=str(path),
            cure="name a sheet like its table, such as partners, with the column names in its first row",
        )
    return kept


def _misnamed(sheet: Sheet, catalog: Catalog) -> list[Wrong]:
    if sheet.name in catalog:
        what, cure = "the sheet is hidden, so nobody sees what is read", "unhide it, or begin its name with _"
        return [Wrong(f"sheet {sheet.name}", what, cure)] if sheet.hidden else []
    if sheet.hidden:
        return []
    near = nearest(sheet.name.strip(), catalog.names, "tables")
    cure = f"{near} For a sheet of your own, begin its name with _. {DECLARE}"
    return [Wrong(f"sheet {sheet.name}", "the sheet is named like no table", cure)]


def _misshapen(sheet: Sheet, table: TableSchema) -> list[Wrong]:
    """Everything that keeps a table's sheet from being read, whatever its values mean."""
    where = f"sheet {sheet.name}"
    cure = "take the merging off, and write the value into each of the cells"
    wrong = [Wrong(f"{where}, cells {cells}", "the cells are merged", cure) for cells in sheet.unseen.merged]
    header = [name.strip() for name in sheet.rows[0]] if sheet.rows else []
    if sheet.rows and not any(header):
        cure = "write the column names into the first row, and delete blank rows above them"
        return [*wrong, *sheet.errors, *sheet.wrong, Wrong(where, "the first row is blank", cure)]
    for at, name in enumerate(header):
        if not name and any(row[at].strip() for row in sheet.rows):
            what, cure = "the column has values and no heading", "write its name into the first row, or clear it"
            wrong.append(Wrong(f"{where}, column {get_column_letter(at + 1)}", what, cure))
    return [*wrong, *sheet.errors, *sheet.wrong, *_not_text(sheet, table, header)]


def _not_text(sheet: Sheet, table: TableSchema, header: list[str]) -> list[Wrong]:
    """Text columns in which Excel has made a day, or a shorter number, of what was typed."""
    found = []
    texts = [at for at, name in enumerate(header, 1) if name in table.columns and table.field(name).type == "string"]
    for row in range(2, len(sheet.rows) + 1):
        for column in texts:
            cell = cell_name(row, column)
            if cell in sheet.days or cell in sheet.long:
                found.append(_changed(f"sheet {sheet.name}, cell {cell}", cell in sheet.days))
    return found


def _changed(where: str, day: bool) -> Wrong:
    made = "a day" if day else "a number of which Excel keeps fifteen digits"
    return Wrong(where, f"the text has become {made}", "give the column the format Text, and type it again")


def _frame(sheet: Sheet, table: TableSchema) -> pd.DataFrame:
    """The sheet's rows below its headings; columns that are blank throughout are dropped."""
    if not sheet.rows:
        return pd.DataFrame()
    header = [name.strip() for name in sheet.rows[0]]
    kept = [at for at, name in enumerate(header) if name]
    rows = [[row[at] for at in kept] for row in sheet.rows[1:]]
    frame = pd.DataFrame(rows, columns=pd.Index([header[at] for at in kept]), dtype="object")
    for field in table.fields:
        if field.type == "number" and header.count(field.name) == 1:
            frame[field.name] = frame[field.name].map(partial(_without_unit, field))
    frame.attrs[ROW_OF] = lambda row: (f"sheet {sheet.name}", row + 1)  # below the column names
    return frame


def _without_unit(field: Field, text: str) -> str:
    """45% is 45 where percents run from 0 to 100, and 0.45 in a column from 0 to 1; $1,250 of Excel is 1250."""
    if isinstance(text, Figure) and (dollars := _DOLLARS.fullmatch(text.strip())):
        return dollars[1] + dollars[2]
    found = _PERCENT.fullmatch(text.strip())
    if not found:
        return text
    return str(round(float(found[1]) / 100, 12)) if field.maximum == 1 else found[1]
