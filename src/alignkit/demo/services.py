"""services: every service a client received, with its dosage where somebody counts."""

import numpy as np
import pandas as pd

from alignkit.demo.care import PROGRAMS, clients_as_they_are, taken
from alignkit.demo.schooling import NOW
from alignkit.demo.tools import generator, typed

AS_OF = pd.Timestamp("2026-09-30")
LATE = 60
"""Clients whose first service starts in October 2026."""
FAMILY = ("full-shelf", "housing-authority", "mill-creek-health-center", "new-neighbors")
"""Partners that serve whole families, not by any of the practices."""
GROWN_UP = (
    "workforce-board",
    "tri-rivers-adult-education",
    "full-shelf",
    "housing-authority",
    "mill-creek-health-center",
)
SMALL = (("mill-creek-head-start", "preschool-coaching"), ("mill-creek-health-center", None), ("little-acorns", None))
COUNTED = 0.5
"""Share of such services whose hours somebody counts."""
VISITED = 0.12
"""Share of grown-up women who are or were visited at home by a nurse."""


def services(seed: int) -> pd.DataFrame:
    """Programs of students first, then one to three services for everybody who took part in none."""
    rng = generator(seed, "services")
    frame = pd.concat([_programs(seed, rng), _others(seed, rng)], ignore_index=True)
    frame["ends_on"] = frame["ends_on"].where(frame["ends_on"] <= AS_OF)
    frame = frame.drop_duplicates(["client_id", "partner_id", "starts_on"]).sort_values(["client_id", "starts_on"])
    return typed("services", frame)


def _programs(seed: int, rng: np.random.Generator) -> pd.DataFrame:
    took, people = taken(seed), clients_as_they_are(seed)
    linked = people[people["row"] >= 0]
    about = pd.DataFrame([(p.partner, p.practice or None, p.start, p.months) for p in PROGRAMS])
    about.columns = pd.Index(["partner_id", "practice_id", "start", "months"])
    frame = took.join(about, on="program")
    frame["client_id"] = frame["row"].map(linked.set_index("row")["client_id"])
    # A school year is named by its fall: what starts in winter, spring or summer is in the year after.
    year = frame["year"] + (frame["start"] < "08").astype(int)
    start = pd.to_datetime(year.astype(str) + "-" + frame["start"])
    frame["starts_on"] = start + pd.to_timedelta(rng.integers(0, 15, len(frame)), unit="D")
    length = frame["months"] * 30 - rng.integers(0, 40, len(frame))
    frame["ends_on"] = frame["starts_on"] + pd.to_timedelta(length, unit="D")
    # Of a school year that has just begun, only the first hours are counted.
    frame["hours"] = frame["hours"].where(frame["year"] < NOW, (frame["hours"] * 0.05).round(1))
    return frame


def _others(seed: int, rng: np.random.Generator) -> pd.DataFrame:
    people = clients_as_they_are(seed)
    busy = people["row"].isin(taken(seed)["row"]) & (people["row"] >= 0)
    rest = people[~busy].reset_index(drop=True)
    many = 1 + rng.choice(3, len(rest), p=[0.6, 0.3, 0.1])
    frame = rest.loc[np.repeat(rest.index, many)].reset_index(drop=True)
    partner, practice = _given_to(frame, rng)
    days = rng.integers(0, (AS_OF - pd.Timestamp("2023-09-01")).days, len(frame))
    born = frame["birth_date"].to_numpy("datetime64[D]")
    start = np.maximum(np.datetime64("2023-09-01") + days.astype("timedelta64[D]"), born)
    late = frame["client_id"].isin(rest["client_id"].tail(LATE))
    start = np.where(late, np.datetime64("2026-10-01") + (days % 20).astype("timedelta64[D]"), start)
    starts = pd.Series(start.astype("datetime64[ns]"))
    ends = starts + pd.to_timedelta(rng.integers(14, 400, len(frame)), unit="D")
    hours = pd.Series(rng.gamma(2, 4, len(frame)).round(1)).where(rng.random(len(frame)) < COUNTED)
    given = frame[["client_id"]].assign(partner_id=partner, practice_id=practice)
    return given.assign(starts_on=starts, ends_on=ends, hours=hours)


def _given_to(frame: pd.DataFrame, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Partner and practice of each service, by who the client is."""
    n = len(frame)
    small = ~frame["adult"].to_numpy() & (frame["row"] < 0).to_numpy()
    which = rng.integers(0, len(SMALL), n)
    partner = np.array(FAMILY, dtype=object)[rng.integers(0, len(FAMILY), n)]
    partner = np.where(frame["adult"], np.array(GROWN_UP, dtype=object)[rng.integers(0, len(GROWN_UP), n)], partner)
    partner = np.where(small, np.array([p for p, _ in SMALL], dtype=object)[which], partner)
    practice = np.array([p for _, p in SMALL], dtype=object)[which]
    practice[~small] = None
    visited = (frame["adult"] & (frame["sex"] == "female")).to_numpy() & (rng.random(n) < VISITED)
    return np.where(visited, "first-steps", partner), np.where(visited, "home-visiting", practice)
