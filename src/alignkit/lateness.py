"""Which tables are older than usual at a cycle's date, as far as the contract says what is usual.

`indicators` says how often a value comes out and how long after its period; `data_sources` says how often a set of data
is brought up to date. No other table promises a next row, so none of them can be late.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import pandas as pd

from alignkit.contract.schema import schema
from alignkit.known import known
from alignkit.snapshot import Snapshot
from alignkit.words.words import Words, words

MONTHS: Mapping[str, int] = {"annual": 12, "quarterly": 3, "monthly": 1}
DAYS: Mapping[str, int] = {"annual": 396, "quarterly": 106, "monthly": 38, "daily": 4}
"""The longest year, quarter, month and weekend with a month, a fortnight, a week and a day to spare: "monthly" is a
habit, not a day."""
READ = ("partners", "outcomes", "indicators", "indicator_values", "data_sources")
"""The tables that `late` looks at."""


@dataclass(frozen=True)
class Late:
    """One thing that should have come by now; `str()` says it in English, `said()` in any language."""

    table: Literal["indicator_values", "data_sources"]
    """The table whose newer rows are missing."""
    id: str
    name: str
    """As a reader knows it."""
    newest: date | None
    """Indicator: the last day of the newest period known. Data source: the day it was last brought up to date."""
    due: date
    """The last day on which it would not have been late."""
    start: date | None = None
    """Indicator: the first day of the newest period known."""

    def __str__(self) -> str:
        return said(self, words("en"))


def said(late: Late, told: Words) -> str:
    """What is late and since when, in one sentence without its full stop."""
    _ = told.gettext
    due = told.date(late.due)
    if late.table == "data_sources":
        if late.newest is None:
            return _("{name}: never brought up to date; usual by {due}").format(name=late.name, due=due)
        template = _("{name}: last brought up to date on {day}; the next time was due by {due}")
        return template.format(name=late.name, day=told.date(late.newest), due=due)
    if late.newest is None or late.start is None:
        return _("{name}: no value yet; the first was due by {due}").format(name=late.name, due=due)
    period = told.period(late.start, late.newest)
    template = _("{name}: the newest value is for {period}; the next was due by {due}")
    return template.format(name=late.name, period=period, due=due)


def of_snapshot(snapshot: Snapshot, as_of: date, place: str = "") -> tuple[Late, ...]:
    """What is late in a snapshot; see `late`."""
    return late({name: snapshot.table(name) for name in READ if name in snapshot.tables}, as_of, place)


def late(tables: Mapping[str, pd.DataFrame], as_of: date, place: str = "") -> tuple[Late, ...]:
    """What should have come by `as_of`, judged by what was known then; that which has been due longest comes first.

    `tables` are conformed tables of the contract, by name; those that are not there are never late. Indicators count
    where their outcome is in force. With a `place`, an indicator that has values for it is judged by those alone.
    """
    now = pd.Timestamp(as_of)
    seen = {name: known(frame, schema(name).visible_from, (), now) for name, frame in tables.items()}
    found = [*_indicators(seen, place, now), *_data_sources(seen, now)]
    return tuple(sorted((one for one in found if one.due < now.date()), key=lambda one: (one.due, one.table, one.id)))


def _indicators(tables: Mapping[str, pd.DataFrame], place: str, now: pd.Timestamp) -> Iterator[Late]:
    if "indicators" not in tables or "indicator_values" not in tables:
        return
    listed, values = tables["indicators"], tables["indicator_values"]
    if "outcomes" in tables:
        outcomes = tables["outcomes"]
        listed = listed[listed["outcome_id"].isin(outcomes.loc[outcomes["status"] == "in_force", "outcome_id"])]
    values = values[values["period_end"] <= now]
    groups = dict(iter(values.groupby("indicator_id")))
    for row in listed.to_dict("records"):
        yield _indicator(row, groups.get(row["indicator_id"], values.iloc[:0]), place)


def _indicator(row: Mapping[Any, Any], values: pd.DataFrame, place: str) -> Late:
    own = values[values["place_id"] == place]
    values = values if own.empty else own
    months, lag = MONTHS[row["frequency"]], pd.Timedelta(days=int(row["usual_lag_days"]))
    if values.empty:
        due = row["valid_from"] + pd.DateOffset(months=months) + lag
        return Late("indicator_values", row["indicator_id"], row["name"], None, due.date())
    newest = values.sort_values("period_end").iloc[-1]
    due = next_end(values["period_end"], months) + lag
    start, end = newest["period_start"].date(), newest["period_end"].date()
    return Late("indicator_values", row["indicator_id"], row["name"], end, due.date(), start)


def next_end(ends: pd.Series, months: int) -> pd.Timestamp:
    """The last day of the period that should follow, from the last days of those there are (at least one).

    A year after the one that followed a year ago, so that a summer without school is not late; where there is less than
    a year to look back on, `months` after the newest.
    """
    newest = ends.max()
    year_ago = newest - pd.DateOffset(years=1)
    if (ends <= year_ago).any():
        return _later(ends[ends > year_ago].min(), 12)
    return _later(newest, months)


def _later(end: pd.Timestamp, months: int) -> pd.Timestamp:
    """So many months on; the last day of a month leads to the last day of a month."""
    later = end + pd.DateOffset(months=months)
    return later + pd.offsets.MonthEnd(0) if end.is_month_end else later


def _data_sources(tables: Mapping[str, pd.DataFrame], now: pd.Timestamp) -> Iterator[Late]:
    if "data_sources" not in tables:
        return
    partners = tables.get("partners", pd.DataFrame(columns=["partner_id", "name"]))
    holders = partners.set_index("partner_id")["name"].to_dict()
    for row in tables["data_sources"].to_dict("records"):
        refreshed = None if pd.isna(row["last_refreshed"]) else row["last_refreshed"].date()
        if refreshed is not None and refreshed > now.date():
            continue  # the table keeps no earlier days, so how fresh it was at `now` is not known
        since = refreshed or row["valid_from"].date()
        due = since + timedelta(days=DAYS[row["refresh"]])
        holder = holders.get(row["partner_id"], row["partner_id"])
        yield Late("data_sources", row["data_source_id"], f"{row['name']} ({holder})", refreshed, due)
