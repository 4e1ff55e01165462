"""`alignkit status`: what is current, stale, failed or never ran, without reading a table."""

import json
import subprocess
import sys
from datetime import date

import pytest

from alignkit.errors import ParamsError
from alignkit.project.check import check
from alignkit.project.status import ChapterStatus, CycleStatus, as_json, lines, status
from tests.small_project import OPEN, small_project, write_notebook


@pytest.fixture
def ran(tmp_path, run):
    """A community whose run is over: two good chapters, one that fails, one whose table is missing."""
    chapters = {"one": ["1"], "two": ["2"], "bad": ["1 / 0"], "lacking": ["c.table('grants')"]}
    opened = {name: [OPEN, *cells] for name, cells in chapters.items()}
    file = small_project(tmp_path, opened)
    run(file)
    return file


def of(file):
    (found,) = status(file.parents[2], [file])
    return found


def test_a_cycle_that_never_ran_is_checked_first(tmp_path):
    file = small_project(tmp_path, {"one": ["1"]})
    found = of(file)
    assert [(c.id, c.standing) for c in found.chapters] == [("one", "never_run")]
    assert (found.tables, found.next) == ("never_read", "alignkit check params/smallville/2026-Q3.yml")
    assert check([file], tmp_path).problems == []
    assert of(file).next == "alignkit run params/smallville/2026-Q3.yml"


def test_every_chapter_is_told_as_the_run_left_it(ran):
    found = of(ran)
    standing = {c.id: c.standing for c in found.chapters}
    assert standing == {"one": "current", "two": "current", "bad": "failed", "lacking": "current"}
    assert [c.needs for c in found.chapters if c.id == "lacking"] == ["grants"]
    assert (found.tables, found.changed) == ("as_run", ())
    assert found.next == "alignkit run params/smallville/2026-Q3.yml"


def test_a_changed_notebook_makes_its_chapter_stale(ran):
    write_notebook(ran.parents[2], "one", [OPEN, "3"])
    assert of(ran).of("stale") == ["one"]
    assert of(ran).changed == ("notebook of one",)


def test_changed_tables_make_every_chapter_stale(ran):
    with (ran.parent / "tables" / "partners.csv").open("a", encoding="utf-8") as file:
        file.write("\np2,East School,education,inside,school,no,2024-01-01\n")
    found = of(ran)
    assert found.of("stale") == ["one", "two", "lacking"]
    assert (found.tables, found.changed) == ("changed", ("tables",))


def test_changed_parameters_make_every_chapter_stale(ran):
    ran.write_text(ran.read_text(encoding="utf-8").replace("{", '{"as_of": "2026-09-29", ', 1), encoding="utf-8")
    assert of(ran).changed == ("parameters",)
    assert of(ran).of("current") == []


def test_a_day_that_is_left_out_moves_on_and_is_reported(tmp_path, run, today_is):
    file = small_project(tmp_path, {"one": ["as_of"]}, cycles=[{"cycle": "2026-Q4"}])
    today_is("2026-11-10")
    run(file)
    assert (of(file).changed, of(file).of("current")) == ((), ["one"])
    today_is("2026-11-11")
    (changed,) = of(file).changed
    assert changed == "the day (no as_of in params/smallville/2026-Q4.yml: today counts)"
    assert of(file).of("stale") == ["one"]
    assert run(file).manifest["parameters"]["as_of"] == "2026-11-11"


def test_queries_cannot_be_seen_without_reading(tmp_path, run):
    (tmp_path / "params" / "smallville" / "queries").mkdir(parents=True)
    query = "select 'small' as place_id, 'A' as name, 'city' as kind"
    (tmp_path / "params" / "smallville" / "queries" / "places.sql").write_text(query, encoding="utf-8")
    file = small_project(tmp_path, {"one": ["1"]}, source={"sql": "queries"})
    run(file)
    assert (of(file).tables, of(file).of("current")) == ("unknown", ["one"])


def test_draft_and_release_are_told_and_what_comes_next(tmp_path, run):
    from alignkit.book.build import draft
    from alignkit.book.release import release

    file = small_project(tmp_path, {"one": ["1"]})
    run(file)
    assert of(file).next == "alignkit book params/smallville/2026-Q3.yml"
    draft(file, engine="embedded", formats=["html"])
    assert (of(file).draft, of(file).draft_current) == ("reports/smallville/2026-Q3/book/index.html", True)
    assert of(file).next == "alignkit release params/smallville/2026-Q3.yml"
    release(file, engine="embedded", formats=["html"])
    assert of(file).released == "reports/smallville/2026-Q3/book/index.html"
    assert of(file).next == "alignkit new cycle smallville"
    words = file.with_suffix("") / "one.md"
    words.parent.mkdir()
    words.write_text("New words.", encoding="utf-8")
    assert not of(file).draft_current


def test_a_released_cycle_is_not_told_as_stale_for_it_stays_as_it_is():
    stale = (ChapterStatus("leadership", "stale"),)
    made = {"community": "c", "cycle": "2026-Q3", "params": "p.yml", "chapters": stale, "changed": ("tables",)}
    released = "\n".join(lines([CycleStatus(**made, released="book/index.html")]))
    assert "since then tables changed; the next cycle's book tells" in released
    assert "stale" not in released
    assert "1 stale (leadership)" in "\n".join(lines([CycleStatus(**made)]))


def test_wrong_parameters_are_told_and_the_others_go_on(ran):
    ran.with_name("2026-Q4.yml").write_text("community: smallville\nsycle: 2026-Q4\n", encoding="utf-8")
    good, bad = status(ran.parents[2])
    assert good.problem == ""
    assert "unknown key 'sycle'" in bad.problem
    assert bad.next == "alignkit check params/smallville/2026-Q4.yml"


def test_a_file_that_is_not_there_is_refused(ran):
    with pytest.raises(ParamsError, match="there is no such parameter file"):
        status(ran.parents[2], [ran.with_name("2026-Q9.yml")])


def test_it_reads_for_a_person_and_for_a_program(ran):
    text = "\n".join(lines(status(ran.parents[2])))
    assert text.startswith(
        "smallville 2026-Q3\n  chapters   3 current, 1 failed (bad)\n  needs      lacking: table grants"
    )
    told = json.loads(json.dumps(as_json(status(ran.parents[2]))))
    assert told["cycles"][0]["chapters"][0] == {"id": "one", "standing": "current", "needs": ""}


def test_it_imports_nothing_heavy(ran):
    code = (
        "import sys; from pathlib import Path; from alignkit.project.status import status; "
        f"status(Path({str(ran.parents[2])!r})); "
        "print(sorted({'pandas', 'numpy', 'papermill', 'nbformat', 'pyarrow', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_corrected_book_says_so(tmp_path, run):
    from alignkit.book.release import release

    file = small_project(tmp_path, {"one": [OPEN, "c.say('answer', 'Seven.')"]})
    for answer, reason in (("Seven", None), ("Eight", "It is eight.")):
        write_notebook(tmp_path, "one", [OPEN, f"c.say('answer', '{answer}.')"])
        run(file)
        release(file, engine="embedded", formats=["html"], corrects=reason)
    found = of(file)
    today = date.today().isoformat()
    assert (found.corrected, found.issue) == (today, 2)
    assert f"corrected  on {today} (issue 2)" in "\n".join(lines([found]))
