"""Sentences of the commitments chapter: published measures in, plain words out."""

from alignkit.disclosure.published import Published
from alignkit.kit.amounts import clause
from alignkit.words.current import words

MISSED = ("not_done", "overdue", "late", "dropped")


def standing(name: str) -> str:
    """A commitment's standing as a reader calls it."""
    _ = words.gettext
    return {
        "kept": _("kept"), "late": _("late"), "not_done": _("not done"), "overdue": _("overdue with no word yet"),
        "dropped": _("dropped"), "open": _("open"),
    }[name]  # fmt: skip


def answer(counts: Published) -> str:
    """How many of the promises that came due were kept, and the status of the rest."""
    _ = words.gettext
    by = dict(zip(counts.frame["standing"], counts.frame["count"].astype(int), strict=True))
    total = sum(by.values())
    if total == 0:
        return _("No promise came due this cycle.")
    rest = [f"{words.number(by[name])} {standing(name)}" for name in (*MISSED, "open") if by.get(name)]
    if total == 1:
        became = standing(next(name for name, count in by.items() if count))
        return _("The one promise that came due: {became}.").format(became=became)
    text = words.ngettext("{kept} of the {total} promises that came due was kept",
                          "{kept} of the {total} promises that came due were kept", by["kept"]).format(
        kept=words.number(by["kept"]), total=words.number(total))  # fmt: skip
    return text + (f"; {words.list(rest)}." if rest else ".")


def standing_caption() -> str:
    """What the bar of standings shows."""
    return words.gettext("Status of the promises that came due")


def ahead_heading() -> str:
    """The section on promises that lie ahead."""
    return words.gettext("What lies ahead")


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
    """ "9 of 14": promises kept, of those that came due; "none due"."""
    by = counts.frame.set_index("standing")["count"]
    if not by.sum():
        return words.gettext("none due")
    return words.gettext("{have} of {of}").format(have=words.number(by["kept"]), of=words.number(by.sum()))


def numbers(counts: Published, ahead: Published) -> dict[str, str]:
    """The plain numbers that a narrative may quote, by name. All but `due_later` count commitments that came due.

    kept: commitments kept, of all that came due ("9 of 14", "none due")
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
