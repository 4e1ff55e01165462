"""Which further cells to hide so that one hidden count has the room that the rule promises.

A linear program moves the count as far as it needs, along the lines, through other cells: through hidden ones freely,
through shown ones at the cost of hiding them. (Kelly, Golden and Assad 1992, Networks 22(4); as in τ-ARGUS.)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

from alignkit.disclosure.needs import Component, Need, Unmet, Vector, direction, numerators
from alignkit.disclosure.rules import EVERYTHING, NUMERATOR, Parts

_MOVED = 1e-6
_ROUNDS = 2
"""A cell that had to move much in one round is cheap in the next: fewer cells move further."""
_HALF = 0.5
"""What hiding a value loses, of what hiding the whole row does."""


@dataclass(frozen=True)
class Choice:
    """Places of the cells to hide further, and what that loses."""

    hides: Mapping[int, Parts]
    cost: float


def choose(component: Component, unmet: Unmet) -> Choice | None:
    """The cheapest further cells that give `unmet` its room; None where none do."""
    moves, need = _Moves(component), unmet.need
    up = moves.toward(need, 1.0, max(need.reach, unmet.low + need.width))
    return up if up is not None or unmet.high < need.reach else moves.toward(need, -1.0, need.width - unmet.high)


class _Moves:
    """The linear program: the component's columns, and for each count that can still be hidden what moving it costs."""

    def __init__(self, component: Component) -> None:
        self.of, size = component, component.size
        self.low, self.high = (list(ends) for ends in component.ends())
        self.rows: list[dict[int, float]] = []
        self.ends: list[tuple[float, float]] = []
        self.prices: list[tuple[int, int, str, float]] = []
        """Column of a price, the place and part that it hides, and its weight."""
        hidden = component.hidden()
        for i, node in enumerate(component.nodes):
            if node.fixed:
                continue
            if node.k is not None:
                self._row({i: 1.0, i + size: -1.0}, -node.spare, np.inf)
            for part, column in (("n", i), ("k", i + size)):
                if node.can_hide(part) and not hidden[column]:
                    self._price(i, part, column)
            if node.can_hide("n") and node.k is not None:
                self._couple(i)

    def _column(self, high: float) -> int:
        self.low.append(0.0)
        self.high.append(high)
        return len(self.low) - 1

    def _row(self, terms: dict[int, float], low: float, high: float) -> None:
        self.rows.append(terms)
        self.ends.append((low, high))

    def _price(self, i: int, part: str, column: int) -> None:
        """Let the count move: count − up + down stays as it is, and up and down are paid for."""
        count, top = self.of.truth[column], self.of.top
        self.low[column], self.high[column] = 0.0, top
        up, down = self._column(top), self._column(count)
        self._row({column: 1.0, up: -1.0, down: 1.0}, count, count)
        weight = self.of.nodes[i].cost * (1.0 if part == "n" else _HALF)
        self.prices += [(up, i, part, weight), (down, i, part, weight)]

    def _couple(self, i: int) -> None:
        """The numerator stays where a reader expects a hidden one, unless hiding the denominator too is paid for."""
        node, size = self.of.nodes[i], self.of.size
        low, high = numerators(node, self.of.rule, self.of.top)
        over = self._column(self.of.top)
        self.prices.append((over, i, "n", node.cost))
        self.low[i + size], self.high[i + size] = 0.0, self.of.top
        self._row({i + size: 1.0, over: 1.0}, low, np.inf)
        self._row({i + size: 1.0, i: -1.0, over: -1.0}, -np.inf, high - node.n)

    def toward(self, need: Need, sign: float, goal: float) -> Choice | None:
        """Let the count of `need`, times `sign`, reach `goal`."""
        width, of = len(self.low), self.of
        known = np.vstack([of.sums, sign * direction(need, of.size)])
        blocks = sp.csr_array(known), _matrix(self.rows, width)
        rows = sp.vstack([sp.csr_array((b.data, b.indices, b.indptr), shape=(b.shape[0], width)) for b in blocks])
        low = np.concatenate([np.zeros(len(of.sums)), [goal], [low for low, _ in self.ends]])
        high = np.concatenate([np.zeros(len(of.sums)), [np.inf], [high for _, high in self.ends]])
        weights = np.zeros(width)
        weights[[column for column, *_ in self.prices]] = [weight for *_, weight in self.prices]
        return self._cheapest(LinearConstraint(rows, low, high), Bounds(self.low, self.high), weights)

    def _cheapest(self, limits: LinearConstraint, bounds: Bounds, weights: Vector) -> Choice | None:
        prices, best = weights, None
        for _ in range(_ROUNDS):
            found = milp(prices, constraints=limits, bounds=bounds)
            if found.x is None:
                return None
            choice = self._hides(found.x)
            if best is not None and choice.cost >= best.cost:
                break
            best, prices = choice, weights / (found.x + 1.0)
        return best

    def _hides(self, table: Vector) -> Choice:
        moved: dict[int, Parts] = {}
        for column, i, part, _weight in self.prices:
            if table[column] > _MOVED:
                moved[i] = moved.get(i, frozenset()) | (EVERYTHING if part == "n" else NUMERATOR)
        nodes = self.of.nodes
        cost = sum(nodes[i].cost * (1.0 if "n" in parts else _HALF) for i, parts in sorted(moved.items()))
        return Choice(moved, cost)


def _matrix(rows: Sequence[dict[int, float]], width: int) -> sp.csr_array:
    """A sparse matrix from its rows: column → value."""
    values = [value for row in rows for value in row.values()]
    columns = [column for row in rows for column in row]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    return sp.csr_array((values, columns, starts), shape=(len(rows), width))
