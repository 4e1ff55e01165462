"""A few seeds of the calibration: enough that a wrong interval or a loose test is found."""

import pandas as pd
import pytest

from tests.calibration import calibrate

pytestmark = pytest.mark.heavy(20)
SEEDS = range(1, 9)


@pytest.fixture(scope="module")
def said() -> pd.DataFrame:
    """Eight seeds, two of them with all comparisons."""
    rows = [row for seed in SEEDS for row in calibrate.rows(seed, effects=seed < 3)]
    return pd.DataFrame(rows)


def values(frame: pd.DataFrame) -> dict[str, float]:
    return calibrate.table(frame).set_index("name")["value"].to_dict()


def test_intervals_hold_the_truth(said):
    found = {name: value for name, value in values(said).items() if name.startswith("coverage.value")}
    assert len(found) == 3
    assert all(92.5 < value < 97.5 for value in found.values()), found
    assert values(said)["coverage.gap: largest shown"] > 91


def test_words_are_seldom_wrong(said):
    found = values(said)
    assert found["false_word.nothing changes"] < 5
    assert found["wrong_way.Riverbend"] == 0
    assert found["found.Riverbend"] > 70


def test_what_does_nothing_is_never_said_to_work(said):
    found = values(said)
    assert found["effect_works.mentored-students"] == found["effect_works.app-schools"] == 0
    assert found["effect_not_known.mentored-students"] == 100


def test_where_nothing_works_the_same_comparisons_find_nothing(said):
    useless = said[said["kind"].str.startswith("effect: nothing works, ")]
    assert (useless["true"] == 0).all()
    assert set(useless["kind"].str.removeprefix("effect: nothing works, ")) == {
        "literacy-schools", "second-math-period", "tutored-fourth-graders",
    }  # fmt: skip
    assert useless["word"].isin(["no clear effect", "not known"]).sum() >= len(useless) - 1


def test_intervals_too_narrow_by_a_third_would_be_found(said):
    middle = (said["low"] + said["high"]) / 2
    narrow = said.assign(low=middle + (said["low"] - middle) / 1.5, high=middle + (said["high"] - middle) / 1.5)
    assert values(narrow)["coverage.value: counts, 50 and more"] < 92.5
