"""Riverbend County: a synthetic community with every table of the contract, over four quarters.

Nobody in it exists. `tables` is what the community keeps; `truth` is what is truly so, and never stands in a table.
"""

import pandas as pd

from alignkit.demo.partners import agreements, meeting_attendance, responsibilities
from alignkit.demo.practices import adoptions, grant_partners
from alignkit.demo.promises import commitments
from alignkit.demo.tools import authored
from alignkit.demo.values import indicator_values

AUTHORED = (
    "partners", "outcomes", "subgroup_targets", "series_breaks", "places", "subgroups", "meetings",
    "decisions", "standards", "data_sources", "practices", "practice_reviews", "grants", "grant_outcomes",
    "policies", "policy_practices", "positions", "advocacy_actions",
)  # fmt: skip
"""Tables that were written by hand, the same for every seed."""


def tables(seed: int) -> dict[str, pd.DataFrame]:
    """Every table of the contract, typed as `contract.conform` would; the same seed gives the same tables."""
    values = indicator_values(seed)
    made: dict[str, pd.DataFrame] = {name: authored(name) for name in AUTHORED}
    made["indicator_values"] = values
    made["indicators"] = indicators(values)
    made["commitments"] = commitments()
    made["agreements"] = agreements()
    made["responsibilities"] = responsibilities()
    made["meeting_attendance"] = meeting_attendance(seed)
    made["adoptions"] = adoptions(seed)
    made["grant_partners"] = grant_partners()
    return made


def indicators(values: pd.DataFrame) -> pd.DataFrame:
    """The indicators as written by hand; their baselines are what was first released for the baseline period."""
    frame = authored("indicators")
    own = values[(values["place_id"] == "riverbend") & (values["subgroup"] == "all")]
    first = own.sort_values("released_on").drop_duplicates(["indicator_id", "period_start"])
    percent = (100 * first["numerator"] / first["denominator"]).astype("Float64")
    first = first.assign(baseline=first["value"].astype("Float64").fillna(percent).astype(float).round(1))
    keys = {"indicator_id": "indicator_id", "baseline_period": "period_start"}
    found = frame.merge(first, left_on=list(keys), right_on=list(keys.values()), how="left")
    return frame.assign(baseline=found["baseline_y"].to_numpy())
