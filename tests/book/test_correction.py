"""A released book is issued again: what the new issue says, and that the old one stays."""

import json
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from alignkit.book import erratum
from alignkit.book import release as gate_module
from alignkit.book.build import draft
from alignkit.book.chapter import Chapter
from alignkit.book.correction import Correction, difference
from alignkit.disclosure.ledger import Entry
from alignkit.errors import InputError
from alignkit.records import Cell, Published
from alignkit.words.words import words
from tests.book.samples import Sample, notebook, say
from tests.book.test_release import HTML, go, refused, state

WRONG = "The rates for *2025* were those of 2024."


def signed(sample: Sample, *counts: int, said: str = "Seven signed.") -> Sample:
    """The same run, with these counts of 100 in its one chapter."""
    about = {"quantity": "q", "by": ("row",), "draft": False, "about": "students"}
    rows = [({"row": str(i)}, k) for i, k in enumerate(counts)]
    cells = tuple(Cell(key=key, status="shown", text=f"{k}%", shown={"numerator": k}) for key, k in rows)
    recorded = [{"quantity": "q", "key": key, "n": 100, "k": k, "public": False, "within": None} for key, k in rows]
    content = {"chapter": "brief", "cells": recorded, "partitions": {"q": []}}
    (sample.run / "cells" / "brief.json").write_text(json.dumps(content), encoding="utf-8")
    sample.chapters.clear()
    sample.more["notebooks"] = {"brief": f"{counts} {said}"}  # another run has another manifest
    return sample.add("brief", notebook(say(said, "answer"), Published(id="p", cells=cells, **about))).finish()


@pytest.fixture
def released(ready: Sample) -> Sample:
    """The first issue is out, and the run shows other numbers now."""
    go(signed(ready, 40, 41), **HTML)
    return signed(ready, 44, 41)


def reports(sample: Sample):
    return sample.project / "reports" / "riverbend"


def book_of(sample: Sample) -> dict:
    return json.loads((reports(sample) / "2026-Q3" / "manifest.json").read_text(encoding="utf-8"))["book"]


def test_the_new_issue_is_linked_and_the_old_one_stays_as_it_was(released):
    link = reports(released) / "2026-Q3"
    old, before = os.readlink(link), state(released)
    assert go(released, corrects=WRONG, **HTML) == link
    after = state(released)
    assert os.readlink(link) != old
    assert [name for name in before if after[name] != before[name]] == ["riverbend/2026-Q3"]
    assert sorted(p.name for p in (link.parent / "ledger").iterdir()) == ["2026-Q3.2.json", "2026-Q3.json"]


def test_the_manifest_says_what_was_corrected(released):
    old = os.readlink(reports(released) / "2026-Q3")
    go(released, corrects=WRONG)
    assert book_of(released)["correction"] == {
        "issue": 2,
        "corrects": old.removeprefix("releases/"),
        "reason": WRONG,
        "day": date.today().isoformat(),
        "numbers": {"both": 2, "changed": 1, "new": 0, "gone": 0},
        "chapters": [],
    }


def test_page_one_leads_to_the_old_issue(released):
    link = go(released, corrects=WRONG, **HTML)
    page = (link / "book" / "index.html").read_text(encoding="utf-8")
    assert "The rates for *2025* were those of 2024." in page
    (href,) = re.findall(r'href="(\.\./\.\./2026-Q3[^"]+)"', page)
    for shown in (link, link.resolve()):  # a browser shows the one or the other
        old = os.path.normpath(shown / "book" / href)
        assert "corrected" not in Path(old).read_text(encoding="utf-8")


def test_the_same_again_changes_nothing_and_other_words_keep_the_box(released):
    go(released, corrects=WRONG, **HTML)
    before = state(released)
    go(released, **HTML)
    go(released, corrects=WRONG, **HTML)
    assert state(released) == before
    go(released.narrative("brief", "A word more."), **HTML)
    assert book_of(released)["correction"]["reason"] == WRONG
    assert len(list((reports(released) / "ledger").iterdir())) == 2


def test_a_correction_can_be_corrected(released):
    go(released, corrects=WRONG)
    go(signed(released, 44, 42, said="Eight signed."), corrects="Once more.")
    assert book_of(released)["correction"]["issue"] == 3
    assert book_of(released)["correction"]["chapters"] == ["brief"]
    corrects = [json.loads(p.read_text())["corrects"] for p in sorted((reports(released) / "ledger").glob("*.?.json"))]
    assert all((reports(released) / "releases" / name / "manifest.json").is_file() for name in corrects)
    assert len(set(corrects)) == 2


def test_other_content_without_a_reason_is_refused_and_says_how(released):
    before = state(released)
    assert "--corrects" in refused(released)[0]
    assert state(released) == before


def test_nothing_to_correct_is_refused(released):
    signed(released, 40, 41)
    assert "nothing to correct" in refused(released, corrects=WRONG)[0]


def test_a_book_that_a_later_one_builds_on_is_not_corrected(released):
    later = reports(released) / "ledger" / "2026-Q4.json"
    later.write_text((later.with_name("2026-Q3.json")).read_text().replace("2026-Q3", "2026-Q4"))
    assert "2026-Q4 was released since" in refused(released, corrects=WRONG)[0]


