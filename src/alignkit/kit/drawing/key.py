"""A key to colors and hatches, where labels next to the marks would not fit: matplotlib's legend, measured beforehand.

seaborn makes its legends from the data; ours have to be laid out before the panel that they stand above.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from alignkit.kit.drawing.canvas import fitted, width_of
from alignkit.theme import THEME

LINE = 0.24
"""Inches from one line to the next."""
_MOST = 2.4
_SWATCH, _GAP = 0.36, 0.24
"""Inches of a swatch with the space after it, and between columns."""


def swatch(text: str, color: str, hatch: str = "", edge: str = THEME.outline) -> Artist:
    """An entry for bars."""
    return Patch(facecolor=color, hatch=hatch, edgecolor=edge, linewidth=0.8, label=_text(text))


def tick(text: str, color: str) -> Artist:
    """An entry for upright ticks."""
    return Line2D([], [], color=color, linestyle="", marker="|", markersize=13, markeredgewidth=1.8, label=_text(text))


def height(entries: Sequence[Artist]) -> float:
    """Inches that `draw` needs."""
    return -(-len(entries) // _columns(entries)) * LINE + 0.06 if entries else 0.0


def draw(figure: Figure, entries: Sequence[Artist], below: float) -> None:
    """The entries in as many columns as fit, starting `below` inches under the sheet's upper edge."""
    if entries:
        size = THEME.chart_small / 72
        figure.legend(handles=entries, loc="upper left", bbox_to_anchor=(0, 1 - below / figure.get_figheight()),
                      ncols=_columns(entries), borderaxespad=0, borderpad=0.2, handlelength=0.26 / size,
                      handletextpad=0.1 / size, columnspacing=_GAP / size, labelspacing=LINE / size - 1.25)  # fmt: skip


def _columns(entries: Sequence[Artist]) -> int:
    wide = [_SWATCH + width_of(str(entry.get_label()), THEME.chart_small) for entry in entries]
    needs = {n: sum(part.max() for part in np.array_split(wide, n)) + (n - 1) * _GAP for n in range(len(wide), 0, -1)}
    return next((n for n, inches in needs.items() if inches <= THEME.chart_width), 1)


def _text(text: str) -> str:
    return fitted(text, _MOST, 1, THEME.chart_small)
