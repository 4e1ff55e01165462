"""What a chapter's notebook has to be like, rule by rule.

`alignkit check` uses these for a project's notebooks, scripts/check_notebooks.py for alignkit's own. They look at a
notebook as the plain JSON of its file. Code cells are named as `alignkit run` names them, by the number that
JupyterLab shows after Run All Cells; a line counts when it is neither blank nor a `#|` option.
"""

import ast
import io
import statistics
import tokenize
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import nbformat

from alignkit.contract.schema import TABLES, schema
from alignkit.project.moved import old_imports

DOOR_CURE = "work it out with c.derive(function, …); drop about= where rows come unchanged from that table"
MEDIAN_LINES = 5
MOST_LINES = 12
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
PRINTS = {"print", "display"}
FRAME_VIEWS = {"head", "tail", "describe", "sample", "info", "value_counts"}
"""Methods that one calls as a cell's last line to look at a frame."""
PYPLOT, SEABORN = "matplotlib.pyplot", "seaborn"
SHOWS = "shows something that stays off the page"
SHOWS_CURE = (
    "draw it with charts.own, show it with tables.show, say it with c.say, or tag the cell `editor` to keep it for "
    "yourself"
)
ALLOWED = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.Expr, ast.FunctionDef)
"""A short function is what `c.derive` and `charts.own` are given; loops and conditions belong in a package."""

Cell = dict[str, Any]
Notebook = dict[str, Any]
Finding = tuple[str, str, str]
"""Where in the notebook, what is wrong, the cure."""


def source(cell: Cell) -> str:
    """A cell's text."""
    return "".join(cell["source"])


def code_cells(notebook: Notebook) -> list[tuple[str, Cell]]:
    """Every code cell that is not blank with its name, such as "cell [3]": its number after Run All Cells."""
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and source(cell).strip()]
    return [(f"cell [{number}]", cell) for number, cell in enumerate(code, 1)]


def format_findings(notebook: Notebook, cure: str) -> Iterator[Finding]:
    """The file format; what else is looked at relies on it."""
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        yield "notebook", "this is no notebook", "go back to a copy"
        return
    version = (notebook.get("nbformat"), notebook.get("nbformat_minor"))
    if version != (4, 5):
        yield "notebook", f"format {version[0]}.{version[1]} instead of 4.5", cure
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # nbformat only warns about a missing or repeated cell id
            nbformat.validate(notebook)
    except Warning:
        yield "notebook", "not a valid notebook: a cell has no id, or that of another cell", cure
    except nbformat.ValidationError as error:
        part = next((f"cell {part + 1}" for part in error.relative_path if isinstance(part, int)), "a part of it")
        what = f"not a valid notebook: {part} is not as Jupyter writes it"
        yield "notebook", what, f"{cure}, or go back to a copy"


def kernel_findings(notebook: Notebook, cure: str) -> Iterator[Finding]:
    """Papermill starts the kernel that the notebook names."""
    kernel = notebook["metadata"].get("kernelspec", {})
    if any(kernel.get(key) != KERNEL[key] for key in ("name", "language")):
        yield "notebook", "no kernelspec python3 (with its language); Papermill cannot run it", cure


def parameter_findings(notebook: Notebook) -> Iterator[Finding]:
    """One cell tagged `parameters`; every variable annotated, its trailing comment is its help."""
    tagged = [(w, c) for w, c in code_cells(notebook) if "parameters" in c["metadata"].get("tags", [])]
    if len(tagged) != 1:
        yield "notebook", f"{len(tagged)} cells tagged `parameters` instead of one", "tag the cell of defaults"
        return
    where, cell = tagged[0]
    try:
        statements = ast.parse(source(cell)).body
    except SyntaxError:
        return  # said by code_findings
    if not statements:
        yield where, "the parameters cell declares nothing", "declare each parameter: name: type = default  # help"
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


