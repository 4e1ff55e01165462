"""The effect of a practice from before and after, against others who went without it.

With few sites, interval and p come from the wild cluster bootstrap with the effect's absence imposed (Cameron, Gelbach
and Miller 2008, Review of Economics and Statistics 90: 414; library diff-diff), the same numbers every time.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.stats.effects.effect import Array, Effect, Flags, Reason, estimated, flags, same_length, unknown
from alignkit.stats.effects.linear import columns, first_coefficient, independent

FEWEST_SITES = 4
"""Sites on either side below which errors that allow for whole sites cannot be had (MacKinnon and Webb 2018)."""
MANY_SITES = 40
"""Sites from which the usual cluster-robust errors are good enough without a bootstrap (Cameron and Miller 2015)."""
DRAWS, SEED = 9_999, 1


def difference_in_differences(
    y: npt.ArrayLike,
    treated: npt.ArrayLike,
    post: npt.ArrayLike,
    *,
    cluster: npt.ArrayLike | None = None,
    covariates: pd.DataFrame | None = None,
    weights: npt.ArrayLike | None = None,
    errors: str = "HC2",
) -> Effect:
    """Change of those with a practice minus the change of the others over the same time.

    `y` (NaN where there is no result: left out), `treated` (0 or 1: belongs to those who get it), `post` (0 or 1: after
    it began), `cluster` (the site that got it as a whole), `covariates`, `weights` (persons a row stands for). Least
    squares with both sides, both times and their product; its coefficient is the effect. `errors` are those of
    statsmodels ("nonrobust", "HC0" to "HC3"); with `cluster` they are cluster-robust, below `MANY_SITES` bootstrapped.
    Assumes that both sides would have changed alike; `pre_trend` looks whether they did before.
    """
    same_length(y=y, treated=treated, post=post, cluster=cluster, covariates=covariates, weights=weights)
    values, side, after = np.asarray(y, float), flags(treated, "treated"), flags(post, "post")
    use = ~np.isnan(values)
    groups = None if cluster is None else pd.factorize(np.asarray(cluster, object)[use], sort=True)[0]
    about = _about(side[use], after[use], groups)
    if about.reason:
        return about
    design = _design(side[use], after[use], None if covariates is None else covariates[use])
    weight = np.ones(len(design)) if weights is None else np.asarray(weights, float)[use]
    fit = first_coefficient(values[use], design, errors=errors, cluster=groups, weights=weight)
    found = estimated(fit.value, fit.error, fit.df, about)
    if groups is None or groups.max() + 1 >= MANY_SITES:
        return found
    root = np.sqrt(weight)
    return _bootstrapped(values[use] * root, design * root[:, None], groups, found)


def pre_trend(
    y: npt.ArrayLike, treated: npt.ArrayLike, time: npt.ArrayLike, *, cluster: npt.ArrayLike | None = None
) -> float:
    """Two-sided p that both sides went the same way before the practice began.

    Takes results from before only. Least squares of `y` on each time and on `treated` times the (centered) time; the
    last coefficient is tested. NaN below two times, or with fewer than four clusters on a side: nothing can be seen. A
    large p does not show that they went the same way, least of all with few sites (Roth 2022, American Economic Review:
    Insights 4: 305).
    """
    same_length(y=y, treated=treated, time=time, cluster=cluster)
    values, side, at = np.asarray(y, float), flags(treated, "treated"), np.asarray(time, float)
    use = ~np.isnan(values)
    values, side, at = values[use], side[use].astype(float), at[use]
    if len(np.unique(at)) < 2 or len(np.unique(side)) < 2:
        return float("nan")
    times = (at[:, None] == np.unique(at)).astype(float)
    design = independent(np.column_stack([side * (at - at.mean()), side, times]))
    groups = None if cluster is None else np.asarray(cluster, object)[use]
    if len(values) <= design.shape[1] or (groups is not None and _few(groups, side > 0)):
        return float("nan")
    fit = first_coefficient(values, design, cluster=groups)
    nobody = Effect(np.nan, np.nan, np.nan, np.nan, np.nan, 0, 0)
    return estimated(fit.value, fit.error, fit.df, nobody).p


def _about(side: Flags, after: Flags, groups: npt.NDArray[np.int64] | None) -> Effect:
    """Who is compared, and why nothing can be said, where nothing can."""
    n1, n0 = int(side.sum()), int((~side).sum())
    reason: Reason = "no_practice" if not n1 else "no_comparison" if not n0 else ""
    cells = [int((group & when).sum()) for group in (side, ~side) for when in (after, ~after)]
    reason = reason or ("one_time" if min(cells) == 0 else "too_few" if min(cells) < 2 else "")
    if groups is None:
        return unknown(reason, n1, n0)
    return unknown(reason or ("few_clusters" if _few(groups, side) else ""), n1, n0, int(groups.max()) + 1)


def _design(side: Flags, after: Flags, covariates: pd.DataFrame | None) -> Array:
    """The product of side and time first, then a constant, both of them, and the covariates."""
    one, late = side.astype(float), after.astype(float)
    parts = [one * late, np.ones(len(one)), one, late]
    if covariates is not None and covariates.shape[1]:
        parts += list(columns(covariates).to_numpy(float).T)
    return independent(np.column_stack(parts))


def _few(groups: npt.NDArray[Any], side: Flags) -> bool:
    """Whether there are too few sites on either side."""
    return min(len(pd.unique(groups[rows])) for rows in (side, ~side)) < FEWEST_SITES


def _bootstrapped(y: Array, design: Array, groups: npt.NDArray[np.int64], found: Effect) -> Effect:
    from diff_diff.utils import wild_bootstrap_se

    kind = "webb" if groups.max() + 1 < 10 else "rademacher"
    drawn = wild_bootstrap_se(design, y, np.zeros(len(y)), groups, 0, n_bootstrap=DRAWS, weight_type=kind, seed=SEED)
    return replace(found, low=float(drawn.ci_lower), high=float(drawn.ci_upper), p=float(drawn.p_value))
