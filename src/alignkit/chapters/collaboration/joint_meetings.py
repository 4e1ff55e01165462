"""The fewest joint meetings at which every grant meets the institutions it needs.

A *need* is a pair: this grant needs that institution's agreement. A *meeting* has an agenda (some grants) and a table
(some institutions); a need is met where its grant is on the agenda and its institution at the table. The rules:

1. At most `agenda` grants on an agenda and `seats` institutions at a table.
2. Grants that meet belong to one group: there is a chain of institutions, signed or not, that one grant shares with the
   next. Grants that have nothing in common never sit together only to save a meeting.
3. An institution that `agenda` grants or fewer need comes once, and meets them all there. One that d grants need, more
   than fit on an agenda, comes ⌈d ÷ agenda⌉ times, as rarely as it can.

Of all plans that keep the rules: the fewest meetings; of those, the fewest grants on all agendas together; of those,
one by lots that are drawn from the names, so that it is the same one on every machine.

As an integer program, once per group. A is the set of all agendas of the group's grants that rule 1 allows; the
institutions that the same small set D of grants needs are one kind, c(D) of them; p is any other institution, D(p) its
grants and v(p) its visits:

    n[a]    whole number, meetings with agenda a ∈ A
    t[D,a]  whole number, institutions of kind D that come to agenda a ⊇ D
    b[p,a]  0 or 1, institution p comes to agenda a
    Σₐ t[D,a] = c(D)      Σₐ b[p,a] = v(p)      Σ_{a∋g} b[p,a] ≥ 1 for g ∈ D(p)
    Σ_D t[D,a] + Σₚ b[p,a] ≤ seats · n[a]
    minimize Σₐ n[a], then Σₐ |a| n[a], then the lots

It is a capacitated set cover over agendas. Counting meetings by their agenda, not one by one, leaves no two ways to
write down the same plan, which is what makes such programs slow.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, comb
from time import monotonic
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

Need = tuple[str, str]
"""A grant and an institution whose agreement it needs."""
Agenda = frozenset[str]
MOST_UNKNOWNS = 20_000
"""Above it the program is not even tried: setting it up takes longer than a reader waits."""
NODES = 20_000
"""Where the search stops, so that it stops at the same plan on a fast and on a slow machine."""


@dataclass(frozen=True)
class Meeting:
    """One joint meeting: its agenda and its table, each in order of ids."""

    grants: tuple[str, ...]
    partners: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The meetings proposed, and how many are needed at least."""

    meetings: tuple[Meeting, ...]
    at_least: int
    """No plan that keeps the rules has fewer meetings."""

    @property
    def proven(self) -> bool:
        """Whether it is proven that fewer meetings cannot do."""
        return len(self.meetings) == self.at_least

    def visits(self) -> int:
        """Institutions at all tables together."""
        return sum(len(meeting.partners) for meeting in self.meetings)


def fewest(needs: Collection[Need], asked: Collection[Need], *, seats: int, agenda: int, seconds: float = 2.5) -> Plan:
    """The plan with the fewest joint meetings at which all `needs` are met.

    `asked` says which institutions each grant works with at all, signed or not (rule 2). After about `seconds` the best
    plan found so far is given, with `at_least` below its number of meetings.
    """
    wanted, end = _by_partner(needs), monotonic() + seconds
    meetings: list[Meeting] = []
    at_least = 0
    for group in _groups({*asked, *needs}):
        here = {partner: grants for partner, grants in wanted.items() if grants <= group}
        if here:
            found, bound = _plan(here, max(seats, 1), max(agenda, 1), end - monotonic())
            meetings += found
            at_least += bound
    return Plan(tuple(meetings), at_least)


def _by_partner(needs: Collection[Need]) -> dict[str, Agenda]:
    found: dict[str, set[str]] = {}
    for grant, partner in sorted(needs):
        found.setdefault(partner, set()).add(grant)
    return {partner: frozenset(found[partner]) for partner in sorted(found)}


def _groups(asked: Collection[Need]) -> list[Agenda]:
    """The grants that hang together through institutions, in order of their first id."""
    groups: list[set[str]] = []
    for grants in _by_partner(asked).values():
        touched = [group for group in groups if group & grants]
        groups = [group for group in groups if not group & grants] + [set(grants).union(*touched)]
    return sorted(map(frozenset, groups), key=min)


