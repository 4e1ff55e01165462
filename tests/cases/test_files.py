"""Files as they come: widths, encodings, headers, merged and shifted cells, names of files, years, totals."""

from pathlib import Path
from typing import Any

import pytest

from tests.cases.project import (
    COUNTED,
    GROUP_CODES,
    GROUPED,
    PLACE_CODES,
    PLACED,
    Refused,
    excel,
    read,
    series,
    table,
)

NO = "refused"
WIDE = table("Year,District,Rate", "2022-23,West,41", "2023-24,West,43")


def is_(found: list[Any] | Refused, expected: Any) -> bool:
    """Whether it is read so; expected as a text: refused with this text."""
    if isinstance(expected, str):
        assert isinstance(found, Refused), f"read as {found}"
        return expected == NO or expected in found
    return found == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["2022-23,West,41", "2023-24,43"], "p.csv, row 3: fewer columns"),
        (["2022-23,West,41", "2023-24,West,,43"], "row 3 has more columns"),
        (["2022-23,West,41", ",2023-24,West,43"], "row 3 has more columns"),
        (["2022-23,West,41,,", "2023-24,West,43"], [41, 43]),
        (["2022-23,West,41", "Total,,42"], "p.csv, column Year, row 3"),
        (["2022-23,West,41", "", "2023-24,West,43", ""], [41, 43]),
        (["2022-23,West,41", '"2023-24,West,43'], "quote is never closed"),
        (["2022-23,West,41", "Source: the state"], NO),
    ],
)
def test_rows_of_another_width(tmp_path: Path, lines: list[str], expected: Any) -> None:
    assert is_(read(tmp_path, table("Year,District,Rate", *lines), columns=PLACED, codes=PLACE_CODES), expected)


def test_thousands_without_quotes_below_a_blank_name(tmp_path: Path) -> None:
    found = read(tmp_path, table("Year,Rate,", "2022-23,1,234", "2023-24,1,310"), unit="count")
    assert is_(found, "p.csv, row 2, row 3: a number stands to the right")


def test_a_row_of_excel_that_moved_to_the_right(tmp_path: Path) -> None:
    rows = [["Year", "Note", "Rate"], ["2021-22", "a", 40], ["2022-23", "b", 41], ["2023-24", None, 57, 43]]
    assert is_(read(tmp_path, excel(rows)), "p.xlsx, sheet Sheet, row 4: a number stands to the right")


@pytest.mark.parametrize(
    ("said", "stored", "expected"),
    [
        (None, "utf-8", [41]), (None, "utf-8-sig", [41]), (None, "cp1252", "not stored as UTF-8"),
        (None, "utf-16", "not stored as UTF-8"), (None, "utf-16-le", NO),
        ("Windows (Western Europe)", "cp1252", [41]), ("Windows (Western Europe)", "utf-8", "not stored as Windows"),
        ("Latin-1", "utf-8", "not stored as Latin-1"), ("Latin-1", "cp1252", "not stored as Latin-1"),
        ("UTF-16", "utf-16", [41]), ("UTF-16", "utf-8", NO),
    ],
)  # fmt: skip
def test_encodings(tmp_path: Path, said: str | None, stored: str, expected: Any) -> None:
    text = table("Year,District,Rate", "2022-23,Cañon – West,41")
    codes = [{"column": "place_id", "text": "Cañon – West", "code": "test"}]
    assert is_(read(tmp_path, text.encode(stored), columns=PLACED, codes=codes, encoding=said), expected)


@pytest.mark.parametrize(
    ("said", "expected"),
    [("comma", "separated by something else"), ("semicolon", [41, 43]), ("tab", "separated by something else")],
)
def test_separators(tmp_path: Path, said: str, expected: Any) -> None:
    assert is_(read(tmp_path, WIDE.replace(",", ";"), separator=said), expected)


@pytest.mark.parametrize("label", ["West\xa0", " West ", "west", "WEST", "West\u200b", "West*", "West¹", "Wes"])
def test_labels(tmp_path: Path, label: str) -> None:
    found = read(tmp_path, WIDE.replace("West", label), columns=PLACED, codes=PLACE_CODES)
    assert is_(found, [41, 43] if label.strip().lower() == "west" else "p.csv, column District")


@pytest.mark.parametrize("name", ["Rate\xa0", " Rate", "Rate  "])
def test_names_of_columns(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, WIDE.replace("Rate", name)) == [41, 43]


