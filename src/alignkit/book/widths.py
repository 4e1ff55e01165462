"""How the columns of a table on paper share its line, so that it gets low and short cells keep to one line."""

from collections.abc import Sequence
from functools import lru_cache

LINE, GAP = 116, 3
"""Characters: a line of a table on paper, and the room between two columns."""
_SHORT, _LONG_WORD = (18, 14, 10), 24
"""Characters: cells that should not wrap, the longest first, and a word that may."""
_ENOUGH = 0.75
"""Of a line; what short cells may take of it."""
_TALLEST = 30
"""Lines of a cell."""
_LOOKED_AT = 40
"""Rows; the widths of a longer table follow from its first rows."""
_STEPS = (1, 2, 4, 8, 16, 32)


def widths(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Characters per column: first as few lines in the tallest cell as can be, then room to where it saves most."""
    table = [heading, *rows[:_LOOKED_AT]]
    found = _level(table, _least(table))
    height = _height(table, found)
    while (room := LINE - sum(found) - GAP * len(found)) > 0:
        best, change = 0.0, (0, 0)
        for place in range(len(found)):
            for step in (step for step in _STEPS if step <= room):
                gain = (height - _height(table, _wider(found, place, step))) / step
                best, change = (gain, (place, step)) if gain > best else (best, change)
        if not best:
            break
        found = _wider(found, *change)
        height = _height(table, found)
    return found


def _level(table: Sequence[Sequence[str]], least: list[int]) -> list[int]:
    """The widths with which no cell takes more lines than it must, so that a long text gets more than a short one."""
    columns, room = list(zip(*table, strict=True)), LINE - GAP * len(least)
    for most in range(1, _TALLEST):
        found = [_narrowest(column, width, most) for column, width in zip(columns, least, strict=True)]
        if sum(found) <= room:
            return found
    return least


def _narrowest(column: Sequence[str], least: int, most: int) -> int:
    """The smallest width, from `least` up, with which every cell takes at most `most` lines."""
    fits = (width for width in range(least, LINE) if all(_lines(cell, width) <= most for cell in column))
    return next(fits, LINE)


def _least(table: Sequence[Sequence[str]]) -> list[int]:
    """As wide as the longest word; where that leaves room enough, as wide as cells that should not wrap."""
    columns = list(zip(*table, strict=True))
    words = [max((len(word) for cell in column for word in cell.split()), default=0) for column in columns]
    bare = [min(max(longest, 3), _LONG_WORD) for longest in words]
    longest = [max(map(len, column[1:]), default=0) for column in columns]
    for short in _SHORT:
        whole = [max(least, most) if most <= short else least for least, most in zip(bare, longest, strict=True)]
        if sum(whole) + GAP * len(whole) <= LINE * _ENOUGH:
            return whole
    return bare


def _wider(found: Sequence[int], place: int, step: int) -> list[int]:
    return [width + step if at == place else width for at, width in enumerate(found)]


def _height(table: Sequence[Sequence[str]], found: Sequence[int]) -> float:
    """Lines of the whole table; lines inside cells that lower no row count a little."""
    lines = [[_lines(cell, width) for cell, width in zip(row, found, strict=True)] for row in table]
    return sum(map(max, lines)) + sum(map(sum, lines)) / 1000


@lru_cache(maxsize=2**16)
def _lines(text: str, width: int) -> int:
    """How many lines of `width` characters a text takes."""
    lines, left = 1, width
    for word in map(len, text.split()):
        if word > left and left < width:
            lines, left = lines + 1, width
        lines += (word - 1) // width
        left -= word + 1
    return lines
