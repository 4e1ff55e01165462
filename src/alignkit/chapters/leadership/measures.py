"""Aligned leadership: who has agreed to what, and is responsibility shared and differentiated?

Every function is pure: tables of the contract in (as `Cycle.table` gives them), a tidy frame out.
"""

import pandas as pd

from alignkit.kit.standard import signed_standard
from alignkit.stats.intervals import with_share
from alignkit.stats.xmr import xmr

ELEMENTS = ("vision", "data_standard", "advocacy_agenda")
"""What leaders agree on, in the mission's order: vision, standards for the use of data, advocacy for what works."""
ROLES = ("lead", "shared", "contributor")
HOLE = "hole"
NEEDED = ("lead", "shared", "inside", "outside")
"""What an outcome needs: a lead, shared accountability, somebody inside and somebody outside school."""


def signatures(agreements: pd.DataFrame, partners: pd.DataFrame, standards: pd.DataFrame) -> pd.DataFrame:
    """Partners that have signed each element, of all partners, by sector.

    For the data standard only the newest version in force counts: a partner that signed an older one has not agreed to
    today's. Where no standard is kept, any version counts. Returns element, sector (codes; "all" for every partner),
    numerator, denominator, value (percent), low and high (Wilson 95 %, percent).
    """
    older = agreements["partner_id"].map(signed_standard(agreements, standards)).eq("older")
    counted = agreements[~((agreements["element"] == "data_standard") & older)]
    counted = counted[["partner_id", "element"]].drop_duplicates()
    counted = counted.merge(partners[["partner_id", "sector"]], on="partner_id")
    sizes = pd.concat([partners.groupby("sector").size(), pd.Series({"all": len(partners)})])
    have = pd.concat([counted, counted.assign(sector="all")]).groupby(["element", "sector"]).size()
    grid = pd.MultiIndex.from_product([ELEMENTS, sizes.index], names=["element", "sector"])
    frame = have.reindex(grid, fill_value=0).rename("numerator").reset_index()
    frame["denominator"] = frame["sector"].map(sizes).astype("Int64")
    frame["numerator"] = frame["numerator"].astype("Int64")
    return with_share(frame)


def standard_versions(agreements: pd.DataFrame, partners: pd.DataFrame, standards: pd.DataFrame) -> pd.DataFrame:
    """Where each partner stands with the data standard: today's version, an older one, or none.

    Returns standing ("current", "older", "none"), partners (count), names (the partners' names, by name).
    """
    standing = partners["partner_id"].map(signed_standard(agreements, standards)).fillna("none")
    at = partners.assign(standing=standing).sort_values("name")
    names = at.groupby("standing")["name"].agg(list).reindex(["current", "older", "none"])
    names = names.map(lambda found: found if isinstance(found, list) else [])
    return pd.DataFrame({"standing": names.index, "partners": names.map(len).values, "names": names.values})


