"""One cycle, from its parameter file to audited, executed notebooks.

execute → collect the cells → solve → execute again the chapters whose mask changed → page one → audit.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import nbformat

from alignkit import folders, records
from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.contract.schema import data_of
from alignkit.disclosure import ledger
from alignkit.disclosure.audit import Finding, audit
from alignkit.disclosure.cells import Mask, TrueCell, read_cells
from alignkit.disclosure.solve import solve
from alignkit.errors import LateTablesError
from alignkit.folders import home, run_folder
from alignkit.known import minimum_count_of
from alignkit.lateness import Late
from alignkit.runs.chapters import PAGE_ONE, Chapter
from alignkit.runs.current import State, key_in_run, last_book_digests
from alignkit.runs.execute import Result, execute
from alignkit.runs.kernels import look_up_classes, warm_kernels
from alignkit.runs.manifest import code_digest, file_digest, notebook_digests, versions, write_json
from alignkit.runs.off_page import OffPage, of_run
from alignkit.runs.plan import Plan, plan, read_parameters
from alignkit.snapshot import snapshot_of
from alignkit.sources.mapping.preview import files_taken

Step = Literal["tables", "taken", "start", "done", "current", "again", "audit"]
Tell = Callable[[Step, str, Result | None], None]
PASSES = 5
"""Executing again can show new cells, which can change the mask again; in practice one repetition is enough."""


@dataclass(frozen=True)
class Report:
    """What a run did; `manifest` is what it wrote."""

    folder: Path
    results: tuple[Result, ...]
    """One per chapter of the plan that has been run, now or earlier."""
    findings: tuple[Finding, ...]
    manifest: Mapping[str, Any] = field(repr=False)
    late: tuple[Late, ...] = ()
    """Data that should have come by the cycle's date; what the run used instead is older."""
    off_page: tuple[OffPage, ...] = ()
    """What notebooks display and their pages leave out."""
    catalog: Catalog = CONTRACT
    """Which tables the run's snapshot may have, and which of them are about persons."""

    @property
    def failed(self) -> tuple[Result, ...]:
        """The chapters whose notebook failed."""
        return tuple(result for result in self.results if result.status == "failed")

    @property
    def waits(self) -> bool:
        """Whether page one is in the book's plan and has not been made."""
        planned = {chapter["id"] for chapter in self.manifest["chapters"]}
        return PAGE_ONE in planned - {result.chapter for result in self.results}

    @property
    def ok(self) -> bool:
        """Whether every chapter ran and the audit found nothing."""
        return not self.failed and not self.findings


def run(
    file: Path,
    *,
    only: Sequence[str] = (),
    jobs: int = 2,
    keep_going: bool = False,
    kernels: str = "warm",
    again: bool = False,
    tell: Tell = lambda step, what, result: None,
) -> Report:
    """Run one cycle; chapters that are current are not run again (unless `again`).

    `only` names chapters; without `keep_going` page one waits until every chapter has run.
    Raises `InputError` before anything runs (`LateTablesError` where data are late and community.yml says to wait for
    them); a chapter that fails is in the report, and the others finish.
    """
    project, community, cycle = read_parameters(file)
    tell("tables", community.name, None)
    for line in files_taken(community, project):
        tell("taken", line, None)
    planned = plan(project, community, cycle, snapshot_of(community, project))
    _wait_for(planned.late, planned)
    work = _Work(planned, again, jobs, tell)
    chosen = work.plan.only(only)
    work.prepare()
    with warm_kernels(kernels) as environment:
        work.environment.update(environment)
        work.execute([chapter for chapter in chosen if chapter.stage == 1])
        work.settle_mask()
        if keep_going or not work.failed():
            work.execute([chapter for chapter in chosen if chapter.stage == 2])
    return work.finish()


def _wait_for(late: Sequence[Late], planned: Plan) -> None:
    """Refuse to go on where the community waits for what is late."""
    if late and planned.community.late_tables == "wait":
        settings = f"params/{planned.community.id}/community.yml"
        raise LateTablesError(
            late,
            where=f"{planned.community.name}, {planned.cycle.cycle}",
            cure=f"bring in the newer data, or set late_tables: run in {settings} to go on without them",
        )


