"""What is hidden for the sake of other rows, over all chapters and releases."""

import pandas as pd
import pytest

from alignkit.disclosure import solve as solving
from alignkit.disclosure.audit import audit
from alignkit.disclosure.cells import Mask, TrueCell
from alignkit.disclosure.ledger import entry
from alignkit.disclosure.solve import solve
from tests.disclosure.tables import Run, statuses, with_totals

SCHOOLS = {("east",): (40, 20), ("north",): (60, 30), ("south",): (4, 2), ("west",): (80, 40)}


def kinds(findings):
    return {finding.kind for finding in findings}


def audited(run, mask):
    return audit(run.shown(mask), run.cells(), run.minimum, run.frozen, mask)


def test_a_small_cell_takes_the_cheapest_second_with_it(tmp_path):
    run = Run(tmp_path, {"a": with_totals(SCHOOLS, ["school"])}, ("school",))
    found = statuses(run.publish(run.solved())["a"])
    assert found == {
        ("all",): "shown",
        ("east",): "hidden",
        ("north",): "shown",
        ("south",): "hidden",
        ("west",): "shown",
    }


def test_a_small_numerator_hides_a_value_and_leaves_its_denominator(tmp_path):
    leaves = {**SCHOOLS, ("south",): (40, 4)}
    run = Run(tmp_path, {"a": with_totals(leaves, ["school"])}, ("school",))
    found = statuses(run.publish(run.solved())["a"])
    assert found[("south",)] == "band"
    assert sorted(found.values()) == ["band", "shown", "shown", "shown", "value hidden"]


def two_chapters():
    """Chapter a shows the table but for one row; that one stands in chapter b, which shows nothing else."""
    table = with_totals(SCHOOLS, ["school"])
    chapters = {"a": table.query("school != 'east'"), "b": table.query("school == 'east'")}
    return {"chapters": chapters, "by": ("school",), "partitions": {"a": ("school",), "b": ()}}


def test_a_small_cell_in_one_chapter_hides_a_row_in_another(tmp_path):
    run = Run(tmp_path, **two_chapters())
    mask = run.solved()
    assert statuses(run.publish(mask)["b"]) == {("east",): "hidden"}
    assert mask.for_chapter([cell for cell in run.cells() if cell.chapters == ("a",)]) == []
    assert audited(run, mask) == ()


def test_one_table_at_a_time_would_leak(tmp_path):
    """The reason for solving over all chapters: each mask is clean by itself, both together give a count away."""
    plan = two_chapters()
    alone = [Run(tmp_path / name, **{**plan, "chapters": {name: rows}}) for name, rows in plan["chapters"].items()]
    masks = [run.solved() for run in alone]
    assert [audited(run, mask) for run, mask in zip(alone, masks, strict=True)] == [(), ()]
    both = Run(tmp_path / "both", **plan)
    naive = Mask({**masks[0].hides, **masks[1].hides})
    assert [(f.kind, f.key) for f in audited(both, naive)] == [("recoverable", (("school", "south"),))]


def test_two_hidden_in_a_line_may_be_too_few(tmp_path):
    """Nine and nine make eighteen: both bands are at their end, so both numerators are known."""
    run = Run(tmp_path, {"a": with_totals({("F",): (50, 9), ("M",): (50, 9)}, ["sex"])}, ("sex",))
    assert statuses(run.publish(Mask.empty())["a"]) == {("F",): "band", ("M",): "band", ("all",): "shown"}
    assert kinds(audited(run, Mask.empty())) == {"recoverable"}
    assert statuses(run.publish(run.solved())["a"]) == {("F",): "hidden", ("M",): "hidden", ("all",): "shown"}
    assert audited(run, run.solved()) == ()


def test_hidden_ones_that_together_stay_below_the_minimum(tmp_path):
    leaves = {("F",): (3, 1), ("M",): (4, 1), ("X",): (50, 25), ("Y",): (60, 30)}
    run = Run(tmp_path, {"a": with_totals(leaves, ["sex"])}, ("sex",))
    found = statuses(run.publish(run.solved())["a"])
    assert [found[(sex,)] for sex in "FMXY"] == ["hidden", "hidden", "hidden", "shown"]


