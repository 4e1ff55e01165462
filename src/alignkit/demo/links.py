"""crosswalk, link_reviews and matched_results: what is known about who is the same person."""

from functools import lru_cache

import numpy as np
import pandas as pd

from alignkit.demo.care import PROGRAMS, clients_as_they_are, taken
from alignkit.demo.schooling import pupils
from alignkit.demo.tools import generator, typed

KNOWN = {"lantern-tutors": ("tutoring consent form", 0.45), "long-bridge-mentoring": ("mentoring consent form", 0.6)}
"""Partner → where a pair of numbers is known from, and the share of its students whose form has both."""
REVIEWERS = ("reviewer-a", "reviewer-b")
TRUE_PAIRS, KIN, STRANGERS = 420, 170, 110
RIGHT = {True: (0.93, 0.05), False: (0.91, 0.06)}
"""Whether the pair is one person → chance of the right verdict, and of `unsure`."""
MATCHES = (("2025-08-22", 2024), ("2026-08-20", 2025))
"""(day of the match, school year looked at)."""

LOOKED_UP = ((0, "early-grade-reading", "reading"), (1, "middle-grade-math", "math"))
"""(program, outcome, subject) that the district looked up."""


@lru_cache(maxsize=2)
def links(seed: int) -> pd.DataFrame:
    """The truth: every student_id and client_id of one and the same child, with their rows in `pupils` and clients."""
    people = clients_as_they_are(seed)
    same = people[people["row"] >= 0]
    number = pupils(seed)["student_id"].to_numpy()[same["row"]]
    frame = pd.DataFrame({"student_id": number, "client_id": same["client_id"], "row": same["row"]})
    return frame.sort_values("student_id").reset_index(drop=True)


def crosswalk(seed: int) -> pd.DataFrame:
    """Pairs known from consent forms, as they were handed over twice a year."""
    rng = generator(seed, "crosswalk")
    same = links(seed).set_index("row")
    parts = []
    for number, program in enumerate(PROGRAMS):
        if program.partner in KNOWN:
            source, share = KNOWN[program.partner]
            took = taken(seed)
            rows = np.sort(took.loc[took["program"] == number, "row"].unique())
            parts.append(same.loc[rows[rng.random(len(rows)) < share]].assign(source=source))
    frame = pd.concat(parts).drop_duplicates(["student_id", "client_id"])
    days = np.array(["2025-09-30", "2026-03-31", "2026-09-21", "2026-10-12"], dtype="datetime64[ns]")
    frame["agreed_on"] = days[rng.choice(4, len(frame), p=[0.5, 0.3, 0.17, 0.03])]
    return typed("crosswalk", frame.sort_values(["student_id", "client_id"]))


def link_reviews(seed: int) -> pd.DataFrame:
    """Verdicts of two reviewers: on true pairs, on brothers and sisters or the same name, and on strangers."""
    rng = generator(seed, "reviews")
    pairs = _pairs_to_review(seed, rng)
    twice = pairs[rng.random(len(pairs)) < 0.35]
    frame = pd.concat([pairs.assign(reviewer=REVIEWERS[0]), twice.assign(reviewer=REVIEWERS[1])], ignore_index=True)
    luck = rng.random(len(frame))
    right = frame["same"].map({same: chances[0] for same, chances in RIGHT.items()}).to_numpy()
    unsure = frame["same"].map({same: chances[1] for same, chances in RIGHT.items()}).to_numpy()
    said = np.where(luck < right, frame["same"], ~frame["same"])
    verdict = np.where(said, "match", "non_match").astype(object)
    frame["verdict"] = np.where((luck >= right) & (luck < right + unsure), "unsure", verdict)
    days = rng.integers(0, 130, len(frame))
    frame["reviewed_on"] = pd.Timestamp("2026-05-18") + pd.to_timedelta(days, unit="D")
    return typed("link_reviews", frame.sort_values(["reviewed_on", "student_id", "client_id", "reviewer"]))


def _pairs_to_review(seed: int, rng: np.random.Generator) -> pd.DataFrame:
    same = links(seed)[["student_id", "client_id"]]
    everyone, people = pupils(seed), clients_as_they_are(seed)
    kin = everyone[["student_id", "household", "birth_date"]].merge(
        people.loc[~people["adult"], ["client_id", "household", "row"]], on="household"
    )
    kin = kin[kin["student_id"] != everyone["student_id"].reindex(kin["row"]).to_numpy()]
    strangers = pd.DataFrame(
        {"student_id": rng.permutation(same["student_id"]), "client_id": rng.permutation(same["client_id"])}
    )
    pairs = [same.sample(TRUE_PAIRS, random_state=rng), kin.sample(KIN, random_state=rng), strangers.head(STRANGERS)]
    frame = pd.concat(pairs)[["student_id", "client_id"]].drop_duplicates().reset_index(drop=True)
    truth = pd.MultiIndex.from_frame(same)
    return frame.assign(same=pd.MultiIndex.from_frame(frame).isin(truth))


def matched_results(seed: int, results: pd.DataFrame) -> pd.DataFrame:
    """What the district returned: tutored and mentored students who were proficient, in all and by group."""
    parts = [
        _counted(seed, results, number, subject, year).assign(
            practice_id=PROGRAMS[number].practice,
            outcome_id=outcome,
            result=f"proficient in {subject} in spring {year + 1}",
            matched_on=pd.Timestamp(day),
        )
        for number, outcome, subject in LOOKED_UP
        for day, year in MATCHES
    ]
    frame = pd.concat(parts, ignore_index=True).assign(data_source_id="district-records")
    return typed("matched_results", frame)


def _counted(seed: int, results: pd.DataFrame, program: int, subject: str, year: int) -> pd.DataFrame:
    took = taken(seed)
    rows = took.loc[(took["program"] == program) & (took["year"] == year), "row"]
    columns = ["student_id", "race_ethnicity", "english_learner"]
    matched = (
        pupils(seed)
        .iloc[rows][columns]
        .merge(results[(results["subject"] == subject) & (results["taken_on"].dt.year == year + 1)], on="student_id")
    )
    learner = np.where(matched["english_learner"], "english_learner", "not_english_learner")
    matched = matched.assign(all="all", english_learner=learner)
    parts = []
    for kind in ("all", "race_ethnicity", "english_learner"):
        found = matched.groupby(kind)["proficient"].agg(matched_count="sum", total="count")
        parts.append(found.rename_axis("subgroup").reset_index().assign(subgroup_type=kind))
    return pd.concat(parts, ignore_index=True)
