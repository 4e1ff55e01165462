"""`alignkit new table`, and what `alignkit check` says of a community's own tables."""

import json
import os

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from alignkit.cli import main
from alignkit.contract.catalog import CONTRACT
from alignkit.errors import ParamsError
from alignkit.project.check import check
from alignkit.project.own_tables import catalog_here, new_table, next_steps
from alignkit.project.status import status
from tests.own_tables import ANSWERS, PARKS, PROGRAMS, SURVEY, changed, declare, with_column
from tests.small_project import small_project


@pytest.fixture
def call(filled, monkeypatch):
    """`call("check", …)` in a new project: exit code and everything that is printed."""
    monkeypatch.chdir(filled)
    monkeypatch.delenv("ALIGNKIT_PROJECT", raising=False)

    def invoke(*words):
        done = CliRunner().invoke(main, [str(word) for word in words])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return invoke


def own(project, *tables):
    return declare(project, *tables, community="mill-valley")


def test_a_new_declaration_says_what_is_left_to_fill(filled, call):
    code, told = call("new", "table", "family_survey", "--protected")
    assert code == 0
    assert "params/mill-valley/tables/family_survey.json" in told
    assert "alignkit check" in told
    code, told = call("check")
    assert code == 2
    assert "params/mill-valley/tables/family_survey.json" in told
    assert "the table, column family_survey_id, column recorded_on, column kind" in told.replace("\n", " ")
    assert call("run", "params/mill-valley/2026-Q4.yml")[0] == 2


@pytest.mark.parametrize("protected", [True, False])
def test_filled_in_it_is_right(filled, protected):
    (path,) = new_table(filled, "our_table", protected=protected).new
    path.write_text(path.read_text(encoding="utf-8").replace("<", "").replace(">", ""), encoding="utf-8")
    found = check([filled], filled)
    assert found.problems == []
    assert any("declared, but no source has rows of it: our_table" in line for line in found.advice)


def test_a_declaration_that_is_there_stays(filled):
    folder = own(filled, SURVEY)
    done = new_table(filled, "family_survey")
    assert (done.new, done.kept) == ([], [folder / "family_survey.json"])
    assert json.loads((folder / "family_survey.json").read_text()) == SURVEY


@pytest.mark.parametrize("name", ["partners", "Family", "family-survey", "../x", "a" * 32])
def test_a_name_that_cannot_be(filled, name):
    with pytest.raises(ParamsError):
        new_table(filled, name)


def test_where_the_rows_go_follows_the_sources(filled):
    protected, public = (next_steps(filled, "t", protected=one)[1] for one in (True, False))
    assert "t.csv in a folder of its own" in protected
    assert "t.csv in the folder that source.folder names" in public


def test_all_is_well(filled, call):
    own(filled, changed(SURVEY, foreignKeys=None), PROGRAMS)
    for name, text in (("family_survey", ANSWERS), ("park_programs", PARKS)):
        (filled / "data" / "tables" / f"{name}.csv").write_text(text, encoding="utf-8")
    code, told = call("check", "--dictionary")
    assert code == 0, told
    assert "out of date" not in told
    assert "## family_survey" in (filled / "params/mill-valley/tables/README.md").read_text(encoding="utf-8")
    assert call("check", "data/tables")[0] == 0
    assert call("check", "data/tables/family_survey.csv")[0] == 0
    assert call("check", "params/mill-valley/tables")[0] == 0


def test_the_page_is_written_on_request_only_and_never_over_yours(filled, call):
    folder = own(filled, PROGRAMS)
    assert "README.md: out of date; alignkit check --dictionary writes it" in call("check")[1]
    assert not (folder / "README.md").exists()
    call("check", "--dictionary")
    assert "out of date" not in call("check")[1]
    own(filled, changed(PROGRAMS, title="Programs"))
    assert "out of date" in call("check")[1]
    (folder / "README.md").write_text("My notes.")
    code, told = call("check", "--dictionary")
    assert (code, (folder / "README.md").read_text()) == (2, "My notes.")
    assert "this file is yours" in told


def test_a_wrong_declaration_is_told_once_with_its_file(filled, call):
    own(filled, changed(SURVEY, subject=None))
    where = "params/mill-valley/tables/family_survey.json"
    for words in ((), ("params/mill-valley",), (where,), ("params/mill-valley/tables",)):
        code, told = call("check", *words)
        assert code == 2
        assert told.count("'subject' is missing") == 1
        assert told.count(f"{where}: ") == 1
    (found,) = status(filled)
    assert "'subject' is missing" in found.problem


def test_a_wrong_row_is_told(filled, call):
    own(filled, PROGRAMS)
    (filled / "data" / "tables" / "park_programs.csv").write_text(PARKS.replace("24", "-1"), encoding="utf-8")
    for path in ((), ("data/tables",), ("data/tables/park_programs.csv",)):
        code, told = call("check", *path)
        assert code == 2
        assert "is below 0" in told


def test_a_mapping_sheet_may_fill_a_public_table_and_no_protected_one(filled, call):
    own(filled, SURVEY, PROGRAMS)
    (filled / "parks.csv").write_text(PARKS, encoding="utf-8")
    assert call("new", "mapping", "parks.csv", "--table", "park_programs")[0] == 0
    lines = list(load_workbook(filled / "data" / "mapping.xlsx")["columns"].iter_rows(values_only=True))
    assert {line[1] for line in lines if line[0] == "parks"} == {"program_id", "park", "places"}
    code, told = call("new", "mapping", "parks.csv", "--table", "family_survey", "--to", "other.xlsx")
    assert code == 2
    assert "the rows are about persons" in told


def test_each_community_has_its_own(filled, monkeypatch):
    own(filled, PROGRAMS)
    small_project(filled, {}, own=[SURVEY])
    monkeypatch.setenv("ALIGNKIT_PROJECT", os.fspath(filled))
    assert [table.name for table in catalog_here("mill-valley").own] == ["park_programs"]
    assert [table.name for table in catalog_here("smallville").own] == ["family_survey"]
    assert catalog_here() == CONTRACT
    (filled / "data" / "tables" / "family_survey.csv").write_text(ANSWERS, encoding="utf-8")
    problems = {problem.what for problem in check([filled / "data" / "tables"], filled).problems}
    assert problems == {"'family_survey' is not a table of the contract"}


def test_check_asks_whether_whole_numbers_of_a_public_table_count_people(filled):
    counted = with_column(PROGRAMS, "children", type="integer")
    for says, asked in ((None, True), (True, False), (False, False)):
        own(filled, with_column(counted, "children", countsPersons=says))
        told = [line for line in check([filled], filled).advice if "countsPersons" in line]
        assert told == ["mill-valley, tables/park_programs.json, column children: its whole numbers may all be "
                        'published; write "countsPersons": true if they count people, else false'] * asked  # fmt: skip
