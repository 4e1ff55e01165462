"""The status of things: seaborn's stacked bars of counts, with our hatches and the counts in words."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alignkit.kit.drawing import key, rows, scale
from alignkit.kit.drawing.canvas import label, width_of
from alignkit.kit.drawing.data import Mark
from alignkit.theme import THEME
from alignkit.words.current import words

BAND = 0.4
HEIGHT = 0.26
_ABOVE = 15.0
_PLATE = {"boxstyle": "round,pad=0.18", "facecolor": THEME.paper, "edgecolor": "none"}
STYLES: Mapping[str, tuple[str, str]] = {
    "kept": (THEME.blue, ""),
    "late": (THEME.sky, "////"),
    "not_done": (THEME.vermilion, "\\\\\\\\"),
    "dropped": (THEME.faint, "xxxx"),
    "open": (THEME.paper, ""),
}
"""Status → color and hatch, in the order the segments stand."""
_OTHERS = ((THEME.orange, "||||"), (THEME.purple, "----"), (THEME.yellow, "++++"))


def draw(marks: Sequence[Mark], names: Mapping[str, str], *, draft: bool, measure: str) -> Figure:
    """`marks` keyed by (category, status), the value being a count; `names` are the statuses' words, in order."""
    lines = [(name, list(some)) for name, some in groupby(marks, key=lambda mark: str(mark.key[0]))]
    styles = style(names)
    sheet = rows.rows([rows.Line(name, ("",), (_all(some),)) for name, some in lines], marks, draft=draft,
                      measure=measure, entries=[key.swatch(names[status], *styles[status]) for status in names],
                      band=BAND)  # fmt: skip
    order = {name: i for i, name in enumerate(names)}
    placed = [(mark, center) for (_name, some), center in zip(lines, sheet.centers, strict=True)
              for mark in sorted(some, key=lambda mark: order.get(str(mark.key[1]), 0))]  # fmt: skip
    _bars(sheet.axes, [(mark, y) for mark, y in placed if mark.drawn and mark.value], styles, sheet.centers)
    longest = max(sum(mark.value or 0 for mark in some) for _name, some in lines)
    scale.horizontal(sheet.axes, (0, longest * 1.02), "count")
    for y, some in groupby(placed, key=lambda item: item[1]):
        _counts(sheet.axes, [mark for mark, _y in some], y)
    return sheet.figure


def style(statuses: Sequence[str] | Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Color and hatch of each status; ones that have none get what is left, in order."""
    others = iter(_OTHERS * len(statuses))
    return {status: STYLES.get(status) or next(others) for status in statuses}


def _bars(axes: Axes, placed: Sequence[tuple[Mark, float]], styles: Mapping[str, tuple[str, str]],
          centers: Sequence[float]) -> None:  # fmt: skip
    table = pd.DataFrame([(mark.value, y, str(mark.key[1])) for mark, y in placed], columns=["n", "y", "status"])
    there = [status for status in styles if status in set(table["status"])]
    half = centers[0]  # all rows have the same height, and the first one starts at zero
    sns.histplot(table, y="y", weights="n", hue="status", hue_order=there[::-1], multiple="stack", legend=False,
                 bins=[y - half for y in centers] + [centers[-1] + half], shrink=HEIGHT / (2 * half),
                 palette=[styles[status][0] for status in there[::-1]], alpha=1, edgecolor=THEME.outline,
                 linewidth=0.8, zorder=3, ax=axes)  # fmt: skip
    axes.set(xlabel="", ylabel="")
    for status, bars in zip(there, axes.containers, strict=True):
        for bar in bars:
            bar.set(hatch=styles[status][1], visible=bar.get_width() > 0)


def _counts(axes: Axes, some: Sequence[Mark], y: float) -> None:
    """The counts on their segments, on light plates that keep them readable over any hatch.

    One that does not fit is above its segment, the next such one below.
    """
    start, lift = 0.0, _ABOVE
    inch = axes.get_position().width * THEME.chart_width / (axes.get_xlim()[1] - axes.get_xlim()[0])
    for mark in some:
        if mark.drawn and mark.value:
            text = words.number(mark.value)
            inside = mark.value * inch >= width_of(text, THEME.chart_small, "bold") + 0.06
            plate: dict[str, Any] = {"bbox": _PLATE} if inside else {}
            label(axes, text, (start + mark.value / 2, y), (0, 0 if inside else lift), ha="center", va="center",
                  weight="bold", **plate)  # fmt: skip
            start, lift = start + mark.value, lift if inside else -lift
    if hidden := [mark.text for mark in some if not mark.drawn]:
        said = words.list(sorted(set(hidden)))
        label(axes, said, (start, y), (6, 0), va="center", style="italic", color=THEME.muted)


def _all(some: Sequence[Mark]) -> str:
    if not all(mark.drawn for mark in some):
        return ""
    return words.gettext("{n} in all").format(n=words.number(sum(mark.value or 0 for mark in some)))