@pytest.mark.parametrize("hide", ["column", "width", "height", "filter", "group"])
def test_what_is_hidden(tmp_path: Path, hide: str) -> None:
    def then(sheet: Any, book: Any) -> None:
        if hide in ("column", "width"):
            sheet.column_dimensions["B"].hidden = hide == "column"
            sheet.column_dimensions["B"].width = 0.1 if hide == "width" else 10
        elif hide == "height":
            sheet.row_dimensions[3].height = 0.1
        elif hide == "filter":
            sheet.auto_filter.ref = "A1:B3"
            sheet.auto_filter.add_filter_column(0, ["2022-23"])
            sheet.row_dimensions[3].hidden = True
        else:
            sheet.row_dimensions.group(3, 3, hidden=True)

    rows = [["Year", "Rate"], ["2022-23", 41], ["2023-24", 43]]
    assert is_(read(tmp_path, excel(rows, then)), "hidden")


def test_one_number_across_two_years(tmp_path: Path) -> None:
    rows = [["District", "2022", "2023"], ["West", 41, None], ["East", 42, 43]]
    book = excel(rows, lambda sheet, book: sheet.merge_cells("B2:C2"))
    wide = [{"source": year, "heading": year} for year in ("2022", "2023")]
    columns = {**PLACED, "value": ("(value)", "")}
    found = read(tmp_path, book, period="year", when="(heading)", columns=columns, codes=PLACE_CODES,
                 sheets={"wide": wide})  # fmt: skip
    assert is_(found, "cells B2:C2: merged cells hold one number")


def test_a_label_on_a_row_that_is_left_out(tmp_path: Path) -> None:
    rows = [["District", "Year", "Rate"], ["West", "2022-23", 41], ["East", "2021-22", 50], [None, "2022-23", 43]]
    for merged in (False, True):

        def then(sheet: Any, book: Any, merged: bool = merged) -> None:
            sheet.row_dimensions[3].hidden = True
            if merged:
                sheet.merge_cells("A3:A4")

        columns = {"place_id": ("District", "as above where blank")}
        found = read(tmp_path / str(merged), excel(rows, then), columns=columns, codes=PLACE_CODES,
                     hidden="leave them out")  # fmt: skip
        assert found == [43, 41]  # East before West


def test_a_blank_under_a_new_label_is_not_filled(tmp_path: Path) -> None:
    lines = ["A,West,2022-23,41", ",,2023-24,43", "B,,2024-25,60", ",East,2022-23,50"]
    columns = {"place_id": ("District", "as above where blank"), "source_key": ("County", "as above where blank")}
    found = read(tmp_path, table("County,District,Year,Rate", *lines), columns=columns, codes=PLACE_CODES)
    assert is_(found, "p.csv, row 4")


def test_names_in_two_rows_with_merged_ones(tmp_path: Path) -> None:
    rows = [["District", "2022", None, "2023", None], [None, "N", "Pct", "N", "Pct"], ["West", 400, 41, 410, 43]]

    def then(sheet: Any, book: Any) -> None:
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("D1:E1")

    wide = [{"source": f"{year} Pct", "heading": year} for year in ("2022", "2023")]
    wide += [{"source": f"{year} N", "heading": year, "name": "n"} for year in ("2022", "2023")]
    columns = {**PLACED, "value": ("(value)", ""), "denominator": ("(n)", "")}
    found = read(tmp_path, excel(rows, then), period="year", when="(heading)", columns=columns, codes=PLACE_CODES,
                 sheets={"wide": wide}, header="1-2")  # fmt: skip
    assert found == [41, 43]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("p_9.csv", "p_10.csv"), 43), (("p 2024.csv", "p 2025.csv"), 43),
        (("p Q4 2024.csv", "p Q1 2025.csv"), 43), (("p 12-01-2024.csv", "p 01-15-2025.csv"), 43),
        (("p Dec 2024.csv", "p Jan 2025.csv"), 43), (("p_2024.csv", "p_final.csv"), NO),
        (("p 2024.csv", "p 2024 (1).csv"), NO), (("p 03-04-2025.csv", "p 04-03-2025.csv"), NO),
        (("p Fall 2025.csv", "p Winter 2025.csv"), NO), (("p Spring 2025.csv", "p Fall 2025.csv"), 43),
        (("p_old.csv", "p_new.csv"), NO), (("p 2024 v2.csv", "p 2025 v1.csv"), 43),
    ],
)  # fmt: skip
def test_the_last_of_two_files(tmp_path: Path, names: tuple[str, str], expected: Any) -> None:
    files = {names[0]: series("41"), names[1]: series("43")}
    found = read(tmp_path, files, take="the last by name")
    assert is_(found, NO) and "which of these is the last" in str(found) if expected == NO else found == [expected]


