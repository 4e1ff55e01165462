"""What there is of each community and cycle, and what to do next; told from what runs left, without reading a table."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from alignkit.cycles import order
from alignkit.disclosure import ledger
from alignkit.disclosure.cells import Mask
from alignkit.errors import AlignkitError, InputError
from alignkit.folders import home, reports, run_folder
from alignkit.folders import ledger as ledger_folder
from alignkit.params import CommunityParams, CycleParams, load_community, load_cycle
from alignkit.project import find
from alignkit.runs.chapters import EACH_OUTCOME, Chapter, named, of_outcome
from alignkit.runs.current import State, key_in_run, last_book_digests
from alignkit.runs.manifest import code_digest, notebook_digests, read_json, versions
from alignkit.runs.off_page import OffPage, of_run, unchanged
from alignkit.sources.fingerprint import fingerprint
from alignkit.sources.own.read import own_tables

Standing = Literal["current", "stale", "failed", "never_run"]
Tables = Literal["as_run", "changed", "unknown", "never_read"]
"""`unknown`: a query or a server, whose tables cannot be seen without reading them."""


@dataclass(frozen=True)
class ChapterStatus:
    """One chapter; `needs` names the table that its page asks for, where it has none to show."""

    id: str
    standing: Standing
    needs: str = ""


@dataclass(frozen=True)
class CycleStatus:
    """One cycle of one community. Paths are written from the project's folder."""

    community: str
    cycle: str
    params: str
    problem: str = ""
    """Why nothing can be told, where the parameters are wrong."""
    chapters: tuple[ChapterStatus, ...] = ()
    changed: tuple[str, ...] = ()
    """What is no longer as in the last run: tables, parameters, notebooks by chapter, alignkit itself."""
    tables: Tables = "never_read"
    late: tuple[str, ...] = ()
    """Names of the data that were late in the last run."""
    findings: int = 0
    """What the last run's audit found."""
    off_page: tuple[OffPage, ...] = ()
    """Cells that displayed something in the last run which their page leaves out; of notebooks unchanged since."""
    draft: str = ""
    draft_current: bool = False
    """Whether the draft shows the last run with the words as they are now."""
    released: str = ""
    corrected: str = ""
    """The day on which the book was last corrected, such as 2026-11-28; empty where it never was."""
    issue: int = 0
    """Which issue of the book was released last: 1 is the first, more are corrections."""
    next: str = ""

    def of(self, standing: Standing) -> list[str]:
        """Ids of the chapters of that standing."""
        return [chapter.id for chapter in self.chapters if chapter.standing == standing]


def status(project: Path, files: Sequence[Path] = ()) -> tuple[CycleStatus, ...]:
    """Every cycle of every community, or those of the parameter files given, in order.

    Raises `ParamsError` for a file that is not there; wrong parameters are told in `problem`.
    """
    if not files:
        there = [(id_, label) for id_ in find.communities(project) for label in find.cycles(project, id_)]
        files = [find.cycle_file(project, id_, label) for id_, label in there]
    else:
        for file in files:
            if not file.is_file():
                load_cycle(file)  # says which there are
    return tuple(_cycle(file.resolve()) for file in files)


def as_json(found: Sequence[CycleStatus]) -> dict[str, Any]:
    """Plain values for other programs."""
    return {"cycles": [asdict(one) for one in found]}


def _cycle(file: Path) -> CycleStatus:
    project, community = file.parents[2], file.parent.name
    params = file.relative_to(project).as_posix()
    try:
        cycle, settings = load_cycle(file), load_community(project, community)
        return _Look(project, settings, cycle, params).status()
    except InputError as error:
        problem = str(error).splitlines()[0]
        return CycleStatus(community, file.stem, params, problem, next=f"alignkit check {params}")


