"""Axes of values: from where to where, which ticks, and the words above them."""

import math
from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alignkit.kit.drawing.canvas import LINE, fitted, height_of, middle, width_of
from alignkit.kit.drawing.data import Mark
from alignkit.theme import THEME
from alignkit.words.current import words

_LEAST_SPAN = {"percent": 20.0, "rate_per_1000": 5.0}


def reach(marks: Iterable[Mark], *more: float | None) -> tuple[float, ...]:
    """Every number that has to fit on the axis."""
    found = [n for mark in marks for n in (mark.value, mark.low, mark.high) if n is not None]
    return tuple(found + [n for n in more if n is not None])


def from_zero(numbers: Sequence[float], unit: str) -> tuple[float, float]:
    """Limits of an axis of bars, whose lengths only compare from zero."""
    low, high = min(0.0, *numbers, 0.0), max(0.0, *numbers, 0.0)
    if unit == "percent" and high > 40:
        return low, 100.0
    return low * 1.08, high * 1.08 or 1.0


def around(numbers: Sequence[float], unit: str) -> tuple[float, float]:
    """Limits of an axis of points: room around them, and never so narrow that chance looks like a cliff."""
    low, high = min(numbers), max(numbers)
    middle, half = (low + high) / 2, max((high - low) * 0.58, _least(numbers, unit) / 2)
    bottom, top = middle - half, middle + half
    if low >= 0 and bottom < (top - bottom) * 0.15:
        bottom = 0.0
    if unit == "percent":
        shift = max(0.0, top - 100)
        bottom, top = max(0.0, bottom - shift), min(100.0, top)
    return bottom, top


def ticks(limits: tuple[float, float], unit: str, most: int = 6) -> list[float]:
    """At most `most` round numbers within `limits`; whole ones for counts."""
    low, high = limits
    least = 1.0 if unit == "count" else (high - low) * 1e-6
    start = math.floor(math.log10(max(least, (high - low) / most)))
    for step in (factor * 10.0**power for power in range(start, start + 3) for factor in (1, 2, 5)):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if step >= least and last - first < most:
            break
    return [round(i * step, 10) for i in range(first, last + 1)]


def label_ticks(values: Sequence[float], unit: str) -> list[str]:
    """The ticks in the measure's unit, with just the decimals that tell them apart."""
    digits = next((d for d in range(4) if all(abs(v - round(v, d)) < 1e-9 for v in values)), 4)
    if unit == "rate_per_1000":
        return [words.number(value, digits) for value in values]
    return [words.value(value, unit, digits) for value in values]


def horizontal(axes: Axes, limits: tuple[float, float], unit: str) -> None:
    """An x-axis of values with faint lines, and a firm one at zero."""
    axes.set_xlim(limits)
    at = ticks(limits, unit)
    axes.set_xticks(at, label_ticks(at, unit))
    axes.tick_params(axis="x", length=0, pad=4, labelcolor=THEME.muted)
    axes.grid(axis="x")
    axes.spines[["left", "bottom"]].set_visible(False)
    if limits[0] <= 0 <= limits[1]:
        axes.axvline(0, color=THEME.muted, linewidth=0.9, zorder=2)


def vertical(axes: Axes, limits: tuple[float, float], unit: str) -> None:
    """A y-axis of values with faint lines."""
    axes.set_ylim(limits)
    at = ticks(limits, unit, 5)
    axes.set_yticks(at, label_ticks(at, unit))
    axes.tick_params(axis="y", length=0, pad=4, labelcolor=THEME.muted)
    axes.grid(axis="y")
    axes.spines[["left"]].set_visible(False)


def above(measure: str, good_direction: str) -> float:
    """Inches that `says` needs."""
    said = _said(measure, good_direction)
    return height_of(said) + 0.15 if said or good_direction else 0.0


def says(figure: Figure, measure: str, good_direction: str) -> None:
    """The words above a chart: what the axis measures, and which way is good."""
    text, good = _said(measure, good_direction), good_words(good_direction)
    y, end = figure.get_size_inches()[1] - 0.1, 0.0
    for i, line in enumerate(text.split("\n")):
        y -= THEME.chart_text * LINE / 72 * (i > 0)
        middle(figure, 0, y, line)
        end = width_of(line) + 0.15 if line else 0.0
    middle(figure, end, y, good, size=THEME.chart_small, weight="bold", color=THEME.muted)


def _said(measure: str, good_direction: str) -> str:
    good = good_words(good_direction)
    return fitted(measure, THEME.chart_width - (width_of(good, THEME.chart_small, "bold") + 0.2 if good else 0), 2)


def good_words(direction: str) -> str:
    """ "higher is better ↑", "lower is better ↓" or nothing."""
    said = {"up": words.gettext("higher is better ↑"), "down": words.gettext("lower is better ↓")}
    return said.get(direction, "")


def _least(numbers: Sequence[float], unit: str) -> float:
    return _LEAST_SPAN.get(unit, 0.2 * max(abs(n) for n in numbers) or 1.0)
