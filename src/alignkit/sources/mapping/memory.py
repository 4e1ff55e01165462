"""What incoming files looked like when the mapping last worked; nothing here imports pandas or opens a workbook.

`<mapping>.layout.json` beside the mapping holds, for each file, its path and its columns' names. It is committed with
the project.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alignkit.errors import SourceError


@dataclass(frozen=True)
class Remembered:
    """What is known of one file: the digest of the lines about it, and the names of its columns."""

    digest: str
    path: str
    columns: tuple[str, ...]
    came: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """A file's name → a digest of its content, and the day on which that was first read."""

    def day_of(self, name: str, content: str) -> str | None:
        """The day on which a file with this content came in; None for one that is new."""
        digest, day = self.came.get(name, ("", ""))
        return day if digest == content else None


def memory(mapping: Path) -> Path:
    """The file beside the mapping that remembers."""
    return mapping.with_suffix(".layout.json")


def recall(mapping: Path) -> dict[str, Remembered]:
    """File's short name → what is remembered; empty where the mapping has never worked.

    Raises `SourceError` where the memory cannot be read.
    """
    path = memory(mapping)
    if not path.is_file():
        return {}
    try:
        noted: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {
            name: Remembered(
                str(file["digest"]),
                str(file["path"]),
                tuple(file["columns"]),
                {one: (str(seen[0]), str(seen[1])) for one, seen in file.get("came", {}).items()},
            )
            for name, file in noted.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SourceError(
            "the memory of file layouts cannot be read",
            where=str(path),
            cure="restore it from the last commit, or delete it once you have looked at the files",
        ) from None


def remember(mapping: Path, seen: Mapping[str, Remembered]) -> None:
    """Write down what worked; nothing is written where it is what is remembered already."""
    files = {
        name: {"path": s.path, "digest": s.digest, "columns": list(s.columns)}
        | ({"came": {one: list(at) for one, at in s.came.items()}} if s.came else {})
        for name, s in seen.items()
    }
    about = "What the incoming files looked like when the mapping last worked; alignkit writes it. Commit it."
    text = json.dumps({"about": about, "files": files}, indent=2, ensure_ascii=False) + "\n"
    path = memory(mapping)
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    try:
        part = path.with_name(f".{path.name}.part")
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, path)  # whole or not at all
    except OSError:
        raise SourceError(
            "the layout of the incoming files cannot be remembered",
            where=str(path),
            cure="give the right to write in that folder, once; later runs only read it",
        ) from None
