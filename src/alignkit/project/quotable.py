"""The evaluator's words and the names they may use."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from alignkit.book import narrative
from alignkit.book.assemble import headlines_of, is_ok
from alignkit.book.run import notebook, read_manifest
from alignkit.folders import run_folder

Wrong = tuple[Path, int, str]
"""File, line, what is wrong."""


def quotable(project: Path, community: str, cycle: str) -> tuple[list[str], dict[str, str]]:
    """Chapters of a cycle's last run, and "chapter.name" → what it says; both empty where there has been no run."""
    run = run_folder(project, community, cycle)
    if not (run / "manifest.json").is_file():
        return [], {}
    entries = read_manifest(run).chapters
    executed = {entry.id: notebook(run, entry.id) for entry in entries if is_ok(entry, ())}
    names = {name: text for id_, nb in executed.items() if nb is not None for name, text in headlines_of(id_, nb)}
    return [entry.id for entry in entries], names


def by_chapter(names: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Chapter → its names with what they say now, as `quotable` gives them: plain numbers first, then sentences."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, text in names.items():
        found.setdefault(name.split(".")[0], []).append((name, text))
    return {chapter: sorted(all_, key=lambda one: one[1].endswith((".", "?", "!"))) for chapter, all_ in found.items()}


def wrong_words(
    folder: Path, chapters: Collection[str], names: Mapping[str, str] | None, only: str = ""
) -> Iterator[Wrong]:
    """What would stop the book; where the chapters or names are not known yet, they are not looked up.

    `only` is the chapter whose words are looked at; left out, all.
    """
    for path in sorted(folder.glob("*.md")):
        if only and path.stem != only:
            continue
        if chapters and path.stem not in chapters:
            yield path, 1, narrative.no_such_chapter(path, list(chapters)).split(": ", 1)[1]
            continue
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            yield path, 1, "the file is not UTF-8 text; save it as UTF-8"
            continue
        yield from ((path, line, what) for line, what in narrative.check(text, names))
