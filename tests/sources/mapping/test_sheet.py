"""What is wrong with a mapping sheet by itself is told all at once, by sheet and row."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from alignkit.contract.catalog import CONTRACT
from alignkit.contract.schema import TABLES, schema
from alignkit.errors import SourceError
from alignkit.sources.mapping.blank import write_mapping
from alignkit.sources.mapping.chosen import chosen
from alignkit.sources.mapping.sheet import read_sheet
from tests.mapping_sheets import Lines, constants, fill

FILE = {"file": "f", "path": "in.csv", "table": "indicator_values"}
VALUE = {"file": "f", "column": "value", "source": "Pct"}


def refused(tmp_path: Path, lines: Lines) -> str:
    with pytest.raises(SourceError) as caught:
        read_sheet(fill(tmp_path / "mapping.xlsx", lines))
    return str(caught.value)


def test_lines_are_gathered_by_file_and_examples_are_not_read(tmp_path: Path) -> None:
    lines = {
        "files": [FILE, {**FILE, "file": "g", "header": "4-5", "encoding": "Latin-1"}],
        "columns": [*constants("f"), VALUE, *constants("g"), {**VALUE, "file": "g"}],
        "marks": [{"text": "x", "status": "missing"}, {"file": "g", "text": "y", "status": "missing"}],
    }
    first, second = read_sheet(fill(tmp_path / "mapping.xlsx", lines))
    assert (first.name, first.header, first.encoding, first.marks) == ("f", (1, 1), "utf-8-sig", {"x": "missing"})
    assert (second.header, second.encoding, set(second.marks)) == ((4, 5), "latin-1", {"x", "y"})
    assert first.used == {"Pct": f"sheet columns, row {lines['columns'].index(VALUE) + 6}"}


@pytest.mark.parametrize(
    ("sheet", "line", "says"),
    [
        ("files", {"path": "a.csv", "table": "places"}, "'A short name you give the file' is blank"),
        ("files", FILE, "the name f is given twice"),
        ("files", {**FILE, "file": "g", "table": "indicator_value"}, "did you mean 'indicator_values'?"),
        ("files", {**FILE, "file": "g", "header": "four"}, "write 4, or 4-5"),
        ("files", {**FILE, "file": "g", "separator": ";"}, "';' is not one of the choices"),
        ("columns", {**VALUE, "file": "ff"}, "no line of sheet files is named 'ff'"),
        ("columns", {"column": "value", "source": "Pct"}, "it is not said for which file"),
        ("columns", {**VALUE, "column": "values"}, "there is no column 'values' in indicator_values"),
        ("columns", {**VALUE, "column": "low", "constant": "1"}, "a column of the file and a constant are both given"),
        ("columns", {**VALUE, "column": "low", "reading": "school year"}, "'school year' is not one of the choices"),
        ("columns", {**VALUE, "column": "low", "reading": "year, first day"}, "low holds no day"),
        ("columns", {**VALUE, "column": "high", "later": 3}, "high holds no day to add days to"),
        ("columns", {**VALUE, "column": "denominator", "reading": "thousands"}, "denominator holds no measured number"),
        ("codes", {"column": "value_status", "text": "y", "code": "reportd"}, "did you mean 'reported'?"),
        ("marks", {"text": "*", "status": "hidden"}, "'hidden' is not one of the choices"),
        ("rows", {"file": "f", "keep": "keep", "source": "g", "text": "x"}, "did you mean 'keep only'?"),
        ("wide", {"file": "f", "heading": "2015"}, "no column is named"),
    ],
)
def test_a_line_that_cannot_be_meant(tmp_path: Path, sheet: str, line: dict[str, object], says: str) -> None:
    lines: dict[str, list[dict[str, object]]] = {"files": [dict(FILE)], "columns": [*constants("f"), dict(VALUE)]}
    lines[sheet] = [*lines.get(sheet, []), line]
    message = refused(tmp_path, lines)
    assert says in message
    assert f"sheet {sheet}, row" in message


CODES = [(table, field.name, field.enum) for table in TABLES for field in schema(table).fields if field.enum]
CODES = [one for one in CODES if not schema(one[0]).person_level]


@pytest.mark.parametrize(("table", "name", "enum"), CODES, ids=[f"{table}.{name}" for table, name, _ in CODES])
def test_a_code_may_be_written_with_upper_case(table: str, name: str, enum: tuple[str, ...]) -> None:
    """As `Kept` for `kept`, in each column that has codes."""
    lines = {"files": [{"file": "f", "table": table}], "columns": [], "marks": [], "rows": [], "wide": []}
    codes = [{"file": "f", "column": name, "text": code, "code": f" {code.upper()}"} for code in enum]
    assert [line["code"] for line in chosen({**lines, "codes": codes}, CONTRACT)["codes"]] == list(enum)


def test_choices_may_be_written_with_upper_case(tmp_path: Path) -> None:
    file = {**FILE, "separator": "Semicolon", "encoding": "latin-1", "decimal": "COMMA"}
    code = {"file": "f", "column": "value_status", "text": "y", "code": "Reported"}
    lines = {"files": [file], "columns": [*constants("f", value_status=None), VALUE], "codes": [code]}
    (read,) = read_sheet(fill(tmp_path / "m.xlsx", lines))
    assert (read.separator, read.encoding, read.decimal) == (";", "latin-1", "comma")
    assert read.codes == {"value_status": {"y": "reported"}}


def test_columns_needed_and_columns_filled_twice(tmp_path: Path) -> None:
    message = refused(tmp_path, {"files": [FILE], "columns": [*constants("f", place_id=None), VALUE, VALUE]})
    assert "sheet columns, file f: value is filled 2 times" in message
    assert "indicator_values needs place_id" in message
    assert "source_key" not in message  # filled by itself
    assert "value_status" not in message


def test_person_level_tables_are_refused(tmp_path: Path) -> None:
    message = refused(tmp_path, {"files": [{**FILE, "table": "students"}]})
    assert "students: the rows are about persons" in message
    assert "source.private" in message


def test_a_sheet_or_a_heading_that_is_gone(tmp_path: Path) -> None:
    path = fill(tmp_path / "mapping.xlsx", {"files": [FILE]})
    book = load_workbook(path)
    del book["columns"]
    book["files"]["F1"] = "Table"
    book.create_sheet("colums").append(["x"])
    book.save(path)
    with pytest.raises(SourceError) as caught:
        read_sheet(path)
    for said in (
        "sheet columns: the sheet is not there",
        "the heading 'The table it fills' is gone",
        "did you mean 'columns'?",
    ):
        assert said in str(caught.value)


def test_a_blank_mapping_says_what_to_fill(tmp_path: Path) -> None:
    write_mapping(tmp_path / "mapping.xlsx")
    with pytest.raises(SourceError, match="sheet files: no file is named"):
        read_sheet(tmp_path / "mapping.xlsx")
