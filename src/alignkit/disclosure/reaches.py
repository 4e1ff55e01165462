"""What a function written in a notebook uses besides what it is given.

`foreign_data` looks at names, not at what runs: it finds honest slips (an unpublished table under a name that stood in
a cell above), and does not stop someone who means to get around it.
"""

import builtins
import datetime
import dis
import enum
import re
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache, partial
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, MethodWrapperType, ModuleType
from typing import Any

import numpy as np
import pandas as pd

FEW, LONG = 30, 300
"""A list or dict with more texts than `FEW`, or a text with more characters than `LONG`, is data, not a setting."""
_OPENS = frozenset({"open", "eval", "exec", "compile", "globals", "__import__", "input"})
_LOADS = re.compile(r"read_\w+|load_dataset|loadtxt|genfromtxt|fromfile|memmap|urlopen|urlretrieve|open|open_cycle")
"""Methods and functions that bring in data from outside."""
_READERS = ("alignkit.snapshot", "alignkit.last_book", "alignkit.community", "alignkit.sources",
            "alignkit.disclosure.cells")  # fmt: skip
"""Where alignkit itself opens a community's tables and counts, of this cycle or of the last book."""
_ATTRIBUTES = frozenset({"LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM"})
_LOOKS = ("matplotlib.colors", "matplotlib.ticker", "matplotlib.dates", "matplotlib.markers", "matplotlib.font_manager",
          "seaborn.palettes", "alignkit.theme", "alignkit.words")  # fmt: skip
"""Where objects come from that say how something looks or reads: palettes, tick formats, words."""
_PLAIN = (
    str,
    bytes,
    bool,
    int,
    float,
    type(None),
    type(pd.NA),
    datetime.date,
    datetime.timedelta,
    enum.Enum,
    re.Pattern,
)
_NUMPY = (np.ufunc, type(np.mean))
"""NumPy's own functions."""


def foreign_data(function: Callable[..., Any]) -> list[str]:
    """Name the data that `function` uses and was not given, in the order found; empty if there are none.

    Looked at: its closure, default arguments, the arguments of `functools.partial`, the object of a method, and the
    names it uses, through nested functions and the notebook's own functions, classes and modules that it calls. Of
    these pass: modules, functions and classes of installed libraries, colors, formats and words, single numbers,
    texts and dates as written in code, and small lists and dicts of texts. Everything else is data: frames, arrays,
    NumPy numbers (what pandas computes), lists of numbers, what `publish` returned, the open cycle, files. Data that
    the function makes in its own code is its own affair.
    """
    return list(dict.fromkeys(_of_callable(function, "the function", set())))


def _of_callable(function: Any, name: str, seen: set[int]) -> Iterator[str]:
    if id(function) in seen:
        return
    seen.add(id(function))
    if isinstance(function, partial):
        yield from _of_callable(function.func, name, seen)
        for at, value in enumerate(function.args, 1):
            yield from _of_value(value, f"argument {at} of partial", seen)
        for key, value in function.keywords.items():
            yield from _of_value(value, key, seen)
    elif isinstance(function, MethodType):
        yield from _of_value(function.__self__, name, seen)
        yield from _of_callable(function.__func__, name, seen)
    elif isinstance(function, FunctionType):
        yield from _of_function(function, seen)
    elif isinstance(function, type):
        yield from _of_class(function, seen)
    elif isinstance(function, (BuiltinFunctionType, MethodWrapperType)):
        yield from _of_builtin(function, name, seen)
    elif wrapped := getattr(function, "__wrapped__", None):  # functools.cache
        yield from _of_callable(wrapped, name, seen)
    elif not isinstance(function, _NUMPY):
        yield name


def _of_function(function: FunctionType, seen: set[int]) -> Iterator[str]:
    """A library's function only carries data if it was made while the notebook ran: its closure and defaults."""
    own = not _library(function.__module__ or "")  # None where code was compiled without a module's name
    if own or "<locals>" in function.__qualname__:
        yield from _of_defaults(function, seen)
        for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
            yield from _of_value(_held(cell), name, seen)
    if own:
        yield from _of_code(function.__code__, function.__globals__, seen)
    elif _LOADS.fullmatch(function.__name__) or _reads(function.__module__ or ""):
        yield function.__name__


