"""The one door for numbers about people: a measure's frame goes in, what may be shown comes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.disclosure.bands import band
from alignkit.disclosure.cells import CellId, Mask, TrueCell, append_cells, as_key, as_text, clear_cells
from alignkit.disclosure.counts import PLAIN, Row, numbers, rows_of
from alignkit.disclosure.published import NUMBERS, Published, typed
from alignkit.disclosure.rules import EVERYTHING, NOTHING, NUMERATOR, Parts, Rule
from alignkit.errors import DisclosureError
from alignkit.words.words import Words, words

DERIVED = "what may be shown"
"""`about` of what was worked out from nothing but what may be shown; it passes. With spaces, which no table's name has:
a community's own table cannot take it."""
KNOWN = (*NUMBERS, "unit", "value_status", "already_public")
"""Columns that the door understands; any other is a key (`by`) or is carried along."""


@dataclass(frozen=True)
class Gate:
    """What the door goes by in one chapter. Making one starts the chapter's private file again."""

    minimum_count: int = 10
    mask: Mask | None = None
    """None: the notebook runs by itself, and what it publishes is a draft."""
    chapter: str = "draft"
    cells_file: Path | None = None
    """Where the true cells go, for `solve`; private."""
    lang: str = "en"
    words: Words = field(default_factory=lambda: words("en"))
    catalog: Catalog = CONTRACT
    """Which tables are protected; a table that is not in it is refused."""

    def __post_init__(self) -> None:
        if self.cells_file is not None:
            clear_cells(self.cells_file, self.chapter)

    @property
    def rule(self) -> Rule:
        """The rule of small numbers."""
        return Rule(self.minimum_count)


@dataclass(frozen=True)
class _Decision:
    status: str
    text: str
    keeps: tuple[str, ...]
    """The numbers that stay."""
    unknown: bool = False


def publish(frame: pd.DataFrame, *, id: str, by: Sequence[str | tuple[str, ...]], about: str = "",
            quantity: str | None = None, partitions: Sequence[str | tuple[str, ...]] = (), carry: Sequence[str] = (),
            unit: str = "percent", gate: Gate) -> Published:  # fmt: skip
    """Hide what must stay hidden of a measure, and note its true cells for `solve`.

    One row of `frame` is one value: its key (`by`; "all" in every column of a dimension for a total), any of numerator
    and denominator (whole counts), value (in `unit`, or in the column `unit`), low and high (an interval, or the bounds
    of a range), value_status (as in the table indicator_values) and already_public; other columns are in `carry`.
    Value is made from the counts where it is absent, and stays blank where only low or high came in.

    `about` names the table whose subjects are counted: if these are public, everything passes; empty counts
    as protected. `quantity` names what is counted, the same in every chapter that shows it. The values of each
    dimension in `partitions` add up to its "all". Raises `DisclosureError`.
    """
    where, name = f"publish {id}", quantity or f"{gate.chapter}.{id}"
    protected = about != DERIVED and (not about or gate.catalog.schema(about).protected)
    columns, splits = _flat(by), tuple(_columns(one) for one in partitions)
    _check(frame, columns, splits, carry, where)
    frame = typed(numbers(frame.reset_index(drop=True), unit, where))
    rows = rows_of(frame, columns, protected=protected, where=where)
    if protected:
        _check_keys(rows, where)
        _note(rows, name, splits, gate)
    made = [_decide(row, name, gate) for row in rows]
    draft = protected and (gate.mask is None or any(one.unknown for one in made))
    shown = _shown(frame, made, columns, carry, protected=protected)
    return Published(id, about, name, columns, draft, gate.lang, shown)


def _columns(dimension: str | tuple[str, ...]) -> tuple[str, ...]:
    return (dimension,) if isinstance(dimension, str) else tuple(dimension)


