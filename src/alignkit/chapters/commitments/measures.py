"""What did we promise, did we do it, what changed, what next?

A commitment's row says what was known of it on `recorded_on`; `Cycle.table` gives each one's newest row.
"""

import pandas as pd

STANDINGS = ("kept", "late", "not_done", "overdue", "dropped", "open")
"""In the order a board reads them. `overdue`: not settled, its date (or its new one) is past, nobody has said why."""
NEEDED = ("partner_id", "what", "due_now", "measure")
"""Who, what, by when, and how we will know: what makes a sentence a commitment."""


def standing(commitments: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series:
    """Each commitment's status, with `overdue` for those left open past their date, or late past their new one."""
    moved = (commitments["status"] == "late") & (commitments["due_now"] > commitments["due_originally"])
    overdue = ((commitments["status"] == "open") | moved) & (commitments["due_now"] <= as_of)
    return commitments["status"].mask(overdue, "overdue")


def due(
    commitments: pd.DataFrame, partners: pd.DataFrame, as_of: pd.Timestamp, since: pd.Timestamp | None
) -> pd.DataFrame:
    """What came due, or was settled, after `since` (exclusive) up to `as_of`; all that is past where `since` is None.
    What is overdue stays in it, cycle after cycle, until somebody says what became of it.

    Returns commitment_id, partner, what, standing, due_originally, due_now, new_due (where it was moved and is still to
    come), reason, help_needed, measure, outcome_id, replaces, replaced_by (what was promised in its place, or None),
    unkept first.
    """
    frame = _named(commitments, partners).assign(standing=standing(commitments, as_of))
    start = since if since is not None else pd.Timestamp.min
    came_due = frame["due_originally"].between(start, as_of, inclusive="right")
    came_due |= frame["due_now"].between(start, as_of, inclusive="right")
    settled = (frame["status"] != "open") & frame["recorded_on"].between(start, as_of, inclusive="right")
    frame = frame[came_due | settled | (frame["standing"] == "overdue")].copy()
    frame["replaced_by"] = frame["commitment_id"].map(_replacements(commitments))
    moved = (frame["due_now"] > as_of) & (frame["due_now"] > frame["due_originally"])
    moved &= ~frame["status"].isin(["kept", "dropped", "not_done"])
    frame["new_due"] = frame["due_now"].where(moved)
    order = {"not_done": 0, "overdue": 1, "dropped": 2, "late": 3, "open": 4, "kept": 5}
    frame["place"] = frame["standing"].map(order)
    frame = frame.sort_values(["place", "due_originally", "commitment_id"])
    keep = ["commitment_id", "partner", "what", "standing", "due_originally", "due_now", "new_due", "reason"]
    keep += ["help_needed", "measure", "outcome_id", "replaces", "replaced_by"]
    return frame[keep].reset_index(drop=True)


def counts(due_now: pd.DataFrame) -> pd.DataFrame:
    """How many of the commitments that came due are in each standing: standing, count, of."""
    tally = due_now["standing"].value_counts().reindex(list(STANDINGS), fill_value=0)
    return pd.DataFrame({"standing": tally.index, "count": tally.values, "of": len(due_now)})


def ahead(commitments: pd.DataFrame, partners: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """The list for the next cycle: open and due after `as_of`, soonest first.

    Returns commitment_id, partner, what, due_now, due_originally, measure, carried (made before, and its date was
    moved), missing (which of who, what, when, measure is not filled in; "" for none), outcome_id, alignment,
    cycle_made.
    """
    frame = _named(commitments, partners)
    frame = frame[(frame["status"].isin(["open", "late"])) & ~(frame["due_now"] <= as_of)].copy()
    frame["carried"] = frame["due_now"] > frame["due_originally"]
    frame["missing"] = frame.apply(lambda row: ", ".join(name for name in NEEDED if pd.isna(row[name])), axis=1)
    frame = frame.sort_values(["due_now", "commitment_id"])
    keep = ["commitment_id", "partner", "what", "due_now", "due_originally", "measure", "carried", "missing"]
    return frame[[*keep, "outcome_id", "alignment", "cycle_made"]].reset_index(drop=True)


def chain(commitments: pd.DataFrame, decisions: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """Decision → commitment → what became of it → the commitment that replaced it.

    Returns decision_id, motion, commitment_id ("" where it led to none), partner, what, standing (its status),
    replaced_by (what replaced it, or None), in the order of decisions.
    """
    agreed = decisions[decisions["status"] == "agreed"][["decision_id", "motion", "recorded_on"]]
    named = _named(commitments, partners)
    named = named.assign(replaced_by=named["commitment_id"].map(_replacements(commitments)))
    frame = agreed.merge(
        named[["decision_id", "commitment_id", "partner", "what", "status", "replaced_by"]],
        on="decision_id",
        how="left",
    )
    frame = frame.rename(columns={"status": "standing"})
    frame["commitment_id"] = frame["commitment_id"].fillna("")
    return frame.sort_values(["recorded_on", "decision_id"]).drop(columns="recorded_on").reset_index(drop=True)


def without_promise(decisions: pd.DataFrame, commitments: pd.DataFrame) -> pd.DataFrame:
    """Decisions that were agreed to and that nobody has promised anything for: decision_id, motion, oldest first."""
    agreed = decisions[(decisions["status"] == "agreed") & ~decisions["decision_id"].isin(commitments["decision_id"])]
    return agreed.sort_values(["recorded_on", "decision_id"])[["decision_id", "motion"]].reset_index(drop=True)


def decisions_to_take(decisions: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """The motions before the board: proposed and not yet decided, soonest needed first.

    Returns decision_id, motion, cost, cost_note, lead (a partner's name), needed_by, evidence (chapter id),
    evidence_words.
    """
    frame = decisions[decisions["status"] == "proposed"].merge(
        partners[["partner_id", "name"]], left_on="lead_partner_id", right_on="partner_id", how="left"
    )
    frame = frame.rename(columns={"name": "lead"}).sort_values(["needed_by", "decision_id"])
    keep = ["decision_id", "motion", "cost", "cost_note", "lead", "needed_by", "evidence", "evidence_words"]
    return frame[keep].reset_index(drop=True)


def _replacements(commitments: pd.DataFrame) -> pd.Series:
    """commitment_id of an earlier promise → what was promised in its place."""
    later = commitments.dropna(subset=["replaces"]).drop_duplicates("replaces")
    return later.set_index("replaces")["what"]


def _named(commitments: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    names = partners.set_index("partner_id")["name"]
    return commitments.assign(partner=commitments["partner_id"].map(names))
