"""What reading 200,000 rows costs, source by source: `make bench` prints name, value, what (tab-separated).

Every source hands on the same values; a table of all sources then costs the same to check.
"""

import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import duckdb
import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook

from alignkit.contract.conform import conform
from alignkit.params import CommunityParams, Source
from alignkit.sources.read import read
from alignkit.sources.sheets import read_sheets
from tests.postgres import PASSWORD, Server

ROWS = 200_000
pytestmark = pytest.mark.bench


def values() -> pd.DataFrame:
    """indicator_values with a full year of months for many places; every column filled."""
    at = np.arange(ROWS)
    start = pd.to_datetime("2000-01-01") + pd.to_timedelta(at % 300 * 30, unit="D")
    return pd.DataFrame(
        {
            "indicator_id": "third-grade-reading", "period_start": start, "period_end": start + pd.Timedelta(days=29),
            "place_id": [f"{n:05d}" for n in at // 300], "subgroup_type": "all", "subgroup": "all",
            "value": np.round(at % 997 / 9.97, 4), "numerator": at % 997, "denominator": 997,
            "value_status": "reported", "released_on": start + pd.Timedelta(days=60), "source_key": "a line of a file",
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose community keeps the rows in every way."""
    project = tmp_path_factory.mktemp("bench")
    base = project / "params" / "town"
    frame = values()
    for kind in ("csv", "parquet", "queries"):
        (base / kind).mkdir(parents=True)
    frame.to_csv(base / "csv" / "indicator_values.csv", index=False, date_format="%Y-%m-%d")
    frame.to_parquet(base / "parquet" / "indicator_values.parquet")
    (base / "queries" / "indicator_values.sql").write_text(
        "FROM read_csv('csv/indicator_values.csv', all_varchar = true)"
    )
    with duckdb.connect(str(base / "town.duckdb")) as connection:
        connection.execute(f"CREATE TABLE indicator_values AS FROM '{base}/parquet/indicator_values.parquet'")
    return project


def fill(server: Server, file: Path) -> None:
    content = file.read_bytes()
    header = content.partition(b"\n")[0].decode().strip().split(",")
    types = dict.fromkeys(("period_start", "period_end", "released_on"), "date")
    types |= {"value": "numeric", "numerator": "int", "denominator": "int"}
    columns = ", ".join(f"{name} {types.get(name, 'text')}" for name in header)
    with server.owner() as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA bench; CREATE TABLE bench.indicator_values ({columns})")  # type: ignore[call-overload]
        with cursor.copy("COPY bench.indicator_values FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(content)


def seconds(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def test_reading_200_000_rows(town: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    fill(postgres, town / "params" / "town" / "csv" / "indicator_values.csv")
    url = postgres.url(more="&schema=bench")
    sources = {"csv": {"folder": "csv"}, "parquet": {"folder": "parquet"}, "sql": {"sql": "queries"},
               "duckdb": {"duckdb": "town.duckdb"}, "postgres": {"postgres": url}}  # fmt: skip
    typed = {}
    for name, given in sources.items():
        about = CommunityParams(id="town", name="Town", place="t", source=Source(**given))
        read(about, town)  # the imports are not what is measured
        frame = read(about, town)["indicator_values"]
        print(
            f"\nsources.{name}_seconds\t{seconds(lambda about=about: read(about, town)):.2f}\t{ROWS:,} rows read",
            end="",
        )
        print(
            f"\nsources.{name}_typed\t{seconds(lambda frame=frame: conform('indicator_values', frame)):.2f}\tand typed"
        )
        found, failures = conform("indicator_values", frame)
        assert failures == ()
        typed[name] = found.sort_values(["place_id", "period_start"], ignore_index=True)
    for name, frame in typed.items():
        pd.testing.assert_frame_equal(frame, typed["csv"], check_exact=True, obj=name)


BLANK = {
    "row": '<row r="{0}" spans="1:2" s="0" customFormat="1" ht="15"/>',
    "cells": '<row r="{0}" spans="1:2"><c r="A{0}" s="0"/><c r="B{0}" s="0" t="n"></c></row>',
}


@pytest.mark.parametrize("kind", BLANK)
def test_a_sheet_with_a_million_blank_rows_that_have_a_format(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    book.active.append(["Year", "Rate"])
    book.active.append(["2024-25", 47])
    book.save(path)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rows = "".join(BLANK[kind].format(row) for row in range(3, 1_000_003)).encode()
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", rows + b"</sheetData>")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    started = time.process_time()
    (found,) = read_sheets(path)
    print(f"\nsources.blank_{kind}_seconds\t{time.process_time() - started:.2f}\tCPU, a million blank rows", end="")
    assert found.rows == [["Year", "Rate"], ["2024-25", "47"]]
