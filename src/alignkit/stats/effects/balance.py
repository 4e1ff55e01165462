"""Whether two groups were alike to begin with, by the standards of the What Works Clearinghouse."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.stats.effects.effect import Array, Balance, Flags, Standing, flags
from alignkit.stats.effects.linear import columns

ALIKE, TOO_FAR = 0.05, 0.25
"""|g| up to which groups count as alike; above which no adjustment helps (WWC Standards Handbook 4.1, II.A)."""
COX = 1.65
"""Cox's index: the difference in log odds over 1.65 (Cox 1970; WWC Procedures Handbook 4.1, appendix E)."""


def hedges_g(mean1: float, sd1: float, n1: float, mean0: float, sd0: float, n0: float) -> float:
    """Standardized mean difference with Hedges' correction for small samples, 1 − 3 / (4N − 9) (Hedges 1981)."""
    pooled = np.sqrt(((n1 - 1) * sd1**2 + (n0 - 1) * sd0**2) / (n1 + n0 - 2))
    if not pooled > 0:
        return 0.0 if mean1 == mean0 else float(np.inf * np.sign(mean1 - mean0))
    return float((mean1 - mean0) / pooled * (1 - 3 / (4 * (n1 + n0) - 9)))


def cox_index(p1: float, n1: float, p0: float, n0: float) -> float:
    """Standardized difference of two shares: their log odds ratio over 1.65, with Hedges' correction.

    A share of 0 or 1 is moved by half a person, so that its odds exist.
    """
    if p1 == p0:
        return 0.0
    inside = [min(max(p, 0.5 / n), 1 - 0.5 / n) for p, n in ((p1, n1), (p0, n0))]
    odds = [np.log(p / (1 - p)) for p in inside]
    return float((odds[0] - odds[1]) / COX * (1 - 3 / (4 * (n1 + n0) - 9)))


def balance(
    covariates: pd.DataFrame, treated: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> tuple[Balance, ...]:
    """How far both sides differ in every covariate, with `weights` (one per row; none: each counts once).

    Words become one two-valued covariate each. Spreads and numbers are those before weighting, so that weights cannot
    make a difference look small by widening the spread.
    """
    side, table = flags(treated, "treated"), columns(covariates)
    weight = np.ones(len(side)) if weights is None else np.asarray(weights, float)
    return tuple(_balance(str(name), table[name].to_numpy(float), side, weight) for name in table)


def worst(found: tuple[Balance, ...]) -> Standing:
    """The worst standing of all covariates; "balanced" where there is none."""
    standings = [one.standing for one in found]
    return next((word for word in ("differs", "adjust") if word in standings), "balanced")


def _balance(name: str, values: Array, side: Flags, weight: Array) -> Balance:
    n1, n0 = int(side.sum()), int((~side).sum())
    plain = values[side].mean(), values[~side].mean()
    means = tuple(float(np.average(values[group], weights=weight[group])) for group in (side, ~side))
    if ((values == 0) | (values == 1)).all():
        before, after = (cox_index(one, n1, zero, n0) for one, zero in (plain, means))
    else:
        spread = [float(values[group].std(ddof=1)) if group.sum() > 1 else 0.0 for group in (side, ~side)]
        before, after = (hedges_g(one, spread[0], n1, zero, spread[1], n0) for one, zero in (plain, means))
    return Balance(name, means[0], means[1], after, before, _standing(after))


def _standing(g: float) -> Standing:
    if abs(g) <= ALIKE:
        return "balanced"
    return "adjust" if abs(g) <= TOO_FAR else "differs"
