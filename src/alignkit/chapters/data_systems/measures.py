"""Data systems: can academic and social-service data be combined, and how good is the match?

Every function but `write_review_sheet` is pure: tables of the contract in (as `Cycle.table` gives them), a tidy frame
out. Who is the same person is `alignkit.linkage`'s business; here only its links come in (student_id, client_id, one
row each).
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from alignkit.chapters.data_systems.links import linked_records as linked_records
from alignkit.chapters.data_systems.links import write_review_sheet as write_review_sheet
from alignkit.contract.schema import schema
from alignkit.kit.columns import texts
from alignkit.kit.standard import signed_standard
from alignkit.lateness import DAYS
from alignkit.linkage.assess import assess as assess

SOON = pd.Timedelta(days=92)
"""An agreement that ends within the next quarter is expiring."""
YEAR = pd.Timedelta(days=365)
ENOUGH = 10
"""Fewer linked participants than this do not count as combined data."""
NEEDS = ("destroy", "agree", "renew", "refresh", "sign")
"""What a data set may need, the most urgent first."""
USABLE = ("in_force", "expiring", "open")
PERSON_TABLES = (
    "students", "clients", "enrolments", "student_results", "services", "crosswalk", "link_reviews", "matched_results",
)  # fmt: skip
"""Tables about persons that this chapter draws on."""
LINKED_BY = ("first_name", "middle_name", "last_name", "birth_date", "sex", "race_ethnicity", "street_address")
UNKNOWN = "not_recorded"


def sources_held(
    data_sources: pd.DataFrame,
    partners: pd.DataFrame,
    agreements: pd.DataFrame,
    standards: pd.DataFrame,
    as_of: pd.Timestamp,
) -> pd.DataFrame:
    """Every data set held, and what stands in the way of its use on the day; the most urgent first.

    Returns data_source_id, source, holder (names), partner_id, domain, purpose, legal_basis, agreement
    ("none", "expired", "expiring" within `SOON`, "in_force", "open" without an end), until, refreshed, refresh
    ("never", "late" as `alignkit.lateness` says, "on_time", "unknown" where it was refreshed after the day), destroy
    ("passed", "soon", "later", "none"), destroy_by, standard (the holder has signed the "current", an "older" or
    "none"; "" where there is no standard), usable (an agreement holds and the copy need not be destroyed yet), needs
    (a list of "destroy", "agree", "renew", "refresh", "sign", the most urgent first).
    """
    frame = data_sources.merge(partners[["partner_id", "name"]].rename(columns={"name": "holder"}), how="left")
    frame = frame.rename(columns={"name": "source", "agreement_expires": "until", "last_refreshed": "refreshed"})
    frame["holder"] = frame["holder"].fillna(frame["partner_id"])
    frame = _dated(frame, as_of)
    frame["standard"] = frame["partner_id"].map(signed_standard(agreements, standards)).fillna("none")
    frame["standard"] = frame["standard"] if len(standards) else ""
    frame["usable"] = frame["agreement"].isin(USABLE) & (frame["destroy"] != "passed")
    frame["needs"] = [_needs(row) for row in frame.to_dict("records")]
    frame["first"] = [min(map(NEEDS.index, needs), default=len(NEEDS)) for needs in frame["needs"]]
    frame = frame.sort_values(["first", "until", "source", "data_source_id"], kind="stable").reset_index(drop=True)
    columns = ["data_source_id", "source", "holder", "partner_id", "domain", "purpose", "legal_basis"]
    columns += ["agreement", "until", "refreshed", "refresh", "destroy", "destroy_by", "standard", "usable", "needs"]
    return frame[columns]


def _dated(sources: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """`sources` with where agreement, refresh and destruction stand on the day."""
    agreements = zip(sources["agreement"], sources["until"], strict=True)
    refreshes = zip(sources["refresh"], sources["refreshed"], strict=True)
    return sources.assign(
        agreement=texts(_agreement(name, until, as_of) for name, until in agreements),
        refresh=texts(_refresh(how, day, as_of) for how, day in refreshes),
        destroy=texts(_destroy(day, as_of) for day in sources["destroy_by"]),
    )


def _agreement(name: Any, until: pd.Timestamp, as_of: pd.Timestamp) -> str:
    if pd.isna(name) or not str(name).strip():
        return "none"
    if pd.isna(until):
        return "open"
    return "expired" if until < as_of else "expiring" if until <= as_of + SOON else "in_force"


def _refresh(how: str, day: pd.Timestamp, as_of: pd.Timestamp) -> str:
    if pd.isna(day):
        return "never"
    if day > as_of:
        return "unknown"  # the table keeps no earlier days
    return "late" if (as_of - day).days > DAYS[how] else "on_time"


def _destroy(day: pd.Timestamp, as_of: pd.Timestamp) -> str:
    if pd.isna(day):
        return "none"
    return "passed" if day < as_of else "soon" if day <= as_of + SOON else "later"


def _needs(row: Mapping[object, object]) -> list[str]:
    found = {
        "destroy": row["destroy"] == "passed",
        "agree": row["agreement"] == "none",
        "renew": row["agreement"] in ("expired", "expiring"),
        "refresh": row["refresh"] in ("late", "never"),
        "sign": row["standard"] in ("older", "none"),
    }
    return [need for need in NEEDS if found[need]]


def linked_clients(services: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """How many clients with each practice are linked to a school record: practice_id, value (persons)."""
    linked = services[services["client_id"].isin(links["client_id"])]
    return linked.groupby("practice_id")["client_id"].nunique().rename("value").reset_index()


def outcome_data(
    outcomes: pd.DataFrame,
    listed: pd.DataFrame,
    practices: pd.DataFrame,
    adoptions: pd.DataFrame,
    responsibilities: pd.DataFrame,
    clients: pd.DataFrame,
    matched: pd.DataFrame,
) -> pd.DataFrame:
    """What data each outcome in force has.

    A data set is *for* an outcome where its holder leads or shares the outcome, or uses a practice that serves it.
    Academic and service data count as *combined* where at least `ENOUGH` linked clients got such a practice, or where a
    data holder has matched its participants on its own premises. `clients` are published rows of `linked_clients`,
    `matched` the outline of the table matched_results: which counts it has, not how many.

    Returns outcome_id, outcome, held (data sets for it), practices (its practices whose services are linked), matched
    (data holders that returned counts), standing ("full": combined, "part": held only, "hole": none).
    """
    serving = practices[["practice_id", "outcome_id"]]
    held = _holders(serving, adoptions, responsibilities).merge(listed[["partner_id", "data_source_id"]])
    enough = serving[serving["practice_id"].isin(clients.loc[clients["value"] >= ENOUGH, "practice_id"])]
    frame = outcomes[["outcome_id", "name"]].rename(columns={"name": "outcome"}).reset_index(drop=True)
    for name, counted in (
        ("held", held.groupby("outcome_id")["data_source_id"].nunique()),
        ("practices", enough.groupby("outcome_id")["practice_id"].nunique()),
        ("matched", matched.groupby("outcome_id")["data_source_id"].nunique()),
    ):
        frame[name] = frame["outcome_id"].map(counted).fillna(0).astype("Int64")
    combined = (frame["practices"] > 0) | (frame["matched"] > 0)
    frame["standing"] = combined.map({True: "full", False: "part"}).where(combined | (frame["held"] > 0), "hole")
    return frame


def _holders(serving: pd.DataFrame, adoptions: pd.DataFrame, responsibilities: pd.DataFrame) -> pd.DataFrame:
    """Whose data sets are for which outcome: outcome_id, partner_id."""
    users = adoptions[["practice_id", "partner_id"]].merge(serving, on="practice_id")
    parts = responsibilities[responsibilities["role"].isin(["lead", "shared"])]
    return pd.concat([rows[["outcome_id", "partner_id"]] for rows in (users, parts)]).drop_duplicates()


def results_covered(
    results: pd.DataFrame, links: pd.DataFrame, services: pd.DataFrame, students: pd.DataFrame, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Students with a result in the last year, and those of them with a linked service record.

    Returns subgroup_type, subgroup ("all" in the total), numerator, denominator; no rows where no services are kept, as
    nothing is known about anyone's then.
    """
    results = results if len(services) else results.head(0)
    year = results[(results["taken_on"] > as_of - YEAR) & (results["taken_on"] <= as_of)]
    frame = students[students["student_id"].isin(year["student_id"])].assign(all="all")
    served = links[links["client_id"].isin(services["client_id"])]
    frame["served"] = frame["student_id"].isin(served["student_id"])
    parts = []
    for kind in ("all", "race_ethnicity"):
        group = frame[kind].fillna(UNKNOWN)
        counts = frame.groupby(group)["served"].agg(numerator="sum", denominator="count")
        parts.append(counts.rename_axis("subgroup").reset_index().assign(subgroup_type=kind))
    found = pd.concat(parts, ignore_index=True)
    return found[["subgroup_type", "subgroup", "numerator", "denominator"]]


