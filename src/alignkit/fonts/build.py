"""How the fonts in this folder were made from Inter and Noto, for whoever changes them.

    python -m alignkit.fonts.build <folder with the files of `SOURCES`>      needs fonttools and brotli

"Alignkit Sans" is a subset of Inter whose figures are tabular by default (charts and tables line up without OpenType
features, which not every renderer applies) and which also has the half-filled circle ◐. The other families are subsets
of Noto, for names in scripts that Inter lacks.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

SOURCES = (
    "Inter-{Regular,Bold,Italic}.woff2 (npm: inter-ui 4.1.1)",
    "NotoSansArabic_{400Regular,700Bold}.ttf (npm: @expo-google-fonts/noto-sans-arabic 0.4.3)",
    "NotoSansHebrew_{400Regular,700Bold}.ttf (npm: @expo-google-fonts/noto-sans-hebrew 0.4.1)",
    "NotoSansCJK-Regular.ttc (PyPI: noto-cjk-sans-otc 0.0.1)",
)
FAMILY = "Alignkit Sans"
STYLES = {"Regular": "Regular", "Bold": "Bold", "Italic": "Italic"}
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x2B0, 0x52F),  # spacing and combining accents, Greek, Cyrillic
    (0x1E00, 0x1FFF),
    (0x2010, 0x2027),
    (0x202F, 0x205E),
    (0x2070, 0x209C),
)
FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl")
MARKS = "₁₂₃€™↑→↓←↔−×÷≈≠≤≥±∞●○◐◌■□◆◇▲△▼▽▶✓✗½¼¾⅓⅔"
HALF_CIRCLE = 0x25D0
RIGHT_TO_LEFT = {
    "Arabic": ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)),
    "Hebrew": ((0x590, 0x5FF), (0xFB1D, 0xFB4F)),
}
# The characters of the countries' own standards; Korean syllables, of which names use rare ones, whole.
EAST_ASIAN = ("gb2312", "euc_jp", "euc_kr")
BIG5_COMMON = range(0xA4, 0xC7)
EAST_ASIAN_RANGES = ((0x3000, 0x30FF), (0xAC00, 0xD7A3), (0xFF00, 0xFFEF))
SIMPLIFIED_CHINESE = 2
"""The face of the collection whose shapes are used where countries write one character differently."""
# TrueType curves are quadratic: tan(22.5°), where the control point of an eighth of a circle lies.
_BEND = 0.4142


def build(source: Path, target: Path) -> None:
    """Write the fonts into `target`: Alignkit Sans as TTF and WOFF2, the others for paper and charts only."""
    _sans(source, target)
    for script, ranges in RIGHT_TO_LEFT.items():
        for style in ("400Regular", "700Bold"):
            font = TTFont(source / f"NotoSans{script}_{style}.ttf")
            _subset(font, _codes(ranges), features=["*"])
            _save(font, target, f"Alignkit {script}", style[3:])
    font = TTCollection(source / "NotoSansCJK-Regular.ttc").fonts[SIMPLIFIED_CHINESE]
    _subset(font, _east_asian(), drop=("BASE", "GPOS", "GSUB", "VORG", "vhea", "vmtx"))
    _save(font, target, "Alignkit CJK", "Regular", "otf")


def _sans(source: Path, target: Path) -> None:
    for style in STYLES:
        font = TTFont(source / f"Inter-{style}.woff2")
        _tabular(font)
        _half_circle(font)
        _subset(font, _codes(RANGES) | {ord(mark) for mark in MARKS})
        font.flavor = None
        _save(font, target, FAMILY, style)
        font.flavor = "woff2"
        _save(font, target, FAMILY, style, "woff2")


def _save(font: TTFont, target: Path, family: str, style: str, ending: str = "ttf") -> None:
    _rename(font, family, style)
    font.recalcTimestamp = False
    font.save(target / f"{family.replace(' ', '')}-{style}.{ending}")


def _tabular(font: TTFont) -> None:
    """Make the tabular figures (feature tnum) the default."""
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


def _codes(ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {code for first, last in ranges for code in range(first, last + 1)}


def _east_asian() -> set[int]:
    """The characters of the Chinese, Japanese and Korean standards, as Python's codecs know them."""
    full = range(0xA1, 0xFF)
    pairs = {name: ((one, two) for one in full for two in full) for name in EAST_ASIAN}
    pairs["big5"] = ((one, two) for one in BIG5_COMMON for two in range(0x40, 0xFF))
    texts = (bytes(pair).decode(name, "ignore") for name, found in pairs.items() for pair in found)
    return {ord(text) for text in texts if len(text) == 1 and ord(text) > 0x7F} | _codes(EAST_ASIAN_RANGES)


def _subset(font: TTFont, codes: set[int], features: Sequence[str] = FEATURES, drop: Sequence[str] = ()) -> None:
    options = Options(layout_features=list(features), hinting=False, notdef_outline=True)
    options.name_IDs = ["*"]
    options.drop_tables += drop
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def _rename(font: TTFont, family: str, style: str) -> None:
    joined = f"{family.replace(' ', '')}-{style}"
    names = {1: family, 2: style, 4: f"{family} {style}", 6: joined, 3: f"{joined}-4.1"}
    table = font["name"]
    table.names = [entry for entry in table.names if entry.nameID in (0, 5, 13, 14)]
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)
    if "CFF " in font:
        font["CFF "].cff.fontNames = [joined]


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(__file__).parent)
