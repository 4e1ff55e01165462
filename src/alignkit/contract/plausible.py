"""Values that are well formed and hardly true: a share taken for a percent, a code for a missing value, a hidden 0.

`validate` says whether tables can be read; this says whether a person should look before anyone believes them. What a
person has looked at and found right is accepted by its key, with a day and a reason (`sources.accepted`).
"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd

from alignkit.contract.doubt import (
    ALL,
    APART,
    EARLIEST,
    MARGIN,
    NEAR,
    ROLLING_DAYS,
    SERIES,
    TIMES,
    YEARS_AHEAD,
    Doubt,
    Values,
    each,
    plain,
)
from alignkit.contract.plausible_codes import CODES
from alignkit.contract.plausible_units import UNIT_LOOKS
from alignkit.contract.schema import schema


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
    counted = (k / n.where(n > 0) * newest["unit"].map(TIMES)).where(newest["unit"] != "count", k)
    reported = newest["value_status"].isin(["reported", "not_comparable"])
    newest = newest.assign(is_=newest["value"].astype("float64").fillna(counted).where(reported))
    return newest.sort_values([*SERIES, "period_start"], kind="stable", ignore_index=True)


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


def _mixture(values: Values) -> Iterator[Doubt]:
    """A percent of everyone that its groups, which hold everyone, do not come to."""
    key = ["indicator_id", "place_id", "period_start"]
    rows = values[(values["unit"] == "percent") & values["is_"].notna() & values["denominator"].notna()]
    rows = rows.assign(n=rows["denominator"].astype("float64")).assign(times=lambda frame: frame["is_"] * frame["n"])
    whole = rows[rows["subgroup"] == ALL].drop_duplicates(key).set_index(key)
    sums = rows[rows["subgroup"] != ALL].groupby([*key, "subgroup_type"], sort=False)[["n", "times"]].sum()
    sums = sums.reset_index().join(whole[["is_", "n", "source_key"]], on=key, rsuffix="_all")
    together = sums["times"] / sums["n"].where(sums["n"] > 0)
    complete = (sums["n"] - sums["n_all"]).abs() <= 0.02 * sums["n_all"]
    odd = sums.assign(together=together)[complete & ((together - sums["is_"]).abs() > APART)]
    for _, row in odd.drop_duplicates(["indicator_id", "place_id", "subgroup_type"]).iterrows():
        says = f"everyone has {plain(row['is_'])} percent, and all groups together {plain(round(row['together'], 1))}"
        cure = "look whether the row of everyone is that of another place, grade or year"
        name = f"{row['indicator_id']} {row['place_id']} {row['subgroup_type']}"
        yield Doubt(f"mixture: {name}", str(row["source_key"]), says, cure)


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
    yield from each(odd, "two ends", lambda row: "two periods begin on this day and end on different ones", cure)


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
                says = f"{column} {plain(goal)}, while the values are around {plain(middle)}"
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


_LOOKS: tuple[Callable[[Values], Iterator[Doubt]], ...] = (
    *UNIT_LOOKS, *CODES, _groups, _mixture, _overlaps, _weighted,
)  # fmt: skip
