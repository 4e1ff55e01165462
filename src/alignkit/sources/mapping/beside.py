"""Columns side by side that are about periods, such as 2024-25 and 2025-26, or 2025 Cohort and 2025 Rate."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from alignkit.sources.mapping.kinds import Kind, Period, period_of, plain

_TOKEN = re.compile(
    r"(?:\b(?:SY|FY|AY)\s*)?\b(?:(?:19|20)\d{2}\s?[-–/]\s?(?:(?:19|20)\d{2}|\d{2})|(?:19|20)\d{2})\b"
    r"|\b(?:SY|FY|AY)(?:19|20)?\d{2}\b",
    re.IGNORECASE,
)
_MARGIN = re.compile(r"\b(moe|margins?( of error)?)\b|\+ ?/ ?-|±")
_CHANGE = re.compile(r"\b(change|difference|gap)\b")
_STATE_OF_DATA = re.compile(r"^(p|r|e|prelim|preliminary|provisional|revised|est|estimate|estimated)$")
MARGINS = "moe"
"""What columns of margins hold, in sheet wide."""
_RATE = re.compile(r"\b(percent|percentage|pct|rate|share|value)\b")


@dataclass(frozen=True)
class Beside:
    """Lines of sheet wide without the file's name: column, what it is about, what it holds; and how that is read."""

    lines: tuple[tuple[str, str, str], ...]
    period: Period
    counts: bool
    """Whether some columns hold counts, so that there is a column (count) too."""
    share: bool
    margins: bool = False
    """Whether some columns hold margins of error, so that there is a column (moe) too."""


def side_by_side(kinds: Mapping[str, Kind]) -> Beside | None:
    """The columns that are named for two periods or more; None where there are none, or what they hold is not plain."""
    found = {name: token for name in kinds if (token := _period_in(name))}
    if len(set(found.values())) < 2:
        return None
    rests = {name: _rest(name, token) for name, token in found.items()}
    after = _margins(list(kinds), found)
    kept = _held(list(dict.fromkeys(rests.values())))
    if kept is None:
        return None
    lines = tuple(
        (name, "" if token == name else token, kept[rests[name]])
        for name, token in found.items()
        if rests[name] in kept
    ) + tuple((name, token, MARGINS) for name, token in after.items())
    about = next(iter(rests.values()))
    period = period_of(about, list(found.values()), [*kinds]) or Period("")
    values = [kinds[name] for name, _, holds in lines if not holds and kinds[name].number]
    share = bool(values) and all(kind.share for kind in values)
    held = {holds for _, _, holds in lines}
    return Beside(lines, period, "count" in held, share, MARGINS in held)


def _rest(name: str, token: str) -> str:
    """What a column's name says besides its period; that the year is provisional does not count."""
    rest = plain(name.replace(token, " ", 1))
    return MARGINS if _is_margin(name) else _STATE_OF_DATA.sub("", rest)


def _is_margin(name: str) -> bool:
    return bool(_MARGIN.search(name.casefold())) and not _CHANGE.search(name.casefold())


def _margins(names: Sequence[str], found: Mapping[str, str]) -> dict[str, str]:
    """Columns of margins without a period of their own, each right of the column of one; none unless each has one."""
    pairs = [(left, name) for left, name in pairwise(names) if left in found and name not in found]
    margins = {name: found[left] for left, name in pairs if _is_margin(name)}
    return margins if len(margins) == len(found) else {}


def _period_in(name: str) -> str:
    tokens = _TOKEN.findall(name)
    return tokens[0].strip() if len(tokens) == 1 else ""


def _held(rests: Sequence[str]) -> dict[str, str] | None:
    """What is left of the columns' names → what they hold: '' for the value, count, moe."""
    margins = {MARGINS: MARGINS} if MARGINS in rests else {}
    rests = [rest for rest in rests if rest != MARGINS]
    if len(rests) == 1:
        return {rests[0]: ""} | margins
    rates = [rest for rest in rests if _RATE.search(rest)]
    counts = [rest for rest in rests if rest not in rates]
    if len(rates) != 1 or len(counts) != 1:
        return None
    return {rates[0]: "", counts[0]: "count"} | margins
