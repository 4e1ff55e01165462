"""Sentences of page one: what was published in other chapters, said so that a board can act on it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.community import ChapterRecords
from alignkit.disclosure.published import Published
from alignkit.exhibits.sentences import outcome as of_outcome
from alignkit.exhibits.sentences.amounts import change, clause, goal, missing, span
from alignkit.words.words import Words

WORDS = ("improving", "worsening", "no clear change", "cannot tell yet")
MOST = 6
"""Sentences of one kind on page one; the chapters have the rest."""


def answer(outcomes: Published, decisions: Published, words: Words) -> str:
    """Page one in one sentence: how many decisions wait, and where the outcomes stand."""
    asks = words.count(len(decisions.frame), "decision waits for the board", "decisions wait for the board")
    if outcomes.frame.empty:
        return asks[:1].upper() + asks[1:] + "."
    by = outcomes.frame["word"].value_counts()
    said = [f"{words.number(by[name])} {of_outcome.word(name, words)}" for name in WORDS if name in by]
    total = words.count(len(outcomes.frame), "outcome", "outcomes")
    text = words.gettext("{asks}. Of {outcomes}: {said}.").format(asks=asks, outcomes=total, said=words.list(said))
    return text[:1].upper() + text[1:]


def decisions_table(decisions: Published, chapters: Mapping[str, ChapterRecords], words: Words) -> dict[str, Any]:
    """The motions with cost and evidence in words: measure, caption, columns."""
    _ = words.gettext
    rows = decisions.frame.to_dict("records")
    said = {"cost_said": [_cost(row, words) for row in rows], "why": [_evidence(row, chapters) for row in rows]}
    columns = {"motion": _("Motion"), "cost_said": _("Cost"), "lead": _("Lead"), "needed_by": _("Needed by")}
    frame = decisions.frame.assign(**{name: pd.Series(texts, dtype=object) for name, texts in said.items()})
    return {
        "p": replace(decisions, frame=frame),
        "columns": columns | {"why": _("Evidence")},
        "caption": _("What the board is asked to decide"),
        "words": words,
    }


def _evidence(row: Mapping[Any, Any], chapters: Mapping[str, ChapterRecords]) -> str:
    """The evidence in three words, and its page where the book has it (the book turns @sec-… into a link)."""
    said = "" if missing(row["evidence_words"]) else str(row["evidence_words"]).rstrip(".")
    return f"{said} (@sec-{row['evidence']})" if row["evidence"] in chapters else said


def _cost(row: Mapping[Any, Any], words: Words) -> str:
    said = [] if missing(row["cost"]) else [words.dollars(row["cost"])]
    if not missing(row["cost_note"]):
        said.append(clause(str(row["cost_note"])))
    return "; ".join(said) or words.gettext("not stated")


def no_decisions(decisions: Published, words: Words) -> list[str]:
    """One sentence where nothing is to be decided, else none."""
    return [] if len(decisions.frame) else [words.gettext("No decision waits for the board this cycle.")]


def outcomes_table(outcomes: Published, words: Words) -> dict[str, Any]:
    """Each outcome in one row: now with its range, goal, direction, children short of the goal, largest gap."""
    _ = words.gettext
    rows = [_outcome(row, words) for row in outcomes.frame.to_dict("records")]
    texts = ["named", "now", "goal_said", "direction", "pace", "short", "gap_said"]
    said = pd.DataFrame(rows, columns=texts, dtype=object)
    columns = {"named": _("Outcome"), "now": _("Now (chance alone)"), "goal_said": _("Goal")}
    columns |= {
        "direction": _("Direction"),
        "pace": _("A year: seen, needed"),
        "short": _("Children short of goal"),
        "gap_said": _("Largest gap"),
    }
    frame = pd.concat([outcomes.frame.reset_index(drop=True), said], axis=1)
    caption = _("Outcomes in force; those with new results first, marked NEW")
    return {"p": replace(outcomes, frame=frame), "columns": columns, "caption": caption, "words": words}


def _outcome(row: Mapping[Any, Any], words: Words) -> tuple[str, ...]:
    _ = words.gettext
    name = _("NEW: {outcome}").format(outcome=row["outcome"]) if bool(row["is_new"]) else str(row["outcome"])
    if missing(row["value"]):
        return name, _("no result yet"), "", of_outcome.word(row["word"], words), "", "", ""
    unit, good = row["unit"], row["good_direction"]
    now = words.value(row["value"], unit)
    if not missing(row["low"]):
        now += f" ({span(row['low'], row['high'], unit, words)})"
    aim = _("none set") if missing(row["target"]) else goal(row["target"], unit, good, words)
    down = _(" (down is good)") if good == "down" else ""
    short = _("not known") if missing(row["short_of_target"]) else words.number(row["short_of_target"])
    word = of_outcome.word(row["word"], words) + down
    return name, now, aim, word, _pace(row, words), short, str(row.get("gap_text") or "")


def _pace(row: Mapping[Any, Any], words: Words) -> str:
    """The pace seen beside the one that the goal needs; a pace that cannot be told is not said."""
    _ = words.gettext
    told = row["word"] != "cannot tell yet" and not missing(row.get("slope"))
    seen = change(row["slope"], row["unit"], words) if told else _("cannot tell")
    if row.get("reach") == "reached":
        return _("{seen}, goal met").format(seen=seen)
    if missing(row.get("pace_needed")):
        return seen
    return _("{seen}, {needed}").format(seen=seen, needed=change(row["pace_needed"], row["unit"], words))


def world(outcomes: Published, words: Words) -> str:
    """What changed in the world: the outcomes with a new result, and which way each goes."""
    _ = words.gettext
    new = [row for row in outcomes.frame.to_dict("records") if bool(row["is_new"])]
    if not new:
        return _("No outcome has a new result since the last book.")
    said = [f"{row['outcome']} ({of_outcome.word(row['word'], words)})" for row in new]
    return _("For children: new results for {outcomes}.").format(outcomes=words.list(said))


def work(done: Published, words: Words) -> str:
    """What changed in our own work since the last book, in one sentence."""
    by, said = dict(zip(done.frame["kind"], done.frame["count"], strict=True)), []
    if "kept" in by:
        said.append(words.count(by["kept"], "promise was kept", "promises were kept"))
    if "signed" in by:
        said.append(words.count(by["signed"], "agreement was signed", "agreements were signed"))
    if "adopted" in by:
        said.append(words.count(by["adopted"], "site took up a practice", "sites took up a practice"))
    if not said:
        return words.gettext("In our work: nothing is on record yet.")
    return words.gettext("In our work: {said}.").format(said=words.list(said))


def data(revised: Published, words: Words) -> list[str]:
    """What changed in the data only: a revision is not a change for children."""
    _ = words.gettext
    template = _(
        "In the data: {indicator}, {period}: last book said {was}; the source corrected it to {now}. "
        "Nothing changed for students."
    )
    said = [
        template.format(
            indicator=row["indicator"],
            period=words.period(row["period_start"], row["period_end"]),
            was=words.value(row["was"], row["unit"], 1),
            now=words.value(row["value"], row["unit"], 1),
        )
        for row in revised.frame.to_dict("records")
    ]
    return _some(said, words) or [_("In the data: no published figure was revised since the last book.")]


def cannot_tell(outcomes: Published, chapters: Mapping[str, ChapterRecords], words: Words) -> list[str]:
    """What we cannot tell yet, why, and when we could."""
    rows = outcomes.frame[outcomes.frame["word"] == "cannot tell yet"].to_dict("records")
    said = []
    for row in rows:
        why = chapters[row["chapter"]].headline("cannot_tell")
        if why is not None and why.text:
            said.append(f"{row['outcome']}: {why.text}")
    return _some(said, words) or [words.gettext("Every outcome has results enough to say which way it goes.")]


def promises(chapters: Mapping[str, ChapterRecords], words: Words) -> str:
    """What became of the promises that came due, as the commitments chapter says it."""
    chapter = chapters.get("commitments")
    said = chapter.headline("answer") if chapter else None
    return (
        said.text
        if said
        else words.gettext("No promises are on record: the commitments chapter has not run, or lacks its table.")
    )


def promises_table(unkept: Published, words: Words) -> dict[str, Any]:
    """The promises not kept: original date, reason, new date, help needed."""
    _ = words.gettext
    columns = {"what": _("Not kept"), "partner": _("Who"), "due_originally": _("Was due"), "reason": _("Reason")}
    columns |= {"new_due": _("New date"), "help_needed": _("Help needed")}
    caption = _("Promises that came due and were not kept")
    return {"p": unkept, "columns": columns, "caption": caption, "words": words}


def _some(said: list[str], words: Words) -> list[str]:
    if len(said) <= MOST:
        return said
    more = words.count(len(said) - MOST + 1, "more stands in the chapters", "more stand in the chapters")
    return [*said[: MOST - 1], more[:1].upper() + more[1:] + "."]
