"""A key to colors and hatches, where labels beside the marks themselves would not fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from alignkit.exhibits.drawing.canvas import fitted, note, width_of
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
        swatch = Rectangle(
            (x / across, (y - 0.065) / up), SWATCH / across, 0.13 / up, transform=figure.transFigure
        )
        swatch.set(facecolor=entry.color, hatch=entry.hatch, edgecolor=entry.edge, linewidth=0.8)
        figure.add_artist(swatch)
        note(figure, x + SWATCH + 0.08, y, _text(entry), size=THEME.chart_small, va="center")
        x, previous = x + _width(entry), line


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
