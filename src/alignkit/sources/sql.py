"""A folder of `<table>.sql` queries over any files, run by DuckDB in memory.

`{name}` in a query stands for a variable of community.yml; other relative paths start at the community's
params folder. `hidden_status`, `hidden_value`, `hidden_low` and `hidden_high` understand publishers' marks.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.schema import nearest
from alignkit.errors import SourceError
from alignkit.sources.hidden import register
from alignkit.sources.paths import resolve, table_files

_NAME = re.compile(r"\{([A-Za-z_]\w*)\}")
_OURS = "while executing the UDF: SourceError: "
_ABOUT_THE_QUERY = (
    duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException, duckdb.IOException,
    duckdb.SyntaxException, duckdb.NotImplementedException, duckdb.PermissionException,
)  # fmt: skip


def read_sql(
    folder: Path, variables: Mapping[str, str], base: Path, catalog: Catalog = CONTRACT
) -> dict[str, pd.DataFrame]:
    """What each query of the folder returns, by table.

    `variables` are paths: relative ones start at `base`, `$NAME` is read from the environment. Raises
    `SourceError` with the query's file and DuckDB's message.
    """
    queries = table_files(folder, (".sql",), catalog)
    paths = {name: str(resolve(text, base, f"variable {name}")) for name, text in variables.items()}
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": False}) as connection:
        connection.execute("SET file_search_path = " + _literal(str(base)))
        register(connection)
        return {name: _run(connection, path, paths) for name, path in queries.items()}


def _run(connection: duckdb.DuckDBPyConnection, path: Path, variables: Mapping[str, str]) -> pd.DataFrame:
    query = _filled(path, variables)
    try:
        return connection.execute(query).fetch_df()
    except duckdb.Error as error:
        raise SourceError(message_of(error), where=str(path), cure="mend the query, or what it reads") from None


def _filled(path: Path, variables: Mapping[str, str]) -> str:
    """The query with its variables filled in."""
    try:
        query = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError("the query is not UTF-8 text", where=str(path), cure="save it as UTF-8") from None
    for name in _NAME.findall(query):
        if name not in variables:
            cure = nearest(name, tuple(variables), "variables") if variables else "add it to variables in community.yml"
            raise SourceError(f"the query names an unknown variable {{{name}}}", where=str(path), cure=cure)
    return _NAME.sub(lambda found: variables[found[1]].replace("'", "''"), query)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def message_of(error: duckdb.Error) -> str:
    """DuckDB's message; without what it quotes where it is about data rather than the query."""
    message = str(error)
    if _OURS in message:
        return message.partition(_OURS)[2]
    if isinstance(error, _ABOUT_THE_QUERY):
        return message
    first = message.partition("\n")[0]  # what follows, and what stands in quotes, may be a person's
    return re.sub(r"""(['"]).*\1|\b\d[\d.:/-]*\b""", "…", first)
