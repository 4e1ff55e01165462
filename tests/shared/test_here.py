"""`run_shared` runs the shared notebook's cells in the open one, as `alignkit run` would."""

import traceback
from types import SimpleNamespace

import pytest
from IPython.core import getipython

from alignkit.errors import NotebookError, TableMissingError
from alignkit.shared import run_shared
from tests.small_project import PARAMETERS, adding, notebook, small_project, write_notebook

STEPS = ("a = 1", "b = a + 1", "seen = (b, lang)")


@pytest.fixture
def open_notebook(tmp_path, monkeypatch):
    """`open_notebook(own, **variables)`: what the notebook's kernel knows; its parameters cell has run."""
    small_project(tmp_path, {"base": STEPS})
    monkeypatch.chdir(tmp_path / "notebooks")

    def opened(own=None, **variables):
        write_notebook(tmp_path, "outcomes/math", own or adding())
        space = {"lang": "es", **variables}
        monkeypatch.setattr(getipython, "get_ipython", lambda: SimpleNamespace(user_ns=space))
        return space

    return opened


def test_every_cell_but_the_parameters_runs_with_the_open_notebooks_own(open_notebook, capsys):
    space = open_notebook()
    run_shared("base")
    assert space["seen"] == (2, "es")


def test_a_parameter_that_the_open_notebook_lacks_keeps_its_default(open_notebook, tmp_path):
    space = open_notebook()
    write_notebook(tmp_path, "base", notebook("shown = top", parameters=f"{PARAMETERS}\ntop: int = 3  # how many"))
    run_shared("base")
    assert (space["shown"], space["lang"]) == (3, "es")


@pytest.mark.parametrize("told", ["__session__", "__vsc_ipynb_file__", "outcome"])
def test_a_cell_that_is_replaced_does_not_run_and_its_replacement_does(open_notebook, tmp_path, told):
    own = adding(("a = 5", ["replace:cell-2"]), ("later = 1", ["after:cell-2"]))
    space = open_notebook(own, **{told: "math" if told == "outcome" else f"{tmp_path}/notebooks/outcomes/math.ipynb"})
    run_shared("base")
    assert space["seen"] == (6, "es")
    assert "later" not in space  # it runs where it stands


def test_where_nobody_says_which_notebook_is_open_the_shared_one_runs_as_it_is(open_notebook):
    space = open_notebook(adding(("a = 5", ["replace:cell-2"])), __session__="gone.ipynb")
    run_shared("base")
    assert space["seen"] == (2, "es")


def test_a_tag_that_names_no_cell_is_refused_here_too(open_notebook):
    open_notebook(adding(("a = 5", ["replace:cell-9"])), outcome="math")
    with pytest.raises(NotebookError, match="replace:cell-9 names no cell"):
        run_shared("base")


def test_the_ids_are_listed(open_notebook, capsys):
    from IPython.display import Markdown

    open_notebook()
    with pytest.MonkeyPatch.context() as patch:
        said = []
        patch.setattr("IPython.display.display", said.append)
        run_shared("base")
    assert isinstance(said[0], Markdown)
    assert said[0].data.endswith("take these ids: `cell-0`, `cell-2`, `cell-3`, `cell-4`")


def test_a_failure_keeps_its_kind_and_says_which_cell_it_was(open_notebook, tmp_path):
    open_notebook()
    write_notebook(tmp_path, "base", ["x = 1", "from alignkit.errors import TableMissingError as E\nraise E('grants')"])
    with pytest.raises(TableMissingError) as failed:
        run_shared("base")
    assert failed.value.__notes__ == ["in base.ipynb, cell cell-3"]
    assert "raise E('grants')" in "".join(traceback.format_exception(failed.value))


def test_outside_a_notebook_it_says_where_to_call_it():
    with pytest.raises(NotebookError, match="in a notebook only"):
        run_shared("base")
