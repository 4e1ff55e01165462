"""Everything that is wrong with a project, or with a part of it, at once; nothing is run."""

import json
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from alignkit.cycles import FORMS, is_cycle
from alignkit.folders import run_folder
from alignkit.param_files import readable
from alignkit.params import CommunityParams, CycleParams, load_community
from alignkit.project import find, rules
from alignkit.project.advice import advice_on, switched_off, unfilled
from alignkit.project.check_tables import Checked, Tables
from alignkit.project.letters import in_notebook
from alignkit.project.notebooks import BASE
from alignkit.project.past_the_door import public_in_project, unpublished_findings
from alignkit.project.quotable import quotable, words_ahead, wrong_words
from alignkit.project.update import CHOICES, unsettled
from alignkit.runs import off_page
from alignkit.runs.chapters import EACH_OUTCOME, Chapter, named, of_outcome
from alignkit.runs.manifest import read_json
from alignkit.runs.plan import check_chapter, outcomes_in_force, plan, read_parameters
from alignkit.shared.files import shared_by
from alignkit.shared.whole import whole
from alignkit.snapshot import Snapshot
from alignkit.sources.own.read import declares

CAN_BE_CHECKED = (
    "a project, params/<community>, a cycle's file, community.yml, a folder of tables, a workbook, a mapping sheet, "
    "a table of your own (params/<community>/tables), a notebook, or the words of a cycle (params/<community>/<cycle>)"
)
JUPYTER = "open it in JupyterLab, pick the kernel Python 3 and save it"


def check(paths: Sequence[Path], here: Path, *, write_pages: bool = False) -> Checked:
    """Look at each path: a whole project, or a part of it. Places are written as seen from `here`; `write_pages` writes
    the pages of communities' own tables again."""
    look = _Look(here.resolve(), write_pages)
    for path in paths:
        look.at(path)
    return look.found


def _of_words(folder: Path) -> bool:
    """Whether a folder holds the words of a cycle; a folder of tables may be named 2025-26 too."""
    return is_cycle(folder.name) and folder.parents[1].name == "params"


