"""Sentences of the leadership chapter: published measures in, plain words out."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from alignkit.chapters.leadership import measures
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import out_of
from alignkit.kit.code_lists import code_words
from alignkit.kit.lists import names
from alignkit.words.current import words


def element(name: str) -> str:
    """What a signature is on, as a reader calls it."""
    _ = words.gettext
    return {
        "vision": _("the common vision"),
        "data_standard": _("today's data standard"),
        "advocacy_agenda": _("advocacy for what works"),
    }[name]


def answer(signed: Published, parts: Published) -> str:
    """The chapter in one sentence: who has signed what, and how many outcomes lack a lead."""
    _ = words.gettext
    if not _totals(signed)["denominator"].any():
        return _("No partner is on record, so no one has agreed to anything yet.")
    have = [
        words.ngettext("{n} has signed {element}", "{n} have signed {element}", int(row["numerator"])).format(
            n=words.number(row["numerator"]), element=element(row["element"])
        )
        for row in _totals(signed).to_dict("records")
    ]
    of = words.count(_totals(signed)["denominator"].max(), "partner", "partners")
    return _("Of {partners}, {signed}; {leads}.").format(partners=of, signed=words.list(have), leads=_leads(parts))


def _totals(signed: Published) -> pd.DataFrame:
    return signed.frame[signed.frame["sector"] == "all"]


def _leads(parts: Published) -> str:
    _, frame = words.gettext, parts.frame
    without = int(frame["lead"].isna().sum())
    if frame.empty:
        return _("no outcome is adopted yet")
    if len(frame) == 1:
        return _("the one outcome has no lead") if without else _("the one outcome has a lead")
    outcomes = words.count(len(frame), "outcome", "outcomes")
    if without == 0:
        return _("every one of the {outcomes} has a lead").format(outcomes=outcomes)
    if without == len(frame):
        return _("none of the {outcomes} has a lead").format(outcomes=outcomes)
    text = words.ngettext("{n} of the {outcomes} has no lead", "{n} of the {outcomes} have no lead", without)
    return text.format(n=words.number(without), outcomes=outcomes)


def signed_caption() -> str:
    """What the chart of signatures shows."""
    return words.gettext("Partners that have signed, of all partners")


def signed_alt(signed: Published) -> str:
    """The chart of signatures in words: the totals, and the sector furthest behind on each element."""
    _ = words.gettext
    rows = _totals(signed)
    if not rows["denominator"].any():
        return _("No partner is on record.")
    said = [
        _("{share} partners have signed {element}").format(share=share(signed, name), element=element(name))
        + _fewest(signed.frame[(signed.frame["element"] == name) & (signed.frame["sector"] != "all")])
        for name in rows["element"]
    ]
    return "; ".join(said) + "."


def _fewest(sectors: pd.DataFrame) -> str:
    """The sector furthest behind; nothing where all of them are alike."""
    if sectors["value"].nunique() < 2:
        return ""
    least = sectors.sort_values(["value", "sector"]).iloc[0]
    return words.gettext(", fewest in {sector} ({share})").format(
        sector=code_words(least["sector"]).lower(), share=out_of(least["numerator"], least["denominator"])
    )


def _older(standing: Published) -> list[str]:
    """Partners that have signed an older version of the data standard only."""
    return [str(name) for found in standing.where(standing="older").frame["names"] for name in found]


def versions(standing: Published) -> str:
    """Who still has an older version of the data standard, or none."""
    _ = words.gettext
    older = _older(standing)
    if not older:
        return _("Nobody is bound to an older version of the data standard.")
    text = words.ngettext(
        "{names} has signed an older version of the data standard, which does not count as today's.",
        "{names} have signed an older version of the data standard, which does not count as today's.",
        len(older),
    )
    return text.format(names=names(older))


def coverage_caption() -> str:
    """What the grid of sectors and outcomes shows."""
    return words.gettext("Which sectors have taken a part in which outcome")


def coverage_alt(coverage: Published) -> str:
    """The grid in words: how much is filled, and which sector takes part in the fewest outcomes."""
    _ = words.gettext
    frame = coverage.frame
    if frame.empty:
        return _("There is no outcome or no partner yet.")
    filled = int((frame["role"] != "hole").sum())
    by_sector = frame.groupby("sector")["role"].agg(lambda roles: int((roles != "hole").sum()))
    text = _("{filled} of {squares} sector and outcome pairs are filled.").format(
        filled=words.number(filled), squares=words.number(len(frame))
    )
    if by_sector.nunique() > 1:
        text += " " + _("Fewest in {sector}: {outcomes}.").format(
            sector=code_words(by_sector.idxmin()).lower(), outcomes=words.count(by_sector.min(), "outcome", "outcomes")
        )
    return text


def action(parts: Published, standing: Published) -> list[str]:
    """What to do next, one sentence each: fill the holes, bring the data standard up to date."""
    _ = words.gettext
    todo = [] if len(parts.frame) else [_("Adopt the first outcomes, so that partners can answer for them.")]
    holes = parts.frame[parts.frame["hole"] != ""]
    for missing, rows in holes.groupby("hole", sort=False):
        ask = {
            "lead": _("Name a lead for {outcomes}."),
            "shared": _("Ask who shares accountability for {outcomes}."),
            "inside": _("Find a partner inside school for {outcomes}."),
            "outside": _("Find a partner outside school for {outcomes}."),
        }[str(missing)]
        todo.append(ask.format(outcomes=names(list(rows["outcome"]))))
    older = _older(standing)
    if older:
        todo.append(_("Ask for today's data standard: {names}.").format(names=names(older)))
    return todo or [_("Nothing is missing this cycle; thank the partners for it.")]


def attendance_caption() -> str:
    """What the chart of attendance shows."""
    return words.gettext("Share of invited partners that came, with the limits of what is usual")


def attendance(convenings: Published) -> str:
    """Who came to the last convening, and whether that is more or less than usual."""
    _ = words.gettext
    frame = convenings.frame
    if frame.empty:
        return _("No convening is on record yet.")
    last = frame.iloc[-1]
    text = _("{came} of {invited} partners came to {meeting} on {date}").format(
        came=words.number(last["numerator"]),
        invited=words.number(last["denominator"]),
        meeting=last["meeting"],
        date=words.date(last["held_on"]),
    )
    if len(frame) < 2:
        return text + "."
    usual = _("; anything from {low} to {high} is usual").format(
        low=words.percent(last["lower"]), high=words.percent(last["upper"])
    )
    signal = _(", so this is a real change") if bool(last["signal"]) else _(", so this is no sign of a change")
    trial = _(" (limits on trial until 12 convenings)") if bool(last["trial"]) else ""
    return text + usual + signal + trial + "."


def heaviest(load: Published) -> str:
    """The partners with the most outcomes on their shoulders, and how many have none."""
    _, frame = words.gettext, load.frame
    if not frame["total"].any():
        return _("No partner has a part in any outcome yet.")
    top = frame[frame["total"] == frame["total"].max()]
    outcomes = words.count(top["total"].iloc[0], "outcome", "outcomes")
    text = _("{partner} has a part in {outcomes}, more than any other").format(
        partner=top["partner"].iloc[0], outcomes=outcomes
    )
    if len(top) > 1:
        text = _("{partners} each have a part in {outcomes}").format(
            partners=names(list(top["partner"])), outcomes=outcomes
        )
    if none := int((frame["total"] == 0).sum()):
        text += "; " + words.ngettext(
            "{n} partner has no part in any", "{n} partners have no part in any", none
        ).format(n=words.number(none))
    return text + "."


def load_heading() -> str:
    """The section on who carries the load."""
    return words.gettext("Who carries the load")


def standard_heading() -> str:
    """The section on the data standard."""
    return words.gettext("The data standard")


def share(signed: Published, of: str) -> str:
    """ "27 of 40": partners that have signed one element."""
    row = signed.where(element=of, sector="all").frame.iloc[0]
    return out_of(row["numerator"], row["denominator"])


def without_lead(parts: Published) -> str:
    """ "2 of 9": outcomes in force that have no lead."""
    return out_of(int(parts.frame["lead"].isna().sum()), len(parts.frame))


def numbers(signed: Published, parts: Published) -> dict[str, str]:
    """The plain numbers that a narrative may quote, by name.

    partners: how many partners there are today ("40")
    signed_share: partners that signed the common vision ("27 of 40")
    standard_share: partners that signed today's data standard ("21 of 40")
    advocacy_share: partners that signed the advocacy agenda ("18 of 40")
    outcomes: how many outcomes are adopted ("9")
    without_lead: outcomes that have no lead ("2 of 9")
    """
    return {
        "partners": words.number(_totals(signed)["denominator"].max()),
        "outcomes": words.number(len(parts.frame)),
        "signed_share": share(signed, "vision"),
        "standard_share": share(signed, "data_standard"),
        "advocacy_share": share(signed, "advocacy_agenda"),
        "without_lead": without_lead(parts),
    }


def on_page_one(parts: Published) -> pd.DataFrame:
    """The chapter's column of the matrix on page one: outcome_id, standing, said ("a lead, shared by 3 partners")."""
    frame = parts.frame
    said = [_part(row) for row in frame.to_dict("records")]
    standing = measures.responsibility_standing(frame)
    return pd.DataFrame({"outcome_id": frame["outcome_id"], "standing": standing, "said": said})


def _part(row: Mapping[Any, Any]) -> str:
    _, led, shared = words.gettext, not pd.isna(row["lead"]), int(row["shared"])
    partners = words.count(shared, "partner", "partners")
    if led:
        return _("a lead, shared by {partners}").format(partners=partners) if shared else _("a lead, nobody shares it")
    if shared:
        return _("no lead, shared by {partners}").format(partners=partners)
    if not int(row["contributors"]):
        return _("nobody has a part")
    help_ = words.count(row["contributors"], "partner contributes", "partners contribute")
    return _("no lead, {partners_contribute}").format(partners_contribute=help_)
