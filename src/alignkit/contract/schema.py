"""The tables a community keeps, as data: Frictionless Table Schema files in `tables/` → frozen values.

Beyond the standard each file says `step` (when a community comes to it), `subject` (whether its rows are
about persons), `visibleFrom` (the column that says since when a row was known) and `versionOf` (the key of
which only the newest row counts); each field says `element`, the CEDS or HSDS element it corresponds to, or
`local`, `identifies` where its values point at one person, and `countsPersons` where they count persons in a public
table. A community's own tables have the same form; see
`alignkit.contract.catalog`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from alignkit.errors import ContractError

Type = Literal["string", "integer", "number", "date", "boolean"]
Subject = Literal["public", "protected"]
Identifies = Literal["id", "name", "first_name", "middle_name", "last_name", "birth_date"]
"""How a value points at one person: an id (or anything else that is one person's, such as an e-mail address), a whole
name, a part of one, a date of birth. No finished page may hold one; `disclosure.scan` looks for them."""

TABLES: tuple[str, ...] = (
    "partners", "outcomes", "indicators", "subgroup_targets", "series_breaks", "indicator_values",
    "commitments", "places", "subgroups", "meetings", "meeting_attendance", "decisions", "standards",
    "agreements", "responsibilities", "data_sources", "practices", "adoptions", "practice_reviews",
    "comparisons", "grants", "grant_partners", "grant_outcomes", "leaders", "outcome_ratings", "policies",
    "policy_practices", "positions", "advocacy_actions", "matched_results", "students", "clients",
    "enrolments", "student_results", "assignments", "services", "crosswalk", "link_reviews",
)  # fmt: skip
"""Every table of the contract, in the order in which a community comes to keep them."""

OWN_STEP = 0
"""The step of a community's own table, which belongs to none of the contract's."""


@dataclass(frozen=True)
class Field:
    """One column: its type, a plain sentence, the standard element it is, and what values it takes."""

    name: str
    type: Type
    description: str
    element: str
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    """A regular expression that the whole value must match."""
    identifies: Identifies | None = None
    """How a value points at one person; None where it does not."""
    counts_persons: bool = False
    """Whether a number counts persons, so that it is protected even where the rest of its table is public."""


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose values must be in `reference_fields` of the table `reference`."""

    fields: tuple[str, ...]
    reference: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True)
class TableSchema:
    """One table of the contract, or of a community's own."""

    name: str
    title: str
    description: str
    step: int
    subject: Subject
    visible_from: str | None
    """The column that says since when a row was known; None for code lists, which are always known."""
    version_of: tuple[str, ...]
    """Where not empty: of the rows that agree in these columns, the newest by `visible_from` counts."""
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    @property
    def protected(self) -> bool:
        """Whether the rows are about persons, so that no value may appear in a message."""
        return self.subject == "protected"

    @property
    def person_level(self) -> bool:
        """Whether each row is about one person, so that the table lives apart and is never emailed.

        Those are the protected tables with a column that identifies a person: the records of step 9, and also leaders
        and their ratings, because whoever opens the file would see ratings that are promised for groups only. Protected
        tables without one (indicator_values, matched_results) hold counts; `publish` decides what of them is shown. A
        community's own protected table always counts as person-level.
        """
        return self.protected and (self.own or any(field.identifies for field in self.fields))

    @property
    def counting(self) -> tuple[str, ...]:
        """The columns of a public table that count persons."""
        return () if self.protected else tuple(field.name for field in self.fields if field.counts_persons)

    @property
    def own(self) -> bool:
        """Whether a community has declared the table itself."""
        return self.step == OWN_STEP

    def field(self, name: str) -> Field:
        """The field called `name`; ContractError with the nearest name where there is none."""
        found = next((field for field in self.fields if field.name == name), None)
        if found is None:
            raise ContractError(
                f"there is no column '{name}'",
                (),
                where=self.name,
                cure=nearest(name, self.columns, "columns"),
            )
        return found


@cache
def schema(name: str) -> TableSchema:
    """The schema of one of the contract's tables; ContractError with the nearest name where there is none.

    Whoever may also be asked about a community's own tables asks its catalog (`alignkit.contract.catalog`).
    """
    if name not in TABLES:
        raise ContractError(f"there is no table '{name}' in the contract", (), cure=nearest(name, TABLES, "tables"))
    text = files("alignkit.contract").joinpath("tables", f"{name}.json").read_text(encoding="utf-8")
    return table_of(json.loads(text))


def nearest(name: str, known: tuple[str, ...], what: str) -> str:
    """A cure for an unknown name: the nearest one, else the list of all."""
    near = get_close_matches(name.lower(), known, n=1)
    return f"did you mean '{near[0]}'?" if near else f"{what} there are: {', '.join(known)}"


def table_of(data: Mapping[str, Any]) -> TableSchema:
    """The schema that a valid Table Schema file says, from its JSON."""
    return TableSchema(
        name=data["name"],
        title=data["title"],
        description=data["description"],
        step=data["step"],
        subject=data["subject"],
        visible_from=data["visibleFrom"],
        version_of=tuple(data["versionOf"]),
        fields=tuple(_field(item) for item in data["fields"]),
        primary_key=tuple(data["primaryKey"]),
        foreign_keys=tuple(_foreign_key(item) for item in data.get("foreignKeys", ())),
    )


def data_of(table: TableSchema) -> dict[str, Any]:
    """The schema as JSON of a Table Schema file; `table_of` reads it back."""
    keys = [
        {"fields": [*key.fields], "reference": {"resource": key.reference, "fields": [*key.reference_fields]}}
        for key in table.foreign_keys
    ]
    return {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "step": table.step,
        "subject": table.subject,
        "visibleFrom": table.visible_from,
        "versionOf": [*table.version_of],
        "missingValues": [""],
        "fields": [_field_data(field) for field in table.fields],
        "primaryKey": [*table.primary_key],
        "foreignKeys": keys,
    }


def _field(data: Mapping[str, Any]) -> Field:
    rules = data.get("constraints", {})
    return Field(
        name=data["name"],
        type=data["type"],
        description=data["description"],
        element=data["element"],
        required=rules.get("required", False),
        unique=rules.get("unique", False),
        enum=tuple(rules.get("enum", ())),
        minimum=rules.get("minimum"),
        maximum=rules.get("maximum"),
        pattern=rules.get("pattern"),
        identifies=data.get("identifies"),
        counts_persons=data.get("countsPersons", False),
    )


def _field_data(field: Field) -> dict[str, Any]:
    rules = {
        "required": field.required,
        "unique": field.unique,
        "enum": [*field.enum],
        "minimum": field.minimum,
        "maximum": field.maximum,
        "pattern": field.pattern,
    }
    given = {name: value for name, value in rules.items() if value is not None and value is not False and value != []}
    about: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "description": field.description,
        "element": field.element,
    }
    about |= {"identifies": field.identifies} if field.identifies else {}
    about |= {"countsPersons": True} if field.counts_persons else {}
    return about | ({"constraints": given} if given else {})


def _foreign_key(data: Mapping[str, Any]) -> ForeignKey:
    reference = data["reference"]
    return ForeignKey(tuple(data["fields"]), reference["resource"], tuple(reference["fields"]))
