"""Sentences of the data-systems chapter: published measures in, plain words out."""

from typing import Any, Literal

import pandas as pd

from alignkit.chapters.data_systems import source_sentences as data_sources
from alignkit.disclosure.published import Published
from alignkit.kit import amounts
from alignkit.kit.lists import names
from alignkit.words.current import words


def answer(listed: Published, linked: Published, recall: Published, precision: Published) -> str:
    """The chapter in one sentence: what may be used, whom the links reach, how many they miss and get wrong."""
    _ = words.gettext
    sets, reach = _usable(listed), _total(linked)
    if reach is None:
        return _("{sets}; whether academic and service records can be combined, nobody can tell yet.").format(
            sets=amounts.capitalized(sets)
        )
    said = [sets, _("{share} of school-age clients are linked to a school record").format(share=reach["text"])]
    found, right = _total(recall), _total(precision)
    if found is not None:
        said.append(_found(found))
    if right is not None:
        said.append(_("{right} of the links are right").format(right=right["text"]))
    return _("Yes: {said}.").format(said=words.list(said))


def _usable(listed: Published) -> str:
    """How many of the data sets held may be used today, as a part of a sentence."""
    _, usable, of = words.gettext, int(listed.frame["usable"].sum()), len(listed.frame)
    if not of:
        return _("no data set is on record")
    sets = words.count(of, "data set", "data sets")
    return _("{n} of {sets} may be used today").format(n=words.number(usable), sets=sets)


def _total(p: Published) -> dict[Any, Any] | None:
    """The row for everyone, where something of it may be read."""
    if not {"subgroup_type", "status"} <= set(p.frame.columns):
        return None
    rows = p.frame[(p.frame["subgroup_type"] == "all") & p.frame["status"].isin(["shown", "band"])]
    return None if rows.empty else rows.iloc[0].to_dict()


def meaning(linked: Published) -> list[str]:
    """What a wrong link means for children; nothing where no records are kept that could be linked."""
    if linked.frame.empty:
        return []
    text = words.gettext(
        "A wrong link credits one child with another child's help, a missed one makes help look useless. Both fall "
        "hardest on children whose names are often misspelled, so every rate is checked by group."
    )
    return [text]


def how_sure(linked: Published, recall: Published, precision: Published) -> list[str]:
    """How the two rates are known, and how sure they are; nothing where no records are kept that could be linked."""
    _ = words.gettext
    if linked.frame.empty:
        return []
    found, right = _total(recall), _total(precision)
    said = []
    if found is not None and found["status"] == "shown":
        pairs = words.count(found["denominator"], "pair", "pairs")
        text = _("Of {pairs} known from consent forms and the like {share} are linked; chance could make it {span}.")
        said.append(text.format(pairs=pairs, share=found["text"], span=_span(found)))
    if right is not None:
        many = words.count(right["denominator"], "link", "links")
        said.append(
            _("Reviewers judged {links}, treated here as a random sample; their own errors are allowed for.").format(
                links=many
            )
        )
    return [" ".join(said) or _("How many links are right or missing is unknown until pairs are reviewed.")]


def _found(row: dict[Any, Any]) -> str:
    if row["status"] != "shown":
        return words.gettext("{found} of known pairs are found").format(found=row["text"])
    text = words.gettext("{found} of known pairs are found (chance could make it {span})")
    return text.format(found=row["text"], span=_span(row))


def _span(row: dict[Any, Any]) -> str:
    return words.span(row["low"], row["high"], "percent")


def linked_caption() -> str:
    """What the chart of links shows."""
    return words.gettext("School-age clients of services who are linked to a school record, by race and ethnicity")


def linked_alt(linked: Published) -> str:
    """The chart in words: everyone, the lowest and the highest group that is shown."""
    _ = words.gettext
    everyone = _total(linked)
    if everyone is None:
        return _("No links are known yet, so there is nothing to compare.")
    text = _("{share} of school-age clients are linked").format(share=everyone["text"])
    groups = linked.shown[linked.shown["subgroup_type"] == "race_ethnicity"].sort_values(["value", "group"])
    if len(groups) > 1:
        low, high = groups.iloc[0], groups.iloc[-1]
        text += _(", from {low} ({low_group}) to {high} ({high_group}) among the groups that are shown").format(
            low=low["text"], low_group=low["group"], high=high["text"], high_group=high["group"]
        )
    return text + "."


