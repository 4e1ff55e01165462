"""The tables that the pages ask an evaluator to fill have every required column (scripts/write_columns.py)."""

import pytest

from alignkit.contract.schema import TABLES
from scripts import write_columns
from scripts.write_columns import PAGES, SHEET, completed

ADVICE = "write it again: python scripts/write_columns.py"


def cell(table: str, column: str) -> str:
    return f"{column} of {table}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_pages_leave_no_required_column_out(path):
    text = path.read_text(encoding="utf-8")
    assert completed(text, cell) == text, ADVICE


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_new_column_comes_into_every_table_and_for_every_file(widened, path):
    widened("string", required=True)
    text = path.read_text(encoding="utf-8")
    new = completed(text, cell)
    sheets = {found[2]: found[3].splitlines() for found in SHEET.finditer(new)}
    for name in {*sheets} & {*TABLES}:
        assert sheets[name][0].endswith(" added |")
        assert all(line.endswith(f" added of {name} |") for line in sheets[name][2:])
    lines = [line for line in sheets["columns"] if "added" in line]
    assert len(lines) == len(sheets["files"][2:])
    assert all("| added |  | added of indicator_values |" in line for line in lines)
    assert len(text.splitlines()) + len(lines) == len(new.splitlines())


def test_a_cell_is_the_demos():
    assert write_columns.of_demo("partners", "is_backbone") == "true"
    assert write_columns.of_demo("indicators", "valid_from") == "2024-06-13"
    assert write_columns.of_demo("indicators", "usual_lag_days") == "202"
