"""Which of several files a mapping takes: said by `run` before anything runs, and by a check of a cycle's file."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alignkit.cli import main
from alignkit.sources.mapping.newest import day_in
from tests.cases.project import series, write

SAID = "f: p_2026.csv taken, the last by name of 2"


@pytest.fixture
def cycle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cycle of a community with two files that match."""
    files = {"p_2025.csv": series("41"), "p_2026.csv": series("43")}
    write(tmp_path, files, take="the last by name")
    params = tmp_path / "params" / "test" / "2026-Q3.yml"
    params.write_text("community: test\ncycle: 2026-Q3\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return params


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_run_tells_which_file_it_takes(cycle: Path) -> None:
    assert SAID in run("run", cycle).output


def test_a_check_of_a_cycle_shows_its_mapped_files(cycle: Path) -> None:
    shown = run("check", cycle, "--show").output
    assert SAID in shown
    assert "p_2026.csv (last changed" in shown
    assert "2020-07-01 to 2021-06-30  43" in shown


def test_a_check_of_a_cycle_writes_the_page(cycle: Path, tmp_path: Path) -> None:
    run("check", cycle, "--show-html", tmp_path / "preview.html")
    assert "<td>43</td>" in (tmp_path / "preview.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("p_2026-03-31.csv", "2026-03-31"), ("p_2026-03.csv", "2026-03-31"), ("p March 2026.csv", "2026-03-31"),
        ("p_2011-12.csv", ""), ("p_2011-11.csv", "2011-11-30"), ("p 03-04-2026.csv", ""),
    ],
)  # fmt: skip
def test_the_day_in_a_files_name_is_no_school_year(name: str, day: str) -> None:
    assert day_in(name) == day
