"""students and clients: what the schools and the services wrote down, each with numbers of their own."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from alignkit.demo.care import clients_as_they_are
from alignkit.demo.names import addresses, nicknames
from alignkit.demo.schooling import FIRST_DAY, LATE_DAY, NOW, pupils
from alignkit.demo.slips import (
    Text,
    blank,
    changed,
    half_name,
    mistyped,
    plain_letters,
    some,
    spaced_name,
    swapped_dates,
    wrong_dates,
)
from alignkit.demo.tools import generator, typed

HARDER = {"hispanic": 1.6, "asian": 1.9, "black": 1.2, "native": 1.4}
"""Race → times as many slips: who is not used to a name writes it wrongly more often."""


@dataclass(frozen=True)
class Habits:
    """How careful a system is: the share of rows with each kind of slip."""

    nickname: float
    typo: float
    no_accent: float
    no_middle: float
    initial: float
    half: float
    spaced: float
    other_last: float
    turned: float
    no_birth: float
    swapped: float
    wrong: float
    no_sex: float
    no_race: float
    other_race: float
    moved: float
    no_address: float
    capitals: float


SCHOOLS = Habits(
    nickname=0.01, typo=0.008, no_accent=0.25, no_middle=0.15, initial=0.25, half=0.02, spaced=0.05, other_last=0,
    turned=0, no_birth=0.006, swapped=0.003, wrong=0.002, no_sex=0, no_race=0.01, other_race=0, moved=0,
    no_address=0.01, capitals=0,
)  # fmt: skip
SERVICES = Habits(
    nickname=0.30, typo=0.035, no_accent=0.6, no_middle=0.45, initial=0.6, half=0.35, spaced=0.2, other_last=0.02,
    turned=0.008, no_birth=0.07, swapped=0.022, wrong=0.015, no_sex=0.04, no_race=0.12, other_race=0.05, moved=0.22,
    no_address=0.05, capitals=0.08,
)  # fmt: skip
RACES_SEEN = np.array(["black", "hispanic", "multiracial", "white", "other"], dtype=object)


def students(seed: int) -> pd.DataFrame:
    """The schools' list, by number."""
    everyone = pupils(seed)
    frame = _written(everyone, SCHOOLS, generator(seed, "student records"))
    level = np.digitize(everyone["grade"], [6, 9])
    frame["student_id"] = everyone["student_id"]
    frame["school"] = everyone[["elementary", "middle", "high"]].to_numpy(object)[np.arange(len(everyone)), level]
    day = np.where(everyone["late"], LATE_DAY, FIRST_DAY).astype(object)
    frame["recorded_on"] = pd.to_datetime(everyone["since"].clip(2023, NOW).astype(str) + "-" + day)
    return typed("students", frame.sort_values("student_id"))


def clients(seed: int, first_service: pd.Series) -> pd.DataFrame:
    """The services' list, by number; `first_service`: client_id → the day of the first service."""
    people = clients_as_they_are(seed)
    rng = generator(seed, "client records")
    frame = _written(people, SERVICES, rng)
    frame["client_id"] = people["client_id"]
    first = people["client_id"].map(first_service)
    before = first - pd.to_timedelta(rng.integers(0, 15, len(people)), unit="D")
    frame["recorded_on"] = before.where(before >= people["birth_date"], people["birth_date"])
    possible = ~(frame["birth_date"] > frame["recorded_on"])
    frame["birth_date"] = frame["birth_date"].where(possible, people["birth_date"])
    return typed("clients", frame.sort_values("client_id"))


def _written(people: pd.DataFrame, habits: Habits, rng: np.random.Generator) -> pd.DataFrame:
    harder = people["race_ethnicity"].map(HARDER).fillna(1.0).to_numpy()
    first, middle, last = _names(people, habits, harder, rng)
    frame = pd.DataFrame({"first_name": first, "middle_name": middle, "last_name": last})
    frame["birth_date"] = _birth_dates(people["birth_date"], habits, rng)
    n = len(people)
    frame["sex"] = blank(people["sex"].to_numpy(object), some(rng, habits.no_sex, n))
    race = people["race_ethnicity"].to_numpy(object)
    race = np.where(some(rng, habits.other_race, n), RACES_SEEN[rng.integers(0, len(RACES_SEEN), n)], race)
    frame["race_ethnicity"] = blank(race, some(rng, habits.no_race, n))
    return frame.join(_addresses(people, habits, rng))


def _names(
    people: pd.DataFrame, habits: Habits, harder: np.ndarray, rng: np.random.Generator
) -> tuple[Text, Text, Text]:
    n = len(people)
    first, middle, last = (people[f"{name}_name"].to_numpy(object) for name in ("first", "middle", "last"))
    short = nicknames()
    first = changed(first, some(rng, habits.nickname, n), lambda name: short.get(name, name))
    first = mistyped(first, some(rng, habits.typo * harder, n), rng)
    middle = changed(middle, some(rng, habits.initial, n), lambda name: name[0])
    middle = blank(middle, some(rng, habits.no_middle, n) | (middle == first))
    two = np.array(["-" in name for name in last])
    half = two & some(rng, habits.half, n)
    last = changed(last, half, half_name)
    last = changed(last, two & ~half & some(rng, habits.spaced, n), spaced_name)
    last = np.where(some(rng, habits.other_last, n), rng.permutation(last), last)
    last = mistyped(last, some(rng, habits.typo * harder, n), rng)
    turned = some(rng, habits.turned, n)
    first, last = np.where(turned, last, first), np.where(turned, first, last)
    old_system, shouting = some(rng, habits.no_accent, n), some(rng, habits.capitals, n)
    names = (changed(part, old_system, plain_letters) for part in (first, middle, last))
    first, middle, last = (changed(part, shouting, str.upper) for part in names)
    return first, middle, last


def _birth_dates(dates: pd.Series, habits: Habits, rng: np.random.Generator) -> pd.Series:
    n = len(dates)
    dates = swapped_dates(dates.astype("datetime64[ns]"), some(rng, habits.swapped, n))
    dates = wrong_dates(dates, some(rng, habits.wrong, n), rng)
    return dates.where(~some(rng, habits.no_birth, n))


def _addresses(people: pd.DataFrame, habits: Habits, rng: np.random.Generator) -> pd.DataFrame:
    n = len(people)
    columns = ["street_address", "city", "postal_code"]
    now = people[columns].reset_index(drop=True)
    elsewhere = addresses(people["fifth"].to_numpy(), rng)
    now = now.where(~pd.Series(some(rng, habits.moved, n)), elsewhere)
    short = {"Street": "St", "Avenue": "Ave", "Road": "Rd", "Lane": "Ln", "Court": "Ct"}
    street = now["street_address"].to_numpy(object)
    for whole, brief in short.items():
        street = changed(street, some(rng, 0.35, n), _shortened(whole, brief))
    now["street_address"] = mistyped(street, some(rng, habits.typo, n), rng)
    gone = some(rng, habits.no_address, n)
    return pd.DataFrame({name: blank(now[name].to_numpy(object), gone) for name in columns})


def _shortened(whole: str, brief: str) -> Callable[[str], str]:
    return lambda text: text.replace(whole, brief)
