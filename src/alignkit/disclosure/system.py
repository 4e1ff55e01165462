"""What adds up to what: the cells of all chapters, and of earlier releases, as one system of sums.

For the solver only; the audit makes its own from what was really published.

A node is one cell with two unknowns, n and k. Besides the published cells there are *virtual* ones, totals that nobody
shows but that sums lead to, and *rests*, what a total holds beyond its published parts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, log2

from alignkit.cycles import order
from alignkit.disclosure.cells import (
    CellId,
    Dimension,
    Finding,
    FrozenCell,
    Key,
    TrueCell,
    combined,
    declared,
    disagree,
)
from alignkit.disclosure.rules import EVERYTHING, NOTHING, NUMERATOR, Parts, Rule

_STEP_UP = 6.0
"""How many times dearer it is to hide a total than one of its parts."""


@dataclass
class Node:
    """One cell of the system; `n` and `k` are its true counts, `hides` is what the solver has decided so far."""

    id: CellId
    n: int = 0
    k: int | None = None
    within: tuple[int, int] | None = None
    told: Parts = NOTHING
    """Known to everyone whatever is hidden today: already public, or shown by an earlier release."""
    listed: bool = False
    """Published in this run, so that its mask can be chosen."""
    virtual: bool = False
    """Not published by anybody: a total that only sums lead to, or a rest."""
    certain: bool = True
    """False: hidden by an earlier release and not counted in this run; `n` and `k` are then one possibility of many."""
    guarded: bool = True
    """Whether a small count in it must be protected."""
    spare: float = 0
    """How far k may exceed n: a rest's numerator may belong to parts whose numerator is not known."""
    least: int = 0
    """The smallest k that ranges of such parts allow."""
    held: Parts = NOTHING
    """The least it hides: by the primary rule, and what an earlier release hid."""
    hides: Parts = NOTHING
    cost: float = 1.0

    @property
    def fixed(self) -> bool:
        """Whether nothing of it can be hidden any more."""
        return self.told == EVERYTHING

    @property
    def secret(self) -> Parts:
        """What of it is really hidden."""
        return self.hides - self.told

    def can_hide(self, part: str) -> bool:
        """Whether hiding `part` as well would take something from a reader."""
        return self.listed and part not in self.hides | self.told and (part == "n" or self.k is not None)


@dataclass(frozen=True)
class Line:
    """One sum: the parts (and the rest, where there is one) make the total, in n or in k."""

    part: str
    total: int
    parts: tuple[int, ...]

    @property
    def nodes(self) -> tuple[int, ...]:
        """Everything in it."""
        return (self.total, *self.parts)


@dataclass
class System:
    """Nodes and the lines between them; `findings` says which data contradict each other."""

    nodes: list[Node] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def build(cells: Iterable[TrueCell], rule: Rule, frozen: Sequence[FrozenCell]) -> System:
    """The system of today's cells together with what earlier releases have shown."""
    current, findings = combined(cells)
    system = System(findings=findings)
    latest = {cell.id: cell for cell in sorted(frozen, key=lambda c: order(c.cycle))}
    shown = {cell.id for cell in frozen if cell.id in current and cell.shows(current[cell.id])}
    index: dict[str, dict[Key, int]] = defaultdict(dict)
    splits: dict[str, set[Dimension]] = defaultdict(set)
    for quantity, dimensions in declared(current.values(), frozen):
        splits[quantity].update(dimensions)
    for id_ in sorted({*current, *latest}):
        node = _today(current[id_], rule, latest.get(id_), id_ in shown) if id_ in current else _before(latest[id_])
        if node is not None:
            index[id_[0]][id_[1]] = len(system.nodes)
            system.nodes.append(node)
    for quantity, keys in index.items():
        _add_quantity(system, quantity, keys, sorted(splits[quantity]))
    _add_revised(system, index, frozen, splits)
    return system


