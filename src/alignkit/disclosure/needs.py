"""What the rule promises about a hidden count, and what an attacker who adds and subtracts makes of it.

For the solver only; the audit attacks by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from alignkit.disclosure.rules import Rule
from alignkit.disclosure.system import Line, Node, System

Vector = NDArray[np.float64]
_NEAR = 1e-6
_NEVER = 10**12
_GLANCES = 6
"""Attacks at all cells at once, before each is attacked alone: they usually show enough room for most."""


@dataclass(frozen=True)
class Need:
    """A hidden count (n, k, or m = n − k) must leave `width` between its smallest and largest possible value.

    With `reach`, its largest possible value must come up to that.
    """

    node: int
    part: str
    width: int
    reach: int = 0


@dataclass(frozen=True)
class Unmet:
    """A need that is not met: what the attacker finds."""

    need: Need
    low: int
    high: int


def needs_of(i: int, node: Node, rule: Rule) -> list[Need]:
    """What is promised about one node, given what it hides."""
    if node.fixed or not node.guarded or not node.hides:
        return []
    if not node.certain:
        return [Need(i, part, 1) for part in sorted(node.hides)] if not node.virtual else []
    found = []
    counts = {"n": node.n, "k": node.k, "m": None if node.k is None or node.spare else node.n - node.k}
    for part, count in counts.items():
        seen = part == "n" and "n" not in node.hides
        if count is None or seen or (part == "m" and "n" not in node.hides):
            continue
        small = rule.small(count) or (part == "k" and "n" not in node.hides and rule.small(node.n - count))
        if small or not node.virtual:
            reach = rule.minimum_count if part == "n" and small else 0
            found.append(Need(i, part, rule.protection if small and part != "n" else 1, reach))
    return found


class Seen:
    """The smallest and largest value of each count among the tables found possible so far.

    Hiding more makes no table impossible, so what was seen stays true.
    """

    def __init__(self) -> None:
        self._low: dict[tuple[int, str], int] = {}
        self._high: dict[tuple[int, str], int] = {}

    def note(self, i: int, part: str, value: int) -> None:
        """One more possible value."""
        low, high = self.ends(i, part)
        self._low[i, part], self._high[i, part] = min(low, value), max(high, value)

    def ends(self, i: int, part: str) -> tuple[int, int]:
        """Smallest and largest value seen; the smallest is above the largest where none was."""
        return self._low.get((i, part), _NEVER), self._high.get((i, part), -_NEVER)


class Attack:
    """What can be worked out about some nodes from the lines between them, given what each hides."""

    def __init__(
        self, system: System, members: Iterable[int], lines: Iterable[Line], rule: Rule, seen: Seen | None = None
    ) -> None:
        self.nodes = {i: system.nodes[i] for i in members}
        self.lines, self.rule = tuple(lines), rule
        self.columns: dict[tuple[int, str], int] = {}
        for i, node in self.nodes.items():
            for part in ("n", "k"):
                if part in node.hides and not node.fixed and (part == "n" or node.k is not None):
                    self.columns[i, part] = len(self.columns)
        self.seen = Seen() if seen is None else seen

    def possible(self) -> bool:
        """Whether any table fits at all."""
        return not self.columns or self._ask(np.zeros(len(self.columns)), exact=True)

    def unmet(self, given_up: Iterable[Need] = ()) -> list[Unmet]:
        """The needs that are not met, beside those given up."""
        gone = set(given_up)
        needs = [need for i, node in self.nodes.items() for need in needs_of(i, node, self.rule) if need not in gone]
        for need in needs:
            if self.nodes[need.node].certain:
                self.seen.note(need.node, need.part, self._true(need))
        waiting = [need for need in needs if not self._met(need)]
        for glance in range(_GLANCES):
            if waiting:
                self._ask(self._toward(waiting, glance))
                waiting = [need for need in waiting if not self._met(need)]
        return [found for need in waiting if (found := self._alone(need)) is not None]

    def _alone(self, need: Need) -> Unmet | None:
        for sign in (1.0, -1.0):
            if self._met(need):
                return None
            self._ask(sign * self._toward([need], 0), exact=True)
        low, high = self.seen.ends(need.node, need.part)
        return None if self._met(need) or low > high else Unmet(need, low, high)

    def _met(self, need: Need) -> bool:
        low, high = self.seen.ends(need.node, need.part)
        return high - low >= need.width and high >= need.reach

    def _true(self, need: Need) -> int:
        node = self.nodes[need.node]
        return node.n if need.part == "n" else (node.k or 0) if need.part == "k" else node.n - (node.k or 0)

    def _toward(self, needs: Sequence[Need], glance: int) -> Vector:
        """An objective that pulls all `needs` up, down, or this way and that."""
        pull = np.zeros(len(self.columns))
        signs = np.random.default_rng(glance).choice([-1.0, 1.0], len(needs))
        for need, sign in zip(needs, signs, strict=True):
            way = (1.0, -1.0)[glance] if glance < 2 else sign
            if need.part == "m":
                pull[self.columns[need.node, "n"]] += way
                pull[self.columns[need.node, "k"]] -= way
            else:
                pull[self.columns[need.node, need.part]] += way
        return pull

    def _ask(self, pull: Vector, *, exact: bool = False) -> bool:
        """Find the table that goes furthest in a direction, and note what it says about every need."""
        found = milp(-pull, constraints=self._rows, bounds=self._bounds)
        if found.x is not None and np.abs(found.x - np.round(found.x)).max() > _NEAR:
            found = milp(-pull, constraints=self._rows, bounds=self._bounds, integrality=1) if exact else None
        if found is None or found.x is None:
            return False
        table = np.round(found.x).astype(int)
        for (i, part), column in self.columns.items():
            self.seen.note(i, part, int(table[column]))
            if part == "k" and (i, "n") in self.columns:
                self.seen.note(i, "m", int(table[self.columns[i, "n"]] - table[column]))
        return True

    @cached_property
    def _bounds(self) -> Bounds:
        top = 2 * sum(node.n for node in self.nodes.values()) + 4 * self.rule.minimum_count
        ends = [(0, top)] * len(self.columns)
        for (i, part), column in self.columns.items():
            if part == "k":
                ends[column] = numerators(self.nodes[i], self.rule, top)
        return Bounds([low for low, _high in ends], [high for _low, high in ends])

    @cached_property
    def _rows(self) -> list[LinearConstraint]:
        rows: list[dict[int, float]] = []
        low: list[float] = []
        high: list[float] = []
        for line in self.lines:
            terms = [(line.total, -1.0), *((i, 1.0) for i in line.parts)]
            hidden = {self.columns[i, line.part]: by for i, by in terms if (i, line.part) in self.columns}
            if hidden:
                known = sum(by * self._known(i, line.part) for i, by in terms if (i, line.part) not in self.columns)
                rows.append(hidden)
                low.append(-known)
                high.append(-known)
        for (i, part), column in self.columns.items():
            if part == "k" and (i, "n") in self.columns:
                rows.append({self.columns[i, "n"]: 1.0, column: -1.0})
                low.append(-self.nodes[i].spare)
                high.append(np.inf)
        return [LinearConstraint(matrix(rows, len(self.columns)), low, high)] if rows else []

    def _known(self, i: int, part: str) -> int:
        node = self.nodes[i]
        return node.n if part == "n" else node.k or 0


def numerators(node: Node, rule: Rule, top: int) -> tuple[int, int]:
    """The smallest and largest numerator that a reader holds possible before any sums, where it is hidden."""
    if "n" in node.hides or node.k is None:
        return node.least, top
    ends = [node.within] if node.within else []
    if node.certain:
        ends.append(rule.numerators(node.n, rule.side(node.n, node.k)))
        ends = [end for end in ends if end[0] <= node.k <= end[1]]
    return max((low for low, _ in ends), default=0), min((high for _, high in ends), default=node.n)


def matrix(rows: Sequence[dict[int, float]], width: int) -> sp.csr_array:
    """A sparse matrix from its rows: column → value."""
    values = [value for row in rows for value in row.values()]
    columns = [column for row in rows for column in row]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    return sp.csr_array((values, columns, starts), shape=(len(rows), width))


def components(members: Sequence[int], links: Iterable[Sequence[int]]) -> list[list[int]]:
    """The members that hang together through `links`, in a steady order."""
    place = {member: at for at, member in enumerate(members)}
    pairs = [(place[link[0]], place[other]) for link in links for other in link[1:]]
    graph = sp.coo_array(
        (np.ones(len(pairs)), ([a for a, _ in pairs], [b for _, b in pairs])), shape=(len(members), len(members))
    )
    count, labels = connected_components(graph, directed=False)
    found: list[list[int]] = [[] for _ in range(count)]
    for member, where in zip(members, labels, strict=True):
        found[where].append(member)
    return found