@pytest.mark.parametrize(
    ("period", "texts", "expected"),
    [
        ("school year", ("2022-23", "2023-24"), [41, 43]), ("school year", ("2022-2023", "SY2023-24"), [41, 43]),
        ("school year", ("AY 2022/23", "AY 2023/24"), [41, 43]), ("school year", ("2022-23", "2024"), NO),
        ("school year", ("22-23", "SY23-24"), [41, 43]), ("school year", ("2022-23", "2023-25"), NO),
        ("school year", ("2022-23*", "2023-24"), NO), ("school year", ("SY2023", "SY2024"), NO),
        ("school year by its last year", ("2023", "SY2024"), [41, 43]),
        ("school year by its last year", ("2023", "2023-24"), NO),
        ("fiscal year, July to June", ("FY23", "FY 2024"), [41, 43]),
        ("fiscal year, July to June", ("2022-23", "FY2024"), [41, 43]), ("year", ("FY2023", "FY2024"), NO),
        ("year", ("2023", "2023-24"), NO), ("year", ("2023", "2024p"), NO), ("year", ("2023", ""), NO),
        ("month", ("2023-07", "August 2023"), [41, 43]), ("month", ("2023-07", "2023-13"), NO),
        ("quarter", ("2023 Q1", "Q2 2023"), [41, 43]), ("quarter", ("2023 Q1", "2023 Q5"), NO),
        ("school year by its last year", ("SY23", "Class of 2024"), [41, 43]),
        ("fiscal year, July to June", ("SFY23", "FY23-24"), [41, 43]),
        ("fiscal year, July to June", ("FFY23", "FFY24"), NO), ("federal fiscal year", ("SFY23", "SFY24"), NO),
        ("federal fiscal year", ("FFY23", "FFY2023-24"), [41, 43]),
        ("year", ("2014-2018", "2019–2023"), [41, 43]), ("year", ("2022-2023", "2023-2024"), NO),
        ("year", ("2023", "20 23"), NO), ("year", ("2062", "2063"), "day: indicator_values"),
    ],
)  # fmt: skip
def test_years(tmp_path: Path, period: str, texts: tuple[str, str], expected: Any) -> None:
    assert is_(read(tmp_path, table("Year,Rate", f"{texts[0]},41", f"{texts[1]},43"), period=period), expected)


def test_counts_by_group_above_everyone(tmp_path: Path) -> None:
    text = table("Year,Group,Rate", "2023-24,All,100", "2023-24,Black,70", "2023-24,White,70")
    assert is_(read(tmp_path, text, unit="count", columns=GROUPED, codes=GROUP_CODES), "groups: read test")


def test_a_value_that_its_counts_contradict(tmp_path: Path) -> None:
    text = table("Year,Rate,Tested,Passed", "2023-24,41,400,240")
    assert is_(read(tmp_path, text, columns=COUNTED | {"value": ("Rate", "")}), "agrees with its counts")


SCHOOLS = [("A", 100, 41), ("B", 200, 90), ("C", 300, 120)]


@pytest.mark.parametrize(
    ("more", "expected"),
    [([], [(251, 600)]), ([("All schools", 600, 251)], "row 5: its counts are the sum of all other parts")],
)
def test_schools_and_a_row_of_their_total(tmp_path: Path, more: list[Any], expected: Any) -> None:
    lines = [f"2023-24,{name},{tested},{passed}" for name, tested, passed in SCHOOLS + more]
    found = read(tmp_path, table("Year,School,Tested,Passed", *lines), columns=COUNTED, parts="are parts, add them up")
    assert is_(found, expected)


def test_one_school_and_its_total(tmp_path: Path) -> None:
    lines = ["2023-24,A,100,41", "2023-24,Total,100,41"]
    found = read(tmp_path, table("Year,School,Tested,Passed", *lines), columns=COUNTED, parts="are parts, add them up")
    assert is_(found, "row 3: its counts are those of the other part")


