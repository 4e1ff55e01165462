"""Numbers about persons that a notebook's text passes on without the door are pointed at, cell by cell."""

import pytest

from alignkit.contract.catalog import CONTRACT
from alignkit.project.check import check
from alignkit.project.past_the_door import of_run, public_in, unpublished_findings
from tests.own_tables import PROGRAMS, SURVEY
from tests.small_project import OPEN, notebook, small_project, write_notebook

TABLES = 't = c.tables("students", "outcomes")\nn = len(t.students)\nm = len(t.outcomes)\npairs = 3'
SLIPS = {
    "a sentence": 'c.say("n", f"{n} students")',
    "a number by name": 'c.note_numbers({"n": str(t.students.shape[0])})',
    "a headline's value": 'c.say("n", "Students", value=n)',
    "several sentences": 'c.say("n", [f"{one}" for one in t.students.groupby("race_ethnicity").size()])',
    "a table read on the spot": 'c.say("n", f"{len(c.table(\'clients\'))}")',
    "the cycle before": 'c.say("n", f"{len(c.before(\'clients\'))} before")',
    "a caption": 'charts.bars(signed, id="x", caption=f"Of {n}", alt="a")',
    "a heading": 'tables.show(signed, id="x", caption="c", columns={"a": f"{n}"})',
    "an argument": 'c.derive(share, t.outcomes, n, id="d", by=["a"])',
    "a default": 'c.derive(lambda rows, n=n: rows, t.outcomes, id="d", by=["a"])',
    "a lambda": 'c.derive(lambda rows: rows.assign(n=n), t.outcomes, id="d", by=["a"])',
    "a partial": 'c.derive(partial(share, n), t.outcomes, id="d", by=["a"])',
    "a drawing": 'charts.own(signed, lambda shown, axes: axes.axvline(n), id="x", caption="c", alt="a")',
    "a copy": 'many = n\nc.say("n", f"{many}")',
}
HONEST = {
    "public tables": 'c.say("m", f"{m} outcomes")',
    "what was published": 'seen = c.publish(t.students, id="x", by=["a"])\nc.say("n", f"{len(seen.frame)}")',
    "what was derived": 'seen = c.derive(share, t.outcomes, id="x", by=["a"])\nc.say("n", f"{len(seen.frame)}")',
    "the keys of counts": 'c.derive(share, c.outline("indicator_values"), id="x", by=["a"])',
    "a parameter of that name": 'c.derive(lambda n: n, t.outcomes, id="d", by=["a"])',
    "a name given again": 'n = 3\nc.say("n", f"{n}")',
    "a view for the evaluator": "t.students.head()",
}


def findings(*cells):
    return list(unpublished_findings(notebook(TABLES, *cells), public_in([CONTRACT])))


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found(slip):
    ((where, what, cure),) = findings(SLIPS[slip])
    assert where == "cell 4"
    assert "worked out from a table about persons" in what
    assert "c.publish" in cure


@pytest.mark.parametrize("honest", HONEST)
def test_honest_work_is_not(honest):
    assert findings(HONEST[honest]) == []


def test_a_function_that_uses_persons_rows_is_followed():
    made = "def made(rows):\n    counted = rows.assign(n=n)\n    return counted"
    assert [where for where, _, _ in findings(made, 'c.derive(made, t.outcomes, id="d", by=["a"])')] == ["cell 5"]
    assert findings("def made(n):\n    return n", 'c.derive(made, t.outcomes, id="d", by=["a"])') == []


def test_check_knows_which_own_tables_are_public(tmp_path):
    own = {"park_programs": "program_id,park\nchess,West\n"}
    small_project(tmp_path, {"one": [OPEN, 'c.say("n", f"{len(c.table(\'park_programs\'))} programs")']}, own,
                  own=[PROGRAMS, SURVEY])  # fmt: skip
    assert not [one for one in check([tmp_path], tmp_path).advice if "about persons" in one]
    write_notebook(tmp_path, "one", [OPEN, 'c.say("n", f"{len(c.table(\'family_survey\'))} families")'])
    (advice,) = [one for one in check([tmp_path], tmp_path).advice if "about persons" in one]
    assert advice.startswith(
        "notebooks/one.ipynb, cell 4: `c.say` gets `f\"{len(c.table('family_survey'))} families\"`"
    )


def test_a_run_lists_them_by_chapter(tmp_path):
    write_notebook(tmp_path, "one", [TABLES, SLIPS["a sentence"]])
    told = of_run(tmp_path, ["one"], CONTRACT)
    assert told[1] == "  one: `c.say` gets `f'{n} students'`, worked out from a table about persons"
    assert of_run(tmp_path, [], CONTRACT) == []
