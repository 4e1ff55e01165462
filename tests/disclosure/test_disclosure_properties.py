"""Random small tables over two chapters: nothing hidden can be worked out, by an attacker who tries every table."""

import itertools
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.disclosure.audit import audit
from alignkit.disclosure.rules import Rule
from tests.disclosure.tables import Leaves, Run, with_totals

MINIMUM = 3
RULE = Rule(MINIMUM)


def leaves(rows: int, columns: int, top: int = 6) -> st.SearchStrategy[Leaves]:
    keys = list(itertools.product("abc"[:rows], "xyz"[:columns]))
    counts = st.integers(0, top).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
    return st.lists(counts, min_size=len(keys), max_size=len(keys)).map(
        lambda found: dict(zip(keys, found, strict=True))
    )


def two_chapters(table: pd.DataFrame, cut: int, folder: Path) -> Run:
    chapters = {"a": table.iloc[:cut], "b": table.iloc[cut:]}
    return Run(folder, {name: rows for name, rows in chapters.items() if len(rows)}, ("row", "column"), MINIMUM)


def solved_table(data: Leaves, cut: int) -> tuple[pd.DataFrame, tuple]:
    """What both chapters show after solving, side by side with the truth, and the audit's findings."""
    table = with_totals(data, ["row", "column"])
    with tempfile.TemporaryDirectory() as folder:
        run = two_chapters(table, cut, Path(folder))
        mask = run.solved()
        shown = pd.concat([one.frame for one in run.publish(mask).values()])
        findings = audit(run.shown(mask), run.cells(), MINIMUM, (), mask)
    return table.merge(shown, on=["row", "column"], suffixes=("_true", "")), findings


def possible(row: pd.Series, n: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Which counts fit what one published row tells, the rule included."""
    if pd.isna(row["denominator"]):
        return np.ones(n.shape, bool)
    fits = n == row["denominator"]
    if row["status"] == "shown":
        return fits & (k == row["numerator"])
    side = {"und": "low", "ove": "high", "hid": None}[row["text"][:3]]
    low, high = RULE.numerators(int(row["denominator"]), side)
    return fits & (low <= k) & (k <= high)


def every_table(shown: pd.DataFrame) -> dict[tuple[str, str], tuple[np.ndarray, np.ndarray]]:
    """Counts of every row in every table that fits all that is published: by trying them all, line by line."""
    rows = {(row["row"], row["column"]): row for _, row in shown.iterrows()}
    top = max(row["denominator_true"] for key, row in rows.items() if "all" not in key) + MINIMUM + 1
    pairs = np.array([(n, k) for n in range(top + 1) for k in range(n + 1)], np.int16)
    lines = []
    for line in sorted({row for row, _ in rows if row != "all"}):
        found = {
            key: pairs[possible(row, *pairs.T)] for key, row in rows.items() if key[0] == line and "all" not in key
        }
        lines.append(fitting(product([{key: counts} for key, counts in found.items()]), rows, (line, "all")))
    whole = product(lines)
    for column in sorted({column for _, column in rows}):
        whole = fitting(whole, rows, ("all", column))
    return {key: (counts[:, 0], counts[:, 1]) for key, counts in whole.items()}


def product(blocks: list[dict]) -> dict:
    """Every combination of the tables of several blocks."""
    grid = np.meshgrid(*[np.arange(len(next(iter(block.values())))) for block in blocks], indexing="ij")
    indexes = [index.ravel() for index in grid]
    return {key: counts[i] for block, i in zip(blocks, indexes, strict=True) for key, counts in block.items()}


def fitting(tables: dict, rows: dict, total: tuple[str, str]) -> dict:
    """The tables, with one more total, in which that fits what is published of it."""
    inner = [key for key in tables if "all" not in key]
    parts = [tables[key] for key in inner if all(t in ("all", i) for t, i in zip(total, key, strict=True))]
    tables = {**tables, total: np.sum(parts, axis=0, dtype=np.int16)}
    fits = possible(rows[total], *tables[total].T)
    return {key: counts[fits] for key, counts in tables.items()}


def check_against_every_table(data: Leaves, cut: int) -> None:
    shown, findings = solved_table(data, cut)
    assert findings == ()
    tables = every_table(shown)
    for _, row in shown.iterrows():
        n, k = tables[row["row"], row["column"]]
        assert len(n), "the truth itself must fit"
        if pd.isna(row["denominator"]):
            assert n.min() < n.max()
            assert n.max() >= MINIMUM
        if row["status"] != "shown":
            assert k.min() < k.max()


@settings(max_examples=12)
@given(data=leaves(1, 3), cut=st.integers(0, 7))
def test_one_dimension_against_every_table(data, cut):
    check_against_every_table(data, cut)


@settings(max_examples=12)
@given(data=leaves(2, 2, top=4), cut=st.integers(0, 8))
def test_two_dimensions_against_every_table(data, cut):
    check_against_every_table(data, cut)


@pytest.mark.heavy(40)
@settings(max_examples=150)
@given(data=leaves(2, 2), cut=st.integers(0, 8))
def test_many_tables_against_every_table(data, cut):
    check_against_every_table(data, cut)


@settings(max_examples=6)
@given(data=leaves(3, 3), cut=st.integers(0, 15))
def test_nothing_below_the_minimum_and_nothing_found(data, cut):
    shown, findings = solved_table(data, cut)
    assert findings == ()
    assert not (shown["denominator"] < MINIMUM).any()
    assert (shown["denominator"].isna() | (shown["denominator"] == shown["denominator_true"])).all()


@settings(max_examples=4)
@given(data=leaves(2, 3), seed=st.randoms(use_true_random=False))
def test_order_of_rows_and_chapters_changes_nothing(data, seed):
    table = with_totals(data, ["row", "column"])
    order = list(range(len(table)))
    seed.shuffle(order)
    with tempfile.TemporaryDirectory() as folder:
        one = two_chapters(table, 5, Path(folder) / "1").solved()
        other = two_chapters(table.iloc[order], seed.randrange(len(table)), Path(folder) / "2").solved()
    assert one == other
