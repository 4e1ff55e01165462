"""One seed of the demo community, judged as a book would and held against what is truly so. One row per statement."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import numpy as np
import pandas as pd

from alignkit.chapters.action import comparison_records as records
from alignkit.chapters.action import effects as found
from alignkit.chapters.outcome.measures import gaps, verdicts, with_ranges
from alignkit.contract.schema import schema
from alignkit.demo import results, surveys, values
from alignkit.demo.assessments import sat
from alignkit.demo.children import cells
from alignkit.demo.lotteries import LOTTERIES, assignments, won
from alignkit.demo.practices import adoptions
from alignkit.demo.records import students
from alignkit.demo.schooling import enrolments
from alignkit.demo.series import SERIES, SURVEYS
from alignkit.demo.services import services
from alignkit.demo.tools import authored
from alignkit.demo.truth import trends, truth
from alignkit.known import known
from alignkit.stats.intervals import newcombe_interval

AS_OF = pd.Timestamp("2026-09-30")
Said = dict[str, Any]
WORDS = {"improves": "improving", "worsens": "worsening"}


def values_of(seed: int, *, nothing_changes: bool = False) -> list[Said]:
    """Intervals of values, differences, slopes and projections, and the words, in one seed."""
    with _still() if nothing_changes else nullcontext():
        made = values.indicator_values(seed)
    kept = known(made, "released_on", schema("indicator_values").version_of, AS_OF)
    indicators, outcomes = values.indicators(made), authored("outcomes")
    breaks = authored("series_breaks").query("announced_on <= @AS_OF")
    rows = with_ranges(kept, indicators)
    own = rows[(rows["place_id"] == "riverbend") & (rows["value_status"] == "reported")]
    totals = own[own["subgroup"] == "all"]
    judged = verdicts(totals, indicators, outcomes, breaks, as_of=AS_OF)
    said = _words(judged, seed, nothing_changes)
    if nothing_changes:
        return said
    return [*said, *_values(own), *_differences(own, indicators, breaks), *_slopes(judged)]


def effects_of(seed: int, *, nothing_works: bool = False) -> list[Said]:
    """What every comparison finds in one seed, beside the true effect on those who had the practice.

    With `nothing_works` the same community, where no practice has an effect: those comparisons only that have a design
    strong enough to be wrong, so all whose practice works in Riverbend.
    """
    comparisons = authored("comparisons")
    if nothing_works:
        works = {practice for (practice, _subject), effect in results.EFFECTS.items() if effect >= 0.1}
        comparisons = comparisons[comparisons["practice_id"].isin(works)].reset_index(drop=True)
    with _useless() if nothing_works else nullcontext():
        return _compared(seed, comparisons, "nothing works, " if nothing_works else "")


def _compared(seed: int, comparisons: pd.DataFrame, world: str) -> list[Said]:
    made = results.student_results(seed)
    served = services(seed)
    given = records.Records(
        students(seed), made[made["taken_on"] <= AS_OF], enrolments(seed), served[served["starts_on"] <= AS_OF],
        _drawings(seed), truth(seed).links[["student_id", "client_id"]],
    )  # fmt: skip
    sites = adoptions(seed).query("valid_from <= @AS_OF")
    frame = found.effects(comparisons, found.results(comparisons, given, sites), authored("practices"))
    main = frame[frame["measure"] == "score"]
    return [
        {"kind": f"effect: {world}{row['comparison_id']}", "low": row["low"], "high": row["high"],
         "value": row["value"], "true": _true_effect(row, comparisons, given, sites, seed), "word": row["word"]}
        for row in main.to_dict("records")
    ]  # fmt: skip


@contextmanager
def _useless() -> Iterator[None]:
    """The demo community in which no practice has an effect."""
    with patch.object(results, "EFFECTS", dict.fromkeys(results.EFFECTS, 0.0)):
        yield


@contextmanager
def _still() -> Iterator[None]:
    """The demo community in which nothing changes."""
    series = tuple(replace(one, slope=0.0, per_step=0.0, shift=0.0) for one in SERIES)
    asked = tuple(replace(one, slope=0.0) for one in SURVEYS)
    with patch.object(values, "SERIES", series), patch.object(surveys, "SURVEYS", asked):
        yield


def _words(judged: pd.DataFrame, seed: int, nothing_changes: bool) -> list[Said]:
    real = dict.fromkeys(judged["outcome_id"], "stays") if nothing_changes else truth(seed).words
    world = "nothing changes" if nothing_changes else "Riverbend"
    return [
        {"kind": f"word: {world}", "item": row["outcome_id"], "word": row["word"], "turned": row["turned"],
         "true": WORDS.get(real.get(row["outcome_id"], ""), "no clear change")}
        for row in judged.to_dict("records")
    ]  # fmt: skip


def _values(own: pd.DataFrame) -> list[Said]:
    """Intervals of single values that carry one: of counts and of surveys."""
    kinds = {"counts, 50 and more": ("counts", 50, 1e9), "counts, 10 to 49": ("counts", 10, 50)}
    level = _levels()
    found_: list[Said] = []
    for row in own.dropna(subset=["low", "high"]).to_dict("records"):
        true = level.get((row["indicator_id"], row["period_start"], row["subgroup_type"], row["subgroup"]))
        if true is None:
            continue
        surveyed = pd.notna(row["confidence"])
        of = 0 if surveyed or pd.isna(row["denominator"]) else int(row["denominator"])
        kind = "surveys" if surveyed else next((k for k, (_n, a, b) in kinds.items() if a <= of < b), None)
        if kind:
            found_.append({"kind": f"value: {kind}", "low": row["low"], "high": row["high"], "true": true})
    return found_


def _levels() -> dict[tuple[Any, ...], float]:
    """The true level of every indicator, period and group in Riverbend County, in the indicator's unit."""
    cell, out = cells(), {}
    for series in SERIES:
        true = values.chances(series, "riverbend") * (1000 if series.indicator == "asthma-visits" else 100)
        for (kind, group), member in cell.member.items():
            weight = cell.weight[member] / cell.weight[member].sum()
            for day, row in zip(series.first_days(), true, strict=True):
                out[series.indicator, day, kind, group] = float(row[member] @ weight)
    for survey in SURVEYS:
        grid = surveys._grid(survey).query("place_id == 'riverbend'")
        years = grid["period_start"].dt.year - grid["period_start"].dt.year.min()
        keys = zip(grid["period_start"], grid["subgroup_type"], grid["subgroup"], grid["level"] + grid["pace"] * years,
                   strict=True)  # fmt: skip
        out |= {(survey.indicator, day, kind, group): float(true) for day, kind, group, true in keys}
    return out


