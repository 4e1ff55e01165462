"""Sentences of the commitments chapter: published measures in, plain words out."""

from dataclasses import replace
from typing import Any

from alignkit.disclosure.published import Published
from alignkit.exhibits.sentences.amounts import clause
from alignkit.measures.commitments import SAID
from alignkit.words.words import Words

MISSED = ("not_done", "overdue", "late", "dropped")


def standing(name: str, words: Words) -> str:
    """A commitment's standing as a reader calls it."""
    return words.gettext(SAID[name])


def answer(counts: Published, words: Words) -> str:
    """How many of the promises that came due were kept, and what became of the rest."""
    _ = words.gettext
    by = dict(zip(counts.frame["standing"], counts.frame["count"].astype(int), strict=True))
    total = sum(by.values())
    if total == 0:
        return _("No promise came due this cycle.")
    rest = [f"{words.number(by[name])} {standing(name, words)}" for name in (*MISSED, "open") if by.get(name)]
    if total == 1:
        became = standing(next(name for name, count in by.items() if count), words)
        return _("The one promise that came due: {became}.").format(became=became)
    text = _("{kept} of the {n} promises that came due were kept").format(
        kept=words.number(by["kept"]), n=words.number(total)
    )
    return text + (f"; {words.list(rest)}." if rest else ".")


def standing_chart(counts: Published, words: Words) -> dict[str, Any]:
    """Caption, alternative text and columns of the bar of standings."""
    caption = words.gettext("What became of the promises that came due since the last book")
    columns = {"status": "standing", "count": "count", "names": standings(words)}
    return {**columns, "caption": caption, "alt": answer(counts, words), "words": words}


def next_list(ahead: Published, words: Words) -> str:
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


def action(ahead: Published, due: Published, words: Words) -> list[str]:
    """What to do next: complete promises that cannot be checked, hear from partners that said nothing."""
    _ = words.gettext
    rows = ahead.frame.to_dict("records")
    todo = [
        _("Complete the promise “{what}”: it lacks {missing}.").format(
            what=clause(row["what"]), missing=missing_words(row["missing"], words)
        )
        for row in rows
        if row["missing"]
    ]
    silent = due.frame.loc[due.frame["standing"] == "overdue", "partner"].unique()
    if len(silent):
        ask = _("Hear today from {partners}: overdue, and no word yet.")
        todo.append(ask.format(partners=words.list(list(silent))))
    if rows:
        what, partner, day = clause(rows[0]["what"]), rows[0]["partner"], words.date(rows[0]["due_now"])
        todo.append(_("Next due: {what} ({partner}, {date}).").format(what=what, partner=partner, date=day))
    return todo or [_("Make the next promises: who, what, by when, and how we will know.")]


def missing_words(missing: str, words: Words) -> str:
    """Column names that are not filled in → what a promise lacks."""
    _ = words.gettext
    said = {"partner_id": _("a who"), "what": _("a what"), "due_now": _("a date"), "measure": _("a measure")}
    return words.list([said[name] for name in missing.split(", ")])


def kept(counts: Published, words: Words) -> str:
    """ "9 of 14": promises kept, of those that came due."""
    by = counts.frame.set_index("standing")["count"]
    return words.gettext("{have} of {of}").format(have=words.number(by["kept"]), of=words.number(by.sum()))


def standings(words: Words) -> dict[str, str]:
    """Every standing as a reader calls it, in the board's order."""
    return {name: standing(name, words) for name in ("kept", "open", *MISSED)}


def missed_table(due: Published, words: Words) -> dict[str, Any]:
    """Measure, caption and columns of the promises that came due and were not kept."""
    _ = words.gettext
    columns = {"what": _("Promise"), "partner": _("Who"), "due_originally": _("Due first"), "said": _("Now")}
    columns |= {"reason": _("Reason"), "new_due": _("New date"), "help_needed": _("Help needed")}
    missed = replace(due, frame=due.frame[due.frame["standing"].isin(MISSED)])
    return {"p": missed, "columns": columns, "caption": _("Promises that came due and were not kept"), "words": words}


def kept_table(due: Published, words: Words) -> dict[str, Any]:
    """Measure, caption and columns of the other promises that came due."""
    _ = words.gettext
    columns = {"what": _("Promise"), "partner": _("Who"), "due_originally": _("Due first"), "said": _("Now")}
    others = replace(due, frame=due.frame[~due.frame["standing"].isin(MISSED)])
    caption = _("Promises that came due and were kept, or were not yet to be")
    return {"p": others, "columns": columns, "caption": caption, "words": words}


def ahead_table(words: Words) -> dict[str, Any]:
    """Caption and columns of the table of promises ahead."""
    _ = words.gettext
    columns = {"what": _("What"), "partner": _("Who"), "due_now": _("By when"), "measure": _("How we will know")}
    return {"columns": columns, "caption": _("Who does what by when, and how we will know"), "words": words}


def chain_table(words: Words) -> dict[str, Any]:
    """Caption and columns of the table of decisions and what they led to."""
    _ = words.gettext
    columns = {"motion": _("Decision"), "what": _("Promise"), "partner": _("Who"), "said": _("Now")}
    columns |= {"replaced_by": _("Replaced by")}
    caption = _("From decisions to promises, and what became of them")
    return {"columns": columns, "caption": caption, "words": words}
