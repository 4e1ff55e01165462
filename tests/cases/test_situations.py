"""Situations met in agencies' files in which a number, a row or a text was once misread without a word.

Each is read right, or refused with the place in the file.
"""

import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import PatternFill

from tests.cases.project import (
    COUNTED,
    GROUP_CODES,
    GROUPED,
    PLACE_CODES,
    PLACED,
    Refused,
    excel,
    figures,
    read,
    series,
    table,
)

RAISED = InlineFont(vertAlign="superscript")


def says(found: object, *parts: str) -> bool:
    """Whether it is refused with all of these words."""
    assert isinstance(found, Refused), f"read as {found}"
    return all(part in found for part in parts)


def footnoted(text: str, mark: str) -> CellRichText:
    return CellRichText(text, TextBlock(RAISED, mark))


def test_an_accounting_percent(tmp_path: Path) -> None:
    cells = [(share, "0.0%_);(0.0%)") for share in (0.412, 0.43, 0.448, 0.452, 0.46)]
    assert read(tmp_path, figures(*cells)) == [41.2, 43, 44.8, 45.2, 46]


PIVOT = table("District,Year,Rate", "West,2022-23,41.2", ",2023-24,43", "State,2022-23,50", ",2023-24,51")


def test_a_pivot_table_with_the_district_in_its_first_row_only(tmp_path: Path) -> None:
    columns = {"place_id": ("District", "as above where blank")}
    assert read(tmp_path, PIVOT, columns=columns, codes=PLACE_CODES) == [50, 51, 41.2, 43]


def test_the_same_pivot_table_without_that_reading(tmp_path: Path) -> None:
    found = read(tmp_path, PIVOT, columns=PLACED, codes=[*PLACE_CODES, {"column": "place_id", "text": "(blank)"}])
    assert says(found, "place_id", "p.csv, rows 3, 5", "blank")


def test_two_downloads_of_one_file(tmp_path: Path) -> None:
    found = read(tmp_path, {"p_2026.csv": series("41"), "p_2026 (1).csv": series("42")})
    assert says(found, "p_2026.csv, row 2", "p_2026 (1).csv, row 2")


def test_school_years_of_which_excel_made_days(tmp_path: Path) -> None:
    rows = [["Year", "Rate"], ["2010-11", 40], [(datetime.datetime(2011, 12, 1), "mmm-yy"), 41]]
    assert says(read(tmp_path, excel(rows)), "p.xlsx, sheet Sheet, column Year, row 3", "format the column as Text")


@pytest.mark.parametrize(("decimal", "expected"), [("comma", [1234, 1310, 1402]), ("", "row 2"), ("point", "decimals")])
def test_german_thousands(tmp_path: Path, decimal: str, expected: Any) -> None:
    cells = series("1.234", "1.310", "1.402", separator=";")
    found = read(tmp_path, cells, unit="count", separator="semicolon", decimal=decimal)
    assert found == expected if isinstance(expected, list) else says(found, "p.csv", expected)


def test_a_grade_that_is_called_otherwise_in_one_file(tmp_path: Path) -> None:
    files = {"p_2024.csv": table("Year,Grade,Rate", "2023-24,3,40", "2023-24,4,50"),
             "p_2025.csv": table("Year,Grade,Rate", "2024-25,03,41", "2024-25,04,51")}  # fmt: skip
    rule = {"keep": "keep only", "source": "Grade", "text": "3"}
    assert says(read(tmp_path, files, sheets={"rows": [rule]}), "p_2025.csv", "no row says '3'")
    wider = [{**rule, "text": "3 | 03"}]
    assert read(tmp_path, files, sheets={"rows": wider}) == [40, 41]


@pytest.mark.parametrize(("black", "white", "fits"), [(30, 40, True), (80, 70, False)])
def test_groups_that_hold_more_than_everyone(tmp_path: Path, black: int, white: int, fits: bool) -> None:
    text = table("Year,Group,Tested,Passed", "2024-25,All,100,47", "2024-25,Hispanic,20,10",
                 f"2024-25,Black,{black},12", f"2024-25,White,{white},20")  # fmt: skip
    found = read(tmp_path, text, columns={**GROUPED, **COUNTED}, codes=GROUP_CODES)
    expected = [(47, 100), (12, 30), (10, 20), (20, 40)]
    assert found == expected if fits else says(found, "groups: read test race_ethnicity", "100 persons")


def hide(sheet: Any, book: Any) -> None:
    sheet.row_dimensions[4].hidden = True


@pytest.mark.parametrize(
    ("answer", "expected"), [("", None), ("read them", [41, 42, 99]), ("leave them out", [41, 42])]
)
def test_a_hidden_row(tmp_path: Path, answer: str, expected: list[float] | None) -> None:
    rows = [["Year", "Rate"], ["2022-23", 41], ["2023-24", 42], ["2024-25", 99]]
    found = read(tmp_path, excel(rows, hide), hidden=answer)
    assert found == expected if expected else says(found, "p.xlsx, sheet Sheet", "row 4 is hidden")