def _plan(wanted: Mapping[str, Agenda], seats: int, agenda: int, seconds: float) -> tuple[list[Meeting], int]:
    """The meetings of one group of grants, and how many it needs at least."""
    at_least = ceil(sum(ceil(len(grants) / agenda) for grants in wanted.values()) / seats)
    grants = sorted(frozenset[str]().union(*wanted.values()))
    agenda = min(agenda, len(grants))
    if sum(comb(len(grants), size) for size in range(1, agenda + 1)) > MOST_UNKNOWNS:
        return _first_fit(wanted, seats, agenda), at_least
    agendas = [frozenset(some) for size in range(1, agenda + 1) for some in combinations(grants, size)]
    simple = min(_first_fit(wanted, seats, agenda), _fullest(wanted, agendas, seats, agenda), key=len)
    program = _program(wanted, agendas, seats, agenda)
    if program is None:
        return simple, at_least
    solved, bound = program.solve(max(seconds, 0.1))
    exact = simple if solved is None else program.meetings(solved, seats)
    return (exact if len(exact) <= len(simple) else simple), max(at_least, bound)


def _first_fit(wanted: Mapping[str, Agenda], seats: int, agenda: int) -> list[Meeting]:
    """A plan without a solver: each institution in turn joins the meeting whose agenda grows least, or opens one."""
    parts = [
        (frozenset(sorted(grants)[i : i + agenda]), partner)
        for partner, grants in wanted.items()
        for i in range(0, len(grants), agenda)
    ]
    tables: list[tuple[Agenda, list[str]]] = []
    for part, partner in sorted(parts, key=lambda one: (-len(one[0]), sorted(one[0]), one[1])):
        room = [
            (len(part - on), -len(table), i)
            for i, (on, table) in enumerate(tables)
            if len(table) < seats and len(on | part) <= agenda
        ]
        at = min(room)[2] if room else len(tables)
        on, table = tables[at] if room else (frozenset[str](), [])
        tables[at : at + 1] = [(on | part, [*table, partner])]
    return [Meeting(tuple(sorted(on)), tuple(sorted(table))) for on, table in tables]


def _fullest(wanted: Mapping[str, Agenda], agendas: Sequence[Agenda], seats: int, agenda: int) -> list[Meeting]:
    """Another one: again and again the agenda that fills most seats, with those who have the fewest other choices."""
    names, grants = list(wanted), sorted(frozenset[str]().union(*wanted.values()))
    open_ = np.array([[grant in wanted[name] for grant in grants] for name in names], np.float32)
    on = np.array([[grant in one for grant in grants] for one in agendas], np.float32)
    visits = np.ceil(open_.sum(axis=1) / agenda)
    meetings: list[Meeting] = []
    while open_.any():
        left_after = open_ @ (1 - on).T
        fits = (left_after <= ((visits - 1) * agenda)[:, np.newaxis]) & (open_ @ on.T > 0)
        best = int(np.argmax(np.minimum(fits.sum(axis=0), seats) - on.sum(axis=1) / (len(grants) + 1)))
        coming = np.flatnonzero(fits[:, best])
        coming = np.sort(coming[np.argsort(fits[coming].sum(axis=1), kind="stable")][:seats])
        met = (open_[coming] * on[best]).any(axis=0)
        meetings.append(Meeting(tuple(np.array(grants)[met].tolist()), tuple(names[i] for i in coming)))
        open_[coming] *= 1 - on[best]
        visits[coming] -= 1
    return meetings


@dataclass(frozen=True)
class _Program:
    """The integer program of one group. Unknowns: first one n[a] per agenda, then one per entry of `comes`."""

    agendas: Sequence[Agenda]
    kinds: Mapping[Agenda, tuple[str, ...]]
    """Set of grants → the institutions that these need, all in one visit."""
    many: Mapping[str, Agenda]
    """Institution that comes more than once → its grants."""
    comes: Sequence[tuple[Agenda | str, int]]
    """A kind or an institution, and the number of an agenda it may come to."""
    rules: LinearConstraint
    upper: npt.NDArray[np.float64]

    def solve(self, seconds: float) -> tuple[npt.NDArray[np.int64] | None, int]:
        """The unknowns of the best plan found (None: none), and how many meetings are needed at least."""
        goals, rules, found = self._goals(), [self.rules], None
        at_least, end = 0, monotonic() + seconds
        for step, goal in enumerate(goals):
            left = max(0.05, (end - monotonic()) / (1 if step else 2))
            options = {"time_limit": left, "node_limit": NODES, "mip_rel_gap": 0.0}
            result = milp(goal, integrality=1, bounds=Bounds(0, self.upper), constraints=rules, options=options)
            if step == 0 and result.mip_dual_bound is not None:
                at_least = ceil(result.mip_dual_bound - 1e-6)
            if result.x is None:
                break
            found = np.rint(result.x).astype(np.int64)
            rules = [*rules, LinearConstraint(goal[np.newaxis, :], -np.inf, float(goal @ found))]
        return found, at_least

    def _goals(self) -> list[npt.NDArray[np.float64]]:
        """What is minimized, one after the other: meetings, grants on agendas, lots."""
        meetings, grants, lots = (np.zeros(len(self.upper)) for _ in range(3))
        count = len(self.agendas)
        meetings[:count] = 1
        grants[:count] = [len(agenda) for agenda in self.agendas]
        lots[:count] = [_lot(agenda) for agenda in self.agendas]
        lots[count:] = [_lot(who, self.agendas[a]) for who, a in self.comes]
        return [meetings, grants, lots]

    def meetings(self, solved: npt.NDArray[np.int64], seats: int) -> list[Meeting]:
        """The plan in names."""
        tables: dict[int, list[str]] = {}
        waiting = {kind: list(names) for kind, names in self.kinds.items()}
        for (who, a), number in zip(self.comes, solved[len(self.agendas) :], strict=True):
            for _ in range(number):
                tables.setdefault(a, []).append(who if isinstance(who, str) else waiting[who].pop(0))
        return [meeting for a in sorted(tables) for meeting in _tables(self, a, tables[a], seats)]


