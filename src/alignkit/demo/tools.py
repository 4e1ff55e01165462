"""Small helpers of the synthetic community: seeded generators, authored lists, typed frames."""

import csv
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

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


def typed(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The table's frame: every column of the contract, in order and of its type; those not given are empty."""
    made: dict[str, pd.Series] = {}
    for field in schema(table).fields:
        values = frame[field.name].to_numpy() if field.name in frame else [None] * len(frame)
        made[field.name] = pd.Series(values, dtype=_DTYPES[field.type])
    return pd.DataFrame(made)
