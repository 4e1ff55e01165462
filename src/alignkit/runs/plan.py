"""Which notebooks one cycle runs, with which parameters; everything wrong is found before anything runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from papermill import inspect_notebook

from alignkit.contract.schema import schema
from alignkit.cycles import in_order, is_cycle, order
from alignkit.errors import NotebookError, ParamsError
from alignkit.folders import home, ledger
from alignkit.known import known
from alignkit.last_book import kept
from alignkit.lateness import Late, of_snapshot
from alignkit.params import CommunityParams, CycleParams, load_community, load_cycle
from alignkit.runs.chapters import EACH_OUTCOME, Chapter, named, of_outcome
from alignkit.runs.reach import check_reach
from alignkit.shared.whole import read, whole
from alignkit.snapshot import Snapshot
from alignkit.words.words import words

TYPES: Mapping[str, type | tuple[type, ...]] = {"str": str, "int": int, "float": (int, float), "bool": bool}


@dataclass(frozen=True)
class Plan:
    """One cycle of one community: what is going to be run."""

    project: Path
    community: CommunityParams
    cycle: CycleParams
    snapshot: Snapshot
    chapters: tuple[Chapter, ...]
    """In the book's order."""
    late: tuple[Late, ...] = ()
    """Data that should have come by the cycle's date."""

    def only(self, ids: Sequence[str]) -> tuple[Chapter, ...]:
        """The named chapters, in the book's order; all of them where none is named."""
        there = [chapter.id for chapter in self.chapters]
        for wanted in ids:
            if wanted not in there:
                near = get_close_matches(wanted, there, n=1)
                hint = f"did you mean '{near[0]}'? " if near else ""
                raise ParamsError(f"there is no chapter '{wanted}'", cure=f"{hint}chapters: {', '.join(there)}")
        return tuple(chapter for chapter in self.chapters if not ids or chapter.id in ids)


def read_parameters(file: Path) -> tuple[Path, CommunityParams, CycleParams]:
    """Project folder, community and cycle of one `params/<community>/<cycle>.yml`."""
    cycle = load_cycle(file)
    folder = file.resolve().parent
    if folder.parent.name != "params" or folder.name != cycle.community:
        raise ParamsError(
            f"it says community: {cycle.community}, but does not stand in params/{cycle.community}/",
            where=str(file),
            cure="keep each cycle's file in its community's folder",
        )
    project = folder.parent.parent
    community = load_community(project, cycle.community)
    if cycle.lang not in community.languages:
        raise ParamsError(
            f"lang: {cycle.lang} is not among the community's languages",
            where=str(file),
            cure=f"use one of {', '.join(community.languages)}, or add it in community.yml",
        )
    _check_previous(project, cycle, file)
    return project, community, cycle


def _check_previous(project: Path, cycle: CycleParams, file: Path) -> None:
    """Refuse a previous cycle that has neither a file nor a released book."""
    released = project / "reports" / cycle.community / "ledger" / f"{cycle.previous}.json"
    if not cycle.previous or file.with_name(f"{cycle.previous}.yml").is_file() or released.is_file():
        return
    labels = in_order(path.stem for path in file.parent.glob("*.yml") if is_cycle(path.stem))
    there = [label for label in labels if order(label) < order(cycle.cycle)]
    listed = f"cycles before this one: {', '.join(there)}" if there else "there is no earlier cycle: leave it empty"
    raise ParamsError(f"there is no cycle {cycle.previous}, which it names as previous", where=str(file), cure=listed)


def _check_last_book(project: Path, cycle: CycleParams) -> None:
    """Refuse a cycle whose `previous` is not the last book that was released before it: page one would call another one
    "the last book", or this one the first. Refuse one that knows less than that book: values would seem to be gone."""
    where = f"params/{cycle.community}/{cycle.cycle}.yml"
    files = ledger(project, cycle.community).glob("*.json")
    labels = in_order({label for path in files if is_cycle(label := path.stem.partition(".")[0])})
    last = next((label for label in reversed(labels) if order(label) < order(cycle.cycle)), "")
    if last and (not cycle.previous or order(cycle.previous) < order(last)):
        named = f"names {cycle.previous} as previous" if cycle.previous else "names no previous cycle"
        cure = f"write previous: {last}; a book is compared with the last one released"
        what = f"cycle {cycle.cycle} {named}, and {last} has been released since"
        raise ParamsError(what, where=where, cure=cure)
    book = kept(home(project, cycle.community) / "data", cycle.previous)
    if book and book.as_of.date() > cycle.as_of:
        what = f"as_of ({cycle.as_of}) lies before that of the last book ({book.as_of.date()})"
        raise ParamsError(what, where=where, cure="write that day or a later one")