class _Look(Tables):
    """What has been seen so far."""

    def __init__(self, here: Path, write_pages: bool) -> None:
        super().__init__(here, write_pages)
        self.ran: set[Path] = set()
        """Notebooks that have been executed as they are now: what they display is known."""

    def at(self, path: Path) -> None:
        """Look at one path as what it is."""
        if path.is_dir():
            self.folder(path.resolve())
        elif path.name == "community.yml" and path.is_file():
            self.community(path.resolve().parents[2], path.resolve().parent.name)
        elif path.suffix in (".yml", ".yaml"):
            self.cycle(path.resolve())
        elif not path.is_file():
            near = get_close_matches(path.name, [p.name for p in path.parent.glob("*")], n=3)
            cure = f"nearest: {', '.join(near)}" if near else f"give {CAN_BE_CHECKED}"
            self.wrong(self.shown(path), "there is no such file or folder", cure)
        elif path.suffix == ".ipynb":
            self.notebook(path)
        elif path.suffix == ".md" and _of_words(path.resolve().parent):
            self.words(path.resolve().parent, only=path.stem)
        elif path.suffix in (".csv", ".xlsx"):
            self.table_file(path)
        elif path.suffix == ".json" and (found := declares(path)):
            self.catalog(*found)
        else:
            self.wrong(self.shown(path), "alignkit does not check files like this", f"give {CAN_BE_CHECKED}")

    def folder(self, path: Path) -> None:
        """A project, a community, a cycle's words, notebooks or tables."""
        if (path / "params").is_dir():
            self.project(path)
        elif (path / "community.yml").is_file():
            self.community(path.parents[1], path.name)
        elif _of_words(path):
            self.words(path)
        elif found := declares(path / "any"):
            self.own_folder(path, *found)
        elif any(path.glob("**/*.ipynb")):
            self.notebooks(path)
        else:
            self.table_folder(path)

    def project(self, project: Path) -> None:
        """Every community and every notebook."""
        if not find.communities(project):
            self.wrong(
                self.shown(project / "params"), "there is no community", 'begin with: alignkit init "Mill Valley"'
            )
        for id_ in find.communities(project):
            self.community(project, id_)
        self.notebooks(project / "notebooks")

    def community(self, project: Path, id_: str) -> None:
        """community.yml, the tables, and each cycle."""
        file = project / "params" / id_ / "community.yml"
        self.looked(self.shown(file))
        with self.telling():
            load_community(project, id_)
        catalog, settings = self.catalog(project, id_), readable(CommunityParams, file, id=id_)
        if settings is None:
            self.note(f"{self.shown(file)}: tables are not looked at before this file can be read")
        elif catalog:
            self.snapshot(project, settings)
        self.letters(file)
        labels = find.cycles(project, id_)
        if not labels:
            self.wrong(f"params/{id_}", "there is no cycle's file", f"write one named like its cycle: {FORMS}")
        for label in labels:
            self.cycle(find.cycle_file(project, id_, label))
        for file in sorted((project / "params" / id_).glob("*.y*ml")):
            if file.name != "community.yml" and not (file.suffix == ".yml" and is_cycle(file.stem)):
                what = "the file is not named like a cycle, so nothing reads it"
                self.wrong(self.shown(file), what, f"name it like the cycle that it is for: {FORMS}")

    def cycle(self, file: Path) -> None:
        """One cycle's file, the tables as it sees them, its chapters' notebooks, its words."""
        chapters = None
        self.looked(self.shown(file))
        self.letters(file)
        with self.telling():
            project, settings, cycle = read_parameters(file)
            snapshot = self.snapshot(project, settings) if self.catalog(project, settings.id) else None
            if snapshot is not None:
                chapters = self.chapters(project, settings, cycle, snapshot)
                if cycle.cycle == find.cycles(project, settings.id)[-1]:
                    self.found.advice.extend(advice_on(snapshot, settings, cycle, date.today()))
                    self.found.advice.extend(switched_off(project, settings, snapshot.catalog))
        self.words(file.with_suffix(""), chapters)

    def chapters(
        self, project: Path, settings: CommunityParams, cycle: CycleParams, snapshot: Snapshot
    ) -> list[str] | None:
        """Ids of the chapters, where each has a notebook that takes its parameters."""
        before = len(self.found.problems)
        for name in settings.chapters:
            for outcome in outcomes_in_force(snapshot, cycle) if name == EACH_OUTCOME else [""]:
                with self.telling():
                    chapter = self._chapter(project, settings, cycle, name, outcome)
                    check_chapter(chapter)
        if len(self.found.problems) == before:
            with self.telling():
                planned = plan(project, settings, cycle, snapshot).chapters
                self.off_page(run_folder(project, settings.id, cycle.cycle), f"{settings.id} {cycle.cycle}", planned)
                return [chapter.id for chapter in planned]
        return None

    def off_page(self, run: Path, cycle: str, planned: Sequence[Chapter]) -> None:
        """What the last run's notebooks displayed and their pages left out, as far as they have not changed since."""
        same = off_page.unchanged(read_json(run / "manifest.json"), planned)
        self.ran |= {chapter.notebook.resolve() for chapter in same}
        found = off_page.of_run(run, [chapter.id for chapter in same])
        for ids, cells in off_page.grouped(found):
            self.found.advice.append(f"{cycle}, shown but not on the page of {ids}: {'; '.join(cells)}")
        self.found.advice.extend(off_page.fixes(found))

    @staticmethod
    def _chapter(project: Path, settings: CommunityParams, cycle: CycleParams, name: str, outcome: str) -> Chapter:
        if outcome:
            return of_outcome(project, settings, cycle, outcome)
        return named(project, settings, cycle, name)

    def words(self, folder: Path, chapters: list[str] | None = None, only: str = "") -> None:
        """What is wrong with a cycle's words, or those for one chapter; and the names that the last run gives them."""
        if not folder.is_dir():
            return
        self.found.looked_at.append(self.shown(folder))
        self.letters(*(path for path in sorted(folder.glob("*.md")) if only in ("", path.stem)))
        with self.telling():
            said = quotable(folder.parents[2], folder.parent.name, folder.name)
            known = chapters or said.chapters
            for path, line, what in wrong_words(folder, known, said, only):
                self.wrong(f"{self.shown(path)}:{line}", what)
            ahead = (
                f"{self.shown(path)}:{line}: {what}" for path, line, what in words_ahead(folder, known, said, only)
            )
            self.found.advice.extend(ahead)
            if said.chapters:
                wanted = {name: text for name, text in said.names.items() if not only or name.split(".")[0] == only}
                self.found.names[self.shown(folder)] = wanted
        self.found.advice.extend(unfilled(folder, self.shown(folder)))

    def notebooks(self, folder: Path) -> None:
        """Every notebook below a folder, without the bases that are kept for updates."""
        for path in sorted(folder.rglob("*.ipynb")):
            aside = {BASE, ".ipynb_checkpoints"} & set(path.relative_to(folder).parts)
            if not aside and not path.name.endswith(CHOICES):
                self.notebook(path)
        for name in unsettled(folder):
            self.found.advice.append(f"{self.shown(folder)}/{name}: choose, save, and run alignkit update again")

    def notebook(self, path: Path) -> None:
        """One notebook by the rules; what does not stop a run is advice."""
        where = self.shown(path)
        self.found.looked_at.append(where)
        try:
            content = json.loads(path.read_text(encoding="utf-8-sig"))
        except ValueError:
            self.wrong(where, "this is no notebook", "take it back from a copy, or make it anew")
            return
        findings = list(rules.format_findings(content, JUPYTER))
        if not findings:
            self.added(path.resolve())
            looks = (rules.parameter_findings, rules.python_findings, rules.moved_findings)
            self.note(*(f"{where}, {at}: {what}" for at, what in in_notebook(content)))
            findings = [*rules.kernel_findings(content, JUPYTER), *(f for look in looks for f in look(content))]
            project = self._project(path.resolve())
            opened = [f"{where}, {at}: {what}; {cure}" for at, what, cure in (
                *rules.door_findings(content), *unpublished_findings(content, public_in_project(project)))]  # fmt: skip
            self.found.advice.extend(opened)
            thin = [f"{where}, {at}: {what}" for at, what, _ in rules.thin_findings(content)]
            self.found.advice.extend(thin)
            if path.resolve() not in self.ran:
                shown = rules.display_findings(content)
                self.found.advice.extend(f"{where}, {at}: {what}; {cure}" for at, what, cure in shown)
            if any(cell.get("outputs") for cell in content["cells"]):
                self.found.advice.append(f"{where}: results are left in it; clear them before you pass it on")
        for at, what, cure in findings:
            self.wrong(f"{where}, {at}", what, cure)

    def added(self, path: Path) -> None:
        """Whether what a notebook adds to a shared one has its place there."""
        project = self._project(path)
        with self.telling():
            shared = shared_by(project, path)
            if shared is not None:
                whole(path, shared)

    def _project(self, notebook: Path) -> Path:
        return next((folder.parent for folder in notebook.parents if folder.name == "notebooks"), self.here)
