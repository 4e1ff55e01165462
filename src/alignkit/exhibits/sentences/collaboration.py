"""Sentences of the collaboration chapter: published measures in, plain words out."""

from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.exhibits.drawing.matrix import Symbol
from alignkit.exhibits.sentences.amounts import capitalized, missing, small
from alignkit.exhibits.sentences.leadership import names
from alignkit.measures.collaboration import NO_MEETING
from alignkit.words.words import Words

ROWS = 12
"""Institutions in the chart that a board sees; the web has all."""
ASKS = 3
"""Officers to ask, one sentence each."""


def answer(asked: Published, ways: Published, words: Words) -> str:
    """The chapter in one sentence: who is asked most, what is still to be signed, and in how many meetings."""
    _, frame = words.gettext, asked.frame
    if frame.empty:
        return _("No grant that is running asks an institution for its agreement.")
    open_, total = int(frame["open"].sum()), int(frame["grants"].sum())
    if ways.where(way="joint").frame["meetings"].sum() == 0:
        done = words.ngettext(
            "the one agreement that our grants need is signed",
            "all {n} agreements that our grants need are signed",
            total,
        )
        return _("{most}; {done}.").format(most=most(asked, words), done=done.format(n=words.number(total)))
    count = words.count(open_, "agreement", "agreements")
    waits = words.ngettext("{agreements} is still to be signed", "{agreements} are still to be signed", open_)
    text = _("{most}; {waits}, and {meetings}.")
    return text.format(most=most(asked, words), waits=waits.format(agreements=count), meetings=instead(ways, words))


def most(asked: Published, words: Words) -> str:
    """The institution that most grants ask."""
    _, frame = words.gettext, asked.frame
    top, grants = frame.iloc[0], len({name for which in frame["which"] for name in which})
    if int(top["grants"]) == 1:
        return _("No institution is asked by more than one grant")
    equal = int((frame["grants"] == top["grants"]).sum()) - 1
    all_of_them = _("all {grants}").format(grants=_grants(grants, words))
    by = all_of_them if int(top["grants"]) == grants else _grants(int(top["grants"]), words)
    if equal:
        others = words.ngettext("{n} other institution", "{n} other institutions", equal).format(n=small(equal, words))
        return _("{partner} and {others} are each asked by {grants}").format(
            partner=top["partner"], others=others, grants=by
        )
    return _("{partner} is asked by {grants}").format(partner=top["partner"], grants=by)


def _grants(n: int, words: Words) -> str:
    return words.ngettext("{n} grant", "{n} grants", n).format(n=small(n, words))


def instead(ways: Published, words: Words) -> str:
    """How many joint meetings take the place of how many separate ones."""
    _ = words.gettext
    by = ways.frame.set_index("way")["meetings"].astype(int)
    joint = words.ngettext("{n} meeting", "{n} joint meetings", by["joint"]).format(n=small(by["joint"], words))
    if by["joint"] >= by["alone"]:
        return words.ngettext(
            "{meetings} is needed: sharing would save none",
            "{meetings} are needed: sharing would save none",
            by["joint"],
        ).format(meetings=joint)
    text = words.ngettext("{joint} can take the place of {n}", "{joint} can take the place of {n}", by["joint"])
    return text.format(joint=joint, n=small(by["alone"], words))


def proof(ways: Published, words: Words) -> list[str]:
    """A caveat where it is not proven that fewer meetings cannot do, else none."""
    joint = ways.where(way="joint").frame.iloc[0]
    if joint["meetings"] == joint["at_least"]:
        return []
    text = words.gettext(
        "These {n} meetings may not be the fewest: the search was stopped, and it proves only that {least} or more are "
        "needed."
    )
    return [text.format(n=words.number(joint["meetings"]), least=words.number(joint["at_least"]))]


