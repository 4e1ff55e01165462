"""The assumptions log says something of every measure that a chapter publishes, and of none that is not there."""

import re
from pathlib import Path

import nbformat
import pytest

from alignkit.chapters.methods.assumptions.log import CHAPTERS
from alignkit.words.words import words

NOTEBOOKS = Path(__file__).parents[3] / "notebooks"
EN = words("en")
SHARED = {"methods"}
"""The methods page itself."""


def published(notebook: Path) -> set[str]:
    """Ids of the measures that a notebook publishes."""
    cells = nbformat.read(notebook, as_version=4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    calls = re.findall(r"\b(?:publish|derive)\(", code)
    ids = re.findall(r"(?:publish|derive)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*?\bid=\"([\w-]+)\"", code)
    assert len(ids) == len(calls), f"{notebook.name}: a measure is published in a way that this test cannot read"
    return set(ids)


@pytest.mark.parametrize("chapter", [path.stem for path in NOTEBOOKS.glob("*.ipynb") if path.stem not in SHARED])
def test_every_measure_of_a_chapter_is_in_the_log(chapter):
    own = {path for path in (NOTEBOOKS / "outcomes").glob("*.ipynb") if chapter == "outcome"}
    there = set().union(*(published(path) for path in {NOTEBOOKS / f"{chapter}.ipynb", *own}))
    logged = {id_ for entry in CHAPTERS[chapter]() for id_ in entry.ids}
    silent = {"matrix", "totals"} if chapter != "brief" else set()  # said once: on page one, and of each outcome
    assert there - logged - silent == set()
    assert logged - there - {"matrix"} == set()


def test_every_entry_says_everything():
    entries = [entry for made in CHAPTERS.values() for entry in made()]
    assert len(entries) > 30
    for entry in entries:
        assert entry.ids
        assert all(len(text) > 5 for text in (entry.what, entry.how, entry.source, entry.assumes, entry.silent))
