"""Sentences of the advocacy chapter: published measures in, plain words out."""

from typing import Any

import pandas as pd

from alignkit.chapters.advocacy.measures import OPEN, policies_by_outcome
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import Row, missing, out_of, small
from alignkit.kit.columns import texts
from alignkit.kit.lists import names
from alignkit.last_book import Compares
from alignkit.words.current import words

MOST = 3
"""Things of one kind to do before the rest is left to the table."""


def answer(overview: Published, backing: Published) -> str:
    """The chapter in one sentence: does support follow the evidence, and against whose interest?"""
    _ = words.gettext
    if overview.frame.empty:
        return _("No policy that may be shown is on record, so nobody can be said to advocate for anything yet.")
    works, weaker = (_share(backing, evidence) for evidence in ("works", "weaker"))
    if not works[1] and not weaker[1]:
        return _("Nobody can be said to back what works yet: no position is stated on a policy that backs a listed "
                 "practice.")  # fmt: skip
    if not works[1]:
        return _("No position is stated on a policy with strong or moderate evidence; of the positions on weaker "
                 "evidence, {have} of {all} are in support.").format(**_counts(weaker))  # fmt: skip
    text = words.ngettext(
        "Where the evidence is strong or moderate, {have} of {all} stated positions is in support",
        "Where the evidence is strong or moderate, {have} of {all} stated positions are in support",
        works[0],
    ).format(**_counts(works))
    if despite := int(overview.frame.loc[overview.frame["evidence"] == "works", "despite"].sum()):
        text += words.ngettext(", {n} of them from a partner whose own grants or practices point elsewhere",
                               ", {n} of them from partners whose own grants or practices point elsewhere",
                               despite).format(n=words.number(despite))  # fmt: skip
    if weaker[1]:
        text += _("; where it is weaker, {have} of {all}").format(**_counts(weaker))
    return text + "."


def _share(backing: Published, evidence: str, interest: str = "all") -> tuple[int, int]:
    rows = backing.frame[(backing.frame["evidence"] == evidence) & (backing.frame["interest"] == interest)]
    return (int(rows["numerator"].sum()), int(rows["denominator"].sum()))


def _counts(share: tuple[int, int]) -> dict[str, str]:
    return {"have": words.number(share[0]), "all": words.number(share[1])}


def stage(name: str) -> str:
    """How far a policy has come, as a reader calls it."""
    _ = words.gettext
    return {
        "idea": _("idea"),
        "drafted": _("drafted"),
        "introduced": _("introduced"),
        "adopted": _("adopted"),
        "funded": _("funded"),
        "in_force": _("in force"),
    }[name]


def definitions() -> pd.DataFrame:
    """What counts as what, for the web: what, says (words)."""
    _ = words.gettext
    rows = [
        (_("Works: strong or moderate evidence"),
         _("tiers 1 and 2 of the federal education law (ESSA); of several practices that a policy backs, the weakest "
           "counts, as its money goes to all")),
        (_("Stands to gain"),
         _("the partner uses a practice that the policy would back, or is named in a running grant that must report "
           "the outcome")),
        (_("A stake elsewhere"),
         _("the partner uses another practice for the same outcome, or its running grants report other outcomes only; "
           "a rival practice counts before a grant")),
        (_("No stake"), _("neither is on record; contracts outside grants are in no table")),
        (_("Actions for a policy"), _("those of partners that do not oppose it")),
        (_("Rice index"), _("|for − against| of those for or against; the neutral are left out")),
        (_("Agreement index (Hix, Noury and Roland)"),
         _("counts the neutral, too: 0 where a third each are for, against and neutral")),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["what", "says"])


