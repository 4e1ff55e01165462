"""Every command, option, key and parameter is documented; every command that a page shows exists."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pandas as pd
import pytest

from alignkit.cli import main
from alignkit.contract.schema import TABLES, schema
from alignkit.sources.persons import PERSON_LEVEL
from scripts import write_reference
from tests.factory import rows
from tests.small_project import OPEN, small_project

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", "CONTRIBUTING.md", "templates/community/README.md", "templates/community/incoming.md"]
PAGES += [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").glob("*.md"))]
AGAIN = "write it again: python scripts/write_reference.py"


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def shown(text):
    """Every `alignkit …` that a text shows as a command: in a code span, or in a block of code."""
    spans = re.findall(r"`(alignkit [^`\n]*)`", text)
    blocks = re.findall(r"^```.*?^```|^    [^\n]*$", text, re.MULTILINE | re.DOTALL)
    code = "\n".join(blocks)
    lines = re.findall(r"^[ -]*(?:run: |\{ |if .*\{ )?(alignkit [a-z].*)$", code, re.MULTILINE)
    return [re.split(r"\s+#\s|\s{3,}|;| && | \*?>", line)[0] for line in [*spans, *lines]]


def problem(line):
    """Why click would not take a shown command, or None. Values are names in capitals or examples."""
    words, command = shlex.split(line)[1:], main
    while words and isinstance(command, click.Group) and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    if words and isinstance(command, click.Group) and words[0] not in ("--help", "--version", "COMMAND"):
        return f"there is no command '{words[0]}'"
    known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help", "--version"}
    options = [word for word in words if word.startswith("-")]
    return next((f"there is no option {word}" for word in options if word not in known), None)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_page_shows_exists(page):
    assert {line: problem(line) for line in shown(read(page)) if problem(line)} == {}


def test_what_does_not_exist_would_be_found():
    text = "`alignkit rum PARAMS` and `alignkit new cicle`\n\n    alignkit check --fast   # no\n"
    assert [problem(line) for line in shown(text)] == [
        "there is no command 'rum'", "there is no command 'cicle'", "there is no option --fast",
    ]  # fmt: skip


def test_every_command_stands_in_the_readme():
    paths = [path for path, _ in write_reference.all_commands(main)]
    assert [path for path in paths if f"`alignkit {path}" not in read("README.md")] == []


def test_commands_and_parameters_are_as_the_code_has_them():
    assert read("docs/commands.md") == write_reference.commands(), AGAIN
    assert read("docs/parameters.md") == write_reference.parameters(), AGAIN
    assert read("docs/names.md") == write_reference.names(), AGAIN


def test_every_notebook_that_notes_numbers_has_its_table_of_names():
    notebooks = (ROOT / "notebooks").glob("*.ipynb")
    noting = [path.stem for path in notebooks if "c.note_numbers(" in path.read_text("utf-8")]
    assert sorted(noting) == sorted(write_reference.CHAPTERS)


def test_no_plain_number_has_the_name_of_a_sentence():
    for name, module in write_reference.CHAPTERS.items():
        known = set(write_reference.numbers(module.numbers))
        assert known, name
        assert known & set(write_reference.sentences(name)) == set(), name


def test_every_option_is_on_the_page_of_commands():
    for path, command in write_reference.all_commands(main):
        page = read("docs/commands.md").split(f"## alignkit {path}\n")[1].split("\n## ")[0]
        options = [p.opts[0] for p in command.params if p.param_type_name == "option"]
        assert [name for name in options if f"| `{name}" not in page] == [], path


def test_every_key_has_its_sentence_and_stands_in_what_init_writes():
    template = read("templates/community/community.yml") + read("templates/community/cycle.yml") + "workbook: folder:"
    for title, model, _ in write_reference.FILES:
        sentences = write_reference.keys(model)
        assert [key for key, says in sentences.items() if not says] == [], title
        assert [key for key in sentences if f"{key}:" not in template] == [], title


def test_every_parameter_of_a_notebook_has_its_row():
    page = read("docs/parameters.md")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cell = write_reference.parameters_cell(write_reference.read_notebook(path))
        names = re.findall(r"^(\w+):", cell.source, re.MULTILINE)
        assert names
        missing = [name for name in names if not re.search(rf"\| (all|{path.stem}) \| `{name}` \|", page)]
        assert missing == [], path.name


def test_every_table_and_column_is_in_the_dictionary():
    page = read("docs/data-dictionary.md")
    for name in TABLES:
        section = page.split(f"\n### {name}\n")[1].split("\n### ")[0]
        assert [column for column in schema(name).columns if f"| {column} |" not in section] == [], name


def test_the_exit_codes_of_the_readme_are_those_of_the_help():
    told = re.findall(r"^\| (\d+) \|", read("README.md"), re.MULTILINE)
    assert told == re.findall(r"^ +(\d+) +\w", main.help.split("Exit codes:")[1], re.MULTILINE)


def test_the_hosted_workflow_names_every_table_about_persons():
    page = read("docs/hosted.md")
    assert [name for name in PERSON_LEVEL if page.count(name) < 2] == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs sh")
@pytest.mark.parametrize(("cell", "code"), [("1", 0), ("1 / 0", 1)])
def test_the_nightly_script_of_the_readme_is_silent_when_all_is_well(tmp_path, cell, code):
    small_project(tmp_path, {"one": [OPEN, cell]})
    script = re.search(r"```sh\n(.*?)```", read("README.md"), re.DOTALL)[1].replace("mill-valley", "smallville")
    (tmp_path / "nightly.sh").write_text(script, encoding="utf-8")
    (tmp_path / "alignkit").write_text(f'#!/bin/sh\nexec {sys.executable} -m alignkit.cli "$@"\n', encoding="utf-8")
    (tmp_path / "alignkit").chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command = ["sh", str(tmp_path / "nightly.sh")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == code, done.stdout
    assert bool(done.stdout) == bool(code)
    assert (tmp_path / "reports" / "smallville" / "2026-Q3" / "book" / "index.html").is_file() == (code == 0)


def test_a_log_that_does_not_know_every_sign_ends_no_command(tmp_path):
    small_project(tmp_path, {"one": []}, {"places": pd.DataFrame(rows("places", name="Étoile", kind=None))})
    environment = {**os.environ, "PYTHONIOENCODING": "ascii:strict"}
    command = [sys.executable, "-m", "alignkit.cli", "check"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
