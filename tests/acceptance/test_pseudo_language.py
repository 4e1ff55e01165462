"""With every message marked, no unmarked English is on any page but names and data."""

import os
from pathlib import Path
from unittest.mock import patch

import nbformat
import pytest
from nbformat.v4 import new_output

from alignkit.book.chapter import of_notebook
from alignkit.folders import run_folder
from alignkit.records import Exhibit
from alignkit.runs.chapters import PAGE_ONE, Chapter
from alignkit.runs.plan import plan, read_parameters
from alignkit.shared.files import shared_by
from alignkit.shared.whole import whole
from alignkit.snapshot import Snapshot, snapshot_of
from alignkit.words.current import speak
from alignkit.words.words import words
from tests import pseudo_language as pseudo
from tests.kit.chart_catch import outputs

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).parents[2]
DATA = {"CSV", "ESSA", "XmR", "Excel"}
"""Names that no language translates."""


@pytest.fixture(scope="module")
def pages(copied):
    """Chapter id → its page's Markdown and every text of its exhibits, with all messages marked."""
    project = copied(ROOT / "params")
    folder, community, cycle = read_parameters(project / "params" / "riverbend" / "2026-Q3.yml")
    snapshot = snapshot_of(community, folder)
    chapters = sorted(plan(folder, community, cycle, snapshot).chapters, key=lambda chapter: chapter.id == PAGE_ONE)
    run = run_folder(folder, community.id, cycle.cycle) / "notebooks"
    run.mkdir(parents=True)
    found = {}
    with patch.dict(os.environ, {"ALIGNKIT_PROJECT": str(folder)}), patch("alignkit.community.words", pseudo.marked):
        for chapter in chapters:
            executed = execute(chapter)
            nbformat.write(executed, run / f"{chapter.id}.ipynb")
            found[chapter.id] = texts(of_notebook(executed, chapter.id, chapter.id, pseudo.marked()))
    speak(words("en"))
    return found, vocabulary(snapshot, community.name)


def execute(chapter: Chapter) -> nbformat.NotebookNode:
    """The notebook with its outputs, run in this process."""
    shared = shared_by(chapter.notebook.parents[2], chapter.notebook)
    notebook = nbformat.read(chapter.notebook, as_version=4) if shared is None else whole(chapter.notebook, shared)
    names: dict[str, object] = {}
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        source = cell.source
        if "parameters" in cell.metadata.get("tags", ()):
            source += "".join(f"\n{name} = {value!r}" for name, value in chapter.parameters.items())
        shown = outputs(lambda code=source: exec(code, names))
        cell.outputs = [new_output("display_data", bundle) for bundle in shown]
    return notebook


def texts(page) -> list[str]:
    """What a reader sees of a chapter: its Markdown, and what is in pictures and CSV files."""
    exhibits = [record for record in page.records if isinstance(record, Exhibit)]
    behind = [text for one in exhibits for text in (one.caption, one.alt, *one.columns, *sum(one.rows, ()))]
    return [page.markdown, *behind]


def vocabulary(snapshot: Snapshot, *more: str) -> frozenset[str]:
    tables = {name: snapshot.table(name) for name in snapshot.tables if name not in ("students", "clients")}
    return pseudo.vocabulary(tables, [*more, *DATA])


def test_there_is_nothing_left_to_translate(pages):
    found, data = pages
    left = {id_: {word for text in page for word in pseudo.words_left(text, data)} for id_, page in found.items()}
    assert {id_: words_ for id_, words_ in left.items() if words_} == {}


def test_headings_captions_and_column_heads_are_messages_whole(pages):
    found, data = pages
    heads = [line for page in found.values() for line in page[0].splitlines() if line.startswith("#")]
    assert len(heads) > 30
    assert [head for head in heads if "⟦" not in head and pseudo.words_left(head, data)] == []


def test_an_unmarked_word_would_be_found():
    text = "⟦Good⟧ ⟦a ⟦b⟧⟧ Riverbend here"
    assert pseudo.words_left(text, frozenset({"riverbend"})) == ["here"]
