"""Write docs/commands.md, docs/parameters.md and docs/names.md from the code and the notebooks.

    python scripts/write_reference.py

tests/test_docs.py holds the files against what is written here, and every command on a page against the command line.
"""

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import click
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from alignkit import params
from alignkit.cli import main as command_line
from alignkit.project.notebooks import parameters_cell
from alignkit.project.notebooks import read as read_notebook

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = ROOT / "docs" / "commands.md"
PARAMETERS = ROOT / "docs" / "parameters.md"
NAMES = ROOT / "docs" / "names.md"
_SENTENCES = {name: import_module(f"alignkit.chapters.{name}.sentences")
              for name in params.CommunityParams.model_fields["chapters"].default}  # fmt: skip
CHAPTERS = {name: module for name, module in _SENTENCES.items() if hasattr(module, "numbers")}
"""Notebook → the module whose `numbers` it notes for narratives."""
HOW = """
Your words for a chapter are in `params/<community>/<cycle>/<chapter>.md`. They take a number by name, in double curly
braces, so that it cannot go out of date:

```text
In {{ outcome-chronic-absence.period }}, {{ outcome-chronic-absence.value }} of students missed a month or more of
school. Our goal is {{ outcome-chronic-absence.goal }}.
```

`alignkit check --names` lists every name of your last run, chapter by chapter, with what it says now. A name that no
chapter gives stops the book, and the message has the nearest names there are. A number that must stay hidden comes as
"hidden" or as a band such as "under 10%"; one that is unknown comes as "not known".

Each table lists a chapter's plain numbers, with examples. Below it are the chapter's sentences, which you may quote
whole. A sentence that does not apply now is empty.
"""
WRITTEN = "<!-- Written by `python scripts/write_reference.py`; do not edit here. -->"
FILES = (
    ("community.yml", params.CommunityParams, "Who the community is and where its tables are."),
    ("source, in community.yml", params.Source, "One of these, or several; each table is kept in one of them."),
    ("source.demo, in community.yml", params.DemoSource, "The invented community."),
    ("overrides, in community.yml", params.ChapterParams, "For a chapter's id: what it does differently."),
    (
        "`<cycle>.yml`",
        params.CycleParams,
        "One cycle: what every notebook declares, and its days. See [cycles.md](cycles.md).",
    ),
)


def commands() -> str:
    """docs/commands.md: each command with its words, arguments and options."""
    parts = ["# Commands", "", WRITTEN, "", *_text(command_line.help or ""), ""]
    for path, command in all_commands(command_line):
        parts += [f"## alignkit {path}", "", *_text(command.help or ""), "", *_options(command)]
    return "\n".join(parts).rstrip() + "\n"


