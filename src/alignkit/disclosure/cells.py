"""True cells, which never leave the private run folder, and the mask that says what of them is hidden."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from alignkit.disclosure.rules import EVERYTHING, NOTHING, Parts

Key = tuple[tuple[str, str], ...]
"""Column and value of every dimension that is not "all", by column; the total of a quantity has the key ()."""
CellId = tuple[str, Key]
Dimension = tuple[str, ...]
"""Columns of one dimension: the last holds its values, those before say which of several breakdowns it is."""


@dataclass(frozen=True)
class TrueCell:
    """One count of persons as it is, hidden or not; every chapter that shows it means the same cell."""

    quantity: str
    key: Key
    n: int | None
    """Denominator; None where a value came without counts."""
    k: int | None
    """Numerator; None for a mean and the like."""
    public: bool = False
    """Already published by others: known to everyone, and never hidden."""
    within: tuple[int, int] | None = None
    """Bounds of the numerator where only a range is known, and shown."""
    chapters: tuple[str, ...] = ()
    partitions: tuple[Dimension, ...] = ()
    """Dimensions whose cells add up to the cell without that dimension."""

    @property
    def id(self) -> CellId:
        """What makes it the same cell everywhere."""
        return self.quantity, self.key


@dataclass(frozen=True)
class FrozenCell:
    """One cell as an earlier release has shown it: nobody can take that back."""

    cycle: str
    quantity: str
    key: Key
    n: int | None
    """As published; None where it was hidden."""
    k: int | None
    hides: Parts
    within: tuple[int, int] | None = None
    """Bounds of the numerator that a band or a range has told."""
    public: bool = False
    partitions: tuple[Dimension, ...] = ()
    issue: int = 1
    """Which issue of that cycle's book: 1, or more after corrections."""

    @property
    def id(self) -> CellId:
        """What makes it the same cell everywhere."""
        return self.quantity, self.key

    @property
    def release(self) -> tuple[str, int]:
        """Cycle and issue: of two releases of a cycle, the correction is the later one."""
        return self.cycle, self.issue

    def shows(self, cell: TrueCell) -> bool:
        """Whether everyone knows today's cell from that release: nothing was hidden, and it was not revised since."""
        return not self.hides and (self.n, self.k) == (cell.n, cell.k)


@dataclass(frozen=True)
class Finding:
    """Something that the mask or what is published does not protect; holds no counts."""

    kind: Literal["recoverable", "tight", "known", "shown", "unknown", "disagrees", "not_additive"]
    message: str
    quantity: str = ""
    key: Key = ()

    def __str__(self) -> str:
        return f"{label(self.quantity, self.key)}: {self.message}" if self.quantity else self.message


@dataclass(frozen=True)
class Mask:
    """What is hidden of every cell that `solve` has seen. Holds no counts."""

    hides: Mapping[CellId, Parts]
    beyond: Mapping[CellId, Parts] = field(default_factory=dict)
    """Of these, the parts that a cell hides for the sake of others; only where there are any."""
    findings: tuple[Finding, ...] = ()
    """What could not be protected."""

    @classmethod
    def empty(cls) -> "Mask":
        """Nothing is solved yet: only the primary rule applies."""
        return cls({})

    def parts(self, quantity: str, key: Key) -> Parts | None:
        """What to hide of one cell beside the primary rule; None for a cell that it does not know."""
        return self.hides.get((quantity, key)) if self.hides else NOTHING

    def keys_of(self, quantity: str) -> tuple[Key, ...]:
        """The keys it knows of one quantity."""
        return tuple(key for name, key in sorted(self.hides) if name == quantity)

    def for_chapter(self, cells: Iterable[TrueCell]) -> list[Any]:
        """What the mask changes about `cells`, as JSON: equal for two masks under which a chapter shows the same."""
        found = {cell.id: self._change(cell) for cell in cells}
        return [[name, dict(key), sorted(parts)] for (name, key), parts in sorted(found.items()) if parts]

    def _change(self, cell: TrueCell) -> Parts:
        if self.hides and cell.id not in self.hides and not cell.public:
            return EVERYTHING
        return self.beyond.get(cell.id, NOTHING)

    def to_json(self) -> dict[str, Any]:
        """Plain values, in a steady order."""
        cells: dict[str, list[Any]] = {}
        for (quantity, key), hides in sorted(self.hides.items()):
            beyond = self.beyond.get((quantity, key), NOTHING)
            one = {"key": dict(key), "hides": sorted(hides), **({"beyond": sorted(beyond)} if beyond else {})}
            cells.setdefault(quantity, []).append(one)
        told = [{**vars(finding), "key": dict(finding.key)} for finding in self.findings]
        return {"quantities": cells, "findings": told}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Mask":
        """The mask that `to_json` has written."""
        rows = [(q, as_key(row["key"]), row) for q, rows in content["quantities"].items() for row in rows]
        return cls(
            {(quantity, key): frozenset(row["hides"]) for quantity, key, row in rows},
            {(quantity, key): frozenset(row["beyond"]) for quantity, key, row in rows if "beyond" in row},
            tuple(Finding(**{**told, "key": as_key(told["key"])}) for told in content["findings"]),
        )

    @classmethod
    def read(cls, path: Path) -> "Mask":
        """The mask in a file."""
        return cls.from_json(json.loads(path.read_text(encoding="utf-8")))

    def write(self, path: Path) -> None:
        """Write it whole or not at all, readable by its owner only."""
        write_private(path, self.to_json())


