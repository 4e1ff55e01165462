"""Every notebook runs alone: under plain Papermill, and by Run All from its own folder."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import nbformat
import pytest
from jupyter_core.utils import ensure_event_loop
from nbclient import NotebookClient

from alignkit import records
from alignkit.contract.schema import schema
from alignkit.disclosure.publish import DERIVED

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(
    path.relative_to(ROOT / "notebooks").as_posix()
    for path in (ROOT / "notebooks").rglob("*.ipynb")
    if ".ipynb_checkpoints" not in path.parts
)


@pytest.fixture(scope="module")
def project(copied):
    """The demo community in a folder of its own, with nothing run yet."""
    return copied(ROOT / "params")


def complaints(executed):
    """What a run should not show: errors and whatever was written to standard error."""
    outputs = [output for cell in executed.cells for output in cell.get("outputs", ())]
    wrong = [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]
    return ["\n".join(o.get("traceback", [])) or o.text for o in wrong]


def test_there_are_the_chapters_of_the_first_walk():
    chapters = ("brief", "collaboration", "leadership", "action", "outcome", "commitments")
    assert {f"{chapter}.ipynb" for chapter in chapters} <= set(NOTEBOOKS)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_under_plain_papermill(project, tmp_path, name):
    papermill = [sys.executable, "-m", "papermill", f"notebooks/{name}", str(tmp_path / "out.ipynb")]
    options = ["-f", "params/riverbend/2026-Q3.yml", "--no-progress-bar", "--log-level", "WARNING"]
    done = subprocess.run([*papermill, *options], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "unknown" not in done.stderr.lower()  # a parameter that the notebook does not declare
    executed = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert complaints(executed) == []
    assert {r.kind for r in records.of_notebook(executed)} >= {"headline", "exhibit", "table_read"}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_by_run_all_from_its_own_folder(project, name):
    path = project / "notebooks" / name
    notebook = nbformat.read(path, as_version=4)
    with closing(ensure_event_loop()):
        NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    assert complaints(notebook) == []
    drafts = [r for r in records.of_notebook(notebook) if isinstance(r, records.Published) and r.draft]
    assert bool(drafts) == any(protected(r) for r in records.of_notebook(notebook))


def protected(record):
    if not isinstance(record, records.Published) or record.about == DERIVED:
        return False
    return not record.about or schema(record.about).protected
