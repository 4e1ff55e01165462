"""Three versions of one notebook → one: what it was when it came, what the evaluator made of it, what alignkit has now.

Cells are matched by id, then by content, then by likeness. Inside a cell, lines are merged. Where both sides changed
the same thing, both versions are shown and nothing runs until a person has chosen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_raw_cell

CHOOSE = "alignkit-choose"
"""The tag of the cell that explains a choice."""
VERSION = "alignkit-version"
"""The tag of each of the two cells to choose between."""
ALIKE = 0.6
"""How much of two cells must be the same for them to count as one that was changed (of 1)."""
_CHANGED = "You changed this cell, and alignkit changed it too."
_TAKEN_OUT = "You changed this cell, and alignkit has taken it out."
_DELETED = "You deleted this cell, and alignkit has changed it since."

Cell = Any
Cells = Sequence[Cell]


@dataclass(frozen=True)
class Merged:
    """The notebook, and how many choices are left in it."""

    notebook: NotebookNode
    choices: int


def merge(base: NotebookNode, mine: NotebookNode, theirs: NotebookNode) -> Merged:
    """Bring what changed from `base` to `theirs` into `mine`; none of the three is changed.

    Order: the evaluator's where cells were moved, else alignkit's. Outputs stay with cells whose text stays.
    """
    cells = _Sides(base.cells, mine.cells, theirs.cells)
    made: list[Cell] = []
    choices = 0
    for key in cells.order():
        found, asked = _one(*cells.of(key))
        made += found
        choices += asked
    merged = nbformat.from_dict({**mine, "cells": _with_own_ids(made)})
    return Merged(merged, choices)


def choices_left(notebook: NotebookNode) -> int:
    """How many choices a person still has to make."""
    explained = sum(CHOOSE in tags_of(cell) for cell in notebook.cells)
    left = any(VERSION in tags_of(cell) and cell.cell_type == "raw" for cell in notebook.cells)
    return explained or int(left)


def settled(notebook: NotebookNode) -> NotebookNode:
    """The notebook after the choices, without the tags that marked them; changed in place."""
    for cell in notebook.cells:
        if VERSION in tags_of(cell):
            _tag(cell, [tag for tag in tags_of(cell) if tag != VERSION])
    return notebook


def same(one: NotebookNode, other: NotebookNode) -> bool:
    """Whether two notebooks have the same cells, whatever a run left in them."""
    return [_content(cell) for cell in one.cells] == [_content(cell) for cell in other.cells]


def tags_of(cell: Cell) -> list[str]:
    """The cell's tags."""
    return list(cell.metadata.get("tags", ()))


class _Sides:
    """Each cell of the three versions under one key: ("base", 3) or, where it is new, ("mine", 5) or ("theirs", 2)."""

    def __init__(self, base: Cells, mine: Cells, theirs: Cells) -> None:
        self.base = {("base", at): cell for at, cell in enumerate(base)}
        self.mine = dict(_keyed("mine", mine, self.base))
        new = {key: cell for key, cell in self.mine.items() if key not in self.base}
        self.theirs = dict(_keyed("theirs", theirs, {**self.base, **new}))

    def of(self, key: tuple[str, int]) -> tuple[Cell | None, Cell | None, Cell | None]:
        """The cell in each version, None where it is not there."""
        return self.base.get(key), self.mine.get(key), self.theirs.get(key)

    def order(self) -> list[tuple[str, int]]:
        """Every key once."""
        mine, theirs = list(self.mine), list(self.theirs)
        common = [key for key in mine if key in self.base]
        moved = common != sorted(common)
        return _woven(mine, theirs) if moved else _woven(theirs, mine)


