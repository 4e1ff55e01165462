"""Draw a chart as in a notebook and keep what came out: the record, what stands beside it, matplotlib's figure."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from unittest.mock import patch

from matplotlib.figure import Figure
from matplotlib.text import Text

from alignkit.kit.drawing import canvas
from alignkit.records import MIME, Exhibit, from_output


@dataclass(frozen=True)
class Caught:
    """One exhibit; `figure` is None where it is no chart."""

    exhibit: Exhibit
    beside: dict[str, str]
    figure: Figure | None

    @property
    def svg(self) -> str:
        return self.beside["image/svg+xml"]

    @property
    def texts(self) -> list[Text]:
        assert self.figure is not None
        return [text for text in self.figure.findobj(Text) if text.get_text().strip() and text.get_visible()]

    @property
    def said(self) -> list[str]:
        """Every text in the picture, its lines joined."""
        return [text.get_text().replace("\n", " ") for text in self.texts]


def catch(draw: Callable[[], None]) -> Caught:
    """Run `draw` in a pretended kernel; it must show exactly one thing."""
    figures: list[Figure] = []
    original = canvas.svg

    def keep(figure: Figure, **more: str) -> str:
        figures.append(figure)
        return original(figure, **more)

    with patch.object(canvas, "svg", keep):
        (bundle,) = outputs(draw)
    exhibit = from_output({"data": bundle})
    assert isinstance(exhibit, Exhibit)
    beside = {kind: text for kind, text in bundle.items() if kind not in (MIME, "text/plain")}
    return Caught(exhibit, beside, figures[0] if figures else None)


def outputs(draw: Callable[[], None]) -> list[dict]:
    """What a kernel would show of `draw`."""
    found: list[dict] = []
    with ExitStack() as stack:
        stack.enter_context(patch("IPython.core.getipython.get_ipython", object))
        stack.enter_context(patch("IPython.display.display", lambda bundle, raw: found.append(bundle)))
        draw()
    return found
