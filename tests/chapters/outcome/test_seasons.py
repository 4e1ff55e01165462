"""Months beside the same month a year before: pairs, signs against coin tosses, words."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.chapters.outcome import measures, sentences
from alignkit.chapters.outcome.seasons import COLUMNS
from alignkit.disclosure.publish import Gate, publish
from alignkit.words.words import words

EN = words("en")
ABSENCE = pd.DataFrame(
    {"indicator_id": ["absence"], "name": ["Students who missed two days"], "unit": ["percent"],
     "good_direction": ["down"], "frequency": ["monthly"]}
)  # fmt: skip
NOTEBOOKS = Path(__file__).parents[3] / "notebooks"


def points(*values: float | None, start: str = "2024-09-01") -> pd.DataFrame:
    days = pd.date_range(start, periods=len(values), freq="MS")
    return pd.DataFrame({"indicator_id": "absence", "period_start": days, "period_end": days + pd.offsets.MonthEnd(0),
                         "value": pd.Series(values, dtype=float)})  # fmt: skip


def said(pairs: pd.DataFrame) -> list[str]:
    signs = publish(measures.signs(pairs), id="signs", by=["what"], about="outcomes", gate=Gate(),
                    carry=["worse", "better", "same", "typical", "chance"])  # fmt: skip
    return sentences.month_by_month(signs, ABSENCE)


def test_each_month_of_the_newest_year_stands_beside_the_year_before() -> None:
    pairs = measures.beside_last_year(points(*([10.0] * 12), 12, 9, 10), ABSENCE)
    assert pairs["period_start"].dt.strftime("%Y-%m").tolist()[-3:] == ["2025-09", "2025-10", "2025-11"]
    assert pairs[["before", "now", "change", "worse"]].values.tolist()[-3:] == [
        [10, 12, 2, 1], [10, 9, -1, -1], [10, 10, 0, 0]]  # fmt: skip


def test_where_up_is_good_a_rise_is_better() -> None:
    up = ABSENCE.assign(good_direction="up")
    assert measures.beside_last_year(points(*([10.0] * 12), 12), up)["worse"].tolist()[-1] == -1


def test_months_without_a_value_or_without_a_year_before_are_left_out() -> None:
    gappy = measures.beside_last_year(points(10, None, *([10.0] * 10), 11, 11, None), ABSENCE)
    assert gappy["period_start"].dt.strftime("%Y-%m").tolist() == ["2025-09"]
    assert measures.beside_last_year(points(10, 11), ABSENCE).empty
    assert measures.beside_last_year(points(10, 11), ABSENCE.head(0)).empty


@pytest.mark.parametrize(("worse", "of", "chance"), [(5, 8, 93 / 256), (8, 8, 1 / 256), (1, 1, 0.5)])
def test_the_chance_is_that_of_coin_tosses(worse: int, of: int, chance: float) -> None:
    pairs = pd.DataFrame({"worse": [1] * worse + [-1] * (of - worse), "change": 1.0})
    assert measures.signs(pairs)["chance"].iloc[0] == pytest.approx(chance)


def test_the_sentence_says_how_often_coins_would_do_as_well() -> None:
    pairs = pd.DataFrame({"worse": [1] * 5 + [-1] * 3, "change": [1.2] * 5 + [-0.5] * 3})
    assert said(pairs) == [
        "Students who missed two days: 5 of 8 months were worse than the same month a year before, typically 1.2 more "
        "of every 100; coin tosses would do as well 36 times in 100. Months share their students, and are not as "
        "independent as coins: a hint, no proof."
    ]


def test_months_that_are_all_the_same_are_not_called_worse() -> None:
    assert said(pd.DataFrame({"worse": [0, 0], "change": [0.0, 0.0]})) == [
        "Students who missed two days: no month differs from the same month a year before."
    ]


def test_what_cannot_be_compared_is_said_so() -> None:
    empty = pd.DataFrame(columns=COLUMNS)
    assert said(empty) == [
        "Students who missed two days: no month can be compared with the same month a year before yet."
    ]
    signs = publish(measures.signs(empty), id="signs", by=["what"], about="outcomes", gate=Gate(),
                    carry=["worse", "better", "same", "typical", "chance"])  # fmt: skip
    assert sentences.month_by_month(signs, ABSENCE.head(0)) == ["No number is kept month by month yet."]


@given(st.lists(st.floats(0, 100), min_size=0, max_size=30))
def test_signs_are_counts_of_the_pairs_and_a_chance(values: list[float]) -> None:
    pairs = measures.beside_last_year(points(*values), ABSENCE)
    row: Any = measures.signs(pairs)
    assert len(row) == (1 if len(pairs) else 0)
    if len(row):
        assert row[["worse", "better", "same"]].iloc[0].sum() == len(pairs)
        assert 0 < row["chance"].iloc[0] <= 1


def test_the_outcomes_own_notebook_moves_the_contributing_indicators_as_they_are() -> None:
    """A cell that is only moved must not keep an old version of the shared one."""

    def cells(name: str) -> dict[str, str]:
        notebook = json.loads((NOTEBOOKS / name).read_text(encoding="utf-8"))
        return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}

    shared, own = cells("outcome.ipynb"), cells("outcomes/chronic-absence.ipynb")
    assert own["contributing"] == shared["contributing"]
