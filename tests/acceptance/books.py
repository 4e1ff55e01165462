"""Build the books that acceptance tests read; `tests.shelf` keeps them, so that each is built once.

A builder gets the folder to make the project in, and the tools to make it with.
"""

import json
import shutil
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from click.testing import CliRunner

from alignkit.book.build import draft
from alignkit.book.release import release
from alignkit.cli import main
from alignkit.project.init import init
from alignkit.runs.run import Report
from tests.acceptance.hostile import COMMUNITY, hostile_tables
from tests.acceptance.walk import Walk
from tests.factory import selected
from tests.large_community import first_step, large
from tests.project.first_book import fill_workbook
from tests.small_project import small_project

ROOT = Path(__file__).parents[2]
HTML = ["--engine", "embedded", "--formats", "html"]
CYCLES = ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
CHAPTERS = [
    "brief", "collaboration", "leadership", "outcomes", "action", "data_systems", "advocacy", "outcome", "commitments"
]  # fmt: skip


@dataclass(frozen=True)
class Tools:
    """What builders work with: `run` (alignkit.runs.run.run with warm kernels), and `warm`, the same for commands."""

    run: Callable[..., Report]
    warm: Callable[[], AbstractContextManager[Any]]
    book: Callable[[str], Any]
    """Another book, for a book that continues it."""

    def walk(self, file: Path, publish: Any = draft, jobs: int = 2, **options: Any) -> Walk:
        """Run a cycle, then `publish` it (`draft` or `release`) with the embedded engine."""
        report = self.run(file, jobs=jobs)
        assert report.ok, [result.message for result in report.failed] + [str(f) for f in report.findings]
        return Walk(file, report, publish(file, engine="embedded", **options))

    def command(self, *words: str) -> None:
        """Run an alignkit command; it must succeed."""
        with self.warm():
            done = CliRunner().invoke(main, list(words))
        assert done.exit_code == 0, f"{' '.join(words)}: {done.output}"


def copy_of(params: Path, project: Path) -> Path:
    """Make a project with these parameters and a copy of the repository's notebooks."""
    shutil.copytree(params, project / "params")
    shutil.copytree(ROOT / "notebooks", project / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return project


def continued(walk: Walk, folder: Path) -> Path:
    """Copy a project, to run its next cycle there."""
    return Path(shutil.copytree(walk.project, folder / "project", symlinks=True))


def first(folder: Path, tools: Tools) -> Walk:
    """The demo community's first cycle, released."""
    project = copy_of(ROOT / "params", folder / "project")
    return tools.walk(project / "params" / "riverbend" / "2025-Q4.yml", release)


def riverbend(folder: Path, tools: Tools) -> Walk:
    """The demo community's newest cycle as a draft; commands released the three cycles before it."""
    params = continued(tools.book("first"), folder) / "params" / "riverbend"
    for cycle in CYCLES[1:-1]:
        tools.command("run", str(params / f"{cycle}.yml"))
        tools.command("release", str(params / f"{cycle}.yml"), *HTML)
    return tools.walk(params / f"{CYCLES[-1]}.yml")


def year(folder: Path, tools: Tools) -> dict[str, Walk]:
    """Cycle → its release, four of them, each after the one before."""
    last = tools.book("riverbend")
    project = continued(last, folder)
    tools.command("release", str(project / "params" / "riverbend" / f"{CYCLES[-1]}.yml"), *HTML)
    reports = project / "reports" / "riverbend"
    return {one: Walk(project / f"params/riverbend/{one}.yml", last.report, reports / one) for one in CYCLES}


def louisville(folder: Path, tools: Tools) -> dict[str, Walk]:
    """Louisville's three cycles, from public data through queries to released books; the last one on paper too."""
    params = copy_of(ROOT / "tests" / "louisville" / "params", folder / "project") / "params" / "louisville"
    for query in (params / "queries").glob("*.sql"):
        query.write_text(selected(query.stem, query.read_text(encoding="utf-8")), encoding="utf-8")
    earlier = {one: tools.walk(params / f"{one}.yml", release, formats=["html"]) for one in ("2014-Q4", "2015-Q4")}
    return {**earlier, "2020-Q4": tools.walk(params / "2020-Q4.yml", release)}


def big(folder: Path, tools: Tools) -> Walk:
    """A very large community."""
    return _of_tables(folder, tools, large())


def begun(folder: Path, tools: Tools) -> Walk:
    """A community that has only begun."""
    return _of_tables(folder, tools, first_step())


def _of_tables(folder: Path, tools: Tools, tables: Mapping[str, pd.DataFrame]) -> Walk:
    params = folder / "params"
    params.mkdir()
    file = small_project(copy_of(params, folder / "project"), {}, tables, chapters=CHAPTERS, place="riverbend")
    return tools.walk(file)


def hostile(folder: Path, tools: Tools) -> Walk:
    """A community with names that try to be code, released."""
    params = folder / "params" / "hostile"
    (params / "tables").mkdir(parents=True)
    for name, frame in hostile_tables().items():
        frame.to_csv(params / "tables" / f"{name}.csv", index=False, date_format="%Y-%m-%d")
    community = json.dumps({**COMMUNITY, "source": {"folder": "tables"}})
    (params / "community.yml").write_text(community, encoding="utf-8")
    (params / "2026-Q3.yml").write_text(json.dumps({"community": "hostile", "cycle": "2026-Q3"}), encoding="utf-8")
    return tools.walk(copy_of(params.parent, folder / "project") / "params" / "hostile" / "2026-Q3.yml", release)


def mill_valley(folder: Path, tools: Tools) -> Walk:
    """A new community: `alignkit init`, five tables filled in, first book."""
    init("Mill Valley", folder / "project", today=date(2026, 11, 25))
    fill_workbook(folder / "project" / "data" / "tables.xlsx")
    return tools.walk(folder / "project" / "params" / "mill-valley" / "2026-Q4.yml")


BUILDERS: Mapping[str, Callable[[Path, Tools], Any]] = {
    "first": first, "riverbend": riverbend, "year": year, "louisville": louisville, "big": big, "begun": begun,
    "hostile": hostile, "mill_valley": mill_valley,
}  # fmt: skip
