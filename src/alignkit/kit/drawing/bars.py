"""Horizontal bars with ranges: seaborn's bars, our ranges, hatches and hidden marks."""

from collections.abc import Sequence
from itertools import groupby, pairwise

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alignkit.kit.drawing import key, rows, scale
from alignkit.kit.drawing.canvas import label
from alignkit.kit.drawing.data import Mark
from alignkit.theme import THEME
from alignkit.words.current import words

FILLS = (
    (THEME.blue, "", THEME.blue),
    (THEME.orange, "////", THEME.outline),
    (THEME.paper, "", THEME.outline),
    (THEME.green, "----", THEME.outline),
    (THEME.sky, "\\\\\\\\", THEME.outline),
)
"""Color, hatch and outline of each hue, which differ in gray, too. seaborn has no hatches."""


def draw(marks: Sequence[Mark], unit: str, *, target: float | None, draft: bool, measure: str,
         good_direction: str) -> Figure:  # fmt: skip
    """`marks` keyed by (label, hue or ""), those of one label side by side."""
    lines = [(name, list(some)) for name, some in groupby(marks, key=lambda mark: str(mark.key[0]))]
    hues = list(dict.fromkeys(str(mark.key[1]) for mark in marks))
    band = 0.3 if len(hues) == 1 else 0.24
    entries = [key.swatch(hue, *fill) for hue, fill in zip(hues, FILLS, strict=False)] if len(hues) > 1 else []
    sheet = rows.rows([rows.line(name, some) for name, some in lines], marks, draft=draft, measure=measure,
                      good_direction=good_direction, entries=entries, band=band,
                      named=0.05 if target is None else 0.24)  # fmt: skip
    placed = [(mark, center + offset) for (_name, some), center in zip(lines, sheet.centers, strict=True)
              for mark, offset in zip(some, rows.offsets(len(some), band), strict=True)]  # fmt: skip
    _bars(sheet.axes, [(mark, y) for mark, y in placed if mark.drawn], hues, band * 0.72)
    scale.horizontal(sheet.axes, scale.from_zero(scale.reach(marks, target), unit), unit)
    _whiskers(sheet.axes, placed)
    rows.instead(sheet.axes, placed)
    goal(sheet.axes, target, unit)
    return sheet.figure


def _bars(axes: Axes, placed: Sequence[tuple[Mark, float]], hues: Sequence[str], height: float) -> None:
    table = pd.DataFrame([(mark.value, y, str(mark.key[1])) for mark, y in placed], columns=["value", "y", "hue"])
    there = [hue for hue in hues if hue in set(table["hue"])]
    fills = dict(zip(hues, FILLS, strict=False))
    nearest = min((b - a for a, b in pairwise(table["y"])), default=1.0)  # seaborn's widths are shares of this
    sns.barplot(table, x="value", y="y", hue="hue", hue_order=there, palette=[fills[hue][0] for hue in there],
                orient="h", native_scale=True, dodge=False, width=height / nearest, saturation=1, errorbar=None,
                legend=False, linewidth=0.8, zorder=3, ax=axes)  # fmt: skip
    axes.set(xlabel="", ylabel="")
    for hue, bars in zip(there, axes.containers, strict=True):
        for bar in bars:
            bar.set(hatch=fills[hue][1], edgecolor=fills[hue][2])


def _whiskers(axes: Axes, placed: Sequence[tuple[Mark, float]]) -> None:
    """Dark ranges, with a light casing where they lie on the bar."""
    for mark, y in placed:
        if mark.drawn and mark.low is not None and mark.high is not None:
            axes.plot([mark.low, min(mark.high, mark.value or 0.0)], [y, y], color=THEME.paper, linewidth=4, zorder=3.5)
    rows.ranges(axes, placed, color=THEME.ink, linewidth=1.4, marker="|", markersize=6.5, markeredgewidth=1.4, zorder=5)


def goal(axes: Axes, target: float | None, unit: str) -> None:
    """A dashed line at the goal, named above the panel."""
    if target is None:
        return
    axes.axvline(target, color=THEME.ink, linewidth=1.3, linestyle=(0, (5, 2.5)), zorder=4)
    value = words.value(target, unit, None if float(target).is_integer() else 1)
    label(axes, words.gettext("Goal {value}").format(value=value), (target, 1), (0, 4), ha="center", va="bottom",
          xycoords=("data", "axes fraction"), weight="bold")  # fmt: skip
