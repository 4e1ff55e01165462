"""Small helpers of the synthetic community: seeded generators, authored lists, typed frames."""

import csv
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from alignkit.contract.conform import conform
from alignkit.contract.schema import schema

_DTYPES = {"string": "object", "integer": "Int64", "number": "float64", "date": "datetime64[ns]", "boolean": "boolean"}


def generator(seed: int, step: str) -> np.random.Generator:
    """A generator for one step: a change in one step leaves the numbers of every other as they were."""
    return np.random.default_rng([seed, zlib.crc32(step.encode())])


@cache
def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    text = files("alignkit.demo").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def listed(name: str) -> list[dict[str, str]]:
    """The rows of `data/<name>.csv`, as text."""
    return [dict(row) for row in _rows(name)]


def authored(table: str) -> pd.DataFrame:
    """A table of the contract that was written by hand in `data/<table>.csv`, typed."""
    frame, failures = conform(table, pd.DataFrame(listed(table), dtype="object"))
    assert not failures, failures
    return frame


def typed(table: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    """Columns of equal length → the table's frame: every column of the contract, in order, of its type."""
    length = next(len(values) for values in columns.values() if np.ndim(values))
    made: dict[str, pd.Series] = {}
    for field in schema(table).fields:
        given = columns.get(field.name)
        values = given if np.ndim(given) else [given] * length
        made[field.name] = pd.Series(values, dtype=_DTYPES[field.type]).reset_index(drop=True)
    return pd.DataFrame(made)
