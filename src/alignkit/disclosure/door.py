"""The one door of a notebook: what it measures of persons, and what it works out from what may be shown.

Whether a frame is about persons follows from where its rows come from (`alignkit.disclosure.provenance`), never from
a word in the call.
"""

import inspect
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from alignkit.disclosure.provenance import Sources, refusal
from alignkit.disclosure.publish import DERIVED, KNOWN, Gate, publish
from alignkit.disclosure.published import COUNTS, MARK, NUMBERS, Published
from alignkit.disclosure.reaches import foreign_data
from alignkit.errors import DisclosureError

Dimension = str | tuple[str, ...]
FOLLOWS = frozenset({
    "short_of_target", "target", "target_year", "confidence", "p", "p_adjusted", "sites", "before", "difference",
    "was", "effective", "followed", "pre_trend",
})  # fmt: skip
"""Numbers that the shipped measures carry next to a row's own: they follow from its counts, or count no persons. Any
other number next to a protected row could be a count of children, or a share that gives one away, that no rule has
looked at."""
_KEYS = frozenset({"year", "evidence_tier", "first_year", "last_year", "order", "target_year"})
"""Columns of the contract that are whole numbers and say what a row is about: years, tiers."""
_LABELS = 2
"""Rows from which on it is no accident that each row's text holds the row's count."""
_WHOLE = re.compile(r"(?<![\d.,])\d+(?![\d.,]*\d)")
_FIX = ("work it out with c.derive(function, …) from what c.publish returned and from public tables, or leave out "
        "about=, and it is protected like any count of persons")  # fmt: skip


@dataclass(frozen=True)
class Door:
    """The door of one open cycle: its rule and mask (`gate`), and what the cycle has handed out (`sources`)."""

    gate: Gate
    sources: Sources
    already_public: Callable[[], Collection[str]]
    """indicator_ids whose values an agency has published itself, as the table `indicators` says."""

    def publish(self, frame: pd.DataFrame, *, id: str, by: Sequence[Dimension], about: str, quantity: str | None,
                partitions: Sequence[Dimension], carry: Iterable[str] | None, unit: str) -> Published:  # fmt: skip
        """What of `frame` may be shown: all of it where each of its rows is a row of a public table, else by the rule.

        Raises `DisclosureError` where `about` names a public table and the rows are not that table's.
        """
        where, reason, catalog = f"publish {id}", self.sources.why_not(frame), self.gate.catalog
        protected = bool(reason) or (bool(about) and catalog.schema(about).protected)
        if protected:
            if about and not catalog.schema(about).protected:
                raise DisclosureError(
                    f"about='{about}' does not make these rows public: {reason}", where=where, cure=_FIX
                )
            self._check_protected(frame, _columns(by), tuple(carry or ()), where)
        subject = about if protected else next((t for t in catalog.names if f"table {t}" == _name(frame)), DERIVED)
        carried = tuple(carry if carry is not None else () if protected else _others(frame, by))
        published = publish(frame, id=id, by=by, about=subject, quantity=quantity, partitions=partitions,
                            carry=carried, unit=unit, gate=self.gate)  # fmt: skip
        self.sources.keep(published)
        return published

    def derive(self, function: Callable[..., pd.DataFrame], given: Sequence[Any], named: Mapping[str, Any], *, id: str,
               by: Sequence[Dimension], unit: str) -> Published:  # fmt: skip
        """What `function` makes of what may be shown; it passes whole.

        A `Published` is given as its `shown` rows, or as itself where the parameter is annotated so. Raises
        `DisclosureError` where anything else about persons would be given, or the function reaches for it.
        """
        where = f"derive {id}"
        given = [self.sources.without_counts(one) for one in given]
        named = {name: self.sources.without_counts(one) for name, one in named.items()}
        for name, value in [*((f"argument {n}", one) for n, one in enumerate(given, 1)), *named.items()]:
            if reason := refusal(value, self.sources, foreign_data):
                raise DisclosureError(f"{name} of {_called(function)} may not be used: {reason}", where=where, cure=(
                    "give what c.publish returned, public tables as c.table returned them, and single settings; do the "
                    "merging and grouping inside the function"))  # fmt: skip
        if reaching := sorted(foreign_data(function)):
            raise DisclosureError(f"{_called(function)} uses {', '.join(reaching)} besides what it is given",
                                  where=where, cure="pass it as an argument, so that it can be checked")  # fmt: skip
        whole = _whole(function)
        arguments = [self._given(one, n in whole) for n, one in enumerate(given)]
        try:
            frame = function(*arguments, **{name: self._given(one, name in whole) for name, one in named.items()})
        except KeyError as error:
            raise self._withheld(error, where) or error from error
        if not isinstance(frame, pd.DataFrame):
            raise DisclosureError(f"{_called(function)} returned a {type(frame).__name__}, not a DataFrame",
                                  where=where, cure="return one row per value, with the columns of by=")  # fmt: skip
        frame = frame.rename(columns=str)
        published = publish(frame, id=id, by=by, about=DERIVED, carry=_others(frame, by), unit=unit, gate=self.gate)
        draft = any(one.draft for one in (*given, *named.values()) if isinstance(one, Published))
        published = replace(published, draft=draft)
        self.sources.keep(published)
        return published

    def _withheld(self, error: KeyError, where: str) -> DisclosureError | None:
        """What to say if a function wanted a column that public tables are given without."""
        column = next((str(one) for one in error.args if isinstance(one, str)), "")
        table = next((name for name, columns in self.sources.counting.items() if column in columns), "")
        if not table:
            return None
        what = f"column {column} of {table} counts people, and derive gives the table without it"
        cure = "publish the counts with c.publish(…), and derive from the result"
        return DisclosureError(what, where=where, cure=cure)

    def _given(self, value: Any, whole: bool) -> Any:
        """`value` as the function gets it."""
        return value if whole or not isinstance(value, Published) else value.shown.reset_index(drop=True)

    def _check_protected(self, frame: pd.DataFrame, by: Sequence[str], carry: Sequence[str], where: str) -> None:
        """That neither keys nor carried columns say who someone is, or hold a number that no rule looks at."""
        given = [name for name in (*by, *carry) if name in frame]
        if persons := [name for name in given if name in self._identifying()]:
            cure = "count the rows, and publish numerator and denominator; no page says who someone is"
            raise DisclosureError(f"column {', '.join(persons)} identifies persons", where=where, cure=cure)
        counts = [name for name in given if name in by and _counts(frame[name]) and name not in _KEYS]
        if counts:
            cure = "name counts numerator and denominator; a key says what a row is about"
            raise DisclosureError(f"key column {', '.join(counts)} holds whole numbers", where=where, cure=cure)
        if labels := [name for name in given if name in by and _says_its_count(frame, name)]:
            cure = "leave it out of the label; charts and tables show numerator and denominator where they may"
            raise DisclosureError(f"key column {', '.join(labels)} has each row's count in its text", where=where,
                                  cure=cure)  # fmt: skip
        follow = FOLLOWS if {*NUMBERS} & {*frame} else frozenset()  # without numbers of its own, no row is hidden
        counts = [name for name in given if name in carry and name not in follow and _number(frame[name])]
        if counts:
            cure = "publish it as a measure of its own, with numerator and denominator"
            raise DisclosureError(f"carried column {', '.join(counts)} could count children", where=where, cure=cure)
        self._check_public(frame, where)

    def _identifying(self) -> set[str]:
        """The names of columns that identify a person in some protected table."""
        protected = [one for one in map(self.gate.catalog.schema, self.gate.catalog.names) if one.protected]
        return {field.name for table in protected for field in table.fields if field.identifies}

    def _check_public(self, frame: pd.DataFrame, where: str) -> None:
        """That `already_public` is said only of what the table indicators says it of."""
        if "already_public" in frame and bool(frame["already_public"].fillna(False).any()):
            said = frame["already_public"].fillna(False).astype(bool)
            known = frame["indicator_id"].isin(self.already_public()) if "indicator_id" in frame else ~said
            if bool((said & ~known).any()):
                cure = "say so in the table indicators, column already_public"
                raise DisclosureError("already_public is said of rows of which the table indicators does not say it",
                                      where=where, cure=cure)  # fmt: skip


