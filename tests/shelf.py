"""Keep the books that tests read: each is built once per state of the code, for all tests and processes.

A book is kept under a digest of everything that it is made of: the code, notebooks, templates and parameters, the
helpers of the tests, the real data, every installed distribution, the interpreter, the machine, and the environment
variables that alignkit and Quarto read. Any change of one of them is another digest, so an old book is never read. The
digest is taken before a book is built and again after it: a book whose code changed meanwhile is not kept.

The shelf is in the folder that ALIGNKIT_TEST_BOOKS names, where it serves several runs, else in the temporary folder
of this run of pytest. `.ci/run` names a new folder each time, for its fast and slow tests, and removes it.
"""

import hashlib
import importlib.metadata
import json
import os
import pickle
import platform
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock

import alignkit

ROOT = Path(__file__).parents[1]
MADE_OF = ("notebooks", "templates", "params", "tests/louisville")
SKIPPED = {"__pycache__", ".ipynb_checkpoints"}
DAYS = 7
"""A shelf that was not used for this long is deleted."""


def state() -> str:
    """Digest of everything that a book is made of."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(f"\0{path}\0".encode())
        digest.update(path.read_bytes())
    digest.update(json.dumps(_surroundings(), sort_keys=True).encode())
    return digest.hexdigest()[:20]


def _sources() -> Iterator[Path]:
    folders = [Path(alignkit.__file__).parent, *(ROOT / name for name in MADE_OF)]
    if data := os.environ.get("ALIGNKIT_REAL_DATA"):
        folders.append(Path(data))
    for folder in folders:
        paths = (path for path in folder.rglob("*") if path.is_file() and SKIPPED.isdisjoint(path.parts))
        yield from sorted(paths)
    yield from sorted(path for path in (ROOT / "tests").rglob("*.py") if not path.name.startswith("test_"))


@cache
def distributions() -> list[str]:
    """Every installed distribution with its version; a process has the same ones from its first import on."""
    return sorted(f"{found.name}=={found.version}" for found in importlib.metadata.distributions())


def _surroundings() -> dict[str, Any]:
    read = ("ALIGNKIT_", "QUARTO", "LANG", "LC_", "TZ", "MPL", "JUPYTER", "PG", "PYTHON")
    found = {name: value for name, value in os.environ.items() if name.startswith(read)}
    return {
        "environment": {name: value for name, value in found.items() if name != "ALIGNKIT_TEST_BOOKS"},
        "distributions": distributions(),
        "python": sys.version,
        "machine": platform.platform(),
        "home": os.environ.get("HOME", ""),
    }


class Shelf:
    """The books of one state of the code."""

    def __init__(self, home: Path) -> None:
        self.state = state()
        self.home = home / self.state
        self.home.mkdir(parents=True, exist_ok=True)
        os.utime(self.home)
        _forget(home)

    def book(self, name: str, build: Callable[[Path], Any]) -> Any:
        """What `build(folder)` returned, here or in another process. It is pickled, and the folder is kept."""
        place = self.home / name
        with FileLock(self.home / f"{name}.lock"):
            if not (place / "built.pickle").is_file():
                self._build(place, build)
        return pickle.loads((place / "built.pickle").read_bytes())

    def changed(self, name: str) -> list[str]:
        """The files of a book that a test has changed, added or deleted."""
        place = self.home / name
        was = json.loads((place / "seal.json").read_text(encoding="utf-8"))
        now = _seal(place / "book")
        return sorted(path for path in was.keys() | now.keys() if was.get(path) != now.get(path))

    def _build(self, place: Path, build: Callable[[Path], Any]) -> None:
        _remove(place)  # left by a run that was stopped
        folder = place / "book"
        folder.mkdir(parents=True)
        built = build(folder)
        assert state() == self.state, f"the code changed while {place.name} was built; run the tests again"
        (place / "seal.json").write_text(json.dumps(_seal(folder)), encoding="utf-8")
        (place / "built.pickle").write_bytes(pickle.dumps(built))


def _seal(folder: Path) -> dict[str, list[int]]:
    """Every file's size and time."""
    files = {path.relative_to(folder).as_posix(): path.lstat() for path in folder.rglob("*") if not path.is_dir()}
    return {name: [found.st_size, found.st_mtime_ns] for name, found in files.items()}


def _forget(home: Path) -> None:
    old = time.time() - DAYS * 24 * 3600
    for shelf in home.iterdir():
        if re.fullmatch(r"[0-9a-f]{20}", shelf.name) and shelf.stat().st_mtime < old:
            _remove(shelf)


def _remove(folder: Path) -> None:
    """Delete a folder; released books in it are read only."""
    for path in [folder, *folder.rglob("*")] if folder.exists() else []:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)
