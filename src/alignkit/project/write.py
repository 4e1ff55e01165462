"""Putting new files into a project without ever touching one that is there."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Written:
    """What a command did to a project."""

    project: Path
    new: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    """Files that were there already and stay as they are."""
    notes: list[str] = field(default_factory=list)
    """What the person should know beside that."""

    def text(self, name: str, content: str) -> Path:
        """Write a text file below the project, unless it is there."""
        return self.bytes(name, content.encode("utf-8"))

    def bytes(self, name: str, content: bytes) -> Path:
        """Write a file below the project, unless it is there."""
        return self.made(name, lambda path: path.write_bytes(content))

    def made(self, name: str, make: Callable[[Path], object]) -> Path:
        """Let `make` write the file, unless it is there."""
        path = self.project / name
        if path.exists():
            self.kept.append(path)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            make(path)
            self.new.append(path)
        return path


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]] = ()) -> str:
    """A table as CSV that Excel opens as UTF-8 (it needs the mark at the beginning)."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    return "\ufeff" + text.getvalue()
