"""What the rule promises about hidden counts, and what an attacker who adds and subtracts makes of them.

For the solver only; the audit attacks by itself.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from alignkit.disclosure.nodes import Line, Node, System
from alignkit.disclosure.rules import Rule

Vector = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.intp]
_NEAR = 1e-6
_GLANCES = 6
"""Attacks at all counts at once, before each is attacked alone: they usually show enough room for most."""
_FEW = 3
"""So few counts are attacked alone at once."""


@dataclass(frozen=True)
class Need:
    """A hidden count (n, k, or m = n − k) must leave `width` between its smallest and largest possible value.

    With `reach`, its largest possible value must come up to that.
    """

    node: int
    """Place in the component."""
    part: str
    width: int
    reach: int = 0


@dataclass(frozen=True)
class Unmet:
    """A need that is not met: what the attacker finds."""

    need: Need
    low: int
    high: int


def needs_of(place: int, node: Node, rule: Rule) -> list[Need]:
    """What is promised about one node, given what it hides."""
    if not node.guarded or not node.secret or (node.virtual and not node.certain):
        return []
    if not node.certain:
        return [Need(place, part, 1) for part in sorted(node.secret)]
    found = []
    counts = {"n": node.n, "k": node.k, "m": None if node.k is None or node.spare else node.n - node.k}
    for part, count in counts.items():
        open_n = "n" not in node.secret
        if count is None or (part in "nm" and open_n):
            continue
        beside = part == "k" and open_n and not node.spare and rule.small(node.n - count)
        small = rule.small(count) or beside
        if small or not node.virtual:
            reach = rule.minimum_count if part == "n" and small else 0
            found.append(Need(place, part, rule.protection if small and part != "n" else 1, reach))
    return found


class Component:
    """Nodes that hang together through lines: a column for each n, then one for each k."""

    def __init__(self, system: System, members: Sequence[int], lines: Iterable[Line], rule: Rule) -> None:
        self.nodes = [system.nodes[i] for i in members]
        self.rule, self.size = rule, len(members)
        place = {i: at for at, i in enumerate(members)}
        self.lines = [Line(one.part, place[one.total], tuple(place[i] for i in one.parts)) for one in lines]
        self.truth = np.array([node.n for node in self.nodes] + [node.k or 0 for node in self.nodes], float)
        self.top = 2.0 * sum(node.n for node in self.nodes) + 4 * rule.minimum_count
        self.arrange()
        self._tables = [self.truth] if all(node.certain for node in self.nodes) else []
        """Tables that fit all lines: whether they fit what is shown depends on what is hidden at the time."""

    def arrange(self) -> None:
        """Set up the sums; again after lines were taken out."""
        self.sums = np.zeros((len(self.lines), 2 * self.size))
        for row, line in zip(self.sums, self.lines, strict=True):
            shift = 0 if line.part == "n" else self.size
            row[[i + shift for i in line.parts]] = 1.0
            row[line.total + shift] = -1.0

    def hidden(self) -> Flags:
        """Which columns are hidden now."""
        n = ["n" in node.secret for node in self.nodes]
        k = ["k" in node.secret and node.k is not None for node in self.nodes]
        return np.array(n + k, bool)

    def ends(self) -> tuple[Vector, Vector]:
        """Smallest and largest value of every column that a reader holds possible before any sums."""
        low, high = self.truth.copy(), self.truth.copy()
        hidden = self.hidden()
        low[hidden], high[hidden] = 0.0, self.top
        for i, node in enumerate(self.nodes):
            if hidden[i + self.size]:
                low[i + self.size], high[i + self.size] = numerators(node, self.rule, self.top)
        return low, high

    def possible(self) -> bool:
        """Whether any table at all fits."""
        attack = _Attack(self)
        return not attack.contradicted and attack.ask(np.zeros(2 * self.size), exact=True)

    def unmet(self, given_up: Collection[Need] = ()) -> Unmet | None:
        """The first need that is not met, beside those given up."""
        attack = _Attack(self)
        waiting = attack.open(self._needs(given_up))
        for glance in range(_GLANCES):
            if len(waiting) > _FEW:
                attack.ask(_toward(waiting, glance, self.size))
                waiting = attack.open(waiting)
        return next((unmet for need in waiting if (unmet := attack.alone(need)) is not None), None)

    def meets(self, need: Need) -> bool:
        """Whether one need is met now."""
        return _Attack(self).alone(need) is None

    def safe_without(self, i: int, given_up: Collection[Need] = ()) -> bool:
        """Whether every need is met now that place `i` hides less than before, when all were met."""
        attack = _Attack(self)
        waiting = attack.open(self._needs(given_up))
        beside = {other for line in self.lines if i in line.nodes for other in line.nodes}
        waiting.sort(key=lambda need: need.node not in beside)
        return all(attack.alone(need) is None for need in waiting)

    def _needs(self, given_up: Collection[Need]) -> list[Need]:
        found = [need for i, node in enumerate(self.nodes) for need in needs_of(i, node, self.rule)]
        return [need for need in found if need not in given_up]

    def fitting(self, low: Vector, high: Vector) -> list[Vector]:
        """The tables found so far that fit what is shown now."""
        if not self._tables:
            return []
        tables = np.array(self._tables)
        fits = np.flatnonzero(((tables >= low) & (tables <= high)).all(axis=1))
        return [self._tables[i] for i in fits]

    def keep(self, table: Vector) -> None:
        """Remember a table."""
        self._tables.append(table)


class _Attack:
    """One attack on what is hidden now."""

    def __init__(self, component: Component) -> None:
        self.of = component
        self.low, self.high = component.ends()
        free = self.low < self.high
        self.free = np.flatnonzero(free)
        made = -(component.sums @ np.where(free, 0.0, self.low))
        sums = component.sums[:, self.free]
        used = sums.any(axis=1)
        self.contradicted = bool(made[~used].any())
        both = np.flatnonzero(free[: component.size] & free[component.size :])
        # k ≤ n where both are hidden; where n is known it bounds k already.
        room = (self.free == both[:, None]) * 1.0 - (self.free == both[:, None] + component.size)
        self.rows = np.vstack([sums[used], room])
        spare = [-component.nodes[i].spare for i in both]
        self.ends = np.concatenate([made[used], spare]), np.concatenate([made[used], np.full(len(both), np.inf)])
        self.block, self.row_block = _blocks(self.rows != 0)
        self.tables = component.fitting(self.low, self.high)

    def ask(self, pull: Vector, *, exact: bool = False) -> bool:
        """Find the table that goes furthest in a direction and keep it; False where none fits."""
        if not len(self.free) or (self.tables and not pull[self.free].any()):
            return True
        aim = -pull[self.free]
        # What hangs together with nothing that is pulled stays as in some table, once there is one.
        wanted = self.block[np.flatnonzero(aim)] if self.tables else self.block
        columns, rows = np.isin(self.block, wanted), np.isin(self.row_block, wanted)
        values = self._furthest(aim, columns, rows, exact=exact)
        if values is None:
            return False
        if len(values):
            table = (self.tables[0] if self.tables else self.low).copy()
            table[self.free[columns]] = values
            self.tables.append(table)
            self.of.keep(table)
        return True

    def _furthest(self, aim: Vector, columns: Flags, rows: Flags, *, exact: bool) -> Vector | None:
        """None where nothing fits; empty where only fractions were found and whole numbers are not asked for."""
        limits = LinearConstraint(self.rows[np.ix_(rows, columns)], self.ends[0][rows], self.ends[1][rows])
        bounds = Bounds(self.low[self.free[columns]], self.high[self.free[columns]])
        for whole in (0, 1):
            found = milp(aim[columns], constraints=limits, bounds=bounds, integrality=whole)
            if found.x is None:
                return None
            values: Vector = np.round(found.x)
            if whole or np.abs(found.x - values).max() < _NEAR:
                return values
            if not exact:
                break
        return np.zeros(0)

    def open(self, needs: Sequence[Need]) -> list[Need]:
        """Of `needs`, those for which the tables found do not show enough room."""
        if not self.tables:
            return list(needs)
        tables, size = np.array(self.tables), self.of.size
        values = {"n": tables[:, :size], "k": tables[:, size:], "m": tables[:, :size] - tables[:, size:]}
        low = {part: found.min(axis=0) for part, found in values.items()}
        high = {part: found.max(axis=0) for part, found in values.items()}
        return [
            need
            for need in needs
            if high[need.part][need.node] - low[need.part][need.node] < need.width
            or high[need.part][need.node] < need.reach
        ]

    def alone(self, need: Need) -> Unmet | None:
        """Attack one count, as far as it goes."""
        for sign in (1.0, -1.0):
            if not self.open([need]):
                return None
            if not self.ask(sign * direction(need, self.of.size), exact=True):
                return None
        if not self.open([need]):
            return None
        values = np.array(self.tables) @ direction(need, self.of.size)
        return Unmet(need, round(values.min()), round(values.max()))


def direction(need: Need, size: int) -> Vector:
    """The way in which its count grows."""
    pull = np.zeros(2 * size)
    if need.part in "nm":
        pull[need.node] = 1.0
    if need.part in "km":
        pull[need.node + size] = 1.0 if need.part == "k" else -1.0
    return pull


def _toward(needs: Sequence[Need], glance: int, size: int) -> Vector:
    """A direction that pulls all `needs` up, or down, or this way and that."""
    ways = np.random.default_rng(glance).choice([-1.0, 1.0], len(needs))
    if glance < 2:
        ways[:] = 1.0 - 2.0 * glance
    pull = np.zeros(2 * size)
    for need, way in zip(needs, ways, strict=True):
        pull += way * direction(need, size)
    return pull


def numerators(node: Node, rule: Rule, top: float) -> tuple[float, float]:
    """The smallest and largest numerator that a reader holds possible before any sums, where it is hidden."""
    if "n" in node.secret or node.k is None or node.virtual:
        return node.least, min(top, node.n + node.spare) if "n" in node.told else top
    ends = [node.within] if node.within else []
    if node.certain:
        ends.append(rule.numerators(node.n, rule.side(node.n, node.k)))
        ends = [end for end in ends if end[0] <= node.k <= end[1]]
    return max((low for low, _ in ends), default=0), min((high for _, high in ends), default=node.n)


def _blocks(linked: Flags) -> tuple[Numbers, Numbers]:
    """Of each column and each row, the number of the block of rows and columns that it hangs together with."""
    count = linked.shape[1]
    columns = np.arange(count)
    while True:
        rows = np.where(linked, columns, count).min(axis=1, initial=count)
        joined = np.minimum(columns, np.where(linked, rows[:, None], count).min(axis=0, initial=count))
        if (joined == columns).all():
            return columns, rows
        columns = joined


def components(count: int, links: Sequence[Sequence[int]]) -> list[list[int]]:
    """The numbers below `count` that hang together through `links`, in a steady order."""
    pairs = [(link[0], other) for link in links for other in link[1:]]
    ends = [a for a, _ in pairs], [b for _, b in pairs]
    graph = sp.coo_array((np.ones(len(pairs)), ends), shape=(count, count))
    number, labels = connected_components(graph, directed=False)
    found: list[list[int]] = [[] for _ in range(number)]
    for member, where in enumerate(labels):
        found[where].append(member)
    return found
