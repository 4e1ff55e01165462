"""Text or types in, the house's types out."""

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.contract.conform import conform, empty
from alignkit.contract.schema import TABLES, schema

TYPES = {"string": "object", "integer": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[ns]"}


def column(table: str, name: str, values: object) -> tuple[list[object], list[int | None]]:
    """One conformed column (None for missing) and the rows that failed."""
    frame, failures = conform(table, pd.DataFrame({name: values}))
    assert str(frame[name].dtype) == TYPES[schema(table).field(name).type]
    cells = [None if pd.isna(cell) else cell for cell in frame[name]]
    return cells, [failure.row for failure in failures if failure.column == name]


@pytest.mark.parametrize("name", TABLES)
def test_blank_text_nothing_and_typed_frames_all_give_the_same_types(name: str) -> None:
    blank = empty(name)
    for cell in ("", None, np.nan):
        given = pd.DataFrame([[cell] * len(blank.columns)] * 2, columns=blank.columns)
        frame, failures = conform(name, given)
        assert failures == ()
        assert frame.dtypes.equals(blank.dtypes)
        assert frame.isna().all(axis=None)
        pd.testing.assert_frame_equal(conform(name, frame)[0], frame)


def test_columns_come_in_the_contracts_order_and_absent_optional_ones_are_added() -> None:
    given = pd.DataFrame({"kind": ["county"], "name": ["West"], "place_id": ["w"]}, index=[9])
    frame, failures = conform("places", given)
    assert failures == ()
    assert tuple(frame.columns) == schema("places").columns
    assert frame.index.tolist() == [0]
    assert frame.loc[0, "parent_id"] is None


def test_text_is_stripped_kept_in_one_unicode_form_and_never_gets_a_decimal_point() -> None:
    assert column("places", "name", [" West\u00a0", "Jose\u0301", "  "]) == (["West", "Jos\u00e9", None], [])
    assert column("places", "place_id", [21111.0, None]) == (["21111", None], [])
    assert column("places", "place_id", [21111, 7]) == (["21111", "7"], [])


def test_whole_numbers() -> None:
    assert column("indicators", "usual_lag_days", ["90", " 7 ", "12.0", "1.5", "1,200", "x", "1e30"]) == (
        [90, 7, 12, None, None, None, None],
        [4, 5, 6, 7],
    )
    assert column("indicators", "usual_lag_days", [90.0, None, 1.5]) == ([90, None, None], [3])
    assert column("indicators", "usual_lag_days", pd.array([90, None], "Int64")) == ([90, None], [])


def test_numbers() -> None:
    assert column("grants", "amount", ["1.5", ".5", "-2", "1e3", "inf", "nan", "12%", "1 000"]) == (
        [1.5, 0.5, -2.0, 1000.0, None, None, None, None],
        [5, 6, 7, 8],
    )
    assert column("grants", "amount", [Decimal("1.25"), 3, None]) == ([1.25, 3.0, None], [])
    assert column("grants", "amount", [np.inf, 1.0]) == ([None, 1.0], [1])


def test_true_and_false() -> None:
    given = ["true", "FALSE", "Yes", "no", "1", "0", "", "maybe"]
    assert column("partners", "is_backbone", given) == ([True, False, True, False, True, False, None, None], [8])
    assert column("partners", "is_backbone", [True, False]) == ([True, False], [])
    assert column("partners", "is_backbone", [1, 0]) == ([True, False], [])


def test_days() -> None:
    day = pd.Timestamp("2026-09-30")
    good = ["2026-09-30", "2026-09-30 00:00:00", "2026-09-30T00:00:00Z", date(2026, 9, 30), datetime(2026, 9, 30)]
    assert column("meetings", "held_on", good) == ([day] * 5, [])
    bad = ["9/30/2026", "2026-02-30", "0206-01-01", "2026-09", "46295"]
    assert column("meetings", "held_on", bad) == ([None] * 5, [1, 2, 3, 4, 5])
    assert column("meetings", "held_on", pd.to_datetime(["2026-09-30 14:00"])) == ([day], [])
    assert column("meetings", "held_on", pd.to_datetime(["2026-09-30"]).as_unit("us")) == ([day], [])
    assert column("meetings", "held_on", pd.to_datetime(["2026-09-30 23:00-05:00"])) == ([day], [])


def test_a_column_missing_unknown_or_there_twice_is_a_failure() -> None:
    given = pd.DataFrame([["w", "West", "x", "y"]], columns=["place_id", "Name", "kind", "kind"])
    found = {(f.rule, f.column, f.cure) for f in conform("places", given)[1]}
    assert ("column_missing", "name", "add it to the table") in found
    assert ("column_unknown", "Name", "did you mean 'name'?") in found
    assert ("column_twice", "kind", "keep one of the two") in found


def test_a_file_of_persons_without_a_header_gives_nobody_away() -> None:
    given = pd.DataFrame([["8", "Bo", "Day"]], columns=["007", "Ada", "Quill"])
    told = repr(conform("students", given)[1])
    assert "column number 2" in told
    assert "Ada" not in told
    assert "Quill" not in told
    assert "007" not in told


ANY = st.one_of(st.none(), st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes())


@settings(max_examples=40)
@given(st.sampled_from(TABLES), st.lists(ANY, min_size=1, max_size=4))
def test_whatever_comes_in_types_go_out_and_what_is_lost_is_told(name: str, cells: list[object]) -> None:
    given_frame = pd.DataFrame({column: pd.Series(cells, dtype="object") for column in schema(name).columns})
    frame, failures = conform(name, given_frame)
    assert frame.dtypes.equals(empty(name).dtypes)
    pd.testing.assert_frame_equal(conform(name, frame)[0], frame)
    lost = {(f.row, f.column) for f in failures}
    for row, cell in enumerate(cells, 1):
        blank = pd.isna(cell) or not str(cell).strip()
        for column in frame.columns:
            assert pd.isna(frame.loc[row - 1, column]) == (blank or (row, column) in lost)


def test_a_number_is_the_nearest_there_is_to_its_digits() -> None:
    # pandas reads the first two one bit beside it
    written = ["54.362499146542284", "0.000349169830493601", "0.1", "-1e-7", "1234567.875", "2e22"]
    typed, failures = conform("indicator_values", pd.DataFrame({"value": written}, dtype="object"))
    assert [f for f in failures if f.row] == []
    assert typed["value"].tolist() == [float(text) for text in written]


@pytest.mark.parametrize(
    ("day", "cure"),
    [
        ("46023", "the number that Excel keeps for a day"),
        (46023, "the number that Excel keeps for a day"),
        ("9999-12-31", "leave the cell blank where there is no end"),
        ("13/25/2026", "write year-month-day"),
    ],
)
def test_a_day_written_otherwise_names_the_cure_that_fits(day: object, cure: str) -> None:
    _, failures = conform("partners", pd.DataFrame({"valid_until": [day]}, dtype="object"))
    assert cure in next(f.cure for f in failures if f.rule == "date")


def test_a_long_value_is_not_quoted_whole() -> None:
    _, failures = conform("partners", pd.DataFrame({"valid_until": ["x" * 5000]}))
    assert all(len(f.message) < 150 for f in failures)


CODES = [(table, field.name, field.enum) for table in TABLES for field in schema(table).fields if field.enum]


@pytest.mark.parametrize(("table", "name", "enum"), CODES, ids=[f"{table}.{name}" for table, name, _ in CODES])
def test_a_code_may_be_written_with_upper_case_and_blanks(table: str, name: str, enum: tuple[str, ...]) -> None:
    typed = [f" {code.title().replace(' ', '  ')} " for code in enum]
    assert column(table, name, [*typed, "", "none of them"]) == ([*enum, None, "none of them"], [])
