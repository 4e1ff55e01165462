"""Margins of error, such as ±1.1 next to 8.2: the ends of an interval around the value."""

from collections.abc import Mapping, Sequence

from alignkit.sources.hidden import Parsed, parse_cell
from alignkit.sources.mapping.lines import FileMap
from alignkit.sources.mapping.readings import FROM_100, MARGIN

_SIGNS = {"interval_low": -1, "interval_high": 1}
_FRONTS = ("±", "+/-", "+/−", "+-", "+∕-")


def margin(text: str, parsed: Parsed | None) -> Parsed | None:
    """±1.1 or 1.1 → 1.1; None for a negative number or a range. `parsed` is the cell read as it is."""
    plain = text.strip()
    front = next((front for front in _FRONTS if plain.startswith(front)), "")
    found = parse_cell(plain.removeprefix(front).strip()) if front else parsed
    if found is None or found.value_status == "range" or (found.value is not None and found.value < 0):
        return None
    # A margin that is itself a mark says nothing of the interval.
    return found if found.value_status == "reported" else Parsed(None, "missing")


def scale(file: FileMap) -> str:
    """How the value is scaled, and so its margin; a percent taken from 100 has the margin of the other part."""
    reading = next((column.reading for column in file.columns if column.column == "value"), "")
    return "" if reading == FROM_100 else reading


def around(file: FileMap, made: Mapping[str, Sequence[object]]) -> dict[str, list[object]]:
    """The ends of intervals that come as margins: value − margin and value + margin; both blank where one is."""
    names = [column.column for column in file.columns if column.reading == MARGIN]
    return {
        name: [_end(value, by, _SIGNS[name]) for value, by in zip(made["value"], made[name], strict=True)]
        for name in names
    }


def _end(value: object, by: object, sign: int) -> float | None:
    if not isinstance(value, float | int) or not isinstance(by, float | int):
        return None
    return round(value + sign * by, 10)
