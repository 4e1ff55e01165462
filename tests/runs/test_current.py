"""What is current is not run again; what changed is, and nothing else."""

import json

import pytest

from alignkit.disclosure.ledger import Entry, append
from tests.factory import text
from tests.small_project import OPEN, adding, notebook, small_project, write_notebook

CHAPTERS = {"one": ["1"], "two": ["2"], "brief": ["3"]}


@pytest.fixture
def file(tmp_path):
    return small_project(tmp_path, CHAPTERS)


@pytest.fixture
def executed(run):
    """`executed(file, **options)`: the chapters that a run executes, page one last."""

    def names(file, **options):
        started = []
        run(file, tell=lambda step, what, _: started.append(what) if step == "start" else None, **options)
        return started

    return names


def test_a_second_run_executes_nothing(file, executed):
    assert executed(file) == ["one", "two", "brief"]
    assert executed(file) == []


def test_a_changed_notebook_runs_itself_and_page_one(file, tmp_path, executed):
    executed(file)
    write_notebook(tmp_path, "two", notebook("22"))
    assert executed(file) == ["two", "brief"]


def test_a_changed_page_one_runs_alone(file, tmp_path, executed):
    executed(file)
    write_notebook(tmp_path, "brief", notebook("33"))
    assert executed(file) == ["brief"]


def test_a_changed_shared_notebook_runs_what_adds_to_it(tmp_path, executed):
    file = small_project(tmp_path, {"one": adding(), "two": ["2"], "base": ["3"]}, chapters=["one", "two"])
    assert executed(file) == ["one", "two"]
    assert executed(file) == []
    write_notebook(tmp_path, "base", notebook("33"))
    assert executed(file) == ["one"]


def test_changed_parameters_or_tables_run_everything(file, executed):
    executed(file)
    file.write_text(json.dumps({"community": "smallville", "cycle": "2026-Q3", "lang": "en", "as_of": "2026-09-01"}))
    assert executed(file) == ["one", "two", "brief"]
    table = file.parent / "tables" / "partners.csv"
    table.write_text(table.read_text().replace("West", "East"))
    assert executed(file) == ["one", "two", "brief"]


@pytest.fixture
def open_half(tmp_path):
    """A half year that is going on; its file leaves `as_of` out."""
    return small_project(tmp_path, CHAPTERS, cycles=[{"cycle": "2026-H2"}])


def test_a_run_that_goes_past_midnight_keeps_its_day(open_half, run, executed, today_is):
    today_is("2026-11-10")
    manifest = run(open_half, tell=lambda *_: today_is("2026-11-11")).manifest
    assert (manifest["parameters"]["as_of"], manifest["partial"]) == ("2026-11-10", False)
    today_is("2026-11-10")
    assert executed(open_half) == []


def test_a_run_taken_up_on_another_day_starts_over(open_half, executed, today_is):
    today_is("2026-11-10")
    executed(open_half, only=["one"])
    today_is("2026-11-11")
    assert executed(open_half) == ["one", "two", "brief"]


def test_what_one_day_left_is_no_whole_run_of_the_next(open_half, run, executed, today_is):
    today_is("2026-11-10")
    executed(open_half)
    today_is("2026-11-11")
    assert run(open_half, only=["two"]).manifest["partial"]


def test_again_runs_everything(file, executed):
    executed(file)
    assert executed(file, again=True) == ["one", "two", "brief"]


def test_only_runs_what_it_names(file, executed):
    assert executed(file, only=["two"]) == ["two"]
    assert executed(file) == ["one", "brief"]


def test_a_stopped_run_goes_on_from_where_it_was(file, run, executed):
    with pytest.raises(KeyboardInterrupt):
        run(file, jobs=1, tell=_stop_after_one)
    assert "one" not in executed(file)


def _stop_after_one(step, what, result):
    if (step, what) == ("done", "one"):
        raise KeyboardInterrupt


def test_a_chapter_that_lacked_its_table_runs_when_the_table_comes(tmp_path, run, executed):
    file = small_project(tmp_path, {"one": [OPEN, "c.table('places')"]})
    assert [result.status for result in run(file).results] == ["missing_table"]
    assert executed(file) == []
    (file.parent / "tables" / "places.csv").write_text(text("places", place_id="small"))
    assert executed(file) == ["one"]


def test_a_chapter_that_left_the_book_leaves_nothing_behind(tmp_path, run):
    folder = run(small_project(tmp_path, {"one": ["1"], "two": ["2"]})).folder
    run(small_project(tmp_path, {"one": ["1"]}))
    assert [path.stem for path in (folder / "notebooks").iterdir()] == ["one"]


def test_a_run_of_some_chapters_is_partial_while_others_are_out_of_date(file, tmp_path, run):
    assert not run(file).manifest["partial"]
    write_notebook(tmp_path, "two", notebook("22"))
    assert run(file, only=["one"]).manifest["partial"]
    assert not run(file).manifest["partial"]


def test_a_release_or_correction_of_the_previous_cycle_runs_everything(tmp_path, executed):
    cycles = [{"cycle": "2026-Q2"}, {"cycle": "2026-Q3", "previous": "2026-Q2"}]
    file = small_project(tmp_path, CHAPTERS, cycles=cycles)
    place = tmp_path / "reports" / "smallville" / "ledger"
    executed(file)
    for issue in (1, 2):
        append(place, Entry("2026-Q2", "x", ()).numbered(issue, "", "Wrong.", None))
        assert executed(file) == ["one", "two", "brief"]
        assert executed(file) == []
