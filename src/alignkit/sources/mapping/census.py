"""Tables of the American Community Survey as data.census.gov gives them: what their columns are, and their years."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from alignkit.sources.mapping.readings import MARGIN

_FILE = re.compile(r"ACS[A-Z]{2}([15])Y(\d{4})\b", re.IGNORECASE)
_ESTIMATE = re.compile(r"([A-Z]\w*_\d{3,4}[A-Z]?)E")
CONFIDENCE = "0.9"
"""The Census Bureau's margins are those of 90 percent."""


@dataclass(frozen=True)
class Census:
    """Columns of indicator_values: where they come from, how they are read, what they always are."""

    found: Mapping[str, str]
    readings: Mapping[str, str]
    constants: Mapping[str, str]
    notes: tuple[str, ...]


def census(path: str, names: Mapping[str, str]) -> Census | None:
    """What a table holds; `names` are its columns with their explanations. None where it is no such table."""
    file = _FILE.search(path)
    if not file or "GEO_ID" not in names:
        return None
    last, years = int(file[2]), int(file[1])
    constants = {"period_start": f"{last - years + 1}-01-01", "period_end": f"{last}-12-31", "subgroup_type": "all",
                 "subgroup": "all"}  # fmt: skip
    estimates = [name for name in names if _ESTIMATE.fullmatch(name)]
    percents = [name for name in estimates if "percent" in names[name].casefold()]
    notes = [f"the file's name says {last - years + 1} to {last}" if years > 1 else f"the file's name says {last}"]
    if len(percents) > 1:
        notes.append(f"value may also be {', '.join(repr(name) for name in percents[1:])}")
    if not percents:
        notes.append("no column is a percent: map numerator and denominator, and delete the line of value")
        return Census({"place_id": "GEO_ID"}, {}, constants, tuple(notes))
    found, readings = {"place_id": "GEO_ID", "value": percents[0]}, {}
    if (margin := f"{percents[0][:-1]}M") in names:
        found |= dict.fromkeys(("interval_low", "interval_high"), margin)
        readings = dict.fromkeys(("interval_low", "interval_high"), MARGIN)
        constants["confidence"] = CONFIDENCE
    return Census(found, readings, constants, tuple(notes))
