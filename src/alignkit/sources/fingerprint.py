"""Has a source changed since it was last read? Told without reading it."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from alignkit.params import CommunityParams
from alignkit.sources.paths import FOLDER_SUFFIXES, params_folder, resolve, table_files

CODE = ("contract", "sources", "demo", "snapshot.py")
"""What, beside the source, decides what a snapshot holds."""


def fingerprint(community: CommunityParams, project: Path) -> str | None:
    """A digest that changes when the community's tables may have changed; None where that cannot be told.

    Demo: the seed. Folder: names, sizes and times of the files. Both: the code that makes and checks tables.
    What queries read cannot be seen from outside.
    """
    source = community.source
    if source.demo is not None:
        return _digest("demo", str(source.demo.seed), version("numpy"), *_code())
    if source.folder is not None:
        return _digest("folder", *_files(resolve(source.folder, params_folder(community, project), "source.folder")))
    return None


def _files(folder: Path) -> Iterator[str]:
    yield str(folder.resolve())
    for path in table_files(folder, FOLDER_SUFFIXES).values():
        seen = path.stat()
        yield f"{path.name} {seen.st_size} {seen.st_mtime_ns}"
    yield from _code()


def _code() -> Iterator[str]:
    package = Path(str(files("alignkit")))
    for part in CODE:
        top = package / part
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and path.suffix != ".pyc":
                yield f"{path.relative_to(package)} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
