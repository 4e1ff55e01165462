"""Run a chapter's notebook in this process, without a kernel, on a small community; for tests of what a page says."""

import os
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

import nbformat
import pandas as pd

from alignkit import records
from tests.kit.chart_catch import outputs
from tests.small_project import small_project

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def run_chapter(folder: Path, name: str, tables: Mapping[str, str | pd.DataFrame],
                previous: str = "2026-Q2", outcome: str = "") -> list[records.Record]:  # fmt: skip
    """The records of `notebooks/<name>.ipynb` run alone on a community with these `tables` (and one partner)."""
    small_project(folder, {}, tables)
    cells = [
        cell for cell in nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells if cell.cell_type == "code"
    ]
    given = f"community, cycle, as_of, previous, lang = 'smallville', '2026-Q3', '2026-09-30', '{previous}', 'en'"
    given += f"; outcome = '{outcome}'" if outcome else ""
    code = [
        f"{cell.source}\n{given}" if "parameters" in cell.metadata.get("tags", ()) else cell.source for cell in cells
    ]
    with patch.dict(os.environ, {"ALIGNKIT_PROJECT": str(folder)}):
        shown = outputs(lambda: exec("\n".join(code), {}))
    return [record for bundle in shown if (record := records.from_output({"data": bundle})) is not None]


def said(found: list[records.Record], role: str) -> list[str]:
    """The sentences of that role."""
    return [one.text for one in found if isinstance(one, records.Headline) and one.role == role]


def published(found: list[records.Record], id: str) -> records.Published:
    """The one measure of that id."""
    (one,) = (one for one in found if isinstance(one, records.Published) and one.id == id)
    return one
