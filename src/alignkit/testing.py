"""What a project's own tests need: run a notebook as JupyterLab would, and look at what it hands on.

from alignkit.testing import run_notebook

def test_the_chapter_answers_its_question():
    chapter = run_notebook("notebooks/families.ipynb")
    assert chapter.headline("answer")
"""

import os
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat
import papermill

from alignkit import records
from alignkit.chapter_records import ChapterRecords
from alignkit.params import project_root

__all__ = ["run_notebook"]


def run_notebook(notebook: str | Path, **parameters: Any) -> ChapterRecords:
    """Run a notebook on its own, in a new kernel, and return its records; nothing is kept.

    `parameters` replace those in the cell tagged `parameters`. The project is the folder above `notebooks/`. Raises
    `papermill.PapermillExecutionError` with the failing cell.
    """
    path = Path(notebook).resolve()
    project = next((one.parent for one in path.parents if one.name == "notebooks"), None) or project_root()
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, {"ALIGNKIT_PROJECT": str(project)}):
        out = Path(folder) / path.name
        papermill.execute_notebook(path, out, parameters=parameters, progress_bar=False)
        executed = nbformat.read(out, as_version=4)
    return ChapterRecords(path.stem, tuple(records.of_notebook(executed)), str(parameters.get("lang", "en")))
