"""Tables of a community's own: a first declaration, and the page that says what their columns mean."""

import json
from pathlib import Path
from typing import Any

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.dictionary import OWN_MARK
from alignkit.contract.schema import TABLES
from alignkit.errors import ParamsError
from alignkit.params import Source, load_community, project_root
from alignkit.project import find
from alignkit.project.write import Written
from alignkit.sources.own.read import own_files, own_folder, own_tables
from alignkit.sources.own.rules import LONGEST_NAME, SLUG

PAGE = "README.md"
_ABOUT = (
    "Declares a table of your own. Replace every <...> with your words and add the columns that you keep; then run"
    " alignkit check. Keys that begin with $ are notes for you and are not read. All keys: docs/own-tables.md."
)
_SUBJECT = {
    "protected": "protected: a row is about a person or a family. Only counts that are large enough are published.",
    "public": "public: a row is about no person. Everything may be published, except whole numbers that count people:"
    ' add "countsPersons": true to their columns, and false to those of other whole numbers.',
}
_IDENTIFIES = (
    "identifies says that a value points at one person. Use id, name, first_name, middle_name, last_name or birth_date."
    " A release is refused if one of these values is in the finished book."
)

_COLUMNS: tuple[dict[str, Any], ...] = (
    {
        "name": "recorded_on",
        "type": "date",
        "description": "<The day on which the row was recorded.>",
        "constraints": {"required": True},
    },
    {
        "$type": "type is one of string, integer, number, boolean, date. Allowed texts of a string: enum.",
        "name": "kind",
        "type": "string",
        "description": "<What this column says.>",
        "constraints": {"enum": ["one", "another"]},
    },
)


def new_table(project: Path, name: str, community: str = "", *, protected: bool = False) -> Written:
    """Write a first declaration, `params/<community>/tables/<name>.json`; one that is there stays as it is.

    Raises `ParamsError` for a name that the contract has, or that cannot be a table's.
    """
    if not SLUG.fullmatch(name) or len(name) > LONGEST_NAME:
        cure = f"use lowercase letters, digits and single underscores, at most {LONGEST_NAME}: family_survey"
        raise ParamsError(f"'{name}' cannot be a table's name", cure=cure)
    if name in TABLES:
        raise ParamsError(f"the contract already has a table '{name}'", cure="give yours another name, or use that one")
    done = Written(project)
    folder = own_folder(project, find.the_community(project, community)).relative_to(project).as_posix()
    text = json.dumps(_starter(name, "protected" if protected else "public"), indent=2, ensure_ascii=False)
    done.text(f"{folder}/{name}.json", f"{text}\n")
    return done


def may_count(project: Path, community: str) -> list[str]:
    """Columns of whole numbers in public tables whose declarations don't say whether they count persons."""
    found = []
    for path in own_files(project, community):
        table = json.loads(path.read_text(encoding="utf-8-sig"))
        for column in table["fields"] if table["subject"] == "public" else ():
            if column["type"] == "integer" and "countsPersons" not in column:
                found.append(f"tables/{path.name}, column {column['name']}: its whole numbers may all be published; "
                             'write "countsPersons": true if they count people, else false')  # fmt: skip
    return found


def _starter(name: str, subject: str) -> dict[str, Any]:
    """A declaration to change: everything a table needs, with remarks."""
    return {
        "$about": _ABOUT,
        "name": name,
        "title": f"<{name.replace('_', ' ').capitalize()}>",
        "description": "<One row for each ...>",
        "$subject": _SUBJECT[subject],
        "subject": subject,
        "$visibleFrom": "The date column that says since when a row is known; null for a list without dates.",
        "visibleFrom": "recorded_on",
        "fields": [_id_column(name, subject), *_COLUMNS],
        "$primaryKey": "No two rows have the same values in these columns.",
        "primaryKey": [f"{name}_id"],
        "$foreignKeys": 'To refer to another table: {"fields": ["partner_id"],'
        ' "reference": {"resource": "partners", "fields": ["partner_id"]}}',
        "foreignKeys": [],
    }


def _id_column(name: str, subject: str) -> dict[str, Any]:
    column = {
        "name": f"{name}_id",
        "type": "string",
        "description": "<A short code.>",
        "constraints": {"required": True, "unique": True},
    }
    if subject == "public":
        return column
    about = {"description": "<Which person or family the row is about.>", "identifies": "id"}
    return {"$identifies": _IDENTIFIES, **column, **about}


def next_steps(project: Path, name: str, community: str = "", *, protected: bool = False) -> list[str]:
    """What to do with a new declaration, in order."""
    id_ = find.the_community(project, community)
    file = own_folder(project, id_).relative_to(project).as_posix()
    places = _places(name, load_community(project, id_).source, protected=protected)
    return [
        f"open {file}/{name}.json in an editor and replace every <...>; add your columns",
        f"put its rows in {places}",
        "alignkit check --dictionary    tells you what is wrong, and writes the page of your tables",
        f'read it in a notebook: c.table("{name}")',
    ]


def _places(name: str, source: Source, *, protected: bool) -> str:
    """Where its rows may go, of the sources that the community has."""
    forms = {
        "private": f"{name}.csv in the folder that source.private names",
        "workbook": f"a sheet {name} of your workbook, with the column names in its first row",
        "folder": f"{name}.csv in the folder that source.folder names",
        "duckdb": f"a table {name} of your DuckDB file",
        "postgres": f"a table {name} of your database",
        "sql": f"what a query {name}.sql returns",
    }
    left_out = ("workbook",) if protected else ("private",)
    found = [text for part, text in forms.items() if part in source.parts and part not in left_out]
    if protected and "private" not in source.parts:
        found.insert(0, f"{name}.csv in a folder of its own, named in community.yml under source: private:")
    return ", or ".join(found) or f"{name}.csv in a folder, named in community.yml under source: folder:"


def page_of(project: Path, community: str) -> Path:
    """The page of a community's own tables."""
    return own_folder(project, community) / PAGE


def write_page(path: Path, text: str) -> None:
    """Write the page again. Raises `ParamsError` where a file is there that alignkit did not write."""
    if path.is_file() and OWN_MARK not in path.read_text(encoding="utf-8", errors="replace"):
        what = "this file is yours, so the page of your tables was not written"
        raise ParamsError(what, where=str(path), cure="give the file another name, and run again")
    path.write_text(text, encoding="utf-8", newline="\n")


def catalog_here(community: str = "") -> Catalog:
    """The tables that the community may keep: the one named, else the only one of the project around the current
    folder. Elsewhere, the contract's. Raises `ParamsError` for one named that is not there."""
    try:
        id_ = find.the_community(project_root(), community)
    except ParamsError:
        if community:
            raise
        return CONTRACT
    return own_tables(project_root(), id_)
