"""A sheet to draw on: sizes in inches, texts that fit, and an SVG that is safe, accessible and the same every time."""

import io
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from alignkit.fonts.letters import spelled
from alignkit.theme import FAMILIES, THEME, matplotlib_rc

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
LINE = 1.3
"""Line height, as a multiple of the text size."""
HALF_CAPITAL = 0.364
"""Half the height of the font's capitals, as a share of the text size."""
RIM = 4
"""Points around the sheet."""
_LEFT_TO_RIGHT = "\u200e"
_REFERENCE = re.compile(r"#(?=[A-Za-z])")


@contextmanager
def drawing() -> Iterator[None]:
    """Our matplotlib settings; nothing of the caller's session leaks in or out."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(matplotlib_rc())
        yield


def sheet(height: float, width: float = THEME.chart_width) -> Figure:
    """An empty sheet, `width` × `height` inches, without pyplot's global state."""
    return Figure(figsize=(width, height))


def panel(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Axes at a place given in inches from the sheet's lower left corner."""
    across, up = figure.get_size_inches()
    return figure.add_axes((left / across, bottom / up, width / across, height / up))


def note(figure: Figure, x: float, y: float, text: str, **style: Any) -> None:
    """Text on the sheet at inches (x, y) from the lower left corner."""
    across, up = figure.get_size_inches()
    figure.text(x / across, y / up, plain(text), **style)


def middle(figure: Figure, x: float, y: float, text: str, **style: Any) -> None:
    """Like `note`, with the middle of the capitals at y: texts of other sizes and letters stand on one line with it."""
    if "\n" in text:
        note(figure, x, y, text, va="center", linespacing=1.15, **style)
    else:
        note(figure, x, y - HALF_CAPITAL * style.get("size", THEME.chart_text) / 72, text, va="baseline", **style)


def label(axes: Axes, text: str, at: tuple[float, float], offset: tuple[float, float] = (0, 0), **style: Any) -> None:
    """Text beside data point `at`, moved by `offset` points; `plate=True` keeps lines off it."""
    if style.pop("plate", False):
        style["bbox"] = {"boxstyle": "square,pad=0.1", "facecolor": THEME.paper, "edgecolor": "none", "alpha": 0.85}
    settings = {"textcoords": "offset points", "size": THEME.chart_small, "zorder": 6, **style}
    axes.annotate(plain(text), at, offset, **settings)


def plain(text: object) -> str:
    """Any text → printable characters; letters that our fonts lack give way to their spelling. Line breaks stay."""
    lines = spelled(str(text)).split("\n")
    return "\n".join(_in_order("".join(_printable(c) for c in " ".join(line.split()))) for line in lines)


@lru_cache(maxsize=4096)
def width_of(text: str, size: float = THEME.chart_text, weight: str = "normal") -> float:
    """Width in inches of the widest line of `text` at `size` points."""
    font = FontProperties(family=list(FAMILIES), size=size, weight=weight)
    measure: Callable[..., tuple[float, float, float]] = text_to_path.get_text_width_height_descent
    return max((measure(plain(line), font, ismath=False)[0] / 72 for line in text.split("\n") if line), default=0.0)


def height_of(text: str, size: float = THEME.chart_text) -> float:
    """Height in inches of `text` with its line breaks."""
    return (text.count("\n") + 1) * size * LINE / 72


def fitted(text: object, inches: float, lines: int = 2, size: float = THEME.chart_text) -> str:
    """`text` broken into at most `lines` lines of at most `inches`; what does not fit ends in "…"."""
    words = plain(text).replace("\n", " ").split()
    done: list[str] = []
    while words and len(done) < lines:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size) <= inches:
            line = f"{line} {words.pop(0)}"
        if width_of(line, size) > inches:
            cut, rest = _cut(line, inches, size)
            last = len(done) == lines - 1
            done.append(cut if last else cut.removesuffix("…") + "-")
            words = words if last or not rest else [rest, *words]
            if last:
                return "\n".join(done)
            continue
        done.append(line)
    if words:
        done[-1] = _cut(f"{done[-1]} {words[0]}", inches, size, always=True)[0]
    return "\n".join(done)


def svg(figure: Figure, *, id: str, title: str, desc: str) -> str:
    """The sheet as SVG text: described for screen readers, without dates, comments or anything from elsewhere.

    Every id in it starts with the exhibit's, so that several can stand in one HTML page.
    """
    raw = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": id}):
        figure.savefig(raw, format="svg", metadata={"Date": None})
    # The parser drops matplotlib's comments (they repeat every text) and its document type (it names a host).
    root = ET.fromstring(raw.getvalue())
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)
    # What matplotlib's <style> says, as attributes: a style sheet would reach beyond this picture when inlined.
    root.attrib |= {"stroke-linejoin": "round", "stroke-linecap": "butt"}
    _margin(root)
    _prefix(root, id)
    _describe(root, id, title, desc)
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    return ET.tostring(root, encoding="unicode") + "\n"


def _margin(root: ET.Element) -> None:
    """A white rim around the sheet, so that nothing that reaches its edge is cut."""
    width, height = (float(side) + 2 * RIM for side in root.attrib["viewBox"].split()[2:])
    box = {"width": f"{width:g}", "height": f"{height:g}"}
    root.attrib |= {"viewBox": f"{-RIM} {-RIM} {width:g} {height:g}", **{side: f"{n}pt" for side, n in box.items()}}
    ground = {"x": f"{-RIM}", "y": f"{-RIM}", **box, "fill": THEME.paper}
    root.insert(0, ET.Element(f"{{{SVG}}}rect", ground))


def _describe(root: ET.Element, id: str, title: str, desc: str) -> None:
    root.attrib |= {"role": "img", "aria-labelledby": f"{id}-title {id}-desc"}
    for at, (tag, text) in enumerate((("title", title), ("desc", desc))):
        element = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{id}-{tag}"})
        element.text = "".join(c for c in text if c.isprintable())
        root.insert(at, element)


def _prefix(root: ET.Element, id: str) -> None:
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set(name, f"{id}-{value}")
            elif name == f"{{{XLINK}}}href" or "url(#" in value:
                element.set(name, _REFERENCE.sub(f"#{id}-", value, count=1))


def _cut(text: str, inches: float, size: float, always: bool = False) -> tuple[str, str]:
    """As much of `text` as fits, with "…", and the rest."""
    if not always and width_of(text, size) <= inches:
        return text, ""
    end = next((n for n in range(len(text), 0, -1) if width_of(text[:n] + "…", size) <= inches), 1)
    return text[:end].rstrip() + "…", text[end:]


def _in_order(line: str) -> str:
    """A line that begins with Arabic or Hebrew and goes on in English: it runs as in the text, from left to right."""
    kinds = [unicodedata.bidirectional(c) for c in line]
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return _LEFT_TO_RIGHT + line if first != "L" and {"L", "EN"} & set(kinds) else line


def _printable(character: str) -> str:
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character
