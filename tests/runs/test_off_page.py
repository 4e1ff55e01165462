"""What a notebook displays and its page leaves out is reported, cell by cell, in words; what was asked for is not."""

import json

import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell

from alignkit.cli import main
from alignkit.project.check import check
from alignkit.project.status import lines, status
from alignkit.runs import off_page
from alignkit.runs.off_page import FIX, FIX_WARNING, OffPage, grouped, report
from tests.small_project import OPEN, notebook, small_project, write_notebook

FRAME = "import pandas as pd\nimport seaborn as sns\nframe = pd.DataFrame({'year': [1, 2], 'rate': [3, 4]})"
BUNDLE = "from IPython.display import HTML, Latex, Markdown, display\ndisplay({'%s': {}, 'text/plain': 'x'}, raw=True)"
SHOWN = {
    "frame.head()": ("a table",),
    "frame['rate']": ("a value",),
    "sns.lineplot(frame, x='year', y='rate')": ("a figure",),
    "sns.lineplot(frame, x='year', y='rate');": ("a figure",),
    "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()": ("a figure",),
    "print('two')\nprint(2)": ("printed text",),
    "import warnings\nwarnings.warn('look')": ("a warning on stderr",),
    "print(1)\nframe": ("printed text", "a table"),
    BUNDLE % "application/vnd.plotly.v1+json": ("an interactive figure",),
    BUNDLE % "application/vnd.vegalite.v5+json": ("an interactive figure",),
    BUNDLE % "application/vnd.jupyter.widget-view+json": ("a widget",),
    "HTML('<b>bold</b>')": ("an HTML display",),
    "Markdown('**bold**')": ("formatted text",),
    "Latex('$p$')": ("a formula",),
}
NOT_REPORTED = ["c.say('x', 'Said.')", "frame.head();", "", "rows = frame", "c.table('partners');"]
FIRST = 4
"""The number of the first of these cells: after the parameters, OPEN and FRAME."""


@pytest.fixture(scope="module")
def walked(tmp_path_factory, run):
    """A run of a chapter that shows one thing of each kind, and again in cells tagged `editor`."""
    made = notebook(OPEN, FRAME, *SHOWN, *NOT_REPORTED)
    made.cells += [new_code_cell(source, metadata={"tags": ["editor"]}) for source in SHOWN]
    file = small_project(tmp_path_factory.mktemp("off"), {"one": made, "two": [OPEN, "c.say('a', 'Said.')"]})
    return file, run(file)


def test_each_kind_is_named_in_plain_words(walked):
    found = [(one.line, one.kinds) for one in walked[1].off_page]
    assert found == [(source.splitlines()[0], kinds) for source, kinds in SHOWN.items()]
    assert {one.chapter for one in walked[1].off_page} == {"one"}


def test_cells_are_numbered_as_jupyterlab_does(walked):
    assert [one.cell for one in walked[1].off_page] == list(range(FIRST, FIRST + len(SHOWN)))


def test_a_chapter_knows_it_when_it_finishes(walked):
    off = {result.chapter: len(result.off_page) for result in walked[1].results}
    assert off == {"one": len(SHOWN), "two": 0}


def test_it_is_no_failure_and_is_reported_again_while_the_chapter_is_current(walked):
    asked = CliRunner().invoke(main, ["run", str(walked[0])])
    assert asked.exit_code == 0
    assert "\n  one\n    cell [4] `frame.head()`: a table\n" in asked.stdout
    assert f"and {len(SHOWN) - off_page.MOST_CELLS} more cells" in asked.stdout
    assert FIX in asked.stdout
    assert FIX_WARNING in asked.stdout


def test_the_book_reports_it(walked):
    asked = CliRunner().invoke(main, ["book", str(walked[0]), "--engine", "embedded", "--formats", "html"])
    assert asked.exit_code == 0, asked.output
    assert "    cell [4] `frame.head()`: a table\n" in asked.stdout


@pytest.fixture
def printing(tmp_path, run):
    """A project whose chapter `one` printed something in the last run."""
    run(small_project(tmp_path, {"one": [OPEN, "print(1)"], "two": ["x = 1"]}))
    return tmp_path


def about_display(project):
    return [line for line in check([project], project).advice if "needs rows" not in line]


def test_check_reports_it_while_the_notebook_is_as_it_was(printing):
    told = "smallville 2026-Q3, shown but not on the page of one: cell [3] `print(1)`: printed text"
    assert about_display(printing) == [told, FIX]
    write_notebook(printing, "one", notebook(OPEN, "x = 1"))
    assert about_display(printing) == []


def test_status_reports_it_while_the_notebook_is_as_it_was(printing):
    told = "  off page   1 cell(s) show something that is not on the page (one); alignkit check lists them"
    assert told in lines(status(printing))
    write_notebook(printing, "one", notebook(OPEN, "x = 1"))
    assert status(printing)[0].off_page == ()


def test_before_any_run_check_finds_what_a_cell_plainly_shows(tmp_path):
    small_project(tmp_path, {"one": [OPEN, "print(1)"]})
    (told,) = check([tmp_path / "notebooks" / "one.ipynb"], tmp_path).advice
    assert told.startswith("notebooks/one.ipynb, cell [3]: `print(1)` shows something that stays off the page; draw it")


def test_chapters_that_leave_out_the_same_are_one_group():
    found = [OffPage(f"outcome-{n}", 3, "rows", ("a table",)) for n in range(5)]
    assert grouped(found) == [("outcome-0, outcome-1, outcome-2 and 2 more", ["cell [3] `rows`: a table"])]


def test_nothing_left_out_is_nothing_said():
    assert report(()) == []


def test_only_a_warning_asks_for_nothing_to_be_published():
    told = report([OffPage("one", 3, "f()", (off_page.WARNING,))])
    assert told[-1] == f"  {FIX_WARNING}."
    assert FIX not in " ".join(told)


def test_a_notebook_file_may_keep_text_as_lines(tmp_path):
    output = {"output_type": "execute_result", "data": {"text/html": ["<div>\n", "<table>"], "text/plain": ["x"]}}
    cell = {"cell_type": "code", "source": ["\n", "rows\n"], "metadata": {}, "outputs": [output]}
    (tmp_path / "x.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    assert list(off_page.of_file(tmp_path / "x.ipynb", "x")) == [OffPage("x", 1, "rows", ("a table",))]
