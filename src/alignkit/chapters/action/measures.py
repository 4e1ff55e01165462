"""Aligned action: which practices get results here, and who could still adopt them?

Every function is pure: tables of the contract in (as `Cycle.table` gives them), a tidy frame out. Whether a practice
works is here what studies elsewhere found (`practices.evidence_tier`); what comparisons in this place found is in
`effects`.
"""

import pandas as pd

from alignkit.chapters.action.comparison_records import TABLES as PERSON_TABLES
from alignkit.chapters.action.comparison_records import Records as Records
from alignkit.chapters.action.comparison_records import known_pairs as known_pairs
from alignkit.chapters.action.effects import BALANCE_KEYS as BALANCE_KEYS
from alignkit.chapters.action.effects import EFFECT_KEYS as EFFECT_KEYS
from alignkit.chapters.action.effects import STUDENT_KEYS as STUDENT_KEYS
from alignkit.chapters.action.effects import balances as balances
from alignkit.chapters.action.effects import effects as effects
from alignkit.chapters.action.effects import results as comparison_results
from alignkit.chapters.action.effects import students_compared as students_compared
from alignkit.chapters.action.unreached import gain_if_all as gain_if_all
from alignkit.kit.code_lists import named
from alignkit.stats.intervals import with_share
from alignkit.stats.survival import median_time

__all__ = [
    "BALANCE_KEYS", "EFFECT_KEYS", "PERSON_TABLES", "STUDENT_KEYS", "Records", "balances", "clients_served",
    "comparison_results", "could_adopt", "effects", "gain_if_all", "known_pairs", "matched_counts",
    "months_to_standard", "newest_reviews", "practice_reach", "practices_by_outcome", "practices_listed",
    "students_compared", "uses_by_setting",
]  # fmt: skip
STAGES = ("pilot", "standard_practice", "policy")
ESTABLISHED = ("standard_practice", "policy")
SITE = ["partner_id", "site"]
"""What a site is: one partner may run several, and two partners may work in one school."""
WORKS = 2
"""The weakest evidence tier that counts as "works": 1 strong, 2 moderate (ESSA, 20 U.S.C. 7801(21))."""
NO_STUDY = 4
"""The tier of a good reason to try it: no study has found a result."""
DAYS_A_MONTH = 30.4375


