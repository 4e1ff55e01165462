"""How good links are: whom they find, how many are right, and for which groups of people that differs.

After GUILD (Gilbert and others 2018) and RECORD (Benchimol and others 2015): linkage rate, precision, recall, blocking
recall, records that nobody could link, linked against unlinked, other thresholds; everything by group, as errors fall
hardest on the same groups of people again and again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.linkage.clerical import interval, posterior, verdicts
from alignkit.linkage.decide import ACCEPT, REVIEW
from alignkit.linkage.link import CLIENT, STUDENT, Links
from alignkit.stats.intervals import wilson_interval, with_share

Floats = npt.NDArray[np.float64]
KEYS = [STUDENT, CLIENT]
GROUPS = ("race_ethnicity", "sex")
UNKNOWN = "not_recorded"
THRESHOLDS = (0.5, 0.8, 0.95, 0.99, 0.999)
APART = "apart"
"""Reviewed pairs that were never compared; they tell how reviewers judge strangers."""


@dataclass(frozen=True)
class Assessment:
    """Counts of persons, to go through `publish`; `subgroup_type` and `subgroup` are "all" in a total.

    `linked`: clients of school age that are linked: numerator, denominator, value, low, high (Wilson, percent) and
    difference (standardised, linked against unlinked; missing in totals). `precision`: reviewed links (denominator),
    those that most reviewers took for one person (numerator), and the share of all links that is right once reviewers'
    slips are reckoned with: value, low, high. `recall`: known pairs (denominator) that are linked (numerator),
    value, low, high; without known pairs, from the reviews, for all together only. `checks`: check ("compared": known
    pairs that blocking let through; "unlinkable_students", "unlinkable_clients"; "waiting": pairs to look at that
    nobody has, no row where there are none), numerator, denominator. `thresholds`: threshold, measure ("links",
    "precision", "recall"), the same numbers, unit.
    """

    linked: pd.DataFrame
    precision: pd.DataFrame
    recall: pd.DataFrame
    checks: pd.DataFrame
    thresholds: pd.DataFrame


def assess(
    links: Links, reviews: pd.DataFrame, crosswalk: pd.DataFrame, students: pd.DataFrame, clients: pd.DataFrame
) -> Assessment:
    """Hold links against reviewers' verdicts and known pairs; any table may be empty.

    Precision takes the reviewed pairs of a group of links for a random sample of it, and reckons with reviewers' slips
    (`clerical`). Recall counts known pairs, which somebody must have come by without looking at names and dates. Pairs
    with a number that is in neither file are left out.
    """
    known = crosswalk[crosswalk[STUDENT].isin(students[STUDENT]) & crosswalk[CLIENT].isin(clients[CLIENT])]
    known = known[KEYS].drop_duplicates().merge(links.pairs, on=KEYS, how="left")
    judged = verdicts(reviews).merge(links.pairs, on=KEYS, how="left")
    members = _members(students)
    recall = _recall(known, members) if len(known) else _recall_by_reviews(links, judged)
    return Assessment(
        _linked(links, students, clients),
        _precision(links, judged, members),
        recall,
        _checks(links, known, judged),
        _thresholds(links, known, judged),
    )


def _members(records: pd.DataFrame) -> pd.DataFrame:
    """Every record's groups: its number, then "all" and each of `GROUPS`, in words of the table."""
    number = STUDENT if STUDENT in records else CLIENT
    named = records[[number]].assign(all="all")
    return named.assign(**{kind: records[kind].fillna(UNKNOWN) for kind in GROUPS})


