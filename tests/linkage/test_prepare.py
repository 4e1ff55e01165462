import pandas as pd
import pytest

from alignkit.linkage.prepare import plain, prepared, street
from tests.linkage.samples import people


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("José  García-López", "jose garcia lopez"),
        ("O’Neill", "oneill"),
        ("  ANNA ", "anna"),
        ("Nájera García", "najera garcia"),
        ("…", ""),
    ],
)
def test_names_in_one_spelling(written, read):
    assert plain(written) == read


def test_addresses_in_the_short_forms_of_the_postal_service():
    assert street("1237 Ridgecrest Street, Apt. 4") == street("1237 RIDGECREST ST APT 4") == "1237 ridgecrest st apt 4"


def test_what_is_not_known_is_missing_and_never_an_empty_text():
    found = prepared(people("student_id", ("Ana", None, "–", None, None, None, None, None, "00213-1234")))
    row = found.iloc[0]
    assert row["first_name"] == "ana"
    assert row["postal_code"] == "00213"
    assert found[["middle_name", "last_name", "birth_date", "birth_digits", "street_address"]].isna().all(axis=None)


def test_no_records_give_no_rows():
    found = prepared(people("client_id"))
    assert found.empty
    assert found["birth_date"].dtype == "datetime64[ns]"
    assert isinstance(found.index, pd.RangeIndex)
