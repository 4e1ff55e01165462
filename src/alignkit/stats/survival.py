"""How long until something happens, where for some it has not happened yet."""

import warnings

import numpy as np
import numpy.typing as npt
from scipy.stats import CensoredData, ecdf

from alignkit.stats.intervals import CONFIDENCE


def median_time(
    waited: npt.ArrayLike, happened: npt.ArrayLike, confidence: float = CONFIDENCE
) -> tuple[float, float, float]:
    """The time within which it happens to half of them, with its interval; NaN for an end that is not reached yet.

    `waited` is the time until it happened, or until today where it has not; `happened` says which. Kaplan and Meier
    1958; the interval holds the times at which the curve's own log-log interval takes in one half (Brookmeyer and
    Crowley 1982). It is only the median of what is waited for where those still waiting are like the rest.
    """
    times, done = np.asarray(waited, float), np.asarray(happened, bool)
    if not done.any():
        return float("nan"), float("nan"), float("nan")
    curve = ecdf(CensoredData(uncensored=times[done], right=times[~done])).sf
    with warnings.catch_warnings():  # before the first and after the last event the formula has no limits
        warnings.simplefilter("ignore", RuntimeWarning)
        limits = curve.confidence_interval(confidence, method="log-log")
    return tuple(_first_half(one.quantiles, one.probabilities) for one in (curve, limits.low, limits.high))  # type: ignore[return-value]


def _first_half(times: npt.NDArray[np.float64], shares: npt.NDArray[np.float64]) -> float:
    """The first time at which at most half are left."""
    there = np.flatnonzero(np.nan_to_num(shares, nan=1.0) <= 0.5 + 1e-12)
    return float(times[there[0]]) if there.size else float("nan")
