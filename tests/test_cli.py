"""The command line: what it says, and what it ends with."""

import json
import subprocess
import sys

import pandas as pd
import pytest
from click.testing import CliRunner

from alignkit.cli import main
from tests.factory import frame, rows
from tests.small_project import small_project

COMMANDS = sorted(main.commands)
OF_A_CYCLE = [name for name in COMMANDS if any(p.name == "params" for p in main.commands[name].params)]


@pytest.fixture
def say():
    """`say(*arguments)`: exit code, standard output and standard error."""

    def call(*arguments):
        result = CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="alignkit")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    return call


def test_there_are_the_three_steps_of_a_cycle():
    assert {"run", "book", "release"} <= set(OF_A_CYCLE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(say, command):
    code, said, _ = say(command, "--help")
    assert code == 0
    assert f"Usage: alignkit {command}" in said
    helped = [line for line in said.splitlines() if line.startswith("  -")]
    assert helped
    for name in (parameter.opts[-1] for parameter in main.commands[command].params if parameter.opts[-1][0] == "-"):
        assert any(name in line for line in helped), name


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_has_its_help(command):
    options = [p for p in main.commands[command].params if p.param_type_name == "option"]
    assert [p.name for p in options if not getattr(p, "help", None)] == []


def test_the_front_page_shows_the_way_and_the_version(say):
    assert "alignkit release PARAMS" in say("--help")[1]
    assert say("--version")[:2] == (0, "alignkit, version 0.1.0\n")


def test_what_was_given_wrongly_ends_with_two_and_names_the_cure(say, tmp_path):
    file = small_project(tmp_path, {"one": []})
    (file.parent / "2026-Q3.yml").write_text("comunity: smallville\ncycle: 2026-Q3\n")
    code, said, told = say("run", file)
    assert (code, said) == (2, "")
    assert "unknown key 'comunity'" in told
    assert "did you mean 'community'?" in told
    assert "Cure:" in told


@pytest.mark.parametrize("command", OF_A_CYCLE)
def test_a_file_that_is_not_there_ends_with_two_and_names_those_that_are(say, tmp_path, command):
    file = small_project(tmp_path, {"one": []})
    code, _, told = say(command, file.with_name("2026-Q9.yml"))
    assert code == 2
    assert "there is no such parameter file" in told
    assert "2026-Q3.yml" in told


def test_tables_that_break_the_contract_are_all_told_and_nothing_runs(say, tmp_path):
    wrong = pd.DataFrame(rows("places", place_id=["small", None], kind=[None, "city"]))
    code, said, told = say("run", small_project(tmp_path, {"one": []}, {"places": wrong}))
    assert (code, said) == (2, "")
    assert "  place_id, places.csv, row 3: " in told
    assert "  kind, places.csv, row 2: " in told
    assert "2 failure(s); nothing was run." in told
    assert not (tmp_path / ".alignkit" / "smallville" / "2026-Q3").exists()


def test_an_unknown_chapter_ends_with_two(say, tmp_path):
    code, _, told = say("run", small_project(tmp_path, {"one": []}), "--only", "won")
    assert code == 2
    assert "there is no chapter 'won'" in told
    assert "did you mean 'one'?" in told


def test_a_good_run_ends_with_zero_and_says_what_comes_next(say, tmp_path):
    file = small_project(tmp_path, {"one": ["1"]})
    code, said, told = say("run", file, "--kernels", "plain")
    assert code == 0
    assert "1 chapter ran, 0 failed; 0 numbers hidden; audit clean" in said
    assert said.endswith(f"Next: alignkit book {file}\n")
    assert "done     one" in told


def test_a_failing_chapter_ends_with_one_and_is_quoted(say, tmp_path):
    code, said, told = say("run", small_project(tmp_path, {"one": ["1 / 0"]}), "--kernels", "plain")
    assert code == 1
    assert "0 chapters ran, 1 failed" in said
    assert "one failed in cell [3]:\n    1 / 0\n  ZeroDivisionError: division by zero" in told
    assert "Open it as far as it came: " in told
    assert "Traceback" not in said + told


def test_a_book_without_a_run_ends_with_one(say, tmp_path):
    file = small_project(tmp_path, {"one": []})
    for command in ("book", "release"):
        code, _, told = say(command, file)
        assert code == 1
        assert "there is no finished run" in told
        assert "alignkit run" in told


def test_a_refused_release_ends_with_one_and_says_every_reason(say, tmp_path):
    cycles = [{"cycle": "2026-Q2"}, {"cycle": "2026-Q3", "previous": "2026-Q2"}]
    file = small_project(tmp_path, {"bad": ["1 / 0"]}, cycles=cycles)
    say("run", file, "--kernels", "plain")
    code, _, told = say("release", file, "--formats", "html", "--engine", "embedded")
    assert code == 1
    assert "not released, because" in told
    assert "  - chapter bad failed" in told
    assert "  - the ledger of 2026-Q2 is not there" in told


@pytest.mark.parametrize("formats", ["", "docx", "html,docx"])
def test_an_unknown_format_ends_with_two(say, tmp_path, formats):
    code, _, told = say("book", tmp_path / "2026-Q3.yml", "--formats", formats)
    assert code == 2
    assert "is not html, pdf or html,pdf" in told


def test_stopping_by_hand_is_no_accident(say, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("alignkit.runs.run.run", interrupted)
    code, _, told = say("run", "params/any/2026-Q3.yml")
    assert code == 130
    assert "run the same command again to go on from here" in told


def test_a_project_is_begun_and_goes_on_to_its_next_cycle(say, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, said, _ = say("init", "Mill Valley", "--tables", "csv", "--cycle", "2026-Q3")
    assert code == 0
    assert "  new   params/mill-valley/2026-Q3.yml\n" in said
    assert said.endswith("alignkit book params/mill-valley/2026-Q3.yml\n")
    assert say("new", "cycle")[1].endswith("alignkit book params/mill-valley/2026-Q4.yml\n")
    assert "  kept  README.md\n" in say("init", "Mill Valley", "--tables", "csv")[1]


def test_checking_says_everything_and_ends_with_two(say, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    say("init", "Mill Valley", "--tables", "csv", "--cycle", "2026-Q3")
    code, said, told = say("check", "--names")
    assert (code, told) == (0, "")
    assert "Note: mill-valley 2026-Q3: the first book needs rows in partners" in said
    assert "There are no names yet" in said
    assert said.endswith("nothing wrong.\n")
    (tmp_path / "notebooks" / "brief.ipynb").write_text("{", encoding="utf-8")
    code, said, told = say("check", "notebooks/brief.ipynb")
    assert code == 2
    assert told == "notebooks/brief.ipynb: this is no notebook\n  Cure: take it back from a copy, or make it anew\n"
    assert said == "Looked at 1 thing: 1 wrong.\n"


def test_an_update_says_that_nothing_is_to_be_done(say, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    say("init", "Mill Valley", "--tables", "csv")
    assert say("update", "--check")[:2] == (0, "All is up to date.\n")


def test_an_update_ends_with_one_where_something_would_change(say, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    say("init", "Mill Valley", "--tables", "csv")
    for folder in ("notebooks", "notebooks/.base"):
        (tmp_path / folder / "commitments.ipynb").unlink()
    code, said, _ = say("update", "--check")
    assert (code, said) == (1, "  commitments.ipynb: new, added\n1 notebook(s) would change, 0 wait(s) for you.\n")
    assert say("update")[0] == 0
    assert (tmp_path / "notebooks" / "commitments.ipynb").is_file()


def test_status_ends_with_zero_for_people_and_programs(say, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    say("init", "Mill Valley", "--tables", "csv", "--cycle", "2026-Q3")
    assert say("status")[:2] == (
        0,
        "mill-valley 2026-Q3\n  chapters   never run\n  next       alignkit check params/mill-valley/2026-Q3.yml\n",
    )
    code, said, _ = say("status", "params/mill-valley/2026-Q3.yml", "--json")
    assert code == 0
    assert json.loads(said)["cycles"][0]["next"] == "alignkit check params/mill-valley/2026-Q3.yml"


def test_an_outcome_that_is_not_there_ends_with_two(say, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "no params/ folder here" in say("new", "outcome", "reading")[2]
    say("init", "Mill Valley", "--tables", "csv")
    code, _, told = say("new", "outcome", "reading")
    assert code == 2
    assert "there is no outcome 'reading' in the tables" in told


def test_asking_for_help_imports_nothing_heavy():
    heavy = "{'pandas', 'numpy', 'matplotlib', 'nbformat', 'duckdb', 'pydantic'}"
    code = f"import sys, alignkit.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


LATE = frame("data_sources", data_source_id="log", partner_id="p1", name="Tutoring log", refresh="monthly",
             last_refreshed="2026-07-01")  # fmt: skip


def test_late_data_are_listed_or_waited_for(say, tmp_path):
    late = (
        "Tutoring log (West School): last brought up to date on July 1, 2026; the next time was due by August 8, 2026"
    )
    waiting = small_project(tmp_path / "a", {"one": ["1"]}, {"data_sources": LATE}, late_tables="wait")
    code, said, told = say("run", waiting)
    assert (code, said) == (2, "")
    assert f"  - {late}\n" in told
    assert "set late_tables: run" in told
    assert "in params/smallville/community.yml" in told
    code, said, _ = say(
        "run", small_project(tmp_path / "b", {"one": ["1"]}, {"data_sources": LATE}), "--kernels", "plain"
    )
    assert code == 0
    assert f"late: {late}\n" in said
