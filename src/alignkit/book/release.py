"""The gate, and what lies behind it: a book that nobody changes any more."""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path

from alignkit import last_book
from alignkit.book import build, correction, swap
from alignkit.book.assemble import ledger_folder
from alignkit.book.run import Manifest, changed, read_manifest
from alignkit.book.shown import shown
from alignkit.book.write import FORMATS
from alignkit.disclosure import ledger
from alignkit.disclosure.scan import identifiers, scan
from alignkit.errors import ReleaseRefused, SourceError
from alignkit.folders import home, run_folder
from alignkit.params import CycleParams
from alignkit.runs.plan import read_parameters
from alignkit.snapshot import Snapshot, load

Undo = Callable[[], object]


def release(
    params_file: Path,
    *,
    engine: str = "auto",
    formats: Iterable[str] = FORMATS,
    without: Iterable[str] = (),
    corrects: str | None = None,
) -> Path:
    """Publish the last run of one cycle's parameter file; returns reports/<community>/<cycle>, a link to the release.

    Where the cycle has been released and was wrong, `corrects` says what was wrong, in a paragraph: the run becomes its
    next issue, and the earlier ones stay.

    Raises `ReleaseRefused` with every reason, `InputError` where `corrects` does not fit, `NarrativeError`,
    `BookError`; then everything is as it was before.
    """
    project, community, cycle = read_parameters(params_file)
    run, left_out = run_folder(project, community.id, cycle.cycle), tuple(without)
    place, written = project / "reports" / community.id, ledger_folder(project, community.id)
    issues = ledger.issues(written, cycle.cycle)
    reason = "" if corrects is None else correction.reason_of(corrects, issues, cycle.cycle, str(params_file))
    manifest = read_manifest(run)
    content = shown(run, manifest, community, left_out)
    reasons = [
        *gate(manifest, project, cycle, left_out),
        *correction.problems(issues, content, reason, ledger.cycles_after(written, cycle.cycle)),
    ]
    entry = correction.next_issue(issues, content, reason, _last_release(place, cycle.cycle) if issues else "")
    with swap.building(place) as new:
        how = partial(build.build, engine=engine, formats=formats, draft=False, without=left_out, into=new)
        how(run, project, cycle, corrects=correction.of_release(issues, entry, place))
        reasons += _identified(new, project, manifest)
        if reasons:
            raise ReleaseRefused(reasons, where=str(params_file), cure="fix these and release again")
        keep = partial(last_book.keep, _snapshot(project, manifest), cycle.cycle, cycle.as_of)
        return _publish(new, place, written, entry, keep)


def _last_release(place: Path, cycle: str) -> str:
    """Folder below releases/ that the cycle's link leads to; "" where it is not on this machine."""
    link = place / cycle
    if not build.is_release(link) or not (link / "manifest.json").is_file():
        return ""
    name = _folder_name(link, cycle)
    return name if (place / "releases" / name).is_dir() else ""


def _folder_name(book: Path, cycle: str) -> str:
    """What a release's folder is called: its cycle and a digest of its files."""
    digest = build.book_digest(json.loads((book / "manifest.json").read_text(encoding="utf-8")))
    return f"{cycle}-{digest[:12]}"


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


def _publish(new: Path, place: Path, ledger_place: Path, entry: ledger.Entry, keep: Callable[[], Undo]) -> Path:
    """Folder, ledger, what it was made from, link, in this order; what was done is undone when a later step fails."""
    link = place / entry.cycle
    target, written = place / "releases" / _folder_name(new, entry.cycle), ledger.path_of(ledger_place, entry)
    with ExitStack() as undo:
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            undo.callback(swap.remove, target)
            new.rename(target)
            swap.read_only(target)
        if not written.exists():
            undo.callback(swap.remove, written)
            if not ledger_place.exists():
                undo.callback(shutil.rmtree, ledger_place, ignore_errors=True)
        ledger.append(ledger_place, entry)
        undo.callback(keep())
        finish = _step_aside(link, undo)
        _keep_reachable(place, entry, undo)
        swap.point(link, target)
        undo.pop_all()
    finish()
    return link


def _keep_reachable(place: Path, entry: ledger.Entry, undo: ExitStack) -> None:
    """Link the issue that `entry` corrects.

    Page one leads two folders up and to this link. There is one in `place` and one in releases/, because a browser may
    show the book under either path.
    """
    for folder in (place, place / "releases") if entry.corrects else ():
        kept = folder / correction.issue_folder(entry.cycle, entry.issue - 1)
        if not kept.exists():
            undo.callback(swap.remove, kept)
            swap.point(kept, place / "releases" / entry.corrects)


def _step_aside(link: Path, undo: ExitStack) -> Callable[[], None]:
    """Move a draft that stands where the link comes; afterwards it is `<cycle>-draft`."""
    if link.is_symlink() or not link.is_dir() or build.is_release(link):
        return lambda: None
    aside = link.with_name(f".{link.name}-aside")
    swap.remove(aside)
    link.rename(aside)
    undo.callback(aside.rename, link)
    return lambda: swap.put(aside, link.with_name(f"{link.name}-draft"))
