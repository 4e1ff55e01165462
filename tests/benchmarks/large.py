"""Records of any number of students and half as many clients, spread as names, homes and birthdays are."""

import numpy as np
import pandas as pd

from alignkit.demo.tools import listed, typed

SCHOOL_SIZE = 450
SPRINGS = (2025, 2026)


def people(n: int, seed: int = 1) -> dict[str, pd.DataFrame]:
    """students (n), clients (n / 2, four in five of them students, one in ten written down otherwise), services,
    student_results (two springs of reading), enrolments, adoptions-like sites, pairs (the truth)."""
    rng = np.random.default_rng(seed)
    first = np.array([name for row in listed("first_names") for name in row["names"].split()], object)
    last = _surnames(max(400, n // 25), rng)
    home = rng.integers(0, max(1, int(n / 1.8)), n)
    about = pd.DataFrame({
        "first_name": first[_long_tail(len(first), n, rng)], "last_name": last[_long_tail(len(last), n, rng)],
        "birth_date": pd.Timestamp("2009-01-01") + pd.to_timedelta(rng.integers(0, 13 * 365, n), unit="D"),
        "sex": rng.choice(["female", "male"], n), "race_ethnicity": rng.choice(["a", "b", "c", "d"], n),
        "street_address": pd.Series(home // 60).astype(str) + " Street " + pd.Series(home % 60).astype(str),
        "postal_code": pd.Series(10_000 + home // 700).astype(str), "city": "Riverbend",
        "school": pd.Series(home * 10 // max(1, 10 * SCHOOL_SIZE)).astype(str) + " School",
        "recorded_on": pd.Timestamp("2026-09-01"),
    })  # fmt: skip
    students = about.assign(student_id=[f"s{i}" for i in range(n)])
    clients, rows = _clients(about, n // 2, rng)
    made = {"students": typed("students", students), "clients": typed("clients", clients)}
    made["pairs"] = pd.DataFrame({"student_id": students["student_id"].to_numpy()[rows],
                                  "client_id": clients["client_id"].to_numpy()[: len(rows)]})  # fmt: skip
    return made | _records(students, clients, rows, rng)


def _surnames(n: int, rng: np.random.Generator) -> np.ndarray:
    ends = np.array([name for row in listed("last_names") for name in row["names"].split()], object)
    one, other = rng.integers(0, len(ends), (2, n))
    return np.array([f"{ends[a][:4]}{ends[b][-4:].lower()}" for a, b in zip(one, other, strict=True)], object)


def _long_tail(kinds: int, n: int, rng: np.random.Generator) -> np.ndarray:
    weight = 1 / (np.arange(kinds) + 10.0)
    return rng.choice(kinds, n, p=weight / weight.sum())


def _clients(about: pd.DataFrame, many: int, rng: np.random.Generator) -> tuple[pd.DataFrame, np.ndarray]:
    rows = rng.permutation(len(about))[: int(0.8 * many)]
    same = about.iloc[rows].reset_index(drop=True)
    for name in ("first_name", "last_name", "street_address"):
        slip = rng.random(len(same)) < 0.1
        same.loc[slip, name] = same.loc[slip, name].str.slice(1).str.capitalize()
    same.loc[rng.random(len(same)) < 0.07, "birth_date"] = pd.NaT
    others = about.sample(many - len(rows), random_state=rng).reset_index(drop=True)
    others["birth_date"] = others["birth_date"] + pd.to_timedelta(rng.integers(40, 3000, len(others)), unit="D")
    others["first_name"] = rng.permutation(others["first_name"].to_numpy())
    others["street_address"] = rng.permutation(others["street_address"].to_numpy())
    frame = pd.concat([same, others], ignore_index=True)
    return frame.assign(client_id=[f"c{i}" for i in range(len(frame))]), rows


def _records(students: pd.DataFrame, clients: pd.DataFrame, rows: np.ndarray, rng: np.random.Generator
             ) -> dict[str, pd.DataFrame]:  # fmt: skip
    n = len(students)
    ability, grade = rng.normal(size=n), rng.integers(3, 9, n)
    took = rng.random(len(rows)) < 1 / (1 + np.exp(2 + ability[rows]))
    bonus = np.zeros(n)
    bonus[rows[took]] = 0.3
    parts = []
    for spring in SPRINGS:
        score = ability + 0.6 * rng.normal(size=n) + bonus * (spring == SPRINGS[-1])
        level = pd.Series(grade + spring - SPRINGS[-1]).map("{:02d}".format)
        parts.append(pd.DataFrame({"student_id": students["student_id"], "assessment": "state", "subject": "reading",
                                   "grade": level, "taken_on": pd.Timestamp(spring, 4, 21), "score": score,
                                   "proficient": score > 0.2}))  # fmt: skip
    services = pd.DataFrame({"client_id": clients["client_id"].to_numpy()[: len(rows)][took], "practice_id": "tutoring",
                             "partner_id": "p", "starts_on": pd.Timestamp("2025-09-15"), "hours": 30.0})  # fmt: skip
    enrolled = pd.DataFrame({"student_id": students["student_id"], "school": students["school"], "grade": "KG",
                             "starts_on": pd.Timestamp("2020-08-22")})  # fmt: skip
    return {"student_results": typed("student_results", pd.concat(parts)), "services": typed("services", services),
            "enrolments": typed("enrolments", enrolled)}  # fmt: skip
