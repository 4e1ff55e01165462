"""Horizontal bars with whiskers."""

from collections.abc import Sequence
from itertools import groupby

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
"""Color, hatch and outline of each hue: told apart in grey, too."""


def draw(marks: Sequence[Mark], unit: str, *, target: float | None, draft: bool, measure: str,
         good_direction: str) -> Figure:  # fmt: skip
    """`marks` keyed by (label, hue or ""), those of one label side by side."""
    lines = [(name, list(some)) for name, some in groupby(marks, key=lambda mark: str(mark.key[0]))]
    hues = list(dict.fromkeys(str(mark.key[1]) for mark in marks))
    band = 0.3 if len(hues) == 1 else 0.24
    entries = _key(hues) if len(hues) > 1 else []
    above = scale.above(measure, good_direction)
    sheet = rows.rows(
        [_line(name, some) for name, some in lines],
        top=above + key.height(entries) + (0.24 if target is not None else 0.05),
        bottom=0.3 + rows.foot_height(marks, draft),
        band=band,
    )
    scale.horizontal(sheet.axes, scale.from_zero(scale.reach(marks, target), unit), unit)
    for (_name, some), center in zip(lines, sheet.centers, strict=True):
        for mark, offset in zip(some, rows.offsets(len(some), band), strict=True):
            _bar(sheet.axes, mark, center + offset, band * 0.72, hues.index(str(mark.key[1])))
    if target is not None:
        goal(sheet.axes, target, unit)
    key.draw(sheet.figure, entries, above)
    scale.says(sheet.figure, measure, good_direction)
    rows.foot(sheet.figure, marks, draft)
    return sheet.figure


def goal(axes: Axes, target: float, unit: str) -> None:
    """A dashed line at the goal, named above the panel."""
    axes.axvline(target, color=THEME.ink, linewidth=1.3, linestyle=(0, (5, 2.5)), zorder=4)
    digits = None if float(target).is_integer() else 1
    text = words.gettext("Goal {value}").format(value=words.value(target, unit, digits))
    label(
        axes,
        text,
        (target, 1),
        (0, 4),
        xycoords=("data", "axes fraction"),
        ha="center",
        va="bottom",
        weight="bold",
    )


def whisker(axes: Axes, mark: Mark, y: float) -> None:
    """The interval around a value: dark, with a light casing where it lies on the bar."""
    if mark.low is None or mark.high is None:
        return
    on_bar = [mark.low, min(mark.high, mark.value or 0.0)]
    axes.plot(on_bar, [y, y], color=THEME.paper, linewidth=4, solid_capstyle="butt", zorder=3.5)
    axes.plot([mark.low, mark.high], [y, y], color=THEME.ink, linewidth=1.4, marker="|", markersize=6.5,
              markeredgewidth=1.4, zorder=5)  # fmt: skip


def _bar(axes: Axes, mark: Mark, y: float, height: float, hue: int) -> None:
    if not mark.drawn or mark.value is None:
        rows.instead(axes, y, mark)
        return
    color, hatch, edge = FILLS[hue % len(FILLS)]
    axes.barh(y, mark.value, height, color=color, hatch=hatch, edgecolor=edge, linewidth=0.8, zorder=3)
    whisker(axes, mark, y)


def _line(name: str, some: Sequence[Mark]) -> rows.Line:
    return rows.Line(
        name,
        values=tuple(mark.text if mark.drawn else "" for mark in some),
        details=tuple(mark.detail for mark in some),
    )


def _key(hues: Sequence[str]) -> list[key.Entry]:
    fills = (FILLS * len(hues))[: len(hues)]
    return [key.Entry(hue, *fill) for hue, fill in zip(hues, fills, strict=True)]
