"""What a file's columns may be in tables other than indicator_values, such as a coalition's list of commitments."""

import re
from collections.abc import Mapping, Sequence

from alignkit.contract.schema import Field, TableSchema
from alignkit.sources.mapping.kinds import Kind, plain
from alignkit.sources.mapping.lines import AS_IT_STANDS, BLANK, OR_IF_BLANK, either, folded
from alignkit.sources.mapping.readings import day, quarter

AMERICAN = "month/day/year"
MOST_CODES = 40
_ROLES: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "commitments": {
        "commitment_id": re.compile(r"^(id|number|no|commitment (id|number)|)$"),
        "partner_id": re.compile(r"^(who|partner|organization|organisation|agency|lead|owner|responsible)\b"),
        "what": re.compile(r"^(what|commitment|promise|action|task|description)\b"),
        "confirmed_by": re.compile(r"\b(confirmed|said yes|approved|signed off)\b"),
        "outcome_id": re.compile(r"^(goal|outcome|result area|priority)\b"),
        "cycle_made": re.compile(r"^(made|cycle|quarter|when made)\b"),
        "due_now": re.compile(r"\b(new|revised) (due|date|deadline)\b"),
        "due_originally": re.compile(r"^(due|deadline|original|target date|due by)\b"),
        "recorded_on": re.compile(r"\b(updated|as of|recorded|last update)\b"),
        "reason": re.compile(r"\b(notes?|reason|barriers?|comments?)\b"),
        "help_needed": re.compile(r"\b(help|support|needs)\b"),
        "measure": re.compile(r"\b(measure|evidence of|how we)\b"),
    }
}
"""Table → its columns → names under which agencies and coalitions keep them."""
_CODES: Mapping[str, Mapping[str, str]] = {
    "status": {
        "kept": "kept", "done": "kept", "complete": "kept", "completed": "kept", "met": "kept",
        "open": "open", "in progress": "open", "ongoing": "open", "on track": "open", "not started": "open",
        "late": "late", "delayed": "late", "overdue": "late", "behind": "late",
        "not done": "not_done", "not met": "not_done", "missed": "not_done",
        "dropped": "dropped", "cancelled": "dropped", "canceled": "dropped", "withdrawn": "dropped",
    },
    "alignment": {
        "leadership": "leadership", "outcomes": "outcomes", "action": "action", "data": "data_systems",
        "data systems": "data_systems", "advocacy": "advocacy",
    },
}  # fmt: skip
_CYCLE = re.compile(r"\d{4}-Q[1-4]")
_WORDS = re.compile(r"[a-z]+")


def other_roles(table: TableSchema, kinds: Mapping[str, Kind]) -> dict[str, str]:
    """Column of the table → column of the file; nothing is taken twice but a day that has no other."""
    found: dict[str, str] = {}
    exact = {plain(name) for name in table.columns}
    for column, looks in _ROLES.get(table.name, {}).items():
        free = [name for name in kinds if name not in found.values() and plain(name) not in exact - {plain(column)}]
        near = next((name for name in free if looks.search(plain(name))), "")
        if near:
            found[column] = near
    if "due_originally" in found:
        new, first = found.get("due_now", ""), found["due_originally"]
        found["due_now"] = f"{new}{OR_IF_BLANK}{first}" if new else first
    return found


def other_readings(table: TableSchema, found: Mapping[str, str], kinds: Mapping[str, Kind]) -> dict[str, str]:
    """Days written like 3/7/26 are read as month/day/year, in columns of days."""
    days = [field.name for field in table.fields if field.type == "date" and field.name in found]
    return {
        name: AMERICAN
        for name in days
        if any(_american(text) for one in either(found[name]) for text in kinds[one].texts)
    }


def _american(text: str) -> bool:
    return "/" in text and day(text, AMERICAN, 0) is not None


def other_codes(
    name: str, table: TableSchema, found: Mapping[str, str], kinds: Mapping[str, Kind]
) -> list[Sequence[str]]:
    """A line for each text of columns with a list of codes, or with ids of another table; known ones are filled.

    A column that holds codes already gets none, nor one of ids that is named as in the table.
    """
    ids = {column for key in table.foreign_keys for column in key.fields if key.reference != table.name}
    lines: list[Sequence[str]] = []
    for field in table.fields:
        source = next((one for one in kinds if plain(one) == plain(field.name)), "") or found.get(field.name, "")
        named = plain(source) == plain(field.name)
        if source not in kinds or not (field.enum or field.name == "cycle_made" or (field.name in ids and not named)):
            continue
        texts = kinds[source].texts
        if len(texts) > MOST_CODES or all(not text or _is_code(field, text) for text in texts):
            continue
        blank = "" if field.required else AS_IT_STANDS
        lines += [[name, field.name, text or BLANK, _code(field, text) if text else blank] for text in texts]
    return lines


def _is_code(field: Field, text: str) -> bool:
    return text in field.enum or (field.name == "cycle_made" and bool(_CYCLE.fullmatch(text)))


def _code(field: Field, text: str) -> str:
    """The code of a text that has a common name, whatever signs stand around its words; else blank."""
    if _is_code(field, text):
        return text
    if field.name == "cycle_made" and (period := quarter(text)):
        return f"{period[0].year}-Q{(period[0].month + 2) // 3}"
    words = " ".join(_WORDS.findall(folded(text)))
    return _CODES.get(field.name, {}).get(words, "")
