"""A chart of one's own: any seaborn or matplotlib drawing of rows that may be shown."""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import AutoDateLocator
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import LogFormatter, NullFormatter, ScalarFormatter

from alignkit.disclosure.published import NUMBERS, Published
from alignkit.disclosure.reaches import foreign_data
from alignkit.errors import DisclosureError, NotebookError
from alignkit.kit import pictures, tables
from alignkit.kit.drawing import canvas, data, rows, time
from alignkit.kit.pictures import Where
from alignkit.theme import FAMILIES, THEME
from alignkit.words.current import words

Draw = Callable[[pd.DataFrame, Any], object]
HIGHEST = 8.0
"""Inches that fit on a page."""
_ON_AXES = "draw with ax=axes in seaborn, and axes.plot, axes.set_title … in place of plt.plot, plt.title"


def own(p: Published, draw: Draw, *, id: str, caption: str, alt: str, columns: Mapping[str, str] | None = None,
        height: float | None = None, panels: tuple[int, int] | None = None, share: bool = True,
        where: Where = "both") -> None:  # fmt: skip
    """Any seaborn or matplotlib drawing of rows that may be shown.

        charts.own(groups, lambda shown, axes: sns.lineplot(shown, x="period_start", y="value", hue="group", ax=axes),
                   id="by-income", caption="By neighborhood income", alt="The lowest-income fifth stays lowest.")

    - `p`: what `publish` or `derive` returned; filter it with `p.where(…)`, and the table behind it has the same rows.
    - `draw`: a function of the rows that are shown (a copy of `p.shown`) and one matplotlib Axes, on which it draws. It
      is called twice, to see that it draws the same each time.
    - `id`, `caption`, `alt`: its name in the chapter; what is shown; this cycle's finding in words.
    - `columns`: column → heading of the table behind the chart, and on axes and in the key; left out, the keys, the
      value, its range and its counts. Rows that are not shown are in that table with their words, never drawn.
    - `height`: inches; left out 3, or 2.2 for each row of panels.
    - `panels`: (rows, columns) of small multiples; `draw` then gets an array of Axes. Unused ones stay blank.
    - `share`: whether panels have the same scales.
    - `where`: "web" folds it away on the web page and keeps it out of the PDF.

    Texts take the book's font and at least its smallest size. A drawing that uses other data is refused: it may use
    modules, colors, single numbers and texts, and lists of texts from the notebook; write lists of numbers into it.
    This finds honest slips, not intent. Raises DisclosureError and NotebookError; errors in `draw` come through.
    """
    data.check(p, *(columns or ()), alt=alt, caption=caption)
    place = f"chart '{id}'"
    _refuse_foreign(draw, place)
    high = _height(height, panels, place)
    marks = data.marks(p, *p.by)
    behind = _behind(p, columns, marks)
    some = [replace(mark, value=1.0, low=None, high=None) for mark in marks]  # `draw` decides what of a row it draws

    def sheet() -> Figure:
        figure, axes = _sheet(rows.foot_height(some, p.draft), high, panels, share)
        _call(draw, p, axes, place)
        _dress(figure, p, columns or {})
        rows.foot(figure, some, p.draft)
        return figure

    pictures.show(id, caption, alt, where, behind, some, sheet, twice=True)


def _height(height: float | None, panels: tuple[int, int] | None, place: str) -> float:
    high = height or (THEME.chart_height if panels is None else 2.2 * panels[0])
    if not 0 < high <= HIGHEST:
        raise NotebookError(f"a height of {high:g} inches", where=place, cure=f"at most {HIGHEST:g} fit on a page")
    return high


def _refuse_foreign(draw: Draw, place: str) -> None:
    if found := foreign_data(draw):
        raise DisclosureError(
            f"the drawing uses {', '.join(map(repr, found))}, which was not published", where=place,
            cure="draw only the rows it is given. Publish others together with these; write settings into the function"
        )  # fmt: skip


def _behind(p: Published, columns: Mapping[str, str] | None, marks: Sequence[data.Mark]) -> data.Behind:
    """Every row of `p`; those not shown with their words, where no column of its own says them in a number's place."""
    if columns is None and "value" in p.frame:
        return data.behind(p, data.headings(p.by, None), marks, data.unit_of(p, ""))
    named = dict(columns or data.headings([str(name) for name in p.frame if name not in ("status", "text")], None))
    found, shown = tables.behind(p, named), p.frame["status"].eq("shown")
    if {"value", "text"} & set(named) or shown.all():
        return found
    numbers = [name in NUMBERS for name in named]
    if not any(numbers):
        return tables.behind(p, named | {"text": words.gettext("Value")})
    filled = []
    for row, said in zip(found.rows, p.frame["text"].where(~shown, ""), strict=True):
        filled.append(tuple(cell or (said if number else "") for cell, number in zip(row, numbers, strict=True)))
    return replace(found, rows=tuple(filled))


