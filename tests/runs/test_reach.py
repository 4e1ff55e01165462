"""What a cycle asks about must be within what the tables know."""

from datetime import date, timedelta

import pytest

from alignkit.errors import ParamsError
from alignkit.params import CommunityParams, CycleParams, Source
from alignkit.runs.reach import check_reach
from alignkit.snapshot import take
from tests.factory import frame

TOWN = CommunityParams(id="town", name="Town", place="town", source=Source(folder="x"))
INDICATOR = {"indicator_id": "reading", "frequency": "annual", "usual_lag_days": 28, "valid_from": "2025-01-01"}
YEAR = timedelta(days=12 * 31 + 28)
"""The longest that the indicator keeps anybody waiting."""


@pytest.fixture
def reach(tmp_path):
    """`reach(as_of, place, **tables)`: what is refused, empty where nothing is."""

    def refused(as_of: date, place: str = "town", **rows: dict[str, object]) -> str:
        quarter = (as_of.month + 2) // 3
        cycle = CycleParams(community="town", cycle=f"{as_of.year}-Q{quarter}", as_of=as_of)
        tables = {name: frame(name, row) for name, row in rows.items()}
        try:
            check_reach(take(tables, tmp_path), TOWN.model_copy(update={"place": place}), cycle)
        except ParamsError as error:
            return str(error)
        return ""

    return refused


def test_the_slowest_indicator_says_how_long_silence_is_usual(reach) -> None:
    last = date(2025, 1, 1)
    values = {
        "indicators": INDICATOR,
        "indicator_values": {"indicator_id": "reading", "period_start": "2024-01-01", "released_on": "2025-01-01"},
    }
    assert reach(last + YEAR, **values) == ""
    late = last + YEAR + timedelta(1)
    assert "nothing in the tables became known after 2025-01-01" in reach(late, **values)
    # a row of any table will do, and so will one of later than the cycle
    for day in ("2025-01-02", "2031-01-01"):
        assert reach(late, **values, agreements={"signed_on": day}) == ""


def test_a_project_whose_values_are_still_to_be_filled_in_is_not_an_old_one(reach) -> None:
    assert reach(date(2040, 1, 1), indicators=INDICATOR) == ""


def test_without_indicators_nothing_is_usual(reach) -> None:
    assert reach(date(2040, 1, 1), agreements={"signed_on": "2025-01-01"}) == ""
    assert reach(date(2040, 1, 1)) == ""


def test_before_the_first_row_nothing_is_known(reach) -> None:
    assert reach(date(2025, 1, 1), agreements={"signed_on": "2025-01-01"}) == ""
    assert "the first row of any table is of 2025-01-01" in reach(
        date(2024, 12, 31), agreements={"signed_on": "2025-01-01"}
    )


def test_the_place_stands_in_places_where_those_are_kept(reach) -> None:
    assert reach(date(2025, 1, 1), "anywhere") == ""
    assert reach(date(2025, 1, 1), places={"place_id": "town"}) == ""
    assert "did you mean 'town'?" in reach(date(2025, 1, 1), "twon", places={"place_id": "town"})


def test_a_date_before_its_own_cycle_is_refused(tmp_path) -> None:
    cycle = CycleParams(community="town", cycle="2026-Q3", as_of=date(2026, 6, 30))
    with pytest.raises(ParamsError, match="lies before the cycle 2026-Q3 begins"):
        check_reach(take({}, tmp_path), TOWN, cycle)
    check_reach(take({}, tmp_path), TOWN, cycle.model_copy(update={"as_of": date(2026, 7, 1)}))
