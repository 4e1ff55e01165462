"""Which pairs are worth comparing: blocking."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import recordlinkage
from recordlinkage.index import Block

from alignkit.linkage.settings import BLOCKS, REFINED

LARGEST = 20_000
"""A value that brings together more pairs than this (a shelter's address, January 1 for "not known") is no hint."""
FAIR, ANY = 3.0, 1e18
"""Pairs for each record that a value may bring together before `REFINED` takes its place."""
_NONE = pd.MultiIndex.from_arrays([np.array([], int), np.array([], int)])


def candidates(students: pd.DataFrame, clients: pd.DataFrame) -> pd.MultiIndex:
    """Every pair of rows that at least one of `BLOCKS` brings together, in order; both frames are `prepared`.

    A value that many records share brings together those only that agree in more (`REFINED`), so that pairs grow as
    records do. Where no such value is there, as in a small community, blocks are whole.
    """
    if students.empty or clients.empty:
        return _NONE
    rules = {"+".join(columns): (columns, FAIR if columns in REFINED else ANY) for columns in BLOCKS}
    rules |= {"+".join(more): (more, ANY) for finer in REFINED.values() for more in finer}
    one, other = _keyed(students, clients, rules)
    return recordlinkage.Index([Block(left_on=key) for key in rules]).index(one, other).sort_values()


def block(students: pd.DataFrame, clients: pd.DataFrame, columns: tuple[str, ...]) -> pd.MultiIndex:
    """The pairs that agree on `columns`."""
    if students.empty or clients.empty:
        return _NONE
    return Block(left_on="key").index(*_keyed(students, clients, {"key": (columns, ANY)})).sort_values()


def random_pairs(students: pd.DataFrame, clients: pd.DataFrame, many: int, seed: int) -> pd.MultiIndex:
    """Pairs drawn at random, nearly none of which are one person; with repetition."""
    if students.empty or clients.empty:
        return _NONE
    rng = np.random.default_rng(seed)
    drawn = [rng.integers(0, len(frame), many) for frame in (students, clients)]
    return pd.MultiIndex.from_arrays(drawn)


def _keyed(
    students: pd.DataFrame, clients: pd.DataFrame, rules: Mapping[str, tuple[tuple[str, ...], float]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One column of keys per rule (its columns, and pairs per record that a key may bring), numbered alike in both
    files; missing where a part is, or where a crowd has it."""
    both = pd.concat([students, clients], ignore_index=True)
    keys = {}
    for name, (columns, fair) in rules.items():
        number = both.groupby(list(columns), sort=False).ngroup().fillna(-1).to_numpy(np.int64)
        size = number.max(initial=-1) + 2  # what has no key is numbered -1, the last place
        ones, others = (np.bincount(part, minlength=size) for part in np.split(number % size, [len(students)]))
        pairs = ones * others
        keep = (number >= 0) & ((pairs <= LARGEST) & (pairs <= fair * (ones + others)))[number]
        keys[name] = np.where(keep, number, np.nan)
    frame = pd.DataFrame(keys)
    return frame.iloc[: len(students)].reset_index(drop=True), frame.iloc[len(students) :].reset_index(drop=True)
