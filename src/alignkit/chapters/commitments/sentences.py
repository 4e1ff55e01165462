"""Sentences of the commitments chapter: published measures in, plain words out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from alignkit.chapters.commitments.measures import SAID
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import clause, missing
from alignkit.words.current import words

SOONEST = 12
"""Promises ahead on the page; all of them are on the web."""
MISSED = ("not_done", "overdue", "late", "dropped")


def standing(name: str) -> str:
    """A commitment's standing as a reader calls it."""
    return words.gettext(SAID[name])


def answer(counts: Published) -> str:
    """How many of the promises that came due were kept, and what became of the rest."""
    _ = words.gettext
    by = dict(zip(counts.frame["standing"], counts.frame["count"].astype(int), strict=True))
    total = sum(by.values())
    if total == 0:
        return _("No promise came due this cycle.")
    rest = [f"{words.number(by[name])} {standing(name)}" for name in (*MISSED, "open") if by.get(name)]
    if total == 1:
        became = standing(next(name for name, count in by.items() if count))
        return _("The one promise that came due: {became}.").format(became=became)
    text = _("{kept} of the {n} promises that came due were kept").format(
        kept=words.number(by["kept"]), n=words.number(total)
    )
    return text + (f"; {words.list(rest)}." if rest else ".")


def standing_chart(counts: Published) -> dict[str, Any]:
    """Caption, alternative text and columns of the bar of standings."""
    caption = words.gettext("What became of the promises that came due since the last book")
    columns = {"status": "standing", "count": "count", "names": standings()}
    return {**columns, "caption": caption, "alt": answer(counts)}


def next_list(ahead: Published) -> str:
    """How many promises lie ahead, and how many of them cannot be checked."""
    _ = words.gettext
    frame = ahead.frame
    if frame.empty:
        return _("Nothing is promised for the time ahead. The board may want to change that today.")
    incomplete = int((frame["missing"] != "").sum())
    carried = int(frame["carried"].sum())
    many = words.ngettext("{n} promise lies ahead", "{n} promises lie ahead", len(frame))
    said = [many.format(n=words.number(len(frame)))]
    if carried:
        said.append(_("{n} carried over with a new date").format(n=words.number(carried)))
    if incomplete:
        said.append(_("{n} without a full who, what, when and how we will know").format(n=words.number(incomplete)))
    return ", ".join(said) + "."


def action(ahead: Published, due: Published, undone: Published) -> list[str]:
    """What to do next: complete promises that cannot be checked, hear from partners that said nothing, put something in
    the place of what was not done, promise something for each decision (`undone`: those without a promise)."""
    _ = words.gettext
    rows = ahead.frame.to_dict("records")
    todo = [
        _("Complete the promise “{what}”: it lacks {missing}.").format(
            what=clause(row["what"]), missing=missing_words(row["missing"])
        )
        for row in rows
        if row["missing"]
    ]
    silent = due.frame.loc[due.frame["standing"] == "overdue", "partner"].dropna().unique()
    if len(silent):
        ask = _("Hear today from {partners}: overdue, and no word yet.")
        todo.append(ask.format(partners=words.list(list(silent))))
    todo += _in_its_place(due) + _no_promise(undone)
    if rows:
        what, partner, day = clause(rows[0]["what"]), rows[0]["partner"], words.date(rows[0]["due_now"])
        todo.append(_("Next due: {what} ({partner}, {date}).").format(what=what, partner=partner, date=day))
    return todo or [_("Make the next promises: who, what, by when, and how we will know.")]


def _in_its_place(due: Published) -> list[str]:
    """One line on the promises that were not done and have nothing in their place yet."""
    frame = due.frame
    left = frame[(frame["standing"] == "not_done") & frame["replaced_by"].isna()]
    if left.empty:
        return []
    said = words.list([f"“{clause(what)}”" for what in left["what"]])
    return [words.gettext("Decide what takes the place of {promises}, or let it go.").format(promises=said)]


def _no_promise(undone: Published) -> list[str]:
    text = words.gettext("Name who does what by when for the decision “{motion}”: nobody has promised anything yet.")
    return [text.format(motion=clause(row)) for row in undone.frame["motion"]]


