"""`alignkit update`: the installed version comes in, the evaluator's changes stay."""

import shutil

import pytest
from nbformat.v4 import new_code_cell

from alignkit.project import notebooks, packaged
from alignkit.project.check import check
from alignkit.project.new import new_outcome
from alignkit.project.packaged import packaged as packaged_folder
from alignkit.project.update import update


@pytest.fixture
def newer(tmp_path_factory, monkeypatch):
    """A folder of notebooks that counts as those of the installed alignkit from now on."""
    folder = tmp_path_factory.mktemp("newer") / "notebooks"
    shutil.copytree(packaged_folder("notebooks"), folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    monkeypatch.setattr(packaged, "packaged", lambda name: folder)
    return folder


def edit(path, old, new):
    notebook = notebooks.read(path)
    cell = next(cell for cell in notebook.cells if old in cell.source)
    cell.source = cell.source.replace(old, new)
    path.write_text(notebooks.text(notebook), encoding="utf-8")


def told(changes):
    return {change.name: change.what for change in changes}


def everything(project):
    return {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}


def mine(project, name="commitments.ipynb"):
    return project / "notebooks" / name


def test_a_new_project_is_up_to_date(blank, newer):
    assert update(blank) == ()


def test_a_notebook_that_nobody_touched_becomes_the_new_one(blank, newer):
    edit(newer / "commitments.ipynb", 'id="kept"', 'id="kept-now"')
    assert told(update(blank)) == {"commitments.ipynb": "updated"}
    assert 'id=\\"kept-now\\"' in mine(blank).read_text(encoding="utf-8")
    assert notebooks.defaults(notebooks.read(mine(blank)))["community"] == "mill-valley"
    assert update(blank) == ()


def test_changes_of_both_are_kept_and_what_was_replaced_too(blank, newer):
    edit(mine(blank), "# Commitments", "# Our commitments")
    before = mine(blank).read_bytes()
    edit(newer / "commitments.ipynb", 'id="kept"', 'id="kept-now"')
    assert told(update(blank)) == {"commitments.ipynb": "merged"}
    text = mine(blank).read_text(encoding="utf-8")
    assert "# Our commitments" in text
    assert 'id=\\"kept-now\\"' in text
    kept = list((blank / "notebooks" / ".base" / "before").glob("commitments-*.ipynb"))
    assert [path.read_bytes() for path in kept] == [before]
    assert update(blank) == ()


def test_looking_only_writes_nothing(blank, newer):
    edit(mine(blank), "# Commitments", "# Our commitments")
    edit(newer / "commitments.ipynb", "# Commitments", "# Promises")
    edit(newer / "brief.ipynb", "# Page one", "# First page")
    shutil.copy(newer / "brief.ipynb", newer / "another.ipynb")
    before = everything(blank)
    what = {"another.ipynb": "added", "brief.ipynb": "updated", "commitments.ipynb": "choose"}
    assert told(update(blank, dry=True)) == what
    assert everything(blank) == before
    assert told(update(blank)) == what


def test_a_default_that_the_evaluator_set_is_not_in_the_way(blank, newer):
    edit(mine(blank), 'cycle: str = "2026-Q4"', 'cycle: str = "2027-Q1"')
    edit(newer / "commitments.ipynb", "# the cycle reported on", "# the cycle of this book")
    assert told(update(blank)) == {"commitments.ipynb": "merged"}
    assert (
        'cycle: str = "2027-Q1"  # the cycle of this book'
        in notebooks.parameters_cell(notebooks.read(mine(blank))).source
    )


def test_where_both_changed_a_line_the_notebook_stays_until_a_person_has_chosen(blank, newer):
    edit(mine(blank), "# Commitments", "# Our commitments")
    edit(newer / "commitments.ipynb", "# Commitments", "# Promises")
    before = mine(blank).read_bytes()
    (change,) = update(blank)
    assert (change.what, change.choices, change.needs_you) == ("choose", 1, True)
    assert "Open commitments.update.ipynb, choose, save" in str(change)
    assert mine(blank).read_bytes() == before
    assert told(update(blank)) == {"commitments.ipynb": "waiting"}
    found = check([blank], blank)
    assert found.problems == []
    assert any("commitments.update.ipynb: choose, save" in line for line in found.advice)


def choose(project, keep):
    """What a person does in JupyterLab: delete the explanation and one version, give the other its kind."""
    path = mine(project, "commitments.update.ipynb")
    made = notebooks.read(path)
    at = next(n for n, cell in enumerate(made.cells) if "Please choose" in cell.source)
    made.cells[at : at + 3] = [made.cells[at + 1 + keep]]
    made.cells[at].cell_type = "markdown"
    path.write_text(notebooks.text(made), encoding="utf-8")


@pytest.mark.parametrize(("keep", "title"), [(0, "# Our commitments"), (1, "# Promises")])
def test_choices_that_are_made_come_into_place(blank, newer, keep, title):
    edit(mine(blank), "# Commitments", "# Our commitments")
    edit(newer / "commitments.ipynb", "# Commitments", "# Promises")
    before = mine(blank).read_bytes()
    update(blank)
    choose(blank, keep)
    assert told(update(blank)) == {"commitments.ipynb": "settled"}
    assert notebooks.read(mine(blank)).cells[0].source.startswith(title)
    assert "alignkit" not in notebooks.read(mine(blank)).metadata
    assert not mine(blank, "commitments.update.ipynb").exists()
    assert before in [path.read_bytes() for path in (blank / "notebooks" / ".base" / "before").iterdir()]
    assert update(blank) == ()


def test_work_that_went_on_meanwhile_is_not_lost(blank, newer):
    edit(mine(blank), "# Commitments", "# Our commitments")
    edit(newer / "commitments.ipynb", "# Commitments", "# Promises")
    update(blank)
    choose(blank, 1)
    edit(mine(blank), "# Our commitments", "# All our commitments")
    assert told(update(blank)) == {"commitments.ipynb": "changed_since"}
    assert "# All our commitments" in mine(blank).read_text(encoding="utf-8")


def test_what_the_evaluator_deleted_stays_deleted_and_what_she_made_stays(blank, newer):
    mine(blank).unlink()
    shutil.copy(mine(blank, "brief.ipynb"), mine(blank, "own.ipynb"))
    (blank / "notebooks" / ".base" / "brief.ipynb").unlink()
    edit(mine(blank, "brief.ipynb"), "# Page one", "# Ours")
    before = everything(blank)
    assert told(update(blank)) == {"brief.ipynb": "yours", "commitments.ipynb": "deleted"}
    assert everything(blank) == before


def test_a_notebook_that_alignkit_gave_up_stays(blank, newer):
    (newer / "commitments.ipynb").unlink()
    assert told(update(blank)) == {"commitments.ipynb": "gone"}
    assert mine(blank).is_file()


def whole_copy(project, outcome="graduation"):
    """An outcome's own notebook as `alignkit new outcome` made it once: a copy of the shared one, with its base."""
    own = mine(project, f"outcomes/{outcome}.ipynb")
    copy = notebooks.with_defaults(notebooks.read(mine(project, "outcome.ipynb")), {"outcome": outcome})
    own.parent.mkdir()
    own.write_text(notebooks.text(copy), encoding="utf-8")
    notebooks.note_base(project, f"outcomes/{outcome}.ipynb", notebooks.text(copy))
    return own


def test_an_outcomes_notebook_that_is_a_whole_copy_follows_the_shared_one(filled, newer):
    own = whole_copy(filled)
    edit(own, "# Outcome", "# Graduation")
    edit(newer / "outcome.ipynb", "Is it turning, for which groups", "Which way, for each group")
    assert told(update(filled)) == {"outcome.ipynb": "updated", "outcomes/graduation.ipynb": "merged"}
    text = own.read_text(encoding="utf-8")
    assert "# Graduation" in text
    assert "Which way, for each group" in text
    assert notebooks.defaults(notebooks.read(own))["outcome"] == "graduation"
    assert update(filled) == ()


OLD = "from alignkit.measures import leadership as measures\nx = measures.load(a, b, c.words)"
NEW = "from alignkit.chapters.leadership import measures\nx = measures.load(a, b)"


def with_cell(path, source):
    notebook = notebooks.read(path)
    notebook.cells.append(new_code_cell(source, id="own"))
    path.write_text(notebooks.text(notebook), encoding="utf-8")


def test_imports_of_what_has_moved_are_rewritten_in_notebooks_of_ones_own(blank):
    own = mine(blank, "families.ipynb")
    shutil.copy(mine(blank), own)
    with_cell(own, OLD)
    assert "run alignkit update" in "\n".join(problem.cure for problem in check([own], blank).problems)
    assert told(update(blank)) == {"families.ipynb": "imports"}
    assert notebooks.read(own).cells[-1].source == NEW
    assert update(blank) == ()


def test_imports_of_what_has_moved_are_rewritten_in_added_cells(blank, newer):
    with_cell(mine(blank), OLD)
    edit(newer / "commitments.ipynb", 'id="kept"', 'id="kept-now"')
    assert told(update(blank)) == {"commitments.ipynb": "merged"}
    assert notebooks.read(mine(blank)).cells[-1].source == NEW


SENTENCE = 'c.say("gap_sentence", widest'


def write(project, name, text, cycle="2026-Q4"):
    path = project / "params" / "mill-valley" / cycle / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_words_that_quote_a_name_whose_meaning_changes_are_listed_once(filled, newer):
    new_outcome(filled, "graduation")
    for path in (mine(filled, "outcome.ipynb"), notebooks.base(filled, "outcome.ipynb")):
        edit(path, SENTENCE, 'c.say("gap", widest')  # as alignkit had it before
    write(filled, "outcome-reading", "Fine.\n\nAs last year: {{ outcome-reading.gap }} {{outcome-reading.value}}")
    write(filled, "outcome-graduation", "{{ outcome-graduation.gap }}")  # its own notebook says it already
    place = "params/mill-valley/2026-Q4/outcome-reading.md:3"
    (change,) = update(filled, dry=True)
    assert change.words == (
        f"{place}: {{{{ outcome-reading.gap }}}} is a plain number from now on; for the sentence it stood for, write "
        "{{ outcome-reading.gap_sentence }}",
    )
    assert update(filled) == (change,)
    assert update(filled) == ()


def test_words_are_not_mentioned_where_no_name_changes_its_meaning(blank, newer):
    write(blank, "outcome-reading", "{{ outcome-reading.gap }}")
    edit(newer / "outcome.ipynb", "# Outcome", "# The outcome")
    assert [change.words for change in update(blank)] == [()]


@pytest.mark.parametrize("was_a_copy", [True, False])
def test_a_notebook_that_holds_only_what_it_adds_is_never_touched(filled, newer, was_a_copy):
    own = whole_copy(filled) if was_a_copy else mine(filled, "outcomes/graduation.ipynb")
    own.unlink(missing_ok=True)
    new_outcome(filled, "graduation")
    before = own.read_bytes()
    edit(newer / "outcome.ipynb", "Is it turning, for which groups", "Which way, for each group")
    assert told(update(filled)) == {"outcome.ipynb": "updated"}
    assert own.read_bytes() == before


def test_new_ids_of_cells_come_although_the_text_stays(blank, newer):
    made = notebooks.read(newer / "outcome.ipynb")
    made.cells[-1]["id"] = "how-it-is-done"
    (newer / "outcome.ipynb").write_text(notebooks.text(made), encoding="utf-8")
    assert told(update(blank)) == {"outcome.ipynb": "updated"}
    assert notebooks.read(mine(blank, "outcome.ipynb")).cells[-1]["id"] == "how-it-is-done"
    assert update(blank) == ()
