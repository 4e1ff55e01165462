"""Projects as `alignkit init` lays them out."""

from datetime import date

import pytest

from alignkit.project.init import init
from tests.project.first_book import fill

TODAY = date(2026, 11, 25)


@pytest.fixture
def blank(tmp_path):
    """A new project with nothing in its tables."""
    init("Mill Valley", tmp_path, today=TODAY, tables="csv")
    return tmp_path


@pytest.fixture
def filled(blank):
    """A new project with the five tables of step 1 filled in."""
    fill(blank / "data" / "tables")
    return blank
