"""What an effect by design is made of, and what makes it unknown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import nan
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from alignkit.errors import InputError

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Standing = Literal["balanced", "adjust", "differs"]
Reason = Literal[
    "",
    "no_practice",  # nobody with the practice has a result
    "no_comparison",  # nobody without it has
    "too_few",
    "few_clusters",
    "attrition",
    "no_overlap",
    "differs",
    "pre_trend",
    "one_time",  # no results from before or none from after
]
"""Why an effect is not known; empty where it is."""
FEWEST = 10
"""Persons on either side below which no effect is given."""


@dataclass(frozen=True)
class Balance:
    """How far two groups differ in a covariate, after weighting: means of both sides and the standardized difference.

    `g` is Hedges' g, or Cox's index for a two-valued covariate; `before` is the same without weights.
    """

    covariate: str
    treated: float
    comparison: float
    g: float
    before: float
    standing: Standing


@dataclass(frozen=True)
class Effect:
    """The difference that a practice made, in the unit of the result, with its interval.

    `treated` and `comparison` count persons (or sites, where these are what is compared) on both sides, `clusters` the
    groups that were drawn or chosen whole (0: persons one by one). Where `reason` is not empty the effect is not known:
    value, low, high, error and p are NaN, and what is known beside it (`balance`, counts) stays.
    """

    value: float
    low: float
    high: float
    error: float
    p: float
    treated: int
    comparison: int
    clusters: int = 0
    reason: Reason = ""
    balance: tuple[Balance, ...] = ()
    lost: tuple[float, float] = (0.0, 0.0)
    """Shares of both sides without a result."""

    @property
    def known(self) -> bool:
        """Whether there is a number."""
        return not self.reason


def unknown(
    reason: Reason, treated: int, comparison: int, clusters: int = 0, balance: Sequence[Balance] = (),
    lost: tuple[float, float] = (0.0, 0.0),
) -> Effect:  # fmt: skip
    """An effect that is not known, and why."""
    return Effect(nan, nan, nan, nan, nan, treated, comparison, clusters, reason, tuple(balance), lost)


def estimated(value: float, error: float, df: float, about: Effect, confidence: float = 0.95) -> Effect:
    """`about` with a number: Student's t interval of `value` on `df` degrees of freedom (infinite: normal)."""
    reach = float(stats.t.isf((1 - confidence) / 2, df)) * error
    p = float(2 * stats.t.sf(abs(value) / error, df)) if error > 0 else nan
    return replace(about, value=value, low=value - reach, high=value + reach, error=error, p=p, reason="")


def too_small(treated: int, comparison: int, fewest: int = FEWEST) -> Reason:
    """The reason why there are too few on either side; empty where there are enough."""
    if not treated or not comparison:
        return "no_practice" if not treated else "no_comparison"
    return "too_few" if min(treated, comparison) < fewest else ""


def flags(values: npt.ArrayLike, what: str) -> Flags:
    """Zeros and ones (or True and False) as flags. Raises `InputError` for anything else."""
    found = np.asarray(values, float)
    if found.ndim != 1 or not np.isin(found, (0.0, 1.0)).all():
        raise InputError(f"{what} must be 0 or 1 for every row", cure="give one column of zeros and ones")
    return np.asarray(found == 1.0)


def same_length(**columns: npt.ArrayLike | None) -> None:
    """Raise `InputError` unless all given columns have one value per row."""
    sizes = {name: np.shape(np.asarray(column))[0] for name, column in columns.items() if column is not None}
    if len(set(sizes.values())) > 1:
        said = ", ".join(f"{name} {size}" for name, size in sizes.items())
        raise InputError(f"columns of different length: {said}", cure="give one value per row in each")
