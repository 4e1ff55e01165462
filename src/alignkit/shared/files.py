"""Which shared notebook a notebook adds to. Nothing here imports nbformat: `alignkit status` has to be quick."""

import ast
import json
import re
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from alignkit.errors import NotebookError

SHARED, PARAMETERS, CLOSING = "shared", "parameters", "closing"
"""Tags of cells: where a shared notebook runs, what a notebook is given, where the last part of a shared one begins."""
EDITOR = "editor"
"""The tag of cells that speak to the person who edits the notebook, or show something to that person alone."""
ORIGIN = "alignkit"
"""In the metadata of a cell of two notebooks put together: which one it comes from (`notebook`), and which code cell it
is there (`cell`)."""
_CALL = "run_shared"
_PLACE = re.compile(r"(after|replace):(.*)")

Cell = Mapping[str, Any]


def of_outcome(outcome: str) -> str:
    """The file below notebooks/ that is one outcome's own."""
    return f"outcomes/{outcome}.ipynb"


def find_notebook(project: Path, name: str) -> Path:
    """The project's own notebook of that name, else the one that came with alignkit."""
    own = project / "notebooks" / name
    packaged = Path(str(resources.files("alignkit"))) / "_project" / "notebooks" / name
    for path in (own, packaged):
        if path.is_file():
            return path
    there = sorted(p.name for p in (project / "notebooks").glob("*.ipynb"))
    raise NotebookError("there is no such notebook", where=str(own), cure=f"notebooks here: {', '.join(there)}")


def shared_by(project: Path, own: Path) -> Path | None:
    """The notebook that this one adds to; None where it is a whole one, or no notebook at all.

    Raises `NotebookError` where the tags do not fit together, or the shared notebook is not there.
    """
    try:
        cells = json.loads(own.read_text(encoding="utf-8-sig"))["cells"]
        name = name_of_shared(cells, str(own))
    except NotebookError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # reported where the notebook is opened
    return find_notebook(project, f"{name}.ipynb") if name else None


def name_of_shared(cells: Sequence[Cell], where: str) -> str:
    """Which notebook these cells add to; empty for a whole notebook. Raises `NotebookError`."""
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    tagged = [cell for cell in code if SHARED in tags_of(cell)]
    if any(_called(cell) for cell in code if cell not in tagged):
        cure = f"in JupyterLab, select that cell and add the tag `{SHARED}` in the Property Inspector (gears)"
        raise NotebookError(f"a cell is {_CALL}(…) without the tag `{SHARED}`", where=where, cure=cure)
    if len(tagged) > 1:
        raise NotebookError(f"{len(tagged)} cells are tagged `{SHARED}`", where=where, cure="keep one of them")
    placed = [tag for cell in cells for tag in tags_of(cell) if is_place(tag)]
    if placed and not tagged:
        cure = f'add a cell {_CALL}("outcome") with the tag `{SHARED}`, or remove the tag `{placed[0]}`'
        raise NotebookError(f"a cell is tagged `{placed[0]}`, but none `{SHARED}`", where=where, cure=cure)
    if tagged and not _called(tagged[0]):
        cure = f'write {_CALL}("outcome") in it and nothing else'
        raise NotebookError(f"the cell tagged `{SHARED}` names no shared notebook", where=where, cure=cure)
    return _called(tagged[0]) if tagged else ""


def _called(cell: Cell) -> str:
    """The name in a cell that is nothing but `run_shared("name")`; empty for any other."""
    try:
        body = ast.parse(text_of(cell)).body
    except SyntaxError:
        return ""
    match body:
        case [ast.Expr(ast.Call(func=ast.Name(id=called), args=[ast.Constant(value=str(name))], keywords=[]))]:
            return name if called == _CALL else ""
    return ""


def tags_of(cell: Cell) -> list[str]:
    """The cell's tags."""
    return list(cell["metadata"].get("tags", ()))


def is_place(tag: str) -> bool:
    """Whether a tag gives a cell its place in the shared notebook."""
    return bool(_PLACE.fullmatch(tag))


def places_of(cell: Cell) -> list[tuple[str, str]]:
    """("after", ID) and ("replace", ID) for each tag of a cell that gives it a place in the shared notebook."""
    found = (_PLACE.fullmatch(tag) for tag in tags_of(cell))
    return [(match[1], match[2].strip()) for match in found if match]


def text_of(cell: Cell) -> str:
    """The cell's text; a file keeps it as one string or as a list of lines."""
    return "".join(cell["source"])
