"""Page one: what must this board decide?

Reads what the other chapters have published, never their tables again, so that page one and a chapter cannot
disagree. What counts as a correction in the data is in `revisions`, what is new or gone in `compared`.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import pandas as pd

from alignkit.chapter_records import ChapterRecords
from alignkit.chapters.brief.compared import compared as compared
from alignkit.chapters.brief.revisions import REVISION_KEYS as REVISION_KEYS
from alignkit.chapters.brief.revisions import new_breaks as new_breaks
from alignkit.chapters.brief.revisions import revisions as revisions
from alignkit.chapters.brief.revisions import same_unit as same_unit
from alignkit.chapters.commitments.measures import decisions_to_take as decisions_to_take
from alignkit.records import TableRead

OUTCOME = [
    "outcome_id", "outcome", "chapter", "word", "is_new", "good_direction", "period_start", "period_end",
    "overdue_since", "target", "short_of_target", "slope", "reach", "pace_needed", "gap", "gap_low",
    "gap_best", "gap_worst", "value", "low", "high", "unit",
]  # fmt: skip
"""What page one takes from an outcome's verdict."""
PRESSING = ("worsening", "no clear change", "cannot tell yet", "improving")
"""Verdicts in the order in which a board should look at them."""
PROMISE = ["commitment_id", "what", "partner", "standing", "due_originally", "reason", "new_due", "help_needed"]
UNKEPT = ("not_done", "overdue", "late", "dropped")
ALIGNMENTS = ("leadership", "outcomes", "action", "data_systems", "advocacy")
STANDINGS = ("full", "part", "hole")
"""How much stands behind an outcome in an alignment; "hole": nothing at all."""
Why = Literal["not_in_book", "not_made", "no_table", "says_nothing"]


def outcome_verdicts(chapters: Mapping[str, ChapterRecords], listed: pd.DataFrame) -> pd.DataFrame:
    """The verdicts of all outcome chapters, with the chapter's id. Returns `OUTCOME`.

    Those with new data come first, then those that worsen before those that improve, then the order of `listed`
    (the table `outcomes`).
    """
    found = {id_: one.published("verdict") for id_, one in chapters.items()}
    frames = [one.frame.assign(chapter=id_).astype(object) for id_, one in found.items() if one is not None]
    if not frames:
        return pd.DataFrame(columns=OUTCOME)
    frame = pd.concat(frames, ignore_index=True).infer_objects().reindex(columns=OUTCOME)
    place = frame["outcome_id"].map(listed.set_index("outcome_id")["order"])
    pressing = frame["word"].map({word: rank for rank, word in enumerate(PRESSING)})
    frame = frame.assign(is_new=frame["is_new"].astype("boolean").fillna(False), pressing=pressing, place=place)
    frame = frame.sort_values(["is_new", "pressing", "place"], ascending=[False, True, True], kind="stable")
    return frame[OUTCOME].reset_index(drop=True)


def changed_words(chapters: Mapping[str, ChapterRecords], last: Mapping[str, str]) -> pd.DataFrame:
    """Outcomes whose verdict in the last book does not hold with today's data for the same periods: corrections or
    breaks, not new results, changed the word.

    `last` maps a chapter's id to the word of the last release. Returns outcome_id, outcome, chapter, was, word_known.
    """
    found = {id_: one.published("verdict") for id_, one in chapters.items() if id_ in last}
    rows = [
        {**row, "chapter": id_, "was": last[id_]}
        for id_, one in found.items()
        if one is not None
        for row in one.frame.to_dict("records")
    ]
    changed = [row for row in rows if row.get("word_known") and row["word_known"] != row["was"]]
    return pd.DataFrame(changed, columns=["outcome_id", "outcome", "chapter", "was", "word_known"])


def work_done(
    agreements: pd.DataFrame,
    adoptions: pd.DataFrame,
    commitments: pd.DataFrame,
    as_of: pd.Timestamp,
    since: pd.Timestamp | None,
) -> pd.DataFrame:
    """What changed in our own work after `since` up to `as_of`: kind ("kept", "signed", "adopted"), count.

    A table without any row says nothing: its kind is left out.
    """
    start = since if since is not None else pd.Timestamp.min

    def during(days: pd.Series) -> pd.Series:
        return days.between(start, as_of, inclusive="right")

    kept = (commitments["status"] == "kept") & during(commitments["recorded_on"])
    counts = {"kept": kept, "signed": during(agreements["signed_on"]), "adopted": during(adoptions["valid_from"])}
    on_record = {kind: int(found.sum()) for kind, found in counts.items() if len(found)}
    return pd.DataFrame({"kind": list(on_record), "count": list(on_record.values())})


def unkept_promises(chapters: Mapping[str, ChapterRecords]) -> pd.DataFrame:
    """Of the promises that came due, those that were not kept, as the commitments chapter published them: `PROMISE`."""
    due = chapters["commitments"].published("due") if "commitments" in chapters else None
    if due is None:
        return pd.DataFrame(columns=PROMISE)
    frame = due.frame.reindex(columns=PROMISE)
    return frame[frame["standing"].isin(UNKEPT)].reset_index(drop=True)


def alignment_grid(chapters: Mapping[str, ChapterRecords], listed: pd.DataFrame) -> pd.DataFrame:
    """Every outcome in force in every alignment, in the community's order: who or what stands behind it there.

    Reads what the five alignment chapters have published with the id "matrix"; `listed` is the table `outcomes`.
    Returns outcome_id, outcome (name), alignment (chapter id), standing (`STANDINGS`; "" where the chapter says
    nothing), said (the same in a few words).
    """
    found = {id_: chapters[id_].published("matrix") for id_ in ALIGNMENTS if id_ in chapters}
    told = {id_: one.frame.to_dict("records") for id_, one in found.items() if one is not None}
    cells = {(id_, row["outcome_id"]): row for id_, rows in told.items() for row in rows}
    force = listed[listed["status"] == "in_force"].sort_values(["order", "outcome_id"])
    rows = []
    for outcome, name in zip(force["outcome_id"], force["name"], strict=True):
        for id_ in ALIGNMENTS:
            cell = cells.get((id_, outcome), {})
            standing = cell.get("standing") if cell.get("standing") in STANDINGS else ""
            rows.append((outcome, name, id_, standing, str(cell.get("said") or "") if standing else ""))
    return pd.DataFrame(rows, columns=["outcome_id", "outcome", "alignment", "standing", "said"])


def blank_alignments(chapters: Mapping[str, ChapterRecords], planned: Sequence[str]) -> dict[str, tuple[Why, str]]:
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