def _woven(first: list[tuple[str, int]], second: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """`first`, with what only `second` has put behind what it stands behind there."""
    woven = list(first)
    before: tuple[str, int] | None = None
    for key in second:
        if key not in woven:
            woven.insert(0 if before is None else woven.index(before) + 1, key)
        before = key
    return woven


def _keyed(side: str, cells: Cells, known: Mapping[tuple[str, int], Cell]) -> Iterator[tuple[tuple[str, int], Cell]]:
    """Each cell of one version with its key, in order."""
    matched: dict[int, tuple[str, int]] = {}
    free = dict(known)
    for alike in (_same_id, _same_content, _similar):
        for at, cell in enumerate(cells):
            key = None if at in matched else next((key for key, other in free.items() if alike(cell, other)), None)
            if key is not None:
                matched[at] = key
                del free[key]
    for at, cell in enumerate(cells):
        yield matched.get(at, (side, at)), cell


def _same_id(one: Cell, other: Cell) -> bool:
    return bool(one.get("id")) and one.get("id") == other.get("id")


def _same_content(one: Cell, other: Cell) -> bool:
    return (one.cell_type, one.source) == (other.cell_type, other.source)


def _similar(one: Cell, other: Cell) -> bool:
    if one.cell_type != other.cell_type or tags_of(one) != tags_of(other):
        return False
    return SequenceMatcher(None, one.source, other.source, autojunk=False).ratio() >= ALIKE


def _one(base: Cell | None, mine: Cell | None, theirs: Cell | None) -> tuple[list[Cell], int]:
    """What becomes of one cell: the cells that stand in its place, and whether a person must choose (0 or 1)."""
    if base is None:
        if mine is not None and theirs is not None and not _same_content(mine, theirs):
            return _asked(_CHANGED, mine, theirs), 1
        return [mine if mine is not None else theirs], 0
    if mine is None:
        gone = theirs is None or _content(theirs) == _content(base)
        return ([], 0) if gone else (_asked(_DELETED, None, theirs), 1)
    if theirs is None:
        return ([], 0) if _content(mine) == _content(base) else (_asked(_TAKEN_OUT, mine, None), 1)
    text = _lines(base.source, mine.source, theirs.source)
    if text is None:
        return _asked(_CHANGED, mine, theirs), 1
    return [_joined(base, mine, theirs, text)], 0


def _lines(base: str, mine: str, theirs: str) -> str | None:
    """Both changes in one text; None where they touch the same lines."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    old, ours, new = (text.split("\n") for text in (base, mine, theirs))
    merged: list[str] = []
    a = b = c = 0
    for in_old, in_ours, in_new, length in [*_shared(old, ours, new), (len(old), len(ours), len(new), 0)]:
        was, have, get = old[a:in_old], ours[b:in_ours], new[c:in_new]
        if have not in (was, get) and get != was:
            return None
        merged += get if have == was else have
        merged += old[in_old : in_old + length]
        a, b, c = in_old + length, in_ours + length, in_new + length
    return "\n".join(merged)


def _shared(old: list[str], ours: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Runs of lines that all three versions share, in order: where each begins in them, and how long it is.

    Written here on difflib: the libraries that merge lines are under the GPL, unkept, or need git.
    """
    mine, theirs = (SequenceMatcher(None, old, text, autojunk=False).get_matching_blocks() for text in (ours, new))
    for at, in_ours, length in mine:
        for other, in_new, more in theirs:
            start, end = max(at, other), min(at + length, other + more)
            if start < end:
                yield start, in_ours + start - at, in_new + start - other, end - start


def _joined(base: Cell, mine: Cell, theirs: Cell, text: str) -> Cell:
    """The cell with the merged text; its kind and tags from whoever changed them, the evaluator first."""
    kind = mine.cell_type if mine.cell_type != base.cell_type else theirs.cell_type
    tags = tags_of(mine) if tags_of(mine) != tags_of(base) else tags_of(theirs)
    # whose id stays does not matter to a reader, but alignkit's makes the next update match at once
    cell = nbformat.from_dict({**mine, "id": theirs.get("id", mine.get("id")), "source": text, "cell_type": kind})
    if kind != "code":
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)
    elif text != mine.source or mine.cell_type != "code":
        cell.outputs, cell.execution_count = [], None
    _tag(cell, tags)
    return cell


def _asked(why: str, mine: Cell | None, theirs: Cell | None) -> list[Cell]:
    """A cell that explains, and the versions as raw cells, which nothing runs."""
    kind = (mine if mine is not None else theirs).cell_type  # type: ignore[union-attr]
    key = "Code (key Y)" if kind == "code" else "Markdown (key M)"
    both = mine is not None and theirs is not None
    which = "first yours, then alignkit's" if both else ("yours" if mine is not None else "alignkit's")
    how = "Delete the one you do not want" if both else "Delete it if you do not want it"
    words = (
        f"> **Please choose.** {why} Below: {which}; nothing here runs yet.\n>\n"
        f"> {how}; turn the one that stays into {key}; then delete this cell too."
    )
    cells = [new_markdown_cell(words, metadata={"tags": [CHOOSE]})]
    for version in (mine, theirs):
        if version is not None:
            tags = [*tags_of(version), VERSION]
            cells.append(new_raw_cell(version.source, metadata={**version.metadata, "tags": tags}))
    return cells


def _content(cell: Cell) -> tuple[str, str, list[str]]:
    return cell.cell_type, cell.source, tags_of(cell)


def _tag(cell: Cell, tags: list[str]) -> None:
    cell.metadata = nbformat.from_dict({key: value for key, value in cell.metadata.items() if key != "tags"})
    if tags:
        cell.metadata["tags"] = tags


def _with_own_ids(cells: Cells) -> list[Cell]:
    """Cells of two notebooks may share an id; the later one gets another, the same at each merge."""
    seen: set[str] = set()
    for at, cell in enumerate(cells):
        id_ = cell.get("id") or f"cell-{at:03}"
        while id_ in seen:
            id_ = f"{id_[:56]}-{at:03}"
        if CHOOSE in tags_of(cell) or VERSION in tags_of(cell):
            id_ = f"choose-{at:03}"  # nbformat gives new cells random ids
        seen.add(id_)
        cell["id"] = id_
    return list(cells)
