"""Charts that a board reads in seconds. Each takes what `publish()` returned, draws it and emits an exhibit.

Common to all: `id` (unique in the chapter), `caption` (what is shown), `alt` (this cycle's finding in words, not the
caption), `unit` (of `indicators.unit`; where the rows say one, theirs), `measure` (what
the axis measures, in words), `headings` (column → heading in the table behind the chart), `where` ("web": folded away).
`low` and `high` in `p` are drawn as intervals. A row that is not shown gets a mark at the axis and its words, never a
zero. With nothing to draw, a table that says so is emitted instead. DisclosureError for anything but what `publish()`
returned; NotebookError for an unknown column, two rows in one place, or a missing caption or alt text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import pandas as pd
from matplotlib.figure import Figure

from alignkit.disclosure.published import Published
from alignkit.errors import NotebookError
from alignkit.kit.drawing import bars as _bars
from alignkit.kit.drawing import canvas, data, time
from alignkit.kit.drawing import groups as _groups
from alignkit.kit.drawing import matrix as _matrix
from alignkit.kit.drawing import status as _status
from alignkit.kit.drawing import trend as _trend
from alignkit.kit.drawing import xmr as _xmr
from alignkit.kit.drawing.data import Behind, Mark
from alignkit.kit.drawing.matrix import Symbol
from alignkit.kit.own import own
from alignkit.kit.pictures import Where, show
from alignkit.theme import MARKERS
from alignkit.words.current import words

Direction = Literal["up", "down", ""]
__all__ = ["bars", "groups", "matrix", "own", "parts", "status", "statuses", "trend", "xmr"]

Headings = Mapping[str, str] | None
Day = date | pd.Timestamp


def bars(p: Published, *, id: str, caption: str, alt: str, category: str, value: str = "value",
         hue: str | None = None, target: float | None = None, unit: str = "percent", measure: str = "",
         good_direction: Direction = "", headings: Headings = None, where: Where = "both") -> None:  # fmt: skip
    """Horizontal bars from zero, one per `category` (and `hue`), in the order of `p`; "27 of 40" beside them."""
    data.check(p, category, value, hue, alt=alt, caption=caption)
    unit = data.unit_of(p, unit)
    marks = data.marks(p, category, *([hue] if hue else []), value=value, unit=unit)
    keyed = data.rekeyed(marks, lambda key: (data.shown_as(key[0]), data.shown_as(key[-1]) if hue else ""))
    data.once(p, keyed)
    data.most(p, {mark.key[1] for mark in keyed}, len(_bars.FILLS), "hue")
    behind = data.behind(p, data.headings((category, hue), headings), marks, unit)
    style: dict[str, Any] = {"target": target, "draft": p.draft, "measure": measure, "good_direction": good_direction}
    show(id, caption, alt, where, behind, keyed, lambda: _bars.draw(keyed, unit, **style))


def trend(p: Published, *, id: str, caption: str, alt: str, period: str = "period_start",
          value: str = "value", line: str | None = None, target: float | None = None,
          target_at: Day | int | None = None, breaks: Sequence[tuple[Day, str]] = (), forecast: Published | None = None,
          unit: str = "percent", measure: str = "", good_direction: Direction = "", headings: Headings = None,
          where: Where = "both") -> None:  # fmt: skip
    """Values over time, one line per `line`; a missing or hidden period leaves a gap.

    `period` holds the periods' starts; `period_end` is used where `p` has it. `target_at` is a day or a year. `breaks`
    are (first day of the new series, words). `forecast` has the columns `period`, value, low, high and belongs to the
    first line; it is drawn as a fan and called a projection.
    """
    data.check(p, period, value, line, alt=alt, caption=caption)
    unit = data.unit_of(p, unit)
    marks = data.marks(p, *([line] if line else []), period, value=value, unit=unit)
    keyed = data.dated(p, marks)
    lines = {data.shown_as(name): time.points([mark for mark in keyed if not line or mark.key[0] == name])
             for name in dict.fromkeys(mark.key[0] if line else "" for mark in keyed)}  # fmt: skip
    every = sorted((point for points in lines.values() for point in points), key=lambda point: point.x)
    future = time.points(data.dated(forecast, data.marks(forecast, period))) if forecast is not None else []
    data.once(p, keyed)
    data.most(p, lines, len(MARKERS), "line")
    behind = data.behind(p, data.headings((line, period), headings), marks, unit)
    style: dict[str, Any] = {
        "goal": _goal(target, target_at, unit),
        "breaks": [_trend.Break(_trend.break_at(time.day(day), every), said) for day, said in breaks],
        "forecast": [point for point in future if point.mark.drawn],
        "draft": p.draft, "measure": measure, "good_direction": good_direction,
    }  # fmt: skip
    show(id, caption, alt, where, behind, keyed, lambda: _trend.draw(lines, unit, **style))


def groups(p: Published, *, id: str, caption: str, alt: str, group: str, value: str = "value",
           section: str | None = None, reference: str | None = None, target: float | None = None,
           target_column: str | None = None, unit: str = "percent", measure: str = "", good_direction: Direction = "",
           dense: bool = False, headings: Headings = None, where: Where = "both") -> None:  # fmt: skip
    """A dot with its interval per `group`, under headings per `section`.

    `reference` is the group that is everyone: a line through all rows instead of a row. `target_column` holds groups'
    own goals, `target` is the common one. `dense` puts the rows closer together, each name on one line.
    """
    data.check(p, group, value, section, target_column, alt=alt, caption=caption)
    unit = data.unit_of(p, unit)
    marks = data.marks(p, *([section] if section else []), group, value=value, unit=unit)
    keyed = data.rekeyed(marks, lambda key: (data.shown_as(key[0]) if section else "", data.shown_as(key[-1])))
    goals = [data.number(goal) for goal in p.frame[target_column]] if target_column else [None] * len(keyed)
    total = next((mark for mark in keyed if reference is not None and mark.key[1] == canvas.plain(reference)), None)
    rest = [(mark, goal) for mark, goal in zip(keyed, goals, strict=True) if mark is not total]
    data.once(p, keyed)
    behind = data.behind(p, data.headings((section, group), headings), marks, unit)
    style: dict[str, Any] = {"total": total, "target": target, "targets": [goal for _mark, goal in rest],
                             "draft": p.draft, "measure": measure, "good_direction": good_direction,
                             "dense": dense}  # fmt: skip
    some = [mark for mark, _goal in rest]
    show(id, caption, alt, where, behind, some, lambda: _groups.draw(some, unit, **style))


def matrix(p: Published, *, id: str, caption: str, alt: str, row: str, column: str, mark: str,
           section: str | None = None, symbols: Mapping[str, Symbol] | None = None, measure: str = "",
           headings: Headings = None, where: Where = "both") -> None:  # fmt: skip
    """A grid of symbols, rows and columns in the order of `p`; `symbols` says what each value of `mark` looks like.

    Without `symbols`: lead ●, shared ◐, contributor ○ and hole (outlined). A cell that `p` has no row for is blank.
    Rows stand under a heading for each value of `section`.
    """
    data.check(p, row, column, mark, section, alt=alt, caption=caption)
    known = parts() if symbols is None else symbols
    keys = [section, row, column, mark] if section else [row, column, mark]
    marks = data.rekeyed(data.marks(p, *keys), lambda key: _placed(key))
    _refuse_marks(p, marks, known)
    marks = [replace(one, value=1.0) for one in marks]  # what is drawn is the kind of part, not a number
    rows, columns = list(dict.fromkeys(m.key[0] for m in marks)), list(dict.fromkeys(m.key[1] for m in marks))
    cells = {m.key[:2]: known[m.key[2]].words if m.status == "shown" else m.text for m in marks}
    names = data.headings((section, row), headings)
    grid = tuple((*line[2 - len(names) :], *(cells.get((line, other), "") for other in columns)) for line in rows)
    sides: list[data.Align] = ["left"] * (len(columns) + len(names))
    behind = Behind((*names.values(), *columns), tuple(sides), grid)
    style: dict[str, Any] = {"draft": p.draft, "measure": measure}

    def draw() -> Figure:
        return _matrix.draw(marks, rows, columns, known, **style)

    show(id, caption, alt, where, behind, marks, draw)


def xmr(p: Published, *, id: str, caption: str, alt: str, period: str = "period_start",
        value: str = "value", center: str = "center", lower: str = "lower", upper: str = "upper",
        signal: str = "signal", unit: str = "percent", measure: str = "", good_direction: Direction = "",
        headings: Headings = None, where: Where = "both") -> None:  # fmt: skip
    """Points with their natural process limits; those with words in `signal` are ringed and named.

    `center`, `lower`, `upper` are columns with the limits that each point is held against; `signal` says in words why a
    point is special and is empty otherwise. Another `period` than "period_start" without a `period_end` is a day on
    which something happened; such days need no equal distance.
    """
    data.check(p, period, value, center, lower, upper, signal, alt=alt, caption=caption)
    unit = data.unit_of(p, unit)
    marks = data.dated(p, data.marks(p, period, value=value, unit=unit))
    order = sorted(range(len(marks)), key=lambda i: marks[i].key[-2])
    rows = p.frame.to_dict("records")
    limits = [_limits(rows[i], center, lower, upper, data.shown_as(rows[i][signal])) for i in order]
    data.once(p, marks)
    keys = data.headings((period, signal), {signal: words.gettext("Special"), **(headings or {})})
    behind = data.behind(p, keys, marks, unit)
    marks = [replace(mark, low=None, high=None) for mark in marks]  # the limits take the place of intervals
    events = period != "period_start" and "period_end" not in p.frame.columns
    points = time.points(marks, events=events)
    style: dict[str, Any] = {"draft": p.draft, "measure": measure, "good_direction": good_direction, "events": events}
    show(id, caption, alt, where, behind, marks, lambda: _xmr.draw(points, limits, unit, **style))


def status(p: Published, *, id: str, caption: str, alt: str, status: str, category: str | None = None,
           count: str = "value", names: Mapping[str, str] | None = None, measure: str = "", headings: Headings = None,
           where: Where = "both") -> None:  # fmt: skip
    """Stacked bars of counts: what became of things, one bar per `category`.

    `status` is the column of outcomes (kept, late, not_done, dropped, open, or others); `names` gives their words and
    order. The column may not be called "status": that name says whether a row is shown.
    """
    data.check(p, category, status, count, alt=alt, caption=caption)
    marks = data.marks(p, *([category] if category else []), status, value=count, unit="count")
    said = {canvas.plain(key): text for key, text in (names or statuses()).items()}
    keyed = data.rekeyed(marks, lambda key: (data.shown_as(key[0]) if category else "", str(key[-1])))
    present = [mark.key[1] for mark in keyed if mark.value or not mark.drawn]
    order = {key: said.get(key, key) for key in [*(k for k in said if k in present), *dict.fromkeys(present)]}
    data.once(p, keyed)
    in_words = replace(
        p, frame=p.frame.assign(**{status: [said.get(str(mark.key[-1]), mark.key[-1]) for mark in marks]})
    )
    named = data.headings((category, status), {data.VALUE: words.gettext("Number"), **(headings or {})})
    behind = data.behind(in_words, named, marks, "count")
    style: dict[str, Any] = {"draft": p.draft, "measure": measure}
    some = [mark for mark in keyed if not mark.drawn or mark.value]
    show(id, caption, alt, where, behind, some, lambda: _status.draw(keyed, order, **style))


def parts() -> dict[str, Symbol]:
    """The symbols of partners' parts in an outcome."""
    _ = words.gettext
    return {
        "lead": Symbol("full", _("lead")),
        "shared": Symbol("half", _("shared")),
        "contributor": Symbol("ring", _("contributor")),
        "hole": Symbol("hole", _("nobody yet")),
        "": Symbol("blank", ""),
    }


