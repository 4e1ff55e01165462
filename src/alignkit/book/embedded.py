"""The engine that comes with alignkit: pandoc and Typst, the programs that Quarto itself carries, as wheels."""

from collections.abc import Collection
from pathlib import Path

from alignkit.book import html, pdf
from alignkit.book.project import open_project


def render(folder: Path, out: Path, formats: Collection[str]) -> None:
    """Render the book project in `folder`: HTML into `out`/book, PDFs into `out`. Raises `BookError`."""
    project = open_project(folder)
    if "html" in formats:
        html.render(project, out / "book")
    if "pdf" in formats:
        pdf.render(project, out)
