"""Putting a finished folder in the place of an older one, whole or not at all.

`os.replace` cannot put a folder onto one that is not empty, so drafts swap by two renames, releases by a symlink.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def building(place: Path) -> Iterator[Path]:
    """A new folder in `place`, on the same disk as what it will replace; gone afterwards unless it was moved."""
    place.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".building-", dir=place))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        remove(folder)


def put(new: Path, target: Path) -> None:
    """Rename `new` to `target`; what stood there stays until the new one stands, and is back if that fails."""
    aside = target.with_name(f".{target.name}-old")
    remove(aside)
    if target.exists() or target.is_symlink():
        target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        if aside.exists() or aside.is_symlink():
            aside.rename(target)
        raise
    remove(aside)


def point(link: Path, release: Path) -> None:
    """Make `link` lead to the folder `release` beside or below it, in one step.

    Where symlinks cannot be made (Windows without the right to), a copy is swapped in by rename.
    """
    temporary = link.with_name(f".{link.name}-new")
    remove(temporary)
    try:
        temporary.symlink_to(os.path.relpath(release, link.parent), target_is_directory=True)
    except (OSError, NotImplementedError):
        shutil.copytree(release, temporary)
        put(temporary, link)
        return
    try:
        os.replace(temporary, link)
    finally:
        remove(temporary)


def read_only(folder: Path) -> None:
    """Nobody changes a release by accident."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)


def remove(path: Path) -> None:
    """Delete a file, link or folder, read-only ones too; nothing there is fine."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        for folder in (path, *(p for p in path.rglob("*") if p.is_dir() and not p.is_symlink())):
            folder.chmod(stat.S_IRWXU)
        shutil.rmtree(path)