def _differences(own: pd.DataFrame, indicators: pd.DataFrame, breaks: pd.DataFrame) -> list[Said]:
    """The gap between two named groups, and the largest gap that the page shows."""
    level, out = _levels(), []
    for indicator, rows in own.groupby("indicator_id"):
        about = indicators[indicators["indicator_id"] == indicator]
        shown = gaps(rows[rows["subgroup"] != "all"], about, breaks)
        for row in shown.to_dict("records"):
            ends = [level.get((indicator, row["period_start"], row["subgroup_type"], row[end])) for end in
                    ("best_id", "worst_id")]  # fmt: skip
            if None in ends:
                continue
            sign = 1 if about["good_direction"].iloc[0] == "up" else -1
            out.append({"kind": "gap: largest shown", "low": row["low"], "high": row["high"],
                        "true": sign * (ends[0] - ends[1])})  # fmt: skip
        out += _named_gap(str(indicator), rows, level)
    return out


def _named_gap(indicator: str, rows: pd.DataFrame, level: dict[tuple[Any, ...], float]) -> list[Said]:
    newest = rows[rows["period_start"] == rows["period_start"].max()]
    pair = newest[newest["subgroup"].isin(["female", "male"]) & newest["denominator"].notna()]
    if len(pair) != 2 or pair["unit"].iloc[0] != "percent":
        return []
    one, other = pair.sort_values("subgroup").to_dict("records")
    low, high = newcombe_interval(*(float(row[name]) for row in (one, other) for name in ("numerator", "denominator")))
    true = [level[indicator, row["period_start"], row["subgroup_type"], row["subgroup"]] for row in (one, other)]
    return [{"kind": "gap: two named groups", "low": 100 * low, "high": 100 * high, "true": true[0] - true[1]}]


def _slopes(judged: pd.DataFrame) -> list[Said]:
    pace = trends().query("subgroup == 'all'").set_index("indicator_id")["annual_change"]
    return [
        {"kind": f"slope: {'5 and 6' if row['points'] < 7 else '7 and more'} results", "low": row["slope_low"],
         "high": row["slope_high"], "true": pace[row["indicator_id"]]}
        for row in judged.to_dict("records") if row["points"] >= 5
    ]  # fmt: skip


def _drawings(seed: int) -> pd.DataFrame:
    made = assignments(seed)
    return made[made["assigned_on"] <= AS_OF]


def _true_effect(row: Said, comparisons: pd.DataFrame, given: records.Records, sites: pd.DataFrame, seed: int) -> float:
    """Mean true gain of those who had the practice, in standard deviations of the scores that are compared."""
    one = comparisons[comparisons["comparison_id"] == row["comparison_id"]].iloc[0]
    tests = sat(seed)
    own = tests[(tests["subject"] == one["subject"]) & (tests["taken_on"] <= AS_OF)].copy()
    key = pd.MultiIndex.from_frame(own[["row", "year"]])
    effect = results.EFFECTS[one["practice_id"], one["subject"]]
    if one["practice_id"] in LOTTERIES:
        dose = won(key, one["practice_id"], seed)
    elif one["practice_id"] in results.SCHOOLWIDE:
        dose = results._schoolwide(own, one["practice_id"])
    else:
        dose = results._dose(key, one["practice_id"], seed)
    own["gain"] = effect * dose * results.SPREAD
    spread = given.student_results.assign(year=given.student_results["taken_on"].dt.year - 1)
    spread = spread[spread["subject"] == one["subject"]].groupby(["grade", "year"])["score"].std()
    own["grade"] = results.GRADES[own["grade"]]
    scale = spread.reindex(pd.MultiIndex.from_frame(own[["grade", "year"]])).to_numpy()
    asked = own["grade"].isin(one["grades"].split()) & (own["year"] + 1 >= one["first_year"]) & (dose > 0)
    gains = (own["gain"] / scale)[asked.to_numpy()]
    return float(np.nanmean(gains)) if len(gains) else 0.0
