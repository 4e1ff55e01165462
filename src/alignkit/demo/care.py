"""Who is a client of the partners' services, what each got and how much of it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.demo.assessments import last_standing
from alignkit.demo.people import people
from alignkit.demo.schooling import pupils, spells
from alignkit.demo.tools import generator, listed

CLIENTS = 6_000
LINKED = 3_050
"""Clients who are also students."""
YOUNG = 900
"""Clients who are children but no students; the rest are grown-ups."""
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Program:
    """A service for students: who may come, how many do in a year, and for how many hours."""

    partner: str
    practice: str
    grades: tuple[int, int]
    places: int
    """In a year, over all sites."""
    hours: tuple[float, float]
    """Mean and standard deviation; (0, 0) where nobody counts."""
    years: tuple[int, ...]
    behind: float = 0.0
    """How strongly those who are behind are chosen: 0 not at all."""
    tested: str = ""
    """The subject whose last test says who is behind; else what nobody has written down does."""
    sites: tuple[str, ...] = ()
    """Schools; empty: any."""
    start: str = "09-15"
    months: int = 8


EASTBANK = ("Eastbank Elementary", "Lower Ferry Elementary", "Eastbank Middle")
PROGRAMS: tuple[Program, ...] = (
    Program("lantern-tutors", "reading-tutoring", (1, 4), 300, (31, 12), (2023, 2024, 2025, 2026), 0.8, "reading"),
    Program("long-bridge-mentoring", "check-in-mentoring", (6, 9), 85, (26, 11), (2024, 2025, 2026), 2.4),
    Program("eastbank-youth-club", "", (0, 8), 230, (120, 60), (2023, 2024, 2025, 2026), 0.3, sites=EASTBANK),
    Program("public-library", "summer-reading", (0, 5), 340, (0, 0), (2023, 2024, 2025), -0.7, start="06-20", months=2),
    Program("interfaith-council", "reading-nights", (0, 3), 90, (6, 3), (2024, 2025), -0.6, start="10-03", months=7),
    Program("next-campus", "college-text-messages", (11, 12), 260, (0, 0), (2025,), -0.2, start="02-02", months=6),
)


@lru_cache(maxsize=2)
def taken(seed: int) -> pd.DataFrame:
    """What students took part in: program (number), row (in `pupils`), year, hours (NaN where not counted)."""
    return pd.concat([_program(number, seed) for number in range(len(PROGRAMS))], ignore_index=True)


def _program(number: int, seed: int) -> pd.DataFrame:
    program = PROGRAMS[number]
    rng = generator(seed, f"program {program.partner}")
    everyone, here = pupils(seed), spells(seed)
    parts = []
    for year in program.years:
        sites = program.sites or active_sites(program.practice, year)
        pool = here[(here["year"] == year) & here["grade"].between(*program.grades)]
        pool = pool[pool["school"].isin(sites)] if sites else pool
        rows = pool["row"].to_numpy()
        rows = rows[~everyone["late"].to_numpy()[rows]]
        ability = everyone["ability"].to_numpy()
        standing = last_standing(seed, program.tested, year) if program.tested else ability
        urge = np.exp(-program.behind * standing[rows])
        chosen = rng.choice(rows, min(program.places, len(rows)), replace=False, p=urge / urge.sum())
        parts.append(
            pd.DataFrame({"program": number, "row": chosen, "year": year, "hours": _hours(program, chosen, rng)})
        )
    return pd.concat(parts, ignore_index=True)


def _hours(program: Program, rows: Rows, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    mean, spread = program.hours
    if mean == 0:
        return np.full(len(rows), np.nan)
    return np.clip(rng.normal(mean, spread, len(rows)), 1, 2 * mean).round(1)


def active_sites(practice: str, year: int) -> tuple[str, ...]:
    """Schools at which the practice was in use in the school year that starts in `year`."""
    schools = {row["school"] for row in listed("schools")}
    plans = [row for row in listed("adoption_plan") if row["practice_id"] == practice and row["site"] in schools]
    return tuple(row["site"] for row in plans if _first(row) <= f"{year + 1}-05-31" and not _over(row, year))


def _first(plan: dict[str, str]) -> str:
    return next(plan[stage] for stage in ("pilot", "standard_practice", "policy") if plan[stage])


def _over(plan: dict[str, str], year: int) -> bool:
    return bool(plan["ended"]) and plan["ended"] < f"{year}-09-01"


@lru_cache(maxsize=2)
def clients_as_they_are(seed: int) -> pd.DataFrame:
    """The clients, in no order that means anything: their true names and dates, client_id, row (in `pupils`, or -1).

    Everybody who took part in a program is one; `adult` tells grown-ups.
    """
    rng = generator(seed, "clients")
    everyone, all_of_them = pupils(seed), people(seed)
    linked = _linked(seed, rng)
    others = np.setdiff1d(np.arange(len(all_of_them.children)), everyone["child"])
    young = rng.choice(others, YOUNG, replace=False)
    adults = all_of_them.adults.iloc[rng.choice(len(all_of_them.adults), CLIENTS - LINKED - YOUNG, replace=False)]
    parts = [everyone.iloc[linked].assign(row=linked), all_of_them.children.iloc[young].assign(row=-1)]
    frame = pd.concat([*parts, adults.assign(row=-1)], ignore_index=True)
    frame["adult"] = np.arange(CLIENTS) >= LINKED + YOUNG
    frame = frame.iloc[rng.permutation(CLIENTS)].reset_index(drop=True)
    numbers = 0x100000 + rng.choice(0xE00000, CLIENTS, replace=False)
    frame["client_id"] = [f"C{number:X}" for number in numbers]
    return frame


def _linked(seed: int, rng: np.random.Generator) -> Rows:
    """Students who are clients: all who took part in a program, then others, more of them where incomes are low."""
    everyone = pupils(seed)
    took = taken(seed)["row"].unique()
    rest = np.setdiff1d(np.flatnonzero(~everyone["late"]), took)
    need = 0.55 ** everyone["fifth"].to_numpy()[rest]
    more = rng.choice(rest, LINKED - len(took), replace=False, p=need / need.sum())
    return np.concatenate([took, more])
