"""An Excel workbook: read as its CSV files would be, or told why not."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from alignkit.contract.validate import failures_of, validate
from alignkit.demo.riverbend import tables as demo
from alignkit.errors import SourceError
from alignkit.params import CommunityParams, Source
from alignkit.sources.blank_workbook import write_workbook
from alignkit.sources.persons import PERSON_LEVEL
from alignkit.sources.read import read

PLACES = [["place_id", "name", "kind"], ["021", "West", "city"], ["w", "Málaga", "county"]]


def saved(tmp_path: Path, sheets: dict[str, list[list[Any]]], change: Callable[[Workbook], None] | None = None) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    (tmp_path / "params" / "town").mkdir(parents=True, exist_ok=True)
    book.save(tmp_path / "params" / "town" / "tables.xlsx")
    return tmp_path


def tables(project: Path, name: str = "tables.xlsx") -> dict[str, pd.DataFrame]:
    return read(CommunityParams(id="town", name="Town", place="t", source=Source(workbook=name)), project)


def refused(project: Path, name: str = "tables.xlsx") -> str:
    with pytest.raises(SourceError) as caught:
        tables(project, name)
    assert caught.value.cure
    return str(caught.value)


def test_what_was_written_is_read_to_the_last_cell(tmp_path: Path) -> None:
    given = demo(3)
    chosen = {name: given[name] for name in given if name not in PERSON_LEVEL and len(given[name]) < 1000}
    write_workbook(tmp_path / "params" / "town" / "tables.xlsx", steps=range(1, 9), filled=chosen)
    # indicator_values is too long for a quick test; without it, its sheet is a table that is not kept.
    assert set(tables(tmp_path)) == set(chosen)
    for name, frame in validate(tables(tmp_path)).items():
        pd.testing.assert_frame_equal(frame, given[name])


def test_text_days_and_numbers_are_what_a_person_sees(tmp_path: Path) -> None:
    row = ["007", datetime(2026, 9, 30), date(2026, 1, 2), True, 3.0, 0.1, 2101, 0.455]
    header = ["place_id", *"abcdefg"]

    def formats(book: Workbook) -> None:
        book["places"]["G2"].number_format = "00000"
        book["places"]["H2"].number_format = "0.0%"

    frame = tables(saved(tmp_path, {"places": [header, row]}, formats))["places"]
    assert frame.iloc[0].tolist() == ["007", "2026-09-30", "2026-01-02", "true", "3", "0.1", "02101", "45.5%"]


def test_a_percent_is_read_as_the_contract_counts_it(tmp_path: Path) -> None:
    rows = [["indicator_id", "value", "confidence"], ["reading", 0.455, 0.9]]

    def formats(book: Workbook) -> None:
        book["indicator_values"]["B2"].number_format = book["indicator_values"]["C2"].number_format = "0%"

    frame = tables(saved(tmp_path, {"indicator_values": rows}, formats))["indicator_values"]
    assert frame.iloc[0].tolist() == ["reading", "45.5", "0.9"]


@pytest.mark.parametrize(
    "number_format", ['"$"#,##0.00', "[$$-409]#,##0", '_($* #,##0_);_($* (#,##0);_($* "-"??_);_(@_)']
)
def test_an_amount_that_is_shown_in_dollars_is_its_number(tmp_path: Path, number_format: str) -> None:
    rows = [["grant_id", "name", "amount"], ["g1", "$9", 1250.5], ["g2", "x", -3], ["g3", "x", "$1,250"]]

    def formats(book: Workbook) -> None:
        for row in (2, 3, 4):
            book["grants"][f"C{row}"].number_format = number_format

    frame = tables(saved(tmp_path, {"grants": rows}, formats))["grants"]
    assert frame["amount"].tolist() == ["1250.5", "-3", "$1,250"]
    assert frame["name"].iloc[0] == "$9"


def test_zeros_that_a_number_has_lost_are_told_by_the_contract() -> None:
    frame = pd.DataFrame({"postal_code": ["2101"]})
    cures = [failure.cure for failure in failures_of({"students": frame}) if failure.rule == "pattern"]
    assert cures[0].startswith("a spreadsheet has dropped leading zeros")


def test_sheets_of_ones_own_blank_sheets_and_blank_rows_are_let_be(tmp_path: Path) -> None:
    def hide(book: Workbook) -> None:
        book["Add-in"].sheet_state = "hidden"

    sheets = {"_read me": [["hello"]], "places": [*PLACES, [], [" "]], "Sheet1": [], "Add-in": [["x"]], "outcomes": []}
    frame = tables(saved(tmp_path, sheets, hide))
    assert set(frame) == {"places"}
    assert len(frame["places"]) == 2


def merge(sheet: Worksheet) -> None:
    sheet.merge_cells("A1:B1")


def formula(text: str) -> Callable[[Worksheet], None]:
    def write(sheet: Worksheet) -> None:
        sheet["B2"] = text

    return write


def put(cell: str, value: object) -> Callable[[Worksheet], None]:
    def write(sheet: Worksheet) -> None:
        sheet[cell] = value

    return write


def hide(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"
    sheet.parent.create_sheet("_front")  # a workbook needs one sheet that is seen


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (merge, "sheet places, cells A1:B1: the cells are merged"),
        (formula("=A2&A3"), "sheet places, cell B2: the formula has never been calculated"),
        (put("B2", "#REF!"), "sheet places, cell B2: the cell shows #REF!"),
        (put("B2", datetime(2026, 5, 12)), "cell B2: the text has become a day"),
        (put("A3", 1234567890123456789), "cell A3: the text has become a number"),
        (put("E2", "x"), "sheet places, column E: the column has values and no heading"),
        (put("A3000", "x"), "sheet places, row 3,000: something stands below more than 1,000 blank rows"),
        (hide, "sheet places: the sheet is hidden"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_told(tmp_path: Path, change: Callable[[Worksheet], None], says: str) -> None:
    assert says in refused(saved(tmp_path, {"places": PLACES}, lambda book: change(book["places"])))


def test_names_of_sheets_and_everything_else_at_once(tmp_path: Path) -> None:
    rows = [["place_id", "name"], ["#N/A", "#REF!"], ["#REF!", "x"]]
    message = refused(saved(tmp_path, {"place": PLACES, "Notes": [["x"]], "places": rows}))
    assert "5 things are wrong" in message
    assert "did you mean 'places'? For a sheet of your own, begin its name with _" in message
    assert "sheet places, cell B2, sheet places, cell A3: the cell shows #REF!" in message


def test_a_blank_first_row_and_a_workbook_without_tables(tmp_path: Path) -> None:
    assert "the first row is blank" in refused(saved(tmp_path, {"places": [[], *PLACES]}))
    assert "no sheet holds rows of a table" in refused(saved(tmp_path, {"_notes": [["x"]]}))


def test_person_level_tables_never_come_from_a_workbook(tmp_path: Path) -> None:
    rows = [["student_id", "last_name"], ["7", "Quill"]]
    message = refused(saved(tmp_path, {"places": PLACES, "students": rows}))
    assert "students: the rows are about persons" in message
    assert "source.private" in message
    assert "Quill" not in message


def test_the_private_folder_holds_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "params" / "town" / "apart"
    folder.mkdir(parents=True)
    (folder / "places.csv").write_text("place_id\nw\n", encoding="utf-8")
    with pytest.raises(SourceError, match="places: the rows are not about persons"):
        read(CommunityParams(id="town", name="Town", place="t", source=Source(private="apart")), tmp_path)


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("old.xls", OLD + b"Workbook", "before 2007"),
        ("locked.xlsx", OLD + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("text.xlsx", b"place_id,name\n", "not an Excel workbook, whatever its name says"),
        ("empty.xlsx", b"", "not an Excel workbook"),
        ("~$tables.xlsx", b"x", "the mark that Excel leaves while a workbook is open"),
    ],
)
def test_a_file_that_is_no_workbook(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    saved(tmp_path, {"places": PLACES})
    (tmp_path / "params" / "town" / name).write_bytes(content)
    assert says in refused(tmp_path, name)


def test_another_zip_file_a_damaged_one_and_none(tmp_path: Path) -> None:
    folder = saved(tmp_path, {"places": PLACES}) / "params" / "town"
    for name, part in (
        ("calc.ods", "content.xml"),
        ("binary.xlsb", "xl/workbook.bin"),
        ("bad.xlsx", "xl/workbook.xml"),
    ):
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.writestr(part, "<a/>")
    assert "not an Excel workbook" in refused(tmp_path, "calc.ods")
    assert ".xlsb" in refused(tmp_path, "binary.xlsb")
    assert "damaged" in refused(tmp_path, "bad.xlsx")
    assert "there is no such workbook" in refused(tmp_path, "none.xlsx")


def test_a_damaged_workbook_is_told_whatever_the_damage(tmp_path: Path) -> None:
    path = saved(tmp_path, {"places": PLACES}) / "params" / "town" / "tables.xlsx"
    whole = path.read_bytes()
    for at in range(60, len(whole), 211):
        path.write_bytes(whole[:at] + b"\xff\x00\x7f" + whole[at + 3 :])
        with suppress(SourceError):  # anything else fails; damage to a part that nobody needs is none
            tables(tmp_path)
    path.write_bytes(whole[: len(whole) // 2])
    assert "not an Excel workbook" in refused(tmp_path)


def test_a_formula_counts_as_what_excel_kept_even_where_that_is_nothing(tmp_path: Path) -> None:
    def reckon(book: Workbook) -> None:
        book["places"]["B2"], book["places"]["C2"] = '="We"&"st"', '=""'

    path = saved(tmp_path, {"places": PLACES}, reckon) / "params" / "town" / "tables.xlsx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    for kept, value in (("B2", "<v>West</v>"), ("C2", "<v></v>")):
        start = sheet.index(f'r="{kept}"')
        end = sheet.index("</c>", start)
        cell = sheet[start:end].replace("<v />", value).replace("<v/>", value).replace("<v></v>", value)
        sheet = sheet[:start] + cell.replace(f'r="{kept}"', f'r="{kept}" t="str"', 1) + sheet[end:]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, sheet if name.endswith("sheet1.xml") else content)
    assert tables(tmp_path)["places"].iloc[0].tolist() == ["021", "West", ""]
