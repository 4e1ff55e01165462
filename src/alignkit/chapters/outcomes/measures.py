"""Aligned outcomes: do leaders at all levels agree on them, which need us most, and where are they going?

Pure: tables of the contract in, tidy frames out. Ratings are about persons; what is derived from them (`differences`,
`sides`) rests on what is published, and on nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import test_proportions_2indep

from alignkit.chapters.outcome.measures import core_indicators, verdicts
from alignkit.chapters.outcomes.outcome_set import compared_sets as compared_sets
from alignkit.chapters.outcomes.outcome_set import needs_served as needs_served
from alignkit.disclosure.bands import fitting
from alignkit.disclosure.published import Published
from alignkit.disclosure.rules import Rule
from alignkit.last_book import Compares
from alignkit.stats.agreement import jackknife_alpha, kendall_w, van_der_eijk
from alignkit.stats.intervals import newcombe_interval, with_share
from alignkit.stats.multiple import holm

LEVELS = ("executive", "manager", "practitioner")
UNKNOWN = "unknown"
"""The level of a person who rated and is not in the table of leaders."""
TOP = 4
"""Ratings from here on count as "most important": the top two boxes of five."""
ALPHA = 0.05
ENOUGH_TO_MOVE = 3
"""Results of one series that a direction takes: two are a comparison, not a direction."""
SUPPORT_KEYS: Mapping[str, Any] = {"by": ["year", "outcome_id", "level"], "partitions": ["level"]}
"""How `support` goes through the door: the year is part of the key, as last year's ratings stay what they were."""
COEFFICIENT_KEYS: Mapping[str, Any] = {
    "by": ["year", "coefficient", "level"],
    "partitions": ["level"],
    "carry": ["p"],
    "unit": "score",
}
"""How `coefficients` go through the door: hidden where too few persons stand behind one."""
CONSENSUS_KEYS: Mapping[str, Any] = {"by": ["year", "outcome_id"], "unit": "score"}
"""How `consensus` goes through the door."""
PRESSING = ["outcome_id", "outcome", "word", "short_of_target", "pace_needed", "slope", "reach", "unit", "universe",
            "target", "target_year", "good_direction", "value", "low", "high", "period_start",
            "period_end"]  # fmt: skip


def newest(ratings: pd.DataFrame, leaders: pd.DataFrame) -> pd.DataFrame:
    """The ratings of the newest year, with the level of who rated: year, leader_id, level, outcome_id, rating."""
    latest = ratings[ratings["year"] == ratings["year"].max()] if len(ratings) else ratings
    found = latest.merge(leaders[["leader_id", "level"]], on="leader_id", how="left")
    return found.assign(level=found["level"].fillna(UNKNOWN))[["year", "leader_id", "level", "outcome_id", "rating"]]


def support(rated: pd.DataFrame) -> pd.DataFrame:
    """Of those who rated an outcome, how many gave it 4 or 5; by level and in all ("all").

    `rated` as `newest` makes it. Returns year, outcome_id, level, numerator, denominator, value (percent), low, high
    (Wilson 95 %); a level without any rating has no row.
    """
    top = rated.assign(top=(rated["rating"] >= TOP).astype(int))
    both = pd.concat([top.assign(level="all"), top])
    found = both.groupby(["year", "outcome_id", "level"])["top"].agg(numerator="sum", denominator="count").reset_index()
    return with_share(found)


def sides(support: Published, rule: Rule | int) -> pd.DataFrame:
    """On which side of one half each published share lies: outcome_id, level, in_force, side ("most", "half", "few").

    `support` as `named` makes it, `rule` the one it was published by. A band ("over 72%") tells its side where every
    count that fits it is on one side of one half. Missing where a row is hidden.
    """
    fits = zip(fitting(support, rule), support.frame["denominator"], strict=True)
    said = [None if ends is None else _side(*ends, int(of)) for ends, of in fits]
    return support.frame[["outcome_id", "level", "in_force"]].assign(side=pd.Series(said, dtype=object))


def _side(low: int, high: int, of: int) -> str | None:
    if 2 * low > of:
        return "most"
    if 2 * high < of:
        return "few"
    return "half" if low == high else None


def named(p: Published, outcomes: pd.DataFrame) -> Published:
    """`p` with outcome (name), in_force and order in every row, in the outcomes' order: the door leaves carried columns
    blank in hidden rows, and a hidden row must still say what it is about."""
    listed = outcomes[["outcome_id", "name", "status", "order"]].rename(columns={"name": "outcome"})
    listed = listed.assign(in_force=listed.pop("status") == "in_force")
    frame = p.frame.merge(listed, on="outcome_id", how="inner").sort_values("order", kind="stable")
    return replace(p, frame=frame.reset_index(drop=True))


