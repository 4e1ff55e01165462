"""Names whose meaning changes with a new version of a notebook, and the project's words that quote them."""

import re
from collections.abc import Collection
from pathlib import Path

from nbformat import NotebookNode

from alignkit.book.narrative import SENTENCE

_QUOTED = re.compile(r"\{\{\s*([\w-]+)\.([\w-]+)\s*\}\}")
_SAID = re.compile(r"c\.say\(\s*[\"']([\w-]+)[\"']")


def moved(was: NotebookNode, now: NotebookNode) -> list[str]:
    """Names of sentences in a notebook that a newer version of it says as `<name>_sentence`."""
    before, after = _said(was), _said(now)
    return sorted(name for name in before - after if f"{name}{SENTENCE}" in after)


def uses(project: Path, notebook: str, names: Collection[str]) -> list[str]:
    """Every place in the project's words that quotes one of these names of a notebook, with what changed about it.

    `notebook` is its path below notebooks/. The shared `outcome.ipynb` makes the chapters of the outcomes that have no
    notebook of their own.
    """
    stem, found = notebook.removesuffix(".ipynb").replace("outcomes/", "outcome-"), []
    own = {f"outcome-{path.stem}" for path in (project / "notebooks" / "outcomes").glob("*.ipynb")}
    for path in sorted((project / "params").glob("*/*/*.md")) if names else ():
        where = path.relative_to(project).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8-sig", errors="replace").splitlines(), 1):
            for chapter, name in _QUOTED.findall(line):
                of_it = chapter == stem or (stem == "outcome" and chapter.startswith("outcome-") and chapter not in own)
                found += [_changed(f"{where}:{number}", f"{chapter}.{name}")] if of_it and name in names else []
    return found


def _changed(where: str, name: str) -> str:
    sentence = f"{{{{ {name}{SENTENCE} }}}}"
    return f"{where}: {{{{ {name} }}}} is a plain number from now on; for the sentence it stood for, write {sentence}"


def _said(notebook: NotebookNode) -> set[str]:
    """Names under which a notebook says sentences."""
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    return set(_SAID.findall(code))
