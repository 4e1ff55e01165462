"""What can be told of a file before anybody has said anything about it."""

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from alignkit.cli import main
from alignkit.contract.schema import schema
from alignkit.errors import ContractError, SourceError
from alignkit.sources.mapping.blank import SEEN, write_mapping
from alignkit.sources.mapping.draft import Draft, drafted
from alignkit.sources.mapping.read import read_mapping
from tests.mapping_sheets import fill


def told(tmp_path: Path, path: Path) -> list[str]:
    """Its line in sheet files: path, sheet, row of names, encoding, separator."""
    (line,) = drafted(tmp_path / "data" / "mapping.xlsx", {path: schema("indicator_values")}).files
    return [line[at] for at in (1, 3, 4, 6, 7)]


def test_encoding_separator_and_the_row_of_names(tmp_path: Path) -> None:
    text = "Un título\n\nDistrito;Año;Número\n1;2015;3\n"
    (tmp_path / "a.csv").write_bytes(text.encode("latin-1"))
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(text.replace(";", ",").encode()))
    (tmp_path / "c.txt").write_bytes(text.replace(";", "\t").encode("utf-16"))
    assert told(tmp_path, tmp_path / "a.csv") == ["../a.csv", "", "3", "Windows (Western Europe)", "semicolon"]
    assert told(tmp_path, tmp_path / "b.csv.gz") == ["../b.csv.gz", "", "3", "", ""]
    assert told(tmp_path, tmp_path / "c.txt") == ["../c.txt", "", "3", "UTF-16", "tab"]


def test_a_letter_cut_in_two_by_the_end_of_the_sample_is_no_other_encoding(tmp_path: Path) -> None:
    for before in range(3):
        (tmp_path / "a.csv").write_text("n,v\n" + "x" * before + "é,1\n" * 20_000, encoding="utf-8")
        assert told(tmp_path, tmp_path / "a.csv")[3] == ""


