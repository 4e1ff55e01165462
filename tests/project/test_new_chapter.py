"""A chapter of one's own: it runs as it is, is in the book's list, and nothing is overwritten."""

import nbformat
import pytest

from alignkit.errors import InputError, ParamsError
from alignkit.params import CommunityParams, load_community
from alignkit.project.new_chapter import new_chapter
from alignkit.testing import run_notebook
from tests.small_project import small_project

SETTINGS = "# Who we are.\nname: Smallville\nplace: smallville\nsource:\n  folder: tables  # ours\n"
DEFAULT = list(CommunityParams.model_fields["chapters"].default)


@pytest.fixture
def project(tmp_path, monkeypatch):
    small_project(tmp_path, {}, {})
    monkeypatch.setenv("ALIGNKIT_PROJECT", str(tmp_path))
    return tmp_path


def settings(project):
    return load_community(project, "smallville")


@pytest.mark.parametrize(
    ("listed", "after"),
    [
        ("chapters: [brief, leadership, methods]\n", ["brief", "leadership", "families", "methods"]),
        ("chapters:\n  - brief  # first\n  - methods\n", ["brief", "families", "methods"]),
        ("chapters: [brief]\n", ["brief", "families"]),
        ("", [*DEFAULT[:-1], "families", "methods"]),
    ],
)
def test_it_is_listed_before_methods_and_remarks_stay(project, listed, after):
    file = project / "params" / "smallville" / "community.yml"
    file.write_text(SETTINGS + listed)
    new_chapter(project, "families")
    assert list(settings(project).chapters) == after
    written = file.read_text()
    assert written.startswith("# Who we are.\n")
    assert "folder: tables  # ours\n" in written
    assert ("# first" in written) is ("# first" in listed)


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
