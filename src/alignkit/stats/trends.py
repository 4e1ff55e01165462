"""Which way a short series goes, and whether chance alone would do as well."""

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import factorial

import numpy as np
import numpy.typing as npt
from scipy import stats
from statsmodels.stats.contingency_tables import Table

from alignkit.errors import InputError

Array = npt.NDArray[np.float64]
EXACT_UP_TO = 40
"""Tied series longer than this use the normal approximation: by then it is exact to the third digit."""


@dataclass(frozen=True)
class Slope:
    """Change per unit of x, and the range of changes that fits."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class MannKendall:
    """Test of a monotone trend: `s` = rising pairs minus falling pairs, `p` two-sided, `n` points."""

    s: int
    p: float
    n: int


def theil_sen(x: npt.ArrayLike, y: npt.ArrayLike, confidence: float = 0.95) -> Slope:
    """Median of all pairwise slopes with Sen's interval (Sen 1968); NaN where there are under two points.

    `x` are positions in time, so a missing year widens the step and is not filled in.
    """
    at, values = _known(x, y)
    if len(at) < 2:
        return Slope(np.nan, np.nan, np.nan)
    if len(at) == 2:  # one pair has one slope, and nothing says how sure it is
        return Slope(float((values[1] - values[0]) / (at[1] - at[0])), np.nan, np.nan)
    found = stats.theilslopes(values, at, confidence)
    return Slope(float(found.slope), float(found.low_slope), float(found.high_slope))


def mann_kendall(x: npt.ArrayLike, y: npt.ArrayLike) -> MannKendall:
    """Exact two-sided Mann–Kendall test (Mann 1945; Kendall 1975), also where values are tied.

    p is 1 for under two points.
    """
    at, values = _known(x, y)
    n = len(values)
    ordered = values[np.argsort(at, kind="stable")]
    s = int(sum(np.sign(ordered[i + 1 :] - ordered[i]).sum() for i in range(n)))
    ties = np.unique(values, return_counts=True)[1]
    if n < 2 or len(ties) == 1:
        return MannKendall(s, 1.0, n)
    if ties.max() == 1:
        return MannKendall(s, float(stats.kendalltau(at, values, method="exact").pvalue), n)
    if n > EXACT_UP_TO:
        return MannKendall(s, float(stats.kendalltau(at, values, method="asymptotic").pvalue), n)
    return MannKendall(s, _tied_p(s, [int(t) for t in ties]), n)


def smallest_p(n: int) -> float:
    """The smallest two-sided p that `n` untied points can reach: every order but two is less extreme."""
    return 1.0 if n < 2 else 2 / factorial(n)


@cache
def critical_s(n: int, alpha: float) -> int | None:
    """The smallest |S| whose exact two-sided p does not exceed `alpha` for `n` untied points; None where none does."""
    counts = [1]
    for k in range(2, n + 1):
        counts = _times(counts, k)
    pairs, everything, tail = len(counts) - 1, sum(counts), 0
    found = None
    for inversions in range((pairs + 1) // 2):  # S = pairs − 2 · inversions
        tail += counts[inversions]
        if 2 * tail > alpha * everything * (1 + 1e-9):
            break
        found = pairs - 2 * inversions
    return found


def points_needed(family: int, alpha: float = 0.05) -> int:
    """How many points a series needs before its own Mann–Kendall test can pass Benjamini–Hochberg.

    That is with `family` series tested together and none of the others moving: smallest p ≤ alpha / family.
    One series needs 5 points, nine need 6.
    """
    if family < 1:
        raise InputError("a family of tests has at least one member", cure="count the outcomes in force")
    n = 2
    while smallest_p(n) * family > alpha * (1 + 1e-9):
        n += 1
    return n


def cochran_armitage(x: npt.ArrayLike, numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> tuple[float, float]:
    """Cochran–Armitage test of a linear trend in proportions with scores `x`: (z, two-sided p).

    Positive z: the proportion rises. NaN where it cannot be computed (under two points, no or only
    successes). It takes every child as drawn independently, which a changing town is not: second evidence,
    never the verdict.
    """
    at, hits, nobs = (np.asarray(a, float) for a in (x, numerator, denominator))
    known = ~np.isnan(at + hits + nobs) & (nobs > 0)
    at, hits, nobs = at[known], hits[known], nobs[known]
    if len(at) < 2 or hits.sum() in (0, nobs.sum()):
        return float("nan"), float("nan")
    table = Table(np.column_stack([nobs - hits, hits]), shift_zeros=False)
    test = table.test_ordinal_association(row_scores=at - at.min(), col_scores=np.array([0.0, 1.0]))
    # statsmodels conditions on both margins (variance with N - 1); the test as published divides by N
    z = float(test.zscore) * float(np.sqrt(nobs.sum() / (nobs.sum() - 1)))
    return z, float(2 * stats.norm.sf(abs(z)))


def weighted_trend(
    x: npt.ArrayLike, y: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike, confidence: float = 0.95
) -> tuple[float, float]:
    """Test of a linear trend in estimates that carry their own intervals: (z, two-sided p).

    Least squares weighted by the inverse of each value's variance, which its interval tells; positive z: the values
    rise. NaN under two values. As NCHS advises for estimates of complex surveys (Ingram et al. 2018, Guidelines for
    Analysis of Trends, Vital and Health Statistics 2:179). The longer side of an interval counts, as the shorter one
    may have been cut off at 0. It knows sampling error only, like `cochran_armitage`: second evidence, never the
    verdict. Written here because statsmodels' WLS estimates the scale that the survey has told.
    """
    at, values, below, above = (np.asarray(a, float) for a in (x, y, low, high))
    error = np.maximum(values - below, above - values) / stats.norm.isf((1 - confidence) / 2)
    known = ~np.isnan(at + values + error) & (error > 0)
    at, values, weight = at[known], values[known], error[known] ** -2
    if len(at) < 2:
        return float("nan"), float("nan")
    away = at - np.average(at, weights=weight)
    z = float((weight * away * values).sum() / np.sqrt((weight * away**2).sum()))
    return z, float(2 * stats.norm.sf(abs(z)))


def _known(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Array, Array]:
    at, values = np.asarray(x, float), np.asarray(y, float)
    if at.shape != values.shape:
        raise InputError(f"{at.size} positions for {values.size} values", cure="give one position per value")
    there = ~np.isnan(at) & ~np.isnan(values)
    at, values = at[there], values[there]
    if len(np.unique(at)) < len(at):
        raise InputError("two values stand at one point in time", cure="give one value per period")
    order = np.argsort(at)
    return at[order], values[order]


def _tied_p(s: int, ties: list[int]) -> float:
    """Share of all orders of the tied values with |S| at least as large.

    Inversions of a multiset's orders are counted by its q-multinomial coefficient (MacMahon 1916), and S is
    the number of untied pairs minus twice the inversions. Written here because scipy's exact method refuses
    ties.
    """
    counts, total = [1], 0
    for size in ties:
        for k in range(1, size + 1):
            total += 1
            counts = _divided(_times(counts, total), k)
    pairs = len(counts) - 1
    extreme = sum(c for inversions, c in enumerate(counts) if abs(pairs - 2 * inversions) >= abs(s))
    return extreme / sum(counts)


def _times(counts: list[int], m: int) -> list[int]:
    """A polynomial times 1 + q + … + q^(m-1)."""
    sums = [0, *accumulate(counts)]
    last = len(counts)
    return [sums[min(i + 1, last)] - sums[max(0, i + 1 - m)] for i in range(last + m - 1)]


def _divided(counts: list[int], m: int) -> list[int]:
    """A polynomial divided by 1 + q + … + q^(m-1); it always divides."""
    out: list[int] = []
    for i in range(len(counts) - m + 1):
        out.append(counts[i] - sum(out[max(0, i - m + 1) : i]))
    return out
