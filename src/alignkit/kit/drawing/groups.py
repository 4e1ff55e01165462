"""Dots and intervals, one row per group, beside the total."""

from collections.abc import Sequence
from itertools import groupby

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
OWN = (0, (2, 1))
"""The dash of a group's own goal."""


def draw(marks: Sequence[Mark], unit: str, *, total: Mark | None, targets: Sequence[float | None],
         target: float | None, draft: bool, measure: str, good_direction: str, dense: bool = False
         ) -> Figure:  # fmt: skip
    """`marks` keyed by (section or "", group); `targets` are the groups' own goals; `total` is the reference."""
    lines = _lines(marks)
    limits = scale.around(scale.reach([*marks, *([total] if total else [])], target, *targets), unit)
    above = scale.above(measure, good_direction)
    own = (
        [key.Entry(words.gettext("the group's own goal"), THEME.ink, dash=OWN)]
        if any(own is not None for own in targets)
        else []
    )
    named = 0.42 if total is not None and target is not None and total.drawn else 0.24
    sheet = rows.rows(
        [line for line, _at in lines],
        top=above + key.height(own) + (named if target is not None or total is not None else 0.05),
        bottom=0.3 + rows.foot_height([*marks, *([total] if total else [])], draft),
        band=DENSE if dense else BAND,
        label=rows.WIDE if dense else rows.LABEL,
    )
    scale.horizontal(sheet.axes, limits, unit)
    _reference(sheet.axes, total, target, unit)
    for (_line, at), center in zip(lines, sheet.centers, strict=True):
        if at is not None:
            _dot(sheet.axes, marks[at], center)
            _own_goal(sheet.axes, targets[at], center)
    key.draw(sheet.figure, own, above)
    scale.says(sheet.figure, measure, good_direction)
    rows.foot(sheet.figure, marks, draft)
    return sheet.figure


def _lines(marks: Sequence[Mark]) -> list[tuple[rows.Line, int | None]]:
    """Each row with the index of its mark; a section's heading has none."""
    found: list[tuple[rows.Line, int | None]] = []
    for section, some in groupby(enumerate(marks), key=lambda item: str(item[1].key[0])):
        if section:
            found.append((rows.Line(section, section=True), None))
        found += [(_line(mark), at) for at, mark in some]
    return found


def _line(mark: Mark) -> rows.Line:
    return rows.Line(str(mark.key[1]), (mark.text if mark.drawn else "",), (mark.detail,))


def _dot(axes: Axes, mark: Mark, y: float) -> None:
    if not mark.drawn or mark.value is None:
        rows.instead(axes, y, mark)
        return
    if mark.low is not None and mark.high is not None:
        axes.plot(
            [mark.low, mark.high],
            [y, y],
            color=THEME.blue,
            linewidth=5,
            alpha=0.3,
            solid_capstyle="butt",
            zorder=3,
        )
        axes.plot([mark.low, mark.high], [y, y], color=THEME.blue, linewidth=1.2, marker="|", markersize=8, zorder=3)
    axes.plot([mark.value], [y], marker="o", markersize=8, color=THEME.blue, markeredgecolor=THEME.paper, zorder=6)


def _own_goal(axes: Axes, target: float | None, y: float) -> None:
    if target is not None:
        axes.plot(
            [target, target],
            [y - 0.13, y + 0.13],
            color=THEME.ink,
            linewidth=1.6,
            linestyle=OWN,
            zorder=5,
        )


def _reference(axes: Axes, total: Mark | None, target: float | None, unit: str) -> None:
    """The lines for everyone and for the goal, named above the panel on different heights."""
    if target is not None:
        goal(axes, target, unit)
    if total is None or not total.drawn or total.value is None:
        return
    if total.low is not None and total.high is not None:
        axes.axvspan(total.low, total.high, color=THEME.muted, alpha=0.13, linewidth=0, zorder=1)
    axes.axvline(total.value, color=THEME.muted, linewidth=1.3, zorder=2)
    text = f"{total.key[1]} {total.text}"
    lift = 4 + 13.5 * (target is not None)
    half = width_of(text, THEME.chart_small) * 36
    label(axes, text, (total.value, 1), (max(0.0, half - _points(axes, total.value)), lift), color=THEME.muted,
          xycoords=("data", "axes fraction"), ha="center", va="bottom")  # fmt: skip


def _points(axes: Axes, x: float) -> float:
    """Points between the sheet's left edge and x."""
    left = axes.get_position().x0 + axes.get_position().width * (x - axes.get_xlim()[0]) / (
        axes.get_xlim()[1] - axes.get_xlim()[0]
    )
    return float(left * THEME.chart_width * 72)
