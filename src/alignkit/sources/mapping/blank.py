"""A mapping sheet to fill: sentences as headings, lists to choose from, an example in each sheet; or a first draft."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.errors import SourceError
from alignkit.sources.forms import FONT, Lists, column, filled_range, heading, offer, page, printed, put
from alignkit.sources.hidden import STATUSES
from alignkit.sources.mapping.draft import Draft, drafted
from alignkit.sources.mapping.lines import (
    ANY_OTHER,
    AS_IT_STANDS,
    BLANK,
    CAME_IN,
    DECIMALS,
    ENCODINGS,
    EXAMPLE,
    HEADINGS,
    HIDDEN,
    KEEP,
    LEAVE_OUT,
    NAME_DAY,
    OR_IF_BLANK,
    PARTS,
    SEPARATORS,
    TAKE,
    TWICE,
)
from alignkit.sources.mapping.readings import READINGS
from alignkit.sources.persons import refuse_persons
from alignkit.theme import THEME

GUIDE = "_read me"
SEEN = "_columns of the files"
_COLOURS = {
    "files": "BFE0F2",
    "columns": "BFE5D8",
    "codes": "F7DDB5",
    "wide": "E9CFDF",
    "marks": "F3E9A6",
    "rows": "D9D9D9",
}
_WIDTHS = {"file": 28, "path": 40, "source": 40, "text": 30, "reading": 40, "column": 26, "constant": 30, "heading": 32}
_NEEDED = {
    "files": ("file", "path", "table"), "columns": ("file", "column"), "codes": ("column", "text", "code"),
    "wide": ("file", "source"), "marks": ("text", "status"), "rows": ("file", "keep", "source", "text"),
}  # fmt: skip
_REMARKS = {
    ("files", "path"): "Starts at the folder of this sheet. $NAME in it is read from the environment.",
    ("files", "header"): "Blank: 1. Where the names take two rows, write 4-5: they are joined, such as '2015 Pct'.",
    ("files", "hidden"): "A file with hidden rows, hidden columns or a filter is not read until you choose.",
    ("files", "twice"): "For files that list a row twice. Otherwise two rows about the same thing are refused.",
    ("files", "parts"): "For files of schools that make a district: counts are added, rates weighted by their counts.",
    ("files", "looked"): "When a file's layout has changed and you have looked at it: today's date. This accepts it.",
    ("columns", "source"): "Its name in the file; a column without a name is (column C), the second Pct is Pct (2). "
    f"A day may also come from {NAME_DAY} or {CAME_IN}. Two columns: New date{OR_IF_BLANK}Due.",
    ("columns", "reading"): "Blank: as it stands. Numbers and marks such as * or <10 are understood by themselves.",
    ("columns", "later"): "For days only: a value that comes out 90 days after its period ends.",
    ("columns", "front"): "Put before texts that are not in sheet codes, such as ky- before a district's number.",
    ("codes", "text"): f"{BLANK} is an empty cell; {ANY_OTHER} every text without a line of its own.",
    ("codes", "code"): f"{LEAVE_OUT} drops the whole row; {AS_IT_STANDS} keeps the text.",
    ("wide", "source"): "Each column becomes rows of its own, with its name in the column (heading).",
    ("wide", "name"): "The values are then in the column (value); where you write count or moe, in (count) or (moe).",
    ("marks", "text"): f"{BLANK} is an empty cell. The usual marks are known without a line.",
    (
        "marks",
        "status",
    ): f"{AS_IT_STANDS} is for bounds such as <10 that are about the value (under 10 percent), and for a "
    "footnote sign after numbers, such as †.",
    ("rows", "text"): f"{BLANK} is an empty cell.",
}
_EXAMPLES: Mapping[str, Sequence[Sequence[str]]] = {
    "files": [["grades", "incoming/grades_*.xlsx", TAKE[1], "Grade 3", "4", "indicator_values"]],
    "columns": [
        ["grades", "indicator_id", "", "third-grade-reading"],
        ["grades", "place_id", "District", "", "", "", "ky-"],
        ["grades", "period_start", "School Year", "", "school year, first day"],
        ["grades", "value", "Proficient", "", "share from 0 to 1, as percent"],
    ],
    "codes": [["grades", "subgroup", "African American", "black"], ["grades", "place_id", "999", "kentucky"]],
    "wide": [["grades", "Female"], ["grades", "Male"]],
    "marks": [["", BLANK, "suppressed_at_source"]],
    "rows": [["grades", KEEP[0], "Subject", "Reading"], ["grades", KEEP[1], "District", "Total"]],
}


def write_mapping(path: Path, *, drafts: Mapping[Path, str] | None = None, catalog: Catalog = CONTRACT) -> Draft:
    """Write a mapping sheet (.xlsx) to fill; `catalog` says which tables it may fill.

    `drafts` names incoming files, each with the table that it is to fill: their lines are written as far as names are
    alike (`draft`), and the rest is left to choose. Raises `SourceError` where the file is there already, a table is
    person-level or unknown, or no incoming file can be read; one that cannot is in the draft that is returned.
    """
    drafts = drafts or {}
    if path.exists():
        cure = "name the files to add lines for; or move it away, or choose another name"
        raise SourceError("the file is there already", where=str(path), cure=cure)
    draft = _drafted(path, drafts, catalog)
    lines = draft.lines
    book = Workbook()
    book.active.title = GUIDE
    page(book.active, _WORDS)
    printed(book.active)
    sheets = {name: book.create_sheet(name) for name in HEADINGS}
    lists = Lists(book.create_sheet())
    for name, sheet in sheets.items():
        _headings(sheet, name)
        _examples(sheet, _EXAMPLES[name])
        _add(sheet, lines.get(name, ()))
        _choices(sheet, name, lists, catalog)
    if draft.seen:
        _begin_seen(book)
        _add(book[SEEN], _pairs(draft))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return draft


def add_to_mapping(path: Path, drafts: Mapping[Path, str], catalog: Catalog = CONTRACT) -> Draft:
    """Add the lines of further files to a mapping sheet that is there, below its own; nothing in it is changed.

    Raises `SourceError` as `write_mapping`, and where the sheet has lines for a file of that name, is no mapping
    sheet, or is open in Excel.
    """
    book = _opened(path)
    known = {str(row[0].value).casefold() for row in book["files"].iter_rows(min_row=2, max_col=1) if row[0].value}
    draft = _drafted(path, drafts, catalog)
    again = next((line[0] for line in draft.files if line[0].casefold() in known), None)
    if again:
        cure = "change those, or give the file another name"
        raise SourceError(f"there are lines for a file called '{again}' already", where=str(path), cure=cure)
    for name, lines in draft.lines.items():
        _add(book[name], lines)
    if SEEN not in book.sheetnames:
        _begin_seen(book)
    _add(book[SEEN], _pairs(draft))
    try:
        book.save(path)
    except PermissionError:
        cure = "close it in Excel, then try again"
        raise SourceError("the file cannot be written", where=str(path), cure=cure) from None
    return draft


def _opened(path: Path) -> Workbook:
    try:
        book = load_workbook(path)
    except (OSError, ValueError, KeyError, BadZipFile, InvalidFileException):
        raise SourceError(
            "the file cannot be opened as a workbook", where=str(path), cure="close it in Excel, or choose another name"
        ) from None
    if missing := [name for name in HEADINGS if name not in book.sheetnames]:
        cure = "begin a new one with alignkit new mapping --to PATH"
        raise SourceError(f"this is no mapping sheet: it has no sheet '{missing[0]}'", where=str(path), cure=cure)
    return book


def _drafted(path: Path, drafts: Mapping[Path, str], catalog: Catalog) -> Draft:
    refuse_persons(drafts.values(), str(path), catalog)
    return drafted(path, {file: catalog.schema(table) for file, table in drafts.items()})


def _add(sheet: Worksheet, lines: Iterable[Sequence[str]]) -> None:
    """Write lines below the last one that says something."""
    filled = [row[0].row for row in sheet.iter_rows() if any(cell.value is not None for cell in row)]
    for row, line in enumerate(lines, max(filled, default=1) + 1):
        for at, text in enumerate(line, 1):
            if text:
                put(sheet.cell(row, at), text, "@")


def _pairs(draft: Draft) -> list[tuple[str, str]]:
    return [(file, name) for file, names in draft.seen.items() for name in names]


def _begin_seen(book: Workbook) -> None:
    """A sheet for the names of the files' columns, to look at and to choose from."""
    sheet = book.create_sheet(SEEN)
    for at, text in enumerate(("File", "Its columns"), 1):
        column(sheet, at, width=40, number_format="@")
        heading(sheet.cell(1, at), text, needed=False, colour=THEME.wash[1:])
    for name in ("columns", "wide", "rows"):
        letter = get_column_letter(list(HEADINGS[name]).index("source") + 1)
        offer(book[name], letter, filled_range(SEEN, "B"), strict=False, says="No file had such a column at first.")


