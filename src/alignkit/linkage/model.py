"""How much each level of agreement says: the model of Fellegi and Sunter (1969), with levels and with kin.

A pair is one person, two strangers, or kin: two members of a household, who share a last name and a home but not the
rest. Without the third kind, parents, brothers and sisters pass for each other. `u`, how often strangers agree so far,
is counted on pairs drawn at random (full agreement from the values' own frequencies). `m`, how often two records of one
person do, comes from expectation–maximisation with `u` held fixed, once among the pairs of each rule in `TRAINING`
without the fields which that rule has made agree: blocking makes fields agree, and a model that takes this for evidence
collapses on large files. Written here because recordlinkage's own classifier knows neither levels nor missing values,
fixed `u` or kin.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.linkage.compare import MISSING, compared, compared_further
from alignkit.linkage.pair import block, random_pairs
from alignkit.linkage.settings import FIELDS, Settings

Floats = npt.NDArray[np.float64]
Rates = Mapping[str, Floats]
"""Field → how often each of its levels occurs among pairs of one kind."""

TRAINING: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("birth_date",), ("birth_date",)),
    (("first_name", "postal_code"), ("first_name", "home")),
)
"""(columns that are blocked on, fields left out there)."""
USUAL: Mapping[str, tuple[float, ...]] = {
    "first_name": (0.78, 0.07, 0.04, 0.01, 0.10),
    "middle_name": (0.45, 0.50, 0.05),
    "last_name": (0.84, 0.06, 0.06, 0.04),
    "birth_date": (0.92, 0.05, 0.03),
    "sex": (0.98, 0.02),
    "home": (0.60, 0.10, 0.12, 0.18),
}
"""What is usual among records of one person: where EM starts, and worth `PRIOR` pairs of evidence afterwards."""
PRIOR = 10.0
SHARED = ("last_name", "home")
"""What members of a household have in common."""
ADJUSTED = ("first_name", "last_name")
"""Fields in which agreeing on a rare value says more than agreeing on a common one."""
ENOUGH_PAIRS = 200_000
"""Pairs of a block from which the rates are learned, about."""
ROUNDS, ENOUGH = 100, 1e-5
START = np.array([0.3, 0.1, 0.6])
TWINS = np.array([0.02, 0.01, 0.97])
"""Birth dates among members of a household: about 3 of 100 children are twins, the rest is chance. Not estimated: where
a file has no households, the kind would take over pairs that are one person."""


@dataclass(frozen=True)
class Model:
    """Rates of one person (`m`), of kin (`k`) and of strangers (`u`), and what share of all pairs each kind is."""

    m: Rates
    k: Rates
    u: Rates
    shares: Floats

    @property
    def prior(self) -> float:
        """The share of all pairs that are one person."""
        return float(self.shares[0])

    @property
    def frame(self) -> pd.DataFrame:
        """The model as a table: field, level, m, k, u."""
        rows = [
            (field, *row)
            for field, levels in FIELDS.items()
            for row in zip(levels, self.m[field], self.k[field], self.u[field], strict=True)
        ]
        return pd.DataFrame(rows, columns=["field", "level", "m", "k", "u"])


def fitted(
    students: pd.DataFrame, clients: pd.DataFrame, settings: Settings, pairs: pd.MultiIndex, levels: pd.DataFrame
) -> Model:
    """The model of two `prepared` files; `with_shares` then says how many pairs are of each kind.

    `pairs` and `levels` were compared already: what the model is learned from need not be compared again.
    """
    drawn = compared(random_pairs(students, clients, settings.random_pairs, settings.seed), students, clients)
    u = {field: _strangers(field, drawn[field].to_numpy(), students, clients) for field in FIELDS}
    usual = {field: np.array(rates) for field, rates in USUAL.items()}
    model = Model(usual, _kin(usual, u), u, START)
    sums = {field: PRIOR * rates for field, rates in usual.items()}
    for columns, left_out in TRAINING:
        wanted = block(students, clients, columns, ENOUGH_PAIRS)
        found = compared_further(wanted, students, clients, pairs, levels)
        counts = _expected(found[[field for field in FIELDS if field not in left_out]], model)
        sums = {field: sums[field] + counts.get(field, 0.0) for field in sums}
    m = {field: counts / counts.sum() for field, counts in sums.items()}
    return Model(m, _kin(m, u), u, START)


def bits(levels: pd.DataFrame, model: Model, common: Mapping[str, Floats] | None = None) -> Floats:
    """log2 of how often pairs look as each pair does, among one person's, kin's and strangers': shape (3, pairs).

    What is missing says nothing. `common`: field of `ADJUSTED` → how common the value of each pair is. Where it agrees
    fully, that takes the place of the rate of strangers, and of kin, who choose first names as strangers do.
    """
    found = np.zeros((3, len(levels)))
    for field in map(str, levels):
        level = levels[field].to_numpy()
        for kind, rates in enumerate((model.m, model.k, model.u)):
            said = np.append(np.log2(rates[field]), 0.0)[level]  # MISSING takes the last: 0
            if common and field in common and (kind == 2 or (kind == 1 and field not in SHARED)):
                said = np.where(level == 0, np.log2(common[field]), said)
            found[kind] += said
    return found


def weights(found: Floats, model: Model) -> Floats:
    """Match weights in bits: one person against kin and strangers as they are mixed among all pairs."""
    rest = model.shares[1:] / model.shares[1:].sum()
    return found[0] - np.logaddexp2(found[1] + np.log2(rest[0]), found[2] + np.log2(rest[1]))


def with_shares(model: Model, found: Floats, all_pairs: int) -> Model:
    """The model with the share of each kind among all pairs; pairs that were not compared count as strangers."""
    shares = np.array([1.0, 1.0, max(all_pairs - 2.0, 1.0)]) / max(all_pairs, 3)
    for _ in range(ROUNDS):
        each = np.exp2(found - found.max(axis=0, initial=-np.inf)) * shares[:, None]
        some = (each[:2] / each.sum(axis=0)).sum(axis=1) + 0.5
        new = np.append(some, max(all_pairs - some.sum(), 1.0)) / max(all_pairs, some.sum() + 1)
        moved = float(np.abs(new - shares).max())
        shares = new
        if moved < ENOUGH * shares[0]:
            break
    return replace(model, shares=shares)


def commonness(values: pd.Series, other: pd.Series) -> dict[str, float]:
    """How common each value is in both files together."""
    found = pd.concat([values, other]).value_counts(normalize=True)
    return dict(zip(found.index, found.to_numpy(float), strict=True))


def _strangers(field: str, level: npt.NDArray[np.int8], students: pd.DataFrame, clients: pd.DataFrame) -> Floats:
    """`u` of one field; half a pair is added to every level, so that none is impossible."""
    counts = np.bincount(level[level != MISSING], minlength=len(FIELDS[field])) + 0.5
    column = "street_address" if field == "home" else field
    ones, others = (frame[column].value_counts(normalize=True) for frame in (students, clients))
    same = float((ones * others.reindex(ones.index, fill_value=0)).sum())
    same = min(max(same, 0.5 / counts.sum()), 0.999)
    return np.concatenate([[same], (1 - same) * counts[1:] / counts[1:].sum()])


def _kin(m: Rates, u: Rates) -> Rates:
    return {field: m[field] if field in SHARED else u[field] for field in FIELDS} | {"birth_date": TWINS}


def _expected(levels: pd.DataFrame, model: Model) -> dict[str, Floats]:
    """EM in which only the rates of one person move: how many such pairs show each level of each field."""
    patterns = levels.value_counts().reset_index()
    many = patterns.pop("count").to_numpy(float)
    counts = {field: np.zeros(len(FIELDS[field])) for field in map(str, patterns)}
    for _ in range(ROUNDS if len(many) else 0):
        log = bits(patterns, model)
        each = np.exp2(log - log.max(axis=0)) * model.shares[:, None]
        each *= many / each.sum(axis=0)
        counts = {field: _tally(patterns[field].to_numpy(), each[0], len(FIELDS[field])) for field in counts}
        m = {**model.m, **{field: _smooth(found, field) for field, found in counts.items()}}
        moved = max(float(np.abs(m[field] - model.m[field]).max()) for field in m)
        model = Model(m, _kin(m, model.u), model.u, (each.sum(axis=1) + 0.5) / (many.sum() + 1.5))
        if moved < ENOUGH:
            break
    return counts


def _smooth(counts: Floats, field: str) -> Floats:
    added = counts + PRIOR * np.array(USUAL[field])
    return np.asarray(added / added.sum())


def _tally(level: npt.NDArray[np.int8], some: Floats, size: int) -> Floats:
    known = level != MISSING
    return np.asarray(np.bincount(level[known], some[known], minlength=size), float)
