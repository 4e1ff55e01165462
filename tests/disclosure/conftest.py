"""A cycle whose numbers are about children."""

import pytest

from alignkit import open_cycle
from tests.disclosure.small_counts import TABLES
from tests.own_tables import SURVEY, changed
from tests.small_project import small_project


@pytest.fixture(scope="module")
def c(tmp_path_factory):
    """A cycle of a community with counts of children by race, one group of three."""
    folder = tmp_path_factory.mktemp("door")
    small_project(folder, {}, TABLES, own=[changed(SURVEY, name="derived")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALIGNKIT_PROJECT", str(folder))
        yield open_cycle("smallville", "2026-Q3")