def test_blank_rows_with_a_format_below_the_table(tmp_path: Path) -> None:
    def format_(sheet: Any, book: Any) -> None:
        for row in range(3, 3000):
            sheet.cell(row, 2).fill = PatternFill("solid", "FFFFFF")

    assert read(tmp_path, excel([["Year", "Rate"], ["2024-25", 47]], format_)) == [47]


def test_labels_merged_down(tmp_path: Path) -> None:
    rows = [["Year", "Group", "Rate"], ["2024-25", "All", 47], [None, "Hispanic", 36], [None, "Black", 40]]
    book = excel(rows, lambda sheet, book: sheet.merge_cells("A2:A4"))
    assert read(tmp_path, book, columns=GROUPED, codes=GROUP_CODES) == [47, 40, 36]


def test_a_number_merged_down(tmp_path: Path) -> None:
    rows = [["Year", "Rate"], ["2023-24", 47], ["2024-25", None]]
    found = read(tmp_path, excel(rows, lambda sheet, book: sheet.merge_cells("B2:B3")))
    assert says(found, "cells B2:B3", "one number for several rows")


def test_a_negative_number_in_brackets(tmp_path: Path) -> None:
    assert read(tmp_path, series('"(1,250)"', "300"), unit="dollars") == [-1250, 300]


@pytest.mark.parametrize("name", ["p.ods", "p.xls", "p.xlsb", "p.numbers", "p.pdf"])
def test_files_of_other_programs(tmp_path: Path, name: str) -> None:
    assert says(read(tmp_path, {name: b"PK\3\4 whatever"}), name)


def test_a_year_that_was_revised_in_the_next_file(tmp_path: Path) -> None:
    files = {"p_2025-01-31.csv": series("43", "44", first=2022), "p_2026-01-31.csv": series("45.5", "47", first=2023)}
    columns = {"released_on": ("(day in the file's name)", "")}
    assert read(tmp_path, files, columns=columns) == [43, 44, 45.5, 47]


def test_school_years_next_to_calendar_years(tmp_path: Path) -> None:
    files = {"a.csv": series("41", "42", first=2021), "b.csv": table("Year,Rate", "2023,43", "2024,44")}

    def two(lines: dict[str, list[Any]]) -> None:
        lines["files"][0]["path"] = "incoming/a.csv"
        lines["files"].append({"file": "g", "path": "incoming/b.csv", "table": "indicator_values"})
        lines["columns"] += [{**line, "file": "g", **({"reading": line["reading"].replace("school ", "")}
                             if line.get("reading") else {})} for line in lines["columns"]]  # fmt: skip

    assert says(read(tmp_path, files, rewrite=two), "overlap: read test", "b.csv, row 2")


def test_a_code_of_the_census_for_no_estimate(tmp_path: Path) -> None:
    found = read(tmp_path, series("52000", "-666666666", "54000"), unit="dollars")
    assert found == [52000, "missing", 54000]


def test_a_code_for_not_applicable_in_counts(tmp_path: Path) -> None:
    assert says(
        read(tmp_path, series("-9", "14", "-9"), unit="count"), "negative: read test 2020-07-01", "p.csv, row 2"
    )


def test_shares_without_a_reading(tmp_path: Path) -> None:
    text = table("Year,Rate,Tested", "2022-23,0.412,400", "2023-24,0.430,400", "2024-25,0.448,400")
    assert says(read(tmp_path, text, columns={"denominator": ("Tested", "")}), "shares: read", "p.csv, row 2")


def test_a_state_row_for_each_district(tmp_path: Path) -> None:
    text = table("Year,Rate", "2023-24,41", "2023-24,50")
    assert says(read(tmp_path, text), "p.csv, row 3: the same as in p.csv, row 2")


def test_raised_footnotes(tmp_path: Path) -> None:
    assert read(tmp_path, figures(8.1, footnoted("8.5", "2"), footnoted("9", "1"), 9)) == [8.1, 8.5, 9, 9]


@pytest.mark.parametrize(
    ("decimal", "expected"), [("comma", [7.125, 6.875, 6.512]), ("", "row 2"), ("point", "beyond")]
)
def test_rates_with_three_decimals_after_a_comma(tmp_path: Path, decimal: str, expected: Any) -> None:
    cells = series("7,125", "6,875", "6,512", separator=";")
    found = read(tmp_path, cells, unit="rate_per_1000", separator="semicolon", decimal=decimal)
    assert found == expected if isinstance(expected, list) else says(found, "p.csv", expected)


def test_thousands_without_quotes(tmp_path: Path) -> None:
    text = table("Year,Rate,Other,More", "2022-23,1,234,1,310,1,402")
    assert says(read(tmp_path, text, unit="count"), "p.csv", "row 2 has more columns than there are names (7, not 4)")


def test_a_hidden_value_written_as_zero(tmp_path: Path) -> None:
    text = table("Year,Rate,Tested", "2023-24,44,400", "2024-25,0,410")
    found = read(tmp_path, text, columns={"denominator": ("Tested", "")})
    assert says(found, "zero: read test 2024-07-01", "p.csv, row 3")
