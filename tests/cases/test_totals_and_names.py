"""Totals among parts, places under new names, names of two columns, zeros and codes, rows that no one sees."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from tests.cases.project import COUNTED, GROUP_CODES, GROUPED, PLACE_CODES, PLACED, Refused, excel, read, series, table


def is_(found: list[Any] | Refused, expected: Any) -> bool:
    """Whether it is read so; expected as a text: refused with this text."""
    if isinstance(expected, str):
        assert isinstance(found, Refused), f"read as {found}"
        return expected in found
    return found == expected


NEXT_TO = "its counts are the sum of the parts next to it"
TOTALS: list[tuple[list[str], Any]] = [
    (["A,100,41", "B,200,90", "Elementary,300,131", "C,300,120", "D,50,21", "Secondary,350,141"], NEXT_TO),
    (["Elementary,300,131", "A,100,41", "B,200,90", "C,300,120", "D,50,21"], NEXT_TO),
    (["A,100,41", "B,200,90", "C,300,120", "District total,610,255"], "row 5: it says that it is a total"),
    (["A,100,41", "B,200,90", "All Schools,700,290"], "row 4: it says that it is a total"),
    (["A,100,41", "B,200,90", "Statewide,700,290"], "row 4: it says that it is a total"),
    (["A,100,41", "B,200,90", "C,300,120", "D,50,21"], [(272, 650)]),
    (["Totality Academy,100,41", "State Street School,200,90", "C,300,120"], [(251, 600)]),
]


@pytest.mark.parametrize(("schools", "expected"), TOTALS)
def test_totals_among_schools(tmp_path: Path, schools: list[str], expected: Any) -> None:
    text = table("Year,School,Tested,Passed", *(f"2023-24,{school}" for school in schools))
    assert is_(read(tmp_path, text, columns=COUNTED, parts="are parts, add them up"), expected)


OTHERS_OUT = [{"column": "place_id", "text": "West", "code": "test"},
              {"column": "place_id", "text": "(any other)", "code": "(leave out)"}]  # fmt: skip
PLACES: list[tuple[list[str], Any]] = [
    (["2022-23,West,41", "2023-24,West USD,43"], "'west usd' is left out in periods that have no 'west'"),
    (["2022-23,West,41", "2022-23,West Allis,50", "2023-24,West,43", "2023-24,West Allis,51"], [41, 43]),
    (["2022-23,West,41", "2023-24,North,50"], [41]),
    (["2022-23,North,50"], "no row says any of the texts that have a code: west"),
]


@pytest.mark.parametrize(("lines", "expected"), PLACES)
def test_a_district_that_is_called_otherwise(tmp_path: Path, lines: list[str], expected: Any) -> None:
    found = read(tmp_path, table("Year,District,Rate", *lines), columns=PLACED, codes=OTHERS_OUT)
    assert is_(found, expected if isinstance(expected, list) else f"p.csv, column District: {expected}")


def test_a_district_that_is_called_otherwise_in_the_next_file(tmp_path: Path) -> None:
    files = {"p_2024.csv": table("Year,District,Rate", "2022-23,West,41", "2022-23,North,50"),
             "p_2025.csv": table("Year,District,Rate", "2023-24,Consolidated 5,43", "2023-24,North,51")}  # fmt: skip
    assert is_(read(tmp_path, files, columns=PLACED, codes=OTHERS_OUT), "p_2025.csv, column District: no row says")


def test_a_second_column_of_the_same_name_in_the_next_file(tmp_path: Path) -> None:
    files = {"a.csv": series("41"), "b.csv": table("Year,Rate,Rate", "2021-22,50,43")}
    assert is_(read(tmp_path, files), "b.csv: two columns are named 'Rate', in other files one")


ZEROS: list[tuple[str, list[str], Any]] = [
    ("", ["0,400", "44,410"], "zero: read test 2020"), ("", ["44,400", "0,410", "43,400"], "zero: read test 2021"),
    ("", ["44,400", "100,410"], "hundred: read test 2021"), ("", ["97,400", "100,410"], "hundred: read test 2021"),
    ("", ["97,300", "100,200"], [97, 100]), ("", ["2,300", "0,400", "1,300"], [2, 0, 1]),
    ("100 minus", ["56,", "0,"], "hundred"), ("", ["88,", "100,"], [88, 100]),
    ("", ["0,", "44,"], "zero: read test 2020"),
]  # fmt: skip


@pytest.mark.parametrize(("reading", "cells", "expected"), ZEROS)
def test_ends_of_a_percent_for_what_is_hidden(tmp_path: Path, reading: str, cells: list[str], expected: Any) -> None:
    lines = [f"{2020 + at}-{21 + at},{cell}" for at, cell in enumerate(cells)]
    columns = {"value": ("Rate", reading), "denominator": ("Tested", "")}
    assert is_(read(tmp_path, table("Year,Rate,Tested", *lines), columns=columns), expected)


def test_a_district_that_is_always_zero(tmp_path: Path) -> None:
    lines = [f"{year},{district}" for year in ("2022-23", "2023-24") for district in ("West,0", "East,44", "State,45")]
    found = read(tmp_path, table("Year,District,Rate", *lines), columns=PLACED, codes=PLACE_CODES)
    assert is_(found, "zero: read test 2022-07-01")


CODES: list[tuple[str, list[str], Any]] = [
    ("percent", ["41.2", "99", "43.1"], "99 may be a code"), ("percent", ["41.2", "99", "98.1"], [41.2, 99, 98.1]),
    ("count", ["412", "8888", "420"], "8,888 may be a code"), ("score", ["41", "777", "42"], "777 may be a code"),
    ("count", ["412", "777", "820"], [412, 777, 820]), ("dollars", ["52000", "-888888888"], [52000, "missing"]),
    ("dollars", ["52000", '"-666,666,666"'], [52000, "missing"]),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "cells", "expected"), CODES)
def test_codes_of_one_digit(tmp_path: Path, unit: str, cells: list[str], expected: Any) -> None:
    assert is_(read(tmp_path, series(*cells), unit=unit), expected)


@pytest.mark.parametrize(("everyone", "expected"), [(60, "mixture: read test race_ethnicity"), (43, [43, 40, 45])])
def test_everyone_between_all_groups(tmp_path: Path, everyone: int, expected: Any) -> None:
    lines = [f"2023-24,{one}" for one in (f"All,{everyone},1000", "Black,40,400", "White,45,600")]
    columns = GROUPED | {"denominator": ("Tested", "")}
    assert is_(read(tmp_path, table("Year,Group,Rate,Tested", *lines), columns=columns, codes=GROUP_CODES), expected)


def test_a_place_a_hundred_times_above_the_others(tmp_path: Path) -> None:
    text = table("Year,District,Rate", "2023-24,West,5.2", "2023-24,East,530", "2023-24,State,5.1")
    found = read(tmp_path, text, unit="rate_per_1000", columns=PLACED, codes=PLACE_CODES)
    assert is_(found, "level: read east 2023-07-01")


LOOKS: list[tuple[str, Font, PatternFill, Any]] = [
    ("struck out", Font(strike=True), PatternFill(), "cell B3: the number is struck out"),
    ("white on a white fill", Font(color="FFFFFFFF"), PatternFill("solid", "FFFFFFFF"), "cell B3: the number is white"),
    ("gray on gray", Font(color="FFD9D9D9"), PatternFill("solid", "FFD9D9D9"), "cell B3: the number is white"),
    ("black on black", Font(), PatternFill("solid", "FF000000"), "cell B3: the number is white on white, or has"),
    ("gray on white", Font(color="FFD9D9D9"), PatternFill(), [41, 43]),
    ("bold on yellow", Font(bold=True), PatternFill("solid", "FFFFFF00"), [41, 43]),
]  # fmt: skip


@pytest.mark.parametrize("cell", [43, "43"])
@pytest.mark.parametrize(("font", "fill", "expected"), [case[1:] for case in LOOKS], ids=[case[0] for case in LOOKS])
def test_how_a_number_looks(tmp_path: Path, cell: Any, font: Font, fill: PatternFill, expected: Any) -> None:
    def look(sheet: Any, book: Any) -> None:
        sheet["B3"].font, sheet["B3"].fill = font, fill

    assert is_(read(tmp_path, excel([["Year", "Rate"], ["2022-23", 41], ["2023-24", cell]], look)), expected)


def test_letters_that_are_struck_out(tmp_path: Path) -> None:
    cell = CellRichText(TextBlock(InlineFont(strike=True), "41"), "43")
    assert read(tmp_path, excel([["Year", "Rate"], ["2022-23", cell]]), unit="count") == [43]


def test_a_label_in_a_hidden_row_counts_for_the_rows_below(tmp_path: Path) -> None:
    rows = [["District", "Year", "Rate"], ["West", "2022-23", 41], [None, "2023-24", 42], ["East", "2022-23", 50],
            [None, "2024-25", 51]]  # fmt: skip
    book = excel(rows, lambda sheet, book: sheet.row_dimensions.__getitem__(4).__setattr__("hidden", True))
    columns = {"place_id": ("District", "as above where blank")}
    assert read(tmp_path, book, columns=columns, codes=PLACE_CODES, hidden="leave them out") == [51, 41, 42]
