"""Which values of a book are new, corrected, the same, or gone, and how page one says so."""

from typing import Any

import pandas as pd

from alignkit.chapters.brief import sentences
from alignkit.chapters.brief.compared import COMPARED, GONE, STANDINGS, compared, gone
from alignkit.chapters.brief.measures import REVISION_KEYS
from alignkit.chapters.brief.revisions import KEY, revisions, same_unit
from alignkit.disclosure.cells import Key, as_key
from alignkit.disclosure.publish import Gate, publish
from alignkit.disclosure.published import Published
from tests.chapters.brief.shown import chapters

INDICATORS = pd.DataFrame({"indicator_id": ["grad", "own"], "name": ["Graduation", "Screening"],
                           "unit": ["percent", "percent"], "already_public": [False, False]})  # fmt: skip
GROUPS = pd.DataFrame({"subgroup_type": ["race"], "subgroup": ["black"], "name": ["Black"]})
PLACES = pd.DataFrame({"place_id": ["here"], "name": ["Riverbend"]})
NONE = publish(pd.DataFrame({"id": []}), id="x", by=["id"], about="outcomes", gate=Gate())


def row(start: int = 2020, rate: float = 50.0, **changes: Any) -> dict[str, Any]:
    days = {"period_start": pd.Timestamp(start, 7, 1), "period_end": pd.Timestamp(start + 1, 6, 30)}
    return {"indicator_id": "grad", **days, "place_id": "here", "subgroup_type": "all", "subgroup": "all",
            "released_on": days["period_end"], "value_status": "reported", "numerator": None, "denominator": None,
            "value": rate, **changes}  # fmt: skip


def key(one: dict[str, Any]) -> Key:
    return as_key({name: one[name] for name in KEY})


def revised(now: list[dict[str, Any]], before: list[dict[str, Any]], said: dict[Key, str]) -> Published:
    frames = (pd.DataFrame(rows).astype({"value": float}) for rows in (now, before))
    found = revisions(*frames, INDICATORS, GROUPS, PLACES, set(said), chapters(*now))
    told = sentences.revisions_in_words(found, "here")
    return publish(told, id="revisions", **REVISION_KEYS, gate=Gate())


def standings(now: list[dict[str, Any]], before: list[dict[str, Any]], said: dict[Key, str],
              indicators_before: pd.DataFrame = INDICATORS) -> list[tuple[int, ...]]:  # fmt: skip
    """New, changed, unchanged, apart, for each period."""
    frame = compared(pd.DataFrame(now), pd.DataFrame(before), revised(now, before, said), set(said), INDICATORS,
                     indicators_before, chapters(*now))  # fmt: skip
    assert list(frame.columns) == COMPARED
    return [tuple(int(n) for n in one) for one in frame[list(STANDINGS)].to_numpy()]


def test_each_value_of_the_book_has_one_standing() -> None:
    before = [row(2020), row(2021), row(2022)]
    now = [row(2020), row(2021, 51.0), row(2022), row(2023)]
    said = {key(one): "50%" for one in before[:2]}
    assert standings(now, before, said) == [(0, 0, 1, 0), (0, 1, 0, 0), (0, 0, 0, 1), (1, 0, 0, 0)]


def test_a_value_that_came_out_before_the_last_book_and_that_it_did_not_know_is_new() -> None:
    late = row(2019, released_on=pd.Timestamp("2020-01-01"))
    assert standings([late, row(2020)], [row(2020)], {key(row(2020)): "50%"})[0] == (1, 0, 0, 0)


def test_a_value_that_was_held_back_by_its_source_is_new_once_it_is_given() -> None:
    assert standings([row()], [row(value_status="suppressed_at_source")], {}) == [(1, 0, 0, 0)]


def test_only_values_that_the_book_shows_are_counted() -> None:
    now = pd.DataFrame([row(2020), row(2021)])
    shown = {**chapters(row(2020)), "hidden": chapters(row(2021), status="hidden")["outcome-grad"]}
    frame = compared(now, now.head(0), revised([row()], [row()], {}), set(), INDICATORS, INDICATORS, shown)
    assert frame["new"].tolist() == [1]


