"""Incoming files: CSV and Excel as they come, or told why not."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from alignkit.contract.schema import schema
from alignkit.errors import SourceError
from alignkit.sources.mapping.incoming import matching, read_incoming
from alignkit.sources.mapping.lines import FileMap


def line(**given: Any) -> FileMap:
    told: dict[str, Any] = {
        "at": "sheet files, row 3", "name": "f", "path": "in.csv", "last": False, "sheet": "", "header": (1, 1),
        "table": schema("places"), "encoding": "utf-8-sig", "separator": ",", "decimal": "", "columns": (),
        "codes": {}, "wide": (), "marks": {}, "rows": (), "digest": "",
    }  # fmt: skip
    return FileMap(**told | given)


def test_names_without_a_name_and_names_twice(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Code,,Pct,Pct,Of,\n all\n1,,2,3,4,5\n\n", encoding="utf-8")
    found = read_incoming(line(), tmp_path / "in.csv")
    assert found.columns == ("Code", "(column B)", "Pct", "Pct (2)", "Of", "(column F)")
    assert found.rows == [(2, [" all", "", "", "", "", ""]), (3, ["1", "", "2", "3", "4", "5"])]


def test_names_in_two_rows_reach_over_the_blanks_to_their_right(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("a title\nWhere,2015,,2016,\nCode,N,Pct,N,Pct\n1,2,3,4,5\n", encoding="utf-8")
    found = read_incoming(line(header=(2, 3)), tmp_path / "in.csv")
    assert found.columns == ("Where Code", "2015 N", "2015 Pct", "2016 N", "2016 Pct")
    assert [number for number, _ in found.rows] == [4]


def test_gzip_and_utf_16(tmp_path: Path) -> None:
    (tmp_path / "in.csv.gz").write_bytes(gzip.compress(b"a,b\n1,2\n"))
    (tmp_path / "in.txt").write_bytes("a\tb\n1\t2\n".encode("utf-16"))
    first = read_incoming(line(), tmp_path / "in.csv.gz")
    second = read_incoming(line(encoding="utf-16", separator="\t"), tmp_path / "in.txt")
    assert first.rows == second.rows == [(2, ["1", "2"])]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("in.csv", b"Ort\nM\xe1laga\n", "its letters are not stored as UTF-8"),
        ("in.csv", b"a\0b\n", "not text in the encoding that the mapping names"),
        ("in.csv", b'a,b\n"Quill,2\n', "the columns of a line cannot be found"),
        ("in.csv", b"a,b\n" + b"x" * 200_000, "the columns of a line cannot be found"),
        ("in.csv.gz", b"\x1f\x8bnonsense", "the gzip file is damaged"),
        ("in.xlsx", b"nonsense", "not an Excel workbook"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read_incoming(line(), tmp_path / name)
    assert says in str(caught.value)
    assert caught.value.cure
    assert "Quill" not in str(caught.value)


def test_a_workbooks_only_sheet_needs_no_name(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["a"])
    book.active["A2"] = "=1+1"
    book.save(tmp_path / "in.xlsx")
    with pytest.raises(SourceError, match=r"in\.xlsx, sheet Sheet, cell A2: the formula has never been calculated"):
        read_incoming(line(), tmp_path / "in.xlsx")
    book.active["A2"] = "#N/A"  # one of the usual marks, and nobody's business in a column that is not used
    book.save(tmp_path / "in.xlsx")
    assert read_incoming(line(), tmp_path / "in.xlsx").rows == [(2, ["#N/A"])]
    book.create_sheet("Other").append(["b"])
    book.save(tmp_path / "in.xlsx")
    assert read_incoming(line(sheet="Other"), tmp_path / "in.xlsx").columns == ("b",)
    with pytest.raises(SourceError, match="sheets there are: Sheet, Other"):
        read_incoming(line(), tmp_path / "in.xlsx")


def test_every_formula_that_was_never_calculated_is_named(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append(["=1+1", "=1+2"])
    book.save(tmp_path / "in.xlsx")
    with pytest.raises(SourceError) as caught:
        read_incoming(line(), tmp_path / "in.xlsx")
    assert caught.value.where == "in.xlsx, sheet Sheet, cell A2, sheet Sheet, cell B2"


def test_a_workbook_without_anything_to_see_has_not_several_sheets(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "in.xlsx")
    with pytest.raises(SourceError, match="no sheet that can be seen holds anything"):
        read_incoming(line(), tmp_path / "in.xlsx")


def test_names_that_repeat_next_to_one_that_is_numbered(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Pct,Pct,Pct (2)\n1,2,3\n")
    assert read_incoming(line(), tmp_path / "in.csv").columns == ("Pct", "Pct (3)", "Pct (2)")


def test_files_that_match(tmp_path: Path) -> None:
    for name in ("k_1.csv", "k_2.csv", ".k_3.csv"):
        (tmp_path / name).touch()
    assert [path.name for path in matching(line(path="k_*.csv"), tmp_path)] == ["k_1.csv", "k_2.csv"]
    assert [path.name for path in matching(line(path="*_*.csv", last=True), tmp_path)] == ["k_2.csv"]
    with pytest.raises(SourceError, match=r"there is no file k_4\.csv(.|\n)*did you mean 'k_2\.csv'"):
        matching(line(path="k_4.csv"), tmp_path)
    with pytest.raises(SourceError, match="put the file there"):
        matching(line(path="nowhere/*.csv"), tmp_path)