class _Work:
    """The state of one run while it is going on."""

    def __init__(self, planned: Plan, again: bool, jobs: int, tell: Tell) -> None:
        self.plan, self.jobs, self.tell = planned, jobs, tell
        self.folder = run_folder(planned.project, planned.community.id, planned.cycle.cycle)
        self.minimum = minimum_count_of(planned.snapshot, planned.community, planned.cycle)
        self.state = State.read(self.folder)
        self.force = again
        self.results: dict[str, Result] = {}
        self.mask = Mask.empty()
        self.environment: dict[str, str] = {
            "ALIGNKIT_PROJECT": str(planned.project),
            "ALIGNKIT_RUN": str(self.folder),
            "ALIGNKIT_SNAPSHOT": planned.snapshot.id,
        }
        place = folders.ledger(planned.project, planned.community.id)
        # Where this cycle has been released, the run may become its correction: what the book showed is public.
        self.frozen = ledger.frozen_cells(place, before=planned.cycle.cycle, also=planned.cycle.cycle)
        self.last_book = last_book_digests(planned.project, planned.community.id, planned.cycle.previous)

    def prepare(self) -> None:
        """Make the private folder; keep what an earlier, stopped run has finished."""
        for name in ("notebooks", "failed", "executing", "cells"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "kernels.log").unlink(missing_ok=True)
        os.chmod(home(self.plan.project, self.plan.community.id).parent, 0o700)
        planned = {chapter.id for chapter in self.plan.chapters}
        for path in [p for name in ("notebooks", "failed", "cells") for p in (self.folder / name).iterdir()]:
            if path.stem not in planned:
                path.unlink()
        if (self.folder / "mask.json").exists() and not self.force:
            self.mask = Mask.read(self.folder / "mask.json")
        self.mask.write(self.folder / "mask.json")

    def execute(self, chapters: Iterable[Chapter]) -> None:
        """Execute those of `chapters` that are not current, side by side."""
        waiting = []
        for chapter in chapters:
            fresh = chapter.id in self.results or not self.force
            if fresh and self.state.is_current(chapter, self.key(chapter)):
                self.results.setdefault(chapter.id, self.state.result(chapter))
                self.tell("current", chapter.id, None)
            else:
                waiting.append(chapter)
                # written anew by its first publish(); a chapter that publishes nothing any more has none
                (self.folder / "cells" / f"{chapter.id}.json").unlink(missing_ok=True)
                self.tell("start", chapter.id, None)
        look_up_classes()
        with ThreadPoolExecutor(self.jobs) as pool:
            going = {pool.submit(execute, chapter, self.folder, self.environment): chapter for chapter in waiting}
            for future in as_completed(going):
                result = future.result()
                self.results[result.chapter] = result
                # the key of what it was made of: with the cells that this very execution recorded
                self.state.note(result, self.key(going[future]))
                self.tell("done", result.chapter, result)

    def key(self, chapter: Chapter) -> str:
        """What the chapter would be made of now."""
        planned = [one.id for one in self.plan.chapters]
        data = {"snapshot": self.plan.snapshot.id, "minimum": self.minimum, "last_book": self.last_book}
        return key_in_run(chapter, self.folder, self.state, mask=self.mask, planned=planned, **data)

    def cells(self, chapters: Iterable[str]) -> tuple[TrueCell, ...]:
        """The true cells that those chapters recorded."""
        return tuple(read_cells(self.folder / "cells", chapters))

    def settle_mask(self) -> None:
        """Solve over all chapters' cells, execute again what changes, until nothing does."""
        for _ in range(PASSES):
            cells = self.cells(chapter.id for chapter in self.plan.chapters)
            mask = solve(cells, self.minimum, self.frozen, self.plan.cycle.cycle)
            mask.write(self.folder / "mask.json")
            self.mask = mask
            stale = [c for c in self._ran() if not self.state.is_current(c, self.key(c))]
            if not stale:
                return
            self.tell("again", ", ".join(chapter.id for chapter in stale), None)
            self.execute(stale)

    def _ran(self) -> list[Chapter]:
        good = {id_ for id_, result in self.results.items() if result.status == "ok"}
        return [c for c in self.plan.chapters if c.id in good and c.stage == 1]

    def failed(self) -> bool:
        """Whether any chapter failed in this run."""
        return any(result.status == "failed" for result in self.results.values())

    def finish(self) -> Report:
        """Audit what the notebooks show and write the manifest."""
        self.tell("audit", "", None)
        shown = {c.id: self._published(c.id) for c in self.plan.chapters}
        cells = self.cells(chapter.id for chapter in self.plan.chapters)
        catalog, cycle = self.plan.snapshot.catalog, self.plan.cycle.cycle
        findings = tuple(audit(shown, cells, self.minimum, self.frozen, catalog=catalog, correcting=cycle))
        manifest = self._manifest(findings, shown)
        write_json(self.folder / "manifest.json", manifest)
        results = tuple(self.results[c.id] for c in self.plan.chapters if c.id in self.results)
        off_page = of_run(self.folder, [result.chapter for result in results if result.status == "ok"])
        return Report(self.folder, results, findings, manifest, self.plan.late, off_page, self.plan.snapshot.catalog)

    def _records(self, chapter: str) -> list[records.Record]:
        path = self.folder / "notebooks" / f"{chapter}.ipynb"
        return list(records.of_notebook(nbformat.read(path, as_version=4))) if path.exists() else []

    def _published(self, chapter: str) -> list[records.Published]:
        return [r for r in self._records(chapter) if isinstance(r, records.Published)]

    def _manifest(
        self, findings: Sequence[Finding], shown: Mapping[str, Sequence[records.Published]]
    ) -> dict[str, Any]:
        p = self.plan
        hidden = sum(cell.status in ("hidden", "band") for all_ in shown.values() for one in all_ for cell in one.cells)
        return {
            "community": p.community.id,
            "cycle": p.cycle.cycle,
            "parameters": p.cycle.to_papermill(),
            "params_files": {
                f"{p.community.id}/{name}": file_digest(p.project / "params" / p.community.id / name)
                for name in ("community.yml", f"{p.cycle.cycle}.yml")
            },
            "snapshot": {
                "id": p.snapshot.id,
                "tables": {name: table.hash for name, table in p.snapshot.tables.items()},
                "own": [data_of(table) for table in p.snapshot.catalog.own],
            },
            "late": [{k: v if v is None else str(v) for k, v in asdict(one).items()} for one in p.late],
            "minimum_count": self.minimum,
            "code": code_digest(),
            "versions": versions(),
            "notebooks": notebook_digests(p.chapters),
            "chapters": [self._entry(chapter) for chapter in p.chapters],
            "partial": any(self._stale(chapter) for chapter in p.chapters),
            "audit": {"clean": not findings, "findings": [str(f) for f in findings], "hidden": hidden},
        }

    def _stale(self, chapter: Chapter) -> bool:
        """Whether what stands there of a chapter is of an earlier state; such a run is never released."""
        ran = chapter.id in self.state.chapters
        return ran and not self.state.is_current(chapter, self.key(chapter))

    def _entry(self, chapter: Chapter) -> dict[str, Any]:
        titles = [r.text for r in self._records(chapter.id) if isinstance(r, records.Headline) and r.role == "title"]
        remembered = self.state.chapters.get(chapter.id, {})
        result = self.results.get(chapter.id)
        status = result.status if result else remembered.get("status", "not_run")
        return {
            "id": chapter.id,
            "title": titles[0] if titles else chapter.id,
            "notebook": chapter.notebook.name,
            "shared": chapter.shared.name if chapter.shared else "",
            "status": status,
            "message": result.message if result else "",
            "table": result.table if result else remembered.get("table", ""),
        }
