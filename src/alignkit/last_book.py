"""The book before this one: what it showed, and what it was made from, which is kept privately.

The next book is compared with that, and with nothing else: agencies replace whole files, so today's tables don't say
what the last book knew.

<home>/released/<cycle>.json    the day it knew, its snapshot, the hashes of its tables (none about single persons)
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

import pandas as pd

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.schema import data_of, table_of
from alignkit.disclosure import ledger
from alignkit.disclosure.cells import Key
from alignkit.folders import released_file
from alignkit.known import known
from alignkit.snapshot import Snapshot, TableFile, write_private

Compares = Literal["first", "kept", "lost"]
"""Whether a book can be compared with the one before: there is none; what it was made from is kept; it is not."""


@dataclass(frozen=True)
class Kept:
    """What the book of a cycle was made from, and the day up to which it knew things."""

    cycle: str
    as_of: pd.Timestamp
    snapshot: Snapshot

    def table(self, name: str) -> pd.DataFrame | None:
        """A table as that book knew it; None where the community did not keep it then."""
        if name not in self.snapshot.tables:
            return None
        about = self.snapshot.catalog.schema(name)
        return known(self.snapshot.table(name), about.visible_from, about.version_of, self.as_of)


def keep(snapshot: Snapshot, cycle: str, as_of: date) -> Callable[[], object]:
    """Note what the book of `cycle` was made from; its data then outlive a purge of the snapshot. Returns what takes
    the note back, for a release that fails in a later step.

    Tables with a row for each person are left out: no comparison needs them, and they have a day on which they end.
    """
    own = [data_of(table) for table in snapshot.catalog.own if not table.person_level]
    tables = {
        name: {"hash": file.hash, "rows": file.rows}
        for name, file in snapshot.tables.items()
        if not snapshot.catalog.schema(name).person_level
    }
    noted = {"cycle": cycle, "as_of": as_of.isoformat(), "snapshot": snapshot.id, "tables": tables, "own": own}
    path = released_file(snapshot.home, cycle)
    earlier = path.read_bytes() if path.is_file() else None
    write_private(path, json.dumps(noted, indent=2).encode())
    return partial(path.unlink, missing_ok=True) if earlier is None else partial(write_private, path, earlier)


def kept(home: Path, cycle: str) -> Kept | None:
    """What the book of `cycle` was made from; None where nothing is kept, or not all of it is there any more."""
    path = released_file(home, cycle)
    if not cycle or not path.is_file():
        return None
    noted = json.loads(path.read_text(encoding="utf-8"))
    catalog = Catalog(tuple(table_of(own) for own in noted["own"])) if noted["own"] else CONTRACT
    tables = {name: TableFile(**file) for name, file in noted["tables"].items()}
    snapshot = Snapshot(noted["snapshot"], home, tables, catalog=catalog)
    return Kept(cycle, pd.Timestamp(noted["as_of"]), snapshot) if snapshot.is_whole() else None


@dataclass(frozen=True)
class LastBook:
    """The book before this one: what it showed, and what it was made from."""

    compares: Compares
    """Whether this book can be compared with it: "first" (there is none before), "kept", "lost"."""
    release: ledger.Entry | None
    """What it showed, where it was released."""
    made_from: Kept | None

    @classmethod
    def of(cls, previous: str, release: ledger.Entry | None, made_from: Kept | None) -> "LastBook":
        """The book of the cycle `previous`, or that there is none where it is empty."""
        compares: Compares = "first" if not previous else "lost" if made_from is None else "kept"
        return cls(compares, release, made_from)

    def shown(self, quantity: str) -> frozenset[Key] | None:
        """The keys of a quantity's cells that it showed whole; None where it was not released."""
        if self.release is None:
            return None
        return frozenset(cell.key for cell in self.release.cells if cell.quantity == quantity and not cell.hides)

    def said(self, quantity: str) -> dict[Key, str]:
        """The key of each of a quantity's cells that it showed whole → its text there, such as "46%"."""
        texts = self.release.texts if self.release else {}
        return {key: texts[quantity, key] for key in self.shown(quantity) or () if (quantity, key) in texts}

    def headlines(self, name: str) -> dict[str, str]:
        """Chapter → the value (else the text) of its headline of that name there."""
        told = self.release.headlines if self.release else {}
        found = {chapter: heads[name] for chapter, heads in told.items() if name in heads}
        return {chapter: str(one["value"] or one["text"]) for chapter, one in found.items()}
