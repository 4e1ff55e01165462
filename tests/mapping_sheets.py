"""A mapping sheet as an evaluator fills it: the blank one, with lines added by the names of their cells."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook

from alignkit.contract.schema import schema
from alignkit.sources.mapping.blank import write_mapping
from alignkit.sources.mapping.lines import HEADINGS
from tests.factory import rows

Lines = Mapping[str, Sequence[Mapping[str, object]]]

(_ROW,) = rows("indicator_values", indicator_id="reading", period_start="2015-07-01", place_id="town",
               released_on="2016-10-01")  # fmt: skip
VALUES: dict[str, object] = {
    field.name: _ROW[field.name]
    for field in schema("indicator_values").fields
    if field.required and field.name not in ("value_status", "source_key")
}
"""Constants that make a row of indicator_values whole; what is left out is filled from the file."""


def fill(path: Path, lines: Lines) -> Path:
    """Write the mapping, or add lines to the one that is there."""
    if not path.is_file():
        write_mapping(path)
    book = load_workbook(path)
    for name, added in lines.items():
        for line in added:
            book[name].append([line.get(key) for key in HEADINGS[name]])
    book.save(path)
    return path


def change(path: Path, sheet: str, key: str, old: object, new: object) -> None:
    """Write another text into the cells of one column that hold `old`."""
    book = load_workbook(path)
    at = list(HEADINGS[sheet]).index(key)
    cells = [
        row[at] for row in book[sheet].iter_rows(min_row=2) if row[at].value == old and "(ex" not in str(row[0].value)
    ]
    assert cells, f"no cell of {sheet} holds {old}"
    for cell in cells:
        cell.value = new
    book.save(path)


def constants(file: str, **changed: object) -> list[dict[str, object]]:
    """Lines of sheet columns for everything a row of indicator_values needs; None leaves a column out."""
    return [
        {"file": file, "column": column, "constant": value}
        for column, value in {**VALUES, **changed}.items()
        if value is not None
    ]
