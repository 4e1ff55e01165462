"""Series that states have published, and what may be said of them.

Kentucky Department of Education, four-year graduation 2013 to 2017; Jefferson County Public Schools, kindergarten
readiness of the school years ending 2014, 2016 and 2017: percents without denominators or margins of error.
"""

import pandas as pd
import pytest

from alignkit.chapters.outcome.measures import verdicts, with_ranges
from alignkit.contract.validate import empty
from alignkit.stats.trends import theil_sen

GRADUATION = {2013: 86.1, 2014: 87.5, 2015: 88.0, 2016: 88.6, 2017: 89.8}
KINDERGARTEN = {2014: 52.3, 2016: 47.9, 2017: 51.6}


def published(percents):
    """A table of values as a state report card gives them, and the indicator."""
    years = list(percents)
    values = empty("indicator_values").reindex(range(len(years)))
    values = values.assign(
        indicator_id="i", place_id="ky", subgroup_type="all", subgroup="all", value_status="reported", source_key="k",
        period_start=[pd.Timestamp(y - 1, 8, 1) for y in years], period_end=[pd.Timestamp(y, 6, 30) for y in years],
        released_on=[pd.Timestamp(y, 9, 30) for y in years], value=list(percents.values()),
    )  # fmt: skip
    indicators = empty("indicators").reindex(range(1)).assign(
        indicator_id="i", outcome_id="o", name="n", role="core", unit="percent", good_direction="up",
        frequency="annual", usual_lag_days=90, universe="students", already_public=True,
    )  # fmt: skip
    return values, indicators


@pytest.mark.parametrize("percents", [GRADUATION, KINDERGARTEN])
def test_percents_without_denominators_get_no_interval_and_no_trend_word(percents):
    values, indicators = published(percents)
    rows = with_ranges(values, indicators)
    assert list(rows["value"]) == list(percents.values())
    assert rows[["low", "high"]].isna().all(axis=None)
    in_force = empty("outcomes").reindex(range(1)).assign(outcome_id="o", name="O", status="in_force", order=1)
    row = verdicts(rows, indicators, in_force, empty("series_breaks"), as_of=pd.Timestamp("2017-12-31")).iloc[0]
    assert (row["word"], row["reason"]) == ("cannot tell yet", "no_interval")


def test_a_year_that_was_not_published_is_not_closed_up():
    assert theil_sen(list(KINDERGARTEN), list(KINDERGARTEN.values())).estimate == pytest.approx((51.6 - 52.3) / 3)
