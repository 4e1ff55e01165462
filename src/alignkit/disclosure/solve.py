"""What to hide over all chapters together, so that no hidden count can be worked out from the others.

Primary rule → at least two hidden in every line → an attacker who adds and subtracts, until nothing more gives way →
what turned out to be hidden needlessly is shown again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alignkit.disclosure.cells import CellId, Finding, FrozenCell, Mask, TrueCell, combined, label
from alignkit.disclosure.complement import choose
from alignkit.disclosure.needs import Component, Need, Unmet, components
from alignkit.disclosure.nodes import Line, System
from alignkit.disclosure.rules import EVERYTHING, NOTHING, NUMERATOR, Parts, Rule, rule_of
from alignkit.disclosure.system import build, primary

_CLEAN_UP_TO = 8000
"""Complements times cells of one component: beyond that, looking for needless ones takes longer than it gains."""
_TRY_BOTH_UP_TO = 150
"""In larger components only one start is tried."""


def solve(cells: Iterable[TrueCell], rule: Rule | int, frozen: Sequence[FrozenCell] = (), correcting: str = "") -> Mask:
    """The mask of all `cells`; `frozen` are cells of earlier releases, which stay as they were.

    `correcting` is the cycle of `cells`, where its book may have been released before.

    What cannot be protected, because others have published it or it was released before, is in the mask's findings.
    The result does not depend on the order of the cells.
    """
    rule, known = rule_of(rule), tuple(cells)
    system = build(known, rule, frozen, correcting)
    findings = list(system.findings)
    members = components(len(system.nodes), [line.nodes for line in system.lines])
    place = {i: at for at, group in enumerate(members) for i in group}
    lines: list[list[Line]] = [[] for _ in members]
    for line in system.lines:
        lines[place[line.total]].append(line)
    for group, among in zip(members, lines, strict=True):
        if among and any(system.nodes[i].listed for i in group):
            findings += _protect(Component(system, group, among, rule))
    return _mask(known, system, rule, findings)


def _protect(component: Component) -> list[Finding]:
    """Hide what is needed in one component; the findings say what could not be protected."""
    _without_contradictions(component)
    if component.unmet() is None:
        return []
    ways = [_hide(component, paired=True)]
    if component.size <= _TRY_BOTH_UP_TO:
        ways.append(_hide(component, paired=False))
    best = min(ways, key=lambda way: way.loss)
    for node, hides in zip(component.nodes, best.hides, strict=True):
        node.hides = hides
    return list(best.given_up.values())


@dataclass(frozen=True)
class _Way:
    hides: tuple[Parts, ...]
    given_up: Mapping[Need, Finding]
    loss: float


def _hide(component: Component, *, paired: bool) -> _Way:
    """Hide what is needed, starting from two in every line or from nothing: now the one, now the other loses less."""
    for node in component.nodes:
        node.hides = node.held
    while paired and _pair(component):
        pass
    given_up: dict[Need, Finding] = {}
    while (unmet := component.unmet(given_up)) is not None:
        _mend(component, unmet, given_up)
    _clean(component, given_up)
    given_up = {
        need: finding
        for need, finding in given_up.items()
        if not component.nodes[need.node].virtual and not component.meets(need)
    }
    extra = [(node.cost, node.hides - node.held) for node in component.nodes]
    loss = sum(cost * len(parts) for cost, parts in extra)
    return _Way(tuple(node.hides for node in component.nodes), given_up, loss)


def _without_contradictions(component: Component) -> None:
    """Sums with counts that an earlier release hid are taken out where no table fits them and today's counts."""
    if all(node.certain for node in component.nodes):
        return
    before = [node.hides for node in component.nodes]
    for node in component.nodes:
        node.hides = NOTHING if node.certain else node.hides
    if not component.possible():
        sure = [all(component.nodes[i].certain for i in line.nodes) for line in component.lines]
        component.lines = [line for line, good in zip(component.lines, sure, strict=True) if good]
        component.arrange()
    for node, hides in zip(component.nodes, before, strict=True):
        node.hides = hides


def _pair(component: Component) -> bool:
    """Give every count that is hidden alone in its line a second one; whether that changed anything."""
    changed, nodes = False, component.nodes
    for line in component.lines:
        hidden = [i for i in line.nodes if line.part in nodes[i].secret]
        others = [nodes[i] for i in line.nodes if nodes[i].can_hide(line.part)]
        if len(hidden) == 1 and others and not nodes[hidden[0]].virtual:
            cheapest = min(others, key=lambda node: (node.cost, node.id))
            cheapest.hides = cheapest.hides | (EVERYTHING if line.part == "n" else NUMERATOR)
            changed = True
    return changed


def _mend(component: Component, unmet: Unmet, given_up: dict[Need, Finding]) -> None:
    if _hide_for(component, unmet):
        return
    need = unmet.need
    message = "it can be worked out from what others have published or an earlier release has shown"
    given_up[need] = Finding("known", message, *component.nodes[need.node].id)
    if unmet.low == unmet.high:
        _hide_for(component, Unmet(Need(need.node, need.part, 1), unmet.low, unmet.high))


def _hide_for(component: Component, unmet: Unmet) -> bool:
    """Hide what gives a need its room; whether anything more is hidden now."""
    choice = choose(component, unmet)
    for i, parts in choice.hides.items() if choice is not None else ():
        component.nodes[i].hides = component.nodes[i].hides | parts
    return choice is not None and bool(choice.hides)


def _clean(component: Component, given_up: dict[Need, Finding]) -> None:
    """Show again what no need asks for, the dearest first."""
    nodes = component.nodes
    extra = [i for i, node in enumerate(nodes) if node.listed and node.hides - node.held]
    if len(extra) * component.size > _CLEAN_UP_TO:
        return
    for i in sorted(extra, key=lambda i: (-nodes[i].cost, nodes[i].id)):
        before = nodes[i].hides
        for less in (nodes[i].held, nodes[i].held | NUMERATOR):
            if less < before:
                nodes[i].hides = less
                if component.safe_without(i, given_up):
                    break
                nodes[i].hides = before


def _mask(cells: Sequence[TrueCell], system: System, rule: Rule, findings: Sequence[Finding]) -> Mask:
    decided: dict[CellId, Parts] = {node.id: node.hides for node in system.nodes if node.listed}
    hides, beyond = {}, {}
    for id_, cell in combined(cells)[0].items():
        least = NOTHING if cell.public else primary(cell, rule)
        hides[id_] = NOTHING if cell.public else decided.get(id_, least) | least
        if hides[id_] - least:
            beyond[id_] = hides[id_] - least
    unique = {(f.kind, f.quantity, f.key): f for f in findings}
    return Mask(hides, beyond, tuple(sorted(unique.values(), key=lambda f: (label(f.quantity, f.key), f.kind))))
