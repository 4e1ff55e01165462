"""The effect of a practice on those who had it, against others made like them by weights.

The weights are those of entropy balancing (Hainmueller 2012, Political Analysis 20: 25; doubly robust: Zhao and
Percival 2017, Journal of Causal Inference 5). Written here because no library of standing gives them with their
balance; an interval from statsmodels' doubly robust estimator agrees (tests).

Weights can only fix what was measured. Nothing can show whether the sides differ in something that is in no column.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import optimize

from alignkit.errors import InputError
from alignkit.stats.effects.balance import TOO_FAR, balance
from alignkit.stats.effects.effect import (
    FEWEST,
    Array,
    Balance,
    Effect,
    Flags,
    Reason,
    estimated,
    flags,
    same_length,
    too_small,
    unknown,
)
from alignkit.stats.effects.linear import columns, first_coefficient, independent, without_groups

LEFT_OUT = 0.1
"""Share of those with the practice who may be without anybody to compare with."""
CONCENTRATED = 0.1
"""Share of all weight that one person may carry."""


def weighted_comparison(
    results: Mapping[str, npt.ArrayLike],
    treated: npt.ArrayLike,
    covariates: pd.DataFrame,
    *,
    baseline: Sequence[str] = (),
    chosen_on: Sequence[str] = (),
    exact: npt.ArrayLike | None = None,
    cluster: npt.ArrayLike | None = None,
) -> dict[str, Effect]:
    """Mean difference in each result that a practice made to those who had it, from others weighted to be like them.

    `results` (name → one value per person, NaN where there is none: left out), `treated` (0 or 1), `covariates` (known
    before), `exact` (only within the same group, such as grade and year), `cluster` (for errors). The others' weights
    make their means of every covariate, and the spread of every number, those of the treated, and are otherwise as even
    as they can be. Results of the same persons share their weights. The difference is taken by weighted least squares
    with the covariates in it; errors are HC3 or cluster-robust.

    Where the sides differed by more than 0.25 standard deviations in one of `baseline` (earlier results) to begin with,
    the effect is not known ("differs"): whoever joins with such a difference differs in more. That does not hold for
    `chosen_on`, the columns by which alone it was decided who gets the practice; differences in these are the design.
    """
    same_length(treated=treated, covariates=covariates, exact=exact, cluster=cluster, **results)
    _known_columns(covariates, (*baseline, *chosen_on))
    side, groups = flags(treated, "treated"), None if cluster is None else np.asarray(cluster, object)
    held, weighed, found = set(baseline) - set(chosen_on), dict[bytes, _Weighed](), dict[str, Effect]()
    for name, y in results.items():
        values = np.asarray(y, float)
        there = ~np.isnan(values)
        if (key := there.tobytes()) not in weighed:
            weighed[key] = _weighed(there, side, covariates, held, exact, groups)
        found[name] = _difference(values, weighed[key])
    return found


@dataclass(frozen=True)
class _Weighed:
    """Who is compared: rows in use, their design, strata, weights and clusters; none where `about` says why not."""

    about: Effect
    rows: npt.NDArray[np.int64]
    design: Array
    strata: npt.NDArray[Any]
    weights: Array
    groups: npt.NDArray[np.object_] | None


def _weighed(there: Flags, side: Flags, covariates: pd.DataFrame, held: set[str], exact: npt.ArrayLike | None,
             groups: npt.NDArray[np.object_] | None) -> _Weighed:  # fmt: skip
    use = there & _both_sides(side, there, exact)
    alone = 1 - use[side & there].mean() if (side & there).any() else 0.0
    n1, n0, none = int((use & side).sum()), int((use & ~side).sum()), np.zeros((0, 1))
    reason: Reason = "no_overlap" if n1 and alone > LEFT_OUT else too_small(n1, n0)
    nobody = partial(_Weighed, rows=np.zeros(0, int), design=none, strata=none[:, 0], weights=none[:, 0], groups=None)
    if reason:
        return nobody(unknown(reason, n1, n0))
    strata = np.zeros(use.sum()) if exact is None else np.asarray(exact, object)[use]
    numbers, kept = columns(covariates[use]), side[use]
    plain = balance(numbers, kept)
    if any(one.covariate in held and abs(one.before) > TOO_FAR for one in plain):
        return nobody(unknown("differs", n1, n0, 0, plain))
    weights = _weights(numbers, strata, kept)
    found = balance(numbers, kept, weights)
    reason = _apart(found, weights, kept)
    about = unknown(reason, n1, n0, 0 if groups is None else len(pd.unique(groups[use])), found)
    if reason or weights is None:
        return nobody(about)
    counts = weights > 0
    rows = np.flatnonzero(use)[counts]
    design = independent(np.column_stack([kept.astype(float), numbers.to_numpy(float)])[counts])
    return _Weighed(about, rows, design, strata[counts], weights[counts], None if groups is None else groups[rows])


def _difference(values: Array, of: _Weighed) -> Effect:
    if not len(of.rows):
        return of.about
    fit = first_coefficient(
        values[of.rows], of.design, errors="HC3", weights=of.weights, cluster=of.groups, within=of.strata
    )
    return estimated(fit.value, fit.error, fit.df, of.about)


def entropy_weights(
    moments: npt.ArrayLike, treated: npt.ArrayLike, strata: npt.ArrayLike | None = None
) -> Array | None:
    """Weights that give the others the treated's means of `moments` (rows × columns), as even as can be.

    The treated weigh 1 each, the others as much together; within each of `strata` as well, so that the others are
    spread over them as the treated are. None where no weights can do it: the treated lie outside of what there is among
    the others. Solved as the convex dual by Newton steps (scipy's `trust-exact`). The strata's shares are solved for
    within it, so that thousands of schools and years cost no more than one.
    """
    table, side = np.asarray(moments, float), flags(treated, "treated")
    codes = pd.factorize(np.zeros(len(side)) if strata is None else np.asarray(strata, object))[0]
    shares = np.bincount(codes[side], minlength=codes.max(initial=0) + 1) / side.sum()
    rows = np.flatnonzero(~side & (shares[codes] > 0))
    rows = rows[np.argsort(codes[rows], kind="stable")]
    begins = np.flatnonzero(np.diff(codes[rows], prepend=-1))
    if len(begins) < (shares > 0).sum():
        return None
    apart = (table[rows] - table[side].mean(axis=0)) / np.maximum(table.std(axis=0), 1e-12)
    dual, start = _Dual(apart, begins, shares[codes[rows][begins]]), np.zeros(table.shape[1])
    found = optimize.minimize(
        dual.value, start, jac=True, hess=dual.curvature, method="trust-exact", options={"gtol": 1e-8}
    )
    if np.abs(found.jac).max(initial=0.0) > 1e-4:
        return None
    weights = side.astype(float)
    weights[rows] = dual.weighed(found.x)[1] * side.sum()
    return weights


@dataclass(frozen=True)
class _Dual:
    """What is least where the weights are right, as a function of one multiplier per column.

    `apart`: the others less the treated's means, ordered by stratum; `begins`: each stratum's first row; `share`: how
    many of the treated are in it.
    """

    apart: Array
    begins: npt.NDArray[np.int64]
    share: Array

    def weighed(self, at: Array) -> tuple[float, Array]:
        """The dual and every row's weight."""
        bent, length = self.apart @ at, np.diff(np.append(self.begins, len(self.apart)))
        most = np.maximum.reduceat(bent, self.begins)
        raw = np.exp(bent - np.repeat(most, length))
        total = np.add.reduceat(raw, self.begins)
        return float(self.share @ (most + np.log(total))), raw * np.repeat(self.share / total, length)

    def value(self, at: Array) -> tuple[float, Array]:
        """The dual and its slope: how far the means still are apart."""
        value, weight = self.weighed(at)
        return value, weight @ self.apart

    def curvature(self, at: Array) -> Array:
        """The second derivatives, with a trace of a ridge for columns that hardly vary."""
        weight = self.weighed(at)[1][:, None] * self.apart
        means = np.add.reduceat(weight, self.begins)
        spread = weight.T @ self.apart - (means / self.share[:, None]).T @ means
        return np.asarray(spread + 1e-10 * np.eye(len(at)))


def effective_size(weights: npt.ArrayLike) -> float:
    """How many equally weighted persons say as much: (Σw)² / Σw² (Kish 1965)."""
    given = np.asarray(weights, float)
    return float(given.sum() ** 2 / (given**2).sum()) if given.size else 0.0


def _known_columns(covariates: pd.DataFrame, names: Sequence[str]) -> None:
    astray = sorted(set(names) - set(map(str, covariates.columns)))
    if astray:
        raise InputError(f"no covariate {', '.join(astray)}", cure=f"there are: {', '.join(map(str, covariates))}")


def _both_sides(side: Flags, there: Flags, exact: npt.ArrayLike | None) -> Flags:
    """Rows of groups in which there are results with and without the practice."""
    if exact is None:
        return np.ones(len(side), bool)
    share = pd.Series(side).where(pd.Series(there)).groupby(pd.Series(np.asarray(exact, object))).transform("mean")
    return np.asarray((share > 0) & (share < 1))


def _weights(known: pd.DataFrame, strata: npt.ArrayLike, side: Flags) -> Array | None:
    """Entropy weights; nothing for others of a kind (a word) that none of those with the practice is of."""
    table = known.to_numpy(float)
    words = [
        i for i in range(table.shape[1]) if len(np.unique(table[:, i])) == 2 and len(np.unique(table[side, i])) == 1
    ]
    alike = (table[:, words] == table[side][0, words]).all(axis=1)
    if side[alike].all():
        return None
    groups = np.asarray(strata, object)[alike]
    found = entropy_weights(_moments(known[alike], groups, side[alike]), side[alike], groups)
    if found is None:
        return None
    weights = np.zeros(len(side))
    weights[alike] = found
    return weights


def _moments(known: pd.DataFrame, strata: npt.ArrayLike, side: Flags) -> Array:
    """What is to be alike: every covariate and squares of numbers, without what the groups already make up."""
    numbers = known.to_numpy(float)
    many = [len(np.unique(column)) > 2 for column in numbers.T]
    centered = numbers - numbers[side].mean(axis=0)
    codes = pd.factorize(np.asarray(strata, object))[0]
    return independent(without_groups(np.column_stack([numbers, centered[:, many] ** 2]), codes))


def _apart(found: Sequence[Balance], weights: Array | None, side: Flags) -> Reason:
    """Why the sides cannot be compared although they began alike; empty where they can."""
    if weights is None or _thin(weights[~side]):
        return "no_overlap"
    return "differs" if any(one.standing == "differs" for one in found) else ""


def _thin(others: Array) -> bool:
    """Whether hardly anybody stands for the others."""
    return bool(others.max() > CONCENTRATED * others.sum()) or effective_size(others) < FEWEST
