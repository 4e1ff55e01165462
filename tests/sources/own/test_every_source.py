"""A community's own tables come from every source there is, checked and kept like the contract's."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from alignkit.errors import ContractError, ParamsError, SourceError
from alignkit.params import load_community
from alignkit.snapshot import Snapshot, load, purge, snapshot_of
from tests import factory
from tests.mapping_sheets import fill
from tests.own_tables import ANSWERS, PARKS, PROGRAMS, SURVEY, changed, declare, with_column
from tests.postgres import PASSWORD, Server

TABLES = {
    "partners": factory.text("partners", partner_id=["p1", "schools"]),
    "family_survey": ANSWERS, "park_programs": PARKS,
}  # fmt: skip
Texts = Mapping[str, str]


def rows(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.strip().splitlines()]


def csv(tables: Texts, base: Path, folder: str = "csv") -> dict[str, Any]:
    (base / folder).mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (base / folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return {"folder": folder}


def parquet(tables: Texts, base: Path) -> dict[str, Any]:
    (base / "parquet").mkdir()
    for name, text in tables.items():
        header, *lines = rows(text)
        pd.DataFrame(lines, columns=header).to_parquet(base / "parquet" / f"{name}.parquet")
    return {"folder": "parquet"}


def private(tables: Texts, base: Path) -> dict[str, Any]:
    own = {name: text for name, text in tables.items() if name == "family_survey"}
    csv(own, base, "private")
    return {**csv({name: text for name, text in tables.items() if name not in own}, base), "private": "private"}


def queries(tables: Texts, base: Path) -> dict[str, Any]:
    csv(tables, base, "raw")
    (base / "queries").mkdir()
    for name in tables:
        (base / "queries" / f"{name}.sql").write_text(f"SELECT * FROM read_csv('raw/{name}.csv', all_varchar = true)")
    return {"sql": "queries"}


def duck(tables: Texts, base: Path) -> dict[str, Any]:
    csv(tables, base, "raw")
    with duckdb.connect(str(base / "town.duckdb")) as connection:
        for name in (*tables, "not_ours"):
            connection.execute(
                f"CREATE TABLE {name} AS SELECT * FROM '{base}/raw/{name.replace('not_ours', 'partners')}.csv'"
            )
    return {"duckdb": "town.duckdb"}


def workbook(tables: Texts, base: Path) -> dict[str, Any]:
    book = Workbook()
    for name, text in tables.items():
        sheet: Worksheet = book.create_sheet(name)
        for row in rows(text):
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(base / "town.xlsx")
    return {"workbook": "town.xlsx"}


def mapping(tables: Texts, base: Path) -> dict[str, Any]:
    csv(tables, base, "incoming")
    files = [{"file": name, "path": f"incoming/{name}.csv", "table": name} for name in tables]
    columns = [{"file": name, "column": one, "source": one} for name, text in tables.items() for one in rows(text)[0]]
    fill(base / "mapping.xlsx", {"files": files, "columns": columns})
    return {"mapping": "mapping.xlsx"}


def postgres_tables(tables: Texts, server: Server) -> dict[str, Any]:
    with server.owner() as connection:
        connection.execute("DROP SCHEMA IF EXISTS own CASCADE; CREATE SCHEMA own; SET search_path = own")
        for name, text in tables.items():
            header, *lines = rows(text)
            connection.execute(f"CREATE TABLE {name} ({', '.join(f'{one} TEXT' for one in header)})")  # type: ignore[call-overload]
            for line in lines:
                marks = ", ".join(["%s"] * len(line))
                connection.execute(f"INSERT INTO {name} VALUES ({marks})", line)  # type: ignore[call-overload]
    return {"postgres": server.url(more="&schema=own")}


Keep = Callable[[Texts, Path], dict[str, Any]]


def taken(
    project: Path, keep: Keep, tables: Texts = TABLES, own: tuple[Mapping[str, Any], ...] = (SURVEY, PROGRAMS)
) -> Snapshot:
    """The snapshot of a community that declares `own` and keeps `tables` as `keep` writes them."""
    base = declare(project, *own).parent
    about = {"name": "Town", "place": "x", "source": keep(tables, base)}
    (base / "community.yml").write_text(json.dumps(about))
    return snapshot_of(load_community(project, "town"), project)


@pytest.mark.parametrize("keep", [csv, parquet, private, queries, duck])
def test_both_tables_come_typed(tmp_path: Path, keep: Keep) -> None:
    snapshot = taken(tmp_path, keep)
    assert list(snapshot.tables) == ["partners", "family_survey", "park_programs"]
    assert snapshot.table("park_programs")["places"].tolist() == [24, 60]
    answers = snapshot.table("family_survey")
    assert answers["surveyed_on"].tolist() == [pd.Timestamp(day) for day in ("2026-10-02", "2026-10-02", "2026-10-05")]
    assert answers["feels_heard"].dropna().to_dict() == {0: True, 2: False}
    assert snapshot.id == taken(tmp_path / "csv", csv).id


def test_a_database_server(tmp_path: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    found = taken(tmp_path, lambda tables, base: postgres_tables(tables, postgres))
    assert found.id == taken(tmp_path / "csv", csv).id


@pytest.mark.parametrize("keep", [workbook, mapping])
def test_what_is_emailed_may_hold_the_public_table_only(tmp_path: Path, keep: Keep) -> None:
    without = {name: text for name, text in TABLES.items() if name != "family_survey"}
    assert taken(tmp_path / "a", keep, without).table("park_programs")["places"].tolist() == [24, 60]
    with pytest.raises(SourceError, match="family_survey: the rows are about persons"):
        taken(tmp_path / "b", keep)


def test_the_private_folder_holds_no_public_table(tmp_path: Path) -> None:
    def keep(tables: Texts, base: Path) -> dict[str, Any]:
        csv({"park_programs": PARKS}, base, "private")
        return {**csv({"partners": TABLES["partners"]}, base), "private": "private"}

    with pytest.raises(SourceError, match="park_programs: the rows are not about persons"):
        taken(tmp_path, keep)


def test_what_is_not_declared_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="'family_survey' is not a table") as refused:
        taken(tmp_path, csv, own=(PROGRAMS,))
    assert "alignkit new table" in str(refused.value)


def test_a_wrong_declaration_or_a_wrong_row_stops_before_anything_is_kept(tmp_path: Path) -> None:
    with pytest.raises(ParamsError, match="'subject' is missing"):
        taken(tmp_path / "a", csv, own=(changed(SURVEY, subject=None), PROGRAMS))
    with pytest.raises(ContractError, match="the value is not in partners"):
        taken(tmp_path / "b", csv, {**TABLES, "partners": factory.text("partners", partner_id="p1")})
    assert not list(tmp_path.glob("*/.alignkit"))


def test_a_snapshot_keeps_the_schemas_it_was_checked_against(tmp_path: Path) -> None:
    first = taken(tmp_path, csv)
    looser = with_column(changed(SURVEY, title="Another title"), "language", description="Another sentence.")
    second = taken(tmp_path, csv, own=(looser, PROGRAMS))
    assert first.id != second.id
    assert first.tables == second.tables
    kept = load(first.home, first.id)
    assert kept.catalog == first.catalog
    assert kept.catalog.schema("family_survey").title == "Family survey"
    purge(first.home, second.id)
    assert load(first.home, second.id).catalog == second.catalog


def test_without_own_tables_a_snapshot_is_as_it_was(tmp_path: Path) -> None:
    snapshot = taken(tmp_path, csv, {"partners": TABLES["partners"]}, own=())
    note = json.loads((snapshot.home / "snapshots" / f"{snapshot.id}.json").read_text())
    assert sorted(note) == ["id", "purged", "tables"]


def test_kept_files_are_their_owners_alone(tmp_path: Path) -> None:
    snapshot = taken(tmp_path, csv)
    path = snapshot.home / "objects" / f"{snapshot.tables['family_survey'].hash}.parquet"
    assert path.stat().st_mode & 0o077 == 0
    assert snapshot.home.stat().st_mode & 0o077 == 0
