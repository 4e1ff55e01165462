"""Parts that are added up, and zeros of groups: situations that a stranger tried."""

from pathlib import Path

from tests.cases.project import COUNTED, GROUP_CODES, GROUPED, PLACE_CODES, PLACED, Refused, read, table

PARTS = {"columns": {**PLACED, **COUNTED}, "codes": PLACE_CODES, "parts": "are parts, add them up"}
HEAD = "District,School,Year,Tested,Passed"


def test_a_district_with_one_school_beside_one_with_two(tmp_path: Path) -> None:
    file = table(HEAD, "West,A,2021-22,100,40", "West,B,2021-22,60,30", "East,C,2021-22,90,30")
    assert read(tmp_path, file, **PARTS) == [(30, 90), (70, 160)]


def test_a_school_listed_twice_is_asked_about_and_not_added_twice(tmp_path: Path) -> None:
    file = table(HEAD, "West,A,2021-22,100,40", "West,B,2021-22,60,30", "West,B,2021-22,60,30")
    found = read(tmp_path / "asked", file, **PARTS)
    assert isinstance(found, Refused)
    assert "row 3, row 4: they are exactly alike" in found
    assert read(tmp_path / "told", file, **PARTS, twice="keep one") == [(70, 160)]


def test_two_schools_of_the_same_size_are_two(tmp_path: Path) -> None:
    file = table(HEAD, "West,A,2021-22,100,40", "West,B,2021-22,60,30", "West,C,2021-22,60,30")
    assert read(tmp_path, file, **PARTS) == [(100, 220)]


def test_a_counted_group_that_is_always_0_is_asked_about(tmp_path: Path) -> None:
    rows = [f"{year},{group},{rate},{tested}" for year in ("2021-22", "2022-23")
            for group, rate, tested in (("All", 41, 400), ("Black", 0, 57))]  # fmt: skip
    columns = {**GROUPED, "denominator": ("Tested", "")}
    found = read(tmp_path, table("Year,Group,Rate,Tested", *rows), columns=columns, codes=GROUP_CODES)
    assert isinstance(found, Refused)
    assert "zero: read test black 2021-07-01" in found


def test_a_rate_of_nobody_is_asked_about_even_where_it_is_0(tmp_path: Path) -> None:
    file = table("Year,Tested,Rate", "2021-22,400,44", "2022-23,0,0")
    found = read(tmp_path, file, columns={"denominator": ("Tested", "")})
    assert isinstance(found, Refused)
    assert "0 of 0 persons" in found
