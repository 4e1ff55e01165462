"""`alignkit new outcome` and `alignkit new cycle`."""

import csv
from datetime import date

import pytest

from alignkit.contract.schema import schema
from alignkit.errors import ContractError, ParamsError
from alignkit.params import load_cycle
from alignkit.project import notebooks
from alignkit.project.check import check
from alignkit.project.new import CARRIED, TO_FILL, new_cycle, new_outcome, next_steps
from alignkit.runs.plan import plan, read_parameters
from alignkit.shared.whole import whole
from alignkit.snapshot import snapshot_of


def outcome_file(project, outcome="graduation"):
    return project / "notebooks" / "outcomes" / f"{outcome}.ipynb"


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_an_outcomes_own_notebook_is_taken_for_that_outcome(filled):
    done = new_outcome(filled, "graduation")
    assert done.new == [outcome_file(filled)]
    parameters = notebooks.defaults(notebooks.read(outcome_file(filled)))
    assert (parameters["outcome"], parameters["community"]) == ("graduation", "mill-valley")
    project, community, cycle = read_parameters(filled / "params" / "mill-valley" / "2026-Q4.yml")
    planned = {c.id: c.notebook for c in plan(project, community, cycle, snapshot_of(community, project)).chapters}
    assert planned["outcome-graduation"] == outcome_file(filled)
    assert planned["outcome-third-grade-reading"].name == "outcome.ipynb"


def test_it_holds_only_what_is_added_and_has_the_parameters_of_the_projects_shared_notebook(filled):
    shared = filled / "notebooks" / "outcome.ipynb"
    mine = notebooks.read(shared)
    notebooks.parameters_cell(mine).source += "\nwidest: bool = True  # whether the widest gap is said"
    shared.write_text(notebooks.text(mine), encoding="utf-8")
    new_outcome(filled, "graduation")
    made = notebooks.read(outcome_file(filled))
    assert "widest: bool = True" in notebooks.parameters_cell(made).source
    code = [cell.source for cell in made.cells if cell.cell_type == "code"]
    assert code[1:] == ["from alignkit.shared import run_shared", 'run_shared("outcome")']
    assert [cell.metadata.tags for cell in made.cells if cell.cell_type == "markdown"] == [["editor"], ["editor"]]


def test_until_something_is_added_its_page_is_that_of_the_shared_notebook(filled):
    new_outcome(filled, "graduation")
    shared = filled / "notebooks" / "outcome.ipynb"
    assert check([outcome_file(filled)], filled).problems == []
    ids = [cell["id"] for cell in whole(outcome_file(filled), shared).cells]
    added = {"about", "own-parameters", "own-open", "yours"}
    there = [cell["id"] for cell in notebooks.read(shared).cells if "parameters" not in cell.metadata.get("tags", ())]
    assert [id_ for id_ in ids if id_ not in added] == there


def test_one_that_is_there_stays(filled):
    new_outcome(filled, "graduation")
    outcome_file(filled).write_text("mine", encoding="utf-8")
    assert new_outcome(filled, "graduation").kept == [outcome_file(filled)]
    assert outcome_file(filled).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("gradation", "did you mean 'graduation'"),
        (
            "clean-rivers",
            "outcomes there are: graduation, third-grade-reading; or, if it is a new one, first add a row",
        ),
        ("Clean Rivers", "cannot be an outcome's id"),
    ],
)
def test_an_unknown_outcome_is_refused_with_what_to_do(filled, outcome, words):
    with pytest.raises(ParamsError) as refused:
        new_outcome(filled, outcome)
    assert words in str(refused.value)
    assert not (filled / "notebooks" / "outcomes").exists()


def test_what_the_book_still_needs_of_it_is_said(filled):
    for table, cut in (("indicators", "on-time"), ("indicator_values", "on-time")):
        path = filled / "data" / "tables" / f"{table}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join(line for line in lines if not line.startswith(cut)), encoding="utf-8")
    path = filled / "data" / "tables" / "outcomes.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("in_force,2", "candidate,2"), encoding="utf-8")
    notes = " ".join(new_outcome(filled, "graduation").notes)
    assert "its status is candidate" in notes
    assert "no core indicator yet; add one to indicators: indicator_id, outcome_id, name" in notes


def test_tables_that_cannot_be_read_do_not_stop_it(filled):
    (filled / "data" / "tables" / "outcomes.csv").write_bytes(b"\xff\xfe")
    assert "the tables cannot be read" in new_outcome(filled, "anything").notes[0]
    assert outcome_file(filled, "anything").is_file()


