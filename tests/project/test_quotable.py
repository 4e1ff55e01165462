"""From the tables to an evaluator's own sentence: plain numbers by name, listed, quoted, printed."""

import re
import shutil
from collections import Counter

import nbformat
import pytest
from click.testing import CliRunner

from alignkit import records
from alignkit.book.build import draft
from alignkit.cli import main
from alignkit.project.quotable import by_chapter
from scripts.write_reference import CHAPTERS, numbers
from tests.chapter_run import NOTEBOOKS, run_chapter
from tests.chapters.outcomes.test_outcomes_chapter import VALUED
from tests.small_project import OPEN, small_project

WORDS = "Now {{ outcome-reading.value }} in {{outcome-reading.period}}; goal {{ outcome-reading.goal }}.\n"
PRINTED = "Now 57% in 2025; goal 60%."


def told(*command):
    done = CliRunner().invoke(main, [str(word) for word in command])
    return done.exit_code, done.output


def spoken(found):
    return [(one.name, one.text) for one in found if isinstance(one, records.Headline)]


def test_numbers_come_before_sentences_and_each_chapter_by_itself():
    names = {"a.answer": "All is well.", "b.kept": "3 of 4", "a.kept": "9 of 14", "a.why": "Why?", "a.due": "14"}
    assert by_chapter(names) == {
        "a": [("a.kept", "9 of 14"), ("a.due", "14"), ("a.answer", "All is well."), ("a.why", "Why?")],
        "b": [("b.kept", "3 of 4")],
    }


def test_an_outcomes_notebook_says_each_name_once_and_every_number(tmp_path):
    said = spoken(run_chapter(tmp_path, "outcome", VALUED, outcome="reading"))
    assert [name for name, times in Counter(name for name, _ in said).items() if times > 1] == []
    assert set(numbers(CHAPTERS["outcome"].numbers)) <= {name for name, _ in said}
    found, names = dict(said), ("value", "goal", "short", "gap", "counted")
    assert [found[name] for name in names] == ["57%", "60%", "20", "not known", "700"]
    assert found["gap_sentence"].startswith("No gap can be shown")


@pytest.mark.parametrize(("numerator", "text"), [(3, "under 25%"), (38, "over 75%")])
def test_a_small_count_reaches_no_number(tmp_path, numerator, text):
    newest = VALUED["indicator_values"].tail(1).assign(numerator=numerator, denominator=40)
    tables = VALUED | {"indicator_values": newest}
    found = dict(spoken(run_chapter(tmp_path, "outcome", tables, outcome="reading")))
    given = {name: found[name] for name in numbers(CHAPTERS["outcome"].numbers)}
    assert (given["value"], given["period"], given["short"], given["counted"]) == (text, "2025", *["not known"] * 2)
    assert not any(re.search(rf"\b({numerator}|{100 * numerator / 40:g})\b", said) for said in given.values())


@pytest.fixture(scope="module")
def ran(tmp_path_factory, run):
    """The parameter file of a cycle that was run, with two outcomes and a chapter of the project's own."""
    outcome = nbformat.read(NOTEBOOKS / "outcome.ipynb", as_version=4)
    chapters = {"outcome": outcome, "leads": [OPEN, 'c.note_numbers({"kept": "9"})']}
    file = small_project(tmp_path_factory.mktemp("project"), chapters, VALUED)
    assert run(file).ok
    file.with_suffix("").mkdir()
    return file


def write(file, text):
    (file.with_suffix("") / "outcome-reading.md").write_text(text, encoding="utf-8")


def test_the_numbers_are_listed_by_chapter_with_what_they_say_now(ran):
    code, said = told("check", ran, "--names")
    assert (code, said.count("\n  outcome-reading\n")) == (0, 1), said
    listed = said.partition("\n  outcome-reading\n")[2].partition("\n  outcome-work\n")[0]
    sentence = listed.index("{{ outcome-reading.gap_sentence }}  No gap")
    assert listed.index("{{ outcome-reading.value }}  57%\n") < sentence
    assert "\n  leads\n    {{ leads.kept }}  9\n" in said


def test_the_book_prints_the_numbers(ran):
    write(ran, WORDS)
    folder = draft(ran, engine="embedded", formats=["html"])
    assert PRINTED in (folder / "book" / "outcome-reading.html").read_text(encoding="utf-8")


def test_a_wrong_name_and_a_number_that_stands_as_a_sentence_are_both_told(ran):
    write(ran, "{{ outcome-reading.vaule }}\n\n{{ outcome-reading.gap }}")
    code, said = told("check", ran)
    assert code == 2
    assert "no chapter published 'outcome-reading.vaule' (nearest: outcome-reading.value" in said
    assert "outcome-reading.md:3: 'outcome-reading.gap' is a plain number (not known) and stands here" in said


def test_words_that_quote_a_chapter_which_has_not_run_are_a_note(ran):
    write(ran, WORDS + "\nOf {{ leads.kept }} and {{ families.heard }}.\n")
    settings, notebooks = ran.parent / "community.yml", ran.parents[2] / "notebooks"
    before = settings.read_text(encoding="utf-8")
    shutil.copy(notebooks / "leads.ipynb", notebooks / "families.ipynb")
    settings.write_text(before.replace('"leads"', '"leads", "families"'), encoding="utf-8")
    code, said = told("check", ran)
    settings.write_text(before, encoding="utf-8")
    assert code == 0, said
    assert "outcome-reading.md:3: chapter families has not run yet: alignkit run params/smallville/2026-Q3.yml" in said
