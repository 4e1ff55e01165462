"""A community's catalog: its own tables are checked like the contract's, and are known to nobody else."""

from pathlib import Path

import pandas as pd
import pytest

from alignkit.contract.catalog import CONTRACT
from alignkit.contract.conform import conform
from alignkit.contract.dictionary import own_dictionary
from alignkit.contract.failure import Failure
from alignkit.contract.schema import TABLES, data_of, schema, table_of
from alignkit.contract.validate import empty, failures_of, validate
from alignkit.errors import ContractError
from tests.factory import frame
from tests.own_tables import PROGRAMS, SURVEY, catalog

PARTNERS = frame("partners", partner_id="schools")
ANSWER = {"family_id": "FS-0001", "language": "spanish", "surveyed_on": "2026-10-02", "partner_id": "schools"}


def failures(tmp_path: Path, *rows: dict[str, str], **tables: pd.DataFrame) -> list[Failure]:
    found = catalog(tmp_path, SURVEY, PROGRAMS)
    return list(failures_of({"family_survey": pd.DataFrame(rows, dtype="object"), **tables}, found))


def test_own_tables_are_typed(tmp_path: Path) -> None:
    found = catalog(tmp_path, SURVEY)
    answers = pd.DataFrame([{**ANSWER, "feels_heard": "no"}], dtype="object")
    typed = validate({"family_survey": answers, "partners": PARTNERS}, found)["family_survey"]
    assert list(typed.columns) == list(found.schema("family_survey").columns)
    assert typed["surveyed_on"].tolist() == [pd.Timestamp("2026-10-02")]
    assert typed["feels_heard"].dtype == empty("family_survey", found)["feels_heard"].dtype == "boolean"
    assert typed["subgroup"].tolist() == [None]


def test_every_check_of_the_contract_and_no_value_quoted(tmp_path: Path) -> None:
    rows = [ANSWER, ANSWER, {**ANSWER, "family_id": "FS-0002", "language": "Klingon", "partner_id": "nowhere"}]
    told = failures(tmp_path, *rows, {"family_id": "", "surveyed_on": "2/10/26"}, partners=PARTNERS)
    assert {(one.row, one.column, one.rule) for one in told} == {
        (2, "family_id", "duplicate_key"), (3, "language", "enum"), (3, "partner_id", "foreign_key"),
        (4, "family_id", "required"), (4, "language", "required"), (4, "surveyed_on", "date"),
    }  # fmt: skip
    text = " ".join(f"{one.message} {one.cure}" for one in told)
    assert [value for value in ("FS-0001", "Klingon", "nowhere", "2/10/26") if value in text] == []


def test_a_reference_needs_its_table(tmp_path: Path) -> None:
    told = failures(tmp_path, ANSWER)
    assert [(one.column, one.rule) for one in told] == [("partner_id", "table_needed")]


def test_a_column_that_says_unique_is_held_to_it(tmp_path: Path) -> None:
    column = {"name": "code", "type": "string", "description": "A code.", "constraints": {"unique": True}}
    found = catalog(tmp_path, {**PROGRAMS, "fields": [*PROGRAMS["fields"], column]})
    rows = [{"program_id": id_, "park": "x", "code": code} for id_, code in (("a", "1"), ("b", "1"), ("c", ""))]
    told = failures_of({"park_programs": pd.DataFrame(rows)}, found)
    assert [(one.row, one.column, one.rule) for one in told] == [(2, "code", "duplicate_key")]


def test_one_community_cannot_see_the_tables_of_another(tmp_path: Path) -> None:
    town = catalog(tmp_path, SURVEY, community="town")
    city = catalog(tmp_path, PROGRAMS, community="city")
    assert ("family_survey" in town, "family_survey" in city, "family_survey" in CONTRACT) == (True, False, False)
    with pytest.raises(ContractError, match="there is no table 'family_survey'"):
        conform("family_survey", pd.DataFrame([ANSWER]), city)
    assert [one.rule for one in failures_of({"park_programs": pd.DataFrame()}, town)] == ["table_unknown"]
    with pytest.raises(ContractError, match="there is no table 'family_survey' in the contract"):
        schema("family_survey")


def test_an_unknown_table_names_the_nearest_own_one(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="did you mean 'family_survey'"):
        catalog(tmp_path, SURVEY).schema("family_surveys")


def test_a_schema_can_be_kept_and_read_back(tmp_path: Path) -> None:
    own = catalog(tmp_path, SURVEY, PROGRAMS).own
    assert [table_of(data_of(table)) for table in own] == list(own)
    assert [name for name in TABLES if table_of(data_of(schema(name))) != schema(name)] == []


def test_what_identifies_a_person_is_in_the_schemas() -> None:
    found = {field.name for name in TABLES for field in schema(name).fields if field.identifies}
    names = {"first_name", "middle_name", "last_name", "birth_date"}
    assert found == {"student_id", "client_id", "leader_id"} | names
    marked = [name for name in TABLES if any(field.identifies for field in schema(name).fields)]
    assert marked == list(CONTRACT.person_level)


def test_the_page_of_own_tables(tmp_path: Path) -> None:
    page = own_dictionary(catalog(tmp_path, SURVEY, PROGRAMS))
    survey = page.split("\n## family_survey\n")[1]
    assert "**About persons.**" in survey
    assert "Identifies a person: family_id." in survey
    assert "partner_id must be in `partners`." in survey
    assert "| language | one of english, spanish, arabic | yes | The language in which the family answered. |" in survey
    assert "Not about persons." in page.split("\n## park_programs\n")[1].split("\n## ")[0]