def test_the_sheet_with_the_most_rows(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["About"])
    sheet = book.create_sheet("Data")
    for row in (["Title"], ["place_id", "value"], ["w", 1]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    assert told(tmp_path, tmp_path / "a.xlsx") == ["../a.xlsx", "Data", "2", "", ""]


def test_rows_of_marks_are_no_names_and_years_side_by_side_are_drafted(tmp_path: Path) -> None:
    text = (
        "Grade 3 reading;;;\n* = fewer than 10;;;\nSchool;Group;2024-25;2025-26\nWest;All;41,2%;43%\nWest;Asian;*;<10\n"
    )
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    draft = drafted(tmp_path / "m.xlsx", {path: schema("indicator_values")})
    assert [draft.files[0][at] for at in (4, 7, 8)] == ["3", "semicolon", "comma"]
    assert [line[:2] for line in draft.wide] == [["a", "2024-25"], ["a", "2025-26"]]
    lines = {line[1]: line[2:] for line in draft.columns}
    assert lines["period_end"] == ["(heading)", "", "school year, last day"]
    assert lines["value"] == ["(value)", "", ""]


def test_names_that_repeat_take_the_row_above_them(tmp_path: Path) -> None:
    book = Workbook()
    for row in (
        ["Report"],
        ["", "Class of 2025", "", "Class of 2026"],
        ["District", *["Cohort", "Rate"] * 2],
        ["W", 1],
    ):
        book.active.append(row)
    book.active.merge_cells("A1:E1")
    book.active["D2"], book.active["C2"] = "Class of 2026", None
    book.active.merge_cells("B2:C2")
    book.active.merge_cells("D2:E2")
    book.save(tmp_path / "a.xlsx")
    draft = drafted(tmp_path / "m.xlsx", {tmp_path / "a.xlsx": schema("indicator_values")})
    assert draft.files[0][4] == "2-3"
    assert "Class of 2026 Rate" in draft.seen["a"]


def test_the_command_writes_what_it_can_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text("Place ID,Pct\nw,1\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["new", "mapping", "in.csv"])
    assert (done.exit_code, "new   data/mapping.xlsx" in done.output) == (0, True)
    book = load_workbook(tmp_path / "data" / "mapping.xlsx")
    assert [cell.value for (cell,) in book[SEEN].iter_rows(min_row=2, min_col=2)] == ["Place ID", "Pct"]
    lines = {row[1]: row[2] for row in book["columns"].iter_rows(min_row=6, values_only=True)}
    assert lines["place_id"] == "Place ID"
    assert lines["value"] == "Pct"
    assert "place_id from Place ID" in done.output
    assert "left to fill: indicator_id, period_start" in done.output
    again = CliRunner().invoke(main, ["new", "mapping"])
    assert (again.exit_code, "there already" in again.output) == (2, True)


def test_a_file_that_is_the_table_already_keeps_its_status_and_bounds(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("value,value_status,low,Highs,source\n1,reported,,,x\n", encoding="utf-8")
    lines = drafted(tmp_path / "m.xlsx", {tmp_path / "a.csv": schema("indicator_values")}).columns
    named = {line[1]: line[2] for line in lines}
    assert (named["value_status"], named["low"]) == ("value_status", "low")
    assert not {"high", "source_key"} & set(named)


@pytest.mark.parametrize(
    ("texts", "reading"),
    [(("2015-16", "2016-17"), "school year"), (("2015", "", "2016"), "year"), (("Q1 2015",), "quarter")],
)
def test_a_column_of_periods_is_found_by_what_it_says(tmp_path: Path, texts: tuple[str, ...], reading: str) -> None:
    rows = "".join(f"{at + 3000},{text},1\n" for at, text in enumerate(texts))
    (tmp_path / "a.csv").write_text(f"Enrolled,When,Pct\n{rows}", encoding="utf-8")
    lines = drafted(tmp_path / "m.xlsx", {tmp_path / "a.csv": schema("indicator_values")}).columns
    told = {line[1]: line[2:] for line in lines}
    assert told["period_start"] == ["When", "", f"{reading}, first day"]
    assert told["period_end"] == ["When", "", f"{reading}, last day"]
    assert told["place_id"] == ["", "", ""]


def test_what_is_no_file_or_no_table(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        write_mapping(tmp_path / "m.xlsx", drafts={tmp_path / "none.csv": "places"})
    with pytest.raises(ContractError, match="did you mean 'places'"):
        write_mapping(tmp_path / "m.xlsx", drafts={tmp_path / "none.csv": "place"})


def proposed(tmp_path: Path, text: str, name: str = "a.csv") -> tuple[Draft, dict[str, tuple[str, str]]]:
    """The draft of one file, and its lines of sheet columns: column of the table → column of the file, reading."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    draft = drafted(tmp_path / "m.xlsx", {tmp_path / name: schema("indicator_values")})
    return draft, {line[1]: (line[2], line[4]) for line in draft.columns}


@pytest.mark.parametrize(
    ("header", "texts", "reading"),
    [
        ("Year", ("FY2021", "FY2022"), "school year by its last year, last day"),
        ("School Year", ("2022", "2023"), "school year by its last year, last day"),
        ("When", ("SY2022", "SY2023"), "school year by its last year, last day"),
        ("Year", ("2022", "2023"), ""),  # a file of districts: calendar years or school years?
    ],
)
def test_a_school_year_is_never_drafted_as_a_calendar_year(
    tmp_path: Path, header: str, texts: tuple[str, str], reading: str
) -> None:
    draft, lines = proposed(tmp_path, f"District,{header},Rate\nW,{texts[0]},41\nW,{texts[1]},42\n")
    assert lines["period_end"] == (header, reading)
    assert any(texts[0] in note for note in draft.notes["a"])


def test_columns_are_known_by_their_names_and_what_they_hold(tmp_path: Path) -> None:
    draft, lines = proposed(
        tmp_path,
        "SCH_YR,DISTRICT_NAME,Race/Ethnicity,Number Tested,Proficient,Pct Proficient\n"
        "2023-24,West,African American,120,50,0.417\n2023-24,East,Martian,80,*,*\n",
    )
    assert lines["indicator_id"] == ("", "")
    assert {name: source for name, (source, _) in lines.items() if source} == {
        "period_start": "SCH_YR", "period_end": "SCH_YR", "place_id": "DISTRICT_NAME",
        "subgroup_type": "Race/Ethnicity", "subgroup": "Race/Ethnicity", "numerator": "Proficient",
        "denominator": "Number Tested", "value": "Pct Proficient", "released_on": "(day the file came in)",
    }  # fmt: skip
    assert lines["value"][1] == "share from 0 to 1, as percent"
    assert [line[1:] for line in draft.codes] == [
        ["place_id", "West", ""], ["place_id", "East", ""],
        ["subgroup_type", "African American", "race_ethnicity"], ["subgroup_type", "Martian", ""],
        ["subgroup", "African American", "black"], ["subgroup", "Martian", ""],
    ]  # fmt: skip


def test_a_count_that_may_be_either_is_left_to_choose(tmp_path: Path) -> None:
    draft, lines = proposed(tmp_path, "District,School Year,Count,Rate\nW,2023-24,400,41.2\n")
    assert not {"numerator", "denominator"} & set(lines)
    assert any("'Count'" in note for note in draft.notes["a"])


def test_a_file_of_counts_alone_has_no_value(tmp_path: Path) -> None:
    _, lines = proposed(tmp_path, "County,Quarter,Births\nW,2025 Q1,41\nW,2025 Q2,38\n", "births_2025-07-31.csv")
    assert lines["numerator"] == ("Births", "")
    assert "value" not in lines
    assert lines["released_on"][0] == "(day in the file's name)"


def test_rows_of_numbers_next_to_rows_of_percents(tmp_path: Path) -> None:
    text = "Location,TimeFrame,DataFormat,Data\nW,2021,Number,300\nW,2021,Percent,0.31\nW,2022,Percent,0.29\n"
    draft, lines = proposed(tmp_path, text)
    assert draft.rows == [["a", "keep only", "DataFormat", "Percent"]]
    assert lines["value"] == ("Data", "share from 0 to 1, as percent")


def test_pairs_side_by_side_are_values_and_counts(tmp_path: Path) -> None:
    draft, lines = proposed(tmp_path, "District,Class of 2024,,Class of 2025,\nName,N,Rate,N,Rate\nW,90,0.81,95,0.83\n")
    assert draft.wide[:2] == [["a", "Class of 2024 N", "2024", "count"], ["a", "Class of 2024 Rate", "2024", ""]]
    assert lines["denominator"] == ("(count)", "")
    assert lines["period_end"] == ("(heading)", "school year by its last year, last day")


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.csv").write_text("Place ID,Pct\nw,1\n", encoding="utf-8")
    (tmp_path / "bad.xlsx").write_bytes(b"no workbook")
    done = CliRunner().invoke(main, ["new", "mapping", "bad.xlsx", "good.csv"])
    assert done.exit_code == 1
    assert "not begun: bad.xlsx: this is not an Excel workbook" in done.stderr
    assert "good: proposals" in done.stdout


def test_a_code_that_is_left_blank_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("place_id,name,kind\nWest,West,city\n", encoding="utf-8")
    path = tmp_path / "m.xlsx"
    write_mapping(path, drafts={tmp_path / "a.csv": "places"})
    fill(path, {"codes": [{"file": "a", "column": "place_id", "text": "West"}]})
    with pytest.raises(SourceError, match=r"'West' \(1 row\) is in no line of sheet codes"):
        read_mapping(path)
