"""Fixtures every test may ask for. What this machine lacks skips a test, and the reason says how to get it."""

import os
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import settings

from tests.browser import AXE, Browser, find_chromium

os.environ.setdefault("MPLBACKEND", "Agg")  # no windows
os.environ.setdefault("JUPYTER_PLATFORM_DIRS", "1")  # else jupyter_core warns, and warnings are errors
# The same examples on every machine, however slow: a failure is the change's doing, not the day's.
settings.register_profile("alignkit", deadline=None, derandomize=True)
settings.load_profile("alignkit")


ONE_BOOK = {f"tests/acceptance/test_{name}.py" for name in ("book_pages", "book_quarto", "cycles", "release")}
"""Files that look at the demo community's book: side by side each process would build it again."""


@pytest.hookimpl(optionalhook=True)  # without xdist there is none to make
def pytest_xdist_make_scheduler(config, log):
    """With `--dist loadfile` (`make heavy`) a file's tests stay in one process, and so do those on one book."""
    from xdist.scheduler import LoadFileScheduling

    class ByBook(LoadFileScheduling):
        def _split_scope(self, nodeid):
            file = super()._split_scope(nodeid)
            return "book" if file in ONE_BOOK else file

    return ByBook(config, log) if config.getvalue("dist") == "loadfile" else None


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
def run(_server):
    """`alignkit.runs.run.run`, its kernels forked from one server for the whole session (elsewhere plain ones)."""
    from alignkit.runs import run as module

    def quick(file, **options):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "warm_kernels", lambda kind: nullcontext(_server))
            return module.run(file, **options)

    return quick


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of the session's own (tests.postgres.Server)."""
    from tests.postgres import running

    with running() as server:
        yield server
