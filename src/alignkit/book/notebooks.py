"""Executed notebooks as they are published with the book: what was computed, not where, when or by which person.

Markdown cells tagged `editor` stay in them: they tell researchers what each step assumes. Pictures pasted into a cell
do not, because no check can read them.
"""

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from alignkit.book.chapter import SVG, RecordsOnly, read
from alignkit.book.svg import clean

_KEPT = ("kernelspec", "language_info")
_ERROR_TAG = "papermill-error-cell-tag"


class SameAgain(Preprocessor):
    """Drop what differs between two runs of the same thing: times, paths, random ids, the machine's versions."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Numbered cells, tags as their only metadata, pictures without comments."""
        nb.metadata = {key: _named(nb.metadata[key]) for key in _KEPT if key in nb.metadata}
        nb.cells = [cell for cell in nb.cells if _ERROR_TAG not in cell.metadata.get("tags", ())]
        nb.nbformat_minor = 5
        for place, cell in enumerate(nb.cells):
            tags = cell.metadata.get("tags")
            cell.metadata = {"tags": list(tags)} if tags else {}
            cell.id = f"cell-{place:03}"
            cell.pop("attachments", None)
            for output in cell.get("outputs", ()):
                output.metadata = {}
                if SVG in output.data:
                    output.data[SVG] = clean("".join(output.data[SVG]), cell.id)
        return nb, resources


def _named(about: Any) -> dict[str, Any]:
    return {key: about[key] for key in ("name", "display_name", "language") if key in about}


class PublishedNotebook(NotebookExporter):
    """nbconvert's way from an executed notebook to the one that goes round."""

    @property
    def default_config(self) -> Any:
        """Only what came through the one door, and the same bytes each time."""
        config = super().default_config
        config.PublishedNotebook.preprocessors = [RecordsOnly, SameAgain]
        return config


def publish(run: Path, chapters: list[str], out: Path) -> None:
    """Write the executed notebooks of `chapters` into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    for chapter in chapters:
        executed = read(run / "notebooks" / f"{chapter}.ipynb")
        text, _resources = PublishedNotebook().from_notebook_node(executed)
        (out / f"{chapter}.ipynb").write_text(text, encoding="utf-8", newline="\n")