def in_use(adoptions: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Sites that use a practice at `as_of`: the newest stage of each practice at each site that has not ended."""
    now = adoptions[~(adoptions["valid_until"] < as_of)]
    newest = now.sort_values("valid_from", kind="stable").drop_duplicates(["practice_id", *SITE], keep="last")
    return newest.sort_index().reset_index(drop=True)


def practices_listed(
    practices: pd.DataFrame, outcomes: pd.DataFrame, adoptions: pd.DataFrame, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Every practice with its evidence and how far it is adopted; the best evidence first, then the most sites.

    Returns practice_id, practice, outcome_id, outcome (names), practice_setting, evidence_tier, evidence_source, pilot,
    standard_practice, policy (sites at that stage now), sites (now), established (those at the last two), stopped
    (sites that used it and no longer do), fidelity (mean share of core components seen, over the sites where it is
    known), fidelity_sites (how many), which (the sites' names).
    """
    frame = practices.rename(columns={"setting": "practice_setting"}).assign(
        practice=named(practices["practice_id"], practices, "practice_id"),
        outcome=named(practices["outcome_id"], outcomes, "outcome_id"),
    )
    frame = frame.join(_use(adoptions, as_of, practices["practice_id"]), on="practice_id")
    keep = ["practice_id", "practice", "outcome_id", "outcome", "practice_setting", "evidence_tier", "evidence_source"]
    keep += [*STAGES, "sites", "established", "stopped", "fidelity", "fidelity_sites", "which"]
    order = ["evidence_tier", "sites", "practice"]
    return frame[keep].sort_values(order, ascending=[True, False, True], ignore_index=True)


def _use(adoptions: pd.DataFrame, as_of: pd.Timestamp, practice_ids: pd.Series) -> pd.DataFrame:
    """How far each practice is adopted, by practice_id: the columns of `practices_listed` from pilot on."""
    now = in_use(adoptions, as_of)
    by = now.groupby("practice_id")
    stages = now.groupby(["practice_id", "stage"]).size().unstack(fill_value=0)
    ever = adoptions.drop_duplicates(["practice_id", *SITE]).groupby("practice_id").size()
    counts = stages.reindex(index=practice_ids, columns=list(STAGES))
    counts = counts.assign(sites=by.size(), fidelity_sites=by["fidelity"].count(), ever=ever)
    counts = counts.fillna(0).astype("Int64")
    which = by["site"].agg(lambda sites: sorted(set(sites))).to_dict()
    return counts.assign(
        established=counts["standard_practice"] + counts["policy"],
        stopped=counts["ever"] - counts["sites"],
        fidelity=by["fidelity"].mean(),
        which=pd.Series([which.get(name, []) for name in counts.index], counts.index, dtype=object),
    ).drop(columns="ever")


def practice_reach(
    adoptions: pd.DataFrame, practices: pd.DataFrame, partners: pd.DataFrame, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Children reached, of those eligible, where a practice is in use now: pooled, never averaged over sites.

    A site without both counts is left out. Returns practice_id, practice (name), school_walls ("inside", "outside" or
    "not known", by the partner that runs the site; "all"), partner (name), site ("all" in both for a total), numerator
    (reached), denominator (eligible), value (percent), low, high (Wilson 95 %), best evidence first.
    """
    rows = in_use(adoptions, as_of).dropna(subset=["reached", "eligible"])
    about = partners.drop_duplicates("partner_id").set_index("partner_id")
    rows = rows.assign(
        school_walls=rows["partner_id"].map(about["setting"]).fillna("not known"),
        partner=named(rows["partner_id"], partners, "partner_id"),
        numerator=rows["reached"],
        denominator=rows["eligible"],
    )
    everyone = {"partner": "all", "site": "all"}
    levels = [rows.assign(**everyone, school_walls="all"), rows.assign(**everyone), rows]
    keys = ["practice_id", "school_walls", "partner", "site"]
    frame = pd.concat(levels).groupby(keys, sort=False)[["numerator", "denominator"]].sum().reset_index()
    frame = frame.assign(practice=named(frame["practice_id"], practices, "practice_id"))
    frame["tier"] = frame["practice_id"].map(practices.set_index("practice_id")["evidence_tier"])
    frame = with_share(frame.astype({"numerator": "Int64", "denominator": "Int64"}))
    frame = frame.sort_values(["tier", "practice"], kind="stable", ignore_index=True)
    return frame[["practice_id", "practice", *keys[1:], "numerator", "denominator", "value", "low", "high"]]


def uses_by_setting(adoptions: pd.DataFrame, partners: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Uses of a practice at a site now, by whether the partner that runs it is inside or outside the school walls.

    Returns school_walls ("inside", "outside"; "not known" only where the partner of a use is in no table), uses,
    established (counts).
    """
    now = in_use(adoptions, as_of)
    setting = now["partner_id"].map(partners.drop_duplicates("partner_id").set_index("partner_id")["setting"])
    setting = setting.fillna("not known")
    found = now["stage"].isin(ESTABLISHED).groupby(setting).agg(["size", "sum"])
    found = found.reindex(["inside", "outside", *(["not known"] if "not known" in found.index else [])])
    found = found.fillna(0).astype("Int64").rename(columns={"size": "uses", "sum": "established"})
    return found.rename_axis("school_walls").reset_index()


def pilot_waits(adoptions: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Every site that began a practice as a pilot: how long until it became standard practice or policy.

    Returns practice_id, partner_id, site, months (until it did, else until `as_of`), became (whether it did), stopped
    (whether it was given up before). A site that began without a pilot has not waited. One that gave up will never get
    there: it stays among those waiting until `as_of`, so that the share that got there is a share of all pilots.
    """
    keys = ["practice_id", *SITE]
    began = adoptions[adoptions["stage"] == "pilot"].groupby(keys)["valid_from"].min().rename("began")
    later = adoptions[adoptions["stage"].isin(ESTABLISHED)].groupby(keys)["valid_from"].min().rename("later")
    frame = began.to_frame().join(later).reset_index()
    frame = frame[~(frame["later"] < frame["began"])]
    frame["became"] = frame["later"].notna()
    now = pd.MultiIndex.from_frame(in_use(adoptions, as_of)[keys])
    frame["stopped"] = ~frame["became"] & ~pd.MultiIndex.from_frame(frame[keys]).isin(now)
    frame["months"] = (frame["later"].fillna(as_of) - frame["began"]).dt.days / DAYS_A_MONTH
    return frame[[*keys, "months", "became", "stopped"]].reset_index(drop=True)


def time_to_standard(waited: pd.DataFrame, practices: pd.DataFrame) -> pd.DataFrame:
    """Months from pilot to standard practice within which half of the pilots get there, of all and by practice.

    `waited` is what `pilot_waits` gives. Returns practice_id ("all" for all together), practice, pilots, became,
    stopped (counts of sites), waiting (those still in pilot), longest (months that the longest of these has waited),
    where (its site), value (median months; missing where half are not there yet), low, high (95 %; missing: no limit
    yet).
    """
    names = practices.set_index("practice_id")["name"]
    groups = [("all", waited), *((str(id_), rows) for id_, rows in waited.groupby("practice_id"))]
    rows = []
    for id_, some in groups:
        value, low, high = median_time(some["months"], some["became"])
        open_ = some[~some["became"] & ~some["stopped"]].sort_values("months", ascending=False)
        tally = {"pilots": len(some), "became": int(some["became"].sum()), "stopped": int(some["stopped"].sum())}
        last = {"longest": float("nan"), "where": ""}
        if len(open_):
            last = {"longest": open_["months"].iloc[0], "where": open_["site"].iloc[0]}
        about = {"practice_id": id_, "practice": names.get(id_, id_), **tally, "waiting": len(open_), **last}
        rows.append({**about, "value": value, "low": low, "high": high})
    return pd.DataFrame(rows)


def could_adopt(practices: pd.DataFrame, adoptions: pd.DataFrame, *, weakest: int = WORKS) -> pd.DataFrame:
    """Sites that work on the same outcome already and have never used a practice that works: they could take it up.

    Only where the setting fits: inside the school day where a site has used another practice for inside, and so for
    outside; a site that has used only practices for both fits either. A site is known by its name, whoever runs a
    practice there. Returns practice_id, practice, outcome_id, evidence_tier, could (count of sites), which (their
    names); practices of tier `weakest` or better, best first.
    """
    known = adoptions[["practice_id", "site"]].merge(practices[["practice_id", "outcome_id", "setting"]])
    plain = known[known["setting"] != "both"]
    settings = plain.groupby("site")["setting"].agg(set).to_dict()
    rows = []
    for one in practices[practices["evidence_tier"] <= weakest].itertuples():
        near = set(known.loc[known["outcome_id"] == one.outcome_id, "site"])
        near -= set(known.loc[known["practice_id"] == one.practice_id, "site"])
        fits = {site for site in near if one.setting in {"both", *settings.get(site, {one.setting})}}
        rows.append((one.practice_id, one.name, one.outcome_id, one.evidence_tier, len(fits), sorted(fits)))
    columns = ["practice_id", "practice", "outcome_id", "evidence_tier", "could", "which"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["evidence_tier", "practice"], ignore_index=True)


def newest_reviews(practice_reviews: pd.DataFrame, practices: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """What practitioners concluded when they last looked at each practice, or at an outcome as a whole; newest first.

    Returns review_id, practice_id ("" for an outcome as a whole), outcome_id, looked_at (the practice's or outcome's
    name), reviewed_on, participants (practitioners), conclusion, next_step.
    """
    newest = practice_reviews.sort_values(["reviewed_on", "review_id"], ascending=False)
    newest = newest.assign(practice_id=newest["practice_id"].fillna(""))
    newest = newest.drop_duplicates(["practice_id", "outcome_id"])
    whole = newest["practice_id"] == ""
    of = named(newest["practice_id"], practices, "practice_id")
    newest = newest.assign(looked_at=of.mask(whole, named(newest["outcome_id"], outcomes, "outcome_id")))
    keep = [
        "review_id",
        "practice_id",
        "outcome_id",
        "looked_at",
        "reviewed_on",
        "participants",
        "conclusion",
        "next_step",
    ]
    return newest[keep].reset_index(drop=True)


def matched_counts(matched_results: pd.DataFrame, practices: pd.DataFrame) -> pd.DataFrame:
    """How many of those that a data holder matched had a result: its newest match for each practice, of everyone.

    It counts and compares with nobody. Returns data_source_id, practice_id, outcome_id, result, matched_on, practice,
    numerator, denominator.
    """
    rows = matched_results[matched_results["subgroup_type"] == "all"]
    keys = ["data_source_id", "practice_id", "outcome_id"]
    rows = rows[rows["matched_on"] == rows.groupby(keys)["matched_on"].transform("max")]
    rows = rows.assign(practice=named(rows["practice_id"], practices, "practice_id"))
    rows = rows.rename(columns={"matched_count": "numerator", "total": "denominator"})
    keep = [*keys, "result", "matched_on", "practice", "numerator", "denominator"]
    return rows.sort_values(["practice", "result"])[keep].reset_index(drop=True)


def clients_served(services: pd.DataFrame, practices: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Clients whom a practice's partners began to serve in the year up to `as_of`, each counted once per practice.

    Returns practice_id, practice, value (count of clients), most first.
    """
    year = services[services["starts_on"].between(as_of - pd.DateOffset(years=1), as_of, inclusive="right")]
    found = year.groupby("practice_id")["client_id"].nunique().rename("value").reset_index()
    found["practice"] = named(found["practice_id"], practices, "practice_id")
    return found.sort_values(["value", "practice"], ascending=[False, True], ignore_index=True)


def months_to_standard(adoptions: pd.DataFrame, practices: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """How long pilots take to become standard practice: see `time_to_standard`."""
    return time_to_standard(pilot_waits(adoptions, as_of), practices)


def practices_by_outcome(listed: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Each outcome in force: whether a practice for it is established ("full"), only tried or listed ("part"), or there
    is none ("hole").

    `listed` is what `practices_listed` gives. Returns outcome_id, outcome, standing, practices (listed), in_use (of
    those), sites (that use any of them).
    """
    rows = []
    for outcome in outcomes.itertuples():
        here = listed[listed["outcome_id"] == outcome.outcome_id]
        standing = "full" if here["established"].sum() else "part" if len(here) else "hole"
        sites = {site for sites in here["which"] for site in sites}
        rows.append((outcome.outcome_id, outcome.name, standing, len(here), int((here["sites"] > 0).sum()), len(sites)))
    return pd.DataFrame(rows, columns=["outcome_id", "outcome", "standing", "practices", "in_use", "sites"])
