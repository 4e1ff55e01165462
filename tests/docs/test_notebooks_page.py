"""docs/notebooks.md and the notebook that `alignkit new outcome` writes name what there is."""

import re
from pathlib import Path

import pytest

from alignkit.runs.off_page import FIX, TITLE
from alignkit.shared import files
from alignkit.shared.whole import anchors, read

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "notebooks.md"
NEW = ROOT / "templates" / "community" / "own-notebook.ipynb"


def words(text):
    return " ".join(text.split())


def test_every_tag_has_its_row():
    rows = re.findall(r"^\| `([a-z]+)", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert {*rows} >= {files.SHARED, files.PARAMETERS, files.CLOSING, files.EDITOR, "narrative", "after"}


def test_the_report_is_the_one_that_run_prints():
    page = words(PAGE.read_text(encoding="utf-8"))
    assert TITLE in page
    assert f"{FIX}." in page


@pytest.mark.parametrize("path", [PAGE, NEW], ids=lambda path: path.name)
def test_the_ids_in_examples_are_those_of_the_shared_notebook(path):
    named = set(re.findall(r"(?:after|replace):([a-z-]+)", path.read_text(encoding="utf-8")))
    assert named
    assert named <= {*anchors(read(ROOT / "notebooks" / "outcome.ipynb").cells)}
