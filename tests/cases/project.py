"""A community whose one indicator comes from an agency's file, read as `alignkit check` reads it.

    read(tmp_path, table("Year,Rate", "2023-24,41.2"))          [41.2]
    read(tmp_path, excel([["Year", "Rate"], ["2023-24", (0.412, "0.0%")]]))
    read(tmp_path, {"a.csv": "…", "b.csv": "…"}, unit="count")  several files

Gives the values in the order of place, group and period; a range as (low, high), a hidden or missing value as its
status; `Refused` where nothing was read.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook

from alignkit.contract.schema import schema
from alignkit.errors import InputError
from alignkit.params import load_community
from alignkit.snapshot import snapshot_of
from alignkit.sources.mapping.lines import HEADINGS
from tests.factory import frame
from tests.mapping_sheets import VALUES

Rows = Sequence[Sequence[Any]]
Content = str | bytes | Callable[[Path], object]
Lines = Sequence[Mapping[str, object]]
YEAR = "school year"
COLUMNS: Mapping[str, tuple[str, str]] = {"indicator_id": ("=", "read"), "place_id": ("=", "test"),
           "subgroup_type": ("=", "all"), "subgroup": ("=", "all"), "value": ("Rate", "")}  # fmt: skip
"""Column of the table → column of the file and its reading; = and a constant."""
GROUPS = {"Black": "black", "Hispanic": "hispanic", "White": "white"}
GROUP_CODES = [{"column": "subgroup_type", "text": "All", "code": "all"},
               {"column": "subgroup_type", "text": "(any other)", "code": "race_ethnicity"},
               *({"column": "subgroup", "text": text, "code": code}
                 for text, code in (("All", "all"), *GROUPS.items())),
               ]  # fmt: skip
GROUPED = {"subgroup_type": ("Group", ""), "subgroup": ("Group", "")}
COUNTED = {"value": None, "denominator": ("Tested", ""), "numerator": ("Passed", "")}
PLACED = {"place_id": ("District", "")}
PLACE_CODES = [{"column": "place_id", "text": text, "code": code} for text, code in
               (("West", "test"), ("East", "east"), ("State", "state"))]  # fmt: skip


class Refused(str):
    """What was said instead of reading."""

    __slots__ = ()


def table(*lines: str) -> str:
    """A CSV file's text."""
    return "\n".join(lines) + "\n"


def series(*cells: str, separator: str = ",", first: int = 2020) -> str:
    """School years and their rates as CSV."""
    rows = [f"{first + at}-{(first + at + 1) % 100:02d}{separator}{cell}" for at, cell in enumerate(cells)]
    return table(f"Year{separator}Rate", *rows)


def excel(rows: Rows, then: Callable[[Any, Workbook], object] = lambda sheet, book: None) -> Callable[[Path], object]:
    """An Excel workbook; a cell is a value, or a value and its number format. `then` does more to the sheet."""

    def write(path: Path) -> None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for number, row in enumerate(rows, 1):
            for at, cell in enumerate(row, 1):
                value, shown = cell if isinstance(cell, tuple) else (cell, None)
                made = sheet.cell(number, at, value)
                if shown is not None:
                    made.number_format = shown
        then(sheet, book)
        book.save(path)

    return write


def figures(*cells: Any, first: int = 2020) -> Callable[[Path], object]:
    """School years and their rates as Excel."""
    years = [f"{first + at}-{(first + at + 1) % 100:02d}" for at in range(len(cells))]
    return excel([["Year", "Rate"], *([year, cell] for year, cell in zip(years, cells, strict=True))])


def read(folder: Path, files: Content | Mapping[str, Content], **told: Any) -> "list[Any] | Refused":
    """What the community's snapshot holds of the files; `told` as in `write`."""
    write(folder, files, **told)
    try:
        values = snapshot_of(load_community(folder, "test"), folder).table("indicator_values")
    except InputError as error:
        return Refused(error)
    values = values.sort_values(["place_id", "subgroup", "period_start", "released_on"], kind="stable")
    return [_cell(row) for _, row in values.iterrows()]


