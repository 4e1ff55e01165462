"""Texts that a file has given another name, so that rows of a place or a group would be left out without a word."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from alignkit.sources.mapping.lines import ANY_OTHER, BLANK, LEAVE_OUT, FileMap, folded
from alignkit.sources.mapping.shape import Cells
from alignkit.sources.wrong import Wrong

_NEAR = 0.75
_MOST = 5000
"""More pairs of texts than these are not compared: a state has thousands of schools."""


def renamed(file: FileMap, cells: Cells) -> Iterator[Wrong]:
    """Columns where (any other) is left out: no row is left, or a coded text has become another in later periods."""
    when = next((c.source for c in file.columns if c.column == "period_start" and c.source in cells.columns), "")
    for column in file.columns:
        codes = file.codes.get(column.column, {})
        if not column.source or codes.get(ANY_OTHER) != LEAVE_OUT or not cells.numbers:
            continue
        periods = cells.columns[when] if when else [""] * len(cells.numbers)
        seen: dict[str, set[str]] = {}
        for text, period in zip(cells.columns[column.source], periods, strict=True):
            seen.setdefault(folded(text), set()).add(period)
        kept = [text for text, code in codes.items() if text not in (ANY_OTHER, BLANK) and code != LEAVE_OUT]
        where = f"{cells.name}, column {column.source}"
        cure = f"see what it is called now, and write it into sheet codes, with its code or {LEAVE_OUT}"
        if kept and not any(text in seen for text in kept):
            yield Wrong(where, f"no row says any of the texts that have a code: {', '.join(kept[:5])}", cure)
            continue
        others = [text for text in seen if text not in codes and text != BLANK]
        for text, other in _pairs(kept, others, codes, seen):
            what = f"'{other}' is left out in periods that have no '{text}': is it the same under another name?"
            yield Wrong(where, what, cure)


def _pairs(
    kept: list[str], others: list[str], codes: Mapping[str, str], seen: Mapping[str, set[str]]
) -> Iterator[tuple[str, str]]:
    """Texts with a code, and near ones without, that have no period together."""
    if len(kept) * len(others) > _MOST:
        return
    for text in kept:
        same: set[str] = set().union(*(seen.get(one, set()) for one in kept if codes[one] == codes[text]))
        for other in others:
            if not same & seen[other] and _near(text, other):
                yield text, other


def _near(one: str, other: str) -> bool:
    inside = one.startswith(f"{other} ") or other.startswith(f"{one} ")
    return inside or SequenceMatcher(None, one, other).ratio() >= _NEAR
