"""Who the children of the county are: how groups overlap, and how much better or worse off each is.

The counts of every indicator come from the same small cells (one per race, neighborhood, language and sex), so
that the groups of a kind add up to everyone.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

RACES = ("native", "asian", "black", "hispanic", "multiracial", "white")
FIFTHS = ("fifth_1", "fifth_2", "fifth_3", "fifth_4", "fifth_5")
SEXES = ("female", "male")
LEARNERS = ("english_learner", "not_english_learner")
GROUPS = {
    "race_ethnicity": RACES,
    "neighborhood_income": FIFTHS,
    "english_learner": LEARNERS,
    "sex": SEXES,
}

SHARE = np.array([0.004, 0.045, 0.215, 0.17, 0.062, 0.504])
INCOME = np.array(
    [
        [0.34, 0.26, 0.20, 0.12, 0.08],
        [0.12, 0.16, 0.20, 0.24, 0.28],
        [0.36, 0.26, 0.18, 0.12, 0.08],
        [0.30, 0.27, 0.20, 0.14, 0.09],
        [0.20, 0.21, 0.21, 0.20, 0.18],
        [0.12, 0.16, 0.21, 0.24, 0.27],
    ]
)
"""Race × fifth of neighborhoods by income: the share of each race's children who live there."""
LEARNING = np.array([0.02, 0.18, 0.02, 0.32, 0.02, 0.015])
"""Race → the share of children who are learning English."""

AHEAD = {
    "race_ethnicity": np.array([-6.0, 6.0, -7.0, -4.0, 0.0, 3.0]),
    "neighborhood_income": np.array([-12.0, -6.0, 0.0, 6.0, 12.0]),
    "english_learner": np.array([-14.0, 0.0]),
    "sex": np.array([2.5, -2.5]),
}
"""Points by which each group is ahead of the rest in a percent where up is good, before scaling."""


@dataclass(frozen=True)
class Cells:
    """The small cells: `weight` (share of all children), `ahead` (points, mean 0), `step` (income, mean 0)."""

    weight: Floats
    ahead: Floats
    step: Floats
    member: dict[tuple[str, str], npt.NDArray[np.bool_]]


@cache
def cells() -> Cells:
    """Race × fifth × language × sex: 120 cells."""
    race, fifth, learner, sex = (axis.ravel() for axis in np.indices((6, 5, 2, 2)))
    learning = np.where(learner == 0, LEARNING[race], 1 - LEARNING[race])
    weight = SHARE[race] * INCOME[race, fifth] * learning * 0.5
    axes = {"race_ethnicity": race, "neighborhood_income": fifth, "english_learner": learner, "sex": sex}
    ahead = np.sum([AHEAD[kind][axis] for kind, axis in axes.items()], axis=0)
    step = fifth - 2.0
    member = {("all", "all"): np.ones(len(race), dtype=bool)}
    for kind, names in GROUPS.items():
        member |= {(kind, name): axes[kind] == at for at, name in enumerate(names)}
    return Cells(weight, ahead - weight @ ahead, step - weight @ step, member)
