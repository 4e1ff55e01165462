"""Values that are well formed and hardly true: a share taken for a percent, a code for a missing value, a hidden 0.

`validate` says whether tables can be read; this says whether a person should look before anyone believes them. What a
person has looked at and found right is accepted by its key, with a day and a reason (`sources.accepted`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from alignkit.contract.schema import schema

SERIES = ["indicator_id", "place_id", "subgroup_type", "subgroup"]
ALL = "all"
POWERS = (10, 100, 1000)
NEAR = 1.25
"""How near a jump must come to a factor of 10, 100 or 1,000: within a quarter."""
SMALL = 30
"""Persons: a smaller group may well go from 2 to 20."""
FEW = 10
"""Persons: where fewer were expected, none may be true."""
ROLLING_DAYS = 400
"""Estimates over more days may overlap, such as five years of a survey, published every year."""
EARLIEST, YEARS_AHEAD = 1950, 15
MARGIN = 4.0
"""An interval that is wider than counts of that size give by more than this factor is one of a weighted survey."""
_TIMES = {"percent": 100.0, "rate_per_1000": 1000.0}
_UNITS = {"percent": "percent", "rate_per_1000": "a rate per 1,000", "count": "a count", "dollars": "dollars",
          "score": "a score"}  # fmt: skip
Values = pd.DataFrame


@dataclass(frozen=True)
class Doubt:
    """Something that a person should look at.

    `key` is how it is accepted: it names the kind of doubt, the series and the period, not the number.
    """

    key: str
    where: str
    says: str
    cure: str


def doubts(tables: Mapping[str, pd.DataFrame]) -> tuple[Doubt, ...]:
    """What in conformed tables is hardly true, in a stable order; each thing once."""
    found = list(_far_days(tables))
    if {"indicators", "indicator_values"} <= tables.keys():
        values = _newest(tables["indicator_values"], tables["indicators"])
        for look in _LOOKS:
            found += look(values)
        found += _goals(values, tables["indicators"])
        found += _same_start(tables["indicator_values"])
    return tuple({doubt.key: doubt for doubt in found}.values())


def _newest(values: pd.DataFrame, indicators: pd.DataFrame) -> Values:
    """The newest version of each value, by series and period, with its unit, and `is_`: its value, or its counts'."""
    key = list(schema("indicator_values").version_of)
    newest = values.sort_values("released_on", kind="stable").drop_duplicates(key, keep="last")
    units = indicators.drop_duplicates("indicator_id").set_index("indicator_id")["unit"]
    newest = newest.assign(unit=newest["indicator_id"].map(units))
    n = newest["denominator"].astype("float64")
    k = newest["numerator"].astype("float64")
    counted = (k / n.where(n > 0) * newest["unit"].map(_TIMES)).where(newest["unit"] != "count", k)
    reported = newest["value_status"].isin(["reported", "not_comparable"])
    newest = newest.assign(is_=newest["value"].astype("float64").fillna(counted).where(reported))
    return newest.sort_values([*SERIES, "period_start"], kind="stable", ignore_index=True)


def _named(row: "pd.Series[Any]") -> str:
    """An indicator's place, group and period, for a key and a message."""
    group = "" if row["subgroup"] == ALL else f" {row['subgroup']}"
    return f"{row['indicator_id']} {row['place_id']}{group} {pd.Timestamp(row['period_start']):%Y-%m-%d}"


def _each(rows: Values, kind: str, says: Callable[["pd.Series[Any]"], str], cure: str) -> Iterator[Doubt]:
    for _, row in rows.iterrows():
        yield Doubt(f"{kind}: {_named(row)}", str(row["source_key"]), says(row), cure)


def _shares(values: Values) -> Iterator[Doubt]:
    """Percents that are never above 1: of a whole indicator, or of one of its series while the others are far above."""
    cure = "in the mapping, read them as 'share from 0 to 1, as percent'"
    percent = values[(values["unit"] == "percent") & values["is_"].notna()]
    percent = percent[~(percent["numerator"].notna() & percent["denominator"].notna()) | (percent["is_"] > 1)]
    for name, rows in percent.groupby("indicator_id", sort=False):
        where = str(rows["source_key"].iloc[0])
        if 0 < rows["is_"].max() <= 1:
            says = f"every value of {name} is at most 1 percent; are they shares, 0.412 for 41.2 percent?"
            yield Doubt(f"shares: {name}", where, says, cure)
            continue
        tops = rows.groupby(SERIES, sort=False)["is_"].transform("max")
        odd = rows[(tops > 0) & (tops <= 1) & (rows["is_"].median() > 10)].drop_duplicates(SERIES)
        yield from _each(odd, "shares", lambda row: f"{_plain(row['is_'])} percent; others are far above it", cure)


