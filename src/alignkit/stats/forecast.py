"""Where a series goes if it keeps going as it went, and how sure that is."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special, stats

Array = npt.NDArray[np.float64]
Scale = Literal["logit", "log", "identity"]
MINIMUM_POINTS = 5
_HALF_A_DIGIT = 0.05


@dataclass(frozen=True)
class Forecast:
    """A projection to the positions `at`: center line and prediction limits, in the values' own unit."""

    at: Array
    center: Array
    low: Array
    high: Array


def forecast(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    at: npt.ArrayLike,
    *,
    scale: Scale = "identity",
    interval: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    confidence: float = 0.95,
) -> Forecast | None:
    """Straight line on the logit (percents), log (rates, counts) or natural scale, with its prediction
    interval.

    Ordinary least squares, Student's t with n - 2 degrees of freedom (Draper and Smith 1998, section 1.4).
    `interval` holds each value's own 95 % limits: the forecast is never narrower than what chance alone gives one
    value, which five points that happen to stand in line would otherwise claim. Written here because statsmodels'
    prediction interval has no such floor; without `interval` the two agree. None under five points.
    """
    position, values = np.asarray(x, float), np.asarray(y, float)
    there = ~np.isnan(position) & ~np.isnan(values)
    if there.sum() < MINIMUM_POINTS:
        return None
    low, high = (np.asarray(limit, float)[there] for limit in interval or (np.full(len(values), np.nan),) * 2)
    position, values = position[there], _inside(values[there], low, high, scale)
    line = np.polynomial.Polynomial.fit(position, _to(values, scale), 1)
    residual = _to(values, scale) - line(position)
    tail, degrees = (1 - confidence) / 2, len(values) - 2
    scatter = stats.t.isf(tail, degrees) * np.sqrt(float(residual @ residual) / degrees)
    chance = stats.norm.isf(tail) * np.sqrt(_sampling_variance(low, high, scale))
    ahead = np.atleast_1d(np.asarray(at, float))
    center = np.asarray(line(ahead), float)
    spread = float(((position - position.mean()) ** 2).sum())
    leverage = np.sqrt(1 + 1 / len(values) + (ahead - position.mean()) ** 2 / spread)
    reach = max(scatter, chance) * leverage
    return Forecast(ahead, _back(center, scale), _back(center - reach, scale), _back(center + reach, scale))


def _to(values: Array, scale: Scale) -> Array:
    if scale == "logit":
        return np.asarray(special.logit(values / 100), float)
    return np.log(values) if scale == "log" else values


def _back(values: Array, scale: Scale) -> Array:
    if scale == "logit":
        return np.asarray(100 * special.expit(values), float)
    return np.exp(values) if scale == "log" else values


def _inside(values: Array, low: Array, high: Array, scale: Scale) -> Array:
    """Values at 0 (or 100) have no logarithm (logit): the middle of their own interval stands for them."""
    if scale == "identity":
        return values
    ceiling = 100.0 if scale == "logit" else np.inf
    edge = (values <= 0) | (values >= ceiling)
    middle = np.where(np.isnan(low + high), values, (low + high) / 2)
    return np.clip(np.where(edge, middle, values), _HALF_A_DIGIT, ceiling - _HALF_A_DIGIT)


def _sampling_variance(low: Array, high: Array, scale: Scale) -> float:
    """Mean variance of one value by chance: from the 95 % limits on the line's scale; 0 if unknown."""
    known = ~np.isnan(low) & ~np.isnan(high)
    if not known.any():
        return 0.0
    ends = [_to(_inside(limit[known], limit[known], limit[known], scale), scale) for limit in (low, high)]
    return float(np.mean(((ends[1] - ends[0]) / (2 * stats.norm.isf(0.025))) ** 2))
