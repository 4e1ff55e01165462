"""A language in which every message is marked, and what is left of a page when the marked words are taken away."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from gettext import NullTranslations

import pandas as pd

from alignkit.words.words import Words, words

OPEN, CLOSE = "⟦", "⟧"
_MARKED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_SYNTAX = re.compile(
    r"\{[^}\n]*\}"  # attributes
    r"|\]\([^)]*\)"  # targets of links
    r"|^\s*:::.*$|^```.*$"  # fences
    r"|@[\w-]+",  # references
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")


class _Marked(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{OPEN}{msgid1 if n == 1 else msgid2}{CLOSE}"


def marked(_lang: str = "en") -> Words:
    """English, every message in marks."""
    return replace(words("en"), translations=_Marked())


def unmarked(text: str) -> str:
    """What is left of a text without its marked messages; messages inside messages go first."""
    left = text
    while (shorter := _MARKED.sub(" ", left)) != left:
        left = shorter
    return left


def words_left(text: str, vocabulary: frozenset[str]) -> list[str]:
    """Words that are neither in a message nor in the community's own data."""
    plain = _SYNTAX.sub(" ", unmarked(text))
    return [word for word in _WORD.findall(plain) if word.lower() not in vocabulary]


def vocabulary(tables: Mapping[str, pd.DataFrame], more: Iterable[str] = ()) -> frozenset[str]:
    """Every word in the community's tables: names, motions, promises, and the ids of things."""
    texts = [str(value) for frame in tables.values() for name in frame for value in frame[name].dropna().unique()
             if frame[name].dtype == object]  # fmt: skip
    months = pd.date_range("2026-01-01", periods=12, freq="MS").strftime("%B %b").tolist()
    found = _WORD.findall(" ".join([*texts, *months, *more, "and"]))
    return frozenset(word.lower() for word in found)
