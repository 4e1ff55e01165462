"""What the architecture has decided for bad days: each is survived, and said on the page or in the message."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from alignkit.book.build import draft
from alignkit.book.release import release
from alignkit.chapters.brief.sentences import blank_columns
from alignkit.cli import main
from tests.acceptance.books import ROOT
from tests.acceptance.walk import seen
from tests.factory import frame
from tests.small_project import OPEN, small_project, write_notebook

pytestmark = pytest.mark.heavy
OUTCOMES = frame("outcomes", outcome_id=["reading", "math"], name=["Reading", "Math"])
LATE = frame("data_sources", data_source_id="log", partner_id="p1", name="Tutoring log", refresh="monthly",
             last_refreshed="2026-07-01")  # fmt: skip
MATRIX = """import pandas as pd


def column():
    return pd.DataFrame(
        {"outcome_id": ["reading", "math"], "standing": ["full", "hole"], "said": ["a policy", "nobody"]}
    )


c.derive(column, id="matrix", by=["outcome_id"]);"""
NO_TABLE = 'c.table("practices")'


@pytest.fixture
def file(tmp_path):
    """A community with page one, an alignment that works, one that fails, and one without its table."""
    chapters = {"brief": [], "leadership": [OPEN, "1 / 0"], "action": [OPEN, NO_TABLE], "advocacy": [OPEN, MATRIX]}
    made = small_project(tmp_path, chapters, {"outcomes": OUTCOMES, "data_sources": LATE})
    shutil.copy(ROOT / "notebooks" / "brief.ipynb", tmp_path / "notebooks" / "brief.ipynb")
    return made


def page(folder: Path, name: str) -> str:
    return seen((folder / "book" / f"{name}.html").read_text(encoding="utf-8")).text


def built(file: Path, publish=draft, **options) -> Path:
    return publish(file, engine="embedded", formats=["html"], **options)


def test_a_failing_chapter_is_said_on_its_page_on_page_one_and_among_what_we_cannot_see(file, run):
    report = run(file, keep_going=True)
    assert [result.chapter for result in report.failed] == ["leadership"]
    folder = built(file)
    assert "This chapter could not be made in this run." in page(folder, "leadership")
    assert blank_columns({"leadership": ("not_made", "")})[0] in page(folder, "index")
    assert "it could not be made in this run" in page(folder, "cannot-see")
    assert "ZeroDivisionError" not in "".join(p.read_text("utf-8") for p in (folder / "book").glob("*.html"))


def test_a_missing_chapter_or_table_is_a_blank_column_with_its_words_and_never_a_hole(file, run):
    run(file, keep_going=True)
    index = page(built(file), "index")
    for said in blank_columns({"action": ("no_table", "practices"), "outcomes": ("not_in_book", "")}):
        assert said in index
    assert "Nobody advocates for Math." in index
    assert "No practice serves" not in index


def test_without_keep_going_page_one_waits_and_the_message_says_how_to_make_it(file):
    done = CliRunner().invoke(main, ["run", str(file)])
    assert done.exit_code == 1
    assert "leadership failed in cell [4]:\n    1 / 0\n  ZeroDivisionError: division by zero" in done.output
    assert "Page one waits until every chapter runs; --keep-going makes it all the same" in done.output


def test_a_chapter_published_without_says_so_and_its_failure_no_longer_refuses(file, run):
    run(file, keep_going=True)
    folder = built(file, release, without=["leadership"])
    assert "This book is published without this chapter." in page(folder, "leadership")
    assert re.search(
        r"(?i)leadership\s*: this book is published without it\.|Small: this book is", page(folder, "cannot-see")
    )


def test_late_data_are_said_in_the_book(file, run):
    (late,) = run(file, keep_going=True).late
    assert late.id == "log"
    text = page(built(file), "cannot-see")
    assert "1 set of data is older than usual; this book uses what there was." in text
    assert "last brought up to date on July 1, 2026" in str(late)
    assert f"{late}." in text


def test_a_narrative_with_an_unknown_name_stops_the_book_and_names_the_nearest(file, run):
    run(file, keep_going=True)
    folder = built(file)
    before = page(folder, "index")
    words = file.parent / "2026-Q3" / "brief.md"
    words.parent.mkdir(exist_ok=True)
    words.write_text("Of all outcomes {{ brief.anwser }}.\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["book", str(file), "--engine", "embedded", "--formats", "html"])
    assert done.exit_code == 2
    assert "brief.md:1: no chapter published 'brief.anwser' (nearest: brief.answer" in done.output
    assert page(folder, "index") == before


def test_a_failing_chapter_mended_is_run_again_with_page_one(file, run, tmp_path):
    run(file, keep_going=True)
    write_notebook(tmp_path, "leadership", [OPEN, "c.say('answer', 'Well.', role='answer')"])
    assert run(file).ok
    assert blank_columns({"leadership": ("says_nothing", "")})[0] in page(built(file), "index")