def _negative(values: Values) -> Iterator[Doubt]:
    low = values[(values["is_"] < 0) & (values["unit"] != "score")]
    wrong = low[(low["unit"] != "dollars") | _are_codes(low["is_"])]
    scores = values[(values["unit"] == "score") & (values["is_"] < 0)]
    code = _are_codes(scores["is_"])
    wrong = pd.concat([wrong, scores[code & ~scores["indicator_id"].isin(scores[~code]["indicator_id"])]])
    cure = "if it is a code for a missing value, write it into sheet marks of the mapping, or leave the cell blank"
    yield from _each(wrong, "negative", lambda row: f"{_plain(row['is_'])} as {_UNITS[str(row['unit'])]}", cure)


def _nines(values: Values) -> Iterator[Doubt]:
    """999, 9999 and the like, above everything else of the indicator, or more than once; also as numbers of persons."""
    cure = "if it is a code for a missing value, write it into sheet marks of the mapping, or leave the cell blank"
    for column, what in (("is_", ""), ("denominator", " persons")):
        for _, row in _nines_of(values.assign(cell=values[column].astype("float64"))).iterrows():
            says = f"{_plain(row['cell'])}{what} may be a code"
            yield Doubt(f"code: {_named(row)}{what}", str(row["source_key"]), says, cure)


def _nines_of(cells: Values) -> Values:
    codes = cells[_are_codes(cells["cell"]) & (cells["cell"] >= 99)]
    others = cells[~cells.index.isin(codes.index)].groupby("indicator_id")["cell"].max()
    highest = codes["indicator_id"].map(others).fillna(np.inf)
    again = codes.groupby(["indicator_id", "cell"])["cell"].transform("size") > 1
    long = codes["cell"] >= 999
    return codes[(codes["cell"] > 5 * highest) | (long & ((codes["cell"] > 1.5 * highest) | again))]


def _are_codes(cells: "pd.Series[Any]") -> "pd.Series[bool]":
    return cells.map(_is_code).astype(bool)


def _is_code(value: float) -> bool:
    """-1 to -9, -99, 999, -666666666: one digit again and again, as agencies write what is missing."""
    if pd.isna(value) or value != int(value):
        return False
    digits = str(abs(int(value)))
    return (value < 0 and (len(digits) == 1 or len(set(digits)) == 1)) or (len(digits) > 1 and set(digits) == {"9"})


def _beyond(values: Values) -> Iterator[Doubt]:
    high = values[(values["unit"] == "rate_per_1000") & (values["is_"] > 1000)]
    cure = "look at the decimal mark, and at what the rate is per"
    yield from _each(high, "beyond", lambda row: f"{_plain(row['is_'])} of 1,000", cure)


def _fractions(values: Values) -> Iterator[Doubt]:
    """Counts with decimals; dollars with three, which are thousands in other countries' files."""
    parts = values["is_"] - np.floor(values["is_"])
    counts = values[(values["unit"] == "count") & (parts.abs() > 1e-9)]
    cure = "look at the decimal mark; a weighted estimate is no count of persons"
    yield from _each(counts, "decimals", lambda row: f"a count of {_plain(row['is_'])}", cure)
    dollars = values[(values["unit"] == "dollars") & values["is_"].notna()]
    for name, rows in dollars.groupby("indicator_id", sort=False):
        thousandths = (rows["is_"] * 1000).round(6) % 10
        if len(rows) > 1 and bool(((parts[rows.index] > 0) & (thousandths > 0)).sum() > len(rows) / 2):
            says = f"the values of {name} have three decimals, such as {_plain(rows['is_'].iloc[0])} dollars"
            yield Doubt(f"decimals: {name}", str(rows["source_key"].iloc[0]), says, "look at the decimal mark")


