"""Cell styles of an Excel workbook in which a person does not see a number, or sees that it was struck out."""

from typing import Any

_THEME = {0: "FFFFFF", 1: "000000"}
"""White and black, in all themes of Excel that people use."""


def invisible(book: Any) -> frozenset[int]:
    """Styles whose letters have the color of their background: white on no color, gray on the same gray."""
    fonts = [_color(font.color) or ("000000" if font.color is None else "") for font in book._fonts]
    fills = [_background(fill) for fill in book._fills]
    styles = enumerate(book._cell_styles)
    return frozenset(at for at, style in styles if fonts[style.fontId] and fonts[style.fontId] == fills[style.fillId])


def struck_out(book: Any) -> frozenset[int]:
    """Styles that draw a line through what they show."""
    struck = {at for at, font in enumerate(book._fonts) if font.strike}
    return frozenset(at for at, style in enumerate(book._cell_styles) if style.fontId in struck)


def _background(fill: Any) -> str:
    kind = getattr(fill, "fill_type", "gradient")
    if kind is None or kind == "none":
        return "FFFFFF"
    return _color(fill.fgColor) if kind == "solid" else ""


def _color(color: Any) -> str:
    """RRGGBB; empty where the workbook does not say it plainly."""
    if color is None:
        return ""
    if color.type == "rgb":
        return str(color.rgb)[-6:].upper()
    return _THEME.get(color.theme, "") if color.type == "theme" and not color.tint else ""
