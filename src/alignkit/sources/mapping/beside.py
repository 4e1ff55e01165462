"""Columns side by side that are about periods, such as 2024-25 and 2025-26, or 2025 Cohort and 2025 Rate."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alignkit.sources.mapping.kinds import Kind, Period, period_of, plain

_TOKEN = re.compile(
    r"(?:\b(?:SY|FY|AY)\s*)?\b(?:(?:19|20)\d{2}\s?[-–/]\s?(?:(?:19|20)\d{2}|\d{2})|(?:19|20)\d{2})\b"
    r"|\b(?:SY|FY|AY)(?:19|20)?\d{2}\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"\b(percent|percentage|pct|rate|share|value)\b")


@dataclass(frozen=True)
class Beside:
    """Lines of sheet wide without the file's name: column, what it is about, what it holds; and how that is read."""

    lines: tuple[tuple[str, str, str], ...]
    period: Period
    counts: bool
    """Whether some columns hold counts, so that there is a column (count) too."""
    share: bool


def side_by_side(kinds: Mapping[str, Kind]) -> Beside | None:
    """The columns that are named for two periods or more; None where there are none, or what they hold is not plain."""
    found = {name: token for name in kinds if (token := _period_in(name))}
    if len(set(found.values())) < 2:
        return None
    rests = {name: plain(name.replace(token, " ", 1)) for name, token in found.items()}
    kept = _held(list(dict.fromkeys(rests.values())))
    if kept is None:
        return None
    lines = tuple(
        (name, "" if token == name else token, kept[rests[name]])
        for name, token in found.items()
        if rests[name] in kept
    )
    about = next(iter(rests.values()))
    period = period_of(about, list(found.values()), [*kinds]) or Period("")
    values = [kinds[name] for name, _, holds in lines if not holds and kinds[name].number]
    share = bool(values) and all(kind.share for kind in values)
    return Beside(lines, period, any(holds for _, _, holds in lines), share)


def _period_in(name: str) -> str:
    tokens = _TOKEN.findall(name)
    return tokens[0].strip() if len(tokens) == 1 else ""


def _held(rests: Sequence[str]) -> dict[str, str] | None:
    """What is left of the columns' names → what they hold: '' for the value, count for its count."""
    if len(rests) == 1:
        return {rests[0]: ""}
    rates = [rest for rest in rests if _RATE.search(rest)]
    counts = [rest for rest in rests if rest not in rates]
    if len(rates) != 1 or len(counts) != 1:
        return None
    return {rates[0]: "", counts[0]: "count"}