def _tables(program: _Program, a: int, partners: list[str], seats: int) -> list[Meeting]:
    """The meetings that one agenda is held at: as many as its tables need, about equally large.

    A table's agenda names only the grants that somebody at it is needed for.
    """
    many = ceil(len(partners) / seats)
    wanted = {**program.many} | {name: kind for kind, names in program.kinds.items() for name in names}
    tables = [sorted(partners)[i::many] for i in range(many)]
    agendas = [frozenset().union(*(wanted[name] for name in table)) & program.agendas[a] for table in tables]
    return [Meeting(tuple(sorted(on)), tuple(table)) for on, table in zip(agendas, tables, strict=True)]


def _lot(*things: Agenda | str) -> int:
    """A number drawn from names: it looks random and is the same everywhere."""
    text = "|".join(thing if isinstance(thing, str) else ",".join(sorted(thing)) for thing in things)
    return 1 + crc32(text.encode()) % 997


def _program(wanted: Mapping[str, Agenda], agendas: Sequence[Agenda], seats: int, agenda: int) -> _Program | None:
    """The integer program, or None where it is too large to try."""
    kinds = {
        kind: tuple(p for p, grants in wanted.items() if grants == kind)
        for kind in sorted({grants for grants in wanted.values() if len(grants) <= agenda}, key=sorted)
    }
    many = {partner: grants for partner, grants in wanted.items() if len(grants) > agenda}
    may = {kind: [a for a, on in enumerate(agendas) if kind <= on] for kind in kinds}
    rest = {partner: (ceil(len(grants) / agenda) - 1) * agenda for partner, grants in many.items()}
    can = {p: [a for a, on in enumerate(agendas) if len(grants - on) <= rest[p]] for p, grants in many.items()}
    comes: list[tuple[Agenda | str, int]] = [(who, a) for who, where in (may | can).items() for a in where]
    if len(comes) > MOST_UNKNOWNS:
        return None
    most = [len(kinds[who]) if isinstance(who, frozenset) else 1 for who, _ in comes]
    upper = np.array([len(wanted)] * len(agendas) + most, float)
    return _Program(agendas, kinds, many, comes, _rules(kinds, many, agendas, comes, seats, agenda), upper)


def _rules(
    kinds: Mapping[Agenda, tuple[str, ...]],
    many: Mapping[str, Agenda],
    agendas: Sequence[Agenda],
    comes: Sequence[tuple[Agenda | str, int]],
    seats: int,
    agenda: int,
) -> LinearConstraint:
    """Everyone comes as often as they should, meets all they should, and finds a seat."""
    rows: dict[Any, tuple[float, float, list[tuple[int, float]]]] = {
        ("seat", a): (-np.inf, 0.0, [(a, -float(seats))]) for a in range(len(agendas))
    }
    for kind, names in kinds.items():
        rows["comes", kind] = (len(names), len(names), [])
    for partner, grants in many.items():
        rows["comes", partner] = (visits := ceil(len(grants) / agenda), visits, [])
        rows |= {("meets", partner, grant): (1.0, np.inf, []) for grant in grants}
    for at, (who, a) in enumerate(comes, len(agendas)):
        met = [("meets", who, grant) for grant in agendas[a] & many[who]] if isinstance(who, str) else []
        for key in (("seat", a), ("comes", who), *met):
            rows[key][2].append((at, 1.0))
    entries = [(row, at, by) for row, (_, _, terms) in enumerate(rows.values()) for at, by in terms]
    row, column, factor = (list(part) for part in zip(*entries, strict=True))
    shape = (len(rows), len(agendas) + len(comes))
    matrix = coo_array((factor, (row, column)), shape=shape).tocsc()
    return LinearConstraint(matrix, [low for low, _, _ in rows.values()], [high for _, high, _ in rows.values()])
