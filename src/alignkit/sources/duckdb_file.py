"""A DuckDB file: one table or view for each table of the contract (or of the community's own), in the schema main.

The file is opened for reading only and shut off from everything else: a view in it reads no other file, so that the
file alone decides what comes out (`fingerprint` counts on that).
"""

from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.errors import SourceError
from alignkit.sources.names import among
from alignkit.sources.sql import message_of
from alignkit.sources.typed import plain_frame

_SEALED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_RELATIONS = """
    SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal
    UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal
"""


def read_duckdb(path: Path, catalog: Catalog = CONTRACT) -> dict[str, pd.DataFrame]:
    """Every table of the catalog that the file keeps, with its types; other tables and views are ignored.

    Names are compared as DuckDB does, without regard to case; a moment with a time zone counts as its day in UTC.
    Raises `SourceError` where the file cannot be opened, holds none of the tables, or a view of it fails.
    """
    if not path.is_file():
        raise SourceError("there is no such file", where=str(path), cure="check source.duckdb in community.yml")
    with _opened(path) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found = [(str(schema), str(name)) for schema, name in connection.execute(_RELATIONS).fetchall()]
        ours = {name.lower(): name for schema, name in found if schema == "main"}
        elsewhere = [f"{schema}.{name}" for schema, name in found if schema != "main"]
        tables = among(ours, elsewhere, str(path), "the schema main", catalog)
        return {name: plain_frame(_arrow(connection, ours[name], path), f"{path}, {name}") for name in tables}


def _opened(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), read_only=True, config=_SEALED)
    except duckdb.Error as error:
        what, cure = _why_not(str(error))
        raise SourceError(what, where=str(path), cure=cure) from None


def _arrow(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> pa.Table:
    quoted = '"' + name.replace('"', '""') + '"'
    try:
        return connection.sql(f"SELECT * FROM main.{quoted}").to_arrow_table()
    except duckdb.PermissionException:
        raise SourceError(
            f"the view {name} reads other files",
            where=str(path),
            cure="make it a table (CREATE TABLE … AS …), or keep the query in a folder that source.sql names",
        ) from None
    except duckdb.Error as error:
        what = f"{name} cannot be read: {message_of(error)}"
        raise SourceError(what, where=str(path), cure="mend the view or the file") from None


def _why_not(message: str) -> tuple[str, str]:
    """What is wrong with a file that does not open, and the cure."""
    for sign, what, cure in _REASONS:
        if sign in message:
            return what, cure
    return "this is no DuckDB file, or it is damaged", "check source.duckdb in community.yml, or write the file again"


_REASONS = (
    ("Could not set lock", "another program has the file open for writing", "close it there and run again"),
    ("different configuration", "this program has the file open already", "close that connection and run again"),
    (
        "version number",
        f"the file is of another version of DuckDB (here is {duckdb.__version__})",
        "update alignkit's environment, or export the tables to Parquet and name their folder as source.folder",
    ),
    ("Permission denied", "the file may not be read", "give the account that runs alignkit the right to read it"),
    ("encrypt", "the file is encrypted", "keep an unencrypted copy in a folder with permissions of its own"),
)