def coverage(responsibilities: pd.DataFrame, outcomes: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """Sectors × outcomes: the strongest part that any partner of the sector has taken.

    Returns outcome_id, outcome (name), sector (code), role ("lead", "shared", "contributor", "hole"), partners (how
    many take part).
    """
    named = responsibilities.merge(partners[["partner_id", "sector"]], on="partner_id")
    named["rank"] = named["role"].map({role: place for place, role in enumerate(ROLES)})
    found = named.groupby(["outcome_id", "sector"]).agg(rank=("rank", "min"), partners=("partner_id", "nunique"))
    sectors = sorted(partners["sector"].unique())
    grid = pd.MultiIndex.from_product([outcomes["outcome_id"], sectors], names=["outcome_id", "sector"])
    frame = found.reindex(grid).reset_index().merge(outcomes[["outcome_id", "name"]], on="outcome_id", how="left")
    frame["role"] = frame["rank"].map(dict(enumerate(ROLES))).fillna(HOLE)
    frame["partners"] = frame["partners"].fillna(0).astype("Int64")
    return frame.rename(columns={"name": "outcome"})[["outcome_id", "outcome", "sector", "role", "partners"]]


def responsibility(responsibilities: pd.DataFrame, outcomes: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """Each outcome in force: its one lead, how many share accountability or contribute, inside and outside school.

    Returns outcome_id, outcome, lead (a partner's name, or None), shared, contributors, inside, outside (counts of
    partners with any part), hole (the first of `NEEDED` that is missing, or ""), lacks (a list of all that is missing).
    """
    named = responsibilities.merge(partners[["partner_id", "name", "setting"]], on="partner_id")
    rows = []
    for outcome in outcomes.itertuples():
        here = named[named["outcome_id"] == outcome.outcome_id]
        leads = here.loc[here["role"] == "lead", "name"]
        row = {
            "outcome_id": outcome.outcome_id,
            "outcome": outcome.name,
            "lead": leads.iloc[0] if len(leads) else None,
            "shared": here.loc[here["role"] == "shared", "partner_id"].nunique(),
            "contributors": here.loc[here["role"] == "contributor", "partner_id"].nunique(),
            **{place: here.loc[here["setting"] == place, "partner_id"].nunique() for place in ("inside", "outside")},
        }
        missing = [part for part in NEEDED if not row[part]]
        rows.append({**row, "hole": missing[0] if missing else "", "lacks": missing})
    columns = ["outcome_id", "outcome", "lead", "shared", "contributors", "inside", "outside", "hole", "lacks"]
    return pd.DataFrame(rows, columns=columns)


def responsibility_standing(parts: pd.DataFrame) -> pd.Series:
    """What `responsibility` says of each outcome, for the matrix: "full" with a lead and shared accountability, "hole"
    where no partner has taken any part, else "part"."""
    leads, any_part = parts["lead"].notna(), parts["lead"].notna() | (parts["shared"] + parts["contributors"] > 0)
    return pd.Series("part", index=parts.index).mask(leads & (parts["shared"] > 0), "full").mask(~any_part, HOLE)


def partner_load(responsibilities: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """Outcomes that each partner leads, shares or contributes to, heaviest first; partners with no part at the end.

    Returns partner_id, partner, setting, lead, shared, contributor, total (counts of outcomes).
    """
    counts = responsibilities.groupby(["partner_id", "role"])["outcome_id"].nunique().unstack(fill_value=0)
    counts = counts.reindex(index=partners["partner_id"], columns=list(ROLES), fill_value=0).astype("Int64")
    any_part = responsibilities.groupby("partner_id")["outcome_id"].nunique()
    frame = partners[["partner_id", "name", "setting"]].merge(counts.reset_index(), on="partner_id")
    frame["total"] = frame["partner_id"].map(any_part).fillna(0).astype("Int64")
    frame = frame.rename(columns={"name": "partner"})
    return frame.sort_values(["total", "lead", "partner"], ascending=[False, False, True]).reset_index(drop=True)


def attendance(meetings: pd.DataFrame, attended: pd.DataFrame) -> pd.DataFrame:
    """Share of invited partners that came to each convening, with the limits of an XmR chart.

    Meetings of different kinds ask different partners, so only the kind that asks the most is held together here.

    Returns meeting_id, held_on, meeting, numerator (came), denominator (invited), value (percent), center, lower,
    upper (the chart's limits, percent; missing below two meetings), signal (more than the usual ups and downs), trial
    (limits from fewer than 12 meetings), oldest first.
    """
    came = attended.groupby("meeting_id")["attended"].agg(numerator="sum", denominator="count").reset_index()
    frame = meetings.merge(came, on="meeting_id").sort_values("held_on").rename(columns={"name": "meeting"})
    invited = frame.groupby("kind")["denominator"].mean()
    frame = frame[frame["kind"] == (invited.idxmax() if len(invited) else "")]
    frame = frame.astype({"numerator": "Int64", "denominator": "Int64"}).reset_index(drop=True)
    frame["value"] = 100 * frame["numerator"].to_numpy(float) / frame["denominator"].to_numpy(float)
    kept = frame[["meeting_id", "held_on", "meeting", "numerator", "denominator", "value"]]
    if len(kept) < 2:
        unknown = dict.fromkeys(("center", "lower", "upper"), float("nan"))
        return kept.assign(**unknown, signal=False, trial=True)
    chart = xmr(kept["value"], floor=0, ceiling=100)
    limits = {"center": chart.center, "lower": chart.low, "upper": chart.high, "trial": chart.trial}
    return kept.assign(**limits, signal=list(chart.signals))
