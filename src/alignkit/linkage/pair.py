"""Which pairs are worth comparing: blocking."""

import numpy as np
import pandas as pd
import recordlinkage
from recordlinkage.index import Block

from alignkit.linkage.settings import BLOCKS

_NONE = pd.MultiIndex.from_arrays([np.array([], int), np.array([], int)])


def candidates(students: pd.DataFrame, clients: pd.DataFrame) -> pd.MultiIndex:
    """Every pair of rows that at least one of `BLOCKS` brings together, in order; both frames are `prepared`."""
    if students.empty or clients.empty:
        return _NONE
    index = recordlinkage.Index([Block(left_on=list(columns)) for columns in BLOCKS])
    return index.index(students, clients).sort_values()


def block(students: pd.DataFrame, clients: pd.DataFrame, columns: tuple[str, ...]) -> pd.MultiIndex:
    """The pairs that agree on `columns`."""
    if students.empty or clients.empty:
        return _NONE
    return Block(left_on=list(columns)).index(students, clients).sort_values()


def random_pairs(students: pd.DataFrame, clients: pd.DataFrame, many: int, seed: int) -> pd.MultiIndex:
    """Pairs drawn at random, nearly none of which are one person; with repetition."""
    if students.empty or clients.empty:
        return _NONE
    rng = np.random.default_rng(seed)
    drawn = [rng.integers(0, len(frame), many) for frame in (students, clients)]
    return pd.MultiIndex.from_arrays(drawn)
