"""Refuse a committed notebook that is not as the project keeps them; `--fix` mends what needs no judgement.

    python scripts/check_notebooks.py [--fix] [notebook ...]      default: all under notebooks/ and templates/

Each finding says: file, cell, rule, cure. Cells count from 1, as JupyterLab's status bar does. A line counts when it is
neither blank nor a `#|` option.
"""

import argparse
import ast
import io
import json
import statistics
import sys
import tokenize
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("notebooks", "templates")
MEDIAN_LINES = 5
MOST_LINES = 12
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
ALLOWED = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.Expr)
RUN_METADATA = {"execution", "papermill", "collapsed", "scrolled", "ExecuteTime"}
FIX = "run scripts/check_notebooks.py --fix"

Cell = dict[str, Any]
Notebook = dict[str, Any]
Finding = tuple[str, str, str]  # where in the notebook, the rule, the cure


def source(cell: Cell) -> str:
    return "".join(cell["source"])


def code_cells(notebook: Notebook) -> list[tuple[str, Cell]]:
    return [(f"cell {n}", c) for n, c in enumerate(notebook["cells"], 1) if c["cell_type"] == "code"]


def check_format(notebook: Notebook) -> Iterator[Finding]:
    """The file format; what else is checked relies on it."""
    version = (notebook.get("nbformat"), notebook.get("nbformat_minor"))
    if version != (4, 5):
        yield "notebook", f"format {version[0]}.{version[1]} instead of 4.5", FIX
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # nbformat only warns about a missing or repeated cell id
            nbformat.validate(notebook)
    except (nbformat.ValidationError, Warning) as error:
        yield "notebook", f"not a valid notebook: {str(error).splitlines()[0]}", f"{FIX}, or write it anew"


def check_stored(notebook: Notebook) -> Iterator[Finding]:
    """What a run, or an editor, leaves behind."""
    metadata = notebook["metadata"]
    kernel = metadata.get("kernelspec", {})
    if any(kernel.get(key) != KERNEL[key] for key in ("name", "language")):
        yield "notebook", "no kernelspec python3 (with its language); Papermill cannot run it", FIX
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


def check_parameters(notebook: Notebook) -> Iterator[Finding]:
    """One cell tagged `parameters`; every variable annotated, its trailing comment is its help."""
    tagged = [(w, c) for w, c in code_cells(notebook) if "parameters" in c["metadata"].get("tags", [])]
    if len(tagged) != 1:
        yield (
            "notebook",
            f"{len(tagged)} cells tagged `parameters` instead of one",
            "tag the cell of defaults",
        )
        return
    where, cell = tagged[0]
    try:
        statements = ast.parse(source(cell)).body
    except SyntaxError:
        return  # said by check_code
    if not statements:
        yield (
            where,
            "the parameters cell declares nothing",
            "declare each parameter: name: type = default  # help",
        )
    help_lines = comment_lines(source(cell))
    for node in statements:
        line = ast.unparse(node)
        if not (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value):
            yield where, f"`{line}` is not an annotated default", "write name: type = default  # help"
        elif node.end_lineno not in help_lines:
            yield where, f"`{line}` has no trailing comment", "say in a comment what it is; that is its help"


def comment_lines(code: str) -> set[int]:
    """Numbers of the lines that end in a comment."""
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    return {token.start[0] for token in tokens if token.type == tokenize.COMMENT and token.string.strip("# ")}


def check_code(notebook: Notebook) -> Iterator[Finding]:
    """A cell imports, calls, or shows, and is short; logic lives in the package."""
    lengths = []
    for where, cell in code_cells(notebook):
        lines = [x for x in source(cell).splitlines() if x.strip() and not x.startswith("#|")]
        lengths.append(len(lines))
        if len(lines) > MOST_LINES:
            yield where, f"{len(lines)} lines; at most {MOST_LINES}", "move logic into src/alignkit, or split"
        try:
            statements = ast.parse(source(cell)).body
        except SyntaxError as error:
            yield (
                where,
                f"not plain Python: {error.msg} (line {error.lineno})",
                "no magics, no shell commands",
            )
            continue
        for node in statements:
            if not isinstance(node, ALLOWED):
                first = ast.unparse(node).splitlines()[0]
                yield where, f"`{first}` is more than a call", "move it into src/alignkit and call it here"
    if lengths and statistics.median(lengths) > MEDIAN_LINES:
        rule = f"the median code cell has {statistics.median(lengths):g} lines; at most {MEDIAN_LINES}"
        yield "notebook", rule, "move logic into src/alignkit, or split cells"


def check(path: Path) -> list[Finding]:
    """Every finding in one notebook."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        return [("file", f"not JSON: {error}", "write the notebook anew; a merge may have gone wrong")]
    findings = list(check_format(notebook))
    if path.with_suffix(".py").exists():
        findings.append(("file", f"{path.stem}.py stands beside it", "rename one: Quarto takes one for the other"))
    if not findings:
        findings = [*check_stored(notebook), *check_parameters(notebook), *check_code(notebook)]
    return findings


def fix(path: Path) -> None:
    """Strip what a run left, and write the notebook as nbformat 4.5 with lists of lines."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # missing and repeated cell ids are what normalize mends
        notebook = nbformat.read(path, as_version=4)
        notebook.nbformat_minor = 5
        _, notebook = nbformat.validator.normalize(notebook)
    notebook.metadata.kernelspec = KERNEL
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