def plan(project: Path, community: CommunityParams, cycle: CycleParams, snapshot: Snapshot) -> Plan:
    """Lay out the chapters; check that the language, the place and the time can be served, and every notebook:
    parameters' names, types, help, and the places of cells that are added to a shared notebook."""
    words(cycle.lang)
    _check_last_book(project, cycle)
    check_reach(snapshot, community, cycle)
    chapters = []
    for name in community.chapters:
        if name == EACH_OUTCOME:
            chapters += [of_outcome(project, community, cycle, id_) for id_ in outcomes_in_force(snapshot, cycle)]
        else:
            chapters.append(named(project, community, cycle, name))
    for chapter in chapters:
        check_chapter(chapter)
    _once([chapter.id for chapter in chapters], community)
    unknown = sorted(set(community.overrides) - {chapter.id for chapter in chapters})
    if unknown:
        raise ParamsError(
            f"overrides for chapters that are not in the book: {', '.join(unknown)}",
            where=f"params/{community.id}/community.yml",
            cure=f"chapters: {', '.join(chapter.id for chapter in chapters)}",
        )
    late = of_snapshot(snapshot, cycle.as_of, community.place)
    return Plan(project, community, cycle, snapshot, tuple(chapters), late)


def _once(chapters: Sequence[str], community: CommunityParams) -> None:
    twice = sorted({id_ for id_ in chapters if chapters.count(id_) > 1})
    if twice:
        where = f"params/{community.id}/community.yml"
        raise ParamsError(f"chapters names {', '.join(twice)} twice", where=where, cure="keep one of the two")


def outcomes_in_force(snapshot: Snapshot, cycle: CycleParams) -> tuple[str, ...]:
    """Ids of the outcomes in force at the cycle's date, in the community's order."""
    import pandas as pd

    if "outcomes" not in snapshot.tables:
        return ()
    about = schema("outcomes")
    frame = known(snapshot.table("outcomes"), about.visible_from, about.version_of, pd.Timestamp(cycle.as_of))
    frame = frame[frame["status"] == "in_force"].sort_values(["order", "outcome_id"])
    return tuple(frame["outcome_id"])


def check_chapter(chapter: Chapter) -> None:
    """Refuse parameters that the chapter's notebook does not take, and cells of its own that have no place."""
    check_parameters(chapter.notebook, chapter.parameters)
    if chapter.shared is not None:
        whole(chapter.notebook, chapter.shared)


def check_parameters(notebook: Path, given: Mapping[str, Any]) -> None:
    """Refuse unknown names, missing annotations and wrong types: Papermill itself only warns about the first."""
    source = read(notebook)
    if "kernelspec" not in source.metadata:
        raise NotebookError("it names no kernel", where=str(notebook), cure="open it in JupyterLab and pick Python 3")
    if not any("parameters" in cell.metadata.get("tags", ()) for cell in source.cells):
        raise NotebookError(
            "no cell of it is tagged 'parameters'",
            where=str(notebook),
            cure="in JupyterLab, select the cell that declares them and add the tag in the Property Inspector (gears)",
        )
    declared = inspect_notebook(str(notebook))
    for name, value in given.items():
        if name not in declared:
            near = get_close_matches(name, declared, n=1)
            raise NotebookError(
                f"its parameters cell declares no '{name}'" + (f" (but '{near[0]}')" if near else ""),
                where=str(notebook),
                cure=f"declare it there, annotated and with its help: {name}: {type(value).__name__} = …  # what it is",
            )
        _check_type(notebook, name, declared[name]["inferred_type_name"], value)


def _check_type(notebook: Path, name: str, annotation: str, value: Any) -> None:
    expected = TYPES.get(annotation)
    if expected is None:
        raise NotebookError(
            f"parameter '{name}' is not annotated with one of {', '.join(TYPES)}",
            where=str(notebook),
            cure=f"write for example {name}: {type(value).__name__} = …  # what it is",
        )
    if not isinstance(value, expected) or (isinstance(value, bool) and annotation != "bool"):
        raise ParamsError(
            f"parameter '{name}' must be {annotation}, but is {value!r}",
            where=str(notebook),
            cure="change it in the parameter file, or its annotation in the notebook",
        )
