"""The labels of cycles: quarters, half years, school terms, school or fiscal years, calendar years.

Labels are ordered by the days that they stand for, never as text: 2026-Fall follows 2026-Spring, and a community may
change from one kind to another (2026-Q4, then 2027-H1).
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from alignkit.errors import ParamsError

FORMS = (
    "2026-Q3 (quarter), 2026-H2 (half year), 2026-Spring, 2026-Summer or 2026-Fall (school term), 2026-27 (school or "
    "fiscal year, July to June) or 2026 (calendar year)"
)
"""How a cycle may be written, for messages."""
TERMS = {"Spring": (1, 5), "Summer": (6, 7), "Fall": (8, 12)}
"""School term → its first and last month. Districts differ by some weeks; a cycle's file may give its own days."""

_LABEL = re.compile(r"((?:19|20)\d\d)(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<term>[A-Z][a-z]+)|(?P<end>\d\d)))?")


def is_cycle(label: str) -> bool:
    """Whether `label` is the label of a cycle, such as 2026-Q3."""
    return _months(label) is not None


def days(label: str) -> tuple[date, date]:
    """The first and the last day that a label stands for. Raises `ParamsError` for a text that is no label."""
    found = _months(label)
    if found is None:
        raise ParamsError(f"'{label}' is not a cycle", cure=f"write {FORMS}")
    year, first, last = found
    ended = date(year + last // 12, last % 12 + 1, 1) - timedelta(days=1)
    return date(year, first, 1), ended


def order(label: str) -> tuple[date, int]:
    """The key by which labels are sorted: what ends first comes first; of two that end together, the shorter.

    So a year's own book follows the one for its last quarter. Raises `ParamsError` for a text that is no label.
    """
    first, last = days(label)
    return last, (last - first).days


def in_order(labels: Iterable[str]) -> tuple[str, ...]:
    """The labels, the oldest first. Raises `ParamsError` for a text that is no label."""
    return tuple(sorted(labels, key=order))


def following(label: str, *, summer: bool = False) -> str:
    """The next label of the same kind. Spring is followed by Fall, or by Summer where the community has `summer`
    cycles. Raises `ParamsError` for a text that is no label."""
    first, _ = days(label)
    year, part = first.year, label[5:]
    if part in TERMS:
        terms = [term for term in TERMS if summer or term != "Summer" or term == part]
        place = terms.index(part) + 1
        return f"{year + place // len(terms)}-{terms[place % len(terms)]}"
    if part[:1] in ("Q", "H"):
        many, number = {"Q": 4, "H": 2}[part[0]], int(part[1])
        return f"{year + number // many}-{part[0]}{number % many + 1}"
    return f"{year + 1}-{(year + 2) % 100:02d}" if part else f"{year + 1}"


def quarter_of(day: date) -> str:
    """The quarter that a day lies in, such as 2026-Q4."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def checked(label: str) -> str:
    """The label itself. Raises `ParamsError`, with the forms there are, for a text that is no label."""
    days(label)
    return label


def named(label: str, gettext: Callable[[str], str]) -> str:
    """A cycle as a reader says it, to follow "for": "the third quarter of 2026", "fall 2026", "2026–27".

    `gettext` gives a message in the book's language. Raises `ParamsError` for a text that is no label.
    """
    days(label)
    sayings = {
        "Q1": gettext("the first quarter of {year}"),
        "Q2": gettext("the second quarter of {year}"),
        "Q3": gettext("the third quarter of {year}"),
        "Q4": gettext("the fourth quarter of {year}"),
        "H1": gettext("the first half of {year}"),
        "H2": gettext("the second half of {year}"),
        "Spring": gettext("spring {year}"),
        "Summer": gettext("summer {year}"),
        "Fall": gettext("fall {year}"),
    }
    return sayings.get(label[5:], label.replace("-", "–")).format(year=label[:4])


def _months(label: str) -> tuple[int, int, int] | None:
    """The year of the first month, the first month, and the last one, counted from January of that year (1 to 18)."""
    found = _LABEL.fullmatch(label)
    if found is None:
        return None
    year = int(found[1])
    if quarter := found["quarter"]:
        return year, int(quarter) * 3 - 2, int(quarter) * 3
    if half := found["half"]:
        return year, int(half) * 6 - 5, int(half) * 6
    if term := found["term"]:
        return (year, *TERMS[term]) if term in TERMS else None
    if end := found["end"]:
        return (year, 7, 18) if int(end) == (year + 1) % 100 else None
    return year, 1, 12
