"""What an incoming file's columns, periods, texts and numbers may be, as lines of a mapping for a person to look over.

Nothing here is taken as said: what is not plain is left blank, and every proposal can be printed (`told`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from alignkit.contract.schema import TableSchema
from alignkit.sources.mapping.beside import MARGINS, Beside, side_by_side
from alignkit.sources.mapping.census import census
from alignkit.sources.mapping.incoming import Incoming
from alignkit.sources.mapping.kinds import Kind, Period, kind_of, period_of, plain
from alignkit.sources.mapping.known_groups import known_group
from alignkit.sources.mapping.lines import BLANK, CAME_IN, HEADING, KEEP, NAME_DAY
from alignkit.sources.mapping.newest import day_in
from alignkit.sources.mapping.notes_below import Row, hiding, left_out, rules, without_notes
from alignkit.sources.mapping.other_tables import other_codes, other_readings, other_roles
from alignkit.sources.mapping.readings import MARGIN, SHARE
from alignkit.sources.mapping.roles import Roles, format_of, roles_of

MADE = frozenset(("value_status", "low", "high", "source_key"))
"""Columns that fill themselves, unless the file has one of just that name."""
SAMPLED_ROWS = 500
MOST_CODES = 80
"""A column with more different texts gets no lines of codes: they may be names, or numbers."""
_INTERVAL = ("interval_low", "interval_high")
_CONFIDENCE = "add a line for confidence: how sure the margins of error are, such as 0.95, as the file's notes say"
_ENDS = {"period_start": "first", "period_end": "last"}
_CODED = ("indicator_id", "place_id", "subgroup_type", "subgroup")
_PERIOD_NAMES = (
    "school yr",
    "school year",
    "fiscal year",
    "academic year",
    "year",
    "period",
    "timeframe",
    "time frame",
    "date",
)


@dataclass
class Proposal:
    """Lines of one file, and what a person should know of them."""

    columns: list[Sequence[str]] = field(default_factory=list)
    codes: list[Sequence[str]] = field(default_factory=list)
    wide: list[Sequence[str]] = field(default_factory=list)
    rows: list[Sequence[str]] = field(default_factory=list)
    marks: list[Sequence[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def proposed(name: str, table: TableSchema, incoming: Incoming) -> Proposal:
    """Lines for one file, `name` being its short name."""
    made = Proposal()
    at = {column: place for place, column in enumerate(incoming.columns)}
    rows, notes = without_notes(incoming)
    kinds = _kinds(incoming, rows)
    if "value" not in table.columns or "period_start" not in table.columns:
        found = other_roles(table, kinds)
        made.columns += _named(name, table, incoming, found, other_readings(table, found, kinds), at)
        made.codes += other_codes(name, table, found, kinds)
        return made
    column, text = format_of(kinds)
    if column:
        made.rows.append([name, KEEP[0], column, text])
        made.notes.append(f"only rows in which '{column}' says {text} are kept")
        rows = [row for row in rows if " ".join(row[1][at[column]].split()) == text]
        kinds = _kinds(incoming, rows)
    wide = side_by_side(kinds)
    found, readings, always, said = _about(kinds, wide, incoming, notes)
    made.columns += _named(name, table, incoming, found, readings, at, always)
    made.wide += [[name, *line] for line in wide.lines] if wide else []
    made.codes += _codes(name, found, kinds, made.notes)
    _leave_out(made, name, incoming, rows, notes, {c: at[found[c]] for c in _CODED if found.get(c) in at})
    made.notes += said
    return made


def _about(
    kinds: Mapping[str, Kind], wide: Beside | None, incoming: Incoming, notes: Sequence[Row]
) -> tuple[dict[str, str], dict[str, str], Mapping[str, str], list[str]]:
    """Where each column of the table comes from, how it is read, what is always so, and what a person should know."""
    when, period = (HEADING, wide.period) if wide else _period(kinds)
    roles = roles_of(_others(kinds, wide), when)
    found, readings = _sources(roles, wide, kinds, incoming), _readings(roles, wide, kinds)
    if when:
        found |= dict.fromkeys(_ENDS, when)
        readings |= {one: f"{period.reading}, {end} day" for one, end in _ENDS.items() if period.reading}
    if acs := census(incoming.name, _explained(incoming, notes)):
        found = {"released_on": found["released_on"], **acs.found}
        return found, dict(acs.readings), acs.constants, list(acs.notes)
    return found, readings, {}, [*roles.notes, *([period.note] if period.note else [])]


def _leave_out(
    made: Proposal, name: str, incoming: Incoming, rows: Sequence[Row], notes: Sequence[Row], coded: Mapping[str, int]
) -> None:
    """Lines that leave notes out, and the marks that the notes explain."""
    lines, still = left_out(notes, rows, coded)
    made.codes += [[name, *line] for line in lines]
    for mark in hiding([text for row in [*incoming.top, *(row for _, row in notes)] for text in row]):
        made.marks.append([name, mark, "suppressed_at_source"])
        made.notes.append(f"a note says that {mark} hides a value: it is read as hidden, not as missing")
    made.rows += [[name, KEEP[1], column, text] for column, text in rules(still, rows, incoming.columns)]


def _explained(incoming: Incoming, notes: Sequence[tuple[int, list[str]]]) -> dict[str, str]:
    """The columns' names with what the first note says of each."""
    return dict(zip(incoming.columns, notes[0][1] if notes else incoming.columns, strict=True))


