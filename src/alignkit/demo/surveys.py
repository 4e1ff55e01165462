"""Values that a survey estimates, with the publisher's own margin; and the one plain count."""

import numpy as np
import pandas as pd

from alignkit.demo.children import cells
from alignkit.demo.series import PLACES, SURVEYS, Survey
from alignkit.demo.tools import generator

Z = {0.9: 1.645, 0.95: 1.96}
TOO_UNSURE = 6
"""Times the margin for everyone beyond which the publisher does not show a group."""
_NUMBERS = ["value", "interval_low", "interval_high"]
JOBS = (188, 96, 140, 205, 231, 246, 262, 301)
"""Summer jobs filled in 2019 … 2026; a plain count that is no estimate."""


def survey_values(seed: int) -> pd.DataFrame:
    """Rows of all surveys and of the count of summer jobs."""
    return pd.concat([*(_survey(survey, seed) for survey in SURVEYS), _summer_jobs()], ignore_index=True)


def _survey(survey: Survey, seed: int) -> pd.DataFrame:
    rng = generator(seed, f"survey {survey.indicator}")
    frame = _grid(survey)
    years = frame["period_start"].dt.year - frame["period_start"].dt.year.min()
    margin = frame["margin"] * rng.uniform(0.92, 1.08, len(frame))
    error = rng.standard_normal(len(frame)) * margin / Z[survey.confidence]
    value = frame["level"] + frame["pace"] * years + error
    top = 100 if survey.percent else np.inf
    for name, number in zip(_NUMBERS, (value, value - margin, value + margin), strict=True):
        frame[name] = number.clip(0, top).round(survey.digits)
    frame["confidence"], frame["value_status"] = survey.confidence, "reported"
    unsure = frame["margin"] > TOO_UNSURE * survey.margin
    frame.loc[unsure, [*_NUMBERS, "confidence"]] = np.nan
    frame.loc[unsure, "value_status"] = "suppressed_at_source"
    gap = frame["period_start"].isin(pd.to_datetime(list(survey.missing)))
    frame.loc[gap, [*_NUMBERS, "confidence"]] = np.nan
    frame.loc[gap, "value_status"] = "missing"
    return frame[~gap | (frame["subgroup"] == "all")].drop(columns=["level", "pace", "margin"])


def _grid(survey: Survey) -> pd.DataFrame:
    """Place, group and period with the true level, pace and margin."""
    cell, sign = cells(), -1 if survey.per_ahead < 0 else 1
    unit = survey.base / 100
    rows = []
    for (kind, group), member in cell.member.items():
        share = cell.weight[member].sum()
        ahead = cell.weight[member] @ cell.ahead[member] / share * survey.per_ahead
        for place in survey.places if kind == "all" else ("riverbend",) if kind in survey.kinds else ():
            there = PLACES[place]
            level = survey.base + ahead + sign * there.ahead * unit * 0.6
            margin = survey.margin / np.sqrt(there.size * share)
            rows.append((place, kind, group, level, survey.slope, margin))
    names = ["place_id", "subgroup_type", "subgroup", "level", "pace", "margin"]
    return pd.DataFrame(rows, columns=names).merge(_periods(survey), how="cross")


def _periods(survey: Survey) -> pd.DataFrame:
    first = pd.date_range(survey.start, periods=survey.periods, freq=pd.DateOffset(years=1))
    last = first + pd.DateOffset(years=1) - pd.Timedelta(days=1)
    key = "household-survey-" if survey.confidence == 0.9 else "climate-survey-"
    return pd.DataFrame(
        {
            "indicator_id": survey.indicator,
            "period_start": first,
            "period_end": last,
            "released_on": last + pd.Timedelta(days=survey.lag),
            "source_key": key + last.year.astype(str),
        }
    )


def _summer_jobs() -> pd.DataFrame:
    years = range(2019, 2019 + len(JOBS))
    end = pd.to_datetime([f"{year}-08-31" for year in years])
    return pd.DataFrame(
        {
            "indicator_id": "summer-jobs",
            "period_start": pd.to_datetime([f"{year}-06-01" for year in years]),
            "period_end": end,
            "place_id": "riverbend",
            "subgroup_type": "all",
            "subgroup": "all",
            "numerator": JOBS,
            "value_status": "reported",
            "released_on": end + pd.Timedelta(days=18),
            "source_key": [f"job-placements-{year}" for year in years],
        }
    )
