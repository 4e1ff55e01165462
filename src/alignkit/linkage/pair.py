"""Which pairs are worth comparing: blocking."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import recordlinkage
from recordlinkage.index import Block

from alignkit.linkage.settings import BLOCKS

LARGEST = 20_000
"""A value that brings together more pairs than this (a shelter's address, January 1 for "not known") is no hint."""
_NONE = pd.MultiIndex.from_arrays([np.array([], int), np.array([], int)])


def candidates(students: pd.DataFrame, clients: pd.DataFrame) -> pd.MultiIndex:
    """Every pair of rows that at least one of `BLOCKS` brings together, in order; both frames are `prepared`."""
    if students.empty or clients.empty:
        return _NONE
    keys = ["+".join(columns) for columns in BLOCKS]
    one, other = _keyed(students, clients, BLOCKS)
    return recordlinkage.Index([Block(left_on=key) for key in keys]).index(one, other).sort_values()


def block(students: pd.DataFrame, clients: pd.DataFrame, columns: tuple[str, ...]) -> pd.MultiIndex:
    """The pairs that agree on `columns`."""
    if students.empty or clients.empty:
        return _NONE
    return Block(left_on="+".join(columns)).index(*_keyed(students, clients, [columns])).sort_values()


def random_pairs(students: pd.DataFrame, clients: pd.DataFrame, many: int, seed: int) -> pd.MultiIndex:
    """Pairs drawn at random, nearly none of which are one person; with repetition."""
    if students.empty or clients.empty:
        return _NONE
    rng = np.random.default_rng(seed)
    drawn = [rng.integers(0, len(frame), many) for frame in (students, clients)]
    return pd.MultiIndex.from_arrays(drawn)


def _keyed(
    students: pd.DataFrame, clients: pd.DataFrame, rules: Sequence[tuple[str, ...]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One column of keys per rule, numbered alike in both files; missing where a part is, or where a crowd has it."""
    both = pd.concat([students, clients], ignore_index=True)
    keys = {}
    for columns in rules:
        number = both.groupby(list(columns), sort=False).ngroup().fillna(-1).to_numpy(np.int64)
        size = number.max(initial=-1) + 2  # what has no key is numbered -1, the last place
        ones, others = (np.bincount(part, minlength=size) for part in np.split(number % size, [len(students)]))
        keep = (number >= 0) & (ones * others <= LARGEST)[number]
        keys["+".join(columns)] = np.where(keep, number, np.nan)
    frame = pd.DataFrame(keys)
    return frame.iloc[: len(students)].reset_index(drop=True), frame.iloc[len(students) :].reset_index(drop=True)
