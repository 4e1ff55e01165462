"""Run one chapter's notebook through Papermill, in a kernel of its own."""

import os
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from papermill.exceptions import PapermillExecutionError

from alignkit import records
from alignkit.runs.chapters import Chapter
from alignkit.runs.kernels import manager
from alignkit.runs.off_page import OffPage, of_file
from alignkit.shared.files import ORIGIN
from alignkit.shared.whole import whole

ENGINE = "alignkit-one-save"
Status = Literal["ok", "failed", "missing_table"]


@dataclass(frozen=True)
class Result:
    """What became of one chapter."""

    chapter: str
    status: Status
    seconds: float
    message: str = ""
    table: str = ""
    """For `missing_table`: the table it asked for."""
    kept: Path | None = None
    """For `failed`: the notebook as far as it came, to be opened."""
    off_page: tuple[OffPage, ...] = ()
    """For `ok`: what its cells display and the page leaves out."""


class OneSave(NBClientEngine):
    """Papermill's own engine, which writes the notebook once it is done, instead of before each cell."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **kwargs: Any) -> None:
        """Execute; whether it ends well or not, Papermill then saves what there is."""
        path, nb_man.output_path = nb_man.output_path, None
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **kwargs)
        finally:
            nb_man.output_path = path


papermill_engines.register(ENGINE, OneSave)


def execute(chapter: Chapter, folder: Path, environment: Mapping[str, str]) -> Result:
    """Execute into `folder/notebooks/<chapter>.ipynb`; a failing one is kept in `folder/failed/`."""
    started = time.monotonic()
    unfinished = folder / "executing" / f"{chapter.id}.ipynb"
    done, failed = (folder / place / f"{chapter.id}.ipynb" for place in ("notebooks", "failed"))
    try:
        _papermill(chapter, unfinished, environment, folder / "kernels.log")
    except PapermillExecutionError as error:
        seconds = time.monotonic() - started
        if error.ename == "TableMissingError":
            os.replace(unfinished, done)
            failed.unlink(missing_ok=True)
            return Result(chapter.id, "missing_table", seconds, table=_missing_table(done))
        os.replace(unfinished, failed)
        done.unlink(missing_ok=True)
        return Result(chapter.id, "failed", seconds, _quote(error, failed), kept=failed)
    except Exception as error:  # a kernel that dies or does not start must not take the other chapters with it
        done.unlink(missing_ok=True)
        said = f"{type(error).__name__}: {error}\n  What its kernel said: {folder / 'kernels.log'}"
        return Result(chapter.id, "failed", time.monotonic() - started, said)
    os.replace(unfinished, done)
    failed.unlink(missing_ok=True)
    return Result(chapter.id, "ok", time.monotonic() - started, off_page=tuple(of_file(done, chapter.id)))


def _papermill(chapter: Chapter, output: Path, environment: Mapping[str, str], log: Path) -> None:
    environment = {**environment, "ALIGNKIT_CHAPTER": chapter.id}
    # nbclient takes this thread's event loop and would leave it open
    with closing(ensure_event_loop()):
        papermill.execute_notebook(
            _source(chapter, output),
            str(output),
            parameters=dict(chapter.parameters),
            engine_name=ENGINE,
            kernel_manager_class=manager(environment, chapter.notebook.parent, log),
            progress_bar=False,
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
        )


def _source(chapter: Chapter, output: Path) -> str:
    """The notebook to execute; one of two notebooks put together is written where the executed one will be."""
    if chapter.shared is None:
        return str(chapter.notebook)
    nbformat.write(whole(chapter.notebook, chapter.shared), output)
    return str(output)


def _missing_table(notebook: Path) -> str:
    executed: Any = nbformat.read(notebook, as_version=4)
    asked = [r for r in records.of_notebook(executed) if isinstance(r, records.TableRead) and r.rows is None]
    return asked[-1].table if asked else ""


def _quote(error: PapermillExecutionError, failed: Path) -> str:
    """The failing cell's source and the error's own words."""
    source = "\n".join(f"    {line}" for line in error.source.splitlines())
    return f"in cell [{error.exec_count}]{_origin(failed)}:\n{source}\n  {error.ename}: {error.evalue}"


def _origin(failed: Path) -> str:
    """Which cell of which notebook failed, where the chapter is made of two."""
    cells = nbformat.read(failed, as_version=4).cells
    wrong = (cell for cell in cells if any(output.output_type == "error" for output in cell.get("outputs", ())))
    origin = next((cell.metadata.get(ORIGIN) for cell in wrong), None)
    return f" (cell [{origin['cell']}] of {origin['notebook']})" if origin else ""
