"""Colors, fonts and sizes: the one place that HTML, Typst and charts read.

Marks are Okabe and Ito's colors (Color Universal Design, 2008), the safest under color blindness. Those that have less
than 3:1 contrast against white are only used with an outline in `Theme.outline`.
"""

from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Alignkit Sans"
# DejaVu Sans comes with matplotlib, so it is everywhere that charts are drawn.
FAMILIES = (FAMILY, "Alignkit Arabic", "Alignkit Hebrew", "DejaVu Sans", "Alignkit CJK")
"""The fonts of the PDF and the charts, in the order they are tried for each letter."""


@dataclass(frozen=True)
class Theme:
    """Colors are #RRGGBB; sizes are points, widths inches."""

    ink: str = "#1A1A1A"
    muted: str = "#595959"
    faint: str = "#D9D9D9"
    wash: str = "#F4F4F2"
    paper: str = "#FFFFFF"
    outline: str = "#333333"
    accent: str = "#0072B2"
    link: str = "#005B8F"
    blue: str = "#0072B2"
    vermilion: str = "#D55E00"
    green: str = "#009E73"
    purple: str = "#CC79A7"
    orange: str = "#E69F00"
    sky: str = "#56B4E9"
    yellow: str = "#F0E442"
    black: str = "#000000"
    text_size: float = 10.5
    chart_text: float = 10.5
    chart_small: float = 9.5
    chart_width: float = 6.5
    chart_height: float = 3.0

    @property
    def series(self) -> tuple[str, ...]:
        """Colors of lines, in the order they are given out; shapes, dashes and labels go with them."""
        return self.blue, self.vermilion, self.green, self.purple, self.black, self.orange, self.sky


THEME = Theme()
MARKERS = ("o", "s", "D", "^", "v", "P", "X")
"""Marker shapes in the same order as `Theme.series`: color is never alone."""

_COLORS = tuple(f.name for f in fields(Theme) if isinstance(f.default, str))
_RC = {
    "font.family": list(FAMILIES),
    "font.size": THEME.chart_text,
    "text.color": THEME.ink,
    "text.parse_math": False,
    "text.usetex": False,
    "svg.fonttype": "path",
    "figure.facecolor": THEME.paper,
    "axes.facecolor": THEME.paper,
    "axes.edgecolor": THEME.muted,
    "axes.labelcolor": THEME.ink,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.formatter.use_mathtext": False,
    "axes.axisbelow": True,
    "axes.prop_cycle": f"cycler(color={list(THEME.series)})",
    "axes.titlelocation": "left",
    "axes.titlesize": THEME.chart_text,
    "axes.titleweight": "bold",
    "legend.fontsize": THEME.chart_small,
    "legend.frameon": False,
    "legend.title_fontsize": THEME.chart_small,
    "xtick.color": THEME.muted,
    "ytick.color": THEME.muted,
    "xtick.labelcolor": THEME.ink,
    "ytick.labelcolor": THEME.ink,
    "xtick.labelsize": THEME.chart_small,
    "ytick.labelsize": THEME.chart_small,
    "grid.color": THEME.faint,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.7,
    "lines.linewidth": 2.0,
    "lines.markersize": 6.5,
    "lines.solid_capstyle": "butt",
}


def css_variables(accent: str = THEME.accent) -> str:
    """`:root { --ak-ink: #1A1A1A; … }` with the community's accent color."""
    lines = [f"  --ak-{name}: {_color(name, accent)};" for name in _COLORS]
    lines.append(f'  --ak-font: "{FAMILY}", system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;')
    return ":root {\n" + "\n".join(lines) + "\n}\n"


def css_fonts(folder: str = "fonts") -> str:
    """The `@font-face` rules for the WOFF2 files, found in `folder` relative to the style sheet."""
    styles = (
        ("Regular", 400, "normal"),
        ("Bold", 700, "normal"),
        ("Italic", 400, "italic"),
    )
    return "".join(
        f'@font-face {{\n  font-family: "{FAMILY}";\n  font-weight: {weight};\n  font-style: {style};\n'
        f'  font-display: swap;\n  src: url("{folder}/AlignkitSans-{name}.woff2") format("woff2");\n}}\n'
        for name, weight, style in styles
    )


def typst_variables(accent: str = THEME.accent) -> str:
    """`#let ak-ink = rgb("#1A1A1A")` … for the Typst template."""
    lines = [f'#let ak-{name} = rgb("{_color(name, accent)}")' for name in _COLORS]
    named = ", ".join(f'"{family}"' for family in FAMILIES)
    lines.append(f"#let ak-font = ({named})")
    lines.append(f"#let ak-text-size = {THEME.text_size}pt")
    return "\n".join(lines) + "\n"


def matplotlib_rc() -> dict[Any, Any]:
    """Settings for `matplotlib.rc_context`; the shipped fonts are registered on the first call.

    Text is drawn as outlines (the same in every browser and in Typst) and never read as mathematics.
    """
    _register_fonts()
    return dict(_RC)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two #RRGGBB colors, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _color(name: str, accent: str) -> str:
    return accent if name == "accent" else str(getattr(THEME, name))


@cache
def _register_fonts() -> None:
    from matplotlib import font_manager

    for path in sorted((*FONTS.glob("*.ttf"), *FONTS.glob("*.otf"))):
        font_manager.fontManager.addfont(path)
    # One weight is enough for Chinese, Japanese and Korean; matplotlib would warn of it at each bold text.
    fonts = font_manager.fontManager.ttflist
    fonts += [replace(font, weight=700) for font in fonts if font.name == FAMILIES[-1]]
