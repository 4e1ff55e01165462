"""A community's own tables, from their declaration to what a chapter shows."""

import json
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from alignkit import records
from alignkit.community import open_cycle
from alignkit.errors import ContractError, DisclosureError, ParamsError
from tests.own_tables import PAGE, PROGRAMS, SURVEY, block, changed
from tests.small_project import OPEN, small_project

CELLS = [OPEN, block("python", "cells")]
TIMES = {"english": 30, "spanish": 14, "arabic": 4}
ANSWERS = pd.DataFrame(
    [
        {"family_id": f"FS-{language}-{number}", "language": language, "surveyed_on": "2026-09-02",
         "feels_heard": number < times - 12, "subgroup": "west"}
        for language, times in TIMES.items()
        for number in range(times)
    ]
    + [{"family_id": "FS-late-1", "language": "arabic", "surveyed_on": "2026-10-20", "feels_heard": True,
        "subgroup": "west"}]
)  # fmt: skip
"""The last family answered after the cycle's date."""
PARKS = "program_id,park,places\nchess,Shawnee Park,3\nswim,Algonquin Park,60\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    tables = {"family_survey": ANSWERS, "park_programs": PARKS}
    return small_project(tmp_path, {"families": CELLS, "other": ["1"]}, tables, own=[SURVEY, PROGRAMS])


def published(report: Any, id_: str) -> records.Published:
    notebook: Any = nbformat.read(report.folder / "notebooks" / "families.ipynb", as_version=4)
    return next(one for one in records.of_notebook(notebook) if isinstance(one, records.Published) and one.id == id_)


def test_small_groups_of_the_protected_table_are_hidden_and_the_public_one_is_shown(file: Path, run: Any) -> None:
    report = run(file)
    assert report.ok, report
    shown = {cell.key["language"]: cell for cell in published(report, "heard").cells}
    assert shown["english"].shown["numerator"] == 18
    assert shown["english"].shown["denominator"] == 30
    assert (shown["arabic"].status, shown["arabic"].shown.get("denominator")) == ("hidden", None)
    assert shown["spanish"].shown.get("numerator") is None
    programs = {cell.key["program_id"]: cell for cell in published(report, "programs").cells}
    assert programs["chess"].shown["places"] == 3


def test_the_true_counts_stay_in_the_private_folder(file: Path, run: Any) -> None:
    report = run(file)
    cells = json.loads((report.folder / "cells" / "families.json").read_text())
    assert "arabic" in json.dumps(cells)
    executed = (report.folder / "notebooks" / "families.ipynb").read_text()
    assert '"denominator": 4' not in executed
    assert report.manifest["snapshot"]["own"][0]["subject"] == "protected"


def test_another_declaration_runs_every_chapter_again(file: Path, run: Any) -> None:
    def executed() -> list[str]:
        started: list[str] = []
        run(file, tell=lambda step, what, _: started.append(what) if step == "start" else None)
        return sorted(started)

    assert executed() == ["families", "other"]
    assert executed() == []
    (file.parent / "tables" / "park_programs.json").write_text(json.dumps(changed(PROGRAMS, title="Programs in parks")))
    assert executed() == ["families", "other"]


def test_a_wrong_declaration_stops_before_anything_runs(file: Path, run: Any) -> None:
    (file.parent / "tables" / "family_survey.json").write_text("{")
    with pytest.raises(ParamsError, match="this is not JSON"):
        run(file)


@pytest.fixture
def opened(file: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("ALIGNKIT_PROJECT", str(file.parents[2]))
    return open_cycle("smallville", "2026-Q3", "2026-09-30")


def test_a_notebook_gets_what_was_known_then_typed(opened: Any) -> None:
    answers = opened.table("family_survey")
    assert answers["surveyed_on"].max() == pd.Timestamp("2026-09-02")
    assert len(answers) == sum(TIMES.values())
    assert answers["feels_heard"].dtype == "boolean"
    with pytest.raises(ContractError, match="did you mean 'family_survey'"):
        opened.table("family_surveys")


def test_rows_of_the_protected_table_never_pass_whole(opened: Any) -> None:
    counted = opened.table("family_survey").groupby("language", as_index=False).agg(numerator=("family_id", "count"))
    for about in ("", "family_survey"):
        shown = opened.publish(counted, id=f"n{about}", by=["language"], about=about, unit="count").frame
        assert shown.set_index("language").loc["arabic", "status"] == "hidden"
    with pytest.raises(DisclosureError, match="does not make these rows public"):
        opened.publish(counted, id="slip", by=["language"], about="park_programs")
    with pytest.raises(DisclosureError, match="table family_survey, which is about persons"):
        opened.derive(lambda rows: rows, opened.table("family_survey"), id="slip", by=["family_id"])


def test_rows_of_the_public_table_may_be_worked_with(opened: Any) -> None:
    made = opened.derive(lambda rows: rows.groupby("park", as_index=False).agg(value=("places", "sum")),
                         opened.table("park_programs"), id="places", by=["park"], unit="count")  # fmt: skip
    assert made.frame["value"].tolist() == [60, 3]


def test_a_declared_table_without_rows_is_missing_with_its_title(file: Path, run: Any) -> None:
    (file.parent / "tables" / "family_survey.csv").unlink()
    (result, _) = run(file).results
    assert (result.status, result.table) == ("missing_table", "family_survey")


def test_the_page_says_what_the_minimum_hides() -> None:
    assert "A language with fewer answers than your minimum count" in PAGE.read_text(encoding="utf-8")
