"""What the columns of an incoming file hold, by their contents: percents, shares, whole numbers, periods, or texts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from alignkit.sources.hidden import parse_cell
from alignkit.sources.mapping.readings import day

MOSTLY = 0.8
"""The share of a column's cells that must be numbers or marks in a column of numbers."""
BY_LAST_YEAR = "school year by its last year"
_PLAIN = ("school year", "quarter", "month", "year")
_BARE = re.compile(r"(?:19|20)\d{2}(?:\.0)?")
_TWO_DIGITS = re.compile(r"\d{2}\s?[-–/]\s?\d{2}")
_YEAR_NAMES = re.compile(r"\b(years?|yr|sy|ay|fy|term)\b")
_MARKED = re.compile(r"(?:SY|FY|AY)\s*'?\d{2,4}", re.IGNORECASE)
_LAST_YEAR_NAMES = re.compile(r"\b(school year|academic year|fiscal year|sy|ay|fy|class of)\b")
_OF_SCHOOLS = re.compile(
    r"\b(district|school|student|grade|proficien|graduat|cohort|tested|attendance|absen|readiness|teacher)"
)


@dataclass(frozen=True)
class Period:
    """How texts that are periods are read; empty where a person must choose, and why."""

    reading: str
    note: str = ""


@dataclass(frozen=True)
class Kind:
    """What a column's cells are."""

    number: bool = False
    share: bool = False
    """All numbers are from 0 to 1, and some are no whole numbers."""
    percent: bool = False
    """Some cells have a percent sign."""
    whole: bool = False
    """All numbers are whole."""
    texts: tuple[str, ...] = ()
    """Its different texts in order, blanks closed up."""


def plain(name: str) -> str:
    """A column's name in lowercase words: DISTRICT_NAME and DistrictName are district name; % is percent.

    The percent sign of a threshold, as in *absent 10% of days*, says nothing of the column's own unit.
    """
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    name = re.sub(r"^#\s*(?=[A-Za-z])", "number ", name)
    name = re.sub(r"(?<=\d)\s?%", " ", name).replace("%", " percent ")
    return " ".join(re.findall(r"[a-z0-9]+", name.lower()))


def kind_of(texts: Sequence[str]) -> Kind:
    """Look at a column's cells."""
    different = tuple(dict.fromkeys(" ".join(text.split()) for text in texts))
    filled = [text for text in different if text]
    cells = [parse_cell(text) for text in filled]
    values = [cell.value for cell in cells if cell is not None and cell.value is not None]
    known = sum(cell is not None for cell in cells)
    if not values or known < MOSTLY * len(filled):
        return Kind(texts=different)
    percent = any("%" in text for text in filled)
    whole = all(value == int(value) for value in values)
    share = not percent and not whole and all(0 <= value <= 1 for value in values)
    return Kind(True, share, percent, whole and not percent, different)


def period_of(name: str, texts: Sequence[str], beside: Sequence[str]) -> Period | None:
    """How a column's texts are read, if all of them are periods; `beside` are the names of all columns.

    A year alone is a school year by its last year where its name or its texts say so, and the calendar year only where
    nothing speaks of schools.
    """
    filled = [text for text in dict.fromkeys(" ".join(text.split()) for text in texts) if text]
    if not filled or (any(_TWO_DIGITS.fullmatch(text) for text in filled) and not _YEAR_NAMES.search(plain(name))):
        return None  # 10-11 may be ages
    if all(_likely(day(text, f"{BY_LAST_YEAR}, first day", 0)) for text in filled):
        return _of_years(plain(name), filled, beside)
    for reading in _PLAIN:
        if all(_likely(day(text, f"{reading}, first day", 0)) for text in filled):
            return Period(reading)
    return None


def _of_years(name: str, filled: list[str], beside: Sequence[str]) -> Period:
    like = filled[0].removesuffix(".0")
    last = int((day(like, f"{BY_LAST_YEAR}, last day", 0) or "0")[:4])
    taken = f"'{like}' is taken as July {last - 1} to June {last}"
    if any(_MARKED.match(text) for text in filled) or _LAST_YEAR_NAMES.search(name):
        fiscal = "fy" in f"{name} {like}".lower() or "fiscal" in name
        other = "the federal fiscal year" if fiscal else "the school year that begins then"
        return Period(BY_LAST_YEAR, f"{taken}; choose another reading if {other} is meant")
    if any(not _BARE.fullmatch(text) for text in filled):
        return Period(BY_LAST_YEAR, taken)
    if any(_OF_SCHOOLS.search(plain(one)) for one in beside):
        return Period("", f"'{like}' may be a calendar year or a school year: choose how it is read")
    return Period("year")


def _likely(first: str | None) -> bool:
    """Whether it is a year that data are about, and no count of children."""
    return first is not None and "1980" <= first[:4] <= "2079"
