"""A workbook to fill: what it offers, and what it refuses to hold. Read back with openpyxl, as Excel would."""

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from alignkit.contract.schema import TABLES, schema
from alignkit.errors import ContractError, SourceError
from alignkit.sources.blank_workbook import GUIDE, write_workbook
from alignkit.sources.persons import PERSON_LEVEL
from tests.factory import frame


def offered(sheet: Worksheet, column: str) -> str:
    """The rule of a column's cells, row 2 to the last."""
    letter = next(cell.column_letter for cell in sheet[1] if cell.value == column)
    rules = [rule for rule in sheet.data_validations.dataValidation if f"{letter}2" in rule.cells]
    return f"{rules[0].type} {rules[0].formula1}" if rules else ""


def test_a_sheet_for_each_table_of_the_step_in_the_contracts_order(tmp_path: Path) -> None:
    write_workbook(tmp_path / "new" / "tables.xlsx")
    book = load_workbook(tmp_path / "new" / "tables.xlsx")
    step_1 = [name for name in TABLES if schema(name).step == 1]
    assert book.sheetnames == [GUIDE, *step_1, "_lists"]
    for name in step_1:
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == list(schema(name).columns)
        assert sheet.freeze_panes == "B2"
        for cell, field in zip(sheet[1], schema(name).fields, strict=True):
            assert field.description in cell.comment.text
            assert (cell.font.b, "*" in cell.number_format) == (field.required, field.required)


def test_lists_from_the_contract_and_from_other_sheets(tmp_path: Path) -> None:
    write_workbook(tmp_path / "tables.xlsx")
    book = load_workbook(tmp_path / "tables.xlsx")
    sectors = offered(book["partners"], "sector").removeprefix("list ")
    sheet, cells = sectors.split("!")
    listed = [cell.value for (cell,) in book[sheet][cells.replace("$", "")]]
    assert listed == list(schema("partners").field("sector").enum)
    assert offered(book["partners"], "is_backbone") == 'list "true,false"'
    assert "outcomes!$A$2" in offered(book["indicators"], "outcome_id").replace("'", "")
    assert "subgroups!$B$2" in offered(book["indicator_values"], "subgroup").replace("'", "")
    assert offered(book["indicator_values"], "numerator").startswith("whole 0")
    assert offered(book["indicators"], "valid_from").startswith("date")


def test_a_reference_to_a_sheet_that_is_not_there_offers_nothing(tmp_path: Path) -> None:
    write_workbook(tmp_path / "tables.xlsx", steps=(), tables=["practices"])
    assert offered(load_workbook(tmp_path / "tables.xlsx")["practices"], "outcome_id") == ""


def test_codes_are_text_columns_and_days_day_columns(tmp_path: Path) -> None:
    write_workbook(tmp_path / "tables.xlsx")
    columns = load_workbook(tmp_path / "tables.xlsx")["places"].column_dimensions
    assert columns["A"].number_format == "@"
    west = frame("places", place_id="021", name="=West")
    write_workbook(tmp_path / "filled.xlsx", steps=(), filled={"places": west})
    cells = load_workbook(tmp_path / "filled.xlsx")["places"][2]
    assert [(cell.value, cell.data_type) for cell in cells[:2]] == [("021", "s"), ("=West", "s")]


def test_person_level_tables_are_left_out_or_refused(tmp_path: Path) -> None:
    write_workbook(tmp_path / "all.xlsx", steps=range(1, 10))
    assert set(load_workbook(tmp_path / "all.xlsx").sheetnames[1:-1]) == set(TABLES) - set(PERSON_LEVEL)
    with pytest.raises(SourceError, match=r"students: the rows are about persons(.|\n)*source\.private"):
        write_workbook(tmp_path / "one.xlsx", tables=["students"])
    with pytest.raises(SourceError, match="no table of these steps"):
        write_workbook(tmp_path / "one.xlsx", steps=(9,))
    assert not (tmp_path / "one.xlsx").exists()


def test_nothing_is_written_over_and_no_cell_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "tables.xlsx"
    outcomes = pd.DataFrame({"outcome_id": ["reading"], "valid_from": ["next year"]})
    with pytest.raises(ContractError, match="not a day"):
        write_workbook(path, filled={"outcomes": outcomes})
    write_workbook(path, filled={"places": frame("places", 1)})
    with pytest.raises(SourceError, match="there already"):
        write_workbook(path)
