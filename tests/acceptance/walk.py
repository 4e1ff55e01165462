"""What a test reads of a community's cycle after a command: records, tables, pages, paper."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pypdf

from alignkit import records
from alignkit.runs.run import Report

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

    def inside(self, project: Path) -> "Walk":
        """The same walk in a copy of its project."""
        file, reports = (project / path.relative_to(self.project) for path in (self.file, self.reports))
        return replace(self, file=file, reports=reports)

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


@cache
def pdf_pages(path: Path) -> tuple[str, ...]:
    """The text of each page of paper; read once, as that takes seconds."""
    return tuple(page.extract_text() for page in pypdf.PdfReader(path).pages)


def pdf_text(path: Path) -> str:
    """Every page's text."""
    return "\n".join(pdf_pages(path))


def bare(text: str) -> str:
    """Text without spaces (lines may break anywhere), with the signs that Typst sets for "-1" and "..."."""
    return re.sub(r"[\s\u00ad\u200b\u2060]", "", text.replace("\u2212", "-").replace("\u2026", "..."))
