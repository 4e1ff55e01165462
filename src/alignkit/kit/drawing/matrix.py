"""A grid of symbols: who has which part in what, and where no one has.

Not seaborn.heatmap: its cells are colors in rows of one height; ours are symbols, in rows as high as their names take.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from alignkit.kit.drawing import rows, scale
from alignkit.kit.drawing.canvas import fitted, height_of, label, middle, panel, sheet, width_of
from alignkit.kit.drawing.data import Mark
from alignkit.theme import THEME

ROW = 0.36
TIGHT, MANY = 0.28, 8
"""Inches of a row where there are more than so many."""
SECTION = 0.27
"""Inches of a section's heading."""
LABEL, WIDE = 1.9, 2.7
"""Inches a row's name may take; the second where few columns leave room."""
_ROOMY = 0.62
_HOLE = 0.36
TURN = 45
Row = tuple[str, str]
"""Section ("" for none) and name of a row."""
ACROSS, UP = math.cos(math.radians(TURN)), math.sin(math.radians(TURN))
_SHAPES: Mapping[str, Mapping[str, Any]] = {
    "full": {"marker": "o", "fillstyle": "full"},
    "half": {"marker": "o", "fillstyle": "left"},
    "ring": {"marker": "o", "markerfacecolor": THEME.paper},
    "cross": {"marker": "x", "color": THEME.ink, "markersize": 9},
}


@dataclass(frozen=True)
class Symbol:
    """How one kind of part is drawn, and its words."""

    shape: Literal["full", "half", "ring", "hole", "cross", "blank"]
    words: str


