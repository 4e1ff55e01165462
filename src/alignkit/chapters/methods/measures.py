"""What the methods page works out for this community: how noisy its outcomes are, and how long it takes to tell.

Pure; takes only what came through the door (`Published.shown`).
"""

from typing import Any

import numpy as np
import pandas as pd

from alignkit.chapters.outcome.measures import core_indicators, position, unbroken
from alignkit.stats.power import MOST, wait
from alignkit.stats.trends import theil_sen

FEWEST = 5
"""Results since the last break that it takes to see how far they scatter."""
SLOPES = (1.0, 2.0, 3.0)
"""Points a year."""
DEFAULT_NOISE = (1.0, 2.0, 3.5)
"""Noise in points where too few outcomes of this community show theirs: our defaults, and the page says so."""
AMOUNTS = ("little", "typical", "much")


def noise(values: pd.DataFrame, indicators: pd.DataFrame, outcomes: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """How far each outcome's results scatter around their own straight line since the last break, in points.

    `values` as for `verdicts`; outcomes measured in percent with five or more results. Returns outcome_id, outcome,
    results (how many), value: 1.4826 times the median distance from the Theil–Sen line, times √(n / (n − 2)) for the
    two numbers the line took; sampling, where counts are known: what chance alone would make of it.
    """
    in_force = outcomes[outcomes["status"] == "in_force"].set_index("outcome_id")["name"]
    rows = []
    for _, about in core_indicators(indicators, outcomes).iterrows():
        own = values[(values["indicator_id"] == about["indicator_id"]) & values["value"].notna()]
        same = unbroken(own.sort_values("period_start"), breaks)
        if about["unit"] == "percent" and len(same) >= FEWEST:
            spread, chance = _scatter(same, about)
            rows.append((about["outcome_id"], in_force[about["outcome_id"]], len(same), spread, chance))
    return pd.DataFrame(rows, columns=["outcome_id", "outcome", "results", "value", "sampling"])


def outcomes_judged(outcomes: pd.DataFrame) -> int:
    """How many outcomes are judged together: those in force."""
    return int((outcomes["status"] == "in_force").sum())


def waits(scatter: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """How many yearly results it takes to tell a change of 1, 2 or 3 points a year, with little, typical, much noise.

    `scatter` is what `noise` gives (its quartiles; `DEFAULT_NOISE` where fewer than four outcomes show theirs),
    `outcomes` are the table's rows. Returns amount ("little", "typical", "much"), noise (points), house (whether it is
    a default), slope, value (results; missing: more than `most`), chance (of telling it by then), most.
    """
    family = outcomes_judged(outcomes)
    own = scatter["value"].dropna()
    house = len(own) < 4
    levels = DEFAULT_NOISE if house else tuple(float(q) for q in np.quantile(own, (0.25, 0.5, 0.75)))
    rows: list[dict[str, Any]] = []
    for amount, level in zip(AMOUNTS, levels, strict=True):
        for slope in SLOPES:
            found = wait(slope, round(level, 1), max(family, 1))
            about = {"amount": amount, "noise": round(level, 1), "house": house, "slope": slope}
            rows.append({**about, "value": found.results, "chance": found.chance, "most": MOST})
    return pd.DataFrame(rows).astype({"value": "Int64"})


def _scatter(same: pd.DataFrame, about: pd.Series) -> tuple[float, float]:
    x, y = position(same, about), same["value"].to_numpy(float)
    slope = theil_sen(x, y).estimate
    away = y - slope * np.asarray(x, float)
    n = len(y)
    spread = 1.4826 * float(np.median(np.abs(away - np.median(away)))) * np.sqrt(n / (n - 2))
    of = same["denominator"].astype("Float64").to_numpy(float, na_value=np.nan)
    share = y / 100
    chance = 100 * np.sqrt(np.nanmean(share * (1 - share) / of)) if (~np.isnan(of)).any() else np.nan
    return spread, float(chance)