def test_a_book_that_was_not_released_cannot_be_corrected(ready):
    with pytest.raises(InputError, match="has not been released"):
        go(signed(ready, 40), corrects=WRONG)


@pytest.mark.parametrize("reason", ["", " \n", "One.\n\nTwo.", "x" * 301])
def test_a_reason_is_one_short_paragraph(released, reason):
    with pytest.raises(InputError, match="the reason for the correction"):
        go(released, corrects=reason)


def test_a_person_in_the_reason_stops_it(released):
    reasons = refused(released, corrects="The row of Ann Smithson was wrong.")
    assert all(one.endswith("a person's name") for one in reasons)
    assert "Smithson" not in " ".join(reasons)


@pytest.mark.parametrize("step", ["ledger.append", "swap.point", "swap.read_only"])
def test_a_correction_that_fails_leaves_everything_as_it_was(released, monkeypatch, step):
    before = state(released)

    def fail(*_args):
        raise OSError("disk full")

    monkeypatch.setattr(f"{gate_module.__name__}.{step}", fail)
    with pytest.raises(OSError, match="disk full"):
        go(released, corrects=WRONG)
    assert state(released) == before


def test_a_draft_says_how_it_differs_from_the_released_book(released):
    file = released.params_folder / "2026-Q3.yml"
    page = draft(file, engine="embedded", **HTML) / "book" / "index.html"
    assert "alignkit release params/riverbend/2026-Q3.yml --corrects" in page.read_text(encoding="utf-8")
    signed(released, 40, 41)
    assert "callout" not in draft(file, engine="embedded", **HTML).joinpath("book/index.html").read_text("utf-8")


FIRST = Entry("2026-Q3", "a", (), {("q", ()): "40%", ("r", ()): "41%"}, {"one": {"said": {"text": "No."}}})
SECOND = Entry(
    "2026-Q3", "b", (), {("q", ()): "44%", ("r", ()): "41%"}, {"one": {"said": {"text": "Yes.", "value": 1}}}
)
CHAPTERS = (Chapter("brief", "Page one", "# Page one {#sec-brief}\n\nText.\n"), Chapter("one", "One", ""))
NUMBERED = SECOND.numbered(2, "2026-Q3-0123456789ab", WRONG, date(2026, 11, 28))
GOLDEN = """# Page one {#sec-brief}

::: {.callout-important title="This book was corrected on November 28\\, 2026"}
**What was wrong\\:** The rates for \\*2025\\* were those of 2024\\.

**Compared with the first issue\\:** 1 of 2 numbers about people has changed\\. The text differs in\\: One (@sec-one).

::::: {.content-visible when-format="html"}
**Kept unchanged\\:** [first issue](../../2026-Q3-issue-1/book/index.html).
:::::

::::: {.content-visible when-format="typst"}
**Kept unchanged\\:** first issue (2026\\-Q3\\-issue\\-1).
:::::
:::

Text.
"""


def test_the_box_on_page_one():
    told = Correction((FIRST, NUMBERED), pages=frozenset({"2026-Q3-0123456789ab"}))
    assert erratum.on_page_one(CHAPTERS, told, "p.yml", words("en")).markdown == GOLDEN


def test_without_the_old_pages_here_nothing_is_linked():
    plain = erratum.box(Correction((FIRST, NUMBERED)), CHAPTERS, "p.yml", words("en"))
    assert "](" not in plain
    elsewhere = erratum.box(Correction((FIRST, replace(NUMBERED, corrects=""))), CHAPTERS, "p.yml", words("en"))
    assert "stays on record" in elsewhere


def test_many_chapters_are_counted_and_all_listed_at_the_end():
    heads = {f"c{n}": {"said": {"text": "Yes.", "value": None}} for n in range(7)}
    told = Correction((FIRST, replace(NUMBERED, headlines={**FIRST.headlines, **heads})))
    assert "The text of 7 chapters differs" in erratum.box(told, CHAPTERS, "p.yml", words("en"))
    assert "c6" in erratum.history(told, words("en"))


def test_numbers_that_only_one_issue_has_are_counted_apart():
    found = difference(FIRST, replace(SECOND, texts={("q", ()): "40%", ("s", ()): "1%"}))
    assert (found.both, found.changed, found.new, found.gone) == (1, 0, 1, 1)


def test_a_later_issue_says_what_was_corrected_before():
    third = replace(NUMBERED, issue=3, reason="Once more.", day=date(2026, 12, 1))
    told = erratum.box(Correction((FIRST, NUMBERED, third)), CHAPTERS, "p.yml", words("en"))
    places = [told.index(part) for part in ("Once more", "No number about people", "Corrected before", "those of 2024")]
    assert places == sorted(places)


@pytest.mark.heavy
def test_page_one_on_paper_has_the_box_and_one_page(released):
    link = go(released, corrects=WRONG, formats=("pdf",))
    (page,) = PdfReader(link / "riverbend-2026-Q3-brief.pdf").pages
    text = " ".join(page.extract_text().split())
    assert WRONG in text
    assert "2026-Q3-issue-1" in text
    assert "Corrected on" in text  # in the masthead, which every copy of page one has
