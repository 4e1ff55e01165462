"""Two books in a row: what an agency's replaced file changed is said by name, and nothing else is."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from alignkit import records
from alignkit.book.build import build
from alignkit.book.release import release
from alignkit.params import load_cycle
from alignkit.runs.run import run
from tests.factory import frame
from tests.small_project import small_project
from tests.wording import corrected, measured_differently

pytestmark = pytest.mark.heavy

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CYCLES = [{"cycle": "2025-Q4"}, {"cycle": "2026-Q3", "previous": "2025-Q4"}]
RATES = (61.0, 62.0, 63.5, 62.5, 64.0, 65.0, 66.0)
HERE = {"indicator_id": "graduation", "place_id": "small", "subgroup_type": "all", "subgroup": "all"}
REST = dict.fromkeys(("numerator", "denominator", "low", "high", "confidence"))


def year(start: int, rate: float, **changes: object) -> dict[str, object]:
    """One value as the state publishes it: the file gives no older days of release than the newest."""
    days = {"period_start": f"{start}-07-01", "period_end": f"{start + 1}-06-30", "released_on": "2025-10-01"}
    return {**HERE, **REST, **days, "value": rate, "value_status": "reported", **changes}


def values(*changes: Mapping[str, object], first: int = 2018) -> pd.DataFrame:
    rows = [year(first + at, rate) for at, rate in enumerate(RATES)]
    return frame("indicator_values", *rows, *changes)


def tables() -> dict[str, pd.DataFrame]:
    listed = {"indicator_id": "graduation", "outcome_id": "grad", "name": "Graduated in four years", "unit": "percent",
              "good_direction": "up", "role": "core", "frequency": "annual", "already_public": True}  # fmt: skip
    return {
        "outcomes": frame("outcomes", outcome_id="grad", name="Graduation", status="in_force", valid_from="2020-01-01"),
        "indicators": frame("indicators", {**listed, "valid_from": "2020-01-01", "usual_lag_days": 90}),
        "places": frame("places", place_id="small", name="Smallville", kind="county"),
        "indicator_values": values(),
    }


@dataclass(frozen=True)
class Project:
    folder: Path

    def write(self, **changed: pd.DataFrame) -> None:
        """Overwrite files in place, as an agency's new download does."""
        for name, rows in changed.items():
            rows.to_csv(self.folder / f"params/smallville/tables/{name}.csv", index=False, date_format="%Y-%m-%d")

    def file(self, cycle: str) -> Path:
        return self.folder / f"params/smallville/{cycle}.yml"

    def data(self, cycle: str) -> list[str]:
        """What page one says of the data."""
        return [r.text for r in self.heads(cycle, "brief") if r.name.split("-")[0] == "data"]

    def heads(self, cycle: str, chapter: str) -> list[records.Headline]:
        path = self.folder / f".alignkit/smallville/{cycle}/run/notebooks/{chapter}.ipynb"
        return [r for r in records.of_notebook(nbformat.read(path, 4)) if isinstance(r, records.Headline)]

    def page(self, cycle: str) -> str:
        """The draft's page on what cannot be seen, built from the run."""
        made = self.folder / f".alignkit/smallville/{cycle}/run"
        build(made, self.folder, load_cycle(self.file(cycle)), engine="embedded", formats=("html",))
        return (self.folder / f"reports/smallville/{cycle}/book/cannot-see.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A community whose first book is out."""
    folder = tmp_path_factory.mktemp("first")
    shipped = {name: nbformat.read(NOTEBOOKS / f"{name}.ipynb", 4) for name in ("outcome", "brief")}
    small_project(folder, shipped, tables(), cycles=CYCLES, chapters=["outcome", "brief"])
    project = Project(folder)
    run(project.file("2025-Q4"))
    release(project.file("2025-Q4"), engine="embedded", formats=("html",))
    return project


@pytest.fixture
def next_one(released: Project, tmp_path: Path) -> Project:
    """The same community again, to go on with."""
    folder = tmp_path / "next"
    shutil.copytree(released.folder, folder, symlinks=True)
    return Project(folder)


CHANGED = [
    "In the data: of 7 values in this book, 1 is new, 1 was corrected and 5 are the same as in the last book "
    "(@sec-cannot-see).",
    "In the data: new values: Graduated in four years (2025–26, 1 value).",
    corrected("Graduated in four years, 2020–21", "64%", "62%"),
    "In the data: Graduated in four years, 2018–19: the last book said 61%; the source no longer gives this value.",
    measured_differently("Graduated in four years", "July 2023", "New codes"),
]  # fmt: skip


def test_the_next_book_says_what_changed_by_name_and_nothing_else(next_one: Project) -> None:
    rows = values(year(2025, 67.0, released_on="2025-10-01"))
    rows.loc[rows["period_start"] == "2020-07-01", "value"] = 61.5
    next_one.write(
        indicator_values=rows[rows["period_start"] > "2018-07-01"],
        series_breaks=frame("series_breaks", indicator_id="graduation", starts_on="2023-07-01", reason="New codes."),
    )
    run(next_one.file("2026-Q3"))
    assert next_one.data("2026-Q3") == CHANGED
    assert [r.value for r in next_one.heads("2026-Q3", "outcome-grad") if r.name == "new"] == ["yes"]
    page = next_one.page("2026-Q3")
    for heading in ("Compared with the last book", "Corrected since the last book", "No longer given by their source"):
        assert heading in page


def test_the_same_file_again_changes_nothing(next_one: Project) -> None:
    run(next_one.file("2026-Q3"))
    assert next_one.data("2026-Q3") == [
        "In the data: of 7 values in this book, none is new, none was corrected and 7 are the same as in the last book "
        "(@sec-cannot-see)."
    ]
    assert [r.value for r in next_one.heads("2026-Q3", "outcome-grad") if r.name == "new"] == ["no"]


def test_a_book_whose_last_release_kept_nothing_says_that_it_cannot_compare(next_one: Project) -> None:
    shutil.rmtree(next_one.folder / ".alignkit/smallville/data/released")
    next_one.write(indicator_values=values(year(2025, 67.0)))
    run(next_one.file("2026-Q3"))
    (said,) = next_one.data("2026-Q3")
    assert "this book cannot be compared with the last one" in said
    assert [r.value for r in next_one.heads("2026-Q3", "outcome-grad") if r.name == "new"] == ["unknown"]
    page = next_one.page("2026-Q3")
    assert "this book cannot be compared with the last one" in page
    assert "Corrected since" not in page
