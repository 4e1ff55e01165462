"""What a mapping sheet says: its sheets and headings, and the lines about one incoming file.

The headings are sentences that the cells complete. Texts in parentheses, such as (blank) and (any other), stand for
what cannot be written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from alignkit.contract.schema import TableSchema

BLANK, ANY_OTHER, AS_IT_STANDS, LEAVE_OUT = "(blank)", "(any other)", "(as it stands)", "(leave out)"
HEADING = "(heading)"
"""The column that says, after columns side by side have become rows, from which of them a row came."""
OR_IF_BLANK = " or if blank: "
"""Between two columns of the file: where the first one is blank, the second counts."""
NAME_DAY, CAME_IN = "(day in the file's name)", "(day the file came in)"
"""Where a day may come from, besides the file's columns."""
EXAMPLE = "(example)"
TAKE = ("all of them", "the last by name")
KEEP = ("keep only", "leave out")
ENCODINGS = MappingProxyType(
    {"UTF-8": "utf-8-sig", "Windows (Western Europe)": "cp1252", "Latin-1": "latin-1", "UTF-16": "utf-16"}
)
SEPARATORS = MappingProxyType({"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"})
DECIMALS = ("point", "comma")
HIDDEN = ("read them", "leave them out")
TWICE = ("keep one",)
PARTS = ("are parts, add them up",)
NEW_HEADINGS = frozenset((("files", "hidden"), ("files", "twice"), ("files", "parts")))
"""Headings that a mapping sheet of an earlier version lacks; there they are blank."""
HEADINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "files": {
            "file": "A short name you give the file",
            "path": "Where it is (* stands for any text)",
            "take": "If several match, take",
            "sheet": "Its sheet, if it is Excel",
            "header": "The row with its column names",
            "table": "The table it fills",
            "encoding": "How its letters are stored",
            "separator": "What separates its columns",
            "decimal": "Its decimal mark",
            "looked": "Layout looked at on",
            "hidden": "If rows or columns are hidden",
            "twice": "Rows that are exactly alike",
            "parts": "Rows of the same place, period and group",
        },
        "columns": {
            "file": "For this file",
            "column": "this column of the table",
            "source": "comes from this column of the file",
            "constant": "or is always",
            "reading": "and is read as",
            "later": "plus so many days",
            "front": "with this put in front",
        },
        "codes": {
            "file": "For this file (blank: for all)",
            "column": "in this column of the table",
            "text": "this text in the file",
            "code": "becomes this code",
        },
        "wide": {
            "file": "For this file",
            "source": "this column of the file (* stands for any text)",
            "heading": "is about (blank: what its heading says)",
            "name": "and holds (blank: value)",
        },
        "marks": {
            "file": "For this file (blank: for all)",
            "text": "this text instead of a number",
            "status": "means that the value is",
        },
        "rows": {
            "file": "For this file",
            "keep": "keep only, or leave out,",
            "source": "rows in which this column of the file",
            "text": "says",
        },
    }
)  # fmt: skip
"""Sheet → what each of its columns is → its heading."""
Line = Mapping[str, str]
"""One line of a sheet: what each cell is → its text; `at` says where it stands."""


@dataclass(frozen=True)
class Column:
    """How one column of the table is filled: from a column of the file, or with a constant."""

    at: str
    column: str
    source: str
    constant: str
    reading: str
    later: int
    front: str
    above: bool = False
    """A blank cell says what the one above it says."""


@dataclass(frozen=True)
class FileMap:
    """Everything that the mapping says about one incoming file."""

    at: str
    name: str
    path: str
    last: bool
    """Of several files that match, only the last by name."""
    sheet: str
    header: tuple[int, int]
    """First and last row of the column names, from 1."""
    table: TableSchema
    encoding: str
    separator: str
    decimal: str
    """point, comma, or empty: not chosen."""
    columns: tuple[Column, ...]
    codes: Mapping[str, Mapping[str, str]]
    """Column of the table → text in the file (folded) → code."""
    wide: tuple[Line, ...]
    marks: Mapping[str, str]
    rows: tuple[Line, ...]
    digest: str
    """Changes when a line about the file does."""
    hidden: str = ""
    """What to do with hidden rows and columns; empty: not chosen."""
    once: bool = False
    """Of rows that are exactly alike, one is kept."""
    stands: frozenset[str] = frozenset()
    """Bounds such as <10 that a person has said to be of the value itself, not of the number of persons."""
    parts: bool = False
    """Rows with the same key are parts of one row: schools of a district."""

    @property
    def value_names(self) -> tuple[str, ...]:
        """The columns that come of columns side by side."""
        return tuple(dict.fromkeys(f"({line['name'] or 'value'})" for line in self.wide))

    @property
    def made(self) -> frozenset[str]:
        """The columns that do not stand in the file."""
        days = {column.source for column in self.columns} & {NAME_DAY, CAME_IN}
        return frozenset((HEADING, *self.value_names, *days)) if self.wide else frozenset(days)

    @property
    def used(self) -> dict[str, str]:
        """The columns of the file that are named by themselves → where in the mapping."""
        named = [(one, column.at) for column in self.columns if column.source for one in either(column.source)]
        named += [(line["source"], line["at"]) for line in (*self.rows, *self.wide)]
        places: dict[str, list[str]] = {}
        for source, at in named:
            if "*" not in source and source not in self.made:
                places.setdefault(source, []).append(at)
        return {source: " and ".join(ats) for source, ats in places.items()}


def either(source: str) -> list[str]:
    """The columns that a line names: New date or if blank: Due."""
    return source.split(OR_IF_BLANK)


def folded(text: str) -> str:
    """A text as it is compared: blanks and upper case do not count; blank is (blank)."""
    return " ".join(text.split()).casefold() or BLANK
