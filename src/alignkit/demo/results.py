"""student_results: spring tests and the kindergarten screening, with the true effects of practices in them."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.demo.assessments import sat
from alignkit.demo.care import PROGRAMS, active_sites, taken
from alignkit.demo.lotteries import LOTTERIES, won
from alignkit.demo.schooling import GRADES, pupils
from alignkit.demo.tools import generator, typed

MEAN, SPREAD = 500.0, 50.0
CUTS = {"reading": 505.0, "math": 511.0, "readiness": 494.0}
FULL_DOSE = {"reading-tutoring": 30.0}
"""Practice → hours in a year that give the whole effect; fewer give their part of it."""
EFFECTS: dict[tuple[str, str], float] = {
    ("reading-tutoring", "reading"): 0.37,
    ("structured-literacy", "reading"): 0.10,
    ("summer-reading", "reading"): 0.03,
    ("reading-nights", "reading"): 0.0,
    ("double-math", "math"): 0.20,
    ("math-app", "math"): 0.0,
    ("check-in-mentoring", "reading"): 0.0,
    ("check-in-mentoring", "math"): 0.0,
}
"""(practice, subject) → true effect on one child's score of that school year, in standard deviations."""
SCHOOLWIDE = {"structured-literacy": (0, 3), "math-app": (6, 8)}
"""Practices that reach every child of these grades at a site, from the year of the pilot on."""


def student_results(seed: int) -> pd.DataFrame:
    """Reading and math in grades 3 to 8 every spring since 2023, and the screening every fall, by student."""
    here = sat(seed)
    score = MEAN + SPREAD * (here["standing"] + _gains(here, seed))
    cut = here["subject"].map(CUTS).to_numpy(float)
    late = generator(seed, "results late").random(len(here)) < 0.02
    frame = here.assign(score=score.round(), proficient=score.round() >= cut)
    frame["student_id"] = pupils(seed)["student_id"].to_numpy()[here["row"]]
    frame["grade"] = GRADES[here["grade"]]
    return typed("student_results", frame[~late].sort_values(["student_id", "taken_on", "subject"]))


def _gains(here: pd.DataFrame, seed: int) -> npt.NDArray[np.float64]:
    """What practices add to each score, in standard deviations."""
    gain = np.zeros(len(here))
    keys = pd.MultiIndex.from_frame(here[["row", "year"]])
    for (practice, subject), effect in EFFECTS.items():
        if practice in LOTTERIES:
            dose = won(keys, practice, seed)
        else:
            dose = _schoolwide(here, practice) if practice in SCHOOLWIDE else _dose(keys, practice, seed)
        gain += np.where(here["subject"] == subject, effect * dose, 0.0)
    return gain


def _schoolwide(here: pd.DataFrame, practice: str) -> npt.NDArray[np.float64]:
    """One for every child in these grades at a school that uses the practice in that year."""
    grades = SCHOOLWIDE[practice]
    used = {year: active_sites(practice, year) for year in here["year"].unique()}
    at_site = np.array([school in used[year] for school, year in zip(here["school"], here["year"], strict=True)])
    return (at_site & here["grade"].between(*grades).to_numpy()).astype(float)


def _dose(keys: pd.MultiIndex, practice: str, seed: int) -> npt.NDArray[np.float64]:
    """The share of a full year's dose that each student got."""
    numbers = [number for number, program in enumerate(PROGRAMS) if program.practice == practice]
    took = taken(seed)
    took = took[took["program"].isin(numbers)].drop_duplicates(["row", "year"])
    hours = took["hours"].fillna(1.0) / FULL_DOSE.get(practice, np.nan)
    share = pd.Series(hours.fillna(1.0).clip(upper=1.0).to_numpy(), pd.MultiIndex.from_frame(took[["row", "year"]]))
    return share.reindex(keys).fillna(0.0).to_numpy()
