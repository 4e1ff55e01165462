"""How far two records agree, field by field: levels of `settings.FIELDS`.

The comparisons are recordlinkage features over rapidfuzz, which is several times as fast as what comes built in and
gives the same scores. What is missing on either side is `MISSING`: neutral, not a disagreement.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import recordlinkage
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein
from recordlinkage.base import BaseCompareFeature

MISSING = -1
AT_ONCE = 250_000
"""Pairs compared at a time, so that memory holds their texts."""
Levels = npt.NDArray[np.int8]
Truths = npt.NDArray[np.bool_]
_CLOSE, _ALIKE = 0.9, 0.8
_BEGINS = 0.66
"""Of two texts one of which begins the other the Jaro–Winkler similarity is above 2/3."""
_ROUNDING = 0.001
"""Less than a limit, so that rapidfuzz, which need not tell what is below, does not leave out what just reaches it."""
_DAYS = 10
"""Birth dates so many days apart are taken for slips of the pen."""
_COLUMN = {
    "first_name": "first_name", "middle_name": "middle_name", "last_name": "last_name", "birth_date": "birth_digits",
    "sex": "sex", "home": "street_address",
}  # fmt: skip
"""Field → the column by which it is known."""


def compared(pairs: pd.MultiIndex, students: pd.DataFrame, clients: pd.DataFrame) -> pd.DataFrame:
    """The level of every field of every pair: one row per pair in their order, one int8 column per field."""
    names, born, home = ["first_name", "last_name"], ["birth_date", "birth_digits"], ["street_address", "postal_code"]
    features: list[BaseCompareFeature] = [
        Names(names, names, label=names),
        MiddleName("middle_name", "middle_name", label="middle_name"),
        BirthDate(born, born, label="birth_date"),
        Same("sex", "sex", label="sex"),
        Home(home, home, label="home"),
    ]
    compare, found = recordlinkage.Compare(features), []
    for start in range(0, max(len(pairs), 1), AT_ONCE):
        part = pairs[start : start + AT_ONCE]
        at = [part.get_level_values(side).to_numpy(np.int64) for side in (0, 1)]
        sides = students.take(at[0]), clients.take(at[1])  # by place, as finding by label takes longer than comparing
        along = pd.MultiIndex.from_arrays([np.arange(len(part))] * 2)
        found.append(compare.compute(along, *(side.reset_index(drop=True) for side in sides)))
    return pd.concat(found, ignore_index=True)[list(_COLUMN)].astype(np.int8)


def compared_further(
    pairs: pd.MultiIndex, students: pd.DataFrame, clients: pd.DataFrame, before: pd.MultiIndex, levels: pd.DataFrame
) -> pd.DataFrame:
    """What `compared` gives for `pairs`; those among `before`, which are in order and have `levels`, are looked up."""
    wanted, known = (
        each.get_level_values(0).to_numpy(np.int64) * len(clients) + each.get_level_values(1)
        for each in (pairs, before)
    )
    at = np.searchsorted(known, wanted)
    there = np.append(known, -1)[at] == wanted
    found = np.empty((len(pairs), levels.shape[1]), np.int8)
    found[there] = levels.to_numpy()[at[there]]
    found[~there] = compared(pairs[~there], students, clients)[list(levels)]
    return pd.DataFrame(found, columns=levels.columns)


def with_itself(table: pd.DataFrame) -> pd.DataFrame:
    """What `compared` gives for every record beside a perfect copy of itself, without the work."""
    there = {column: _there(_texts(table[column])) for column in [*_COLUMN.values(), "postal_code"]}
    frame = pd.DataFrame({field: np.where(there[column], 0, MISSING) for field, column in _COLUMN.items()})
    initial = table["middle_name"].str.len() == 1
    frame["middle_name"] = frame["middle_name"].mask(initial.to_numpy(bool), 1)
    frame["home"] = frame["home"].mask(~there["street_address"] & there["postal_code"], 2)
    return frame.astype(np.int8)


class Names(BaseCompareFeature):
    """First name: same, close, alike (or one begins the other), exchanged with the last name, different.

    Last name: same, close, a part in common, different; missing where the two are exchanged, which counts once.
    """

    def _compute_vectorized(self, *columns: pd.Series) -> tuple[Levels, Levels]:
        first, last, other_first, other_last = map(_texts, columns)
        score = _similar(first, other_first, _BEGINS)
        begins = _each((score < _ALIKE) & (score > _BEGINS), _begins, first, other_first)
        exchanged = (score < _CLOSE) & (_similar(first, other_last, _CLOSE) >= _CLOSE)
        exchanged[exchanged] = _similar(last[exchanged], other_first[exchanged], _CLOSE) >= _CLOSE
        level = _graded(score == 1, score >= _CLOSE, ((score >= _ALIKE) | begins) & ~exchanged, exchanged)
        score = _similar(last, other_last, _CLOSE)
        parts = _each((score < _CLOSE) & (_double(last) | _double(other_last)), _share, last, other_last)
        of_last = np.where(
            exchanged, MISSING, _but_missing(_graded(score == 1, score >= _CLOSE, parts), last, other_last)
        )
        return _but_missing(level, first, other_first), of_last.astype(np.int8)


class MiddleName(BaseCompareFeature):
    """The same name, the same initial where one is an initial only, different."""

    def _compute_vectorized(self, *columns: pd.Series) -> Levels:
        one, other = map(_texts, columns)
        initial = _each(_there(one) & _there(other), _initial, one, other)
        same = (_similar(one, other, _CLOSE) >= _CLOSE) & ~initial
        return _but_missing(_graded(same, initial), one, other)


class BirthDate(BaseCompareFeature):
    """Same; near (a few days, one digit or two exchanged, day and month exchanged); different."""

    def _compute_vectorized(self, *columns: pd.Series) -> Levels:
        date, digits, other_date, other_digits = columns
        apart = np.abs((date.to_numpy() - other_date.to_numpy()) / np.timedelta64(1, "D"))
        texts, others = _texts(digits), _texts(other_digits)
        slip = process.cpdist(_filled(texts), _filled(others), scorer=OSA.distance, score_cutoff=1) <= 1
        turned = (
            (date.dt.year.to_numpy() == other_date.dt.year.to_numpy())
            & (date.dt.month.to_numpy() == other_date.dt.day.to_numpy())
            & (date.dt.day.to_numpy() == other_date.dt.month.to_numpy())
        )
        return _but_missing(_graded(apart == 0, (apart <= _DAYS) | slip | turned), texts, others)


class Same(BaseCompareFeature):
    """Same or different."""

    def _compute_vectorized(self, *columns: pd.Series) -> Levels:
        one, other = map(_texts, columns)
        return _but_missing(_graded(one == other), one, other)


class Home(BaseCompareFeature):
    """Same street address; nearly the same with the same house number; the same postal code only; different."""

    def _compute_vectorized(self, *columns: pd.Series) -> Levels:
        street, code, other_street, other_code = map(_texts, columns)
        same = street == other_street
        score = process.cpdist(
            street, other_street, scorer=Levenshtein.normalized_similarity, score_cutoff=_ALIKE - _ROUNDING
        )
        close = _each((score >= _ALIKE) & ~same, _number, street, other_street)
        level = _graded(same, close, (code == other_code) & _there(code))
        return np.where(_there(street) & _there(other_street), level, _but_missing(level, code, other_code, best=2))


def _texts(column: pd.Series) -> npt.NDArray[np.object_]:
    return column.to_numpy(object)  # `prepared` leaves None for what is missing


def _there(values: npt.NDArray[np.object_]) -> Truths:
    return np.asarray(values != None, dtype=bool)  # noqa: E711 - elementwise


def _filled(values: npt.NDArray[np.object_]) -> list[str]:
    """Empty texts for what is missing: rapidfuzz has no distance to nothing."""
    return [value or "" for value in values]


def _similar(one: npt.NDArray[np.object_], other: npt.NDArray[np.object_], least: float) -> npt.NDArray[np.float32]:
    """Jaro–Winkler similarity of the two texts in every row, 0 to 1; 0 where it is under `least`, which is faster."""
    return np.asarray(
        process.cpdist(one, other, scorer=JaroWinkler.normalized_similarity, score_cutoff=least - _ROUNDING)
    )


def _graded(*steps: Truths) -> Levels:
    """The number of the first step that holds; the number of steps where none does."""
    return np.select(list(steps), range(len(steps)), len(steps)).astype(np.int8)


def _but_missing(level: Levels, one: Any, other: Any, best: int = 0) -> Levels:
    """`level`, no better than `best`, and missing where either side is."""
    known = _there(one) & _there(other)
    return np.where(known, np.maximum(level, best), MISSING).astype(np.int8)


def _each(where: Truths, test: Callable[[Any, Any], bool], one: Any, other: Any) -> Truths:
    """`test` of the two texts in every row of `where`; False elsewhere."""
    found = where.copy()
    found[where] = [test(a, b) for a, b in zip(one[where], other[where], strict=True)]
    return found


def _begins(one: str | None, other: str | None) -> bool:
    if not one or not other or one[0] != other[0]:
        return False
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and long.startswith(short)


def _double(values: npt.NDArray[np.object_]) -> Truths:
    """Which names have several parts."""
    return np.array([value is not None and " " in value for value in values], bool)


def _share(one: str | None, other: str | None) -> bool:
    return bool(one and other and set(one.split()) & set(other.split()))


def _initial(one: str | None, other: str | None) -> bool:
    return bool(one and other and one[0] == other[0] and min(len(one), len(other)) == 1)


def _number(one: str | None, other: str | None) -> bool:
    return bool(one and other and one.split()[0] == other.split()[0])
