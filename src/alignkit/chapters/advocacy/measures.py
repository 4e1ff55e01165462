"""Aligned advocacy: do we back what works, regardless of individual interests?

Pure: tables of the contract in (as `Cycle.table` gives them), tidy frames out. Policies for the board only are taken
out first (`public_policies`): the book is public.
"""

import numpy as np
import pandas as pd

from alignkit.chapters.advocacy.interests import Stakes, interest
from alignkit.chapters.advocacy.interests import stakes as stakes
from alignkit.stats.agreement import agreement_index, rice_index

POSITIONS = ("support", "neutral", "oppose")
STAGES = ("idea", "drafted", "introduced", "adopted", "funded", "in_force")
OPEN = STAGES[:3]
"""Stages in which a body has still to decide."""
WORKS = 2
"""Up to this tier (ESSA: 1 strong, 2 moderate) evidence says that a practice works; 3 and 4 are reasons to test it."""
EVIDENCE = ("works", "weaker", "none")


def public_policies(policies: pd.DataFrame) -> pd.DataFrame:
    """The policies that may be named in the book: those still to be decided first, the nearest to a vote at the top."""
    shown = policies[~policies["board_only"].astype(bool)]
    rank = shown["stage"].map({stage: at for at, stage in enumerate((*OPEN[::-1], *STAGES[len(OPEN) :]))})
    order = shown.assign(rank=rank).sort_values(["rank", "stage_on", "policy_id"], kind="stable")
    return order.drop(columns="rank").reset_index(drop=True)