def visits(ways: Published, seats: int, agenda: int, words: Words) -> str:
    """What the meetings cost the institutions, and by which rules they were put together."""
    _ = words.gettext
    by = ways.frame.set_index("way")["visits"].astype(int)
    if by["joint"] == 0:
        return _("No joint meeting is needed.")
    text = _(
        "Institutions would be called together {joint}, not {alone}. At most {seats} institutions sit at one table and "
        "{grants} on one agenda; an institution comes once to all its grants, or as rarely as that allows."
    )
    joint, alone = (
        words.ngettext("{n} time", "{n} times", n).format(n=words.number(n)) for n in (by["joint"], by["alone"])
    )
    return text.format(joint=joint, alone=alone, seats=words.number(seats), grants=_grants(agenda, words))


def symbols(words: Words) -> dict[str, Symbol]:
    """What became of an agreement, as a mark."""
    _ = words.gettext
    return {
        "signed": Symbol("full", _("signed")),
        "due": Symbol("ring", _("still to sign")),
        "overdue": Symbol("hole", _("overdue")),
        "": Symbol("blank", ""),
    }


def _meeting(number: Any, words: Words) -> str:
    if number == NO_MEETING:
        return words.gettext("No meeting needed")
    return words.gettext("Meeting {n}").format(n=words.number(number))


def grid_chart(grid: Published, asked: Published, words: Words) -> dict[str, Any]:
    """Measure, caption, alternative text and columns of the grid a board sees: those who are still needed."""
    _, frame = words.gettext, grid.frame
    waiting = frame[frame["meeting"] != NO_MEETING]
    seats = (waiting if len(waiting) else frame)[["meeting", "partner_id"]].drop_duplicates()
    caption = _("Which grants ask which institutions, by the meeting proposed")
    if len(seats) > ROWS:
        caption = _(
            "Which grants ask which institutions, by the meeting proposed (the first {n} of {all}; the web has all)"
        )
        caption = caption.format(n=words.number(ROWS), all=words.number(len(seats)))
    shown = frame.merge(seats.head(ROWS), on=["meeting", "partner_id"])
    return {**_grid(replace(grid, frame=shown), asked, words), "caption": caption}


def whole_grid(grid: Published, asked: Published, words: Words) -> dict[str, Any]:
    """The same of all institutions, those that have signed everything at the end."""
    return {**_grid(grid, asked, words), "caption": words.gettext("Every institution that a grant asks")}


def _grid(p: Published, asked: Published, words: Words) -> dict[str, Any]:
    frame = p.frame.assign(at=pd.Series([_meeting(n, words) for n in p.frame["meeting"]], p.frame.index, dtype=object))
    columns = {"section": "at", "row": "partner", "column": "grant", "mark": "standing"}
    headings = {"at": words.gettext("Meeting"), "partner": words.gettext("Institution")}
    return {
        "p": replace(p, frame=frame),
        **columns,
        "symbols": symbols(words),
        "headings": headings,
        "alt": grid_alt(asked, words),
        "words": words,
    }


def grid_alt(asked: Published, words: Words) -> str:
    """The grid in words: the three most asked, and how their agreements stand."""
    _ = words.gettext
    if asked.frame.empty:
        return _("No agreement is asked for.")
    text = _("{partner}: {grants}, {signed} signed, {overdue} overdue")
    said = [
        text.format(
            partner=row["partner"],
            grants=_grants(int(row["grants"]), words),
            signed=words.number(row["signed"]),
            overdue=words.number(row["overdue"]),
        )
        for row in asked.frame.head(3).to_dict("records")
    ]
    return _("Most asked: {said}.").format(said="; ".join(said))


