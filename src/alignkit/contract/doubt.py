"""A value that is well formed and hardly true, and what all looks at values share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

SERIES = ["indicator_id", "place_id", "subgroup_type", "subgroup"]
ALL = "all"
POWERS = (10, 100, 1000)
NEAR = 1.25
"""How near a jump must come to a factor of 10, 100 or 1,000: within a quarter."""
SMALL = 30
"""Persons: a smaller group may well go from 2 to 20."""
FEW = 10
"""Persons: where fewer were expected, none may be true."""
ROLLING_DAYS = 400
"""Estimates over more days may overlap, such as five years of a survey, published every year."""
EARLIEST, YEARS_AHEAD = 1950, 15
MARGIN = 4.0
"""An interval that is wider than counts of that size give by more than this factor is one of a weighted survey."""
APART = 5.0
"""Percentage points by which everyone's percent may differ from that of all groups together."""
TIMES = {"percent": 100.0, "rate_per_1000": 1000.0}
UNITS = {"percent": "percent", "rate_per_1000": "a rate per 1,000", "count": "a count", "dollars": "dollars",
          "score": "a score"}  # fmt: skip
Values = pd.DataFrame


@dataclass(frozen=True)
class Doubt:
    """Something that a person should look at.

    `key` is how it is accepted: it names the kind of doubt, the series and the period, not the number.
    """

    key: str
    where: str
    says: str
    cure: str


def named(row: "pd.Series[Any]") -> str:
    """An indicator's place, group and period, for a key and a message."""
    group = "" if row["subgroup"] == ALL else f" {row['subgroup']}"
    return f"{row['indicator_id']} {row['place_id']}{group} {pd.Timestamp(row['period_start']):%Y-%m-%d}"


def each(rows: Values, kind: str, says: Callable[["pd.Series[Any]"], str], cure: str) -> Iterator[Doubt]:
    """A doubt for each row; `kind` begins its key."""
    for _, row in rows.iterrows():
        yield Doubt(f"{kind}: {named(row)}", str(row["source_key"]), says(row), cure)


def plain(value: Any) -> str:
    """A number with commas, as a message shows it."""
    return f"{float(value):,.10g}"
