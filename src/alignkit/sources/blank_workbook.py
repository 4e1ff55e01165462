"""A workbook to fill: one sheet a table, with headings, remarks and drop-downs from the contract."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from alignkit.contract.catalog import CONTRACT
from alignkit.contract.conform import conform
from alignkit.contract.dictionary import KINDS, STEPS
from alignkit.contract.failure import contract_error
from alignkit.contract.schema import TABLES, Field, TableSchema, schema
from alignkit.errors import SourceError
from alignkit.sources.forms import FONT, LAST_ROW, Lists, column, filled_range, heading, offer, page, printed, put
from alignkit.sources.persons import refuse_persons
from alignkit.theme import THEME

GUIDE = "_read me"
"""The first sheet. Sheets whose name begins with _ are never read."""
COLOURS = {1: "BFE0F2", 2: "F7DDB5", 3: "BFE5D8", 4: "F3E9A6", 5: "E9CFDF", 6: "D9D9D9", 7: "F5C9AE", 8: "CFE3C4"}
"""Step → the colour of its sheets; dark letters stand on each with more than 7:1."""
FORMATS = {"string": "@", "date": "yyyy-mm-dd", "integer": "0", "number": "General", "boolean": "@"}
WIDTHS = {"string": 20, "date": 12, "integer": 10, "number": 11, "boolean": 9}
WIDE = 44
"""For columns of sentences, in characters."""
_SENTENCES = frozenset(
    (
        "definition",
        "description",
        "name",
        "help_needed",
        "measure",
        "purpose",
        "reason",
        "text",
        "what",
        "why_it_matters",
    )
)
_SUGGESTED = {
    "subgroup_type": ("subgroups", "subgroup_type"),
    "subgroup": ("subgroups", "subgroup"),
    "decision_id": ("decisions", "decision_id"),
}
"""References that the contract checks by a rule: offered, and anything else let be (all stands in no list)."""


def write_workbook(
    path: Path,
    steps: Collection[int] = (1,),
    *,
    tables: Collection[str] = (),
    filled: Mapping[str, pd.DataFrame] | None = None,
) -> None:
    """Write a workbook (.xlsx) with a sheet for each table of `steps`, of `tables` and of `filled`.

    Sheets come in the contract's order; person-level tables of a step are left out. `filled` holds text or typed
    frames that fill their sheets. Raises `SourceError` for a person-level table in `tables` or `filled`, where no table
    is left, and where the file is there already; `ContractError` for cells of `filled` that cannot be understood.
    """
    filled = filled or {}
    refuse_persons([*tables, *filled], str(path), CONTRACT)
    names = [name for name in TABLES if name in tables or name in filled or _of_steps(name, steps)]
    if not names:
        raise SourceError("no table of these steps goes into a workbook", where=str(path), cure="choose steps 1 to 8")
    if path.exists():
        raise SourceError("the file is there already", where=str(path), cure="move it away, or choose another name")
    book = Workbook()
    _guide(book.active, names)
    lists = Lists(book.create_sheet())
    for at, name in enumerate(names, 1):
        sheet = book.create_sheet(name, at)
        _table(sheet, schema(name), lists, names)
        if name in filled:
            _fill(sheet, name, filled[name])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def _of_steps(name: str, steps: Collection[int]) -> bool:
    table = schema(name)
    return table.step in steps and not table.person_level


def _table(sheet: Worksheet, table: TableSchema, lists: Lists, names: list[str]) -> None:
    colour = COLOURS[table.step]
    sheet.sheet_properties.tabColor = colour
    sheet.freeze_panes = "B2"
    sheet.row_dimensions[1].height = 22
    printed(sheet)
    for at, field in enumerate(table.fields, 1):
        letter = column(sheet, at, width=_width(field), number_format=FORMATS[field.type])
        heading(sheet.cell(1, at), field.name, needed=field.required, colour=colour, remark=_remark(table, field))
        _choices(sheet, letter, table, field, lists, names)


def _width(field: Field) -> float:
    return max(WIDE if field.name in _SENTENCES else WIDTHS[field.type], len(field.name) + 5)


def _remark(table: TableSchema, field: Field) -> str:
    kind = f"one of {', '.join(field.enum)}" if field.enum else KINDS[field.type]
    needed = "Needed" if field.required else "May be blank"
    return f"{field.description}\n{needed}. Write {kind}."


def _choices(sheet: Worksheet, letter: str, table: TableSchema, field: Field, lists: Lists, names: list[str]) -> None:
    """What a cell may hold: a list from the contract, the rows of another sheet, or a kind of number or day."""
    if field.enum:
        says = f"Write one of {', '.join(field.enum)}."
        offer(sheet, letter, lists.of(field.name, field.enum), strict=True, says=says[:220])
    elif field.type == "boolean":
        offer(sheet, letter, '"true,false"', strict=True, says="Write true or false.")
    elif source := _reference(table, field, names):
        says = f"It is not in the sheet {source[0]} yet. Write it there too."
        offer(sheet, letter, filled_range(source[0], _letter(*source)), strict=False, says=says)
    elif field.name in _SUGGESTED and _SUGGESTED[field.name][0] in {*names} - {table.name}:
        source = _SUGGESTED[field.name]
        offer(sheet, letter, filled_range(source[0], _letter(*source)), strict=False, says="all stands for everyone.")
    elif field.type != "string":
        rule = _number_or_day(field)
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{LAST_ROW}")


def _reference(table: TableSchema, field: Field, names: list[str]) -> tuple[str, str] | None:
    """The sheet and column whose rows this column refers to."""
    for key in table.foreign_keys:
        if key.fields == (field.name,) and key.reference in names:
            return key.reference, key.reference_fields[0]
    return None


def _letter(table: str, field: str) -> str:
    return get_column_letter(schema(table).columns.index(field) + 1)


def _number_or_day(field: Field) -> DataValidation:
    kind = {"integer": "whole", "number": "decimal", "date": "date"}[field.type]
    low, high = field.minimum, field.maximum
    low = 1 if field.type == "date" and low is None else low
    if low is not None and high is not None:
        rule = DataValidation(kind, operator="between", formula1=f"{low:g}", formula2=f"{high:g}")
    else:
        rule = DataValidation(kind, operator="greaterThanOrEqual", formula1=f"{-1e12 if low is None else low:.0f}")
    rule.allow_blank, rule.showErrorMessage, rule.errorStyle = True, True, "stop"
    rule.errorTitle = f"Not a {KINDS[field.type]}"
    rule.error = {
        "date": "Write a day like 2026-09-30.",
        "integer": "Write a whole number, or leave the cell blank.",
        "number": "Write a number, or leave the cell blank. A mark such as * or <10 is no number.",
    }[field.type]
    return rule


def _fill(sheet: Worksheet, name: str, given: pd.DataFrame) -> None:
    frame, failures = conform(name, given)
    if failures:
        raise contract_error(failures)
    lines: dict[int, int] = {}
    for at, field in enumerate(schema(name).fields, 1):
        longest = max((len(str(text)) for text in frame[field.name] if field.type == "string"), default=0)
        width = max(_width(field), min(WIDE, longest + 2))
        column(sheet, at, width=width, number_format=FORMATS[field.type])
        for row, value in enumerate(frame[field.name], 2):
            if not pd.isna(value):
                put(sheet.cell(row, at), _PLAIN[field.type](value), FORMATS[field.type])
                lines[row] = max(lines.get(row, 1), -(-len(str(value)) // WIDE))
    for row, tall in lines.items():
        sheet.row_dimensions[row].height = 15 * tall


_PLAIN: dict[str, Callable[[Any], object]] = {
    "string": str, "integer": int, "number": float, "date": lambda day: day.date(),
    "boolean": lambda value: "true" if value else "false",
}  # fmt: skip
"""Type → what stands in a cell. true and false are texts, as the list offers them."""


def _guide(sheet: Worksheet, names: list[str]) -> None:
    sheet.title = GUIDE
    row = page(sheet, _WORDS)
    for name in names:
        table = schema(name)
        cell = sheet.cell(row, 1, name)
        cell.hyperlink = f"#'{name}'!A1"
        cell.font = Font(name=FONT, color=THEME.link[1:], underline="single")
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=COLOURS[table.step])
        sheet.cell(row, 2, f"Step {table.step}: {STEPS[table.step]}")
        sheet.cell(row, 3, table.description)
        row += 1
    sheet.column_dimensions["B"].width = 44
    printed(sheet)


_WORDS = (
    ("title", "Your community's tables"),
    ("text", "Each sheet is one table, and each row below its headings is one thing. Fill what you have and leave the "
             "rest: a sheet without rows counts as a table you do not keep yet, and the book says what it would show."),
    ("head", "How to fill a sheet"),
    ("text", "Keep the headings and the names of the sheets as they are. A heading in bold with a star is needed."),
    ("text", "Point at a heading to read what the column says. Many cells offer a list: choose from it."),
    ("text", "Write a day like 2026-09-30. Choose true or false. Leave a cell blank where nothing is known."),
    ("text", "Codes (ZIP codes, school numbers) are text here, so that zeros in front stay. Paste with Paste Special, "
             "Values, which keeps the formats. A formula counts as what it shows; merged cells cannot be read."),
    ("text", "A sheet of your own, for notes, gets a name that begins with _ such as _notes. It is never read."),
    ("text", "Any other table is a new sheet of yours, named like the table, with its columns' names in the first row; "
             "the data dictionary lists them."),
    ("head", "What does not belong here"),
    ("text", "Nothing about single persons: no students, clients or leaders' ratings. Those tables live apart, in a "
             "folder with its own permissions (source.private in community.yml), and never go round by e-mail."),
    ("head", "The sheets"),
)  # fmt: skip
