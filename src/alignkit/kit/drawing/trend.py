"""Values over time: seaborn's lines; our gaps where data are missing, breaks, goal, and fan for what may come.

seaborn's band is an error of the mean; a projection's fan is given, and starts at the last value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alignkit.kit.drawing import scale, time
from alignkit.kit.drawing.canvas import fitted, height_of, label
from alignkit.kit.drawing.time import End, Point
from alignkit.theme import THEME
from alignkit.words.current import words

DASHES = ("", (6, 2), (2, 1.5), (6, 2, 1.5, 2))
DODGE = 0.07
"""How far lines' points stand apart, as a share of a period, so that their whiskers do not cover each other."""
_BREAK_WORDS = 2.9
"""Inches for the reason of a break."""


@dataclass(frozen=True)
class Goal:
    """Where we want to be, in words and as a place: `x` in matplotlib's days, None where no date is set."""

    value: float
    words: str
    x: float | None


@dataclass(frozen=True)
class Break:
    """From `x` on (matplotlib's days) the series is another one."""

    x: float
    words: str


def draw(lines: Mapping[str, Sequence[Point]], unit: str, *, goal: Goal | None, breaks: Sequence[Break],
         forecast: Sequence[Point], draft: bool, measure: str, good_direction: str) -> Figure:  # fmt: skip
    """One line per name ("" for a single one)."""
    every = [point for points in lines.values() for point in points]
    marks = [point.mark for point in every]
    strip = max((height_of(_break_words(one), THEME.chart_small) for one in breaks), default=0.0)
    limits = scale.around(scale.reach([*marks, *(p.mark for p in forecast)], goal.value if goal else None), unit)
    figure, axes = time.chart(limits, unit, _ends(lines, goal, forecast, unit, limits[0]), marks, draft=draft,
                              measure=measure, good_direction=good_direction, strip=strip)  # fmt: skip
    _time(axes, [*every, *forecast], goal)
    _breaks(axes, breaks)
    _goal(axes, goal)
    _fan(axes, next(iter(lines.values())), forecast)
    _lines(axes, lines, [one.x for one in breaks], time.step(every))
    time.instead(axes, lines)
    _numbers(axes, lines, _goes_on(lines, goal, forecast))
    return figure


def break_at(starts_on: float, points: Sequence[Point]) -> float:
    """Halfway between the last point of the old series and the first of the new one."""
    before = [point.x for point in points if point.x < starts_on]
    after = [point.x for point in points if point.x >= starts_on]
    return (max(before) + min(after)) / 2 if before and after else starts_on


def _time(axes: Axes, points: Sequence[Point], goal: Goal | None) -> None:
    xs = [point.x for point in points] + ([goal.x] if goal and goal.x is not None else [])
    margin = 0.35 * time.step(points)
    time.axis(axes, points, (min(xs) - margin, max(xs) + margin))


def _lines(axes: Axes, lines: Mapping[str, Sequence[Point]], breaks: Sequence[float], days: float) -> None:
    """seaborn's lines, each run of one without a gap; ranges are given, so they are ours."""
    table, shift = [], DODGE * days
    for i, points in enumerate(lines.values()):
        moved = [replace(point, x=point.x + (i - (len(lines) - 1) / 2) * shift) for point in points]
        time.ranges(axes, moved, color=time.shape(i)[1], linewidth=1.1, marker="_", markersize=6, alpha=0.75, zorder=3)
        for n, run in enumerate(time.connected(moved, breaks, days)):
            table += [(point.x, point.y, f"{i}", n) for point in run]
    frame = pd.DataFrame(table, columns=["x", "y", "line", "run"])
    there = list(frame["line"].unique())
    if not there:  # seaborn warns
        return
    looks = {line: time.shape(int(line)) for line in there}
    sns.lineplot(frame, x="x", y="y", hue="line", style="line", units="run", estimator=None, ax=axes, legend=False,
                 palette={line: color for line, (_marker, color) in looks.items()},
                 markers={line: marker for line, (marker, _color) in looks.items()},
                 dashes={line: DASHES[int(line) % 4] for line in there},
                 markersize=7.5, markeredgecolor=THEME.paper, zorder=4)  # fmt: skip
    axes.set(xlabel="", ylabel="")


def _goal(axes: Axes, goal: Goal | None) -> None:
    if goal is None:
        return
    axes.axhline(goal.value, color=THEME.ink, linewidth=1.3, linestyle=(0, (5, 2.5)), zorder=2)
    if goal.x is not None:
        axes.plot([goal.x], [goal.value], marker="*", markersize=13, color=THEME.ink, markeredgecolor=THEME.paper,
                  zorder=5)  # fmt: skip


