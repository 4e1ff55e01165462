"""From a run to a book that can be opened: pages, PDFs, notebooks, tables, manifest."""

import json
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from alignkit.book import assemble, correction, embedded, notebooks, quarto, swap, write
from alignkit.book.run import read_manifest
from alignkit.book.shown import shown
from alignkit.disclosure import ledger
from alignkit.errors import BookError
from alignkit.folders import home, run_folder
from alignkit.params import CycleParams, load_community
from alignkit.runs.manifest import digest, file_digest, write_json
from alignkit.runs.off_page import OffPage, of_run
from alignkit.runs.plan import read_parameters

Engine = Callable[[Path, Path, Collection[str]], None]


def draft(params_file: Path, *, engine: str = "auto", formats: Iterable[str] = write.FORMATS) -> Path:
    """Render the last run of one cycle's parameter file into a draft; returns the folder. Raises as `build`.

    Where the cycle has been released and the run shows something else, page one says so.
    """
    project, community, cycle = read_parameters(params_file)
    run = run_folder(project, community.id, cycle.cycle)
    issues = ledger.issues(assemble.ledger_folder(project, community.id), cycle.cycle)
    now = shown(run, read_manifest(run), community) if issues else None
    told = correction.of_draft(issues, now, project / "reports" / community.id) if now else None
    return build(run, project, cycle, engine=engine, formats=formats, corrects=told)


def off_page(params_file: Path) -> tuple[OffPage, ...]:
    """What the notebooks of the cycle's last run display and its book leaves out."""
    project, community, cycle = read_parameters(params_file)
    run = run_folder(project, community.id, cycle.cycle)
    return of_run(run, [entry.id for entry in read_manifest(run).chapters if entry.status == "ok"])


def build(
    run: Path,
    project: Path,
    params: CycleParams,
    *,
    engine: str = "auto",
    formats: Iterable[str] = write.FORMATS,
    draft: bool = True,
    without: Iterable[str] = (),
    into: Path | None = None,
    corrects: correction.Correction | None = None,
) -> Path:
    """Render a finished run. Returns reports/<community>/<cycle>, or `<cycle>-draft` beside a release.

    `corrects` is what page one says about a correction.

    The folder is swapped in whole; with `into` (an empty folder) it is filled instead and nothing is swapped.
    Raises `NarrativeError` before anything is written, `BookError` where something does not render.
    """
    chosen, formats = engine_of(engine), tuple(formats)
    community = load_community(project, params.community)
    book = assemble.book_of(run, project, (community, params), draft=draft, without=without)
    if corrects is not None:
        book = assemble.corrected(book, corrects)
    folder = home(project, community.id) / params.cycle / "book-project"
    write.write(book, folder, project, formats)
    if into is not None:
        return _fill(into, run, book, folder, chosen, formats)
    place = project / "reports" / community.id
    target = place / (f"{params.cycle}-draft" if is_release(place / params.cycle) else params.cycle)
    with swap.building(place) as new:
        _fill(new, run, book, folder, chosen, formats)
        swap.put(new, target)
    return target


def engine_of(name: str) -> Engine:
    """The engine by its name in parameters: `auto` is Quarto where it is installed."""
    engines: Mapping[str, Engine] = {"quarto": quarto.render, "embedded": embedded.render}
    if name == "auto":
        return engines["quarto" if quarto.find() else "embedded"]
    if name not in engines:
        raise BookError(f"there is no engine '{name}'", cure=f"use one of auto, {', '.join(engines)}")
    return engines[name]


def is_release(folder: Path) -> bool:
    """Whether a folder of reports is (a link to, or a copy of) a release."""
    if folder.is_symlink():
        return True
    path = folder / "manifest.json"
    return path.is_file() and not json.loads(path.read_text(encoding="utf-8")).get("book", {}).get("draft", True)


def _fill(out: Path, run: Path, book: assemble.Book, folder: Path, engine: Engine, formats: Collection[str]) -> Path:
    engine(folder, out, formats)
    notebooks.publish(run, _published(book), out / "notebooks")
    (out / "tables").mkdir()
    for table in sorted((folder / "tables").glob("*.csv")):
        shutil.copyfile(table, out / "tables" / table.name)
    write_json(out / "manifest.json", manifest(run, book, out, engine, formats))
    return out


def _published(book: assemble.Book) -> list[str]:
    return [entry.id for entry in book.manifest.chapters if assemble.is_ok(entry, book.without)]


def manifest(run: Path, book: assemble.Book, out: Path, engine: Engine, formats: Collection[str]) -> dict[str, Any]:
    """The run's manifest without error messages (they may quote data), and the hash of every file of the book."""
    made: dict[str, Any] = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    made["chapters"] = [{k: v for k, v in entry.items() if k != "message"} for entry in made["chapters"]]
    files = sorted(path for path in out.rglob("*") if path.is_file() and path.name != "manifest.json")
    outputs = {path.relative_to(out).as_posix(): file_digest(path) for path in files}
    about = {
        "draft": book.draft,
        "engine": engine.__module__.rpartition(".")[2],
        "formats": sorted(formats),
        "without": sorted(book.without),
        **({"correction": book.correction.data()} if book.correction else {}),
    }
    return {**made, "book": about, "outputs": outputs}


def book_digest(manifest: Mapping[str, Any]) -> str:
    """SHA-256 over the names and hashes of a book's files."""
    return digest((name.encode(), hash_.encode()) for name, hash_ in sorted(manifest["outputs"].items()))
