"""What is wrong with a community's tables: those it declares, and the rows that it keeps."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.dictionary import own_dictionary
from alignkit.contract.failure import contract_error, origins
from alignkit.contract.validate import failures_of
from alignkit.errors import AlignkitError, SourceError
from alignkit.params import CommunityParams
from alignkit.project import find
from alignkit.project.letters import in_file, in_tables
from alignkit.project.own_tables import may_count, page_of, write_page
from alignkit.snapshot import Snapshot, snapshot_of
from alignkit.sources.folder import read_csv, read_folder
from alignkit.sources.mapping.preview import taken
from alignkit.sources.mapping.read import read_mapping
from alignkit.sources.mapping.sheet import is_mapping
from alignkit.sources.own.read import own_files, own_tables
from alignkit.sources.paths import FOLDER_SUFFIXES, params_folder, resolve
from alignkit.sources.read import read
from alignkit.sources.workbook import read_workbook


@dataclass(frozen=True)
class Problem:
    """One thing that stops a run or a book: where, what, the cure."""

    where: str
    what: str
    cure: str = ""
    count: int = 1
    """How many things it lists."""


@dataclass(frozen=True)
class Checked:
    """What was looked at, what is wrong, and what one should know beside that."""

    looked_at: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    """Of several incoming files that a mapping's line matches, which one is taken."""
    mappings: dict[Path, Catalog] = field(default_factory=dict)
    """Mapping sheets that were looked at, with the tables that they may fill."""
    names: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """Folder of a cycle's words → the names that they may use, each with what it says now."""


