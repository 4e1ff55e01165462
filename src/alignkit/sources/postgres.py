"""A PostgreSQL database: one table or view for each table of the contract, or of the community's own.

The password comes the ways that libpq knows (PGPASSWORD, a password file, a service file) and never passes through
here; the URL must not hold one. Everything is read in one read-only transaction, so that all tables are of one moment.
"""

import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import unquote

import pandas as pd
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.errors import SourceError
from alignkit.params import url_problem
from alignkit.sources.names import among
from alignkit.sources.postgres_errors import not_connected, not_read
from alignkit.sources.typed import digits

CONNECT_SECONDS = 15
"""How long to wait for a server that does not answer, unless the URL or PGCONNECT_TIMEOUT says otherwise."""

_SETTINGS = """
    SELECT set_config('DateStyle', 'ISO, YMD', true), set_config('lock_timeout', '60s', true),
           set_config('statement_timeout',
                      CASE current_setting('statement_timeout') WHEN '0' THEN '15min'
                      ELSE current_setting('statement_timeout') END, true)
"""
_RELATIONS = """
    SELECT c.oid, n.nspname, c.relname, pg_table_is_visible(c.oid)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY 2, 3
"""
_COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, a.atttypmod), t.typcategory::text,
           format_type(coalesce(nullif(t.typbasetype, 0), t.oid), NULL)
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_PLAIN = frozenset("BDENS")
"""Categories of pg_type whose values are one boolean, day, label, number or text."""
_CAST = {"timestamp without time zone": "::date", "timestamp with time zone": "::date", "money": "::numeric"}

Connection = psycopg.Connection[Any]


class _Relation(NamedTuple):
    """A table or view, and where the message about it points."""

    oid: int
    schema: str
    name: str
    where: str


def read_postgres(url: str, catalog: Catalog = CONTRACT) -> dict[str, pd.DataFrame]:
    """Every table of the catalog on the search path (or in the schema that `?schema=` names), as text.

    A moment counts as its day in the time zone of the database. Other tables and views are ignored. Raises
    `SourceError`, without any value of a table, where the URL holds a password, the server cannot be reached or lets
    nobody in, or a table or view cannot be read.
    """
    if problem := url_problem(url):
        raise SourceError(problem[0], where="source.postgres", cure=problem[1])
    conninfo, schema = _apart(url)
    with _transaction(conninfo) as (connection, where):
        if schema:
            _enter(connection, schema, where)
        found, elsewhere = _relations(connection, where)
        place = f"the schema {schema}" if schema else "the search path"
        tables = among(found, elsewhere, where, place, catalog)
        return {name: _read(connection, found[name]) for name in tables}


def _apart(url: str) -> tuple[str, str]:
    """The URL as libpq takes it, and the schema that we let it name."""
    address, _, query = url.partition("?")
    given = [part for part in query.split("&") if part]
    ours = [part.partition("=")[2] for part in given if part.startswith("schema=")]
    theirs = "&".join(part for part in given if not part.startswith("schema="))
    return f"{address}?{theirs}" if theirs else address, unquote(ours[-1]) if ours else ""


@contextmanager
def _transaction(conninfo: str) -> Iterator[tuple[Connection, str]]:
    """A connection in a read-only transaction that sees one moment, and how messages name the database."""
    settings, where = _settings(conninfo)
    try:
        connection: Connection = psycopg.connect(**settings)
    except psycopg.Error as error:
        what, cure = not_connected(str(error))
        raise SourceError(what, where=where, cure=cure) from None
    try:
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.execute(_SETTINGS)
        yield connection, where
    except psycopg.Error as error:
        what, cure = not_read("the database", "", error)
        raise SourceError(what, where=where, cure=cure) from None
    finally:
        connection.close()


def _settings(conninfo: str) -> tuple[dict[str, Any], str]:
    try:
        given = conninfo_to_dict(conninfo)
    except psycopg.ProgrammingError:
        raise SourceError(
            "PostgreSQL does not understand the URL",
            where="source.postgres",
            cure="write postgresql://user@host:5432/database, and behind ? only what libpq knows, or schema=NAME",
        ) from None
    place = given.get("service") or given.get("host") or given.get("hostaddr") or "this machine"
    where = f"source.postgres, {place}" + (f", database {given['dbname']}" if given.get("dbname") else "")
    more = {"client_encoding": "UTF8", "fallback_application_name": "alignkit", **given}
    if "connect_timeout" not in given and not os.environ.get("PGCONNECT_TIMEOUT"):
        more["connect_timeout"] = CONNECT_SECONDS
    return more, where


def _enter(connection: Connection, schema: str, where: str) -> None:
    there = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1").fetchall()
    names = [name for (name,) in there if name != "information_schema"]
    if schema not in names:
        cure = f"schemas there are: {', '.join(names)}"
        raise SourceError(f"there is no schema {schema}", where=where, cure=cure)
    may = connection.execute("SELECT has_schema_privilege(%s, 'USAGE')", [schema]).fetchone()
    if may != (True,):
        raise SourceError(
            f"the account {connection.info.user} may not look into the schema {schema}",
            where=where,
            cure=f"ask for GRANT USAGE ON SCHEMA {schema} TO {connection.info.user}",
        )
    connection.execute("SELECT set_config('search_path', quote_ident(%s), true)", [schema])


def _relations(connection: Connection, where: str) -> tuple[dict[str, _Relation], list[str]]:
    """What the search path shows, by name; and the names of the rest, as schema.name."""
    rows = connection.execute(_RELATIONS).fetchall()
    found = {name: _Relation(oid, schema, name, where) for oid, schema, name, visible in rows if visible}
    return found, [f"{schema}.{name}" for _, schema, name, visible in rows if not visible]


def _read(connection: Connection, relation: _Relation) -> pd.DataFrame:
    try:
        columns = connection.execute(_COLUMNS, [relation.oid]).fetchall()
        query = _copy(relation, columns)
        written = io.BytesIO()
        with connection.cursor() as cursor, cursor.copy(query) as copy:
            for block in copy:
                written.write(block)
    except psycopg.Error as error:
        name = f"{relation.schema}.{relation.name}"
        what, cure = not_read(name, connection.info.user, error)
        raise SourceError(what, where=relation.where, cure=cure) from None
    return _frame(written, {name: base for name, _, _, base in columns})


def _copy(relation: _Relation, columns: list[tuple[str, str, str, str]]) -> sql.Composed:
    """All columns as text, the way every session writes it."""
    wanted = []
    for name, kind, category, base in columns:
        if category not in _PLAIN and base != "uuid":
            raise SourceError(
                f"column {name} of {relation.name} holds {kind}, not one plain value a cell",
                where=relation.where,
                cure="make a view in which it is text, a number, a day or a boolean",
            )
        wanted.append(sql.SQL("{}" + _CAST.get(base, "") + "::text").format(sql.Identifier(name)))
    return sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT (FORMAT csv)").format(
        sql.SQL(", ").join(wanted), sql.Identifier(relation.schema, relation.name)
    )


def _frame(written: io.BytesIO, columns: Mapping[str, str]) -> pd.DataFrame:
    if not written.tell():
        return pd.DataFrame(columns=list(columns), dtype="object")
    written.seek(0)
    frame = pd.read_csv(
        written, header=None, names=list(columns), dtype=str, na_filter=False, index_col=False, skip_blank_lines=False
    )
    exact = [name for name, base in columns.items() if base == "numeric"]
    return frame.assign(**{name: digits(frame[name]) for name in exact})
