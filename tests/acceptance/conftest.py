"""The books that acceptance tests read. A test that changes a project works on `own_copy` of it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.books import BUILDERS, Tools, copy_of
from tests.acceptance.walk import Walk


@pytest.fixture(scope="session")
def tools(shelf, run, warm) -> Iterator[Tools]:
    """What builders work with. At the end it fails if a test has changed a book."""
    used: set[str] = set()

    def book(name: str) -> Any:
        used.add(name)
        return shelf.book(name, lambda folder: BUILDERS[name](folder, tools))

    tools = Tools(run, warm, book)
    yield tools
    changed = {name: files for name in used if (files := shelf.changed(name))}
    assert changed == {}, "a test has changed a book that others read; let it work on own_copy(book)"


@pytest.fixture(scope="session")
def book(tools) -> Callable[[str], Any]:
    """`book(name)`: what the builder of that name returned, here or in another process."""
    return tools.book


@pytest.fixture
def own_copy(tmp_path: Path) -> Callable[[Walk], Walk]:
    """`own_copy(walk)`: the same walk in a copy of its project, which the test may change."""
    return lambda walk: walk.inside(Path(shutil.copytree(walk.project, tmp_path / "project", symlinks=True)))


@pytest.fixture(scope="session")
def copied(tmp_path_factory) -> Callable[[Path], Path]:
    """`copied(params)`: a project of its own with those parameters, the repository's notebooks, and nothing run yet."""
    return lambda params: copy_of(params, tmp_path_factory.mktemp("copied") / "project")


@pytest.fixture(scope="session")
def first(book) -> Walk:
    """The demo community's first cycle, released."""
    return book("first")


@pytest.fixture(scope="session")
def riverbend(book) -> Walk:
    """The demo community's newest cycle as a draft, after three released ones."""
    return book("riverbend")


@pytest.fixture(scope="session")
def year(book) -> dict[str, Walk]:
    """Cycle → its release, of the demo community's four."""
    return book("year")


@pytest.fixture(scope="session")
def louisville_cycles(real_data, book) -> dict[str, Walk]:
    """Cycle → its release, of Louisville's three."""
    return book("louisville")


@pytest.fixture(scope="session")
def louisville(louisville_cycles) -> Walk:
    """Louisville's newest cycle, released after the two earlier ones."""
    return louisville_cycles["2020-Q4"]


@pytest.fixture(scope="session")
def louisville_earlier(louisville_cycles) -> dict[str, Walk]:
    """Louisville's first two cycles."""
    return {cycle: louisville_cycles[cycle] for cycle in ("2014-Q4", "2015-Q4")}


@pytest.fixture(scope="session")
def big(book) -> Walk:
    """A very large community."""
    return book("big")


@pytest.fixture(scope="session")
def begun(book) -> Walk:
    """A community that has only begun."""
    return book("begun")


@pytest.fixture(scope="session")
def hostile(book) -> Walk:
    """A community with names that try to be code, released."""
    return book("hostile")


@pytest.fixture(scope="session")
def mill_valley(book) -> Walk:
    """A new community's first book."""
    return book("mill_valley")