def all_commands(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, as one writes it."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from all_commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def _text(help_: str) -> list[str]:
    """A docstring's paragraphs; those after \\b are shown as they stand."""
    lines: list[str] = []
    for paragraph in re.split(r"\n\s*\n", help_.strip()):
        body = paragraph.split("\n")
        if body[0].strip() == "\b":
            lines += ["```text", *textwrap.dedent("\n".join(body[1:])).split("\n"), "```", ""]
        else:
            lines += [*(line.strip() for line in body), ""]
    return lines[:-1]


def _options(command: click.Command) -> list[str]:
    context = click.Context(command, info_name=command.name)
    # every command has --help; how click writes that depends on what was called before
    named = [p for p in command.get_params(context) if "--help" not in p.opts]
    rows = [record for p in named if (record := p.get_help_record(context))]
    table = [f"| `{_cell(name)}` | {_cell(text)} |" for name, text in rows if text]
    return ["| option | what it does |", "|---|---|", *table, ""]


def parameters() -> str:
    """docs/parameters.md: each key of the parameter files, each parameter of the notebooks."""
    parts = ["# Parameters", "", WRITTEN, ""]
    for title, model, says in FILES:
        parts += [f"## {title}", "", says, "", "| key | kind | left out | what it says |", "|---|---|---|---|"]
        parts += [_key(model, name, text) for name, text in keys(model).items()]
        parts += [""]
    parts += ["## Notebooks", "", "What a notebook's parameters cell declares; `papermill -p NAME VALUE` sets it.", ""]
    parts += ["| notebook | parameter | kind | default | what it says |", "|---|---|---|---|---|", *_notebooks()]
    return "\n".join(parts).rstrip() + "\n"


def _notebooks() -> list[str]:
    """A row for each parameter; those that every notebook declares, once."""
    declared = {path.stem: list(_declared(path)) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
    common = [row for row in next(iter(declared.values())) if all(row in rows for rows in declared.values())]
    own = [f"| {name} | {row} |" for name, rows in declared.items() for row in rows if row not in common]
    return [*(f"| all | {row} |" for row in common), *own]


def names() -> str:
    """docs/names.md: for each chapter the names that narratives may quote."""
    parts = ["# Names for your own words", "", WRITTEN, HOW]
    for name, module in CHAPTERS.items():
        title = "Each outcome: `outcome-<outcome_id>.`" if name == "outcome" else f"`{name}.`"
        parts += [f"## {title}", "", "| name | what it is |", "|---|---|"]
        parts += [f"| `{key}` | {_cell(says)} |" for key, says in numbers(module.numbers).items()]
        parts += ["", f"Sentences: {', '.join(f'`{one}`' for one in sentences(name))}.", ""]
    return "\n".join(parts).rstrip() + "\n"


def numbers(function: Callable[..., object]) -> dict[str, str]:
    """Name → what it is, from the docstring of a chapter's `numbers`: one a line, longer ones indented."""
    entries = (inspect.getdoc(function) or "").partition("\n\n")[2]
    found = re.findall(r"^([\w<>]+): (.*(?:\n +.*)*)", entries, re.MULTILINE)
    return {name: " ".join(f"{says[0].upper()}{says[1:]}".split()) for name, says in found}


def sentences(notebook: str) -> list[str]:
    """Names of the sentences that a notebook says, in its order."""
    cells = read_notebook(ROOT / "notebooks" / f"{notebook}.ipynb").cells
    return re.findall(r'c\.say\(\s*"([\w-]+)"', "\n".join(cell.source for cell in cells if cell.cell_type == "code"))


def keys(model: type[BaseModel]) -> dict[str, str]:
    """Key → the sentence under it in params.py; empty where there is none."""
    tree = ast.parse(Path(params.__file__).read_text(encoding="utf-8"))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == model.__name__)
    found = {name: "" for name in model.model_fields if name != "id"}  # the folder's name says it
    for node, after in pairwise(body):
        named = isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id
        if named in found and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[str(named)] = " ".join(str(after.value.value).split())
    return found


def _key(model: type[BaseModel], name: str, says: str) -> str:
    field = model.model_fields[name]
    depends = name == "as_of"  # on the cycle and on the day
    default = None if depends else field.get_default(call_default_factory=True)
    shown = (
        "" if default in (None, {}) else f"`{json.dumps(default)}`" if default is not PydanticUndefined else "needed"
    )
    shown = "today; after the cycle, its last day" if depends else shown
    kind = getattr(field.annotation, "__name__", "") if isinstance(field.annotation, type) else str(field.annotation)
    return f"| `{name}` | {_cell(_plain(kind))} | {_cell(shown)} | {_cell(says)} |"


def _plain(kind: str) -> str:
    """A Python type as one would say it."""
    kind = re.sub(r"\b\w*(Params|Source)\b", "see below", kind)
    names = {"str": "text", "bool": "true or false", "int": "whole number", "float": "number", "date": "day"}
    kind = re.sub(r"typing\.|datetime\.|alignkit\.params\.|, \.\.\.", "", kind).replace(" | None", "")
    kind = re.sub(r"Literal\[(.*)\]", lambda found: found[1].replace("'", "").replace(", ", " or "), kind)
    kind = re.sub(r"tuple\[(.*)\]", r"list of \1", kind)
    kind = re.sub(r"dict\[str, (.*)\]", r"name: \1", kind)
    return re.sub(r"\b(str|bool|int|float|date)\b", lambda found: names[found[1]], kind).replace(" | ", ", ")


def _declared(path: Path) -> Iterator[str]:
    for line in parameters_cell(read_notebook(path)).source.split("\n"):
        found = re.fullmatch(r"(\w+): (\w+) = (.*?)  # (.*)", line)
        if found:
            name, kind, default, says = found.groups()
            yield f"`{name}` | {_plain(kind)} | `{_cell(default)}` | {_cell(says)}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    for file, text in ((COMMANDS, commands()), (PARAMETERS, parameters()), (NAMES, names())):
        file.write_text(text, encoding="utf-8", newline="\n")
