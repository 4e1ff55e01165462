"""Inequality between all groups of a kind, and when it is not worked out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.chapters.outcome import measures
from alignkit.disclosure.published import Published
from alignkit.stats.inequality import slope_index, theil

ORDER = pd.DataFrame({"subgroup_type": ["income"] * 3, "subgroup": ["low", "middle", "high"], "order": [1, 2, 3]})


def points(status: str = "shown", **values: float) -> pd.DataFrame:
    """Groups of income (those named so) and of race, with 100, 200, … children."""
    frame = pd.DataFrame({"subgroup": list(values), "value": list(values.values())})
    frame["subgroup_type"] = np.where(frame["subgroup"].isin(ORDER["subgroup"]), "income", "race")
    frame["denominator"] = pd.Series(range(100, 100 * len(frame) + 1, 100), dtype="Int64")
    return frame.assign(kind=frame["subgroup_type"], status="shown", unit="percent").assign(
        status=lambda f: ["shown"] * (len(f) - 1) + [status]
    )


def inequality(rows: pd.DataFrame, subgroups: pd.DataFrame) -> pd.DataFrame:
    return measures.inequality(Published("p", "", "q", (), False, "en", rows), subgroups)


def test_ordered_groups_stand_in_their_order_whatever_the_rows_order():
    row = inequality(points(high=70.0, low=40.0, middle=50.0), ORDER).iloc[0]
    assert row["ordered"]
    assert row["value"] == pytest.approx(slope_index([40, 50, 70], [200, 300, 100]).value)
    assert row["relative"] > 1


def test_groups_without_an_order_have_no_slope():
    row = inequality(points(a=40.0, b=60.0), ORDER).iloc[0]
    assert row["theil"] == pytest.approx(theil([40, 60], [100, 200]))
    assert np.isnan(row["value"])
    assert not row["ordered"]


def test_a_hidden_group_leaves_all_of_its_kind_unknown():
    frame = points(status="hidden", low=40.0, middle=50.0, a=40.0, b=np.nan)
    found = inequality(frame, ORDER).set_index("subgroup_type")
    assert (found.loc["race", "reason"], found.loc["income", "reason"]) == ("hidden", "")
    assert np.isnan(found.loc["race", "theil"])


def test_without_counts_or_a_second_group_there_is_nothing_to_weigh():
    bare = points(a=40.0, b=60.0).assign(denominator=pd.array([pd.NA, pd.NA], "Int64"))
    assert inequality(bare, ORDER)["reason"].tolist() == ["no_counts"]
    assert inequality(points(a=40.0), ORDER)["reason"].tolist() == ["one_group"]
    assert inequality(points(), ORDER.head(0)).empty


SHARES = st.floats(1, 99)


@settings(max_examples=40)
@given(st.tuples(SHARES, SHARES, SHARES, SHARES, SHARES), st.permutations(range(5)))
def test_neither_the_order_of_rows_nor_the_unit_changes_what_is_unequal(values, order):
    one = points(**dict(zip(("low", "middle", "high", "a", "b"), values, strict=True)))
    found = inequality(one, ORDER).set_index("subgroup_type")
    turned = inequality(one.iloc[list(order)], ORDER).set_index("subgroup_type")
    thousand = inequality(one.assign(value=one["value"] * 10, unit="rate_per_1000"), ORDER).set_index("subgroup_type")
    for name, times in {"variance": 100, "theil": 1, "value": 10, "low": 10, "high": 10, "relative": 1}.items():
        assert turned[name].to_numpy() == pytest.approx(found[name].to_numpy(), nan_ok=True, abs=1e-9)
        assert thousand[name].to_numpy() == pytest.approx(times * found[name].to_numpy(), nan_ok=True, abs=1e-9)
