"""Labels of cycles: which there are, their days, their order, the next one, how they are said."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit import cycles
from alignkit.contract.schema import schema
from alignkit.errors import ParamsError

YEARS = st.integers(1901, 2097)
LABELS = st.one_of(
    st.builds("{}-Q{}".format, YEARS, st.integers(1, 4)),
    st.builds("{}-H{}".format, YEARS, st.integers(1, 2)),
    st.builds("{}-{}".format, YEARS, st.sampled_from(["Spring", "Summer", "Fall"])),
    YEARS.map(lambda year: f"{year}-{(year + 1) % 100:02d}"),
    YEARS.map(str),
)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Spring", date(2026, 1, 1), date(2026, 5, 31)),
        ("2026-Summer", date(2026, 6, 1), date(2026, 7, 31)),
        ("2026-Fall", date(2026, 8, 1), date(2026, 12, 31)),
        ("2026-27", date(2026, 7, 1), date(2027, 6, 30)),
        ("1999-00", date(1999, 7, 1), date(2000, 6, 30)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_every_kind_has_its_first_and_last_day(label: str, first: date, last: date) -> None:
    assert cycles.days(label) == (first, last)
    assert cycles.is_cycle(label)


@pytest.mark.parametrize(
    "label",
    ["", "2026-Q5", "2026-Q0", "2026-H3", "26-Q1", "2026-fall", "2026-Autumn", "2026-28", "2026-Q3.2", "2026-", "Q3",
     "2026-2027", "FY26", "2026 ", "2026-Q3\n", "0000"],
)  # fmt: skip
def test_anything_else_is_refused_with_the_forms_there_are(label: str) -> None:
    assert not cycles.is_cycle(label)
    with pytest.raises(ParamsError) as caught:
        cycles.checked(label)
    for form in ("2026-Q3", "2026-H2", "2026-Fall", "2026-27", "2026 (calendar year)"):
        assert form in str(caught.value)


@given(LABELS)
def test_a_label_is_followed_by_the_next_of_its_kind(label: str) -> None:
    after = cycles.following(label, summer=True)
    assert cycles.days(after)[0] == cycles.days(label)[1] + ONE_DAY
    again = cycles.following(after, summer=True)
    assert cycles.order(label) < cycles.order(after) < cycles.order(again)


@pytest.mark.parametrize(
    ("label", "after"),
    [("2026-Spring", "2026-Fall"), ("2026-Summer", "2026-Fall"), ("2026-Fall", "2027-Spring"), ("2098-99", "2099-00")],
)
def test_summer_is_left_out_unless_a_community_has_summer_cycles(label: str, after: str) -> None:
    assert cycles.following(label) == after


@given(st.dates(date(1902, 1, 1), date(2090, 12, 31)), st.sampled_from(["Q1", "H1", "", "end", "Spring"]))
def test_every_day_is_in_exactly_one_cycle_of_a_kind(day: date, kind: str) -> None:
    start = f"{day.year - 2}-{(day.year - 1) % 100:02d}" if kind == "end" else f"{day.year - 2}-{kind}".rstrip("-")
    there = [start]
    while cycles.days(there[-1])[1] < date(day.year + 2, 1, 1):
        there.append(cycles.following(there[-1], summer=True))
    assert sum(cycles.days(label)[0] <= day <= cycles.days(label)[1] for label in there) == 1


@given(st.lists(LABELS, unique=True))
def test_cycles_are_ordered_by_their_days(labels: list[str]) -> None:
    found = cycles.in_order(labels)
    assert sorted(found) == sorted(labels)
    ends = [cycles.days(label)[1] for label in found]
    assert ends == sorted(ends)
    assert len({cycles.order(label) for label in labels}) == len(labels)


def test_order_is_not_that_of_the_text() -> None:
    there = ["2027-H1", "2026-Fall", "2026", "2026-27", "2026-Q4", "2026-Spring", "2026-H2", "2026-Summer"]
    assert cycles.in_order(there) == (
        "2026-Spring", "2026-Summer", "2026-Q4", "2026-Fall", "2026-H2", "2026", "2027-H1", "2026-27",
    )  # fmt: skip


@given(st.dates())
def test_a_day_is_in_its_quarter(day: date) -> None:
    first, last = cycles.days(cycles.quarter_of(day)) if 1900 <= day.year < 2100 else (day, day)
    assert first <= day <= last


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("2026-Q3", "the third quarter of 2026"),
        ("2027-H1", "the first half of 2027"),
        ("2026-Fall", "fall 2026"),
        ("2026-27", "2026–27"),
        ("2026", "2026"),
    ],
)
def test_a_cycle_is_said_as_people_say_it(label: str, said: str) -> None:
    assert cycles.named(label, lambda message: message) == said


@given(LABELS)
def test_the_table_of_commitments_takes_every_kind(label: str) -> None:
    field = next(field for field in schema("commitments").fields if field.name == "cycle_made")
    assert re.fullmatch(str(field.pattern), label)
