"""`alignkit check`: everything wrong at once, in every kind of thing it looks at."""

import json
import shutil
from datetime import date

import pytest
from nbformat.v4 import new_output

from alignkit.project import notebooks
from alignkit.project.advice import advice_on
from alignkit.project.check import check
from alignkit.project.new import new_cycle
from alignkit.runs.plan import read_parameters
from alignkit.snapshot import snapshot_of
from tests.mapping_sheets import constants, fill
from tests.project.first_book import VALUES, fill_workbook
from tests.small_project import OPEN, small_project


def wrong(project, *paths):
    """What is wrong, one line each."""
    found = check([project / path for path in paths] or [project], project)
    return [f"{problem.where}: {problem.what}" for problem in found.problems]


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_project_as_it_came_has_nothing_wrong(filled):
    found = check([filled], filled)
    assert found.problems == []
    assert "params/mill-valley/2026-Q4.yml" in found.looked_at
    assert "notebooks/brief.ipynb" in found.looked_at
    assert not any(".base" in place for place in found.looked_at)


def test_a_file_that_is_not_named_like_a_cycle_is_reported(filled):
    cycle = (filled / "params" / "mill-valley" / "2026-Q4.yml").read_text(encoding="utf-8")
    for name in ("2026-H3.yml", "2027-H1.yaml"):
        (filled / "params" / "mill-valley" / name).write_text(cycle, encoding="utf-8")
    what = "the file is not named like a cycle, so nothing reads it"
    assert wrong(filled) == [f"params/mill-valley/{name}: {what}" for name in ("2026-H3.yml", "2027-H1.yaml")]


def test_a_folder_of_tables_may_be_named_like_a_year(filled):
    shutil.move(filled / "data" / "tables", filled / "data" / "2025-26")
    (filled / "data" / "2025-26" / "partners.csv").write_text("partner_id,name\np,\n", encoding="utf-8")
    assert wrong(filled, "data/2025-26") != []


def test_blank_tables_are_advice(blank):
    found = check([blank], blank)
    assert found.problems == []
    assert found.advice[0].startswith("mill-valley 2026-Q4: the first book needs rows in partners, outcomes")


def test_everything_is_told_at_once(filled):
    params = filled / "params" / "mill-valley"
    change(params / "community.yml", "minimum_count: 10", "minimum_cout: 10")
    change(params / "2026-Q4.yml", "previous:", "prevous:")
    (params / "2026-Q4" / "brief.md").write_text("See {{ nonsense }} and <b>this</b>.", encoding="utf-8")
    (filled / "notebooks" / "brief.ipynb").write_text("{", encoding="utf-8")
    told = "\n".join(wrong(filled))
    assert "community.yml: line 40: unknown key 'minimum_cout' (did you mean 'minimum_count'?)" in told
    assert "2026-Q4.yml: line 8: unknown key 'prevous'" in told
    assert "params/mill-valley/2026-Q4/brief.md:1: '{{ nonsense }}' is not a name like leadership.signed_share" in told
    assert "brief.md:1: raw HTML" in told
    assert "brief.ipynb: this is no notebook" in told


def test_tables_are_held_against_the_contract_and_every_failure_is_told(filled):
    change(filled / "data" / "tables" / "partners.csv", "education,inside", "schools,within")
    told = wrong(filled)
    assert len(told) == 1
    assert told[0].startswith("tables: 2 things are wrong")
    assert "sector, partners.csv, row 3" in told[0]


def test_every_chapters_notebook_must_take_the_parameters(filled):
    for name in ("brief", "commitments"):
        change(filled / "notebooks" / f"{name}.ipynb", "lang: str", "language: str")
    told = wrong(filled, "params/mill-valley/2026-Q4.yml")
    assert [line.split(": ")[0] for line in told] == ["notebooks/brief.ipynb", "notebooks/commitments.ipynb"]
    assert all("its parameters cell declares no 'lang'" in line for line in told)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"tags"', '"marks"', "0 cells tagged `parameters`"),
        ("  # folder below params/", "", "has no trailing comment"),
        ("c = open_cycle(", "%time c = open_cycle(", "not plain Python"),
        ('"language": "python",', "", "no kernelspec python3"),
    ],
)
def test_a_notebook_keeps_the_rules(blank, old, new, words):
    path = blank / "notebooks" / "commitments.ipynb"
    change(path, old, new)
    assert words in "\n".join(wrong(blank, "notebooks/commitments.ipynb"))


