"""How a text in an incoming file is read: school years, years, quarters, months and days; shares and thousands."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

Period = tuple[date, date]
"""First and last day."""
_MONTHS = {
    name.lower(): at for names in (calendar.month_name, calendar.month_abbr) for at, name in enumerate(names) if at
}
_PREFIX = r"(?:SY|S?FY|AY|school year)?\s*"
_TWO_YEARS = re.compile(_PREFIX + r"(\d{4})\s?[-–/]\s?(\d{4}|\d{2})", re.IGNORECASE)
_TWO_DIGITS = re.compile(_PREFIX + r"'?(\d{2})\s?[-–/]\s?'?(\d{2})", re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})(?:\.0)?")
_YEARS = re.compile(r"(\d{4})\s?[-–]\s?(\d{4})")
_LAST_YEAR = re.compile(_PREFIX + r"(?:class of )?(\d{4})(?:\.0)?|(?:SY|FY|AY)\s*'?(\d{2})", re.IGNORECASE)
_STATE_YEAR = re.compile(r"(?:S?FY|fiscal year)?\s*'?(\d{4}|\d{2})(?:\.0)?", re.IGNORECASE)
_FEDERAL_YEAR = re.compile(r"(?:F?FY|(?:federal )?fiscal year)?\s*'?(\d{4}|\d{2})(?:\.0)?", re.IGNORECASE)
_QUARTER = re.compile(r"(\d{4})\s?-?\s?Q([1-4])|Q([1-4])\s?-?/?\s?(\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})|(\d{1,2})/(\d{4})|([a-z]{3,9})\.? (\d{4})", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_THIS_CENTURY = 80
"""A year of two digits below this is 20xx; as of spreadsheets, whose data are not from before 1980."""


def school_year(text: str) -> Period | None:
    """2015-16, 2015-2016, SY2015-16, 15-16 → July 1, 2015 to June 30, 2016."""
    found = _TWO_YEARS.fullmatch(text) or _TWO_DIGITS.fullmatch(text)
    if not found:
        return None
    first = _whole_year(found[1])
    follows = str(first + 1).endswith(found[2])
    return (date(first, 7, 1), date(first + 1, 6, 30)) if follows else None


def ending_in(text: str) -> Period | None:
    """2016, SY16 or Class of 2016, for the school year 2015-16 → July 1, 2015 to June 30, 2016."""
    found = _LAST_YEAR.fullmatch(text)
    return _ending(_whole_year(found[1] or found[2])) if found else None


def fiscal(text: str) -> Period | None:
    """FY2021, SFY21, 2021 or 2020-21 → July 1, 2020 to June 30, 2021, as most states count; never FFY2021."""
    found = _STATE_YEAR.fullmatch(text)
    return _ending(_whole_year(found[1])) if found else school_year(text)


def federal(text: str) -> Period | None:
    """FY2021 or FFY21 → October 1, 2020 to September 30, 2021; never SFY2021."""
    if text[:3].upper() == "SFY":
        return None
    found = _FEDERAL_YEAR.fullmatch(text)
    whole = _ending(_whole_year(found[1])) if found else school_year(re.sub("^F(?=FY)", "", text, flags=re.IGNORECASE))
    return whole and (whole[0].replace(month=10), whole[1].replace(month=9))


def year(text: str) -> Period | None:
    """2015 → January 1 to December 31; 2011-2015, as of the American Community Survey → the five years.

    Two years in a row, such as 2014-2015, may be a school year, and are not read.
    """
    if found := _YEARS.fullmatch(text):
        first, last = int(found[1]), int(found[2])
        return (date(first, 1, 1), date(last, 12, 31)) if 1 < last - first < 10 else None
    found = _YEAR.fullmatch(text)
    return (date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)) if found else None


def _ending(last: int) -> Period:
    return date(last - 1, 7, 1), date(last, 6, 30)


def _whole_year(digits: str) -> int:
    """2021 for 2021 or 21."""
    return int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < _THIS_CENTURY else 1900)


def quarter(text: str) -> Period | None:
    """2015 Q3, 2015-Q3, Q3 2015 → July 1 to September 30."""
    found = _QUARTER.fullmatch(text)
    if not found:
        return None
    last = 3 * int(found[2] or found[3])
    whole = _month(int(found[1] or found[4]), last)
    return whole and (whole[0].replace(month=last - 2), whole[1])


def month(text: str) -> Period | None:
    """2015-07, 7/2015, July 2015, Jul 2015 → July 1 to July 31."""
    found = _MONTH.fullmatch(text)
    if not found:
        return None
    at = _MONTHS.get(found[5].lower(), 0) if found[5] else int(found[2] or found[3])
    return _month(int(found[1] or found[4] or found[6]), at)


def american(text: str) -> Period | None:
    """7/1/2015, 7/1/15, or a day of Excel's → July 1."""
    found = _SLASHED.fullmatch(text)
    return _day(_whole_year(found[3]), int(found[1]), int(found[2])) if found else _excel(text)