def test_what_a_total_holds_beyond_its_parts_is_protected(tmp_path):
    frame = with_totals(SCHOOLS, ["school"]).query("school != 'south'")
    run = Run(tmp_path, {"a": frame}, ("school",))
    assert kinds(audited(run, Mask.empty())) == {"recoverable"}
    found = statuses(run.publish(run.solved())["a"])
    assert sorted(found.values()) == ["hidden", "shown", "shown", "shown"]


def test_two_breakdowns_of_a_total_that_nobody_shows(tmp_path):
    one = {"kind": "sex", "group": ["F", "M"], "denominator": [50, 50], "numerator": [25, 25]}
    other = {"kind": "age", "group": ["old", "young"], "denominator": [96, 4], "numerator": [48, 2]}
    run = Run(tmp_path, {"a": pd.DataFrame(one), "b": pd.DataFrame(other)}, ("kind", "group"),
              partitions={"a": (("kind", "group"),), "b": ()})  # fmt: skip
    assert kinds(audited(run, Mask.empty())) == {"recoverable"}
    mask = run.solved()
    assert [dict(key)["group"] for _quantity, key in mask.beyond] == ["F"]
    assert audited(run, mask) == ()


def test_what_others_have_published_cannot_be_hidden(tmp_path):
    frame = with_totals(SCHOOLS, ["school"])
    run = Run(tmp_path, {"a": frame.assign(already_public=frame["school"] != "south")}, ("school",))
    mask = run.solved()
    assert kinds(mask.findings) == {"known"}
    assert kinds(audited(run, mask)) == {"known"}
    assert sorted(statuses(run.publish(mask)["a"]).values()) == ["hidden", "shown", "shown", "shown", "shown"]


def test_a_public_row_is_never_the_second_one(tmp_path):
    frame = with_totals(SCHOOLS, ["school"])
    run = Run(tmp_path, {"a": frame.assign(already_public=frame["school"] == "east")}, ("school",))
    found = statuses(run.publish(run.solved())["a"])
    assert (found[("east",)], found[("north",)]) == ("shown", "hidden")


def test_released_rows_stay_as_they_were(tmp_path):
    """North and south were hidden last time; today the cheaper east would do, but north was hidden already."""
    first = Run(tmp_path / "1", {"a": with_totals({**SCHOOLS, ("east",): (90, 45)}, ["school"])}, ("school",))
    before = entry("2026-Q1", first.shown(first.solved()), first.cells(), 10, "").cells
    assert {cell.key for cell in before if cell.hides} == {(("school", "north"),), (("school", "south"),)}
    again = Run(tmp_path / "2", {"a": with_totals(SCHOOLS, ["school"])}, ("school",), frozen=before)
    found = statuses(again.publish(again.solved())["a"])
    assert [key[0] for key, status in found.items() if status == "hidden"] == ["north", "south"]


QUARTERS = {("1",): (40, 20), ("2",): (6, 3), ("3",): (50, 25), ("4",): (30, 15)}


def test_quarters_and_the_year_are_protected_over_the_history(tmp_path):
    """Each release by itself is fine; the year less three quarters is the small one."""
    table = with_totals(QUARTERS, ["quarter"])
    first = Run(tmp_path / "1", {"a": table.query("quarter in ('1', '2', '3')")}, ("quarter",))
    before = entry("2026-Q3", first.shown(first.solved()), first.cells(), 10, "").cells
    rest = table.query("quarter in ('4', 'all')")
    blind = Run(tmp_path / "2", {"a": rest}, ("quarter",))
    known = Run(tmp_path / "3", {"a": rest}, ("quarter",), frozen=before)
    assert sorted(statuses(blind.publish(blind.solved())["a"]).values()) == ["shown", "shown"]
    assert "recoverable" in kinds(audit(blind.shown(blind.solved()), blind.cells(), 10, before))
    assert audited(known, known.solved()) == ()