def write(
    folder: Path, files: Content | Mapping[str, Content], *, unit: str = "percent", period: str = YEAR,
    when: str = "Year", columns: Mapping[str, tuple[str, str] | None] | None = None, codes: Lines = (),
    accepted: Sequence[str] = (), goals: Mapping[str, object] | None = None, sheets: Mapping[str, Lines] | None = None,
    rewrite: Callable[[dict[str, list[Any]]], object] | None = None, **file: object,
) -> Path:  # fmt: skip
    """The project's folder with these files; returns its mapping.

    `file` are cells of sheet files, `sheets` lines of the others.
    """
    given = files if isinstance(files, Mapping) else {"p.xlsx" if callable(files) else "p.csv": files}
    for name, content in given.items():
        _put(folder / "data" / "incoming" / name, content)
    _put(
        folder / "data" / "tables" / "places.csv",
        _csv(
            "places", *({"place_id": one, "name": one.title(), "kind": "county"} for one in ("test", "east", "state"))
        ),
    )
    _put(
        folder / "data" / "tables" / "indicators.csv",
        _csv("indicators", {"indicator_id": "read", "outcome_id": "reading", "unit": unit, **(goals or {})}),
    )
    _put(folder / "data" / "tables" / "outcomes.csv", _csv("outcomes", {"outcome_id": "reading"}))
    _put(
        folder / "data" / "tables" / "subgroups.csv",
        _csv("subgroups", *({"subgroup_type": "race_ethnicity", "subgroup": one} for one in GROUPS.values())),
    )
    mapping = {"../../data/tables": "folder", "../../data/mapping.xlsx": "mapping"}
    settings = {"name": "Test Valley", "place": "test", "source": {kind: path for path, kind in mapping.items()}}
    _put(folder / "params" / "test" / "community.yml", json.dumps(settings))
    if accepted:
        lines = [f"{finding},2026-01-01,seen" for finding in accepted]
        _put(folder / "params" / "test" / "accepted.csv", table("finding,accepted_on,reason", *lines))
    path = next(iter(given)) if len(given) == 1 else f"*{Path(next(iter(given))).suffix}"
    lines_of = _lines(path, period, when, {**COLUMNS, **(columns or {})}, file)
    for name, more in {"codes": codes, **(sheets or {})}.items():
        lines_of[name] += [{"file": "f", **line} for line in more]
    if rewrite:
        rewrite(lines_of)
    _mapping(folder / "data" / "mapping.xlsx", lines_of)
    return folder / "data" / "mapping.xlsx"


def _lines(
    path: str, period: str, when: str, columns: Mapping[str, tuple[str, str] | None], file: Mapping[str, object]
) -> dict[str, list[Any]]:
    """The mapping's lines about the file."""
    days = {"period_start": "first", "period_end": "last", "released_on": "last"}
    lines: dict[str, list[Any]] = {name: [] for name in HEADINGS}
    lines["files"] = [{"file": "f", "path": f"incoming/{path}", "table": "indicator_values", **file}]
    lines["columns"] = [{"file": "f", "column": column, "source": when, "reading": f"{period}, {end} day"}
                        for column, end in days.items() if column not in columns]  # fmt: skip
    for column, told in columns.items():
        if told and told[0] == "=":
            lines["columns"].append({"file": "f", "column": column, "constant": told[1]})
        elif told:
            lines["columns"].append({"file": "f", "column": column, "source": told[0], "reading": told[1]})
    rest = {column: cell for column, cell in VALUES.items() if column not in {*days, *columns}}
    lines["columns"] += [{"file": "f", "column": column, "constant": cell} for column, cell in rest.items()]
    return lines


def _mapping(path: Path, lines: Mapping[str, Lines]) -> None:
    """The mapping with its headings and lines alone: the drop-downs of a blank one take longer to write."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for name, headings in HEADINGS.items():
        sheet = book.create_sheet(name)
        sheet.append(list(headings.values()))
        for line in lines[name]:
            sheet.append([line.get(key) for key in headings])
    book.save(path)


def _csv(name: str, *rows: Mapping[str, object]) -> str:
    assert schema(name)
    return frame(name, *rows).to_csv(index=False, date_format="%Y-%m-%d")


def _cell(row: "pd.Series[Any]") -> object:
    if row["value_status"] == "range":
        return tuple(None if pd.isna(row[end]) else float(row[end]) for end in ("low", "high"))
    if row["value_status"] != "reported":
        return row["value_status"]
    if pd.isna(row["value"]):
        return int(row["numerator"]), int(row["denominator"])
    return float(row["value"])


def _put(path: Path, content: Content) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if callable(content):
        content(path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
