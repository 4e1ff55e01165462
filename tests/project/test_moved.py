"""Notebooks of an earlier alignkit: their imports follow what has moved."""

import pytest

from alignkit.project.moved import MOVED, modern_code, old_imports


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from alignkit.measures import leadership", "from alignkit.chapters.leadership import measures as leadership"),
        ("from alignkit.measures import outcome as measures", "from alignkit.chapters.outcome import measures"),
        ("from alignkit.exhibits import charts, tables",
         "from alignkit.kit import charts\nfrom alignkit.kit import tables"),
        ("from alignkit.exhibits import charts, outcome as exhibits",
         "from alignkit.kit import charts\nfrom alignkit.chapters.outcome import exhibits"),
        ("from alignkit.exhibits.sentences.amounts import size as s", "from alignkit.kit.amounts import size as s"),
        ("from alignkit.community import open_cycle", "from alignkit.community import open_cycle"),
        ("import pandas as pd\nfrom math import pi", "import pandas as pd\nfrom math import pi"),
        ('c.say("a", sentences.answer(x, c.words), role="answer")', 'c.say("a", sentences.answer(x), role="answer")'),
        ("tables.show(p, **f(c.words))", "tables.show(p, **f())"),
        ("charts.bars(p, words=c.words, id='a')", "charts.bars(p, id='a')"),
        ("%magic", "%magic"),
    ],
)  # fmt: skip
def test_a_cell_follows_what_moved(old, new):
    assert modern_code(old) == new
    assert modern_code(new) == new


def test_old_modules_are_found():
    assert old_imports("from alignkit.measures import gaps\nfrom alignkit import charts") == ["alignkit.measures.gaps"]


@pytest.mark.parametrize("module", sorted({*MOVED.values()}))
def test_what_moved_is_there(module):
    __import__(module)
