"""A percent and its count give how many they are of, where only one number fits."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.params import load_community
from alignkit.snapshot import snapshot_of
from alignkit.sources.denominators import denominator
from tests.cases.project import COLUMNS, table, write


@pytest.mark.parametrize(
    ("percent", "count", "of"),
    [(45, 20, 44), (45.2, 113, 250), (100, 12, 12), (12.5, 3, 24), (45.2, 1130, None), (45, 200, None), (0, 0, None),
     (33.0, 1, 3), (0.1, 1, None), (45, 20.5, None)],
)  # fmt: skip
def test_one_whole_number_or_none(percent: float, count: float, of: int | None) -> None:
    assert denominator(percent, count) == of


@given(st.integers(1, 400), st.integers(1, 400), st.integers(0, 2), st.booleans())
def test_what_is_found_is_what_the_percent_was_made_from(of: int, count: int, decimals: int, cut: bool) -> None:
    count = min(count, of)
    exact = 100 * count / of
    printed = int(exact * 10**decimals) / 10**decimals if cut else round(exact, decimals)
    assert denominator(printed, count) in (of, None)


@pytest.mark.parametrize(("given", "of"), [("", [44, None]), (",Tested", [44, 133])])
def test_a_mapped_file_gets_what_fits_and_keeps_what_it_gives(tmp_path: Path, given: str, of: list[int | None]) -> None:
    tested = ("", "") if not given else (",44", ",133")
    file = table(f"Year,Rate,Passed{given}", f"2023-24,45,20{tested[0]}", f"2024-25,45,60{tested[1]}")
    columns = {**COLUMNS, "numerator": ("Passed", ""), **({"denominator": ("Tested", "")} if given else {})}
    write(tmp_path, file, columns=columns)
    values = snapshot_of(load_community(tmp_path, "test"), tmp_path).table("indicator_values")
    found = values.sort_values("period_start")["denominator"].astype(object)
    assert [None if one is None or one != one else int(one) for one in found.where(found.notna(), None)] == of
