"""What adds up to what: the cells of all chapters, and of earlier releases, as one system of sums.

For the solver only; the audit makes its own from what was really published.

A node is one cell with two unknowns, n and k. Besides the published cells there are *virtual* ones, totals that nobody
shows but that sums lead to, and *rests*, what a total holds beyond its published parts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
from alignkit.disclosure.nodes import Line, Node, System
from alignkit.disclosure.rules import EVERYTHING, NOTHING, NUMERATOR, Parts, Rule

_STEP_UP = 6.0
"""How many times dearer it is to hide a total than one of its parts."""


def build(cells: Iterable[TrueCell], rule: Rule, frozen: Sequence[FrozenCell], correcting: str = "") -> System:
    """The system of today's cells together with what earlier releases have shown.

    `correcting` is the cycle of today's cells, where its book may have been released before.
    """
    current, findings = combined(cells)
    system = System(findings=findings)
    before: dict[CellId, list[FrozenCell]] = defaultdict(list)
    for cell in sorted(frozen, key=lambda c: (order(c.cycle), c.issue)):
        before[cell.id].append(cell)
    shown = {cell.id for cell in frozen if cell.id in current and cell.shows(current[cell.id])}
    index: dict[str, dict[Key, int]] = defaultdict(dict)
    splits: dict[str, set[Dimension]] = defaultdict(set)
    for quantity, dimensions in declared(current.values(), frozen):
        splits[quantity].update(dimensions)
    for id_ in sorted({*current, *before}):
        earlier = before[id_]
        node = _today(current[id_], rule, earlier, id_ in shown) if id_ in current else _before(earlier[-1])
        if node is not None:
            index[id_[0]][id_[1]] = len(system.nodes)
            system.nodes.append(node)
    for quantity, keys in index.items():
        _add_quantity(system, quantity, keys, sorted(splits[quantity]))
    _add_revised(system, index, frozen, splits, correcting)
    return system


def _today(cell: TrueCell, rule: Rule, before: Sequence[FrozenCell], shown: bool) -> Node | None:
    """One of today's cells; `before` is the same cell in earlier releases, the latest last."""
    if cell.n is None:
        return None
    held, within, told = primary(cell, rule), cell.within, NOTHING
    if cell.public or shown:
        told = EVERYTHING
    elif before:
        held = held | before[-1].hides
        for one in (one for one in reversed(before) if one.n == cell.n):
            told, within = frozenset({"n"}), within or _still(one.within, cell.k)
    held = NOTHING if cell.public else held
    chapters = 1 + 0.5 * max(0, len(cell.chapters) - 1)
    cost = chapters * (1 + log2(1 + cell.n))
    return Node(cell.id, cell.n, cell.k, within, told, listed=True, held=held, hides=held, cost=cost)


def _still(within: tuple[int, int] | None, k: int | None) -> tuple[int, int] | None:
    """The bounds of an earlier release, where today's count keeps to them."""
    return within if within is not None and k is not None and within[0] <= k <= within[1] else None


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
    correcting: str,
) -> None:
    """Add sums as an earlier release showed them, where it showed counts that were revised since."""
    releases: dict[tuple[tuple[str, int], str], dict[Key, FrozenCell]] = defaultdict(dict)
    for cell in frozen:
        releases[cell.release, cell.quantity][cell.key] = cell
    for ((cycle, _issue), quantity), cells in sorted(releases.items()):
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
                if total in keys and news & {keys[total], *parts}:
                    fits = _add_then(system, keys[total], parts)
                    if not fits and cycle == correcting:
                        _hide_bands(system, parts)


def _revised(cell: FrozenCell, node: Node) -> bool:
    return disagree(cell.n, node.n) or disagree(cell.k, node.k)


def _add_then(system: System, total: int, parts: tuple[int, ...]) -> bool:
    """Add one earlier sum, in n and in k; whether today's counts of the hidden parts fit it.

    Where they don't, those were revised as well, and the sum says nothing about today's.
    """
    nodes, members = system.nodes, [system.nodes[i] for i in (total, *parts)]
    known, counts = all(node.certain for node in members), [nodes[i].k for i in parts]
    if known and nodes[total].n != sum(nodes[i].n for i in parts):
        return False
    system.lines.append(Line("n", total, parts))
    if nodes[total].k is None or None in counts:
        return True
    if known and nodes[total].k != sum(k for k in counts if k is not None):
        return False
    system.lines.append(Line("k", total, parts))
    return True


def _hide_bands(system: System, parts: Iterable[int]) -> None:
    """Hide the bands of counts that a correction has changed.

    The new total less the old one is the change, and the reason on page one may name the group. From a band then, a
    band now and the change, a reader could work out the count.
    """
    for node in (system.nodes[i] for i in parts):
        if node.listed and "k" in node.secret:
            node.held = node.hides = EVERYTHING
