"""Everything that can be wrong with a mapping sheet by itself, before any file is opened."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from alignkit.contract.catalog import Catalog
from alignkit.contract.schema import nearest
from alignkit.sources.hidden import STATUSES
from alignkit.sources.mapping.lines import (
    AS_IT_STANDS,
    DECIMALS,
    ENCODINGS,
    HEADINGS,
    HIDDEN,
    KEEP,
    LEAVE_OUT,
    PARTS,
    SEPARATORS,
    TAKE,
    TWICE,
    FileMap,
    Line,
)
from alignkit.sources.mapping.readings import DAY_READINGS, MARGIN, READINGS, SCALES, without_above
from alignkit.sources.wrong import Wrong

_EITHER = "name a column of the file, or what is always written"


def wrong_files(files: Iterable[Line], catalog: Catalog) -> Iterator[Wrong]:
    """What is wrong with the lines of sheet files; `catalog` says which tables they may fill."""
    lines = list(files)
    if not lines:
        yield Wrong("sheet files", "no file is named", "write a line for each incoming file")
    times = Counter(line["file"] for line in lines)
    for line in lines:
        at = line["at"]
        for key in ("file", "path", "table"):
            if not line[key]:
                yield Wrong(at, f"'{HEADINGS['files'][key]}' is blank", "fill it")
        if times[line["file"]] > 1:
            yield Wrong(at, f"the name {line['file']} is given twice", "give each file a name of its own")
        if line["header"] and not re.fullmatch(r"[1-9]\d{0,3}(\s*-\s*[1-9]\d{0,3})?", line["header"]):
            yield Wrong(at, "the row with the column names is no number", "write 4, or 4-5 where names take two rows")
        yield from _one_of(line, "table", catalog.names)
        yield from _one_of(line, "take", TAKE)
        yield from _one_of(line, "encoding", tuple(ENCODINGS))
        yield from _one_of(line, "separator", tuple(SEPARATORS))
        for key, known in (("decimal", DECIMALS), ("hidden", HIDDEN), ("twice", TWICE), ("parts", PARTS)):
            yield from _one_of(line, key, known)


def wrong_lines(lines: Mapping[str, list[Line]], catalog: Catalog) -> Iterator[Wrong]:
    """What is wrong with the lines of the other sheets."""
    tables = {line["file"]: line["table"] for line in lines["files"]}
    for name in ("columns", "codes", "wide", "marks", "rows"):
        for line in lines[name]:
            if line["file"] and line["file"] not in tables:
                cure = nearest(line["file"], tuple(tables), "files")
                yield Wrong(line["at"], f"no line of sheet files is named '{line['file']}'", cure)
            elif not line["file"] and name not in ("codes", "marks"):
                yield Wrong(line["at"], "it is not said for which file", "write its short name into the first cell")
            elif "column" in line:
                yield from _known_column(line, tables, catalog)
    yield from _nothing_fills(lines["columns"])
    for line in lines["columns"]:
        yield from _checked_column(line, tables.get(line["file"], ""), catalog)
    for line in lines["marks"]:
        yield from _one_of(line, "status", (*STATUSES, AS_IT_STANDS), needed=True)
    for line in lines["rows"]:
        yield from _one_of(line, "keep", KEEP, needed=True)
    for name in ("wide", "rows"):
        yield from (Wrong(line["at"], "no column is named", "fill it") for line in lines[name] if not line["source"])


def _nothing_fills(columns: Iterable[Line]) -> Iterator[Wrong]:
    """Lines that say neither a column of the file nor a constant, together for each file."""
    blank: dict[str, list[Line]] = {}
    for line in columns:
        if not line["source"] and not line["constant"]:
            blank.setdefault(line["file"], []).append(line)
    for file, lines in blank.items():
        rows = ", ".join(line["at"].rpartition("row ")[2] for line in lines)
        where = f"sheet columns, {'row' if len(lines) == 1 else 'rows'} {rows}"
        yield Wrong(where, f"{file}: nothing fills {', '.join(line['column'] for line in lines)}", _EITHER)


def _one_of(line: Line, key: str, known: tuple[str, ...], *, needed: bool = False) -> Iterator[Wrong]:
    text = line[key]
    if (text or needed) and text not in known:
        yield Wrong(line["at"], f"'{text}' is not one of the choices", nearest(text, known, "choices"))


def _known_column(line: Line, tables: Mapping[str, str], catalog: Catalog) -> Iterator[Wrong]:
    names = [tables[line["file"]]] if line["file"] else list(tables.values())
    known = tuple(dict.fromkeys(column for name in names for column in _columns(name, catalog)))
    if known and line["column"] not in known:
        what = f"there is no column '{line['column']}' in {', '.join(dict.fromkeys(names))}"
        yield Wrong(line["at"], what, nearest(line["column"], known, "columns"))
    elif known and "code" in line:
        name = next(name for name in names if line["column"] in _columns(name, catalog))
        allowed = catalog.schema(name).field(line["column"]).enum
        if allowed and line["code"] not in (LEAVE_OUT, AS_IT_STANDS):
            yield from _one_of(line, "code", allowed, needed=True)


def _checked_column(line: Line, table: str, catalog: Catalog) -> Iterator[Wrong]:
    at = line["at"]
    if line["source"] and line["constant"]:
        yield Wrong(at, "a column of the file and a constant are both given", f"{_EITHER}, and leave the other blank")
    reading, _ = without_above(line["reading"])
    if reading not in READINGS:
        yield from _one_of(line, "reading", tuple(READINGS))
    if line["later"] and not re.fullmatch(r"-?\d{1,4}", line["later"]):
        yield Wrong(at, "the days to add are no whole number", "write a number such as 90")
    kind = catalog.schema(table).field(line["column"]).type if line["column"] in _columns(table, catalog) else ""
    if kind and reading in DAY_READINGS and kind != "date":
        yield Wrong(at, f"{line['column']} holds no day", f"leave '{HEADINGS['columns']['reading']}' blank")
    if kind and reading in SCALES and kind != "number":
        yield Wrong(at, f"{line['column']} holds no measured number", "read it as it stands")
    if kind and reading == MARGIN and line["column"] not in ("interval_low", "interval_high"):
        yield Wrong(at, f"{line['column']} is no end of an interval", "read so only interval_low and interval_high")
    if kind and line["later"] and kind != "date":
        yield Wrong(at, f"{line['column']} holds no day to add days to", "clear the number of days")


def _columns(table: str, catalog: Catalog) -> tuple[str, ...]:
    return catalog.schema(table).columns if table in catalog else ()


def incomplete(file: FileMap) -> Iterator[Wrong]:
    """Columns filled twice, or needed and not filled."""
    given = Counter(column.column for column in file.columns)
    for name, times in given.items():
        if times > 1:
            yield Wrong(f"sheet columns, file {file.name}", f"{name} is filled {times} times", "keep one line of them")
    for column in file.columns:
        if column.reading == MARGIN and "value" not in given:
            yield Wrong(column.at, "a margin of error needs the value that it is around", "add a line for value")
    made = {"source_key"} | ({"value_status"} if given.keys() & {"value", "numerator"} else set())
    for field in file.table.fields:
        if field.required and field.name not in given.keys() | made:
            cure = f"add a line for it: {field.description}"
            yield Wrong(f"sheet columns, file {file.name}", f"{file.table.name} needs {field.name}", cure)
