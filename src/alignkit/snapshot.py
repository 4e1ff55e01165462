"""What a run uses, kept: content-addressed, private, purgeable.

<home>/objects/<hash>.parquet    one table; the hash is that of its content, not of the file's bytes
<home>/snapshots/<id>.json       which tables, their hashes and numbers of rows; the schemas of a community's own
<home>/sources/<digest>.json     which snapshot a source gave when it was last read
<home>/released/<cycle>.json     what a released book was made from (`alignkit.last_book`)
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.schema import TableSchema, data_of, table_of
from alignkit.contract.validate import validate
from alignkit.errors import SourceError, TableMissingError
from alignkit.params import CommunityParams
from alignkit.sources.accepted import accepted, refuse_doubtful
from alignkit.sources.fingerprint import fingerprint
from alignkit.sources.own.read import own_tables
from alignkit.sources.paths import accepted_file
from alignkit.sources.read import read

_ID = re.compile(r"[0-9a-f]{16}")
_ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.timestamp("ns"),
}
_UNORDERED = {"sql", "duckdb", "postgres"}
_PANDAS = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}


@dataclass(frozen=True)
class TableFile:
    """One table of a snapshot: the hash of its content and its number of rows."""

    hash: str
    rows: int


@dataclass(frozen=True)
class Snapshot:
    """The tables of one community at one moment, in the catalog's order.

    It keeps the schemas that its tables were checked against: what is protected stays so, whatever the project's files
    say later, and another schema of a community's own table makes another snapshot.
    """

    id: str
    home: Path
    tables: Mapping[str, TableFile]
    purged: bool = False
    catalog: Catalog = CONTRACT
    """Which tables there may be: the contract's, and those that the community had declared."""

    def table(self, name: str) -> pd.DataFrame:
        """One table, typed as `contract.conform` says; a new frame at each call.

        Raises `TableMissingError` if the community does not keep it, `SourceError` if its data are gone.
        """
        frame: pd.DataFrame = pq.read_table(self._file(name), memory_map=False).to_pandas(types_mapper=_PANDAS.get)
        return frame

    def known_from(self, name: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
        """The first and the last day on which a row of a table became known; None for code lists and empty tables."""
        column = self.catalog.schema(name).visible_from
        if column is None:
            return None
        days = pc.min_max(pq.read_table(self._file(name), columns=[column], memory_map=False)[column]).as_py()
        return None if days["min"] is None else (pd.Timestamp(days["min"]), pd.Timestamp(days["max"]))

    def is_whole(self) -> bool:
        """Whether the data of all its tables are there."""
        return not self.purged and all(_object(self.home, file.hash).is_file() for file in self.tables.values())

    def _file(self, name: str) -> Path:
        about = self.catalog.schema(name)
        if name not in self.tables:
            raise TableMissingError(name, where=f"snapshot {self.id}", cure=f"keep the table {name}: {about.title}")
        path = _object(self.home, self.tables[name].hash)
        if self.purged or not path.is_file():
            raise SourceError(
                f"the data of table {name} are gone", where=f"snapshot {self.id}",
                cure="they were purged; run again from the source",
            )  # fmt: skip
        return path


def snapshot_of(community: CommunityParams, project: Path) -> Snapshot:
    """The community's tables now: read, checked against the contract, kept in the project's private folder.

    A source that has not changed is not read again. Raises `ParamsError` for a wrong declaration of a table of its own,
    `SourceError`, `ContractError`.
    """
    home = project / ".alignkit" / community.id / "data"
    catalog = own_tables(project, community.id)
    digest = fingerprint(community, project, catalog)
    note = home / "sources" / f"{digest}.json"
    if digest and (kept := _kept(note, home)):
        return kept
    tables = validate(read(community, project, catalog), catalog)
    known = accepted_file(project, community.id)
    refuse_doubtful(tables, accepted(known), f"params/{community.id}/{known.name}")
    if set(community.source.parts) & _UNORDERED:
        tables = {name: _ordered(catalog.schema(name), frame) for name, frame in tables.items()}
    snapshot = take(tables, home, catalog)
    if digest:
        write_private(note, json.dumps({"snapshot": snapshot.id}).encode())
    return snapshot


def take(tables: Mapping[str, pd.DataFrame], home: Path, catalog: Catalog = CONTRACT) -> Snapshot:
    """Keep conformed tables; equal content under equal schemas is kept once and gives the same id."""
    kept: dict[str, TableFile] = {}
    for name, frame in tables.items():
        kept[name] = TableFile(content_hash(name, frame, catalog), len(frame))
        path = _object(home, kept[name].hash)
        if not path.is_file():
            write_private(path, _parquet(catalog.schema(name), frame))
    listed = json.dumps({name: file.hash for name, file in sorted(kept.items())})
    listed += json.dumps(_own(catalog), sort_keys=True) if catalog.own else ""
    snapshot = Snapshot(hashlib.sha256(listed.encode()).hexdigest()[:16], home, kept, catalog=catalog)
    _note(snapshot)
    return snapshot


def load(home: Path, id: str) -> Snapshot:
    """The snapshot of that id; `SourceError` where there is none."""
    path = home / "snapshots" / f"{id}.json"
    if not _ID.fullmatch(id) or not path.is_file():
        raise SourceError(f"there is no snapshot {id}", where=str(home), cure="run again from the source")
    noted = json.loads(path.read_text(encoding="utf-8"))
    tables = {name: TableFile(**file) for name, file in noted["tables"].items()}
    catalog = Catalog(tuple(table_of(own) for own in noted["own"])) if noted.get("own") else CONTRACT
    return Snapshot(id, home, tables, noted["purged"], catalog)


def purge(home: Path, id: str) -> tuple[str, ...]:
    """Remove a snapshot's data for good and keep its hashes; returns the tables whose data are gone.

    Data that another snapshot of the same folder uses stay until that one is purged too; what a released book was made
    from stays, as far as it is kept.
    """
    doomed = load(home, id)
    _note(replace(doomed, purged=True))
    others = [load(home, path.stem) for path in sorted((home / "snapshots").glob("*.json"))]
    used = {file.hash for other in others if not other.purged for file in other.tables.values()}
    used |= {hash_ for path in (home / "released").glob("*.json") for hash_ in _hashes(path)}
    gone = {name: file for name, file in doomed.tables.items() if file.hash not in used}
    for file in gone.values():
        _object(home, file.hash).unlink(missing_ok=True)
    return tuple(gone)


def _hashes(released: Path) -> Iterator[str]:
    tables = json.loads(released.read_text(encoding="utf-8"))["tables"]
    return (file["hash"] for file in tables.values())


def content_hash(name: str, frame: pd.DataFrame, catalog: Catalog = CONTRACT) -> str:
    """SHA-256 of a conformed table's columns, types, missing cells and values in the order of its rows."""
    digest = hashlib.sha256(f"{name} {len(frame)}".encode())
    for field in catalog.schema(name).fields:
        digest.update(f"\n{field.name} {field.type}\n".encode())
        for part in _canonical(field.type, frame[field.name]):
            digest.update(part)
    return digest.hexdigest()


def _canonical(kind: str, column: pd.Series) -> Iterator[bytes]:
    """A column as bytes that do not depend on libraries: missing cells first, then values, little-endian."""
    missing = column.isna().to_numpy()
    yield missing.tobytes()
    if kind == "string":
        texts = [b"" if absent else str(text).encode() for text, absent in zip(column, missing, strict=True)]
        yield np.fromiter(map(len, texts), dtype="<i8", count=len(texts)).tobytes()
        yield b"".join(texts)
    elif kind == "date":
        yield column.to_numpy(dtype="datetime64[ns]").astype("<i8").tobytes()
    elif kind == "number":
        # Adding zero makes -0.0 and 0.0 the same.
        yield np.where(missing, 0.0, column.to_numpy(dtype="float64") + 0.0).astype("<f8").tobytes()
    else:
        yield column.astype("Int64").to_numpy(dtype="<i8", na_value=0).tobytes()


def _ordered(table: TableSchema, frame: pd.DataFrame) -> pd.DataFrame:
    """A query promises no order of its rows; the same rows must give the same hash."""
    return frame.sort_values(list(table.primary_key), kind="stable", ignore_index=True)


def _kept(note: Path, home: Path) -> Snapshot | None:
    """The snapshot that `note` names, where all of its data are still there."""
    if not note.is_file():
        return None
    id_ = json.loads(note.read_text(encoding="utf-8"))["snapshot"]
    if not (home / "snapshots" / f"{id_}.json").is_file():
        return None
    snapshot = load(home, id_)
    return snapshot if snapshot.is_whole() else None


def _object(home: Path, hash_: str) -> Path:
    return home / "objects" / f"{hash_}.parquet"


def _note(snapshot: Snapshot) -> None:
    tables = {name: {"hash": file.hash, "rows": file.rows} for name, file in snapshot.tables.items()}
    noted: dict[str, Any] = {"id": snapshot.id, "purged": snapshot.purged, "tables": tables}
    noted |= {"own": _own(snapshot.catalog)} if snapshot.catalog.own else {}
    write_private(snapshot.home / "snapshots" / f"{snapshot.id}.json", json.dumps(noted, indent=2).encode())


def _own(catalog: Catalog) -> list[dict[str, Any]]:
    return [data_of(table) for table in catalog.own]


def _parquet(table: TableSchema, frame: pd.DataFrame) -> bytes:
    types = pa.schema([(field.name, _ARROW[field.type]) for field in table.fields])
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pandas(frame, schema=types, preserve_index=False), sink)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def write_private(path: Path, content: bytes) -> None:
    """Write for the owner alone, and whole or not at all."""
    _private(path.parent)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _private(folder: Path) -> None:
    """Make the folder, and those above it that are not there yet, readable by their owner alone."""
    if not folder.is_dir():
        _private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
