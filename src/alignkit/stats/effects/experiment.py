"""The effect of a practice that was given by lot."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from alignkit.stats.effects.balance import balance
from alignkit.stats.effects.effect import Array, Effect, Flags, estimated, flags, same_length, too_small, unknown
from alignkit.stats.effects.linear import columns, first_coefficient, independent

TOLERATED = 0.055
"""Standard deviations of bias from lost results that may be tolerated."""
_PULL = (0.45, 0.39)
"""How strongly staying is tied to the result, with and without the practice, where that is judged cautiously."""


def difference_in_means(
    y: npt.ArrayLike,
    treated: npt.ArrayLike,
    *,
    block: npt.ArrayLike | None = None,
    cluster: npt.ArrayLike | None = None,
    covariates: pd.DataFrame | None = None,
    errors: str = "HC2",
) -> Effect:
    """Mean result of those drawn for a practice minus that of those drawn against it (intention to treat).

    `y` (one per person drawn, NaN where there is no result), `treated` (0 or 1), `block` (who was drawn together: the
    difference is taken within blocks), `cluster` (who was drawn as a whole), `covariates` (known before the drawing,
    which only sharpen the estimate: centered and interacted with the drawing, Lin 2013, Annals of Applied Statistics 7:
    295). Errors are heteroskedasticity-consistent (MacKinnon and White 1985), or cluster-robust with clusters − 1
    degrees of freedom. Blocks in which everybody drew the same say nothing and are left out.

    Not known where too many results are lost, or on one side more than on the other (`attrition_bias`).
    """
    same_length(y=y, treated=treated, block=block, cluster=cluster, covariates=covariates)
    values, drawn = np.asarray(y, float), flags(treated, "treated")
    there = ~np.isnan(values)
    use = there & _both_drawn(drawn, there, block)
    groups = None if cluster is None else np.asarray(cluster, object)[use]
    about = _about(drawn[use], groups, None if covariates is None else covariates[use], _lost(there, drawn))
    if about.reason:
        return about
    within = None if block is None else np.asarray(block, object)[use]
    design = _design(drawn[use], block is None, covariates, use)
    fit = first_coefficient(values[use], design, errors=errors, cluster=groups, within=within)
    return estimated(fit.value, fit.error, fit.df, about)


FEWEST_CLUSTERS = 8
"""Clusters drawn, on both sides together, below which cluster-robust errors are too small to be believed."""


def _about(drawn: Flags, groups: npt.NDArray[np.object_] | None, covariates: pd.DataFrame | None,
           lost: tuple[float, float]) -> Effect:  # fmt: skip
    """Who is compared, and why nothing can be said, where nothing can."""
    n1, n0 = int(drawn.sum()), int((~drawn).sum())
    count = 0 if groups is None else len(pd.unique(groups))
    reason = too_small(n1, n0)
    before = balance(covariates, drawn) if covariates is not None and not reason else ()
    reason = reason or ("few_clusters" if groups is not None and count < FEWEST_CLUSTERS else "")
    reason = reason or ("attrition" if attrition_bias(*lost) > TOLERATED else "")
    return unknown(reason, n1, n0, count, before, lost)


def attrition_bias(lost_treated: float, lost_comparison: float) -> float:
    """Largest bias, in standard deviations, that lost results may bring (Deke and Chiang 2017, Evaluation Review 41).

    Their model: staying depends on a normal trait that is tied to the result; the bias is the difference between the
    trait's means among those who stayed, times that tie. The tie is taken as in the cautious boundary of the What Works
    Clearinghouse, the larger one on the side that makes the bias larger.
    """
    stayed = np.clip(1 - np.array([lost_treated, lost_comparison]), 1e-9, 1.0)
    means = stats.norm.pdf(stats.norm.isf(stayed)) / stayed
    return float(max(abs(a * means[0] - b * means[1]) for a, b in (_PULL, _PULL[::-1])))


def _lost(there: Flags, drawn: Flags) -> tuple[float, float]:
    shares = [1 - float(there[side].mean()) if side.any() else 0.0 for side in (drawn, ~drawn)]
    return shares[0], shares[1]


def _both_drawn(drawn: Flags, there: Flags, block: npt.ArrayLike | None) -> Flags:
    """Rows of blocks in which both sides have results."""
    if block is None:
        return np.ones(len(drawn), bool)
    frame = pd.DataFrame({"block": np.asarray(block, object), "drawn": drawn})
    share = frame["drawn"].where(pd.Series(there)).groupby(frame["block"]).transform("mean")
    return np.asarray((share > 0) & (share < 1))


def _design(drawn: Flags, constant: bool, covariates: pd.DataFrame | None, use: Flags) -> Array:
    """The drawing first, then a constant (blocks have their own), then covariates and their interactions with it."""
    side = drawn.astype(float)[:, None]
    parts = [side, np.ones((len(drawn), int(constant)))]
    if covariates is not None and covariates.shape[1]:
        known = columns(covariates[use]).to_numpy(float)
        known = known - known.mean(axis=0)
        parts += [known, known * (side - side.mean())]
    return independent(np.column_stack(parts))
