"""Every notebook runs by itself: under plain Papermill, and by Run All from its own folder."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_core.utils import ensure_event_loop
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
pytestmark = pytest.mark.heavy


def wrong(notebook: Any) -> list[Any]:
    """Errors, and whatever was printed to standard error."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]


def test_there_are_notebooks() -> None:
    assert {path.stem for path in NOTEBOOKS} >= {"brief", "leadership", "outcome", "commitments"}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_under_plain_papermill_with_the_cycles_file(notebook: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ipynb"
    parameters = ROOT / "params" / "riverbend" / "2026-Q3.yml"
    command = [sys.executable, "-m", "papermill", str(notebook), str(out), "-f", str(parameters), "--no-progress-bar"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALIGNKIT_")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "unknown parameter" not in done.stderr.lower()
    executed: Any = nbformat.read(out, as_version=4)
    assert wrong(executed) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_by_run_all_from_its_own_folder(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("ALIGNKIT_")]:
        monkeypatch.delenv(name)
    opened: Any = nbformat.read(notebook, as_version=4)
    try:
        NotebookClient(opened, resources={"metadata": {"path": str(notebook.parent)}}).execute()
    finally:
        ensure_event_loop().close()  # nbclient leaves it open
    assert wrong(opened) == []
