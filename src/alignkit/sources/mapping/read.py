"""Incoming files, through the mapping sheet, → the contract's tables."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.failure import ROW_OF
from alignkit.contract.schema import TableSchema
from alignkit.errors import SourceError
from alignkit.sources.mapping.fill import ORIGINS, filled, series
from alignkit.sources.mapping.incoming import Incoming, matching, read_incoming
from alignkit.sources.mapping.layout import differences, is_wide, twice_in_some
from alignkit.sources.mapping.lines import CAME_IN, FileMap
from alignkit.sources.mapping.memory import Remembered, recall, remember
from alignkit.sources.mapping.shape import shaped, shifted_rows, short_rows
from alignkit.sources.mapping.sheet import read_sheet
from alignkit.sources.units import UNITS
from alignkit.sources.wrong import Wrong, refuse

_CURE = "correct the mapping sheet or the files, and run again; nothing has been changed"


def read_mapping(path: Path, catalog: Catalog = CONTRACT) -> dict[str, pd.DataFrame]:
    """The tables that the mapping sheet at `path` makes of incoming files; several files may fill one table.

    Relative paths in the sheet start at its own folder. Numbers are float64, everything else text. Before anything is
    made, every file is held against the mapping and against what is remembered of its layout. Raises one `SourceError`
    for all that is wrong: first with the sheet, then with the files and their layout, then with their cells.
    """
    files = read_sheet(path, catalog)
    remembered = recall(path)
    wrong: list[Wrong] = []
    came: dict[str, dict[str, tuple[str, str]]] = {file.name: {} for file in files}
    incoming = {
        file.name: _opened(file, path.parent, wrong, remembered.get(file.name), came[file.name]) for file in files
    }
    refuse(str(path), [*wrong, *_layouts(files, incoming, remembered)], cure=_CURE)
    parts: dict[str, list[pd.DataFrame]] = {}
    for file in files:
        for one in incoming[file.name]:
            parts.setdefault(file.table.name, []).append(_rows(file, one, wrong))
    refuse(str(path), wrong, cure=_CURE)
    remember(path, {file.name: _seen(file, incoming[file.name], came[file.name]) for file in files})
    return {name: _together(catalog.schema(name), frames) for name, frames in parts.items()}


def _rows(file: FileMap, incoming: Incoming, wrong: list[Wrong]) -> pd.DataFrame:
    """One file's rows of its table."""
    numbers = {c.source for c in file.columns if file.table.field(c.column).type in ("number", "integer")}
    for name, merged in incoming.shared.items():
        if name in numbers or (numbers & set(file.value_names) and is_wide(file, name)):
            where = f"{incoming.name}, cells {merged}"
            what = "merged cells hold one number for several rows or columns"
            wrong.append(Wrong(where, what, "take the merging off in Excel, and write each cell's own number"))
    cells = shaped(file, incoming, wrong)
    wrong += [*short_rows(file, incoming, cells), *shifted_rows(incoming, cells)]
    return filled(file, incoming, cells, wrong)


def _opened(
    file: FileMap, base: Path, wrong: list[Wrong], remembered: Remembered | None, came: dict[str, tuple[str, str]]
) -> list[Incoming]:
    """The files of one line that can be read; why others cannot is added to `wrong`, when each came in to `came`."""
    found: list[Incoming] = []
    try:
        for path in matching(file, base):
            day = ""
            if CAME_IN in file.made:
                content = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
                day = (remembered and remembered.day_of(path.name, content)) or date.today().isoformat()
                came[path.name] = content, day
            found.append(read_incoming(file, path, day))
    except SourceError as error:
        wrong.append(Wrong(error.where, error.what, error.cure))
    return found


def _layouts(
    files: Sequence[FileMap], incoming: Mapping[str, Sequence[Incoming]], remembered: Mapping[str, Remembered]
) -> list[Wrong]:
    found = [
        wrong
        for file in files
        for one in incoming[file.name]
        for wrong in differences(file, one, remembered.get(file.name))
    ]
    return found + [wrong for file in files for wrong in twice_in_some(file, incoming[file.name])]


def _seen(file: FileMap, incoming: Sequence[Incoming], came: Mapping[str, tuple[str, str]]) -> Remembered:
    """All names that the files of one line have."""
    return Remembered(
        file.digest, file.path, tuple(dict.fromkeys(name for one in incoming for name in one.columns)), came
    )


def _together(table: TableSchema, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all files, with the columns that any of them fills, in the table's order."""
    columns = [column for column in table.columns if any(column in frame for frame in frames)]
    rows = {
        column: [
            value for frame in frames for value in (frame[column].tolist() if column in frame else [None] * len(frame))
        ]
        for column in columns
    }
    made = pd.DataFrame({column: series(table.field(column), values) for column, values in rows.items()})
    places = [place for frame in frames for place in frame.attrs[ORIGINS]()]
    made.attrs[ROW_OF] = lambda row: places[row - 1]
    made.attrs[UNITS] = {key: where for frame in reversed(frames) for key, where in frame.attrs[UNITS].items()}
    return made
