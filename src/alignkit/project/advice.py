"""What stops nothing, but what an evaluator wants to know before the run."""

import csv
from datetime import date
from pathlib import Path

import pandas as pd

from alignkit.contract.catalog import Catalog
from alignkit.lateness import of_snapshot
from alignkit.params import CommunityParams, CycleParams
from alignkit.project.init import FIRST_BOOK
from alignkit.project.new import CARRIED
from alignkit.snapshot import Snapshot
from alignkit.sources.paths import FOLDER_SUFFIXES


def advice_on(snapshot: Snapshot, community: CommunityParams, cycle: CycleParams, today: date) -> list[str]:
    """About the tables as one cycle sees them: blank or missing ones, rows it does not see yet, data that are late."""
    label = f"{community.id} {cycle.cycle}"
    blank = [name for name in FIRST_BOOK if name not in snapshot.tables or not snapshot.tables[name].rows]
    said = [f"{label}: the first book needs rows in {', '.join(blank)}"] if blank else []
    if cycle.as_of > today and "commitments" not in blank:
        said.append(
            f"{label}: its day ({cycle.as_of}) is still to come; promises due until then show as overdue already. "
            "Write an earlier as_of where that is not meant"
        )
    waiting = [table.name for table in snapshot.catalog.own if table.name not in snapshot.tables]
    said += [f"{label}: declared, but no source has rows of it: {', '.join(waiting)}"] if waiting else []
    later = _later(snapshot, cycle)
    said += [f"{label}: not seen, being dated after {cycle.as_of}: {', '.join(later)}"] if later else []
    return said + [f"{label}: late: {late}" for late in of_snapshot(snapshot, cycle.as_of, community.place)]


def switched_off(project: Path, community: CommunityParams, catalog: Catalog) -> list[str]:
    """Tables that lie in the folder private/, where community.yml does not name it."""
    if "private" in community.source.parts:
        return []
    files = sorted(path for path in (project / "private").glob("*.*") if path.suffix in FOLDER_SUFFIXES)
    where = f"params/{community.id}/community.yml"
    return [f"private/{file.name} is not read, because private: is switched off in community.yml. Take the # before "
            f"private: away in {where}" for file in files if file.stem in catalog]  # fmt: skip


def _later(snapshot: Snapshot, cycle: CycleParams) -> list[str]:
    """Rows that are dated after the cycle's date, and so are not seen by it."""
    found = []
    for name in snapshot.tables:
        since = snapshot.catalog.schema(name).visible_from
        if since:
            later = int((snapshot.table(name)[since] > pd.Timestamp(cycle.as_of)).sum())
            rows = "1 row" if later == 1 else f"{later:,} rows"
            found += [f"{rows} of {name} ({since})"] if later else []
    return found


def unfilled(folder: Path, shown: str) -> list[str]:
    """Promises carried into a cycle of which nobody has said what became of them."""
    path = folder / CARRIED
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    waiting = sum(not (row.get("status") or "").strip() for row in rows)
    return [f"{shown}/{CARRIED}: {waiting} of {len(rows)} promises have no status yet"] if waiting else []
