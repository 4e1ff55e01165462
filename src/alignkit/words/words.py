"""Every fixed word, number and date that a reader sees, in the book's language.

English sentences are the message ids in the code. `catalogs/<lang>.po` holds another language; adding that one file
adds the language. See `alignkit.words.extract` for the template that a translator starts from.
"""

import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pandas as pd
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent
from babel.support import Translations

from alignkit.errors import ParamsError

CATALOGS = Path(__file__).parent / "catalogs"
DIGITS = {"percent": 0, "count": 0, "rate_per_1000": 1, "score": 1, "dollars": 0}
"""Unit → decimals shown when nobody asks for others."""

# CLDR's American English writes "a, b, and c"; the house writes "a, b and c".
_LIST_LOCALE = {"en": "en_001"}
_MONTHS_BELOW_DAYS = 183
_YEARS_ABOVE_DAYS = 400


def decimals(x: Any, unit: str) -> int:
    """How many decimals a value is shown with: those of its unit, and one more for a percent under ten that has one,
    as 8.6 and 9.4 would look alike where a goal may lie between them."""
    if unit != "percent" or _missing(x):
        return DIGITS.get(unit, 0)
    tenth = round(float(x), 1)
    return 1 if 1 <= abs(tenth) < 10 and not tenth.is_integer() else 0


@dataclass(frozen=True)
class Words:
    """One language: its translations and its forms of numbers, dates and lists. Get one from `words(lang)`."""

    lang: str
    translations: NullTranslations = field(repr=False, compare=False)

    def gettext(self, message: str) -> str:
        """`message` in this language; English where it is not translated."""
        return self.translations.gettext(message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form that fits `n`, with `{n}` still to be filled in."""
        return self.translations.ngettext(one, many, n)

    def number(self, x: Any, digits: int = 0) -> str:
        """`1234.5` → "1,235": halves go up, as a reader with a calculator expects; a missing one → "not known"."""
        if _missing(x):
            return self.gettext("not known")
        pattern = _with_digits(self.locale.decimal_formats[None].pattern.split(".")[0], digits)
        return format_decimal(_rounded(x, digits), pattern, locale=self.locale)

    def percent(self, x: Any, digits: int = 0) -> str:
        """`x` between 0 and 100 → "46%"."""
        if _missing(x):
            return self.gettext("not known")
        pattern = _with_digits(self.locale.percent_formats[None].pattern, digits)
        return format_percent(_rounded(x, digits) / 100, pattern, locale=self.locale)

    def dollars(self, x: Any, digits: int = 0) -> str:
        """US dollars: "$1,250"."""
        if _missing(x):
            return self.gettext("not known")
        pattern = _with_digits(self.locale.currency_formats["standard"].pattern.replace(".00", ""), digits)
        return format_currency(
            _rounded(x, digits),
            "USD",
            pattern,
            locale=self.locale,
            currency_digits=False,
        )

    def value(self, x: Any, unit: str, digits: int | None = None) -> str:
        """`x` in a unit of `indicators.unit`: "46%", "9.4%", "1,250", "12.3 per 1,000", "19.8", "$1,250"."""
        places = decimals(x, unit) if digits is None else digits
        if _missing(x):
            return self.gettext("not known")
        if unit == "percent":
            return self.percent(x, places)
        if unit == "dollars":
            return self.dollars(x, places)
        if unit == "rate_per_1000":
            return self.gettext("{number} per 1,000").format(number=self.number(x, places))
        return self.number(x, places)

    def span(self, low: Any, high: Any, unit: str, digits: int | None = None) -> str:
        """An interval: "44% to 48%"."""
        ends = self.value(low, unit, digits), self.value(high, unit, digits)
        return self.gettext("{low} to {high}").format(low=ends[0], high=ends[1])

    def count(self, n: Any, one: str, many: str) -> str:
        """Things that are counted: "no readers", "1 reader", "12 readers"; "an unknown number of readers"."""
        if _missing(n):
            return self.gettext("an unknown number of {things}").format(things=self.ngettext(one, many, 2))
        things = self.ngettext(one, many, int(n))
        if int(n) == 0:
            return self.gettext("no {things}").format(things=things)
        return self.gettext("{number} {things}").format(number=self.number(n), things=things)

    def date(self, day: datetime.date | None) -> str:
        """ "September 30, 2026"; a missing one → "no date"."""
        return self.gettext("no date") if _missing(day) else format_date(day, "long", locale=self.locale)

    def short_date(self, day: datetime.date | None) -> str:
        """ "Sep 30, 2026", for narrow columns; a missing one → "no date"."""
        return self.gettext("no date") if _missing(day) else format_date(day, "medium", locale=self.locale)

    def month_year(self, day: datetime.date | None) -> str:
        """ "September 2026"; a missing one → "no date"."""
        return self.gettext("no date") if _missing(day) else format_skeleton("yMMMM", day, locale=self.locale)

    def list(self, items: Sequence[str]) -> str:
        """ "a, b and c"; "" for none."""
        return format_list(list(items), locale=_LIST_LOCALE.get(self.lang, self.locale))

    def period(self, start: datetime.date, end: datetime.date | None = None) -> str:
        """What to call a period: "2024–25" (a school year), "2024", "January–March 2024", "2020–2024".

        Without an end: the year of its start.
        """
        if _missing(start):
            return self.gettext("no date")
        if end is None or _missing(end):
            return str(start.year)
        days = (end - start).days
        if days < _MONTHS_BELOW_DAYS:
            return self._months(start, end)
        if start.year == end.year:
            return str(start.year)
        last = f"{end.year % 100:02d}" if days <= _YEARS_ABOVE_DAYS else str(end.year)
        return f"{start.year}–{last}"

    @property
    def locale(self) -> Locale:
        """Babel's data for this language."""
        return Locale.parse(self.lang)

    def _months(self, start: datetime.date, end: datetime.date) -> str:
        if (start.year, start.month) == (end.year, end.month):
            return self.month_year(end)
        first = format_date(start, "LLLL", locale=self.locale) if start.year == end.year else self.month_year(start)
        return f"{first}–{self.month_year(end)}"


@cache
def words(lang: str) -> Words:
    """The words of one language, such as "en"; ParamsError names the languages there are."""
    if lang == "en":
        return Words(lang, NullTranslations())
    path = CATALOGS / f"{lang}.po"
    if lang not in languages():
        raise ParamsError(
            f"there is no language '{lang}'",
            where="lang",
            cure=f"languages here: {', '.join(languages())}; another one is one file, words/catalogs/<lang>.po",
        )
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=lang))
    compiled.seek(0)
    return Words(lang, Translations(compiled))


def languages() -> tuple[str, ...]:
    """The languages there are, English first."""
    return ("en", *sorted(path.stem for path in CATALOGS.glob("*.po")))


def _missing(x: Any) -> bool:
    return x is None or bool(pd.isna(x))


def _rounded(x: Any, digits: int) -> Decimal:
    exact = Decimal(str(x)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return abs(exact) if exact == 0 else exact


def _with_digits(pattern: str, digits: int) -> str:
    """A CLDR pattern of whole numbers → one with exactly `digits` decimals, beside its last zero."""
    return re.sub(r"0(?!.*0)", "0." + "0" * digits, pattern) if digits else pattern
