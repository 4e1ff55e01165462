"""Looks for persons in rendered files: full names, local ids, a birth date beside a name.

The last check before a release, whatever the pages were made from. A hit says where, never whom.
"""

import calendar
import datetime
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from ahocorasick_rs import AhoCorasick

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.schema import Identifies, TableSchema
from alignkit.disclosure.texts import Text, texts

Kind = Literal["name", "id", "birth date"]
SHORTEST_ID = 6
"""Shorter ids are also years, counts and page numbers."""
_BESIDE = 60
"""How many characters from a birth date a name stands beside it."""
_APOSTROPHES = {ord(c): "'" for c in "’‘ʼ`´"} | {ord(c): "-" for c in "‐‑‒–"}
_GONE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_WORD = re.compile(r"[^\W\d_]+(?:['.-]+[^\W\d_]+)*")
_LONGEST_NAME = 4
"""Words of a name in a public table."""
_INITIALS = 2
"""Letters of a word in a whole name that is too short to be a name next to a birth date."""
_PARTS: tuple[Identifies, ...] = ("first_name", "middle_name", "last_name")
_MONTHS = tuple(calendar.month_name)[1:]


@dataclass(frozen=True)
class Hit:
    """A person's identifier in a file; which one is not said."""

    file: str
    kind: Kind
    where: str
    """A line, a page, or what of the file it stands in."""

    def __str__(self) -> str:
        return f"{self.file}, {self.where}: a person's {self.kind}"


@dataclass(frozen=True)
class _Identifying:
    """The columns of one table that identify a person, by how they do."""

    columns: Mapping[Identifies, list[pd.Series]]
    rows: int

    @classmethod
    def of(cls, table: TableSchema, frame: pd.DataFrame) -> "_Identifying":
        """None of a public table: what it holds is published."""
        found: dict[Identifies, list[pd.Series]] = defaultdict(list)
        for field_ in table.fields if table.protected else ():
            if field_.identifies and field_.name in frame:
                found[field_.identifies].append(frame[field_.name])
        return cls(found, len(frame))

    def ids(self) -> Iterator[str]:
        """Every id that is long enough to be looked for."""
        for column in self.columns.get("id", ()):
            found = (_folded(str(value)) for value in column.dropna().unique())
            yield from (value for value in found if len(value) >= SHORTEST_ID)

    def names(self) -> Iterator[str]:
        """Every name as it may be written."""
        yield from _full_names(*self._parts)
        yield from (written for names in self._whole for name in dict.fromkeys(names) for written in _written(name))

    def born(self) -> Iterator[tuple[Any, set[str]]]:
        """Each date of birth, with the names of someone who was born on it."""
        firsts, _, lasts = self._parts
        wholes = [[name.replace(",", "").split() for name in names] for names in self._whole]
        for column in self.columns.get("birth_date", ()):
            for day, first, last, *words in zip(column.dt.date, firsts, lasts, *wholes, strict=True):
                yield day, {first, last, *(word for whole in words for word in whole if len(word) > _INITIALS)}

    @cached_property
    def _parts(self) -> tuple[list[str], list[str], list[str]]:
        blank = [""] * self.rows
        found = (self.columns.get(part) for part in _PARTS)
        first, middle, last = (_folds(columns[0]) if columns else blank for columns in found)
        return first, middle, last

    @cached_property
    def _whole(self) -> list[list[str]]:
        return [_folds(column) for column in self.columns.get("name", ())]


@dataclass(frozen=True)
class Identifiers:
    """What persons can be known by, ready to be looked for."""

    finder: AhoCorasick = field(repr=False)
    kinds: tuple[Kind, ...] = field(repr=False)
    """Of each pattern."""
    names: Mapping[int, frozenset[str]] = field(repr=False)
    """Pattern of a birth date → first and last names of those born on it."""

    def find(self, text: str) -> Iterator[Kind]:
        """The kind of every identifier in a text."""
        text = _folded(text)
        for pattern, start, end in self.finder.find_matches_as_indexes(text, overlapping=True):
            kind = self.kinds[pattern]
            if _stands_alone(text, start, end) and (kind != "birth date" or self._named(text, start, end, pattern)):
                yield kind

    def _named(self, text: str, start: int, end: int, pattern: int) -> bool:
        around = f"{text[max(0, start - _BESIDE) : start]} {text[end : end + _BESIDE]}"
        return not self.names[pattern].isdisjoint(_WORD.findall(around))


def identifiers(tables: Mapping[str, pd.DataFrame], catalog: Catalog = CONTRACT) -> Identifiers:
    """Patterns from every column that identifies a person, as `catalog` says of protected tables.

    A name that is also in a public table (an officer's, a park's) is not looked for, because it is published there.
    Raises `ContractError` for a table that the catalog does not have.
    """
    people = [_Identifying.of(catalog.schema(name), frame) for name, frame in tables.items()]
    public = [frame for name, frame in tables.items() if not catalog.schema(name).protected]
    patterns: dict[str, Kind] = dict.fromkeys((name for one in people for name in one.names()), "name")
    patterns = _not_public(patterns, public)
    patterns |= dict.fromkeys((id_ for one in people for id_ in one.ids()), "id")
    born: dict[Any, set[str]] = defaultdict(set)
    for day, parts in (pair for one in people for pair in one.born()):
        born[day] |= parts
    days = {written: frozenset(beside - {""}) for day, beside in born.items() for written in _dates(day)}
    patterns |= dict.fromkeys(days, "birth date")
    beside = {i: days[written] for i, written in enumerate(patterns) if written in days}
    return Identifiers(AhoCorasick(list(patterns)), tuple(patterns.values()), beside)