class _Look:
    """One cycle, its last run, and what is there now."""

    def __init__(self, project: Path, settings: CommunityParams, cycle: CycleParams, params: str) -> None:
        self.project, self.settings, self.cycle, self.params = project, settings, cycle, params
        self.run = run_folder(project, settings.id, cycle.cycle)
        self.manifest = read_json(self.run / "manifest.json")
        self.state = State.read(self.run)
        self.catalog = own_tables(project, settings.id)
        self.snapshot, self.tables = self._tables()

    def _tables(self) -> tuple[str, Tables]:
        """The snapshot that the tables give now, as far as it is known, and whether the last run saw it."""
        was = str(self.manifest.get("snapshot", {}).get("id", ""))
        try:
            digest = fingerprint(self.settings, self.project, self.catalog)
        except AlignkitError:
            return "", "changed" if was else "never_read"
        if digest is None:
            return was, "unknown"
        note = read_json(home(self.project, self.settings.id) / "data" / "sources" / f"{digest}.json")
        now = str(note.get("snapshot", ""))
        if not was:
            return now, "never_read"
        return now, "as_run" if now == was else "changed"

    def status(self) -> CycleStatus:
        """Everything together."""
        chapters = tuple(self._chapter(chapter) for chapter in self._planned())
        draft, current = self._draft()
        issues = ledger.issues(ledger_folder(self.project, self.settings.id), self.cycle.cycle)
        found = CycleStatus(
            self.settings.id,
            self.cycle.cycle,
            self.params,
            chapters=chapters,
            changed=self._changed(),
            tables=self.tables,
            late=tuple(one["name"] for one in self.manifest.get("late", ())),
            findings=len(self.manifest.get("audit", {}).get("findings", ())),
            off_page=self._off_page(),
            draft=draft,
            draft_current=current,
            released=self._released(),
            corrected=str(issues[-1].day or "") if issues else "",
            issue=len(issues),
        )
        return CycleStatus(**{**vars(found), "next": self._next(found)})

    def _planned(self) -> list[Chapter]:
        """The book's chapters; those of outcomes as the last run had them, for only the tables name them."""
        project, settings, cycle = self.project, self.settings, self.cycle
        outcomes = [id_.removeprefix("outcome-") for id_ in self._ran() if id_ not in settings.chapters]
        found = []
        for name in settings.chapters:
            if name == EACH_OUTCOME:
                found += [of_outcome(project, settings, cycle, outcome) for outcome in outcomes]
            else:
                found.append(named(project, settings, cycle, name))
        return found

    def _ran(self) -> list[str]:
        return [entry["id"] for entry in self.manifest.get("chapters", ())]

    def _chapter(self, chapter: Chapter) -> ChapterStatus:
        told = {entry["id"]: entry for entry in self.manifest.get("chapters", ())}.get(chapter.id, {})
        known = self.state.chapters.get(chapter.id)
        if known is None:
            return ChapterStatus(chapter.id, "failed" if told.get("status") == "failed" else "never_run")
        fresh = bool(self.snapshot) and self.state.is_current(chapter, self._key(chapter))
        return ChapterStatus(chapter.id, "current" if fresh else "stale", known.get("table", ""))

    def _key(self, chapter: Chapter) -> str:
        mask_file = self.run / "mask.json"
        mask = Mask.read(mask_file) if mask_file.is_file() else Mask.empty()
        last = last_book_digests(self.project, self.settings.id, self.cycle.previous)
        data = {"snapshot": self.snapshot, "minimum": self.manifest.get("minimum_count"), "last_book": last}
        return key_in_run(chapter, self.run, self.state, mask=mask, planned=self._ran(), **data)

    def _changed(self) -> tuple[str, ...]:
        """What the last run was made of and is not so any more."""
        if not self.manifest:
            return ()
        was = self.manifest
        found = ["tables"] if self.tables == "changed" else []
        now = self.cycle.to_papermill()
        if was["parameters"] != now:
            today = not self.cycle.dated and was["parameters"] == {**now, "as_of": was["parameters"]["as_of"]}
            found.append(f"the day (no as_of in {self.params}: today counts)" if today else "parameters")
        notebooks = notebook_digests(self._planned())
        found += [f"notebook of {id_}" for id_, digest in notebooks.items() if was["notebooks"].get(id_) != digest]
        ours = was["code"] == code_digest() and was["versions"] == versions()
        return tuple(found if ours else [*found, "alignkit or its libraries"])

    def _off_page(self) -> tuple[OffPage, ...]:
        same = unchanged(self.manifest, self._planned())
        return of_run(self.run, [chapter.id for chapter in same])

    def _draft(self) -> tuple[str, bool]:
        """The draft's first page, and whether it shows the last run with the words as they are now."""
        place = reports(self.project, self.settings.id)
        for folder in (place / f"{self.cycle.cycle}-draft", place / self.cycle.cycle):
            made = read_json(folder / "manifest.json")
            if made.get("book", {}).get("draft"):
                same = all(made.get(name) == value for name, value in self.manifest.items() if name != "chapters")
                written = (folder / "manifest.json").stat().st_mtime
                words = (self.project / self.params).with_suffix("").glob("*.md")
                fresh = same and all(path.stat().st_mtime <= written for path in words)
                return self._page(folder), fresh
        return "", False

    def _released(self) -> str:
        place = reports(self.project, self.settings.id)
        made = read_json(place / self.cycle.cycle / "manifest.json")
        if made and not made.get("book", {}).get("draft", True):
            return self._page(place / self.cycle.cycle)
        ledger = place / "ledger" / f"{self.cycle.cycle}.json"
        return ledger.relative_to(self.project).as_posix() if ledger.is_file() else ""

    def _page(self, folder: Path) -> str:
        page = folder / "book" / "index.html"
        return (page if page.is_file() else folder).relative_to(self.project).as_posix()

    def _next(self, now: CycleStatus) -> str:
        """The one command that takes this cycle on."""
        there = find.cycles(self.project, self.settings.id)
        later = [label for label in there if order(label) > order(self.cycle.cycle)]
        if now.released:
            return "" if later else f"alignkit new cycle {self.settings.id}"
        if not self.manifest and not self.state.chapters and not self.snapshot:
            return f"alignkit check {self.params}"
        if not self.manifest or now.of("failed") or now.of("never_run") or now.of("stale") or now.changed:
            return f"alignkit run {self.params}"
        if not now.draft_current:
            return f"alignkit book {self.params}"
        return f"alignkit release {self.params}"


