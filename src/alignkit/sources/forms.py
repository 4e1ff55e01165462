"""How the workbooks that people fill look: headings, widths, colours, drop-downs, remarks.

Shared by `blank_workbook` and `blank_mapping`. Colour is never alone: a needed column is bold and carries a star.
"""

from collections.abc import Iterable
from textwrap import wrap

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from alignkit.theme import THEME

LAST_ROW = 1_048_576
"""The last row a sheet can have."""
LISTS = "_lists"
"""The sheet that holds what drop-downs offer."""
AUTHOR = "alignkit"
FONT = "Calibri"
LINE = 110
"""Letters in a line of plain words."""
_NEEDED = '@" *"'
"""Shows a star behind the heading without changing it."""
_INK, _MUTED = THEME.ink[1:], THEME.muted[1:]
_LINE = Side(style="thin", color=THEME.muted[1:])


def heading(cell: Cell, text: str, *, needed: bool, colour: str, remark: str = "") -> None:
    """One heading in a sheet's first row, with what the column says as its remark."""
    cell.value = text
    cell.font = Font(name=FONT, bold=needed, italic=not needed, color=_INK)
    cell.fill = PatternFill("solid", fgColor=colour)
    cell.border = Border(bottom=_LINE)
    cell.alignment = Alignment(vertical="center")
    cell.number_format = _NEEDED if needed else "@"
    if remark:
        cell.comment = Comment(remark, AUTHOR, width=320, height=40 + 20 * (1 + len(remark) // 48))


def column(sheet: Worksheet, at: int, *, width: float, number_format: str) -> str:
    """Set one whole column's width and format; returns its letter."""
    letter = get_column_letter(at)
    sheet.column_dimensions[letter].width = width
    sheet.column_dimensions[letter].number_format = number_format
    return letter


def put(cell: Cell, value: object, number_format: str = "General") -> None:
    """Write one value; a text that begins with = stays a text, and leading zeros stay."""
    cell.value = value
    cell.number_format = number_format
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > 44)
    else:
        cell.alignment = Alignment(vertical="top")


def offer(sheet: Worksheet, letter: str, source: str, *, strict: bool, first: int = 2, says: str = "") -> None:
    """A drop-down in one column, from row `first` down; not strict: another text is asked about, not refused."""
    rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.errorStyle = "stop" if strict else "warning"
    rule.errorTitle, rule.error = "Not in the list", says or "Choose from the list."
    sheet.add_data_validation(rule)
    rule.add(f"{letter}{first}:{letter}{LAST_ROW}")


def filled_range(sheet: str, letter: str, first: int = 2) -> str:
    """The filled cells of another sheet's column: a drop-down without a tail of blanks."""
    there = f"{quote_sheetname(sheet)}!${letter}${first}"
    whole = f"{there}:${letter}${first + 9999}"
    return f"OFFSET({there},0,0,MAX(1,COUNTA({whole})),1)"


class Lists:
    """What drop-downs offer, kept on the sheet `_lists`: a list inside a drop-down may have 255 characters only."""

    def __init__(self, sheet: Worksheet) -> None:
        sheet.title = LISTS
        self._sheet, self._known = sheet, dict[tuple[str, ...], str]()

    def of(self, title: str, values: Iterable[str]) -> str:
        """The range of these values, written once."""
        listed = tuple(values)
        if listed not in self._known:
            at = len(self._known) + 1
            letter = column(self._sheet, at, width=24, number_format="@")
            heading(self._sheet.cell(1, at), title, needed=False, colour=THEME.wash[1:])
            for row, value in enumerate(listed, 2):
                put(self._sheet.cell(row, at), value, "@")
            self._known[listed] = f"{LISTS}!${letter}$2:${letter}${len(listed) + 1}"
        return self._known[listed]


def printed(sheet: Worksheet) -> None:
    """On paper: all columns on one sheet's width, headings on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def page(sheet: Worksheet, lines: Iterable[tuple[str, str]]) -> int:
    """Plain words down column A, each with its kind (title, head, text); returns the row below."""
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 28
    row = 0
    for kind, text in lines:
        size, bold = {"title": (18, True), "head": (13, True), "text": (11, False)}[kind]
        for line in wrap(text, LINE):
            row += 1
            sheet.cell(row, 1, line).font = Font(name=FONT, size=size, bold=bold, color=_INK)
            if kind == "head":
                sheet.row_dimensions[row].height = 30
    return row + 1
