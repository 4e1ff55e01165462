"""How the fonts in this folder were made from Inter (npm package `inter-ui`), for whoever changes them.

    python -m alignkit.fonts.build <folder with Inter-Regular.woff2 …>      needs fonttools and brotli

The result is named "Alignkit Sans": a subset of Inter whose figures are tabular by default (charts and tables line up
without OpenType features, which not every renderer applies) and which also has the half-filled circle ◐.
"""

import sys
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Alignkit Sans"
STYLES = {"Regular": "Regular", "Bold": "Bold", "Italic": "Italic"}
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x202F, 0x205E),
    (0x2070, 0x209C),
)
MARKS = "₁₂₃€™↑→↓←↔−×÷≈≠≤≥±∞●○◐◌■□◆◇▲△▼▽▶✓✗½¼¾⅓⅔"
HALF_CIRCLE = 0x25D0
# TrueType curves are quadratic: tan(22.5°), where the control point of an eighth of a circle lies.
_BEND = 0.4142


def build(source: Path, target: Path) -> None:
    """Write the TTF and WOFF2 of each style into `target`."""
    for style in STYLES:
        font = TTFont(source / f"Inter-{style}.woff2")
        _tabular(font)
        _half_circle(font)
        _subset(font)
        _rename(font, style)
        font.recalcTimestamp = False
        font.flavor = None
        font.save(target / f"AlignkitSans-{style}.ttf")
        font.flavor = "woff2"
        font.save(target / f"AlignkitSans-{style}.woff2")


def _tabular(font: TTFont) -> None:
    """Make the tabular figures (feature tnum) the ones a character gets by itself."""
    swaps: dict[str, str] = {}
    table = font["GSUB"].table
    for feature in table.FeatureList.FeatureRecord:
        if feature.FeatureTag == "tnum":
            for index in feature.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    swaps.update(getattr(part, "ExtSubTable", part).mapping)
    digits = {ord(digit) for digit in "0123456789"}
    for cmap in font["cmap"].tables:
        cmap.cmap = {code: swaps.get(name, name) if code in digits else name for code, name in cmap.cmap.items()}


def _half_circle(font: TTFont) -> None:
    """Add ◐: the outline of ○ with its left half filled."""
    glyphs, ring = font["glyf"], font.getBestCmap()[ord("○")]
    outline = glyphs[ring]
    center = (outline.xMin + outline.xMax) / 2, (outline.yMin + outline.yMax) / 2
    radius = (outline.xMax - outline.xMin) / 2
    pen = TTGlyphPen(font.getGlyphSet())
    font.getGlyphSet()[ring].draw(pen)
    x, y = center
    bend = radius * _BEND
    corner = radius * 2**-0.5
    pen.moveTo((x, y - radius))
    pen.qCurveTo((x - bend, y - radius), (x - corner, y - corner))
    pen.qCurveTo((x - radius, y - bend), (x - radius, y))
    pen.qCurveTo((x - radius, y + bend), (x - corner, y + corner))
    pen.qCurveTo((x - bend, y + radius), (x, y + radius))
    pen.closePath()
    font.setGlyphOrder([*font.getGlyphOrder(), "circlehalf"])
    glyphs["circlehalf"] = pen.glyph()
    font["hmtx"]["circlehalf"] = font["hmtx"][ring]
    for cmap in font["cmap"].tables:
        cmap.cmap[HALF_CIRCLE] = "circlehalf"


def _subset(font: TTFont) -> None:
    options = Options(
        layout_features=["kern", "mark", "mkmk", "ccmp", "locl"],
        hinting=False,
        notdef_outline=True,
    )
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    codes = {code for first, last in RANGES for code in range(first, last + 1)} | {ord(mark) for mark in MARKS}
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def _rename(font: TTFont, style: str) -> None:
    names = {
        1: FAMILY,
        2: style,
        4: f"{FAMILY} {style}",
        6: f"AlignkitSans-{style}",
        3: f"AlignkitSans-{style}-4.1",
    }
    table = font["name"]
    table.names = [entry for entry in table.names if entry.nameID in (0, 5, 13, 14)]
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(__file__).parent)
