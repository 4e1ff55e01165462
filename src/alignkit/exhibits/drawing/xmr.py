"""Points with natural process limits (XmR): which ones differ by more than the usual ups and downs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alignkit.exhibits.drawing import rows, scale, time
from alignkit.exhibits.drawing.canvas import fitted, label, panel, sheet, width_of
from alignkit.exhibits.drawing.time import End, Point
from alignkit.theme import THEME
from alignkit.words.words import Words

HEIGHT = 2.2


@dataclass(frozen=True)
class Limits:
    """Center line and natural process limits at one point; None where there are none yet."""

    center: float | None
    lower: float | None
    upper: float | None
    signal: str
    """Why this point is special, in words; "" where it is not."""


def draw(points: Sequence[Point], limits: Sequence[Limits], unit: str, words: Words, *, draft: bool, measure: str,
         good_direction: str) -> Figure:  # fmt: skip
    """One point per period with its limits, oldest first."""
    marks = [point.mark for point in points]
    ends = _ends(points, limits, unit, words)
    above = scale.above(measure, good_direction, words)
    bottom = 0.3 + rows.foot_height(marks, draft, words)
    figure = sheet(HEIGHT + above + 0.1 + bottom)
    numbers = [n for one in limits for n in (one.center, one.lower, one.upper)]
    span = scale.around(scale.reach(marks, *numbers), unit)
    left = max(width_of(text, THEME.chart_small) for text in scale.label_ticks(scale.ticks(span, 4), unit, words)) + 0.1
    axes = panel(figure, left, bottom, THEME.chart_width - left - time.ends_width(ends), HEIGHT)
    scale.vertical(axes, span, unit, words)
    days = time.step(points)
    time.axis(axes, points, (points[0].x - 0.5 * days, points[-1].x + 0.5 * days))
    _limits(axes, points, limits, days)
    _points(axes, points, days)
    _signals(axes, points, limits)
    time.instead(axes, {"": points}, HEIGHT)
    time.ends(figure, axes, ends)
    scale.says(figure, measure, good_direction, words)
    rows.foot(figure, marks, draft, words)
    return figure


def _limits(axes: Axes, points: Sequence[Point], limits: Sequence[Limits], days: float) -> None:
    """The lines step where the limits change, so each point is seen against its own."""
    found = zip(points, limits, strict=True)
    for (center, lower, upper), some in groupby(found, key=lambda item: (item[1].center, item[1].lower, item[1].upper)):
        run = [point.x for point, _limits in some]
        xs = [run[0] - days / 2, run[-1] + days / 2]
        if lower is not None and upper is not None:
            axes.fill_between(xs, lower, upper, color=THEME.wash, linewidth=0, zorder=1)
            for edge in (lower, upper):
                axes.plot(xs, [edge, edge], color=THEME.muted, linewidth=1.1, linestyle=(0, (4, 3)), zorder=2)
        if center is not None:
            axes.plot(xs, [center, center], color=THEME.muted, linewidth=1.1, zorder=2)


def _points(axes: Axes, points: Sequence[Point], days: float) -> None:
    for run in time.connected(points, (), days):
        axes.plot([point.x for point in run], [point.y for point in run], color=THEME.blue, linewidth=1.3,
                  marker="o", markersize=6, markeredgecolor=THEME.paper, zorder=4)  # fmt: skip


def _signals(axes: Axes, points: Sequence[Point], limits: Sequence[Limits]) -> None:
    """A ring around each special point; its words once per run of the same words."""
    width = axes.get_xlim()[1] - axes.get_xlim()[0]
    found = list(zip(points, limits, strict=True))
    for i, (point, one) in enumerate(found):
        value = point.mark.value
        if not one.signal or value is None or not point.mark.drawn:
            continue
        axes.plot([point.x], [value], marker="o", markersize=13, markerfacecolor="none", markeredgewidth=1.6, linestyle="",
                  markeredgecolor=THEME.vermilion, zorder=5)  # fmt: skip
        if i + 1 < len(found) and found[i + 1][1].signal == one.signal:
            continue
        above = one.center is None or value >= one.center
        side = "right" if (point.x - axes.get_xlim()[0]) / width > 0.75 else "center"
        side = "left" if (point.x - axes.get_xlim()[0]) / width < 0.25 else side
        label(axes, fitted(one.signal, 1.7, 2, THEME.chart_small), (point.x, value), (0, 9 if above else -9), ha=side,
              va="bottom" if above else "top", linespacing=1.1, plate=True)  # fmt: skip


def _ends(points: Sequence[Point], limits: Sequence[Limits], unit: str, words: Words) -> list[End]:
    _, last = words.gettext, limits[-1]
    named = (
        (last.upper, _("usual range, up to {value}")),
        (last.center, _("average {value}")),
        (last.lower, _("usual range, from {value}")),
    )
    return [
        End(value, text.format(value=words.value(value, unit)), color=THEME.muted)
        for value, text in named
        if value is not None
    ]
