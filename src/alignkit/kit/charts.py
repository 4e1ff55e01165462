"""Charts that a board reads in seconds. Each takes what `publish` or `derive` returned and emits an exhibit.

Every chart needs `caption` (what is shown) and `alt` (this cycle's finding in words, for readers who cannot see it).
A range in the columns `low` and `high` is drawn. A row that is not shown gets a mark at the axis and its words, never a
zero; with nothing to draw, a table says why. The numbers behind a chart go with it as a table and a CSV file. A goal,
break or direction may be missing (None, NaN, NA), as it comes from a table. For a form that is not here, see `own`.

Raises DisclosureError for anything that was not published; NotebookError for an unknown column, two rows in one place,
or a missing caption or alt text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit.drawing import bars as _bars
from alignkit.kit.drawing import canvas, data, given, time
from alignkit.kit.drawing import groups as _groups
from alignkit.kit.drawing import matrix as _matrix
from alignkit.kit.drawing import status as _status
from alignkit.kit.drawing import trend as _trend
from alignkit.kit.drawing import xmr as _xmr
from alignkit.kit.drawing.data import Behind
from alignkit.kit.drawing.given import Day
from alignkit.kit.drawing.matrix import Symbol
from alignkit.kit.own import own
from alignkit.kit.pictures import Where, show
from alignkit.theme import MARKERS
from alignkit.words.current import words

__all__ = ["bars", "groups", "matrix", "own", "parts", "status", "statuses", "trend", "xmr"]

Headings = Mapping[str, str] | None


def bars(p: Published, *, id: str, caption: str, alt: str, category: str | None = None, value: str = "value",
         hue: str | None = None, target: float | None = None, unit: str = "percent", measure: str | None = "",
         good_direction: str | None = "", headings: Headings = None, where: Where = "both") -> None:  # fmt: skip
    """Horizontal bars from zero, in the order of the rows, with "27 of 40" next to them.

    - `p`: what `publish` or `derive` returned; filter it with `p.where(…)`.
    - `id`, `caption`, `alt`: its name in the chapter; what is shown; this cycle's finding in words.
    - `category`: the column with a bar's name; left out, the only key that varies.
    - `value`: the column that is drawn.
    - `hue`: a column with at most five values; bars of one category stand together, with a key.
    - `target`: the common goal, a dashed line.
    - `unit`: percent, count, dollars …, as in the table indicators; the rows' own column `unit` goes first.
    - `measure`: what the axis measures, in words above the chart.
    - `good_direction`: "up" or "down" says which way is better.
    - `headings`: column → heading in the table behind the chart; "value" is that of what is drawn.
    - `where`: "web" folds it away on the web page and keeps it out of the PDF.
    """
    data.check(p, category, value, hue, alt=alt, caption=caption)
    category, unit = given.key(p, category, [hue], "category"), data.unit_of(p, unit)
    marks = data.marks(p, category, *([hue] if hue else []), value=value, unit=unit)
    keyed = data.rekeyed(marks, lambda key: (data.shown_as(key[0]), data.shown_as(key[-1]) if hue else ""))
    data.once(p, keyed)
    data.most(p, {mark.key[1] for mark in keyed}, len(_bars.FILLS), "hue")
    behind = data.behind(p, data.headings((category, hue), headings), marks, unit)
    style = {"target": data.number(target), **_style(p, measure, good_direction)}
    show(id, caption, alt, where, behind, keyed, lambda: _bars.draw(keyed, unit, **style))


def trend(p: Published, *, id: str, caption: str, alt: str, period: str = "period_start", value: str = "value",
          line: str | None = None, target: float | None = None, target_at: Day | int | None = None,
          breaks: pd.DataFrame | Sequence[tuple[Day, str]] = (), forecast: Published | None = None,
          unit: str = "percent", measure: str | None = "", good_direction: str | None = "", headings: Headings = None,
          where: Where = "both") -> None:  # fmt: skip
    """Values over time; a missing or hidden period, or a break in the series, leaves a gap.

    - `p`: what `publish` or `derive` returned; filter it with `p.where(…)`.
    - `id`, `caption`, `alt`: its name in the chapter; what is shown; this cycle's finding in words.
    - `period`: the column with the periods' first days; `period_end` is used if there is one.
    - `value`: the column that is drawn.
    - `line`: a column with at most seven values, each a line with its name at its end.
    - `target`, `target_at`: the goal, and the day or year by which to reach it.
    - `breaks`: the table `series_breaks` (of it, this indicator's breaks after the first value shown are drawn), or a
      list of (first day of the new series, words).
    - `forecast`: published rows with `period`, value, low and high, drawn as a fan after the last value: a projection.
    - `unit`: percent, count, dollars …, as in the table indicators; the rows' own column `unit` goes first.
    - `measure`: what the axis measures, in words above the chart.
    - `good_direction`: "up" or "down" says which way is better.
    - `headings`: column → heading in the table behind the chart; "value" is that of what is drawn.
    - `where`: "web" folds it away on the web page and keeps it out of the PDF.
    """
    data.check(p, period, value, line, alt=alt, caption=caption)
    unit = data.unit_of(p, unit)
    marks = data.marks(p, *([line] if line else []), period, value=value, unit=unit)
    keyed = data.dated(p, marks)
    lines = given.lines(keyed, named=line is not None)
    every = sorted((point for points in lines.values() for point in points), key=lambda point: point.x)
    data.once(p, keyed)
    data.most(p, lines, len(MARKERS), "line")
    behind = data.behind(p, data.headings((line, period), headings), marks, unit)
    style = {"goal": given.goal(target, target_at, unit), "breaks": given.breaks(p, breaks, period, every),
             "forecast": given.future(forecast, period), **_style(p, measure, good_direction)}  # fmt: skip
    show(id, caption, alt, where, behind, keyed, lambda: _trend.draw(lines, unit, **style))


def groups(p: Published, *, id: str, caption: str, alt: str, group: str | None = None, value: str = "value",
           section: str | None = None, reference: str | None = None, target: float | None = None,
           target_column: str | None = None, unit: str = "percent", measure: str | None = "",
           good_direction: str | None = "", dense: bool = False, headings: Headings = None,
           where: Where = "both") -> None:  # fmt: skip
    """A dot with its range for each group, in the order of the rows.

    - `p`: what `publish` or `derive` returned; filter it with `p.where(…)`.
    - `id`, `caption`, `alt`: its name in the chapter; what is shown; this cycle's finding in words.
    - `group`: the column with a row's name; left out, the only key that varies.
    - `value`: the column that is drawn.
    - `section`: a column whose values become headings, with their groups below them.
    - `reference`: the group that is everyone: a line through all rows; a row, if only a range of it is known.
    - `target`: the common goal, a dashed line.
    - `target_column`: a column with groups' own goals, drawn as ticks.
    - `unit`: percent, count, dollars …, as in the table indicators; the rows' own column `unit` goes first.
    - `measure`: what the axis measures, in words above the chart.
    - `good_direction`: "up" or "down" says which way is better.
    - `dense`: rows closer together, each name on one line.
    - `headings`: column → heading in the table behind the chart; "value" is that of what is drawn.
    - `where`: "web" folds it away on the web page and keeps it out of the PDF.
    """
    data.check(p, group, value, section, target_column, alt=alt, caption=caption)
    group, unit = given.key(p, group, [section], "group"), data.unit_of(p, unit)
    marks = data.marks(p, *([section] if section else []), group, value=value, unit=unit)
    keyed = data.rekeyed(marks, lambda key: (data.shown_as(key[0]) if section else "", data.shown_as(key[-1])))
    goals = [data.number(goal) for goal in p.frame[target_column]] if target_column else [None] * len(keyed)
    total = given.everyone(keyed, reference)
    rest = [(mark, goal) for mark, goal in zip(keyed, goals, strict=True) if mark is not total]
    some = [mark for mark, _goal in rest]
    data.once(p, keyed)
    behind = data.behind(p, data.headings((section, group), headings), marks, unit)
    style = {"total": total, "target": data.number(target), "targets": [goal for _mark, goal in rest], "dense": dense,
             **_style(p, measure, good_direction)}  # fmt: skip
    show(id, caption, alt, where, behind, some, lambda: _groups.draw(some, unit, **style))


def matrix(p: Published, *, id: str, caption: str, alt: str, row: str, column: str, mark: str,
           section: str | None = None, symbols: Mapping[str, Symbol] | None = None, measure: str | None = "",
           headings: Headings = None, where: Where = "both") -> None:  # fmt: skip
    """A grid of symbols: who has which part in what, and where no one has.

    - `p`: what `publish` or `derive` returned, one row per cell, in its order; a missing cell is blank.
    - `id`, `caption`, `alt`: its name in the chapter; what is shown; this cycle's finding in words.
    - `row`, `column`: the columns of `p` that name the rows and the columns of the grid.
    - `mark`: the column with the kind of part.
    - `section`: a column whose values become headings, with their rows below them.
    - `symbols`: kind of part → its symbol and words; left out, lead ●, shared ◐, contributor ○ and hole (outlined).
    - `measure`: what the grid shows, in words above it.
    - `headings`: column → heading in the table behind the chart.
    - `where`: "web" folds it away on the web page and keeps it out of the PDF.
    """
    data.check(p, row, column, mark, section, alt=alt, caption=caption)
    known = parts() if symbols is None else symbols
    marks = given.cells(p, data.marks(p, *([section] if section else []), row, column, mark), known)
    rows, columns = list(dict.fromkeys(m.key[0] for m in marks)), list(dict.fromkeys(m.key[1] for m in marks))
    cells = {m.key[:2]: known[m.key[2]].words if m.status == "shown" else m.text for m in marks}
    names = data.headings((section, row), headings)
    grid = tuple((*line[2 - len(names) :], *(cells.get((line, other), "") for other in columns)) for line in rows)
    sides: list[data.Align] = ["left"] * (len(columns) + len(names))
    behind = Behind((*names.values(), *columns), tuple(sides), grid)
    said = data.shown_as(measure)
    show(id, caption, alt, where, behind, marks,
         lambda: _matrix.draw(marks, rows, columns, known, draft=p.draft, measure=said))  # fmt: skip


def xmr(p: Published, *, id: str, caption: str, alt: str, period: str = "period_start",
        value: str = "value", center: str = "center", lower: str = "lower", upper: str = "upper",
        signal: str = "signal", unit: str = "percent", measure: str | None = "", good_direction: str | None = "",
        headings: Headings = None, where: Where = "both") -> None:  # fmt: skip
    """Points with their natural process limits; special ones are ringed and named.

    - `p`: what `publish` or `derive` returned; filter it with `p.where(…)`.
    - `id`, `caption`, `alt`: its name in the chapter; what is shown; this cycle's finding in words.
    - `period`: the column with the periods' first days. Any other than "period_start", without a `period_end`, holds
      days on which something happened, at any distance.
    - `value`: the column that is drawn.
    - `center`, `lower`, `upper`: the columns with the limits that each point is held against.
    - `signal`: the column that says in words why a point is special, else is empty.
    - `unit`: percent, count, dollars …, as in the table indicators; the rows' own column `unit` goes first.
    - `measure`: what the axis measures, in words above the chart.
    - `good_direction`: "up" or "down" says which way is better.
    - `headings`: column → heading in the table behind the chart; "value" is that of what is drawn.
    - `where`: "web" folds it away on the web page and keeps it out of the PDF.
    """
    data.check(p, period, value, center, lower, upper, signal, alt=alt, caption=caption)
    unit = data.unit_of(p, unit)
    marks = data.dated(p, data.marks(p, period, value=value, unit=unit))
    rows = sorted(p.frame.to_dict("records"), key=lambda row: row[period])
    limits = [given.limits(row, center, lower, upper, signal) for row in rows]
    data.once(p, marks)
    keys = data.headings((period, signal), {signal: words.gettext("Special"), **(headings or {})})
    behind = data.behind(p, keys, marks, unit)
    marks = [replace(mark, low=None, high=None) for mark in marks]  # the limits take the place of intervals
    events = period != "period_start" and "period_end" not in p.frame.columns
    points = time.points(marks, events=events)
    style = {"events": events, **_style(p, measure, good_direction)}
    show(id, caption, alt, where, behind, marks, lambda: _xmr.draw(points, limits, unit, **style))


def status(p: Published, *, id: str, caption: str, alt: str, status: str, category: str | None = None,
           count: str = "value", names: Mapping[str, str] | None = None, measure: str | None = "",
           headings: Headings = None, where: Where = "both") -> None:  # fmt: skip
    """Stacked bars of counts: the status of things.

    - `p`: what `publish` or `derive` returned, one row per status (and category).
    - `id`, `caption`, `alt`: its name in the chapter; what is shown; this cycle's finding in words.
    - `status`: the column with kept, late, not_done, dropped, open, or others. It may not be called "status": that name
      says whether a row is shown.
    - `category`: a column with a bar for each of its values; left out, one bar.
    - `count`: the column with the counts.
    - `names`: status → words, in the order drawn; left out, those of commitments.
    - `measure`: what is counted, in words above the chart.
    - `headings`: column → heading in the table behind the chart; "value" is that of the counts.
    - `where`: "web" folds it away on the web page and keeps it out of the PDF.
    """
    data.check(p, category, status, count, alt=alt, caption=caption)
    marks = data.marks(p, *([category] if category else []), status, value=count, unit="count")
    said = {canvas.plain(key): text for key, text in (names or statuses()).items()}
    keyed = data.rekeyed(marks, lambda key: (data.shown_as(key[0]) if category else "", str(key[-1])))
    present = [mark.key[1] for mark in keyed if mark.value or not mark.drawn]
    order = {key: said.get(key, key) for key in [*(k for k in said if k in present), *dict.fromkeys(present)]}
    data.once(p, keyed)
    told = [said.get(str(mark.key[-1]), mark.key[-1]) for mark in marks]
    in_words = replace(p, frame=p.frame.assign(**{status: told}))
    named = data.headings((category, status), {data.VALUE: words.gettext("Number"), **(headings or {})})
    behind = data.behind(in_words, named, marks, "count")
    above = data.shown_as(measure)
    some = [replace(mark, low=None, high=None) for mark in keyed if not mark.drawn or mark.value]  # bars have no ranges
    show(id, caption, alt, where, behind, some, lambda: _status.draw(keyed, order, draft=p.draft, measure=above))


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
    """The statuses of commitments, in the order they are drawn."""
    _ = words.gettext
    return {
        "kept": _("kept"),
        "late": _("late"),
        "not_done": _("not done"),
        "dropped": _("dropped"),
        "open": _("open"),
    }


def _style(p: Published, measure: str | None, good_direction: str | None) -> dict[str, Any]:
    """What every drawing is given."""
    return {"draft": p.draft, "measure": data.shown_as(measure), "good_direction": given.direction(p, good_direction)}
