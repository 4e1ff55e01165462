"""Dots and ranges, one row per group, next to the total: seaborn's dots, our ranges, goals and hidden marks."""

from collections.abc import Sequence
from itertools import groupby

import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alignkit.kit.drawing import key, rows, scale
from alignkit.kit.drawing.bars import goal
from alignkit.kit.drawing.canvas import label, width_of
from alignkit.kit.drawing.data import Mark
from alignkit.theme import THEME
from alignkit.words.current import words

BAND = 0.26
DENSE = 0.12
"""Inches between rows beyond their own, where a page has to hold many."""


def draw(marks: Sequence[Mark], unit: str, *, total: Mark | None, targets: Sequence[float | None],
         target: float | None, draft: bool, measure: str, good_direction: str, dense: bool = False
         ) -> Figure:  # fmt: skip
    """`marks` keyed by (section or "", group); `targets` are the groups' own goals; `total` is the reference."""
    lines, at = _lines(marks)
    every = [*marks, *([total] if total else [])]
    own = any(one is not None for one in targets)
    named = 0.42 if total is not None and target is not None and total.drawn else 0.24
    sheet = rows.rows(lines, every, draft=draft, measure=measure, good_direction=good_direction,
                      entries=[key.tick(words.gettext("the group's own goal"), THEME.ink)] if own else [],
                      named=named if target is not None or total is not None else 0.05,
                      band=DENSE if dense else BAND, label=rows.WIDE if dense else rows.LABEL)  # fmt: skip
    placed = [(mark, sheet.centers[i]) for mark, i in zip(marks, at, strict=True)]
    _dots(sheet.axes, placed)
    scale.horizontal(sheet.axes, scale.around(scale.reach(every, target, *targets), unit), unit)
    rows.instead(sheet.axes, placed)
    for (_mark, y), one in zip(placed, targets, strict=True):
        if one is not None:
            sheet.axes.plot([one], [y], marker="|", markersize=19, markeredgewidth=1.8, color=THEME.ink, zorder=5)
    _reference(sheet.axes, total, target, unit)
    return sheet.figure


def _lines(marks: Sequence[Mark]) -> tuple[list[rows.Line], list[int]]:
    """The rows with their sections' headings, and the index of each mark's row."""
    lines: list[rows.Line] = []
    at: list[int] = []
    for section, some in groupby(marks, key=lambda mark: str(mark.key[0])):
        lines += [rows.Line(section, section=True)] if section else []
        for mark in some:
            at.append(len(lines))
            lines.append(rows.line(str(mark.key[1]), [mark]))
    return lines, at


def _dots(axes: Axes, placed: Sequence[tuple[Mark, float]]) -> None:
    rows.ranges(axes, placed, color=THEME.blue, linewidth=5, alpha=0.3, zorder=3)
    rows.ranges(axes, placed, color=THEME.blue, linewidth=1.2, marker="|", markersize=8, zorder=3)
    drawn = [(mark.value, y) for mark, y in placed if mark.drawn]
    sns.scatterplot(x=[value for value, _y in drawn], y=[y for _value, y in drawn], s=64, color=THEME.blue,
                    edgecolor=THEME.paper, linewidth=1, zorder=6, ax=axes)  # fmt: skip


def _reference(axes: Axes, total: Mark | None, target: float | None, unit: str) -> None:
    """The lines for everyone and for the goal, named above the panel on different heights."""
    goal(axes, target, unit)
    if total is None or not total.drawn or total.value is None:
        return
    if total.low is not None and total.high is not None:
        axes.axvspan(total.low, total.high, color=THEME.muted, alpha=0.13, linewidth=0, zorder=1)
    axes.axvline(total.value, color=THEME.muted, linewidth=1.3, zorder=2)
    text = f"{total.key[1]} {total.text}"
    to_edge = axes.transData.transform((total.value, 0))[0] * 72 / axes.figure.dpi  # the words may not leave the sheet
    shift = max(0.0, width_of(text, THEME.chart_small) * 36 - to_edge)
    label(axes, text, (total.value, 1), (shift, 4 + 13.5 * (target is not None)), color=THEME.muted,
          xycoords=("data", "axes fraction"), ha="center", va="bottom")  # fmt: skip
