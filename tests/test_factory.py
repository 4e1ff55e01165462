"""The factory of rows: whatever the contract asks for, its rows are valid, so that no other test writes heads."""

import pytest

from alignkit.contract.schema import TABLES, schema
from alignkit.contract.validate import failures_of, validate
from alignkit.errors import ContractError
from alignkit.params import load_community
from alignkit.snapshot import snapshot_of
from tests.factory import completed, filled, frame, related, rows, selected, text
from tests.small_project import small_project

ADDED = {
    "string": {"required": True},
    "integer": {"required": True, "minimum": 3, "maximum": 30},
    "number": {"required": True, "maximum": 0.5},
    "date": {"required": True},
    "boolean": {"required": True},
}


@pytest.mark.parametrize("table", TABLES)
def test_rows_of_every_table_are_valid_with_those_they_refer_to(table):
    made = related({table: frame(table, 3)})
    assert failures_of(made) == ()
    assert len(made[table]) == 3


def test_everything_together_is_valid():
    made = related({table: frame(table, 4) for table in TABLES if table != "subgroups"})
    assert {name: len(found) for name, found in validate(made).items()}.keys() == {*TABLES} - {"subgroups"}


@pytest.mark.parametrize("kind", ADDED)
def test_a_new_required_column_is_filled_and_a_small_project_is_still_valid(widened, tmp_path, kind):
    widened(kind, **ADDED[kind])
    assert schema("places").field("added").required
    small_project(tmp_path, {"one": []}, related({"adoptions": frame("adoptions", 2), "places": frame("places", 1)}))
    snapshot = snapshot_of(load_community(tmp_path, "smallville"), tmp_path)
    assert snapshot.table("partners")["added"].notna().all()
    assert {"partners", "outcomes", "practices", "adoptions", "places"} == set(snapshot.tables)


def test_a_head_written_by_hand_would_not_be_valid_any_more(widened, tmp_path):
    widened("string", required=True)
    small_project(tmp_path, {"one": []}, {"places": "place_id,name,kind\nsmall,Smallville,city\n"})
    with pytest.raises(ContractError, match="added: the column is missing"):
        snapshot_of(load_community(tmp_path, "smallville"), tmp_path)


def test_rows_and_files_that_leave_columns_out_are_completed_and_otherwise_untouched(widened):
    required = [field.name for field in schema("places").fields if field.required]
    whole = ",".join(required) + "\n" + "," * (len(required) - 1)
    assert completed("places", whole) == f"{whole}\n"
    (row,) = filled("places", [{"place_id": "x", "name": None}])
    assert (list(row), row["place_id"], row["name"]) == (required, "x", None)
    widened("boolean", required=True)
    assert completed("places", whole) == whole.replace("\n", ",added\n") + ",False\n"
    assert completed("places", "place_id").startswith("place_id,name,kind,")
    query = f"SELECT 7 AS {', 8 AS '.join(required)}"
    assert selected("places", query) == f"SELECT given.*, 'False' AS added FROM (\n{query}\n) AS given"


def test_what_a_test_says_counts_for_one_row_or_all():
    made = rows("partners", {"name": "West"}, {"name": "East", "sector": "faith"}, sector="health")
    assert [(row["partner_id"], row["name"], row["sector"]) for row in made] == [
        ("partner-1", "West", "health"), ("partner-2", "East", "faith")]  # fmt: skip
    assert [row["name"] for row in rows("partners", name=["A", "B", "C"])] == ["A", "B", "C"]
    assert [row["valid_until"] for row in rows("partners", 2)] == [None, None]


def test_a_slip_of_a_test_is_an_error():
    with pytest.raises(ContractError, match="did you mean 'sector'"):
        rows("partners", sektor="faith")
    with pytest.raises(AssertionError, match="not one of the values allowed"):
        frame("partners", sector="farming")
    with pytest.raises(AssertionError, match="valid_until is not before valid_from"):
        frame("partners", valid_from="2026-01-02", valid_until="2026-01-01")
    with pytest.raises(AssertionError, match="numerator is at most denominator"):
        text("indicator_values", numerator=4, denominator=3)
    with pytest.raises(AssertionError, match="the same as in row 1"):
        frame("places", place_id=["small", "small"])
    with pytest.raises(ContractError, match="did you mean 'kind'"):
        completed("places", "place_id,name,knd\nx,West,city\n")
    with pytest.raises(ContractError, match="did you mean 'kind'"):
        filled("places", [{"place_id": "x"}, {"place_id": "y", "knd": "city"}])


def test_values_have_a_period_that_ends_and_a_day_on_which_they_came_out():
    (row,) = rows("indicator_values", period_start="2025-07-01")
    assert (row["period_end"], row["released_on"], row["value"]) == ("2026-06-30", "2026-08-29", 50.0)
    (counted,) = rows("indicator_values", numerator=3, denominator=4)
    assert counted["value"] is None


def test_a_file_of_rows_begins_with_all_columns():
    head, row = text("places", 1).splitlines()
    assert head == ",".join(schema("places").columns)
    assert row.startswith("place-1,Place 1,kind")