def differences(support: Published, outcomes: pd.DataFrame, rule: Rule | int) -> pd.DataFrame:
    """Executives' share less practitioners' for each outcome, from what is published of the two.

    Where only a band is shown ("over 72%"), the count in it that is nearest to the other level is taken, so that the
    levels are at least that far apart and p is, if anything, too large. `rule` is the one that made the bands. Returns
    outcome_id, outcome, in_force, value, low, high (percentage points, Newcombe 95 %; missing where it is unknown),
    at_least (bool: from a band), p (score test), p_adjusted (Holm over all outcomes rated; one that cannot be tested
    counts as having shown nothing), apart (bool).
    """
    listed = outcomes.sort_values("order", kind="stable")
    rated = listed[listed["outcome_id"].isin(support.frame["outcome_id"])]
    ends = _ends(support, rule)
    pairs = [(ends.get((id_, LEVELS[0])), ends.get((id_, LEVELS[-1]))) for id_ in rated["outcome_id"]]
    frame = pd.DataFrame([_difference(*pair) for pair in pairs], columns=["value", "low", "high", "p"], dtype=float)
    frame.insert(0, "outcome_id", rated["outcome_id"].to_numpy())
    frame.insert(1, "outcome", rated["name"].to_numpy())
    frame.insert(2, "in_force", (rated["status"] == "in_force").to_numpy())
    exact = [all(one is not None and one.low == one.high for one in pair) for pair in pairs]
    adjusted = holm(frame["p"])
    told = frame["value"].notna()
    return frame.assign(at_least=told & ~np.array(exact, bool), p_adjusted=adjusted, apart=told & (adjusted <= ALPHA))


@dataclass(frozen=True)
class _Ends:
    """The smallest and largest numerator that fit what is published, and the denominator."""

    low: int
    high: int
    of: int


def _ends(support: Published, rule: Rule | int) -> dict[tuple[str, str], _Ends]:
    fits = zip(support.frame.to_dict("records"), fitting(support, rule), strict=True)
    return {(str(row["outcome_id"]), str(row["level"])): _Ends(*ends, int(row["denominator"]))
            for row, ends in fits if ends is not None}  # fmt: skip


def _difference(first: _Ends | None, second: _Ends | None) -> tuple[float, float, float, float]:
    if first is None or second is None:
        return (np.nan,) * 4
    if first.low * second.of > second.high * first.of:
        counts = first.low, first.of, second.high, second.of
    elif first.high * second.of < second.low * first.of:
        counts = first.high, first.of, second.low, second.of
    elif first.low == first.high and second.low == second.high:
        counts = first.low, first.of, second.low, second.of
    else:  # what is published leaves open which of the two is larger
        return (np.nan,) * 4
    k1, n1, k2, n2 = (float(count) for count in counts)
    low, high = newcombe_interval(k1, n1, k2, n2)
    p = test_proportions_2indep(k1, n1, k2, n2, method="score", compare="diff", correction=False).pvalue
    return 100 * (k1 / n1 - k2 / n2), 100 * low, 100 * high, float(p)


def coefficients(rated: pd.DataFrame) -> pd.DataFrame:
    """How far those who rated agree over all outcomes, for all of them and each level.

    Returns year, level, coefficient ("alpha": ordinal Krippendorff's with jackknife interval over the persons; "w":
    tie-corrected Kendall's), value, low, high, p, denominator (persons it rests on).
    """
    rows = []
    for year, some in rated.groupby("year"):
        for level in ("all", *LEVELS, UNKNOWN):
            own = some if level == "all" else some[some["level"] == level]
            if len(own):
                rows += [{"year": year, "level": level, **row} for row in _coefficients(own)]
    columns = ["year", "level", "coefficient", "value", "low", "high", "p", "denominator"]
    return pd.DataFrame(rows, columns=columns)


def _coefficients(rated: pd.DataFrame) -> list[dict[str, Any]]:
    table = rated.pivot(index="leader_id", columns="outcome_id", values="rating").astype("Float64")
    matrix = table.to_numpy(float, na_value=np.nan)
    alpha, w = jackknife_alpha(matrix), kendall_w(matrix)
    limits = {"low": alpha.low, "high": alpha.high}
    return [
        {"coefficient": "alpha", "value": alpha.value, **limits, "p": np.nan, "denominator": len(matrix)},
        {"coefficient": "w", "value": w.w, "low": np.nan, "high": np.nan, "p": w.p, "denominator": w.raters},
    ]


