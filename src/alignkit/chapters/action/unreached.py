"""Who is not reached by a practice, worked out from what is published, so that it cannot give away what is hidden."""

from typing import Any

import pandas as pd

from alignkit.chapters.action.effects import expected_gain
from alignkit.disclosure.published import Published

EVERY_TIER = 4
"""The weakest evidence tier there is."""


def unreached(listed: Published, reach: Published, weakest: int) -> list[dict[str, Any]]:
    """Of each practice that works, the eligible children it misses where it is in use: practice_id, practice,
    evidence_tier, missed, of; strongest evidence first, then most missed.
    """
    tiers = dict(zip(listed.frame["practice_id"], listed.frame["evidence_tier"], strict=True))
    totals = reach.where(school_walls="all", site="all").shown.dropna(subset=["numerator", "denominator"])
    rows = [
        {
            "practice_id": row["practice_id"],
            "practice": row["practice"],
            "evidence_tier": int(tiers[row["practice_id"]]),
            "missed": int(row["denominator"] - row["numerator"]),
            "of": int(row["denominator"]),
        }
        for row in totals.to_dict("records")
        if tiers.get(row["practice_id"], weakest + 1) <= weakest
    ]
    return sorted(rows, key=lambda row: (row["evidence_tier"], -row["missed"], row["practice"]))


def missed(listed: Published, reach: Published) -> pd.DataFrame:
    """Of each practice in use, eligible children it misses: practice_id, missed; from what is published."""
    rows = unreached(listed, reach, EVERY_TIER)
    return pd.DataFrame(rows, columns=["practice_id", "practice", "evidence_tier", "missed", "of"])[
        ["practice_id", "missed"]
    ]


def gain_if_all(effects: pd.DataFrame, listed: Published, reach: Published) -> pd.DataFrame:
    """What reaching everyone eligible would bring: `effects.expected_gain` of those that each practice misses."""
    return expected_gain(effects, missed(listed, reach))
