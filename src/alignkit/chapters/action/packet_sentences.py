"""The second page of a practitioners' packet: what is done about an outcome, what was concluded, what to ask."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from alignkit.chapters.action import effect_sentences as effects
from alignkit.chapters.action.sentences import stages, tier
from alignkit.chapters.action.unknown_effects import NONE, cure, reason
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import clause, out_of
from alignkit.words.current import words

PRACTICES, QUESTIONS, REVIEWS = 5, 4, 3
"""Rows that fit one page."""
Rows = tuple[tuple[str, ...], ...]


def practices(listed: pd.DataFrame, reach: Published, found: Published) -> tuple[tuple[str, ...], Rows]:
    """Columns and rows of one outcome's practices, the best evidence first: where, for whom, and what they change."""
    _ = words.gettext
    columns = (_("Practice"), _("Studies elsewhere"), _("In use at"), _("Reached, of those eligible"), _("Here"))
    reached = _reached(reach)
    said = {row["practice_id"]: row for row in effects.readable(found).frame.to_dict("records")}
    rows = tuple(
        (row["practice"], tier(row["evidence_tier"]), stages(row),
         reached.get(row["practice_id"], _("not known or hidden")), _here(said.get(row["practice_id"])))
        for row in listed.head(PRACTICES).to_dict("records")
    )  # fmt: skip
    return columns, rows


def reviews(looked: pd.DataFrame) -> tuple[tuple[str, ...], Rows]:
    """Columns and rows of what practitioners concluded, the newest first."""
    _ = words.gettext
    columns = (_("Looked at"), _("On"), _("Concluded"), _("Next"))
    return columns, tuple(
        (row["looked_at"], words.date(row["reviewed_on"]), row["conclusion"], row["next_step"])
        for row in looked.head(REVIEWS).to_dict("records")
    )


def questions(listed: pd.DataFrame, looked: pd.DataFrame, reach: Published, found: Published) -> list[str]:
    """What to ask of this outcome's data, from this cycle's numbers; at most four."""
    _ = words.gettext
    asked = [_("Last time: {step} What happened?").format(step=f"“{row['next_step']}”")
             for row in looked.head(1).to_dict("records")]  # fmt: skip
    totals = reach.where(school_walls="all", site="all").shown.dropna(subset=["numerator", "denominator"])
    own = totals[totals["practice_id"].isin(listed["practice_id"])].copy()
    own["missed"] = own["denominator"].astype(int) - own["numerator"].astype(int)
    for row in own.sort_values("missed", ascending=False).head(1).to_dict("records"):
        text = _("Why does {practice} reach {n} of {of} who could have it? Who are the others?")
        asked.append(text.format(practice=row["practice"], n=words.number(row["numerator"]),
                                 of=words.number(row["denominator"])))  # fmt: skip
    asked += _about_effects(listed, found)
    asked.append(_("Which children do we see least, and what do we know of them that is not on this sheet?"))
    return asked[:QUESTIONS]


def _about_effects(listed: pd.DataFrame, found: Published) -> list[str]:
    _ = words.gettext
    said = {row["practice_id"]: row for row in effects.readable(found).frame.to_dict("records")}
    for row in listed[listed["sites"] > 0].to_dict("records"):
        known = said.get(row["practice_id"])
        code = NONE if known is None else known["reason"]
        if known is None or known["word"] == "not known":
            text = _("We do not know whether {practice} works here. Could we {cure}?")
            need = cure(code) or cure(NONE)
            return [text.format(practice=row["practice"], cure=clause(need))]
    good = set(effects.works_here(found))
    return [_("{practice} gets results here. Who could take it up next?").format(practice=name)
            for name in listed["practice"] if name in good][:1]  # fmt: skip


def _reached(reach: Published) -> dict[Any, str]:
    totals = reach.where(school_walls="all", site="all").shown.dropna(subset=["numerator", "denominator"])
    return {row["practice_id"]: out_of(row["numerator"], row["denominator"]) for row in totals.to_dict("records")}


def _here(row: Mapping[Any, Any] | None) -> str:
    _ = words.gettext
    code = NONE if row is None else row["reason"]
    if row is None or row["word"] == "not known":
        return _("not known: {reason}").format(reason=reason(code))
    return effects.word(row)


def captions() -> tuple[str, str, str]:
    """Of the practices, of what was concluded, of the questions."""
    _ = words.gettext
    return _("What is done about it"), _("What practitioners last concluded"), _("To talk about")
