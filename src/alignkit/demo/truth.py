"""What is truly so in Riverbend, for tests of what the book says. None of it stands in a table."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from alignkit.demo.children import cells
from alignkit.demo.links import links
from alignkit.demo.results import EFFECTS, SCHOOLWIDE
from alignkit.demo.series import SERIES, SURVEYS, Series
from alignkit.demo.tools import authored

INSTRUMENT = ("third-grade-reading", "asthma-visits")
"""Indicators whose jump comes from another test or code, not from the children."""


@dataclass(frozen=True)
class Truth:
    """`links`: student_id, client_id of the same child. `practice_effects`: practice_id, subject, effect (standard
    deviations of one child's score in the year, for a full dose), reach ("participants" or "school").
    `trends`: indicator_id, subgroup_type, subgroup, annual_change (in the indicator's unit, in Riverbend County).
    `jumps`: indicator_id, starts_on, points, real (False: only the instrument changed).
    `words`: outcome_id → "improves", "worsens" or "stays", for outcomes that have a core indicator.
    """

    links: pd.DataFrame
    practice_effects: pd.DataFrame
    trends: pd.DataFrame
    jumps: pd.DataFrame
    words: Mapping[str, str]


def truth(seed: int) -> Truth:
    """The truth behind `riverbend.tables(seed)`."""
    changes = trends()
    return Truth(links(seed)[["student_id", "client_id"]], _effects(), changes, _jumps(), _words(changes))


def trends() -> pd.DataFrame:
    """True change per year of every indicator, for everyone and every group it is broken down by."""
    rows = [
        (series.indicator, kind, group, _pace(series, kind, group))
        for series in SERIES
        for kind, group in cells().member
        if kind == "all" or kind in series.kinds
    ]
    rows += [(survey.indicator, "all", "all", survey.slope) for survey in SURVEYS]
    return pd.DataFrame(rows, columns=["indicator_id", "subgroup_type", "subgroup", "annual_change"])


def _pace(series: Series, kind: str, group: str) -> float:
    cell, member = cells(), cells().member[kind, group]
    weight = cell.weight[member] / cell.weight[member].sum()
    return round(series.slope + series.per_step * float(weight @ cell.step[member]), 6)


def _effects() -> pd.DataFrame:
    rows = [
        (practice, subject, effect, "school" if practice in SCHOOLWIDE else "participants")
        for (practice, subject), effect in EFFECTS.items()
    ]
    return pd.DataFrame(rows, columns=["practice_id", "subject", "effect", "reach"])


def _jumps() -> pd.DataFrame:
    rows = [
        (series.indicator, pd.Timestamp(series.break_on), series.shift, series.indicator not in INSTRUMENT)
        for series in SERIES
        if series.break_on
    ]
    return pd.DataFrame(rows, columns=["indicator_id", "starts_on", "points", "real"])


def _words(changes: pd.DataFrame) -> dict[str, str]:
    indicators = authored("indicators")
    core = indicators[indicators["role"] == "core"].drop_duplicates("outcome_id")
    everyone = changes[changes["subgroup"] == "all"].set_index("indicator_id")["annual_change"]
    named = core[["outcome_id", "indicator_id", "good_direction"]].itertuples(index=False, name=None)
    return {str(outcome): _word(float(everyone[judged]), str(good)) for outcome, judged, good in named}


def _word(change: float, good: str) -> str:
    if change == 0:
        return "stays"
    return "improves" if (change > 0) == (good == "up") else "worsens"
