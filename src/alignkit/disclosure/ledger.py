"""What has been released, committed with the project: it is public for good, so every later book allows for it.

One file for each release, written the same byte for byte: sorted, one line per value, so that a change shows in a
diff. `<cycle>.json` is a cycle's first issue; a correction adds `<cycle>.2.json` and leaves the first as it is. A
ledger holds what was published, never a count that was hidden.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from alignkit import records
from alignkit.cycles import is_cycle, order
from alignkit.disclosure.cells import CellId, FrozenCell, TrueCell, as_key, write_whole
from alignkit.disclosure.rules import EVERYTHING, NOTHING, NUMERATOR, Parts, Rule, rule_of
from alignkit.errors import InputError, ReleaseRefused

Headlines = Mapping[str, Mapping[str, Mapping[str, records.Scalar]]]
"""Chapter → name → text and value."""


@dataclass(frozen=True)
class Entry:
    """One issue of one cycle's book."""

    cycle: str
    manifest: str
    """SHA-256 of the release's manifest."""
    cells: tuple[FrozenCell, ...]
    texts: Mapping[CellId, str] = field(default_factory=dict)
    """How each cell was read: "46%", "under 10%", "hidden"."""
    headlines: Headlines = field(default_factory=dict)
    issue: int = 1
    """1, or more where it corrects an earlier issue; the fields below say how, and are empty in a first issue."""
    corrects: str = ""
    """Folder of the release that it corrects, below releases/; empty where that release is on another machine."""
    reason: str = ""
    """What was wrong, in one paragraph."""
    day: date | None = None
    """The day on which it was released."""

    def numbered(self, issue: int, corrects: str, reason: str, day: date | None) -> "Entry":
        """The same content as that issue of the cycle's book."""
        cells = tuple(replace(cell, issue=issue) for cell in self.cells)
        return replace(self, cells=cells, issue=issue, corrects=corrects, reason=reason, day=day)

    def shows_the_same(self, other: "Entry") -> bool:
        """Whether both come from the same run and show the same."""
        mine, others = ((one.manifest, one.texts, one.headlines) for one in (self, other))
        return mine == others


def entry(
    cycle: str,
    published: Mapping[str, Sequence[records.Record]],
    cells: Iterable[TrueCell],
    rule: Rule | int,
    manifest: str,
) -> Entry:
    """What a release shows: `published` are each chapter's records, `cells` the true ones, `manifest` its digest.

    Of the true cells it takes partitions, and the counts of rows that show them.
    """
    truth: dict[CellId, list[TrueCell]] = {}
    for cell in cells:
        truth.setdefault(cell.id, []).append(cell)
    shows: dict[CellId, Parts] = {}
    texts: dict[CellId, str] = {}
    for measure in (r for found in published.values() for r in found if isinstance(r, records.Published)):
        for row in measure.cells:
            id_ = measure.quantity, as_key(row.key)
            if id_ in truth and row.status in ("shown", "band", "hidden", "range"):
                shows[id_] = shows.get(id_, NOTHING) | _shows(row)
                texts[id_] = row.text
    frozen = tuple(_freeze(cycle, truth[id_], shows[id_], rule_of(rule)) for id_ in sorted(shows))
    return Entry(cycle, manifest, frozen, texts, _headlines(published))


def _shows(row: records.Cell) -> Parts:
    if row.status in ("shown", "range"):
        return EVERYTHING
    return frozenset({"n"}) if row.shown.get("denominator") is not None else NOTHING


def _freeze(cycle: str, cells: Sequence[TrueCell], shows: Parts, rule: Rule) -> FrozenCell:
    first = cells[0]
    n = next((cell.n for cell in cells if cell.n is not None), None)
    k = next((cell.k for cell in cells if cell.k is not None), None)
    public = any(cell.public for cell in cells)
    hides = NOTHING if public else EVERYTHING - shows
    within = next((cell.within for cell in cells if cell.within), None)
    if hides == NUMERATOR and n is not None and k is not None:
        within = rule.numerators(n, rule.side(n, k))
    splits = tuple(sorted({split for cell in cells for split in cell.partitions}))
    shown = (None if "n" in hides else n), (None if "k" in hides else k)
    return FrozenCell(cycle, *first.id, *shown, hides, within, public, splits)


def _headlines(published: Mapping[str, Sequence[records.Record]]) -> Headlines:
    return {
        chapter: {r.name: {"text": r.text, "value": r.value} for r in found if isinstance(r, records.Headline)}
        for chapter, found in published.items()
    }


def path_of(folder: Path, released: Entry) -> Path:
    """Where an issue is written."""
    number = f".{released.issue}" if released.issue > 1 else ""
    return folder / f"{released.cycle}{number}.json"


def append(folder: Path, released: Entry) -> Path:
    """Write an issue's file; the same again changes nothing, a different one is refused."""
    path = path_of(folder, released)
    content = _to_json(released)
    if path.exists() and json.loads(path.read_text(encoding="utf-8")) != content:
        raise ReleaseRefused([shown_before(released.cycle)], where=str(path), cure=CORRECT)
    if not path.exists():
        write_whole(path, content)
    return path


