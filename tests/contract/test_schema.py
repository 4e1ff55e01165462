"""The Table Schema files hold together, and to the standards they name."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from alignkit.contract.schema import TABLES, TableSchema, schema
from alignkit.errors import ContractError

CEDS = json.loads((Path(__file__).parent / "ceds.json").read_text(encoding="utf-8"))["properties"]
EVERY = [schema(name) for name in TABLES]


def test_every_file_is_listed_once_in_the_order_of_steps() -> None:
    written = {path.name.removesuffix(".json") for path in files("alignkit.contract").joinpath("tables").iterdir()}
    assert written == set(TABLES)
    assert len(TABLES) == len(written)
    assert [table.step for table in EVERY] == sorted(table.step for table in EVERY)


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
def test_keys_dates_and_versions_are_columns(table: TableSchema) -> None:
    named = {*table.primary_key, *table.version_of, *(c for key in table.foreign_keys for c in key.fields)}
    assert named <= set(table.columns)
    assert len(set(table.columns)) == len(table.columns)
    assert all(table.field(column).required for column in table.primary_key)
    if table.visible_from:
        assert table.field(table.visible_from).type == "date"
        assert table.field(table.visible_from).required


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
def test_a_version_is_told_by_its_date(table: TableSchema) -> None:
    if table.version_of:
        assert set(table.primary_key) == {*table.version_of, table.visible_from}


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
def test_references_lead_to_a_key_of_an_earlier_or_equal_step(table: TableSchema) -> None:
    for key in table.foreign_keys:
        other = schema(key.reference)
        assert len(key.fields) == 1
        assert other.step <= table.step
        assert key.reference_fields == (other.version_of or other.primary_key)


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
def test_every_field_says_a_sentence_and_a_real_element(table: TableSchema) -> None:
    for field in table.fields:
        assert field.description.endswith("."), field
        assert len(field.description.split()) >= 3, field
        standard, _, number = field.element.partition(" ")
        assert standard in ("CEDS", "HSDS", "local")
        assert standard != "CEDS" or number in CEDS, field


def test_tables_about_persons_are_protected() -> None:
    protected = {table.name for table in EVERY if table.protected}
    assert protected >= {table.name for table in EVERY if table.step == 9}
    assert protected >= {"indicator_values", "leaders", "outcome_ratings", "matched_results"}
    assert not protected & {"partners", "commitments", "places", "decisions"}


def test_an_unknown_table_or_column_names_the_nearest() -> None:
    with pytest.raises(ContractError, match="did you mean 'partners'"):
        schema("partner")
    with pytest.raises(ContractError, match="did you mean 'sector'"):
        schema("partners").field("sektor")
