"""Communities that are walked once for all acceptance tests: copied away from the repository, run, built, released."""

import csv
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pypdf
import pytest

from alignkit import records
from alignkit.book.build import draft
from alignkit.book.release import release
from alignkit.runs.run import Report

ROOT = Path(__file__).parents[2]
DRAFT = "Draft: not released."


@dataclass(frozen=True)
class Walk:
    """One community's cycle after a command: its parameter file, the run, the folder with the book."""

    file: Path
    report: Report
    reports: Path

    @property
    def project(self) -> Path:
        return self.file.parents[2]

    @property
    def pages(self) -> list[Path]:
        return sorted((self.reports / "book").glob("*.html"))

    @property
    def chapters(self) -> list[str]:
        return [result.chapter for result in self.report.results]

    def handed_on(self, chapter: str, folder: Path | None = None) -> list[records.Record]:
        """What one chapter hands on, read from the published notebooks (or from another folder of notebooks)."""
        path = (folder or self.reports / "notebooks") / f"{chapter}.ipynb"
        return list(records.of_notebook(nbformat.read(path, as_version=4)))

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a published CSV file."""
        with (self.reports / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def cells(self, chapter: str, id_: str) -> list[records.Cell]:
        """The published cells of one measure."""
        found = (r for r in self.handed_on(chapter) if isinstance(r, records.Published) and r.id == id_)
        return list(next(found).cells)


@pytest.fixture(scope="session")
def copied(tmp_path_factory) -> Callable[[Path], Path]:
    """`copied(params)`: a project of its own with those parameters and a copy of the repository's notebooks."""

    def copy(params: Path) -> Path:
        project = tmp_path_factory.mktemp("project")
        shutil.copytree(params, project / "params")
        shutil.copytree(ROOT / "notebooks", project / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
        return project

    return copy


@pytest.fixture(scope="session")
def walk(run) -> Callable[..., Walk]:
    """`walk(file, publish)`: run a cycle, then `publish` it (`draft` or `release`) with the embedded engine."""

    def walked(file: Path, publish: Any = draft, **options: Any) -> Walk:
        report = run(file, **options)
        assert report.ok, [result.message for result in report.failed] + [str(f) for f in report.findings]
        return Walk(file, report, publish(file, engine="embedded"))

    return walked


@pytest.fixture(scope="session")
def riverbend(copied, walk) -> Walk:
    """The demo community's newest cycle as a draft."""
    return walk(copied(ROOT / "params") / "params" / "riverbend" / "2026-Q3.yml")


@pytest.fixture(scope="session")
def first(copied, walk) -> Walk:
    """The demo community's first cycle, released."""
    return walk(copied(ROOT / "params") / "params" / "riverbend" / "2025-Q4.yml", release)


@pytest.fixture(scope="session")
def louisville_earlier(real_data, copied, walk) -> dict[str, Walk]:
    """Louisville's first two cycles, released in their order."""
    params = copied(ROOT / "tests" / "louisville" / "params") / "params" / "louisville"
    return {cycle: walk(params / f"{cycle}.yml", release) for cycle in ("2014-Q4", "2015-Q4")}


@pytest.fixture(scope="session")
def louisville(louisville_earlier, walk) -> Walk:
    """Louisville's newest cycle, from public data through queries to a released book, after the earlier ones."""
    params = louisville_earlier["2015-Q4"].file.parent
    return walk(params / "2020-Q4.yml", release)


class _Visible(HTMLParser):
    """What a reader sees of a page, and every attribute that names an address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: list[tuple[str, Mapping[str, str]]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


@dataclass(frozen=True)
class Seen:
    """A page as parsed: `text` with single spaces, and its tags with their attributes."""

    text: str
    tags: list[tuple[str, Mapping[str, str]]]


def seen(html: str) -> Seen:
    """Parse a page as a browser does."""
    parser = _Visible()
    parser.feed(html)
    return Seen(spaced(" ".join(parser.words)), parser.tags)


def spaced(text: str) -> str:
    """Text with single spaces."""
    return re.sub(r"\s+", " ", text).strip()


def pdf_text(path: Path) -> str:
    """Every page's text."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def bare(text: str) -> str:
    """Text without spaces (lines may break anywhere), with the signs that Typst sets for "-1" and "..."."""
    return re.sub(r"[\s\u00ad\u200b\u2060]", "", text.replace("\u2212", "-").replace("\u2026", "..."))