def _today(cell: TrueCell, rule: Rule, before: FrozenCell | None, shown: bool) -> Node | None:
    if cell.n is None:
        return None
    held, within, told = primary(cell, rule), cell.within, NOTHING
    if cell.public or shown:
        told = EVERYTHING
    elif before is not None:
        held = held | before.hides
        if before.n == cell.n:
            told, within = frozenset({"n"}), within or before.within
    held = NOTHING if cell.public else held
    chapters = 1 + 0.5 * max(0, len(cell.chapters) - 1)
    cost = chapters * (1 + log2(1 + cell.n))
    return Node(cell.id, cell.n, cell.k, within, told, listed=True, held=held, hides=held, cost=cost)


def primary(cell: TrueCell, rule: Rule) -> Parts:
    """What the rule alone hides of a cell, a range from its source included."""
    parts = rule.primary(cell.n, cell.k)
    if not parts and cell.within is not None and rule.tells_small(cell.n, cell.within):
        return NUMERATOR
    return parts


def _before(cell: FrozenCell) -> Node | None:
    """A cell of an earlier release as it was shown then."""
    if not cell.hides:
        return None if cell.n is None else Node(cell.id, cell.n, cell.k, cell.within, told=EVERYTHING)
    told = EVERYTHING - cell.hides
    return Node(cell.id, cell.n or 0, 0, cell.within, told, certain=False, held=cell.hides, hides=cell.hides)


def _add_quantity(system: System, quantity: str, keys: dict[Key, int], splits: Sequence[Dimension]) -> None:
    """Add the totals that nobody shows, then the lines, the finest first, so that each part is known before its sum."""
    real = len(system.nodes)
    for key in _missing_totals(keys, splits):
        keys[key] = len(system.nodes)
        system.nodes.append(Node((quantity, key), virtual=True, hides=EVERYTHING, held=EVERYTHING))
    levels = {key: sum(set(split) <= {column for column, _ in key} for split in splits) for key in keys}
    for key, i in keys.items():
        system.nodes[i].cost *= _STEP_UP ** (max(levels.values()) - levels[key])
    groups = _groups(keys, splits)
    for total in sorted(groups, key=lambda key: (-len(key), key)):
        if keys[total] >= real:
            _count_virtual(system, keys[total], groups[total])
        for parts in groups[total]:
            _add_line(system, keys[total], parts, told=keys[total] < real)


def _missing_totals(keys: Mapping[Key, int], splits: Sequence[Dimension]) -> list[Key]:
    found, waiting = set(keys), list(keys)
    while waiting:
        key = waiting.pop()
        for split in splits:
            parent = tuple(pair for pair in key if pair[0] not in split)
            if len(parent) == len(key) - len(split) and parent not in found:
                found.add(parent)
                waiting.append(parent)
    return sorted(found - set(keys))


def _groups(keys: Mapping[Key, int], splits: Sequence[Dimension]) -> dict[Key, list[tuple[int, ...]]]:
    """Total → the sets of parts that make it."""
    found: dict[tuple[Key, Dimension, tuple[str, ...]], list[int]] = defaultdict(list)
    for key, i in sorted(keys.items()):
        values = dict(key)
        for split in splits:
            if all(column in values for column in split):
                parent = tuple(pair for pair in key if pair[0] not in split)
                found[parent, split, tuple(values[column] for column in split[:-1])].append(i)
    groups: dict[Key, list[tuple[int, ...]]] = defaultdict(list)
    for (parent, _split, _group), parts in sorted(found.items()):
        groups[parent].append(tuple(parts))
    return groups


def _count_virtual(system: System, i: int, groups: Sequence[tuple[int, ...]]) -> None:
    node = system.nodes[i]
    node.n = max(sum(system.nodes[p].n for p in parts) for parts in groups)
    counts = [[system.nodes[p].k for p in parts] for parts in groups]
    sums = [sum(k for k in ks if k is not None) for ks in counts if None not in ks]
    node.k = max(sums) if len(sums) == len(groups) else None
    node.certain = all(system.nodes[p].certain for parts in groups for p in parts)


