"""The gate: what it lets through stays as it is, what it refuses changes nothing."""

import hashlib
import json
import os
import shutil
import stat

import pytest

from alignkit.book.build import draft
from alignkit.book.release import release
from alignkit.disclosure.ledger import read
from alignkit.errors import ReleaseRefused
from alignkit.params import load_cycle
from alignkit.project.new import new_cycle
from alignkit.project.status import status
from tests.acceptance.walk import DRAFT
from tests.small_project import OPEN, notebook, small_project, write_notebook

pytestmark = pytest.mark.heavy
SAYS = "c.say('answer', 'All is {}.', role='answer')"
CYCLES = [{"cycle": "2026-Q2"}, {"cycle": "2026-Q3", "previous": "2026-Q2"}]


def bytes_of(folder):
    """Name and hash of every file."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def small(tmp_path, run):
    """A small community whose cycle 2026-Q2 has been run."""
    file = small_project(tmp_path, {"one": [OPEN, SAYS.format("well")]}, cycles=CYCLES).with_name("2026-Q2.yml")
    assert run(file).ok
    return file


def published(file):
    return release(file, engine="embedded", formats=["html"])


def test_the_first_cycle_needs_no_ledger_and_begins_one(first):
    assert [path.name for path in (first.project / "reports/riverbend/ledger").iterdir()] == ["2025-Q4.json"]
    assert (first.reports / "riverbend-2025-Q4.pdf").exists()
    manifest = json.loads((first.reports / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["book"]["draft"] is False
    assert {entry["status"] for entry in manifest["chapters"]} == {"ok"}


def test_a_release_says_no_draft_but_says_synthetic(first):
    for page in first.pages:
        html = page.read_text(encoding="utf-8")
        assert DRAFT not in html
        assert "Synthetic community" in html


def test_the_ledger_holds_what_was_published_and_no_hidden_count(first):
    entry = json.loads((first.project / "reports/riverbend/ledger/2025-Q4.json").read_text(encoding="utf-8"))
    cells = [cell for quantity in entry["quantities"].values() for cell in quantity["cells"]]
    hidden = [cell for cell in cells if "n" in cell.get("hides", ())]
    assert hidden
    assert not [cell for cell in hidden if {"n", "k"} & set(cell)]
    assert not [cell for cell in cells if "k" in cell.get("hides", ()) and "k" in cell]
    assert "answer" in entry["headlines"]["brief"]


def test_a_later_cycle_without_the_ledger_is_refused_and_the_draft_stays(small, run):
    later = small.with_name("2026-Q3.yml")
    run(later)
    folder = draft(later, engine="embedded", formats=["html"])
    before = bytes_of(folder)
    with pytest.raises(ReleaseRefused) as refused:
        published(later)
    assert any("the ledger of 2026-Q2 is not there" in reason for reason in refused.value.reasons)
    assert bytes_of(folder) == before
    assert not (folder.parent / "ledger").exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
def test_a_release_is_reached_by_a_link_and_nobody_changes_it(small):
    link = published(small)
    assert link.is_symlink()
    assert link.resolve().parent.name == "releases"
    for path in (link.resolve(), *link.resolve().rglob("*")):
        assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH), path.name


def test_a_draft_stands_beside_a_release_and_not_in_its_place(small):
    link = published(small)
    before = bytes_of(link.resolve())
    again = draft(small, engine="embedded", formats=["html"])
    assert again.name == "2026-Q2-draft"
    assert bytes_of(link.resolve()) == before


def test_a_failing_chapter_refuses_and_leaves_the_last_release(small, run):
    link = published(small)
    target, before = link.resolve(), bytes_of(link.resolve())
    write_notebook(small.parents[2], "one", notebook("1 / 0"))
    assert not run(small).ok
    with pytest.raises(ReleaseRefused, match="chapter one failed; mend it, or publish --without one"):
        published(small)
    assert (link.resolve(), bytes_of(target)) == (target, before)
    assert sorted(path.name for path in link.parent.iterdir()) == ["2026-Q2", "ledger", "releases"]


def test_a_chapter_may_be_left_out_by_name_and_its_page_says_so(tmp_path, run):
    file = small_project(tmp_path, {"one": [OPEN, SAYS.format("well")], "bad": ["1 / 0"]})
    run(file)
    folder = release(file, engine="embedded", formats=["html"], without=["bad"])
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["book"]["without"] == ["bad"]
    assert "ZeroDivisionError" not in (folder / "book" / "bad.html").read_text(encoding="utf-8")
    assert [path.name for path in (folder / "notebooks").iterdir()] == ["one.ipynb"]


def test_a_run_of_some_chapters_only_is_never_released(tmp_path, run):
    file = small_project(tmp_path, {"one": [OPEN, SAYS.format("well")], "two": ["2"]})
    run(file, only=["one"])
    with pytest.raises(ReleaseRefused, match=r"only some chapters were run|chapter two was not run"):
        published(file)


def test_parameters_changed_since_the_run_refuse(small):
    changed = {**json.loads(small.read_text(encoding="utf-8")), "as_of": "2026-06-01"}
    small.write_text(json.dumps(changed), encoding="utf-8")
    with pytest.raises(ReleaseRefused, match="the parameters have changed since the run"):
        published(small)


def test_what_was_released_cannot_be_released_as_something_else(small, run):
    published(small)
    write_notebook(small.parents[2], "one", notebook(OPEN, SAYS.format("bad")))
    run(small)
    with pytest.raises(ReleaseRefused, match="was released before, and showed something else"):
        published(small)


def test_the_next_cycle_follows_where_the_ledger_is_there(small, run):
    published(small)
    following = small.with_name("2026-Q3.yml")
    run(following)
    link = published(following)
    assert sorted(path.name for path in (link.parent / "ledger").iterdir()) == ["2026-Q2.json", "2026-Q3.json"]
    shutil.rmtree(link.parent / "ledger")
    with pytest.raises(ReleaseRefused, match="the ledger of 2026-Q2 is not there"):
        published(following)


def test_half_years_follow_one_another_and_count_what_was_released_before(tmp_path, run):
    first = small_project(tmp_path, {"one": [OPEN, SAYS.format("well")]}, cycles=[{"cycle": "2025-H2"}])
    run(first)
    published(first)
    made = new_cycle(tmp_path, label="2026-H1").file
    assert load_cycle(made).previous == "2025-H2"
    assert new_cycle(tmp_path).file.name == "2026-H2.yml"
    assert run(made).ok
    link = published(made)
    ledger = link.parent / "ledger"
    assert [one.cycle for one in read(ledger, before="2026-H2")] == ["2025-H2", "2026-H1"]
    assert "the first half of 2026" in (link / "book" / "index.html").read_text(encoding="utf-8")
    assert [(one.cycle, bool(one.released)) for one in status(tmp_path)] == [
        ("2025-H2", True), ("2026-H1", True), ("2026-H2", False),
    ]  # fmt: skip


def test_a_correction_is_what_the_next_cycle_compares_with(small, run):
    published(small)
    write_notebook(small.parents[2], "one", notebook(OPEN, SAYS.format("corrected")))
    assert run(small).ok
    link = release(small, engine="embedded", formats=["html"], corrects="All is corrected.")
    following = small.with_name("2026-Q3.yml")
    write_notebook(small.parents[2], "one", notebook(OPEN, "c.say('answer', str(c.last_book.headlines('answer')))"))
    run(following)
    published(following)
    page = (link.with_name("2026-Q3") / "book" / "one.html").read_text(encoding="utf-8")
    assert "All is corrected." in page
    run(small)
    with pytest.raises(ReleaseRefused, match="2026-Q3 was released since"):
        release(small, engine="embedded", formats=["html"], corrects="Too late.")
