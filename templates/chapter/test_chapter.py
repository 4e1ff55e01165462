"""The chapter <<name>> runs, and says what the board will read. Run it: python -m pytest tests/test_<<module>>.py"""

from pathlib import Path

from alignkit.testing import run_notebook

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "<<name>>.ipynb"


def test_the_chapter_answers_its_question():
    chapter = run_notebook(NOTEBOOK)
    assert chapter.headline("answer")
    assert chapter.exhibit("sectors").alt
