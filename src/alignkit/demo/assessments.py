"""Which child sat which test, and how well before any practice helped."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.demo.schooling import NOW, pupils, spells
from alignkit.demo.tools import generator

TRUE_SHARE = 0.78
"""Correlation of a score with ability; the rest is the day's form and the test's own error."""
NEW_TEST = 2023
"""The school year of the new reading test: from then on another assessment, not to be compared."""


@lru_cache(maxsize=2)
def sat(seed: int) -> pd.DataFrame:
    """One row per test: row (in `pupils`), year, grade, school, subject, assessment, taken_on, standing.

    `standing` is the score in standard deviations that the child would have reached without any practice.
    """
    here = _tests(seed)
    form = generator(seed, "results").standard_normal(len(here)) * np.sqrt(1 - TRUE_SHARE**2)
    ability = pupils(seed)["ability"].to_numpy()[here["row"]]
    return here.assign(standing=TRUE_SHARE * ability + form)


def last_standing(seed: int, subject: str, year: int) -> npt.NDArray[np.float64]:
    """How every child of `pupils` stood in last spring's test; its ability where it sat none."""
    here = sat(seed)
    here = here[(here["subject"] == subject) & (here["year"] == year - 1)]
    found = pupils(seed)["ability"].to_numpy().copy()
    found[here["row"]] = here["standing"]
    return found


def _tests(seed: int) -> pd.DataFrame:
    here = spells(seed)
    here = here[~pupils(seed)["late"].to_numpy()[here["row"]]]
    spring = here[here["grade"].between(3, 8) & (here["year"] < NOW)]
    fall = here[here["grade"] == 0]
    parts = [spring.assign(subject=subject, month="04-21") for subject in ("reading", "math")]
    frame = pd.concat([*parts, fall.assign(subject="readiness", month="09-16")], ignore_index=True)
    year = frame["year"] + (frame["subject"] != "readiness").astype(int)
    frame["taken_on"] = pd.to_datetime(year.astype(str) + "-" + frame["month"])
    old = np.where((frame["year"] < NEW_TEST) & (frame["subject"] == "reading"), "state-test-2016", "state-test")
    frame["assessment"] = np.where(frame["subject"] == "readiness", "fall-screening", old + "-" + frame["subject"])
    return frame
