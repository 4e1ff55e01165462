"""What may be wrong with what is given, one by one: a clear message, exit code 2, and the last release as it was.

The list is the test: what is broken, and what the message must say (what, where, the cure).
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from alignkit.book.release import release
from alignkit.cli import main
from alignkit.contract.schema import schema
from tests.acceptance.broken_project import (
    OPEN,
    PARAMETERS,
    SECRETS,
    Break,
    Project,
    both,
    chapter,
    content,
    copy,
    cycle,
    database,
    make,
    moved,
    notebook,
    parquet,
    put,
    remove,
    settings,
    source,
    text,
    untagged,
    workbook,
)
from tests.acceptance.broken_project import TABLES as WHOLE
from tests.factory import completed

RUN, BOOK = ("run",), ("book", "--engine", "embedded", "--formats", "html")
VALUES = "grade-3,2024-07-01,2025-06-30,small,all,all,46,46,100,reported"
GIRLS = "small,sex,girls,50,25,50,reported"
PLACES = len(completed("places", WHOLE["places"]).splitlines()[0].split(","))
"""Columns of its places."""


def case(id: str, broken: Break, *says: str, command: tuple[str, ...] = RUN) -> Any:
    return pytest.param(broken, says, command, id=id)


TABLES = [
    case("missing column", content("places", "place_id,name\nsmall,S\n"), "places", "kind", "column is missing"),
    case("misspelt column", text("places", "kind,", "knd,"), "'knd' is not in the contract", "did you mean 'kind'?"),
    case("duplicate column", text("places", "name,kind", "kind,kind"), "kind: the column is there twice"),
    case("wrong type", text("indicators", ",90,", ",soon,"), "usual_lag_days, indicators.csv, row 2",
         "'soon' is not a whole number"),
    case("required cell blank", text("partners", "West School", ""), "name, partners.csv, row 2: the cell is blank"),
    case("word not allowed", text("partners", "health", "helth"), "'helth' is not one of", "did you mean 'health'?"),
    case("duplicate key", text("places", "west,West", "small,West"),
         "place_id, places.csv, row 3: the same as in places.csv, row 2"),
    case("orphan key", text("indicators", "grade-3,reading", "grade-3,reeding"), "'reeding' is not in outcomes",
         "did you mean 'reading'?"),
    case("bad date", text("partners", "2024-01-01", "13/25/2026"), "'13/25/2026' is not a day", "year-month-day"),
    case("31 February", text("partners", "2024-01-01", "2024-02-31"), "'2024-02-31' is not a day"),
    case("Excel's number for a day", text("partners", "2024-01-01", "45292"), "number that Excel keeps for a day"),
    case("end that never comes", text("responsibilities", "lead,2024-01-01,", "lead,2024-01-01,9999-12-31"),
         "leave the cell blank", "where there is no end"),
    case("negative count", text("indicator_values", "46,46,100", "46,-46,100"),
         "numerator, indicator_values.csv, row 2", "below 0"),
    case("numerator above denominator", text("indicator_values", "50,25,50", ",75,50"), "numerator is at most"),
    case("percent above 100", text("indicator_values", "46,46,100", "460,,"), "value, indicator_values.csv, row 2",
         "between 0 and 100"),
    case("value that is not its counts", text("indicator_values", "46,46,100", "64,46,100"), "agrees with its counts"),
    case("NaN", text("indicators", ",60,2030", ",NaN,2030"), "target, indicators.csv, row 2", "'NaN' is not a number"),
    case("infinity", text("indicators", ",60,2030", ",inf,2030"), "target, indicators.csv, row 2",
         "'inf' is not a number"),
    case("publisher's mark as number", text("indicator_values", "46,46,100", "*,,"), "say why in value_status"),
    case("hidden and filled", text("indicator_values", "46,46,100,reported", "46,46,100,suppressed_at_source"),
         "value_status, indicator_values.csv, row 2", "value and numerator are blank"),
    case("unknown subgroup", text("indicator_values", "sex,girls", "sex,boys"), "indicator_values.csv, row 3",
         "add the group to subgroups"),
    case("target without a year", text("indicators", ",60,2030", ",60,"), "target_year", "both filled or both blank"),
    case("two leads", text("responsibilities", "reading,shared", "reading,lead"), "at most one lead at a time"),
    case("circular places", text("places", "city,", "city,west"), "no place is part of itself"),
    case("lost leading zeros", text("students", "02134", "2134"), "postal_code, students.csv, row 2",
         "dropped leading zeros"),
    case("person's day unreadable", text("students", "2015-03-04", "Quackenbush"),
         "birth_date, students.csv, row 2: not a day"),
    case("person's table without header", content("students", lambda old: old.split(b"\n", 1)[1]), "column is missing"),
    case("header only", content("outcomes", lambda old: old.split(b"\n", 1)[0]), "'reading' is not in outcomes"),
    case("table that others need", remove("params/smallville/tables/outcomes.csv"), "add the table outcomes"),
    case("huge field", text("partners", "West School", "x" * 200_000), "the text has 200,000 characters", "lone quote"),
    case("characters nobody sees", text("partners", "West", "We\x07st"), "characters that nobody can see"),
]  # fmt: skip

FILES = [
    case("empty file", content("places", b""), "places.csv", "the first line is blank"),
    case("blank first line", content("places", ",,,\nsmall,S,city,\n"), "places.csv", "the first line is blank"),
    case("huge header", content("places", "x" * 200_000), "places.csv", "no line of column names"),
    case("Latin-1", content("places", "place_id,name,kind\nsmall,M\xe1laga,city\n".encode("latin-1")),
         "places.csv, line 2", "not UTF-8 text", "CSV UTF-8"),
    case("UTF-16", content("places", "place_id,name,kind\n".encode("utf-16")), "UTF-16 text", "CSV UTF-8"),
    case("NUL bytes", content("places", b"place_id,name,kind\nsmall,S\0,city\n"), "NUL bytes"),
    case("semicolons", content("places", lambda old: old.replace(b",", b";")), "separated by semicolons"),
    case("tabs", content("places", lambda old: old.replace(b",", b"\t")), "separated by tabs"),
    case("comma without quotes", text("places", "West End", "West, End"),
         f"line 3 has {PLACES + 1} columns, the first line {PLACES}"),
    case("quote never closed", text("students", "Quackenbush", '"Quackenbush'), "a quote is opened and never closed"),
    case("file of no table", moved("params/smallville/tables/places.csv", "params/smallville/tables/place.csv"),
         "'place' is not a table", "did you mean 'places'?"),
    case("table in two files", put("params/smallville/tables/places.parquet", b""), "places.csv holds the same table"),
    case("corrupt Parquet", both(remove("params/smallville/tables/places.csv"),
         put("params/smallville/tables/places.parquet", b"PAR1 nonsense PAR1")),
         "places.parquet: this is not a Parquet file"),
    case("Parquet with lists", parquet("places", pd.DataFrame({"place_id": [["small"]], "name": "S", "kind": "city"})),
         "column place_id holds list", "one plain value"),
    case("no folder", source(folder="tabels"), "there is no such folder"),
    case("folder without a table", source(folder="../smallville"), "no table in this folder"),
]  # fmt: skip

SOURCES = [
    case("corrupt workbook", both(source(workbook="town.xlsx"), put("params/smallville/town.xlsx", b"PK\3\4 nonsense")),
         "town.xlsx"),
    case("no workbook", source(workbook="town.xlsx"), "town.xlsx"),
    case("wrong sheet name", workbook(lambda book: setattr(book["places"], "title", "place")), "sheet place",
         "did you mean 'places'?"),
    case("merged header cells", workbook(lambda book: book["places"].merge_cells("A1:B1")), "the cells are merged"),
    case("persons in the workbook", workbook(lambda book: book.create_sheet("students").append(["Quackenbush"])),
         "students", "private"),
    case("error of a formula", workbook(lambda book: book["places"].__setitem__("B2", "#REF!")), "places", "B2"),
    case("no mapping sheet", source(mapping="mapping.xlsx"), "mapping.xlsx"),
    case("mapping sheet that is none", both(source(mapping="mapping.xlsx"),
         put("params/smallville/mapping.xlsx", b"x")), "mapping.xlsx"),
    case("no database", source(duckdb="town.duckdb"), "town.duckdb: there is no such file"),
    case("unreadable database", both(source(duckdb="town.duckdb"), put("params/smallville/town.duckdb", b"x" * 9000)),
         "no DuckDB file, or it is damaged"),
    case("database without our tables", database("CREATE TABLE place (n INT)"), "place (for places)"),
    case("database with lists", database("CREATE TABLE places AS SELECT ['small'] AS place_id"), "holds list"),
    case("unreachable PostgreSQL", source(postgres="postgresql://reader@127.0.0.1:1/town"), "no server answers there",
         "check host and port"),
    case("password in the URL", source(postgres="postgresql://reader:hunter2@localhost/town"), "holds a password",
         "PGPASSWORD"),
    case("password in the query", source(postgres="postgresql://localhost/town?password=hunter2"), "holds a password"),
    case("password by way of a variable", source(postgres="$SMALLVILLE_URL"), "holds a password", "PGPASSWORD"),
    case("no URL", source(postgres="localhost/town"), "no PostgreSQL URL", "postgresql://"),
    case("variable not set", source(folder="$SMALLVILLE_NOWHERE/x"), "SMALLVILLE_NOWHERE is not set"),
    case("query with a syntax error", both(source(sql="queries"),
         put("params/smallville/queries/places.sql", "SELEC 1")), "places.sql", "syntax error"),
    case("query of an unknown variable", both(source(sql="queries", variables={"raw": "tables"}),
         put("params/smallville/queries/places.sql", "FROM '{row}/x.csv'")), "{row}", "did you mean 'raw'?"),
    case("two sources with one table", both(source(folder="tables", sql="queries"),
         put("params/smallville/queries/places.sql", "SELECT 'small' AS place_id")), "source.folder and source.sql"),
    case("no source", settings(source={}), "source", "is needed"),
    case("demo beside others", source(demo={"seed": 1}, folder="tables"), "demo stands alone"),
]  # fmt: skip

PARAMS = [
    case("bad YAML", put("params/smallville/2026-Q3.yml", "community: [smallville\ncycle: x\n"), "2026-Q3.yml:2",
         "not YAML"),
    case("tab in YAML", put("params/smallville/community.yml", "name: S\nsource:\n\tfolder: tables\n"),
         "community.yml:3", "never with tabs"),
    case("key there twice", put("params/smallville/community.yml", "name: S\nname: hunter2\n"),
         "'name' stands there twice"),
    case("bell in YAML", put("params/smallville/community.yml", "name: \x07\n"), "not YAML"),
    case("empty YAML", put("params/smallville/2026-Q3.yml", ""), "no 'name: value' lines"),
    case("list in YAML", put("params/smallville/2026-Q3.yml", "- a\n"), "no 'name: value' lines"),
    case("Latin-1 YAML", put("params/smallville/community.yml", "name: M\xe1laga", "latin-1"), "not UTF-8"),
    case("unknown key", settings(minimum_cout=5), "unknown key 'minimum_cout'", "did you mean 'minimum_count'?"),
    case("unknown key in a source", source(foldr="tables"), "unknown key 'source.foldr'", "did you mean 'folder'?"),
    case("missing key", settings(place=None), "'place' is missing"),
    case("minimum count too low", settings(minimum_count=2), "minimum_count", "it must be 3 or more"),
    case("colour by name", settings(accent="blue"), "accent"),
    case("unknown place", settings(place="smalville"), "place: smalville is not in the table places",
         "did you mean 'small'?"),
    case("unknown chapter", settings(chapters=["abuot"]), "abuot.ipynb", "there is no such notebook", "about.ipynb"),
    case("chapter twice", settings(chapters=["about", "about"]), "names about twice"),
    case("override for an unknown outcome", settings(chapters=["about", "outcome"], overrides={"outcome-reeding": {}}),
         "outcome-reeding", "outcome-reading"),
    case("override with no notebook", settings(overrides={"about": {"notebook": "mine.ipynb"}}), "mine.ipynb"),
    case("only an unknown outcome", settings(chapters=["about", "outcome"]), "did you mean 'outcome-reading'?",
         command=("run", "--only", "outcome-reeding")),
    case("language not the community's", cycle(lang="es"), "lang: es", "community.yml"),
    case("language nobody knows", both(settings(languages=["en", "xx"]), cycle(lang="xx")), "no language 'xx'"),
    case("cycle beyond the data", both(moved("params/smallville/2026-Q3.yml", "params/smallville/2062-Q3.yml"),
         put("params/smallville/2062-Q3.yml", "community: smallville\ncycle: 2062-Q3\nprevious: 2026-Q3\n"
             "as_of: 2062-09-30\n")),
         "nothing in the tables became known after 2026-06-15", "check cycle and as_of"),
    case("day before the cycle", cycle(as_of="2025-09-30"), "as_of (2025-09-30) lies before the cycle 2026-Q3"),
    case("cycle before all data", put("params/smallville/2020-Q1.yml", "community: smallville\ncycle: 2020-Q1\n"),
         "nothing was known yet on 2020-03-31", "2024-01-01"),
    case("previous after the cycle", cycle(previous="2026-Q4"), "previous (2026-Q4) must come before"),
    case("previous is the cycle", cycle(previous="2026-Q3"), "previous (2026-Q3) must come before"),
    case("fifth quarter", cycle(cycle="2026-Q5"), "'2026-Q5' is not a cycle"),
    case("as_of that is no day", cycle(as_of="2026-09-31"), "as_of"),
    case("file named otherwise", cycle(cycle="2026-Q2"), "named 2026-Q3.yml but says cycle: 2026-Q2"),
    case("wrong community folder", cycle(community="bigville"), "does not stand in params/bigville/"),
    case("community without settings", remove("params/smallville/community.yml"), "there is no community 'smallville'"),
]  # fmt: skip

NOTEBOOKS = [
    case("no parameters tag", chapter(untagged()), "about.ipynb", "no cell of it is tagged 'parameters'"),
    case("no kernel", chapter(notebook(OPEN), drop="kernelspec"), "about.ipynb", "it names no kernel"),
    case("broken JSON", put("notebooks/about.ipynb", '{"cells": ['), "about.ipynb", "no notebook, or it is damaged"),
    case("JSON that is no notebook", put("notebooks/about.ipynb", "[]"), "no notebook, or it is damaged"),
    case("notebook in Latin-1", put("notebooks/about.ipynb", '{"cells": "\xe1"}', "latin-1"), "no notebook"),
    case("parameter nobody declared", settings(overrides={"about": {"parameters": {"lnag": "en"}}}),
         "declares no 'lnag'", "(but 'lang')"),
    case("parameter of the wrong type", settings(overrides={"about": {"parameters": {"lang": 5}}}),
         "'lang' must be str, but is 5"),
    case("parameter without a type", chapter(notebook(OPEN, parameters=PARAMETERS.replace(": str", ""))),
         "'community' is not annotated with one of str, int, float, bool"),
    case("narrative of an unknown outcome", put("params/smallville/2026-Q3/outcome-reeding.md", "Words."),
         "there is no chapter 'outcome-reeding'", command=BOOK),
    case("narrative with an unknown number", put("params/smallville/2026-Q3/about.md", "{{ about.share }}"),
         "about.md:1", "no chapter published 'about.share'", command=BOOK),
    case("narrative in Latin-1", put("params/smallville/2026-Q3/about.md", "M\xe1laga", "latin-1"), "not UTF-8",
         command=BOOK),
    case("released without an unknown chapter", settings(), "no chapter 'abuot' to leave out", "did you mean 'about'?",
         command=("release", "--without", "abuot", "--engine", "embedded", "--formats", "html")),
    case("narrative with raw HTML", put("params/smallville/2026-Q3/about.md", "<script>x</script>"), "raw HTML",
         command=BOOK),
]  # fmt: skip


@pytest.fixture(scope="session")
def released(run, tmp_path_factory) -> Path:
    """The project before anything in it was broken."""
    folder = tmp_path_factory.mktemp("malformed") / "project"
    file = make(folder)
    assert run(file).ok
    release(file, engine="embedded", formats=["html"])
    return folder


@pytest.fixture
def project(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("SMALLVILLE_URL", "postgresql://reader:hunter2@localhost/town")
    monkeypatch.delenv("SMALLVILLE_NOWHERE", raising=False)
    return copy(released, tmp_path / "project")


def call(project: Project, command: tuple[str, ...]) -> tuple[int, str, str]:
    """The command for the newest cycle in the folder: exit code, what it printed, what it told."""
    newest = max((project.params).glob("*-Q*.yml"), key=lambda path: path.stat().st_mtime_ns)
    result = CliRunner().invoke(main, [command[0], str(newest), *command[1:]], prog_name="alignkit")
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(("broken", "says", "command"), [*TABLES, *FILES, *SOURCES, *PARAMS, *NOTEBOOKS])
def test_one_clear_message_exit_code_two_and_the_release_as_it_was(project, broken, says, command) -> None:
    broken(project)
    before = project.released()
    code, said, told = call(project, command)
    assert (code, said) == (2, ""), told
    assert told.count("alignkit: ") == 1
    assert "Cure: " in told or "→ " in told
    assert [sign for sign in says if sign not in told] == [], told
    assert "Traceback" not in told
    assert not any(secret in told for secret in SECRETS)
    assert len(told) < 3000
    assert project.released() == before


GOOD = [
    case("byte order mark", content("places", lambda old: b"\xef\xbb\xbf" + old)),
    case("Windows line ends", content("places", lambda old: old.replace(b"\n", b"\r\n"))),
    case("table with its header only", content("subgroup_targets", ",".join(schema("subgroup_targets").columns))),
    case("community in YAML with a byte order mark", put("params/smallville/2026-Q3.yml",
         b"\xef\xbb\xbfcommunity: smallville\ncycle: 2026-Q3\n")),
]  # fmt: skip


@pytest.mark.parametrize(("good", "says", "command"), GOOD)
def test_what_only_looks_odd_is_taken(project, run, good, says, command) -> None:
    good(project)
    assert run(project.file).ok


@pytest.mark.parametrize(
    "broken",
    [text("students", "2015-03-04", "Quackenbush"), source(postgres="postgresql://reader:hunter2@localhost/town")],
    ids=["tables", "parameters"],
)
def test_a_scheduler_sees_the_same_exit_code_and_message(project, broken) -> None:
    broken(project)
    command = [sys.executable, "-m", "alignkit.cli", "run", str(project.file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Cure: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not any(secret in done.stderr for secret in SECRETS)
