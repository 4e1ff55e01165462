"""How many a percent is of, where an agency's file gives the percent and the count behind it, and no more."""

from collections.abc import Mapping
from math import ceil, floor

import pandas as pd

from alignkit.sources.units import UNITS

_DIGITS = 6
"""More decimals than a file prints of a percent."""


def fill_denominators(tables: Mapping[str, pd.DataFrame]) -> None:
    """Fill `denominator` of mapped percents that have a value and a numerator alone, where one whole number fits.

    20 who are 45% are 20 of 44. Where several would fit, as for 1,130 who are 45.2%, none is taken: it stays blank.
    """
    values, indicators = tables.get("indicator_values"), tables.get("indicators")
    if values is None or indicators is None or UNITS not in values.attrs:
        return
    if not {"value", "numerator"} <= set(values.columns) or not {"indicator_id", "unit"} <= set(indicators.columns):
        return
    percent = set(
        indicators.loc[indicators["unit"].astype(str).str.strip().str.casefold() == "percent", "indicator_id"]
    )
    given = values["denominator"] if "denominator" in values else pd.Series(float("nan"), index=values.index)
    alone = values["indicator_id"].isin(percent) & values["value"].notna() & values["numerator"].notna() & given.isna()
    if alone.any():
        pairs = zip(values.loc[alone, "value"], values.loc[alone, "numerator"], strict=True)
        found = pd.Series([denominator(float(value), float(count)) for value, count in pairs], values.index[alone])
        values["denominator"] = given.fillna(found.astype("float64"))


def denominator(percent: float, count: float) -> int | None:
    """The one whole number of which `count` are `percent`, rounded or cut off to its decimals; None where several, or
    none, would give that percent."""
    if not 0 < percent <= 100 or count <= 0 or count % 1:
        return None
    text = f"{percent:.{_DIGITS}f}".rstrip("0")
    step = 10.0 ** -(len(text) - text.index(".") - 1)
    low, high = percent - step / 2, min(percent + step, 100.0)
    least, most = ceil(100 * count / high - 1e-9), floor(100 * count / low + 1e-9)
    return max(least, int(count)) if max(least, int(count)) == most else None