def _jumps(values: Values) -> Iterator[Doubt]:
    """A value near 10, 100 or 1,000 times the one before it, or that part of it; a group may well go tenfold."""
    known = values[values["is_"].notna() & (values["is_"] > 0)].copy()
    series = known.groupby(SERIES, sort=False)
    before = series["is_"].shift()
    ratio = known["is_"] / before
    factor = np.maximum(ratio, 1 / ratio)
    everyone = known["subgroup"] == ALL
    near = np.logical_or.reduce(
        [
            *((factor > power / NEAR) & (factor < power * NEAR) & ((power > 10) | everyone) for power in POWERS),
            factor > POWERS[-1],
        ]
    )
    unknown = everyone.map({True: np.inf, False: 0.0})  # a group without a count may be of a few
    people = known["denominator"].astype("float64").fillna(unknown)
    before_people = series["denominator"].shift().astype("float64").fillna(people)
    people = people.where(people < before_people, before_people)
    larger = np.maximum(known["is_"], before.fillna(0))
    enough = (people >= SMALL) & ((known["unit"] != "count") | (larger >= 10 * SMALL))
    odd = known.assign(before=before, factor=factor)[near & enough]
    cure = "look whether one of the two files has shares, thousands, or another decimal mark"
    yield from _each(odd, "jump", lambda row: f"{_plain(row['is_'])} after {_plain(row['before'])}", cure)


def _zeros(values: Values) -> Iterator[Doubt]:
    """A fall to exactly 0 where a good number of persons were expected."""
    known = values[values["is_"].notna()]
    before = known.groupby(SERIES, sort=False)["is_"].shift()
    n = known["denominator"].astype("float64")
    share = known["unit"].map(_TIMES)
    expected = (before / share * n).where(known["unit"].isin([*_TIMES]), before)
    expected = expected.fillna(before.where(known["subgroup"] == ALL))  # without a count: a group may be of a few
    odd = known.assign(before=before)[(known["is_"] == 0) & (expected >= FEW)]
    cure = "if the 0 stands for a hidden or missing value, write it into sheet marks of the mapping"
    yield from _each(odd, "zero", lambda row: f"0 after {_plain(row['before'])}", cure)


def _groups(values: Values) -> Iterator[Doubt]:
    """Groups of one kind that together hold more persons than everyone."""
    key = ["indicator_id", "place_id", "period_start"]
    counts = values["numerator"].astype("float64").fillna(values["is_"].where(values["unit"] == "count"))
    values = values.assign(numerator=counts)
    whole = values[values["subgroup"] == ALL].drop_duplicates(key).set_index(key)
    parts = values[values["subgroup"] != ALL]
    for column in ("denominator", "numerator"):
        sums = parts.groupby([*key, "subgroup_type"], sort=False)[column].sum().reset_index()
        everyone = whole[column].reindex(pd.MultiIndex.from_frame(sums[key])).to_numpy(dtype="float64", na_value=np.nan)
        # One in twenty may be counted twice, or be rounded.
        odd = sums[sums[column].astype("float64").to_numpy() > everyone * 1.05 + 2].assign(
            everyone=everyone[sums[column].astype("float64").to_numpy() > everyone * 1.05 + 2]
        )
        odd = odd.drop_duplicates(["indicator_id", "place_id", "subgroup_type"])
        for _, row in odd.iterrows():
            name = f"{row['indicator_id']} {row['place_id']} {row['subgroup_type']}"
            day = f"{pd.Timestamp(row['period_start']):%Y-%m-%d}"
            says = f"the groups hold {row[column]:,.0f} of {row['everyone']:,.0f} persons on {day}"
            cure = "look whether a group is counted twice; if a child can be in several of these groups, accept it"
            yield Doubt(f"groups: {name}", "", says, cure)


