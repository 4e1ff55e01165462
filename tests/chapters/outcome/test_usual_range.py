"""Limits of frequent indicators."""

import pandas as pd
import pytest

from alignkit.chapters.outcome.measures import usual_ranges
from alignkit.contract.validate import empty
from alignkit.stats.xmr import xmr


def points(values, indicator="i", unit="percent"):
    months = pd.date_range("2025-01-01", periods=len(values), freq="MS")
    return pd.DataFrame({"indicator_id": indicator, "period_start": months, "value": values, "unit": unit})


def test_each_indicator_has_its_own_limits():
    found = usual_ranges(pd.concat([points([40, 42, 41, 43]), points([7, 8, 7], "j", "count")]), empty("series_breaks"))
    own = found.groupby("indicator_id").first()
    assert own.loc["i", "center"] == 41.5
    assert own.loc["j", ["lower", "upper"]].tolist() == pytest.approx([xmr([7, 8, 7]).low, xmr([7, 8, 7]).high])
    assert found["trial"].all()


def test_limits_start_anew_at_a_break_and_stay_within_what_can_be():
    breaks = empty("series_breaks").assign(indicator_id=["i"], starts_on=[pd.Timestamp("2025-04-01")])
    found = usual_ranges(points([40, 44, 42, 99, 95, 99]), breaks)
    assert found["center"].nunique() == 2
    assert found["upper"].max() == 100


def test_a_missing_or_single_value_has_no_limits():
    assert usual_ranges(points([40]), empty("series_breaks")).empty
    assert len(usual_ranges(points([40, None, 42]), empty("series_breaks"))) == 2
    assert usual_ranges(points([]).astype({"value": float}), empty("series_breaks")).empty
