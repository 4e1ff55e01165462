"""Which of several files is the newest by its name, as a person reads it; refused where that is not plain.

p_9.csv comes before p_10.csv, and p 03-01-2025.csv before p 02-01-2026.csv, whatever the alphabet says.
"""

import calendar
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from alignkit.errors import SourceError
from alignkit.sources.wrong import places

_MONTHS = {
    name.lower(): at for names in (calendar.month_name, calendar.month_abbr) for at, name in enumerate(names) if at
} | {"sept": 9}
_SEASONS = {"winter": 1, "spring": 2, "summer": 3, "fall": 4, "autumn": 4}
_PIECE = re.compile(
    r"(?P<iso>(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])(?!\d))"
    r"|(?P<day>(?<!\d)\d{1,2}[-_./]\d{1,2}[-_./](?:(?:19|20)\d{2}|\d{2})(?!\d))"
    r"|(?P<monthyear>[A-Za-z]{3,9}[-_. ]*(?:19|20)\d{2})"
    r"|(?P<number>\d+)"
    r"|(?P<word>[A-Za-z]+)"
    r"|(?P<rest>[^A-Za-z\d]+)"
)
Key = tuple[tuple[int, ...], ...]


def newest(files: Sequence[Path], at: str) -> Path:
    """The newest of `files` by name. Raises `SourceError` where their names do not say it plainly."""
    if len(files) == 1:
        return files[0]
    read = [_read(file.name) for file in files]
    if len({shape for shape, _ in read}) == 1:
        keys = [key for _, key in read]
        # A year after a number, month or quarter still comes first: Q4_2025 is before Q1_2026.
        years_first = [sorted(key, key=lambda part: not _is_year(str(part[0]))) for key in keys]
        as_written, by_year = _top([list(key) for key in keys]), _top(years_first)
        if as_written is not None and (as_written == by_year or _dated(files[0].name)) and not _unsure(files):
            return files[as_written if by_year is None else by_year]
    raise SourceError(
        f"which of these is the last is not plain: {places([file.name for file in files])}",
        where=at,
        cure="write the name of the one you want into the mapping, or move the others to another folder",
    )


def _read(name: str) -> tuple[str, Key]:
    """A name's words, and its dates and numbers in order."""
    shape, key = "", list[tuple[int, ...]]()
    for piece in _PIECE.finditer(name):
        kind, text = str(piece.lastgroup), piece[0].lower()
        if kind == "iso":
            digits = re.sub(r"\D", "", text)
            shape, key = shape + "<day>", [*key, (int(digits[:4]), int(digits[4:6]), int(digits[6:8]))]
        elif kind == "day":
            month, day, year = (int(number) for number in re.findall(r"\d+", text))
            year += 2000 if year < 100 else 0
            shape, key = shape + "<day>", [*key, (year, month, day)]
        elif kind == "monthyear" and (month := _MONTHS.get(re.sub(r"[^a-z]", "", text), 0)):
            shape, key = shape + "<month>", [*key, (int(text[-4:]), month)]
        elif kind == "monthyear" and (season := _SEASONS.get(re.sub(r"[^a-z]", "", text), 0)):
            shape, key = shape + "<season>", [*key, (int(text[-4:]), season)]
        elif kind == "number":
            shape, key = shape + f"<{'year' if _is_year(text) else 'number'}>", [*key, (int(text),)]
        elif kind == "word" and (place := _MONTHS.get(text) or _SEASONS.get(text)):
            shape, key = shape + "<name>", [*key, (place,)]
        elif kind == "monthyear":
            shape, key = shape + text[:-4] + "<year>", [*key, (int(text[-4:]),)]
        else:
            shape += text
    return shape, tuple(key)


def day_in(name: str) -> str:
    """The day that a file's name says, such as 2026-03-31; the last of a month; empty where it says none for sure.

    2011-12 may be the school year as well as December 2011.
    """
    found = [piece for piece in _PIECE.finditer(name) if piece.lastgroup in ("iso", "day", "monthyear")]
    days = {day for piece in found if (day := _day(str(piece.lastgroup), piece[0].lower()))}
    if not days and (month := re.search(r"(?<!\d)((?:19|20)\d{2})[-_.](0[1-9]|1[0-2])(?!\d)", name)):
        days = {_last(int(month[1]), int(month[2]))} if int(month[2]) != (int(month[1]) + 1) % 100 else set()
    return days.pop() if len(days) == 1 else ""


def _day(kind: str, text: str) -> str:
    if kind == "monthyear":
        month = _MONTHS.get(re.sub(r"[^a-z]", "", text), 0)
        return _last(int(text[-4:]), month) if month else ""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if kind == "iso":
        digits = re.sub(r"\D", "", text)
        numbers = [int(digits[4:6]), int(digits[6:]), int(digits[:4])]
    first, second, year = numbers
    if kind == "day" and (year < 100 or (first <= 12 and second <= 12 and first != second)):
        return ""  # which of them is the month, or the year, is not sure
    month, day = (second, first) if first > 12 else (first, second)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _last(year: int, month: int) -> str:
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def _is_year(text: str) -> bool:
    return len(text) == 4 and text[:2] in ("19", "20")


def _top(keys: Sequence[list[tuple[int, ...]]]) -> int | None:
    """The position of the greatest; None where two are."""
    top = max(keys)
    return None if list(keys).count(top) > 1 else list(keys).index(top)


def _dated(name: str) -> bool:
    """Whether a year in the name goes with a quarter, month or season in front of it."""
    named = "|".join([*_MONTHS, *_SEASONS, "q[1-4]"])
    return bool(re.search(rf"(?<![a-z])(?:{named})(?![a-z]).*?(?<!\d)(?:19|20)\d{{2}}(?!\d)", name.lower()))


def _unsure(files: Sequence[Path]) -> bool:
    """Whether the newest depends on which part of a date is the month, or the year (03-04-2026, 03-04-26), or on where
    a winter belongs: winter 2025 is before fall 2025, or after it.
    """
    names = " ".join(file.name.lower() for file in files)
    if "winter" in names and re.search("fall|autumn", names):
        return True
    days = [re.findall(r"(?<!\d)(\d{1,2})[-_./](\d{1,2})[-_./]((?:19|20)?\d{2})(?!\d)", file.name) for file in files]
    if not any(days):
        return False
    orders = [(2, 0, 1), (2, 1, 0)] + [(0, 1, 2)] * any(len(one[2]) == 2 for found in days for one in found)
    tops = {_top([[tuple(int(one[at]) for at in order) for one in found] for found in days]) for order in orders}
    return len(tops) > 1
