"""Charts' rows and tables of the commitments chapter, standings in words."""

from dataclasses import replace

from alignkit.chapters.commitments.sentences import MISSED, standing
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import Row, clause, missing
from alignkit.kit.tables import Table
from alignkit.words.current import words

SOONEST = 12
"""Promises ahead on the page; all of them are on the web."""


def missed_table(due: Published) -> Table:
    """The promises that came due and were not kept."""
    _ = words.gettext
    columns = {"promised": _("Promised"), "became": _("Due first; now"), "why": _("Reason; help needed")}
    frame = due.frame[due.frame["standing"].isin(MISSED)]
    rows = frame.to_dict("records")
    frame = frame.assign(
        promised=[_promised(row) for row in rows],
        became=[_became(row) for row in rows],
        why=[_why(row) for row in rows],
    )
    caption = _("Promises that came due and were not kept")
    return Table(replace(due, frame=frame), columns, caption)


def _promised(row: Row) -> str:
    who = words.gettext("Nobody named") if missing(row["partner"]) else row["partner"]
    what = words.gettext("not said what") if missing(row["what"]) else row["what"]
    return words.gettext("{partner}: {what}").format(partner=who, what=what)


def _became(row: Row) -> str:
    """The first date and the standing, with the new date or what was promised in its place."""
    _ = words.gettext
    said = _("{day}; {standing}").format(
        day=words.short_date(row["due_originally"]), standing=standing(row["standing"])
    )
    if not missing(row["new_due"]):
        return _("{said}, now {day}").format(said=said, day=words.short_date(row["new_due"]))
    if not missing(row["replaced_by"]):
        return _("{said}; in its place: {what}").format(said=said, what=clause(str(row["replaced_by"])))
    return said


def _why(row: Row) -> str:
    """The reason and the help that is needed, as far as they are said."""
    reason = words.gettext("No reason given") if missing(row["reason"]) else str(row["reason"]).rstrip(".")
    if missing(row["help_needed"]):
        return reason
    text = words.gettext("{reason}. Needed: {help_needed}")
    return text.format(reason=reason, help_needed=clause(str(row["help_needed"])))


def kept_table(due: Published) -> Table:
    """The other promises that came due."""
    _ = words.gettext
    columns = {"what": _("Promise"), "partner": _("Who"), "due_originally": _("Due first"), "said": _("Now")}
    frame = due.frame[~due.frame["standing"].isin(MISSED)]
    others = replace(due, frame=frame.assign(said=[standing(name) for name in frame["standing"]]))
    caption = _("Promises that came due: those kept, and those open with a later date")
    return Table(others, columns, caption)


def ahead_table(ahead: Published, most: int = SOONEST) -> Table:
    """The promises ahead, the soonest first; what one lacks is said in its place."""
    _ = words.gettext
    rows = ahead.frame.head(most).to_dict("records")
    frame = ahead.frame.head(most).assign(
        promised=[_promised(row) for row in rows],
        by_when=[_by_when(row) for row in rows],
        known_by=[_("lacks a measure") if missing(row["measure"]) else row["measure"] for row in rows],
    )
    columns = {"promised": _("Who does what"), "by_when": _("By when"), "known_by": _("How we will know")}
    caption = _("Who does what by when, and how we will know")
    if len(ahead.frame) > most:
        caption = _("The {n} promises due soonest: who does what by when, and how we will know").format(n=most)
    return Table(replace(ahead, frame=frame), columns, caption)


def all_ahead_table(ahead: Published, most: int = SOONEST) -> Table:
    """Every promise ahead, where the page shows only the `most` soonest ones; else no row."""
    count = len(ahead.frame)
    every = ahead if count > most else replace(ahead, frame=ahead.frame.head(0))
    return ahead_table(every, max(count, 1))


def _by_when(row: Row) -> str:
    if missing(row["due_now"]):
        return words.gettext("lacks a date")
    day = words.short_date(row["due_now"])
    if not bool(row["carried"]):
        return day
    return words.gettext("{day}; first {earlier}").format(day=day, earlier=words.short_date(row["due_originally"]))


def chain_table(chain: Published) -> Table:
    """Decisions, the promises they led to, and the status of each."""
    _, frame = words.gettext, chain.frame
    frame["said"] = ["" if missing(name) else standing(str(name)) for name in frame["standing"]]
    columns = {"motion": _("Decision"), "what": _("Promise"), "partner": _("Who"), "said": _("Now"),
               "replaced_by": _("Replaced by")}  # fmt: skip
    return Table(replace(chain, frame=frame), columns, _("From decisions to promises, and their status"))
