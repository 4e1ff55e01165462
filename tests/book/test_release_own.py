"""A release looks for whoever a community's own table is about, by the declaration that its run was made with."""

import pandas as pd
import pytest

from alignkit.book.release import release
from alignkit.contract.conform import conform
from alignkit.contract.schema import data_of
from alignkit.errors import ReleaseRefused
from alignkit.snapshot import take
from tests.book.samples import Sample, notebook, published, say
from tests.own_tables import PROGRAMS, SURVEY, catalog, changed, declare

ROW = {"family_id": "FS-0417", "language": "english", "surveyed_on": "2026-01-01"}


@pytest.fixture
def ready(sample: Sample) -> Sample:
    """A finished run of one chapter whose snapshot holds one family's answer."""
    known = catalog(sample.project, SURVEY, PROGRAMS, community="riverbend")
    frame, failures = conform("family_survey", pd.DataFrame([ROW]), known)
    assert failures == ()
    snapshot = take({"family_survey": frame}, sample.project / ".alignkit" / "riverbend" / "data", known)
    (sample.run / "cells").mkdir()
    own = [data_of(table) for table in snapshot.catalog.own]
    sample.more = {"snapshot": {"id": snapshot.id, "tables": {"family_survey": "x"}, "own": own}}
    sample.add("brief", notebook(say("Seven signed.", "answer"), published("shown")))
    return sample.finish()


def go(sample: Sample, *formats: str):
    return release(sample.params_folder / "2026-Q3.yml", engine="embedded", formats=formats)


def test_a_familys_number_in_the_words_is_refused_and_not_quoted(ready):
    ready.narrative("brief", "As family FS-0417 said.")
    with pytest.raises(ReleaseRefused) as told:
        go(ready, "html")
    assert told.value.reasons
    assert all("a person's id" in reason for reason in told.value.reasons)
    assert "0417" not in str(told.value)


def test_calling_the_table_public_after_the_run_changes_nothing(ready):
    without = [{key: value for key, value in field.items() if key != "identifies"} for field in SURVEY["fields"]]
    declare(ready.project, changed(SURVEY, subject="public", fields=without), community="riverbend")
    ready.narrative("brief", "As family FS-0417 said.")
    with pytest.raises(ReleaseRefused, match="a person's id"):
        go(ready, "html")


def test_the_books_dictionary_has_the_table_that_is_kept(ready):
    page = (go(ready, "html") / "book" / "data-dictionary.html").read_text(encoding="utf-8")
    assert "One row for each family that answered the fall survey." in page
    assert "Park programs" not in page