def shown_before(cycle: str) -> str:
    """Why different content of a released cycle is refused."""
    return f"{cycle} was released before, and showed something else"


CORRECT = 'publish it as a correction: add --corrects "What was wrong, in one sentence"'
"""How different content of a released cycle can be published."""


def read(folder: Path, before: str = "") -> tuple[Entry, ...]:
    """Every issue of the released cycles, the oldest first; only cycles before `before` where it is given."""
    return tuple(
        _from_json(path) for (cycle, _issue), path in _files(folder) if not before or order(cycle) < order(before)
    )


def issues(folder: Path, cycle: str) -> tuple[Entry, ...]:
    """Every issue of one cycle's book, the first one first; none where it has not been released."""
    return tuple(_from_json(path) for (label, _issue), path in _files(folder) if label == cycle)


def cycles_after(folder: Path, cycle: str) -> tuple[str, ...]:
    """The released cycles that come later."""
    return tuple(dict.fromkeys(label for (label, _issue), _path in _files(folder) if order(label) > order(cycle)))


def last_file(folder: Path, cycle: str) -> Path | None:
    """The file of a cycle's last issue; None where it has not been released."""
    found = [path for (label, _issue), path in _files(folder) if label == cycle]
    return found[-1] if found else None


def _files(folder: Path) -> list[tuple[tuple[str, int], Path]]:
    """Cycle, issue and file of every release, in order."""
    found = []
    for path in folder.glob("*.json"):
        cycle, _dot, issue = path.stem.partition(".")
        if is_cycle(cycle) and (not issue or issue.isdecimal()):
            found.append(((cycle, int(issue or 1)), path))
    return sorted(found, key=lambda one: (order(one[0][0]), one[0][1]))


def frozen_cells(folder: Path, before: str = "", *, also: str = "") -> tuple[FrozenCell, ...]:
    """Every cell that a released cycle (before cycle `before`) has shown or hidden, in any of its issues.

    `also` is a cycle that counts as well: its own earlier issues, when its book is made again.
    """
    own = issues(folder, also) if also else ()
    return tuple(cell for one in (*read(folder, before), *own) for cell in one.cells)


def _to_json(released: Entry) -> dict[str, Any]:
    quantities: dict[str, Any] = {}
    for cell in sorted(released.cells, key=lambda cell: cell.id):
        about = quantities.setdefault(cell.quantity, {"partitions": set(), "cells": []})
        about["partitions"].update(cell.partitions)
        row: dict[str, Any] = {"key": dict(cell.key), "text": released.texts.get(cell.id, "")}
        row |= {name: value for name, value in (("n", cell.n), ("k", cell.k)) if value is not None}
        row |= {"hides": sorted(cell.hides)} if cell.hides else {}
        row |= {"within": list(cell.within)} if cell.within else {}
        row |= {"public": True} if cell.public else {}
        about["cells"].append(row)
    for about in quantities.values():
        about["partitions"] = [list(split) for split in sorted(about["partitions"])]
    headlines = {
        chapter: {name: dict(one) for name, one in told.items()} for chapter, told in released.headlines.items()
    }
    return {
        "cycle": released.cycle,
        "manifest": released.manifest,
        "quantities": quantities,
        "headlines": headlines,
        **_correction(released),
    }


def _correction(released: Entry) -> dict[str, Any]:
    """What only a corrected issue says; a first issue is written as it always was."""
    if released.issue == 1:
        return {}
    day = released.day.isoformat() if released.day else ""
    return {"issue": released.issue, "corrects": released.corrects, "reason": released.reason, "day": day}


def _from_json(path: Path) -> Entry:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rows = [(name, about, row) for name, about in content["quantities"].items() for row in about["cells"]]
        cells = tuple(_cell(content["cycle"], name, about["partitions"], row) for name, about, row in rows)
        texts = {(name, as_key(row["key"])): row["text"] for name, _about, row in rows}
        first = Entry(content["cycle"], content["manifest"], cells, texts, content["headlines"])
        if content.get("issue", 1) == 1:
            return first
        day = date.fromisoformat(content["day"]) if content["day"] else None
        return first.numbered(content["issue"], content["corrects"], content["reason"], day)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"this is no ledger: {type(error).__name__} {error}",
            where=str(path),
            cure="take the committed file back out of the project's history",
        ) from None


def _cell(cycle: str, quantity: str, splits: Iterable[Sequence[str]], row: Mapping[str, Any]) -> FrozenCell:
    return FrozenCell(
        cycle,
        quantity,
        as_key(row["key"]),
        row.get("n"),
        row.get("k"),
        frozenset(row.get("hides", ())),
        tuple(row["within"]) if "within" in row else None,
        row.get("public", False),
        tuple(tuple(split) for split in splits),
    )
