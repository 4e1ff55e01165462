"""The indicators of an outcome: the one it is judged by, its goal, and those that help to explain it."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from alignkit.errors import InputError


@dataclass(frozen=True)
class Goal:
    """What an outcome's charts say about its core indicator. Get one from `goal`."""

    indicator: str
    """The indicator's name; empty where the outcome has none yet."""
    value: float | None
    year: int | None
    good_direction: Literal["up", "down", ""]


def core_indicators(indicators: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """The indicator that each outcome in force is judged by: its first core one. One row per outcome that has one."""
    in_force = outcomes.loc[outcomes["status"] == "in_force", "outcome_id"]
    judged = indicators[(indicators["role"] == "core") & indicators["outcome_id"].isin(in_force)]
    return judged.drop_duplicates("outcome_id").reset_index(drop=True)


def core_indicator(outcome: str, indicators: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """The indicator that one outcome is judged by: a frame of one row, or of none where it has no indicator yet.

    Raises `InputError` where the outcome is not one in force.
    """
    in_force = outcomes.loc[outcomes["status"] == "in_force", "outcome_id"]
    if outcome not in set(in_force):
        raise InputError(
            f"'{outcome}' is no outcome in force",
            where="parameter outcome",
            cure=f"outcomes in force: {', '.join(in_force)}",
        )
    judged = core_indicators(indicators, outcomes)
    return judged[judged["outcome_id"] == outcome].reset_index(drop=True)


def contributing_indicators(outcome: str, indicators: pd.DataFrame) -> pd.DataFrame:
    """Indicators that help to explain the outcome, more frequent ones first."""
    rows = indicators[(indicators["outcome_id"] == outcome) & (indicators["role"] == "contributing")]
    often = rows["frequency"].map({"monthly": 0, "quarterly": 1, "annual": 2})
    return rows.loc[often.sort_values(kind="stable").index].reset_index(drop=True)


def goal(core: pd.DataFrame) -> Goal:
    """The goal in the one row of `core_indicator`; without a row, one that says nothing."""
    if core.empty:
        return Goal("", None, None, "")
    row = core.iloc[0]
    value, year = (None if pd.isna(row[name]) else row[name] for name in ("target", "target_year"))
    return Goal(str(row["name"]), None if value is None else float(value), None if year is None else int(year),
                row["good_direction"])  # fmt: skip
