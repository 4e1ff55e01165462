"""Tables of page one, and the rows of its chart in words.

Tables on page one have few columns, the pressing rows first; the rest is counted and found where the link leads.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from alignkit.chapter_records import ChapterRecords
from alignkit.chapters.brief.sentences import alignment_names, lacking
from alignkit.chapters.outcome import sentences as of_outcome
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import Row, change, clause, goal, missing, span
from alignkit.kit.drawing.matrix import Symbol
from alignkit.kit.tables import Table
from alignkit.words.current import words

DECISIONS, PROMISES, OUTCOMES = 4, 5, 9
"""Rows on page one, which has to be read in two minutes."""


def decisions_table(decisions: Published, chapters: Mapping[str, ChapterRecords], most: int = DECISIONS) -> Table:
    """The first `most` motions with cost, lead, date and evidence."""
    _ = words.gettext
    columns = {"motion": _("Motion"), "cost_said": _("Cost"), "who": _("Lead, and by when"), "why": _("Evidence")}
    frame = decisions.frame.head(most)
    rows = frame.to_dict("records")
    frame = frame.assign(
        cost_said=[_cost(row) for row in rows],
        who=[_by(row["lead"], row["needed_by"]) for row in rows],
        why=[_evidence(row, chapters) for row in rows],
    )
    return Table(replace(decisions, frame=frame), columns, _("What the board is asked to decide"))


def all_decisions_table(decisions: Published, chapters: Mapping[str, ChapterRecords]) -> Table:
    """All motions, where page one has not all of them; else no row."""
    return decisions_table(decisions, chapters, len(decisions.frame) if len(decisions.frame) > DECISIONS else 0)


def promises_table(promises: Published) -> Table:
    """The first promises not kept: who and what, original date, reason, new date and the help that is needed."""
    _ = words.gettext
    columns = {"who": _("Promised"), "was_due": _("Was due"), "why": _("Reason"), "next": _("New date; help needed")}
    frame = promises.frame.head(PROMISES)
    rows = frame.to_dict("records")
    frame = frame.assign(
        who=[_("{partner}: {what}").format(partner=row["partner"], what=row["what"]) for row in rows],
        was_due=[words.short_date(row["due_originally"]) for row in rows],
        why=[_("no word yet") if missing(row["reason"]) else str(row["reason"]) for row in rows],
        next=[_next(row) for row in rows],
    )
    return Table(replace(promises, frame=frame), columns, _("Promises that came due and were not kept"))


def outcomes_table(outcomes: Published, grid: Published) -> Table:
    """Each outcome in one row: where it stands and its goal, which way it goes, who is short, what nobody does."""
    _, lacks = words.gettext, lacking(grid)
    columns = {"named": _("Outcome"), "now": _("Now (range); goal"), "direction": _("Direction"),
               "short": _("Children short")}  # fmt: skip
    if any(lacks.get(id_) for id_ in outcomes.frame["outcome_id"]):  # else nothing is missing, or nobody has told yet
        columns |= {"lacks": _("Still missing")}
    rows = _outcome_rows(outcomes)
    frame = rows.frame.head(OUTCOMES)
    frame = frame.assign(lacks=[lacks.get(id_, "") for id_ in frame["outcome_id"]])
    caption = _("Outcomes in force: those with new results first, marked NEW, then the most pressing")
    return Table(replace(rows, frame=frame), columns, caption)


def all_outcomes_table(outcomes: Published) -> Table:
    """Every outcome with its pace and its largest gap, for the page after page one."""
    _ = words.gettext
    columns = {"named": _("Outcome"), "now": _("Now (range); goal"), "direction": _("Direction"),
               "pace": _("A year: seen, needed"), "short": _("Children short of goal"),
               "gap_said": _("Largest gap")}  # fmt: skip
    return Table(_outcome_rows(outcomes), columns, _("Every outcome in force, with its pace and its largest gap"))


def _outcome_rows(outcomes: Published) -> Published:
    rows = outcomes.frame.to_dict("records")
    frame = outcomes.frame.assign(
        named=[_name(row) for row in rows],
        now=[_now_and_goal(row) for row in rows],
        direction=[_direction(row) for row in rows],
        pace=[_pace(row) for row in rows],
        short=[_short(row) for row in rows],
        gap_said=[of_outcome.gap_in_few_words(row) for row in rows],
    )
    return replace(outcomes, frame=frame)


def alignment_rows(grid: Published) -> Published:
    """The grid of outcomes and alignments, alignments in words (`alignment_name`)."""
    frame = grid.frame
    return replace(grid, frame=frame.assign(alignment_name=frame["alignment"].map(alignment_names())))


def alignment_symbols() -> dict[str, Symbol]:
    """What the standings look like in the grid."""
    _ = words.gettext
    return {
        "full": Symbol("full", _("in place")),
        "part": Symbol("half", _("in part")),
        "hole": Symbol("hole", _("nobody yet")),
        "": Symbol("blank", ""),
    }


def alignment_headings() -> dict[str, str]:
    """Headings of the table behind the grid."""
    return {"outcome": words.gettext("Outcome")}


def alignments_table(grid: Published) -> Table:
    """The same grid in words, one row for each outcome."""
    frame, names = grid.frame, alignment_names()
    said = frame.pivot(index="outcome_id", columns="alignment", values="said").reindex(columns=list(names))
    one_each = frame.drop_duplicates("outcome_id").drop(columns="alignment")
    rows = replace(grid, by=("outcome_id",), frame=one_each.merge(said.reset_index(), on="outcome_id"))
    columns = {"outcome": words.gettext("Outcome"), **names}
    return Table(rows, columns, words.gettext("What stands behind each outcome, in words"))


def _by(lead: Any, day: Any) -> str:
    if missing(day):
        return "" if missing(lead) else str(lead)
    text = words.gettext("{lead}, by {day}") if not missing(lead) else words.gettext("by {day}")
    return text.format(lead=lead, day=words.short_date(day))


def _evidence(row: Row, chapters: Mapping[str, ChapterRecords]) -> str:
    """The evidence in three words, and its page where the book has it (the book turns @sec-… into a link)."""
    said = "" if missing(row["evidence_words"]) else str(row["evidence_words"]).rstrip(".")
    return f"{said} (@sec-{row['evidence']})" if row["evidence"] in chapters else said


def _cost(row: Row) -> str:
    said = [] if missing(row["cost"]) else [words.dollars(row["cost"])]
    if not missing(row["cost_note"]):
        said.append(clause(str(row["cost_note"])))
    return "; ".join(said) or words.gettext("not stated")


def _next(row: Row) -> str:
    said = [] if missing(row["new_due"]) else [words.short_date(row["new_due"])]
    said += [] if missing(row["help_needed"]) else [clause(str(row["help_needed"]))]
    return "; ".join(said) or words.gettext("none said")


def _name(row: Row) -> str:
    new = words.gettext("NEW: {outcome}")
    return new.format(outcome=row["outcome"]) if bool(row["is_new"]) else str(row["outcome"])


def _now_and_goal(row: Row) -> str:
    _ = words.gettext
    if missing(row["value"]):
        return _("no result yet")
    unit, good = row["unit"], row["good_direction"]
    now = words.value(row["value"], unit)
    if not missing(row["low"]):
        now += f" ({span(row['low'], row['high'], unit)})"
    if not missing(row["overdue_since"]):  # old: its year is said
        now = _("{now} in {period}").format(now=now, period=words.period(row["period_start"], row["period_end"]))
    if missing(row["target"]):
        return _("{now}; no goal set").format(now=now)
    return _("{now}; goal {goal}").format(now=now, goal=goal(row["target"], unit, good))


def _direction(row: Row) -> str:
    """In words; that down is good is said where no goal ("12 or fewer") says it."""
    down = row["good_direction"] == "down" and missing(row["target"])
    return of_outcome.word(row["word"]) + (words.gettext(" (down is good)") if down else "")


def _short(row: Row) -> str:
    if missing(row["value"]) or missing(row["target"]):
        return ""
    return words.gettext("not known") if missing(row["short_of_target"]) else words.number(row["short_of_target"])


def _pace(row: Row) -> str:
    """The pace seen beside the one that the goal needs; a pace that cannot be told is not said."""
    _ = words.gettext
    told = row["word"] != "cannot tell yet" and not missing(row["slope"])
    seen = change(row["slope"], row["unit"]) if told else _("cannot tell")
    if row["reach"] == "reached":
        return _("{seen}, goal met").format(seen=seen)
    if missing(row["pace_needed"]):
        return seen
    return _("{seen}, {needed}").format(seen=seen, needed=change(row["pace_needed"], row["unit"]))
