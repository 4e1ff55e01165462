"""A key to colors and hatches, where labels beside the marks themselves would not fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from alignkit.kit.drawing.canvas import fitted, middle, width_of
from alignkit.theme import THEME

SWATCH = 0.26
LINE = 0.24
_MOST = 2.4


@dataclass(frozen=True)
class Entry:
    """One swatch with its words."""

    text: str
    color: str
    hatch: str = ""
    edge: str = THEME.outline
    dash: tuple[float, tuple[float, ...]] | None = None
    """An upright dashed line of `color` instead of a swatch."""


def height(entries: Sequence[Entry]) -> float:
    """Inches that `draw` needs."""
    return len(set(_lines(entries))) * LINE + (0.06 if entries else 0.0)


def draw(figure: Figure, entries: Sequence[Entry], below: float) -> None:
    """The entries in lines, starting `below` inches under the sheet's upper edge."""
    across, up = figure.get_size_inches()
    x, previous = 0.0, 0
    for entry, line in zip(entries, _lines(entries), strict=True):
        x = x if line == previous else 0.0
        y = up - below - line * LINE - LINE / 2
        figure.add_artist(_swatch(entry, x / across, y / up, SWATCH / across, 0.13 / up, figure))
        middle(figure, x + SWATCH + 0.08, y, _text(entry), size=THEME.chart_small)
        x, previous = x + _width(entry), line


def _swatch(entry: Entry, x: float, y: float, width: float, height: float, figure: Figure) -> Artist:
    """In shares of the sheet; (x, y) is the middle of its left side."""
    if entry.dash is not None:
        line = Line2D([x + width / 2] * 2, [y - height * 0.75, y + height * 0.75], transform=figure.transFigure)
        line.set(color=entry.color, linewidth=1.6, linestyle=entry.dash)
        return line
    swatch = Rectangle((x, y - height / 2), width, height, transform=figure.transFigure)
    swatch.set(facecolor=entry.color, hatch=entry.hatch, edgecolor=entry.edge, linewidth=0.8)
    return swatch


def _lines(entries: Sequence[Entry]) -> list[int]:
    """On which line each entry stands."""
    found, x, line = [], 0.0, 0
    for entry in entries:
        if x and x + _width(entry) > THEME.chart_width + 0.2:
            x, line = 0.0, line + 1
        found.append(line)
        x += _width(entry)
    return found


def _text(entry: Entry) -> str:
    return fitted(entry.text, _MOST, 1, THEME.chart_small)


def _width(entry: Entry) -> float:
    return SWATCH + 0.08 + width_of(_text(entry), THEME.chart_small) + 0.22
