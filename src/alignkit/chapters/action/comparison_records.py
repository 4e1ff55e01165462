"""Records of persons, made ready for comparisons: results on one scale, what was known before, where and with what."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from alignkit.linkage.link import link
from alignkit.linkage.settings import Settings

TABLES = ("students", "student_results", "enrolments", "services", "assignments")
"""Tables about persons that comparisons draw on, beside the linked pairs."""
YEAR = pd.DateOffset(years=1)


@dataclass(frozen=True)
class Records:
    """The tables about persons that comparisons draw on, as of one day; empty where a community does not keep one.

    `pairs`: student_id and client_id of one and the same person, as accepted by linkage.
    """

    students: pd.DataFrame
    student_results: pd.DataFrame
    enrolments: pd.DataFrame
    services: pd.DataFrame
    assignments: pd.DataFrame
    pairs: pd.DataFrame

    @cached_property
    def scored(self) -> pd.DataFrame:
        """`scored` of its results, worked out once for all comparisons."""
        return scored(self.student_results)

    @cached_property
    def earlier(self) -> pd.DataFrame:
        """Each student's scores of the year before: one row per student and year, one column per subject."""
        before = self.scored.assign(year=self.scored["year"] + 1)
        return before.pivot_table(index=["student_id", "year"], columns="subject", values="score", aggfunc="first")


def scored(student_results: pd.DataFrame) -> pd.DataFrame:
    """Every result beside all others in its assessment, grade and year: student_id, subject, grade, taken_on, year,
    score (standard deviations from their mean), proficient (0 or 100; missing where it is not known).

    So a new test in the middle of a series moves nobody: each year's results stand beside that year's.
    """
    keys = ["assessment", "subject", "grade", "year"]
    frame = student_results.assign(year=student_results["taken_on"].dt.year)
    by = frame.groupby(keys)["score"]
    spread = by.transform("std")
    frame["score"] = (frame["score"] - by.transform("mean")) / spread.where(spread > 0)
    frame["proficient"] = 100 * frame["proficient"].astype("Float64").astype(float)
    columns = ["student_id", "subject", "grade", "taken_on", "year", "score", "proficient"]
    return frame.sort_values("taken_on").drop_duplicates(["student_id", "subject", "year"], keep="last")[columns]


def compared(records: Records, subject: str, grades: str, first: int, last: int) -> pd.DataFrame:
    """The results that one comparison is about, one row per student and year, with what was known before.

    `grades` separated by spaces; years from `first` to `last`. Columns of `scored`, and before (the same subject a year
    earlier), one column "before: <subject>" for each other subject, sex, race_ethnicity, school (where the student was
    enrolled on that day; missing where nobody knows).
    """
    everything = records.scored
    own = (everything["subject"] == subject) & everything["grade"].isin(grades.split())
    rows = everything[own & everything["year"].between(first, last)].reset_index(drop=True)
    about = records.students.drop_duplicates("student_id").set_index("student_id")
    for name in ("sex", "race_ethnicity"):
        rows[name] = rows["student_id"].map(about[name])
    return with_before(rows, records.earlier, subject).assign(school=_school(rows, records.enrolments))


def with_before(rows: pd.DataFrame, earlier: pd.DataFrame, subject: str) -> pd.DataFrame:
    """`rows` (student_id, year) with each subject's score of the year before; columns as in `compared`."""
    found = earlier.reindex(pd.MultiIndex.from_frame(rows[["student_id", "year"]]))
    others = [name for name in found if name != subject and found[name].notna().any()]
    same = found[subject].to_numpy() if subject in found else np.full(len(rows), np.nan)
    return rows.assign(before=same, **{f"before: {name}": found[name].to_numpy() for name in others})


def _school(rows: pd.DataFrame, enrolments: pd.DataFrame) -> pd.Series:
    """Each student's school on the day of the result."""
    if enrolments.empty or rows.empty:
        return pd.Series(None, index=rows.index, dtype=object)
    days = rows[["student_id", "taken_on"]].reset_index().sort_values("taken_on")
    spells = enrolments.sort_values("starts_on")[["student_id", "school", "starts_on", "ends_on"]]
    found = pd.merge_asof(days, spells, left_on="taken_on", right_on="starts_on", by="student_id").set_index("index")
    there = found["ends_on"].isna() | (found["ends_on"] >= found["taken_on"])
    return found["school"].where(there).reindex(rows.index)


def had(rows: pd.DataFrame, practice: str, services: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series:
    """Whether the student began to get the practice in the year before the result: as far as records are linked."""
    began = services.loc[services["practice_id"] == practice, ["client_id", "starts_on"]].merge(pairs, on="client_id")
    both = rows[["student_id", "taken_on"]].reset_index().merge(began, on="student_id")
    lately = (both["starts_on"] <= both["taken_on"]) & (both["starts_on"] > both["taken_on"] - YEAR)
    return pd.Series(rows.index.isin(both.loc[lately, "index"]), index=rows.index)


def known_pairs(students: pd.DataFrame, clients: pd.DataFrame, crosswalk: pd.DataFrame, accept: float) -> pd.DataFrame:
    """Students and clients known to be one person: those linked with a probability of at least `accept`, and those
    that an agreement names. About persons, so never displayed. Returns student_id, client_id."""
    columns = ["student_id", "client_id"]
    accepted = link(students, clients, Settings(accept)).accepted
    return pd.concat([accepted[columns], crosswalk[columns]]).drop_duplicates().reset_index(drop=True)
