"""Which notebook a chapter is made of, and with which parameters; nothing here runs it or imports pandas."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alignkit.params import CommunityParams, CycleParams
from alignkit.shared.files import find_notebook, shared_by
from alignkit.shared.files import of_outcome as own_notebook

PAGE_ONE = "brief"
"""The chapter of stage two: it reads the records of all others."""

EACH_OUTCOME = "outcome"
"""In `chapters` of community.yml: one chapter for each outcome in force."""


@dataclass(frozen=True)
class Chapter:
    """One notebook to execute."""

    id: str
    notebook: Path
    parameters: Mapping[str, Any]
    shared: Path | None = None
    """The notebook that `notebook` adds to; None where it is a whole one."""

    @property
    def files(self) -> Mapping[str, Path]:
        """Name for a manifest → each notebook that the chapter is made of."""
        return {self.id: self.notebook} | ({f"{self.id} ({self.shared.name})": self.shared} if self.shared else {})

    @property
    def stage(self) -> int:
        """1, or 2 for page one, which reads the records of stage 1."""
        return 2 if self.id == PAGE_ONE else 1


def named(project: Path, community: CommunityParams, cycle: CycleParams, name: str) -> Chapter:
    """A chapter that community.yml names. Raises `NotebookError` where it has no notebook."""
    return _chapter(project, community, cycle, name, f"{name}.ipynb", {})


def of_outcome(project: Path, community: CommunityParams, cycle: CycleParams, outcome: str) -> Chapter:
    """The chapter of one outcome, made of the outcome's own notebook where it has one."""
    own = own_notebook(outcome)
    notebook = own if (project / "notebooks" / own).is_file() else "outcome.ipynb"
    return _chapter(project, community, cycle, f"outcome-{outcome}", notebook, {"outcome": outcome})


def _chapter(
    project: Path, community: CommunityParams, cycle: CycleParams, id_: str, notebook: str, more: Mapping[str, Any]
) -> Chapter:
    override = community.overrides.get(id_)
    if override is not None:
        notebook = override.notebook or notebook
        more = {**more, **override.parameters}
    path = find_notebook(project, notebook)
    return Chapter(id_, path, {**cycle.to_papermill(), **more}, shared_by(project, path))
