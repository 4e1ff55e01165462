"""Outcome × alignment: where an outcome in force has leaders, a measure, action, data, advocates, and where nobody is.

Reads what the five alignment chapters have published with the id "matrix"; page one and a chapter cannot disagree.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import pandas as pd

from alignkit.chapter_records import ChapterRecords
from alignkit.disclosure.published import Published
from alignkit.records import TableRead

ALIGNMENTS = ("leadership", "outcomes", "action", "data_systems", "advocacy")
STANDINGS = ("full", "part", "hole")
HOLE = "hole"
Why = Literal["not_in_book", "not_made", "no_table", "says_nothing"]


def matrix(chapters: Mapping[str, ChapterRecords], listed: pd.DataFrame, lang: str = "en") -> Published:
    """Every outcome in force in every alignment, in the community's order.

    `listed` is the table `outcomes`. Columns: outcome_id, outcome (name), alignment (chapter id), standing ("full",
    "part", "hole"; "" where the chapter says nothing), said (the same in a few words).
    """
    found = {id_: chapters[id_].published("matrix") for id_ in ALIGNMENTS if id_ in chapters}
    told = {id_: one for id_, one in found.items() if one is not None}
    cells = {(id_, row["outcome_id"]): row for id_, one in told.items() for row in one.frame.to_dict("records")}
    force = listed[listed["status"] == "in_force"].sort_values(["order", "outcome_id"])
    rows = []
    for outcome, name in zip(force["outcome_id"], force["name"], strict=True):
        for id_ in ALIGNMENTS:
            cell = cells.get((id_, outcome), {})
            standing = cell.get("standing") if cell.get("standing") in STANDINGS else ""
            said = str(cell.get("said") or "") if standing else ""
            rows.append((outcome, name, id_, standing, said, "shown", said))
    columns = ["outcome_id", "outcome", "alignment", "standing", "said", "status", "text"]
    draft = any(one.draft for one in told.values())
    frame = pd.DataFrame(rows, columns=columns)
    return Published("matrix", "outcomes", "brief.matrix", ("outcome_id", "alignment"), draft, lang, frame)


def absent(chapters: Mapping[str, ChapterRecords], planned: Sequence[str]) -> dict[str, tuple[Why, str]]:
    """Alignments whose column is blank: why, and the table that is missing ("" where it is not that).

    `planned` are the chapters of the book.
    """
    return {id_: why for id_ in ALIGNMENTS if (why := _why(id_, chapters.get(id_), planned)) is not None}


def _why(id_: str, chapter: ChapterRecords | None, planned: Sequence[str]) -> tuple[Why, str] | None:
    if chapter is None:
        return ("not_made" if id_ in planned else "not_in_book"), ""
    if chapter.published("matrix") is not None:
        return None
    asked = [r.table for r in chapter.all if isinstance(r, TableRead) and r.rows is None]
    return ("no_table", asked[-1]) if asked else ("says_nothing", "")


def holes(grid: Published) -> dict[str, list[str]]:
    """Alignment → the names of the outcomes that nobody stands behind there, where there are any."""
    frame = grid.frame[grid.frame["standing"] == HOLE]
    return {
        id_: list(frame.loc[frame["alignment"] == id_, "outcome"])
        for id_ in ALIGNMENTS
        if id_ in set(frame["alignment"])
    }


def wide(grid: Published) -> pd.DataFrame:
    """One row per outcome: outcome_id, outcome, and for each alignment (its id) what is said."""
    frame = grid.frame
    said = frame.pivot(index="outcome_id", columns="alignment", values="said").reindex(columns=list(ALIGNMENTS))
    names = frame.drop_duplicates("outcome_id")[["outcome_id", "outcome"]]
    return names.merge(said.reset_index(), on="outcome_id", how="left")
