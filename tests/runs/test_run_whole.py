"""A chapter made of a shared notebook and one that adds to it: run, kept, reported and refused as one notebook."""

import nbformat
import pytest
from click.testing import CliRunner

from alignkit import records
from alignkit.cli import main
from alignkit.project.check import check
from tests.small_project import OPEN, adding, small_project, write_notebook

SHARED = [OPEN, "c.say('first', 'First.')", "c.say('last', 'Last.')\nprint(1)"]


@pytest.fixture(scope="module")
def ran(tmp_path_factory, run):
    """A run in which `one` adds a sentence and a printed line after the first sentence of `base`."""
    own = adding(("c.say('own', 'Ours.')", ["after:cell-3"]), ("print(2)", ["after:cell-3"]))
    file = small_project(tmp_path_factory.mktemp("whole"), {"one": own, "base": SHARED}, chapters=["one"])
    return file, run(file)


def test_its_records_are_in_the_order_of_the_page(ran):
    executed = nbformat.read(ran[1].folder / "notebooks" / "one.ipynb", as_version=4)
    nbformat.validate(executed)
    said = [record.text for record in records.of_notebook(executed) if isinstance(record, records.Headline)]
    assert said == ["First.", "Ours.", "Last."]
    assert not any("run_shared(" in cell.source for cell in executed.cells)


def test_the_manifest_names_both_notebooks(ran):
    manifest = ran[1].manifest
    assert sorted(manifest["notebooks"]) == ["one", "one (base.ipynb)"]
    assert [(entry["notebook"], entry["shared"]) for entry in manifest["chapters"]] == [("one.ipynb", "base.ipynb")]


def test_what_the_page_leaves_out_names_the_notebook_and_the_number_there(ran):
    told = [
        "cell [5] of one.ipynb `print(2)`: printed text",
        "cell [4] of base.ipynb `c.say('last', 'Last.')`: printed text",
    ]
    assert [str(one) for one in ran[1].off_page] == told


def test_a_tag_without_its_cell_stops_check_and_run_before_anything_runs(tmp_path):
    own = adding(("print(2)", ["after:cell-33"]))
    file = small_project(tmp_path, {"one": own, "base": SHARED}, chapters=["one"])
    (problem,) = check([tmp_path], tmp_path).problems
    assert problem.where == "notebooks/one.ipynb"
    asked = CliRunner().invoke(main, ["run", str(file)])
    assert asked.exit_code == 2
    for text in (asked.stderr, f"{problem.what}\n{problem.cure}"):
        assert "after:cell-33 names no cell of base.ipynb (did you mean after:cell-3?)" in text
        assert "cells of base.ipynb" in text


def test_a_failure_says_which_cell_of_which_notebook_it_was(tmp_path, run):
    file = small_project(tmp_path, {"one": adding(("1 / 0", [])), "base": SHARED}, chapters=["one"])
    (failed,) = run(file).failed
    assert "(cell [4] of one.ipynb)" in failed.message
    write_notebook(tmp_path, "one", adding())
    write_notebook(tmp_path, "base", [OPEN, "1 / 0"])
    assert "(cell [3] of base.ipynb)" in run(file).failed[0].message
