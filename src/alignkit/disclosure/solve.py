"""What to hide over all chapters together, so that no hidden count can be worked out from the others.

Primary rule → at least two hidden in every line → an attacker who adds and subtracts, until nothing more gives way →
what turned out to be hidden needlessly is shown again.
"""

from collections.abc import Iterable, Sequence

from alignkit.disclosure.cells import CellId, Finding, FrozenCell, Mask, TrueCell, label
from alignkit.disclosure.complement import choose
from alignkit.disclosure.needs import Attack, Need, Seen, Unmet, components, needs_of
from alignkit.disclosure.rules import EVERYTHING, NOTHING, NUMERATOR, Parts, Rule, rule_of
from alignkit.disclosure.system import Line, Node, System, build, combined, primary

_CLEAN_UP_TO = 60
"""With more complements than this in one component, looking for needless ones takes longer than it gains."""


def solve(cells: Iterable[TrueCell], rule: Rule | int, frozen: Sequence[FrozenCell] = ()) -> Mask:
    """The mask of all `cells`; `frozen` are cells of earlier releases, which stay as they were.

    What cannot be protected, because others have published it or it was released before, is in the mask's findings.
    The result does not depend on the order of the cells.
    """
    rule, known = rule_of(rule), tuple(cells)
    system = build(known, rule, frozen)
    findings = list(system.findings)
    links = [line.nodes for line in system.lines]
    members = components(range(len(system.nodes)), links)
    place = {i: at for at, group in enumerate(members) for i in group}
    lines: list[list[Line]] = [[] for _ in members]
    for line in system.lines:
        lines[place[line.total]].append(line)
    for group, among in zip(members, lines, strict=True):
        if among:
            findings += _Component(system, group, among, rule).protect()
    return _mask(known, system, rule, findings)


class _Component:
    """Nodes that hang together through lines."""

    def __init__(self, system: System, members: Sequence[int], lines: Sequence[Line], rule: Rule) -> None:
        self.system, self.members, self.rule = system, members, rule
        self.nodes = [system.nodes[i] for i in members]
        self.lines = self._without_contradictions(lines)
        self.given_up: dict[Need, Finding] = {}

    def protect(self) -> list[Finding]:
        """Hide what is needed; the findings say what could not be protected."""
        if not any(needs_of(i, self.system.nodes[i], self.rule) for i in self.members):
            return []
        while self._pair():
            pass
        self._defend()
        self._clean()
        return list(self.given_up.values())

    def _without_contradictions(self, lines: Sequence[Line]) -> list[Line]:
        """Sums of an earlier release count only where some table fits them and today's counts."""
        if all(node.certain for node in self.nodes):
            return list(lines)
        before = [node.hides for node in self.nodes]
        for node in self.nodes:
            node.hides = NOTHING if node.certain else node.hides
        fits = Attack(self.system, self.members, lines, self.rule).possible()
        for node, hides in zip(self.nodes, before, strict=True):
            node.hides = hides
        sure = [line for line in lines if all(self.system.nodes[i].certain for i in line.nodes)]
        return list(lines) if fits else sure

    def _pair(self) -> bool:
        """Give every count that is hidden alone in its line a second one; whether that changed anything."""
        changed = False
        for line in self.lines:
            inside = [self.system.nodes[i] for i in line.nodes]
            hidden = [
                i for i in line.nodes if line.part in self.system.nodes[i].hides and not self.system.nodes[i].fixed
            ]
            if len(hidden) != 1 or any(node.virtual for node in inside):
                continue
            others = [node for node in inside if _can_hide(node, line.part)]
            if others:
                cheapest = min(others, key=lambda node: (node.cost, node.id))
                cheapest.hides = cheapest.hides | (EVERYTHING if line.part == "n" else NUMERATOR)
                changed = True
        return changed

    def _defend(self) -> None:
        """Attack, hide what the first unmet need asks for, attack again."""
        seen = Seen()
        while unmet := self._attack(seen):
            self._mend(unmet[0])

    def _attack(self, seen: Seen | None = None) -> list[Unmet]:
        return Attack(self.system, self.members, self.lines, self.rule, seen).unmet(self.given_up)

    def _mend(self, unmet: Unmet) -> None:
        if self._hide_for(unmet):
            return
        need = unmet.need
        node = self.system.nodes[need.node]
        message = "it can be worked out from what others have published or an earlier release has shown"
        self.given_up[need] = Finding("known", message, *node.id)
        if unmet.low == unmet.high:
            self._hide_for(Unmet(Need(need.node, need.part, 1), unmet.low, unmet.high))

    def _hide_for(self, unmet: Unmet) -> bool:
        """Hide what gives it room; whether anything more is hidden now."""
        choice = choose(self.system, self.members, self.lines, unmet, self.rule)
        for i, parts in choice.hides.items() if choice is not None else ():
            self.system.nodes[i].hides = self.system.nodes[i].hides | parts
        return choice is not None and bool(choice.hides)

    def _clean(self) -> None:
        """Show again what no need asks for, the dearest first."""
        extra = [node for node in self.nodes if node.listed and node.hides - node.held]
        if len(extra) > _CLEAN_UP_TO:
            return
        for node in sorted(extra, key=lambda node: (-node.cost, node.id)):
            before = node.hides
            for less in (node.held, node.held | NUMERATOR):
                if less < before:
                    node.hides = less
                    if not self._attack():
                        break
                    node.hides = before


def _can_hide(node: Node, part: str) -> bool:
    return node.listed and not node.fixed and part not in node.hides and (part == "n" or node.k is not None)


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
