"""Which column of an incoming file is the place, the group, the value, the counts: by its name, and what it holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from alignkit.sources.mapping.kinds import Kind, plain

_PLACE = re.compile(
    r"\b(place|district|county|counties|school|org|organi[sz]ation|site|campus|city|town|neighborhood|tract|zip|region"
    r"|area|building|bldg|geography|geo|geoid|fips|lea|institution|agency|location|jurisdiction|state|center|clinic|provider)\b"
)
_NOT_PLACE = re.compile(r"\b(year|yr|type|level|category|kind|phone|address|lat|long|latitude|longitude|format)\b")
_GROUP = (
    re.compile(r"\b(student group|sub ?groups?|demographics?|reporting category|population group|group)\b"),
    re.compile(r"\b(race|ethnicity)\b"),
    re.compile(r"\b(gender|sex)\b"),
)
_INDICATOR = re.compile(r"\b(indicator|measure|metric|statistic|variable)\b")
_RATE = re.compile(r"\b(percent|percentage|pct|perc|rate|share|proportion|ratio)\b")
_VALUE = re.compile(r"\b(value|estimate|data|score|average|mean|median|index|result|amount)\b")
_WHOLE = re.compile(
    r"\b(denominator|tested|assessed|screened|enroll(?:ment|ed)|cohort|membership|eligible|participants"
    r"|test takers|base|universe)\b"
)
_PART = re.compile(r"\b(numerator|proficient|ready|met|meeting|graduates|graduated|passed|passing|absent|absentees)\b")
_COUNT = re.compile(r"\b(n|count|counts|number|num|students|total|children|cases|births|persons|people|population)\b")
_MARGIN = re.compile(r"\b(low|lower|high|upper|margin|moe|error|ci|interval|change|rank|flag|code|id|no)\b")
_FORMAT = re.compile(r"\b(data ?format|format|unit|units|measure type|value type)\b")
_RELEASED = re.compile(r"\b(released?|published|release date|as of|last updated|updated)\b")


@dataclass
class Roles:
    """Column of the table → column of the file, and what a person should know."""

    found: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def roles_of(kinds: Mapping[str, Kind], period: str) -> Roles:
    """What the file's columns are, without the one that holds the period. Nothing is taken twice."""
    roles = Roles()
    free = {name: kind for name, kind in kinds.items() if name != period}
    texts = {name: kind for name, kind in free.items() if not _RATE.search(plain(name))}
    _take(roles, "released_on", [name for name in texts if _RELEASED.search(plain(name))])
    _take(roles, "indicator_id", [n for n, kind in texts.items() if not kind.number and _INDICATOR.search(plain(n))])
    left = _left(roles, texts)
    _group(roles, [name for name in left if not kinds[name].number])
    _place(roles, {name: kinds[name] for name in _left(roles, texts)})
    _numbers(roles, {name: kinds[name] for name in _left(roles, free) if kinds[name].number})
    return roles


def format_of(kinds: Mapping[str, Kind]) -> tuple[str, str]:
    """A column that says what each row's number is, and its text for percents; two blanks where there is none."""
    for name, kind in kinds.items():
        said = [text for text in kind.texts if text.casefold() in ("percent", "percentage", "pct", "%")]
        if said and _FORMAT.search(plain(name)):
            return name, said[0]
    return "", ""


def _left(roles: Roles, names: Mapping[str, Kind]) -> list[str]:
    taken = set(roles.found.values())
    return [name for name in names if name not in taken]


def _take(roles: Roles, column: str, names: list[str]) -> None:
    """The only or the first of these; others are mentioned."""
    if names:
        roles.found[column] = names[0]
        if len(names) > 1:
            roles.notes.append(f"{column} may also be {', '.join(repr(name) for name in names[1:])}")


def _group(roles: Roles, names: list[str]) -> None:
    groups = [name for look in _GROUP for name in names if look.search(plain(name))]
    groups = list(dict.fromkeys(groups))
    if groups:
        roles.found["subgroup_type"] = roles.found["subgroup"] = groups[0]
    if len(groups) > 1:
        others = ", ".join(repr(name) for name in groups[1:])
        roles.notes.append(f"groups are also in {others}: keep only its totals in sheet rows, or map it instead")


def _place(roles: Roles, kinds: Mapping[str, Kind]) -> None:
    """Of several, such as district and school, the one with the most different texts; a name before a number."""
    names = [name for name in kinds if _PLACE.search(plain(name)) and not _NOT_PLACE.search(plain(name))]
    names.sort(key=lambda name: (-len(kinds[name].texts), kinds[name].number))
    if not names and "subgroup" in roles.found and _PLACE.search(plain(roles.found["subgroup"])):
        names = [roles.found["subgroup"]]  # Area / Race: places and groups in one column
    _take(roles, "place_id", names)


def _numbers(roles: Roles, kinds: Mapping[str, Kind]) -> None:
    names = {name: plain(name) for name in kinds if not _MARGIN.search(plain(name))}
    rates = [n for n, said in names.items() if _RATE.search(said) or kinds[n].percent or kinds[n].share]
    values = rates or [n for n, said in names.items() if _VALUE.search(said)]
    _take(roles, "value", values)
    counts = [n for n in names if n not in values and kinds[n].whole]
    whole = [n for n in counts if _WHOLE.search(names[n])]
    part = [n for n in counts if n not in whole and _PART.search(names[n])]
    other = [n for n in counts if n not in whole and n not in part and _COUNT.search(names[n])]
    if not part and len(other) == 1 and (whole or not values):
        part, other = other, []
    if part and not values:
        roles.notes.append(f"'{part[0]}' is taken as a count; if it holds percents, map it as value instead")
    _take(roles, "numerator", part)
    _take(roles, "denominator", whole)
    if other:
        said = ", ".join(repr(name) for name in other)
        roles.notes.append(f"{said}: map it as denominator if it counts everyone, as numerator if it counts who met it")
    rest = [n for n in names if n not in (*values, *counts)]
    if not roles.found.keys() & {"value", "numerator"} and len(rest) == 1:
        roles.found["value"] = rest[0]
