"""docs/mapping.md is true: its example is run, table by table and message by message."""

import re
from pathlib import Path

import pandas as pd
import pytest

from alignkit.contract.conform import conform
from alignkit.errors import SourceError
from alignkit.sources.mapping.lines import HEADINGS
from alignkit.sources.mapping.read import read_mapping
from alignkit.sources.mapping.readings import READINGS
from tests.mapping_sheets import change, fill

PAGE = (Path(__file__).parents[2] / "docs" / "mapping.md").read_text(encoding="utf-8")
FENCES = dict(re.findall(r"```text (\S+)\n(.*?)```", PAGE, re.DOTALL))


def table_after(said: str) -> list[dict[str, str]]:
    """The first Markdown table behind a text, as a row of cells by heading."""
    lines = [line for line in PAGE.partition(said)[2].splitlines() if line.startswith("|") or not line]
    start = next(at for at, line in enumerate(lines) if line)
    rows = []
    for line in lines[start:]:
        if not line:
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    """The example's sheet and its first two files."""
    (tmp_path / "incoming").mkdir()
    put(tmp_path, "incoming/graduation_2016.csv", "incoming/ready.csv")
    lines = {}
    for name, headings in HEADINGS.items():
        keys = {heading: key for key, heading in headings.items()}
        lines[name] = [{keys[h]: text or None for h, text in row.items()} for row in table_after(f"Sheet `{name}`")]
    return fill(tmp_path / "mapping.xlsx", lines)


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text(FENCES[name], encoding="utf-8")


def test_the_example_gives_the_table_that_it_says(mapping: Path) -> None:
    told = pd.DataFrame(table_after("That gives the table"))
    made, _ = conform("indicator_values", read_mapping(mapping)["indicator_values"])
    want, failures = conform("indicator_values", told)
    assert {failure.rule for failure in failures} == {"column_missing"}  # the page leaves some columns out
    columns = list(told.columns)
    pd.testing.assert_frame_equal(made[columns], want[columns])


def test_the_changed_file_is_told_as_the_page_says_and_accepted_as_it_says(mapping: Path) -> None:
    read_mapping(mapping)
    put(mapping.parent, "incoming/graduation_2017.csv")
    with pytest.raises(SourceError) as caught:
        read_mapping(mapping)
    assert f"{caught.value.what}\n" == FENCES["message"]
    assert caught.value.exit_code == 2
    change(mapping, "columns", "source", "Group", "Student group")
    assert read_mapping(mapping)["indicator_values"]["value"].tolist()[0] == 87


def test_every_reading_is_explained() -> None:
    explained = {row["and is read as"] for row in table_after("## How a cell is read")}
    for reading in READINGS:
        assert any(reading.removesuffix("last day").removesuffix("first day") in row for row in explained), reading