def statuses() -> dict[str, str]:
    """What became of commitments, in the order they are drawn."""
    _ = words.gettext
    return {
        "kept": _("kept"),
        "late": _("late"),
        "not_done": _("not done"),
        "dropped": _("dropped"),
        "open": _("open"),
    }


def _goal(target: float | None, at: Day | int | None, unit: str) -> _trend.Goal | None:
    if target is None:
        return None
    value = words.value(target, unit, None if float(target).is_integer() else 1)
    if at is None:
        return _trend.Goal(target, words.gettext("Goal {value}").format(value=value), None)
    year = at if isinstance(at, int) else at.year
    day = pd.Timestamp(year, 7, 1) if isinstance(at, int) else at
    return _trend.Goal(target, words.gettext("Goal {value} by {year}").format(value=value, year=year), time.day(day))


def _limits(row: Mapping[Any, Any], center: str, lower: str, upper: str, signal: str) -> _xmr.Limits:
    return _xmr.Limits(data.number(row[center]), data.number(row[lower]), data.number(row[upper]), signal)


def _placed(key: tuple[Any, ...]) -> tuple[Any, ...]:
    """The key of a matrix's mark: (section or "", row), column, kind."""
    *sections, row, column, kind = (data.shown_as(part) for part in key)
    return ("".join(sections), row), column, kind


def _refuse_marks(p: Published, marks: Sequence[Mark], symbols: Mapping[str, Symbol]) -> None:
    data.once(p, [replace(mark, key=(*mark.key[0], mark.key[1])) for mark in marks])
    strange = next((mark.key[2] for mark in marks if mark.status == "shown" and mark.key[2] not in symbols), None)
    if strange is not None:
        raise NotebookError(
            f"matrix of '{p.id}': no symbol for '{strange}'", cure=f"one of: {', '.join(filter(None, symbols))}"
        )