def moved(changes: Published, overview: Published, *, last_book: Compares) -> str:
    """Which policies moved to another stage and what was done for them since the last cycle. `last_book`
    (`c.last_book.compares`) says whether there is a book to compare with."""
    _ = words.gettext
    done = int(overview.frame["recent"].sum()) if len(overview.frame) else 0
    if last_book == "first":
        acted = words.ngettext("{n} action for a policy is on record.", "{n} actions for a policy are on record.", done)
        return acted.format(n=words.number(done)) if done else _("No action for a policy is on record yet.")
    if last_book == "lost":
        unknown = _("Which policies moved since the last book is not known; {acted}.")
        return unknown.format(acted=_acted(done))
    said = [_step(row) for row in changes.frame.to_dict("records")]
    steps = _("Since the last cycle, {steps}").format(steps=names(said)) if said else _(
        "Since the last cycle, no policy moved")  # fmt: skip
    return f"{steps}; {_acted(done)}."


def _acted(done: int) -> str:
    if not done:
        return words.gettext("no new action for a policy is on record")
    text = words.ngettext("partners took {n} action for a policy", "partners took {n} actions for a policy", done)
    return text.format(n=words.number(done))


def _step(row: Row) -> str:
    _, name = words.gettext, f"“{row['policy']}”"
    if missing(row["was"]):
        return _("{policy} is new ({stage})").format(policy=name, stage=stage(row["stage"]))
    return _("{policy} went from {was} to {stage}").format(
        policy=name, was=stage(row["was"]), stage=stage(row["stage"])
    )


def agenda(signers: Published) -> list[str]:
    """Of those that signed the advocacy agenda, who has spoken and who opposes what works; nothing without signers."""
    _, frame = words.gettext, signers.frame
    if frame.empty:
        return []
    text = words.ngettext(
        "{n} partner has signed the advocacy agenda; {spoke} stated a position on a policy shown here.",
        "{n} partners have signed the advocacy agenda; {spoke} stated a position on a policy shown here.",
        len(frame),
    )
    spoke = int(frame["spoke"].eq(True).sum())
    has = words.ngettext("{n} of them has", "{n} of them have", spoke).format(n=small(spoke))
    said = text.format(n=words.number(len(frame)), spoke=has)
    against = list(frame.loc[frame["opposes_what_works"].eq(True), "partner"])
    if against:
        opposed = words.ngettext("{names} opposes one with strong or moderate evidence.",
                                 "{names} oppose one with strong or moderate evidence.", len(against))  # fmt: skip
        said += " " + opposed.format(names=names(against))
    return [said]


def board_only(count: int) -> list[str]:
    """That policies were left out, and how many; nothing where none were."""
    if not count:
        return []
    text = words.ngettext("{n} policy is for the board only and neither shown nor counted here.",
                          "{n} policies are for the board only and neither shown nor counted here.", count)  # fmt: skip
    return [text.format(n=words.number(count))]


def action(overview: Published, matrix: Published) -> list[str]:
    """What to do: speak for what works before it is decided, ask for evidence, ask for a policy where there is none."""
    _ = words.gettext
    frame = overview.frame
    due = frame[frame["stage"].isin(OPEN) & (frame["evidence"] == "works") & (frame["recent"] == 0)]
    said = [_speak(row) for row in due.head(MOST).to_dict("records")]
    weak = frame[frame["stage"].isin(OPEN) & (frame["evidence"] == "weaker") & (frame["support"] > 0)]
    said += [
        _("Ask the supporters of “{policy}” what would show that it works; its evidence is weaker.").format(
            policy=row["policy"]
        )
        for row in weak.head(MOST).to_dict("records")
    ]
    holes = list(matrix.frame.loc[matrix.frame["standing"] == "hole", "outcome"]) if len(matrix.frame) else []
    if len(frame) and (frame["evidence"] == "none").all():
        said.append(_("Record which practices each policy would back (table policy_practices)."))
    elif holes:
        said.append(_("Nobody advocates for {names}: decide for which to ask for a policy.").format(
            names=names(holes)))  # fmt: skip
    return said or [_("Nothing is missing this cycle; keep on speaking for what works.")]


def _speak(row: Row) -> str:
    _ = words.gettext
    text = _("Speak for “{policy}” before the {government}: {stage} since {day}, {acted}.")
    said = {"stage": stage(row["stage"]), "day": words.date(row["stage_on"])}
    acted = _("no action since the last cycle") if row["acted"] else _("no action on record")
    return text.format(policy=row["policy"], government=row["government"], acted=acted, **said)


