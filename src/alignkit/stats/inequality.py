"""How unequal groups are, all of them together: the methods of health-equity monitoring.

Definitions as in the World Health Organization's Handbook on health inequality monitoring (2013), section 3, and
Harper and Lynch 2005 (Methods for Measuring Cancer Disparities, National Cancer Institute). Written here because no
Python library of standing has them. All take the groups' values and their sizes; groups without either are left out.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from alignkit.errors import InputError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Index:
    """A measure of inequality with its 95 % interval; NaN where none can be had."""

    value: float
    low: float
    high: float


def between_group_variance(values: npt.ArrayLike, sizes: npt.ArrayLike) -> float:
    """Σ pⱼ (yⱼ − μ)², pⱼ a group's share of all persons and μ the mean over persons; in squared units of the values."""
    y, p = _known(values, sizes)
    return float(p @ (y - p @ y) ** 2) if len(y) else float("nan")


def theil(values: npt.ArrayLike, sizes: npt.ArrayLike) -> float:
    """Theil's index between groups, Σ pⱼ (yⱼ / μ) ln(yⱼ / μ): 0 where all are alike; a value of 0 adds nothing."""
    y, p = _known(values, sizes)
    mean = float(p @ y) if len(y) else 0.0
    if mean <= 0 or (y < 0).any():
        return float("nan")
    share = y / mean
    return float(p @ np.where(share > 0, share * np.log(np.where(share > 0, share, 1.0)), 0.0))


def ridits(sizes: npt.ArrayLike) -> Array:
    """The middle of each group's place among all persons, 0 the first to 1 the last (Bross 1958)."""
    size = np.asarray(sizes, float)
    return np.asarray((np.cumsum(size) - size / 2) / size.sum())


def slope_index(values: npt.ArrayLike, sizes: npt.ArrayLike, confidence: float = 0.95) -> Index:
    """Slope index of inequality: the value at the top less the value at the bottom of the whole order.

    Groups stand in their order, the worst-off first. Least squares of the values on `ridits`, weighted by size;
    Student's t with groups − 2 degrees of freedom, so three groups give a very wide interval and two none (Mackenbach
    and Kunst 1997, Social Science and Medicine 44: 757).
    """
    y, p = _known(values, sizes)
    if len(y) < 2:
        return Index(np.nan, np.nan, np.nan)
    slope, error = _line(y, p)
    if np.isnan(error):
        return Index(slope, np.nan, np.nan)
    reach = float(stats.t.isf((1 - confidence) / 2, len(y) - 2)) * error
    return Index(slope, slope - reach, slope + reach)


def relative_index(values: npt.ArrayLike, sizes: npt.ArrayLike) -> float:
    """Relative index of inequality: the line's value at the top over that at the bottom (Kunst and Mackenbach 1995).

    NaN where the line reaches 0 at either end.
    """
    y, p = _known(values, sizes)
    if len(y) < 2:
        return float("nan")
    slope, _ = _line(y, p)
    bottom = float(p @ y) - slope / 2
    top = bottom + slope
    return top / bottom if min(top, bottom) > 0 else float("nan")


def _line(y: Array, p: Array) -> tuple[float, float]:
    """Slope of `y` on the ridits of `p`, weighted, and its standard error (NaN for two groups)."""
    x = ridits(p)
    away = x - p @ x
    slope = float((p * away * y).sum() / (p * away**2).sum())
    rest = y - p @ y - slope * away
    if len(y) < 3:
        return slope, float("nan")
    return slope, float(np.sqrt((p * rest**2).sum() / (len(y) - 2) / (p * away**2).sum()))


def _known(values: npt.ArrayLike, sizes: npt.ArrayLike) -> tuple[Array, Array]:
    y, size = np.asarray(values, float), np.asarray(sizes, float)
    if y.shape != size.shape:
        raise InputError(f"{y.size} values for {size.size} groups", cure="give one size per group")
    there = ~np.isnan(y) & (size > 0)
    return y[there], size[there] / size[there].sum() if there.any() else size[there]
