"""School years, years, quarters, months and days as files write them."""

import pytest

from alignkit.sources.mapping.readings import READINGS, SCALES, day, scaled


@pytest.mark.parametrize(
    ("text", "reading", "first", "last"),
    [
        ("2015-16", "school year", "2015-07-01", "2016-06-30"),
        ("2015-2016", "school year", "2015-07-01", "2016-06-30"),
        ("SY2011-12", "school year", "2011-07-01", "2012-06-30"),
        ("SY 1999–00", "school year", "1999-07-01", "2000-06-30"),
        ("2014", "school year by its last year", "2013-07-01", "2014-06-30"),
        ("2014.0", "school year by its last year", "2013-07-01", "2014-06-30"),
        ("2015", "year", "2015-01-01", "2015-12-31"),
        ("2015-Q3", "quarter", "2015-07-01", "2015-09-30"),
        ("Q1 2015", "quarter", "2015-01-01", "2015-03-31"),
        ("2016-02", "month", "2016-02-01", "2016-02-29"),
        ("2/2015", "month", "2015-02-01", "2015-02-28"),
        ("July 2015", "month", "2015-07-01", "2015-07-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, reading: str, first: str, last: str) -> None:
    assert day(text, f"{reading}, first day", 0) == first
    assert day(text, f"{reading}, last day", 0) == last


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("2015-17", "school year, first day"),
        ("2015", "school year, first day"),
        ("9999-00", "school year, last day"),
        ("0001", "school year by its last year, first day"),
        ("0000", "year, first day"),
        ("0000-01", "month, first day"),
        ("2015-16", "year, first day"),
        ("2015-13", "month, first day"),
        ("0000-01", "month, last day"),
        ("Smarch 2015", "month, first day"),
        ("2015 Q5", "quarter, first day"),
        ("13/1/2015", "month/day/year"),
        ("2/29/2015", "month/day/year"),
        ("30 June", ""),
    ],
)
def test_what_is_no_such_period_is_not_guessed(text: str, reading: str) -> None:
    assert day(text, reading, 0) is None


def test_days_and_days_later() -> None:
    assert day("7/1/2015", "month/day/year", 0) == day("1.7.2015", "day/month/year", 0) == "2015-07-01"
    assert day("2015-07-01", "month/day/year", 0) == "2015-07-01"  # a day that Excel knows as one
    assert day("2015-16", "school year, last day", 93) == "2016-10-01"
    assert day("2015-07-01", "", -1) == "2015-06-30"
    assert day("2015-07-01", "", 10**9) is None


def test_a_share_becomes_a_percent_without_dust() -> None:
    assert scaled(0.57, "share from 0 to 1, as percent") == 57
    assert scaled(12.5, "thousands") == 12500
    assert scaled(12.5, "") == 12.5
    assert scaled(None, "thousands") is None
    assert set(SCALES) < set(READINGS)
