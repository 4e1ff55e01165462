"""One failing chapter: it is kept and quoted, and the others finish."""

import nbformat
import pytest

from tests.small_project import OPEN, notebook, small_project, write_notebook

FAILS = "share = 1\nshare / 0  # what a reader will look for"


@pytest.fixture(scope="module")
def walked(tmp_path_factory, run):
    """A run in which one chapter fails, one lacks a table, one's kernel dies, and one is good."""
    folder = tmp_path_factory.mktemp("failing")
    cells = {"bad": ["good = 1", FAILS, "never = 1"], "dies": ["import os; os._exit(3)"], "good": ["1 + 1"]}
    wanting = [OPEN, "c.table('partners')\nc.table('grants')"]
    file = small_project(folder, {**cells, "wanting": wanting, "brief": ["'page one'"]})
    return file, run(file)


def test_the_others_finish(walked):
    assert {result.chapter: result.status for result in walked[1].results} == {
        "bad": "failed", "dies": "failed", "good": "ok", "wanting": "missing_table"}  # fmt: skip
    assert not walked[1].ok


def test_the_failing_cell_is_quoted(walked):
    bad, dies = walked[1].failed
    assert "in cell [4]:\n    share = 1\n    share / 0  # what a reader" in bad.message
    assert bad.message.endswith("ZeroDivisionError: division by zero")
    assert "DeadKernelError" in dies.message


def test_the_failing_notebook_is_kept_as_far_as_it_came(walked):
    report = walked[1]
    bad = report.failed[0]
    assert bad.kept == report.folder / "failed" / "bad.ipynb"
    code = [cell for cell in nbformat.read(bad.kept, as_version=4).cells if "never" in cell.source]
    assert code[0].execution_count is None
    assert sorted(p.stem for p in (report.folder / "notebooks").iterdir()) == ["good", "wanting"]


def test_a_chapter_without_its_table_says_which(walked):
    (wanting,) = (result for result in walked[1].results if result.status == "missing_table")
    assert (wanting.table, wanting.message) == ("grants", "")


def test_page_one_waits_until_every_chapter_has_run(walked):
    states = {chapter["id"]: chapter["status"] for chapter in walked[1].manifest["chapters"]}
    assert states["brief"] == "not_run"


def test_keep_going_runs_page_one_all_the_same(tmp_path, run):
    report = run(small_project(tmp_path, {"bad": ["1 / 0"], "brief": ["1"]}), keep_going=True)
    assert [(result.chapter, result.status) for result in report.results] == [("bad", "failed"), ("brief", "ok")]


def test_a_mended_chapter_runs_and_its_failure_is_gone(tmp_path, run):
    file = small_project(tmp_path, {"bad": ["1 / 0"]})
    assert not run(file).ok
    write_notebook(tmp_path, "bad", notebook("1 / 1"))
    mended = run(file)
    assert mended.ok
    assert list((mended.folder / "failed").iterdir()) == []


def test_a_good_notebook_that_fails_later_is_not_left_as_if_it_were_good(tmp_path, run):
    file = small_project(tmp_path, {"one": ["1"]})
    run(file)
    write_notebook(tmp_path, "one", notebook("1 / 0"))
    assert list((run(file).folder / "notebooks").iterdir()) == []