def _headings(sheet: Worksheet, name: str) -> None:
    sheet.sheet_properties.tabColor = _COLOURS[name]
    sheet.freeze_panes = "B2"
    sheet.row_dimensions[1].height = 22
    printed(sheet)
    for at, (key, text) in enumerate(HEADINGS[name].items(), 1):
        column(sheet, at, width=max(_WIDTHS.get(key, 16), len(text) + 4), number_format="@")
        remark = _REMARKS.get((name, key), "")
        heading(sheet.cell(1, at), text, needed=key in _NEEDED[name], colour=_COLOURS[name], remark=remark)


def _examples(sheet: Worksheet, examples: Sequence[Sequence[str]]) -> None:
    for row, example in enumerate(examples, 2):
        for at, text in enumerate(example, 1):
            put(sheet.cell(row, at), f"{EXAMPLE} {text}".strip() if at == 1 else text, "@")
            sheet.cell(row, at).font = Font(name=FONT, italic=True, color=THEME.muted[1:])


def _choices(sheet: Worksheet, name: str, lists: Lists, catalog: Catalog) -> None:
    tables = [table for table in catalog.names if table not in catalog.person_level]
    columns = dict.fromkeys(column for table in tables for column in catalog.schema(table).columns)
    offered = {
        "take": TAKE, "table": tables, "encoding": ENCODINGS, "separator": SEPARATORS, "decimal": DECIMALS,
        "hidden": HIDDEN, "twice": TWICE, "parts": PARTS,
        "column": columns, "reading": READINGS, "status": (*STATUSES, AS_IT_STANDS), "keep": KEEP,
    }  # fmt: skip
    for at, key in enumerate(HEADINGS[name]):
        letter = get_column_letter(at + 1)
        if key == "file" and name != "files":
            offer(sheet, letter, filled_range("files", "A"), strict=False, says="No line of sheet files has this name.")
        elif key in offered:
            offer(sheet, letter, lists.of(key, offered[key]), strict=True)


