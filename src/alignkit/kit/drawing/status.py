"""What became of things, as stacked bars: counts by status."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alignkit.kit.drawing import key, rows, scale
from alignkit.kit.drawing.canvas import label, width_of
from alignkit.kit.drawing.data import Mark
from alignkit.theme import THEME
from alignkit.words.current import words

BAND = 0.4
HEIGHT = 0.26
_BESIDE = 15.0
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
    order = {name: i for i, name in enumerate(names)}
    entries = [key.Entry(names[status], *styles[status]) for status in names]
    above = scale.above(measure, "")
    sheet = rows.rows(
        [rows.Line(name, ("",), (_all(some),)) for name, some in lines],
        top=above + key.height(entries) + 0.05,
        bottom=0.3 + rows.foot_height(marks, draft),
        band=BAND,
    )
    longest = max(sum(mark.value or 0 for mark in some) for _name, some in lines)
    scale.horizontal(sheet.axes, (0, longest * 1.02), "count")
    for (_name, some), center in zip(lines, sheet.centers, strict=True):
        _stack(sheet.axes, sorted(some, key=lambda mark: order.get(str(mark.key[1]), 0)), styles, center)
    key.draw(sheet.figure, entries, above)
    scale.says(sheet.figure, measure, "")
    rows.foot(sheet.figure, marks, draft)
    return sheet.figure


def style(statuses: Sequence[str] | Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Color and hatch of each status; ones the house does not know get what is left, in order."""
    others = iter(_OTHERS * len(statuses))
    return {status: STYLES.get(status) or next(others) for status in statuses}


def _stack(axes: Axes, some: Sequence[Mark], styles: Mapping[str, tuple[str, str]], y: float) -> None:
    start, lift = 0.0, _BESIDE
    inch = axes.get_position().width * THEME.chart_width / (axes.get_xlim()[1] - axes.get_xlim()[0])
    for mark in some:
        if not mark.drawn or not mark.value:
            continue
        color, hatch = styles[str(mark.key[1])]
        axes.barh(y, mark.value, HEIGHT, left=start, color=color, hatch=hatch, edgecolor=THEME.outline,
                  linewidth=0.8, zorder=3)  # fmt: skip
        text = words.number(mark.value)
        if _count(axes, text, start + mark.value / 2, y, mark.value * inch, lift):
            lift = -lift
        start += mark.value
    if hidden := [mark for mark in some if not mark.drawn]:
        said = words.list(sorted({mark.text for mark in hidden}))
        label(axes, said, (start, y), (6, 0), va="center", style="italic", color=THEME.muted)


def _count(axes: Axes, text: str, middle: float, y: float, inches: float, lift: float) -> bool:
    """The count on its segment, on a light plate that keeps it readable over any hatch; beside it where it cannot fit.

    True where it stands beside: the next one then goes to the other side.
    """
    inside = inches >= width_of(text, THEME.chart_small, "bold") + 0.06
    at = (0.0, 0.0) if inside else (0.0, lift)
    style: dict[str, Any] = {"bbox": _PLATE} if inside else {}
    label(axes, text, (middle, y), at, ha="center", va="center", weight="bold", **style)
    return not inside


def _all(some: Sequence[Mark]) -> str:
    if not all(mark.drawn for mark in some):
        return ""
    return words.gettext("{n} in all").format(n=words.number(sum(mark.value or 0 for mark in some)))
