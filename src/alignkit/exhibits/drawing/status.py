"""What became of things, as stacked bars: counts by status."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alignkit.exhibits.drawing import key, rows, scale
from alignkit.exhibits.drawing.canvas import label, width_of
from alignkit.exhibits.drawing.data import Mark
from alignkit.theme import THEME
from alignkit.words.words import Words

BAND = 0.36
STYLES: Mapping[str, tuple[str, str]] = {
    "kept": (THEME.blue, ""),
    "late": (THEME.sky, "////"),
    "not_done": (THEME.vermilion, "\\\\\\\\"),
    "dropped": (THEME.faint, "xxxx"),
    "open": (THEME.paper, ""),
}
"""Status → color and hatch, in the order the segments stand."""
_OTHERS = ((THEME.orange, "...."), (THEME.purple, "--"), (THEME.yellow, "++"))


def draw(
    marks: Sequence[Mark], names: Mapping[str, str], words: Words, *, draft: bool, measure: str
) -> Figure:
    """`marks` keyed by (category, status), the value being a count; `names` are the statuses' words, in order."""
    lines = [(name, list(some)) for name, some in groupby(marks, key=lambda mark: str(mark.key[0]))]
    styles = style(names)
    entries = [key.Entry(names[status], *styles[status]) for status in names]
    above = scale.TOP * bool(measure)
    sheet = rows.rows(
        [rows.Line(name, (_total(some, words),)) for name, some in lines],
        top=above + key.height(entries) + 0.05,
        bottom=0.3 + rows.foot_height(marks, draft, words),
        band=BAND,
    )
    longest = max(sum(mark.value or 0 for mark in some) for _name, some in lines)
    scale.horizontal(sheet.axes, (0, longest * 1.02), "count", words)
    for (_name, some), center in zip(lines, sheet.centers, strict=True):
        _stack(
            sheet.axes,
            sorted(some, key=lambda mark: list(names).index(str(mark.key[1]))),
            styles,
            center,
            words,
        )
    key.draw(sheet.figure, entries, above)
    scale.says(sheet.figure, measure, "", words)
    rows.foot(sheet.figure, marks, draft, words)
    return sheet.figure


def style(statuses: Sequence[str] | Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Color and hatch of each status; ones the house does not know get what is left, in order."""
    others = iter(_OTHERS * len(statuses))
    return {status: STYLES.get(status) or next(others) for status in statuses}


def _stack(
    axes: Axes, some: Sequence[Mark], styles: Mapping[str, tuple[str, str]], y: float, words: Words
) -> None:
    start = 0.0
    for mark in some:
        if not mark.drawn or not mark.value:
            continue
        color, hatch = styles[str(mark.key[1])]
        axes.barh(y, mark.value, BAND * 0.72, left=start, color=color, hatch=hatch, edgecolor=THEME.outline,
                  linewidth=0.8, zorder=3)  # fmt: skip
        _count(axes, words.number(mark.value), start, mark.value, y)
        start += mark.value
    if hidden := [mark for mark in some if not mark.drawn]:
        said = words.list(sorted({mark.text for mark in hidden}))
        label(axes, said, (start, y), (6, 0), va="center", style="italic", color=THEME.muted)


def _count(axes: Axes, text: str, start: float, value: float, y: float) -> None:
    """The count on its segment, on a light plate that keeps it readable over any hatch; left out where it cannot fit."""
    inches = value / (axes.get_xlim()[1] - axes.get_xlim()[0]) * axes.get_position().width * THEME.chart_width
    if inches < width_of(text, THEME.chart_small, "bold") + 0.06:
        return
    plate = {"boxstyle": "round,pad=0.18", "facecolor": THEME.paper, "edgecolor": "none"}
    axes.text(start + value / 2, y, text, ha="center", va="center_baseline", weight="bold", size=THEME.chart_small,
              bbox=plate, zorder=5)  # fmt: skip


def _total(some: Sequence[Mark], words: Words) -> str:
    return words.number(sum(mark.value or 0 for mark in some)) if all(mark.drawn for mark in some) else ""
