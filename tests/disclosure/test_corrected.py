"""An issue and its correction together: what either hides can't be worked out from both."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alignkit.disclosure import ledger
from alignkit.disclosure.audit import audit
from alignkit.disclosure.solve import solve
from tests.disclosure.tables import Leaves, Run, with_totals
from tests.disclosure.test_disclosure_properties import MINIMUM, every_table, leaves

BY = ("row", "column")
CYCLE = "2026-Q1"
TRUE = {"n": "denominator_true", "k": "numerator_true"}


def issue(data: Leaves, frozen=()) -> tuple[pd.DataFrame, ledger.Entry, bool]:
    """What an issue shows next to the truth, its entry in the ledger, and whether its audit is clean."""
    table = with_totals(data, BY)
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Path(folder), {"a": table}, BY, MINIMUM, frozen)
        mask = solve(run.cells(), MINIMUM, frozen, CYCLE)
        shown, cells = run.shown(mask), run.cells()
        frame = run.publish(mask)["a"].frame
    clean = not audit(shown, cells, MINIMUM, frozen, mask, correcting=CYCLE)
    entry = ledger.entry(CYCLE, shown, cells, MINIMUM, "abc")
    return table.merge(frame, on=list(BY), suffixes=("_true", "")), entry, clean


def given_away(first: pd.DataFrame, second: pd.DataFrame, revised: tuple[str, str]) -> list[str]:
    """Hidden counts that both issues together tell a reader who tries every table and knows which cell was revised."""
    issues = first, second
    fitting = tables_that_fit(first, second, revised)
    found = []
    for which, counts in enumerate(fitting):
        for place, row in issues[which].iterrows():
            for name, values in zip("nk", counts[row["row"], row["column"]], strict=True):
                assert len(values), "the truth itself must fit"
                if values.min() == values.max() and not told(issues, which, place, name):
                    found.append(f"issue {which + 1}, {name} of {row['column']}")
    return found


def tables_that_fit(first: pd.DataFrame, second: pd.DataFrame, revised: tuple[str, str]) -> list[dict]:
    """For each issue, every table that fits it and one table at least of the other issue, alike but for `revised`."""
    tables = [every_table(shown) for shown in (first, second)]
    same = [key for key in tables[0] if "all" not in key and key != revised]
    codes = [sum(count.astype(np.int64) * 97**i for i, count in enumerate(np.concatenate([t[key] for key in same])))
             for t in tables]  # fmt: skip
    fits = [np.isin(mine, others) for mine, others in (codes, codes[::-1])]
    return [{key: (n[fit], k[fit]) for key, (n, k) in t.items()} for t, fit in zip(tables, fits, strict=True)]


def told(issues: tuple[pd.DataFrame, pd.DataFrame], which: int, place: int, name: str) -> bool:
    """Whether a row's count is shown in its own issue, or in the other one, which has the same count."""
    column = TRUE[name]
    alike = [one for one in issues if one.loc[place, column] == issues[which].loc[place, column]]
    return any(shows(one.loc[place], name) for one in alike)


def shows(row: pd.Series, name: str) -> bool:
    return not pd.isna(row["denominator"]) if name == "n" else row["status"] == "shown"


def revise(data: Leaves, column: str, change: tuple[int, int]) -> Leaves:
    """One cell corrected by as much as `change`, as far as its counts stay possible."""
    n, k = data["a", column]
    n = max(0, n + change[0])
    return {**data, ("a", column): (n, min(n, max(0, k + change[1])))}


def check_both(data: Leaves, column: str, change: tuple[int, int]) -> None:
    first, entry, _ = issue(data)
    second, _, clean = issue(revise(data, column, change), entry.cells)
    assume(clean)  # any other is never released
    assert given_away(first, second, ("a", column)) == []


CORRECTION = {
    "data": leaves(1, 3),
    "column": st.sampled_from("xyz"),
    "change": st.tuples(st.integers(-1, 1), st.integers(-1, 1)),
}


@settings(max_examples=8)
@given(**CORRECTION)
def test_two_issues_give_nothing_away_that_one_hides(data, column, change):
    check_both(data, column, change)


@pytest.mark.heavy(60)
@settings(max_examples=150)
@given(**CORRECTION)
def test_many_corrections_give_nothing_away(data, column, change):
    check_both(data, column, change)


LEAKY = {("a", "x"): (1, 0), ("a", "y"): (2, 0), ("a", "z"): (3, 3)}


def test_a_correction_that_forgets_the_first_issue_would_give_counts_away():
    first, entry, _ = issue(LEAKY)
    corrected = {**LEAKY, ("a", "y"): (5, 3)}
    forgetful, _, _ = issue(corrected)
    assert given_away(first, forgetful, ("a", "y")) != []
    second, _, clean = issue(corrected, entry.cells)
    assert clean
    assert given_away(first, second, ("a", "y")) == []


BANDED = {("a", "x"): (4, 3), ("a", "y"): (6, 4), ("a", "z"): (3, 0)}


def test_a_band_that_a_correction_moves_is_hidden():
    # 4 to 6 before, 0 to 2 now, and totals that differ by 2: with both bands it is 4 before and 2 now
    first, entry, _ = issue(BANDED)
    second, _, clean = issue({**BANDED, ("a", "y"): (6, 2)}, entry.cells)
    assert clean
    texts = [dict(zip(one["column"], one["text"], strict=True))["y"] for one in (first, second)]
    assert texts == ["over 50%", "hidden"]
    assert given_away(first, second, ("a", "y")) == []


def test_the_audit_finds_a_band_that_a_correction_moves():
    table = with_totals({**BANDED, ("a", "y"): (6, 2)}, BY)
    _, entry, _ = issue(BANDED)
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Path(folder), {"a": table}, BY, MINIMUM)
        shown, cells = run.shown(run.solved()), run.cells()
    found = audit(shown, cells, MINIMUM, entry.cells, correcting=CYCLE)
    assert {(finding.kind, dict(finding.key)["column"]) for finding in found} == {("shown", "y")}


@settings(max_examples=8)
@given(data=leaves(2, 2))
def test_the_same_data_again_has_the_same_mask(data):
    shown, entry, clean = issue(data)
    assume(clean)
    again, entry_again, clean_again = issue(data, entry.cells)
    assert clean_again
    assert shown.equals(again)
    assert entry_again == entry
