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
from alignkit.sources.mapping.draft import drafted


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
    assert draft.wide == [["a", "2024-25"], ["a", "2025-26"]]
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
    assert lines["value"] is None
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
