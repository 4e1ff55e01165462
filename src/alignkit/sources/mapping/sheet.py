"""The mapping sheet: what an evaluator wrote about incoming files → frozen lines, or everything that is wrong with it.

A line whose first cell begins with (example) is an example and is not read.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.schema import TableSchema, nearest
from alignkit.sources.mapping.checks import incomplete, wrong_files, wrong_lines
from alignkit.sources.mapping.chosen import chosen
from alignkit.sources.mapping.lines import (
    AS_IT_STANDS,
    BLANK,
    ENCODINGS,
    EXAMPLE,
    HEADINGS,
    NEW_HEADINGS,
    SEPARATORS,
    TAKE,
    Column,
    FileMap,
    Line,
    folded,
)
from alignkit.sources.mapping.readings import without_above
from alignkit.sources.persons import refuse_persons
from alignkit.sources.sheets import Sheet, read_sheets
from alignkit.sources.wrong import Wrong, refuse

_OPTIONAL = frozenset(("codes", "wide", "marks", "rows"))


def read_sheet(path: Path, catalog: Catalog = CONTRACT) -> tuple[FileMap, ...]:
    """The mapping sheet's lines by file, in its order. Raises `SourceError` with everything that is wrong."""
    sheets = {sheet.name: sheet for sheet in read_sheets(path) if sheet.name in HEADINGS or sheet.name[:1] != "_"}
    wrong: list[Wrong] = []
    lines = {name: list(_lines(name, sheets, wrong)) for name in HEADINGS}
    wrong += [Wrong(f"sheet {name}", "a mapping has no such sheet", _sheets(name)) for name in sheets.keys() - HEADINGS]
    refuse(str(path), wrong)
    refuse_persons((line["table"] for line in lines["files"]), str(path), catalog)
    lines = chosen(lines, catalog)
    wrong = [*wrong_files(lines["files"], catalog), *wrong_lines(lines, catalog)]
    refuse(str(path), wrong)
    files = tuple(_file(line, lines, catalog.schema(line["table"])) for line in lines["files"])
    refuse(str(path), [found for file in files for found in incomplete(file)])
    return files


def is_mapping(path: Path) -> bool:
    """Whether a workbook is a mapping sheet, by its sheets' names. Raises `SourceError` where it is no workbook."""
    return {"files", "columns"} <= {sheet.name for sheet in read_sheets(path, only="")}


def _sheets(name: str) -> str:
    return f"{nearest(name, tuple(HEADINGS), 'sheets')} For a sheet of your own, begin its name with _"


def _lines(name: str, sheets: Mapping[str, Sheet], wrong: list[Wrong]) -> Iterator[Line]:
    sheet = sheets.get(name)
    if sheet is None or not sheet.rows:
        if name not in _OPTIONAL:
            wrong.append(Wrong(f"sheet {name}", "the sheet is not there, or blank", "copy it from a blank mapping"))
        return
    wrong += [*sheet.errors, *sheet.wrong]
    place: dict[str, int] = {}
    headings = [" ".join(text.split()) for text in sheet.rows[0]]
    for key, heading in HEADINGS[name].items():
        if heading in headings:
            place[key] = headings.index(heading)
        elif (name, key) not in NEW_HEADINGS:
            wrong.append(Wrong(f"sheet {name}, row 1", f"the heading '{heading}' is gone", "write it there again"))
    for number, row in enumerate(sheet.rows[1:], 2):
        line = {key: row[at].strip() for key, at in place.items()} | dict.fromkeys(HEADINGS[name].keys() - place, "")
        line |= {"source": " ".join(line["source"].split())} if "source" in line else {}
        if any(line.values()) and not row[0].strip().startswith(EXAMPLE):
            yield {**line, "at": f"sheet {name}, row {number:,}"}


def _file(line: Line, lines: Mapping[str, list[Line]], table: TableSchema) -> FileMap:
    name = line["file"]
    own = {sheet: [x for x in lines[sheet] if x["file"] in (name, "")] for sheet in HEADINGS if sheet != "files"}
    first, _, last = (line["header"] or "1").replace(" ", "").partition("-")
    # A line for all files says nothing of this one's layout; where lines stand does not count.
    about = (line, *(x for x in chain.from_iterable(own.values()) if x["file"]))
    new = {key for _, key in NEW_HEADINGS}
    told = json.dumps([{k: v for k, v in x.items() if k != "at" and (v or k not in new)} for x in about])
    return FileMap(
        at=line["at"],
        name=name,
        path=line["path"],
        last=line["take"] == TAKE[1],
        sheet=line["sheet"],
        header=(int(first), int(last or first)),
        table=table,
        encoding=ENCODINGS[line["encoding"] or "UTF-8"],
        separator=SEPARATORS[line["separator"] or "comma"],
        decimal=line["decimal"],
        columns=tuple(_column(x) for x in own["columns"]),
        codes=_codes(own["codes"], table),
        wide=tuple(own["wide"]),
        marks={_mark(x): x["status"] for x in own["marks"] if x["status"] != AS_IT_STANDS},
        stands=frozenset(_mark(x).casefold() for x in own["marks"] if x["status"] == AS_IT_STANDS),
        rows=tuple(own["rows"]),
        digest=hashlib.sha256(told.encode()).hexdigest()[:16],
        hidden=line["hidden"],
        once=bool(line["twice"]),
        parts=bool(line["parts"]),
    )


def _mark(line: Line) -> str:
    return " ".join(line["text"].split()).replace(BLANK, "")


def _column(line: Line) -> Column:
    reading, above = without_above(line["reading"])
    return Column(
        at=line["at"], column=line["column"], source=line["source"], constant=line["constant"],
        reading=reading, later=int(line["later"] or 0), front=line["front"], above=above,
    )  # fmt: skip


def _codes(lines: Iterable[Line], table: TableSchema) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    # Lines for all files first, so that a line for this file goes before them.
    for line in sorted(lines, key=lambda line: bool(line["file"])):
        if line["column"] in table.columns:
            codes = found.setdefault(line["column"], {})
            if line["code"] or line["file"] == "" or not table.field(line["column"]).required:
                codes[folded(line["text"])] = line["code"]
    return found
