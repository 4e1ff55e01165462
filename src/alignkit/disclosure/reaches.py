"""What a function would use beside its arguments: a guard against slips, not against intent.

A cell's function sees every variable of its notebook, so one that is meant to work with published rows can take hold
of rows that never passed the door. Its code is looked through for that before it is called.
"""

import dis
import functools
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

_OPENS = frozenset({"open", "eval", "exec", "globals", "locals", "vars", "get_ipython", "__import__"})
"""Builtins that reach for what is not in the call."""
_LIBRARIES = tuple({sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")})
_DATA = (pd.DataFrame, pd.Series, pd.Index, np.ndarray, SimpleNamespace, Iterator)


def foreign_data(function: Callable[..., Any]) -> frozenset[str]:
    """Names of the data that `function` would use beside its arguments; empty where there are none.

    Looks at its closure, its defaults, the variables of its notebook that it names, and the same of every function of
    the notebook that it calls. Frames, arrays, lists and dicts of numbers, an open cycle and reading of files count as
    data; single values, texts, modules and library functions do not.
    """
    return frozenset(_reached(function, set()))


def _reached(function: Any, seen: set[int]) -> Iterator[str]:
    if id(function) in seen:
        return
    seen.add(id(function))
    if isinstance(function, functools.partial):
        numbered = {f"argument {place}": value for place, value in enumerate(function.args, 1)}
        for name, value in {**numbered, **function.keywords}.items():
            yield from _found(name, value, seen)
        yield from _reached(function.func, seen)
    elif isinstance(function, MethodType):
        yield from _found(f"the object of {function.__name__}", function.__self__, seen)
        yield from _reached(function.__func__, seen)
    elif isinstance(function, FunctionType) and not _of_a_library(function):
        yield from _in_function(function, seen)


def _in_function(function: FunctionType, seen: set[int]) -> Iterator[str]:
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            yield from _found(name, cell.cell_contents, seen)
        except ValueError:
            continue  # not assigned yet
    for value in (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()):
        yield from _found(f"a default of {function.__name__}", value, seen)
    for name in _globals_of(function.__code__):
        if name in function.__globals__:
            yield from _found(name, function.__globals__[name], seen)
        elif name in _OPENS:
            yield name


def _globals_of(code: CodeType) -> Iterator[str]:
    """Global names and reading functions (`pd.read_csv`) in a function's code and in the functions inside it."""
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield str(step.argval)
        elif step.opname in ("LOAD_ATTR", "LOAD_METHOD") and str(step.argval).startswith("read_"):
            yield "open"
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _globals_of(inner)


def _found(name: str, value: Any, seen: set[int]) -> Iterator[str]:
    """`name`, where its value is data; what it would use, where it is a function."""
    if isinstance(value, (type, ModuleType, BuiltinFunctionType)):
        return
    if callable(value) and not isinstance(value, _DATA) and not _is_open_cycle(value):
        yield from _reached(value, seen)
    elif isinstance(value, _DATA) or _is_open_cycle(value) or _holds_data(value):
        yield name


def _holds_data(value: Any) -> bool:
    items = [*value.keys(), *value.values()] if isinstance(value, Mapping) else value
    if not isinstance(items, (list, tuple, set, frozenset)):
        return False
    plain = (str, bool, type(None))
    return any(not isinstance(item, plain) and not callable(item) and (isinstance(item, (int, float, *_DATA)) or
               _is_open_cycle(item) or _holds_data(item)) for item in items)  # fmt: skip


def _is_open_cycle(value: Any) -> bool:
    """Whether a value gives access to tables or published measures: the open cycle, a Published, a group-by."""
    module = type(value).__module__
    kept = module.startswith(("alignkit.community", "alignkit.disclosure", "alignkit.snapshot"))
    return kept or module.startswith("pandas.core.groupby")


def _of_a_library(function: FunctionType) -> bool:
    """Whether a function comes with Python, an installed package or alignkit, and not from a notebook or beside it."""
    module = sys.modules.get(function.__module__)
    file = getattr(module, "__file__", None)
    if function.__module__.split(".")[0] == "alignkit":
        return True
    return file is not None and str(file).startswith(_LIBRARIES) and function.__module__ != "__main__"