def _add_line(system: System, total: int, parts: tuple[int, ...], *, told: bool) -> None:
    """Add the sums in n and in k; where the parts fall short of the total, with their rest."""
    nodes = system.nodes
    members, with_k = [nodes[i] for i in (total, *parts)], nodes[total].k is not None
    counted = [i for i in parts if nodes[i].k is not None]
    if not all(node.certain for node in members):
        system.lines.append(Line("n", total, parts))
        if with_k and len(counted) == len(parts):
            system.lines.append(Line("k", total, parts))
        return
    rest_n = nodes[total].n - sum(nodes[i].n for i in parts)
    rest_k = (nodes[total].k or 0) - sum(nodes[i].k or 0 for i in counted) if with_k else 0
    unknown = [_told_range(nodes[i]) for i in parts if nodes[i].k is None]
    spare = sum(high for _low, high in unknown)
    if rest_n < 0 or rest_k < 0 or rest_k > rest_n + spare:
        if all(node.listed for node in members) and not all(node.fixed for node in members):
            message = "its parts do not add up to it; declare no partition where groups overlap, or mend the counts"
            system.findings.append(Finding("not_additive", message, *nodes[total].id))
        return
    rest: tuple[int, ...] = ()
    if rest_n or rest_k or spare:
        rest = (len(nodes),)
        guarded = told and any(node.listed and not node.fixed for node in members)
        one = Node(nodes[total].id, rest_n, rest_k if with_k else None, virtual=True, guarded=guarded, spare=spare)
        one.least, one.told = sum(low for low, _high in unknown), NOTHING if rest_n else frozenset({"n"})
        one.hides = one.held = EVERYTHING
        nodes.append(one)
    system.lines.append(Line("n", total, parts + (rest if rest_n else ())))
    if with_k:
        system.lines.append(Line("k", total, tuple(counted) + rest))


def _told_range(node: Node) -> tuple[int, float]:
    """Ends of a numerator of which a reader knows a range, or that it is no more than its denominator, or nothing."""
    if node.within is not None and "k" not in node.hides:
        return node.within
    return 0, inf if "n" in node.hides else node.n


def _add_revised(
    system: System,
    index: Mapping[str, Mapping[Key, int]],
    frozen: Sequence[FrozenCell],
    splits: Mapping[str, set[Dimension]],
) -> None:
    """Add sums as an earlier release showed them, where it showed counts that were revised since."""
    cycles: dict[tuple[str, str], dict[Key, FrozenCell]] = defaultdict(dict)
    for cell in frozen:
        cycles[cell.cycle, cell.quantity][cell.key] = cell
    for (_cycle, quantity), cells in sorted(cycles.items()):
        keys = {key: index[quantity][key] for key in cells if key in index[quantity]}
        revised = {}
        for key, i in keys.items():
            old = _before(cells[key])
            if old is not None and system.nodes[i].listed and _revised(cells[key], system.nodes[i]):
                revised[key] = len(system.nodes)
                system.nodes.append(old)
        keys |= revised
        news = set(revised.values())
        for total, groups in _groups(keys, sorted(splits[quantity])).items():
            for parts in groups:
                if total in keys and news & {keys[total], *parts} and _holds(system, keys[total], parts):
                    system.lines.append(Line("n", keys[total], parts))
                    _add_k(system, keys[total], parts)


def _revised(cell: FrozenCell, node: Node) -> bool:
    return disagree(cell.n, node.n) or disagree(cell.k, node.k)


def _holds(system: System, total: int, parts: Sequence[int]) -> bool:
    """Whether today's counts of the hidden parts fit that earlier sum: if not, they were revised as well."""
    nodes = [system.nodes[i] for i in parts]
    known = all(node.certain for node in (system.nodes[total], *nodes))
    return not known or system.nodes[total].n == sum(node.n for node in nodes)


def _add_k(system: System, total: int, parts: tuple[int, ...]) -> None:
    counts = [system.nodes[i].k for i in parts]
    whole = system.nodes[total].k
    if whole is None or None in counts:
        return
    known = all(system.nodes[i].certain for i in (total, *parts))
    if not known or whole == sum(k for k in counts if k is not None):
        system.lines.append(Line("k", total, parts))