_WORDS = (
    ("title", "How incoming files become your tables"),
    ("text", "A line in each sheet reads like a sentence: its headings are the words between the cells. Nothing here "
             "is a formula. The lines in grey that begin with (example) are never read; clear them when you like."),
    ("head", "In this order"),
    ("text", "files: one line for each incoming file, with a short name that the other sheets use."),
    ("text", "columns: one line for each column of your table: where it comes from, or what it always is."),
    ("text", "codes: what the file's texts are called in your tables. A column that stands here must have a line for "
             "each text, so that a new one cannot slip by. (blank), (any other), (leave out), (as it stands): "
             "see the remarks."),
    ("text", "wide: for files with values side by side, such as a column for each year or each group."),
    ("text", "marks: what hides a value, where it is not one of the usual marks such as *, <10 or N/A."),
    ("text", "rows: which rows count, such as only those about reading, and not those with totals."),
    ("head", "What is done by itself"),
    ("text", "A number may be a mark: value is then blank, and value_status, low and high say what is known."),
    ("text", "source_key says the file and row, where you do not fill it."),
    ("head", "When a file changes"),
    ("text", "The names of each file's columns are remembered in a file next to this one. When they change, nothing "
             "is run: every difference is listed. Look at the file, and correct the lines here. Where nothing is "
             "wrong, write today's date into 'Layout looked at on' of sheet files: that accepts the new layout."),
    ("head", "What does not belong here"),
    ("text", "Files about single persons, such as students or clients: those tables live apart, in the folder that "
             "source.private names in community.yml."),
)  # fmt: skip
