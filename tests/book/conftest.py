"""Fixtures of the book's tests."""

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from alignkit.snapshot import take
from tests.book.samples import HOSTILE, Sample, chart, notebook, output, published, say, table
from tests.factory import frame


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    """An empty project; add chapters, then finish."""
    return Sample(tmp_path)


@pytest.fixture
def ready(sample: Sample) -> Sample:
    """A finished run of one chapter whose snapshot holds one student."""
    students = frame("students", student_id="S-100200", first_name="Ann", last_name="Smithson")
    snapshot = take({"students": students}, sample.project / ".alignkit" / "riverbend" / "data")
    (sample.run / "cells").mkdir()
    sample.more = {"snapshot": {"id": snapshot.id, "tables": {"students": "x"}}}
    sample.add("brief", notebook(say("Seven signed.", "answer"), published("shown")))
    return sample.finish()


def small_book(folder: Path) -> Sample:
    """A finished run: page one, a full chapter with hostile text, one without its table; a narrative."""
    sample = Sample(folder)
    brief = notebook(
        say("Two decisions wait.", "answer", "answer"),
        say("Fund tutoring.", heading="Decide", name="decide"),
        table("motions", rows=(("Extend tutoring", "1"),)),
        title="# Page one\nWhat must this board decide?",
    )
    brief.cells += [
        new_markdown_cell("## In full {.overleaf}"),
        new_code_cell("c.say(…)", outputs=[output(say("All motions stand here.", name="in-full"))]),
    ]
    full = notebook(
        say("Seven of nine signed.", "answer", "signed"),
        chart(),
        table("list", rows=((HOSTILE, "=cmd()"), ("N" * 80, "-1"))),
        table("all", rows=tuple((f"Partner {n}", str(n)) for n in range(30)), where="web"),
        say("Ask two more.", "action", "ask"),
        published("shown", "hidden", "band"),
        narrative=True,
    )
    sample.add("brief", brief).add("leadership", full).add("advocacy", None, "missing_table", table="policies")
    text = "# Story\n\n{{ leadership.signed }} See @fig-leadership-signed, @sec-advocacy.[^1]\n\n[^1]: A note.\n"
    return sample.narrative("leadership", text).finish()
