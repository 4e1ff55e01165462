"""A shared notebook and one's own, put together as one notebook."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell

from alignkit.errors import NotebookError
from alignkit.shared.files import (
    CLOSING,
    EDITOR,
    ORIGIN,
    PARAMETERS,
    SHARED,
    is_place,
    name_of_shared,
    places_of,
    tags_of,
    text_of,
)

_HEADING = re.compile(r"^#\s", re.MULTILINE)

Cell = Any


def read(path: Path) -> nbformat.NotebookNode:
    """A notebook in the current format, whose cells have ids; NotebookError where the file is none."""
    try:
        return nbformat.v4.upgrade(nbformat.read(path, as_version=4))
    except (ValueError, KeyError, AttributeError, TypeError, nbformat.ValidationError):
        raise NotebookError(
            "this is no notebook, or it is damaged", where=str(path), cure="bring back an earlier copy of the file"
        ) from None


def whole(own: Path, shared: Path) -> nbformat.NotebookNode:
    """Both as one notebook, ready to be executed. Raises `NotebookError` for a tag that names no cell."""
    notebook, base = read(own), read(shared)
    if name_of_shared(base.cells, str(shared)):
        what = f"{shared.name} cannot be shared: it adds to another notebook itself"
        raise NotebookError(what, where=str(own), cure="name a notebook that is whole, such as outcome")
    others = _marked(base.cells, shared.name)
    mine = _apart(_marked(notebook.cells, own.name), others)
    at = next(n for n, cell in enumerate(mine) if cell["cell_type"] == "code" and SHARED in tags_of(cell))
    first = [cell for cell in mine[:at] if not places_of(cell)]
    added = [cell for n, cell in enumerate(mine) if n != at and (n > at or places_of(cell))]
    refuse_unknown(added, others, own, shared)
    steps = [step.cell for step in in_order(added, others)]
    if any(_is_title(cell) for cell in first):
        title = next((cell for cell in steps if _is_title(cell)), None)
        steps = [cell for cell in steps if cell is not title]
    given = {name for cell in mine if PARAMETERS in tags_of(cell) for name, _ in declared(cell)}
    made = [*first, *_new_parameters(others, given), *steps]
    return nbformat.from_dict({**notebook, "cells": [_at_its_place(cell) for cell in made]})


@dataclass(frozen=True)
class Step:
    """One cell of the whole; `is_more` where the shared notebook has nothing in its place."""

    cell: Cell
    is_more: bool = False


@dataclass
class _Places:
    """Where one's own cells go."""

    after: dict[str, list[Step]] = field(default_factory=dict)
    instead: dict[str, list[Step]] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    last: list[Step] = field(default_factory=list)

    def put(self, cell: Cell) -> None:
        """Note one cell."""
        named = places_of(cell)
        replaces = [id_ for kind, id_ in named if kind == "replace"]
        after = next((id_ for kind, id_ in named if kind == "after"), "")
        self.replaced.update(replaces)
        step = Step(cell, is_more=not replaces)
        if after:
            self.after.setdefault(after, []).append(step)
        elif replaces:
            self.instead.setdefault(replaces[0], []).append(step)
        else:
            self.last.append(step)


def in_order(added: Iterable[Cell], shared: Sequence[Cell]) -> Iterator[Step]:
    """The shared cells without the parameters, and one's own cells at their places."""
    places = _Places()
    for cell in added:
        places.put(cell)
    last = places.last
    for cell in (cell for cell in shared if PARAMETERS not in tags_of(cell)):
        if CLOSING in tags_of(cell):
            yield from last
            last = []
        if cell["id"] not in places.replaced:
            yield Step(cell)
        yield from places.instead.get(cell["id"], ())
        yield from places.after.get(cell["id"], ())
    yield from last


def refuse_unknown(added: Iterable[Cell], shared: Sequence[Cell], own: Path, name: Path) -> None:
    """One `NotebookError` with every tag that names no cell of the shared notebook, and every cell with two places."""
    ids, wrong = anchors(shared), list[str]()
    for cell in added:
        named = places_of(cell)
        for kind, id_ in named:
            if id_ not in ids:
                near = get_close_matches(id_, ids, n=1)
                hint = f" (did you mean {kind}:{near[0]}?)" if near else ""
                wrong.append(f"tag {kind}:{id_} names no cell of {name.name}{hint}")
        places = [f"after:{id_}" for kind, id_ in named if kind == "after"]
        wrong += [f"a cell has two places: {', '.join(places)}"] * (len(places) > 1)
    if wrong:
        raise NotebookError("; ".join(wrong), where=str(own), cure=f"the cells of {name.name} are {', '.join(ids)}")


def anchors(shared: Sequence[Cell]) -> list[str]:
    """Ids of a shared notebook's cells that the tags may name, in order."""
    return [cell["id"] for cell in shared if PARAMETERS not in tags_of(cell)]


def declared(cell: Cell) -> Iterator[tuple[str, str]]:
    """Each parameter of a parameters cell, with the lines that declare it; none where it is not Python."""
    lines = text_of(cell).splitlines()
    try:
        body = ast.parse(text_of(cell)).body
    except SyntaxError:
        return
    for node in body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, "\n".join(lines[node.lineno - 1 : node.end_lineno])


def _new_parameters(shared: Sequence[Cell], given: set[str]) -> list[Cell]:
    """A cell with the defaults of parameters that the shared notebook has and one's own does not declare."""
    every = [pair for cell in shared if PARAMETERS in tags_of(cell) for pair in declared(cell)]
    lines = [line for name, line in every if name not in given]
    return [new_code_cell("\n".join(lines), id="shared-parameters")] if lines else []


def _is_title(cell: Cell) -> bool:
    shown = cell["cell_type"] == "markdown" and EDITOR not in tags_of(cell)
    return shown and bool(_HEADING.search(text_of(cell)))


def _marked(cells: Iterable[Cell], name: str) -> list[Cell]:
    """The cells of one notebook, each code cell with its number there, as JupyterLab counts after Run All."""
    made, number = [], 0
    for cell in cells:
        counts = cell["cell_type"] == "code" and bool(text_of(cell).strip())
        number += counts
        origin = {ORIGIN: {"notebook": name, "cell": number}} if counts else {}
        made.append({**cell, "metadata": {**cell["metadata"], **origin}})
    return made


def _apart(own: Iterable[Cell], shared: Iterable[Cell]) -> list[Cell]:
    """One's own cells with ids that no shared cell has: the shared ones keep theirs."""
    taken = {cell["id"] for cell in shared}
    return [{**cell, "id": f"own-{cell['id'][:60]}"} if cell["id"] in taken else cell for cell in own]


def _at_its_place(cell: Cell) -> Cell:
    """The cell without the tags that led it there."""
    return {**cell, "metadata": {**cell["metadata"], "tags": [tag for tag in tags_of(cell) if not is_place(tag)]}}
