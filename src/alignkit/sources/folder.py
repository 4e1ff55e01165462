"""A folder of `<table>.csv` or `<table>.parquet` files."""

import csv
import io
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.failure import ROW_OF
from alignkit.errors import SourceError
from alignkit.sources.paths import FOLDER_SUFFIXES, sorted_files, table_files
from alignkit.sources.typed import plain_frame
from alignkit.sources.wrong import refuse_errors

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_INDEX = re.compile(r"__index_level_\d+__")


def read_folder(folder: Path, catalog: Catalog = CONTRACT) -> dict[str, pd.DataFrame]:
    """Every table of the folder as it stands there: text from CSV, types from Parquet.

    Raises one `SourceError` for all files that cannot be read; it has the tables of the others.
    """
    files, wrong = sorted_files(folder, FOLDER_SUFFIXES, catalog)
    frames: dict[str, pd.DataFrame] = {}
    for name, path in files.items():
        try:
            frames[name] = (read_csv if path.suffix.lower() == ".csv" else _parquet)(path)
        except SourceError as error:
            wrong.append(error)
    refuse_errors(str(folder), wrong, frames)
    table_files(folder, FOLDER_SUFFIXES, catalog)  # raises where there is no table at all
    return frames


def read_csv(path: Path) -> pd.DataFrame:
    """A UTF-8 CSV file as text, blank cells as empty text, without the blank rows at its end.

    Raises `SourceError` for another encoding or separator, an empty file, and lines longer than the header.
    """
    text = _decoded(path)
    header = _header(text, path)
    if not any(name.strip() for name in header):
        raise SourceError("the first line is blank", where=str(path), cure="write the column names there")
    _comma_separated(header, path)
    try:
        rows = pd.read_csv(
            io.StringIO(text, newline=""), header=None, dtype=str, na_filter=False, index_col=False,
            skip_blank_lines=False,
        ).fillna("")  # fmt: skip
    except pd.errors.ParserError as error:
        raise _misfit(str(error), path) from None
    frame = rows.iloc[1:].set_axis([name.strip() for name in header], axis=1)
    filled = frame.to_numpy() != ""
    last = np.flatnonzero(filled.any(axis=1)).max(initial=-1) + 1
    named = (frame.columns != "") | filled.any(axis=0)
    kept: pd.DataFrame = frame.loc[:, named].iloc[:last].reset_index(drop=True)
    kept.attrs[ROW_OF] = lambda row: (path.name, row + 1)  # below the column names
    return kept


def _header(text: str, path: Path) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline="")), [])
    except csv.Error:
        what = "the first line is no line of column names; one of them would be longer than a page"
        raise SourceError(
            what, where=str(path), cure="write the column names there, and look for a lone quote"
        ) from None


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    cure = "save it again as 'CSV UTF-8', for instance in Excel under Save As"
    if content.startswith(_UTF16):
        raise SourceError("the file is UTF-16 text", where=str(path), cure=cure)
    if b"\0" in content:
        raise SourceError(
            "the file holds NUL bytes, which no text has", where=str(path), cure=f"{cure}; it may be damaged"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SourceError("the file is not UTF-8 text", where=f"{path}, line {line:,}", cure=cure) from None


def _comma_separated(header: list[str], path: Path) -> None:
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and separator in header[0]:
            raise SourceError(
                f"the columns are separated by {name}",
                where=str(path),
                cure="save it again with commas between columns",
            )


def _misfit(message: str, path: Path) -> SourceError:
    """The reason without pandas' words, which may quote a line."""
    fields = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", message)
    if fields:
        what = f"line {int(fields[2]):,} has {fields[3]} columns, the first line {fields[1]}"
        return SourceError(what, where=str(path), cure="put a text that holds a comma in quotes")
    return SourceError("a quote is opened and never closed", where=str(path), cure='look for a single " in the file')


def _parquet(path: Path) -> pd.DataFrame:
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError):
        raise SourceError("this is not a Parquet file", where=str(path), cure="write it again") from None
    return plain_frame(table.select([name for name in table.column_names if not _INDEX.fullmatch(name)]), str(path))
