"""Whether a declared table holds together: its names, keys, references, constraints, and what identifies a person."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from alignkit.contract.schema import TABLES, Field, Identifies, TableSchema, nearest, schema
from alignkit.sources.own.form import Column, Declared, Key
from alignkit.sources.wrong import Wrong

SLUG = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
LONGEST_NAME = 31
"""Characters that Excel allows in the name of a sheet."""
_PLACEHOLDER = re.compile(r"[<>]")
_TYPES: Mapping[Identifies, tuple[str, ...]] = {"id": ("string", "integer"), "birth_date": ("date",)}
_PARTS: tuple[Identifies, ...] = ("first_name", "middle_name", "last_name")
_READ = {"true", "yes", "1", "false", "no", "0"}

Others = Mapping[str, Declared | None]
"""The community's own tables by name; None for one whose file cannot be read."""


def wrong_parts(file: str, table: Declared, others: Others, kinds: Mapping[str, Identifies]) -> Iterator[Wrong]:
    """Everything that is wrong with one declaration; `file` is the file's name without .json.

    `kinds` says which of its columns identify a person, as `identifying` finds them.
    """
    yield from _named(file, table)
    yield from _described("", "title", table.title)
    yield from _described("", "description", table.description)
    if not table.fields:
        yield Wrong("", "it has no columns", "list them under fields")
        return
    for name, times in Counter(column.name for column in table.fields).items():
        if times > 1:
            yield Wrong(f"column {name}", "the column is there twice", "keep one of the two")
    for column in table.fields:
        yield from _column(column)
    yield from _keys(table)
    for number, key in enumerate(table.foreign_keys, 1):
        yield from _reference(f"foreign key {number}", table, key, others)
    yield from _persons(table, kinds)


def _named(file: str, table: Declared) -> Iterator[Wrong]:
    if table.name != file:
        what = f"the file is named {file}.json, but the table '{table.name}'"
        yield Wrong("", what, "give both the same name")
    if not SLUG.fullmatch(table.name) or len(table.name) > LONGEST_NAME:
        cure = f"use lowercase letters, digits and single underscores, at most {LONGEST_NAME}: family_survey"
        yield Wrong("", f"'{table.name}' cannot be a table's name", cure)
    if table.name in TABLES:
        yield Wrong("", f"the contract already has a table '{table.name}'", "give yours another name")
    if table.missing_values != [""]:
        yield Wrong("", "missingValues names something other than a blank cell", "remove it, and leave cells blank")


def _described(where: str, key: str, text: str) -> Iterator[Wrong]:
    if not text.strip():
        yield Wrong(where, f"'{key}' is blank", "say it in one sentence")
    elif _PLACEHOLDER.search(text):
        yield Wrong(where, f"'{key}' still has < or > in it", "replace <…> with your own words")


def _column(column: Column) -> Iterator[Wrong]:
    where, rules = f"column {column.name}", column.constraints
    if not SLUG.fullmatch(column.name):
        cure = "use lowercase letters, digits and single underscores, such as surveyed_on"
        yield Wrong(where, f"'{column.name}' cannot be a column's name", cure)
    yield from _described(where, "description", column.description)
    if column.type != "string" and (rules.enum or rules.pattern is not None):
        yield Wrong(where, "enum and pattern are for texts", "remove it, or write type: string")
    if column.type not in ("integer", "number") and not (rules.minimum is None and rules.maximum is None):
        yield Wrong(where, "minimum and maximum are for numbers", "remove it, or write type: integer or number")
    if rules.minimum is not None and rules.maximum is not None and rules.minimum > rules.maximum:
        yield Wrong(where, "minimum is above maximum", "correct one of the two")
    if len(set(rules.enum)) < len(rules.enum) or not all(text.strip() for text in rules.enum):
        yield Wrong(where, "enum has a value twice, or a blank one", "keep each value once")
    if rules.pattern is not None and not _is_pattern(rules.pattern):
        yield Wrong(where, "pattern is not a regular expression", "correct it, or list the values in enum")
    if {text.lower() for text in (*column.true_values, *column.false_values)} - _READ:
        yield Wrong(where, "only true, yes, 1 and false, no, 0 are read", "remove trueValues and falseValues")


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _keys(table: Declared) -> Iterator[Wrong]:
    columns = {column.name: column for column in table.fields}
    if not table.primary_key:
        yield Wrong("", "'primaryKey' names no column", "name the columns of which no two rows have the same values")
    for key, names in (("primaryKey", table.primary_key), ("versionOf", table.version_of)):
        for name in names:
            if name not in columns:
                yield _no_column("", key, name, table)
            elif not columns[name].constraints.required:
                yield Wrong(f"column {name}", f"{key} names it, but it may be blank", 'add "required": true')
    if table.visible_from is not None:
        yield from _dated(table, columns)
    if table.version_of and {*table.primary_key} != {*table.version_of, table.visible_from}:
        cure = "write in primaryKey the columns of versionOf and that of visibleFrom; or remove versionOf"
        yield Wrong("", "primaryKey does not distinguish the versions of a row", cure)


