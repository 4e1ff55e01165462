"""Letters that the PDF and the charts print in Latin spelling, and where they are: in tables, words and notebooks."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from alignkit.contract.catalog import Catalog
from alignkit.contract.failure import origins
from alignkit.fonts.letters import missing, spelling
from alignkit.project import rules

Place = tuple[str, int]
"""A file (or sheet, or cell) and the line or row in it."""
PLACES, GROUPS = 3, 20
"""How many rows a group of letters names, and how many groups a file."""


def in_tables(frames: Mapping[str, pd.DataFrame], catalog: Catalog) -> list[tuple[str, str]]:
    """File or sheet and what is printed instead, for public tables; no book shows texts of protected ones."""
    rows = origins(frames)
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for name, frame in frames.items():
        if name not in catalog or catalog.schema(name).protected:
            continue
        for row, letters in sorted(_by_row(frame).items()):
            file, number = rows[name](row) if name in rows else (name, row)
            for letter in letters:
                found[file][letter].append(number)
    return [(file, _said(letters, "row")) for file, letters in sorted(found.items())]


def _by_row(frame: pd.DataFrame) -> dict[int, dict[str, None]]:
    """Row (from 1) → its missing letters; each different text is looked at once."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for at in range(frame.shape[1]):
        column = frame.iloc[:, at]
        texts = {text: letters for text in column.unique() if isinstance(text, str) and (letters := missing(text))}
        for row, text in enumerate(column if texts else (), 1):
            found[row] |= dict.fromkeys(texts.get(text, ()) if isinstance(text, str) else ())
    return {row: letters for row, letters in found.items() if letters}


def in_file(path: Path) -> str:
    """What is printed instead of letters of a text file, by line, without a YAML file's comments; "" where all is well.

    A file that cannot be read is reported elsewhere.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    comments = path.suffix in (".yml", ".yaml")
    return _of_lines((n, line) for n, line in enumerate(lines, 1) if not (comments and line.lstrip().startswith("#")))


def in_notebook(notebook: rules.Notebook) -> Iterator[tuple[str, str]]:
    """Cell and what is printed instead, for texts that may get on the page: prose, and texts in code."""
    counts = {"markdown": 0, "code": 0}
    for cell in notebook["cells"]:
        kind, text = cell["cell_type"], rules.source(cell)
        if kind not in counts or not text.strip():
            continue
        counts[kind] += 1
        if "editor" in cell["metadata"].get("tags", ()):
            continue
        at = f"cell [{counts[kind]}]" if kind == "code" else f"text {counts[kind]}"
        lines = enumerate(text.splitlines(), 1) if kind == "markdown" else _quoted(text)
        if said := _of_lines(lines):
            yield at, said


def _quoted(code: str) -> Iterator[tuple[int, str]]:
    """Line and text of each text in code; comments and magics are not looked at."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def _of_lines(lines: Iterable[tuple[int, str]]) -> str:
    found: dict[str, list[int]] = defaultdict(list)
    for number, line in lines:
        for letter in missing(line):
            found[letter].append(number)
    return _said(found, "line") if found else ""


def _said(letters: Mapping[str, list[int]], unit: str) -> str:
    """ "row 3: क as k, त as t; rows 7, 9: ไ as ai": letters that come in the same rows together."""
    groups: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for letter, numbers in letters.items():
        groups[tuple(dict.fromkeys(numbers))].append(letter)
    shown = [f"{_numbers(rows, unit)}: {', '.join(map(_as, found))}" for rows, found in list(groups.items())[:GROUPS]]
    left = sum(len(found) for found in list(groups.values())[GROUPS:])
    more = f"; and {left:,} more letters" if left else ""
    return f"letters that the fonts lack, and what the PDF and the charts print instead: {'; '.join(shown)}{more}"


def _numbers(rows: tuple[int, ...], unit: str) -> str:
    more = f" and {len(rows) - PLACES:,} more" if len(rows) > PLACES else ""
    return f"{unit}{'s' * (len(rows) > 1)} " + ", ".join(f"{row:,}" for row in rows[:PLACES]) + more


def _as(letter: str) -> str:
    latin = spelling(letter)
    return f"{letter} as {latin}" if latin else f"{letter} left out"