def scan(folder: Path, known: Identifiers) -> tuple[Hit, ...]:
    """Every place in the files of `folder` (and in their names) where a person can be known."""
    hits: dict[Hit, None] = {}
    for number, path in enumerate(sorted(path for path in folder.rglob("*") if path.is_file()), start=1):
        name = path.relative_to(folder).as_posix()
        telling = set(known.find(name))
        told = f"(file {number} of the folder)" if telling else name
        hits |= dict.fromkeys(Hit(told, kind, "its name") for kind in sorted(telling))
        hits |= dict.fromkeys(hit for text in texts(name, path.read_bytes()) for hit in _hits(told, text, known))
    return tuple(hits)


def _hits(file: str, text: Text, known: Identifiers) -> Iterator[Hit]:
    kinds = set(known.find(text.text))
    if not kinds:
        return
    told = set()
    for number, line in enumerate(text.text.splitlines() if text.raw else (), start=1):
        for kind in known.find(line):
            told.add(kind)
            yield Hit(file, kind, f"{text.where + ', ' if text.where else ''}line {number}")
    for kind in sorted(kinds - told):
        yield Hit(file, kind, text.where or "text")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Not part of a longer word or number: 123456 in 123456.7 or in 1,123456 is none."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:].isalnum() or after[:1].isalnum():
        return False
    number = text[start].isdigit() and text[end - 1].isdigit()
    return not (number and (re.match(r"[.,]\d", after) or re.match(r"\d[.,]", before)))


def _folded(text: str) -> str:
    """Lower case, without accents, soft hyphens and the like; one space between words, one after a comma."""
    text = text.lower()
    if not text.isascii():
        text = text.translate(_APOSTROPHES).translate(_GONE)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return " ".join(text.replace(",", ", ").replace(" ,", ",").split())


def _folds(column: "pd.Series[Any]") -> list[str]:
    """Each value folded, "" where it is missing; few names are borne by many."""
    folded = {value: "" if pd.isna(value) else _folded(str(value)) for value in column.unique()}
    return [folded[value] for value in column]


def _full_names(firsts: Iterable[str], middles: Iterable[str], lasts: Iterable[str]) -> Iterator[str]:
    for first, middle, last in zip(firsts, middles, lasts, strict=True):
        if first and last:
            yield f"{first} {last}"
            yield f"{last}, {first}"
            if middle:
                yield f"{first} {middle} {last}"
                yield f"{first} {middle[0]} {last}"
                yield f"{first} {middle[0]}. {last}"


def _written(name: str) -> Iterator[str]:
    """A whole name as it may be written, from "Ada Quill" or "Quill, Ada"; one word alone is no name to look for."""
    last, comma, first = name.partition(", ")
    words = f"{first} {last}".split() if comma else name.split()
    if len(words) > 1:
        yield " ".join(words)
        yield f"{last}, {first}" if comma else f"{words[-1]}, {' '.join(words[:-1])}"


def _dates(day: datetime.date) -> tuple[str, ...]:
    """A birth date as it may be written."""
    if pd.isna(day):
        return ()
    month = _MONTHS[day.month - 1].lower()
    numbers = f"{day.month}/{day.day}/{day.year}", f"{day.month:02d}/{day.day:02d}/{day.year}"
    words = (f"{month} {day.day}, {day.year}", f"{month[:3]} {day.day}, {day.year}", f"{day.day} {month} {day.year}")
    return (day.isoformat(), *dict.fromkeys(numbers), *dict.fromkeys(words))


def _not_public(patterns: Mapping[str, Kind], tables: Iterable[pd.DataFrame]) -> dict[str, Kind]:
    """Without names that a public table publishes."""
    spoken: set[str] = set()
    for value in _values(tables):
        found = _WORD.findall(_folded(value))
        for many in range(2, _LONGEST_NAME + 1):
            for parts in zip(*(found[i:] for i in range(many)), strict=False):
                spoken |= {" ".join(parts), *(_last_first(parts, i) for i in range(1, many))}
    return {pattern: kind for pattern, kind in patterns.items() if pattern not in spoken}


def _last_first(parts: tuple[str, ...], firsts: int) -> str:
    return f"{' '.join(parts[firsts:])}, {' '.join(parts[:firsts])}"


def _values(frames: Iterable[pd.DataFrame]) -> Iterator[str]:
    for frame in frames:
        for column in frame.columns:
            if frame[column].dtype == object:
                yield from (str(value) for value in frame[column].dropna().unique())