def test_what_stops_no_run_is_advice(blank):
    path = blank / "notebooks" / "commitments.ipynb"
    notebook = notebooks.read(path)
    notebook.cells[-1].source += "\nfor x in []:\n    print(x)"
    notebook.cells[-1].outputs = [new_output("stream", text="3")]
    path.write_text(notebooks.text(notebook), encoding="utf-8")
    found = check([path], blank)
    assert found.problems == []
    assert any("is more than a call" in line for line in found.advice)
    assert any("results are left in it" in line for line in found.advice)


def test_rows_dated_after_the_cycle_are_said_to_be_unseen(filled):
    change(filled / "data" / "tables" / "partners.csv", "2025-01-15", "2027-01-15")
    advice = check([filled], filled).advice
    assert "mill-valley 2026-Q4: not seen, being dated after 2026-11-25: 1 row of partners (valid_from)" in advice


def test_promises_to_follow_up_are_counted_until_they_are_filled(filled):
    new_cycle(filled)
    advice = check([filled / "params" / "mill-valley" / "2027-Q1"], filled).advice
    assert advice == ["params/mill-valley/2027-Q1/commitments-to-fill.csv: 2 of 2 promises have no status yet"]


def test_words_may_use_the_names_of_the_last_run(tmp_path, run):
    file = small_project(tmp_path, {"one": [OPEN, 'c.say("kept", "3 of 4")'], "two": [OPEN, 'c.say("x", "y")']})
    run(file)
    words = file.with_suffix("")
    words.mkdir()
    (words / "one.md").write_text("Kept: {{ one.kept }}, not {{ one.kpet }}.", encoding="utf-8")
    (words / "tow.md").write_text("Words.", encoding="utf-8")
    folder = "params/smallville/2026-Q3"
    assert wrong(tmp_path, folder) == [
        f"{folder}/one.md:1: no chapter published 'one.kpet' (nearest: one.kept)",
        f"{folder}/tow.md:1: there is no chapter 'tow' (did you mean two.md?)",
    ]
    assert check([words], tmp_path).names[folder] == {"one.kept": "3 of 4", "two.x": "y"}
    assert check([words / "one.md"], tmp_path).names[folder] == {"one.kept": "3 of 4"}


def test_a_folder_of_tables_needs_no_project(filled, tmp_path_factory):
    folder = tmp_path_factory.mktemp("elsewhere") / "tables"
    shutil.copytree(filled / "data" / "tables", folder)
    assert wrong(folder) == []
    (folder / "indicator_values.csv").write_text(f"{VALUES}\nreading,x,y,,all,all,,,,,,,reported,,,z,s\n")
    assert "period_start" in wrong(folder)[0]
    assert wrong(folder, "partners.csv") == []
    assert "period_start" in wrong(folder, "indicator_values.csv")[0]


def test_a_workbook_is_read_by_itself(tmp_path):
    from alignkit.sources.blank_workbook import write_workbook

    write_workbook(tmp_path / "tables.xlsx")
    fill_workbook(tmp_path / "tables.xlsx")
    (told,) = wrong(tmp_path, "tables.xlsx")
    assert "place_id" in told  # the sheet of places is blank


def test_a_mapping_sheet_is_held_against_its_files_and_what_it_makes_against_the_contract(tmp_path):
    (tmp_path / "in.csv").write_text("Pct\n45\n", encoding="utf-8")
    lines = [*constants("f", period_end="2015-06-30"), {"file": "f", "column": "value", "source": "Pct"}]
    files = [{"file": "f", "path": "in.csv", "table": "indicator_values"}]
    fill(tmp_path / "mapping.xlsx", {"files": files, "columns": lines})
    (told,) = wrong(tmp_path, "mapping.xlsx")  # and nothing about indicators and places, which are kept elsewhere
    assert "period_start" in told
    (tmp_path / "in.csv").write_text("Percent\n45\n", encoding="utf-8")
    (told,) = wrong(tmp_path, "mapping.xlsx")
    assert "the column 'Pct' is gone" in told


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("params/mill-valley/2026-Q9.yml", "there is no such parameter file"),
        ("notebooks/breif.ipynb", "there is no such file or folder"),
        ("README.md", "alignkit does not check files like this"),
        ("data", "no table in this folder"),
    ],
)
def test_what_cannot_be_checked_is_said(blank, path, words):
    assert words in "\n".join(wrong(blank, path))


