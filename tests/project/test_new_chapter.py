"""A chapter of one's own: it runs as it is, stands in the book's list, and nothing is overwritten."""

import nbformat
import pytest

from alignkit.errors import InputError, ParamsError
from alignkit.params import load_community
from alignkit.project.new_chapter import new_chapter
from alignkit.testing import run_notebook
from tests.small_project import small_project

SETTINGS = "# Who we are.\nname: Smallville\nplace: smallville\nsource:\n  folder: ../../tables  # ours\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    small_project(tmp_path, {}, {})
    monkeypatch.setenv("ALIGNKIT_PROJECT", str(tmp_path))
    return tmp_path


def settings(project):
    return load_community(project, "smallville")


def test_it_is_listed_before_methods_and_remarks_stay(project):
    file = project / "params" / "smallville" / "community.yml"
    before = settings(project).chapters
    file.write_text("# A remark that stays.\n" + file.read_text())
    new_chapter(project, "families")
    after = settings(project).chapters
    assert [one for one in after if one != "families"] == list(before)
    assert "methods" not in after or after.index("families") == after.index("methods") - 1
    assert file.read_text().startswith("# A remark that stays.")


def test_what_is_there_is_kept(project):
    new_chapter(project, "families")
    own = project / "notebooks" / "families.ipynb"
    own.write_text("mine")
    done = new_chapter(project, "families")
    assert own.read_text() == "mine"
    assert not done.new
    assert settings(project).chapters.count("families") == 1


@pytest.mark.parametrize("name", ["outcome", "brief", "outcome-reading", "Families", "../evil", "a b", ""])
def test_names_that_cannot_be(project, name):
    with pytest.raises(ParamsError):
        new_chapter(project, name)
    assert not (project / "tests").exists()


def test_its_notebook_speaks_to_the_editor(project):
    new_chapter(project, "our-families")
    notebook = nbformat.read(project / "notebooks" / "our-families.ipynb", as_version=4)
    assert "<<" not in nbformat.writes(notebook)
    told = [
        cell for cell in notebook.cells if cell.cell_type == "markdown" and "editor" in cell.metadata.get("tags", ())
    ]
    assert len(told) >= 6
    assert (project / "tests" / "test_our_families.py").is_file()


def test_it_runs_as_it_is(project):
    new_chapter(project, "families")
    chapter = run_notebook(project / "notebooks" / "families.ipynb")
    assert "sector" in chapter.headline("answer").text
    assert chapter.exhibit("sectors").type == "chart"
    assert chapter.exhibit("sectors-table").rows
    with pytest.raises(InputError, match=r"has the id 'sector'\n.*ids there are: sectors, sectors-table"):
        chapter.exhibit("sector")
