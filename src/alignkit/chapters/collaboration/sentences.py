"""Sentences of the collaboration chapter: published measures in, plain words out."""

from typing import Any

from alignkit.chapters.collaboration.measures import seats_taken
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import capitalized, missing, small
from alignkit.kit.lists import names
from alignkit.words.current import words

ASKS = 3
"""Officers to ask, one sentence each."""


def answer(institutions: Published, ways: Published) -> str:
    """The chapter in one sentence: who is asked most, what is still to be signed, and in how many meetings."""
    _, frame = words.gettext, institutions.frame
    if frame.empty:
        return _("No grant that is running asks an institution for its agreement.")
    open_, total = int(frame["open"].sum()), int(frame["grants"].sum())
    if ways.where(way="joint").frame["meetings"].sum() == 0:
        done = words.ngettext(
            "the one agreement that our grants need is signed",
            "all {n} agreements that our grants need are signed",
            total,
        )
        return _("{most}; {done}.").format(most=most_asked(institutions), done=done.format(n=words.number(total)))
    count = words.count(open_, "agreement", "agreements")
    waits = words.ngettext("{agreements} is still to be signed", "{agreements} are still to be signed", open_)
    text = _("{most}; {waits}, and {meetings}.")
    return text.format(
        most=most_asked(institutions), waits=waits.format(agreements=count), meetings=meetings_saved(ways)
    )


def most_asked(institutions: Published) -> str:
    """The institution that most grants ask."""
    _, frame = words.gettext, institutions.frame
    top, grants = frame.iloc[0], len({name for which in frame["which"] for name in which})
    if int(top["grants"]) == 1:
        return _("No institution is asked by more than one grant")
    equal = int((frame["grants"] == top["grants"]).sum()) - 1
    all_of_them = _("both grants") if grants == 2 else _("all {grants}").format(grants=_grants(grants))
    by = all_of_them if int(top["grants"]) == grants else _grants(int(top["grants"]))
    if equal:
        others = words.ngettext("{n} other institution", "{n} other institutions", equal).format(n=small(equal))
        return _("{partner} and {others} are each asked by {grants}").format(
            partner=top["partner"], others=others, grants=by
        )
    return _("{partner} is asked by {grants}").format(partner=top["partner"], grants=by)


def _grants(n: int) -> str:
    return words.ngettext("{n} grant", "{n} grants", n).format(n=small(n))


def meetings_saved(ways: Published) -> str:
    """How many joint meetings take the place of how many separate ones."""
    _ = words.gettext
    by = ways.frame.set_index("way")["meetings"].astype(int)
    joint = words.ngettext("{n} meeting", "{n} joint meetings", by["joint"]).format(n=small(by["joint"]))
    if by["joint"] >= by["alone"]:
        return words.ngettext(
            "{meetings} is needed: sharing would save none",
            "{meetings} are needed: sharing would save none",
            by["joint"],
        ).format(meetings=joint)
    text = words.ngettext("{joint} can take the place of {n}", "{joint} can take the place of {n}", by["joint"])
    return text.format(joint=joint, n=small(by["alone"]))


def proof(ways: Published) -> list[str]:
    """A caveat where it is not proven that fewer meetings cannot do, else none."""
    joint = ways.where(way="joint").frame.iloc[0]
    if joint["meetings"] == joint["at_least"]:
        return []
    text = words.gettext(
        "These {n} meetings may not be the fewest: the search was stopped, and it proves only that {least} or more are "
        "needed."
    )
    return [text.format(n=words.number(joint["meetings"]), least=words.number(joint["at_least"]))]


def visits(ways: Published) -> str:
    """What the meetings cost the institutions, compared with what they would cost if each grant met alone."""
    _ = words.gettext
    by = ways.frame.set_index("way")["visits"].astype(int)
    if by["joint"] == 0:
        return _("No joint meeting is needed.")
    times = {str(way): words.ngettext("{n} time", "{n} times", n).format(n=words.number(n)) for way, n in by.items()}
    if by["joint"] == by["alone"]:
        return _("Institutions would be called together {joint}, as often as if each grant met alone.").format(**times)
    return _("Institutions would be called together {joint}, not {alone}.").format(**times)


