"""Which chapters need no new run: everything they were made of is the same as last time."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alignkit import folders
from alignkit.disclosure import ledger
from alignkit.disclosure.cells import Mask, read_cells
from alignkit.folders import home, released_file
from alignkit.runs.chapters import Chapter
from alignkit.runs.manifest import code_digest, file_digest, notebook_digests, read_json, versions, write_json

if TYPE_CHECKING:
    from alignkit.runs.execute import Result


def key(chapter: Chapter, inputs: Mapping[str, Any]) -> str:
    """What a chapter is made of: its notebooks, parameters, alignkit's code, libraries, and the run's `inputs`."""
    made_of = {
        "notebooks": notebook_digests([chapter]),
        "parameters": dict(chapter.parameters),
        "code": code_digest(),
        "versions": versions(),
        **inputs,
    }
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()


def key_in_run(
    chapter: Chapter, folder: Path, state: "State", *, mask: Mask, planned: Sequence[str], **data: Any
) -> str:
    """`key` as of the run in `folder`: with what the mask changes about the chapter, and for page one, all others.

    `planned` are the ids of the run's chapters; `data` are the id of the snapshot, the minimum count, and the digests
    of the last book (`last_book_digests`).
    """
    inputs: dict[str, Any] = {**data, "mask": mask.for_chapter(read_cells(folder / "cells", [chapter.id]))}
    if chapter.stage == 2:
        others = [id_ for id_ in planned if id_ != chapter.id]
        inputs["chapters"] = {id_: state.chapters.get(id_, {}).get("key") for id_ in others}
    return key(chapter, inputs)


def last_book_digests(project: Path, community: str, previous: str) -> list[str]:
    """Digests of what the book of `previous` showed and was made from, as far as it is there; a new issue of it, or its
    loss, changes what the next book says."""
    if not previous:
        return []
    notes = (
        released_file(home(project, community) / "data", previous),
        ledger.last_file(folders.ledger(project, community), previous),
    )
    return [file_digest(one) for one in notes if one is not None and one.is_file()]


@dataclass
class State:
    """Per chapter, the key and result of its last good run; kept in `state.json` so that a stopped run resumes."""

    path: Path
    chapters: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "State":
        """The state that the last run left, empty where there is none."""
        return cls(folder / "state.json", read_json(folder / "state.json"))

    def is_current(self, chapter: Chapter, wanted: str) -> bool:
        """Whether the chapter's notebook stands there, made of exactly `wanted`."""
        there = (self.path.parent / "notebooks" / f"{chapter.id}.ipynb").is_file()
        return there and self.chapters.get(chapter.id, {}).get("key") == wanted

    def note(self, result: "Result", made_of: str) -> None:
        """Remember a finished chapter at once, so that nothing is lost when the run is stopped."""
        if result.status == "failed":
            self.chapters.pop(result.chapter, None)
        else:
            self.chapters[result.chapter] = {"key": made_of, "status": result.status, "table": result.table}
        write_json(self.path, self.chapters)

    def result(self, chapter: Chapter) -> "Result":
        """The remembered result of a chapter that is current."""
        from alignkit.runs.execute import Result  # brings Papermill, which telling what is current does not need

        was = self.chapters[chapter.id]
        return Result(chapter.id, was["status"], 0.0, table=was["table"])