def _kinds(incoming: Incoming, rows: Sequence[tuple[int, list[str]]]) -> dict[str, Kind]:
    return {name: kind_of([row[at] for _, row in rows]) for at, name in enumerate(incoming.columns)}


def _others(kinds: Mapping[str, Kind], wide: Beside | None) -> dict[str, Kind]:
    beside = {line[0] for line in wide.lines} if wide else set()
    return {name: kind for name, kind in kinds.items() if name not in beside}


def _period(kinds: Mapping[str, Kind]) -> tuple[str, Period]:
    """The column of periods: one that is named so comes before others."""
    found = {name: period for name, kind in kinds.items() if (period := period_of(name, kind.texts, [*kinds]))}
    named = [name for name in found if any(word in plain(name) for word in _PERIOD_NAMES)]
    chosen = next(iter(named or found), "")
    return chosen, found.get(chosen, Period(""))


def _sources(roles: Roles, wide: Beside | None, kinds: Mapping[str, Kind], incoming: Incoming) -> dict[str, str]:
    found = dict(roles.found)
    if wide:
        found["value"] = "(value)"
        if wide.counts:
            found["denominator"] = "(count)"
            roles.notes.append("the counts are taken as denominators; write numerator if they count who met it")
        if wide.margins:
            found |= dict.fromkeys(_INTERVAL, f"({MARGINS})")
            roles.notes.append(_CONFIDENCE)
    path = incoming.name.partition(", sheet ")[0]
    found.setdefault("released_on", NAME_DAY if day_in(path) else CAME_IN)
    if not {"subgroup", "subgroup_type"} & found.keys():
        roles.notes.append("no column of groups: write all as what subgroup_type and subgroup always are, if so")
    return found


def _readings(roles: Roles, wide: Beside | None, kinds: Mapping[str, Kind]) -> dict[str, str]:
    readings = dict.fromkeys(_INTERVAL, MARGIN) if wide and wide.margins else {}
    source = roles.found.get("value", "")
    if not (wide.share if wide else bool(source) and kinds[source].share):
        return readings
    roles.notes.append("the values are from 0 to 1 and taken as shares: 0.412 becomes 41.2")
    return {"value": SHARE, **readings}


def _named(
    name: str, table: TableSchema, incoming: Incoming, found: Mapping[str, str], readings: Mapping[str, str],
    at: Mapping[str, int], always: Mapping[str, str] = MappingProxyType({}),
) -> list[Sequence[str]]:  # fmt: skip
    """A line for each column that is needed, or was found, or has a near name in the file; and for the value."""
    lines: list[Sequence[str]] = []
    left = {column.lower().replace(" ", "_"): column for column in at}
    counted = {"numerator", "denominator"} <= found.keys() or ("numerator" in found and "value" not in found)
    for about in table.fields:
        near = get_close_matches(about.name, left, n=1, cutoff=0.8)
        exact = left.get(about.name, "")
        match = exact or found.get(about.name, "") or (left[near[0]] if near and about.name not in MADE else "")
        needed = (about.required or about.name in always) and about.name not in MADE
        if constant := "" if exact else always.get(about.name, ""):
            lines.append([name, about.name, "", constant, ""])
        elif match or needed or (about.name == "value" and not counted):
            reading = "" if exact and exact != found.get(about.name) else readings.get(about.name, "")
            lines.append([name, about.name, match, "", reading])
    return lines


def _codes(name: str, found: Mapping[str, str], kinds: Mapping[str, Kind], notes: list[str]) -> list[Sequence[str]]:
    """A line for each text of the places and groups; the code is left to fill where it is not a common name."""
    lines: list[Sequence[str]] = []
    for column in _CODED:
        texts = kinds[found[column]].texts if found.get(column) in kinds else ()
        if len(texts) > MOST_CODES:
            said = f"'{found[column]}' holds {len(texts):,} different texts, too many for lines of codes"
            notes.append(f"{said}: put a text in front, or keep only some rows")
            continue
        for text in texts:
            at = ("subgroup_type", "subgroup").index(column) if column.startswith("subgroup") else -1
            lines.append([name, column, text or BLANK, known_group(text)[at] if at >= 0 else ""])
    return lines
