"""Any table, written in a dialect that agencies use and read back, is the same or refused, and never another one."""

import csv
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.errors import InputError
from alignkit.sources.mapping.read import read_mapping
from tests.cases.project import figures, write

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
CODECS = {"": "utf-8", "Windows (Western Europe)": "cp1252", "Latin-1": "latin-1", "UTF-16": "utf-16"}


@dataclass(frozen=True)
class Dialect:
    """How an agency writes numbers into a text."""

    separator: str
    decimal: str
    encoding: str = ""
    thousands: str = ""
    percent: str = ""
    """What stands behind a number; a share where it is 'share'."""
    quoting: int = csv.QUOTE_MINIMAL

    def cell(self, number: Decimal) -> str:
        number = number / 100 if self.percent == "share" else number
        whole, _, parts = f"{number:,f}".partition(".")
        text = whole.replace(",", self.thousands)
        text += (self.mark + parts) if parts else ""
        return text + (self.percent if self.percent != "share" else "")

    @property
    def mark(self) -> str:
        return "." if self.decimal == "point" else ","

    def file(self, numbers: list[Decimal]) -> bytes:
        text = io.StringIO()
        sheet = csv.writer(text, delimiter=SEPARATORS[self.separator], quoting=self.quoting, lineterminator="\r\n")  # type: ignore[arg-type]
        sheet.writerow(["Year", "Niño", "Rate"])
        for at, number in enumerate(numbers):
            sheet.writerow([f"{1990 + at}", "é", self.cell(number)])
        return text.getvalue().encode(CODECS[self.encoding])


DIALECTS = (
    Dialect("comma", "point"),
    Dialect("comma", "point", thousands=",", quoting=csv.QUOTE_ALL),
    Dialect("comma", "point", "UTF-16", percent="%"),
    Dialect("comma", "comma", quoting=csv.QUOTE_ALL, percent="%"),
    Dialect("semicolon", "comma", "Windows (Western Europe)"),
    Dialect("semicolon", "comma", "Latin-1", thousands=".", quoting=csv.QUOTE_NONNUMERIC),
    Dialect("semicolon", "point", thousands=",", percent=" %"),
    Dialect("semicolon", "comma", thousands="\xa0"),
    Dialect("tab", "comma", "UTF-16", thousands=" ", percent=" %"),
    Dialect("tab", "point", thousands=","),
    Dialect("bar", "comma", thousands=".", percent="%"),
    Dialect("bar", "point", percent="share"),
    Dialect("semicolon", "comma", percent="share"),
)
PLAIN = [dialect for dialect in DIALECTS if (dialect.separator, dialect.decimal) != ("comma", "comma")]
"""Commas between columns say that the decimal mark is a point; elsewhere it may be left to be found out."""
WAYS = [*((dialect, True) for dialect in DIALECTS), *((dialect, False) for dialect in PLAIN)]
EXCEL: dict[str, Callable[[Decimal], Any]] = {
    "as they are": lambda number: float(number),
    "percent": lambda number: (float(number) / 100, "0.0%_);(0.0%)"),
    "accounting": lambda number: (float(number), '_(* #,##0.0_);_(* (#,##0.0);_(* "-"??_);_(@_)'),
    "thousands": lambda number: (float(number), '#,##0.0,"K"'),
    "texts with a comma": lambda number: f"{number:f}".replace(".", ","),
    "texts with points between thousands": lambda number: f"{number:,f}".translate(str.maketrans(",.", ".,")),
}
numbers = st.integers(0, 3).flatmap(
    lambda places: st.lists(
        st.one_of(
            st.decimals(0, 100, places=places),
            st.decimals(-5000, 5_000_000, places=places),
            st.just(Decimal("1.234")),
            st.integers(0, 5000).map(Decimal),
        ),
        min_size=1,
        max_size=5,
    )
)


def back(content: bytes | Callable[[Path], object], **told: Any) -> list[float] | None:
    """The values read, in the file's order; None where they are refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), content, unit="score", **told)
        try:
            table = read_mapping(path)["indicator_values"]
        except InputError:
            return None
    assert set(table["value_status"]) == {"reported"}
    return [float(value) for value in table["value"]]


@pytest.mark.parametrize(("dialect", "stated"), WAYS, ids=str)
@settings(max_examples=5)
@given(numbers=numbers)
def test_text_files(dialect: Dialect, stated: bool, numbers: list[Decimal]) -> None:
    reading = "share from 0 to 1, as percent" if dialect.percent == "share" else ""
    found = back(
        dialect.file(numbers), period="year", separator=dialect.separator, encoding=dialect.encoding or None,
        decimal=dialect.decimal if stated else None, columns={"value": ("Rate", reading)},
    )  # fmt: skip
    assert found is None or found == pytest.approx([float(number) for number in numbers], abs=1e-9, rel=1e-12)


@pytest.mark.parametrize("kind", EXCEL)
@settings(max_examples=5)
@given(numbers=numbers)
def test_workbooks(kind: str, numbers: list[Decimal]) -> None:
    book = figures(*(EXCEL[kind](number) for number in numbers), first=1990)
    found = back(book, decimal="comma" if kind.startswith("texts") else None)
    assert found is None or found == pytest.approx([float(number) for number in numbers], abs=1e-9, rel=1e-12)


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_each_dialect_is_read_where_it_is_stated(dialect: Dialect) -> None:
    """So that not everything is refused."""
    numbers = [Decimal("41.2"), Decimal("43.5"), Decimal("1234.5")]
    reading = "share from 0 to 1, as percent" if dialect.percent == "share" else ""
    found = back(
        dialect.file(numbers), period="year", separator=dialect.separator, encoding=dialect.encoding or None,
        decimal=dialect.decimal, columns={"value": ("Rate", reading)},
    )  # fmt: skip
    assert found == pytest.approx([41.2, 43.5, 1234.5])
