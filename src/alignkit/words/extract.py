"""The template a translator starts from: every English message id in the package.

    python -m alignkit.words.extract        writes words/messages.pot anew

To add a language, copy messages.pot to catalogs/<lang>.po, fill in the translations, and run. Nothing is compiled.
Messages are found in the syntax tree, because Babel's own extractor takes every `.count(…)` for ours and does not see
through `say = words.gettext`.
"""

import ast
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from alignkit.words import markdown

PACKAGE = Path(__file__).resolve().parents[1]
NOTEBOOKS = PACKAGE.parents[1] / "notebooks"
TEMPLATE = Path(__file__).with_name("messages.pot")
HEADER = "# alignkit: every fixed message a reader sees. Copy to catalogs/<lang>.po\n# and translate."
METHODS = {"gettext": (0,), "ngettext": (0, 1), "count": (1, 2)}
"""Method of `Words` → which of its arguments are message ids."""
# They change with the clock and with Babel's version, so two extractions would differ.
_VOLATILE = re.compile(
    r'^"(?:POT-Creation-Date|Generated-By|Report-Msgid|PO-Revision|Last-T|Project-Id).*\n', re.MULTILINE
)


def template(package: Path = PACKAGE, notebooks: Path = NOTEBOOKS) -> str:
    """The messages of all modules below `package`, and of what the notebooks say themselves, as a PO template.

    Without dates or line numbers.
    """
    catalog = Catalog(header_comment=HEADER, fuzzy=False)
    for path in sorted(package.rglob("*.py")):
        for message in messages(path.read_text(encoding="utf-8")):
            catalog.add(message, locations=[(path.relative_to(package).as_posix(), 0)])
    for path in sorted(notebooks.rglob("*.ipynb")):
        for message in markdown.messages(json.loads(path.read_text(encoding="utf-8"))):
            catalog.add(message, locations=[(f"notebooks/{path.relative_to(notebooks).as_posix()}", 0)])
    text = io.BytesIO()
    write_po(text, catalog, include_lineno=False, sort_output=True)
    return _VOLATILE.sub("", text.getvalue().decode())


def messages(source: str) -> Iterator[str | tuple[str, ...]]:
    """The message ids in one module, plural ones as pairs, in the order they stand."""
    tree = ast.parse(source)
    methods = METHODS | {name: METHODS[method] for name, method in _aliases(tree)}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        places = methods.get(_name(call.func), ())
        found = [call.args[i] for i in places if i < len(call.args)]
        texts = tuple(node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str))
        if texts and len(texts) == len(places):
            yield texts if len(texts) > 1 else texts[0]


def _aliases(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """`_ = words.gettext`, also beside others as in `_, last = words.gettext, 1` → ("_", "gettext")."""
    for assign in (node for node in ast.walk(tree) if isinstance(node, ast.Assign)):
        for target in assign.targets:
            both = isinstance(target, ast.Tuple) and isinstance(assign.value, ast.Tuple)
            names = target.elts if both else [target]  # type: ignore[attr-defined]
            values = assign.value.elts if both else [assign.value]  # type: ignore[attr-defined]
            for name, value in zip(names, values, strict=True):
                if isinstance(name, ast.Name) and isinstance(value, ast.Attribute) and value.attr in METHODS:
                    yield name.id, value.attr


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


if __name__ == "__main__":
    TEMPLATE.write_text(template(), encoding="utf-8")
