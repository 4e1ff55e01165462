"""Has a source changed since it was last read? Told without reading it."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.schema import data_of
from alignkit.params import CommunityParams
from alignkit.sources.mapping.memory import memory, recall
from alignkit.sources.paths import FOLDER_SUFFIXES, accepted_file, like, params_folder, resolve, table_files

CODE = ("contract", "sources", "demo", "snapshot.py")
"""What, beside the source, decides what a snapshot holds."""


def fingerprint(community: CommunityParams, project: Path, catalog: Catalog = CONTRACT) -> str | None:
    """A digest that changes when the community's tables may have changed; None where that cannot be told.

    Demo: the seed. Files, folders and what a mapping maps: names, sizes and times of the files. Always: the code that
    makes and checks tables, the tables that the community has declared, and what it has accepted. What
    queries and a database server give cannot be seen from outside, nor what a mapping maps before it has worked once.
    """
    known = accepted_file(project, community.id)
    seen: list[str | None] = [_seen(known)] if known.is_file() else []
    for part in community.source.parts:
        looked = _LOOKS.get(part)
        if looked is None:
            return None
        seen += [part, *looked(str(getattr(community.source, part)), params_folder(community, project), catalog)]
    told = [text for text in seen if text is not None]
    return _digest(*told, *_declared(catalog), *_code()) if len(told) == len(seen) else None


def _demo(seed: str, base: Path, catalog: Catalog) -> Iterator[str]:
    yield seed
    yield version("numpy")


def _folder(text: str, base: Path, catalog: Catalog) -> Iterator[str]:
    folder = resolve(text, base, "source")
    yield str(folder.resolve())
    for path in table_files(folder, FOLDER_SUFFIXES, catalog).values():
        yield _seen(path)


def _workbook(text: str, base: Path, catalog: Catalog) -> Iterator[str]:
    path = resolve(text, base, "source")
    yield str(path.resolve())
    yield _seen(path) if path.is_file() else "not there"


def _duckdb(text: str, base: Path, catalog: Catalog) -> Iterator[str]:
    """The file, and the changes beside it that are not in it yet. What its views compute depends on nothing else but
    the clock, which is left out: a cycle's date is in its parameters."""
    path = resolve(text, base, "source.duckdb")
    yield str(path.resolve())
    yield version("duckdb")
    yield from (_seen(file) for file in (path, path.with_name(f"{path.name}.wal")) if file.is_file())


def _mapping(text: str, base: Path, catalog: Catalog) -> Iterator[str | None]:
    mapping = resolve(text, base, "source").resolve()
    yield str(mapping)
    for path in (mapping, memory(mapping)):
        yield _seen(path) if path.is_file() else None
    for remembered in recall(mapping).values():
        incoming = resolve(remembered.path, mapping.parent, "source")
        yield from (_seen(path) for path in like(incoming))


def _seen(path: Path) -> str:
    looked = path.stat()
    return f"{path.name} {looked.st_size} {looked.st_mtime_ns}"


_LOOKS: Mapping[str, Callable[[str, Path, Catalog], Iterator[str | None]]] = {
    "demo": _demo,
    "folder": _folder,
    "private": _folder,
    "workbook": _workbook,
    "mapping": _mapping,
    "duckdb": _duckdb,
}


def _declared(catalog: Catalog) -> Iterator[str]:
    yield from (json.dumps(data_of(table), sort_keys=True) for table in catalog.own)


def _code() -> Iterator[str]:
    package = Path(str(files("alignkit")))
    for part in CODE:
        top = package / part
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and path.suffix != ".pyc":
                yield f"{path.relative_to(package)} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
