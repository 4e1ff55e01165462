"""Numbers of an indicator as a reader says them: "46 of 100 third graders", "1 fewer to 2 more", "fall 2029"."""

import datetime
from collections.abc import Mapping
from typing import Any

import pandas as pd

from alignkit.words.current import words
from alignkit.words.words import decimals

Row = Mapping[Any, Any]
"""A row of a frame: column → value."""


def level(value: Any, unit: str, universe: str) -> str:
    """A value among whom it is counted: "46 of 100 third graders", "12.3 of every 1,000 infants", "$41,200"."""
    _ = words.gettext
    if missing(value):
        return _("not known")
    if unit == "percent":
        return _("{number} of 100 {universe}").format(number=of_hundred(value), universe=universe)
    if unit == "rate_per_1000":
        return _("{number} of every 1,000 {universe}").format(number=words.number(value, 1), universe=universe)
    if unit == "count":
        return _("{number} {universe}").format(number=words.number(value), universe=universe)
    return words.value(value, unit)


def of_hundred(value: Any) -> str:
    """A percent as a whole number, with a decimal under ten; "fewer than 1" and "more than 99" where rounding would
    claim none or all."""
    if 0 < value < 0.5:
        return words.gettext("fewer than 1")
    if 99.5 <= value < 100:
        return words.gettext("more than 99")
    return words.number(value, decimals(value, "percent"))


def amount(value: Any, unit: str, digits: int | None = None) -> str:
    """A value where its unit has been said already: "46", "12.3", "$41,200"."""
    if unit == "dollars":
        return words.dollars(value)
    places = decimals(value, unit) if digits is None else digits
    return words.number(value, places)


def size(value: Any, unit: str) -> str:
    """A value or difference beside another one: "23 of 100", "4.1 of 1,000", "$900"."""
    if unit == "percent":
        return words.gettext("{number} of 100").format(number=words.number(value, decimals(value, unit)))
    if unit == "rate_per_1000":
        return words.gettext("{number} of 1,000").format(number=words.number(value, 1))
    return amount(value, unit)


def plain(value: Any, unit: str, digits: int | None = None) -> str:
    """A value on its own: "23%", "12.3 per 1,000", "$41,200", "1,250"; "under 1%" and "over 99%" where rounding would
    claim none or all."""
    if unit == "percent" and 0 < value < 0.5:
        return words.gettext("under {value}").format(value=words.percent(1))
    if unit == "percent" and 99.5 <= value < 100:
        return words.gettext("over {value}").format(value=words.percent(99))
    return words.value(value, unit, digits)


def points(value: Any, unit: str) -> str:
    """The size of a difference or change on its own: "18 points", "0.8 points", "4.1 per 1,000", "$900", "35";
    "less than 0.1 points" where rounding would claim none."""
    text, least = tidy(abs(value), unit), 1 if unit == "dollars" else 0.1
    if value != 0 and text == tidy(0, unit):
        text = words.gettext("less than {value}").format(value=tidy(least, unit))
    if unit == "rate_per_1000":
        return words.gettext("{number} per 1,000").format(number=text)
    if unit in ("percent", "score"):
        return words.ngettext("{n} point", "{n} points", 1 if text == tidy(1, unit) else 2).format(n=text)
    return text


def span(low: Any, high: Any, unit: str) -> str:
    """An interval where its unit has been said already: "44 to 48", with a decimal more where both ends look alike."""
    ends = [amount(low, unit), amount(high, unit)]
    if ends[0] == ends[1] and unit != "dollars":
        digits = 2 if unit in ("rate_per_1000", "score") else 1
        ends = [amount(low, unit, digits), amount(high, unit, digits)]
    return words.gettext("{low} to {high}").format(low=ends[0], high=ends[1])


def goal(target: Any, unit: str, good_direction: str) -> str:
    """A goal where its unit has been said already: "55", "8 or fewer" where down is good."""
    text = amount(target, unit, 0 if float(target).is_integer() else 1)
    if good_direction == "up":
        return text
    less = words.gettext("{number} or less") if unit in ("score", "dollars") else words.gettext("{number} or fewer")
    return less.format(number=text)


def per(unit: str) -> str:
    """What stands behind a goal where its unit has not been said: " of 100", " of every 1,000", ""."""
    return {"percent": words.gettext(" of 100"), "rate_per_1000": words.gettext(" of every 1,000")}.get(unit, "")


