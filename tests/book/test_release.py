"""The gate, and that a release which fails changes nothing."""

import json
import os
from datetime import date, timedelta

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell

from alignkit.book import release as gate_module
from alignkit.book.build import build
from alignkit.book.release import gate, release
from alignkit.book.run import read_manifest
from alignkit.cycles import days, quarter_of
from alignkit.errors import NarrativeError, ReleaseRefused
from alignkit.params import CycleParams
from alignkit.snapshot import purge
from tests.book.samples import Sample, notebook, published, say

HTML = {"formats": ("html",)}


def go(sample: Sample, **more):
    return release(sample.params_folder / "2026-Q3.yml", engine="embedded", **{"formats": (), **more})


def state(sample: Sample) -> dict[str, str]:
    """Every file and link below reports/, with its content."""
    reports = sample.project / "reports"
    links = {str(p.relative_to(reports)): os.readlink(p) for p in reports.rglob("*") if p.is_symlink()}
    files = [p for p in reports.rglob("*") if p.is_file()]
    return links | {str(p.relative_to(reports)): p.read_bytes().hex() for p in files}


def refused(sample: Sample, **more) -> tuple[str, ...]:
    with pytest.raises(ReleaseRefused) as told:
        go(sample, **more)
    return told.value.reasons


def test_a_release_is_a_link_to_a_folder_that_nobody_can_change(ready):
    link = go(ready, **HTML)
    assert link == ready.project / "reports" / "riverbend" / "2026-Q3"
    assert os.readlink(link).startswith("releases/2026-Q3-")
    assert (link / "book" / "index.html").stat().st_mode & 0o222 == 0
    assert "Draft" not in (link / "book" / "index.html").read_text()
    assert json.loads((link / "manifest.json").read_text())["book"]["draft"] is False
    assert [p.name for p in (link.parent / "ledger").iterdir()] == ["2026-Q3.json"]


def test_releasing_the_same_again_changes_nothing(ready):
    go(ready)
    before = state(ready)
    go(ready)
    assert state(ready) == before


def test_mended_words_can_be_released_again_other_numbers_cannot(ready):
    first = os.readlink(go(ready, **HTML))
    assert os.readlink(go(ready.narrative("brief", "A word more."), **HTML)) != first
    ready.chapters.clear()
    before = state(ready)
    ready.add("brief", notebook(say("Eight signed.", "answer"))).finish()
    assert "showed something else" in refused(ready)[0]
    assert state(ready) == before


def test_a_draft_steps_aside_and_later_drafts_stay_there(ready):
    build(ready.run, ready.project, ready.cycle, engine="embedded", **HTML)
    link = go(ready)
    assert "Draft" in (link.with_name("2026-Q3-draft") / "book" / "index.html").read_text()
    before = os.readlink(link)
    assert build(ready.run, ready.project, ready.cycle, engine="embedded", formats=()).name == "2026-Q3-draft"
    assert os.readlink(link) == before


def test_every_reason_is_told_at_once(ready):
    ready.add("action", None, "failed").add("advocacy", None, "not_run")
    ready.narrative("brief", "As Ann Smithson said.")
    ready.finish(audit={"clean": False, "findings": ["x is recoverable"], "hidden": 0}, partial=True, parameters={})
    told = " | ".join(refused(ready, **HTML))
    wanted = ("only some chapters", "parameters have changed", "action failed", "advocacy was not run", "x is recover")
    assert [want for want in wanted if want not in told] == []
    assert "a person's name" in told
    assert "Smithson" not in told


def with_words_for_editors(sample: Sample, text: str) -> Sample:
    """The same run, with a Markdown cell for editors and a picture pasted into it."""
    nb = notebook(say("Seven signed.", "answer"), published("shown"))
    pasted = {"p.png": {"image/png": "iVBORw0KGgo="}}
    nb.cells.append(new_markdown_cell(text, metadata={"tags": ["editor"]}, attachments=pasted))
    nbformat.write(nb, sample.run / "notebooks" / "brief.ipynb")
    return sample


def test_words_for_editors_go_with_the_notebook_and_not_onto_the_page(ready):
    link = go(with_words_for_editors(ready, "Wilson's method is assumed."), **HTML)
    assert all("Wilson" not in page.read_text() for page in (link / "book").glob("*.html"))
    (cell,) = nbformat.read(link / "notebooks" / "brief.ipynb", as_version=4).cells[-1:]
    assert (cell.source, cell.metadata.tags) == ("Wilson's method is assumed.", ["editor"])
    assert "attachments" not in cell


