"""Units that a file says in words: in names of columns, in a title, in a column of units, in number formats."""

from pathlib import Path
from typing import Any

import pytest

from tests.cases.project import COUNTED, GROUP_CODES, GROUPED, Refused, figures, read, series, table


def of(name: str, *cells: str) -> str:
    return table(f'Year,"{name}"', *(f"{2020 + at}-{21 + at},{cell}" for at, cell in enumerate(cells)))


NAMES: list[tuple[str, str, str, Any]] = [
    ("Rate per 100,000", "rate_per_1000", "", "it says per 100,000"),
    ("Rate per 100,000", "rate_per_1000", "per 100,000, as per 1,000", [0.52, 0.53]),
    ("Rate per 100,000", "rate_per_1000", "per 10,000, as per 1,000", "it says per 100,000"),
    ("Rate per 10000", "rate_per_1000", "per 10,000, as per 1,000", [5.2, 5.3]),
    ("Rate per 1,000", "rate_per_1000", "", [52, 53]),
    ("Rate per 1,000", "percent", "", "it says per 1,000"),
    ("Rate per 100", "percent", "", [52, 53]),
    ("Percent", "rate_per_1000", "", "the cell says percent"),
    ("Percent low weight", "rate_per_1000", "per 100, as per 1,000", [520, 530]),
    ("Percent", "count", "", "the cell says percent"),
    ("Below 200 percent of poverty", "count", "", [52, 53]),
    ("Income (in thousands)", "dollars", "", "it says thousands"),
    ("Income (in thousands)", "dollars", "thousands", [52000, 53000]),
    ("Income (in thousands)", "dollars", "as it stands", [52, 53]),
    ("Revenue ($000s)", "dollars", "", "it says thousands"),
    ("Revenue in millions", "dollars", "thousands", "it says millions"),
    ("Thousand Oaks", "count", "", [52, 53]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "unit", "reading", "expected"), NAMES)
def test_what_a_name_says_of_its_unit(tmp_path: Path, name: str, unit: str, reading: str, expected: Any) -> None:
    found = read(tmp_path, of(name, "52", "53"), unit=unit, columns={"value": (name, reading)})
    if isinstance(expected, str):
        assert isinstance(found, Refused), f"read as {found}"
        assert expected in found
        assert f"p.csv, column {name}" in found
    else:
        assert found == expected


def test_a_title_that_says_thousands(tmp_path: Path) -> None:
    text = table("Numbers in thousands,", "Year,Rate", "2022,1234", "2023,1310")
    found = read(tmp_path, text, unit="count", period="year", header=2)
    assert isinstance(found, Refused)
    assert "above the names of the columns" in found
    columns = {"value": ("Rate", "thousands")}
    assert read(tmp_path / "again", text, unit="count", period="year", header=2, columns=columns) == [1234000, 1310000]


@pytest.mark.parametrize(
    ("unit", "formats", "expected"),
    [
        ("percent", ("Percent", "Percent"), [52, 57]), ("percent", ("Number", "Number"), "row 2"),
        ("percent", ("Percent", "Number"), "row 3"), ("count", ("Number", "Number"), [52, 57]),
        ("rate_per_1000", ("Rate per 1,000", "Rate per 1,000"), [52, 57]),
        ("rate_per_1000", ("Rate per 100,000", "Rate per 100,000"), "row 2"),
        ("dollars", ("Currency", "Currency"), [52, 57]), ("count", ("Currency", "Currency"), "row 2"),
    ],
)  # fmt: skip
def test_a_column_of_units(tmp_path: Path, unit: str, formats: tuple[str, str], expected: Any) -> None:
    text = table("Location,TimeFrame,DataFormat,Data", f'West,2022,"{formats[0]}",52', f'West,2023,"{formats[1]}",57')
    found = read(tmp_path, text, unit=unit, period="year", when="TimeFrame", columns={"value": ("Data", "")})
    if isinstance(expected, str):
        assert isinstance(found, Refused), f"read as {found}"
        assert f"p.csv, {expected}: " in found
    else:
        assert found == expected