def missing_words(missing: str) -> str:
    """Column names that are not filled in → what a promise lacks."""
    _ = words.gettext
    said = {"partner_id": _("a who"), "what": _("a what"), "due_now": _("a date"), "measure": _("a measure")}
    return words.list([said[name] for name in missing.split(", ")])


def kept(counts: Published) -> str:
    """ "9 of 14": promises kept, of those that came due."""
    by = counts.frame.set_index("standing")["count"]
    return words.gettext("{have} of {of}").format(have=words.number(by["kept"]), of=words.number(by.sum()))


def numbers(counts: Published, ahead: Published) -> dict[str, str]:
    """The plain numbers that a narrative may quote, by name. All but `due_later` count commitments that came due.

    kept: commitments kept, of all that came due ("9 of 14")
    due: how many came due ("14")
    late: how many are late ("2")
    overdue: how many are overdue, with no report yet ("1")
    not_done: how many were not done ("1")
    dropped: how many were dropped ("0")
    open: how many are open, with a later date ("1")
    due_later: how many commitments are due after this cycle ("23")
    """
    by = counts.frame.set_index("standing")["count"]
    said = {"kept": kept(counts), "due": words.number(by.sum())}
    said |= {name: words.number(by[name]) for name in ("late", "overdue", "not_done", "dropped", "open")}
    return {**said, "due_later": words.number(len(ahead.frame))}


def standings() -> dict[str, str]:
    """Every standing as a reader calls it, in the board's order."""
    return {name: standing(name) for name in ("kept", "open", *MISSED)}


def missed_table(due: Published) -> dict[str, Any]:
    """Measure, caption and columns of the promises that came due and were not kept."""
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
    return {"p": replace(due, frame=frame), "columns": columns, "caption": caption}


def _promised(row: Mapping[Any, Any]) -> str:
    who = words.gettext("Nobody named") if missing(row["partner"]) else row["partner"]
    what = words.gettext("not said what") if missing(row["what"]) else row["what"]
    return words.gettext("{partner}: {what}").format(partner=who, what=what)


def _became(row: Mapping[Any, Any]) -> str:
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


def _why(row: Mapping[Any, Any]) -> str:
    """The reason and the help that is needed, as far as they are said."""
    reason = words.gettext("No reason given") if missing(row["reason"]) else str(row["reason"]).rstrip(".")
    if missing(row["help_needed"]):
        return reason
    text = words.gettext("{reason}. Needed: {help_needed}")
    return text.format(reason=reason, help_needed=clause(str(row["help_needed"])))


def kept_table(due: Published) -> dict[str, Any]:
    """Measure, caption and columns of the other promises that came due."""
    _ = words.gettext
    columns = {"what": _("Promise"), "partner": _("Who"), "due_originally": _("Due first"), "said": _("Now")}
    others = replace(due, frame=due.frame[~due.frame["standing"].isin(MISSED)])
    caption = _("Promises that came due and were kept, or were not yet to be")
    return {"p": others, "columns": columns, "caption": caption}


def ahead_table(ahead: Published, most: int = SOONEST) -> dict[str, Any]:
    """Measure, caption and columns of the promises ahead, the soonest first; what one lacks is said in its place."""
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
    return {"p": replace(ahead, frame=frame), "columns": columns, "caption": caption}


def all_ahead_table(ahead: Published) -> dict[str, Any]:
    """Every promise ahead, where the page shows the soonest only; else no row."""
    count = len(ahead.frame)
    every = ahead if count > SOONEST else replace(ahead, frame=ahead.frame.head(0))
    return ahead_table(every, max(count, 1))


def _by_when(row: Mapping[Any, Any]) -> str:
    if missing(row["due_now"]):
        return words.gettext("lacks a date")
    day = words.short_date(row["due_now"])
    if not bool(row["carried"]):
        return day
    return words.gettext("{day}; first {earlier}").format(day=day, earlier=words.short_date(row["due_originally"]))


def chain_table() -> dict[str, Any]:
    """Caption and columns of the table of decisions and what they led to."""
    _ = words.gettext
    columns = {"motion": _("Decision"), "what": _("Promise"), "partner": _("Who"), "said": _("Now")}
    columns |= {"replaced_by": _("Replaced by")}
    caption = _("From decisions to promises, and what became of them")
    return {"columns": columns, "caption": caption}
