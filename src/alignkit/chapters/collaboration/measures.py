"""Which institutions do our grants all ask, and where can one agreement or meeting serve several?

Every function is pure: tables of the contract in (as `Cycle.table` gives them), a tidy frame out. Ids become names that
a reader can distinguish (`named`). Most functions start from `agreements`, one row for each grant and institution. How
the meetings are found is in `joint_meetings`.
"""

from itertools import combinations
from math import ceil

import pandas as pd

from alignkit.chapters.collaboration.joint_meetings import Plan, fewest
from alignkit.kit.code_lists import named

STANDINGS = ("signed", "due", "overdue")
"""What became of an agreement that a grant asks for. `overdue`: not signed, and its day is here or past."""
NO_MEETING = 0
"""The number of the meeting of an institution that needs none."""


def running_grants(grants: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Grants that have not ended by `as_of`, in order of award."""
    kept = grants[~(grants["ends_on"] < as_of)]
    return kept.sort_values(["awarded_on", "grant_id"]).reset_index(drop=True)


def agreements(
    grant_partners: pd.DataFrame,
    grants: pd.DataFrame,
    partners: pd.DataFrame,
    as_of: pd.Timestamp,
    *,
    again: bool = False,
) -> pd.DataFrame:
    """Every agreement that a running grant asks for.

    Returns grant_id, grant, partner_id, partner, signatory, role, due_on, signed_on, standing (`STANDINGS`), needed
    (not signed; with `again`, every one), in order of grants and partners.
    """
    rows = grant_partners.merge(grants[["grant_id"]], on="grant_id")
    names = {"grant": named(rows["grant_id"], grants, "grant_id")}
    rows = rows.assign(**names, partner=named(rows["partner_id"], partners, "partner_id"))
    rows["signed_on"] = rows["signed_on"].where(rows["signed_on"] <= as_of)
    rows["standing"] = "due"
    rows["standing"] = rows["standing"].mask(rows["due_on"] <= as_of, "overdue")
    rows["standing"] = rows["standing"].mask(rows["signed_on"].notna(), "signed")
    rows["needed"] = (rows["standing"] != "signed") | again
    rows["place"] = rows["grant_id"].map({grant: place for place, grant in enumerate(grants["grant_id"])})
    keep = ["grant_id", "grant", "partner_id", "partner", "signatory", "role", "due_on", "signed_on", "standing"]
    return rows.sort_values(["place", "partner"])[[*keep, "needed"]].reset_index(drop=True)


def institutions(asks: pd.DataFrame) -> pd.DataFrame:
    """How many grants need each institution's agreement; the most asked first. `asks` is what `agreements` gives.

    Returns partner_id, partner, grants, signed, due, overdue, open (due and overdue together) (counts of grants), which
    (the grants' names).
    """
    tally = asks.groupby(["partner_id", "standing"]).size().unstack(fill_value=0)
    tally = tally.reindex(columns=list(STANDINGS), fill_value=0).astype("Int64")
    frame = asks[["partner_id", "partner"]].drop_duplicates("partner_id").merge(tally.reset_index(), on="partner_id")
    frame["open"] = frame["due"] + frame["overdue"]
    frame["grants"] = frame["signed"] + frame["open"]
    frame["which"] = frame["partner_id"].map(asks.groupby("partner_id")["grant"].agg(list))
    frame = frame.sort_values(["grants", "open", "partner"], ascending=[False, False, True])
    return frame[["partner_id", "partner", "grants", *STANDINGS, "open", "which"]].reset_index(drop=True)


def meeting_plan(asks: pd.DataFrame, *, seats: int, agenda: int) -> Plan:
    """The fewest joint meetings at which every agreement still needed can be asked for (see `joint_meetings`)."""
    pairs = list(zip(asks["grant_id"], asks["partner_id"], strict=True))
    needed = [pair for pair, open_ in zip(pairs, asks["needed"], strict=True) if open_]
    return fewest(needed, pairs, seats=seats, agenda=agenda)


def seats_taken(grid: pd.DataFrame) -> pd.DataFrame:
    """Each institution at each meeting proposed, in the order of `grid` (what `agreement_grid` gives): meeting,
    partner_id. Where no meeting is needed, each institution once.
    """
    waiting = grid[grid["meeting"] != NO_MEETING]
    return (waiting if len(waiting) else grid)[["meeting", "partner_id"]].drop_duplicates(ignore_index=True)


def separate_and_joint(asks: pd.DataFrame, plan: Plan, *, seats: int) -> pd.DataFrame:
    """Meetings and institutions' visits where each grant meets alone, and where they meet as planned.

    Returns way ("alone": each grant calls together the institutions that it needs, at tables of the same size;
    "joint"), meetings, visits, at_least (the fewest meetings that are possible that way).
    """
    tables = asks[asks["needed"]].groupby("grant_id")["partner_id"].nunique()
    meetings = int(sum(ceil(size / max(seats, 1)) for size in tables))
    joint = ("joint", len(plan.meetings), plan.visits(), plan.at_least)
    return pd.DataFrame(
        [("alone", meetings, int(tables.sum()), meetings), joint], columns=["way", "meetings", "visits", "at_least"]
    )


def proposed_meetings(asks: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The meetings of the plan, the one with the earliest day first.

    Returns meeting (1, 2, …), partners, officers, grants (names; the officers in order of their institutions),
    agreements (how many can be asked for there), overdue (how many of those are), due_on (the earliest day by which one
    is needed).
    """
    rows = _at_meetings(asks, plan)
    rows = rows[rows["needed"]].drop_duplicates(["grant_id", "partner_id"])
    rows = rows.sort_values(["meeting", "partner", "signatory"])
    frame = rows.groupby("meeting").agg(
        partners=("partner", _distinct),
        officers=("signatory", _distinct),
        grants=("grant", lambda found: sorted(set(found))),
        agreements=("partner", "size"),
        overdue=("standing", _overdue),
        due_on=("due_on", "min"),
    )
    return frame.reset_index()


def officers(asks: pd.DataFrame) -> pd.DataFrame:
    """Officers whose signature is still needed, by institution; those whom most grants wait for first, then by day.

    Returns partner_id, partner, signatory, grants (count), which (the grants' names), overdue (count), due_on (the
    earliest).
    """
    rows = asks[asks["standing"] != "signed"].sort_values(["due_on", "grant"])
    frame = rows.groupby(["partner_id", "partner", "signatory"]).agg(
        grants=("grant_id", "nunique"),
        which=("grant", _distinct),
        overdue=("standing", _overdue),
        due_on=("due_on", "min"),
    )
    order = ["grants", "due_on", "partner", "signatory"]
    return frame.reset_index().sort_values(order, ascending=[False, True, True, True], ignore_index=True)


def _at_meetings(asks: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The rows of `asks` that each meeting serves, with its number."""
    pairs = [
        (i, grant, partner) for i, one in enumerate(plan.meetings) for grant in one.grants for partner in one.partners
    ]
    at = pd.DataFrame(pairs, columns=["at", "grant_id", "partner_id"]).astype(
        {"grant_id": object, "partner_id": object}
    )
    rows = asks.merge(at, on=["grant_id", "partner_id"])
    first = rows[rows["needed"]].groupby("at")["due_on"].min()
    order = sorted(range(len(plan.meetings)), key=lambda i: (_day(first.get(i)), plan.meetings[i].grants, i))
    rows["meeting"] = rows.pop("at").map({i: number for number, i in enumerate(order, 1)})
    return rows.sort_values("meeting", kind="stable")


def _overdue(standings: pd.Series) -> int:
    return int((standings == "overdue").sum())


def _day(day: pd.Timestamp | None) -> pd.Timestamp:
    return pd.Timestamp.max if day is None or pd.isna(day) else day


def _distinct(names: pd.Series) -> list[str]:
    return list(dict.fromkeys(names))


def agreement_grid(asks: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Institutions × grants, in the order of the meetings proposed; institutions that need none come last.

    Returns meeting (its number, `NO_MEETING` for none), partner_id, partner, grant_id, grant, standing (`STANDINGS`, ""
    where the grant does not ask the institution).
    """
    rows = _at_meetings(asks, plan)
    seats = rows.loc[rows["needed"], ["meeting", "partner_id", "partner"]].drop_duplicates()
    rest = asks.loc[~asks["partner_id"].isin(seats["partner_id"]), ["partner_id", "partner"]].drop_duplicates()
    seats = pd.concat(
        [seats.sort_values(["meeting", "partner"]), rest.sort_values("partner").assign(meeting=NO_MEETING)]
    )
    frame = seats.merge(asks[["grant_id", "grant"]].drop_duplicates(), how="cross")
    frame = frame.merge(asks[["grant_id", "partner_id", "standing"]], on=["grant_id", "partner_id"], how="left")
    frame["standing"] = frame["standing"].fillna("")
    return frame[["meeting", "partner_id", "partner", "grant_id", "grant", "standing"]].astype({"meeting": "int64"})


def officers_by_quarter(asks: pd.DataFrame) -> pd.DataFrame:
    """Officers several grants ask to sign in one quarter; the newest quarter and the most asked first.

    Returns signatory, period_start, period_end (the quarter), partners (names), grants (count), signed (count), which
    (the grants' names).
    """
    rows = asks.dropna(subset=["due_on"])
    quarter = rows["due_on"].dt.to_period("Q")
    rows = rows.assign(period_start=quarter.dt.start_time, period_end=quarter.dt.end_time.dt.normalize())
    frame = rows.groupby(["signatory", "period_start", "period_end"]).agg(
        partners=("partner", _distinct),
        grants=("grant_id", "nunique"),
        signed=("standing", lambda said: int((said == "signed").sum())),
        which=("grant", _distinct),
    )
    frame = frame[frame["grants"] > 1].reset_index()
    return frame.sort_values(["period_start", "grants", "signatory"], ascending=[False, False, True], ignore_index=True)


def shared_institutions(asks: pd.DataFrame) -> pd.DataFrame:
    """Institutions that each two grants share, signed or not; most shared first.

    Returns grant_id, other_id, grant, other (names), shared (count), which (the institutions' names), jaccard (shared
    of all that either asks; Jaccard 1901), overlap (shared of all that the smaller one asks; Szymkiewicz 1934, Simpson
    1943), both from 0 to 1.
    """
    tables = {
        grant: dict(zip(rows["partner_id"], rows["partner"], strict=True)) for grant, rows in asks.groupby("grant_id")
    }
    names = asks.drop_duplicates("grant_id").set_index("grant_id")["grant"]
    found = []
    for one, other in combinations(names.index, 2):
        both = [tables[one][partner] for partner in tables[one] if partner in tables[other]]
        sizes = len(tables[one]), len(tables[other])
        shares = len(both) / (sum(sizes) - len(both)), len(both) / min(sizes)
        found.append((one, other, names[one], names[other], len(both), sorted(both), *shares))
    columns = ["grant_id", "other_id", "grant", "other", "shared", "which", "jaccard", "overlap"]
    frame = pd.DataFrame(found, columns=columns)
    return frame.sort_values("shared", ascending=False, kind="stable", ignore_index=True)


def shared_outcomes(grant_outcomes: pd.DataFrame, grants: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Outcomes that running grants must report, most shared first.

    Returns outcome_id, outcome (name), grants (count), which (names), reports (what each asks for, in the same order).
    """
    rows = grant_outcomes.merge(grants[["grant_id"]], on="grant_id")
    rows = rows.assign(grant=named(rows["grant_id"], grants, "grant_id"))
    rows = rows.assign(outcome=named(rows["outcome_id"], outcomes, "outcome_id"), asks=rows["must_report"].fillna(""))
    found = rows.sort_values("grant").groupby(["outcome_id", "outcome"])
    frame = found.agg(grants=("grant_id", "nunique"), which=("grant", list), reports=("asks", list)).reset_index()
    return frame.sort_values(["grants", "outcome"], ascending=[False, True], ignore_index=True)


def usual_meetings(meetings: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Meetings held in the year up to `as_of`, by name: meeting, times, last (day); the most frequent first."""
    year = meetings[meetings["held_on"].between(as_of - pd.DateOffset(years=1), as_of, inclusive="right")]
    frame = year.groupby("name").agg(times=("meeting_id", "size"), last=("held_on", "max")).reset_index()
    frame = frame.rename(columns={"name": "meeting"})
    return frame.sort_values(["times", "meeting"], ascending=[False, True], ignore_index=True)
