"""Least squares with honest errors: what the designs have in common."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """The first coefficient of a regression: its estimate, standard error and degrees of freedom."""

    value: float
    error: float
    df: float


def first_coefficient(
    y: Array, design: Array, *, errors: str = "HC2", cluster: npt.ArrayLike | None = None, weights: Array | None = None
) -> Fit:
    """(Weighted) least squares of `y` on `design`; heteroskedasticity-consistent (HC0–HC3) or cluster-robust errors.

    The columns are independent (`independent`). Degrees of freedom are rows − columns, or clusters − 1 (Cameron and
    Miller 2015, Journal of Human Resources 50).
    """
    from statsmodels.regression.linear_model import WLS

    model = WLS(y, design, weights=np.ones(len(y)) if weights is None else weights)
    if cluster is None:
        found = model.fit(cov_type=errors)
        return Fit(float(found.params[0]), float(found.bse[0]), float(len(y) - design.shape[1]))
    groups = pd.factorize(np.asarray(cluster, object))[0]
    found = model.fit(cov_type="cluster", cov_kwds={"groups": groups, "use_correction": True})
    return Fit(float(found.params[0]), float(found.bse[0]), float(groups.max()))


def columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Covariates as numbers: words become one column of zeros and ones each (the commonest word is left out).

    A missing number is replaced by the mean and flagged by a column of its own, so that nobody is dropped.
    """
    parts = dict[str, pd.Series]()
    for name, given in frame.items():
        if pd.api.types.is_numeric_dtype(given) or pd.api.types.is_bool_dtype(given):
            values = given.astype("Float64").astype(float)
            if values.isna().any():
                parts[f"{name}: not known"] = values.isna().astype(float)
            parts[str(name)] = values.fillna(values.mean() if values.notna().any() else 0.0)
        else:
            words = given.astype(object).where(given.notna(), "not known").astype(str)
            for word in sorted(set(words) - {words.mode().iloc[0]} if len(words) else ()):
                parts[f"{name}: {word}"] = (words == word).astype(float)
    return pd.DataFrame(parts, index=frame.index)


def dummies(values: npt.ArrayLike | None, rows: int) -> Array:
    """A column of ones for each group (one column of ones for all, where there are none)."""
    if values is None:
        return np.ones((rows, 1))
    codes = pd.factorize(np.asarray(values, object), sort=False)[0]
    return np.eye(codes.max() + 1)[codes] if rows else np.ones((0, 1))


def independent(design: Array) -> Array:
    """The design without columns that others already make up; the first column stays."""
    scaled = design / np.maximum(np.sqrt((design**2).sum(axis=0)), 1e-300)
    keep = list[int]()
    basis = np.zeros((len(design), 0))
    for i in range(design.shape[1]):
        rest = scaled[:, i] - basis @ (basis.T @ scaled[:, i])
        size = float(np.linalg.norm(rest))
        if size > 1e-8:
            keep.append(i)
            basis = np.column_stack([basis, rest / size])
    return np.asarray(design[:, keep])