def consensus(rated: pd.DataFrame) -> pd.DataFrame:
    """Van der Eijk's A of each outcome over all who rated it: year, outcome_id, value, denominator.

    To one decimal: with more, A and the share of the top boxes together would give counts of single ratings away.
    """
    counts = rated.groupby(["year", "outcome_id"])["rating"].value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=range(1, 6), fill_value=0)
    values = [round(van_der_eijk(row), 1) for row in counts.to_numpy(float)]
    return counts.index.to_frame(index=False).assign(value=values, denominator=counts.sum(axis=1).to_numpy(int))


def judged(values: pd.DataFrame, indicators: pd.DataFrame, outcomes: pd.DataFrame, breaks: pd.DataFrame,
           before: pd.DataFrame, as_of: pd.Timestamp, last_book: Compares) -> pd.DataFrame:  # fmt: skip
    """Every outcome in force with its verdict, as its own page gives it (`outcome.measures.verdicts`).

    `before` says which results the last book knew (`Cycle.outline`), never their values; `last_book`, whether there was
    one and that is kept.
    """
    found = verdicts(values, indicators, outcomes, breaks, as_of=as_of, before=before, last_book=last_book)
    return found if len(found) else pd.DataFrame(columns=[*PRESSING, "points", "s"])


def pressing(judged: Published) -> pd.DataFrame:
    """The verdicts (`judged`), children short of the goal first; no index of any kind.

    Those whose number is not known come after those short of the goal, those at their goal last.
    """
    frame = judged.frame
    if frame.empty:
        return pd.DataFrame(columns=PRESSING)
    short = frame["short_of_target"].astype("Float64")
    frame = frame.assign(short_of_target=short.astype("Int64"), rank=short.isna() * 1 + (short == 0).fillna(False) * 2)
    frame = frame.sort_values(["rank", "short_of_target"], ascending=[True, False], kind="stable")
    return frame[PRESSING].reset_index(drop=True)


def luck(judged: Published) -> pd.DataFrame:
    """How many outcomes moved the right way, and how often coin tosses would do as well; one row.

    An outcome moved where its results since the last break (three or more, each with an interval) rise more often than
    they fall, or the reverse: the sign of Mann–Kendall's S, as likely up as down where nothing changes. Returns better,
    moved, still (S is zero), unknown (counts of outcomes), chance (that `better` or more of `moved` go the right way by
    luck, binomial of one half; missing where none moved).
    """
    every = judged.frame
    told = every[every["points"] >= ENOUGH_TO_MOVE] if len(every) else pd.DataFrame(columns=["s", "good_direction"])
    s = told["s"].astype(float)
    moved = int((s != 0).sum())
    better = int(((s > 0) & (told["good_direction"] == "up") | (s < 0) & (told["good_direction"] == "down")).sum())
    chance = float(stats.binom.sf(better - 1, moved, 0.5)) if moved else np.nan
    row = {"what": "direction", "better": better, "moved": moved, "still": len(told) - moved}
    return pd.DataFrame([{**row, "unknown": len(every) - len(told), "chance": chance}])


def measured_outcomes(outcomes: pd.DataFrame, indicators: pd.DataFrame, judged: Published) -> pd.DataFrame:
    """Each outcome in force: a core indicator with a result and a goal ("full"), one of them ("part"), none ("hole").

    Returns outcome_id, outcome (name), standing, has_indicator, has_result, has_goal.
    """
    in_force = outcomes[outcomes["status"] == "in_force"].sort_values("order", kind="stable")
    core = core_indicators(indicators, outcomes).set_index("outcome_id")
    found = judged.frame
    values = found.set_index("outcome_id")["value"] if len(found) else pd.Series(dtype=float)
    frame = in_force[["outcome_id", "name"]].rename(columns={"name": "outcome"}).reset_index(drop=True)
    frame["has_indicator"] = frame["outcome_id"].isin(core.index)
    frame["has_result"] = frame["outcome_id"].map(values).notna() & frame["has_indicator"]
    frame["has_goal"] = frame["outcome_id"].map(core["target"]).notna()
    both, one = frame["has_result"] & frame["has_goal"], frame["has_result"] | frame["has_goal"]
    frame["standing"] = np.where(both, "full", np.where(one, "part", "hole"))
    return frame
