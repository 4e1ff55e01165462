"""The effect of a practice on those who had it, against others made like them by weights."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import optimize, special

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
from alignkit.stats.effects.linear import columns, dummies, first_coefficient, independent

LEFT_OUT = 0.1
"""Share of those with the practice who may be without anybody to compare with."""
CONCENTRATED = 0.1
"""Share of all weight that one person may carry."""


def weighted_comparison(
    y: npt.ArrayLike,
    treated: npt.ArrayLike,
    covariates: pd.DataFrame,
    *,
    baseline: Sequence[str] = (),
    chosen_on: Sequence[str] = (),
    exact: npt.ArrayLike | None = None,
    cluster: npt.ArrayLike | None = None,
) -> Effect:
    """Mean difference that a practice made to those who had it, from others weighted to be like them.

    `y` (NaN where there is no result: left out), `treated` (0 or 1), `covariates` (known before), `exact` (only within
    the same group, such as grade and year), `cluster` (for errors). The others' weights make their means of every
    covariate, and the spread of every number, those of the treated, and are otherwise as even as they can be (entropy
    balancing: Hainmueller 2012, Political Analysis 20: 25; doubly robust: Zhao and Percival 2017, Journal of Causal
    Inference 5). The difference is taken by weighted least squares with the covariates in it; errors are HC3 or
    cluster-robust.

    Weights can only mend what was measured. So where the sides differed by more than 0.25 standard deviations in one of
    `baseline` (earlier results) to begin with, the effect is not known ("differs"): whoever joins with such a
    difference differs in more. That does not hold for `chosen_on`, the columns by which alone it was decided who
    gets the practice; differences in these are the design. Nothing can show whether the sides differ in something
    that is in no column. Written here because no library of standing gives these weights with their balance; an
    interval from statsmodels' doubly robust estimator agrees (tests).
    """
    same_length(y=y, treated=treated, covariates=covariates, exact=exact, cluster=cluster)
    values, side = np.asarray(y, float), flags(treated, "treated")
    _known_columns(covariates, (*baseline, *chosen_on))
    everyone = ~np.isnan(values)
    use = everyone & _both_sides(side, everyone, exact)
    alone = 1 - use[side & everyone].mean() if (side & everyone).any() else 0.0
    groups = None if cluster is None else np.asarray(cluster, object)[use]
    n1, n0 = int((use & side).sum()), int((use & ~side).sum())
    reason: Reason = "no_overlap" if n1 and alone > LEFT_OUT else too_small(n1, n0)
    if reason:
        return unknown(reason, n1, n0)
    strata = None if exact is None else np.asarray(exact, object)[use]
    known, kept = covariates[use], side[use]
    plain, held = balance(known, kept), set(baseline) - set(chosen_on)
    if any(one.covariate in held and abs(one.before) > TOO_FAR for one in plain):
        return unknown("differs", n1, n0, 0, plain)
    numbers = columns(known)
    weights = _weights(numbers, strata, kept)
    found = balance(known, kept, weights)
    reason = _apart(found, weights, kept)
    about = unknown(reason, n1, n0, 0 if groups is None else len(pd.unique(groups)), found)
    if reason or weights is None:
        return about
    centered = (numbers - numbers.mean()).to_numpy(float)
    design = np.column_stack([kept.astype(float), dummies(strata, len(kept)), centered])
    counts = weights > 0
    groups = None if groups is None else groups[counts]
    design, result, weights = independent(design[counts]), values[use][counts], weights[counts]
    fit = first_coefficient(result, design, errors="HC3", weights=weights, cluster=groups)
    return estimated(fit.value, fit.error, fit.df, about)


def entropy_weights(moments: npt.ArrayLike, treated: npt.ArrayLike) -> Array | None:
    """Weights that give the others the treated's means of `moments` (rows × columns), as even as can be.

    The treated weigh 1 each, the others as much together. None where no weights can do it: the treated lie outside of
    what there is among the others. Solved as the convex dual by Newton steps (scipy's `trust-exact`).
    """
    table, side = np.asarray(moments, float), flags(treated, "treated")
    aim, others = table[side].mean(axis=0), table[~side]
    spread = np.maximum(table.std(axis=0), 1e-12)
    apart = (others - aim) / spread

    def dual(at: Array) -> tuple[float, Array]:
        bent = apart @ at
        share = special.softmax(bent)
        return float(special.logsumexp(bent)), share @ apart

    def curvature(at: Array) -> Array:
        share = special.softmax(apart @ at)
        mean = share @ apart
        return np.asarray((apart * share[:, None]).T @ apart - np.outer(mean, mean)) + 1e-10 * np.eye(len(at))

    start = np.zeros(table.shape[1])
    found = optimize.minimize(dual, start, jac=True, hess=curvature, method="trust-exact", options={"gtol": 1e-8})
    if np.abs(found.jac).max(initial=0.0) > 1e-4:
        return None
    weights = np.ones(len(side))
    weights[~side] = special.softmax(apart @ found.x) * side.sum()
    return weights


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


def _weights(known: pd.DataFrame, strata: npt.ArrayLike | None, side: Flags) -> Array | None:
    """Entropy weights; nothing for others of a kind (a word) that none of those with the practice is of."""
    table = known.to_numpy(float)
    words = [
        i for i in range(table.shape[1]) if len(np.unique(table[:, i])) == 2 and len(np.unique(table[side, i])) == 1
    ]
    alike = (table[:, words] == table[side][0, words]).all(axis=1)
    if side[alike].all():
        return None
    moments = _moments(known[alike], None if strata is None else np.asarray(strata)[alike], side[alike])
    found = entropy_weights(moments, side[alike])
    if found is None:
        return None
    weights = np.zeros(len(side))
    weights[alike] = found
    return weights


def _moments(known: pd.DataFrame, strata: npt.ArrayLike | None, side: Flags) -> Array:
    """What is to be alike: every covariate, squares of numbers, and the share in every group."""
    numbers = known.to_numpy(float)
    many = [len(np.unique(column)) > 2 for column in numbers.T]
    centered = numbers - numbers[side].mean(axis=0)
    parts = [numbers, centered[:, many] ** 2, dummies(strata, len(known))[:, 1:]]
    table = np.column_stack(parts)
    return np.asarray(independent(np.column_stack([np.ones(len(table)), table]))[:, 1:])


def _apart(found: Sequence[Balance], weights: Array | None, side: Flags) -> Reason:
    """Why the sides cannot be compared although they began alike; empty where they can."""
    if weights is None or _thin(weights[~side]):
        return "no_overlap"
    return "differs" if any(one.standing == "differs" for one in found) else ""


def _thin(others: Array) -> bool:
    """Whether hardly anybody stands for the others."""
    return bool(others.max() > CONCENTRATED * others.sum()) or effective_size(others) < FEWEST
