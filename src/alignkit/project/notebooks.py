"""Notebooks of a project as files: how they are read, written, and given their own defaults.

What a notebook was when it came is kept beside it in `notebooks/.base/`, so that `alignkit update` can tell the
evaluator's changes from alignkit's. Chapters are never looked for there.
"""

import json
import re
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat

from alignkit.errors import NotebookError
from alignkit.runs.manifest import read_json, write_json

BASE = ".base"
VERSIONS = "versions.json"
_DEFAULT = re.compile(r"^(?P<name>\w+)(?P<type>\s*:\s*\w+\s*=\s*)(?P<value>\"[^\"]*\")", re.MULTILINE)


def read(path: Path) -> nbformat.NotebookNode:
    """A notebook file; NotebookError where it is none."""
    try:
        return parsed(path.read_text(encoding="utf-8-sig"))
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError, AttributeError):
        raise NotebookError(
            "this is no notebook", where=str(path), cure="take it back from a copy, or make it anew"
        ) from None


def parsed(content: str) -> nbformat.NotebookNode:
    """A notebook from the text of its file."""
    return nbformat.reads(content, as_version=4)


def text(notebook: nbformat.NotebookNode) -> str:
    """The file's content as JupyterLab would write it."""
    return f"{nbformat.writes(notebook)}\n"


def parameters_cell(notebook: nbformat.NotebookNode) -> Any:
    """The cell tagged `parameters`, or None."""
    tagged = (cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ()))
    return next(tagged, None)


def defaults(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """Name → value of the text parameters that a notebook takes when it is run by itself."""
    cell = parameters_cell(notebook)
    found = _DEFAULT.finditer(cell.source) if cell is not None else ()
    return {match["name"]: json.loads(match["value"]) for match in found}


def with_defaults(notebook: nbformat.NotebookNode, values: Mapping[str, str]) -> nbformat.NotebookNode:
    """The notebook with other defaults for those text parameters that it declares; changed in place."""

    def put(match: re.Match[str]) -> str:
        value = values.get(match["name"])
        kept = match["value"] if value is None else json.dumps(value, ensure_ascii=False)
        return f"{match['name']}{match['type']}{kept}"

    cell = parameters_cell(notebook)
    if cell is not None:
        cell.source = _DEFAULT.sub(put, cell.source)
    return notebook


def note_base(project: Path, name: str, content: str) -> None:
    """Keep what `notebooks/<name>` was when it came, and of which version of alignkit that is."""
    folder = project / "notebooks" / BASE
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="\n")
    write_json(folder / VERSIONS, {**versions(project), name: version("alignkit")})


def base(project: Path, name: str) -> Path:
    """Where what `notebooks/<name>` once was is kept."""
    return project / "notebooks" / BASE / name


def versions(project: Path) -> dict[str, str]:
    """Notebook → the version of alignkit that its base came with."""
    return read_json(project / "notebooks" / BASE / VERSIONS)
