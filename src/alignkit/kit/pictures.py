"""From a drawn sheet to an exhibit: the picture and the numbers behind it, or a table that says why there is none."""

from collections.abc import Callable, Sequence
from typing import Literal

from matplotlib.figure import Figure

from alignkit.errors import NotebookError
from alignkit.kit.drawing import canvas
from alignkit.kit.drawing.data import Behind, Mark
from alignkit.kit.tables import emit_table
from alignkit.records import Exhibit, emit
from alignkit.words.current import words

Where = Literal["both", "web"]
_RANDOM = (
    "use no random numbers; where seaborn averages several rows, pass errorbar=None or seed=1, or draw one row each"
)


def show(id: str, caption: str, alt: str, where: Where, behind: Behind, marks: Sequence[Mark],
         draw: Callable[[], Figure], *, twice: bool = False) -> None:  # fmt: skip
    """Emit what `draw` makes of `marks`; with nothing to draw, the table behind the chart, with the reason.

    `twice` draws it again and refuses a picture that is not the same, byte for byte.
    """
    if not any(mark.drawn or mark.between for mark in marks):
        emit_table(id, f"{caption} {_why(marks)}", behind.columns, behind.align, behind.rows, where)
        return
    with canvas.drawing():
        picture = canvas.svg(draw(), id=id, title=caption, desc=alt)
        if twice and canvas.svg(draw(), id=id, title=caption, desc=alt) != picture:
            raise NotebookError("the drawing comes out different each time", where=f"chart '{id}'", cure=_RANDOM)
    exhibit = Exhibit(id=id, type="chart", caption=caption, alt=alt, columns=behind.columns, align=behind.align,
                      rows=behind.rows, where=where)  # fmt: skip
    emit(exhibit, {"image/svg+xml": picture})


def _why(marks: Sequence[Mark]) -> str:
    if any(mark.status in ("hidden", "band") for mark in marks):
        return words.gettext("No chart: its numbers are hidden to protect privacy, here or in a related figure.")
    if any(mark.status == "range" for mark in marks):
        return words.gettext("No chart: only ranges of its numbers are known.")
    return words.gettext("No chart: its numbers are not known yet.")
