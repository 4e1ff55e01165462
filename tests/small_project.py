"""A small community in a folder of its own: parameter files, CSV tables and notebooks that a test makes up."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.factory import frame

PYTHON = {"display_name": "Python 3", "language": "python", "name": "python3"}
PARAMETERS = """community: str = "smallville"  # folder below params/
cycle: str = "2026-Q3"  # the cycle reported on
as_of: str = "2026-09-30"  # what was known on this day
previous: str = ""  # the cycle before
lang: str = "en"  # the book's language"""
OPEN = "from alignkit.community import open_cycle\nc = open_cycle(community, cycle, as_of, previous, lang)"
PARTNER = {"partner_id": "p1", "name": "West School", "sector": "education", "kind": "school"}


def notebook(*cells: str, parameters: str = PARAMETERS, title: str = "Small") -> nbformat.NotebookNode:
    """A notebook as the project keeps them: title, parameters cell, then `cells`."""
    first = new_code_cell(parameters, metadata={"tags": ["parameters"]})
    made = [new_markdown_cell(f"# {title}"), first, *(new_code_cell(cell) for cell in cells)]
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"
    return new_notebook(cells=made, metadata={"kernelspec": PYTHON})


def adding(
    *cells: tuple[str, Sequence[str]], to: str = "base", parameters: str = PARAMETERS, title: str = ""
) -> nbformat.NotebookNode:
    """A notebook that adds these cells (text, tags) to another one."""
    made = notebook(f'run_shared("{to}")', parameters=parameters, title=title)
    made.cells[0].update(source=f"# {title}" if title else "", id="own-title")
    made.cells[2].metadata["tags"] = ["shared"]
    made.cells.insert(2, new_code_cell("from alignkit.shared import run_shared", id="own-imports"))
    for number, (text, tags) in enumerate(cells):
        kind = new_markdown_cell if text.startswith(("#", "*")) else new_code_cell
        made.cells.append(kind(text, id=f"own-{number}", metadata={"tags": list(tags)}))
    return made


def small_project(
    folder: Path,
    notebooks: Mapping[str, Sequence[str] | nbformat.NotebookNode],
    tables: Mapping[str, str | pd.DataFrame] | None = None,
    *,
    cycles: Sequence[Mapping[str, str]] = ({"cycle": "2026-Q3"},),
    own: Sequence[Mapping[str, Any]] = (),
    **settings: Any,
) -> Path:
    """Write it all; returns the parameter file of the last cycle. Chapters are the notebooks, in their order.

    `own` are declarations of the community's own tables, such as those of `tests.own_tables`.
    """
    params = folder / "params" / "smallville"
    chapters = [name for name in notebooks if "/" not in name]
    about = {"name": "Smallville", "place": "small", "source": {"folder": "tables"}, "chapters": chapters}
    _put(params / "community.yml", json.dumps({**about, **settings}))
    for name, content in {"partners": frame("partners", PARTNER), **(tables or {})}.items():
        text = content if isinstance(content, str) else content.to_csv(index=False, date_format="%Y-%m-%d")
        _put(params / "tables" / f"{name}.csv", text)
    for declared in own:
        _put(params / "tables" / f"{declared['name']}.json", json.dumps(declared))
    for name, cells in notebooks.items():
        write_notebook(folder, name, cells)
    for one in cycles:
        _put(params / f"{one['cycle']}.yml", json.dumps({"community": "smallville", "lang": "en", **one}))
    return params / f"{cycles[-1]['cycle']}.yml"


def write_notebook(folder: Path, name: str, cells: Sequence[str] | nbformat.NotebookNode) -> Path:
    """Write (or change) one notebook of the project."""
    made = cells if isinstance(cells, nbformat.NotebookNode) else notebook(*cells)
    path = folder / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)
    return path


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
