"""What a notebook gives with the rows (a goal, breaks, a direction, a key), as the drawing needs it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.errors import NotebookError
from alignkit.kit.drawing import data, time
from alignkit.kit.drawing.canvas import plain
from alignkit.kit.drawing.data import Mark
from alignkit.kit.drawing.matrix import Symbol
from alignkit.kit.drawing.time import Point
from alignkit.kit.drawing.trend import Break, Goal, break_at
from alignkit.kit.drawing.xmr import Limits
from alignkit.words.current import words

Day = date | pd.Timestamp


def key(p: Published, given: str | None, others: Sequence[str | None], name: str) -> str:
    """The column that tells rows apart: `given`, else the only one of `p.by` that varies and is not in `others`."""
    if given:
        return given
    free = [column for column in p.by if column not in others]
    varied = [column for column in free if p.frame[column].nunique(dropna=False) > 1] or free[:1]
    if len(varied) != 1:
        raise NotebookError(f"exhibit of '{p.id}': {name}= is missing", cure=f"one of: {', '.join(varied or p.by)}")
    return varied[0]


def direction(p: Published, given: Any) -> str:
    """ "up", "down" or nothing."""
    said = data.shown_as(given)
    if said not in ("up", "down", ""):
        raise NotebookError(f"exhibit of '{p.id}': good_direction '{said}' is unknown", cure="'up' or 'down'")
    return said


def goal(target: Any, at: Any, unit: str) -> Goal | None:
    """The goal with its words; `at` is a day or a year. None, NaN and NA are no goal, and no date."""
    value = data.number(target)
    if value is None:
        return None
    said = words.value(value, unit, None if value.is_integer() else 1)
    if at is None or pd.isna(at):
        return Goal(value, words.gettext("Goal {value}").format(value=said), None)
    day = at if isinstance(at, date) else pd.Timestamp(int(at), 7, 1)
    return Goal(value, words.gettext("Goal {value} by {year}").format(value=said, year=day.year), time.day(day))


def breaks(p: Published, given: pd.DataFrame | Sequence[tuple[Day, str]], period: str,
           points: Sequence[Point]) -> list[Break]:  # fmt: skip
    """Where the series breaks, from pairs of a day and words, or the table `series_breaks`."""
    pairs = _of_table(p, given, period) if isinstance(given, pd.DataFrame) else given
    return [Break(break_at(time.day(day), points), data.shown_as(said)) for day, said in pairs]


def _of_table(p: Published, table: pd.DataFrame, period: str) -> list[tuple[Day, str]]:
    """The breaks of the indicators in `p` after its first value that is shown: earlier ones part nothing."""
    if absent := [name for name in ("indicator_id", "starts_on", "reason") if name not in table]:
        cure = "pass the table series_breaks, or a list of (first day of the new series, words)"
        raise NotebookError(f"exhibit of '{p.id}': breaks has no column {', '.join(absent)}", cure=cure)
    frame, own = p.frame, table
    if "indicator_id" in frame:
        own = table[table["indicator_id"].isin(frame["indicator_id"])]
    elif table["indicator_id"].nunique() > 1:
        cure = "keep the rows of this indicator: breaks[breaks['indicator_id'] == …]"
        raise NotebookError(f"exhibit of '{p.id}': the breaks are of several indicators", cure=cure)
    first = frame.loc[frame["status"] == "shown", period].min()
    own = own[pd.to_datetime(own["starts_on"]) > first]
    return list(zip(own["starts_on"], own["reason"], strict=True))


def lines(marks: Sequence[Mark], *, named: bool) -> dict[str, list[Point]]:
    """Name → the points of each line, in the marks' order; the name is the first part of a mark's key, or blank."""
    names = dict.fromkeys(mark.key[0] if named else "" for mark in marks)
    return {data.shown_as(name): time.points([mark for mark in marks if not named or mark.key[0] == name])
            for name in names}  # fmt: skip


def future(forecast: Published | None, period: str) -> list[Point]:
    """The points of a projection that may be shown."""
    marks = [] if forecast is None else data.dated(forecast, data.marks(forecast, period))
    return [point for point in time.points(marks) if point.mark.drawn]


def everyone(marks: Sequence[Mark], reference: str | None) -> Mark | None:
    """The mark of the group that is everyone, where a line can be drawn at its value."""
    name = None if reference is None else plain(reference)
    return next((mark for mark in marks if not mark.between and mark.key[1] == name), None)


def limits(row: Mapping[Any, Any], center: str, lower: str, upper: str, signal: str) -> Limits:
    """The limits at one point, and why it is special."""
    return Limits(
        data.number(row[center]), data.number(row[lower]), data.number(row[upper]), data.shown_as(row[signal])
    )


def cells(p: Published, marks: Sequence[Mark], symbols: Mapping[str, Symbol]) -> list[Mark]:
    """The marks of a matrix, keyed by ((section or "", row), column, kind); each cell once, each kind with a symbol."""
    placed = [replace(mark, key=_placed(mark.key), value=1.0) for mark in marks]  # a kind is drawn, not a number
    data.once(p, [replace(mark, key=(*mark.key[0], mark.key[1])) for mark in placed])
    strange = next((mark.key[2] for mark in placed if mark.status == "shown" and mark.key[2] not in symbols), None)
    if strange is not None:
        cure = f"one of: {', '.join(filter(None, symbols))}"
        raise NotebookError(f"matrix of '{p.id}': no symbol for '{strange}'", cure=cure)
    return placed


def _placed(key: tuple[Any, ...]) -> tuple[Any, ...]:
    *sections, row, column, kind = (data.shown_as(part) for part in key)
    return ("".join(sections), row), column, kind
