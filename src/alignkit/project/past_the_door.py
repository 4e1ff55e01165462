"""Numbers about persons that a notebook's text passes on without the door, such as `c.say("n", f"{len(t.students)}")`.

A frame says where its rows come from, so the door refuses it wherever it is not published. A plain number or text does
not, and only the code shows where it was worked out. This follows names from cell to cell, not what runs: it finds
honest slips, and also points at what is harmless, such as the day of the newest row.
"""

import ast
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.errors import AlignkitError
from alignkit.project.find import communities
from alignkit.project.rules import Finding, Notebook, code_cells, statements
from alignkit.sources.own.read import own_tables

CURE = "publish it with c.publish(…), and take the number from what that returns"
TITLE = "Taken from tables about persons, with no rule for small numbers applied:"
IsPublic = Callable[[str], bool]
"""Whether a table of that name is not about persons."""
_DOORS = {"publish", "derive", "outline"}
_TELLS = {"say", "note_numbers", "derive"}
_EXHIBITS = {"charts", "tables"}
_OPENS = {"table", "before"}


def unpublished_findings(notebook: Notebook, is_public: IsPublic) -> Iterator[Finding]:
    """Calls that put on the page, or give to `c.derive`, what was worked out from a protected table."""
    names = _Names(is_public)
    for where, cell in code_cells(notebook):
        for statement in statements(cell):
            for call in (node for node in ast.walk(statement) if isinstance(node, ast.Call) and _tells(node)):
                given = [*call.args, *(keyword.value for keyword in call.keywords)]
                if found := next((one for one in given if names.about_persons(one)), None):
                    what = f"`{ast.unparse(call.func)}` gets `{_short(found)}`, worked out from a table about persons"
                    yield where, what, CURE
            names.take(statement)


def of_run(run: Path, chapters: Sequence[str], catalog: Catalog) -> list[str]:
    """The same in the executed notebooks of a run, for a person at a terminal; empty where there is nothing."""
    found = []
    for chapter in chapters:
        executed = json.loads((run / "notebooks" / f"{chapter}.ipynb").read_text(encoding="utf-8"))
        found += [f"  {chapter}: {what}" for _, what, _ in unpublished_findings(executed, public_in([catalog]))]
    return [TITLE, *dict.fromkeys(found), f"  To fix it, {CURE}."] if found else []


def public_in(catalogs: Sequence[Catalog]) -> IsPublic:
    """A table is public where each catalog that has it says so; one that none has counts as protected."""

    def is_public(table: str) -> bool:
        known = [catalog.schema(table) for catalog in catalogs if table in catalog]
        return bool(known) and not any(one.protected for one in known)

    return is_public


def public_in_project(project: Path) -> IsPublic:
    """The same for all communities of a project; declarations that are wrong are reported elsewhere."""
    catalogs = [CONTRACT]
    for id_ in communities(project):
        with suppress(AlignkitError):
            catalogs.append(own_tables(project, id_))
    return public_in(catalogs)


class _Names:
    """Which of the notebook's names hold what was worked out from protected tables, so far."""

    def __init__(self, is_public: IsPublic) -> None:
        self.is_public = is_public
        self.spaces: set[str] = set()
        """Names of what `c.tables` returned."""
        self.persons: set[str] = set()

    def take(self, statement: ast.stmt) -> None:
        """Follow an assignment, or the definition of a function."""
        if isinstance(statement, ast.FunctionDef):
            self._set([statement.name], self._in_function(statement.args, statement.body))
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            named = [node.id for one in targets for node in ast.walk(one) if isinstance(node, ast.Name)]
            self.spaces = (self.spaces - {*named}) | ({*named} if _method(statement.value) == "tables" else set())
            self._set(named, self.about_persons(statement.value))

    def about_persons(self, node: ast.AST) -> bool:
        """Whether an expression uses rows of a protected table, or what was worked out from them."""
        method = _method(node)
        if method in _DOORS:
            return False
        if method in _OPENS and isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            return not self.is_public(str(node.args[0].value))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self.spaces:
            return not self.is_public(node.attr)
        if isinstance(node, ast.Lambda):
            return self._in_function(node.args, [node.body])
        if isinstance(node, ast.Name):
            return node.id in self.persons
        return any(self.about_persons(child) for child in ast.iter_child_nodes(node))

    def _in_function(self, arguments: ast.arguments, body: "list[ast.stmt] | list[ast.expr]") -> bool:
        """Whether a function has such rows from elsewhere than its parameters and its own names."""
        own = {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
        inner = [node for one in body for node in ast.walk(one)]
        own |= {node.id for node in inner if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        within = _Names(self.is_public)
        within.spaces, within.persons = self.spaces - own, self.persons - own
        defaults = [one for one in (*arguments.defaults, *arguments.kw_defaults) if one]
        return any(map(within.about_persons, body)) or any(map(self.about_persons, defaults))

    def _set(self, named: list[str], about_persons: bool) -> None:
        self.persons = self.persons | {*named} if about_persons else self.persons - {*named}


def _tells(call: ast.Call) -> bool:
    """Whether a call puts what it is given on the page, or hands it to `derive`."""
    if not isinstance(call.func, ast.Attribute):
        return False
    exhibit = isinstance(call.func.value, ast.Name) and call.func.value.id in _EXHIBITS
    return exhibit or call.func.attr in _TELLS


def _method(node: ast.AST) -> str:
    """The name of the method that an expression calls."""
    return node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""


def _short(node: ast.AST, most: int = 60) -> str:
    text = ast.unparse(node).splitlines()[0]
    return text if len(text) <= most else f"{text[: most - 1]}…"
