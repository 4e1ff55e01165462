"""Refuse a committed notebook that is not as the project keeps them; `--fix` mends what needs no judgement.

    python scripts/check_notebooks.py [--fix] [notebook ...]      default: all under notebooks/ and templates/

Each finding says: file, cell, rule, cure. The rules that hold for every project's notebooks are alignkit.project.rules.
"""

import argparse
import ast
import json
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import nbformat

from alignkit.errors import NotebookError
from alignkit.project import rules
from alignkit.project.past_the_door import public_in_project, unpublished_findings
from alignkit.project.rules import Finding, Notebook
from alignkit.shared.files import shared_by
from alignkit.shared.whole import whole

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("notebooks", "templates")
SHARED = "outcome.ipynb"
"""The notebook that outcomes' own notebooks add to."""
RUN_METADATA = {"execution", "papermill", "collapsed", "scrolled", "ExecuteTime"}
FIX = "run scripts/check_notebooks.py --fix"


def check_stored(notebook: Notebook) -> Iterator[Finding]:
    """What a run, or an editor, leaves behind."""
    metadata = notebook["metadata"]
    yield from rules.kernel_findings(notebook, FIX)
    if left := {"papermill", "widgets"} & set(metadata):
        yield "notebook", f"metadata left by a run: {', '.join(sorted(left))}", FIX
    for number, cell in enumerate(notebook["cells"], 1):
        where = f"cell {number}"
        if not isinstance(cell["source"], list):
            yield where, "source is one string; Quarto needs a list of lines", FIX
        if cell.get("outputs"):
            yield where, "has outputs", FIX
        if cell.get("execution_count") is not None:
            yield where, "has an execution count", FIX
        if left := RUN_METADATA & set(cell["metadata"]):
            yield where, f"metadata left by a run: {', '.join(sorted(left))}", FIX


def hidden_findings(notebook: Notebook) -> Iterator[Finding]:
    """A variable named like an import takes its place: the cell runs once, and fails when somebody runs it again."""
    imported: set[str] = set()
    for where, cell in rules.code_cells(notebook):
        for node in (node for statement in rules.statements(cell) for node in ast.walk(statement)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                imported |= {name.asname or name.name for name in node.names}
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in imported:
                yield where, f"`{node.id}` hides what was imported under that name", "give the variable another name"


def id_findings(path: Path, notebook: Notebook) -> Iterator[Finding]:
    """Notebooks of outcomes name the shared notebook's cells by their ids, so these are words, not random signs."""
    for number, cell in enumerate(notebook["cells"], 1):
        if path.name == SHARED and not re.fullmatch(r"[a-z]+(-[a-z]+)*", cell["id"]):
            yield f"cell {number}", f"its id is {cell['id']}", "give it a word as its id, such as trend"


def added_findings(path: Path) -> Iterator[Finding]:
    """What a notebook adds to a shared one has its place there, and hides none of its imports."""
    try:
        shared = shared_by(ROOT, path)
        together = whole(path, shared) if shared else None
    except NotebookError as error:
        yield "notebook", error.what, error.cure
        return
    if together:
        yield from hidden_findings(together)


def check(path: Path) -> list[Finding]:
    """Every finding in one notebook."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        return [("file", f"not JSON: {error}", "write the notebook anew; a merge may have gone wrong")]
    findings = list(rules.format_findings(notebook, FIX))
    if path.with_suffix(".py").exists():
        findings.append(("file", f"{path.stem}.py stands beside it", "rename one: Quarto takes one for the other"))
    if not findings:
        of_any = (rules.parameter_findings, rules.python_findings, rules.thin_findings, rules.display_findings)
        findings = [finding for look in (check_stored, *of_any, hidden_findings) for finding in look(notebook)]
        findings += unpublished_findings(notebook, public_in_project(ROOT))
        findings += [*id_findings(path, notebook), *added_findings(path)]
    return findings


def fix(path: Path) -> None:
    """Strip what a run left, and write the notebook as nbformat 4.5 with lists of lines."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # missing and repeated cell ids are what normalize mends
        notebook = nbformat.read(path, as_version=4)
        notebook.nbformat_minor = 5
        _, notebook = nbformat.validator.normalize(notebook)
    notebook.metadata.kernelspec = rules.KERNEL
    for key in ("papermill", "widgets"):
        notebook.metadata.pop(key, None)
    for cell in notebook.cells:
        for key in RUN_METADATA & set(cell.metadata):
            del cell.metadata[key]
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    before, after = path.read_text(encoding="utf-8"), nbformat.writes(notebook) + "\n"
    if before != after:
        path.write_text(after, encoding="utf-8", newline="\n")
        print(f"{shown(path)}: mended")


def shown(path: Path) -> str:
    path = path.resolve()
    return (path.relative_to(ROOT) if path.is_relative_to(ROOT) else path).as_posix()


def committed() -> list[Path]:
    found = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.ipynb")))
    return [path for path in found if ".ipynb_checkpoints" not in path.parts]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--fix", action="store_true", help="strip outputs and normalise, then check")
    parser.add_argument("notebook", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    paths = options.notebook or committed()
    if not paths:
        print(f"No notebook found under {' or '.join(FOLDERS)}: nothing was checked.")
        return 1
    found = 0
    for path in paths:
        if options.fix:
            fix(path)
        for where, rule, cure in check(path):
            found += 1
            print(f"{shown(path)}: {where}: {rule}. Cure: {cure}.")
    print(f"{len(paths)} notebooks checked, {found} findings.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