def test_a_cycle_whose_day_is_to_come_says_what_that_does_to_promises(filled):
    project, community, cycle = read_parameters(filled / "params" / "mill-valley" / "2026-Q4.yml")
    snapshot = snapshot_of(community, project)
    before, on = (advice_on(snapshot, community, cycle, day) for day in (date(2026, 11, 24), date(2026, 11, 25)))
    assert [line for line in before if "its day (2026-11-25) is still to come" in line]
    assert not [line for line in on if "still to come" in line]


def test_a_private_folder_that_is_switched_off_is_named(filled):
    (filled / "private" / "students.csv").write_text("student_id\n", encoding="utf-8")
    (filled / "private" / "notes.csv").write_text("what\n", encoding="utf-8")
    (said,) = [line for line in check([filled], filled).advice if "switched off" in line]
    assert said.startswith("private/students.csv is not read, because private: is switched off in community.yml")
    (filled / "private" / "students.csv").unlink()
    assert not [line for line in check([filled], filled).advice if "switched off" in line]


def test_a_label_that_opened_the_door_is_named(blank):
    path = blank / "notebooks" / "commitments.ipynb"
    notebook = notebooks.read(path)
    notebook.cells[-1].source += '\nx = c.publish(frame, id="x", by=["a"], about="outcomes")'
    path.write_text(notebooks.text(notebook), encoding="utf-8")
    (said,) = [line for line in check([path], blank).advice if "about=" in line]
    assert 'about="outcomes" makes nothing public any more' in said
    assert "c.derive" in said


def five_faults(project):
    """A broken parameter file, two tables with wrong rows, one that cannot be read, a broken mapping, a lost file."""
    params, tables = project / "params" / "mill-valley", project / "data" / "tables"
    change(params / "community.yml", "minimum_count: 10", "minimum_cout: 10\nplaces: 3")
    mapping = "tables\n  mapping: ../../data/mapping.xlsx\n  sql: queries"
    change(params / "community.yml", "  folder: ../../data/tables", f"  folder: ../../data/{mapping}")
    change(params / "2026-Q4.yml", "lang: en", "lang: [en")
    change(tables / "partners.csv", "government", "goverment")
    change(tables / "indicators.csv", "percent", "procent")
    (tables / "meetings.csv").write_text("meeting_id;held_on\n1;2\n", encoding="utf-8")
    (tables / "notes.csv").write_text("a\n1\n", encoding="utf-8")
    files = [{"file": "state", "path": "in.csv", "table": "indicator_value"}]
    fill(project / "data" / "mapping.xlsx", {"files": files, "columns": constants("state")})


def test_a_first_fault_hides_no_other(filled):
    five_faults(filled)
    told = "\n".join(wrong(filled))
    faults = ("'minimum_cout'", "'places'", "2026-Q4.yml:", "'goverment'", "'procent'", "separated by semicolons",
              "'notes' is not a table", "'indicator_value' is not one", "queries: there is no such folder")  # fmt: skip
    for fault in faults:
        assert told.count(fault) == 1, fault


def test_what_is_wrong_is_counted_as_it_is_listed(filled):
    five_faults(filled)
    found = check([filled], filled)
    listed = {problem.where.split("/")[-1]: problem.count for problem in found.problems}
    assert listed == {"community.yml": 2, "2026-Q4.yml:13": 1, "tables": 3, "meetings.csv": 1, "notes.csv": 1,
                      "mapping.xlsx, sheet files, row 3": 1, "queries": 1}  # fmt: skip


@pytest.mark.parametrize("words", ["pydantic", "Traceback", "ruamel", "Error"])
def test_no_librarys_own_words_reach_anyone(filled, words):
    five_faults(filled)
    assert not any(words in line for line in wrong(filled))


def test_tables_of_a_community_that_cannot_be_read_are_said_not_to_be_looked_at(filled):
    change(filled / "params" / "mill-valley" / "community.yml", "minimum_count: 10", "minimum_count: [10")
    (line,) = [line for line in check([filled], filled).advice if "not looked at" in line]
    assert line.startswith("params/mill-valley/community.yml: ")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda nb: nb["cells"][2].update(outputs=3), "cell 3 is not as Jupyter writes it"),
        (lambda nb: nb["cells"][1].update(unheard_of=3), "cell 2 is not as Jupyter writes it"),
        (lambda nb: nb.update(cells=3), "this is no notebook"),
    ],
    ids=["value", "key", "cells"],
)
def test_a_broken_notebook_is_told_in_our_words(filled, change, says):
    path = filled / "notebooks" / "brief.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    (line,) = wrong(filled, "notebooks/brief.ipynb")
    assert line.endswith(says)
