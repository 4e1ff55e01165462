"""Three versions of a notebook become one, and nothing that anybody wrote is lost."""

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from alignkit.project.merge import CHOOSE, VERSION, choices_left, merge, same, settled, tags_of


def book(*cells, ids=None):
    """A notebook of code cells with ids a, b, c …, or those given."""
    made = [cell if isinstance(cell, nbformat.NotebookNode) else new_code_cell(cell) for cell in cells]
    for cell, id_ in zip(made, ids or "abcdefghij", strict=False):
        cell["id"] = id_
    return new_notebook(cells=made)


def sources(notebook):
    return [cell.source for cell in notebook.cells]


BASE = book("import x\nc = open()", "first(c)\nsecond(c)\nthird(c)", "show(c)")


def test_without_changes_of_ones_own_alignkits_version_comes():
    theirs = book("import x\nc = open()", "first(c)", "new(c)", "show(c)", ids="abzc")
    merged = merge(BASE, BASE, theirs)
    assert (sources(merged.notebook), merged.choices) == (sources(theirs), 0)


def test_changes_in_different_cells_and_lines_are_both_kept():
    mine = book("import x\nc = open()", "first(c)\nsecond(c)\nthird(c, ours=1)", "show(c)\nextra()")
    theirs = book("import x, y\nc = open()", "first(c, new=1)\nsecond(c)\nthird(c)", "show(c)")
    merged = merge(BASE, mine, theirs)
    assert merged.choices == 0
    assert sources(merged.notebook) == [
        "import x, y\nc = open()",
        "first(c, new=1)\nsecond(c)\nthird(c, ours=1)",
        "show(c)\nextra()",
    ]


def test_the_same_line_changed_on_both_sides_is_a_choice_that_nothing_runs():
    mine = book("import x\nc = open()", "first(c)\nours(c)\nthird(c)", "show(c)")
    theirs = book("import x\nc = open()", "first(c)\ntheirs(c)\nthird(c)", "show(c)")
    merged = merge(BASE, mine, theirs)
    kinds = [cell.cell_type for cell in merged.notebook.cells]
    assert (merged.choices, kinds) == (1, ["code", "markdown", "raw", "raw", "code"])
    assert sources(merged.notebook)[2:4] == ["first(c)\nours(c)\nthird(c)", "first(c)\ntheirs(c)\nthird(c)"]
    assert "Please choose" in merged.notebook.cells[1].source
    nbformat.validate(merged.notebook)


def test_a_choice_is_made_by_deleting_and_turning_into_code():
    mine = book("ours()", "show(c)", ids="ac")
    merged = merge(book("old()", "show(c)", ids="ac"), mine, book("theirs()", "show(c)", ids="ac")).notebook
    assert choices_left(merged) == 1
    del merged.cells[0]
    assert choices_left(merged) == 1  # both versions are still there
    del merged.cells[0]
    merged.cells[0].cell_type = "code"
    assert choices_left(merged) == 0
    assert tags_of(settled(merged).cells[0]) == []
    assert sources(merged) == ["theirs()", "show(c)"]


def test_a_cell_that_one_side_deleted_goes_if_the_other_left_it_alone():
    fewer = book("import x\nc = open()", "show(c)", ids="ac")
    assert sources(merge(BASE, fewer, BASE).notebook) == sources(fewer)
    assert sources(merge(BASE, BASE, fewer).notebook) == sources(fewer)


@pytest.mark.parametrize(("swap", "words"), [(False, "You deleted this cell"), (True, "alignkit has taken it out")])
def test_a_cell_deleted_here_and_changed_there_is_a_choice(swap, words):
    fewer = book("import x\nc = open()", "show(c)", ids="ac")
    changed = book("import x\nc = open()", "first(c)\nchanged(c)\nthird(c)", "show(c)")
    merged = merge(BASE, *((changed, fewer) if swap else (fewer, changed)))
    assert merged.choices == 1
    assert words in merged.notebook.cells[1].source
    assert [tags_of(cell) for cell in merged.notebook.cells] == [[], [CHOOSE], [VERSION], []]
    assert merged.notebook.cells[2].source == "first(c)\nchanged(c)\nthird(c)"


def test_cells_that_were_moved_stay_where_the_evaluator_put_them():
    mine = book("show(c)", "import x\nc = open()", "first(c)\nsecond(c)\nthird(c)", ids="cab")
    theirs = book("import x\nc = open(1)", "first(c)\nsecond(c)\nthird(c)", "new()", "show(c)", ids="abzc")
    merged = merge(BASE, mine, theirs)
    assert sources(merged.notebook) == ["show(c)", "import x\nc = open(1)", "first(c)\nsecond(c)\nthird(c)", "new()"]


def test_cells_are_known_again_when_an_editor_gave_them_new_ids():
    mine = book("import x\nc = open()", "first(c)\nsecond(c)\nthird(c, 1)", "show(c)", "mine()", ids="pqrs")
    theirs = book("import x, y\nc = open()", "first(c)\nsecond(c)\nthird(c)", "show(c)")
    merged = merge(BASE, mine, theirs)
    assert merged.choices == 0
    assert sources(merged.notebook) == ["import x, y\nc = open()", *sources(mine)[1:]]


def test_results_stay_with_cells_whose_text_stays():
    mine = book("import x\nc = open()", "first(c)\nsecond(c)\nthird(c)", "show(c)")
    for cell in mine.cells:
        cell.outputs, cell.execution_count = [new_output("stream", text="3")], 1
    theirs = book("import x, y\nc = open()", "first(c)\nsecond(c)\nthird(c)", "show(c)")
    merged = merge(BASE, mine, theirs).notebook
    assert [len(cell.outputs) for cell in merged.cells] == [0, 1, 1]
    assert merged.cells[0].execution_count is None


def test_tags_and_kinds_come_from_whoever_changed_them():
    def tagged(kind, tags):
        maker = new_markdown_cell if kind == "markdown" else new_code_cell
        return book(maker("text", metadata={"tags": tags} if tags else {}))

    merged = merge(tagged("code", []), tagged("code", ["mine"]), tagged("markdown", [])).notebook
    assert (merged.cells[0].cell_type, tags_of(merged.cells[0])) == ("markdown", ["mine"])
    nbformat.validate(merged)


TEXTS = st.lists(st.sampled_from(["a = 1", "b = 2\nc = 3", "d(c)", "e(c)\nf(c)\ng(c)", "h()"]), max_size=5)


def numbered(texts, ids):
    return book(*texts, ids=[f"cell{ids[at] if at < len(ids) else at + 50}" for at in range(len(texts))])


@given(TEXTS, TEXTS, TEXTS, st.permutations(range(5)))
def test_whatever_was_done_the_result_is_a_notebook_and_no_text_of_the_evaluator_is_lost(base, mine, theirs, order):
    versions = numbered(base, range(5)), numbered(mine, order), numbered(theirs, range(5))
    merged = merge(*versions).notebook
    nbformat.validate(merged)
    lines = {line for cell in merged.cells for line in cell.source.split("\n")}
    before = {line for cell in versions[0].cells for line in cell.source.split("\n")}
    assert {line for text in mine for line in text.split("\n")} - before <= lines
    assert len({cell["id"] for cell in merged.cells}) == len(merged.cells)


@given(TEXTS, TEXTS)
def test_one_side_alone_decides_and_merging_again_changes_nothing(base, other):
    one, two = numbered(base, range(5)), numbered(other, range(5))
    assert same(merge(one, one, two).notebook, two)
    assert same(merge(one, two, one).notebook, two)
    assert same(merge(two, two, two).notebook, two)
