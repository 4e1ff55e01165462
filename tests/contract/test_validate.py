"""Every failure at once: where it is, what it is, and the cure; nobody's value."""

import time
from collections.abc import Mapping

import pandas as pd
import pytest

from alignkit.contract.failure import Failure
from alignkit.contract.schema import TABLES, schema
from alignkit.contract.validate import empty, failures_of, validate
from alignkit.errors import ContractError

Tables = dict[str, pd.DataFrame]
Change = Mapping[str, str | None]


def broken(tables: Tables, table: str, row: int, **cells: str | None) -> tuple[Failure, ...]:
    """The failures after some cells of one row (from 1) are changed."""
    for name, cell in cells.items():
        if name not in tables[table]:
            tables[table][name] = pd.Series([None] * len(tables[table]), dtype="object")
        tables[table].loc[row - 1, name] = cell
    return failures_of(around(tables, table))


def around(tables: Tables, table: str) -> Tables:
    """The table and those its rows lean on; the others would only cost time."""
    needed = {table, "decisions", "subgroups"}
    for name in reversed(TABLES):
        needed |= {key.reference for key in schema(name).foreign_keys} if name in needed else set()
    return {name: frame for name, frame in tables.items() if name in needed}


def only(failures: tuple[Failure, ...]) -> Failure:
    assert len(failures) == 1, failures
    return failures[0]


def test_whole_tables_come_back_typed(tables: Tables) -> None:
    frames = validate(tables)
    assert frames["students"].loc[0, "student_id"] == "007"
    assert frames["indicator_values"]["numerator"].tolist() == [46, 46]
    assert set(frames) == set(tables)


def test_a_community_may_keep_nothing_or_only_empty_tables() -> None:
    assert validate({}) == {}
    assert set(validate({name: empty(name) for name in TABLES})) == set(TABLES)


CELLS = [
    ("partners", {"sector": "educaton"}, "sector", "enum", "did you mean 'education'?"),
    ("partners", {"sector": "zzz"}, "sector", "enum", "write one of education, early_childhood"),
    ("partners", {"name": " "}, "name", "required", "The organization's name"),
    ("partners", {"valid_from": "1/1/2020"}, "valid_from", "date", "yyyy-mm-dd"),
    ("outcomes", {"order": "-1"}, "order", "minimum", "0 or more"),
    ("students", {"postal_code": "2134"}, "postal_code", "pattern", "leading zeros"),
    ("students", {"postal_code": "021345"}, "postal_code", "pattern", "five digits"),
    ("commitments", {"cycle_made": "Q1 2024"}, "cycle_made", "pattern", "written like 2026-Q3"),
    ("commitments", {"partner_id": "libary"}, "partner_id", "foreign_key", "did you mean 'library'?"),
    ("commitments", {"replaces": "c9"}, "replaces", "foreign_key", "mend the code"),
    ("places", {"parent_id": "21111"}, "parent_id", "own_ancestor", "mend parent_id"),
    ("indicators", {"target": "60"}, "target_year", "together", "fill the other"),
    ("indicators", {"target": "160", "target_year": "2030"}, "target", "percent", "46.2"),
]


@pytest.mark.parametrize(("table", "change", "column", "rule", "cure"), CELLS)
def test_one_wrong_cell_is_one_failure(
    tables: Tables, table: str, change: Change, column: str, rule: str, cure: str
) -> None:
    failure = only(broken(tables, table, 1, **change))
    assert (failure.table, failure.row, failure.column, failure.rule) == (table, 1, column, rule)
    assert cure in failure.cure


