"""Do the tables know anything of the place and the time that a cycle asks about?"""

from datetime import timedelta

import pandas as pd

from alignkit.contract.schema import nearest
from alignkit.errors import ParamsError
from alignkit.lateness import MONTHS
from alignkit.params import CommunityParams, CycleParams
from alignkit.snapshot import Snapshot

MONTH_DAYS = 31


def check_reach(snapshot: Snapshot, community: CommunityParams, cycle: CycleParams) -> None:
    """Refuse, with `ParamsError`, a community's place that is not in `places`, and a cycle's date that lies before the
    cycle, at which nothing is known yet, or before which nothing has become known for longer than the slowest
    indicator takes.

    A single indicator that has not come is late (`alignkit.lateness`); where every table ends long before the date, the
    cycle or the tables are the wrong ones, and a book would show an old state as the state of this cycle.
    """
    where = f"params/{community.id}/{cycle.cycle}.yml"
    if cycle.as_of < cycle.first_day:
        what = f"as_of ({cycle.as_of}) lies before the cycle {cycle.cycle} begins ({cycle.first_day})"
        cure = "write a later day, or leave as_of out (today counts until the cycle is over, then its last day)"
        raise ParamsError(what, where=where, cure=cure)
    _check_place(snapshot, community)
    days = [known for name in snapshot.tables if (known := snapshot.known_from(name))]
    if not days:
        return
    first, last = min(day for day, _ in days), max(day for _, day in days)
    as_of = pd.Timestamp(cycle.as_of)
    if as_of < first:
        raise ParamsError(
            f"nothing was known yet on {cycle.as_of}; the first row of any table is of {first.date()}",
            where=where, cure="check cycle and as_of, or the days in the tables",
        )  # fmt: skip
    # A project whose values are still to be filled in is not an old one.
    filled = "indicator_values" in snapshot.tables and snapshot.tables["indicator_values"].rows
    wait = _longest_wait(snapshot) if filled else None
    if wait is not None and as_of - last > wait:
        raise ParamsError(
            f"nothing in the tables became known after {last.date()}, {(as_of - last).days:,} days before"
            f" {cycle.as_of}; even the slowest indicator comes every {wait.days:,} days",
            where=where, cure="check cycle and as_of, or bring in newer tables",
        )  # fmt: skip


def _check_place(snapshot: Snapshot, community: CommunityParams) -> None:
    if "places" not in snapshot.tables:
        return
    there = tuple(snapshot.table("places")["place_id"])
    if community.place not in there:
        raise ParamsError(
            f"place: {community.place} is not in the table places",
            where=f"params/{community.id}/community.yml",
            cure=nearest(community.place, there, "places") if there else "add a row for the community itself",
        )


def _longest_wait(snapshot: Snapshot) -> timedelta | None:
    """From one value of the slowest indicator to the next: its period and its usual lag. None without indicators."""
    if "indicators" not in snapshot.tables:
        return None
    indicators = snapshot.table("indicators")
    days = indicators["frequency"].map(MONTHS) * MONTH_DAYS + indicators["usual_lag_days"]
    return None if days.empty else timedelta(days=int(days.max()))
