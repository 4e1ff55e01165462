"""The notebook check, against tiny notebooks made here."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from alignkit.project import rules as rules_of_all
from scripts import check_notebooks

PARAMETERS = 'cycle: str = "2026-Q3"  # the quarter, as YYYY-Qn'


@pytest.fixture
def write(tmp_path):
    """Write a good notebook, changed by a function; return its path."""

    def writer(change=lambda notebook: None, *cells):
        parameters = new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
        code = [new_code_cell(cell) for cell in cells or ["import math", "pi = math.pi"]]
        notebook = new_notebook(cells=[new_markdown_cell("# Title\n\nWords."), parameters, *code])
        notebook.metadata.kernelspec = dict(rules_of_all.KERNEL)
        stored = json.loads(nbformat.writes(notebook))
        change(stored)
        path = tmp_path / "chapter.ipynb"
        path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
        return path

    return writer


def rules(path):
    return " / ".join(f"{where}: {rule}" for where, rule, _ in check_notebooks.check(path))


def with_outputs(notebook):
    stream = {"output_type": "stream", "name": "stdout", "text": ["3\n"]}
    notebook["cells"][2].update(outputs=[stream], execution_count=4)


def one_string(notebook):
    notebook["cells"][0]["source"] = "# Title"


def without_kernelspec(notebook):
    del notebook["metadata"]["kernelspec"]


def after_papermill(notebook):
    notebook["metadata"]["papermill"] = {"duration": 1}
    notebook["cells"][2]["metadata"]["execution"] = {}


def old_format(notebook):
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        del cell["id"]


def repeated_id(notebook):
    notebook["cells"][1]["id"] = notebook["cells"][2]["id"]


def without_language(notebook):
    del notebook["metadata"]["kernelspec"]["language"]


MENDABLE = {
    with_outputs: "cell 3: has outputs / cell 3: has an execution count",
    one_string: "cell 1: source is one string",
    without_kernelspec: "no kernelspec python3",
    without_language: "no kernelspec python3",
    after_papermill: "notebook: metadata left by a run: papermill / cell 3: metadata left by a run: execution",
    old_format: "format 4.4 instead of 4.5",
    repeated_id: "not a valid notebook: a cell has no id, or that of another cell",
}


def test_a_good_notebook_passes(write):
    assert rules(write()) == ""


@pytest.mark.parametrize(("change", "rule"), MENDABLE.items(), ids=lambda x: getattr(x, "__name__", ""))
def test_what_a_run_or_an_editor_left_is_found_and_mended(write, change, rule):
    path = write(change)
    assert rule in rules(path)
    check_notebooks.fix(path)
    assert rules(path) == ""


def test_fix_leaves_a_good_notebook_alone(write):
    path = write()
    check_notebooks.fix(path)
    before = path.read_bytes()
    check_notebooks.fix(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("for x in []:\n    x", "`for x in []:` is more than a call"),
        ("class A:\n    pass", "`class A:` is more than a call"),
        ("if True:\n    pass", "is more than a call"),
        ("%matplotlib inline", "not plain Python"),
        ("\n".join(f"a{n} = {n}" for n in range(13)), "13 lines; at most 12"),
    ],
)
def test_logic_and_long_cells_are_refused(write, code, rule):
    assert rule in rules(write(lambda notebook: None, code, "1", "2"))


def test_a_variable_that_hides_an_import_is_refused(write):
    found = rules(
        write(lambda notebook: None, "import math\nfrom json import dumps", "math = math.pi", "shown = dumps(1)")
    )
    assert found == "cell [3]: `math` hides what was imported under that name"


@pytest.mark.parametrize(
    "code",
    ["rows.tail(3)", "rows", "verdict.frame[['word']]", "print(rows)", "print(1)\nx = 1", "import seaborn as sns\n"
     "sns.lineplot(rows, x='year');", "import seaborn\nfacets = seaborn.FacetGrid(rows)",
     "import matplotlib.pyplot as plt\nplt.show()", "from matplotlib import pyplot as p\np.show();"],
)  # fmt: skip
def test_what_a_cell_plainly_shows_is_for_editors_or_refused(write, code):
    assert "shows something that stays off the page" in rules(write(lambda notebook: None, code))

    def tag(notebook):
        notebook["cells"][2]["metadata"]["tags"] = ["editor"]

    assert rules(write(tag, code)) == ""


@pytest.mark.parametrize(
    "code",
    ["c.say('x', 'y')", "rows.tail(3);", "published = c.publish(rows)", "charts.own(rows, lambda r: sns.lineplot(r))",
     "def draw(rows):\n    return rows", "import seaborn as sns\nsns.set_theme()",
     "import seaborn as sns\nsns.lineplot(rows, ax=axes);"],
)  # fmt: skip
def test_what_may_show_nothing_is_no_finding(write, code):
    assert rules(write(lambda notebook: None, code)) == ""


def test_median_counts_neither_blank_lines_nor_options(write):
    six = "\n".join(f"a{n} = {n}" for n in range(6))
    assert "the median code cell has 6 lines" in rules(write(lambda notebook: None, six, six))
    options = "#| label: x\n#| output: false\n\na = 1\nb = 2\nc = 3\nd = 4"
    assert rules(write(lambda notebook: None, options, options)) == ""


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ('cycle = "2026-Q3"  # the quarter', "is not an annotated default"),
        ("cycle: str  # the quarter", "is not an annotated default"),
        ('cycle: str = "2026-Q3"', "has no trailing comment"),
        ("# nothing here", "declares nothing"),
    ],
)
def test_parameters_are_annotated_and_explained(write, code, rule):
    def change(notebook):
        notebook["cells"][1]["source"] = [code]

    assert rule in rules(write(change))


def test_exactly_one_cell_is_tagged_parameters(write):
    def untag(notebook):
        notebook["cells"][1]["metadata"] = {}

    assert "0 cells tagged `parameters`" in rules(write(untag))


def test_a_broken_file_is_said_to_be_broken(tmp_path):
    path = tmp_path / "chapter.ipynb"
    path.write_text("<<<<<<< HEAD", encoding="utf-8")
    assert "not JSON" in rules(path)


def test_a_module_of_the_same_name_is_refused(write):
    path = write()
    path.with_suffix(".py").touch()
    assert "chapter.py stands beside it" in rules(path)


def test_main_says_file_cell_rule_and_cure(write, capsys):
    path = write(with_outputs)
    assert check_notebooks.main([str(path)]) == 1
    message = f"{path.as_posix()}: cell 3: has outputs. Cure: run scripts/check_notebooks.py --fix."
    assert message in capsys.readouterr().out


def test_main_fails_when_there_is_nothing_to_check(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(check_notebooks, "ROOT", tmp_path)
    assert check_notebooks.main([]) == 1
    assert "No notebook found" in capsys.readouterr().out
