"""Which further cells to hide so that one hidden count has the room that the rule promises.

A linear program moves the count as far as it needs, along the lines, through other cells: through hidden ones freely,
through shown ones at the cost of hiding them. (Kelly, Golden and Assad 1992, Networks 22(4); as in τ-ARGUS.)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from alignkit.disclosure.needs import Need, Unmet, Vector, matrix, numerators
from alignkit.disclosure.rules import EVERYTHING, NUMERATOR, Parts, Rule
from alignkit.disclosure.system import Line, Node, System

_MOVED = 1e-6
_ROUNDS = 3
"""A cell that had to move much in one round is cheap in the next: fewer cells move further."""


@dataclass(frozen=True)
class Choice:
    """Cells to hide further, and what that loses."""

    hides: Mapping[int, Parts]
    cost: float


def choose(system: System, members: Iterable[int], lines: Iterable[Line], unmet: Unmet, rule: Rule) -> Choice | None:
    """The cheapest further cells that give `unmet` its room; None where none do."""
    moves = _Moves(system, members, lines, rule)
    need = unmet.need
    goals = [(1.0, max(need.reach, unmet.low + need.width))]
    if unmet.high >= need.reach:
        goals.append((-1.0, need.width - unmet.high))
    found = [choice for sign, goal in goals if (choice := moves.toward(need, sign, goal)) is not None]
    return min(found, key=lambda choice: choice.cost, default=None)


class _Moves:
    """The linear program: one column per count that can move, and two per shown one for how far it has to."""

    def __init__(self, system: System, members: Iterable[int], lines: Iterable[Line], rule: Rule) -> None:
        self.nodes = {i: system.nodes[i] for i in members}
        self.lines, self.rule = tuple(lines), rule
        self.columns: dict[tuple[int, str], int] = {}
        self.low: list[float] = []
        self.high: list[float] = []
        self.prices: list[tuple[int, str, float]] = []
        """Column of a price, what it hides, and its weight."""
        self.owners: dict[int, int] = {}
        """Column of a price → the node that it would hide."""
        self.rows: list[dict[int, float]] = []
        self.ends: list[tuple[float, float]] = []
        self.top = 2 * sum(node.n for node in self.nodes.values()) + 4 * rule.minimum_count
        for i, node in self.nodes.items():
            self._add(i, node)
        self._add_lines()

    def _add(self, i: int, node: Node) -> None:
        if node.fixed:
            return
        parts = ("n",) if node.k is None else ("n", "k")
        for part in parts:
            if part in node.hides or node.listed:
                self.columns[i, part] = self._column(0, self.top)
        for part in parts:
            if (i, part) in self.columns and part not in node.hides:
                self._price(i, part, node)
        if node.k is not None and (i, "k") in self.columns:
            self._couple(i, node)

    def _column(self, low: float, high: float) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def _row(self, terms: dict[int, float], low: float, high: float) -> None:
        self.rows.append(terms)
        self.ends.append((low, high))

    def _price(self, i: int, part: str, node: Node) -> None:
        """value − up + down = true count, with up and down paid for."""
        count = node.n if part == "n" else node.k or 0
        up, down = self._column(0, self.top), self._column(0, count)
        self._row({self.columns[i, part]: 1.0, up: -1.0, down: 1.0}, count, count)
        weight = node.cost * (1.0 if part == "n" else 0.5)
        self.prices += [(up, part, weight), (down, part, weight)]
        self.owners |= {up: i, down: i}

    def _couple(self, i: int, node: Node) -> None:
        """0 ≤ k ≤ n; where n stays shown, k stays where a reader expects a hidden numerator, or n is paid for."""
        n, k = self.columns.get((i, "n")), self.columns[i, "k"]
        low, high = numerators(node, self.rule, self.top)
        if n is None:
            self.low[k], self.high[k] = low, high
            return
        self._row({n: 1.0, k: -1.0}, -node.spare, np.inf)
        if "n" in node.hides:
            self.low[k], self.high[k] = low, high
            return
        over = self._column(0, self.top)
        self.prices.append((over, "n", node.cost))
        self.owners[over] = i
        self._row({k: 1.0, over: 1.0}, low, np.inf)
        self._row({k: 1.0, n: -1.0, over: -1.0}, -np.inf, high - node.n)

    def _add_lines(self) -> None:
        for line in self.lines:
            terms = [(line.total, -1.0), *((i, 1.0) for i in line.parts)]
            free = {self.columns[i, line.part]: by for i, by in terms if (i, line.part) in self.columns}
            known = sum(by * self._known(i, line.part) for i, by in terms if (i, line.part) not in self.columns)
            if free:
                self._row(free, -known, -known)

    def _known(self, i: int, part: str) -> int:
        return self.nodes[i].n if part == "n" else self.nodes[i].k or 0

    def toward(self, need: Need, sign: float, goal: float) -> Choice | None:
        """Let the count of `need`, times `sign`, reach `goal`."""
        if need.part == "m":
            aim = {self.columns[need.node, "n"]: sign, self.columns[need.node, "k"]: -sign}
        else:
            aim = {self.columns[need.node, need.part]: sign}
        rows = matrix([*self.rows, aim], len(self.low))
        low, high = zip(*self.ends, (goal, np.inf), strict=True)
        weights = np.zeros(len(self.low))
        weights[[column for column, _, _ in self.prices]] = [weight for _, _, weight in self.prices]
        prices, best = weights, None
        for _ in range(_ROUNDS):
            found = milp(prices, constraints=LinearConstraint(rows, low, high), bounds=Bounds(self.low, self.high))
            if found.x is None:
                return None
            choice = self._hides(found.x)
            best = choice if best is None or choice.cost < best.cost else best
            prices = weights / (found.x + 1.0)
        return best

    def _hides(self, table: Vector) -> Choice:
        moved: dict[int, Parts] = {}
        for column, part, _weight in self.prices:
            if table[column] > _MOVED:
                i = self.owners[column]
                moved[i] = moved.get(i, frozenset()) | (EVERYTHING if part == "n" else NUMERATOR)
        cost = sum(self.nodes[i].cost * (1.0 if "n" in parts else 0.5) for i, parts in moved.items())
        return Choice(moved, cost)
