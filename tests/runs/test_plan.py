"""Everything wrong with a cycle's parameters is found before anything runs."""

from datetime import date
from pathlib import Path

import pytest

from alignkit.disclosure.ledger import Entry, append
from alignkit.errors import NotebookError, ParamsError
from alignkit.folders import ledger
from alignkit.last_book import keep
from alignkit.runs.plan import Plan, check_parameters, plan, read_parameters
from alignkit.shared.files import find_notebook
from alignkit.snapshot import snapshot_of
from tests.factory import frame
from tests.small_project import PARAMETERS, notebook, small_project, write_notebook

GIVEN = {"community": "smallville", "cycle": "2026-Q3", "as_of": "2026-09-30", "previous": "", "lang": "en"}
OUTCOMES = frame(
    "outcomes", {"outcome_id": "reading", "order": 2}, {"outcome_id": "math", "order": 1},
    {"outcome_id": "music", "status": "candidate"}, {"outcome_id": "college", "valid_from": "2026-12-01"},
)  # fmt: skip


def planned(file: Path) -> Plan:
    project, community, cycle = read_parameters(file)
    return plan(project, community, cycle, snapshot_of(community, project))


def check(folder: Path, parameters: str, **more: object) -> None:
    check_parameters(write_notebook(folder, "one", notebook(parameters=parameters)), {**GIVEN, **more})


def test_a_name_that_the_notebook_does_not_declare_is_refused_with_the_nearest(tmp_path):
    with pytest.raises(NotebookError, match=r"declares no 'previous' \(but 'previuos'\)"):
        check(tmp_path, PARAMETERS.replace("previous", "previuos"))
    with pytest.raises(NotebookError, match=r"one\.ipynb.*declares no 'outcome'"):
        check(tmp_path, PARAMETERS, outcome="reading")


def test_every_parameter_is_annotated_with_a_plain_type(tmp_path):
    for wrong in ('lang = "en"', 'lang: Path = "en"'):
        with pytest.raises(NotebookError, match="'lang' is not annotated with one of str, int, float, bool"):
            check(tmp_path, PARAMETERS.replace('lang: str = "en"', wrong))


@pytest.mark.parametrize(
    ("annotation", "value", "fits"),
    [("int", 3, True), ("int", 3.5, False), ("int", True, False), ("int", "3", False), ("float", 3, True),
     ("bool", True, True), ("bool", 1, False), ("str", "3", True), ("str", 3, False)],
)  # fmt: skip
def test_a_value_must_be_of_its_type(tmp_path, annotation, value, fits):
    parameters = f"{PARAMETERS}\ntop: {annotation} = None  # how many are shown"
    if fits:
        check(tmp_path, parameters, top=value)
    else:
        with pytest.raises(ParamsError, match=f"'top' must be {annotation}, but is {value!r}"):
            check(tmp_path, parameters, top=value)


def test_a_notebook_without_a_kernel_is_refused(tmp_path):
    nameless = notebook()
    del nameless.metadata["kernelspec"]
    with pytest.raises(NotebookError, match="names no kernel"):
        check_parameters(write_notebook(tmp_path, "one", nameless), GIVEN)


def test_a_notebook_that_is_not_there_is_named_with_those_that_are(tmp_path):
    small_project(tmp_path, {"two": []})
    with pytest.raises(NotebookError, match=r"no such notebook[^$]*notebooks here: two\.ipynb"):
        find_notebook(tmp_path, "never-written.ipynb")


def test_one_chapter_for_each_outcome_in_force_in_the_communitys_order(tmp_path):
    outcome = notebook(parameters=f'{PARAMETERS}\noutcome: str = "math"  # outcome_id')
    own = {"outcome": outcome, "outcomes/reading": outcome, "brief": []}
    file = small_project(tmp_path, own, {"outcomes": OUTCOMES}, chapters=["brief", "outcome"])
    chapters = planned(file).chapters
    assert [(chapter.id, chapter.stage) for chapter in chapters] == [
        ("brief", 2), ("outcome-math", 1), ("outcome-reading", 1)]  # fmt: skip
    assert [chapter.notebook.parent.name for chapter in chapters] == ["notebooks", "notebooks", "outcomes"]
    assert chapters[1].parameters == {**GIVEN, "outcome": "math"}


def test_a_chapter_may_have_another_notebook_and_further_parameters(tmp_path):
    more = notebook(parameters=f"{PARAMETERS}\ntop: int = 3  # how many are shown")
    override = {"one": {"notebook": "special.ipynb", "parameters": {"top": 5}}}
    file = small_project(tmp_path, {"one": [], "special": more}, chapters=["one"], overrides=override)
    (chapter,) = planned(file).chapters
    assert (chapter.id, chapter.notebook.name, chapter.parameters["top"]) == ("one", "special.ipynb", 5)


def test_an_override_for_no_chapter_is_refused(tmp_path):
    file = small_project(tmp_path, {"one": []}, overrides={"won": {"parameters": {}}})
    with pytest.raises(ParamsError, match=r"not in the book: won"):
        planned(file)


def test_only_names_chapters_that_there_are(tmp_path):
    whole = planned(small_project(tmp_path, {"one": [], "two": [], "three": []}))
    assert [chapter.id for chapter in whole.only(["three", "one"])] == ["one", "three"]
    assert whole.only([]) == whole.chapters
    with pytest.raises(ParamsError, match="did you mean 'three'"):
        whole.only(["tree"])


def test_a_cycle_stands_in_its_communitys_folder_and_speaks_its_language(tmp_path):
    file = small_project(tmp_path, {"one": []}, cycles=[{"cycle": "2026-Q3", "lang": "es"}])
    with pytest.raises(ParamsError, match="lang: es is not among the community's languages"):
        read_parameters(file)
    moved = file.parent.parent / "elsewhere" / file.name
    moved.parent.mkdir()
    file.rename(moved)
    with pytest.raises(ParamsError, match="does not stand in params/smallville/"):
        read_parameters(moved)


@pytest.mark.parametrize("previous", ["", "2025-Q4"])
def test_a_cycle_follows_the_last_book_that_was_released(tmp_path, previous):
    cycles = [{"cycle": "2025-Q4"}, {"cycle": "2026-Q3", "previous": previous}]
    file = small_project(tmp_path, {"one": []}, cycles=cycles)
    for label in ("2025-Q4", "2026-Q2", "2026-Q4"):
        append(ledger(tmp_path, "smallville"), Entry(label, "x", ()))
    with pytest.raises(ParamsError, match="2026-Q2 has been released since"):
        planned(file)


def test_a_cycle_knows_no_less_than_the_last_book(tmp_path):
    cycles = [{"cycle": "2026-Q2"}, {"cycle": "2026-Q3", "previous": "2026-Q2", "as_of": "2026-07-10"}]
    file = small_project(tmp_path, {"one": []}, cycles=cycles)
    project, community, cycle = read_parameters(file)
    snapshot = snapshot_of(community, project)
    keep(snapshot, "2026-Q2", date(2026, 7, 10))
    assert plan(project, community, cycle, snapshot)
    keep(snapshot, "2026-Q2", date(2026, 7, 15))
    with pytest.raises(ParamsError, match="before that of the last book"):
        plan(project, community, cycle, snapshot)
