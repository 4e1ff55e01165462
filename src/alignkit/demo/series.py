"""What is truly so in Riverbend: for every indicator its level, its true change per year, and when it comes out."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

SCHOOL = ("race_ethnicity", "neighborhood_income", "english_learner", "sex")
PEERS = ("alder-fork", "graymont", "larkspur", "millbrook", "bellwater")
EVERYWHERE = ("riverbend", "statewide", *PEERS)


@dataclass(frozen=True)
class Series:
    """One indicator that counts children.

    `base` percent (or events per 1,000) in the first period and `slope` points a year, both for everyone;
    `per_step` points a year more for each fifth of neighborhoods above the middle; `spread` times the usual
    distance between groups (negative where down is good); `children` in each period in the county.
    """

    indicator: str
    base: float
    slope: float
    children: int
    start: str
    periods: int
    lag: int
    months: int = 12
    per_step: float = 0.0
    spread: float = 1.0
    kinds: tuple[str, ...] = SCHOOL
    places: tuple[str, ...] = EVERYWHERE
    missing: tuple[str, ...] = ()
    """First days of periods without a value."""
    skipped: tuple[int, ...] = ()
    """Months in which there is none by design."""
    break_on: str = ""
    shift: float = 0.0
    """Points by which the level jumps at `break_on`: a new test or code changes no child, anything else does."""
    source: str = ""

    def first_days(self) -> pd.DatetimeIndex:
        """The first day of every period."""
        days = pd.date_range(self.start, periods=self.periods, freq=pd.DateOffset(months=self.months))
        return days[~days.month.isin(self.skipped)]

    def years(self) -> pd.Index:
        """Years since the first period."""
        days = self.first_days()
        return (days.year - days[0].year) + (days.month - days[0].month) / 12


OWN = ("riverbend",)
SUMMER = (6, 7, 8)
_TEST: dict[str, Any] = {
    "start": "2016-07-01",
    "periods": 10,
    "lag": 71,
    "missing": ("2019-07-01",),
    "source": "state-report-card",
}

SERIES: tuple[Series, ...] = (
    Series("low-birthweight", 8.9, 0.0, 1010, "2016-01-01", 10, 202, spread=-0.18,
           kinds=("race_ethnicity", "neighborhood_income"), source="vital-statistics"),
    Series("first-trimester-care", 74, 0.4, 252, "2023-01-01", 14, 40, months=3, spread=0.7,
           kinds=("race_ethnicity",), places=OWN, source="birth-records"),
    Series("kindergarten-readiness-screening", 50, 1.0, 905, "2016-01-01", 10, 34, per_step=0.25,
           places=OWN, source="fall-screening"),
    Series("preschool-attendance", 71, 0.0, 640, "2024-09-01", 25, 12, months=1, spread=0.6,
           kinds=("english_learner",), places=OWN, source="preschool-attendance"),
    Series("third-grade-reading", 54, 0.0, 915, **_TEST, break_on="2023-07-01", shift=-8.0),
    Series("tutoring-three-sessions", 44, 0.0, 118, "2024-10-01", 20, 15, months=1, spread=0.5, skipped=SUMMER,
           kinds=("race_ethnicity", "english_learner"), places=OWN, break_on="2026-01-01", shift=17.0,
           source="tutoring-log"),
    Series("reading-screener", 56, 0.5, 3560, "2023-10-01", 12, 30, months=3, spread=0.9, skipped=(7,),
           kinds=("neighborhood_income", "english_learner"), places=OWN, source="district-screener"),
    Series("chronic-absence-rate", 16.5, 0.75, 11850, "2016-07-01", 10, 45, per_step=-0.1, spread=-0.55,
           places=("riverbend", "statewide"), source="district-records"),
    Series("monthly-absence", 21, 0.6, 11980, "2024-09-01", 21, 10, months=1, spread=-0.6, skipped=SUMMER,
           kinds=("neighborhood_income",), places=OWN, source="district-records"),
    Series("asthma-visits", 2.4, 0.0, 21400, "2023-01-01", 14, 22, months=3, spread=0.0, kinds=(), places=OWN,
           break_on="2024-10-01", shift=-0.5, source="hospital-extract"),
    Series("eighth-grade-math", 41, 0.0, 895, **_TEST, per_step=0.1),
    Series("four-year-graduation", 81.8, 0.62, 862, "2015-07-01", 10, 206, per_step=-0.15, spread=0.48,
           source="state-report-card"),
    Series("ninth-grade-credits", 76, 0.5, 930, "2018-07-01", 8, 45, spread=0.7, places=OWN, source="district-records"),
    Series("fall-enrollment", 63, -0.9, 742, "2015-07-01", 10, 302, spread=0.9, source="postsecondary-report"),
    Series("college-advising", 34, 1.0, 905, "2023-01-01", 14, 20, months=3, spread=0.0, kinds=(), places=OWN,
           skipped=(7,), source="advising-log"),
    Series("six-year-completion", 42, 0.0, 468, "2015-07-01", 10, 323, spread=0.8, source="postsecondary-report"),
    Series("adult-to-turn-to", 71, 0.0, 2480, "2020-07-01", 6, 60, spread=0.4, places=OWN, source="climate-survey"),
)  # fmt: skip


@dataclass(frozen=True)
class Survey:
    """One indicator that a survey estimates: no counts, `margin` (90 percent, county) instead."""

    indicator: str
    base: float
    slope: float
    margin: float
    start: str
    periods: int
    lag: int
    kinds: tuple[str, ...] = ()
    per_ahead: float = 0.0
    """How much of the usual distance between groups there is, in the indicator's unit."""
    missing: tuple[str, ...] = ()
    digits: int = 1
    confidence: float = 0.9
    places: tuple[str, ...] = EVERYWHERE
    percent: bool = True


