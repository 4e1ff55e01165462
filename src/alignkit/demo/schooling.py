"""Which children go to school in the county, where, and since when."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.demo.children import AHEAD, RACES
from alignkit.demo.names import for_each
from alignkit.demo.people import people
from alignkit.demo.tools import generator, listed, typed

STUDENTS = 12_000
NOW = 2026
"""School years are named by the fall in which they start; this one has just begun."""
YEARS = (2022, 2023, 2024, 2025, 2026)
GRADES = np.array(["KG", *(f"{grade:02d}" for grade in range(1, 13))], dtype=object)
LEVELS = ("elementary", "middle", "high")
MOVED_IN = 0.15
CHANGED = 0.03
"""Share of students who change schools in the middle of a year."""
LATE = 40
"""Students who come in October 2026, after the third quarter's book was closed."""
FIRST_DAY, LAST_DAY, NEW_TERM, LATE_DAY = "08-22", "06-05", "01-12", "10-05"
POINTS_PER_SD = 40.0
"""Near one half, 40 points of a percent are one standard deviation."""


@lru_cache(maxsize=2)
def pupils(seed: int) -> pd.DataFrame:
    """One row per student, in no order that means anything. Callers leave the frame as it is.

    Columns: those of a child, child (its row in `people().children`), student_id, grade (in `NOW`, 0 = kindergarten),
    elementary, middle, high (the school of each level), since (first school year here), late, ability (in standard
    deviations, 0 = the county's mean).
    """
    rng = generator(seed, "pupils")
    children = people(seed).children
    grade = np.floor(children["age"]).astype(int) - 5
    at_school = np.flatnonzero(grade.between(0, 12))
    chosen = rng.permutation(at_school)[:STUDENTS]
    frame = children.iloc[chosen].assign(child=chosen, grade=grade.iloc[chosen]).reset_index(drop=True)
    frame["student_id"] = _numbers(rng)
    for level in LEVELS:
        frame[level] = _schools(level, frame["fifth"].to_numpy(), rng)
    frame["since"] = np.maximum(NOW - frame["grade"], _arrivals(rng))
    frame["late"] = (frame["since"] == NOW) & (rng.permutation(STUDENTS) < STUDENTS // 25)
    frame["late"] &= frame["late"].cumsum() <= LATE
    frame["ability"] = rng.standard_normal(STUDENTS) + _ahead(frame) / POINTS_PER_SD
    return frame


def _numbers(rng: np.random.Generator) -> npt.NDArray[np.object_]:
    return (3_100_000 + rng.choice(6_000_000, STUDENTS, replace=False)).astype(str).astype(object)


def _arrivals(rng: np.random.Generator) -> npt.NDArray[np.int64]:
    return np.where(rng.random(STUDENTS) < MOVED_IN, rng.integers(YEARS[0], NOW + 1, STUDENTS), 0)


def _ahead(frame: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Points by which the student's groups are ahead, as in the indicators."""
    race = pd.Index(RACES).get_indexer(pd.Index(frame["race_ethnicity"]))
    learning = np.where(frame["english_learner"], 0, 1)
    found = AHEAD["race_ethnicity"][race] + AHEAD["neighborhood_income"][frame["fifth"]]
    return found + AHEAD["english_learner"][learning]


def _schools(level: str, fifth: npt.NDArray[np.int64], rng: np.random.Generator) -> npt.NDArray[np.object_]:
    """A school of the level for each student, mostly one of the student's own kind of neighborhood."""
    rows = pd.DataFrame([row for row in listed("schools") if row["level"] == level])
    place, weight = rows["fifth"].astype(int).to_numpy() - 1, rows["weight"].astype(float).to_numpy()
    names = rows["school"].to_numpy(object)

    def draw(key: str, n: int) -> npt.NDArray[np.object_]:
        near = weight * 0.3 ** np.abs(place - int(key))
        return names[rng.choice(len(names), n, p=near / near.sum())]

    return for_each(fifth, draw)


@lru_cache(maxsize=2)
def spells(seed: int) -> pd.DataFrame:
    """One row per student and school year: row (in `pupils`), year, grade, level, school, moves (in winter)."""
    rng = generator(seed, "spells")
    everyone = pupils(seed)
    parts = []
    for year in YEARS:
        grade = everyone["grade"].to_numpy() - (NOW - year)
        rows = np.flatnonzero((grade >= 0) & (everyone["since"].to_numpy() <= year))
        level = np.digitize(grade[rows], [6, 9])
        school = everyone[list(LEVELS)].to_numpy(object)[rows, level]
        parts.append(pd.DataFrame({"row": rows, "year": year, "grade": grade[rows], "school": school, "level": level}))
    frame = pd.concat(parts, ignore_index=True)
    moves = (rng.random(len(frame)) < CHANGED) & (frame["year"] < NOW).to_numpy()
    return frame.assign(moves=moves)


def enrolments(seed: int) -> pd.DataFrame:
    """Every student's spells at schools since the fall of 2022."""
    rng = generator(seed, "enrolments")
    everyone, frame = pupils(seed), spells(seed)
    year = frame["year"].astype(str)
    late = everyone["late"].to_numpy()[frame["row"]]
    frame = frame.assign(starts_on=pd.to_datetime(year + "-" + np.where(late, LATE_DAY, FIRST_DAY).astype(object)))
    frame["ends_on"] = pd.to_datetime((frame["year"] + 1).astype(str) + "-" + LAST_DAY)
    frame["ends_on"] = frame["ends_on"].where(frame["year"] < NOW)
    second = frame[frame["moves"]].copy()
    second["starts_on"] = pd.to_datetime((second["year"] + 1).astype(str) + "-" + NEW_TERM)
    second["school"] = _others(second, rng)
    frame.loc[frame["moves"], "ends_on"] = (second["starts_on"] - pd.Timedelta(days=3)).to_numpy()
    frame = pd.concat([frame, second]).sort_values(["row", "starts_on"])
    about = {"student_id": everyone["student_id"].to_numpy()[frame["row"]], "grade": GRADES[frame["grade"]]}
    return typed("enrolments", frame.assign(**about))


def _others(frame: pd.DataFrame, rng: np.random.Generator) -> npt.NDArray[np.object_]:
    """Another school of the same level."""
    schools = pd.DataFrame(listed("schools"))
    out = np.empty(len(frame), dtype=object)
    for code, level in enumerate(LEVELS):
        names = schools.loc[schools["level"] == level, "school"].to_numpy(object)
        at = np.flatnonzero(frame["level"] == code)
        now = pd.Index(names).get_indexer(pd.Index(frame["school"].iloc[at]))
        out[at] = names[(now + rng.integers(1, len(names), len(at))) % len(names)]
    return out
