"""A small cell in one chapter forces a complementary one in another, which had already been drawn."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

from alignkit import records
from alignkit.runs.run import run
from tests.small_project import OPEN, small_project

TABLES = {
    "outcomes": "outcome_id,name,stage,why_it_matters,status,order,valid_from\n"
    "reading,Reading,elementary,It matters,in_force,1,2020-01-01",
    "indicators": "indicator_id,outcome_id,name,definition,role,unit,good_direction,frequency,usual_lag_days,universe,"
    "source,already_public,valid_from\n"
    "readers,reading,Readers,Who reads,core,percent,up,annual,60,children,partners,no,2020-01-01",
    "places": "place_id,name,kind\nsmall,Smallville,city",
    "subgroups": "subgroup_type,subgroup,name,type_name\nall,all,All,All\n"
    + "\n".join(f"race,{name},Group {name},Race" for name in "acd"),
}
COUNTS = {"a": (30, 60), "c": (3, 7), "d": (10, 21), "all": (43, 88)}
"""Only c (7 children) is small. d (10 of 21, 48 %) is large enough by itself, but would give c away."""
SHOW = """from alignkit.exhibits import charts, tables
rows = c.table("indicator_values").query("{which}")
columns = ["subgroup_type", "subgroup", "numerator", "denominator"]
group = ("subgroup_type", "subgroup")
p = c.publish(rows[columns], id="x", by=[group], about="indicator_values", quantity="readers", partitions=[group])
said = "; ".join(p.frame["subgroup"] + " " + p.frame["text"])
c.say("finding", said, role="answer")
charts.bars(p, id="chart", category="subgroup", caption="Readers", alt=said, words=c.words)
tables.show(p, id="table", caption="Readers", columns={{"subgroup": "Group", "text": "Readers"}}, words=c.words)"""
EVERY_GROUP, LARGE_GROUPS = SHOW.format(which="subgroup != ''"), SHOW.format(which="subgroup in ('a', 'd')")
pytestmark = pytest.mark.heavy


def values() -> str:
    head = (
        "indicator_id,period_start,period_end,place_id,subgroup_type,subgroup,numerator,denominator,"
        "value_status,released_on,source_key"
    )
    period, known = "readers,2025-07-01,2026-06-30,small", "reported,2026-08-01,own"
    kinds = {name: "all" if name == "all" else "race" for name in COUNTS}
    rows = [f"{period},{kinds[name]},{name},{k},{n},{known}" for name, (k, n) in COUNTS.items()]
    return "\n".join([head, *rows])


def project(folder: Path, **chapters: str) -> Path:
    notebooks = {name: [OPEN, show] for name, show in chapters.items()}
    return small_project(folder, notebooks, {**TABLES, "indicator_values": values()})


def told(folder: Path, chapter: str) -> tuple[str, list[records.Record]]:
    """All that a chapter's executed notebook holds behind its cells, and its records."""
    path = next(folder.glob(f".alignkit/*/*/run/notebooks/{chapter}.ipynb"))
    executed: Any = nbformat.read(path, as_version=4)
    return str([cell.get("outputs") for cell in executed.cells]), list(records.of_notebook(executed))


GIVEAWAYS = ("48%", "47.6", "10 of 21", "under", "'numerator': 10", "'denominator': 21")


def test_alone_the_second_chapter_shows_its_value(tmp_path: Path) -> None:
    assert run(project(tmp_path, second=LARGE_GROUPS)).ok
    text, _ = told(tmp_path, "second")
    assert "48%" in text
    assert "10 of 21" in text


def test_beside_a_small_cell_it_is_drawn_again_and_gives_nothing_away(tmp_path: Path) -> None:
    again: list[str] = []
    file = project(tmp_path, first=EVERY_GROUP, second=LARGE_GROUPS)
    report = run(file, tell=lambda step, what, _: again.append(what) if step == "again" else None)
    assert report.ok
    assert "second" in " ".join(again)
    for chapter in ("first", "second"):
        text, found = told(tmp_path, chapter)
        assert not [sign for sign in GIVEAWAYS if sign in text]
        exhibits = [one for one in found if isinstance(one, records.Exhibit)]
        assert all("hidden" in str(one.rows) for one in exhibits)
        assert not any(one.draft for one in found if isinstance(one, records.Published))


def test_what_stays_shown_does_not_add_up_to_what_is_hidden(tmp_path: Path) -> None:
    run(project(tmp_path, first=EVERY_GROUP, second=LARGE_GROUPS))
    _, found = told(tmp_path, "first")
    (published,) = (one for one in found if isinstance(one, records.Published))
    hidden = [cell for cell in published.cells if "denominator" not in cell.shown]
    assert {cell.key["subgroup"] for cell in hidden} >= {"c"}
    assert len(hidden) >= 2
