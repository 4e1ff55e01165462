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
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from ahocorasick_rs import AhoCorasick

from alignkit.contract.schema import TABLES, schema
from alignkit.disclosure.texts import Text, texts

Kind = Literal["name", "id", "birth date"]
PERSONS = ("students", "clients")
"""Tables of the contract with names in them."""
IDS = ("student_id", "client_id", "leader_id")
"""Columns of protected tables that stand for one person."""
SHORTEST_ID = 6
"""Shorter ids are also years, counts and page numbers."""
_BESIDE = 60
"""How many characters from a birth date a name stands beside it."""
_APOSTROPHES = {ord(c): "'" for c in "’‘ʼ`´"} | {ord(c): "-" for c in "‐‑‒–"}
_GONE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_WORD = re.compile(r"[^\W\d_]+(?:['.-]+[^\W\d_]+)*")
_LONGEST_NAME = 4
"""Words of a name in a public table."""
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


def identifiers(tables: Mapping[str, pd.DataFrame]) -> Identifiers:
    """Patterns from every protected table; a name that also stands in a public table (an officer's, a park's) is not
    looked for, because it is published there."""
    patterns: dict[str, Kind] = {}
    born: dict[Any, set[str]] = defaultdict(set)
    for people in (tables[name] for name in PERSONS if name in tables):
        names = {part: _folds(people[f"{part}_name"]) for part in ("first", "last")}
        middles = _folds(people["middle_name"]) if "middle_name" in people else [""] * len(people)
        patterns |= dict.fromkeys(_full_names(names["first"], middles, names["last"]), "name")
        for day, *parts in zip(people["birth_date"].dt.date, names["first"], names["last"], strict=True):
            born[day] |= {*parts}
    patterns = _not_public(patterns, tables)
    patterns |= dict.fromkeys(_ids(tables), "id")
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


def _dates(day: datetime.date) -> tuple[str, ...]:
    """A birth date as it may be written."""
    if pd.isna(day):
        return ()
    month = _MONTHS[day.month - 1].lower()
    numbers = f"{day.month}/{day.day}/{day.year}", f"{day.month:02d}/{day.day:02d}/{day.year}"
    words = (f"{month} {day.day}, {day.year}", f"{month[:3]} {day.day}, {day.year}", f"{day.day} {month} {day.year}")
    return (day.isoformat(), *dict.fromkeys(numbers), *dict.fromkeys(words))


def _ids(tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    for name in (name for name in TABLES if name in tables and schema(name).protected):
        for column in (column for column in IDS if column in tables[name]):
            found = (str(value).strip().lower() for value in tables[name][column].dropna().unique())
            yield from (value for value in found if len(value) >= SHORTEST_ID)


def _not_public(patterns: Mapping[str, Kind], tables: Mapping[str, pd.DataFrame]) -> dict[str, Kind]:
    """Without names that a public table publishes."""
    spoken: set[str] = set()
    for value in _values(tables[name] for name in TABLES if name in tables and not schema(name).protected):
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
