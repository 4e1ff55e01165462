"""The indicators of an outcome: the one it is judged by, its goal, and those that help to explain it."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from alignkit.errors import InputError

_NONE_YET = "give a row of the table outcomes the status in_force"


@dataclass(frozen=True)
class Goal:
    """What an outcome's charts say about its core indicator. Get one from `goal`."""

    indicator: str
    """The indicator's name; empty where the outcome has none yet."""
    value: float | None
    year: int | None
    good_direction: Literal["up", "down", ""]


def chosen_outcome(outcome: str, outcomes: pd.DataFrame) -> str:
    """`outcome`; where it is blank, as in a notebook that someone opens, the community's first one, with a line that
    says so. Raises `InputError` where there is none."""
    if outcome:
        return outcome
    adopted = _adopted(outcomes)
    if not adopted:
        raise InputError("the table outcomes has no outcome in force", where="parameter outcome", cure=_NONE_YET)
    others = f" For another, write its id into the cell tagged parameters: {', '.join(adopted[1:])}."
    print(f"This is the outcome {adopted[0]}.{others if adopted[1:] else ''}")  # noqa: T201 - to the person at the notebook
    return adopted[0]


def core_indicators(indicators: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """The indicator that each outcome in force is judged by: its first core one. One row per outcome that has one."""
    in_force = outcomes.loc[outcomes["status"] == "in_force", "outcome_id"]
    judged = indicators[(indicators["role"] == "core") & indicators["outcome_id"].isin(in_force)]
    return judged.drop_duplicates("outcome_id").reset_index(drop=True)


def core_indicator(outcome: str, indicators: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """The indicator that one outcome is judged by: a frame of one row, or of none where it has no indicator yet.

    Raises `InputError` where the outcome is not one in force.
    """
    adopted = _adopted(outcomes)
    if outcome not in adopted:
        cure = f"write one of these ids into the cell tagged parameters: {', '.join(adopted)}"
        raise InputError(f"'{outcome}' is no outcome in force", where="parameter outcome",
                         cure=cure if adopted else _NONE_YET)  # fmt: skip
    judged = core_indicators(indicators, outcomes)
    return judged[judged["outcome_id"] == outcome].reset_index(drop=True)


def _adopted(outcomes: pd.DataFrame) -> list[str]:
    """Ids of the outcomes in force, in the community's order."""
    in_force = outcomes[outcomes["status"] == "in_force"].sort_values(["order", "outcome_id"])
    return [str(id_) for id_ in in_force["outcome_id"]]


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
