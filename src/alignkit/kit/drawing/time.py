"""The axis of time, and the labels at its end."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from alignkit.kit.drawing import rows, scale
from alignkit.kit.drawing.canvas import fitted, height_of, label, middle, panel, sheet, width_of
from alignkit.kit.drawing.data import Mark
from alignkit.theme import MARKERS, THEME
from alignkit.words.current import words

HEIGHT = 2.2
"""Inches of the panel."""
END = 1.35
"""Inches that a label at the end of a line may take."""


@dataclass(frozen=True)
class Point:
    """A mark at the middle of its period; `x` in matplotlib's days."""

    x: float
    period: str
    mark: Mark

    @property
    def y(self) -> float:
        """The value; not a number where none may be shown."""
        return math.nan if self.mark.value is None else self.mark.value


@dataclass(frozen=True)
class End:
    """Words at the right edge that belong to height `y` (in the measure's unit)."""

    y: float
    text: str
    weight: str = "normal"
    style: str = "normal"
    color: str = THEME.ink
    marker: tuple[str, str] | None = None
    """Shape and color of the line's points, drawn before the words."""
    lines: int = 2


def chart(limits: tuple[float, float], unit: str, ends: Sequence[End], marks: Sequence[Mark], *, draft: bool,
          measure: str, good_direction: str, strip: float = 0.0) -> tuple[Figure, Axes]:  # fmt: skip
    """A sheet with its panel and axis of values, the words above and below it, and `ends` at its right.

    `strip` is the inches kept free between the panel and the words above it.
    """
    below = 0.3 + rows.foot_height(marks, draft)
    figure = sheet(scale.above(measure, good_direction) + strip + 0.1 + HEIGHT + below)
    named = scale.label_ticks(scale.ticks(limits, unit, 5), unit)
    left = max(width_of(text, THEME.chart_small) for text in named) + 0.1
    right = max((width_of(_text(end), weight=end.weight) for end in ends), default=0.0) + _indent(ends) + 0.16
    axes = panel(figure, left, below, THEME.chart_width - left - right, HEIGHT)
    scale.vertical(axes, limits, unit)
    _write(figure, axes, ends)
    scale.says(figure, measure, good_direction)
    rows.foot(figure, marks, draft)
    return figure, axes


def points(marks: Sequence[Mark], *, events: bool = False) -> list[Point]:
    """`marks` keyed by (…, start, end or None), oldest first; `events` have a day instead of a period."""
    found = []
    for mark in marks:
        start, end = mark.key[-2:]
        said = words.month_year(start) if events else words.period(start, end)
        found.append(Point(midpoint(start, end), said, mark))
    return sorted(found, key=lambda point: point.x)


def midpoint(start: Any, end: Any = None) -> float:
    """The middle of a period in matplotlib's days."""
    first = day(start)
    return first if end is None or end != end else (first + day(end)) / 2


def day(date: Any) -> float:
    """A date in matplotlib's days."""
    number: Callable[[Any], float] = date2num
    return float(number(date))


def step(points: Sequence[Point]) -> float:
    """Days between two neighboring periods; a year where there is only one."""
    xs = sorted({point.x for point in points})
    return min((b - a for a, b in pairwise(xs)), default=365.25)


def connected(points: Sequence[Point], breaks: Sequence[float], days: float) -> list[list[Point]]:
    """Runs of drawn points that a line may join: no period missing or hidden between them, no break in the series."""
    runs: list[list[Point]] = []
    previous: Point | None = None
    for point in points:
        if not point.mark.drawn:
            previous = None
            continue
        apart = previous is None or point.x - previous.x > 1.6 * days
        if previous is None or apart or any(previous.x < at <= point.x for at in breaks):
            runs.append([])
        runs[-1].append(point)
        previous = point
    return runs


def axis(axes: Axes, points: Sequence[Point], limits: tuple[float, float]) -> None:
    """Name the periods below the panel."""
    axes.set_xlim(limits)
    name_periods(axes, {point.x: point.period for point in points})
    axes.tick_params(axis="x", which="minor", length=2, color=THEME.muted)
    axes.tick_params(axis="x", length=4, color=THEME.muted, pad=3, labelcolor=THEME.muted)


def name_periods(axes: Axes, names: Mapping[float, str]) -> None:
    """Ticks at `names` (place → words): all of them named where they fit, else every k-th up to the last."""
    xs, (low, high) = sorted(names), axes.get_xlim()
    inches = axes.get_position().width * THEME.chart_width / (high - low)
    widest = max(width_of(name, THEME.chart_small) for name in names.values()) + 0.14
    apart = min((b - a for a, b in pairwise(xs)), default=high - low) * inches
    every = next(k for k in range(1, len(xs) + 1) if k * apart >= widest or k == len(xs))
    chosen = xs[::-1][::every][::-1]
    axes.set_xticks(chosen, [names[x] for x in chosen])
    axes.set_xticks(xs, minor=True)


def periods(frame: pd.DataFrame) -> dict[pd.Timestamp, str]:
    """Start of each period in `frame` → its name."""
    if "period_start" not in frame.columns or frame["period_start"].dtype.kind != "M":
        return {}
    ends = frame["period_end"] if "period_end" in frame.columns else [None] * len(frame)
    return {start: words.period(start, end) for start, end in zip(frame["period_start"], ends, strict=True)}


