"""The gate, and what lies behind it: a book that nobody changes any more."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path

from alignkit import last_book
from alignkit.book import build, swap
from alignkit.book.assemble import is_ok, ledger_folder
from alignkit.book.run import Manifest, changed, notebook, read_manifest
from alignkit.book.write import FORMATS
from alignkit.disclosure import ledger
from alignkit.disclosure.cells import read_cells
from alignkit.disclosure.scan import identifiers, scan
from alignkit.errors import ReleaseRefused, SourceError
from alignkit.folders import home, run_folder
from alignkit.known import minimum_count_of
from alignkit.params import CommunityParams, CycleParams
from alignkit.records import of_notebook
from alignkit.runs.plan import read_parameters
from alignkit.snapshot import Snapshot, load

Undo = Callable[[], object]


def release(
    params_file: Path, *, engine: str = "auto", formats: Iterable[str] = FORMATS, without: Iterable[str] = ()
) -> Path:
    """Publish the last run of one cycle's parameter file; returns reports/<community>/<cycle>, a link to the release.

    Raises `ReleaseRefused` with every reason, `NarrativeError`, `BookError`; then everything is as it was before.
    """
    project, community, cycle = read_parameters(params_file)
    run, left_out = run_folder(project, community.id, cycle.cycle), tuple(without)
    manifest = read_manifest(run)
    place = project / "reports" / community.id
    reasons = list(gate(manifest, project, cycle, left_out))
    with swap.building(place) as new:
        build.build(run, project, cycle, engine=engine, formats=formats, draft=False, without=left_out, into=new)
        reasons += _identified(new, project, manifest)
        if reasons:
            raise ReleaseRefused(reasons, where=str(params_file), cure="mend these and release again")
        entry = _entry(run, manifest, community, cycle, project, left_out)
        keep = partial(last_book.keep, _snapshot(project, manifest), cycle.cycle, cycle.as_of)
        return _publish(new, place, ledger_folder(project, community.id), entry, keep)


def gate(manifest: Manifest, project: Path, cycle: CycleParams, without: tuple[str, ...] = ()) -> Iterator[str]:
    """Every reason not to release, as far as it shows before the book is built."""
    if cycle.as_of > date.today():
        yield f"its day ({cycle.as_of}) is still to come; write as_of: {date.today()} or an earlier day, and run again"
    if manifest.partial:
        yield "only some chapters were run; run the whole cycle"
    yield from changed(cycle, manifest)
    for entry in manifest.chapters:
        if entry.status in ("failed", "not_run") and entry.id not in without:
            what = "failed" if entry.status == "failed" else "was not run"
            yield f"chapter {entry.id} {what}; mend it, or publish --without {entry.id}"
    if not manifest.audit.clean:
        yield from (f"the audit found: {finding}" for finding in manifest.audit.findings)
        if not manifest.audit.findings:
            yield "the audit is not clean"
    if cycle.previous and not (ledger_folder(project, cycle.community) / f"{cycle.previous}.json").is_file():
        yield f"the ledger of {cycle.previous} is not there; bring back reports/{cycle.community}/ledger/"


def _identified(folder: Path, project: Path, manifest: Manifest) -> list[str]:
    """Where a person can be known in the rendered files; a hit says where, never whom."""
    try:
        snapshot = _snapshot(project, manifest)
        known = identifiers({name: snapshot.table(name) for name in snapshot.tables}, snapshot.catalog)
    except SourceError as error:
        return [f"nobody can look for names in it, because {error.what}; run again"]
    return [str(hit) for hit in scan(folder, known)]


def _snapshot(project: Path, manifest: Manifest) -> Snapshot:
    return load(home(project, manifest.community) / "data", manifest.snapshot.id)


def _entry(
    run: Path,
    manifest: Manifest,
    community: CommunityParams,
    cycle: CycleParams,
    project: Path,
    without: tuple[str, ...],
) -> ledger.Entry:
    """What this release shows, for the ledger. The digest is the run's: mended words do not make another release."""
    shown = [entry.id for entry in manifest.chapters if is_ok(entry, without)]
    executed = {id_: notebook(run, id_) for id_ in shown}
    published = {id_: list(of_notebook(nb)) for id_, nb in executed.items() if nb is not None}
    cells = read_cells(run / "cells", shown)
    made_of = manifest.model_dump(mode="json", exclude={"chapters": {"__all__": {"message"}}})
    digest = hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()
    minimum = minimum_count_of(_snapshot(project, manifest), community, cycle)
    return ledger.entry(cycle.cycle, published, cells, minimum, digest)


def _publish(new: Path, place: Path, ledger_place: Path, entry: ledger.Entry, keep: Callable[[], Undo]) -> Path:
    """Folder, ledger, what it was made from, link, in this order; what was done is undone when a later step fails."""
    link = place / entry.cycle
    digest = build.book_digest(json.loads((new / "manifest.json").read_text(encoding="utf-8")))
    target = place / "releases" / f"{entry.cycle}-{digest[:12]}"
    with ExitStack() as undo:
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            undo.callback(swap.remove, target)
            new.rename(target)
            swap.read_only(target)
        if not (ledger_place / f"{entry.cycle}.json").exists():
            undo.callback(swap.remove, ledger_place / f"{entry.cycle}.json")
            if not ledger_place.exists():
                undo.callback(shutil.rmtree, ledger_place, ignore_errors=True)
        ledger.append(ledger_place, entry)
        undo.callback(keep())
        finish = _step_aside(link, undo)
        swap.point(link, target)
        undo.pop_all()
    finish()
    return link


def _step_aside(link: Path, undo: ExitStack) -> Callable[[], None]:
    """Move a draft that stands where the link comes; afterwards it is `<cycle>-draft`."""
    if link.is_symlink() or not link.is_dir() or build.is_release(link):
        return lambda: None
    aside = link.with_name(f".{link.name}-aside")
    swap.remove(aside)
    link.rename(aside)
    undo.callback(aside.rename, link)
    return lambda: swap.put(aside, link.with_name(f"{link.name}-draft"))
