"""A small cell in one chapter forces a complementary one in another, which had already been drawn."""

from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from alignkit import records
from tests.factory import frame
from tests.small_project import OPEN, small_project

TABLES = {
    "outcomes": frame("outcomes", outcome_id="reading"),
    "indicators": frame("indicators", indicator_id="readers", outcome_id="reading", usual_lag_days=60),
    "places": frame("places", place_id="small"),
    "subgroups": frame("subgroups", subgroup_type=["all", "race", "race", "race"], subgroup=["all", "a", "c", "d"]),
}
COUNTS = {"a": (30, 60), "c": (3, 7), "d": (11, 23), "all": (44, 90)}
"""Only c (7 children) is small. d (11 of 23, 48 %) is large enough by itself, but would give c away."""
OTHERWISE = {**COUNTS, "c": (2, 6), "d": (12, 24)}
"""What the hidden counts could be as well, after all that may be shown."""
SHOW = """from alignkit.kit import charts, tables
rows = c.table("indicator_values").query("{which}")
columns = ["subgroup_type", "subgroup", "numerator", "denominator"]
group = ("subgroup_type", "subgroup")
p = c.publish(rows[columns], id="x", by=[group], about="indicator_values", quantity="readers", partitions=[group])
said = "; ".join(p.frame["subgroup"] + " " + p.frame["text"])
c.say("finding", said, role="answer")
charts.bars(p, id="chart", category="subgroup", caption="Readers", alt=said)
tables.show(p, id="table", caption="Readers", columns={{"subgroup": "Group", "text": "Readers"}})"""
EVERY_GROUP, LARGE_GROUPS = SHOW.format(which="subgroup != ''"), SHOW.format(which="subgroup in ('a', 'd')")
pytestmark = pytest.mark.heavy


def values(counts: dict[str, tuple[int, int]]) -> pd.DataFrame:
    kinds = {name: "all" if name == "all" else "race" for name in counts}
    each = [{"subgroup_type": kinds[name], "subgroup": name, "numerator": k, "denominator": n}
            for name, (k, n) in counts.items()]  # fmt: skip
    return frame("indicator_values", *each, indicator_id="readers", place_id="small", period_start="2025-07-01")


def project(folder: Path, counts: dict[str, tuple[int, int]] = COUNTS, **chapters: str) -> Path:
    notebooks = {name: [OPEN, show] for name, show in chapters.items()}
    return small_project(folder, notebooks, {**TABLES, "indicator_values": values(counts)})


def told(folder: Path, chapter: str) -> tuple[str, list[records.Record]]:
    """All that a chapter's executed notebook holds behind its cells, and its records."""
    path = next(folder.glob(f".alignkit/*/*/run/notebooks/{chapter}.ipynb"))
    executed: Any = nbformat.read(path, as_version=4)
    return str([cell.get("outputs") for cell in executed.cells]), list(records.of_notebook(executed))


GIVEAWAYS = ("48%", "47.8", "11 of 23", "under", "'numerator': 11", "'denominator': 23")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, run: Any) -> tuple[Path, Any, list[str]]:
    """The folder and the report of a run of both chapters, and what it said it ran again."""
    folder, again = tmp_path_factory.mktemp("both"), []
    file = project(folder, first=EVERY_GROUP, second=LARGE_GROUPS)
    report = run(file, tell=lambda step, what, _: again.append(what) if step == "again" else None)
    return folder, report, again


def test_alone_the_second_chapter_shows_its_value(tmp_path: Path, run: Any) -> None:
    assert run(project(tmp_path, second=LARGE_GROUPS)).ok
    text, _ = told(tmp_path, "second")
    assert "48%" in text
    assert "11 of 23" in text


def test_beside_a_small_cell_it_is_drawn_again_and_gives_nothing_away(both: Any) -> None:
    folder, report, again = both
    assert report.ok
    assert "second" in " ".join(again)
    for chapter in ("first", "second"):
        text, found = told(folder, chapter)
        assert not [sign for sign in GIVEAWAYS if sign in text]
        exhibits = [one for one in found if isinstance(one, records.Exhibit)]
        assert all("hidden" in str(one.rows) for one in exhibits)
        assert not any(one.draft for one in found if isinstance(one, records.Published))


def test_what_stays_shown_does_not_add_up_to_what_is_hidden(both: Any) -> None:
    _, found = told(both[0], "first")
    (published,) = (one for one in found if isinstance(one, records.Published))
    hidden = [cell for cell in published.cells if "denominator" not in cell.shown]
    assert {cell.key["subgroup"] for cell in hidden} >= {"c"}
    assert len(hidden) >= 2


def test_nothing_drawn_or_said_tells_the_hidden_counts_from_others(tmp_path: Path, run: Any) -> None:
    """Pictures too: with other hidden counts behind them, the outputs of both chapters are the same byte for byte."""
    for name, counts in (("so", COUNTS), ("otherwise", OTHERWISE)):
        assert run(project(tmp_path / name, counts, first=EVERY_GROUP, second=LARGE_GROUPS)).ok
    for chapter in ("first", "second"):
        assert told(tmp_path / "so", chapter)[0] == told(tmp_path / "otherwise", chapter)[0]


def test_without_a_second_pass_it_would_leak_and_the_audit_would_say_so(
    tmp_path: Path, run: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("alignkit.runs.run.PASSES", 0)
    report = run(project(tmp_path, first=EVERY_GROUP, second=LARGE_GROUPS))
    assert "48%" in told(tmp_path, "second")[0]
    assert "readers" in " ".join(str(finding) for finding in report.findings)
    assert not report.ok