def day_first(text: str) -> Period | None:
    """1/7/2015, 1.7.2015, or a day of Excel's → July 1."""
    found = _SLASHED.fullmatch(text)
    return _day(_whole_year(found[3]), int(found[2]), int(found[1])) if found else _excel(text)


def _excel(text: str) -> Period | None:
    found = _iso(text)
    return (found, found) if found else None


def _month(year: int, month: int) -> Period | None:
    if not 1 <= month <= 12:
        return None
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> Period | None:
    whole = _month(year, month)
    if not whole or not 1 <= day <= whole[1].day:
        return None
    found = date(year, month, day)
    return found, found


_PERIODS: dict[str, tuple[str, Callable[[str], Period | None]]] = {
    "school year": ("2015-16 or SY2015-16", school_year),
    "school year by its last year": ("2016 for 2015-16", ending_in),
    "fiscal year, July to June": ("FY2016 or SFY16, for July 2015 to June 2016", fiscal),
    "federal fiscal year": ("FFY2016 or FY16, for October 2015 to September 2016", federal),
    "year": ("2015 or 2011-2015", year),
    "quarter": ("2015 Q3 or Q3 2015", quarter),
    "month": ("2015-07, 7/2015 or July 2015", month),
}
DAY_READINGS: dict[str, tuple[str, Callable[[str], Period | None], int]] = {
    **{
        f"{name}, {which} day": (like, read, at)
        for name, (like, read) in _PERIODS.items()
        for at, which in enumerate(("first", "last"))
    },
    "month/day/year": ("7/1/2015 or 7/1/15", american, 0),
    "day/month/year": ("1/7/2015 for July 1", day_first, 0),
}
"""Reading → what it understands, what reads it, and which end of the period is meant."""
SHARE = "share from 0 to 1, as percent"
FROM_100 = "100 minus"
PERCENT = "percent from 0 to 100"
PLAIN = "as it stands"
THOUSANDS = "thousands"
PER = {"per 100,000, as per 1,000": 100_000, "per 10,000, as per 1,000": 10_000, "per 100, as per 1,000": 100}
"""Reading → how many persons the file's rate is per."""
SCALES: dict[str, float] = {
    SHARE: 100, PERCENT: 1, THOUSANDS: 1000, FROM_100: 1, PLAIN: 1, **{name: 1000 / base for name, base in PER.items()},
}  # fmt: skip
"""Reading → what a number is multiplied by."""
MARGIN = "margin of error"
"""For interval_low and interval_high only: the value less, or plus, what the column says."""
ABOVE = "as above where blank"
"""A reading of its own, or after another one: year, first day, as above where blank."""
READINGS: tuple[str, ...] = (*DAY_READINGS, *SCALES, MARGIN, ABOVE)


def day(text: str, reading: str, later: int) -> str | None:
    """A day like 2026-09-30, `later` days after what the text says; None where the text is not understood.

    Without a reading the text must be such a day itself.
    """
    try:
        if reading:
            _, read, end = DAY_READINGS[reading]
            period = read(text)
            found = period[end] if period else None
        else:
            found = _iso(text)
        return (found + timedelta(days=later)).isoformat() if found else None
    except (OverflowError, ValueError):  # a year that the calendar does not have
        return None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text.removesuffix(" 00:00:00"))
    except ValueError:
        return None


def scaled(value: float | None, reading: str) -> float | None:
    """A number in the table's unit; ten decimals, so that 100 times 0.57 is 57."""
    if value is None or reading not in SCALES:
        return value
    return round(100 - value if reading == FROM_100 else value * SCALES[reading], 10)


def without_above(reading: str) -> tuple[str, bool]:
    """A reading without *as above where blank*, and whether it was there."""
    less = reading.removesuffix(ABOVE)
    return less.rstrip(" ,"), less != reading
