"""Write docs/api.md, the public names that notebooks and tests use, from their docstrings: python scripts/write_api.py

tests/test_api.py holds the file against what is written here.
"""

import inspect
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import alignkit
from alignkit import testing

PAGE = Path(__file__).resolve().parents[1] / "docs" / "api.md"
WRITTEN = "<!-- Written by `python scripts/write_api.py`; do not edit here. -->"
AS_WRITTEN = {"Cycle": "c", "Published": "p"}
"""What a notebook calls the open cycle, and what it has published."""
INTRODUCTION = """# What notebooks use

Everything here is public: it is tested, and a change is announced in the changelog. Whatever is not here is private and
may move. A chapter's notebook also imports its own three modules, for example
`from alignkit.chapters.outcome import exhibits, measures, sentences`; their functions have docstrings of their own
(in JupyterLab: `measures.series?`).

    from alignkit import charts, open_cycle, tables

    c = open_cycle("riverbend", "2026-Q3")
    t = c.tables("outcomes", optional=["places"])"""


def page() -> str:
    """docs/api.md."""
    parts = [WRITTEN, "", INTRODUCTION, ""]
    for name in sorted(alignkit.__all__, key=str.lower):
        value = getattr(alignkit, name)
        if isinstance(value, ModuleType):
            parts += [f"## {name}", "", *_text(value), ""]
            parts += [line for member in _functions(value) for line in _entry(f"{name}.{member.__name__}", member)]
        elif isinstance(value, type):
            parts += [f"## {name}", "", *_text(value), ""]
            called = AS_WRITTEN.get(name, name)
            parts += [line for member, what in _members(value) for line in _entry(f"{called}.{member}", what)]
        else:
            parts += [f"## {name}", "", *_signed(name, value), *_text(value), ""]
    parts += ["## alignkit.testing", "", *_text(testing), ""]
    parts += [line for name in testing.__all__ for line in _entry(f"testing.{name}", getattr(testing, name))]
    return "\n".join(parts).rstrip() + "\n"


def _entry(name: str, value: Any) -> list[str]:
    return [f"### {name}", "", *_signed(name, value), *_text(value), ""]


def _signed(name: str, value: Any) -> list[str]:
    """The call as one writes it; a property has none."""
    if not isinstance(value, FunctionType):
        return []
    parameters = [one for one in inspect.signature(value).parameters.values() if one.name != "self"]
    plain = [one.replace(annotation=inspect.Parameter.empty) for one in parameters]
    shown = str(inspect.Signature(plain))
    return ["```text", f"{name}{shown}", "```", ""]


def _text(value: Any) -> list[str]:
    """A docstring as Markdown."""
    return inspect.cleandoc(inspect.getdoc(value) or "").split("\n")


def _functions(module: ModuleType) -> Iterator[Any]:
    """The functions and classes that a module lists in `__all__`, else those it defines, in the order of its file."""
    if listed := getattr(module, "__all__", None):
        yield from (getattr(module, name) for name in listed)
        return
    for name, value in vars(module).items():
        ours = getattr(value, "__module__", "") == module.__name__
        if ours and not name.startswith("_") and callable(value):
            yield value


def _members(kind: type) -> Iterator[tuple[str, Any]]:
    """Public methods and properties of a class, in the order of its file."""
    for name, value in vars(kind).items():
        member = value.fget if isinstance(value, property) else getattr(value, "func", value)
        if not name.startswith("_") and (isinstance(value, property) or hasattr(value, "func")):
            yield name, _Described(member)
        elif not name.startswith("_") and isinstance(value, FunctionType):
            yield name, value


class _Described:
    """A property: its words, and no call."""

    def __init__(self, function: Any) -> None:
        self.__doc__ = function.__doc__


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
