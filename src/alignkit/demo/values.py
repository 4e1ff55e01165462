"""indicator_values: what agencies and partners counted, as they released it over the years."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.demo.children import Floats, cells
from alignkit.demo.publishers import as_released
from alignkit.demo.series import PLACES, REVISIONS, SERIES, Revision, Series
from alignkit.demo.surveys import survey_values
from alignkit.demo.tools import authored, generator, typed

Counts = npt.NDArray[np.int64]
KEY = ["indicator_id", "period_start", "place_id", "subgroup_type", "subgroup"]
WITH_GROUPS = ("riverbend", "statewide")
_PER = {"asthma-visits": 1000}


@dataclass(frozen=True)
class Drawn:
    """Counts by place, period and cell."""

    series: Series
    hits: Counts
    of: Counts


def indicator_values(seed: int) -> pd.DataFrame:
    """Every value in every vintage, sorted by what it is about and when it was released."""
    rows = [table for series in SERIES for table in _vintages(_drawn(series, seed))]
    counted = as_released(pd.concat(rows, ignore_index=True))
    frame = pd.concat([counted, survey_values(seed)], ignore_index=True).sort_values([*KEY, "released_on"])
    return typed("indicator_values", frame)


def chances(series: Series, place: str) -> Floats:
    """The true share of each cell in each period (periods × cells), between 0 and 1."""
    cell, at = cells(), PLACES[place]
    years = series.years().to_numpy(float)[:, None]
    level = series.base + series.spread * (cell.ahead + at.ahead)
    pace = series.slope + series.per_step * cell.step + series.spread * at.faster
    jumped = series.first_days() >= pd.Timestamp(series.break_on or "2100-01-01")
    percent = level + pace * years + series.shift * jumped[:, None]
    return np.clip(percent / _PER.get(series.indicator, 100), 0.0005, 0.995)


def _drawn(series: Series, seed: int) -> Drawn:
    rng = generator(seed, f"values {series.indicator}")
    sizes = np.array([PLACES[place].size * series.children for place in series.places])
    children = rng.poisson(sizes[:, None], (len(sizes), len(series.first_days())))
    of = rng.multinomial(children, cells().weight)
    true = np.stack([chances(series, place) for place in series.places])
    return Drawn(series, rng.binomial(of, true), of)


def _vintages(drawn: Drawn) -> Iterator[pd.DataFrame]:
    """The first release, then one table for each revision with only the rows that it changes."""
    first = _table(drawn)
    yield first
    for revision in (r for r in REVISIONS if r.indicator == drawn.series.indicator):
        rows = _table(_corrected(drawn, revision)).assign(released_on=pd.Timestamp(revision.released))
        counts = ["numerator", "denominator"]
        yield rows[(rows[counts] != first[counts]).any(axis=1).to_numpy()]


def _corrected(drawn: Drawn, revision: Revision) -> Drawn:
    place = drawn.series.places.index("riverbend")
    period = list(drawn.series.first_days()).index(pd.Timestamp(revision.period))
    inside = np.logical_and.reduce([cells().member[group] for group in revision.groups])
    hits, of = drawn.hits.copy(), drawn.of.copy()
    hits[place, period, inside] += revision.numerator
    of[place, period, inside] += revision.denominator
    return replace(drawn, hits=hits, of=of)


def _table(drawn: Drawn) -> pd.DataFrame:
    """One row per place, period and group that is broken down there."""
    series, members = drawn.series, cells().member
    rows = [
        (place, kind, group)
        for kind, group in members
        for place in series.places
        if kind == "all" or (place in WITH_GROUPS and kind in series.kinds)
    ]
    place, kind, group = (
        np.repeat(np.array(names, dtype=object), drawn.of.shape[1]) for names in zip(*rows, strict=True)
    )
    frame = pd.DataFrame({"place_id": place, "subgroup_type": kind, "subgroup": group})
    for name, counts in (("numerator", drawn.hits), ("denominator", drawn.of)):
        sums = [counts[series.places.index(at)][:, members[k, g]].sum(axis=1) for at, k, g in rows]
        frame[name] = np.concatenate(sums)
    return pd.concat([frame, _periods(series, len(rows))], axis=1)


def _periods(series: Series, times: int) -> pd.DataFrame:
    """The series' periods, one after the other, `times` times."""
    days = series.first_days()
    last = days + pd.DateOffset(months=series.months) - pd.Timedelta(days=1)
    return pd.DataFrame(
        {
            "indicator_id": series.indicator,
            "period_start": np.tile(days, times),
            "period_end": np.tile(last, times),
            "released_on": np.tile(last + pd.Timedelta(days=series.lag), times),
            "source_key": np.tile(np.array([f"{series.source}-{day.year}" for day in last], dtype=object), times),
        }
    )


def indicators(values: pd.DataFrame) -> pd.DataFrame:
    """The indicators as written by hand; a baseline is what was first released for the baseline's period."""
    frame = authored("indicators")
    own = values[(values["place_id"] == "riverbend") & (values["subgroup"] == "all")]
    first = own.sort_values("released_on").drop_duplicates(["indicator_id", "period_start"])
    percent = (100 * first["numerator"] / first["denominator"]).astype("Float64")
    first = first.assign(baseline=first["value"].astype("Float64").fillna(percent).astype(float).round(1))
    keys = {"indicator_id": "indicator_id", "baseline_period": "period_start"}
    found = frame.merge(first, left_on=list(keys), right_on=list(keys.values()), how="left")
    return frame.assign(baseline=found["baseline_y"].to_numpy())
