"""assignments: who was drawn for a practice that had fewer places than students."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.demo.care import active_sites
from alignkit.demo.schooling import pupils, spells
from alignkit.demo.tools import generator, typed


@dataclass(frozen=True)
class Lottery:
    """One drawing a school and year among all students of the grade."""

    comparison: str
    grade: int
    share: float
    """Of those in the drawing, how many get the practice."""
    years: tuple[int, ...]
    day: str


LOTTERIES = {"double-math": Lottery("second-math-period", 6, 0.5, (2024, 2025, 2026), "08-12")}
"""By practice. The drawing of 2026 has no results yet."""


@lru_cache(maxsize=2)
def drawn(practice: str, seed: int) -> pd.DataFrame:
    """Everybody in a drawing: row (in `pupils`), year, school, got (the practice)."""
    lottery, rng = LOTTERIES[practice], generator(seed, f"lottery {practice}")
    here = spells(seed)
    here = here[(here["grade"] == lottery.grade) & ~pupils(seed)["late"].to_numpy()[here["row"]]]
    parts = []
    for year in lottery.years:
        for school in active_sites(practice, year):
            rows = here.loc[(here["year"] == year) & (here["school"] == school), "row"].to_numpy()
            got = rng.permutation(len(rows)) < round(lottery.share * len(rows))
            parts.append(pd.DataFrame({"row": rows, "year": year, "school": school, "got": got}))
    return pd.concat(parts, ignore_index=True)


def won(keys: pd.MultiIndex, practice: str, seed: int) -> npt.NDArray[np.float64]:
    """One for each (row, year) of `keys` who was drawn for the practice in that year, else nothing."""
    found = drawn(practice, seed).query("got")
    return keys.isin(pd.MultiIndex.from_frame(found[["row", "year"]])).astype(float)


def assignments(seed: int) -> pd.DataFrame:
    """Every drawing, as the schools wrote it down."""
    parts = []
    for practice, lottery in LOTTERIES.items():
        found = drawn(practice, seed)
        student, year = pupils(seed)["student_id"].to_numpy()[found["row"]], found["year"].astype(str)
        found = found.assign(comparison_id=lottery.comparison, student_id=student, block=found["school"] + ", " + year)
        arm = np.where(found["got"], "practice", "comparison").astype(object)
        parts.append(found.assign(arm=arm, assigned_on=pd.to_datetime(year + "-" + lottery.day)))
    frame = pd.concat(parts).sort_values(["comparison_id", "assigned_on", "student_id"])
    return typed("assignments", frame)
