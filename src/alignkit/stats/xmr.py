"""XmR charts: which of a frequent indicator's values are more than its usual ups and downs."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from alignkit.errors import InputError

Array = npt.NDArray[np.float64]
D2, D4 = 1.128, 3.267
RUN = 8
FIRM = 12
"""Limits from fewer points are trial limits."""


@dataclass(frozen=True)
class Xmr:
    """Center, natural process limits, upper limit of the moving range, and which points are signals."""

    center: float
    low: float
    high: float
    range_limit: float
    trial: bool
    outside: tuple[bool, ...]
    run: tuple[bool, ...]
    """Part of eight or more points in a row on one side of the center."""

    @property
    def signals(self) -> tuple[bool, ...]:
        """Points that are more than usual ups and downs."""
        return tuple(a or b for a, b in zip(self.outside, self.run, strict=True))


def xmr(values: npt.ArrayLike, floor: float = -np.inf, ceiling: float = np.inf) -> Xmr:
    """Limits of individual values from the average moving range (Shewhart; Wheeler 1993): center ±
    3·mR̄/1.128.

    `values` in order of time, missing ones as NaN; limits stop at `floor` and `ceiling`, beyond which no
    value can be. Written here because scipy and statsmodels have no control charts.
    """
    y = np.asarray(values, float)
    known = y[~np.isnan(y)]
    if len(known) < 2:
        raise InputError("a control chart needs at least two values", cure="wait for the next value")
    center = float(known.mean())
    moving = float(np.abs(np.diff(known)).mean())
    low, high = max(center - 3 * moving / D2, floor), min(center + 3 * moving / D2, ceiling)
    outside = (y < low) | (y > high)
    return Xmr(center, low, high, D4 * moving, len(known) < FIRM, tuple(bool(o) for o in outside), _runs(y, center))


def _runs(y: Array, center: float) -> tuple[bool, ...]:
    """Which points belong to a run; a missing value neither breaks nor lengthens one."""
    found = np.zeros(len(y), bool)
    there = np.flatnonzero(~np.isnan(y))
    side = np.sign(y[there] - center)
    start = 0
    for i in range(len(side) + 1):
        if i == len(side) or side[i] != side[start] or side[i] == 0:
            if i - start >= RUN and side[start] != 0:
                found[there[start:i]] = True
            start = i
    return tuple(bool(f) for f in found)
