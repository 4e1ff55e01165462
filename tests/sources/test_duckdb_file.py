"""A DuckDB file: types handed on, shut off from other files, told why not where it does not open."""

import re
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from alignkit.contract.conform import conform
from alignkit.errors import SourceError
from alignkit.sources.duckdb_file import read_duckdb
from tests.factory import selected

PLACES = "CREATE TABLE places AS SELECT '021' AS place_id, 'West' AS name, 'city' AS kind"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """`file(*statements)`: a database file made by them."""

    def made(*statements: str) -> Path:
        path = tmp_path / "town.duckdb"
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement)
        return path

    return made


def refused(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_duckdb(path)
    assert caught.value.cure
    return str(caught.value)


def test_only_tables_and_views_of_the_contract_are_read(file: Callable[..., Path]) -> None:
    path = file(
        PLACES, "CREATE TABLE payroll AS SELECT 1 AS secret",
        "CREATE VIEW Subgroups AS SELECT 'girls' AS subgroup FROM payroll",
        "CREATE SCHEMA old; CREATE TABLE old.partners AS SELECT 1 AS partner_id",
    )  # fmt: skip
    before = path.read_bytes()
    tables = read_duckdb(path)
    assert set(tables) == {"places", "subgroups"}
    assert tables["places"].to_numpy().tolist() == [["021", "West", "city"]]
    assert path.read_bytes() == before


def test_types_are_what_the_contract_takes(file: Callable[..., Path]) -> None:
    select = selected(
        "indicator_values",
        """SELECT 1.0::DECIMAL(9,1) AS indicator_id,
        DATE '2026-03-09' AS period_start, TIMESTAMP '2026-03-09 15:00' AS period_end, 7::DOUBLE AS place_id,
        NULL AS subgroup_type, 'all'::ENUM('all', 'sex') AS subgroup, 46.2::FLOAT AS value,
        46::HUGEINT AS numerator, 100::DECIMAL(20,2) AS denominator, 'reported' AS value_status,
        TIMESTAMPTZ '2026-04-01 02:00+04' AS released_on, 170141183460469231731687303715884105727 AS source_key""",
    )
    path = file(f"CREATE TABLE indicator_values AS {select}")
    frame, failures = conform("indicator_values", read_duckdb(path)["indicator_values"])
    assert failures == ()
    row = frame.iloc[0]
    assert (row["indicator_id"], row["place_id"], row["subgroup"]) == ("1", "7", "all")
    assert (row["value"], row["numerator"], row["denominator"]) == (46.2, 46, 100)
    assert row["source_key"] == "170141183460469231731687303715884105727"
    assert row["subgroup_type"] is None
    days = [str(row[name].date()) for name in ("period_start", "period_end", "released_on")]
    assert days == ["2026-03-09", "2026-03-09", "2026-03-31"]


def test_gaps_stay_gaps_whatever_the_type(file: Callable[..., Path]) -> None:
    path = file("""CREATE TABLE partners AS SELECT * FROM (VALUES
        (9007199254740993::BIGINT, true, DATE '2020-01-01', 1.5::DECIMAL(4,2)), (NULL, NULL, NULL, NULL))
        AS t (partner_id, is_backbone, valid_from, name)""")
    frame, _ = conform("partners", read_duckdb(path)["partners"])
    first, second = frame.iloc[0], frame.iloc[1]
    assert (first["partner_id"], first["is_backbone"], first["name"]) == ("9007199254740993", True, "1.5")
    assert all(pd.isna(second[name]) for name in ("partner_id", "is_backbone", "valid_from", "name"))


def test_a_day_beyond_all_days_is_told_not_a_crash(file: Callable[..., Path]) -> None:
    path = file("CREATE TABLE partners AS SELECT DATE '9999-12-31' AS valid_until, 'infinity'::DATE AS valid_from")
    failures = conform("partners", read_duckdb(path)["partners"])[1]
    assert {f.column for f in failures if f.rule == "date"} == {"valid_until", "valid_from"}


@pytest.mark.parametrize("kind", ["INTEGER[]", "STRUCT(a INTEGER)", "MAP(VARCHAR, INTEGER)", "BLOB", "INTERVAL"])
def test_a_column_without_one_plain_value_a_cell_is_told(file: Callable[..., Path], kind: str) -> None:
    message = refused(file(f"CREATE TABLE places (name VARCHAR, place_id {kind})"))
    assert "town.duckdb, places: column place_id holds" in message


def test_a_view_reads_no_other_file(file: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "raw.csv").write_text("place_id\nw\n")
    message = refused(file(f"CREATE VIEW places AS SELECT * FROM read_csv('{tmp_path}/raw.csv')"))
    assert "the view places reads other files" in message
    assert "source.sql" in message


def test_a_view_that_fails_gives_nobody_away(file: Callable[..., Path]) -> None:
    path = file(
        "CREATE TABLE raw AS SELECT 'Ada Quill' AS name",
        "CREATE VIEW students AS SELECT name::INTEGER AS student_id FROM raw",
    )
    message = refused(path)
    assert "students cannot be read" in message
    assert "Quill" not in message


def test_no_table_of_ours_names_those_that_come_near(file: Callable[..., Path]) -> None:
    message = refused(file("CREATE TABLE partner (n INT)", "CREATE SCHEMA old; CREATE TABLE old.places (n INT)"))
    assert "partner (for partners)" in message
    assert "old.places (for places)" in message


def test_a_file_that_is_not_there_or_no_database(tmp_path: Path) -> None:
    path = tmp_path / "town.duckdb"
    assert "there is no such file" in refused(path)
    for content in (b"", b"name\nWest\n" * 900, b"SQLite format 3\0" * 512):
        path.write_bytes(content)
        assert "no DuckDB file, or it is damaged" in refused(path)


def test_a_damaged_file(file: Callable[..., Path]) -> None:
    path = file(PLACES)
    whole = path.read_bytes()
    path.write_bytes(whole[:5000])
    assert "damaged" in refused(path)
    path.write_bytes(whole[:5000] + bytes(byte ^ 0x5A for byte in whole[5000:]))
    assert "damaged" in refused(path)


def test_a_file_of_a_newer_duckdb(file: Callable[..., Path]) -> None:
    path = file(PLACES)
    content = bytearray(path.read_bytes())
    content[12:20] = struct.pack("<Q", 4_000)  # the storage version; then the checksum that DuckDB itself computes
    path.write_bytes(content)
    with pytest.raises(duckdb.Error) as caught:
        duckdb.connect(str(path), read_only=True)
    found = re.search(r"computed checksum (\d+)", str(caught.value))
    assert found
    content[:8] = struct.pack("<Q", int(found[1]))
    path.write_bytes(content)
    assert "another version of DuckDB" in refused(path)


def test_a_file_that_somebody_writes_to(file: Callable[..., Path]) -> None:
    path = file(PLACES)
    hold = f"import duckdb, sys; c = duckdb.connect({str(path)!r}); print(flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        assert "another program has the file open" in refused(path)
        assert writer.stdin is not None
        writer.stdin.close()
    with duckdb.connect(str(path)):
        assert "this program has the file open already" in refused(path)
    assert set(read_duckdb(path)) == {"places"}
