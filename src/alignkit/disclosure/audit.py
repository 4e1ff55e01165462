"""What the executed notebooks really show, attacked as a reader could: the last word before a release.

It trusts neither `publish` nor `solve`: what is known is read from the records, the sums are set up anew, and the true
cells serve only to tell which counts are small and which sums hold.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from alignkit import records
from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.disclosure.attacker import Attacker, Told
from alignkit.disclosure.cells import CellId, Finding, FrozenCell, Mask, TrueCell, as_key
from alignkit.disclosure.publish import DERIVED
from alignkit.disclosure.relations import Relations, Target
from alignkit.disclosure.rules import EVERYTHING, NOTHING, NUMERATOR, PER, Parts, Rule, rule_of

__all__ = ["Finding", "audit"]

_SAYS = ("shown", "band", "hidden", "range")
"""Statuses of rows that hold a count, shown or not."""
_CHANGED = "a correction changed it or a count next to it, so that its band and the band before would narrow it down"
_ENOUGH = {"n": EVERYTHING, "k": NUMERATOR}


@dataclass(frozen=True)
class _Row:
    """One published row beside its true cell."""

    chapter: str
    cell: records.Cell
    id: CellId
    truth: TrueCell | None

    @property
    def shows(self) -> Parts:
        """Which counts a reader sees."""
        found = {name for name, value in self.cell.shown.items() if value is not None}
        k = self.cell.status == "shown" or bool(found & {"numerator", "value"})
        n = self.cell.status == "shown" or "denominator" in found
        return frozenset({"n"} if n else ()) | frozenset({"k"} if k else ())

    def finding(self, message: str) -> Finding:
        return Finding("shown", f"{message} (chapter {self.chapter})", *self.id)


def audit(
    published: Mapping[str, Sequence[records.Published]],
    cells: Iterable[TrueCell],
    rule: Rule | int,
    frozen: Sequence[FrozenCell] = (),
    mask: Mask | None = None,
    catalog: Catalog = CONTRACT,
    correcting: str = "",
) -> tuple[Finding, ...]:
    """Everything in `published` (chapter → its records) that gives away what `rule` (or `mask`) says must be hidden.

    `cells` are the true ones, `frozen` those of earlier releases, `correcting` the cycle of a book that may have been
    released before; what is about a table that `catalog` does not know
    counts as protected. A finding is `recoverable` (can be worked out
    exactly), `tight` (more closely than the rule promises), `known` (the same from others' publications or earlier
    releases alone, so that hiding more cannot help), `shown`, `unknown` (never passed the door), `disagrees` or
    `not_additive` (the data contradict themselves).
    """
    rule, recorded = rule_of(rule), tuple(cells)
    truth, findings = _truth(recorded)
    rows = list(_rows(published, truth, catalog))
    for row in rows:
        findings += _check(row, rule, mask)
    relations = Relations(_told(rows, truth, rule), truth, frozen, correcting)
    findings += relations.findings
    findings += (row.finding(_CHANGED) for row in rows if row.id in relations.changed and row.cell.status == "band")
    findings += _attack(relations, rule)
    unique = {(found.kind, found.quantity, found.key): found for found in findings}
    return tuple(sorted(unique.values(), key=lambda found: (found.quantity, found.key, found.kind)))


def _truth(cells: Sequence[TrueCell]) -> tuple[dict[CellId, TrueCell], list[Finding]]:
    """One true cell per id: others are the same, or contradict it."""
    truth: dict[CellId, TrueCell] = {}
    findings = []
    for cell in cells:
        first = truth.setdefault(cell.id, cell)
        pairs = [(first.n, cell.n), (first.k, cell.k)]
        if any(one is not None and other is not None and one != other for one, other in pairs):
            where = ", ".join(sorted({*first.chapters, *cell.chapters}))
            message = f"its counts differ between publications in {where}"
            findings.append(Finding("disagrees", message, *cell.id))
        n, k = (other if one is None else one for one, other in pairs)
        public, within = first.public or cell.public, first.within or cell.within
        chapters, splits = first.chapters + cell.chapters, first.partitions + cell.partitions
        truth[cell.id] = TrueCell(*cell.id, n, k, public, within, tuple(sorted(set(chapters))), tuple(set(splits)))
    return truth, findings


def _rows(
    published: Mapping[str, Sequence[records.Published]], truth: Mapping[CellId, TrueCell], catalog: Catalog
) -> Iterator[_Row]:
    for chapter, measures in published.items():
        for measure in measures:
            if _protected(measure.about, catalog):
                for cell in measure.cells:
                    id_ = measure.quantity, as_key(cell.key)
                    yield _Row(chapter, cell, id_, truth.get(id_))


def _protected(about: str, catalog: Catalog) -> bool:
    return about != DERIVED and (about not in catalog or catalog.schema(about).protected)


def _check(row: _Row, rule: Rule, mask: Mask | None) -> Iterator[Finding]:
    """What one row shows by itself."""
    told = {name for name, value in row.cell.shown.items() if value is not None} - {"unit"}
    if row.truth is None:
        counted = told & {"numerator", "denominator", "value", "low", "high"}
        if counted or (row.cell.status in _SAYS and row.cell.text):
            yield Finding("unknown", f"chapter {row.chapter} shows it, but it never passed publish()", *row.id)
        return
    if row.truth.public:
        return
    must = rule.primary(row.truth.n, row.truth.k)
    if mask is not None:
        masked = mask.parts(*row.id)
        if masked is None:
            yield Finding("unknown", f"chapter {row.chapter} shows it, but the mask was made without it", *row.id)
        must |= NOTHING if masked is None else masked
    if must & row.shows or ("k" in must and row.cell.status in ("shown", "range")):
        yield row.finding("it shows what must be hidden")
    elif row.cell.status in ("hidden", "band") and told - {"denominator"}:
        yield row.finding(f"it is hidden, but {', '.join(sorted(told - {'denominator'}))} is there")
    elif row.cell.status == "hidden" and re.search(r"\d", row.cell.text):
        yield row.finding("it is hidden, but its text holds a number")
    elif row.cell.status == "band" and not _fair_band(row, rule):
        yield row.finding("its band is narrower than the rule's")
    if not _agrees(row):
        yield Finding("disagrees", f"chapter {row.chapter} shows other counts than it recorded", *row.id)


def _fair_band(row: _Row, rule: Rule) -> bool:
    """Whether every numerator below the minimum (or that close to the denominator) fits the band's text."""
    cell, unit = row.truth, str(row.cell.shown.get("unit"))
    digits = "".join(re.findall(r"\d", row.cell.text))
    if cell is None or cell.n is None or cell.k is None or not digits or not cell.n:
        return False
    side = rule.side(cell.n, cell.k)
    scale = PER[unit] / cell.n if unit in PER else 1.0
    if side == "low":
        return (rule.minimum_count - 1) * scale < int(digits)
    return side == "high" and (cell.n - rule.minimum_count + 1) * scale > int(digits)


