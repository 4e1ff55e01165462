"""Fixtures every test may ask for. What this machine lacks skips a test, and the reason says how to get it."""

import json
import os
import shutil
from contextlib import contextmanager, nullcontext
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import settings

from tests.browser import AXE, Browser, find_chromium
from tests.shelf import Shelf

os.environ.setdefault("MPLBACKEND", "Agg")  # no windows
os.environ.setdefault("JUPYTER_PLATFORM_DIRS", "1")  # else jupyter_core warns, and warnings are errors
# The same examples on every machine, however slow: a failure is the change's doing, not the day's.
settings.register_profile("alignkit", deadline=None, derandomize=True)
settings.load_profile("alignkit")


ALONE = ("tests/acceptance/test_books.py", "tests/acceptance/test_notebooks_alone.py")
"""Files whose tests take so long that each may run in another process."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that say how long they take, `heavy(seconds)`, come first, the longest at the start: none ends late."""
    items.sort(key=lambda item: -max((mark.args[0] for mark in item.iter_markers("heavy") if mark.args), default=0))


@pytest.hookimpl(optionalhook=True)  # without xdist there is none to make
def pytest_xdist_make_scheduler(config, log):
    """With `--dist loadfile` (`make heavy`) a file's tests stay in one process, files begin in the tests' order."""
    from xdist.scheduler import LoadFileScheduling

    class LongestFirst(LoadFileScheduling):
        def _split_scope(self, nodeid):
            file = super()._split_scope(nodeid)
            return nodeid if file in ALONE else file

    config.option.loadscopereorder = False
    return LongestFirst(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real public data; a wrong ALIGNKIT_REAL_DATA is an error, none a skip."""
    named = os.environ.get("ALIGNKIT_REAL_DATA")
    if not named:
        pytest.skip("needs real data: set ALIGNKIT_REAL_DATA to its folder")
    folder = Path(named).resolve()
    assert folder.is_dir(), f"ALIGNKIT_REAL_DATA names {folder}, which is not a folder"
    return folder


@pytest.fixture(scope="session")
def quarto() -> str:
    """Path of the Quarto program."""
    program = os.environ.get("QUARTO_PATH") or shutil.which("quarto")
    if not program:
        pytest.skip("needs Quarto: put it on PATH, or set QUARTO_PATH to the program")
    assert Path(program).exists(), f"QUARTO_PATH names {program}, which does not exist"
    return program


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium or Chrome program."""
    program = find_chromium()
    if not program:
        pytest.skip("needs Chromium or Chrome: install one, or set CHROMIUM_PATH to the program")
    return program


@pytest.fixture(scope="session")
def _browser(chromium, tmp_path_factory):
    browser = Browser(chromium, tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


@pytest.fixture
def browser(_browser):
    """`browser.open(path_or_url)` gives a Page; its tabs are closed after the test."""
    yield _browser
    _browser.close_pages()


@pytest.fixture
def axe():
    """`axe(page)`: what axe-core finds wrong on a page of `browser`."""
    if not AXE.exists():
        pytest.skip("needs axe-core: run npm ci")
    return lambda page, **options: page.axe(**options)


@pytest.fixture(scope="session")
def _server():
    from alignkit.runs.kernels import warm_kernels

    with warm_kernels() as environment:
        yield environment


@pytest.fixture(scope="session")
def warm(_server):
    """`with warm():` runs fork their kernels from one server for the whole session (elsewhere kernels are plain)."""
    from alignkit.runs import run as module

    @contextmanager
    def forked():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "warm_kernels", lambda kind: nullcontext(_server))
            yield

    return forked


@pytest.fixture(scope="session")
def run(warm):
    """`alignkit.runs.run.run`, with such kernels."""
    from alignkit.runs.run import run

    def quick(file, **options):
        with warm():
            return run(file, **options)

    return quick


@pytest.fixture
def today_is(monkeypatch):
    """`today_is("2026-11-10")` sets the day that counts where a cycle's file leaves `as_of` out."""

    def set_day(day: str) -> None:
        fixed = type("Fixed", (date,), {"today": classmethod(lambda cls: date.fromisoformat(day))})
        monkeypatch.setattr("alignkit.params.date", fixed)

    return set_day


@pytest.fixture(scope="session")
def shelf(tmp_path_factory) -> Shelf:
    """Books that are built once, for all processes of this run of pytest (or of several runs, see tests.shelf)."""
    base = tmp_path_factory.getbasetemp()
    ours = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return Shelf(Path(os.environ.get("ALIGNKIT_TEST_BOOKS") or ours / "books"))


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of the session's own (tests.postgres.Server)."""
    from tests.postgres import running

    with running() as server:
        yield server


@pytest.fixture
def widened(tmp_path, monkeypatch):
    """`widened(type)`: from now on every table of the contract has another required column, `added`."""
    from alignkit.contract import schema as module

    folder = tmp_path / "contract" / "tables"
    folder.mkdir(parents=True)

    def widen(kind: str, **constraints: object) -> None:
        field = {"name": "added", "type": kind, "description": "Added by a test.", "element": "local"}
        for file in files("alignkit.contract").joinpath("tables").iterdir():
            data = json.loads(file.read_text(encoding="utf-8"))
            data["fields"].append({**field, "constraints": constraints})
            (folder / file.name).write_text(json.dumps(data), encoding="utf-8")
        monkeypatch.setattr(module, "files", lambda package: Path(folder.parent))
        module.schema.cache_clear()

    yield widen
    monkeypatch.undo()
    module.schema.cache_clear()
