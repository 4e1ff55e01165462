"""Tables of page one: few columns, the pressing rows first, the rest counted and to be found where the link leads."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.chapter_records import ChapterRecords
from alignkit.chapters.brief import matrix_exhibits as of_matrix
from alignkit.chapters.outcome import sentences as of_outcome
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import change, clause, goal, missing, span
from alignkit.words.current import words

DECISIONS, PROMISES, OUTCOMES = 4, 5, 9
"""Rows on page one, which has to be read in two minutes."""


def decisions(p: Published, chapters: Mapping[str, ChapterRecords], most: int = DECISIONS) -> dict[str, Any]:
    """The first `most` motions with cost, lead, date and evidence: measure, caption, columns."""
    _ = words.gettext
    rows = p.frame.to_dict("records")
    columns = {"motion": _("Motion"), "cost_said": _("Cost"), "who": _("Lead, and by when"), "why": _("Evidence")}
    said = [[_cost(row), _by(row["lead"], row["needed_by"]), _evidence(row, chapters)] for row in rows]
    caption = _("What the board is asked to decide")
    return _first(p, said, ["cost_said", "who", "why"], columns, caption, most)


def decisions_in_full(p: Published, chapters: Mapping[str, ChapterRecords]) -> dict[str, Any]:
    """All motions, where page one has not all of them; else no row."""
    frame = p.frame if len(p.frame) > DECISIONS else p.frame.head(0)
    return decisions(replace(p, frame=frame), chapters, len(frame))


def promises(p: Published) -> dict[str, Any]:
    """The promises not kept: who and what, original date, reason, new date and the help that is needed."""
    _ = words.gettext
    columns = {"who": _("Promised"), "was_due": _("Was due"), "why": _("Reason"), "next": _("New date; help needed")}
    said = [_promise(row) for row in p.frame.to_dict("records")]
    caption = _("Promises that came due and were not kept")
    return _first(p, said, ["who", "was_due", "why", "next"], columns, caption, PROMISES)


def outcomes(p: Published, grid: Published) -> dict[str, Any]:
    """Each outcome in one row: where it stands and its goal, which way it goes, who is short, what nobody does."""
    _ = words.gettext
    lacks = of_matrix.missing(grid)
    columns = {"named": _("Outcome"), "now": _("Now (range); goal"), "direction": _("Direction")}
    columns |= {"short": _("Children short"), "lacks": _("Still missing")}
    said = [
        [_name(row), _now_and_goal(row), _direction(row), _short(row),
         lacks.get(row["outcome_id"], "")]
        for row in p.frame.to_dict("records")
    ]  # fmt: skip
    caption = _("Outcomes in force: those with new results first, marked NEW, then the most pressing")
    table = _first(p, said, ["named", "now", "direction", "short", "lacks"], columns, caption, OUTCOMES)
    if not any(row[-1] for row in said):  # no alignment has told yet, or nothing is missing
        table["columns"].pop("lacks")
    return table


def outcomes_in_full(p: Published) -> dict[str, Any]:
    """Every outcome with its pace and its largest gap, for the page after page one."""
    _ = words.gettext
    columns = {"named": _("Outcome"), "now": _("Now (range); goal"), "direction": _("Direction")}
    columns |= {"pace": _("A year: seen, needed"), "short": _("Children short of goal"), "gap_said": _("Largest gap")}
    said = [
        [_name(row), _now_and_goal(row), _direction(row), _pace(row), _short(row),
         str(row.get("gap_text") or "")]
        for row in p.frame.to_dict("records")
    ]  # fmt: skip
    caption = _("Every outcome in force, with its pace and its largest gap")
    return _first(p, said, list(columns), columns, caption, len(said))


def more(p: Published, most: int, where: str) -> list[str]:
    """One sentence on the rows of `p` that page one leaves out, and the section with them; none where it has all."""
    left = len(p.frame) - most
    if left <= 0:
        return []
    text = words.ngettext("{n} more stands in @sec-{where}.", "{n} more stand in @sec-{where}.", left)
    return [text.format(n=words.number(left), where=where)]


def _first(
    p: Published, said: list[list[str]], names: list[str], columns: Mapping[str, str], caption: str, most: int
) -> dict[str, Any]:
    """The first `most` rows of `p` with what is said of them in further columns."""
    told = pd.DataFrame(said, columns=names, dtype=object, index=p.frame.index)
    frame = pd.concat([p.frame.drop(columns=[name for name in names if name in p.frame]), told], axis=1)
    return {"p": replace(p, frame=frame.head(most)), "columns": dict(columns), "caption": caption}


def _by(lead: Any, day: Any) -> str:
    if missing(day):
        return "" if missing(lead) else str(lead)
    text = words.gettext("{lead}, by {day}") if not missing(lead) else words.gettext("by {day}")
    return text.format(lead=lead, day=words.short_date(day))


def _evidence(row: Mapping[Any, Any], chapters: Mapping[str, ChapterRecords]) -> str:
    """The evidence in three words, and its page where the book has it (the book turns @sec-… into a link)."""
    said = "" if missing(row["evidence_words"]) else str(row["evidence_words"]).rstrip(".")
    return f"{said} (@sec-{row['evidence']})" if row["evidence"] in chapters else said


def _cost(row: Mapping[Any, Any]) -> str:
    said = [] if missing(row["cost"]) else [words.dollars(row["cost"])]
    if not missing(row["cost_note"]):
        said.append(clause(str(row["cost_note"])))
    return "; ".join(said) or words.gettext("not stated")


def _promise(row: Mapping[Any, Any]) -> list[str]:
    who = words.gettext("{partner}: {what}").format(partner=row["partner"], what=row["what"])
    why = words.gettext("no word yet") if missing(row["reason"]) else str(row["reason"])
    said = [] if missing(row["new_due"]) else [words.short_date(row["new_due"])]
    said += [] if missing(row["help_needed"]) else [clause(str(row["help_needed"]))]
    return [who, words.short_date(row["due_originally"]), why, "; ".join(said) or words.gettext("none said")]


def _name(row: Mapping[Any, Any]) -> str:
    new = words.gettext("NEW: {outcome}")
    return new.format(outcome=row["outcome"]) if bool(row["is_new"]) else str(row["outcome"])


def _now_and_goal(row: Mapping[Any, Any]) -> str:
    _ = words.gettext
    if missing(row["value"]):
        return _("no result yet")
    unit, good = row["unit"], row["good_direction"]
    now = words.value(row["value"], unit)
    if not missing(row["low"]):
        now += f" ({span(row['low'], row['high'], unit)})"
    if not missing(row.get("overdue_since")):  # old: its year is said
        now = _("{now} in {period}").format(now=now, period=words.period(row["period_start"], row["period_end"]))
    if missing(row["target"]):
        return _("{now}; no goal set").format(now=now)
    return _("{now}; goal {goal}").format(now=now, goal=goal(row["target"], unit, good))


def _direction(row: Mapping[Any, Any]) -> str:
    """In words; that down is good is said where no goal ("12 or fewer") says it."""
    down = row.get("good_direction") == "down" and missing(row["target"])
    return of_outcome.word(row["word"]) + (words.gettext(" (down is good)") if down else "")


def _short(row: Mapping[Any, Any]) -> str:
    if missing(row["value"]) or missing(row["target"]):
        return ""
    return words.gettext("not known") if missing(row["short_of_target"]) else words.number(row["short_of_target"])


def _pace(row: Mapping[Any, Any]) -> str:
    """The pace seen beside the one that the goal needs; a pace that cannot be told is not said."""
    _ = words.gettext
    told = row["word"] != "cannot tell yet" and not missing(row.get("slope"))
    seen = change(row["slope"], row["unit"]) if told else _("cannot tell")
    if row.get("reach") == "reached":
        return _("{seen}, goal met").format(seen=seen)
    if missing(row.get("pace_needed")):
        return seen
    return _("{seen}, {needed}").format(seen=seen, needed=change(row["pace_needed"], row["unit"]))
