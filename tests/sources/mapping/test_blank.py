"""A mapping sheet to fill: it offers what there is to choose, and a draft says what it could tell from a file."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from alignkit.errors import SourceError
from alignkit.sources.blank_workbook import write_workbook
from alignkit.sources.mapping.blank import SEEN, add_to_mapping, write_mapping
from alignkit.sources.mapping.lines import EXAMPLE, HEADINGS
from alignkit.sources.mapping.read import read_mapping
from alignkit.sources.mapping.readings import READINGS
from alignkit.sources.persons import PERSON_LEVEL
from tests.mapping_sheets import fill


def offered(path: Path, sheet: str, key: str) -> list[str] | str:
    """What the drop-down of one column lists; the formula where that is the rows of another sheet."""
    book = load_workbook(path)
    letter = "ABCDEFGHIJ"[list(HEADINGS[sheet]).index(key)]
    (rule,) = [rule for rule in book[sheet].data_validations.dataValidation if f"{letter}2" in rule.cells]
    name, _, cells = rule.formula1.replace("$", "").partition("!")
    return [cell.value for (cell,) in book[name][cells]] if name in book.sheetnames else rule.formula1


def test_headings_examples_and_choices(tmp_path: Path) -> None:
    path = tmp_path / "mapping.xlsx"
    write_mapping(path)
    book = load_workbook(path)
    assert book.sheetnames == ["_read me", *HEADINGS, "_lists"]
    for name, headings in HEADINGS.items():
        assert [cell.value for cell in book[name][1]] == list(headings.values())
        assert str(book[name]["A2"].value).startswith(EXAMPLE)
    assert set(offered(path, "files", "table")).isdisjoint(PERSON_LEVEL)
    assert "denominator" in offered(path, "columns", "column")
    assert offered(path, "columns", "reading") == list(READINGS)
    assert "files" in offered(path, "columns", "file")


def test_every_example_would_be_read_if_it_were_none(tmp_path: Path) -> None:
    path = tmp_path / "mapping.xlsx"
    write_mapping(path)
    book = load_workbook(path)
    for name in HEADINGS:
        for (cell,) in book[name].iter_rows(min_row=2, max_col=1):
            cell.value = str(cell.value).removeprefix(EXAMPLE).strip()
    book.save(path)
    with pytest.raises(SourceError) as caught:
        read_mapping(path)
    assert "is not one of the choices" not in str(caught.value)
    assert "indicator_values needs subgroup" in str(caught.value)  # an example is not the whole


def test_a_draft_takes_the_nearest_names_and_leaves_the_rest(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("Place ID,NAME,What\nw,West,city\n", encoding="utf-8")
    path = tmp_path / "mapping.xlsx"
    write_mapping(path, drafts={tmp_path / "places.csv": "places"})
    with pytest.raises(SourceError, match="places: nothing fills kind"):
        read_mapping(path)  # kind is left to choose
    book = load_workbook(path)
    lines = [[cell.value for cell in row[:3]] for row in book["columns"].iter_rows(min_row=6)]
    assert lines == [["places", "place_id", "Place ID"], ["places", "name", "NAME"], ["places", "kind", None]]
    book["columns"]["C8"] = "What"
    book.save(path)
    assert read_mapping(path)["places"].to_numpy().tolist() == [["w", "West", "city"]]


def test_nothing_is_written_over_and_no_person_drafted(tmp_path: Path) -> None:
    path = fill(tmp_path / "mapping.xlsx", {})
    with pytest.raises(SourceError, match="there already"):
        write_mapping(path)
    with pytest.raises(SourceError, match="the rows are about persons"):
        write_mapping(tmp_path / "other.xlsx", drafts={tmp_path / "x.csv": "clients"})


def test_lines_for_a_file_that_came_later_go_below_what_is_there(tmp_path: Path) -> None:
    path = fill(tmp_path / "mapping.xlsx", {"columns": [{"file": "mine", "column": "value", "source": "Pct"}]})
    (tmp_path / "places.csv").write_text("place_id,name,kind\nw,West,city\n", encoding="utf-8")
    add_to_mapping(path, {tmp_path / "places.csv": "places"})
    book = load_workbook(path)
    lines = [[cell.value for cell in row[:3]] for row in book["columns"].iter_rows(min_row=6)]
    assert lines[0] == ["mine", "value", "Pct"]
    assert lines[1:] == [["places", name, name] for name in ("place_id", "name", "kind")]
    assert [cell.value for cell in book[SEEN]["B"]] == ["Its columns", "place_id", "name", "kind"]
    assert offered(path, "columns", "reading") == list(READINGS)
    with pytest.raises(SourceError, match="lines for a file called 'places' already"):
        add_to_mapping(path, {tmp_path / "places.csv": "places"})


def test_only_to_a_mapping_sheet_is_added(tmp_path: Path) -> None:
    write_workbook(tmp_path / "tables.xlsx")
    (tmp_path / "damaged.xlsx").write_text("no workbook", encoding="utf-8")
    for name, said in (("tables", "no mapping sheet"), ("damaged", "cannot be opened")):
        with pytest.raises(SourceError, match=said):
            add_to_mapping(tmp_path / f"{name}.xlsx", {tmp_path / "x.csv": "places"})


def test_a_sheet_that_is_open_in_excel_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fill(tmp_path / "mapping.xlsx", {})
    (tmp_path / "places.csv").write_text("place_id\nw\n", encoding="utf-8")

    def locked(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Workbook, "save", locked)
    with pytest.raises(SourceError, match="close it in Excel"):
        add_to_mapping(path, {tmp_path / "places.csv": "places"})
