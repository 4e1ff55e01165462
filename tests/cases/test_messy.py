"""Files as American agencies send them: each value is right, or the file is refused with the fix."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from alignkit.params import load_community
from alignkit.snapshot import snapshot_of
from alignkit.sources.mapping.readings import day
from tests.cases.project import Refused, excel, read, table

ABSENT = "Students Absent 10%+ of Days"
SCHOOLS = table(f"Year,{ABSENT},Enrolled,Rate", "2022-23,61,412,14.8%", "2023-24,52,405,12.8%")
COUNTS = {"denominator": ("Enrolled", "")}


def test_a_number_of_students_is_not_a_percent(tmp_path: Path) -> None:
    found = read(tmp_path, SCHOOLS, columns={"value": (ABSENT, ""), **COUNTS})
    assert isinstance(found, Refused)
    assert f"p.csv, column {ABSENT}" in found
    assert "map it as numerator" in found


def test_a_number_of_students_as_numerator(tmp_path: Path) -> None:
    found = read(tmp_path, SCHOOLS, columns={"value": None, "numerator": (ABSENT, ""), **COUNTS})
    assert found == [(61, 412), (52, 405)]


@pytest.mark.parametrize(
    ("name", "reading", "read_"),
    [
        ("Students proficient", "", False), ("Students proficient", "percent from 0 to 100", True),
        ("Students proficient (%)", "", True), ("Number of births", "", False), ("# Ready", "", False),
        ("Low weight births", "", False), ("Proficient", "", True),
    ],
)  # fmt: skip
def test_whole_numbers_under_names_of_people(tmp_path: Path, name: str, reading: str, read_: bool) -> None:
    found = read(tmp_path, table(f"Year,{name}", "2022-23,61", "2023-24,52"), columns={"value": (name, reading)})
    assert found == [61, 52] if read_ else isinstance(found, Refused)


def test_numbers_of_people_as_a_count(tmp_path: Path) -> None:
    text = table("Year,Number of births", "2023,61", "2024,52")
    assert read(tmp_path, text, unit="count", period="year", columns={"value": ("Number of births", "")}) == [61, 52]


def test_days_among_school_years_are_listed_once(tmp_path: Path) -> None:
    rows = [["Year", "Rate"], ["2010-11", 40], [(datetime.datetime(2011, 12, 1), "mmm-yy"), 41]]
    found = read(tmp_path, excel(rows))
    assert isinstance(found, Refused)
    assert found.count("row 3") == 1


def test_a_year_that_is_not_understood_is_listed_once_with_all_its_lines(tmp_path: Path) -> None:
    found = read(tmp_path, table("Year,Rate", "2022-23,41", "Fall 2023,42"))
    assert isinstance(found, Refused)
    assert found.count("row 3") == 1
    assert "sheet columns, rows " in found


def test_a_cell_of_columns_side_by_side_is_named_with_its_year(tmp_path: Path) -> None:
    text = table("Place,2022,2023", "test,41,8.8 †")
    found = read(tmp_path, text, period="year", when="(heading)", columns={"value": ("(value)", "")},
                 sheets={"wide": [{"source": "2022"}, {"source": "2023"}]})  # fmt: skip
    assert isinstance(found, Refused)
    assert "row 2 (2023)" in found


DAYS: list[tuple[str, Any]] = [("3/7/26", "2026-03-07"), ("12/5/2026", "2026-12-05"), ("3-7-26", "2026-03-07")]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_days_with_two_digits_for_the_year(text: str, expected: str) -> None:
    assert day(text, "month/day/year", 0) == expected


MARGINS = {"interval_low": ("MOE", "margin of error"), "interval_high": ("MOE", "margin of error"),
           "confidence": ("=", "0.9")}  # fmt: skip


def intervals(folder: Path, rates: str, **told: Any) -> list[tuple[float, float]] | Refused:
    """The intervals that are read, by period."""
    found = read(folder, rates, columns={**MARGINS, **told.pop("columns", {})}, **told)
    if isinstance(found, Refused):
        return found
    values = snapshot_of(load_community(folder, "test"), folder).table("indicator_values")
    return list(
        values.sort_values("period_start")[["interval_low", "interval_high"]].itertuples(index=False, name=None)
    )


@pytest.mark.parametrize(
    ("cells", "reading", "expected"),
    [
        (("8.2,±0.9", "8.4,1.1"), "", [(7.3, 9.1), (7.3, 9.5)]),
        (("8.2%,+/-0.9%", "8.4 %,± 1.1"), "", [(7.3, 9.1), (7.3, 9.5)]),
        (("0.082,±0.009", "0.084,0.011"), "share from 0 to 1, as percent", [(7.3, 9.1), (7.3, 9.5)]),
        (("91.8,±0.9", "91.6,1.1"), "100 minus", [(7.3, 9.1), (7.3, 9.5)]),
    ],
)
def test_margins_of_error_become_intervals(tmp_path: Path, cells: Any, reading: str, expected: Any) -> None:
    text = table("Year,Rate,MOE", f"2022-23,{cells[0]}", f"2023-24,{cells[1]}")
    assert intervals(tmp_path, text, columns={"value": ("Rate", reading)}) == expected


def test_no_margin_where_there_is_no_estimate(tmp_path: Path) -> None:
    text = table("Year,Rate,MOE", "2022-23,-666666666,-222222222", "2023-24,8.4,**", "2024-25,8.5,1.0")
    found = intervals(tmp_path, text)
    assert str(found) == "[(nan, nan), (nan, nan), (7.5, 9.5)]"


@pytest.mark.parametrize("margin", ["-0.9", "7.3-9.1", "low"])
def test_what_is_no_margin_is_refused(tmp_path: Path, margin: str) -> None:
    found = intervals(tmp_path, table("Year,Rate,MOE", f"2022-23,8.2,{margin}"))
    assert isinstance(found, Refused)
    assert "p.csv, column MOE, row 2" in found


def test_a_margin_needs_its_value(tmp_path: Path) -> None:
    text = table("Year,Rate,MOE,N,D", "2022-23,8.2,0.9,8,100")
    found = intervals(tmp_path, text, columns={"value": None, "numerator": ("N", ""), "denominator": ("D", "")})
    assert isinstance(found, Refused)
    assert "needs the value" in found


FOOTNOTES: list[tuple[list[str], list[str], Any]] = [
    (["8.8 †", "9.1"], ["†"], [8.8, 9.1]), (["8.8%†", "9.1%"], ["†"], [8.8, 9.1]), (["8.8*", "*"], ["*"], None),
    (["8.8 a", "9.1 b"], ["a", "b"], [8.8, 9.1]), (["8.8(r)", "9.1"], ["(r)"], [8.8, 9.1]),
    (["8.81", "9.1"], ["1"], [8.81, 9.1]), (["8.8 †", "†"], ["†"], None), (["8.8 c", "9.1"], ["a"], None),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "signs", "expected"), FOOTNOTES)
def test_a_footnote_sign_after_a_number(tmp_path: Path, cells: list[str], signs: list[str], expected: Any) -> None:
    marks = [{"text": sign, "status": "(as it stands)"} for sign in signs]
    found = read(tmp_path, table("Year,Rate", f"2022-23,{cells[0]}", f"2023-24,{cells[1]}"), sheets={"marks": marks})
    if expected is None and cells[1] in "*†":
        expected = [8.8, {"*": "suppressed_at_source", "†": "missing"}[cells[1]]]
    assert found == expected if expected else isinstance(found, Refused)


def test_the_second_of_two_columns_where_the_first_is_blank(tmp_path: Path) -> None:
    text = table("Year,Final,Preliminary", "2022-23,41,40", "2023-24,,42", "2024-25,43,")
    assert read(tmp_path, text, columns={"value": ("Final or if blank: Preliminary", "")}) == [41, 42, 43]


def test_the_second_of_two_columns_is_gone(tmp_path: Path) -> None:
    text = table("Year,Final", "2022-23,41")
    found = read(tmp_path, text, columns={"value": ("Final or if blank: Preliminary", "")})
    assert isinstance(found, Refused)
    assert "'Preliminary'" in found


def test_counts_of_schools_are_closer_than_their_rounded_rates(tmp_path: Path) -> None:
    text = table("Year,Absent,Enrolled,Rate", "2023-24,61,412,15", "2023-24,54,388,14", "2023-24,121,611,20")
    columns = {"value": ("Rate", ""), "numerator": ("Absent", ""), "denominator": ("Enrolled", "")}
    assert read(tmp_path, text, columns=columns, parts="are parts, add them up") == [(236, 1411)]


def test_a_hidden_school_hides_the_district_and_leaves_no_number(tmp_path: Path) -> None:
    text = table("Year,Enrolled,Rate", "2023-24,412,15", "2023-24,8,*", "2023-24,611,20")
    columns = {"value": ("Rate", ""), "denominator": ("Enrolled", "")}
    assert read(tmp_path, text, columns=columns, parts="are parts, add them up") == ["suppressed_at_source"]


def test_margins_of_schools_do_not_add_up_to_the_district(tmp_path: Path) -> None:
    text = table("Year,Enrolled,Rate,MOE", "2023-24,400,15,2", "2023-24,100,20,3", "2023-24,600,16,2")
    columns = {"denominator": ("Enrolled", "")}
    assert str(intervals(tmp_path, text, columns=columns, parts="are parts, add them up")) == "[(nan, nan)]"


def test_a_school_without_an_enrollment_leaves_the_district_without_one(tmp_path: Path) -> None:
    text = table("Year,Absent,Enrolled", "2023-24,10,100", "2023-24,20,", "2023-24,35,300")
    columns = {"value": None, "numerator": ("Absent", ""), "denominator": ("Enrolled", "")}
    found = read(tmp_path, text, columns=columns, parts="are parts, add them up")
    assert isinstance(found, Refused), f"read as {found}"
    assert "denominator" in found