def _agrees(row: _Row) -> bool:
    truth, shown = row.truth, row.cell.shown
    pairs = [
        (shown.get("denominator"), truth.n if truth else None),
        (shown.get("numerator"), truth.k if truth else None),
    ]
    return all(seen is None or true is None or seen == true for seen, true in pairs)


def _told(rows: Sequence[_Row], truth: Mapping[CellId, TrueCell], rule: Rule) -> dict[CellId, Told]:
    """What a reader of all chapters knows of each cell: whatever any of them shows."""
    shows: dict[CellId, Parts] = {}
    ranges: set[CellId] = set()
    for row in rows:
        if row.truth is not None and row.truth.n is not None and row.cell.status in _SAYS:
            shows[row.id] = shows.get(row.id, NOTHING) | row.shows
            ranges |= {row.id} if row.cell.status == "range" else set()
    return {id_: _tell(truth[id_], parts, rule, ranged=id_ in ranges) for id_, parts in shows.items()}


def _tell(cell: TrueCell, parts: Parts, rule: Rule, *, ranged: bool) -> Told:
    """What of one cell everybody can read, given what some chapter shows of it."""
    parts = EVERYTHING if cell.public else parts
    n, k = cell.n if "n" in parts else None, cell.k if "k" in parts else None
    low, high = (0, None) if not ranged or cell.within is None else cell.within
    if n is not None and cell.k is not None and k is None:
        low, high = rule.numerators(n, rule.side(n, cell.k))
    return Told(n, k, low, high, has_k=cell.k is not None)


def _attack(relations: Relations, rule: Rule) -> Iterator[Finding]:
    targets = list(relations.targets(rule))
    attacker = Attacker(relations.told, relations.sums)
    learned = [(target, ends) for target in targets if (ends := _learn(attacker, target)) is not None]
    if not learned:
        return
    without = Attacker(relations.before(), relations.sums)
    for target, (low, high) in learned:
        if _learn(without, target) is not None:
            if target.id not in relations.listed:
                continue
            message = "others' publications or earlier releases give it away; hiding more cannot help"
            yield Finding("known", message, *target.id)
        elif low == high:
            yield Finding("recoverable", "it is hidden, but can be worked out exactly", *target.id)
        else:
            yield Finding("tight", "it is hidden, but can be worked out more closely than promised", *target.id)


def _learn(attacker: Attacker, target: Target) -> tuple[int, int] | None:
    return attacker.range(target.terms, target.width, target.reach)
