"""Which tables are person-level, decided once."""

import pytest

from alignkit.contract.catalog import CONTRACT
from alignkit.errors import SourceError
from alignkit.sources.persons import PERSON_LEVEL, only_persons, refuse_persons


def test_the_records_of_step_9_and_leaders_with_their_ratings() -> None:
    assert set(PERSON_LEVEL) == {
        "students", "clients", "enrolments", "student_results", "assignments", "services", "crosswalk",
        "link_reviews", "leaders", "outcome_ratings",
    }  # fmt: skip


def test_what_goes_round_holds_none_and_the_private_folder_nothing_else() -> None:
    refuse_persons(["places", "indicator_values", "matched_results"], "x", CONTRACT)
    only_persons(["students", "leaders"], "x", CONTRACT)
    with pytest.raises(SourceError, match="leaders, students"):
        refuse_persons(["places", "students", "leaders"], "x", CONTRACT)
    with pytest.raises(SourceError, match="places: the rows are not about persons"):
        only_persons(["places", "students"], "x", CONTRACT)
