"""Quarto, where it is installed: the same book project, rendered once for both formats."""

import os
import re
import shutil
import subprocess
from collections.abc import Collection
from pathlib import Path

from alignkit.book import pdf
from alignkit.book.project import open_project
from alignkit.errors import BookError

_UNRESOLVED = re.compile(r"quarto-unresolved-ref|\?@?(?:fig|tbl|sec)-[\w-]+|\?meta:")
_CURE = "install it from quarto.org or conda-forge, set QUARTO_PATH, or use --engine embedded"


def find() -> Path | None:
    """The Quarto program: QUARTO_PATH, else the one on PATH."""
    named = os.environ.get("QUARTO_PATH")
    if named:
        program = Path(named) / "quarto" if Path(named).is_dir() else Path(named)
        if not program.is_file():
            raise BookError("there is no Quarto", where=f"QUARTO_PATH={named}", cure=_CURE)
        return program
    found = shutil.which("quarto")
    return Path(found) if found else None


def render(folder: Path, out: Path, formats: Collection[str]) -> None:
    """Render the book project in `folder`: HTML into `out`/book, PDFs into `out`. Raises `BookError`.

    Page one's own PDF and the packets come from the embedded engine: Quarto makes one PDF per book.
    """
    program = find()
    if program is None:
        raise BookError("Quarto is not installed", cure=_CURE)
    _run(program, folder, formats)
    made = folder / "_book"
    _refuse_unresolved(made)
    project = open_project(folder)
    if "pdf" in formats:
        book, _brief = project.own["papers"]
        shutil.move(made / book, out / book)
        pdf.render_brief(project, out)
        pdf.render_packets(project, out)
    if "html" in formats:
        shutil.copytree(made, out / "book", ignore=shutil.ignore_patterns("*.pdf", ".nojekyll"))


def _run(program: Path, folder: Path, formats: Collection[str]) -> None:
    # Rendering one format empties the output of the other, so both are asked for at once.
    one = {"html": ["--to", "html"], "pdf": ["--to", "typst"]}
    asked = [] if len(formats) > 1 else one[next(iter(formats))]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0", "QUARTO_TYPST_IGNORE_SYSTEM_FONTS": "true"}
    done = subprocess.run(
        [str(program), "render", str(folder), *asked, "--no-execute"],
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )
    unresolved = re.findall(r"Unable to resolve crossref (\S+)", done.stderr)
    if unresolved:
        raise BookError(f"Quarto cannot resolve {', '.join(unresolved)}", where=str(folder), cure="mend the reference")
    if done.returncode != 0:
        last = "\n".join(done.stderr.strip().splitlines()[-15:])
        cure = "mend the chapter it names, or use --engine embedded"
        raise BookError(f"Quarto stopped:\n{last}", where=str(folder), cure=cure)


def _refuse_unresolved(made: Path) -> None:
    for path in sorted(made.rglob("*.html")):
        found = _UNRESOLVED.search(path.read_text(encoding="utf-8"))
        if found:
            raise BookError(f"a reference is not resolved: {found[0]}", where=path.name, cure="mend the reference")