def draw(marks: Sequence[Mark], rows_: Sequence[Row], columns: Sequence[str], symbols: Mapping[str, Symbol],
         *, draft: bool, measure: str) -> Figure:  # fmt: skip
    """`marks` keyed by (section and row, column, kind of part); a cell without a mark is left blank."""
    lines = _lines(rows_)
    room = max(LABEL, min(WIDE, THEME.chart_width - _ROOMY * len(columns)))
    names = [fitted(name, room) if name else "" for _section, name in lines]
    left = max(width_of(name) for name in names) + 0.12
    heads, cell, turned = _heads(columns, THEME.chart_width - left)
    row = ROW if len(rows_) <= MANY else TIGHT
    heights = [max(row, height_of(name) + 0.1) if name else SECTION for name in names]
    above, below = scale.above(measure, ""), 0.42 + rows.foot_height(marks, draft)
    figure = sheet(above + _head_height(heads, turned) + sum(heights) + below)
    axes = panel(figure, left, below, cell * len(columns), sum(heights))
    axes.set(xlim=(0, cell * len(columns)), ylim=(sum(heights), 0), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    _grid(axes, heights, cell, len(columns), names)
    middles = [sum(heights[:i]) + height / 2 for i, height in enumerate(heights)]
    for (section, _row), name, y in zip(lines, names, middles, strict=True):
        up = below + sum(heights) - y
        if name:
            middle(figure, left - 0.12, up, name, ha="right", multialignment="right")
        else:
            middle(figure, 0, up - 0.03, fitted(section, THEME.chart_width, 1), weight="bold", zorder=7)
    turn: dict[str, Any] = {"rotation": TURN, "rotation_mode": "anchor", "ha": "left"} if turned else {"ha": "center"}
    for i, text in enumerate(heads):
        label(axes, text, ((i + 0.5) * cell, 0), (0, 4), va="bottom", linespacing=1.1, **turn)
    for mark in marks:
        _cell(
            axes, mark, symbols, (columns.index(str(mark.key[1])) + 0.5) * cell, middles[lines.index(mark.key[0])], cell
        )
    _key(figure, symbols, below - 0.24)
    scale.says(figure, measure, "")
    rows.foot(figure, marks, draft)
    return figure


def _lines(rows_: Sequence[Row]) -> list[Row]:
    """The rows, with one that has no name of its own as the heading above each section's first."""
    lines: list[Row] = []
    for section, name in rows_:
        if section and (not lines or lines[-1][0] != section):
            lines.append((section, ""))
        lines.append((section, name or " "))
    return lines


def _cell(axes: Axes, mark: Mark, symbols: Mapping[str, Symbol], x: float, y: float, cell: float) -> None:
    if mark.status == "shown":
        _symbol(axes, symbols[str(mark.key[2])].shape, x, y, min(cell, 0.9))
        return
    label(axes, fitted(mark.text, cell, 2, THEME.chart_small), (x, y), ha="center", va="center", style="italic",
          color=THEME.muted)  # fmt: skip


def _symbol(axes: Axes, shape: str, x: float, y: float, cell: float) -> None:
    """One symbol around (x, y), in inches."""
    if shape == "hole":
        wide = min(_HOLE, cell * 0.84)
        axes.add_patch(Rectangle((x - wide / 2, y - 0.1), wide, 0.2, facecolor=THEME.paper, edgecolor=THEME.vermilion,
                                 linewidth=1.3, linestyle=(0, (3, 1.5)), zorder=4))  # fmt: skip
    elif shape != "blank":
        style = {"color": THEME.blue, "markersize": 13.5, "markeredgewidth": 1.8, "markerfacecoloralt": THEME.paper}
        axes.plot([x], [y], **{**style, **_SHAPES[shape]}, zorder=4)


def _grid(axes: Axes, heights: Sequence[float], cell: float, count: int, names: Sequence[str]) -> None:
    for i in range(len(heights) + 1):
        axes.axhline(sum(heights[:i]), color=THEME.faint, linewidth=0.7, zorder=1)
    for i in range(0, count, 2):
        axes.axvspan(i * cell, (i + 1) * cell, color=THEME.wash, linewidth=0, zorder=0)
    for i, name in enumerate(names):
        if not name:  # a section's heading reads across the columns
            axes.axhspan(sum(heights[:i]), sum(heights[: i + 1]), color=THEME.paper, linewidth=0, zorder=0.5)


def _heads(columns: Sequence[str], room: float) -> tuple[list[str], float, bool]:
    """The columns' names, broken to the width of a cell or, where a word is too long for that, turned; that width."""
    cell = min(1.3, room / len(columns))
    longest = max(width_of(word, THEME.chart_small) for name in columns for word in name.split() or [""])
    if longest <= cell - 0.06:
        return [fitted(name, cell - 0.06, 3, THEME.chart_small) for name in columns], cell, False
    heads = [fitted(name, 1.95, 1, THEME.chart_small) for name in columns]
    for _ in range(4):  # the last names reach beyond their cells, which makes the cells narrower
        reach = [width_of(text, THEME.chart_small) * ACROSS - (len(heads) - i - 0.5) * cell
                 for i, text in enumerate(heads)]  # fmt: skip
        cell = min(1.3, (room - max(0.0, *reach, 0.0)) / len(columns))
    return heads, cell, True


def _head_height(heads: Sequence[str], turned: bool) -> float:
    if turned:
        return max(width_of(text, THEME.chart_small) for text in heads) * UP + 0.25
    return max(height_of(text, THEME.chart_small) for text in heads) + 0.08


def _key(figure: Figure, symbols: Mapping[str, Symbol], y: float) -> None:
    across = figure.get_size_inches()[0]
    axes = panel(figure, 0, y - 0.16, across, 0.32)
    axes.set(xlim=(0, across), ylim=(0.16, -0.16))
    axes.set_axis_off()
    x = 0.0
    for one in symbols.values():
        if one.shape == "blank":
            continue
        wide = _HOLE / 0.84 if one.shape == "hole" else 0.26
        _symbol(axes, one.shape, x + wide / 2, 0, wide)
        label(axes, one.words, (x + wide + 0.06, 0), va="center")
        x += wide + 0.06 + width_of(one.words, THEME.chart_small) + 0.25
