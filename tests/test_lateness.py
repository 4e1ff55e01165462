"""What counts as late: only what the contract gives a basis for, judged by what was known at the time."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.errors import LateTablesError
from alignkit.lateness import DAYS, late, next_end, of_snapshot
from alignkit.params import load_community
from alignkit.snapshot import snapshot_of
from tests.factory import frame, rows
from tests.small_project import small_project
from tests.wording import never_up_to_date, newest_value

INDICATOR = {
    "indicator_id": "reading", "outcome_id": "reads", "name": "Readers", "frequency": "annual", "usual_lag_days": "71",
    "already_public": True, "valid_from": "2020-01-01",
}  # fmt: skip
SOURCE = {"data_source_id": "log", "partner_id": "p1", "name": "Tutoring log", "refresh": "monthly",
          "last_refreshed": "2026-07-01"}  # fmt: skip


def indicators(**changes):
    return pd.DataFrame(rows("indicators", INDICATOR | changes))


def sources(**changes):
    return pd.DataFrame(rows("data_sources", SOURCE | changes))


def values(*periods, place="here", released="2021-01-01"):
    """One total for each (first day, last day)."""
    each = [{"period_start": start, "period_end": end} for start, end in periods]
    return pd.DataFrame(rows("indicator_values", *each, indicator_id="reading", place_id=place, released_on=released))


def found(tables, as_of, place="here"):
    """What is late, of tables as a source gives them (other rules of the contract do not matter here)."""
    typed = {name: frame.assign(**_dates(frame)) for name, frame in tables.items()}
    return [(one.id, one.newest, one.due) for one in late(typed, date.fromisoformat(as_of), place)]


def _dates(frame):
    days = ["period_start", "period_end", "released_on", "valid_from", "last_refreshed"]
    return {name: pd.to_datetime(frame[name]) for name in days if name in frame}


def school_year(year):
    return f"{year}-07-01", f"{year + 1}-06-30"


def test_a_yearly_value_is_late_the_day_after_its_usual_day():
    tables = {"indicators": indicators(), "indicator_values": values(school_year(2024))}
    assert found(tables, "2026-09-09") == []
    assert found(tables, "2026-09-10") == [("reading", date(2025, 6, 30), date(2026, 9, 9))]


def test_only_what_was_known_at_the_time_counts():
    new = values(school_year(2025), released="2026-10-01")
    tables = {"indicators": indicators(), "indicator_values": pd.concat([values(school_year(2024)), new])}
    assert found(tables, "2026-09-30") == [("reading", date(2025, 6, 30), date(2026, 9, 9))]
    assert found(tables, "2026-10-01") == []


def test_a_summer_without_school_is_not_late():
    months = pd.period_range("2024-09", "2026-05", freq="M")
    school = [(str(m.start_time.date()), str(m.end_time.date())) for m in months if m.month not in (6, 7, 8)]
    tables = {"indicators": indicators(frequency="monthly", usual_lag_days="10"), "indicator_values": values(*school)}
    assert found(tables, "2026-09-30") == []
    assert found(tables, "2026-10-11") == [("reading", date(2026, 5, 31), date(2026, 10, 10))]


def test_an_indicator_without_values_is_late_one_period_after_its_first_day():
    tables = {"indicators": indicators(valid_from="2025-01-01"), "indicator_values": values(school_year(2024)).iloc[:0]}
    assert found(tables, "2026-06-30") == [("reading", None, date(2026, 3, 13))]
    assert found(tables, "2026-01-01") == []


def test_the_community_is_judged_by_its_own_values_where_it_has_any():
    state = values(school_year(2025), place="state", released="2026-09-01")
    tables = {"indicators": indicators(), "indicator_values": pd.concat([values(school_year(2024)), state])}
    assert [one[0] for one in found(tables, "2026-12-31")] == ["reading"]
    assert found(tables, "2026-12-31", place="elsewhere") == []


def test_a_candidate_outcome_is_never_late():
    outcomes = pd.DataFrame({"outcome_id": ["reads"], "status": ["candidate"], "valid_from": ["2020-01-01"]})
    tables = {"indicators": indicators(), "indicator_values": values(school_year(2020)), "outcomes": outcomes}
    assert found(tables, "2026-12-31") == []


@pytest.mark.parametrize("refresh", sorted(DAYS))
def test_a_set_of_data_is_late_when_its_interval_and_some_slack_have_passed(refresh):
    tables = {"data_sources": sources(refresh=refresh)}
    due = pd.Timestamp("2026-07-01") + pd.Timedelta(days=DAYS[refresh])
    assert found(tables, str(due.date())) == []
    assert found(tables, str((due + pd.Timedelta(days=1)).date())) == [("log", date(2026, 7, 1), due.date())]


def test_what_was_brought_up_to_date_later_than_the_cycle_is_not_judged():
    assert found({"data_sources": sources()}, "2025-12-31") == []


def test_a_set_of_data_never_brought_up_to_date_is_late_and_says_so():
    never = sources(last_refreshed=None)
    (one,) = late({"data_sources": never.assign(**_dates(never))}, date(2026, 1, 1))
    assert str(one) == never_up_to_date("Tutoring log (p1)", "February 8, 2024")


def test_tables_that_are_not_there_are_never_late():
    assert late({}, date(2026, 9, 30)) == ()
    assert late({"indicators": indicators().assign(**_dates(indicators()))}, date(2026, 9, 30)) == ()


@given(st.integers(1, 40), st.sampled_from([1, 3, 12]))
def test_a_regular_series_continues_with_its_own_step(length, months):
    ends = pd.Series(pd.date_range("2019-06-30", periods=length, freq=pd.DateOffset(months=months)))
    ends = ends + pd.offsets.MonthEnd(0)
    following = ends.iloc[-1] + pd.DateOffset(months=months) + pd.offsets.MonthEnd(0)
    assert next_end(ends, months) == following


def late_project(folder, **settings):
    tables = {"outcomes": frame("outcomes", outcome_id="reads"), "places": frame("places", place_id="here"),
              "indicators": indicators(),
              "indicator_values": values(school_year(2024), released="2025-09-09")}  # fmt: skip
    return small_project(folder, {"one": ["1"]}, tables, place="here", **settings)


def test_a_run_waits_for_late_data_where_the_community_says_so(tmp_path, run):
    file = late_project(tmp_path, late_tables="wait")
    with pytest.raises(LateTablesError) as refused:
        run(file)
    assert refused.value.exit_code == 2
    told = str(refused.value)
    assert f"  - {newest_value('Readers', '2024–25', 'September 9, 2026')}\n" in told
    assert "Cure: bring in the newer data, or set late_tables: run in params/smallville/community.yml" in told
    assert not (tmp_path / ".alignkit" / "smallville" / "2026-Q3").exists()


def test_a_run_goes_on_where_the_community_says_so_and_tells(tmp_path, run):
    report = run(late_project(tmp_path))
    assert report.ok
    assert [one.id for one in report.late] == ["reading"]
    assert report.manifest["late"] == [
        {"table": "indicator_values", "id": "reading", "name": "Readers", "newest": "2025-06-30", "due": "2026-09-09",
         "start": "2024-07-01"}
    ]  # fmt: skip


def test_a_snapshot_is_read_as_far_as_it_goes(tmp_path):
    late_project(tmp_path)
    snapshot = snapshot_of(load_community(tmp_path, "smallville"), tmp_path)
    assert [one.id for one in of_snapshot(snapshot, date(2026, 9, 30), "here")] == ["reading"]
    assert of_snapshot(snapshot, date(2026, 9, 1), "here") == ()