def as_key(by: Mapping[str, Any]) -> Key:
    """The key of a row: values as text, without the columns that say "all"."""
    texts = {column: as_text(value) for column, value in by.items()}
    return tuple(sorted((column, text) for column, text in texts.items() if text != "all"))


def as_text(value: Any) -> str:
    """A key's value, written the same whatever type a chapter holds it in: 2026, 2026.0 and "2026" are one."""
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def label(quantity: str, key: Key) -> str:
    """A cell in words, for messages."""
    return f"{quantity} ({', '.join(f'{column} {value}' for column, value in key) or 'all'})"


def combined(cells: Iterable[TrueCell]) -> tuple[dict[CellId, TrueCell], list[Finding]]:
    """One cell per id, whichever chapters show it; a finding where these disagree about its counts."""
    found: dict[CellId, TrueCell] = {}
    findings = {}
    for cell in sorted(cells, key=lambda c: (c.id, c.chapters, c.n or -1, c.k or -1)):
        first = found.get(cell.id)
        if first is None:
            found[cell.id] = cell
            continue
        if disagree(first.n, cell.n) or disagree(first.k, cell.k):
            where = ", ".join(sorted({*first.chapters, *cell.chapters}))
            message = f"its counts differ between publications in {where}; give different things different quantities"
            findings[cell.id] = Finding("disagrees", message, *cell.id)
        found[cell.id] = TrueCell(
            *cell.id,
            cell.n if first.n is None else first.n,
            cell.k if first.k is None else first.k,
            first.public or cell.public,
            first.within or cell.within,
            tuple(sorted({*first.chapters, *cell.chapters})),
            first.partitions + cell.partitions,
        )
    return found, list(findings.values())


def disagree(one: int | None, other: int | None) -> bool:
    """Whether two counts are known and differ."""
    return one is not None and other is not None and one != other


def declared(cells: Iterable[TrueCell], frozen: Iterable[FrozenCell]) -> Iterator[tuple[str, tuple[Dimension, ...]]]:
    """Quantity and partitions of every cell, of today or of an earlier release."""
    yield from ((cell.quantity, cell.partitions) for cell in cells)
    yield from ((cell.quantity, cell.partitions) for cell in frozen)


def append_cells(path: Path, chapter: str, cells: Sequence[TrueCell]) -> None:
    """Add what one chapter publishes to its private file."""
    content = json.loads(path.read_text(encoding="utf-8")) if path.exists() else _blank(chapter)
    for cell in cells:
        within = list(cell.within) if cell.within else None
        row = {"quantity": cell.quantity, "key": dict(cell.key), "n": cell.n, "k": cell.k}
        content["cells"].append({**row, "public": cell.public, "within": within})
        content["partitions"].setdefault(cell.quantity, [])
        known = content["partitions"][cell.quantity]
        known.extend(list(one) for one in cell.partitions if list(one) not in known)
    write_private(path, content)


def clear_cells(path: Path, chapter: str) -> None:
    """Start a chapter's private file anew."""
    write_private(path, _blank(chapter))


def read_cells(folder: Path, chapters: Iterable[str] | None = None) -> tuple[TrueCell, ...]:
    """The true cells that chapters have recorded in `folder`: all of them, or those of `chapters`."""
    names = sorted(path.stem for path in folder.glob("*.json")) if chapters is None else chapters
    found: list[TrueCell] = []
    for path in (folder / f"{name}.json" for name in names):
        if path.exists():
            found += _cells(json.loads(path.read_text(encoding="utf-8")))
    return tuple(found)


def _cells(content: Mapping[str, Any]) -> list[TrueCell]:
    partitions = {name: tuple(tuple(one) for one in dims) for name, dims in content["partitions"].items()}
    return [
        TrueCell(
            row["quantity"],
            as_key(row["key"]),
            row["n"],
            row["k"],
            row["public"],
            tuple(row["within"]) if row["within"] else None,
            (content["chapter"],),
            partitions[row["quantity"]],
        )
        for row in content["cells"]
    ]


def _blank(chapter: str) -> dict[str, Any]:
    return {"chapter": chapter, "cells": [], "partitions": {}}


def write_private(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON whole or not at all, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(path, content, private=True)


def write_whole(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON whole or not at all, the same byte for byte for the same content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, content, private=False)


def _write(path: Path, content: Mapping[str, Any], *, private: bool) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mkstemp makes it 0600
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        json.dump(content, file, indent=1, sort_keys=True, ensure_ascii=False)
        file.write("\n")
    if not private:
        Path(name).chmod(0o644)
    Path(name).replace(path)
