"""Sentences about the story behind an outcome's curve: partners, practices, promises."""

from typing import Any

from alignkit.disclosure.published import Published
from alignkit.kit.amounts import clause, missing, small, tier
from alignkit.kit.lists import names
from alignkit.words.current import words

LISTED = 5
"""Names in one sentence before the rest is counted."""
PRACTICES, ACTIONS = 3, 3


def partners(parts: Published) -> str:
    """Who leads, who shares accountability, who contributes."""
    _, frame = words.gettext, parts.frame
    if frame.empty:
        return _("No partner is on record with a part in this outcome: it needs a lead.")
    named = {role: [str(n) for n in frame.loc[frame["role"] == role, "partner"]] for role in ("lead", "shared")}
    helps = [str(name) for name in frame.loc[frame["role"] == "contributor", "partner"]]
    said = [_("{lead} leads.").format(lead=named["lead"][0]) if named["lead"] else _("No partner leads yet.")]
    if named["shared"]:
        template = words.ngettext(
            "{partners} shares accountability.", "{partners} share accountability.", len(named["shared"])
        )
        said.append(template.format(partners=_first_of(named["shared"])))
    if helps:
        said.append(_("Contributing: {partners}.").format(partners=_first_of(helps)))
    return " ".join(said)


def story(parts: Published, works: Published) -> str:
    """Partners, then practices, in one paragraph."""
    return f"{partners(parts)} {practices(works)}"


def practices(works: Published) -> str:
    """Which practices have evidence for this outcome, and where they are in use."""
    _, frame = words.gettext, works.frame
    if frame.empty:
        return _("No practice with evidence has been listed for this outcome yet.")
    said = [_practice(row) for row in frame.head(PRACTICES).to_dict("records")]
    if len(frame) > PRACTICES:
        said.append(_("{n} more").format(n=words.number(len(frame) - PRACTICES)))
    return _("Practices with evidence: {practices}.").format(practices="; ".join(said))


def actions(promised: Published) -> tuple[str, ...]:
    """What was promised next, one sentence each; one that asks for a promise where there is none."""
    _, frame = words.gettext, promised.frame
    if frame.empty:
        return (_("No commitment to this outcome is on record for the time ahead: agree on who does what by when."),)
    said = [_action(row) for row in frame.head(ACTIONS).to_dict("records")]
    more = len(frame) - ACTIONS
    if more > 0:
        rest = words.ngettext("{n} more commitment is in the commitments chapter.",
                              "{n} more commitments are in the commitments chapter.", more)  # fmt: skip
        said.append(rest.format(n=words.number(more)))
    return tuple(said)


def _practice(row: dict[Any, Any]) -> str:
    _, n = words.gettext, int(row["sites"])
    strength = tier(row["evidence_tier"])
    if n == 0:
        return _("{practice} ({tier}), not in use here yet").format(practice=row["practice"], tier=strength)
    used = words.ngettext("{practice} ({tier}), at {n} site", "{practice} ({tier}), at {n} sites", n)
    return used.format(practice=row["practice"], tier=strength, n=small(n))


def _action(row: dict[Any, Any]) -> str:
    said = words.gettext("{partner}: {what}, by {date}").format(
        partner=row["partner"], what=clause(str(row["what"])), date=words.date(row["due_now"])
    )
    known = (
        ""
        if missing(row["measure"])
        else words.gettext("; how we will know: {measure}").format(measure=clause(str(row["measure"])))
    )
    return said + known + "."


def _first_of(partners: list[str]) -> str:
    return names(partners, LISTED, words.gettext("{n} more"))


def story_heading() -> str:
    """The heading over partners and practices."""
    return words.gettext("Partners with a part, and what works")