VALUES = [
    ({"numerator": "101"}, "numerator", "at_most"),
    ({"numerator": "-1"}, "numerator", "minimum"),
    ({"denominator": None}, "value_status", "status"),
    ({"numerator": None, "denominator": None, "value": "104"}, "value", "percent"),
    ({"value": "48"}, "value", "value_disagrees"),
    ({"value_status": "suppressed_at_source"}, "value_status", "status"),
    ({"value_status": "missing"}, "value_status", "status"),
    ({"value_status": "range", "numerator": None}, "value_status", "status"),
    ({"low": "40", "high": "50"}, "value_status", "status"),
    ({"value_status": "range", "numerator": None, "low": "94", "high": "90"}, "low", "at_most"),
    ({"interval_low": "50", "interval_high": "40"}, "interval_low", "at_most"),
    ({"interval_low": "40"}, "interval_high", "together"),
    ({"value": "46", "interval_low": "47", "interval_high": "50"}, "value", "outside_interval"),
    ({"confidence": "90"}, "confidence", "maximum"),
    ({"period_end": "2023-01-01"}, "period_end", "order"),
    ({"released_on": "2020-01-01"}, "released_on", "order"),
    ({"subgroup": "all"}, "subgroup", "all"),
    ({"subgroup": "women"}, "subgroup", "known_group"),
    ({"place_id": "2111"}, "place_id", "foreign_key"),
    ({"value_status": "reportd"}, "value_status", "enum"),
    ({"numerator": "*"}, "numerator", "integer"),
]


@pytest.mark.parametrize(("change", "column", "rule"), VALUES)
def test_indicator_values(tables: Tables, change: Change, column: str, rule: str) -> None:
    failure = only(broken(tables, "indicator_values", 2, **change))
    assert (failure.row, failure.column, failure.rule) == (2, column, rule)


@pytest.mark.parametrize(
    "change",
    [
        {"value_status": "suppressed_at_source", "numerator": None},
        {"value_status": "range", "numerator": None, "high": "10"},
        {"value_status": "not_comparable"},
        {"numerator": None, "denominator": None, "value": "46.04"},
        {"value": "46", "interval_low": "-0.5", "interval_high": "50", "confidence": "0.9"},
        {"indicator_id": "visits", "denominator": None},
    ],
)
def test_what_publishers_really_give_is_accepted(tables: Tables, change: Change) -> None:
    assert broken(tables, "indicator_values", 2, **change) == ()


def test_a_rate_may_exceed_its_base(tables: Tables) -> None:
    tables["indicators"].loc[0, "unit"] = "rate_per_1000"
    assert broken(tables, "indicator_values", 2, numerator="150") == ()


def test_without_indicators_the_unit_is_unknown_and_that_is_all(tables: Tables) -> None:
    del tables["indicators"]
    failure = only(failures_of(tables))
    assert (failure.table, failure.rule, failure.column) == ("indicator_values", "table_needed", "indicator_id")


def test_a_row_given_twice_names_the_first(tables: Tables) -> None:
    tables["places"] = tables["places"].iloc[[0, 1, 0, 0]]
    first, second = failures_of(tables)
    assert (first.row, second.row, first.rule) == (3, 4, "duplicate_key")
    assert "row 1" in first.message


def test_a_new_version_is_no_duplicate_but_an_equal_date_is(tables: Tables) -> None:
    failure = only(broken(tables, "commitments", 2, recorded_on="2024-02-01"))
    assert failure.rule == "duplicate_key"
    assert "later recorded_on" in failure.cure


def test_the_original_promise_never_moves(tables: Tables) -> None:
    failure = only(broken(tables, "commitments", 2, due_originally="2024-09-30"))
    assert (failure.row, failure.rule) == (2, "promise_moved")


def test_a_decision_is_looked_up_only_where_decisions_are_kept(tables: Tables) -> None:
    assert broken(tables, "commitments", 1, decision_id="d1") == ()
    tables["decisions"] = empty("decisions")
    assert only(failures_of(tables)).rule == "known_decision"


def test_an_outcome_has_one_lead_at_a_time(tables: Tables) -> None:
    failure = only(broken(tables, "responsibilities", 1, valid_until=None))
    assert (failure.row, failure.rule) == (2, "one_lead")


def test_places_in_a_ring_are_told(tables: Tables) -> None:
    failures = broken(tables, "places", 1, parent_id="west")
    assert [(f.row, f.rule) for f in failures] == [(1, "own_ancestor"), (2, "own_ancestor")]


def test_a_reference_says_which_table_is_needed(tables: Tables) -> None:
    del tables["students"]
    failure = only(failures_of(tables))
    assert (failure.table, failure.row, failure.rule) == ("enrolments", None, "table_needed")
    assert failure.cure == "add the table students"


