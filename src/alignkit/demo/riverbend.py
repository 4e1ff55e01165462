"""Riverbend County: a synthetic community with every table of the contract, over four quarters.

Nobody in it exists. `tables` is what the community keeps; `truth` is what is truly so, and never stands in a table.
"""

import pandas as pd

from alignkit.contract.schema import TABLES
from alignkit.demo.leaders import leaders, outcome_ratings
from alignkit.demo.links import crosswalk, link_reviews, matched_results
from alignkit.demo.lotteries import assignments
from alignkit.demo.partners import agreements, meeting_attendance, responsibilities
from alignkit.demo.practices import adoptions, grant_partners
from alignkit.demo.promises import commitments
from alignkit.demo.records import clients, students
from alignkit.demo.results import student_results
from alignkit.demo.schooling import enrolments
from alignkit.demo.services import services
from alignkit.demo.tools import authored
from alignkit.demo.truth import Truth, truth
from alignkit.demo.values import indicator_values, indicators

__all__ = ["AUTHORED", "Truth", "tables", "truth"]

AUTHORED = (
    "partners", "outcomes", "subgroup_targets", "series_breaks", "places", "subgroups", "meetings",
    "decisions", "standards", "data_sources", "practices", "practice_reviews", "comparisons", "grants",
    "grant_outcomes", "policies", "policy_practices", "positions", "advocacy_actions",
)  # fmt: skip
"""Tables that were written by hand, the same for every seed."""


def tables(seed: int) -> dict[str, pd.DataFrame]:
    """Every table of the contract, in its order, typed as `contract.conform` would; same seed, same tables."""
    made = {name: authored(name) for name in AUTHORED} | _community(seed) | _persons(seed)
    return {name: made[name] for name in TABLES}


def _community(seed: int) -> dict[str, pd.DataFrame]:
    values, raters = indicator_values(seed), leaders(seed)
    return {
        "indicator_values": values,
        "indicators": indicators(values),
        "commitments": commitments(),
        "agreements": agreements(),
        "responsibilities": responsibilities(),
        "meeting_attendance": meeting_attendance(seed),
        "adoptions": adoptions(seed),
        "grant_partners": grant_partners(),
        "leaders": raters,
        "outcome_ratings": outcome_ratings(seed, raters),
    }


def _persons(seed: int) -> dict[str, pd.DataFrame]:
    served, results = services(seed), student_results(seed)
    return {
        "students": students(seed),
        "clients": clients(seed, served.groupby("client_id")["starts_on"].min()),
        "enrolments": enrolments(seed),
        "student_results": results,
        "assignments": assignments(seed),
        "services": served,
        "crosswalk": crosswalk(seed),
        "link_reviews": link_reviews(seed),
        "matched_results": matched_results(seed, results),
    }