def test_a_revised_count_is_a_new_one(tmp_path):
    first = Run(tmp_path / "1", {"a": with_totals(SCHOOLS, ["school"])}, ("school",))
    before = entry("2026-Q1", first.shown(first.solved()), first.cells(), 10, "").cells
    revised = with_totals({**SCHOOLS, ("west",): (81, 40)}, ["school"])
    again = Run(tmp_path / "2", {"a": revised}, ("school",), frozen=before)
    mask = again.solved()
    assert audited(again, mask) == ()
    assert statuses(again.publish(mask)["a"])[("west",)] == "shown"


def test_chapters_that_contradict_each_other(tmp_path):
    one, other = with_totals(SCHOOLS, ["school"]), with_totals({**SCHOOLS, ("west",): (81, 40)}, ["school"])
    run = Run(tmp_path, {"a": one, "b": other.query("school == 'west'")}, ("school",))
    assert kinds(run.solved().findings) == {"disagrees"}
    assert "disagrees" in kinds(audited(run, run.solved()))


def test_parts_that_overlap_are_no_partition(tmp_path):
    frame = with_totals(SCHOOLS, ["school"])
    frame.loc[frame["school"] == "all", ["denominator", "numerator"]] = [150, 70]
    run = Run(tmp_path, {"a": frame}, ("school",))
    assert kinds(run.solved().findings) == kinds(audited(run, run.solved())) == {"not_additive"}


def test_means_are_hidden_with_their_people(tmp_path):
    frame = pd.DataFrame(
        {"school": ["all", "a", "b", "c"], "denominator": [104, 60, 40, 4], "value": [20.0, 21.0, 19.0, 15.0]}
    )
    run = Run(tmp_path, {"a": frame.assign(unit="score")}, ("school",))
    found = statuses(run.publish(run.solved())["a"])
    assert found == {("all",): "shown", ("a",): "shown", ("b",): "hidden", ("c",): "hidden"}
    assert audited(run, run.solved()) == ()


def test_nothing_to_hide_gives_an_empty_burden():
    cells = [TrueCell("q", (("sex", sex),), 100, 50, partitions=(("sex",),)) for sex in "FM"]
    mask = solve(cells, 10)
    assert set(mask.hides.values()) == {frozenset()}
    assert mask.beyond == {}


def test_the_order_of_cells_and_chapters_changes_nothing(tmp_path):
    leaves = {(school, sex): (7 * i + 3, 4 * i + 1) for i, (school, sex) in enumerate(
        (school, sex) for school in "abc" for sex in "FMX")}  # fmt: skip
    cells = Run(tmp_path, {"a": with_totals(leaves, ["school", "sex"])}, ("school", "sex"), minimum=5).cells()
    assert solve(cells, 5) == solve(cells[::-1], 5) == solve(cells[7:] + cells[:7], 5)


def test_needless_complements_are_shown_again(tmp_path, monkeypatch):
    leaves = {(school, sex): (7 * i + 3, 4 * i + 1) for i, (school, sex) in enumerate(
        (school, sex) for school in "abcd" for sex in "FMX")}  # fmt: skip
    cells = Run(tmp_path, {"a": with_totals(leaves, ["school", "sex"])}, ("school", "sex")).cells()
    fewer = len(solve(cells, 10).beyond)
    monkeypatch.setattr(solving, "_CLEAN_UP_TO", 0)
    monkeypatch.setattr(solving, "_TRY_BOTH_UP_TO", 0)
    assert fewer <= len(solve(cells, 10).beyond)


@pytest.mark.heavy
def test_five_hundred_cells_in_two_seconds(tmp_path):
    from time import process_time

    leaves = {(f"s{i}", f"g{j}"): (6 + 37 * i * (j + 3) % 211, 3 + 17 * i * j % 5) for i in range(9) for j in range(50)}
    cells = Run(tmp_path, {"a": with_totals(leaves, ["school", "group"])}, ("school", "group")).cells()
    started = process_time()
    solve(cells, 10)
    assert len(cells) > 500
    assert process_time() - started < 4  # two seconds on a machine with nothing else to do
