"""What running chapters costs, beside plain Papermill: `make bench` prints name, value, what (tab-separated).

Ratios of one run on one machine; nothing is asserted about time.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import nbformat
import papermill
import pytest
from jupyter_core.utils import ensure_event_loop

from alignkit.runs.chapters import Chapter
from alignkit.runs.execute import execute
from alignkit.runs.kernels import warm_kernels

LIGHT = "import pandas as pd\nimport seaborn as sns\npd.DataFrame({'a': [1, 2]}).describe()"
CHAPTERS = 8
pytestmark = pytest.mark.bench


def timed(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [nbformat.v4.new_code_cell(LIGHT)]
    path = tmp_path / "light.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path


def plain(notebook: Path, folder: Path) -> None:
    for i in range(CHAPTERS):
        with closing(ensure_event_loop()):
            papermill.execute_notebook(str(notebook), str(folder / f"plain-{i}.ipynb"), progress_bar=False)


def ours(notebook: Path, folder: Path, kind: str) -> None:
    for name in ("notebooks", "failed", "executing"):
        (folder / name).mkdir(exist_ok=True)
    chapters = [Chapter(f"{kind}-{i}", notebook, {}) for i in range(CHAPTERS)]
    with warm_kernels(kind) as environment, ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda chapter: execute(chapter, folder, environment), chapters))
    assert {result.status for result in results} == {"ok"}


def test_light_chapters_beside_plain_papermill(notebook: Path, tmp_path: Path) -> None:
    base = timed(lambda: plain(notebook, tmp_path))
    for kind in ("warm", "plain"):
        seconds = timed(lambda kind=kind: ours(notebook, tmp_path, kind))  # type: ignore[misc]
        print(f"\nruns.{kind}_ratio\t{base / seconds:.2f}\tplain Papermill's time over ours, {CHAPTERS} notebooks")
    print(f"runs.papermill_seconds\t{base:.1f}\t{CHAPTERS} light notebooks one after another with plain Papermill")