def rows_kept(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Rows and newest entry of every table about persons that is kept.

    Returns table, value (rows), newest (day).
    """
    rows = [(name, float(len(frame)), frame[schema(name).visible_from].max())
            for name, frame in tables.items() if len(frame)]  # fmt: skip
    return pd.DataFrame(rows, columns=["table", "value", "newest"])


def columns_filled(students: pd.DataFrame, clients: pd.DataFrame) -> pd.DataFrame:
    """How complete the columns are that people are recognised by.

    Returns file ("students", "clients"), column, numerator (filled in), denominator (records).
    """
    rows = [
        (file, column, int(frame[column].notna().sum()), len(frame))
        for file, frame in (("students", students), ("clients", clients))
        for column in LINKED_BY
        if len(frame)
    ]
    return pd.DataFrame(rows, columns=["file", "column", "numerator", "denominator"])


def counts_only(matched: pd.DataFrame, data_sources: pd.DataFrame, practices: pd.DataFrame) -> pd.DataFrame:
    """Data holders that match on their own premises and hand back counts, never records.

    Returns data_source_id, source, practices (names), lookups (different results looked up), newest (day).
    """
    named = matched.merge(practices[["practice_id", "name"]], on="practice_id", how="left")
    named["practice"] = named["name"].fillna(named["practice_id"])
    one = named.groupby("data_source_id").agg(
        practices=("practice", lambda names: sorted(set(names))), newest=("matched_on", "max")
    )
    one["lookups"] = matched.groupby("data_source_id")["result"].nunique()
    frame = one.reset_index().merge(data_sources[["data_source_id", "name"]], on="data_source_id", how="left")
    frame["source"] = frame["name"].fillna(frame["data_source_id"])
    return frame[["data_source_id", "source", "practices", "lookups", "newest"]]


def ten_elements(tables: Mapping[str, pd.DataFrame], links: pd.DataFrame, standards: pd.DataFrame) -> pd.DataFrame:
    """The Data Quality Campaign's ten essential elements (2005), as far as the community's own tables tell.

    Returns element ("1" to "10"; a text, as it is a name and no count), state ("met", "not_met", "cannot_tell").
    """
    results, enrolments = tables["student_results"], tables["enrolments"]
    ids = tables["students"]["student_id"]
    years = results.assign(year=results["taken_on"].dt.year).groupby("student_id")["year"].nunique()
    takers = results["assessment"].str.lower().str.contains(r"\b(?:act|sat|psat|accuplacer)\b", regex=True)
    seen = tables["link_reviews"].groupby(["student_id", "client_id"])["reviewer"].nunique()
    served = tables["services"]["client_id"].isin(links["client_id"]).any()
    states = {
        1: _state(len(ids) > 0, bool(ids.is_unique) and enrolments["student_id"].isin(ids).all()),
        2: _state(len(ids) > 0, len(enrolments) > 0 and bool(served)),
        3: _state(len(results) > 0, bool((years > 1).any())),
        7: _state(len(results) > 0, bool(takers.any())),
        10: _state(len(standards) > 0 or len(seen) > 0, len(standards) > 0 and bool((seen > 1).any())),
    }
    rows = [(str(number), states.get(number, "cannot_tell")) for number in range(1, 11)]
    return pd.DataFrame(rows, columns=["element", "state"])


def _state(known: bool, met: Any) -> str:
    return "cannot_tell" if not known else "met" if met else "not_met"
