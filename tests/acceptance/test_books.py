"""Every book is built, in the order of how long that takes; the other acceptance tests read them."""

import json
import shutil

import pytest

from tests.acceptance.books import BUILDERS, continued
from tests.acceptance.walk import Walk

BUILT = {"year": 250, "big": 140, "louisville_cycles": 100, "hostile": 60, "begun": 50, "mill_valley": 20}
"""Book → about how many seconds it takes alone; those that it goes on from are built with it."""
BOOKS = [pytest.param(one, marks=pytest.mark.heavy(seconds)) for one, seconds in BUILT.items()]


def test_every_book_is_listed():
    assert {"first", "riverbend", *BUILT} == {"louisville_cycles", *BUILDERS} - {"louisville"}


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_is_built_and_its_run_was_good(name, request):
    built = request.getfixturevalue(name)
    for walk in [built] if isinstance(built, Walk) else built.values():
        assert walk.report.ok
        assert walk.pages


@pytest.mark.heavy(15)  # a minute in truth: it comes when the book that it reads has been built
def test_the_same_bytes_in_another_folder_on_another_run(riverbend, tmp_path, tools):
    project = continued(riverbend, tmp_path)
    shutil.rmtree(project / ".alignkit")
    shutil.rmtree(project / "reports" / "riverbend" / "2026-Q3")
    again = tools.walk(riverbend.inside(project).file, jobs=1)
    first, second = (
        json.loads((one.reports / "manifest.json").read_text(encoding="utf-8")) for one in (riverbend, again)
    )
    assert [name for name in first["outputs"] if first["outputs"][name] != second["outputs"].get(name)] == []
    assert first == second
