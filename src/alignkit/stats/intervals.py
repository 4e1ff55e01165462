"""How sure we can be of one number: intervals for proportions, counts, rates, surveys and differences.

All take numbers or arrays and give `(low, high)` of the same shape; an interval that cannot be had is NaN.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson

from alignkit.errors import InputError

Array = npt.NDArray[np.float64]
CONFIDENCE = 0.95


def wilson_interval(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, confidence: float = CONFIDENCE
) -> tuple[Array, Array]:
    """Wilson score interval of a proportion, between 0 and 1 (Wilson 1927; Newcombe 1998a, method 3)."""
    count, nobs = _pair(numerator, denominator)
    if bool(np.any(count > nobs)):
        raise InputError("a numerator is larger than its denominator", cure="check the counts")
    known = nobs > 0
    safe = np.where(known, nobs, 1.0)
    low, high = proportion_confint(np.where(known, count, 0.0), safe, alpha=1 - confidence, method="wilson")
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def with_share(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` (numerator, denominator) with value, low and high in percent: the share and its Wilson interval, missing
    where nobody counts."""
    count, of = frame["numerator"].to_numpy(float), frame["denominator"].to_numpy(float)
    low, high = wilson_interval(count, of)
    value = np.divide(100 * count, of, out=np.full(len(of), np.nan), where=of > 0)
    return frame.assign(value=value, low=100 * low, high=100 * high)


def byar_interval(
    count: npt.ArrayLike, exposure: npt.ArrayLike = 1.0, confidence: float = CONFIDENCE
) -> tuple[Array, Array]:
    """Interval of a count of events, or of events per unit of `exposure`: Byar's approximation, exact below
    10 events.

    Breslow and Day 1987, p. 69; the switch at 10 is that of the UK's public-health agencies (APHO Technical
    Briefing 3). Written here because statsmodels' `confint_poisson` has the exact method but not Byar's.
    """
    events, size = _pair(count, exposure)
    known = ~np.isnan(events) & (size > 0)
    events, size = np.where(known, events, 0.0), np.where(known, size, 1.0)
    exact_low, exact_high = confint_poisson(events, size, method="exact-c", alpha=1 - confidence)
    z = stats.norm.isf((1 - confidence) / 2)
    many, more = np.maximum(events, 1.0), events + 1
    low = many * (1 - 1 / (9 * many) - z / (3 * np.sqrt(many))) ** 3 / size
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3 / size
    low = np.where(events < 10, np.where(events == 0, 0.0, exact_low), low)
    high = np.where(events < 10, exact_high, high)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def converted_interval(
    value: npt.ArrayLike,
    low: npt.ArrayLike,
    high: npt.ArrayLike,
    confidence: npt.ArrayLike,
    to: float = CONFIDENCE,
) -> tuple[Array, Array]:
    """A survey's own interval at another confidence level: each side scaled by the ratio of normal quantiles.

    As the Census Bureau tells users of its 90 % margins of error to do (ACS General Handbook 2020, chapter
    7).
    """
    middle, ratio = np.asarray(value, float), stats.norm.isf((1 - to) / 2) / _quantile(confidence)
    return middle - (middle - np.asarray(low, float)) * ratio, middle + (np.asarray(high, float) - middle) * ratio


def newcombe_interval(
    count1: float, nobs1: float, count2: float, nobs2: float, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Interval of the difference of two independent proportions, first minus second (Newcombe 1998b: 10)."""
    low, high = confint_proportions_2indep(
        count1, nobs1, count2, nobs2, method="newcomb", compare="diff", alpha=1 - confidence
    )
    return float(low), float(high)


def difference_interval(first: tuple[float, float, float], second: tuple[float, float, float]) -> tuple[float, float]:
    """Interval of first minus second from their own `(value, low, high)`: square-and-add, also known as
    MOVER.

    Zou and Donner 2008. Written here because no library has it for values that come with an interval but no
    counts.
    """
    (value1, low1, high1), (value2, low2, high2) = first, second
    middle = value1 - value2
    below = float(np.hypot(value1 - low1, high2 - value2))
    above = float(np.hypot(high1 - value1, value2 - low2))
    return middle - below, middle + above


def ratio_interval(
    count1: float, nobs1: float, count2: float, nobs2: float, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Interval of the ratio of two independent proportions, first over second (Koopman's score method)."""
    if min(count1, count2) <= 0:
        return float("nan"), float("nan")
    with np.errstate(divide="ignore", invalid="ignore"):  # a root of 0, where everybody counts: that end is not known
        low, high = confint_proportions_2indep(
            count1, nobs1, count2, nobs2, method="score", compare="ratio", correction=False, alpha=1 - confidence
        )
    return float(low), float(high)


def _pair(first: npt.ArrayLike, second: npt.ArrayLike) -> tuple[Array, Array]:
    one, two = np.broadcast_arrays(np.asarray(first, float), np.asarray(second, float))
    if bool(np.any(one < 0)) or bool(np.any(two < 0)):
        raise InputError("a count is negative", cure="counts start at 0")
    return one, two


def _quantile(confidence: npt.ArrayLike) -> Array:
    level = np.asarray(confidence, float)
    if bool(np.any((level <= 0) | (level >= 1))):
        raise InputError("a confidence level is not between 0 and 1", cure="write 90 % as 0.9")
    return np.asarray(stats.norm.isf((1 - level) / 2), float)
