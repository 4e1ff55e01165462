"""Which letters the book's fonts have, and how the PDF and the charts spell those they lack.

Only fonts that come with alignkit and with matplotlib count, never those of the machine: the same tables give the same
book on every computer.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

FONTS = Path(__file__).parent
UNKNOWN = "□"
"""What is printed for a character without any spelling."""
# Marks for joining, breaking and direction, which take no glyph; Typst asks for one of the others.
_IGNORED = ((0xAD, 0xAD), (0x61C, 0x61C), (0x180E, 0x180E), (0x200B, 0x206F), (0xE0001, 0xE007F))
# A spelling may get into Typst's markup; these would mean something there.
_MARKUP = re.compile(r"[\"\\#*_$@<>`\[\]]")


def font_files() -> list[Path]:
    """The fonts of paper and charts in the order they are tried: ours, matplotlib's for signs, then the largest."""
    small, large = sorted(FONTS.glob("*.ttf")), sorted(FONTS.glob("*.otf"))
    return [*sorted(small, key=lambda path: "Sans" not in path.name), dejavu(), *large]


def dejavu() -> Path:
    """Where matplotlib keeps DejaVu Sans."""
    # Found without importing matplotlib, which takes longer than all the rest of a check.
    found = find_spec("matplotlib")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"


def missing(text: str) -> list[str]:
    """The letters of `text` that no font has, each once, in the order they come."""
    if text.isascii():
        return []
    return [c for c in dict.fromkeys(unicodedata.normalize("NFC", text)) if _is_missing(c)]


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """Each missing letter of `texts` → how it is spelled, in the order of their code points."""
    return {c: spelling(c) for c in sorted({c for text in texts for c in missing(text)})}


def spelled(text: str) -> str:
    """`text` as the PDF and the charts print it: a missing letter gives way to its Latin spelling."""
    if text.isascii():
        return text
    return "".join(spelling(c) if _is_missing(c) else c for c in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=4096)
def spelling(letter: str) -> str:
    """A letter in Latin letters by the AnyAscii tables; □ where they have none. A mark on a letter may have none."""
    from anyascii import anyascii

    silent = unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf")
    return _MARKUP.sub("", anyascii(letter)) or ("" if silent else UNKNOWN)


def _is_missing(character: str) -> bool:
    code = ord(character)
    if code < 0x80 or has(code):
        return False
    if any(first <= code <= last for first, last in _IGNORED):
        return False
    return unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp", "Zs")


@cache
def has(code: int) -> bool:
    """Whether one of the fonts has the character of this code point."""
    return any(code in _characters(path) for path in font_files())


@cache
def _characters(font: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())