def test_an_agencys_value_that_the_last_book_did_not_show_is_not_the_same_as_there() -> None:
    public, now = INDICATORS.assign(already_public=True), pd.DataFrame([row(2020), row(2021)])
    given = now, now, revised([row()], [row()], {})
    some = compared(*given, {key(row(2020))}, public, public, chapters(row(2020), row(2021)))
    assert some[["unchanged", "apart"]].values.tolist() == [[1, 0], [0, 1]]
    unreleased = compared(*given, None, public, public, chapters(row(2020), row(2021)))
    assert unreleased["unchanged"].sum() == 2  # everyone knows them


def test_values_of_an_indicator_whose_unit_changed_cannot_be_compared() -> None:
    said = {key(row()): "50"}
    scores = INDICATORS.assign(unit="score")
    assert standings([row()], [row()], said, scores) == [(0, 0, 0, 1)]
    assert standings([row()], [row()], said, scores.head(0)) == [(0, 0, 1, 0)]  # the last book listed no indicators
    assert same_unit(INDICATORS, scores).empty


def test_a_value_that_its_source_no_longer_gives_is_named_with_what_the_last_book_said() -> None:
    black = row(2021, subgroup_type="race", subgroup="black")
    before, now = pd.DataFrame([row(2020), row(2021), black]), pd.DataFrame([row(2021)])
    said = {key(row(2020)): "50%", key(row(2021)): "50%", key(black): "44%"}
    told = sentences.values_gone(now, before, said, INDICATORS, GROUPS, PLACES, "here")
    assert told[["named", "was_said"]].values.tolist() == [
        ["Graduation, 2020–21", "50%"], ["Graduation, 2021–22, Black", "44%"]]  # fmt: skip
    assert gone(now, before, {}, INDICATORS, GROUPS, PLACES).empty  # the last book did not show them


def test_values_of_an_indicator_that_is_in_no_table_any_more_are_named_by_its_id() -> None:
    ready = row(2020, indicator_id="ready")
    told = sentences.values_gone(pd.DataFrame([row()]), pd.DataFrame([row(), ready]), {key(ready): "12%"}, INDICATORS,
                                 GROUPS, PLACES, "here")  # fmt: skip
    assert told[["named", "was_said"]].values.tolist() == [["ready, 2020–21", "12%"]]


def told(indicators: list[str] | None = None, **counts: list[int]) -> list[str]:
    """What page one says of these counts, a period each, of one indicator or of these."""
    n = len(next(iter(counts.values())))
    days = {"period_start": [pd.Timestamp(2020 + at, 7, 1) for at in range(n)],
            "period_end": [pd.Timestamp(2021 + at, 6, 30) for at in range(n)]}  # fmt: skip
    names = indicators or ["Graduation"] * n
    frame = pd.DataFrame({"indicator_id": names, "indicator": names, **days,
                          **{name: counts.get(name, [0] * n) for name in STANDINGS}})  # fmt: skip
    held = publish(frame, id="c", by=["indicator_id", "period_start"], about="outcomes", gate=Gate(),
                   carry=COMPARED[2:])  # fmt: skip
    lost = publish(pd.DataFrame(columns=GONE), id="g", by=KEY, about="outcomes", gate=Gate(), carry=GONE[5:])
    return sentences.data_changes(held, revised([row()], [row()], {}), lost, NONE, NONE, "here")


def test_page_one_counts_all_values_and_names_the_new_ones() -> None:
    assert told(new=[0, 2], unchanged=[3, 0], apart=[1, 0]) == [
        "In the data: of 6 values in this book, 2 are new, none was corrected, 3 are the same as in the last book and "
        "1 cannot be compared (@sec-cannot-see).",
        "In the data: new values: Graduation (2021–22, 2 values).",
    ]


def test_new_values_of_several_periods_are_one_item_and_indicators_with_the_most_come_first() -> None:
    assert told(new=[1] * 8)[1] == "In the data: new values: Graduation (8 periods, 8 values)."
    names = ["A", "B", "C", "D", "E", "F"]
    listed = told(names, new=[1, 2, 3, 4, 5, 6])[1]
    assert listed.startswith("In the data: new values: F (2025–26, 6 values), E (2024–25, 5 values), ")
    assert listed.endswith("D (2023–24, 4 values) and 3 more.")
