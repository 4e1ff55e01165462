"""Small tables with their totals, published by chapters: what the tests of disclosure control start from."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from alignkit import records
from alignkit.disclosure.cells import FrozenCell, Mask, TrueCell, read_cells
from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published
from alignkit.disclosure.solve import solve

Leaves = Mapping[tuple[str, ...], tuple[int, int]]
"""Values of every dimension → denominator, numerator."""


def with_totals(leaves: Leaves, columns: Sequence[str]) -> pd.DataFrame:
    """A row for every leaf and for every total over one or more dimensions."""
    values = [sorted({leaf[i] for leaf in leaves}) for i in range(len(columns))]
    rows = []
    for key in itertools.product(*[[*found, "all"] for found in values]):
        inside = [counts for leaf, counts in leaves.items() if _covers(key, leaf)]
        n, k = sum(n for n, _ in inside), sum(k for _, k in inside)
        rows.append({**dict(zip(columns, key, strict=True)), "denominator": n, "numerator": k})
    return pd.DataFrame(rows)


def _covers(key: tuple[str, ...], leaf: tuple[str, ...]) -> bool:
    return all(wanted in ("all", found) for wanted, found in zip(key, leaf, strict=True))


@dataclass(frozen=True)
class Run:
    """Chapters that publish rows of one quantity, as a run does: once without a mask, then with the solved one."""

    folder: Path
    chapters: Mapping[str, pd.DataFrame]
    by: tuple[str, ...]
    minimum: int = 10
    frozen: Sequence[FrozenCell] = ()
    partitions: Mapping[str, tuple[str, ...]] | None = None
    """What each chapter declares; by default every dimension."""

    def publish(self, mask: Mask | None) -> dict[str, Published]:
        return {name: self._one(name, frame, mask) for name, frame in self.chapters.items()}

    def _one(self, name: str, frame: pd.DataFrame, mask: Mask | None) -> Published:
        splits = self.by if self.partitions is None else self.partitions[name]
        gate = Gate(self.minimum, mask, name, self.folder / f"{name}.json")
        about = {"about": "students", "quantity": "readers", "by": self.by, "partitions": splits}
        return publish(frame, id="readers", gate=gate, **about)

    def cells(self) -> tuple[TrueCell, ...]:
        self.publish(Mask.empty())
        return read_cells(self.folder)

    def solved(self) -> Mask:
        return solve(self.cells(), self.minimum, self.frozen)

    def shown(self, mask: Mask) -> dict[str, list[records.Published]]:
        return {name: [one.record()] for name, one in self.publish(mask).items()}


def statuses(published: Published) -> dict[tuple[str, ...], str]:
    """Key → status, with "value hidden" for a hidden row whose denominator is shown."""
    found = {}
    for row in published.frame.to_dict("records"):
        key = tuple(row[column] for column in published.by)
        partly = row["status"] == "hidden" and not pd.isna(row["denominator"])
        found[key] = "value hidden" if partly else row["status"]
    return found