def lines(found: Sequence[CycleStatus]) -> list[str]:
    """The same for a person, a paragraph a cycle."""
    text: list[str] = []
    for one in found:
        text += [f"{one.community} {one.cycle}", *(f"  {line}" for line in _told(one)), ""]
    return text[:-1]


def _told(one: CycleStatus) -> list[str]:
    if one.problem:
        return [f"wrong      {one.problem}", f"next       {one.next}"]
    if one.released and not one.of("failed"):
        return _told_released(one)
    told = _released_lines(one)
    told += [f"chapters   {_chapters(one)}"]
    told += [f"needs      {_needs(one)}"] if any(chapter.needs for chapter in one.chapters) else []
    told += [f"changed    since the last run: {', '.join(one.changed)}"] if one.changed else []
    told += ["tables     cannot be seen without reading them; a run does"] if one.tables == "unknown" else []
    told += [f"late       {'; '.join(one.late)}"] if one.late else []
    told += [f"audit      {one.findings} finding(s) in the last run"] if one.findings else []
    told += [f"off page   {line}" for line in _off_page(one)]
    if one.draft:
        told.append(f"draft      {one.draft}" + ("" if one.draft_current else " (older than the run or your words)"))
    return [*told, *([f"next       {one.next}"] if one.next else [])]


def _told_released(one: CycleStatus) -> list[str]:
    """What is released stays as it is: that its chapters would come out otherwise by now is nothing to act on."""
    told = _released_lines(one)
    if one.changed:
        told.append(f"since then {', '.join(one.changed)} changed; the next cycle's book tells what was corrected")
        told.append("           if the released book was wrong: run again, then alignkit release --corrects")
    return [*told, *([f"next       {one.next}"] if one.next else [])]


def _released_lines(one: CycleStatus) -> list[str]:
    """Where the released book is, and whether it was corrected."""
    told = [f"released   {one.released}"] if one.released else []
    return [*told, f"corrected  on {one.corrected} (issue {one.issue})"] if one.corrected else told


def _chapters(one: CycleStatus) -> str:
    if not one.chapters or len(one.of("never_run")) == len(one.chapters):
        return "never run"
    said = [f"{len(one.of('current'))} current"] if one.of("current") else []
    for standing in ("stale", "failed", "never_run"):
        ids = one.of(standing)
        said += [f"{len(ids)} {standing.replace('_', ' ')} ({', '.join(ids)})"] if ids else []
    return ", ".join(said)


def _off_page(one: CycleStatus) -> list[str]:
    chapters = dict.fromkeys(found.chapter for found in one.off_page)
    many = f"{len(one.off_page)} cell(s) show something that is not on the page ({', '.join(chapters)})"
    return [f"{many}; alignkit check lists them"] if chapters else []


def _needs(one: CycleStatus) -> str:
    return ", ".join(f"{chapter.id}: table {chapter.needs}" for chapter in one.chapters if chapter.needs)