def thin_findings(notebook: Notebook, *, where_to: str = "src/alignkit") -> Iterator[Finding]:
    """A cell imports, calls, or shows, and is short; logic lives in a package (`where_to`)."""
    lengths = []
    for where, cell in code_cells(notebook):
        lines = [x for x in source(cell).splitlines() if x.strip() and not x.startswith("#|")]
        lengths.append(len(lines))
        if len(lines) > MOST_LINES:
            yield where, f"{len(lines)} lines; at most {MOST_LINES}", f"move logic into {where_to}, or split"
        for node in statements(cell):
            if not isinstance(node, ALLOWED):
                first = ast.unparse(node).splitlines()[0]
                yield where, f"`{first}` is more than a call", f"move it into {where_to} and call it here"
    if lengths and statistics.median(lengths) > MEDIAN_LINES:
        rule = f"the median code cell has {statistics.median(lengths):g} lines; at most {MEDIAN_LINES}"
        yield "notebook", rule, f"move logic into {where_to}, or split cells"


def display_findings(notebook: Notebook) -> Iterator[Finding]:
    """Cells that plainly display what no page takes, and are not tagged `editor`.

    What a call gives back is not known before it runs, so only what cannot be anything else is found here: printing,
    pyplot's show, a plot of seaborn's, and a last line that is a variable, a part of one, or a view of a frame.
    """
    imported = dict(_modules(notebook))
    for where, cell in code_cells(notebook):
        if "editor" in cell["metadata"].get("tags", []):
            continue
        for node in _displaying(cell, imported):
            yield where, f"`{ast.unparse(node).splitlines()[0]}` {SHOWS}", SHOWS_CURE


def _displaying(cell: Cell, imported: dict[str, str]) -> Iterator[ast.stmt]:
    body = statements(cell)
    shown = body[-1] if body and not source(cell).rstrip().endswith(";") else None
    for node in body:
        value = getattr(node, "value", None)
        if _draws(value, imported) or (node is shown and isinstance(node, ast.Expr) and _is_view(node.value)):
            yield node


def _modules(notebook: Notebook) -> Iterator[tuple[str, str]]:
    """Name in the notebook → the module that it is."""
    for _, cell in code_cells(notebook):
        for node in statements(cell):
            if isinstance(node, ast.Import):
                yield from ((name.asname or name.name, name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((name.asname or name.name, f"{node.module}.{name.name}") for name in node.names)


def _draws(value: ast.expr | None, imported: dict[str, str]) -> bool:
    """Whether a call prints, shows pyplot's figure, or is a seaborn plot on a figure of its own."""
    if not isinstance(value, ast.Call):
        return False
    if isinstance(value.func, ast.Name):
        return value.func.id in PRINTS
    if not isinstance(value.func, ast.Attribute) or not isinstance(value.func.value, ast.Name):
        return False
    module, name = imported.get(value.func.value.id, ""), value.func.attr
    of_seaborn = module == SEABORN and name.endswith(("plot", "map", "Grid"))
    return (module == PYPLOT and name == "show") or (of_seaborn and "ax" not in {k.arg for k in value.keywords})


def _is_view(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Attribute) and value.func.attr in FRAME_VIEWS
    return isinstance(value, ast.Name | ast.Attribute | ast.Subscript)


def statements(cell: Cell) -> Sequence[ast.stmt]:
    """A code cell's statements; none where it is not plain Python, which `python_findings` says."""
    try:
        return ast.parse(source(cell)).body
    except SyntaxError:
        return []


def moved_findings(notebook: Notebook) -> Iterator[Finding]:
    """Imports of what an earlier alignkit had elsewhere."""
    for where, cell in code_cells(notebook):
        for module in dict.fromkeys(old_imports(source(cell))):
            yield where, f"it imports {module}, which has moved", "run alignkit update, which rewrites the import"


def door_findings(notebook: Notebook) -> Iterator[Finding]:
    """Calls of `c.publish` that name a table that is not about persons, as an earlier alignkit asked for."""
    for where, cell in code_cells(notebook):
        for node in (node for statement in statements(cell) for node in ast.walk(statement)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "publish":
                for named in (one for one in node.keywords if one.arg == "about"):
                    table = named.value.value if isinstance(named.value, ast.Constant) else None
                    if table in TABLES and not schema(str(table)).protected:
                        yield where, f'about="{table}" makes nothing public any more', DOOR_CURE


def python_findings(notebook: Notebook) -> Iterator[Finding]:
    """Plain Python, so that it runs the same everywhere."""
    for where, cell in code_cells(notebook):
        try:
            ast.parse(source(cell))
        except SyntaxError as error:
            yield where, f"not plain Python: {error.msg} (line {error.lineno})", "no magics, no shell commands"
