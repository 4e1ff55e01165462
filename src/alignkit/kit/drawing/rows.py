"""Charts that read like a table: a label at the left, something to see, its numbers at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from alignkit.kit.drawing.canvas import LINE, fitted, height_of, label, middle, note, panel, sheet, width_of
from alignkit.kit.drawing.data import Mark
from alignkit.theme import THEME
from alignkit.words.current import words

LABEL, WIDE = 2.1, 3.0
"""Inches a row's label may take; the second where it is to keep to one line."""
GAP = 0.12


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


def rows(lines: Sequence[Line], *, top: float, bottom: float, band: float = 0.3, label: float = LABEL) -> Rows:
    """Lay out `lines`, each at least `band` inches per number, with room above and below the panel."""
    labels = [fitted(line.label, label if not line.section else 5.0) for line in lines]
    heights = [_height(line, text, band) for line, text in zip(lines, labels, strict=True)]
    left = GAP + max(width_of(text) for text, line in zip(labels, lines, strict=True) if not line.section)
    value = max((width_of(text, weight="bold") for line in lines for text in line.values), default=0.0)
    detail = max((width_of(text, THEME.chart_small) for line in lines for text in line.details), default=0.0)
    right = (GAP + value if value else 0.1) + (GAP + detail if detail else 0.0)
    figure = sheet(sum(heights) + top + bottom)
    axes = panel(figure, left, bottom, THEME.chart_width - left - right, sum(heights))
    axes.set_ylim(sum(heights), 0)
    axes.set_yticks([])
    centers = tuple(sum(heights[:i]) + height / 2 for i, height in enumerate(heights))
    at = THEME.chart_width - right + GAP + value
    for line, text, center in zip(lines, labels, centers, strict=True):
        y = sum(heights) + bottom - center
        _label(figure, text, left, y, line.section)
        _numbers(figure, line, at, y, band)
    return Rows(figure, axes, centers)


def offsets(count: int, band: float) -> list[float]:
    """Where `count` marks of one row lie around its middle, in inches."""
    return [(i - (count - 1) / 2) * band for i in range(count)]


def instead(axes: Axes, y: float, mark: Mark) -> None:
    """What stands where nothing may be drawn: a mark at the axis and words, or the range that is known."""
    if mark.between is not None:
        low, start = mark.between
        box = Rectangle((low, y - 0.08), start - low, 0.16, fill=False)
        box.set(edgecolor=THEME.outline, linestyle=(0, (3, 2)), linewidth=1.0, zorder=3)
        axes.add_patch(box)
    else:
        axes.plot([axes.get_xlim()[0]], [y], marker="D", markersize=5, linestyle="", markerfacecolor=THEME.paper,
                  markeredgecolor=THEME.muted, clip_on=False, zorder=5)  # fmt: skip
        start = axes.get_xlim()[0]
    label(axes, mark.text, (start, y), (8, 0), va="center", style="italic", color=THEME.muted, plate=True)


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


def _height(line: Line, text: str, band: float) -> float:
    return max(height_of(text) + 0.08, len(line.values) * band + 0.1)


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