def _whole(function: Callable[..., Any]) -> set[int | str]:
    """Places and names of the parameters that take a `Published` itself."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return set()
    found: set[int | str] = set()
    for place, one in enumerate(parameters):
        if one.annotation is Published or "Published" in str(one.annotation):
            found |= {place, one.name}
    return found


def _called(function: Callable[..., Any]) -> str:
    return str(getattr(function, "__name__", type(function).__name__))


def _columns(by: Sequence[Dimension]) -> list[str]:
    return [column for one in by for column in ([one] if isinstance(one, str) else one)]


def _others(frame: pd.DataFrame, by: Sequence[Dimension]) -> tuple[str, ...]:
    taken = {*_columns(by), *KNOWN, "status", "text"}
    return tuple(str(column) for column in frame if column not in taken)


def _name(frame: pd.DataFrame) -> str:
    return str(frame.attrs.get(MARK, ""))


def _counts(column: "pd.Series[Any]") -> bool:
    """Whether a column holds whole numbers only, as counts do."""
    return _number(column) and bool((column.dropna().astype("float64") % 1 == 0).all())


def _says_its_count(frame: pd.DataFrame, name: str) -> bool:
    """Whether the texts of a key all hold the count of their own row, as in the label "Spanish (n=3)"."""
    if len(frame) < _LABELS or not all(isinstance(text, str) for text in frame[name]):
        return False
    found = [{int(number) for number in _WHOLE.findall(text)} for text in frame[name]]
    return any(
        all(not pd.isna(count) and int(count) in there for there, count in zip(found, frame[column], strict=True))
        for column in COUNTS
        if column in frame and pd.api.types.is_numeric_dtype(frame[column])
    )


def _number(column: "pd.Series[Any]") -> bool:
    """Whether a column holds numbers, also where pandas keeps them as objects."""
    known = column.dropna()
    if not pd.api.types.is_numeric_dtype(known):
        known = known.infer_objects()
    return bool(len(known)) and pd.api.types.is_numeric_dtype(known) and not pd.api.types.is_bool_dtype(known)