def _of_defaults(function: FunctionType, seen: set[int]) -> Iterator[str]:
    code = function.__code__
    names = code.co_varnames[: code.co_argcount]
    given = function.__defaults__ or ()
    yield from _of_values(zip(names[len(names) - len(given) :], given, strict=True), seen)
    yield from _of_values((function.__kwdefaults__ or {}).items(), seen)


def _of_code(code: CodeType, scope: Mapping[str, Any], seen: set[int]) -> Iterator[str]:
    """The global names and the attributes that `code` and the functions in it use."""
    names, attributes = _names(code)
    yield from (name for name in attributes if _LOADS.fullmatch(name) or _reads(name))
    for name in names:
        if name in scope:
            value = scope[name]
            if isinstance(value, ModuleType) and not _library(value.__name__):
                there = {key: one for key, one in vars(value).items() if key in attributes}
                yield from _of_values(there.items(), seen)
            else:
                yield from _of_value(value, name, seen)
        elif name in _OPENS and hasattr(builtins, name):
            yield name


def _names(code: CodeType) -> tuple[list[str], list[str]]:
    """The global names that `code` reads, and the attributes; with those of the functions in it."""
    names, attributes = [], []
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"):
            names.append(str(step.argval))
        elif step.opname in _ATTRIBUTES or step.opname == "IMPORT_NAME":
            attributes.append(str(step.argval))
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            more = _names(constant)
            names, attributes = names + more[0], attributes + more[1]
    return list(dict.fromkeys(names)), list(dict.fromkeys(attributes))


def _of_values(named: Any, seen: set[int]) -> Iterator[str]:
    for name, value in named:
        yield from _of_value(value, name, seen)


def _of_value(value: Any, name: str, seen: set[int]) -> Iterator[str]:
    if isinstance(value, ModuleType) and _reads(value.__name__):
        yield value.__name__
    if isinstance(value, ModuleType) or _setting(value) or type(value).__module__.startswith(_LOOKS):
        return
    yield from _of_callable(value, name, seen)


def _setting(value: Any) -> bool:
    """Whether a value is a setting as people write it in a cell, and not data."""
    if isinstance(value, (list, tuple, Mapping, Set)):
        leaves = list(_leaves(value))
        return len(leaves) <= FEW and all(_setting(leaf) and not _counts(leaf) for leaf in leaves)
    if isinstance(value, (str, bytes)):
        return len(value) <= LONG
    return isinstance(value, _PLAIN) and not isinstance(value, np.generic)


def _counts(leaf: Any) -> bool:
    return isinstance(leaf, (int, float)) and not isinstance(leaf, (bool, enum.Enum))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        value = [*value, *value.values()]
    for one in value:
        if isinstance(one, (list, tuple, Mapping, Set)):
            yield from _leaves(one)
        else:
            yield one


def _of_class(kind: type, seen: set[int]) -> Iterator[str]:
    if _reads(kind.__module__):
        yield kind.__name__
    elif not _library(kind.__module__):
        there = vars(kind).items()
        members = {key: getattr(one, "fget", None) or getattr(one, "__func__", one) for key, one in there}
        yield from _of_values(((k, v) for k, v in members.items() if not k.startswith("__") or callable(v)), seen)


def _of_builtin(function: Any, name: str, seen: set[int]) -> Iterator[str]:
    if function.__name__ in _OPENS and getattr(builtins, function.__name__, None) is function:
        yield name
    elif (owner := getattr(function, "__self__", None)) is not None:
        yield from _of_value(owner, name, seen)


def _held(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # not assigned yet
        return None


def _reads(module: str) -> bool:
    return module in _READERS or module.startswith(tuple(f"{name}." for name in _READERS))


@cache
def _library(module: str) -> bool:
    """Whether a module is alignkit's, Python's or an installed library's; everything else is the notebook's own."""
    top = module.partition(".")[0]
    if top == "__main__":
        return False
    if top == "alignkit" or top in sys.builtin_module_names or top in sys.stdlib_module_names:
        return True
    file = getattr(sys.modules.get(module), "__file__", None)
    return file is not None and any(Path(file).is_relative_to(folder) for folder in _folders())


@cache
def _folders() -> tuple[Path, ...]:
    return tuple({Path(path) for key, path in sysconfig.get_paths().items() if key in ("purelib", "platlib")})