def test_the_next_cycle_follows_the_newest(filled):
    made = new_cycle(filled)
    assert made.file.name == "2027-Q1.yml"
    cycle = load_cycle(made.file)
    assert (cycle.as_of.isoformat(), cycle.previous) == ("2027-03-31", "2026-Q4")
    words = {path.stem for path in made.file.with_suffix("").glob("*.md")}
    assert {"brief", "outcome-graduation", "outcome-third-grade-reading"} <= words
    assert "outcome" not in words
    assert new_cycle(filled).file.name == "2027-Q2.yml"


@pytest.mark.parametrize(
    ("label", "day"),
    [("2027-H1", "2027-01-15"), ("2027-Spring", "2027-01-15"), ("2026-27", "2027-01-15"), ("2027", "2027-01-15"),
     ("2027-Q3", "2027-09-30"), ("2026-H2", "2026-12-31"), ("2026", "2026-12-31")],
)  # fmt: skip
def test_a_cycle_of_any_kind_may_follow_a_quarter(filled, label, day):
    made = new_cycle(filled, today=date(2027, 1, 15), label=label)
    _, _, cycle = read_parameters(made.file)
    assert (cycle.cycle, cycle.previous, cycle.as_of.isoformat(), cycle.dated) == (label, "2026-Q4", day, True)
    assert (made.file.with_suffix("") / "brief.md").is_file()


def test_the_next_one_is_of_the_newest_ones_kind(filled):
    new_cycle(filled, label="2027-Spring")
    assert new_cycle(filled).file.stem == "2027-Fall"
    new_cycle(filled, label="2028-Summer")
    assert [new_cycle(filled).file.stem for _ in range(3)] == ["2028-Fall", "2029-Spring", "2029-Summer"]


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("2026-Q4", "the cycle 2026-Q4 is there already"),
        ("2026-H1", "the cycle 2026-H1 lies before the newest one, 2026-Q4"),
        ("2026-H3", "'2026-H3' is not a cycle"),
    ],
)
def test_a_cycle_that_cannot_come_next_is_refused(filled, label, says):
    before = sorted(filled.rglob("*"))
    with pytest.raises(ParamsError, match=says):
        new_cycle(filled, label=label)
    assert sorted(filled.rglob("*")) == before


def test_promises_that_nobody_settled_are_carried_forward(filled):
    before = (filled / "data" / "tables" / "commitments.csv").read_bytes()
    made = new_cycle(filled)
    rows = rows_of(made.carried)
    assert tuple(rows[0]) == schema("commitments").columns
    assert [(row["commitment_id"], row["due_now"]) for row in rows] == [("c1", "2026-11-30"), ("c2", "2027-01-31")]
    assert {row[column] for row in rows for column in TO_FILL} == {""}
    assert rows[1]["what"] == "Send reading results each term"
    assert (filled / "data" / "tables" / "commitments.csv").read_bytes() == before


def test_a_filled_sheet_appended_to_the_table_keeps_the_contract(filled):
    made = new_cycle(filled)
    table = filled / "data" / "tables" / "commitments.csv"
    rows = rows_of(made.carried)
    with table.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writerows({**row, "status": "kept", "recorded_on": "2027-02-01"} for row in rows)
    _, community, _ = read_parameters(made.file)
    assert snapshot_of(community, filled).tables["commitments"].rows == 5
    assert new_cycle(filled).carried is None


def test_what_an_evaluator_does_next_is_said(filled):
    steps = next_steps(new_cycle(filled))
    assert steps[0].startswith("2 promise(s) are open or late: ask what became of them")
    assert f"2027-Q1/{CARRIED}" in steps[0]
    assert steps[-1] == "alignkit book params/mill-valley/2027-Q1.yml"


def test_what_is_due_in_the_new_cycle_is_listed(filled):
    path = filled / "data" / "tables" / "indicator_values.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if "2026-06-30" not in line), encoding="utf-8")
    made = new_cycle(filled)
    assert {late.id for late in made.late} == {"reading", "on-time"}
    assert "Read on grade level: the newest value is for" in " ".join(next_steps(made))


def test_wrong_tables_stop_it_before_anything_is_written(filled):
    (filled / "data" / "tables" / "partners.csv").write_text("partner_id,name\np,\n", encoding="utf-8")
    with pytest.raises(ContractError):
        new_cycle(filled)
    assert not (filled / "params" / "mill-valley" / "2027-Q1.yml").exists()


def test_several_communities_want_a_name(filled):
    (filled / "params" / "oak").mkdir()
    (filled / "params" / "oak" / "community.yml").touch()
    with pytest.raises(ParamsError, match="name one: mill-valley, oak"):
        new_cycle(filled)
    with pytest.raises(ParamsError, match="did you mean 'mill-valley'"):
        new_cycle(filled, "mill-vally")
    assert new_cycle(filled, "mill-valley").file.is_file()
