"""What `alignkit check --show` shows of mapped files."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from alignkit.cli import main
from alignkit.sources.mapping.preview import looks, taken
from tests.mapping_sheets import constants, fill


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    """Two files that match; rows that a rule, a code and `keep one` leave out; a mark."""
    text = "Place,Kind,Year,Rate\nWest,city,2024,41.2\n"
    text += "West,city,2024,41.2\nEast,city,2025,*\nAll,city,2025,50\nX,state,2025,1\n"
    for name in ("p_2025-03-31.csv", "p_2026-03-31.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    given = [
        {"file": "p", "column": "place_id", "source": "Place"},
        {"file": "p", "column": "period_start", "source": "Year", "reading": "year, first day"},
        {"file": "p", "column": "period_end", "source": "Year", "reading": "year, last day"},
        {"file": "p", "column": "value", "source": "Rate"},
    ]
    return fill(
        tmp_path / "m.xlsx",
        {
            "files": [{"file": "p", "path": "p_*.csv", "take": "the last by name", "table": "indicator_values",
                       "twice": "keep one"}],
            "columns": [*constants("p", place_id=None, period_start=None, period_end=None), *given],
            "codes": [{"column": "place_id", "text": "All", "code": "(leave out)"},
                      {"column": "place_id", "text": "(any other)", "code": "(as it stands)"}],
            "rows": [{"file": "p", "keep": "leave out", "source": "Kind", "text": "state"}],
        },
    )  # fmt: skip


def test_rows_are_counted_by_what_leaves_them_out(mapping: Path) -> None:
    (look,) = looks(mapping)
    assert (look.path, look.day) == ("p_2026-03-31.csv", "2026-03-31 by its name")
    assert (look.rows_in, look.made) == (5, 2)
    assert look.left == (
        ("rule: leave out rows in which Kind says state", 1),
        ("exactly like another row", 1),
        ("code (leave out)", 1),
    )
    assert look.wrong == ()
    series = look.series.set_index("place_id")
    assert series.loc["West", "2024-01-01 to 2024-12-31"] == "41.2"
    assert series.loc["East", "2025-01-01 to 2025-12-31"] == "suppressed_at_source"
    assert list(taken(mapping)) == ["p: p_2026-03-31.csv taken, the last by name of 2"]


def test_the_command_shows_it_and_writes_a_page(mapping: Path, tmp_path: Path) -> None:
    page = tmp_path / "out" / "preview.html"
    done = CliRunner().invoke(main, ["check", str(mapping), "--show", "--show-html", str(page)])
    assert "p: p_2026-03-31.csv taken, the last by name of 2" in done.stdout
    assert "5 rows in, 2 made" in done.stdout
    assert "2024-01-01 to 2024-12-31  41.2" in done.stdout
    text = page.read_text(encoding="utf-8")
    assert "<td>41.2</td>" in text
    assert "<script" not in text
    assert "http" not in text


def test_what_is_wrong_with_a_file_is_shown_and_texts_are_escaped(mapping: Path, tmp_path: Path) -> None:
    path = tmp_path / "p_2026-03-31.csv"
    path.write_text("Place,Kind,Year,Rate\n<b>,city,2024,x\ny,state,2024,1\n", encoding="utf-8")
    page = tmp_path / "preview.html"
    done = CliRunner().invoke(main, ["check", str(mapping), "--show-html", str(page)])
    assert done.exit_code == 2
    assert "neither a number nor a mark" in page.read_text(encoding="utf-8")
    assert "<b>" not in page.read_text(encoding="utf-8")