def _breaks(axes: Axes, breaks: Sequence[Break]) -> None:
    low, high = axes.get_xlim()
    inch = (high - low) * axes.figure.dpi / axes.get_window_extent().width
    taken: list[tuple[float, float]] = []
    for one in sorted(breaks, key=lambda one: -one.x):
        axes.axvline(one.x, color=THEME.muted, linewidth=1.2, linestyle=(0, (2, 2)), zorder=2)
        right = (one.x - low) / (high - low) > 0.55
        wide = _BREAK_WORDS * inch
        reach = (one.x - wide, one.x) if right else (one.x, one.x + wide)
        if any(reach[0] < end and start < reach[1] for start, end in taken):
            continue  # words would cover those of a newer break, from which on values are compared
        taken.append(reach)
        label(axes, _break_words(one), (one.x, 1), (3 if right else -3, 3), xycoords=("data", "axes fraction"),
              ha="right" if right else "left", va="bottom", color=THEME.muted, linespacing=1.15)  # fmt: skip


def _break_words(one: Break) -> str:
    return fitted(one.words, _BREAK_WORDS, 2, THEME.chart_small)


def _fan(axes: Axes, points: Sequence[Point], forecast: Sequence[Point]) -> None:
    """The forecast from the last point on: shaded and dotted, so that no one takes it for results."""
    drawn = [point for point in points if point.mark.drawn]
    run = [*drawn[-1:], *forecast]
    if not forecast:
        return
    low = [point.y if point in drawn or point.mark.low is None else point.mark.low for point in run]
    high = [point.y if point in drawn or point.mark.high is None else point.mark.high for point in run]
    xs = [point.x for point in run]
    axes.fill_between(xs, low, high, facecolor=THEME.sky, alpha=0.22, linewidth=0, zorder=1)
    for edge in (low, high):
        axes.plot(xs, edge, color=THEME.muted, linewidth=0.8, zorder=2)
    axes.plot(xs, [point.y for point in run], color=THEME.blue, linewidth=1.8, linestyle=(0, (1, 1.6)), zorder=3)


def _goes_on(lines: Mapping[str, Sequence[Point]], goal: Goal | None, forecast: Sequence[Point]) -> bool:
    """Whether the axis goes on beyond a single line's last value, which is then written at its point."""
    drawn = [point for points in lines.values() for point in points if point.mark.drawn]
    far = goal is not None and goal.x is not None and bool(drawn) and goal.x > drawn[-1].x + time.step(drawn) / 2
    return len(lines) == 1 and (far or bool(forecast))


def _numbers(axes: Axes, lines: Mapping[str, Sequence[Point]], last: bool) -> None:
    """The first value, and the last where it does not stand at the edge, written at their points."""
    if len(lines) > 1:
        return
    drawn = [point for point in next(iter(lines.values())) if point.mark.drawn]
    first = drawn[:1] if len(drawn) > 1 else []
    for point in [*first, *(drawn[-1:] if last else [])]:
        top = point.y if point.mark.high is None else point.mark.high
        gap = 7 if point.mark.high is None else 4
        label(axes, point.mark.text, (point.x, top), (0, gap), ha="center", va="bottom", weight="bold", plate=True)


def _ends(lines: Mapping[str, Sequence[Point]], goal: Goal | None, forecast: Sequence[Point], unit: str,
          floor: float) -> list[End]:  # fmt: skip
    """The labels at the right edge; a single line that ends before it has its value at its last point instead."""
    named = [] if _goes_on(lines, goal, forecast) else list(enumerate(lines.items()))
    found = [end for i, (name, points) in named for end in _line_end(i, name, points, len(lines), floor)]
    if goal:
        dash = ("--", THEME.ink) if len(lines) > 1 else None
        found.append(End(goal.value, goal.words, "bold", marker=dash))
    return [*found, *_forecast_end(forecast[-1:], unit)]


def _forecast_end(last: Sequence[Point], unit: str) -> list[End]:
    said = words.gettext("If nothing changes, {span} in {period}. A projection, not a promise.")
    spans = [words.span(point.mark.low, point.mark.high, unit) for point in last]
    return [End(point.y, said.format(period=point.period, span=span), style="italic", color=THEME.muted, lines=6)
            for point, span in zip(last, spans, strict=True)]  # fmt: skip


def _line_end(i: int, name: str, points: Sequence[Point], count: int, floor: float) -> list[End]:
    drawn = [point for point in points if point.mark.drawn]
    marker = time.shape(i) if count > 1 else None
    if not drawn and not name:  # its words are at its points
        return []
    if not drawn:
        said = ", ".join(dict.fromkeys(point.mark.text for point in points))
        return [End(floor, f"{name}: {said}", color=THEME.muted, style="italic", marker=marker)]
    text = f"{drawn[-1].mark.text} {name}".strip()
    return [End(drawn[-1].y, text, "normal" if name else "bold", marker=marker)]
