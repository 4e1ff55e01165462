"""What all comparisons found, judged together, and what more of a practice that works would bring."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from alignkit.chapters.action.comparison_records import Records
from alignkit.chapters.action.comparisons import MEASURES, Compared, compare
from alignkit.kit.code_lists import named
from alignkit.stats.multiple import benjamini_hochberg

ALPHA = 0.05
DIGITS = {"score": 2, "proficient": 0}
"""Rounded before anything is shown: a mean to many digits gives away single scores to whoever knows all others."""
SIDES = ("practice", "comparison")
PERSONS = ("experiment", "matched")
"""Designs that set persons, not sites, against each other: only those who were used are counted."""
CHANCES = {"p": 3, "p_adjusted": 3, "pre_trend": 2}
"""Rounded as well: whoever knows all scores but one could reckon it back from an exact p."""
_ABOUT = ["comparison_id", "practice_id", "practice", "outcome_id", "question", "design", "chosen_by"]
_CARRIED = ["p", "p_adjusted", "sites", "pre_trend", "same_schools", "first_on", "planned_on", "hint", "reason", "word"]
EFFECT_KEYS: Mapping[str, Any] = {"by": [*_ABOUT, "measure"], "carry": _CARRIED, "unit": "score"}
"""How `effects` go through the door: hidden where too few students are on either side."""
STUDENT_KEYS: Mapping[str, Any] = {"by": ["comparison_id", "side", "standing"], "unit": "count"}
"""How `students_compared` goes through the door."""
BALANCE_KEYS: Mapping[str, Any] = {
    "by": ["comparison_id", "covariate"],
    "carry": ["before", "standing"],
    "unit": "score",
}
"""How `balances` go through the door."""
COLUMNS = [*_ABOUT, "measure", "value", "low", "high", "denominator", *_CARRIED]
_ADDED = ("practice", "p_adjusted", "same_schools", "word")
"""Columns that are made for all comparisons together."""


def results(comparisons: pd.DataFrame, records: Records, adoptions: pd.DataFrame) -> dict[str, Compared]:
    """What each comparison found, by comparison_id."""
    return {str(one["comparison_id"]): compare(one, records, adoptions) for one in comparisons.to_dict("records")}


def effects(comparisons: pd.DataFrame, found: Mapping[str, Compared], practices: pd.DataFrame) -> pd.DataFrame:
    """One row per comparison and measure ("score" in standard deviations, "proficient" in students per 100).

    Columns: the comparison's, practice (name), value, low, high (95 %), p and p_adjusted (Benjamini–Hochberg over
    all comparisons, of the score), denominator (students on the smaller side), sites, pre_trend (p), same_schools
    (names of practices for the same outcome that came to the same schools meanwhile, so that schools before and after
    cannot distinguish them), first_on (day of the first result with the practice), hint (the comparison was planned
    after that day), reason (why it is not known, or "no_" and the table that is missing), and word: "works", "harms",
    "no clear effect" or "not known".

    A word is about the score; both rows of a comparison have it.
    """
    rows = [_row(one, found[str(one["comparison_id"])], name) for one in comparisons.to_dict("records")
            for name in MEASURES]  # fmt: skip
    frame = pd.DataFrame(rows, columns=[name for name in COLUMNS if name not in _ADDED])
    frame["practice"] = named(frame["practice_id"], practices, "practice_id")
    others = {str(one["comparison_id"]): _same_schools(one, found, practices) for one in comparisons.to_dict("records")}
    frame["same_schools"] = frame["comparison_id"].map(others)
    main = frame[frame["measure"] == "score"].set_index("comparison_id")
    adjusted = pd.Series(benjamini_hochberg(main["p"]), main.index, dtype=float).where(main["reason"] == "")
    verdicts = {id_: _word(main.loc[id_], adjusted[id_]) for id_ in main.index}
    frame["p_adjusted"] = frame["comparison_id"].map(adjusted)
    frame["word"] = frame["comparison_id"].map(verdicts)
    frame = frame.round(CHANCES)
    return frame[COLUMNS].astype({"denominator": "Int64"})


def students_compared(comparisons: pd.DataFrame, found: Mapping[str, Compared]) -> pd.DataFrame:
    """How many students each comparison of scores is about, on the side with the practice and on the one without.

    Returns comparison_id, side ("practice", "comparison"), standing ("compared"; "lost": drawn, but without a result;
    "left_out": had the practice, but nothing to be compared by), value (students; no row where there are none).
    """
    rows: list[tuple[Any, ...]] = []
    for one in comparisons.to_dict("records"):
        id_, compared = one["comparison_id"], found[str(one["comparison_id"])]
        sides = zip(SIDES, _sides(one, compared, "score"), compared.effects["score"].lost, strict=True)
        for side, there, lost in sides:
            rows += [(id_, side, "compared", there), (id_, side, "lost", _lost(lost, there))]
        rows.append((id_, "practice", "left_out", compared.left_out))
    columns = ["comparison_id", "side", "standing", "value"]
    return pd.DataFrame([row for row in rows if row[-1]], columns=columns)


def balances(found: Mapping[str, Compared]) -> pd.DataFrame:
    """How alike both sides of each comparison were, before and after weighting: comparison_id, covariate, before, value
    (standardized differences), standing, denominator (students on the smaller side).

    Of words (sex, race) only the standing is given: from a share before weighting one could count children.
    """
    rows = []
    for id_, one in found.items():
        effect = one.effects["score"]
        for covariate in effect.balance:
            earlier = covariate.covariate.split(":")[0] == "before" and "not known" not in covariate.covariate
            numbers = (round(covariate.before, 2), round(covariate.g, 2)) if earlier else (np.nan, np.nan)
            of = min(effect.treated, effect.comparison)
            rows.append((id_, covariate.covariate, *numbers, covariate.standing, of))
    columns = ["comparison_id", "covariate", "before", "value", "standing", "denominator"]
    return pd.DataFrame(rows, columns=columns).astype({"denominator": "Int64"})


def expected_gain(shown: pd.DataFrame, missed: pd.DataFrame) -> pd.DataFrame:
    """More students who would be proficient if those who are eligible and not reached gained as much as those reached.

    `shown`: published rows of `effects`; `missed`: practice_id, missed (eligible and not reached where the practice is
    in use, worked out from published numbers). Only for practices that work here by a comparison planned beforehand.
    One row per practice: of several comparisons the smallest effect. Returns practice_id, practice, missed, value, low,
    high (students, whole; the interval is the effect's alone, and takes their number as it is).
    """
    works = shown[(shown["measure"] == "proficient") & (shown["word"] == "works") & ~shown["hint"].astype(bool)]
    both = works.dropna(subset=["value"]).sort_values("value").drop_duplicates("practice_id")
    both = both.merge(missed, on="practice_id")
    for name in ("value", "low", "high"):
        both[name] = (both[name].astype(float) * both["missed"].astype(float) / 100).round()
    return both[["practice_id", "practice", "missed", "value", "low", "high"]].reset_index(drop=True)


def _row(one: Mapping[Any, Any], found: Compared, measure: str) -> dict[str, Any]:
    effect, late = found.effects[measure], found.first_on is not None and one["planned_on"] > found.first_on
    about = {name: one[name] for name in COLUMNS if name in one}
    numbers = {name: round(getattr(effect, name), DIGITS[measure]) for name in ("value", "low", "high")}
    return {
        **about, **numbers, "measure": measure, "denominator": min(_sides(one, found, measure)), "p": effect.p,
        "sites": effect.clusters, "pre_trend": found.pre_trend, "first_on": found.first_on, "hint": late,
        "reason": f"no_{found.absent}" if found.absent else effect.reason,
    }  # fmt: skip


def _sides(one: Mapping[Any, Any], found: Compared, measure: str) -> tuple[int, int]:
    """Students with the practice and without it."""
    effect = found.effects[measure]
    return (effect.treated, effect.comparison) if one["design"] in PERSONS and not found.absent else found.persons


def _same_schools(one: Mapping[Any, Any], found: Mapping[str, Compared], practices: pd.DataFrame) -> str:
    """Names of other practices for the same outcome that came to the same schools, sorted."""
    same = practices["practice_id"].isin(found[str(one["comparison_id"])].same_schools)
    return "; ".join(sorted(practices.loc[same & (practices["outcome_id"] == one["outcome_id"]), "name"]))


def _lost(share: float, there: int) -> int:
    """Students of one side without a result; 0 where none are there to tell."""
    return round(there * share / (1 - share)) if share < 1 else 0


def _word(main: pd.Series, adjusted: float) -> str:
    if main["reason"]:
        return "not known"
    if not adjusted <= ALPHA:
        return "no clear effect"
    return "works" if main["value"] > 0 else "harms"
