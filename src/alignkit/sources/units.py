"""Whether the cells of mapped files say the unit that their indicator has: 41% in a count, $12 in a percent."""

from collections.abc import Mapping

import pandas as pd

from alignkit.sources.wrong import Wrong, refuse

UNITS = "units"
"""Key of `frame.attrs`: (indicator, what its cells say) → the first row that says it."""
_NAMES = {
    "percent": "percent",
    "dollars": "dollars",
    "count": "a count",
    "rate_per_1000": "a rate per 1,000",
    "score": "a score",
}
_ASK = (
    "write it into sheet marks: suppressed_at_source if it means so many persons, (as it stands) if it means so many "
    "percent"
)

_COUNTED = {
    "percent": "map it as numerator, and the column of the percents as value; if it holds percents, choose the reading "
    "'percent from 0 to 100' for it in sheet columns",
    "rate_per_1000": "map it as numerator, and the column of the rates as value",
}


_MANY = {
    "thousands": "choose the reading 'thousands' for the value in sheet columns, or 'as it stands' if it is not meant",
    "millions": "write whole numbers into the file; or choose the reading 'as it stands' if it is not meant",
}
_BASES = {"percent": 100, "rate_per_1000": 1000, "count": 0}


def _per(indicator: str, unit: str, base: int, where: str) -> list[Wrong]:
    if base == _BASES[unit]:
        return []
    known = base in (100, 10_000, 100_000) and unit == "rate_per_1000"
    cure = f"choose the reading 'per {base:,}, as per 1,000' for the value, or map another column"
    cure = cure if known else "correct the unit in the table indicators, or map another column"
    what = f"it says per {base:,}, and {indicator} is {_NAMES[unit]}"
    return [Wrong(where, what, f"{cure}; choose 'as it stands' if it is not meant")]


def check_units(tables: Mapping[str, pd.DataFrame]) -> None:
    """Raise `SourceError` for every indicator whose cells say another unit than the table indicators."""
    values, indicators = tables.get("indicator_values"), tables.get("indicators")
    if values is None or indicators is None or not {"indicator_id", "unit"} <= set(indicators.columns):
        return
    # The tables are as their source gave them: `Percent ` is a unit that the contract reads.
    ids, codes = (indicators[name].astype(str).str.strip() for name in ("indicator_id", "unit"))
    units = dict(zip(ids, codes.str.casefold(), strict=True))
    wrong: list[Wrong] = []
    for (indicator, says), where in values.attrs.get(UNITS, {}).items():
        unit = units.get(indicator, "")
        if says == "below" and unit == "percent":
            what = f"a bound such as <10 of {indicator} could mean percent or persons"
            wrong.append(Wrong(where, what, _ASK))
        elif says == "persons" and unit in ("percent", "rate_per_1000"):
            what = f"the column's name speaks of a number of people, and {indicator} is {_NAMES[unit]}"
            wrong.append(Wrong(where, what, _COUNTED[unit]))
        elif says.startswith("per:") and unit in ("percent", "rate_per_1000", "count"):
            wrong += _per(indicator, unit, int(says[4:]), where)
        elif says in ("thousands", "millions") and unit in ("count", "dollars"):
            wrong.append(Wrong(where, f"it says {says}, and {indicator} is {_NAMES[unit]}", _MANY[says]))
        elif says == "count" and unit in ("dollars", "score"):
            continue
        elif says in _NAMES and unit in _NAMES and says != unit:
            what = f"the cell says {_NAMES[says]}, and {indicator} is {_NAMES[unit]}"
            wrong.append(Wrong(where, what, "correct the unit in the table indicators, or map another column"))
    refuse("mapped files", wrong)
