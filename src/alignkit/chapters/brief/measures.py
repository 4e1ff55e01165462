"""Page one: what must this board decide?

Reads what the other chapters have published, never their tables again, so that page one and a chapter cannot
disagree.
"""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from alignkit.chapter_records import ChapterRecords
from alignkit.disclosure.published import Published

PROMISE = ["commitment_id", "what", "partner", "due_originally", "reason", "new_due", "help_needed"]
PRESSING = ("worsening", "no clear change", "cannot tell yet", "improving")
"""Verdicts in the order in which a board should look at them."""
NOTHING_YET = Published(
    "verdict", "indicator_values", "brief.verdict", ("outcome_id",), False, "en",
    pd.DataFrame(columns=["outcome_id", "outcome", "chapter", "word", "is_new", "value", "status", "text"]),
)  # fmt: skip


def outcomes(chapters: Mapping[str, ChapterRecords], listed: pd.DataFrame) -> Published:
    """The verdicts of all outcome chapters as one measure, with the chapter's id.

    Those with new data come first, then those that worsen before those that improve, then the order of `listed`
    (the table `outcomes`).
    """
    found = {id_: one.published("verdict") for id_, one in chapters.items()}
    verdicts = {id_: one for id_, one in found.items() if one is not None and len(one.frame)}
    if not verdicts:
        return NOTHING_YET
    frames = [one.frame.assign(chapter=id_).astype(object) for id_, one in verdicts.items()]
    frame = pd.concat(frames, ignore_index=True).infer_objects()
    place = frame["outcome_id"].map(listed.set_index("outcome_id")["order"])
    pressing = frame["word"].map({word: rank for rank, word in enumerate(PRESSING)})
    frame = frame.assign(is_new=frame["is_new"].astype("boolean").fillna(False), pressing=pressing, place=place)
    frame = frame.sort_values(["is_new", "pressing", "place"], ascending=[False, True, True], kind="stable")
    frame = frame.drop(columns=["pressing", "place"])
    draft = any(one.draft for one in verdicts.values())
    return replace(next(iter(verdicts.values())), frame=frame.reset_index(drop=True), draft=draft)


def reworded(chapters: Mapping[str, ChapterRecords], last: Mapping[str, str]) -> pd.DataFrame:
    """Outcomes whose verdict in the last book does not hold with today's data for the same periods: corrections, not
    new results, changed the word.

    `last` maps a chapter's id to the word of the last release. Returns outcome_id, outcome, chapter, was, word_known.
    """
    columns = ["outcome_id", "outcome", "chapter", "was", "word_known"]
    found = {id_: one.published("verdict") for id_, one in chapters.items() if id_ in last}
    rows = [
        {**row, "chapter": id_, "was": last[id_]}
        for id_, one in found.items()
        if one is not None
        for row in one.frame.to_dict("records")
    ]
    changed = [row for row in rows if row.get("word_known") and row["word_known"] != row["was"]]
    return pd.DataFrame(changed, columns=columns)


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


def unkept(chapters: Mapping[str, ChapterRecords]) -> Published:
    """Of the promises that came due, those that were not kept, as the commitments chapter published them."""
    due = chapters["commitments"].published("due") if "commitments" in chapters else None
    if due is None:
        return replace(NOTHING_YET, id="due", frame=pd.DataFrame(columns=[*PROMISE, "status", "text"]))
    missed = due.frame["standing"].isin(["not_done", "overdue", "late", "dropped"])
    return replace(due, frame=due.frame[missed].reset_index(drop=True))