def _flat(by: Sequence[str | tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(column for dimension in by for column in _columns(dimension)))


def _check(
    frame: pd.DataFrame,
    by: tuple[str, ...],
    splits: Sequence[tuple[str, ...]],
    carry: Sequence[str],
    where: str,
) -> None:
    absent = [column for column in (*by, *carry) if column not in frame]
    if absent:
        raise DisclosureError(f"the frame has no column {', '.join(absent)}", where=where, cure="correct by= or carry=")
    astray = [column for column in frame if column not in (*by, *carry, *KNOWN)]
    if astray:
        raise DisclosureError(
            f"column {', '.join(map(str, astray))} would bypass the mask",
            where=where,
            cure=_way_for(frame[astray[0]]),
        )
    taken = [column for column in (*by, *carry) if column in (*KNOWN, "status", "text")]
    if taken or set(by) & set(carry):
        wrong = ", ".join(taken or sorted(set(by) & set(carry)))
        raise DisclosureError(f"column {wrong} cannot be a key or carried", where=where, cure="rename or drop it")
    foreign = [column for split in splits for column in split if column not in by]
    if foreign:
        raise DisclosureError(f"partitions names {', '.join(foreign)}, which is not in by", where=where, cure="add it")
    _check_totals(frame, [split for split in splits if len(split) > 1], where)


def _way_for(column: "pd.Series[Any]") -> str:
    """What to do with a column that is none of the names that `publish` knows."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return ("rename it to value (or give its counts as numerator and denominator), and publish each measure on its "
                "own; a number that says what a row is about, such as a year, goes in by=")  # fmt: skip
    return "name it in by= (it says what a row is about) or carry= (blank in a hidden row), or drop it"


def _check_totals(frame: pd.DataFrame, splits: Sequence[tuple[str, ...]], where: str) -> None:
    for split in splits:
        total = frame[split[-1]].map(as_text) == "all"
        if bool((frame.loc[total, list(split[:-1])].map(as_text) != "all").any(axis=None)):
            raise DisclosureError(
                f"a total says 'all' in {split[-1]} but not in {', '.join(split[:-1])}",
                where=where,
                cure="say it in both",
            )


def _check_keys(rows: Sequence[Row], where: str) -> None:
    seen: set[Any] = set()
    for row in rows:
        key = as_key(row.by)
        if any(value is None or pd.isna(value) for value in row.by.values()):
            raise DisclosureError("a key is missing in some row", where=where, cure="write 'all' for a total")
        if key in seen:
            raise DisclosureError(
                f"two rows have the same key ({', '.join(f'{c} {v}' for c, v in key) or 'all'})",
                where=where,
                cure="name every column that tells rows apart in by=",
            )
        seen.add(key)


def _note(rows: Sequence[Row], quantity: str, splits: tuple[tuple[str, ...], ...], gate: Gate) -> None:
    if gate.cells_file is None:
        return
    cells = [
        TrueCell(quantity, as_key(row.by), row.n, row.k, row.public, row.within, (gate.chapter,), splits)
        for row in rows
        if row.status in ("reported", "range") or (row.public and row.n is not None)
    ]
    append_cells(gate.cells_file, gate.chapter, cells)


def _decide(row: Row, quantity: str, gate: Gate) -> _Decision:
    say = gate.words.gettext
    if row.status == PLAIN:
        return _Decision("shown", "", ())
    fixed = {
        "at_source": say("not reported"),
        "not_comparable": say("not comparable"),
        "missing": say("no data"),
    }
    if row.status in fixed:
        return _Decision(row.status, fixed[row.status], NUMBERS if row.public else ())
    hides, unknown = (NOTHING, False) if row.public else _hides(row, (quantity, as_key(row.by)), gate)
    if "n" in hides:
        return _Decision("hidden", say("hidden"), (), unknown)
    if "k" in hides:
        return _without_value(row, gate, unknown)
    if row.status == "range":
        return _Decision("range", _range(row, gate.words), ("denominator", "low", "high"), unknown)
    text = "" if row.value is None else gate.words.value(row.value, row.unit)
    return _Decision("shown", text, NUMBERS, unknown)


def _hides(row: Row, cell: CellId, gate: Gate) -> tuple[Parts, bool]:
    """What the rule and the mask hide together, and whether the mask does not know the cell."""
    primary = gate.rule.primary(row.n, row.k)
    if row.within is not None and primary == NOTHING:
        primary = NUMERATOR if gate.rule.tells_small(row.n, row.within) else NOTHING
    if gate.mask is None:
        return primary, False
    masked = gate.mask.parts(*cell)
    return (EVERYTHING, True) if masked is None else (primary | masked, False)


def _without_value(row: Row, gate: Gate, unknown: bool) -> _Decision:
    side = gate.rule.side(row.n, row.k) if row.n is not None and row.k is not None else None
    text = band(gate.rule, row.n, row.unit, side, gate.words) if row.n is not None and side is not None else None
    if text is None:
        return _Decision("hidden", gate.words.gettext("hidden"), ("denominator",), unknown)
    return _Decision("band", text, ("denominator",), unknown)


def _range(row: Row, said: Words) -> str:
    top = {"percent": 100.0}.get(row.unit)
    if row.low is None or row.low <= 0:
        return said.gettext("under {value}").format(value=said.value(row.high, row.unit))
    if row.high is None or row.high == top:
        return said.gettext("over {value}").format(value=said.value(row.low, row.unit))
    return f"{said.number(row.low)}–{said.value(row.high, row.unit)}"


def _shown(
    frame: pd.DataFrame, made: Sequence[_Decision], by: Sequence[str], carry: Sequence[str], *, protected: bool
) -> pd.DataFrame:
    """The frame without what is hidden, its columns in their order."""
    shown = frame.assign(status=[one.status for one in made], text=[one.text for one in made])
    given = [column for column in NUMBERS if column in shown]
    for column in given if protected else ():
        keeps = pd.Series([column in one.keeps for one in made], index=shown.index, dtype=bool)
        shown[column] = shown[column].where(keeps)  # its type says what a missing number is
    for column in carry if protected else ():
        shown[column] = shown[column].where(~shown["status"].isin(["hidden", "band"]))
    return shown[[*by, *carry, *given, *(["unit"] if given else []), "status", "text"]]