def _sheet(foot: float, height: float, panels: tuple[int, int] | None, share: bool) -> tuple[Figure, Any]:
    """A sheet with one Axes or a grid of them, which keep out of the foot."""
    figure = canvas.sheet(height + foot)
    figure.set_layout_engine("constrained", rect=(0, foot / (height + foot), 1, height / (height + foot)))
    if panels is None:
        return figure, figure.subplots()
    return figure, figure.subplots(*panels, sharex=share, sharey=share, squeeze=False)


def _call(draw: Draw, p: Published, axes: Any, place: str) -> None:
    """Let `draw` draw, with the same random numbers each time, and see that it did so on its own axes."""
    given = [axes] if isinstance(axes, Axes) else list(axes.flat)
    with _alone(place):
        try:
            draw(p.shown, axes)
        except Exception as error:
            named = ", ".join(map(str, p.frame.columns))
            error.add_note(f"In {place}: `draw` gets the rows (columns {named}) and the axes to draw on.")
            raise
    used = [one for one in given if one.has_data() or one.texts]
    if not used:
        raise NotebookError("nothing was drawn on its axes", where=place, cure=_ON_AXES)
    for one in given:
        one.set_visible(one in used)


@contextmanager
def _alone(place: str) -> Iterator[None]:
    """NumPy's random numbers from a fixed start, and no figure of pyplot's left behind."""
    from matplotlib import pyplot

    state, before = np.random.get_state(), set(pyplot.get_fignums())
    np.random.seed(0)
    try:
        yield
    finally:
        np.random.set_state(state)
        opened = set(pyplot.get_fignums()) - before
        for number in opened:
            pyplot.close(number)
    if opened:
        raise NotebookError("the drawing went to another figure", where=place, cure=_ON_AXES)


def _dress(figure: Figure, p: Published, columns: Mapping[str, str]) -> None:
    """The book's font, sizes and characters for every text; headings for columns' names, words for periods."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # they are replaced below
        figure.draw_without_rendering()
    periods = time.periods(p.shown)
    said = {str(day): words for day, words in periods.items()}
    names = {str(name): data.heading(str(name)) for name in p.frame} | dict(columns)
    for axes in figure.axes:
        for title in _titles(axes):
            title.set_text(names.get(title.get_text(), title.get_text()))
        for axis in (axes.xaxis, axes.yaxis):
            _dress_axis(axis, said)
        if periods and isinstance(axes.xaxis.get_major_locator(), AutoDateLocator):
            (low, high), places = sorted(axes.get_xlim()), {time.day(day): words for day, words in periods.items()}
            if drawn := {
                at: words for at, words in places.items() if low <= at <= high
            }:  # `draw` may leave out periods
                time.name_periods(axes, drawn)
    for text in figure.findobj(Text):
        text.set(fontfamily=list(FAMILIES), fontsize=max(float(text.get_fontsize()), THEME.chart_small))
        text.set(text=_plain(text, said), parse_math=False)


def _titles(axes: Axes) -> Iterator[Text]:
    yield from (axes.xaxis.label, axes.yaxis.label)
    if legend := axes.get_legend():
        yield legend.get_title()


def _dress_axis(axis: Axis, said: Mapping[str, str]) -> None:
    """Tick labels: they are made again at each drawing, so that changing their texts alone does not last."""
    if isinstance(axis.get_major_formatter(), LogFormatter):  # it writes powers as mathematics
        axis.set_major_formatter(ScalarFormatter())
        axis.set_minor_formatter(NullFormatter())
    labels = axis.get_ticklabels()
    if any(float(label.get_fontsize()) < THEME.chart_small for label in labels):
        axis.set_tick_params(labelsize=THEME.chart_small)
    if any(_plain(label, said) != label.get_text() for label in labels):
        axis.set_ticks(axis.get_ticklocs(), [_plain(label, said) for label in labels])


def _plain(text: Text, said: Mapping[str, str]) -> str:
    return canvas.plain(said.get(text.get_text(), text.get_text()))
