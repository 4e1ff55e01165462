"""docs/own-chapter.md, tried as it stands: its cells run one after the other, and hide what they say they hide."""

import re
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd
import pytest

from alignkit import charts, open_cycle, records, tables
from alignkit.project.past_the_door import public_in_project, unpublished_findings
from alignkit.project.rules import MOST_LINES, thin_findings
from tests.own_tables import SURVEY, changed
from tests.small_project import notebook, small_project

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "own-chapter.md").read_text(encoding="utf-8")
CELLS = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
COLUMNS = re.findall(r"^\| `(\w+)` \| (\w+)", PAGE, re.MULTILINE)
TIMES = {"english": 40, "spanish": 30, "arabic": 4}


def survey() -> dict[str, Any]:
    """The table of the page: columns of docs/own-tables.md."""
    kept = {name for name, _kind in COLUMNS}
    return changed(SURVEY, fields=[one for one in SURVEY["fields"] if one["name"] in kept], foreignKeys=[])


@pytest.fixture(scope="module")
def handed_on(tmp_path_factory) -> list[records.Record]:
    """What the page's cells publish, of 74 invented families."""
    folder = tmp_path_factory.mktemp("own-chapter")
    rows = [{"family_id": f"FS-{language}-{n}", "surveyed_on": "2026-09-02", "language": language,
             "feels_heard": n % 2 == 0} for language, times in TIMES.items() for n in range(times)]  # fmt: skip
    small_project(folder, {}, {"family_survey": pd.DataFrame(rows)}, own=[survey()])
    import seaborn as sns

    found: list[dict[str, Any]] = []
    with pytest.MonkeyPatch.context() as set_, patch("IPython.core.getipython.get_ipython", object):
        set_.setenv("ALIGNKIT_PROJECT", str(folder))
        with patch("IPython.display.display", lambda bundle, raw: found.append({"data": bundle})):
            names = {"pd": pd, "sns": sns, "charts": charts, "tables": tables, "c": open_cycle("smallville", "2026-Q3")}
            for cell in CELLS:
                exec(cell, names)
    return [record for output in found if (record := records.from_output(output))]


def test_the_table_of_the_page_is_the_one_it_links_to() -> None:
    kinds = {column["name"]: column["type"] for column in SURVEY["fields"]}
    assert {name: kinds[name] for name, _kind in COLUMNS} == dict(COLUMNS)


def test_a_small_language_is_hidden_in_every_exhibit(handed_on) -> None:
    exhibits = {one.id: one for one in handed_on if isinstance(one, records.Exhibit)}
    assert set(exhibits) == {"by-language", "answers", "languages"}
    for exhibit in exhibits.values():
        (row,) = [row for row in exhibit.rows if row[0] == "arabic"]
        assert {*row[1:]} <= {"hidden", ""}
        assert "hidden" in row


def test_its_sentences_take_published_numbers(handed_on) -> None:
    said = {one.name: one.text for one in handed_on if isinstance(one, records.Headline)}
    assert said["answer"].startswith(said["heard"])
    assert "action" in said
    made = notebook(*CELLS)
    assert list(unpublished_findings(made, public_in_project(ROOT))) == []
    assert [what for _, what, _ in thin_findings(made) if f"at most {MOST_LINES}" in what] == []


def test_the_test_that_it_gives_fits_the_starter_and_the_chapter(handed_on) -> None:
    starter = (ROOT / "templates" / "chapter" / "test_chapter.py").read_text(encoding="utf-8")
    (line,) = re.findall(r"^```text tests/test_families.py\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    (asked,) = re.findall(r'exhibit\("(.*?)"\)', line)
    assert line.replace(asked, "sectors") in starter
    assert asked in {one.id for one in handed_on if isinstance(one, records.Exhibit)}
