"""A file whose layout has changed is told before anything is made, and accepted by editing the mapping only."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from alignkit.errors import SourceError
from alignkit.sources.mapping.read import read_mapping
from tests.mapping_sheets import change, constants, fill

HEADER = "District,Pct,Note"


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    """A mapping that has worked once."""
    write(tmp_path, f"{HEADER}\n021,45.5,x\n")
    files = [{"file": "f", "path": "in.csv", "table": "indicator_values", "header": 1}]
    columns = [
        *constants("f", place_id=None),
        {"file": "f", "column": "place_id", "source": "District"},
        {"file": "f", "column": "value", "source": "Pct"},
    ]
    path = fill(tmp_path / "mapping.xlsx", {"files": files, "columns": columns})
    read_mapping(path)
    return path


def write(folder: Path, text: str) -> None:
    (folder / "in.csv").write_text(text, encoding="utf-8")


def refused(mapping: Path) -> str:
    kept = mapping.with_suffix(".layout.json").read_bytes()
    with pytest.raises(SourceError) as caught:
        read_mapping(mapping)
    assert caught.value.exit_code == 2
    assert mapping.with_suffix(".layout.json").read_bytes() == kept  # what was remembered stays
    return str(caught.value)


def test_what_was_seen_is_remembered_without_a_value(mapping: Path) -> None:
    noted = json.loads(mapping.with_suffix(".layout.json").read_text(encoding="utf-8"))
    assert noted["files"]["f"]["columns"] == ["District", "Pct", "Note"]
    assert noted["files"]["f"]["path"] == "in.csv"
    before = mapping.with_suffix(".layout.json").stat().st_mtime_ns
    write(mapping.parent, f"{HEADER}\n021,45.5,x\n022,50,y\n")
    assert len(read_mapping(mapping)["indicator_values"]) == 2
    assert mapping.with_suffix(".layout.json").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("text", "says", "cure"),
    [
        ("District,Percent,Note\n", "the column 'Pct' is gone", "if it is now called 'Percent'"),
        ("District,Note\n", "the column 'Pct' is gone", "correct sheet columns, row"),
        (f"{HEADER},Grade\n", "there is a new column 'Grade'", "write today's date into 'Layout looked at on'"),
        ("District,Pct\n", "the column 'Note', which is not used, is gone", "look at the file"),
        ("District,Pct,Notes\n", "'Note', which is not used, is gone (renamed to 'Notes'?)", "look at the file"),
        (f"A state\n\n{HEADER}\n", "the column names stand in row 3, not 1", "write 3 into 'The row with its column"),
        (HEADER.replace(",", ";"), "the columns are separated by something else", "choose semicolon in sheet files"),
    ],
)
def test_every_difference_has_its_cure(mapping: Path, text: str, says: str, cure: str) -> None:
    write(mapping.parent, text)
    message = refused(mapping)
    assert says in message
    assert cure in message


def test_all_differences_of_all_files_at_once(mapping: Path) -> None:
    (mapping.parent / "b.csv").write_text("District,Pct\n1,2\n", encoding="utf-8")
    fill(mapping, {"files": [{"file": "b", "path": "b.csv", "table": "indicator_values"}],
                   "columns": [*constants("b"), {"file": "b", "column": "value", "source": "Pct"}]})  # fmt: skip
    read_mapping(mapping)
    write(mapping.parent, "District,Note,Grade\n")
    (mapping.parent / "b.csv").unlink()
    message = refused(mapping)
    assert "3 things are wrong" in message
    for said in ("the column 'Pct' is gone", "new column 'Grade'", "there is no file b.csv"):
        assert said in message


def test_a_new_layout_is_accepted_by_the_line_of_its_file_alone(mapping: Path) -> None:
    write(mapping.parent, f"{HEADER},Grade\n021,45.5,x,3\n")
    assert "new column" in refused(mapping)
    more = [*constants("b", place_id="b"), {"file": "b", "column": "value", "source": "Pct"}]
    fill(mapping, {"files": [{"file": "b", "path": "in.csv", "table": "indicator_values"}], "columns": more})
    assert "new column" in refused(mapping)  # a line about another file accepts nothing
    change(mapping, "files", "file", "f", "f")
    assert "new column" in refused(mapping)  # saving again neither
    fill(mapping, {"marks": [{"text": "hidden", "status": "missing"}]})
    assert "new column" in refused(mapping)  # nor a line about all files
    change(mapping, "files", "header", 1, None)  # what somebody changed in f's line, somebody has looked at
    assert len(read_mapping(mapping)["indicator_values"]) == 2
    assert len(read_mapping(mapping)["indicator_values"]) == 2


def test_a_new_year_side_by_side_is_expected(tmp_path: Path) -> None:
    write(tmp_path, "District,2015,2016\n021,1,2\n")
    columns = [
        *constants("f", period_start=None, period_end=None),
        {"file": "f", "column": "period_start", "source": "(heading)", "reading": "year, first day"},
        {"file": "f", "column": "period_end", "source": "(heading)", "reading": "year, last day"},
        {"file": "f", "column": "value", "source": "(value)"},
    ]
    files = [{"file": "f", "path": "in.csv", "table": "indicator_values"}]
    path = fill(tmp_path / "m.xlsx", {"files": files, "columns": columns, "wide": [{"file": "f", "source": "20*"}]})
    assert len(read_mapping(path)["indicator_values"]) == 2
    write(tmp_path, "District,2015,2016,2017\n021,1,2,3\n")
    assert len(read_mapping(path)["indicator_values"]) == 3
    write(tmp_path, "District,SY15\n021,1\n")
    assert "no column is like '20*'" in refused(path)


def test_a_sheet_that_is_gone_is_told_with_the_nearest(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Grade 3 (2)"
    book.active.append(["Pct"])
    book.save(tmp_path / "in.xlsx")
    files = [{"file": "f", "path": "in.xlsx", "sheet": "Grade 3", "table": "indicator_values"}]
    columns = [*constants("f"), {"file": "f", "column": "value", "source": "Pct"}]
    with pytest.raises(SourceError, match=r"there is no sheet 'Grade 3'(.|\n)*did you mean 'Grade 3 \(2\)'"):
        read_mapping(fill(tmp_path / "m.xlsx", {"files": files, "columns": columns}))


def test_a_row_of_data_taken_for_names_is_not_listed(mapping: Path) -> None:
    write(mapping.parent, ",".join(f"Quill {n}" for n in range(40)) + "\n")
    assert "Quill" not in refused(mapping)


def test_a_memory_that_cannot_be_read_is_told(mapping: Path) -> None:
    mapping.with_suffix(".layout.json").write_text("{", encoding="utf-8")
    assert "the memory of file layouts cannot be read" in refused(mapping)
