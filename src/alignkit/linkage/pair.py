"""Which pairs are worth comparing: blocking."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
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
    return _in_order([Block(left_on=key).index(one[[key]], other[[key]]) for key in rules], len(clients))


def block(students: pd.DataFrame, clients: pd.DataFrame, columns: tuple[str, ...], most: int) -> pd.MultiIndex:
    """The pairs that agree on `columns`; of more than `most`, those of every second, third, … student."""
    if students.empty or clients.empty:
        return _NONE
    one, other = _keyed(students, clients, {"key": (columns, ANY)})
    many = int(one["key"].map(other["key"].value_counts()).sum())
    return _in_order([Block(left_on="key").index(one.iloc[:: -(-many // most) or 1], other)], len(clients))


def _in_order(found: Sequence[pd.MultiIndex], clients: int) -> pd.MultiIndex:
    """Each pair of rows once, in order; as single numbers, which a million records need."""
    numbers = [pairs.get_level_values(0).to_numpy(np.int64) * clients + pairs.get_level_values(1) for pairs in found]
    return pd.MultiIndex.from_arrays(np.divmod(np.unique(np.concatenate(numbers)), clients))


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
    used = {column for columns, _ in rules.values() for column in columns}
    codes = {name: pd.factorize(np.concatenate([students[name], clients[name]]))[0] for name in used}
    keys = {}
    for name, (columns, fair) in rules.items():
        number = np.zeros(len(students) + len(clients), np.int64)
        for code in (codes[column] for column in columns):
            both = np.where((number < 0) | (code < 0), -1, number * (code.max(initial=0) + 1) + code)
            number = pd.factorize(np.where(both < 0, np.nan, both))[0]
        size = number.max(initial=-1) + 2  # what has no key is numbered -1, the last place
        ones, others = (np.bincount(part, minlength=size) for part in np.split(number % size, [len(students)]))
        pairs = ones * others
        keep = (number >= 0) & ((pairs <= LARGEST) & (pairs <= fair * (ones + others)))[number]
        keys[name] = np.where(keep, number, np.nan)
    frame = pd.DataFrame(keys)
    return frame.iloc[: len(students)].reset_index(drop=True), frame.iloc[len(students) :].reset_index(drop=True)
