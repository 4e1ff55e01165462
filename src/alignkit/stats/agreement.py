"""How far people who rate or vote agree: coefficients of agreement, each with what it is made of.

A coefficient that cannot be had (nobody rated, everyone said the same of everything) is NaN.
"""

from dataclasses import dataclass
from itertools import combinations
from math import nan
from typing import Literal

import krippendorff
import numpy as np
import numpy.typing as npt
from scipy import stats

from alignkit.errors import InputError

Array = npt.NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval", "ratio"]
"""What the distance between two values means."""


@dataclass(frozen=True)
class Estimate:
    """A coefficient with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Concordance:
    """Kendall's W of `raters` who all rated the same `items`, with its chi-square test (`df` = items − 1)."""

    w: float
    chi2: float
    df: int
    p: float
    raters: int
    items: int


def krippendorff_alpha(ratings: npt.ArrayLike, level: Level = "ordinal") -> float:
    """Krippendorff's alpha of `ratings` (raters × items, NaN where a rater was silent): 1 all agree, 0 as by chance.

    Computed by the library `krippendorff` (Castro 2017), after Krippendorff 2019, chapter 12.
    """
    table = _matrix(ratings)
    values = np.unique(table[~np.isnan(table)])
    return _alpha(_counted(table, values), values, level)


def jackknife_alpha(ratings: npt.ArrayLike, level: Level = "ordinal", confidence: float = 0.95) -> Estimate:
    """Alpha with an interval that says what other raters of the same kind might have given.

    The raters are left out one at a time, and not the items: who answered is a sample of those who could have, the list
    of items is not a sample of anything. Pseudo-values and Student's t with raters − 1 degrees of freedom
    (Efron and Tibshirani 1993, chapter 11). No interval below three raters, or where leaving one out leaves nothing to
    compare.
    """
    table = _matrix(ratings)
    table = table[~np.isnan(table).all(axis=1)]
    values, raters = np.unique(table[~np.isnan(table)]), len(table)
    counts = _counted(table, values)
    whole = _alpha(counts, values, level)
    own = (table[:, :, None] == values).astype(int)
    without = np.array([_alpha(counts - one, values, level) for one in own])
    if raters < 3 or np.isnan(without).any():
        return Estimate(whole, nan, nan)
    pseudo = raters * whole - (raters - 1) * without
    error = float(np.std(pseudo, ddof=1)) / np.sqrt(raters)
    reach = float(stats.t.isf((1 - confidence) / 2, raters - 1)) * error
    return Estimate(whole, float(max(whole - reach, -1.0)), float(min(whole + reach, 1.0)))


def kendall_w(ratings: npt.ArrayLike) -> Concordance:
    """Kendall's coefficient of concordance of `ratings` (raters × items), corrected for ties.

    Raters who left out an item are left out: W compares whole lists. Kendall and Gibbons 1990, chapter 6; the
    chi-square approximation is meant for more than seven items. Written here because scipy has no W.
    """
    table = _matrix(ratings)
    table = table[~np.isnan(table).any(axis=1)]
    m, n = table.shape
    if m < 2 or n < 2:
        return Concordance(nan, nan, max(n - 1, 0), nan, m, n)
    ranks = stats.rankdata(table, axis=1)
    ties = sum(float((size**3 - size).sum()) for size in (np.unique(row, return_counts=True)[1] for row in ranks))
    most = m**2 * n * (n**2 - 1) - m * ties
    if most <= 0:  # nobody tells any two items apart
        return Concordance(nan, nan, n - 1, nan, m, n)
    sums = ranks.sum(axis=0)
    w = (12 * float((sums**2).sum()) - 3 * m**2 * n * (n + 1) ** 2) / most
    chi2 = m * (n - 1) * w
    return Concordance(w, chi2, n - 1, float(stats.chi2.sf(chi2, n - 1)), m, n)


def van_der_eijk(counts: npt.ArrayLike) -> float:
    """Van der Eijk's agreement A of one ordered rating scale: 1 all in one place, 0 spread evenly, −1 at both ends.

    `counts` are how many chose each category, empty ones included; at least three categories. The distribution is taken
    apart into flat layers; a layer's agreement is weighed by its share of the cases (van der Eijk 2001, Quality and
    Quantity 35: 325–341). Written here because no Python library of standing has it.
    """
    left = np.asarray(counts, np.float64).copy()
    if left.ndim != 1 or len(left) < 3 or bool((left < 0).any()):
        raise InputError("agreement needs counts in at least three categories", cure="give empty categories as 0")
    total, agreement = float(left.sum()), 0.0
    if total == 0:
        return nan
    while left.any():
        used = left > 0
        height = float(left[used].min())
        agreement += height * int(used.sum()) / total * _layer(used)
        left[used] -= height
    return agreement


def rice_index(support: int, oppose: int) -> float:
    """Rice's index of cohesion: |for − against| / (for + against); abstentions do not count (Rice 1928)."""
    voted = support + oppose
    return abs(support - oppose) / voted if voted else nan


def agreement_index(support: int, oppose: int, abstain: int) -> float:
    """The agreement index of Hix, Noury and Roland: 1 all alike, 0 evenly split over for, against and abstaining.

    (largest − ½ (all − largest)) / all (British Journal of Political Science 35, 2005: 215).
    """
    everyone, largest = support + oppose + abstain, max(support, oppose, abstain)
    return (largest - (everyone - largest) / 2) / everyone if everyone else nan


def _matrix(ratings: npt.ArrayLike) -> Array:
    table = np.asarray(ratings, np.float64)
    if table.ndim != 2:
        raise InputError("ratings must be a table of raters × items", cure="one row a rater, one column an item")
    return table


def _counted(table: Array, values: Array) -> npt.NDArray[np.int_]:
    """How many raters gave each item each value: items × values."""
    return np.asarray((table[:, :, None] == values).sum(axis=0), int)


def _alpha(counts: npt.NDArray[np.int_], values: Array, level: Level) -> float:
    pairable = counts[counts.sum(axis=1) > 1]
    used = pairable.sum(axis=0) > 0
    if used.sum() < 2:  # one value only: there is no disagreement to measure agreement against
        return nan
    return float(
        krippendorff.alpha(value_counts=pairable[:, used], value_domain=values[used], level_of_measurement=level)
    )


def _layer(used: npt.NDArray[np.bool_]) -> float:
    """Agreement of one flat layer: unimodality, less the more categories it spreads over."""
    k, filled = len(used), int(used.sum())
    patterns = [tuple(three) for three in combinations(used.tolist(), 3)]
    bimodal = patterns.count((True, False, True))
    unimodal = patterns.count((True, True, False)) + patterns.count((False, True, True))
    told = (k - 2) * (unimodal + bimodal)
    unimodality = ((k - 2) * unimodal - (k - 1) * bimodal) / told if told else 1.0
    return float(unimodality * (1 - (filled - 1) / (k - 1)))
