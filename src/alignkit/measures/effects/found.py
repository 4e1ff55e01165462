"""What all comparisons found, judged together, and what more of a practice that works would bring."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from alignkit.measures.collaboration import named
from alignkit.measures.effects.compare import MEASURES, Compared, compare
from alignkit.measures.effects.records import Records
from alignkit.stats.multiple import benjamini_hochberg

ALPHA = 0.05
DIGITS = {"score": 2, "proficient": 0}
"""Rounded before anything is shown: a mean to many digits gives away single scores to whoever knows all others."""
_ABOUT = ["comparison_id", "practice_id", "practice", "outcome_id", "question", "design", "chosen_by"]
EFFECTS: Mapping[str, Any] = {
    "by": [*_ABOUT, "measure"],
    "carry": ["p", "p_adjusted", "practice_n", "comparison_n", "sites", "left_out", "lost_practice", "lost_comparison",
              "pre_trend", "first_on", "planned_on", "hint", "reason", "word"],
    "unit": "score",
}  # fmt: skip
"""How `effects` go through the door: hidden where too few students are on either side."""
BALANCE: Mapping[str, Any] = {"by": ["comparison_id", "covariate"], "carry": ["before", "standing"], "unit": "score"}
"""How `balances` go through the door."""
GAIN: Mapping[str, Any] = {"by": ["practice_id", "practice"], "about": "practices", "carry": ["missed"],
                           "unit": "count"}  # fmt: skip
"""How `expected_gain` goes through the door: it is made of what is already published."""
COLUMNS = ["comparison_id", "practice_id", "practice", "outcome_id", "question", "design", "chosen_by", "measure",
           "value", "low", "high", "p", "p_adjusted", "denominator", "practice_n", "comparison_n", "sites", "left_out",
           "lost_practice", "lost_comparison", "pre_trend", "first_on", "planned_on", "hint", "reason",
           "word"]  # fmt: skip


def results(comparisons: pd.DataFrame, records: Records, adoptions: pd.DataFrame) -> dict[str, Compared]:
    """What each comparison found, by comparison_id."""
    return {str(one["comparison_id"]): compare(one, records, adoptions) for one in comparisons.to_dict("records")}


def effects(comparisons: pd.DataFrame, found: Mapping[str, Compared], practices: pd.DataFrame) -> pd.DataFrame:
    """One row per comparison and measure ("score" in standard deviations, "proficient" in students per 100).

    Columns: the comparison's, practice (name), value, low, high (95 %), p and p_adjusted (Benjamini–Hochberg over all
    comparisons, of the score), denominator (students on the smaller side), practice_n and comparison_n (students),
    sites, left_out (had the practice, but nothing to be compared by), lost_practice and lost_comparison (percent drawn
    but without a result), pre_trend (p), first_on (day of the first result with the practice), hint (the comparison was
    planned after that day), reason (why it is not known), and word: "works", "harms", "no clear effect" or "not known".

    A word is about the score; both rows of a comparison have it.
    """
    rows = [_row(one, found[str(one["comparison_id"])], name) for one in comparisons.to_dict("records")
            for name in MEASURES]  # fmt: skip
    frame = pd.DataFrame(rows, columns=[name for name in COLUMNS if name not in ("practice", "p_adjusted", "word")])
    frame["practice"] = named(frame["practice_id"], practices, "practice_id")
    main = frame[frame["measure"] == "score"].set_index("comparison_id")
    adjusted = pd.Series(benjamini_hochberg(main["p"]), main.index, dtype=float).where(main["reason"] == "")
    words = {id_: _word(main.loc[id_], adjusted[id_]) for id_ in main.index}
    frame["p_adjusted"] = frame["comparison_id"].map(adjusted)
    frame["word"] = frame["comparison_id"].map(words)
    return frame[COLUMNS].astype({"denominator": "Int64"})


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
    Returns practice_id, practice, missed, value, low, high (students, whole; the interval is the effect's alone, and
    takes their number as it is).
    """
    works = shown[(shown["measure"] == "proficient") & (shown["word"] == "works") & ~shown["hint"].astype(bool)]
    both = works.dropna(subset=["value"]).merge(missed, on="practice_id")
    for name in ("value", "low", "high"):
        both[name] = (both[name] * both["missed"] / 100).round()
    return both[["practice_id", "practice", "missed", "value", "low", "high"]].reset_index(drop=True)


def _row(one: Mapping[Any, Any], found: Compared, measure: str) -> dict[str, Any]:
    effect, (with_it, without) = found.effects[measure], found.persons
    about = {name: one[name] for name in COLUMNS if name in one}
    late = found.first_on is not None and one["planned_on"] > found.first_on
    numbers = {name: round(getattr(effect, name), DIGITS[measure]) for name in ("value", "low", "high")}
    lost = {"lost_practice": round(100 * effect.lost[0]), "lost_comparison": round(100 * effect.lost[1])}
    counts = {"denominator": min(with_it, without), "practice_n": with_it, "comparison_n": without}
    return {
        **about, **numbers, **counts, **lost, "measure": measure, "p": effect.p, "sites": effect.clusters,
        "left_out": found.left_out, "pre_trend": found.pre_trend, "first_on": found.first_on, "hint": late,
        "reason": effect.reason,
    }  # fmt: skip


def _word(main: pd.Series, adjusted: float) -> str:
    if main["reason"]:
        return "not known"
    if not adjusted <= ALPHA:
        return "no clear effect"
    return "works" if main["value"] > 0 else "harms"
