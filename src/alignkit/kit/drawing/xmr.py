"""Points with natural process limits (XmR): which ones differ by more than the usual ups and downs.

The points are seaborn's; limits that step, and rings around special points, it does not have.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alignkit.kit.drawing import scale, time
from alignkit.kit.drawing.canvas import fitted, label
from alignkit.kit.drawing.time import End, Point
from alignkit.theme import THEME
from alignkit.words.current import words


@dataclass(frozen=True)
class Limits:
    """Center line and natural process limits at one point; None where there are none yet."""

    center: float | None
    lower: float | None
    upper: float | None
    signal: str
    """Why this point is special, in words; "" where it is not."""


def draw(points: Sequence[Point], limits: Sequence[Limits], unit: str, *, draft: bool, measure: str,
         good_direction: str, events: bool = False) -> Figure:  # fmt: skip
    """One point per period (or event, at any distance) with its limits, oldest first."""
    marks = [point.mark for point in points]
    numbers = [n for one in limits for n in (one.center, one.lower, one.upper)]
    reach = scale.around(scale.reach(marks, *numbers, *_room(points, limits)), unit)
    figure, axes = time.chart(reach, unit, _ends(limits[-1], unit), marks, draft=draft, measure=measure,
                              good_direction=good_direction)  # fmt: skip
    edges = _edges(points)
    time.axis(axes, points, (edges[0], edges[-1]))
    _limits(axes, edges, limits)
    _points(axes, points, math.inf if events else time.step(points))
    _signals(axes, points, limits)
    time.instead(axes, {"": points})
    return figure


def _edges(points: Sequence[Point]) -> list[float]:
    """Halfway between neighboring points, and as far beyond the first and the last."""
    xs = [point.x for point in points]
    between = [(a + b) / 2 for a, b in pairwise(xs)]
    half = time.step(points) / 2
    first, last = (xs[0] - half, xs[-1] + half) if not between else (2 * xs[0] - between[0], 2 * xs[-1] - between[-1])
    return [first, *between, last]


def _limits(axes: Axes, edges: Sequence[float], limits: Sequence[Limits]) -> None:
    """The lines step where the limits change, so each point is seen against its own."""
    found = enumerate(limits)
    for (center, lower, upper), some in groupby(found, key=lambda item: (item[1].center, item[1].lower, item[1].upper)):
        run = [i for i, _limits in some]
        xs = [edges[run[0]], edges[run[-1] + 1]]
        if lower is not None and upper is not None:
            axes.fill_between(xs, lower, upper, color=THEME.wash, linewidth=0, zorder=1)
            for edge in (lower, upper):
                axes.plot(xs, [edge, edge], color=THEME.muted, linewidth=1.1, linestyle=(0, (4, 3)), zorder=2)
        if center is not None:
            axes.plot(xs, [center, center], color=THEME.muted, linewidth=1.1, zorder=2)


def _points(axes: Axes, points: Sequence[Point], days: float) -> None:
    runs = [(point.x, point.y, n) for n, run in enumerate(time.connected(points, (), days)) for point in run]
    sns.lineplot(pd.DataFrame(runs, columns=["x", "y", "run"]), x="x", y="y", units="run", estimator=None, ax=axes,
                 color=THEME.blue, linewidth=1.3, marker="o", markersize=6, markeredgecolor=THEME.paper,
                 zorder=4)  # fmt: skip
    axes.set(xlabel="", ylabel="")


def _signals(axes: Axes, points: Sequence[Point], limits: Sequence[Limits]) -> None:
    """A ring around each special point; its words once per run of the same words."""
    following = [*(one.signal for one in limits[1:]), ""]
    for point, one, after in zip(points, limits, following, strict=True):
        if not one.signal or not point.mark.drawn:
            continue
        axes.plot([point.x], [point.y], marker="o", markersize=13, markerfacecolor="none", markeredgewidth=1.6,
                  linestyle="", markeredgecolor=THEME.vermilion, zorder=5)  # fmt: skip
        if after != one.signal:
            _signal(axes, point, one)


def _signal(axes: Axes, point: Point, one: Limits) -> None:
    """The words next to a point outside the limits; above the limits where the point itself lies between them."""
    left, right = axes.get_xlim()
    share = (point.x - left) / (right - left)
    side = "right" if share > 0.75 else "left" if share < 0.25 else "center"
    y, offset, up = _place(axes, point, one)
    if up == "center":
        side, offset = ("right", (-11, 0)) if share > 0.5 else ("left", (11, 0))
    label(axes, fitted(one.signal, 1.7, 2, THEME.chart_small), (point.x, y), offset, ha=side, va=up,
          linespacing=1.1, plate=True)  # fmt: skip


def _place(axes: Axes, point: Point, one: Limits) -> tuple[float, tuple[float, float], str]:
    """Height, offset and vertical alignment of a point's words: above it, below it or, near the axis, at its side."""
    if one.lower is not None and one.upper is not None and one.lower <= point.y <= one.upper:
        return one.upper, (0, 3), "bottom"
    if one.center is None or point.y >= one.center:
        return point.y, (0, 9), "bottom"
    low, high = axes.get_ylim()
    return (point.y, (0, -9), "top") if point.y > low + 0.2 * (high - low) else (point.y, (0, 0), "center")


def _room(points: Sequence[Point], limits: Sequence[Limits]) -> list[float]:
    """A height below the lowest special point, so that its words fit between it and the axis."""
    found = [point.y for point, one in zip(points, limits, strict=True) if one.signal and point.mark.drawn]
    seen = [n for one in limits for n in (one.lower, one.upper) if n is not None] + found
    low = min(found, default=0.0)
    return [max(0.0, low - 0.25 * (max(seen) - min(seen)))] if found and low == min(seen) and low >= 0 else []


def _ends(last: Limits, unit: str) -> list[End]:
    _ = words.gettext
    named = (
        (last.upper, _("usual range, up to {value}")),
        (last.center, _("average {value}")),
        (last.lower, _("usual range, from {value}")),
    )
    return [End(n, text.format(value=words.value(n, unit)), color=THEME.muted) for n, text in named if n is not None]
