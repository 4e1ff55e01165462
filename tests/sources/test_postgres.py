"""PostgreSQL, a real one: types handed on, one moment, only reading, and no secret in any message."""

import itertools
from pathlib import Path

import pandas as pd
import psycopg
import pytest

from alignkit.contract.conform import conform
from alignkit.errors import SourceError
from alignkit.sources.postgres import read_postgres
from tests.factory import selected
from tests.postgres import PASSWORD, Server

PLACES = "CREATE TABLE places (place_id text, name text, kind text, parent_id text)"
SECRETS = (PASSWORD, "hunter2", "Quill")
NUMBER = itertools.count()


class Town:
    """A database of the test's own; `read` is what alignkit makes of it."""

    def __init__(self, server: Server, database: str) -> None:
        self.server, self.database = server, database

    def do(self, *statements: str) -> None:
        self.server.do(*statements, database=self.database)

    def url(self, user: str = "owner", more: str = "") -> str:
        return self.server.url(self.database, user, more)

    def read(self, user: str = "owner", more: str = "") -> dict[str, pd.DataFrame]:
        return read_postgres(self.url(user, more))


@pytest.fixture
def town(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> Town:
    name = f"town{next(NUMBER)}"
    postgres.do(f"CREATE DATABASE {name}")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    return Town(postgres, name)


def refused(url: str) -> str:
    with pytest.raises(SourceError) as caught:
        read_postgres(url)
    message = str(caught.value)
    assert caught.value.cure
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert not any(secret in message for secret in SECRETS)
    return message


def test_only_tables_and_views_of_the_contract_are_read(town: Town) -> None:
    town.do(
        PLACES,
        "INSERT INTO places VALUES ('021', 'Málaga, \"Old\" End''s', 'city', NULL), ('7', E'two\\nlines', ' x ', '')",
        "CREATE TABLE payroll (secret text)",
        "CREATE VIEW subgroups AS SELECT 'girls' AS subgroup, 'Girls' AS name",
        "CREATE SCHEMA old; CREATE TABLE old.partners (partner_id text)",
    )
    tables = town.read()
    assert set(tables) == {"places", "subgroups"}
    assert tables["places"].to_numpy().tolist()[0] == ["021", 'Málaga, "Old" End\'s', "city", ""]
    assert tables["places"]["name"].tolist()[1] == "two\nlines"


def test_types_are_what_the_contract_takes(town: Town) -> None:
    select = selected(
        "indicator_values",
        """SELECT 1.0::numeric(9,1) AS indicator_id, '2026-03-09'::date AS period_start,
           '2026-03-09 15:00'::timestamp AS period_end,
           'west'::char(9) AS place_id, 'all'::code AS subgroup_type, 'all'::text AS subgroup, 46.2::real AS value,
           46::smallint AS numerator, 100::numeric(20,2) AS denominator, 'reported'::status AS value_status,
           '2026-04-01 02:00+00'::timestamptz AS released_on, 7::float8 AS source_key""",
    )
    town.do(
        "CREATE TYPE status AS ENUM ('reported', 'missing')",
        "CREATE DOMAIN code AS varchar(9)",
        f"CREATE TABLE indicator_values AS {select}",
        f"ALTER DATABASE {town.database} SET timezone = 'America/Kentucky/Louisville'",
    )
    frame, failures = conform("indicator_values", town.read()["indicator_values"])
    assert failures == ()
    row = frame.iloc[0]
    assert (row["indicator_id"], row["place_id"], row["source_key"], row["value_status"]) == (
        "1",
        "west",
        "7",
        "reported",
    )
    assert (row["value"], row["numerator"], row["denominator"]) == (46.2, 46, 100)
    days = [str(row[name].date()) for name in ("period_start", "period_end", "released_on")]
    assert days == ["2026-03-09", "2026-03-09", "2026-03-31"]


def test_booleans_are_booleans_and_what_is_no_number_is_told(town: Town) -> None:
    town.do("CREATE TABLE partners AS SELECT true AS is_backbone UNION ALL SELECT NULL UNION ALL SELECT false")
    assert conform("partners", town.read()["partners"])[0]["is_backbone"].astype(object).tolist() == [
        True,
        pd.NA,
        False,
    ]
    town.do("CREATE TABLE indicators AS SELECT 'NaN'::float8 AS baseline, 'infinity'::date AS valid_from")
    found = {failure.column: failure.message for failure in conform("indicators", town.read()["indicators"])[1]}
    assert found["baseline"] == "'NaN' is not a number"
    assert "'infinity' is not a day" in found["valid_from"]


def test_a_table_without_rows_is_there(town: Town) -> None:
    town.do(PLACES)
    assert town.read()["places"].shape == (0, 4)


@pytest.mark.parametrize("kind", ["text[]", "jsonb", "bytea", "point", "int4range"])
def test_a_column_without_one_plain_value_a_cell_is_told(town: Town, kind: str) -> None:
    town.do(f"CREATE TABLE places (place_id {kind})")
    assert f"column place_id of places holds {kind}" in refused(town.url())


def test_all_tables_are_of_one_moment(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.do(PLACES, "CREATE TABLE subgroups (name text)")
    from alignkit.sources import postgres as module

    def meanwhile(connection, relation):
        if relation.name == "places":
            town.do("INSERT INTO subgroups VALUES ('late')")
        return read_one(connection, relation)

    read_one = module._read
    monkeypatch.setattr(module, "_read", meanwhile)
    assert len(town.read()["subgroups"]) == 0


def test_nothing_can_be_written(town: Town) -> None:
    town.do(
        "CREATE TABLE seen (n int)",
        "CREATE FUNCTION note() RETURNS text LANGUAGE sql AS 'INSERT INTO seen VALUES (1) RETURNING n::text'",
        "CREATE VIEW places AS SELECT note() AS place_id",
    )
    assert "public.places cannot be read (read only sql transaction, code 25006)" in refused(town.url())


def test_the_schema_is_the_search_paths_or_named(town: Town) -> None:
    town.do(
        'CREATE SCHEMA "My Town"', 'CREATE TABLE "My Town".places (name text)', "CREATE TABLE public.subgroups (n int)"
    )
    assert set(town.read()) == {"subgroups"}
    assert set(town.read(more="&schema=My%20Town")) == {"places"}
    assert set(town.read(more='&options=-csearch_path%3D"My%5C%20Town"')) == {"places"}
    message = refused(town.url(more="&schema=mytown"))
    assert "there is no schema mytown" in message
    assert "My Town, public" in message


def test_no_table_of_ours_names_those_that_come_near(town: Town) -> None:
    town.do('CREATE TABLE "Partners" (n int)', "CREATE SCHEMA old; CREATE TABLE old.places (n int)")
    message = refused(town.url())
    assert "no table or view of the contract in the search path" in message
    assert "Partners (for partners)" in message
    assert "old.places (for places)" in message


def test_a_table_that_may_not_be_read_names_the_grant(town: Town) -> None:
    town.do(
        f"CREATE ROLE reader{town.database} LOGIN PASSWORD 'hunter2'",
        PLACES,
        "CREATE TABLE subgroups (n int)",
        f"GRANT SELECT ON places TO reader{town.database}",
        "CREATE SCHEMA shut",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", "hunter2")
        message = refused(town.url(f"reader{town.database}"))
        assert f"GRANT SELECT ON public.subgroups TO reader{town.database}" in message
        assert "GRANT USAGE ON SCHEMA shut" in refused(town.url(f"reader{town.database}", "&schema=shut"))


def test_a_view_that_fails_gives_nobody_away(town: Town) -> None:
    town.do(
        "CREATE TABLE raw AS SELECT 'Ada Quill'::text AS name",
        "CREATE VIEW students AS SELECT name::int AS student_id FROM raw",
    )
    assert "public.students cannot be read (invalid text representation, code 22P02)" in refused(town.url())


def test_a_slow_view_ends(town: Town) -> None:
    town.do("CREATE VIEW places AS SELECT pg_sleep(60)::text AS place_id")
    assert "longer than statement_timeout allows" in refused(town.url(more="&options=-cstatement_timeout%3D50"))


def test_a_locked_table_ends(town: Town) -> None:
    town.do(PLACES)
    with town.server.owner(town.database) as other, other.transaction():
        other.execute("LOCK TABLE places")
        more = "&options=-cstatement_timeout%3D50"
        assert "statement_timeout" in refused(town.url(more=more))


def test_wrong_password_no_password_no_database_no_user(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "there is no such database" in refused(town.server.url("nowhere"))
    monkeypatch.setenv("PGPASSWORD", "hunter2")
    assert "the user name or the password is wrong" in refused(town.url())
    assert "the user name or the password is wrong" in refused(town.url("nobody"))
    monkeypatch.delenv("PGPASSWORD")
    message = refused(town.url())
    assert "there is none" in message
    assert "PGPASSWORD" in message


def test_a_password_file_and_a_service_do(town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    town.do(PLACES)
    monkeypatch.delenv("PGPASSWORD")
    kept = tmp_path / "pgpass"
    kept.write_text(f"*:*:*:*:{PASSWORD}\n")
    kept.chmod(0o600)
    assert set(town.read(more=f"&passfile={kept}")) == {"places"}
    service = f"[town]\nhost={town.server.folder}\nuser=owner\ndbname={town.database}\npassword={PASSWORD}\n"
    (tmp_path / "services").write_text(service)
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    assert set(read_postgres("postgresql://?service=town")) == {"places"}
    assert "there is no such service" in refused("postgresql://?service=city")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://owner@127.0.0.1:1/town", "no server answers there"),
        ("postgresql://owner@nowhere.invalid/town", "there is no machine of that name"),
        ("postgresql://owner@/town?host=/nowhere", "no server answers there"),
        ("postgresql://owner@h/town?colour=red", "does not understand the URL"),
        ("postgresql://owner@/town?sslmode=hunter", "no connection"),
    ],
)
def test_a_server_that_is_not_there(url: str, says: str) -> None:
    assert says in refused(url)


def test_the_connection_ends(town: Town) -> None:
    town.do(PLACES)
    town.read()
    with psycopg.connect(town.server.url(), password=PASSWORD) as other:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        assert other.execute(query, [town.database]).fetchone() == (0,)
