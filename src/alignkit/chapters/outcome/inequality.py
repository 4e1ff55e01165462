"""How unequal all groups of a kind are together; for the web, beside the gaps between two of them.

Pure; takes only what came through the door. Where any group of a kind is hidden nothing is worked out: an index of the
others would be another index, and with the total it could give the hidden one away.
"""

from typing import Any

import numpy as np
import pandas as pd

from alignkit.chapters.outcome.series import PER
from alignkit.disclosure.published import Published
from alignkit.stats.inequality import between_group_variance, relative_index, slope_index, theil

FEWEST = 2
COLUMNS = ["subgroup_type", "kind", "groups", "reason", "variance", "theil", "ordered", "value", "low", "high",
           "relative"]  # fmt: skip


def inequality(newest: Published, subgroups: pd.DataFrame) -> pd.DataFrame:
    """Measures of inequality in the newest period, one row per kind of group.

    `newest`: all published rows of one indicator and place in that period, hidden ones too; `subgroups`: the code
    list, whose `order` says which kinds have a natural order. Returns subgroup_type, kind, groups, reason ("",
    "hidden", "no_counts", "one_group"), variance (between groups), theil, ordered, and for ordered kinds value, low,
    high (slope index of inequality, in the indicator's unit) and relative (relative index).
    """
    points = newest.frame
    groups = points[points["subgroup"] != "all"]
    order = subgroups.set_index(["subgroup_type", "subgroup"])["order"] if len(subgroups) else pd.Series(dtype=float)
    rows = [_row(str(kind), rows, order) for kind, rows in groups.groupby("subgroup_type", sort=True)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(kind: str, rows: pd.DataFrame, order: pd.Series) -> dict[str, Any]:
    row: dict[str, Any] = {"subgroup_type": kind, "kind": rows["kind"].iloc[0], "groups": len(rows), "ordered": False}
    row |= {"reason": _reason(rows)} | dict.fromkeys(["variance", "theil", "value", "low", "high", "relative"], np.nan)
    if row["reason"]:
        return row
    keys = pd.MultiIndex.from_frame(rows[["subgroup_type", "subgroup"]])
    place = order.reindex(keys).astype("Float64").to_numpy(float, na_value=np.nan)
    row["ordered"] = not np.isnan(place).any()
    rows = rows.iloc[np.argsort(place, kind="stable")] if row["ordered"] else rows
    values, sizes = rows["value"].to_numpy(float), rows["denominator"].astype(float).to_numpy()
    row |= {"variance": between_group_variance(values, sizes), "theil": theil(values, sizes)}
    if row["ordered"]:
        slope = slope_index(values, sizes)
        row |= {"value": slope.value, "low": slope.low, "high": slope.high, "relative": relative_index(values, sizes)}
    return row


def _reason(rows: pd.DataFrame) -> str:
    if (rows["status"] != "shown").any():
        return "hidden"
    if not rows["unit"].isin(list(PER)).all() or rows["denominator"].isna().any() or rows["value"].isna().any():
        return "no_counts"
    return "one_group" if len(rows) < FEWEST else ""