class Tables:
    """What has been seen of tables so far; a community's are read once."""

    def __init__(self, here: Path, write_pages: bool) -> None:
        self.here, self.found, self.write_pages = here, Checked(), write_pages
        self.catalogs: dict[tuple[Path, str], Catalog | None] = {}
        self.snapshots: dict[tuple[Path, str], Snapshot | None] = {}

    def shown(self, path: Path) -> str:
        """The path as seen from here."""
        path = path.resolve()
        return path.relative_to(self.here).as_posix() if path.is_relative_to(self.here) else str(path)

    def wrong(self, where: str, what: str, cure: str = "", count: int = 1) -> None:
        """Note a problem, once."""
        problem = Problem(where.replace(f"{self.here}/", ""), what, cure, count)
        if problem not in self.found.problems:
            self.found.problems.append(problem)

    def looked(self, where: str) -> None:
        """Note that a thing has been looked at, once."""
        if where not in self.found.looked_at:
            self.found.looked_at.append(where)

    @contextmanager
    def telling(self, where: str = "") -> Iterator[None]:
        """What goes wrong inside is noted, and the look goes on."""
        try:
            yield
        except AlignkitError as error:
            self.wrong(where or error.where, error.what, error.cure, error.count)

    def own_folder(self, path: Path, project: Path, id_: str) -> None:
        """The tables that a community declares, and the rows that it keeps in the same folder."""
        if self.catalog(project, id_) and any(file.suffix in FOLDER_SUFFIXES for file in path.iterdir()):
            self.table_folder(path)

    def table_folder(self, path: Path) -> None:
        """The rows of a folder of tables."""
        with self.telling():
            catalog = self.catalog_of(path)
            try:
                frames, wrong = read_folder(path, catalog), None
            except SourceError as error:
                frames, wrong = dict(error.readable), error
            if frames:
                self.tables(self.shown(path), frames, catalog, part=wrong is not None)
            if wrong:
                raise wrong

    def catalog(self, project: Path, id_: str) -> Catalog | None:
        """The tables that the community may keep, or None where it declares one wrongly."""
        at = (project, id_)
        if at not in self.catalogs:
            self.catalogs[at] = None
            with self.telling():
                self.catalogs[at] = own_tables(project, id_)
            self.found.looked_at.extend(map(self.shown, own_files(project, id_)))
            self.letters(*own_files(project, id_))
            if (found := self.catalogs[at]) and found.own:
                self.page(page_of(project, id_), own_dictionary(found))
                self.found.advice.extend(f"{id_}, {one}" for one in may_count(project, id_))
        return self.catalogs[at]

    def page(self, path: Path, text: str) -> None:
        """The page of a community's own tables: written again, or mentioned where it is out of date."""
        if self.write_pages:
            with self.telling():
                write_page(path, text)
        elif not path.is_file() or path.read_text(encoding="utf-8", errors="replace") != text:
            self.found.advice.append(f"{self.shown(path)}: out of date; alignkit check --dictionary writes it")

    def catalog_of(self, path: Path) -> Catalog:
        """The tables that there may be in a file or folder of rows: those of the community that it belongs to."""
        found = find.community_of(path)
        return (self.catalog(*found) if found else None) or CONTRACT

    def snapshot(self, project: Path, settings: CommunityParams) -> Snapshot | None:
        """The community's tables, or None where they are wrong."""
        at = (project, settings.id)
        if at not in self.snapshots:
            self.snapshots[at] = None
            self.found.looked_at.append(f"tables of {settings.id}")
            if settings.source.mapping:
                with self.telling():
                    path = resolve(settings.source.mapping, params_folder(settings, project), "source.mapping")
                    self.mapping(path.resolve(), self.catalog(project, settings.id) or CONTRACT)
            try:
                self.snapshots[at] = snapshot_of(settings, project)
            except AlignkitError as error:
                self.broken(project, settings, error)
            else:
                self.letters_of(project, settings)
        return self.snapshots[at]

    def broken(self, project: Path, settings: CommunityParams, error: AlignkitError) -> None:
        """Everything that is wrong with tables of which `error` is the first fault: also of those that can be read."""
        catalog = self.catalog(project, settings.id) or CONTRACT
        frames, wrong = _readable(project, settings, catalog)
        failures = [one for one in failures_of(frames, catalog) if not wrong or one.rule != "table_needed"]
        found: list[AlignkitError] = list(wrong.parts or [wrong]) if wrong else []
        found += [contract_error(failures, origins(frames))] if failures else []
        for one in found or [error]:
            self.wrong(one.where, one.what, one.cure, one.count)
        self.letters_in(f"tables of {settings.id}", frames, catalog)

    def letters_of(self, project: Path, settings: CommunityParams) -> None:
        """Letters of good tables that the PDF spells; the source is read again only where there are any."""
        snapshot = self.snapshots[project, settings.id]
        assert snapshot is not None
        public = [name for name in snapshot.tables if not snapshot.catalog.schema(name).protected]
        if any(in_tables({name: snapshot.table(name)}, snapshot.catalog) for name in public):
            frames, _wrong = _readable(project, settings, snapshot.catalog)
            self.letters_in(f"tables of {settings.id}", frames, snapshot.catalog)

    def letters_in(self, where: str, frames: Mapping[str, pd.DataFrame], catalog: Catalog) -> None:
        """Note the letters of tables that the PDF spells."""
        self.note(*(f"{where}, {place}: {what}" for place, what in in_tables(frames, catalog)))

    def letters(self, *paths: Path) -> None:
        """Note the letters of text files that the PDF spells."""
        self.note(*(f"{self.shown(path)}: {what}" for path in paths if (what := in_file(path))))

    def note(self, *lines: str) -> None:
        """Note what stops nothing, once."""
        self.found.advice.extend(line for line in lines if line not in self.found.advice)

    def mapping(self, path: Path, catalog: Catalog) -> None:
        """Note which files a mapping takes. A mapping that is wrong is reported where its tables are read."""
        if path in self.found.mappings:
            return
        self.found.mappings[path] = catalog
        try:
            self.found.taken.extend(taken(path, catalog))
        except AlignkitError:
            return

    def table_file(self, path: Path) -> None:
        """A workbook; what a mapping sheet makes; or one table, with the others of its folder for what it refers to."""
        catalog = self.catalog_of(path.resolve())
        self.looked(self.shown(path))
        with self.telling():
            if path.suffix == ".xlsx" and is_mapping(path):
                self.mapping(path.resolve(), catalog)
                self.tables(self.shown(path), read_mapping(path.resolve(), catalog), catalog, part=True)
            elif path.suffix == ".xlsx":
                self.tables(self.shown(path), read_workbook(path, catalog), catalog)
            else:
                beside = {p.stem: read_csv(p) for p in sorted(path.resolve().parent.glob("*.csv"))}
                self.tables(self.shown(path), beside, catalog, only=path.stem)

    def tables(
        self, where: str, frames: Mapping[str, pd.DataFrame], catalog: Catalog, only: str = "", part: bool = False
    ) -> None:
        """Every failure of tables that are read already; `part`: tables they refer to may be kept elsewhere."""
        self.looked(where)
        failures = [failure for failure in failures_of(frames, catalog) if not only or failure.table == only]
        failures = [failure for failure in failures if not part or failure.rule != "table_needed"]
        if failures:
            error = contract_error(failures, origins(frames))
            self.wrong(where, error.what, "correct the tables where they are kept", error.count)
        self.letters_in(where, {name: frame for name, frame in frames.items() if only in ("", name)}, catalog)


def _readable(
    project: Path, settings: CommunityParams, catalog: Catalog
) -> tuple[Mapping[str, pd.DataFrame], SourceError | None]:
    """The tables that can be read, and what is wrong with the others."""
    try:
        return read(settings, project, catalog), None
    except SourceError as error:
        return error.readable, error
