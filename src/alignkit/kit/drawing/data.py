"""Published → what a chart draws (`Mark`) and the numbers behind it as text."""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.errors import DisclosureError, NotebookError
from alignkit.kit.drawing.canvas import plain
from alignkit.words.current import words

VALUE = "value"
_ENDS = {"percent": 100.0}
"""Unit → its highest value, where a range without an upper bound ends ("over 95%")."""
Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Mark:
    """One published row as a chart needs it; numbers are in the measure's unit, None where nothing may be shown."""

    key: tuple[Any, ...]
    value: float | None
    low: float | None
    high: float | None
    status: str
    text: str
    detail: str
    """ "27 of 40", where both counts are published."""

    @property
    def drawn(self) -> bool:
        """Whether there is a point to draw; otherwise its words stand in for it."""
        return self.status == "shown" and self.value is not None

    @property
    def between(self) -> tuple[float, float] | None:
        """The bounds of a row of which only a range or band is known."""
        if self.status not in ("range", "band") or self.low is None or self.high is None:
            return None
        return self.low, self.high


@dataclass(frozen=True)
class Behind:
    """The numbers behind a chart, as a reader sees them."""

    columns: tuple[str, ...]
    align: tuple[Align, ...]
    rows: tuple[tuple[str, ...], ...]


def check(p: object, *columns: str | None, alt: str, caption: str) -> None:
    """Refuse anything that did not pass `publish()`, an unknown column, and a picture without words."""
    if not isinstance(p, Published):
        raise DisclosureError(
            f"an exhibit takes what publish() returns, not a {type(p).__name__}",
            cure="pass the table through c.publish(…) first",
        )
    for column in columns:
        if column is not None and column not in p.frame.columns:
            raise NotebookError(
                f"exhibit of '{p.id}': there is no column '{column}'",
                cure=f"columns: {', '.join(map(str, p.frame.columns))}",
            )
    if not caption.strip():
        raise NotebookError(f"exhibit of '{p.id}' has no caption", cure="pass caption=")
    if not alt.strip() or alt.strip() == caption.strip():
        raise NotebookError(
            f"exhibit of '{p.id}' has no alternative text of its own",
            cure="pass alt= with this cycle's finding in words, not the caption",
        )


def marks(p: Published, *keys: str, value: str = "value", unit: str = "") -> tuple[Mark, ...]:
    """Every row of `p` in its order; `keys` are the columns that say what it is about.

    With its counts in words, and the words of a column other than "value" in `unit`.
    """
    counts = details(p)
    found = []
    for row, count in zip(p.frame.to_dict("records"), counts, strict=True):
        status, number_ = str(row["status"]), number(row.get(value))
        said = words.value(number_, unit) if value != "value" and status == "shown" else str(row["text"])
        key = tuple(_clean(row[name]) for name in keys)
        low, high = number(row.get("low")), number(row.get("high"))
        if status == "range":
            low, high = _bounds(low, high, str(row.get("unit") or unit))
        found.append(Mark(key, number_, low, high, status, plain(said), count))
    return tuple(found)


def _bounds(low: float | None, high: float | None, unit: str) -> tuple[float | None, float | None]:
    """A range with both ends where the unit says them: "under 10" starts at zero, "over 95%" ends at 100."""
    return 0.0 if low is None and (high or 0.0) > 0 else low, _ENDS.get(unit) if high is None else high


