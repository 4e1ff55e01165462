"""Notebooks written for an earlier alignkit: imports of what has moved, and the language that calls no longer take.

`alignkit update` applies this before it compares notebooks, so that a moved import is nobody's change.
"""

import ast
import re
from collections.abc import Iterator

from nbformat import NotebookNode, from_dict

CHAPTERS = "alignkit.chapters"
MOVED = {
    "alignkit.exhibits.charts": "alignkit.kit.charts",
    "alignkit.exhibits.tables": "alignkit.kit.tables",
    "alignkit.exhibits.packet": f"{CHAPTERS}.action.exhibits",
    "alignkit.exhibits.assumptions": f"{CHAPTERS}.methods.exhibits",
    "alignkit.exhibits.sentences.amounts": "alignkit.kit.amounts",
    "alignkit.exhibits.sentences.action_exhibits": f"{CHAPTERS}.action.exhibits",
    "alignkit.exhibits.sentences.effects": f"{CHAPTERS}.action.sentences",
    "alignkit.exhibits.sentences.brief_tables": f"{CHAPTERS}.brief.exhibits",
    "alignkit.exhibits.sentences.matrix": f"{CHAPTERS}.brief.exhibits",
    "alignkit.exhibits.sentences.revisions": f"{CHAPTERS}.brief.sentences",
    "alignkit.exhibits.sentences.collaboration_tables": f"{CHAPTERS}.collaboration.exhibits",
    "alignkit.exhibits.sentences.data_sources": f"{CHAPTERS}.data_systems.exhibits",
    "alignkit.exhibits.sentences.linkage": f"{CHAPTERS}.data_systems.exhibits",
    "alignkit.exhibits.sentences.power": f"{CHAPTERS}.methods.sentences",
    "alignkit.exhibits.sentences.gaps": f"{CHAPTERS}.outcome.sentences",
    "alignkit.exhibits.sentences.methods": f"{CHAPTERS}.outcome.sentences",
    "alignkit.exhibits.sentences.seasons": f"{CHAPTERS}.outcome.sentences",
    "alignkit.exhibits.sentences.story": f"{CHAPTERS}.outcome.sentences",
    "alignkit.exhibits.sentences.trend": f"{CHAPTERS}.outcome.sentences",
    "alignkit.measures.interests": f"{CHAPTERS}.advocacy.measures",
    "alignkit.measures.matrix": f"{CHAPTERS}.brief.measures",
    "alignkit.measures.revisions": f"{CHAPTERS}.brief.measures",
    "alignkit.measures.outcome_set": f"{CHAPTERS}.outcomes.measures",
    "alignkit.measures.effects.found": f"{CHAPTERS}.action.measures",
    "alignkit.measures.effects.records": f"{CHAPTERS}.action.measures",
    **{f"alignkit.measures.{name}": f"{CHAPTERS}.outcome.measures"
       for name in ("beside", "contributing", "gaps", "inequality", "paths", "seasons", "story", "verdicts")},
    **{f"alignkit.{old}.{chapter}": f"{CHAPTERS}.{chapter}.{new}"
       for old, new in (("measures", "measures"), ("exhibits.sentences", "sentences"), ("exhibits", "exhibits"))
       for chapter in ("action", "advocacy", "brief", "collaboration", "commitments", "data_systems", "leadership",
                       "methods", "outcome", "outcomes")
       if f"alignkit.{old}.{chapter}" != "alignkit.exhibits.sentences.methods"},
}  # fmt: skip
"""Module of alignkit 0.1 → where its public functions are now."""
_WORDS = re.compile(r",\s*(?:words\s*=\s*)?c\.words(?=\s*[,)])|(?<=\()\s*(?:words\s*=\s*)?c\.words\s*(?:,\s*|(?=\)))")


def modern(notebook: NotebookNode) -> NotebookNode:
    """The notebook with today's imports and calls; the one given is not changed."""
    made = from_dict({**notebook, "cells": [dict(cell) for cell in notebook.cells]})
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.source = modern_code(cell.source)
    return made


def modern_code(source: str) -> str:
    """A cell's code with today's imports, and without the language in calls; as it is where it is not plain Python."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return source
    lines = source.split("\n")
    for node in reversed([node for node in tree.body if isinstance(node, ast.ImportFrom)]):
        if node.end_lineno is not None and any(_moved(node, alias) for alias in node.names):
            lines[node.lineno - 1 : node.end_lineno] = list(dict.fromkeys(_written(node)))
    return _WORDS.sub("", "\n".join(lines))


def old_imports(source: str) -> list[str]:
    """Modules of an earlier alignkit that a cell's code imports."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return [_moved(node, alias) for node in imports for alias in node.names if _moved(node, alias)]


def _moved(node: ast.ImportFrom, alias: ast.alias) -> str:
    """The moved module that an import names, as what it imports or as where it imports from; "" where none."""
    names = (f"{node.module}.{alias.name}", str(node.module))
    return next((name for name in names if name in MOVED), "")


def _written(node: ast.ImportFrom) -> Iterator[str]:
    for alias in node.names:
        old = _moved(node, alias)
        as_it_was = f" as {alias.asname}" if alias.asname else ""
        if not old:
            yield f"from {node.module} import {alias.name}{as_it_was}"
        elif old == node.module:
            yield f"from {MOVED[old]} import {alias.name}{as_it_was}"
        else:
            parent, leaf = MOVED[old].rsplit(".", 1)
            name = alias.asname or alias.name
            yield f"from {parent} import {leaf}" + (f" as {name}" if name != leaf else "")