def covered(coverage: Published) -> str:
    """Of the students with a result, how many have a linked service record."""
    _ = words.gettext
    row = _total(coverage)
    if row is None:
        return _("Which students with a result also have a service record is not known.")
    text = _("Of {students} with a test result in the last year, {share} have a linked service record.")
    return text.format(students=words.count(row["denominator"], "student", "students"), share=row["text"])


def counts_only_place(linked: Published) -> Literal["both", "web"]:
    """Where counts that holders hand back are spoken of: on paper too, where no records are linked here."""
    return "both" if _total(linked) is None else "web"


def counts_only(returned: Published) -> str:
    """Which data holders hand back counts only."""
    _ = words.gettext
    if returned.frame.empty:
        return _("No data holder matches on its own premises and hands back counts.")
    parts = [
        _("{source}: {lookups} for {practices}, last on {date}").format(
            source=row["source"],
            lookups=words.count(row["lookups"], "result looked up", "results looked up"),
            practices=names(list(row["practices"])),
            date=words.date(row["newest"]),
        )
        for row in returned.frame.to_dict("records")
    ]
    return _("Some holders match records on their own premises and hand back counts only. {parts}.").format(
        parts="; ".join(parts)
    )


def actions(listed: Published, checks: Published, linked: Published) -> list[str]:
    """What to do next, one sentence each, the most urgent first."""
    _ = words.gettext
    todo = data_sources.actions(listed) + _reviews(checks)
    if _total(linked) is None:
        todo.append(_("Ask a school and a service for records that may be linked (tables students and clients)."))
    return todo or [_("Nothing is missing this cycle; keep agreements and data as fresh as they are.")]


def _reviews(checks: Published) -> list[str]:
    rows = checks.frame[checks.frame["check"] == "waiting"] if len(checks.frame) else checks.frame
    if rows.empty:
        return []
    waiting = rows.iloc[0]
    if waiting["status"] == "shown":
        many = words.count(waiting["numerator"], "pair", "pairs")
        text = words.gettext("Have a person look at {pairs} of records that the computer could not decide.")
        return [text.format(pairs=many)]
    return [words.gettext("Have a person look at the pairs of records that the computer could not decide.")]


def on_page_one(found: Published) -> pd.DataFrame:
    """One row per outcome for the brief's matrix: outcome_id, standing, said."""
    said = [outcome_data_said(row) for row in found.frame.to_dict("records")]
    return found.frame[["outcome_id", "standing"]].assign(said=said)


def outcome_data_said(row: dict[Any, Any]) -> str:
    """What data an outcome has, in eight words or fewer."""
    _ = words.gettext
    if row["practices"] > 0:
        practices = words.count(row["practices"], "practice", "practices")
        return _("services of {practices} linked to schools").format(practices=practices)
    if row["matched"] > 0:
        return _("counts matched by {holders}").format(holders=words.count(row["matched"], "holder", "holders"))
    if row["held"] > 0:
        return _("{sets} held, not linked").format(sets=words.count(row["held"], "data set", "data sets"))
    return _("no data set")


def numbers(listed: Published, linked: Published, recall: Published, precision: Published) -> dict[str, str]:
    """The plain numbers that a narrative may quote, by name.

    usable: data sets that may be used today ("7 of 11")
    linked_share: school-age clients linked to a school record ("82%", "under 10%", "hidden", "not known")
    found_share: of the pairs known to belong together, those linked (recall; "91%")
    right_share: of the links, those that are right (precision; "98%")
    """
    return {
        "usable": amounts.out_of(int(listed.frame["usable"].sum()), len(listed.frame)),
        "linked_share": _share(linked),
        "found_share": _share(recall),
        "right_share": _share(precision),
    }


def _share(p: Published) -> str:
    """What may be read of the row for everyone: a share, a band, that it is hidden; "not known" without a row."""
    rows = p.frame[p.frame["subgroup_type"] == "all"] if "subgroup_type" in p.frame else p.frame.head(0)
    return words.gettext("not known") if rows.empty else str(rows["text"].iloc[0])


def quality_heading() -> str:
    """The heading of the section on linkage quality."""
    return words.gettext("Linkage quality")


def linkage_explained(linked: Published, accept: float, review: float) -> list[str]:
    """How records are linked; nothing where no records are kept that could be linked."""
    if linked.frame.empty:
        return []
    text = words.gettext(
        "Two records are linked where names, birth date, sex and home together make it at least {accept} probable that "
        "they are one person, the birth dates agree or nearly do, and nobody else fits better. From {review} on a "
        "person looks. Race and ethnicity are never used to link, only to check who the links miss."
    )
    return [text.format(accept=words.percent(100 * accept), review=words.percent(100 * review))]