_YEARS: dict[str, Any] = {"start": "2015-01-01", "periods": 10, "lag": 345, "missing": ("2020-01-01",)}
SURVEYS: tuple[Survey, ...] = (
    Survey("young-adults-connected", 83.5, 0.0, 2.6, **_YEARS, kinds=("sex", "race_ethnicity"), per_ahead=0.4),
    Survey("young-adult-earnings", 27400, 850, 1450, **_YEARS, digits=0, percent=False),
    Survey("child-poverty", 21.5, -0.1, 2.9, **_YEARS, kinds=("race_ethnicity",), per_ahead=-0.8),
    Survey("belonging-score", 3.6, 0.0, 0.06, "2020-07-01", 6, 60, digits=2, confidence=0.95, places=OWN,
           percent=False),
)  # fmt: skip


@dataclass(frozen=True)
class Revision:
    """A value that its publisher corrected: `children` of one cell were counted wrongly, or should not have been."""

    indicator: str
    period: str
    released: str
    groups: tuple[tuple[str, str], ...]
    """One group of each kind: the children belong to all of them."""
    numerator: int
    denominator: int = 0


_MIDDLE = (("race_ethnicity", "white"), ("neighborhood_income", "fifth_3"),
           ("english_learner", "not_english_learner"), ("sex", "male"))  # fmt: skip
REVISIONS: tuple[Revision, ...] = (
    Revision("kindergarten-readiness-screening", "2024-01-01", "2026-02-19", _MIDDLE, -5, -6),
    Revision("four-year-graduation", "2024-07-01", "2026-08-12", _MIDDLE, 1),
    Revision("third-grade-reading", "2025-07-01", "2026-10-14", _MIDDLE, 4),
)
"""The last one comes out after the third quarter of 2026, whose book must not know it."""


@dataclass(frozen=True)
class Place:
    """How a place differs from Riverbend: how many times its children, points ahead, points a year more."""

    size: float
    ahead: float
    faster: float


PLACES: dict[str, Place] = {
    "riverbend": Place(1, 0, 0),
    "statewide": Place(84, 2.5, 0.1),
    "alder-fork": Place(0.72, 4, 0.2),
    "graymont": Place(1.35, -3, 0),
    "larkspur": Place(0.94, 1, -0.2),
    "millbrook": Place(1.6, 0, 0.4),
    "bellwater": Place(1.1, 6, 0),
}