def numbers(overview: Published, backing: Published) -> dict[str, str]:
    """The plain numbers that a narrative may quote, by name. Policies for the board only are not counted.

    policies: how many policies are on record ("8")
    to_decide: how many of them a government has yet to decide ("5")
    actions: actions for a policy since the last cycle ("11")
    support_for_what_works: stated positions in support where the evidence is strong or moderate ("14 of 16")
    support_for_weaker: stated positions in support where the evidence is weaker ("3 of 9")
    against_interest: positions in support by partners whose own grants or practices point elsewhere ("4")
    """
    works, weaker = (_share(backing, evidence) for evidence in ("works", "weaker"))
    return {
        "policies": words.number(len(overview.frame)),
        "to_decide": words.number(int(overview.frame["stage"].isin(OPEN).sum())),
        "actions": words.number(int(overview.frame["recent"].sum())),
        "support_for_what_works": out_of(*works),
        "support_for_weaker": out_of(*weaker),
        "against_interest": words.number(int(overview.frame["despite"].sum())),
    }


def on_page_one(outcomes: pd.DataFrame, backed: pd.DataFrame, overview: pd.DataFrame) -> pd.DataFrame:
    """The chapter's column of the matrix on page one: each outcome's standing, and `said` in eight words or fewer."""
    frame = policies_by_outcome(outcomes, backed, overview)
    return frame.assign(said=texts(_standing(row) for row in frame.to_dict("records")))


def _standing(row: Row) -> str:
    _ = words.gettext
    if row["standing"] == "hole":
        return _("no policy on record for it")
    policies = words.count(row["policies"], "policy", "policies")
    if row["standing"] == "full":
        return _("{policies}, supported, {acted}").format(
            policies=policies, acted=words.count(row["acted"], "action", "actions"))  # fmt: skip
    if not row["supporters"]:
        return _("{policies}, nobody in support").format(policies=policies)
    if row["acted"]:
        return _("{policies}, none both supported and acted on").format(policies=policies)
    return _("{policies}, no action on record").format(policies=policies)


def in_months(days: Any) -> str:
    """How long something has lasted: "12 days", "5 months", "2 years"."""
    if missing(days):
        return words.gettext("not known")
    if days < 60:
        return words.count(int(days), "day", "days")
    months = round(int(days) / 30.44)
    return words.count(months, "month", "months") if months < 24 else words.count(months // 12, "year", "years")


def backing_caption() -> str:
    """What the chart of support shows."""
    return words.gettext("Stated positions in support, by the evidence and, where it is good, by the partner's stake")


def backing_alt(backing: Published) -> str:
    """The chart of support in words; `backing` as `exhibits.support_in_words` makes it."""
    _ = words.gettext
    said = [_("{who} {have} of {all}").format(who=row["who"], have=words.number(row["numerator"]),
                                              all=words.number(row["denominator"]))
            for row in backing.frame.to_dict("records")]  # fmt: skip
    return _("In support: {said}.").format(said="; ".join(said)) if said else _("No position is on record.")


def sectors_caption() -> str:
    """What the picture of policies and sectors shows."""
    return words.gettext("What the partners of each sector hold of each policy; blank: nobody spoke")


def sectors_alt(shown: Published) -> str:
    """The picture in words: the policy that most sectors support, and the one that most oppose or are split on."""
    _, frame = words.gettext, shown.frame
    if frame.empty or not (frame["held"] != "").any():
        return _("No partner has stated a position.")
    said = [
        text.format(policy=by.idxmax(), sectors=words.count(by.max(), "sector", "sectors"))
        for held, text in (
            (["support"], _("The widest support: “{policy}”, by {sectors}.")),
            (["oppose", "mixed"], _("The widest opposition, or division: “{policy}”, in {sectors}.")),
        )
        if len(by := frame[frame["held"].isin(held)].groupby("policy", sort=False).size())
    ]
    return " ".join(said) or _("Every sector that spoke is neutral.")