def latest_positions(positions: pd.DataFrame, policies: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """Each partner's newest position on each policy: partner_id, policy_id, position, stated_on.

    `policies` as `public_policies` gives them, `partners` those in force; positions of and on others are left out.
    """
    known = positions[positions["policy_id"].isin(policies["policy_id"])]
    if len(partners):
        known = known[known["partner_id"].isin(partners["partner_id"])]
    newest = known.sort_values("stated_on", kind="stable").drop_duplicates(["partner_id", "policy_id"], keep="last")
    return newest.sort_values(["policy_id", "partner_id"]).reset_index(drop=True)


def evidence_backed(policies: pd.DataFrame, policy_practices: pd.DataFrame, practices: pd.DataFrame) -> pd.DataFrame:
    """What each policy would back, and how good the evidence for it is.

    Returns policy_id, tier (of the weakest practice it backs, as its money goes to all; missing without one),
    practices (names), outcome_ids, evidence ("works": tiers 1 and 2, "weaker", "none": backs no listed practice).
    """
    backed = policy_practices.merge(practices, on="practice_id").sort_values(["policy_id", "evidence_tier", "name"])
    by = backed.groupby("policy_id")
    frame = policies[["policy_id"]].copy()
    frame["tier"] = frame["policy_id"].map(by["evidence_tier"].max()).astype("Int64")
    for column, source in (("practices", "name"), ("outcome_ids", "outcome_id")):
        lists = by[source].agg(lambda some: list(dict.fromkeys(some))).to_dict() if len(backed) else {}
        frame[column] = pd.Series([lists.get(id_, []) for id_ in frame["policy_id"]], dtype=object, index=frame.index)
    works = (frame["tier"] <= WORKS).fillna(False)
    frame["evidence"] = np.where(frame["tier"].isna(), "none", np.where(works, "works", "weaker"))
    return frame


def positions_stated(positions: pd.DataFrame, partners: pd.DataFrame, policies: pd.DataFrame, backed: pd.DataFrame,
           at: Stakes) -> pd.DataFrame:  # fmt: skip
    """Every position with what its partner has at stake.

    Returns partner_id, policy_id, partner, sector (code), policy, position, stated_on, interest (see `interests`),
    evidence.
    """
    frame = positions.merge(policies[["policy_id", "name"]].rename(columns={"name": "policy"}), on="policy_id")
    who = partners[["partner_id", "name", "sector"]].rename(columns={"name": "partner"})
    frame = frame.merge(who, on="partner_id", how="left").merge(backed[["policy_id", "evidence"]], on="policy_id")
    frame["partner"] = frame["partner"].fillna(frame["partner_id"])
    frame["sector"] = frame["sector"].astype(object).fillna("")
    pairs = zip(frame["partner_id"], frame["policy_id"], strict=True)
    frame["interest"] = pd.Series([interest(at, *pair) for pair in pairs], dtype=object, index=frame.index)
    columns = [
        "partner_id",
        "policy_id",
        "partner",
        "sector",
        "policy",
        "position",
        "stated_on",
        "interest",
        "evidence",
    ]
    return frame.sort_values(["partner", "policy"])[columns].reset_index(drop=True)


def policy_overview(policies: pd.DataFrame, backed: pd.DataFrame, positions: pd.DataFrame, actions: pd.DataFrame,
             as_of: pd.Timestamp, since: pd.Timestamp | None) -> pd.DataFrame:  # fmt: skip
    """Each policy: stage and time in it, evidence, positions, actions for it.

    Returns policy_id, policy, government, stage, stage_on, days (in its stage), tier, practices, evidence, support,
    neutral, oppose (partners), despite (supporters with their stake elsewhere), acted (actions for it ever), recent
    (after `since`, the day of the last cycle), rice, index (agreement indices).
    """
    frame = policies[["policy_id", "name", "government", "stage", "stage_on"]].rename(columns={"name": "policy"})
    frame["days"] = (as_of - frame["stage_on"]).dt.days.astype("Int64")
    frame = frame.merge(backed[["policy_id", "tier", "practices", "evidence"]], on="policy_id", how="left")
    for position in POSITIONS:
        frame[position] = _count(frame, positions[positions["position"] == position])
    elsewhere = positions["interest"] == "elsewhere"
    frame["despite"] = _count(frame, positions[(positions["position"] == "support") & elsewhere])
    pro = in_favor(actions, positions)
    frame["acted"] = _count(frame, pro)
    frame["recent"] = _count(frame, pro[pro["acted_on"] > since] if since is not None else pro)
    votes = [tuple(int(n) for n in row) for row in frame[["support", "oppose", "neutral"]].to_numpy()]
    frame["rice"] = [rice_index(support, oppose) for support, oppose, _neutral in votes]
    frame["index"] = [agreement_index(*three) for three in votes]
    return frame


def in_favor(actions: pd.DataFrame, positions: pd.DataFrame) -> pd.DataFrame:
    """Actions by partners that do not oppose the policy: what an opponent does is not done for it."""
    against = positions[positions["position"] == "oppose"][["partner_id", "policy_id"]].assign(against=True)
    frame = actions.merge(against, on=["partner_id", "policy_id"], how="left")
    return frame[~frame["against"].eq(True)].drop(columns="against")


def _count(policies: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    return policies["policy_id"].map(rows.groupby("policy_id").size()).fillna(0).astype("Int64")


def positions_by_sector(positions: pd.DataFrame, policies: pd.DataFrame) -> pd.DataFrame:
    """Policies × sectors: what the partners of a sector hold.

    Returns policy_id, sector (code), policy, held ("support", "neutral", "oppose": all who spoke; "mixed"; "": nobody
    spoke), partners (how many spoke). Sectors in which nobody spoke on any policy are left out.
    """
    by = positions.groupby(["policy_id", "sector"])["position"]
    groups = pd.DataFrame({"held": by.agg(_together), "partners": by.size()})
    grid = pd.MultiIndex.from_product([policies["policy_id"], sorted(positions["sector"].unique())],
                                      names=["policy_id", "sector"])  # fmt: skip
    frame = groups.reindex(grid).reset_index()
    frame["held"] = frame["held"].astype(object).fillna("")
    frame["partners"] = frame["partners"].fillna(0).astype("Int64")
    frame["policy"] = frame["policy_id"].map(policies.set_index("policy_id")["name"])
    return frame[["policy_id", "sector", "policy", "held", "partners"]]


def _together(positions: pd.Series) -> str:
    return str(positions.iloc[0]) if positions.nunique() == 1 else "mixed"


def support_by_evidence(positions: pd.DataFrame) -> pd.DataFrame:
    """How often partners support, by the evidence behind the policy and by what they have at stake.

    Returns evidence ("works", "weaker", "none"), interest ("all", "gains", "elsewhere", "none", "unknown"), numerator
    (positions in support), denominator (positions stated). Every evidence has its "all", even of none.
    """
    both = pd.concat([positions.assign(interest="all"), positions])
    counted = both.assign(support=(both["position"] == "support").astype(int))
    found = counted.groupby(["evidence", "interest"])["support"].agg(["sum", "count"])
    totals = pd.MultiIndex.from_product([EVIDENCE, ["all"]], names=["evidence", "interest"])
    frame = found.reindex(found.index.union(totals), fill_value=0).reset_index()
    return frame.rename(columns={"sum": "numerator", "count": "denominator"})


def agenda_signers(agreements: pd.DataFrame, partners: pd.DataFrame, positions: pd.DataFrame) -> pd.DataFrame:
    """Each partner that has signed the advocacy agenda: does it speak, and does it oppose what works?

    `agreements` and `partners` are those in force, `positions` as `positions_stated` makes it. Returns partner_id,
    partner, spoke (has stated any position), opposes_what_works (booleans), by name.
    """
    signed = set(agreements.loc[agreements["element"] == "advocacy_agenda", "partner_id"])
    frame = partners.loc[partners["partner_id"].isin(signed), ["partner_id", "name"]]
    frame = frame.rename(columns={"name": "partner"}).sort_values("partner").reset_index(drop=True)
    against = positions[(positions["position"] == "oppose") & (positions["evidence"] == "works")]
    frame["spoke"] = frame["partner_id"].isin(positions["partner_id"])
    frame["opposes_what_works"] = frame["partner_id"].isin(against["partner_id"])
    return frame


def stage_changes(policies: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Policies whose stage is another than the cycle before knew: policy_id, policy, was (None: new), stage."""
    was = before.set_index("policy_id")["stage"] if len(before) else pd.Series(dtype=object)
    frame = policies[["policy_id", "name", "stage"]].rename(columns={"name": "policy"})
    frame["was"] = pd.Series([was.get(id_) for id_ in frame["policy_id"]], dtype=object, index=frame.index)
    return frame[frame["was"] != frame["stage"]][["policy_id", "policy", "was", "stage"]].reset_index(drop=True)


def policies_by_outcome(outcomes: pd.DataFrame, backed: pd.DataFrame, overview: pd.DataFrame) -> pd.DataFrame:
    """Each outcome in force: backed, supported and acted on ("full"), a policy listed ("part"), nobody ("hole").

    `overview` as `policy_overview` makes it. Returns outcome_id, outcome (name), standing, policies, supporters (the
    most that any one policy has), acted (actions).
    """
    links = backed[["policy_id", "outcome_ids"]].explode("outcome_ids").rename(columns={"outcome_ids": "outcome_id"})
    links = links.dropna(subset="outcome_id").merge(overview[["policy_id", "support", "acted"]], on="policy_id")
    links["full"] = (links["support"] > 0) & (links["acted"] > 0)
    by = links.groupby("outcome_id").agg(policies=("policy_id", "nunique"), supporters=("support", "max"),
                                         acted=("acted", "sum"), full=("full", "max"))  # fmt: skip
    listed = outcomes[outcomes["status"] == "in_force"].sort_values("order", kind="stable")
    frame = listed[["outcome_id", "name"]].rename(columns={"name": "outcome"}).reset_index(drop=True)
    for column in ("policies", "supporters", "acted"):
        frame[column] = frame["outcome_id"].map(by[column]).fillna(0).astype("Int64")
    full = frame["outcome_id"].isin(by.index[by["full"].astype(bool)])
    frame["standing"] = np.where(full, "full", np.where(frame["policies"] > 0, "part", "hole"))
    return frame


def board_only(policies: pd.DataFrame) -> int:
    """How many policies are for the board only."""
    return int(policies["board_only"].astype(bool).sum())


def actions_taken(actions: pd.DataFrame, partners: pd.DataFrame, policies: pd.DataFrame) -> pd.DataFrame:
    """Actions on public policies, newest first: action_id, acted_on, partner, policy, kind, description."""
    frame = actions.merge(policies[["policy_id", "name"]].rename(columns={"name": "policy"}), on="policy_id")
    frame["partner"] = frame["partner_id"].map(partners.set_index("partner_id")["name"]).fillna(frame["partner_id"])
    frame = frame.sort_values(["acted_on", "action_id"], ascending=[False, True])
    return frame[["action_id", "acted_on", "partner", "policy", "kind", "description"]].reset_index(drop=True)
