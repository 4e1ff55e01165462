"""The data-systems chapter of communities that keep less than Riverbend does."""

from pathlib import Path

import nbformat
import pytest

from alignkit import records
from alignkit.demo import riverbend
from tests.small_project import small_project

pytestmark = pytest.mark.heavy
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "data_systems.ipynb"
PUBLIC = ("partners", "data_sources", "standards", "agreements")


@pytest.fixture(scope="module")
def tables():
    return riverbend.tables(7)


def handed_on(run, folder, tables):
    """Run the chapter alone with these tables; what it hands on."""
    file = small_project(folder, {"data_systems": nbformat.read(NOTEBOOK, as_version=4)}, tables)
    report = run(file)
    assert [result.status for result in report.results] == ["ok"], report.results
    path = folder / "reports" / "smallville" / "2026-Q3" / "notebooks" / "data_systems.ipynb"
    if not path.exists():
        path = folder / ".alignkit" / "smallville" / "2026-Q3" / "run" / "notebooks" / "data_systems.ipynb"
    return list(records.of_notebook(nbformat.read(path, as_version=4)))


def said(handed, role):
    return [r.text for r in handed if isinstance(r, records.Headline) and r.role == role]


def test_without_tables_about_persons_the_page_works_and_says_what_is_missing(run, tmp_path, tables):
    handed = handed_on(run, tmp_path, {name: tables[name] for name in PUBLIC})
    assert said(handed, "answer")[0].endswith("nobody can tell yet.")
    assert any("tables students and clients" in todo for todo in said(handed, "action"))


def test_counts_that_come_back_are_said_where_nothing_is_linked_here(run, tmp_path, tables):
    names = (*PUBLIC, "outcomes", "practices", "matched_results")
    handed = handed_on(run, tmp_path, {name: tables[name] for name in names})
    note = next(r for r in handed if isinstance(r, records.Headline) and r.name == "counts-only")
    assert note.where == "both"
    assert "4 results looked up" in note.text
    matrix = next(r for r in handed if isinstance(r, records.Published) and r.id == "matrix")
    assert {cell.key["outcome_id"]: cell.shown["standing"] for cell in matrix.cells}["early-grade-reading"] == "full"


def test_empty_tables_and_one_row_are_no_crash(run, tmp_path, tables):
    none = {name: frame.head(0) for name, frame in tables.items() if name not in ("partners", "places")}
    handed = handed_on(run, tmp_path, none)
    assert said(handed, "answer")
    few = {name: tables[name].head(1) for name in (*PUBLIC[1:], "students", "clients")}
    assert said(handed_on(run, tmp_path / "few", {**few, "partners": tables["partners"]}), "answer")
