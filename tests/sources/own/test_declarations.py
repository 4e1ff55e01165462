"""Declarations of a community's own tables: what is read, and every way in which one is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.contract.catalog import CONTRACT
from alignkit.contract.schema import TABLES, data_of, schema
from alignkit.errors import ParamsError
from alignkit.sources.own.read import own_tables
from tests.own_tables import PROGRAMS, SURVEY, catalog, changed, declare, with_column

FAMILY = {"fields": ["family_id"], "reference": {"resource": "family_survey", "fields": ["family_id"]}}

PAIR = [{"fields": ["subgroup", "language"], "reference": {"resource": "places", "fields": ["place_id", "kind"]}}]


def key(column: str, table: str, there: str) -> list[dict[str, Any]]:
    return [{"fields": column, "reference": {"resource": table, "fields": there}}]


def constraints(**rules: Any) -> dict[str, Any]:
    return with_column(PROGRAMS, "places", constraints=rules)


BROKEN: dict[str, tuple[dict[str, Any], str, str]] = {
    "no subject": (changed(SURVEY, subject=None), "'subject' is missing", 'write "protected"'),
    "another subject": (changed(SURVEY, subject="private"), "'subject' cannot be 'private'", 'write "protected"'),
    "no title": (changed(SURVEY, title=None), "'title' is missing", "give the table a title"),
    "no description": (changed(SURVEY, description=None), "'description' is missing", "in one sentence"),
    "blank description": (changed(SURVEY, description=" "), "'description' is blank", "in one sentence"),
    "left as it was begun": (changed(SURVEY, title="<Title>"), "'title' still has < or >", "your own words"),
    "column without a sentence": (with_column(SURVEY, "language", description=None), "column language", "one sentence"),
    "unknown type": (with_column(SURVEY, "language", type="text"), "'type' cannot be 'text'", "write one of string"),
    "no columns": (changed(SURVEY, fields=[]), "it has no columns", "list them under fields"),
    "columns as text": (changed(SURVEY, fields="language"), "'fields' must be a list", "square brackets"),
    "a column as text": (changed(SURVEY, fields=["language"]), "column number 1: each column must be", "braces"),
    "unknown key": (changed(SURVEY, visibleform="x"), "the key 'visibleform' is unknown", "did you mean 'visibleFrom'"),
    "unknown constraint": (constraints(requird=True), "the key 'requird' is unknown", "did you mean 'required'"),
    "a constraint as text": (constraints(required="yes"), "'required' must be true or false", "without quotes"),
    "minimum of a text": (with_column(SURVEY, "language", constraints={"minimum": 1}), "are for numbers", "remove it"),
    "choices of a number": (constraints(enum=["1"]), "are for texts", "remove it"),
    "bounds swapped": (constraints(minimum=2, maximum=1), "minimum is above maximum", "correct one"),
    "no regular expression": (with_column(PROGRAMS, "park", constraints={"pattern": "("}), "not a regular", "enum"),
    "a choice twice": (with_column(PROGRAMS, "park", constraints={"enum": ["a", "a"]}), "a value twice", "once"),
    "other words for true": (with_column(SURVEY, "feels_heard", trueValues=["Y"]), "only true, yes, 1", "remove"),
    "other missing values": (changed(SURVEY, missingValues=["", "NA"]), "other than a blank", "leave cells blank"),
    "a column's name": (with_column(SURVEY, "Feels Heard"), "cannot be a column's name", "lowercase letters"),
    "key unknown": (changed(SURVEY, primaryKey=["famly_id"]), "is not there", "did you mean 'family_id'"),
    "key empty": (changed(SURVEY, primaryKey=[]), "names no column", "no two rows"),
    "key that may be blank": (changed(SURVEY, primaryKey=["subgroup"]), "it may be blank", '"required": true'),
    "no day": (changed(SURVEY, visibleFrom="language"), "it is not a date", '"type": "date"'),
    "day unknown": (changed(SURVEY, visibleFrom="day"), "a column 'day' that is not there", "columns there are"),
    "versions without a day": (changed(SURVEY, versionOf="family_id"), "does not distinguish", "visibleFrom"),
    "to no table": (changed(SURVEY, foreignKeys=key("subgroup", "places_", "x")), "no table 'places_'", "'places'"),
    "to no column": (changed(SURVEY, foreignKeys=key("subgroup", "places", "id")), "no column 'id'", "did you mean"),
    "from no column": (changed(SURVEY, foreignKeys=key("place", "places", "place_id")), "'place' that", "columns"),
    "another type": (changed(SURVEY, foreignKeys=key("surveyed_on", "places", "kind")), "is date, but", "same type"),
    "two columns": (changed(SURVEY, foreignKeys=PAIR), "foreign key 1: it does not have one", "each further column"),
    "nobody identified": (with_column(SURVEY, "family_id", identifies=None), "no column identifies", '"identifies"'),
    "an unknown way": (with_column(SURVEY, "language", identifies="email"), "cannot be 'email'", "write one of id"),
    "a person in public": (changed(SURVEY, subject="public"), "it identifies a person, and a public", "protected"),
    "a student in public": (with_column(PROGRAMS, "student_id"), "column student_id: it identifies", "protected"),
    "a reference to one": (changed(PROGRAMS, foreignKeys=key("park", "students", "student_id")), "column park", "take"),
    "a birth date as text": (with_column(SURVEY, "birth_date"), "so its type is date", '"type": "date"'),
    "counts in protected": (with_column(SURVEY, "n", type="integer", countsPersons=True), "in a public", "remove it"),
    "counts in words": (with_column(PROGRAMS, "park", countsPersons=True), "for whole numbers in a public", "remove"),
    "counts as text": (with_column(PROGRAMS, "places", countsPersons="yes"), "must be true or false", "without quotes"),
    "half a name": (with_column(SURVEY, "last_name"), "cannot be looked for", "mark both"),
}  # fmt: skip
"""What is wrong → the declaration, what the message says, and the fix."""


@pytest.mark.parametrize("slip", BROKEN)
def test_a_wrong_declaration_is_refused_with_its_file_and_the_fix(tmp_path: Path, slip: str) -> None:
    table, what, fix = BROKEN[slip]
    folder = declare(tmp_path, table)
    with pytest.raises(ParamsError) as refused:
        own_tables(tmp_path, "town")
    told = str(refused.value)
    assert told.startswith(str(folder / f"{table['name']}.json"))
    assert what in told
    assert fix in told
    assert refused.value.exit_code == 2
    assert "pydantic" not in told
    assert "Input should" not in told


NAMES = {
    "partners": "the contract already has a table 'partners'",
    "Family-Survey": "cannot be a table's name",
    "family survey": "cannot be a table's name",
    "2026_survey": "cannot be a table's name",
    "a" * 32: "cannot be a table's name",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(ParamsError, match=NAMES[name]):
        catalog(tmp_path, changed(PROGRAMS, name=name))


TEXTS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "this is not JSON"),
    "a comma too many": (b'{\n"name": "x",\n}', "line 3, column 1: this is not JSON"),
    "a list": (b"[]", "the file holds no table"),
    "a key twice": (b'{"name": "x", "name": "y"}', "has the key 'name' twice"),
    "no number": (b'{"step": NaN}', "not JSON that can be read"),
    "no text": (b"\xff\xfe{", "not UTF-8"),
    "too deep": (b"[" * 100_000, "not JSON that can be read"),
}


@pytest.mark.parametrize("slip", TEXTS)
def test_a_file_that_is_no_json(tmp_path: Path, slip: str) -> None:
    content, what = TEXTS[slip]
    path = declare(tmp_path) / "family_survey.json"
    path.write_bytes(content)
    with pytest.raises(ParamsError) as refused:
        own_tables(tmp_path, "town")
    assert str(path) in str(refused.value)
    assert what in str(refused.value)
    assert refused.value.cure
    assert "Expecting" not in str(refused.value)


def test_the_file_is_named_like_the_table(tmp_path: Path) -> None:
    (declare(tmp_path) / "survey.json").write_text(json.dumps(SURVEY))
    with pytest.raises(ParamsError, match=r"named survey\.json, but the table 'family_survey'"):
        own_tables(tmp_path, "town")


def test_all_files_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ParamsError) as refused:
        catalog(tmp_path, changed(SURVEY, subject=None), changed(PROGRAMS, title="", description=""))
    told = str(refused.value)
    assert "3 things are wrong" in told
    assert all(name in told for name in ("family_survey.json", "park_programs.json: 'title'", "park_programs.json: 'd"))


def test_a_broken_table_is_not_told_again_by_those_that_refer_to_it(tmp_path: Path) -> None:
    visits = changed(PROGRAMS, name="visits", subject="protected", foreignKeys=[{**FAMILY, "fields": ["park"]}])
    with pytest.raises(ParamsError) as refused:
        catalog(tmp_path, changed(SURVEY, subject=None), with_column(visits, "program_id", identifies="id"))
    assert str(refused.value).count("family_survey") == 1


def test_what_is_declared_is_what_the_contract_would_say(tmp_path: Path) -> None:
    found = catalog(tmp_path, SURVEY, {"$about": "A remark.", **PROGRAMS})
    survey, programs = found.schema("family_survey"), found.schema("park_programs")
    assert (survey.protected, survey.person_level, survey.visible_from) == (True, True, "surveyed_on")
    assert (programs.protected, programs.person_level, programs.visible_from) == (False, False, None)
    assert survey.field("language").enum == ("english", "spanish", "arabic")
    assert survey.foreign_keys[0].reference == "partners"
    assert [field.name for field in survey.fields if field.identifies] == ["family_id"]
    assert found.person_level == (*CONTRACT.person_level, "family_survey")


def test_every_table_of_the_contract_could_be_declared(tmp_path: Path) -> None:
    told: dict[str, str] = {}
    for name in TABLES:
        # Counts have no person's id; an own protected table needs a marked column.
        if not schema(name).protected or schema(name).person_level:
            keys = [one for one in data_of(schema(name))["foreignKeys"] if one["reference"]["resource"] != name]
            own = {**data_of(schema(name)), "name": f"own_{name}", "foreignKeys": keys}
            folder = tmp_path / name
            made = catalog(folder, own).schema(f"own_{name}")
            same = [(one.name, one.type, one.identifies, one.counts_persons) for one in made.fields]
            if same != [(one.name, one.type, one.identifies, one.counts_persons) for one in schema(name).fields]:
                told[name] = "other columns"
    assert told == {}


def test_a_reference_to_someone_identifies_too(tmp_path: Path) -> None:
    visits = with_column(changed(PROGRAMS, name="visits", subject="protected"), "family_id")
    calls = changed(
        with_column(visits, "visit_family"), name="calls", foreignKeys=key("visit_family", "visits", "family_id")
    )
    found = catalog(tmp_path, calls, SURVEY, changed(visits, foreignKeys=[FAMILY]))
    assert found.schema("visits").field("family_id").identifies == "id"
    assert found.schema("calls").field("visit_family").identifies == "id"


def test_other_files_of_the_folder_are_ignored(tmp_path: Path) -> None:
    folder = declare(tmp_path, SURVEY)
    for name in ("README.md", "family_survey.csv", ".family_survey.json", "notes.txt"):
        (folder / name).write_text("anything")
    assert own_tables(tmp_path, "town").names == (*TABLES, "family_survey")
    assert own_tables(tmp_path, "city") == CONTRACT


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def _places(value: Any, put: Callable[[Any], None]) -> list[Callable[[Any], None]]:
    """A setter for every place in a declaration."""
    found = [put]
    if isinstance(value, (dict, list)):
        for key_ in value if isinstance(value, dict) else range(len(value)):
            found += _places(value[key_], lambda new, at=key_: value.__setitem__(at, new))
    return found


@given(st.data())
def test_whatever_stands_anywhere_is_read_or_refused_in_plain_words(tmp_path_factory: Any, data: st.DataObject) -> None:
    table = json.loads(json.dumps(data.draw(st.sampled_from([SURVEY, PROGRAMS]))))
    holder = {"table": table}
    places = _places(table, lambda new: holder.update(table=new))
    data.draw(st.sampled_from(places))(data.draw(JSON))
    project = tmp_path_factory.mktemp("own")
    (declare(project) / "family_survey.json").write_text(json.dumps(holder["table"]), encoding="utf-8")
    told = refusal(project)
    assert told is None or (told.what and told.cure)


def refusal(project: Path) -> ParamsError | None:
    try:
        own_tables(project, "town")
    except ParamsError as refused:
        return refused
    return None
