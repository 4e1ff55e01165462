"""A shared notebook's cells, run in the open notebook."""

import linecache
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alignkit.errors import NotebookError
from alignkit.params import project_root
from alignkit.shared.files import PARAMETERS, Cell, find_notebook, of_outcome, places_of, shared_by, tags_of

_OPEN = ("__session__", "__vsc_ipynb_file__", "PAPERMILL_INPUT_PATH")
"""Where JupyterLab, Visual Studio Code and Papermill leave the open notebook's path, if they do."""


def run_shared(name: str) -> None:
    """Run the code cells of notebooks/<name>.ipynb in the open notebook, and list the ids of its cells.

    Parameters are those of the open notebook. What the cells publish is shown; what they only display is not. Where a
    cell of the open notebook replaces one of them, it runs in its place, as it does in `alignkit run`.
    """
    from IPython.core.getipython import get_ipython
    from IPython.display import Markdown, display

    from alignkit.shared.whole import anchors, declared, in_order, read, refuse_unknown

    shell = get_ipython()
    if shell is None:
        raise NotebookError("run_shared works in a notebook only", cure="open the notebook in JupyterLab")
    project, space = project_root(), shell.user_ns
    path = find_notebook(project, f"{name}.ipynb")
    cells, own = read(path).cells, _open_notebook(project, path, space)
    placed = [cell for cell in read(own).cells if places_of(cell)] if own else []
    if own:
        refuse_unknown(placed, cells, own, path)
    for parameter, line in (pair for cell in cells if PARAMETERS in tags_of(cell) for pair in declared(cell)):
        if parameter not in space:
            exec(line, space)
    for step in in_order(placed, cells):
        if step.cell["cell_type"] == "code" and not step.is_more:
            _run(step.cell, path, space)
    ids = ", ".join(f"`{id_}`" for id_ in anchors(cells))
    display(Markdown(f"The cells of `{path.name}` have run. Tags `after:` and `replace:` take these ids: {ids}"))


def _open_notebook(project: Path, shared: Path, space: Mapping[str, Any]) -> Path | None:
    """The file of the open notebook; where its editor does not say which, the outcome's own. None if it is neither."""
    named = [Path(str(space[key])) for key in _OPEN if space.get(key)]
    if "outcome" in space:
        named.append(project / "notebooks" / of_outcome(str(space["outcome"])))
    there = (path for path in named if path.suffix == ".ipynb" and path.is_file())
    return next((path for path in there if shared_by(project, path) == shared), None)


def _run(cell: Cell, path: Path, space: dict[str, Any]) -> None:
    """Run one cell; a failure says which one it was, with its lines."""
    file = f"<{path.name}, cell {cell['id']}>"
    lines = cell["source"].splitlines(keepends=True)
    linecache.cache[file] = (len(cell["source"]), None, lines, file)
    try:
        exec(compile(cell["source"], file, "exec"), space)
    except Exception as error:
        error.add_note(f"in {path.name}, cell {cell['id']}")
        raise
