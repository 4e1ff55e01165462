"""What a notebook opens: one community's tables in one cycle, as they were known at its date."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import nbformat
import pandas as pd

from alignkit import folders, records
from alignkit.chapter_records import ChapterRecords
from alignkit.contract.validate import empty
from alignkit.cycles import days
from alignkit.disclosure import ledger
from alignkit.disclosure.cells import Mask
from alignkit.disclosure.door import Dimension, Door
from alignkit.disclosure.provenance import Sources
from alignkit.disclosure.publish import Gate
from alignkit.disclosure.published import Published
from alignkit.errors import InputError, TableMissingError
from alignkit.folders import home, run_folder
from alignkit.known import known, minimum_count_of
from alignkit.last_book import Kept, LastBook, kept
from alignkit.params import CommunityParams, CycleParams, load_community, load_cycle, project_root
from alignkit.snapshot import Snapshot, load, snapshot_of
from alignkit.words.current import speak
from alignkit.words.words import Words, words

OUTLINES: Mapping[str, tuple[str, ...]] = {
    "indicator_values": ("indicator_id", "period_start", "period_end", "place_id", "subgroup_type", "subgroup",
                         "released_on", "value_status"),
    "matched_results": ("data_source_id", "practice_id", "outcome_id", "subgroup_type", "subgroup", "result",
                        "matched_on"),
}  # fmt: skip
"""Protected tables of counts → the columns that say which counts there are, never how many."""


@dataclass(frozen=True)
class Cycle:
    """One community in one cycle. Made by `open_cycle`."""

    community: CommunityParams
    params: CycleParams
    project: Path
    snapshot: Snapshot
    chapter: str
    run: Path | None
    """The run this notebook is part of; None where it runs by itself."""
    _read: set[str] = field(default_factory=set, repr=False)
    _sources: Sources = field(default_factory=Sources, repr=False)

    @property
    def cycle(self) -> str:
        """The cycle's label, such as 2026-Q3."""
        return self.params.cycle

    @property
    def previous(self) -> str:
        """The label of the cycle before, or empty."""
        return self.params.previous

    @property
    def as_of(self) -> pd.Timestamp:
        """The day up to which things are known."""
        return pd.Timestamp(self.params.as_of)

    @property
    def previous_as_of(self) -> pd.Timestamp | None:
        """The day up to which the last book knew things; None in the first cycle.

        Its release says so; where nothing is kept of it, the previous cycle's parameter file does, or else it is that
        cycle's last day, whatever day it is today.
        """
        if not self.previous:
            return None
        if released := kept(self.snapshot.home, self.previous):
            return released.as_of
        file = self.project / "params" / self.community.id / f"{self.previous}.yml"
        if not file.is_file():
            return pd.Timestamp(days(self.previous)[1])
        before = load_cycle(file)
        return pd.Timestamp(before.as_of if before.dated else before.last_day)

    @property
    def place(self) -> str:
        """place_id of the community itself."""
        return self.community.place

    @cached_property
    def minimum_count(self) -> int:
        """The smallest count of persons that may be published."""
        return minimum_count_of(self.snapshot, self.community, self.params)

    @property
    def private(self) -> Path:
        """The cycle's private folder for lists of persons that somebody has to look at; no page is made from it."""
        return home(self.project, self.community.id) / self.cycle / "review"

    @cached_property
    def words(self) -> Words:
        """Words, numbers and dates in the cycle's language."""
        return words(self.params.lang)

    def table(self, name: str, *, optional: bool = False, in_force: bool = False) -> pd.DataFrame:
        """A table, of the contract or the community's own, as known at `as_of`: typed, the newest version of each row.

        `in_force` drops rows whose `valid_until` has passed. A table the community does not keep raises
        `TableMissingError`; with `optional` it is an empty frame with the right columns.
        """
        about = self.snapshot.catalog.schema(name)
        if name not in self.snapshot.tables:
            self._note(name, None)
            if optional:
                return self._handed(empty(name, self.snapshot.catalog), f"table {name}", name)
            raise TableMissingError(name, cure=f"keep table '{name}' ({about.title}); see the data dictionary")
        frame = known(self.snapshot.table(name), about.visible_from, about.version_of, self.as_of)
        if in_force and "valid_until" in frame:
            frame = frame[frame["valid_until"].isna() | (frame["valid_until"] >= self.as_of)]
        self._note(name, len(frame))
        return self._handed(frame.reset_index(drop=True), f"table {name}", name)

    def tables(self, *names: str, optional: Sequence[str] = (), in_force: Sequence[str] = ()) -> SimpleNamespace:
        """Several tables at once: `t = c.tables("outcomes", optional=["places"])`, then `t.outcomes`, `t.places`.

        `optional` names tables that may be missing (then they are empty), `in_force` those of which only the rows
        that hold at `as_of` are wanted, needed or optional. Raises as `table` does.
        """
        needed = [*names, *(name for name in in_force if name not in (*names, *optional))]
        found = {name: self.table(name, in_force=name in in_force) for name in needed}
        found |= {name: self.table(name, optional=True, in_force=name in in_force) for name in optional}
        return SimpleNamespace(**found)

    @cached_property
    def last_book(self) -> LastBook:
        """The book before this one: what it showed, what it was made from, and whether that is kept here."""
        released = ledger.read(folders.ledger(self.project, self.community.id), before=self.cycle)
        release = next((entry for entry in reversed(released) if entry.cycle == self.previous), None)
        made_from = kept(self.snapshot.home, self.previous) if release else None
        if made_from is None and self.community.source.demo and self.previous_as_of is not None:
            # an invented community's earlier books are invented with its tables
            made_from = Kept(self.previous, self.previous_as_of, self.snapshot)
        return LastBook.of(self.previous, release, made_from)

    def before(self, name: str) -> pd.DataFrame:
        """A table as the last book knew it: what its release was made from, whatever the table says today.

        Empty where nothing is kept (`last_book.compares`). Raises `InputError` for a table with a row for each person.
        """
        about, blank = self.snapshot.catalog.schema(name), empty(name, self.snapshot.catalog)
        if about.person_level:
            cure = "compare what was published, as c.last_book.said(quantity) gives it"
            raise InputError(f"rows of '{name}' are about single persons, and are not kept from book to book",
                             where="c.before", cure=cure)  # fmt: skip
        book, source = self.last_book.made_from, f"table {name} before"
        if book is None or (was := book.table(name)) is None:
            return self._handed(blank, source, name)
        self._note(name, len(was))
        frame = was.reindex(columns=list(about.columns)).reset_index(drop=True)
        return self._handed(frame, source, name, book.snapshot.catalog.schema(name).counting)

    def outline(self, name: str, *, before: bool = False) -> pd.DataFrame:
        """Which counts a protected table of counts has (period, place, group, status), never how many; `before`: as the
        last book knew it. Anyone may read it, so `derive` takes it. For the tables in `OUTLINES`."""
        if name not in OUTLINES:
            cure = f"there is one of {', '.join(OUTLINES)}"
            raise InputError(f"there is no outline of '{name}'", where="c.outline", cure=cure)
        frame = (self.before(name) if before else self.table(name, optional=True))[list(OUTLINES[name])]
        return self._sources.hand_out(frame, f"outline of {name}{' before' if before else ''}", protected=False)

    def _handed(self, frame: pd.DataFrame, source: str, name: str, counted: Sequence[str] = ()) -> pd.DataFrame:
        about = self.snapshot.catalog.schema(name)  # what `counted` persons when the rows were kept still does
        counting = tuple(column for column in {*about.counting, *counted} if column in frame)
        return self._sources.hand_out(frame, source, protected=about.protected, counting=counting)

    def _note(self, name: str, rows: int | None) -> None:
        if name not in self._read:
            self._read.add(name)
            records.emit(records.TableRead(table=name, rows=rows))

    @cached_property
    def _gate(self) -> Gate:
        return Gate(
            minimum_count=self.minimum_count,
            mask=Mask.read(self.run / "mask.json") if self.run and (self.run / "mask.json").exists() else None,
            chapter=self.chapter,
            cells_file=self.run / "cells" / f"{self.chapter}.json" if self.run else None,
            lang=self.params.lang,
            words=self.words,
            catalog=self.snapshot.catalog,
        )

    @cached_property
    def _door(self) -> Door:
        return Door(self._gate, self._sources, self._already_public)

    def _already_public(self) -> frozenset[str]:
        listed = self.table("indicators", optional=True)
        return frozenset(listed.loc[listed["already_public"].fillna(False).astype(bool), "indicator_id"])

    def publish(self, frame: pd.DataFrame, *, id: str, by: Sequence[Dimension], about: str = "",
                quantity: str | None = None, partitions: Sequence[Dimension] = (), carry: Iterable[str] | None = None,
                unit: str = "percent") -> Published:  # fmt: skip
        """The one door for numbers about people: hide small counts and what would give them away, and return the rest.

        Rows that come unchanged from a public table pass whole; any others count as persons, wherever they come from.
        What was worked out from published numbers and public tables goes through `derive` instead. `by` names the
        columns that say what a row is about; numerator, denominator, value, low, high are its numbers; `carry` names
        further columns, such as days and words, blank in a hidden row. `about` may say which protected table is
        counted; it opens nothing. Raises `DisclosureError`.

        - `quantity`: what is counted, if several chapters show the same counts; give it the same name in each.
        - `partitions`: those of `by` whose rows add up to the row that says "all", so that no hidden row can be worked
          out by subtraction. Leave it out where there is no such row.
        - a pair in `by` or `partitions`, such as `("partner", "site")`, is one dimension; its total says "all" in both.
        - `unit`: that of `value`, or a column `unit`. Where `value` is missing, it is worked out from the counts.
        """
        published = self._door.publish(frame, id=id, by=by, about=about, quantity=quantity, partitions=partitions,
                                       carry=carry, unit=unit)  # fmt: skip
        records.emit(published.record())
        return published

    def derive(self, function: Callable[..., pd.DataFrame], /, *given: Any, id: str, by: Sequence[Dimension],
               unit: str = "percent", **named: Any) -> Published:  # fmt: skip
        """What `function` works out from published numbers and public tables; nothing of it is hidden.

        `given` and `named` are its arguments: what `publish` or `derive` returned (the function gets the rows that are
        shown; the `Published` itself where its parameter is annotated so), public tables of `c.table` (it gets them
        without the columns that count persons), and single settings as they are written in a cell. `by` names the
        columns that say what a row is about. Raises `DisclosureError` where an argument, or what the function reaches
        for on its own, did not pass the door.
        """
        published = self._door.derive(function, given, named, id=id, by=by, unit=unit)
        records.emit(published.record())
        return published

    def say(
        self,
        name: str,
        text: str | Sequence[str],
        *,
        value: records.Scalar = None,
        role: records.Role = "note",
        heading: str = "",
        where: Literal["both", "web"] = "both",
    ) -> None:
        """Hand on a sentence (or number) that the page shows in the place of its `role`, and others may quote.

        Several sentences become `name`, `name-2`, … in their order. A note with `where="web"` is not in the PDF.

        - `role`: "title" and "question" replace those of the first cell, "answer" opens the page, "note" is printed
          where it is said, "caveat" is set apart as a warning, "action" is listed at the end, "number" is only quoted.
        - `heading`: the section that a note begins; notes with the same one share it.
        - `value`: the number behind the text, for page one and later cycles.
        """
        for place, one in enumerate([text] if isinstance(text, str) else text, 1):
            named = name if place == 1 else f"{name}-{place}"
            said = records.Headline(name=named, text=one, value=value, role=role, heading=heading, where=where)
            records.emit(said)

    def note_numbers(self, numbers: Mapping[str, str]) -> None:
        """Hand on numbers that a narrative may quote by name; they stand on no page by themselves."""
        for name, text in numbers.items():
            if not isinstance(text, str):
                cure = (f'take the text that was published, such as {{"{name}": p.where(…).frame["text"].item()}}, '
                        "or write words of your own")  # fmt: skip
                raise InputError(f"'{name}' is a {type(text).__name__}, not text", where="c.note_numbers", cure=cure)
            records.emit(records.Headline(name=name, text=text))

    def chapters(self) -> Mapping[str, ChapterRecords]:
        """The records of this cycle's other executed chapters; empty where nothing has been run yet."""
        folder = (self.run or run_folder(self.project, self.community.id, self.cycle)) / "notebooks"
        found = {}
        for path in sorted(folder.glob("*.ipynb")):
            if path.stem != self.chapter:
                executed = nbformat.read(path, as_version=4)
                found[path.stem] = ChapterRecords(path.stem, tuple(records.of_notebook(executed)), self.params.lang)
        return found


def open_cycle(community: str, cycle: str, as_of: str = "", previous: str = "", lang: str = "en") -> Cycle:
    """Open one cycle of a community: what every notebook does first.

    `cycle` is a label such as 2026-Q3, 2026-H2, 2026-Fall, 2026-27 or 2026. `as_of` defaults to today until the cycle
    is over, then to its last day. Inside `alignkit run` the run's snapshot is read; alone, the community's source is.
    Raises `ParamsError`, `SourceError`, `ContractError`.
    """
    project = project_root()
    params = CycleParams.model_validate(
        {"community": community, "cycle": cycle, "as_of": as_of or None, "previous": previous, "lang": lang}
    )
    settings = load_community(project, community)
    run = Path(os.environ["ALIGNKIT_RUN"]) if "ALIGNKIT_RUN" in os.environ else None
    named = os.environ.get("ALIGNKIT_SNAPSHOT")
    speak(words(lang))
    snapshot = load(home(project, community) / "data", named) if named else snapshot_of(settings, project)
    return Cycle(settings, params, project, snapshot, os.environ.get("ALIGNKIT_CHAPTER", "draft"), run)