def _overlaps(values: Values) -> Iterator[Doubt]:
    """Periods of one series that overlap, but for estimates over several years that come out every year."""
    periods = values.drop_duplicates([*SERIES, "period_start"])
    days = (periods["period_end"] - periods["period_start"]).dt.days
    series = periods.groupby(SERIES, sort=False)
    before_end, before_days = series["period_end"].shift(), days.groupby([periods[c] for c in SERIES]).shift()
    overlap = periods["period_start"] <= before_end
    rolling = (days > ROLLING_DAYS) & ((days - before_days).abs() < 5)
    odd = periods.assign(before_end=before_end)[overlap & ~rolling]
    odd = odd.drop_duplicates(["indicator_id", "place_id"])
    cure = "look how each file writes its years: one may mean school years by their last year"
    for _, row in odd.iterrows():
        says = f"the period from {row['period_start']:%Y-%m-%d} begins before the one before it ends"
        says += f" ({row['before_end']:%Y-%m-%d})"
        yield Doubt(f"overlap: {row['indicator_id']} {row['place_id']}", str(row["source_key"]), says, cure)


def _same_start(values: pd.DataFrame) -> Iterator[Doubt]:
    """Periods of different length with one first day, such as a quarter and its year: one would replace the other."""
    key = [*SERIES, "period_start"]
    ends = values.groupby(key, sort=False)["period_end"].nunique()
    odd = values.drop_duplicates(key).set_index(key)[ends > 1].reset_index() if len(ends) else values.head(0)
    odd = odd.drop_duplicates(["indicator_id", "place_id"])
    cure = "give quarters and years an indicator each"
    yield from _each(odd, "two ends", lambda row: "two periods begin on this day and end on different ones", cure)


def _weighted(values: Values) -> Iterator[Doubt]:
    """Counts next to an interval that persons so many would not give: weighted estimates of a survey."""
    rows = values[(values["unit"] == "percent") & values["interval_low"].notna() & values["interval_high"].notna()]
    n, p = rows["denominator"].astype("float64"), rows["is_"] / 100
    usual = 2 * 1.96 * np.sqrt(p * (1 - p) / n.where(n > 0)) * 100
    wider = (rows["interval_high"] - rows["interval_low"]) / usual.where(usual > 0)
    odd = rows[(wider > MARGIN) & (n >= 1000)].drop_duplicates("indicator_id")
    cure = "map the interval and the value, and leave weighted numbers of persons out of numerator and denominator"
    for _, row in odd.iterrows():
        says = "its numbers of persons are too large for its interval: are they weighted estimates?"
        yield Doubt(f"weighted: {row['indicator_id']}", str(row["source_key"]), says, cure)


def _goals(values: Values, indicators: pd.DataFrame) -> Iterator[Doubt]:
    """A baseline or target in another unit than the values."""
    typical = values[values["subgroup"] == ALL].groupby("indicator_id")["is_"].median()
    for _, row in indicators.drop_duplicates("indicator_id").iterrows():
        middle = typical.get(row["indicator_id"], np.nan)
        for column in ("baseline", "target"):
            goal = row[column]
            if pd.isna(goal) or pd.isna(middle) or goal <= 0 or middle <= 0:
                continue
            factor = max(goal / middle, middle / goal)
            share = row["unit"] == "percent" and goal <= 1 < middle
            if share or any(power / NEAR < factor < power * NEAR for power in (100, 1000)):
                says = f"{column} {_plain(goal)}, while the values are around {_plain(middle)}"
                yield Doubt(
                    f"{column}: {row['indicator_id']}", "indicators", says, "write it in the unit of the values"
                )


def _far_days(tables: Mapping[str, pd.DataFrame]) -> Iterator[Doubt]:
    """Days decades away, such as a promise due in 2062; only the year is named, as tables may be about persons."""
    latest = pd.Timestamp.now().year + YEARS_AHEAD
    for name, frame in tables.items():
        for column in frame.select_dtypes("datetime"):
            if column in ("birth_date", "valid_until"):
                continue
            years = frame[column].dt.year.reset_index(drop=True)
            for at, year in years[(years > latest) | (years < EARLIEST)].drop_duplicates().astype(int).items():
                where = f"{name}, row {int(str(at)) + 1:,} below the column names"
                yield Doubt(f"day: {name} {column} {year}", where, f"{column} is in {year}", "look at the year")


def _plain(value: Any) -> str:
    return f"{float(value):,.10g}"


_LOOKS = (
    _shares, _negative, _nines, _beyond, _fractions, _jumps, _zeros, _groups, _overlaps, _weighted,
)  # fmt: skip