def test_a_blank_optional_reference_needs_no_table(tables: Tables) -> None:
    for name in ("outcomes", "indicators", "indicator_values", "responsibilities"):
        del tables[name]
    assert failures_of(tables) == ()


def test_a_lost_column_is_told_once(tables: Tables) -> None:
    tables["places"] = tables["places"].drop(columns="place_id")
    failure = only(failures_of(tables))
    assert (failure.table, failure.column, failure.rule) == ("places", "place_id", "column_missing")


def test_an_unknown_table_names_the_nearest() -> None:
    failure = only(failures_of({"partner": pd.DataFrame()}))
    assert failure.rule == "table_unknown"
    assert failure.cure == "did you mean 'partners'?"


SECRETS: list[Change] = [
    {"first_name": None, "birth_date": "Zanzibar"},
    {"postal_code": "Zanzibar"},
    {"recorded_on": "Zanzibar"},
    {"student_id": "Zanzibar"},
]


@pytest.mark.parametrize("change", SECRETS)
def test_a_failure_about_a_person_never_quotes(tables: Tables, change: Change) -> None:
    broken(tables, "students", 1, **change)
    failures = failures_of(tables)
    assert failures
    assert "Zanzibar" not in repr(failures) + str(contract_error_of(tables))


@pytest.mark.parametrize("name", [name for name in TABLES if schema(name).protected])
def test_no_protected_table_quotes_any_cell(name: str) -> None:
    rows = [["Zanzibar"] * len(schema(name).columns)] * 2
    tables = {key.reference: empty(key.reference) for key in schema(name).foreign_keys}
    failures = failures_of({**tables, name: pd.DataFrame(rows, columns=schema(name).columns)})
    assert {"date", "duplicate_key", "foreign_key"} & {f.rule for f in failures}
    assert "Zanzibar" not in repr(failures)


def contract_error_of(tables: Tables) -> ContractError:
    with pytest.raises(ContractError) as caught:
        validate(tables)
    return caught.value


def test_the_error_groups_rows_and_keeps_every_failure(tables: Tables) -> None:
    values = pd.concat([tables["indicator_values"].iloc[[1]]] * 317, ignore_index=True)
    values["released_on"] = "2/3/2024"
    error = contract_error_of({**tables, "indicator_values": values})
    assert len(error.failures) == 317
    assert error.exit_code == 2
    assert "released_on, rows 1, 2, 3, 4, 5 and 312 more: not a day written like 2026-09-30" in str(error)


def test_many_different_values_are_counted_together(tables: Tables) -> None:
    places = pd.DataFrame({"place_id": list("abcdefgh"), "name": "x", "kind": "y", "parent_id": list("STUVWXYZ")})
    text = str(contract_error_of({"places": places}))
    assert "parent_id, row 1: 'S' is not in places" in text
    assert "parent_id: and 3 more like these" in text


def test_the_error_reads_well(tables: Tables) -> None:
    tables["partners"] = tables["partners"].drop(columns=["kind", "setting"])
    broken(tables, "partners", 1, sector="goverment")
    assert str(contract_error_of(tables)) == (
        "tables: 3 things are wrong\n\n"
        "partners\n"
        "  setting, kind: the column is missing\n"
        "    → add it to the table\n"
        "  sector, row 1: 'goverment' is not one of the values allowed\n"
        "    → did you mean 'government'?\n\n"
        "  Cure: correct the tables where they are kept, and run again; rows are counted from 1, below the column names"
    )


@pytest.mark.bench
def test_twenty_thousand_rows(tables: Tables) -> None:
    values = pd.concat([tables["indicator_values"].iloc[[1]]] * 20_000, ignore_index=True)
    values["subgroup"] = [f"g{row}" for row in range(len(values))]
    values["numerator"] = "101"
    tables["subgroups"] = values[["subgroup_type", "subgroup"]].assign(name="x", type_name="y")
    start = time.perf_counter()
    assert len(failures_of({**tables, "indicator_values": values})) == 20_000
    print(f"20,000 rows as text, all of them wrong: {time.perf_counter() - start:.2f} s")