def _by_group(frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Sums of flags per group: `columns` is new name → column of flags."""
    parts = [
        frame.groupby(kind)[list(columns.values())]
        .sum()
        .rename_axis("subgroup")
        .reset_index()
        .assign(subgroup_type=kind)
        for kind in ("all", *GROUPS)
    ]
    found = pd.concat(parts, ignore_index=True).rename(columns={old: new for new, old in columns.items()})
    order = ["subgroup_type", "subgroup", *columns]
    return found[order].astype(dict.fromkeys(columns, "Int64"))


def _linked(links: Links, students: pd.DataFrame, clients: pd.DataFrame) -> pd.DataFrame:
    born = clients["birth_date"].between(students["birth_date"].min(), students["birth_date"].max())
    frame = _members(clients)[born.to_numpy()].assign(one=1)
    frame["linked"] = frame[CLIENT].isin(links.accepted[CLIENT]).astype(int)
    counted = with_share(_by_group(frame, {"numerator": "linked", "denominator": "one"}))
    total = counted[counted["subgroup_type"] == "all"].reindex(columns=["numerator", "denominator"])
    linked, everyone = (total[name].sum() for name in total)
    inside, outside = _shares(counted["numerator"], linked), _shares(_rest(counted), everyone - linked)
    spread = np.sqrt((inside * (1 - inside) + outside * (1 - outside)) / 2)
    apart = np.divide(inside - outside, spread, out=np.full(len(counted), np.nan), where=spread > 0)
    return counted.assign(difference=np.where(counted["subgroup_type"] == "all", np.nan, apart))


def _rest(counted: pd.DataFrame) -> pd.Series:
    return counted["denominator"] - counted["numerator"]


def _shares(counts: pd.Series, of: int) -> Floats:
    return counts.to_numpy(float) / of if of else np.full(len(counts), np.nan)


def _precision(links: Links, judged: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Reviewed links of every group that has links, and the share of the group's links that is right.

    The numerator is not what the share is made from, but the count of persons that the share tells most about.
    """
    linked = (judged["decision"] == ACCEPT).to_numpy()
    groups = judged[[STUDENT]].merge(members, on=STUDENT, how="left").fillna(UNKNOWN)
    having = links.accepted.merge(members, on=STUDENT)
    parts = []
    for kind in ("all", *GROUPS) if len(having) else ():
        names = sorted(having[kind].unique())
        strata = np.where(linked, groups[kind], "not linked: " + judged["decision"].fillna(APART))
        drawn = posterior(strata, judged["yes"], judged["no"], [*names, *sorted(set(strata[~linked]))])
        for name in names:
            here = judged[linked & (groups[kind] == name).to_numpy()]
            ends = _ends(drawn[name]) if len(here) else (np.nan,) * 3
            parts.append((kind, name, int((here["yes"] > here["no"]).sum()), len(here), *ends))
    columns = ["subgroup_type", "subgroup", "numerator", "denominator", "low", "value", "high"]
    return pd.DataFrame(parts, columns=columns).astype({"numerator": "Int64", "denominator": "Int64"})


def _ends(draws: Floats) -> tuple[float, ...]:
    """Low end, middle and high end of a share, in percent."""
    low, high = interval(draws)
    return 100 * low, 100 * float(np.median(draws)), 100 * high


def _recall(known: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    frame = known.merge(members, on=STUDENT).assign(one=1, found=(known["decision"] == ACCEPT).astype(int))
    return with_share(_by_group(frame, {"numerator": "found", "denominator": "one"}))


def _recall_by_reviews(links: Links, judged: pd.DataFrame) -> pd.DataFrame:
    """Of the true pairs that were compared, those that are linked; the denominator counts reviewed pairs."""
    columns = ["subgroup_type", "subgroup", "denominator", "value", "low", "high"]
    sizes = links.pairs["decision"].value_counts()
    strata = judged["decision"].fillna(APART)
    if not set(sizes.index) <= set(strata) or sizes.empty:
        return pd.DataFrame(columns=columns)
    drawn = posterior(strata, judged["yes"], judged["no"], sorted({*sizes.index, APART} & {*strata}))
    true = {name: size * drawn[str(name)] for name, size in sizes.items()}
    total = np.sum(list(true.values()), axis=0)
    low, value, high = _ends(true.get(ACCEPT, 0.0 * total) / total)
    return pd.DataFrame([("all", "all", len(judged), value, low, high)], columns=columns)


def _checks(links: Links, known: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    alone = links.unlinkable.groupby("file")["unlinkable"].agg(["sum", "size"])
    to_look = links.pairs[links.pairs["decision"] == REVIEW]
    seen = int((judged["decision"] == REVIEW).sum())
    rows = [("compared", int(known["weight"].notna().sum()), len(known))]
    rows += [(f"unlinkable_{file}", int(row["sum"]), int(row["size"])) for file, row in alone.iterrows()]
    rows += [("waiting", len(to_look) - seen, len(to_look))] if len(to_look) > seen else []
    frame = pd.DataFrame(rows, columns=["check", "numerator", "denominator"])
    return frame[frame["denominator"] > 0].reset_index(drop=True)


def _thresholds(links: Links, known: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """What other thresholds would give: the links among those that a birth date backs and nobody else claims."""
    rows = [row for at in THRESHOLDS for row in _at(at, links, known, judged)]
    columns = ["threshold", "measure", "unit", "numerator", "denominator", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _among(table: pd.DataFrame, linked: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which pairs of `table` are links; it is small, they are many."""
    near = linked[linked[STUDENT].isin(table[STUDENT])]
    return pd.MultiIndex.from_frame(table[KEYS]).isin(pd.MultiIndex.from_frame(near[KEYS]))


def _at(at: float, links: Links, known: pd.DataFrame, judged: pd.DataFrame) -> list[tuple[object, ...]]:
    linked = links.linked_at(at)
    in_known, inside = (_among(table, linked) for table in (known, judged))
    many, found, of = len(linked), int(in_known.sum()), len(known)
    rows: list[tuple[object, ...]] = []
    if many:
        rows.append((at, "links", "count", many, None, None, None, None))
    if inside.any():
        strata = np.where(inside, "linked", judged["decision"].fillna(APART))
        drawn = posterior(strata, judged["yes"], judged["no"], sorted(set(strata)))
        low, value, high = _ends(drawn["linked"])
        yes = int((judged["yes"] > judged["no"])[inside].sum())
        rows.append((at, "precision", "percent", yes, int(inside.sum()), value, low, high))
    if of:
        ends = [100 * float(end) for end in wilson_interval(found, of)]
        rows.append((at, "recall", "percent", found, of, 100 * found / of, *ends))
    return rows
