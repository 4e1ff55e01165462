"""leaders and outcome_ratings: 120 people at three levels, and what they hold most important each year."""

import numpy as np
import pandas as pd

from alignkit.demo.tools import authored, generator, typed

LEVELS = {
    "executive": ("superintendent", "president", "executive director", "chief executive officer"),
    "manager": ("principal", "program manager", "director of operations", "data manager"),
    "practitioner": ("teacher", "nurse", "tutor", "case worker"),
}
EACH = 40
"""With fewer, no share of one level alone could be published."""
LEFT = 4
"""Leaders who left in the spring of 2026; as many came in their place."""
YEARS = {2024: "2024-11-11", 2025: "2025-10-27", 2026: "2026-08-31"}
"""Year → the day from which people rated, for three weeks."""
AGREED = {
    "healthy-births": 3.3, "kindergarten-readiness": 4.1, "early-grade-reading": 4.6, "chronic-absence": 3.9,
    "middle-grade-math": 3.6, "high-school-graduation": 4.2, "postsecondary-enrollment": 3.5,
    "postsecondary-completion": 3.3, "young-adult-employment": 3.7, "preschool-enrollment": 3.2,
    "economic-security": 3.8, "youth-mental-health": 3.9, "ninth-grade-on-track": 3.0, "school-belonging": 2.8,
}  # fmt: skip
"""Outcome → the mean rating that all levels together tend to."""
APART = {
    "young-adult-employment": (0.7, 0.0, -0.8), "postsecondary-completion": (0.4, 0.0, -0.5),
    "chronic-absence": (-0.5, 0.1, 0.5), "youth-mental-health": (-0.9, 0.0, 0.8), "economic-security": (-0.5, 0.0, 0.4),
}  # fmt: skip
"""Outcome → by how much executives, managers and practitioners differ from that: where levels do not agree."""
RISING = {"youth-mental-health": 0.15, "middle-grade-math": 0.2}
"""Outcome → how much higher it is rated each year."""


def leaders(seed: int) -> pd.DataFrame:
    """120 people at a time in 36 organizations; four left and four came."""
    rng = generator(seed, "leaders")
    partners = authored("partners")
    known = partners[partners["valid_from"] < "2024-10-01"]["partner_id"].to_numpy(object)
    level = np.repeat(np.array(list(LEVELS), dtype=object), EACH)
    frame = pd.DataFrame({"level": level, "partner_id": np.resize(rng.permutation(known), len(level))})
    frame["role_title"] = [
        LEVELS[name][number] for name, number in zip(level, rng.integers(0, 4, len(level)), strict=True)
    ]
    frame["valid_from"] = pd.Timestamp("2024-10-01")
    leaving = rng.choice(len(frame), LEFT, replace=False)
    came = frame.loc[leaving].assign(valid_from=pd.Timestamp("2026-05-18"))
    frame = pd.concat([frame, came], ignore_index=True)
    frame.loc[leaving, "valid_until"] = pd.Timestamp("2026-04-30")
    codes = rng.choice(0xF0000, len(frame), replace=False) + 0x10000
    return typed("leaders", frame.assign(leader_id=[f"LD-{code:05X}" for code in codes]))


def outcome_ratings(seed: int, leaders: pd.DataFrame) -> pd.DataFrame:
    """Every leader's rating of every outcome that was before them, each fall; nine in ten answer, half of them rank."""
    rng = generator(seed, "ratings")
    outcomes = authored("outcomes").drop_duplicates("outcome_id")[["outcome_id", "valid_from"]]
    years = pd.DataFrame({"year": list(YEARS), "start": pd.to_datetime(list(YEARS.values()))})
    asked = leaders.merge(years, how="cross")
    asked = asked[(asked["valid_from"] <= asked["start"]) & ~(asked["valid_until"] < asked["start"])]
    asked = asked[rng.random(len(asked)) < 0.9].assign(ranks=lambda f: rng.random(len(f)) < 0.5)
    asked["rated_on"] = asked["start"] + pd.to_timedelta(rng.integers(0, 21, len(asked)), unit="D")
    asked["taste"] = rng.normal(0, 0.35, len(asked))
    frame = asked.merge(outcomes.rename(columns={"valid_from": "listed"}), how="cross")
    frame = frame[frame["listed"] <= frame["start"]].reset_index(drop=True)
    leaning = _mean(frame) + frame["taste"] + rng.normal(0, 0.75, len(frame))
    frame["rating"] = leaning.round().clip(1, 5).astype("Int64")
    order = leaning.groupby([frame["leader_id"], frame["year"]]).rank(ascending=False, method="first")
    frame["rank"] = order.where(frame["ranks"]).astype("Int64")
    return typed("outcome_ratings", frame)


def _mean(frame: pd.DataFrame) -> pd.Series:
    level = {name: at for at, name in enumerate(LEVELS)}
    apart = [
        APART.get(outcome, (0.0,) * 3)[level[name]]
        for outcome, name in zip(frame["outcome_id"], frame["level"], strict=True)
    ]
    rising = frame["outcome_id"].map(RISING).fillna(0.0) * (frame["year"] - min(YEARS))
    return frame["outcome_id"].map(AGREED) + apart + rising
