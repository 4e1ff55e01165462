"""What is released is written down, stays, and gives nothing away."""

import json
from dataclasses import replace
from datetime import date

import pytest

from alignkit import records
from alignkit.disclosure.cells import FrozenCell
from alignkit.disclosure.ledger import Entry, append, cycles_after, entry, frozen_cells, issues, last_file, read
from alignkit.disclosure.relations import Relations
from alignkit.disclosure.rules import NOTHING, rule_of
from alignkit.disclosure.system import build
from alignkit.errors import InputError, ReleaseRefused
from tests.disclosure.tables import Run, with_totals

LEAVES = {("F",): (41, 23), ("M",): (43, 7), ("X",): (5, 2), ("Y",): (87, 37)}


@pytest.fixture
def released(tmp_path):
    run = Run(tmp_path / "cells", {"a": with_totals(LEAVES, ["sex"])}, ("sex",))
    headline = records.Headline(name="share", text="39%", value=39.2)
    shown = {"a": [*run.shown(run.solved())["a"], headline]}
    return entry("2026-Q1", shown, run.cells(), 10, "abc")


def test_there_and_back(released, tmp_path):
    append(tmp_path, released)
    (back,) = read(tmp_path)
    assert back == released
    assert back.headlines["a"]["share"] == {"text": "39%", "value": 39.2}
    assert frozen_cells(tmp_path) == released.cells


def test_it_holds_no_hidden_count(released, tmp_path):
    cells = {dict(cell.key).get("sex", "all"): cell for cell in released.cells}
    assert (cells["X"].n, cells["X"].k, sorted(cells["X"].hides)) == (None, None, ["k", "n"])
    assert (cells["M"].n, cells["M"].k, cells["M"].within) == (43, None, (0, 9))
    assert (cells["Y"].n, cells["Y"].k) == (87, 37)
    rows = json.loads(append(tmp_path, released).read_text())["quantities"]["readers"]["cells"]
    hidden = [row for row in rows if row["key"].get("sex") == "X"]
    assert hidden == [{"hides": ["k", "n"], "key": {"sex": "X"}, "text": "hidden"}]


def test_the_same_bytes_whatever_the_order(released, tmp_path):
    one = append(tmp_path / "1", released).read_bytes()
    mixed = type(released)("2026-Q1", "abc", released.cells[::-1], released.texts, released.headlines)
    assert append(tmp_path / "2", mixed).read_bytes() == one
    assert one.endswith(b"}\n")


def test_a_release_is_never_changed(released, tmp_path):
    path = append(tmp_path, released)
    before = path.read_bytes()
    append(tmp_path, released)
    with pytest.raises(ReleaseRefused, match="2026-Q1 was released before"):
        append(tmp_path, type(released)("2026-Q1", "another", ()))
    assert path.read_bytes() == before


def test_only_cycles_before(released, tmp_path):
    append(tmp_path, released)
    append(tmp_path, type(released)("2026-Q3", "x", ()))
    assert [one.cycle for one in read(tmp_path, before="2026-Q3")] == ["2026-Q1"]
    assert [one.cycle for one in read(tmp_path)] == ["2026-Q1", "2026-Q3"]
    assert frozen_cells(tmp_path / "no such folder", before="2026-Q3") == ()


def test_a_broken_ledger_says_where(tmp_path):
    (tmp_path / "2026-Q1.json").write_text("{}")
    with pytest.raises(InputError, match=r"2026-Q1\.json: this is no ledger"):
        read(tmp_path)


def test_cycles_of_every_kind_come_in_the_order_of_their_days(tmp_path):
    there = ["2025-26", "2026-Fall", "2026-Q4", "2026-Spring", "2026", "2027-H1"]
    for label in there:
        append(tmp_path, Entry(label, "x", ()))
    oldest_first = ["2026-Spring", "2025-26", "2026-Q4", "2026-Fall", "2026", "2027-H1"]
    assert [one.cycle for one in read(tmp_path)] == oldest_first
    for number, label in enumerate(oldest_first):
        assert [one.cycle for one in read(tmp_path, before=label)] == oldest_first[:number]


def test_of_two_releases_the_later_by_its_days_counts_whatever_their_labels(tmp_path):
    spring, fall = (
        FrozenCell(cycle, "readers", (), n, 20, NOTHING, None, False, ())
        for cycle, n in (("2026-Spring", 40), ("2026-Fall", 44))
    )
    (node,) = build([], rule_of(10), [fall, spring]).nodes
    assert node.n == 44
    assert Relations({}, {}, [fall, spring]).earlier["readers", ()].n == 44


def second(released, text="41%"):
    """The same cycle corrected: other content, the next number."""
    id_ = next(iter(released.texts))
    content = replace(released, manifest="def", texts={**released.texts, id_: text})
    return content.numbered(2, "2026-Q1-0123456789ab", "The year was wrong.", date(2026, 5, 4))


def test_a_correction_has_a_file_of_its_own_and_the_first_issue_stays(released, tmp_path):
    first = append(tmp_path, released)
    before = first.read_bytes()
    assert append(tmp_path, second(released)).name == "2026-Q1.2.json"
    assert first.read_bytes() == before
    assert read(tmp_path) == issues(tmp_path, "2026-Q1") == (released, second(released))
    with pytest.raises(ReleaseRefused):
        append(tmp_path, second(released, "42%"))


def test_issues_are_in_order_between_cycles(released, tmp_path):
    for number in (10, 2):
        append(tmp_path, released.numbered(number, "", "Wrong.", None))
    for cycle in ("2026-Q2", "2025-Q4"):
        append(tmp_path, type(released)(cycle, "x", ()))
    append(tmp_path, released)
    assert [(one.cycle[-2:], one.issue) for one in read(tmp_path)] == [
        ("Q4", 1), ("Q1", 1), ("Q1", 2), ("Q1", 10), ("Q2", 1),
    ]  # fmt: skip
    assert last_file(tmp_path, "2026-Q1").name == "2026-Q1.10.json"
    assert cycles_after(tmp_path, "2026-Q1") == ("2026-Q2",)


def test_cells_of_every_issue_count_and_those_of_its_own_cycle_where_asked(released, tmp_path):
    append(tmp_path, released)
    append(tmp_path, second(released))
    assert {cell.release for cell in frozen_cells(tmp_path)} == {("2026-Q1", 1), ("2026-Q1", 2)}
    assert frozen_cells(tmp_path, before="2026-Q1") == ()
    assert frozen_cells(tmp_path, before="2026-Q1", also="2026-Q1") == frozen_cells(tmp_path)


def test_the_same_run_shows_the_same_whatever_its_number(released):
    assert released.shows_the_same(released.numbered(2, "", "Wrong.", None))
    assert not released.shows_the_same(replace(released, manifest="def"))
    assert not released.shows_the_same(replace(released, headlines={}))
