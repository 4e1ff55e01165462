"""What a notebook displays and its page leaves out. Only records reach the page; whatever else a cell shows is
reported, unless the cell is tagged `editor`: then it is for the person who edits the notebook."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alignkit.records import MIME
from alignkit.runs.chapters import Chapter
from alignkit.runs.manifest import notebook_digests
from alignkit.shared.files import EDITOR, ORIGIN

INJECTED = "injected-parameters"
"""The tag of the cell that Papermill adds; the notebook as its author knows it does not have it."""
WARNING = "a warning on stderr"
TITLE = "Shown in a notebook, but not on its page:"
FIX = (
    "To publish it, draw it with charts.own, show it with tables.show, or say it with c.say; "
    "to keep it for yourself, tag the cell `editor`"
)
FIX_WARNING = "Read warnings in the executed notebook; a warning may mean that a number is not what you think"
MOST_CELLS = 6
"""How many cells of one chapter are listed; of the others, how many there are."""
_LONGEST_LINE = 60
_DRAWN = ("<Axes", "<Figure", "<seaborn.", "[<matplotlib.", "<matplotlib.", "<BarContainer", "Text(")
"""How the text begins that a plotting function returns next to its figure."""
_KINDS = {
    "application/vnd.jupyter.widget-view": "a widget",
    "application/vnd.plotly": "an interactive figure",
    "application/vnd.vega": "an interactive figure",
    "application/vnd.bokehjs": "an interactive figure",
    "application/vnd.holoviews": "an interactive figure",
    "image/": "a figure",
    "application/pdf": "a figure",
    "text/html": "an HTML display",
    "application/javascript": "an HTML display",
    "text/markdown": "formatted text",
    "text/latex": "a formula",
}
"""How a MIME type begins → what a reader would call it; the first that fits."""


@dataclass(frozen=True)
class OffPage:
    """One code cell that displays something which its chapter's page leaves out."""

    chapter: str
    cell: int
    """As JupyterLab counts code cells after Run All: the number in [ ]."""
    line: str
    """The first line of the cell."""
    kinds: tuple[str, ...]
    """What it displays, in plain words."""
    notebook: str = ""
    """Where the chapter is made of two notebooks, the one that the cell is in."""

    @property
    def number(self) -> str:
        """The cell's number, with its notebook where there are two."""
        return f"[{self.cell}]" + (f" of {self.notebook}" if self.notebook else "")

    def __str__(self) -> str:
        return f"cell {self.number} `{self.line}`: {', '.join(self.kinds)}"


def of_run(run: Path, chapters: Sequence[str]) -> tuple[OffPage, ...]:
    """Of the executed notebooks in a run's folder, those of `chapters`; one that is not there has none."""
    paths = {id_: run / "notebooks" / f"{id_}.ipynb" for id_ in chapters}
    return tuple(found for id_, path in paths.items() if path.is_file() for found in of_file(path, id_))


def unchanged(manifest: Mapping[str, Any], chapters: Sequence[Chapter]) -> list[Chapter]:
    """Those of `chapters` whose page was made from the notebook as it is now."""
    made = {entry["id"] for entry in manifest.get("chapters", ()) if entry["status"] == "ok"}
    was = manifest.get("notebooks", {}).items()
    return [one for one in chapters if one.id in made and notebook_digests([one]).items() <= was]


def of_file(executed: Path, chapter: str) -> Iterator[OffPage]:
    """Of one executed notebook. It is read as plain JSON: Papermill wrote it, and there are many."""
    cells = json.loads(executed.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code" and _text(cell["source"]).strip()]
    of_author = [cell for cell in code if INJECTED not in cell["metadata"].get("tags", ())]
    for number, cell in enumerate(of_author, 1):
        kinds = tuple(dict.fromkeys(kind for output in cell["outputs"] if (kind := kind_of(output))))
        if kinds and EDITOR not in cell["metadata"].get("tags", ()):
            origin = {"cell": number, **cell["metadata"].get(ORIGIN, {})}
            yield OffPage(chapter, line=_first_line(_text(cell["source"])), kinds=kinds, **origin)


def kind_of(output: Mapping[str, Any]) -> str:
    """What an output is, in plain words; empty where the page shows it, or where it is a failure told elsewhere."""
    if output["output_type"] == "error":
        return ""
    if output["output_type"] == "stream":
        return "printed text" if output["name"] == "stdout" else WARNING
    data = output["data"]
    if MIME in data:
        return ""
    if "<table" in _text(data.get("text/html", "")):
        return "a table"
    found = (kind for start, kind in _KINDS.items() if any(name.startswith(start) for name in data))
    drawn = _text(data.get("text/plain", "")).startswith(_DRAWN)
    return next(found, "a figure" if drawn else "a value")


def grouped(found: Sequence[OffPage]) -> list[tuple[str, list[str]]]:
    """Chapters → their cells as text. Chapters that leave out the same, as all outcomes of one notebook do, are one
    group; of very many cells, the first ones are listed."""
    chapters: dict[str, list[str]] = {}
    for one in found:
        chapters.setdefault(one.chapter, []).append(str(one))
    alike: dict[tuple[str, ...], list[str]] = {}
    for chapter, cells in chapters.items():
        alike.setdefault(tuple(cells), []).append(chapter)
    return [(_shortened(ids, 3, ", "), _listed(cells)) for cells, ids in alike.items()]


def report(found: Sequence[OffPage]) -> list[str]:
    """Everything for a person at a terminal; nothing where nothing is left out."""
    if not found:
        return []
    cells = [line for ids, listed in grouped(found) for line in (f"  {ids}", *(f"    {one}" for one in listed))]
    return [TITLE, *cells, *(f"  {fix}." for fix in fixes(found))]


def numbers(found: Sequence[OffPage]) -> str:
    """The cells of one chapter by number alone, such as "cell [4], [7]"."""
    return f"cell {_shortened([one.number for one in found], MOST_CELLS, ', ')}"


def fixes(found: Sequence[OffPage]) -> list[str]:
    """What to do about these; a warning is nothing that one publishes."""
    kinds = {kind for one in found for kind in one.kinds}
    return [FIX] * bool(kinds - {WARNING}) + [FIX_WARNING] * (WARNING in kinds)


def _listed(cells: Sequence[str]) -> list[str]:
    more = len(cells) - MOST_CELLS
    return list(cells) if more <= 1 else [*cells[:MOST_CELLS], f"and {more} more cells"]


def _shortened(names: Sequence[str], most: int, between: str) -> str:
    more = len(names) - most
    return between.join(names) if more <= 1 else f"{between.join(names[:most])} and {more} more"


def _first_line(source: str) -> str:
    line = next(line.strip() for line in source.splitlines() if line.strip())
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"


def _text(stored: Any) -> str:
    """A notebook file keeps text as one string or as a list of lines."""
    return "".join(stored)