def test_a_name_in_words_for_editors_stops_the_release(ready):
    reasons = refused(with_words_for_editors(ready, "Ask Ann Smithson."), **HTML)
    assert {reason.partition(",")[0] for reason in reasons} == {"notebooks/brief.ipynb"}
    assert all(reason.endswith("a person's name") for reason in reasons)


def test_a_chapter_left_out_by_name_may_have_failed(ready):
    ready.add("action", None, "failed").finish()
    assert "without action" in refused(ready)[0]
    assert "published without" in (go(ready, without=["action"], **HTML) / "book" / "action.html").read_text()


def test_a_chapter_without_its_table_does_not_hold_up_the_book(ready):
    ready.add("advocacy", None, "missing_table", table="policies").finish()
    assert (go(ready, **HTML) / "book" / "could-show.html").is_file()


def test_after_the_first_cycle_the_ledger_must_be_there(ready):
    cycle = ready.cycle.model_copy(update={"previous": "2026-Q2"})
    manifest = read_manifest(ready.run).model_copy(update={"parameters": cycle.to_papermill()})
    assert list(gate(manifest, ready.project, cycle)) == [
        "the ledger of 2026-Q2 is not there; bring back reports/riverbend/ledger/"
    ]
    ledger = ready.project / "reports" / "riverbend" / "ledger"
    ledger.mkdir(parents=True)
    (ledger / "2026-Q2.json").write_text("{}")
    assert list(gate(manifest, ready.project, cycle)) == []


def reasons(sample: Sample, ran: str, **given) -> list[str]:
    """Why a run of the day `ran` of the quarter that is going on cannot be released, where its file says `given`."""
    today = date.today()
    cycle = CycleParams(community="riverbend", cycle=quarter_of(today), **given)
    manifest = read_manifest(sample.run).model_copy(update={"parameters": {**cycle.to_papermill(), "as_of": ran}})
    return list(gate(manifest, sample.project, cycle))


def test_a_run_of_an_earlier_day_is_released_once_its_day_is_in_the_file(ready):
    day = days(quarter_of(date.today()))[0].isoformat()
    (reason,) = reasons(ready, day)
    assert f"write as_of: {day} in the cycle's file" in reason
    assert "parameters have changed" not in reason
    assert reasons(ready, day, as_of=date.fromisoformat(day)) == []


def test_a_cycle_that_is_over_needs_no_day_in_its_file(ready):
    manifest = read_manifest(ready.run)
    assert not ready.cycle.dated
    assert list(gate(manifest, ready.project, ready.cycle)) == []


def test_a_run_that_counted_a_day_to_come_is_run_again(ready):
    last = days(quarter_of(date.today()))[1] + timedelta(days=1)
    assert reasons(ready, last.isoformat()) == [
        f"as_of is left out, so today counts, and the run's day was {last}; run again"
    ]


def test_a_draft_shows_the_day_of_its_run(ready):
    ready.finish(parameters={**ready.cycle.to_papermill(), "as_of": "2026-09-15"})
    folder = build(ready.run, ready.project, ready.cycle, engine="embedded", **HTML)
    assert "September 15, 2026" in (folder / "book" / "index.html").read_text()


def test_without_the_data_nobody_can_look_for_names(ready):
    purge(ready.project / ".alignkit" / "riverbend" / "data", ready.more["snapshot"]["id"])
    assert "nobody can look for names" in refused(ready)[0]


@pytest.mark.parametrize("step", ["ledger.append", "swap.point", "swap.read_only"])
@pytest.mark.parametrize("before", ["nothing", "draft", "release"])
def test_a_release_that_fails_leaves_everything_as_it_was(ready, monkeypatch, step, before):
    if before == "draft":
        build(ready.run, ready.project, ready.cycle, engine="embedded", formats=())
    elif before == "release":
        go(ready)  # without pages, so that the next one is another book
    then = state(ready)

    def fail(*_args):
        raise OSError("disk full")

    monkeypatch.setattr(f"{gate_module.__name__}.{step}", fail)
    with pytest.raises(OSError, match="disk full"):
        go(ready, **(HTML if before == "release" else {}))
    assert state(ready) == then


def test_a_wrong_narrative_stops_it_before_anything(ready):
    ready.narrative("brief", "{{ brief.none }}")
    with pytest.raises(NarrativeError):
        go(ready)
    assert state(ready) == {}
