"""Places beside this one: different beyond chance, not told apart, not known; never ranked."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from alignkit.chapters.outcome.measures import other_places
from alignkit.disclosure.published import Published

PLACES = pd.DataFrame(
    {"place_id": ["town", "state", "land", "a", "b", "c"], "parent_id": ["state", "land", *[None] * 4]}
)
ABOUT = pd.DataFrame({"good_direction": ["up"]})


def published(values, half=2.0, **changes):
    frame = pd.DataFrame({"place_id": list(values), "value": list(values.values())}).astype({"value": float})
    frame = frame.assign(place=frame["place_id"].str.title(), low=frame["value"] - half, high=frame["value"] + half)
    frame = frame.assign(unit="percent", period_start=pd.Timestamp("2025-08-01"), period_end=pd.Timestamp("2026-06-30"))
    return Published("p", "", "q", ("place_id",), False, "en", frame.assign(status="shown", text="", **changes))


def words_of(p, about=ABOUT):
    return other_places(p.shown, about, PLACES, "town").set_index("place_id")["word"].to_dict()


def test_a_difference_counts_where_chance_would_rarely_make_it():
    p = published({"town": 50, "a": 60, "b": 51, "c": 40})
    assert words_of(p) == {"a": "better", "b": "not told apart", "c": "worse"}
    assert words_of(p, ABOUT.assign(good_direction="down")) == {"a": "worse", "b": "not told apart", "c": "better"}


def test_p_is_that_of_the_difference_over_both_errors():
    row = other_places(published({"town": 50, "a": 53}).shown, ABOUT, PLACES, "town").iloc[0]
    error = 2.0 / stats.norm.isf(0.025) * 2**0.5
    assert row["p_adjusted"] == pytest.approx(2 * stats.norm.sf(3 / error))


def test_many_places_are_looked_at_together():
    close = {"town": 50, "a": 53}
    assert words_of(published(close))["a"] == "better"
    many = close | {f"x{k}": 50 for k in range(19)}
    assert words_of(published(many))["a"] == "not told apart"


def test_places_that_this_one_is_part_of_have_no_word():
    p = published({"town": 50, "state": 70, "land": 80, "a": 50})
    assert words_of(p) == {"state": "", "land": "", "a": "not told apart"}


def test_without_an_interval_nothing_is_known():
    assert set(words_of(published({"town": 50, "a": 90}, half=np.nan)).values()) == {"not known"}


def test_nothing_stands_beside_a_place_without_a_value():
    assert other_places(published({"a": 50}).shown, ABOUT, PLACES, "town").empty
    assert other_places(published({"town": 50, "a": 50}).shown, ABOUT.iloc[:0], PLACES, "town").empty
    assert other_places(published({"town": 50}).shown, ABOUT, PLACES, "town").empty
