"""What a file that declares a table must look like: its keys and the kind of each value."""

import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from alignkit.contract.schema import OWN_STEP, Identifies, Subject, Type, nearest
from alignkit.sources.wrong import Wrong


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=to_camel)


Names = Annotated[list[str], BeforeValidator(lambda given: [given] if isinstance(given, str) else given)]
"""One name, or a list of them."""


class Constraints(_Form):
    """Which values a column takes."""

    required: bool = False
    unique: bool = False
    enum: list[str] = []
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None


class Column(_Form):
    """One column."""

    name: str
    type: Type
    description: str
    element: str = "local"
    identifies: Identifies | None = None
    counts_persons: bool = False
    constraints: Constraints = Constraints()
    title: str = ""
    example: Any = None
    format: Literal["default"] = "default"
    true_values: list[str] = []
    false_values: list[str] = []


class Reference(_Form):
    """The table and column that a foreign key refers to."""

    resource: str
    fields: Names


class Key(_Form):
    """A foreign key."""

    fields: Names
    reference: Reference


class Declared(_Form):
    """A whole file, before it is checked whether its parts fit together."""

    name: str
    title: str
    description: str
    subject: Subject
    visible_from: str | None
    fields: list[Column]
    primary_key: Names
    version_of: Names = []
    foreign_keys: list[Key] = []
    missing_values: list[str] = [""]
    step: int = OWN_STEP


LONGEST = 60
"""Characters of a value that a message quotes."""
SUBJECTS = 'write "protected" if a row is about a person or a family, else "public"'
_MISSING = {
    "name": "write the file's name without .json",
    "title": "give the table a title, such as Family survey",
    "description": "say it in one sentence",
    "subject": SUBJECTS,
    "visibleFrom": "name the date column that says since when a row is known; for a list without dates, write null",
    "fields": "list the table's columns",
    "primaryKey": "name the columns of which no two rows have the same values",
    "type": "write one of string, integer, number, date, boolean",
    "reference": 'write "reference": {"resource": a table, "fields": its column}',
    "resource": "name the table it refers to",
}
"""Key → what to do where it is missing."""
_CHOICES = {
    "subject": SUBJECTS,
    "type": _MISSING["type"],
    "identifies": "write one of id, name, first_name, middle_name, last_name, birth_date, or remove it",
    "format": "remove it; days are written like 2026-09-30",
}
_KINDS = {
    "string_type": "a text in double quotes",
    "bool_type": "true or false, without quotes",
    "list_type": "a list in square brackets",
    "model_type": "an object in braces",
    "float_type": "a number, without quotes",
    "finite_number": "a number, without quotes",
    "int_type": "a whole number, without quotes",
}
"""pydantic's name of an error → what the value should be."""


class _TwiceError(ValueError):
    """A key that an object has twice."""


def parsed(text: str) -> tuple[Declared | None, list[Wrong]]:
    """A file's text as a declaration, or everything that is wrong with its form."""
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except _TwiceError as twice:
        return None, [Wrong("", f"an object has the key '{twice}' twice", "keep one of the two")]
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        cure = "look just before that place for a comma too many or missing, or a missing quote or bracket"
        return None, [Wrong(where, "this is not JSON", cure)]
    except (ValueError, RecursionError):
        cure = "look for a number that is none, or too many brackets"
        return None, [Wrong("", "this is not JSON that can be read", cure)]
    try:
        return Declared.model_validate(data), []
    except ValidationError as error:
        return None, [_told(found, data) for found in error.errors(include_url=False)]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object without its remarks, whose keys begin with $; no key twice."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        if not key.startswith("$"):
            found[key] = value
    return found


def _no_number(text: str) -> float:
    raise ValueError(text)


def _told(error: Any, data: Any) -> Wrong:
    """What pydantic found, in plain words."""
    path: Sequence[Any] = error["loc"]
    if not path:
        return Wrong("", "the file holds no table", "begin with { and see alignkit new table")
    where, keys = place(path, data), [part for part in path if isinstance(part, str)]
    key = str(keys[-1])
    if error["type"] == "missing":
        return Wrong(where, f"'{key}' is missing", _MISSING.get(key, "add it"))
    if error["type"] == "extra_forbidden":
        return Wrong(where, f"the key '{key}' is unknown", nearest(key, _known(path), "keys"))
    if error["type"] == "literal_error":
        return Wrong(where, f"'{key}' cannot be '{str(error['input'])[:LONGEST]}'", _CHOICES[key])
    kind = _KINDS.get(error["type"], "written like in the other tables")
    one = "each value of " if isinstance(path[-1], int) and key != "fields" else ""
    named = "each column" if isinstance(path[-1], int) and key == "fields" else f"{one}'{key}'"
    return Wrong(where, f"{named} must be {kind}", f"see {named} in what alignkit new table writes")


def place(path: Sequence[Any], data: Any) -> str:
    """Where in a file something is: in which column, in which foreign key; empty for the table itself."""
    if len(path) < 2 or not isinstance(path[1], int):
        return ""
    if path[0] == "fields":
        column = data["fields"][path[1]]
        name = column.get("name") if isinstance(column, dict) else None
        return f"column {name}" if isinstance(name, str) and name else f"column number {path[1] + 1}"
    return f"foreign key {path[1] + 1}" if path[0] == "foreignKeys" else ""


def _known(path: Sequence[Any]) -> tuple[str, ...]:
    """The keys that the object has in which an unknown one was found."""
    above = tuple(part for part in path[:-1] if isinstance(part, str))
    form: dict[tuple[str, ...], type[_Form]] = {
        ("fields",): Column,
        ("fields", "constraints"): Constraints,
        ("foreignKeys",): Key,
        ("foreignKeys", "reference"): Reference,
    }
    return tuple(to_camel(name) for name in form.get(above, Declared).model_fields)
