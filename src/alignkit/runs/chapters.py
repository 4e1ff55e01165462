"""Which notebook a chapter is made of, and with which parameters; nothing here opens it or imports pandas."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from alignkit.errors import NotebookError
from alignkit.params import CommunityParams, CycleParams

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

    @property
    def stage(self) -> int:
        """1, or 2 for page one, which reads the records of stage 1."""
        return 2 if self.id == PAGE_ONE else 1


def named(project: Path, community: CommunityParams, cycle: CycleParams, name: str) -> Chapter:
    """A chapter that community.yml names. Raises `NotebookError` where it has no notebook."""
    return _chapter(project, community, cycle, name, f"{name}.ipynb", {})


def of_outcome(project: Path, community: CommunityParams, cycle: CycleParams, outcome: str) -> Chapter:
    """The chapter of one outcome, made of the outcome's own notebook where it has one."""
    own = f"outcomes/{outcome}.ipynb"
    notebook = own if (project / "notebooks" / own).is_file() else "outcome.ipynb"
    return _chapter(project, community, cycle, f"outcome-{outcome}", notebook, {"outcome": outcome})


def _chapter(
    project: Path, community: CommunityParams, cycle: CycleParams, id_: str, notebook: str, more: Mapping[str, Any]
) -> Chapter:
    override = community.overrides.get(id_)
    if override is not None:
        notebook = override.notebook or notebook
        more = {**more, **override.parameters}
    return Chapter(id_, find_notebook(project, notebook), {**cycle.to_papermill(), **more})


def find_notebook(project: Path, name: str) -> Path:
    """The project's own notebook of that name, else the one that came with alignkit."""
    own = project / "notebooks" / name
    packaged = Path(str(resources.files("alignkit"))) / "_project" / "notebooks" / name
    for path in (own, packaged):
        if path.is_file():
            return path
    there = sorted(p.name for p in (project / "notebooks").glob("*.ipynb"))
    raise NotebookError("there is no such notebook", where=str(own), cure=f"notebooks here: {', '.join(there)}")