def _dated(table: Declared, columns: Mapping[str, Column]) -> Iterator[Wrong]:
    name = str(table.visible_from)
    if name not in columns:
        yield _no_column("", "visibleFrom", name, table)
    elif columns[name].type != "date":
        yield Wrong(f"column {name}", "visibleFrom names it, but it is not a date", 'write "type": "date"')
    elif not columns[name].constraints.required:
        what = "visibleFrom names it, but it may be blank, and a row without a day is never seen"
        yield Wrong(f"column {name}", what, 'add "required": true')


def _no_column(where: str, key: str, name: str, table: Declared) -> Wrong:
    columns = tuple(column.name for column in table.fields)
    return Wrong(where, f"{key} names a column '{name}' that is not there", nearest(name, columns, "columns"))


def _reference(where: str, table: Declared, key: Key, others: Others) -> Iterator[Wrong]:
    if len(key.fields) != 1 or len(key.reference.fields) != 1:
        cure = "name one column and the one it refers to; write a foreign key for each further column"
        yield Wrong(where, "it does not have one column on each side", cure)
        return
    name, target = key.fields[0], key.reference.resource or table.name
    own = next((column for column in table.fields if column.name == name), None)
    if own is None:
        yield _no_column(where, "it", name, table)
    if target not in TABLES and target not in others:
        yield Wrong(where, f"there is no table '{target}'", nearest(target, (*TABLES, *others), "tables"))
        return
    columns = _columns(target, others)
    if columns is None:
        return
    there = key.reference.fields[0]
    if there not in columns:
        what = f"{target} has no column '{there}'"
        yield Wrong(where, what, nearest(there, tuple(columns), "columns"))
    elif own is not None and own.type != columns[there]:
        yield Wrong(where, f"{name} is {own.type}, but {target}.{there} is {columns[there]}", "give both the same type")


def _columns(name: str, others: Others) -> dict[str, str] | None:
    """Column → type of a table; None where its own file cannot be read."""
    if name in TABLES:
        return {field.name: field.type for field in schema(name).fields}
    other = others[name]
    return None if other is None else {column.name: column.type for column in other.fields}


def identifying(tables: Others) -> dict[str, dict[str, Identifies]]:
    """Own table → its columns that identify a person, and how.

    Those are the columns that say so, those named like an identifying column of the contract (student_id), and those
    that refer to an identifying column of another table.
    """
    known = {name: _of_contract(schema(name)) for name in TABLES}
    named = {column: kind for kinds in known.values() for column, kind in kinds.items()}
    found: dict[str, dict[str, Identifies]] = {}
    for name, table in tables.items():
        columns = table.fields if table else []
        said = {column.name: column.identifies or named.get(column.name) for column in columns}
        found[name] = {column: kind for column, kind in said.items() if kind}
    for _ in tables:  # a reference may lead to a reference
        for name, table in tables.items():
            for key in table.foreign_keys if table else []:
                kinds = {**known, **found}.get(key.reference.resource or name, {})
                kind = kinds.get(key.reference.fields[0]) if key.reference.fields else None
                if kind and key.fields:
                    found[name].setdefault(key.fields[0], kind)
    return found


def _of_contract(table: TableSchema) -> dict[str, Identifies]:
    def kind(field: Field) -> Identifies | None:
        return field.identifies if table.protected else None

    return {field.name: found for field in table.fields if (found := kind(field))}


def _persons(table: Declared, kinds: Mapping[str, Identifies]) -> Iterator[Wrong]:
    columns = {column.name: column for column in table.fields}
    for column in table.fields:
        if column.counts_persons and (table.subject != "public" or column.type != "integer"):
            what = "countsPersons is for whole numbers in a public table"
            yield Wrong(f"column {column.name}", what, "remove it; in a protected table every count is protected")
    if table.subject == "public":
        for name in kinds:
            what = "it identifies a person, and a public table is published"
            yield Wrong(f"column {name}", what, 'take the column out, or write "subject": "protected"')
        return
    if not kinds:
        cure = 'add "identifies": "id" to the column that says who a row is about; names and birth dates likewise'
        yield Wrong("", "the table is protected, but no column identifies a person", cure)
    for name, kind in kinds.items():
        allowed = _TYPES.get(kind, ("string",))
        if name in columns and columns[name].type not in allowed:
            what = f"it identifies a person ({kind}), so its type is {' or '.join(allowed)}"
            yield Wrong(f"column {name}", what, f'write "type": "{allowed[0]}"')
    times = Counter(kinds.values())
    for part in (*_PARTS, "birth_date"):
        if times[part] > 1:
            cure = "mark a whole name as name; keep each further person in a row of their own"
            yield Wrong("", f"several columns are marked {part}", cure)
    if bool(times["first_name"]) != bool(times["last_name"]):
        yield Wrong("", "a first or last name alone cannot be looked for", "mark both columns, or one as name")