def _write(figure: Figure, axes: Axes, ends: Sequence[End]) -> None:
    """Write the labels next to the panel, moved apart where they would overlap, with a line to where they belong."""
    box, (across, up) = axes.get_position(), figure.get_size_inches()
    low, high = axes.get_ylim()
    wanted = sorted(((box.y0 + box.height * (end.y - low) / (high - low)) * up, i) for i, end in enumerate(ends))
    heights = [height_of(_text(ends[i])) + 0.05 for _y, i in wanted]
    placed = _apart([y for y, _i in wanted], heights, box.y0 * up - 0.1, box.y1 * up + 0.1)
    x = box.x1 * across + 0.12
    for (y, i), at in zip(wanted, placed, strict=True):
        end = ends[i]
        if abs(at - y) > 0.04:
            _line(figure, (x - 0.1, y), (x - 0.02, at), color=THEME.muted, linewidth=0.7)
        if end.marker:
            _marker(figure, x + 0.06, at, end.marker)
        style = {"weight": end.weight, "style": end.style, "color": end.color}
        middle(figure, x + _indent(ends), at, _text(end), **style)


def ranges(axes: Axes, points: Sequence[Point], **style: Any) -> None:
    """The known range of each point."""
    for point in points:
        if point.mark.drawn and point.mark.low is not None and point.mark.high is not None:
            axes.plot([point.x, point.x], [point.mark.low, point.mark.high], **style)


def instead(axes: Axes, lines: Mapping[str, Sequence[Point]]) -> None:
    """Marks and words at the axis for what is hidden or missing (seaborn leaves it out); a known range as an open box.

    The marks of several lines stand side by side at the axis: one above the other, they would look like values.
    """
    bottom, top = axes.get_ylim()
    there: dict[float, list[tuple[int, Point]]] = {}
    for i, points in enumerate(lines.values()):
        for point in points:
            if point.mark.between is not None:
                _range(axes, point, *point.mark.between)
            elif not point.mark.drawn:
                there.setdefault(point.x, []).append((i, point))
    for x, some in there.items():
        _absent(axes, x, bottom + 0.09 * (top - bottom) / HEIGHT, some, len(lines))


def _absent(axes: Axes, x: float, y: float, some: Sequence[tuple[int, Point]], lines: int) -> None:
    texts = list(dict.fromkeys(point.mark.text for _line, point in some))
    alike = lines == 1 or (len(some) == lines and len(texts) == 1)
    marked = [("D", THEME.muted)] if alike else [shape(i) for i, _point in some]
    inch = (axes.get_xlim()[1] - axes.get_xlim()[0]) / (axes.get_position().width * THEME.chart_width)
    for i, (marker, edge) in enumerate(marked):
        axes.plot([x + (i - (len(marked) - 1) / 2) * 0.12 * inch], [y], marker=marker, markersize=5.5,
                  markerfacecolor=THEME.paper, markeredgecolor=edge, zorder=6, clip_on=False)  # fmt: skip
    label(axes, "\n".join(texts), (x, y), (0, 6), ha="center", va="bottom", style="italic", color=THEME.muted,
          linespacing=1.1, plate=True)  # fmt: skip


def _range(axes: Axes, point: Point, low: float, high: float) -> None:
    wide = (axes.get_xlim()[1] - axes.get_xlim()[0]) * 0.018
    axes.add_patch(Rectangle((point.x - wide / 2, low), wide, high - low, **rows.BOX))
    bottom, top = axes.get_ylim()
    above = (top - high) / (top - bottom) * HEIGHT > THEME.chart_small * 1.5 / 72  # else among the words over the panel
    label(axes, point.mark.text, (point.x, high if above else low), (0, 3 if above else -3), ha="center",
          va="bottom" if above else "top", style="italic", color=THEME.muted)  # fmt: skip


def shape(i: int) -> tuple[str, str]:
    """Marker and color of line number `i`."""
    return MARKERS[i % len(MARKERS)], THEME.series[i % len(THEME.series)]


def _apart(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Places for labels of `heights`, in order and without overlap, as near to `wanted` as that allows."""
    placed: list[float] = []
    for y, height in zip(wanted, heights, strict=True):
        floor = placed[-1] + (heights[len(placed) - 1] + height) / 2 if placed else low + height / 2
        placed.append(max(y, floor))
    ceiling = high
    for i in range(len(placed) - 1, -1, -1):
        placed[i] = min(placed[i], ceiling - heights[i] / 2)
        ceiling = placed[i] - heights[i] / 2
    return placed


def _text(end: End) -> str:
    return "\n".join(fitted(line, END, end.lines) for line in end.text.split("\n"))


def _indent(ends: Sequence[End]) -> float:
    return 0.2 if any(end.marker for end in ends) else 0.0


def _line(figure: Figure, start: tuple[float, float], end: tuple[float, float], **style: Any) -> None:
    """A line between two places of the sheet, in inches."""
    across, up = figure.get_size_inches()
    line = Line2D([start[0] / across, end[0] / across], [start[1] / up, end[1] / up], transform=figure.transFigure)
    line.set(**style)
    figure.add_artist(line)


def _marker(figure: Figure, x: float, y: float, marker: tuple[str, str]) -> None:
    shape, color = marker
    if shape == "--":
        _line(figure, (x - 0.07, y), (x + 0.09, y), color=color, linewidth=1.3, linestyle=(0, (2.5, 1.2)))
    else:
        _line(figure, (x, y), (x, y), marker=shape, markersize=6.5, markerfacecolor=color,
              markeredgecolor=THEME.outline, linestyle="")  # fmt: skip
