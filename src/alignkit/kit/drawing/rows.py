"""Charts that read like a table: a label at the left, something to see, its numbers at the right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from alignkit.kit.drawing import key, scale
from alignkit.kit.drawing.canvas import LINE, fitted, height_of, label, middle, note, panel, sheet, width_of
from alignkit.kit.drawing.data import Mark
from alignkit.theme import THEME
from alignkit.words.current import words

LABEL, WIDE = 2.1, 3.0
"""Inches a row's label may take; the second where it is to keep to one line."""
GAP = 0.12
BOX: dict[str, Any] = {
    "fill": False,
    "edgecolor": THEME.outline,
    "linestyle": (0, (3, 2)),
    "linewidth": 1.0,
    "zorder": 3,
}
"""How a range is drawn of which nothing else is known."""
_WORDS: dict[str, Any] = {"va": "center", "style": "italic", "color": THEME.muted, "plate": True}


@dataclass(frozen=True)
class Line:
    """One row: its label and its marks' numbers; a line without a mark is a heading."""

    label: str
    values: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    section: bool = False


@dataclass(frozen=True)
class Rows:
    """The sheet with its panel; the panel's y runs downwards in inches."""

    figure: Figure
    axes: Axes
    centers: tuple[float, ...]
    """y of each line's middle."""


def line(name: str, some: Sequence[Mark]) -> Line:
    """A row with the numbers of `some` marks."""
    return Line(name, tuple(mark.text if mark.drawn else "" for mark in some), tuple(mark.detail for mark in some))


def rows(lines: Sequence[Line], marks: Sequence[Mark], *, draft: bool, measure: str, good_direction: str = "",
         entries: Sequence[Artist] = (), named: float = 0.05, band: float = 0.3, label: float = LABEL
         ) -> Rows:  # fmt: skip
    """Lay out `lines`, each at least `band` inches per number, with the words above and below them.

    `entries` are those of the key above the panel, `named` the inches for words between it and the panel.
    """
    labels = [fitted(line.label, label if not line.section else 5.0) for line in lines]
    heights = [max(height_of(text) + 0.08, len(line.values) * band + 0.1)
               for line, text in zip(lines, labels, strict=True)]  # fmt: skip
    left = GAP + max(width_of(text) for text, line in zip(labels, lines, strict=True) if not line.section)
    value = max((width_of(text, weight="bold") for line in lines for text in line.values), default=0.0)
    detail = max((width_of(text, THEME.chart_small) for line in lines for text in line.details), default=0.0)
    right = (GAP + value if value else 0.1) + (GAP + detail if detail else 0.0)
    above, bottom = scale.above(measure, good_direction), 0.3 + foot_height(marks, draft)
    figure = sheet(sum(heights) + above + key.height(entries) + named + bottom)
    axes = panel(figure, left, bottom, THEME.chart_width - left - right, sum(heights))
    axes.set(ylim=(sum(heights), 0), yticks=[])
    centers = tuple(sum(heights[:i]) + height / 2 for i, height in enumerate(heights))
    for one, text, center in zip(lines, labels, centers, strict=True):
        y = sum(heights) + bottom - center
        _label(figure, text, left, y, one.section)
        _numbers(figure, one, THEME.chart_width - right + GAP + value, y, band)
    key.draw(figure, entries, above)
    scale.says(figure, measure, good_direction)
    foot(figure, marks, draft)
    return Rows(figure, axes, centers)


def offsets(count: int, band: float) -> list[float]:
    """Where `count` marks of one row lie around its middle, in inches."""
    return [(i - (count - 1) / 2) * band for i in range(count)]


def ranges(axes: Axes, marks: Iterable[tuple[Mark, float]], **style: Any) -> None:
    """The known range of each mark at its y: seaborn works ranges out from samples, ours are given."""
    for mark, y in marks:
        if mark.drawn and mark.low is not None and mark.high is not None:
            axes.plot([mark.low, mark.high], [y, y], **style)


def instead(axes: Axes, marks: Iterable[tuple[Mark, float]]) -> None:
    """What is drawn where no value may be (seaborn drops such rows): a mark at the axis and words, or a known range."""
    for mark, y in marks:
        if mark.drawn:
            continue
        low = high = axes.get_xlim()[0]
        if mark.between is not None:
            low, high = mark.between
            axes.add_patch(Rectangle((low, y - 0.08), high - low, 0.16, **BOX))
        else:
            axes.plot([low], [y], marker="D", markersize=5, markerfacecolor=THEME.paper, markeredgecolor=THEME.muted,
                      clip_on=False, zorder=5)  # fmt: skip
        _beside(axes, mark.text, low, high, y)


def _beside(axes: Axes, text: str, low: float, high: float, y: float) -> None:
    """Words at the right of what lies between `low` and `high`; at its left, or on it, where they would not fit."""
    place = axes.get_position()
    inch = place.width * THEME.chart_width / (axes.get_xlim()[1] - axes.get_xlim()[0])
    left = (low - axes.get_xlim()[0]) * inch
    wide = width_of(text, THEME.chart_small) + 12 / 72
    if place.x0 * THEME.chart_width + left + (high - low) * inch + wide <= THEME.chart_width:
        label(axes, text, (high, y), (8, 0), ha="left", **_WORDS)
    else:
        label(axes, text, (low if left >= wide else high, y), (-8, 0), ha="right", **_WORDS)


def foot(figure: Figure, marks: Sequence[Mark], draft: bool) -> None:
    """The words under a chart: what its thin lines are, that something is hidden, that it is not checked yet."""
    for i, text in enumerate(reversed(foot_lines(marks, draft))):
        note(figure, 0, 0.06 + i * THEME.chart_small * LINE / 72, text, size=THEME.chart_small,
             color=THEME.muted, style="italic", va="bottom")  # fmt: skip


def foot_height(marks: Sequence[Mark], draft: bool) -> float:
    """Inches that `foot` needs."""
    return len(foot_lines(marks, draft)) * THEME.chart_small * LINE / 72 + 0.06


def foot_lines(marks: Sequence[Mark], draft: bool) -> list[str]:
    """What `foot` says, line by line."""
    said = []
    if any(mark.drawn and mark.low is not None for mark in marks):
        said.append(words.gettext("Thin lines: the range of each value (95 percent)."))
    if any(mark.status in ("hidden", "band") for mark in marks):
        said.append(words.gettext("Hidden to protect privacy, here or in a related figure. Hidden does not mean zero."))
    if draft:
        said.append(words.gettext("Draft: not yet checked for privacy. Do not pass on."))
    return said


def _label(figure: Figure, text: str, left: float, y: float, section: bool) -> None:
    if section:
        middle(figure, 0, y, text, weight="bold")
    else:
        middle(figure, left - GAP, y, text, ha="right", multialignment="right")


def _numbers(figure: Figure, line: Line, at: float, y: float, band: float) -> None:
    for i, offset in enumerate(offsets(len(line.values), band)):
        middle(figure, at, y - offset, line.values[i], ha="right", weight="bold")
        if i < len(line.details):
            middle(figure, at + GAP, y - offset, line.details[i], size=THEME.chart_small, color=THEME.muted)
