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
    y: Array,
    design: Array,
    *,
    errors: str = "HC2",
    cluster: npt.ArrayLike | None = None,
    weights: Array | None = None,
    within: npt.ArrayLike | None = None,
) -> Fit:
    """(Weighted) least squares of `y` on `design`; heteroskedasticity-consistent (HC0–HC3) or cluster-robust errors.

    The columns are independent (`independent`). With `within`, every group has a constant of its own, and only the
    design's columns are given; else a constant is among them. Degrees of freedom are rows − columns − groups, or
    clusters − 1 (Cameron and Miller 2015, Journal of Human Resources 50).
    """
    from statsmodels.regression.linear_model import WLS

    if within is not None:
        return _within(y, design, np.asarray(within, object), errors, cluster, weights)
    model = WLS(y, design, weights=np.ones(len(y)) if weights is None else weights)
    if cluster is None:
        found = model.fit(cov_type=errors)
        return Fit(float(found.params[0]), float(found.bse[0]), float(len(y) - design.shape[1]))
    groups = pd.factorize(np.asarray(cluster, object))[0]
    found = model.fit(cov_type="cluster", cov_kwds={"groups": groups, "use_correction": True})
    return Fit(float(found.params[0]), float(found.bse[0]), float(groups.max()))


def _within(
    y: Array, design: Array, groups: npt.ArrayLike, errors: str, cluster: npt.ArrayLike | None, weights: Array | None
) -> Fit:
    """As above, with the groups' constants taken out first (Frisch and Waugh 1933; Lovell 1963).

    Written here because statsmodels would hold a column for every group: thousands of schools and years times a
    million students are more than memory takes. It gives the same numbers (tests).
    """
    codes, weight = pd.factorize(np.asarray(groups, object))[0], np.ones(len(y)) if weights is None else weights
    root, total = np.sqrt(weight), np.bincount(codes, weight)
    q, r = np.linalg.qr(independent(without_groups(design, codes, weight) * root[:, None]))
    own = without_groups(y[:, None], codes, weight)[:, 0] * root
    rest = own - q @ (q.T @ own)
    pull = q @ np.linalg.inv(r)[0]  # what each row adds to the first coefficient
    free = len(y) - q.shape[1] - len(total)
    value = float(pull @ own)
    if cluster is not None:
        of = pd.factorize(np.asarray(cluster, object))[0]
        many = int(of.max()) + 1
        spread = (np.bincount(of, pull * rest) ** 2).sum() * many / (many - 1) * (len(y) - 1) / free
        return Fit(value, float(np.sqrt(spread)), float(many - 1))
    if errors == "nonrobust":
        return Fit(value, float(np.sqrt((pull**2).sum() * (rest**2).sum() / free)), float(free))
    left = 1 - (q**2).sum(axis=1) - weight / total[codes]
    left = np.where(left > 1e-9, left, np.inf)  # a row that is its own group fits itself
    times = {"HC0": 1.0, "HC1": len(y) / free, "HC2": 1 / left, "HC3": 1 / left**2}[errors]
    return Fit(value, float(np.sqrt(((pull * rest) ** 2 * times).sum())), float(free))


def without_groups(table: Array, codes: npt.NDArray[np.int64], weights: Array | None = None) -> Array:
    """The columns less their (weighted) mean in each row's group; zeros where the groups make up the whole column."""
    weight = np.ones(len(table)) if weights is None else weights
    total = np.bincount(codes, weight)
    found = [column - (np.bincount(codes, weight * column) / total)[codes] for column in table.T]
    size = [1e-9 * np.abs(column).max(initial=0.0) for column in table.T]
    kept = [np.where(np.abs(one).max(initial=0.0) > least, one, 0.0) for one, least in zip(found, size, strict=True)]
    return np.column_stack(kept) if kept else np.zeros((len(table), 0))


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
            codes, found = pd.factorize(words.to_numpy(object), sort=True)
            commonest = np.bincount(codes).argmax() if len(codes) else -1  # the first in the alphabet, of several
            for code, word in enumerate(found):
                if code != commonest:
                    parts[f"{name}: {word}"] = pd.Series((codes == code).astype(float), index=given.index)
    return pd.DataFrame(parts, index=frame.index)


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