def change(value: Any, unit: str) -> str:
    """A change of a value, by itself: "2 more", "0.4 fewer", "no change"."""
    if tidy(value, unit) == tidy(0, unit):
        return words.gettext("no change")
    more, fewer = _directions(unit)
    return (more if value > 0 else fewer).format(number=tidy(abs(value), unit))


def changes(low: Any, high: Any, unit: str) -> str:
    """A range of changes: "1 fewer to 2 more", "1 to 2 more"."""
    _ = words.gettext
    if low < 0 < high:
        return _("{low} to {high}").format(low=change(low, unit), high=change(high, unit))
    near, far = sorted((low, high), key=abs)
    more, fewer = _directions(unit)
    both = _("{low} to {high}").format(low=tidy(abs(near), unit), high=tidy(abs(far), unit))
    return (more if far > 0 else fewer).format(number=both)


def of_whom(unit: str, universe: str) -> str:
    """Among whom a change is counted, to stand behind it: ", of every 100 third graders"; "" for other units."""
    _ = words.gettext
    names = {"percent": _(", of every 100 {universe}"), "rate_per_1000": _(", of every 1,000 {universe}")}
    return names.get(unit, "").format(universe=universe)


def of_every(unit: str) -> str:
    """Of how many a change is counted: " of every 100"; "" for other units."""
    return {"percent": words.gettext(" of every 100"), "rate_per_1000": words.gettext(" of every 1,000")}.get(unit, "")


def tidy(value: Any, unit: str) -> str:
    """One decimal under ten and none above; ".0" is dropped."""
    if unit == "dollars":
        return words.dollars(value)
    digits = 0 if abs(round(value, 1)) >= 10 or float(round(value, 1)).is_integer() else 1
    return words.number(round(value, 1) if digits else value, digits)  # rounded once: 34.45 is 34


def margin(row: Row) -> str:
    """How far a number could be off, from its low, high, unit and confidence: ", which chance alone could make 44 to
    48" from counts; the survey's margin of error where the source gave one; that it is not known where it gave neither.
    """
    _ = words.gettext
    if missing(row["low"]) or missing(row["high"]):
        return _("; how far chance alone could move that is not known")
    ends = span(row["low"], row["high"], row["unit"])
    if missing(row["confidence"]):
        return _("; chance alone could make that {span}").format(span=ends)
    return _("; the survey's margin of error makes that {span}").format(span=ends)


def season(day: datetime.date) -> str:
    """When something is due, no surer than it is: "fall 2029", "early 2030"."""
    _ = words.gettext
    names = {(1, 2): _("early {year}"), (3, 5): _("spring {year}"), (6, 8): _("summer {year}"),
             (9, 11): _("fall {year}"), (12, 12): _("the end of {year}")}  # fmt: skip
    return next(name for (first, last), name in names.items() if first <= day.month <= last).format(year=day.year)


def out_of(have: Any, of: Any) -> str:
    """A part of a whole that is counted: "12 of 40"; "none" where there is nothing to count."""
    if not of:
        return words.gettext("none")
    return words.gettext("{have} of {of}").format(have=words.number(have), of=words.number(of))


def small(n: int) -> str:
    """A count inside a sentence: up to nine in letters."""
    _ = words.gettext
    letters = (
        _("no"),
        _("one"),
        _("two"),
        _("three"),
        _("four"),
        _("five"),
        _("six"),
        _("seven"),
        _("eight"),
        _("nine"),
    )
    return letters[n] if 0 <= n < len(letters) else words.number(n)


def capitalized(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def clause(text: str) -> str:
    """A sentence somebody wrote, to stand in brackets: without its period, its first word as it is."""
    return text.strip().rstrip(".")


def missing(value: Any) -> bool:
    """Whether there is no value."""
    return value is None or bool(pd.isna(value))


def chance(p: Any) -> str:
    """A p-value: three decimals, "under 0.001", "not computed"."""
    if missing(p):
        return words.gettext("not computed")
    return words.gettext("under {number}").format(number=words.number(0.001, 3)) if p < 0.001 else words.number(p, 3)


def tier(number: Any) -> str:
    """The strength of evidence in the words of the federal education law (ESSA)."""
    _ = words.gettext
    names = {
        1: _("strong evidence"),
        2: _("moderate evidence"),
        3: _("promising evidence"),
        4: _("no study yet"),
    }
    return names.get(number, _("evidence not rated"))


def _directions(unit: str) -> tuple[str, str]:
    _ = words.gettext
    if unit == "score":
        return _("{number} points higher"), _("{number} points lower")
    return _("{number} more"), (_("{number} less") if unit == "dollars" else _("{number} fewer"))
