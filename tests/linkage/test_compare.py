import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.linkage import compare
from alignkit.linkage.compare import MISSING, compared, compared_further, with_itself
from alignkit.linkage.prepare import prepared
from alignkit.linkage.settings import FIELDS
from tests.linkage.samples import COLUMNS, people

BASE = dict(
    zip(COLUMNS, ("Ana", "Luz", "Garcia", "2015-03-04", "female", "x", "12 Oak St", "Town", "00213"), strict=True)
)


def level(field, **changed):
    """The level of `field` between the base record and the same one with changes."""
    one, other = (
        people(number, tuple(record.values()))
        for number, record in (("student_id", BASE), ("client_id", {**BASE, **changed}))
    )
    found = compared(pd.MultiIndex.from_tuples([(0, 0)]), prepared(one), prepared(other))[field].iloc[0]
    return "missing" if found == MISSING else FIELDS[field][found]


@pytest.mark.parametrize(
    ("field", "changed", "expected"),
    [
        ("first_name", {}, "same"),
        ("first_name", {"first_name": "ANÁ"}, "same"),
        ("first_name", {"first_name": "Anabel"}, "alike"),
        ("first_name", {"first_name": "Zoe"}, "different"),
        ("first_name", {"first_name": "Garcia", "last_name": "Ana"}, "exchanged"),
        ("first_name", {"first_name": None}, "missing"),
        ("last_name", {"first_name": "Garcia", "last_name": "Ana"}, "missing"),
        ("last_name", {"last_name": "Garica"}, "close"),
        ("last_name", {"last_name": "Lopez-Garcia"}, "part"),
        ("last_name", {"last_name": "Smith"}, "different"),
        ("middle_name", {"middle_name": "L"}, "initial"),
        ("middle_name", {"middle_name": "B"}, "different"),
        ("middle_name", {"middle_name": None}, "missing"),
        ("birth_date", {"birth_date": "2015-04-03"}, "near"),
        ("birth_date", {"birth_date": "2014-03-04"}, "near"),
        ("birth_date", {"birth_date": "2015-03-13"}, "near"),
        ("birth_date", {"birth_date": "1987-11-30"}, "different"),
        ("birth_date", {"birth_date": None}, "missing"),
        ("sex", {"sex": "male"}, "different"),
        ("home", {"street_address": "12 Oak Street"}, "same"),
        ("home", {"street_address": "12 Oaak St"}, "close"),
        ("home", {"street_address": "14 Elm Ave"}, "postal_code"),
        ("home", {"street_address": None}, "postal_code"),
        ("home", {"street_address": None, "postal_code": None}, "missing"),
        ("home", {"street_address": "14 Elm Ave", "postal_code": "00299"}, "different"),
    ],
)
def test_levels_of_agreement(field, changed, expected):
    assert level(field, **changed) == expected


def test_no_pairs_give_no_rows_of_every_field():
    empty = prepared(people("student_id"))
    found = compared(pd.MultiIndex.from_arrays([[], []]), empty, empty)
    assert list(found) == list(FIELDS)
    assert found.empty


NAMES = st.sampled_from(["Ana", "L", "l.", "de la Cruz", "O'Neil", "Zoë", " ", None])
RECORD = st.tuples(
    *[NAMES] * 3, st.sampled_from(["2015-03-04", "2015-03-03", None]), st.sampled_from(["female", None]), st.just("x"),
    st.sampled_from(["12 Oak St", "Oak", None]), st.just("Town"), st.sampled_from(["00213", None]),
)  # fmt: skip


@given(st.lists(RECORD, min_size=1, max_size=8))
def test_a_record_beside_a_copy_of_itself(records):
    table = prepared(people("student_id", *records))
    pairs = pd.MultiIndex.from_arrays([range(len(table))] * 2)
    pd.testing.assert_frame_equal(with_itself(table), compared(pairs, table, table))


@given(st.lists(RECORD, min_size=1, max_size=6), st.lists(RECORD, min_size=1, max_size=6))
def test_pairs_compared_part_by_part_are_those_compared_at_once(some, others):
    one, other = prepared(people("student_id", *some)), prepared(people("client_id", *others))
    pairs = pd.MultiIndex.from_product([one.index, other.index])
    at_once = compared(pairs, one, other)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compare, "AT_ONCE", 2)
        pd.testing.assert_frame_equal(compared(pairs, one, other), at_once)


@given(st.lists(RECORD, min_size=1, max_size=6), st.lists(RECORD, min_size=1, max_size=6), st.data())
def test_pairs_compared_before_are_not_compared_otherwise(some, others, data):
    one, other = prepared(people("student_id", *some)), prepared(people("client_id", *others))
    pairs = pd.MultiIndex.from_product([one.index, other.index])
    before = pairs[data.draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs)))]
    wanted = pairs[data.draw(st.lists(st.integers(0, len(pairs) - 1)))]
    found = compared_further(wanted, one, other, before, compared(before, one, other))
    pd.testing.assert_frame_equal(found, compared(wanted, one, other))
