"""A shared notebook and one that adds to it become one notebook, and every cell has its place."""

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell

from alignkit.errors import NotebookError
from alignkit.shared.files import ORIGIN, shared_by
from alignkit.shared.whole import whole
from tests.small_project import PARAMETERS, adding, notebook, write_notebook

STEPS = ("a = 1", "b = 2", "c = 3")
"""Cells of the shared notebook, with the ids cell-2, cell-3, cell-4; its title is cell-0."""


@pytest.fixture
def together(tmp_path):
    """`together(own, shared)`: both in a project, put together; without `shared`, a notebook with STEPS."""

    def made(own, shared=None):
        write_notebook(tmp_path, "base", shared or notebook(*STEPS))
        path = write_notebook(tmp_path, "outcomes/own", own)
        return whole(path, shared_by(tmp_path, path))

    return made


def body(made):
    """The text of the cells after the import cell."""
    sources = [cell.source for cell in made.cells]
    return sources[sources.index("from alignkit.shared import run_shared") + 1 :]


def test_without_cells_of_its_own_it_is_the_shared_notebook(together):
    made = together(adding())
    assert body(made) == ["# Small", *STEPS]
    nbformat.validate(made)
    assert [cell.source for cell in made.cells if "parameters" in cell.metadata.tags] == [PARAMETERS]


def test_cells_go_after_the_one_they_name_in_their_own_order(together):
    own = adding(("x = 1", ["after:cell-2"]), ("*words*", ["after:cell-2", "editor"]), ("y = 2", ["after: cell-0"]))
    assert body(together(own)) == ["# Small", "y = 2", "a = 1", "x = 1", "*words*", "b = 2", "c = 3"]


def test_a_cell_replaces_the_one_it_names_wherever_it_goes_itself(together):
    own = adding(
        ("x = 1", ["replace:cell-2"]), ("y = 2", ["replace:cell-3", "after:cell-4"]), ("z", ["replace:cell-2"])
    )
    assert body(together(own)) == ["# Small", "x = 1", "z", "c = 3", "y = 2"]


def test_a_cell_may_follow_one_that_is_replaced(together):
    own = adding(("x = 1", ["after:cell-3"]), ("y = 2", ["replace:cell-3"]))
    assert body(together(own)) == ["# Small", "a = 1", "y = 2", "x = 1", "c = 3"]


def test_a_cell_without_a_place_comes_before_the_closing_part_else_last(together):
    own, shared = adding(("x = 1", [])), notebook(*STEPS)
    assert body(together(own))[-1] == "x = 1"
    shared.cells[3].metadata["tags"] = ["closing"]
    assert body(together(own, shared)) == ["# Small", "a = 1", "x = 1", "b = 2", "c = 3"]


def test_a_title_of_its_own_is_the_only_title(together):
    made = together(adding(title="Ours"))
    assert [cell.source for cell in made.cells if cell.source.startswith("# ")] == ["# Ours"]
    shared = notebook(*STEPS)
    shared.cells.insert(0, new_markdown_cell("# For editors", metadata={"tags": ["editor"]}, id="e"))
    titles = [cell.source for cell in together(adding(title="Ours"), shared).cells if cell.source.startswith("# ")]
    assert titles == ["# Ours", "# For editors"]


def test_the_tags_that_placed_a_cell_are_gone_and_others_stay(together):
    made = together(adding(("x = 1", ["after:cell-2", "editor"])))
    assert [cell.metadata.tags for cell in made.cells if cell.source == "x = 1"] == [["editor"]]


def test_ids_stay_unique(together):
    own = adding(("x = 1", ["after:cell-2"]))
    own.cells[-1]["id"] = "cell-4"
    made = together(own)
    nbformat.validate(made)
    assert len({cell["id"] for cell in made.cells}) == len(made.cells)


def test_each_code_cell_knows_its_notebook_and_its_number_there(together):
    made = together(adding(("x = 1", ["after:cell-2"]), ("", [])))
    origins = {cell.source: cell.metadata.get(ORIGIN) for cell in made.cells}
    assert origins["b = 2"] == {"notebook": "base.ipynb", "cell": 3}
    assert origins["x = 1"] == {"notebook": "own.ipynb", "cell": 4}
    assert origins["# Small"] is None


def test_a_parameter_that_the_shared_notebook_gained_keeps_its_default(together):
    made = together(adding(), notebook(*STEPS, parameters=f"{PARAMETERS}\ntop: int = 3  # how many are shown"))
    assert body(made) == ["top: int = 3  # how many are shown", "# Small", *STEPS]


@pytest.mark.parametrize(
    ("tags", "words"),
    [
        (["after:cel-2"], r"after:cel-2 names no cell of base.ipynb \(did you mean after:cell-2\?\)"),
        (["replace:trend"], "replace:trend names no cell of base.ipynb"),
        (["after:cell-1"], "after:cell-1 names no cell"),  # the parameters
        (["after:cell-2", "after:cell-3"], "a cell has two places: after:cell-2, after:cell-3"),
    ],
)
def test_a_place_that_is_not_there_is_refused_with_those_that_are(together, tags, words):
    with pytest.raises(NotebookError, match=words) as refused:
        together(adding(("x = 1", tags)))
    assert refused.value.cure == "the cells of base.ipynb are cell-0, cell-2, cell-3, cell-4"
    assert refused.value.where.endswith("own.ipynb")


def test_every_wrong_place_is_named_at_once(together):
    with pytest.raises(NotebookError, match=r"after:x names no cell.*; tag replace:y names no cell"):
        together(adding(("a", ["after:x"]), ("b", ["replace:y"])))


def test_what_adds_to_another_notebook_cannot_be_shared(together):
    with pytest.raises(NotebookError, match=r"base\.ipynb cannot be shared"):
        together(adding(), adding(to="other"))


def untagged(own):
    own.cells[3].metadata["tags"] = []


def twice(own):
    own.cells.append(nbformat.from_dict({**own.cells[3], "id": "again"}))


def with_more(own):
    own.cells[3].source += "\nx = 1"


def without_name(own):
    own.cells[3].source = "run_shared(name)"


def without_shared(own):
    del own.cells[3]


def elsewhere(own):
    own.cells[3].source = 'run_shared("bass")'


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (untagged, r"a cell is run_shared\(…\) without the tag `shared`"),
        (twice, "2 cells are tagged `shared`"),
        (with_more, "the cell tagged `shared` names no shared notebook"),
        (without_name, "the cell tagged `shared` names no shared notebook"),
        (without_shared, "a cell is tagged `after:cell-2`, but none `shared`"),
        (elsewhere, "there is no such notebook"),
    ],
)
def test_what_does_not_fit_together_is_refused(together, change, words):
    own = adding(("x = 1", ["after:cell-2"]))
    change(own)
    with pytest.raises(NotebookError, match=words):
        together(own)


def test_a_notebook_in_an_older_format_can_add_too(together):
    old = adding(("x = 1", []))
    old.nbformat_minor = 4
    for cell in old.cells:
        del cell["id"]
    assert body(together(old))[-1] == "x = 1"


def test_a_parameters_cell_that_is_not_python_fails_when_it_runs_not_here(together):
    assert body(together(adding(parameters="lang: str ="))) == [PARAMETERS, "# Small", *STEPS]


def test_a_whole_notebook_adds_to_none_and_a_damaged_one_is_reported_elsewhere(tmp_path):
    assert shared_by(tmp_path, write_notebook(tmp_path, "one", notebook("1"))) is None
    (tmp_path / "bad.ipynb").write_text("{", encoding="utf-8")
    assert shared_by(tmp_path, tmp_path / "bad.ipynb") is None
