"""The people of Riverbend as they are: households with children and grown-ups. Nobody in it exists.

What schools and services write down about them is in `records`.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.demo.children import INCOME, LEARNING, RACES, SEXES, SHARE
from alignkit.demo.names import addresses, first_names, for_each, last_names
from alignkit.demo.tools import generator

HOUSEHOLDS = 12_600
CHILDREN = (0.50, 0.33, 0.13, 0.04)
"""Share of households with one, two, three and four children."""
TWINS = 0.03
TWO_NAMES = {"hispanic": 0.24}
"""Race → share of households whose children have two last names; else 4 percent."""
CULTURES: dict[str, dict[str, float]] = {
    "native": {"native": 0.7, "anglo": 0.3},
    "asian": {"vietnamese": 0.26, "indian": 0.26, "hmong": 0.2, "chinese": 0.28},
    "black": {"black": 0.74, "somali": 0.14, "anglo": 0.12},
    "hispanic": {"hispanic": 1.0},
    "multiracial": {"anglo": 0.4, "black": 0.3, "hispanic": 0.2, "chinese": 0.1},
    "white": {"anglo": 0.84, "slavic": 0.09, "arabic": 0.07},
}
TODAY = np.datetime64("2026-09-01")
"""A child who is five on this day starts kindergarten in the fall of 2026."""
YEAR = 365.25


@dataclass(frozen=True)
class People:
    """One row per person; `household` links children and adults.

    Columns: those of a household, first_name, middle_name, birth_date, sex; children also age and english_learner.
    """

    children: pd.DataFrame
    adults: pd.DataFrame


@lru_cache(maxsize=2)
def people(seed: int) -> People:
    """Everybody, the same for the same seed. Callers leave the frames as they are."""
    households = _households(generator(seed, "households"))
    children = _children(households, generator(seed, "children"))
    return People(children, _adults(households, children, generator(seed, "adults")))


def _households(rng: np.random.Generator) -> pd.DataFrame:
    race = rng.choice(len(RACES), HOUSEHOLDS, p=SHARE)
    fifth = (rng.random(HOUSEHOLDS)[:, None] > INCOME.cumsum(axis=1)[race][:, :4]).sum(axis=1)
    names = np.array(RACES, dtype=object)[race]
    culture = for_each(names, lambda key, n: rng.choice(list(CULTURES[key]), n, p=list(CULTURES[key].values())))
    frame = pd.DataFrame({"household": np.arange(HOUSEHOLDS), "race_ethnicity": names, "culture": culture})
    frame["last_name"] = _family_names(frame, rng)
    frame["fifth"] = fifth
    frame["learning"] = rng.random(HOUSEHOLDS) < LEARNING[race]
    return frame.join(addresses(fifth, rng))


def _family_names(frame: pd.DataFrame, rng: np.random.Generator) -> npt.NDArray[np.object_]:
    one, other = (last_names(frame["culture"].to_numpy(object), rng) for _ in range(2))
    two = rng.random(len(frame)) < frame["race_ethnicity"].map(TWO_NAMES).fillna(0.04).to_numpy()
    two &= (one != other) & ~frame["culture"].isin(["native", "arabic"]).to_numpy()
    return np.where(two, one + "-" + other, one)


def _children(households: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    many = 1 + rng.choice(len(CHILDREN), len(households), p=CHILDREN)
    frame = households.loc[np.repeat(households.index, many)].reset_index(drop=True)
    oldest = rng.uniform(0.1, 19, len(households))
    gap = np.where(rng.random(len(frame)) < TWINS, 0, rng.uniform(1.2, 4.5, len(frame)))
    gap[~frame["household"].duplicated().to_numpy()] = 0
    since = pd.Series(gap).groupby(frame["household"]).cumsum().to_numpy()
    age = np.repeat(oldest, many) - since
    frame = frame.assign(birth_date=TODAY - (age * YEAR).astype("timedelta64[D]"), age=age)
    frame["sex"] = np.array(SEXES, dtype=object)[rng.integers(0, 2, len(frame))]
    frame["first_name"] = _given(frame, rng)
    frame["middle_name"] = _given(frame, rng)
    frame["english_learner"] = frame["learning"] & (age < 15)
    once = ~frame.duplicated(["household", "first_name"]) & (age > 0)
    return frame[once].drop(columns="learning").reset_index(drop=True)


def _adults(households: pd.DataFrame, children: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One parent of every household with children."""
    eldest = children.groupby("household")["birth_date"].min()
    frame = households[households["household"].isin(eldest.index)].reset_index(drop=True)
    older = rng.uniform(18, 38, len(frame)) * YEAR
    born = frame["household"].map(eldest).to_numpy("datetime64[D]") - older.astype("timedelta64[D]")
    frame = frame.assign(birth_date=born.astype("datetime64[ns]"))
    frame["sex"] = np.where(rng.random(len(frame)) < 0.74, "female", "male").astype(object)
    frame["first_name"] = _given(frame, rng)
    frame["middle_name"] = _given(frame, rng)
    return frame.drop(columns="learning")


def _given(frame: pd.DataFrame, rng: np.random.Generator) -> npt.NDArray[np.object_]:
    return first_names(frame["culture"].to_numpy(object), frame["sex"].to_numpy(object), rng)
