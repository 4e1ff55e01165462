"""One community's tables, kept in every way there is: the same typed tables and the same snapshot come out."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pandas as pd
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from psycopg import sql

from alignkit.contract.conform import conform
from alignkit.contract.schema import schema
from alignkit.contract.validate import empty
from alignkit.params import CommunityParams, load_community
from alignkit.snapshot import Snapshot, snapshot_of
from alignkit.sources.blank_workbook import write_workbook
from alignkit.sources.persons import PERSON_LEVEL
from tests.factory import filled
from tests.mapping_sheets import fill
from tests.postgres import PASSWORD, Server

LONG = "Every child, every family; “west” of 9th Street — 5' 10\" tall. " * 20
ROWS: dict[str, list[dict[str, object]]] = {
    "partners": [
        {"partner_id": "007", "name": "Málaga & Søn, \"Inc.\" 東京 🌱", "sector": "nonprofit", "setting": "outside",
         "kind": "it's", "is_backbone": True, "valid_from": "1999-12-31", "valid_until": "2024-02-29"},
        {"partner_id": "7", "name": "=1+1", "sector": "education", "setting": "inside", "kind": "NA",
         "is_backbone": False, "valid_from": "2020-01-01"},
        {"partner_id": "null", "name": "two\nlines, and a comma", "sector": "health", "setting": "inside",
         "kind": "1e5", "is_backbone": False, "valid_from": "2020-01-01"},
    ],
    "outcomes": [
        {"outcome_id": "reading", "name": "Reading", "stage": "elementary", "why_it_matters": LONG.strip(),
         "status": "in_force", "order": 1, "valid_from": "2020-01-01"},
    ],
    "indicators": [
        {"indicator_id": "2024-01-01", "outcome_id": "reading", "name": "TRUE", "role": "core", "definition": "é",
         "unit": "score", "good_direction": "up", "frequency": "annual", "usual_lag_days": 0, "universe": "boys",
         "baseline": -12.25, "baseline_period": "2019-07-01", "source": "-", "already_public": False,
         "valid_from": "2020-01-01"},
        {"indicator_id": "dollars", "outcome_id": "reading", "name": "1.0", "role": "contributing", "definition": "'",
         "unit": "dollars", "good_direction": "down", "frequency": "monthly", "usual_lag_days": 400, "universe": "x",
         "target": 0.1, "target_year": 2030, "source": "\\N", "already_public": True, "valid_from": "2020-01-01"},
    ],
    "places": [
        {"place_id": "00123", "name": "West", "kind": "city"},
        {"place_id": "1.50", "name": "End", "kind": "neighborhood", "parent_id": "00123"},
    ],
    "subgroups": [],
    "indicator_values": [
        {"indicator_id": "2024-01-01", "period_start": "2023-07-01", "period_end": "2024-06-30", "place_id": "00123",
         "subgroup_type": "all", "subgroup": "all", "value": value, "numerator": numerator, "denominator": 250,
         "value_status": "reported", "released_on": day, "source_key": key}
        for value, numerator, day, key in (
            (-0.1, None, "2024-09-01", "NULL"), (0.000349169830493601, 12, "2024-09-02", "9"),
            (1e-7, 0, "2024-09-03", "03"), (1234567.875, 250, "2024-09-04", "x y"),
        )
    ],
    "students": [
        {"student_id": "0007", "first_name": "José", "last_name": "O'Neil-Núñez", "birth_date": "2015-03-04",
         "postal_code": "02134", "school": "012", "recorded_on": "2024-09-01"},
    ],
}  # fmt: skip
"""Awkward on purpose: leading zeros, texts that look like numbers, days, blanks or formulas, and fractions whose last
bit is easily lost. In the order of their keys, which is the order that a database's rows are brought into."""
TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE PRECISION", "boolean": "BOOLEAN", "date": "DATE"}


def tables() -> dict[str, pd.DataFrame]:
    """The tables as the contract types them."""
    made = {}
    for name, rows in ROWS.items():
        frame, failures = conform(name, pd.DataFrame(filled(name, rows), dtype="object")) if rows else (empty(name), ())
        assert failures == ()
        made[name] = frame
    return made


TABLES = tables()
PERSONS = {name: frame for name, frame in TABLES.items() if name in PERSON_LEVEL}
OTHERS = {name: frame for name, frame in TABLES.items() if name not in PERSON_LEVEL}
Tables = Mapping[str, pd.DataFrame]


def csv(found: Tables, base: Path, folder: str = "csv") -> dict[str, str]:
    (base / folder).mkdir()
    for name, frame in found.items():
        frame.to_csv(base / folder / f"{name}.csv", index=False, date_format="%Y-%m-%d")
    return {"folder": folder}


def parquet(found: Tables, base: Path) -> dict[str, str]:
    (base / "parquet").mkdir()
    for name, frame in found.items():
        pq.write_table(arrow(name, frame), base / "parquet" / f"{name}.parquet")
    return {"folder": "parquet"}


def arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    kinds = {"string": pa.string(), "integer": pa.int32(), "number": pa.float64(), "boolean": pa.bool_(),
             "date": pa.date32()}  # fmt: skip
    fields = [pa.field(field.name, kinds[field.type]) for field in schema(name).fields]
    return pa.Table.from_pandas(frame, schema=pa.schema(fields), preserve_index=False)


