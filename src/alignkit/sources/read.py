"""Where a community's tables come from."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.errors import SourceError
from alignkit.params import CommunityParams, Source
from alignkit.sources.denominators import fill_denominators
from alignkit.sources.paths import FOLDER_SUFFIXES, filled, params_folder, resolve, sorted_files
from alignkit.sources.persons import only_persons
from alignkit.sources.units import check_units
from alignkit.sources.wrong import refuse_errors

# Each source imports what it needs itself: DuckDB alone takes as long to import as a snapshot to open.


def read(community: CommunityParams, project: Path, catalog: Catalog = CONTRACT) -> dict[str, pd.DataFrame]:
    """Every table of the catalog that the community keeps, as its sources give it; those it does not keep are absent.

    Nothing is checked against the contract yet (`contract.validate`). Raises one `SourceError` for all that cannot be
    read, also for a table that two sources have; it has the tables that could be read.
    """
    tables: dict[str, pd.DataFrame] = {}
    came_from: dict[str, str] = {}
    wrong: list[SourceError] = []
    where = f"params/{community.id}/community.yml"
    for part in community.source.parts:
        for name, frame in _part(part, community, project, catalog, wrong).items():
            if name in tables:
                what = f"both source.{came_from[name]} and source.{part} have the table {name}"
                wrong.append(SourceError(what, where=where, cure="keep it in one of them"))
            tables[name], came_from[name] = frame, part
    refuse_errors(where, wrong, tables)
    check_units(tables)
    fill_denominators(tables)
    return tables


def _part(
    part: str, community: CommunityParams, project: Path, catalog: Catalog, wrong: list[SourceError]
) -> dict[str, pd.DataFrame]:
    """The tables of one source; what cannot be read is added to `wrong`."""
    try:
        return SOURCES[part](community.source, params_folder(community, project), catalog)
    except SourceError as error:
        wrong.append(error)
        return dict(error.readable)


def _demo(source: Source, base: Path, catalog: Catalog) -> dict[str, pd.DataFrame]:
    from alignkit.demo.riverbend import tables

    assert source.demo is not None
    return tables(source.demo.seed)


def _folder(source: Source, base: Path, catalog: Catalog) -> dict[str, pd.DataFrame]:
    from alignkit.sources.folder import read_folder

    assert source.folder is not None
    return read_folder(resolve(source.folder, base, "source.folder").resolve(), catalog)


def _workbook(source: Source, base: Path, catalog: Catalog) -> dict[str, pd.DataFrame]:
    from alignkit.sources.workbook import read_workbook

    assert source.workbook is not None
    return read_workbook(resolve(source.workbook, base, "source.workbook").resolve(), catalog)


def _mapping(source: Source, base: Path, catalog: Catalog) -> dict[str, pd.DataFrame]:
    from alignkit.sources.mapping.read import read_mapping

    assert source.mapping is not None
    return read_mapping(resolve(source.mapping, base, "source.mapping").resolve(), catalog)


def _private(source: Source, base: Path, catalog: Catalog) -> dict[str, pd.DataFrame]:
    from alignkit.sources.folder import read_folder

    assert source.private is not None
    folder = resolve(source.private, base, "source.private").resolve()
    only_persons(sorted_files(folder, FOLDER_SUFFIXES, catalog)[0], str(folder), catalog)
    return read_folder(folder, catalog)


def _sql(source: Source, base: Path, catalog: Catalog) -> dict[str, pd.DataFrame]:
    from alignkit.sources.sql import read_sql

    assert source.sql is not None
    return read_sql(resolve(source.sql, base, "source.sql"), source.variables, base, catalog)


def _duckdb(source: Source, base: Path, catalog: Catalog) -> dict[str, pd.DataFrame]:
    from alignkit.sources.duckdb_file import read_duckdb

    assert source.duckdb is not None
    return read_duckdb(resolve(source.duckdb, base, "source.duckdb"), catalog)


def _postgres(source: Source, base: Path, catalog: Catalog) -> dict[str, pd.DataFrame]:
    try:
        from alignkit.sources.postgres import read_postgres
    except ImportError:
        raise SourceError(
            "PostgreSQL is read with psycopg, which is not installed here",
            where="source.postgres",
            cure='pip install "alignkit[postgres]"',
        ) from None

    assert source.postgres is not None
    return read_postgres(filled(source.postgres, "source.postgres"), catalog)


SOURCES: dict[str, Callable[[Source, Path, Catalog], dict[str, pd.DataFrame]]] = {
    "demo": _demo,
    "folder": _folder,
    "workbook": _workbook,
    "mapping": _mapping,
    "private": _private,
    "duckdb": _duckdb,
    "postgres": _postgres,
    "sql": _sql,
}
