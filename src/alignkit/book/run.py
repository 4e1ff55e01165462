"""What a run left behind: its manifest and its executed notebooks."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from nbformat import NotebookNode
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alignkit.book import chapter
from alignkit.contract.catalog import Catalog
from alignkit.contract.schema import table_of
from alignkit.errors import BookError
from alignkit.lateness import Late
from alignkit.params import CycleParams

NOT_RUN = ("failed", "not_run")
"""The statuses of chapters whose numbers the next run may bring."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Entry(_Part):
    """One chapter of the run."""

    id: str
    title: str = ""
    notebook: str = ""
    status: Literal["ok", "failed", "missing_table", "not_run"]
    message: str = ""
    table: str | None = None


class Audit(_Part):
    """What the disclosure audit found, and how many numbers are hidden."""

    clean: bool = False
    findings: tuple[str, ...] = ()
    hidden: int = 0


class SnapshotEntry(_Part):
    """Which tables the run saw: name → hash of the content; and which the community had declared of its own."""

    id: str = ""
    tables: dict[str, str] = Field(default_factory=dict)
    own: tuple[dict[str, Any], ...] = ()
    """Schemas of the tables that the community had declared."""

    @property
    def catalog(self) -> Catalog:
        """Which tables there may be."""
        return Catalog(tuple(map(table_of, self.own)))


class Manifest(BaseModel):
    """`run/manifest.json`; what the book does not read of it is kept as it is."""

    model_config = ConfigDict(frozen=True, extra="allow")

    community: str
    cycle: str
    parameters: dict[str, str | int | float | bool | None] = Field(default_factory=dict)
    snapshot: SnapshotEntry = SnapshotEntry()
    notebooks: dict[str, str] = Field(default_factory=dict)
    versions: dict[str, str] = Field(default_factory=dict)
    code: str = ""
    minimum_count: int | None = None
    """Below it, a count was hidden."""
    chapters: tuple[Entry, ...]
    audit: Audit = Audit()
    partial: bool = False
    late: tuple[Late, ...] = ()
    """Data that should have come by the cycle's date."""


def read_manifest(run: Path) -> Manifest:
    """The run's manifest; raises `BookError` where there has been no run."""
    path = run / "manifest.json"
    if not path.is_file():
        raise BookError("there is no finished run", where=str(run), cure="alignkit run params/<community>/<cycle>.yml")
    try:
        return Manifest.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (ValidationError, json.JSONDecodeError) as error:
        raise BookError(f"this is no run's manifest: {error}", where=str(path), cure="run again") from None


def of_the_run(cycle: CycleParams, manifest: Manifest) -> CycleParams:
    """The cycle with the day that the run counted: a book made on another day still shows what that run knew."""
    day = manifest.parameters.get("as_of")
    return cycle.model_copy(update={"as_of": date.fromisoformat(str(day))}) if day else cycle


def changed(cycle: CycleParams, manifest: Manifest) -> Iterator[str]:
    """Why a cycle's parameters do not allow a release of this run, and what to do; nothing where they do.

    A cycle that leaves `as_of` out has another day tomorrow, and the next cycle has to know which day this one's book
    was about. So a release needs the day in the file unless it is the cycle's last one.
    """
    ran = of_the_run(cycle, manifest)
    if manifest.parameters != ran.to_papermill():
        yield "the parameters have changed since the run; run again"
    elif cycle.dated and cycle.as_of != ran.as_of:
        yield f"the parameters have changed since the run: as_of was {ran.as_of} and is now {cycle.as_of}; run again"
    elif not cycle.dated and ran.as_of > cycle.as_of:
        yield f"as_of is left out, so today counts, and the run's day was {ran.as_of}; run again"
    elif not cycle.dated and ran.as_of < cycle.last_day:
        yield (
            f"as_of is left out, and the run's day was {ran.as_of}. To release that run, write as_of: {ran.as_of} in "
            "the cycle's file, so that the next cycle knows the day of this book. For newer data, run again on the day "
            "of the release, and write that day"
        )


def notebook(run: Path, id_: str) -> NotebookNode | None:
    """A chapter's executed notebook, finished or as far as it came; None where it never started."""
    for folder in ("notebooks", "failed"):
        path = run / folder / f"{id_}.ipynb"
        if path.is_file():
            return chapter.read(path)
    return None
