"""Rows that Excel does not show, however the file says so: never read without a question."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.cases.project import Refused, excel, read

ROWS = [["Year", "Rate"], ["2022-23", 41], ["2023-24", 42], ["2024-25", 99]]


def rewritten(change: Callable[[str], str]) -> Callable[[Path], object]:
    """A workbook whose sheet's XML is as another program may write it."""

    def write(path: Path) -> None:
        excel(ROWS, lambda sheet, book: sheet.row_dimensions.__getitem__(4).__setattr__("hidden", True))(path)
        with ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts = {name: change(part.decode()).encode() if "sheet1" in name else part for name, part in parts.items()}
        with ZipFile(path, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, part)

    return write


def unnumbered(xml: str) -> str:
    """Neither rows nor cells say their number."""
    return re.sub(r'(<row) r="\d+"', r"\1", re.sub(r'(<c) r="[A-Z]+\d+"', r"\1", xml))


def of_no_height(xml: str) -> str:
    return xml.replace('hidden="1"', 'ht="0" customHeight="1"')


FORMS: list[tuple[str, Callable[[str], str]]] = [
    ("unnumbered", unnumbered), ("of no height", of_no_height),
    ("unnumbered and of no height", lambda xml: unnumbered(of_no_height(xml))),
    ("some numbered", lambda xml: re.sub(r'(<row) r="4"', r"\1", xml)),
]  # fmt: skip


@pytest.mark.parametrize("change", [form[1] for form in FORMS], ids=[form[0] for form in FORMS])
@pytest.mark.parametrize(("answer", "expected"), [("", None), ("leave them out", [41, 42])])
def test_a_hidden_row(tmp_path: Path, change: Callable[[str], str], answer: str, expected: Any) -> None:
    found = read(tmp_path, rewritten(change), hidden=answer)
    if expected is None:
        assert isinstance(found, Refused)
        assert "row 4 is hidden" in found
    else:
        assert found == expected


def test_rows_with_cells_are_seen_where_all_further_rows_are_hidden(tmp_path: Path) -> None:
    def further_rows_hidden(xml: str) -> str:
        return re.sub(r"<sheetFormatPr", '<sheetFormatPr zeroHeight="1"', xml.replace('hidden="1"', ""))

    assert read(tmp_path, rewritten(further_rows_hidden)) == [41, 42, 99]