def action(to_ask: Published, proposed: Published, shared: Published, words: Words) -> list[str]:
    """What to do next: whom to ask once for several grants, which meeting to call, which report to share."""
    _ = words.gettext
    rows = to_ask.frame.to_dict("records")
    several = [row for row in rows if row["grants"] > 1]
    todo = [_ask(row, words) for row in (several or rows)[:ASKS]]
    meetings = [row for row in proposed.frame.to_dict("records") if len(row["grants"]) > 1]
    if meetings:
        call = _("Call meeting {n}: {partners}, for {grants}.")
        row = meetings[0]
        partners, grants = names(list(row["partners"]), words), names(list(row["grants"]), words)
        todo.append(call.format(n=words.number(row["meeting"]), partners=partners, grants=grants))
    reports = shared.frame[shared.frame["grants"] > 1].to_dict("records")
    if reports:
        once = _("Report {outcome} once: {grants} ask for it ({which}).")
        row = reports[0]
        which = names(list(row["which"]), words)
        todo.append(once.format(outcome=row["outcome"], grants=_grants(int(row["grants"]), words), which=which))
    return todo or [_("Nothing is to be asked for this cycle; thank the institutions for it.")]


def _ask(row: Any, words: Words) -> str:
    _, n = words.gettext, int(row["grants"])
    who, which = f"{row['signatory']} ({row['partner']})", names(list(row["which"]), words)
    once = words.ngettext("Ask {who} for {which}{when}.", "Ask {who} once for {grants}, {which}{when}.", n)
    when = "" if missing(row["due_on"]) else _(", before {date}").format(date=words.date(row["due_on"]))
    if row["overdue"]:
        when = _("; due {date} and not signed yet").format(date=words.date(row["due_on"]))
    return once.format(who=who, which=which, grants=_grants(n, words), when=when)


def at_once(found: Published, words: Words) -> list[str]:
    """The officer whom most grants asked in the newest quarter; none where no officer was asked twice."""
    if found.frame.empty:
        return []
    row = found.frame.iloc[0]
    quarter = words.period(row["period_start"], row["period_end"])
    text = words.gettext("Due in {quarter}: {grants} need the signature of {who} ({partners}): {which}.")
    who = {"who": row["signatory"], "partners": names(list(row["partners"]), words)}
    grants = _grants(int(row["grants"]), words)
    return [text.format(quarter=quarter, grants=grants, **who, which=names(list(row["which"]), words))]


def overlap(pairs: Published, words: Words) -> list[str]:
    """The two grants that share most institutions; none where no two share any."""
    some = pairs.frame[pairs.frame["shared"] > 0]
    if some.empty:
        return []
    row = some.iloc[0]
    text = words.gettext("{grant} and {other} share most: {institutions}.")
    count = words.count(row["shared"], "institution", "institutions")
    return [text.format(grant=row["grant"], other=row["other"], institutions=count)]


def outcomes(shared: Published, words: Words) -> list[str]:
    """Outcomes that several grants must report."""
    _, some = words.gettext, shared.frame[shared.frame["grants"] > 1]
    if shared.frame.empty:
        return [_("Which outcomes each grant must report is not on record (table grant_outcomes).")]
    if some.empty:
        return [_("No two grants must report the same outcome.")]
    said = [f"{row['outcome']} ({words.number(row['grants'])})" for row in some.to_dict("records")]
    return [_("Several grants must report: {outcomes}.").format(outcomes=names(said, words))]


def usual(meetings: Published, words: Words) -> list[str]:
    """Meetings that there are anyway; none where none are on record."""
    _ = words.gettext
    rows = meetings.frame.head(3).to_dict("records")
    if not rows:
        return []
    each = _("{meeting} (last {date})")
    said = [each.format(meeting=row["meeting"], date=words.date(row["last"])) for row in rows]
    return [_("They need not be new meetings; these are held anyway: {meetings}.").format(meetings=words.list(said))]


def numbers(asked: Published, ways: Published, words: Words) -> dict[str, str]:
    """The numbers that a narrative may quote, by name."""
    by = ways.frame.set_index("way")["meetings"]
    said = {"to_sign": words.number(asked.frame["open"].sum()), "agreements": words.number(asked.frame["grants"].sum())}
    said |= {"joint_meetings": words.number(by["joint"]), "separate_meetings": words.number(by["alone"])}
    return said | ({} if asked.frame.empty else {"most_asked": capitalized(most(asked, words))})