def rules(ways: Published, usual: Published, at_table: int, agenda: int) -> list[str]:
    """By which rules the meetings were put together, and where they could be held; nothing where there are none."""
    _ = words.gettext
    if not ways.where(way="joint").frame["meetings"].sum():
        return []
    said = _(
        "At most {seats} sit at one table, and at most {grants} are on one agenda. An institution comes once for all "
        "the grants that need it, or as rarely as that allows; grants meet only where institutions link them."
    ).format(seats=words.count(at_table, "institution", "institutions"), grants=_grants(agenda))
    held = [str(name) for name in usual.frame["meeting"].head(3)]
    if not held:
        return [said]
    return [said, _("They need not be new dates; held anyway: {meetings}.").format(meetings=words.list(held))]


def grid_caption(first: Published, grid: Published) -> str:
    """What the chart shows: of all institutions that a meeting is needed for, how many are in `first`."""
    shown, count = (len(seats_taken(one.frame)) for one in (first, grid))
    if shown == count:
        return words.gettext("Which grants ask which institutions, by the meeting proposed")
    text = words.gettext(
        "Which grants ask which institutions, by the meeting proposed (the first {n} of {all}; the web has all)"
    )
    return text.format(n=words.number(shown), all=words.number(count))


def whole_grid_caption() -> str:
    """What the grid on the web shows."""
    return words.gettext("Every institution that a grant asks")


def grid_alt(institutions: Published) -> str:
    """The grid in words: the three most asked, and how their agreements stand."""
    _ = words.gettext
    if institutions.frame.empty:
        return _("No agreement is asked for.")
    text = _("{partner}: {grants}, {signed} signed, {overdue} overdue")
    said = [
        text.format(
            partner=row["partner"],
            grants=_grants(int(row["grants"])),
            signed=words.number(row["signed"]),
            overdue=words.number(row["overdue"]),
        )
        for row in institutions.frame.head(3).to_dict("records")
    ]
    return _("Most asked: {said}.").format(said="; ".join(said))


def action(officers: Published, proposed: Published, outcomes: Published) -> list[str]:
    """What to do next: whom to ask once for several grants, which meeting to call, which report to share."""
    _ = words.gettext
    rows = officers.frame.to_dict("records")
    several = [row for row in rows if row["grants"] > 1]
    todo = [_ask(row) for row in (several or rows)[:ASKS]]
    meetings = [row for row in proposed.frame.to_dict("records") if len(row["grants"]) > 1]
    if meetings:
        row = meetings[0]
        call = _("Call meeting {n} first: its first signature is due {date}.")
        if row["overdue"]:
            call = _("Call meeting {n} first: its first signature was due {date}.")
        todo.append(call.format(n=words.number(row["meeting"]), date=words.date(row["due_on"])))
    reports = outcomes.frame[outcomes.frame["grants"] > 1].to_dict("records")
    if reports:
        once, row = _("Report on {outcome} once: {grants} must."), reports[0]
        todo.append(once.format(outcome=row["outcome"], grants=_grants(int(row["grants"]))))
    return todo or [_("No agreement has to be asked for this cycle.")]


def _ask(row: Any) -> str:
    _, n = words.gettext, int(row["grants"])
    who, which = f"{row['signatory']} ({row['partner']})", names(list(row["which"]))
    once = words.ngettext("Ask {who} for {which}{when}.", "Ask {who} once for {grants}{when}.", n)
    when = "" if missing(row["due_on"]) else _(", due {date}").format(date=words.date(row["due_on"]))
    if row["overdue"]:
        when = _(", due since {date}").format(date=words.date(row["due_on"]))
    return once.format(who=who, which=which, grants=_grants(n), when=when)


def numbers(institutions: Published, ways: Published) -> dict[str, str]:
    """The plain numbers that a narrative may quote, by name.

    grants: how many running grants ask institutions for an agreement ("6")
    institutions: how many institutions they ask ("14")
    agreements: how many agreements they need ("31")
    signed: how many of those are signed ("19")
    to_sign: how many are still to be signed ("12")
    overdue: how many of those are overdue ("4")
    separate_meetings: meetings needed if each grant calls its own ("9")
    joint_meetings: meetings needed if grants meet together ("3")
    most_asked: the institution that most grants ask ("The school district is asked by five grants")
    """
    by, frame = ways.frame.set_index("way")["meetings"], institutions.frame
    counts = {"agreements": "grants", "signed": "signed", "to_sign": "open", "overdue": "overdue"}
    said = {name: words.number(frame[column].sum()) for name, column in counts.items()}
    said |= {"joint_meetings": words.number(by["joint"]), "separate_meetings": words.number(by["alone"])}
    said |= {"grants": words.number(len({name for which in frame["which"] for name in which}))}
    top = words.gettext("No grant asks an institution") if frame.empty else capitalized(most_asked(institutions))
    return said | {"institutions": words.number(len(frame)), "most_asked": top}
