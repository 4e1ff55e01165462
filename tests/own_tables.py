"""The two tables that docs/own-tables.md declares, and ways to declare them otherwise."""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from alignkit.contract.catalog import Catalog
from alignkit.sources.own.read import own_folder, own_tables

PAGE = Path(__file__).parents[1] / "docs" / "own-tables.md"


def block(kind: str, name: str) -> str:
    """What a block of the page holds: ```json family_survey, ```csv park_programs."""
    found = re.search(rf"^```{kind} {name}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found, f"the page has no block {kind} {name}"
    return found[1]


SURVEY: Mapping[str, Any] = json.loads(block("json", "family_survey"))
PROGRAMS: Mapping[str, Any] = json.loads(block("json", "park_programs"))
ANSWERS, PARKS = block("csv", "family_survey"), block("csv", "park_programs")


def changed(table: Mapping[str, Any], **keys: Any) -> dict[str, Any]:
    """The declaration with other values; None takes a key out (`visibleFrom=None` writes null)."""
    made = deepcopy({**table, **keys})
    return {key: value for key, value in made.items() if value is not None or key == "visibleFrom"}


def with_column(table: Mapping[str, Any], name: str, **keys: Any) -> dict[str, Any]:
    """The declaration with one column changed, or added at the end; None takes a key of it out."""
    fields = deepcopy(list(table["fields"]))
    column = next((one for one in fields if one["name"] == name), None)
    if column is None:
        column = {"name": name, "type": "string", "description": "What it says."}
        fields.append(column)
    column.update(keys)
    for key in [key for key, value in column.items() if value is None]:
        del column[key]
    return changed(table, fields=fields)


def declare(project: Path, *tables: Mapping[str, Any], community: str = "town") -> Path:
    """Write the declarations; returns their folder."""
    folder = own_folder(project, community)
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables:
        (folder / f"{table['name']}.json").write_text(json.dumps(table), encoding="utf-8")
    return folder


def catalog(project: Path, *tables: Mapping[str, Any], community: str = "town") -> Catalog:
    """What `own_tables` makes of the declarations."""
    declare(project, *tables, community=community)
    return own_tables(project, community)