def rekeyed(marks: Sequence[Mark], change: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> list[Mark]:
    """`marks` with other keys."""
    return [replace(mark, key=change(mark.key)) for mark in marks]


def once(p: Published, marks: Sequence[Mark]) -> None:
    """Refuse two rows in one place of a chart."""
    keys = [mark.key for mark in marks]
    twice = next((key for i, key in enumerate(keys) if key in keys[:i]), None)
    if twice is not None:
        raise NotebookError(
            f"exhibit of '{p.id}': two rows for {', '.join(str(part) for part in twice if part)}",
            cure="pass p.where(…) with one place, group or period",
        )


def most(p: Published, names: Collection[str], limit: int, kind: str) -> None:
    """Refuse more colors than can be told apart."""
    if len(names) > limit:
        raise NotebookError(
            f"exhibit of '{p.id}': {len(names)} {kind}s cannot be told apart, {limit} can",
            cure=f"show fewer with p.where(…), or make the {kind} the groups of charts.groups",
        )


def dated(p: Published, marks: Sequence[Mark]) -> list[Mark]:
    """`marks` whose last key is a period's start, with its end (None where `p` has none) added."""
    ends = p.frame["period_end"] if "period_end" in p.frame.columns else [None] * len(p.frame)
    return [
        replace(mark, key=(*mark.key, None if end is None or pd.isna(end) else end))
        for mark, end in zip(marks, ends, strict=True)
    ]


def _clean(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value


def number(value: Any) -> float | None:
    """A float, or None where it is missing."""
    return None if value is None or pd.isna(value) else float(value)


def unit_of(p: Published, unit: str) -> str:
    """The unit that the rows say, else `unit`."""
    said = list(p.frame["unit"].dropna()) if "unit" in p.frame.columns else []
    return str(said[0]) if said else unit


def shown_as(value: Any) -> str:
    """A key or carried value as a reader sees it."""
    if isinstance(value, (list, tuple)):
        return words.list([shown_as(item) for item in value])
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool):
        return words.gettext("yes") if value else words.gettext("no")
    if isinstance(value, datetime.date):
        return words.date(value)
    if isinstance(value, float):
        return words.number(value, 0 if value.is_integer() else 1)
    return words.number(value) if isinstance(value, int) else str(value)


def behind(p: Published, keys: Mapping[str, str], found: Sequence[Mark], unit: str) -> Behind:
    """The table behind a chart: `keys` (column → heading; under `VALUE` that of what is shown), interval, counts."""
    frame, _ = p.frame, words.gettext
    named = dict(keys)
    said = named.pop(VALUE, _("Value"))
    columns: list[tuple[str, Align, list[str]]] = [
        (heading, "left", [_key(row, name) for row in frame.to_dict("records")]) for name, heading in named.items()
    ]
    columns.append((said, "right", [mark.text for mark in found]))
    if any(mark.drawn and mark.low is not None for mark in found):
        columns.append((_("Likely range"), "right", [_span(mark, unit) for mark in found]))
    counts = details(p)
    if any(counts):
        columns.append((_("Count"), "right", counts))
    return Behind(
        columns=tuple(heading for heading, _align, _cells in columns),
        align=tuple(align for _heading, align, _cells in columns),
        rows=tuple(tuple(cells[i] for _heading, _align, cells in columns) for i in range(len(frame))),
    )


def details(p: Published) -> list[str]:
    """ "27 of 40" for each row where both counts are published, else ""."""
    if not {"numerator", "denominator"} <= set(p.frame.columns):
        return [""] * len(p.frame)
    return [
        words.gettext("{part} of {whole}").format(part=words.number(part), whole=words.number(whole))
        if status == "shown" and not pd.isna(part) and not pd.isna(whole)
        else ""
        for part, whole, status in zip(p.frame["numerator"], p.frame["denominator"], p.frame["status"], strict=True)
    ]


def heading(column: str) -> str:
    """A column's name as a heading, where the caller gives none."""
    _ = words.gettext
    known = {
        "period_start": _("Period"),
        "place_id": _("Place"),
        "partner_id": _("Partner"),
        "outcome_id": _("Outcome"),
        "indicator_id": _("Indicator"),
        "subgroup": _("Group"),
        "subgroup_type": _("Kind of group"),
        "section": _("Kind of group"),
        "element_name": _("What was signed"),
        "standing": _("Status"),
    }
    return known.get(column, column.replace("_", " ").capitalize())


def headings(columns: Sequence[str | None], given: Mapping[str, str] | None) -> dict[str, str]:
    """Column → heading for the columns that are there, the caller's words first."""
    own = {VALUE: given[VALUE]} if given and VALUE in given else {}
    return {name: (given or {}).get(name) or heading(name) for name in columns if name is not None} | own


def _key(row: Mapping[Any, Any], name: str) -> str:
    if name == "period_start":
        return words.period(row[name], row.get("period_end"))
    return shown_as(row[name])


def _span(mark: Mark, unit: str) -> str:
    return words.span(mark.low, mark.high, unit) if mark.drawn and mark.low is not None else ""
