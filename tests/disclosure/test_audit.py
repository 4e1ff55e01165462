"""The attacker finds what is given away, whoever gave it away and however."""

import pandas as pd
import pytest

from alignkit.disclosure.audit import audit
from alignkit.disclosure.cells import Mask
from alignkit.disclosure.publish import Gate, publish
from alignkit.records import Cell, Published
from tests.disclosure.tables import Run, with_totals

LEAVES = {("F",): (40, 20), ("M",): (40, 5), ("X",): (4, 2), ("Y",): (80, 33)}


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path, {"a": with_totals(LEAVES, ["sex"])}, ("sex",))


def found(run, shown, mask=None):
    return {(f.kind, dict(f.key).get("sex", "all")) for f in audit(shown, run.cells(), run.minimum, run.frozen, mask)}


def changed(run, sex, **change):
    """What the solved run shows, with one row of it changed."""
    (record,) = run.shown(run.solved())["a"]
    cells = [cell.model_copy(update=change) if cell.key["sex"] == sex else cell for cell in record.cells]
    return {"a": [record.model_copy(update={"cells": tuple(cells)})]}


def test_what_was_solved_is_clean(run):
    assert found(run, run.shown(run.solved()), run.solved()) == set()


def test_the_primary_rule_alone_is_not_enough(run):
    assert ("recoverable", "X") in found(run, run.shown(Mask.empty()))


@pytest.mark.parametrize(
    "change",
    [
        {"shown": {"denominator": 4}},
        {"shown": {"numerator": 2}},
        {"shown": {"value": 50.0}},
        {"shown": {"low": 15.0}},
        {"shown": {"name": "somebody"}},
        {"status": "shown", "text": "50%"},
        {"text": "2 of 4"},
    ],
)
def test_a_hidden_row_that_shows_something(run, change):
    assert ("shown", "X") in found(run, changed(run, "X", **change))


@pytest.mark.parametrize("text", ["under 13%", "under"])
def test_a_band_that_tells_more_than_the_rule(run, text):
    assert ("shown", "M") in found(run, changed(run, "M", status="band", text=text))


def test_a_row_that_never_passed_the_door(run):
    cell = Cell(key={"sex": "Z"}, status="shown", text="5%", shown={"value": 5.0})
    fields = {"id": "z", "about": "students", "quantity": "readers", "by": ("sex",), "draft": False}
    assert found(run, {"b": [Published(cells=(cell,), **fields)]}) == {("unknown", "Z")}
    assert found(run, {"b": [Published(cells=(cell,), **{**fields, "about": "partners"})]}) == set()


def test_other_counts_than_were_recorded(run):
    shown = {"denominator": 79, "numerator": 33, "value": 41.25, "unit": "percent"}
    assert ("disagrees", "Y") in found(run, changed(run, "Y", shown=shown, status="shown", text="41%"))


def test_a_mask_that_was_not_obeyed(run):
    shown = run.shown(Mask.empty())
    assert ("shown", "F") in found(run, shown, run.solved())
    assert ("unknown", "F") in found(run, shown, Mask({("readers", ()): frozenset()}))


def test_what_one_chapter_hides_and_another_shows(run, tmp_path):
    gate = Gate(10, None, "b", tmp_path / "b.json")
    mask, table = run.solved(), with_totals(LEAVES, ["sex"])
    beyond = [dict(key)["sex"] for _quantity, key in mask.beyond]
    other = publish(
        table[table["sex"].isin(beyond)], id="r", by=["sex"], about="students", quantity="readers", gate=gate
    )
    shown = run.shown(mask) | {"b": [other.record()]}
    assert ("recoverable", "X") in found(run, shown)


def test_it_reads_the_records_not_the_mask(run):
    """A chapter left from an earlier pass, with another mask, is what readers will see."""
    stale = run.shown(Mask.empty())
    assert ("recoverable", "X") in found(run, stale)


def test_public_numbers_are_known_and_no_finding(tmp_path):
    frame = with_totals(LEAVES, ["sex"]).assign(already_public=True)
    run = Run(tmp_path, {"a": frame}, ("sex",))
    assert found(run, run.shown(run.solved())) == set()


def test_a_range_from_the_source_is_known_as_a_range(tmp_path):
    rows = [
        {"sex": "all", "denominator": 200, "numerator": 100},
        {"sex": "F", "denominator": 100, "numerator": 60},
        {"sex": "M", "denominator": 60, "low": 40.0, "high": 90.0, "value_status": "range"},
        {"sex": "X", "denominator": 40, "numerator": 12},
    ]
    frame = pd.DataFrame(rows).assign(value_status=["reported", "reported", "range", "reported"])
    run = Run(tmp_path, {"a": frame}, ("sex",))
    assert found(run, run.shown(run.solved())) == set()


def test_findings_hold_no_counts(run):
    findings = audit(run.shown(Mask.empty()), run.cells(), 10)
    assert findings
    assert not any(digit in str(finding) for finding in findings for digit in "0123456789")