def test_persons_in_thousands(tmp_path: Path) -> None:
    text = table("Year,Rate,Population (thousands)", "2021-22,41,412", "2022-23,42,420")
    found = read(tmp_path, text, columns={"denominator": ("Population (thousands)", "")})
    assert isinstance(found, Refused)
    assert "column Population (thousands)" in found


@pytest.mark.parametrize("unit", ["dollars", "count", "score"])
def test_numbers_that_excel_shows_in_thousands(tmp_path: Path, unit: str) -> None:
    cells = figures((52_000, "#,##0,"), (53_000, "#,##0,"))
    found = read(tmp_path, cells, unit=unit)
    assert isinstance(found, Refused)
    assert "p.xlsx, sheet Sheet, column Rate, row 2" in found
    assert read(tmp_path / "again", cells, unit=unit, columns={"value": ("Rate", "thousands")}) == [52000, 53000]


@pytest.mark.parametrize(
    ("names", "confidence", "said"),
    [
        (("SE", "SE"), "0.9", "standard error"), (("95% CI Low", "95% CI High"), "0.9", "says 95 percent"),
        (("95% CI Low", "95% CI High"), "0.95", ""), (("Lower", "Upper"), "0.9", ""),
    ],
)  # fmt: skip
def test_intervals_by_their_names(tmp_path: Path, names: tuple[str, str], confidence: str, said: str) -> None:
    text = table("Year,Rate,SE,95% CI Low,95% CI High,Lower,Upper", "2023-24,41,1.2,38,44,38,44")
    reading = "margin of error" if names[0] == "SE" else ""
    columns = {"interval_low": (names[0], reading), "interval_high": (names[1], reading),
               "confidence": ("=", confidence)}  # fmt: skip
    found = read(tmp_path, text, columns=columns)
    assert said in str(found) if said else found == [41]
    assert not said or f"p.csv, column {names[0]}" in str(found)


SHARES: list[tuple[list[str], Any]] = [
    (["41.2", "43", "0.30"], "jump: read test 2022"), (["41.2", "43", "0.95"], "jump"), (["0.25", "43"], "jump"),
    (["12", "8", "1.2"], [12, 8, 1.2]), (["0.9", "1.2", "1.4"], [0.9, 1.2, 1.4]),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "expected"), SHARES)
def test_shares_among_percents(tmp_path: Path, cells: list[str], expected: Any) -> None:
    found = read(tmp_path, series(*cells))
    assert expected in str(found) if isinstance(expected, str) else found == expected


@pytest.mark.parametrize(
    ("unit", "first", "last", "asked"),
    [
        ("percent", "41.2", "0.43", True), ("rate_per_1000", "5.2", "530", True), ("count", "5", "530", False),
        ("percent", "12", "1.5", False),
    ],
)  # fmt: skip
def test_another_unit_in_a_group_without_everyone(
    tmp_path: Path, unit: str, first: str, last: str, asked: bool
) -> None:
    text = table("Year,Group,Rate", f"2022-23,Black,{first}", f"2023-24,Black,{last}")
    found = read(tmp_path, text, unit=unit, columns=GROUPED, codes=GROUP_CODES)
    assert "jump: read test black 2023" in str(found) if asked else found == [float(first), float(last)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["2023-24,520,5000,26"], "counts: read test"), (["2023-24,5.2,5000,26"], [5.2]),
        (["2023-24,0.0052,,", "2024-25,0.0054,,"], "shares: read"), (["2023-24,41,0,"], "no one: read test"),
        (["2022-23,5,400,", "2023-24,6,41,"], "persons: read test"), (["2022-23,5,400,", "2023-24,6,300,"], [5, 6]),
    ],
)  # fmt: skip
def test_rates_and_their_counts(tmp_path: Path, lines: list[str], expected: Any) -> None:
    columns = COUNTED | {"value": ("Rate", "")}
    found = read(tmp_path, table("Year,Rate,Tested,Passed", *lines), unit="rate_per_1000", columns=columns)
    if isinstance(expected, str):
        assert expected in str(found)
        assert "p.csv, row" in str(found)
    else:
        assert [one if isinstance(one, float) else 1000 * one[0] / one[1] for one in found] == expected
