"""The story behind an outcome's curve: who has a part in it, what works, what was promised next.

Pure; all of it is about partners and what they do, never about children.
"""

import pandas as pd

from alignkit.chapters.commitments.measures import ahead

ROLES = ("lead", "shared", "contributor")


def partners_taking_part(responsibilities: pd.DataFrame, partners: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Partners with a part in the outcome: partner_id, partner (name), role, contribution; the lead first."""
    rows = responsibilities[responsibilities["outcome_id"] == outcome]
    rows = rows.merge(partners[["partner_id", "name"]], on="partner_id").rename(columns={"name": "partner"})
    rows = rows.assign(order=rows["role"].map({role: i for i, role in enumerate(ROLES)}))
    rows = rows.sort_values(["order", "partner"]).drop_duplicates("partner_id")
    return rows[["partner_id", "partner", "role", "contribution"]].reset_index(drop=True)


def practices_listed(
    practices: pd.DataFrame, adoptions: pd.DataFrame, partners: pd.DataFrame, outcome: str
) -> pd.DataFrame:
    """Practices listed for the outcome, best evidence first: practice_id, practice, setting, evidence_tier,
    evidence_source, sites (how many have taken it up), where (the partners that have, by name)."""
    listed = practices[practices["outcome_id"] == outcome].rename(columns={"name": "practice"})
    taken = adoptions.merge(partners[["partner_id", "name"]], on="partner_id")
    sites = taken.groupby("practice_id").size()
    names = {practice: tuple(sorted(set(rows["name"]))) for practice, rows in taken.groupby("practice_id")}
    listed = listed.assign(sites=listed["practice_id"].map(sites).fillna(0).astype("Int64"))
    listed["where"] = [names.get(practice, ()) for practice in listed["practice_id"]]
    keep = ["practice_id", "practice", "setting", "evidence_tier", "evidence_source", "sites", "where"]
    return listed.sort_values(["evidence_tier", "practice"])[keep].reset_index(drop=True)


def open_commitments(
    commitments: pd.DataFrame, partners: pd.DataFrame, outcome: str, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Open commitments to the outcome, soonest first: commitment_id, partner, what, due_now, measure."""
    rows = ahead(commitments, partners, as_of)
    keep = ["commitment_id", "partner", "what", "due_now", "measure"]
    return rows.loc[rows["outcome_id"] == outcome, keep].reset_index(drop=True)