def test_rates_next_to_counts_are_not_added_up(tmp_path: Path) -> None:
    text = table("Year,Rate,Tested,Passed", "2023-24,50,100,", "2023-24,,100,20")
    columns = COUNTED | {"value": ("Rate", "")}
    found = read(tmp_path, text, columns=columns, parts="are parts, add them up")
    assert is_(found, "p.csv, rows 2, 3: some of these parts have a rate, others only a count")


def test_the_school_that_is_its_own_total_is_named(tmp_path: Path) -> None:
    parts = [("2022-23", 100, 41), ("2022-23", 200, 90), ("2023-24", 50, 20), ("2023-24", 50, 20),
             ("2024-25", 60, 20), ("2024-25", 60, 20)]  # fmt: skip
    text = table("Year,Tested,Passed", *(f"{year},{tested},{passed}" for year, tested, passed in parts))
    found = read(tmp_path, text, columns=COUNTED, parts="are parts, add them up")
    assert is_(found, "row 5: its counts are those of the other part")


def test_two_schools_of_one_size_are_no_total(tmp_path: Path) -> None:
    text = table("Year,School,Rate,Tested", "2023-24,A,50,100", "2023-24,B,40,100")
    columns = {"value": ("Rate", ""), "denominator": ("Tested", "")}
    assert read(tmp_path, text, columns=columns, parts="are parts, add them up") == [45]


def test_two_schools_with_the_same_counts_are_both_counted(tmp_path: Path) -> None:
    schools = [("A", 100, 41), ("B", 100, 41), ("C", 300, 120), ("C", 300, 120)]
    text = table("Year,School,Tested,Passed", *(f"2023-24,{name},{n},{k}" for name, n, k in schools))
    found = read(tmp_path, text, columns=COUNTED, parts="are parts, add them up", twice="keep one")
    assert found == [(202, 500)]


def test_a_column_that_two_lines_read(tmp_path: Path) -> None:
    wide = [{"source": "2022*", "heading": "2022"}, {"source": "* N", "heading": "2022", "name": "n"}]
    columns = {**PLACED, "value": ("(value)", ""), "denominator": ("(n)", "")}
    found = read(tmp_path, table("District,2022 N", "West,410"), period="year", when="(heading)", columns=columns,
                 codes=PLACE_CODES, sheets={"wide": wide})  # fmt: skip
    assert is_(found, "two lines of sheet wide are about the column '2022 N'")


def test_a_unit_typed_with_a_capital_is_compared_too(tmp_path: Path) -> None:
    assert is_(read(tmp_path, series("$41", "$43"), unit="Percent"), "the cell says dollars")


def test_days_far_away_name_a_year_once(tmp_path: Path) -> None:
    found = read(tmp_path, table("Year,Rate", "2062,41", "2063,43"), period="year")
    assert "day: indicator_values period_start 2062\n" in str(found)
    assert "2062-" not in str(found)


def test_rows_that_are_exactly_alike(tmp_path: Path) -> None:
    text = table("Year,Rate", "2023-24,41", "2023-24,41")
    assert is_(read(tmp_path, text), "row 3: the same as in p.csv")
    assert read(tmp_path / "once", text, twice="keep one") == [41]


@pytest.mark.parametrize("unit", ["percent", "dollars"])
def test_another_unit_in_the_next_file(tmp_path: Path, unit: str) -> None:
    files = {"a.csv": series("41.2", "43"), "b.csv": series("0.44", "0.45", first=2022)}
    if unit == "dollars":
        files = {"a.csv": series("52000", "53000"), "b.csv": series("54", "55", first=2022)}
    assert is_(read(tmp_path, files, unit=unit), "jump: read test 2022-07-01")


def test_a_target_in_another_unit(tmp_path: Path) -> None:
    goals = {"target": 0.6, "target_year": 2030}
    assert is_(read(tmp_path, series("41.2", "43"), goals=goals), "target: read")


def test_what_a_person_accepts_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, series("44", "0", "43"), unit="count", accepted=["zero: read test 2021-07-01"])
    assert found == [44, 0, 43]


def test_lost_zeros_of_a_code(tmp_path: Path) -> None:
    codes = [{"column": "place_id", "text": "021", "code": "test"}]
    assert is_(read(tmp_path, WIDE.replace("West", "21"), columns=PLACED, codes=codes), "column District")
