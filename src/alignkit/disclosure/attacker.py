"""Somebody who knows all that was published and does the sums. For the audit only, and apart from the solver's code.

He knows every shown count, that hidden ones are whole and not negative, that a numerator does not exceed its
denominator, what bands say, the rule itself, and which groups add up.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from alignkit.disclosure.cells import CellId, Dimension, Key

Unknown = tuple[CellId, str]
"""A cell and "n" or "k"."""
Terms = tuple[tuple[Unknown, int], ...]
"""A count that can be asked about, as a sum of unknowns: (n, +1), (k, −1) is those not in the numerator."""


@dataclass(frozen=True)
class Told:
    """What everybody can read of one cell."""

    n: int | None = None
    k: int | None = None
    low: int = 0
    high: int | None = None
    """Ends of a hidden numerator, as a band or a range tells them."""
    has_k: bool = True
    spare: float = 0
    """How far the numerator may exceed the denominator (in what a total holds beyond its parts)."""


@dataclass(frozen=True)
class Sum:
    """`parts` add up to `total`, in n or in k."""

    part: str
    total: CellId
    parts: tuple[CellId, ...]


@dataclass
class Attacker:
    """Bounds of what was hidden, from what was told and what adds up."""

    told: Mapping[CellId, Told]
    sums: Sequence[Sum]

    def __post_init__(self) -> None:
        self.value = {(id_, "n"): one.n for id_, one in self.told.items() if one.n is not None}
        self.value |= {(id_, "k"): one.k for id_, one in self.told.items() if one.k is not None}
        unknown = [(i, p) for i, one in self.told.items() for p in ("n", "k") if (i, p) not in self.value]
        self.unknown = [at for at in sorted(unknown) if at[1] == "n" or self.told[at[0]].has_k]
        self.systems = list(_split(self.unknown, self._equations()))
        self.where = {at: i for i, system in enumerate(self.systems) for at in system.unknown}

    def _equations(self) -> list["_Row"]:
        rows = []
        for line in self.sums:
            terms = [((line.total, line.part), -1), *(((part, line.part), 1) for part in line.parts)]
            known = sum(by * self.value.get(at, 0) for at, by in terms)
            rows.append(_Row(tuple((at, by) for at, by in terms if at not in self.value), -known, -known))
        for id_, one in self.told.items():
            if one.has_k and (id_, "k") not in self.value:
                room = (((id_, "n"), 1), ((id_, "k"), -1)) if one.n is None else (((id_, "k"), -1),)
                rows.append(_Row(room, -one.spare - (one.n or 0), np.inf))
                rows.append(_Row((((id_, "k"), 1),), one.low, np.inf if one.high is None else one.high))
        self.contradicted = any(not row.terms and not row.low <= 0 <= row.high for row in rows)
        return [row for row in rows if row.terms]

    def consistent(self) -> bool:
        """Whether any table at all fits what was told."""
        return not self.contradicted and all(system.furthest({}) is not None for system in self.systems)

    def range(self, terms: Terms, width: int, reach: int = 0) -> tuple[int, int] | None:
        """The smallest and largest value that a count can have, looked for until they lie `width` apart and the largest
        comes up to `reach`; None where that is so, else the exact ends."""
        known = sum(by * self.value.get(at, 0) for at, by in terms)
        free = {at: by for at, by in terms if at not in self.value}
        if not free:
            return known, known
        low, high = self.systems[self.where[next(iter(free))]].ends(free, width, reach - known)
        return None if high - low >= width and high >= reach - known else (low + known, high + known)


@dataclass(frozen=True)
class _Row:
    terms: Terms
    low: float
    high: float


@dataclass
class _System:
    """Unknowns that hang together."""

    unknown: list[Unknown]
    rows: list[_Row]
    tables: list[NDArray[np.float64]] = field(default_factory=list)
    """Tables that fit, found so far."""

    def __post_init__(self) -> None:
        self.column = {at: i for i, at in enumerate(self.unknown)}
        lines = [(r, self.column[at], by) for r, row in enumerate(self.rows) for at, by in row.terms]
        r, c, v = zip(*lines, strict=True) if lines else ((), (), ())
        shape = (len(self.rows), len(self.unknown))
        matrix = sp.csr_array(sp.coo_array((np.array(v, float), (np.array(r, int), np.array(c, int))), shape=shape))
        ends = [row.low for row in self.rows], [row.high for row in self.rows]
        self.limits = LinearConstraint(matrix, *ends) if lines else None
        # A count that nothing bounds may be anything; this is far enough to say so.
        finite = [abs(end) for row in self.rows for end in (row.low, row.high) if np.isfinite(end)]
        self.top = 10.0 * sum(finite) + 1000.0

    def pull(self, terms: Mapping[Unknown, int]) -> NDArray[np.float64]:
        """The direction in which a count grows."""
        found = np.zeros(len(self.unknown))
        for at, by in terms.items():
            found[self.column[at]] += by
        return found

    def furthest(self, terms: Mapping[Unknown, int], sign: float = 1.0) -> NDArray[np.float64] | None:
        """The fitting table in which a count is largest (or smallest), in whole numbers."""
        aim = -sign * self.pull(terms)
        for whole in (0, 1):
            found = milp(aim, constraints=self.limits, bounds=Bounds(0, self.top), integrality=whole)
            if found.x is None:
                return None
            table: NDArray[np.float64] = np.round(found.x)
            if whole or np.abs(table - found.x).max() < 1e-6:
                break
        self.tables.append(table)
        return table

    def ends(self, terms: Mapping[Unknown, int], width: int, reach: int) -> tuple[int, int]:
        """Smallest and largest value of a count, no further than is asked for."""
        pull = self.pull(terms)
        for sign in (0.0, 1.0, -1.0):
            if sign:
                self.furthest(terms, sign)
            values = [float(pull @ table) for table in self.tables]
            if values and max(values) - min(values) >= width and max(values) >= reach:
                break
        return (round(min(values)), round(max(values))) if values else (0, 0)


def _split(unknown: Sequence[Unknown], rows: Sequence[_Row]) -> Iterable[_System]:
    """Unknowns that share no row have nothing to do with each other."""
    leader = {at: at for at in unknown}

    def find(at: Unknown) -> Unknown:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    for row in rows:
        for at, _ in row.terms[1:]:
            leader[find(at)] = find(row.terms[0][0])
    groups: dict[Unknown, list[Unknown]] = defaultdict(list)
    for at in unknown:
        groups[find(at)].append(at)
    among: dict[Unknown, list[_Row]] = defaultdict(list)
    for row in rows:
        among[find(row.terms[0][0])].append(row)
    return [_System(members, among[first]) for first, members in groups.items()]


def breakdowns(
    ids: Iterable[CellId], splits: Mapping[str, Iterable[Dimension]]
) -> dict[tuple[CellId, str], set[CellId]]:
    """Which cells add up: (total, name of the breakdown) → parts. Totals that nobody shows come up as well."""
    found: dict[tuple[CellId, str], set[CellId]] = defaultdict(set)
    waiting, seen = list(ids), set(ids)
    while waiting:
        quantity, key = waiting.pop()
        for split in splits.get(quantity, ()):
            inside = dict(key)
            if not all(column in inside for column in split):
                continue
            kind = "/".join([*split, *(inside[column] for column in split[:-1])])
            total = quantity, _without(key, split)
            found[total, kind].add((quantity, key))
            if total not in seen:
                seen.add(total)
                waiting.append(total)
    return found


def _without(key: Key, split: Dimension) -> Key:
    return tuple((column, value) for column, value in key if column not in split)
