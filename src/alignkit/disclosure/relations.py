"""Which sums an attacker can do, and which counts he must not learn. For the audit only."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from alignkit.cycles import order
from alignkit.disclosure.attacker import Attacker, Sum, Terms, Told, breakdowns
from alignkit.disclosure.cells import CellId, Dimension, Finding, FrozenCell, TrueCell, declared
from alignkit.disclosure.rules import Rule

Counts = tuple[int | None, int | None]
"""True denominator and numerator; None where they are not known (any more)."""


@dataclass(frozen=True)
class Target:
    """A count that must not be learned: at least `width` between its ends, the larger one at least `reach`."""

    id: CellId
    terms: Terms
    width: int
    reach: int = 0


class Relations:
    """Everything that is known to everyone, and what adds up.

    Beside published cells there are totals that nobody shows but that their parts lead to, what a total holds beyond
    its parts, and what an earlier release said of counts that were revised since.
    """

    def __init__(
        self,
        told: Mapping[CellId, Told],
        truth: Mapping[CellId, TrueCell],
        frozen: Sequence[FrozenCell],
        correcting: str = "",
    ) -> None:
        self.correcting = correcting
        self.changed: set[CellId] = set()
        """Hidden cells of which some were changed since an earlier issue of the book that is corrected."""
        self.told, self.listed = dict(told), set(told)
        self.frozen = sorted(frozen, key=lambda cell: (order(cell.cycle), cell.issue))
        self.public = {id_ for id_, cell in truth.items() if cell.public}
        self.counts: dict[CellId, Counts] = {id_: (truth[id_].n, truth[id_].k) for id_ in told if id_ in truth}
        self.whole: set[CellId] = set(self.listed)
        self.findings: list[Finding] = []
        self.splits: dict[str, set[Dimension]] = defaultdict(set)
        for quantity, dimensions in declared(truth.values(), frozen):
            self.splits[quantity].update(dimensions)
        self.earlier: dict[CellId, Told] = {}
        self._remember()
        self.sums: list[Sum] = []
        self._guesses: list[Sum] = []
        """Sums with counts that an earlier release hid and that are not counted today: they may have been revised."""
        self._today()
        self._revised()
        self._believe()
        self.near = _reached(self.listed, self.sums)
        """Cells that today's publications have to do with, through any sums."""

    def _remember(self) -> None:
        """What earlier releases have told, the latest last."""
        for cell in self.frozen:
            counts = self.counts.get(cell.id)
            has_k = cell.k is not None or bool(cell.hides)
            self.earlier[cell.id] = Told(cell.n, cell.k, *_ends(cell.within), has_k=has_k)
            if counts is None or cell.id not in self.listed:
                self.told[cell.id] = self.earlier[cell.id]
                self.counts[cell.id] = cell.n, cell.k
            elif not cell.hides and counts == (cell.n, cell.k):
                self.public.add(cell.id)
                self.told[cell.id] = Told(cell.n, cell.k, has_k=cell.k is not None)
            elif cell.hides and cell.n is not None and cell.n == counts[0]:
                self._recall(cell, counts[1])

    def _recall(self, cell: FrozenCell, k: int | None) -> None:
        """Today's cell has the denominator that an earlier release showed beside a hidden numerator."""
        told = replace(self.told[cell.id], n=cell.n)
        if cell.within and k is not None and cell.within[0] <= k <= cell.within[1]:
            high = cell.within[1] if told.high is None else min(told.high, cell.within[1])
            told = replace(told, low=max(told.low, cell.within[0]), high=high)
        self.told[cell.id] = told

    def _today(self) -> None:
        found = breakdowns(self.told, self.splits)
        kinds: dict[CellId, list[str]] = defaultdict(list)
        for total, kind in sorted(found):
            kinds[total].append(kind)
        for total in sorted(kinds, key=lambda id_: -len(id_[1])):
            groups = [tuple(sorted(found[total, kind])) for kind in kinds[total]]
            if total not in self.told:
                self._derive(total, groups)
            for kind, parts in zip(kinds[total], groups, strict=True):
                self._sum(total, kind, parts)

    def _derive(self, total: CellId, groups: Sequence[tuple[CellId, ...]]) -> None:
        """A total that nobody shows is what its parts make, or the largest of several such sums."""
        sums = [[_add(self.counts[part][i] for part in parts) for parts in groups] for i in (0, 1)]
        n, k = (None if None in found else max(value for value in found if value is not None) for found in sums)
        has_k = all(self.told[part].has_k for parts in groups for part in parts)
        self.counts[total] = n, k
        self.told[total] = Told(has_k=has_k)

    def _sum(self, total: CellId, kind: str, parts: tuple[CellId, ...]) -> None:
        with_k = self.told[total].has_k
        known = tuple(part for part in parts if self.told[part].has_k)
        if any(self._unknown(id_) for id_ in (total, *parts)):
            self._guesses.append(Sum("n", total, parts))
            self._guesses += [Sum("k", total, parts)] if with_k and known == parts else []
            return
        rest_n = (self.counts[total][0] or 0) - sum(self.counts[part][0] or 0 for part in parts)
        rest_k = (self.counts[total][1] or 0) - sum(self.counts[part][1] or 0 for part in known) if with_k else 0
        others = [part for part in parts if part not in known]
        low, spare = self._between(others)
        if rest_n < 0 or rest_k < 0 or rest_k > rest_n + spare:
            if {total, *parts} <= self.listed and not {total, *parts} <= self.public:
                message = "its parts do not add up to it; declare no partition where groups overlap, or mend the counts"
                self.findings.append(Finding("not_additive", message, *total))
            return
        rest: tuple[CellId, ...] = ()
        if rest_n or rest_k or spare:
            rest = ((total[0], (*total[1], ("beyond", kind))),)
            self.told[rest[0]] = Told(None if rest_n else 0, low=low, has_k=with_k, spare=spare)
            self.counts[rest[0]] = rest_n, rest_k if with_k else None
            if {total, *parts} & (self.listed - self.public) and total in self.listed | self.public:
                self.whole.add(rest[0])
        self.sums.append(Sum("n", total, (*parts, *rest)))
        self.sums += [Sum("k", total, (*known, *rest))] if with_k else []

    def _unknown(self, id_: CellId) -> bool:
        n, k = self.counts[id_]
        return n is None or (k is None and self.told[id_].has_k)

    def _between(self, ids: Sequence[CellId]) -> tuple[int, float]:
        """Ends of what numerators make together of which a reader knows a range, or the denominator, or nothing."""
        told = [self.told[id_] for id_ in ids]
        ends = [one.high if one.high is not None else inf if one.n is None else one.n for one in told]
        return sum(one.low for one in told), sum(ends)

    def _revised(self) -> None:
        """Sums as an earlier release showed them, where it showed counts that were revised since."""
        for ((cycle, issue), quantity), cells in sorted(_by_release(self.frozen).items()):
            now = {}
            for cell in cells:
                today = self.counts[cell.id] if cell.id in self.listed else (None, None)
                pairs = zip((cell.n, cell.k), today, strict=True)
                if any(None not in pair and pair[0] != pair[1] for pair in pairs):
                    old = f"{quantity}@{cycle}.{issue}", cell.key
                    now[cell.id] = old
                    has_k = cell.k is not None or bool(cell.hides)
                    self.told[old] = Told(cell.n, cell.k, *_ends(cell.within), has_k=has_k)
                    self.counts[old] = cell.n, cell.k
            there = {cell.id for cell in cells}
            for (total, _kind), parts in sorted(breakdowns(there, self.splits).items()):
                if total in there and parts <= there and {total, *parts} & now.keys():
                    then = tuple(now.get(part, part) for part in sorted(parts))
                    if not self._old_sum(now.get(total, total), then) and cycle == self.correcting:
                        self.changed |= {part for part in then if part in self.listed}

    def _old_sum(self, total: CellId, parts: tuple[CellId, ...]) -> bool:
        """Add one earlier sum; whether today's counts of its hidden parts fit it."""
        ids = (total, *parts)
        kinds = ("n", "k") if all(self.told[id_].has_k for id_ in ids) else ("n",)
        if any(self._unknown(id_) for id_ in ids):
            self._guesses += [Sum(part, total, parts) for part in kinds]
            return True
        fits = [self.counts[total][i] == _add(self.counts[id_][i] for id_ in parts) for i in range(len(kinds))]
        self.sums += [Sum(part, total, parts) for part, fit in zip(kinds, fits, strict=True) if fit]
        return all(fits)

    def _believe(self) -> None:
        """Take the guesses that fit today's true counts together with all that hangs together with them: others mislead
        nobody but the attacker."""
        true = {
            id_: replace(told, n=n if told.n is None else told.n, k=k if told.k is None and told.has_k else told.k)
            for id_, told in self.told.items()
            for n, k in (self.counts[id_],)
        }
        waiting = list(self._guesses)
        while waiting:
            near = _reached({waiting[0].total}, [*self.sums, *self._guesses])
            mine, waiting = ([one for one in waiting if (one.total in near) == here] for here in (True, False))
            about = [one for one in self.sums if one.total in near]
            if Attacker({id_: true[id_] for id_ in near}, [*about, *mine]).consistent():
                self.sums += mine

    def targets(self, rule: Rule) -> Iterator[Target]:
        """Every count that is hidden and what is promised about it."""
        for id_, told in self.told.items():
            if id_ in self.public or "@" in id_[0]:
                continue
            for part, count, terms in self._hidden(id_, told):
                if count is None:
                    if id_ in self.earlier and id_ in self.near:
                        yield Target(id_, terms, 1)
                    continue
                beside = None if told.n is None or told.spare or part != "k" else told.n - count
                small = rule.small(count) or (beside is not None and rule.small(beside))
                if small and (id_ in self.whole or self._derived(id_)):
                    yield Target(id_, terms, *((1, rule.minimum_count) if part == "n" else (rule.protection, 0)))
                elif not small and id_ in self.listed:
                    yield Target(id_, terms, 1)

    def _derived(self, id_: CellId) -> bool:
        """A total that nobody shows: its parts would tell as much."""
        return id_ not in self.listed and not any(column == "beyond" for column, _ in id_[1])

    def _hidden(self, id_: CellId, told: Told) -> Iterator[tuple[str, int | None, Terms]]:
        n, k = self.counts[id_]
        if told.n is None:
            yield "n", n, (((id_, "n"), 1),)
        if told.k is None and told.has_k and (k is not None or n is None):
            yield "k", k, (((id_, "k"), 1),)
            if told.n is None and not told.spare:
                rest = None if n is None or k is None else n - k
                yield "m", rest, (((id_, "n"), 1), ((id_, "k"), -1))

    def before(self) -> dict[CellId, Told]:
        """What was known without today's publications: from others and from earlier releases."""
        found = {}
        for id_, told in self.told.items():
            remain = id_ in self.public or "@" in id_[0]
            unknown = Told(has_k=told.has_k, spare=told.spare)
            found[id_] = told if remain else self.earlier.get(id_, unknown)
        return found


def _reached(start: Iterable[CellId], sums: Iterable[Sum]) -> set[CellId]:
    """What hangs together with `start` through `sums`."""
    links: dict[CellId, set[CellId]] = defaultdict(set)
    for one in sums:
        for part in one.parts:
            links[one.total].add(part)
            links[part].add(one.total)
    reached, waiting = set(start), list(start)
    while waiting:
        fresh = links[waiting.pop()] - reached
        reached |= fresh
        waiting += fresh
    return reached


def _ends(within: tuple[int, int] | None) -> tuple[int, int | None]:
    return within if within is not None else (0, None)


def _add(values: Iterable[int | None]) -> int | None:
    found = list(values)
    return None if None in found else sum(value for value in found if value is not None)


def _by_release(frozen: Iterable[FrozenCell]) -> dict[tuple[tuple[str, int], str], list[FrozenCell]]:
    found: dict[tuple[tuple[str, int], str], list[FrozenCell]] = defaultdict(list)
    for cell in frozen:
        found[cell.release, cell.quantity].append(cell)
    return found