def queries(found: Tables, base: Path) -> dict[str, object]:
    csv(found, base, "raw")
    (base / "queries").mkdir()
    for name in found:
        query = f"SELECT * FROM read_csv('{{raw}}/{name}.csv', all_varchar = true)"
        (base / "queries" / f"{name}.sql").write_text(query)
    return {"sql": "queries", "variables": {"raw": "raw"}}


def duck(found: Tables, base: Path) -> dict[str, str]:
    with duckdb.connect(str(base / "town.duckdb")) as connection:
        for name, frame in found.items():
            connection.register("given", arrow(name, frame))
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given ORDER BY ALL DESC")
    return {"duckdb": "town.duckdb"}


def workbook(found: Tables, base: Path) -> dict[str, str]:
    write_workbook(base / "town.xlsx", steps=range(1, 9), filled=found)
    return {"workbook": "town.xlsx"}


def mapping(found: Tables, base: Path) -> dict[str, str]:
    csv(found, base, "incoming")
    files = [{"file": name, "path": f"incoming/{name}.csv", "table": name} for name in found]
    columns = [
        {"file": name, "column": field.name, "source": field.name} for name in found for field in schema(name).fields
    ]
    fill(base / "mapping.xlsx", {"files": files, "columns": columns})
    return {"mapping": "mapping.xlsx"}


def postgres_tables(found: Tables, server: Server) -> dict[str, str]:
    with server.owner() as connection:
        connection.execute("DROP SCHEMA IF EXISTS same CASCADE; CREATE SCHEMA same; SET search_path = same")
        for name, frame in found.items():
            fields = [f'"{field.name}" {TYPES[field.type]}' for field in schema(name).fields]
            connection.execute(f"CREATE TABLE {name} ({', '.join(fields)})")  # type: ignore[call-overload]
            put(connection, name, frame)
    return {"postgres": server.url(more="&schema=same")}


def put(connection: "psycopg.Connection", name: str, frame: pd.DataFrame) -> None:
    columns = schema(name).columns
    marks = sql.SQL(", ").join(sql.Placeholder() * len(columns))
    rows = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()[::-1]
    with connection.cursor() as cursor:
        cursor.executemany(sql.SQL("INSERT INTO {} VALUES ({})").format(sql.Identifier(name), marks), rows)


@pytest.fixture
def taken(tmp_path: Path) -> Callable[[Callable[[Path], dict[str, object]]], Snapshot]:
    """`taken(write)`: the snapshot of a community whose tables `write(base)` keeps; it returns its `source`."""

    def take(write: Callable[[Path], dict[str, object]]) -> Snapshot:
        base = tmp_path / "params" / "town"
        base.mkdir(parents=True)
        about = {"name": "Town", "place": "00123", "source": write(base)}
        (base / "community.yml").write_text(json.dumps(about))
        return snapshot_of(community(tmp_path), tmp_path)

    return take


def community(project: Path) -> CommunityParams:
    return load_community(project, "town")


def same(snapshot: Snapshot, expected: Tables) -> None:
    assert set(snapshot.tables) == set(expected)
    for name, frame in expected.items():
        pd.testing.assert_frame_equal(snapshot.table(name), frame, check_exact=True)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Tables], str]:
    from alignkit.snapshot import take

    return lambda found: take(found, tmp_path_factory.mktemp("expected")).id


@pytest.mark.parametrize("kept", [csv, parquet, queries, duck], ids=lambda kept: kept.__name__)
def test_files_give_the_same_tables_and_the_same_snapshot(taken, expected, kept) -> None:
    snapshot = taken(lambda base: kept(TABLES, base))
    same(snapshot, TABLES)
    assert snapshot.id == expected(TABLES)


def test_postgres_gives_the_same_tables_and_the_same_snapshot(taken, expected, postgres, monkeypatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    snapshot = taken(lambda base: postgres_tables(TABLES, postgres))
    same(snapshot, TABLES)
    assert snapshot.id == expected(TABLES)


def test_a_workbook_gives_the_same_tables_beside_a_private_folder(taken, expected) -> None:
    filled = {name: frame for name, frame in OTHERS.items() if len(frame)}  # a sheet without rows is no table yet
    snapshot = taken(lambda base: workbook(filled, base) | {"private": csv(PERSONS, base, "private")["folder"]})
    same(snapshot, {**filled, **PERSONS})
    assert snapshot.id == expected({**filled, **PERSONS})


def test_a_mapping_sheet_gives_the_same_tables_beside_a_private_folder(taken, expected) -> None:
    # a text of several lines becomes one line: incoming files break lines where their makers' pages do
    lines = {**OTHERS, "partners": OTHERS["partners"].replace("\n", " ", regex=True)}
    snapshot = taken(lambda base: mapping(lines, base) | {"private": csv(PERSONS, base, "private")["folder"]})
    same(snapshot, lines | PERSONS)
    assert snapshot.id == expected(lines | PERSONS)


def test_all_parts_together_give_the_same_as_one(taken, expected, postgres, monkeypatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)

    def parts(base: Path) -> dict[str, object]:
        def some(*names: str) -> dict[str, pd.DataFrame]:
            return {name: TABLES[name] for name in names}

        return {
            **csv(some("partners", "subgroups"), base),
            **duck(some("outcomes"), base),
            **workbook(some("places"), base),
            **postgres_tables(some("indicator_values"), postgres),
            **queries(some("indicators"), base),
            "private": csv(PERSONS, base, "private")["folder"],
        }

    assert taken(parts).id == expected(TABLES)
