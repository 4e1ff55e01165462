"""What counts as a revision, and what does not; what page one and the page on limits say of it."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit import records
from alignkit.chapter_records import ChapterRecords
from alignkit.chapters.brief import measures as brief
from alignkit.chapters.brief import sentences
from alignkit.chapters.brief.compared import COMPARED, GONE
from alignkit.chapters.brief.measures import REVISION_KEYS, new_breaks, revisions
from alignkit.chapters.brief.revision_sentences import NAMED
from alignkit.chapters.brief.revisions import KEY
from alignkit.disclosure.cells import as_key
from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published
from tests.chapters.brief.shown import chapters
from tests.wording import corrected, measured_differently

INDICATORS = pd.DataFrame(
    {"indicator_id": ["grad", "own", "births"], "name": ["Graduation", "Screening", "Births"],
     "unit": ["percent", "percent", "rate_per_1000"], "already_public": [True, False, True]}
)  # fmt: skip
GROUPS = pd.DataFrame({"subgroup_type": ["race"], "subgroup": ["black"], "name": ["Black"]})
PLACES = pd.DataFrame({"place_id": ["here", "state"], "name": ["Riverbend", "Statewide"]})
NONE = publish(pd.DataFrame({"id": []}), id="x", by=["id"], about="outcomes", gate=Gate())


def value(percent: float | None = None, **changes: Any) -> dict[str, Any]:
    row = {"indicator_id": "grad", "period_start": pd.Timestamp("2024-07-01"), "period_end": pd.Timestamp("2025-06-30"),
           "place_id": "here", "subgroup_type": "all", "subgroup": "all", "numerator": None, "denominator": None,
           "value": percent, "value_status": "reported"}  # fmt: skip
    return {**row, **changes}


def found(now: list[dict[str, Any]], before: list[dict[str, Any]], released: Any = None) -> pd.DataFrame:
    columns = list(value())
    frames = (pd.DataFrame(rows, columns=columns).astype({"value": float}) for rows in (now, before))
    return revisions(*frames, INDICATORS, GROUPS, PLACES, released, chapters(*now))


def data_changes(revised: Published, broken: Published = NONE, reworded: Published = NONE, **more: Any) -> list[str]:
    """What page one says where no value is new or gone."""
    compared = publish(pd.DataFrame(columns=COMPARED), id="c", by=["indicator_id"], about="outcomes", gate=Gate(),
                       carry=COMPARED[1:])  # fmt: skip
    lost = publish(pd.DataFrame(columns=GONE), id="g", by=KEY, about="outcomes", gate=Gate(), carry=GONE[5:])
    return sentences.data_changes(compared, revised, lost, broken, reworded, "here", **more)


def published(frame: pd.DataFrame) -> Published:
    told = sentences.revisions_in_words(frame, "here")
    return publish(told, id="revisions", **REVISION_KEYS, gate=Gate())


def test_a_corrected_value_is_a_revision_and_a_new_period_is_none() -> None:
    new = value(90.0, period_start=pd.Timestamp("2025-07-01"), period_end=pd.Timestamp("2026-06-30"))
    frame = found([value(87.5), new], [value(87.4)])
    assert frame[["was", "value"]].values.tolist() == [[87.4, 87.5]]
    assert frame["period_start"].tolist() == [pd.Timestamp("2024-07-01")]


def test_counts_and_percents_are_compared_in_the_same_unit() -> None:
    counted = value(numerator=750, denominator=1000)
    assert found([value(75.0)], [counted]).empty
    assert found([value(75.5)], [counted])["was"].tolist() == [75.0]
    births = value(indicator_id="births", numerator=21, denominator=1000)
    assert found([value(21.0, indicator_id="births")], [births]).empty


@pytest.mark.parametrize("status", ["suppressed_at_source", "missing", "range", "not_comparable"])
def test_what_is_or_was_held_back_is_no_revision(status: str) -> None:
    assert found([value(80.0)], [value(70.0, value_status=status)]).empty
    assert found([value(80.0, value_status=status)], [value(70.0)]).empty


def test_an_unpublished_value_counts_only_where_the_last_release_showed_it() -> None:
    now, before = value(60.0, indicator_id="own"), value(61.0, indicator_id="own")
    key = as_key({name: now[name] for name in KEY})
    assert found([now], [before]).empty
    assert found([now], [before], frozenset()).empty
    assert len(found([now], [before], {key})) == 1


def test_an_agencys_own_value_that_the_last_release_did_not_show_is_not_what_the_last_book_said() -> None:
    now, before = value(60.0), value(61.0)
    assert len(found([now], [before])) == 1
    assert found([now], [before], frozenset()).empty


def test_nothing_is_said_of_a_value_that_this_book_hides() -> None:
    now, before = (pd.DataFrame([value(percent)]) for percent in (60.0, 61.0))
    given = [now, before, INDICATORS, GROUPS, PLACES, {as_key({name: now[name][0] for name in KEY})}]
    assert len(revisions(*given, chapters(value()))) == 1
    assert revisions(*given, chapters(value(), status="hidden")).empty


def test_groups_and_places_are_named_as_a_reader_knows_them() -> None:
    group = {"subgroup_type": "race", "subgroup": "black"}
    state = {"place_id": "state"}
    frame = found(
        [value(87.5), value(80.0, **group), value(70.01, **state)],
        [value(87.4), value(81.0, **group), value(70.0, **state)],
    )
    told = sentences.revisions_in_words(frame, "here")
    assert told["named"].tolist() == [
        "Graduation, 2024–25", "Graduation, 2024–25, Black", "Graduation, 2024–25, Statewide"]  # fmt: skip
    assert told[["was_said", "now_said"]].values.tolist() == [
        ["87%", "88%"],
        ["81%", "80%"],
        ["70.00%", "70.01%"],
    ]


def test_page_one_says_everyones_figures_and_counts_the_others() -> None:
    group = {"subgroup_type": "race", "subgroup": "black"}
    frame = found([value(87.5), value(80.0, **group)], [value(87.4), value(81.0, **group)])
    assert data_changes(published(frame)) == [
        corrected("Graduation, 2024–25", "87%", "88%"),
        "In the data: 1 figure of a group or another place was corrected (@sec-cannot-see).",
    ]
    nothing = published(found([], []))
    assert data_changes(nothing) == ["In the data: no published figure was revised since the last book."]
    assert data_changes(nothing, last_book="first") == [
        "In the data: this is the first book; there is none before it to compare with."
    ]


def test_a_correction_that_no_rounded_figure_shows_is_not_what_the_last_book_said() -> None:
    assert data_changes(published(found([value(46.0)], [value(46.04)]))) == [
        "In the data: Graduation, 2024–25: the source corrected 46.04% to 46.00%; rounded, it is still 46%. "
        "Nothing changed for children."
    ]


def test_corrected_counts_with_the_same_rate_are_a_correction() -> None:
    now, before = value(numerator=124, denominator=600), value(numerator=62, denominator=300)
    told = sentences.revisions_in_words(found([now], [before]), "here")
    assert told[["was_said", "now_said"]].values.tolist() == [["62 of 300", "124 of 600"]]
    assert found([now], [value(now["numerator"] / 6)]).empty  # the last book knew the rate alone


def test_of_many_corrections_page_one_names_the_newest_and_counts_the_rest() -> None:
    def years(rate: float) -> list[dict[str, Any]]:
        return [value(rate, period_start=pd.Timestamp(2010 + at, 7, 1), period_end=pd.Timestamp(2011 + at, 6, 30))
                for at in range(8)]  # fmt: skip

    said = data_changes(published(found(years(60.0), years(50.0))))
    assert len(said) == NAMED + 1
    assert said[0].startswith("In the data: Graduation, 2014–15: ")
    assert said[-1] == "In the data: 4 more figures were corrected (@sec-cannot-see)."


def test_a_break_announced_or_withdrawn_since_the_last_book_is_said_once() -> None:
    breaks = pd.DataFrame(
        {"indicator_id": ["grad"], "starts_on": [pd.Timestamp("2024-10-01")], "reason": ["New codes."]}
    )
    fresh = new_breaks(breaks, breaks.head(0), INDICATORS)
    assert new_breaks(breaks, breaks, INDICATORS).empty
    gone = new_breaks(breaks.head(0), breaks, INDICATORS)
    assert gone["withdrawn"].tolist() == [True]
    assert new_breaks(breaks, breaks.head(0), INDICATORS, last_book="first").empty
    assert new_breaks(breaks, breaks.head(0), INDICATORS, last_book="lost").empty
    said = [data_changes(published(found([], [])), publish(rows, id="b", by=["indicator_id", "starts_on"],
            about="series_breaks", carry=["indicator", "reason", "withdrawn"], gate=Gate()))
            for rows in (fresh, gone)]  # fmt: skip
    assert said == [
        [measured_differently("Graduation", "October 2024", "New codes")],
        ["In the data: Graduation is no longer listed as measured differently starting in October 2024."],
    ]


def test_a_word_that_a_correction_changed_is_told_apart_from_one_that_a_result_changed() -> None:
    def chapter(outcome: str, word: str, known: str | None) -> ChapterRecords:
        row = pd.DataFrame([{"outcome_id": outcome, "outcome": outcome.title(), "word": word, "word_known": known}])
        shown = publish(row, id="verdict", by=["outcome_id"], about="outcomes", gate=Gate(),
                        carry=["outcome", "word", "word_known"])  # fmt: skip
        record: records.Record = shown.record()
        return ChapterRecords(f"outcome-{outcome}", (record,), "en")

    chapters = {f"outcome-{o}": chapter(o, w, k) for o, w, k in (
        ("corrected", "no clear change", "no clear change"), ("result", "worsening", "improving"),
        ("first", "improving", None))}  # fmt: skip
    last = dict.fromkeys(chapters, "improving")
    frame = brief.changed_words(chapters, last)
    assert frame["outcome_id"].tolist() == ["corrected"]
    reworded = publish(frame, id="r", by=["outcome_id"], about="outcomes", gate=Gate(),
                       carry=["outcome", "chapter", "was", "word_known"])  # fmt: skip
    assert data_changes(published(found([], [])), reworded=reworded) == [
        "In the data: Corrected: the last book said “improving”; with today's data for the same periods it would "
        "have said “no clear change” (@sec-outcome-corrected)."
    ]
    assert brief.changed_words(chapters, {}).empty


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8))
def test_the_same_values_again_are_never_a_revision(percents: list[float]) -> None:
    rows = [value(p, period_start=pd.Timestamp(2010 + i, 7, 1)) for i, p in enumerate(percents)]
    assert found(rows, rows).empty
