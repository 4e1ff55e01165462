"""Complete the tables of docs/first-book.md and docs/mapping.md: the contract's required columns that they leave out.

    python scripts/write_columns.py

What a page says already stays as it is. A new column's cells are the demo's: the first one that it has there.
tests/docs/test_columns.py holds the pages against what is written here.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from alignkit.contract.schema import TABLES, schema
from alignkit.demo.riverbend import tables
from alignkit.sources.mapping.lines import HEADINGS
from alignkit.sources.mapping.proposals import MADE

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = (DOCS / "first-book.md", DOCS / "mapping.md")
SHEET = re.compile(r"^(Sheet `(\w+)`.*?\n\n)((?:\|[^\n]*\n)+)", re.MULTILINE | re.DOTALL)
"""A table of a page: its introduction, the name of its sheet, its lines."""
Example = Callable[[str, str], str]
"""(table, column) → a cell."""


def completed(page: str, example: Example) -> str:
    """The page with every required column: in the tables of a workbook, and as lines of the sheet `columns`."""
    fills = _fills(page)

    def whole(found: re.Match[str]) -> str:
        introduction, name, table = found.groups()
        if name in TABLES:
            return introduction + _with_columns(name, table, example)
        return introduction + (_with_lines(fills, table, example) if name == "columns" else table)

    return SHEET.sub(whole, page)


def _fills(page: str) -> dict[str, str]:
    """File → the table that it fills, as the sheet `files` says."""
    sheet = next(found[3] for found in SHEET.finditer(page) if found[2] == "files")
    head, _, *lines = map(_cells, sheet.splitlines())
    file, table = (head.index(HEADINGS["files"][key]) for key in ("file", "table"))
    return {line[file]: line[table] for line in lines}


def _with_columns(name: str, table: str, example: Example) -> str:
    head, rule, *lines = table.splitlines()
    for column in _required(name):
        if column not in _cells(head):
            cell = example(name, column)
            head, rule, lines = f"{head} {column} |", f"{rule}---|", [f"{line} {cell} |" for line in lines]
    return "\n".join([head, rule, *lines]) + "\n"


def _with_lines(fills: Mapping[str, str], table: str, example: Example) -> str:
    """A constant for what neither a line nor the mapping itself fills, after the other lines of its file."""
    head, rule, *lines = table.splitlines()
    keys = {heading: key for key, heading in HEADINGS["columns"].items()}
    made = [head, rule]
    for file, name in fills.items():
        own = [line for line in lines if _cells(line)[0] == file]
        given = {_cells(line)[1] for line in own} | MADE
        missing = [column for column in _required(name) if column not in given]
        added = [{"file": file, "column": column, "constant": example(name, column)} for column in missing]
        made += own + [f"| {' | '.join(line.get(keys[cell], '') for cell in _cells(head))} |" for line in added]
    return "\n".join(made) + "\n"


def _required(name: str) -> list[str]:
    return [field.name for field in schema(name).fields if field.required]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


@cache
def _demo() -> Mapping[str, pd.DataFrame]:
    return tables(1)


def of_demo(table: str, column: str) -> str:
    """The first cell of the demo's column, as it is typed."""
    cell = _demo()[table][column].dropna().iloc[0]
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    return str(cell).lower() if pd.api.types.is_bool(cell) else str(cell)


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(completed(path.read_text(encoding="utf-8"), of_demo), encoding="utf-8", newline="\n")
