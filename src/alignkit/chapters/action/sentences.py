"""Sentences of the action chapter: published measures in, plain words out. What a practice changes here is said by
`effects` alone, from comparisons."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from alignkit.chapters.action import effect_sentences as effects
from alignkit.chapters.action.measures import NO_STUDY, practices_by_outcome
from alignkit.chapters.action.unreached import unreached
from alignkit.disclosure.published import Published
from alignkit.kit import amounts
from alignkit.kit.amounts import capitalized, clause, missing, out_of, small
from alignkit.kit.columns import texts
from alignkit.kit.lists import names
from alignkit.words.current import words

RESULTS = 2
"""Counts by data holders in the sentence; the web has all."""
ASKS, SITES, DOUBTS = 3, 4, 2
"""Practices that work with a sentence each on where they could go, sites in it (the last ones counted where there are
more), practices without a study."""


def tier(number: Any) -> str:
    """The strength of evidence, in the order and words of the federal education law (ESSA), as a heading."""
    evidence = capitalized(amounts.tier(number))
    if missing(number):
        return evidence
    return words.gettext("{evidence} (tier {n})").format(evidence=evidence, n=words.number(number))


def stages(row: Any) -> str:
    """ "4 policy, 3 pilot", the firmest first; "nowhere yet"."""
    _ = words.gettext
    names_ = {"policy": _("{n} policy"), "standard_practice": _("{n} standard"), "pilot": _("{n} pilot")}
    said = [text.format(n=words.number(row[stage])) for stage, text in names_.items() if row[stage]]
    return ", ".join(said) or _("nowhere yet")


def answer(listed: Published, reach: Published, found: Published, weakest: int) -> str:
    """The chapter in one sentence: which practices get results here, and which misses most of those it could reach."""
    _, frame = words.gettext, listed.frame
    if frame.empty:
        return _("No practice is listed yet: practitioners have not named any.")
    works = frame[frame["evidence_tier"] <= weakest]
    used = works[works["sites"] > 0]
    many = words.count(len(frame), "practice", "practices")
    if works.empty and not effects.works_here(found):
        text = _("Of {practices} listed, none works by studies elsewhere: there is nothing to spread yet.")
        return text.format(practices=many)
    if used.empty and not effects.works_here(found):
        text = words.ngettext(
            "Of {practices} listed, {n} works by studies elsewhere, none in use here.",
            "Of {practices} listed, {n} work by studies elsewhere, none in use here.",
            len(works),
        )
        return text.format(practices=many, n=small(len(works)))
    said = effects.summary(found, listed)
    gaps = unreached(listed, reach, weakest)
    if not gaps:
        return said + "."
    row = max(gaps, key=lambda gap: gap["missed"])
    most = _("{said}; {practice} misses most of those eligible where it is used, {n} of {of} children.")
    counts = {"n": words.number(row["missed"]), "of": words.number(row["of"])}
    return most.format(said=said, practice=row["practice"], **counts)


def reach_alt(listed: Published, reach: Published, weakest: int) -> str:
    """The chart of reach in words: the widest and the narrowest, and what is not known."""
    _ = words.gettext
    totals = reach.where(school_walls="all", site="all").shown.sort_values(["value", "practice"])
    if totals.empty:
        return _("Whom the practices reach is not known or hidden.")
    ends = [totals.iloc[-1]] if len(totals) == 1 else [totals.iloc[-1], totals.iloc[0]]
    said = "; ".join(_("{practice} reaches {share} of the children eligible where it is in use").format(
        practice=row["practice"], share=row["text"]) for row in ends)  # fmt: skip
    said = _("{said}.").format(said=said) if len(ends) == 1 else _("Widest to narrowest: {said}.").format(said=said)
    works = sum(gap["missed"] > 0 for gap in unreached(listed, reach, weakest))
    if not works:
        return said
    more = words.ngettext(
        "{n} practice that works does not reach everyone eligible.",
        "{n} practices that work do not reach everyone eligible.",
        works,
    ).format(n=capitalized(small(works)))
    return f"{said} {more}"


def on_page_one(listed: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """The chapter's column of the matrix on page one: each outcome's standing, and `said` in eight words or fewer."""
    frame = practices_by_outcome(listed, outcomes)
    return frame.assign(said=texts(in_squares(frame.to_dict("records"))))


def in_squares(rows: Sequence[Mapping[Any, Any]]) -> list[str]:
    """What stands in the square of an outcome: "two practices at five sites", "one practice, in use nowhere"."""
    _, said = words.gettext, []
    for row in rows:
        practices = words.ngettext("{n} practice", "{n} practices", int(row["in_use"] or row["practices"]))
        practices = practices.format(n=small(int(row["in_use"] or row["practices"])))
        sites = words.ngettext("{n} site", "{n} sites", int(row["sites"])).format(n=small(int(row["sites"])))
        text = _("{practices} at {sites}") if row["standing"] == "full" else _("{practices} piloted at {sites}")
        if not row["in_use"]:
            text = _("{practices} listed, in use nowhere") if row["practices"] else _("no practice listed")
        said.append(text.format(practices=practices, sites=sites))
    return said


def adoption(places: Published, times: Published) -> str:
    """How many uses there are inside and outside the school walls, and how long pilots take to become standard."""
    _ = words.gettext
    by = places.frame.set_index("school_walls")["uses"].astype(int)
    if by.sum() == 0:
        return _("No practice is in use yet.")
    uses = words.ngettext("Practices are in use {n} time", "Practices are in use {n} times", by.sum())
    first = _("{uses}: {inside} inside the school walls, {outside} outside{unknown}.").format(
        uses=uses.format(n=words.number(by.sum())),
        inside=words.number(by["inside"]),
        outside=words.number(by["outside"]),
        unknown=_(", {n} not known").format(n=words.number(by["not known"])) if "not known" in by else "",
    )
    return f"{first} {pilots(times)}"


def pilots(times: Published) -> str:
    """Within how many months half of the pilots became standard practice, and what became of the others."""
    _ = words.gettext
    row = times.where(practice_id="all").frame.iloc[0]
    if int(row["pilots"]) == 0:
        return _("No practice began as a pilot.")
    if int(row["pilots"]) == 1:
        return _one_pilot(row)
    all_of_them = words.count(row["pilots"], "pilot", "pilots")
    if missing(row["value"]):
        first = _("Of {pilots}, fewer than half have become standard practice so far")
        said = first.format(pilots=all_of_them)
    else:
        said = _("Of {pilots}, half became standard practice within {months} ({range})").format(
            pilots=all_of_them,
            months=words.count(round(row["value"]), "month", "months"),
            range=_range(row),
        )
    if int(row["waiting"]):
        still = words.ngettext("{n} is a pilot still", "{n} are pilots still", int(row["waiting"]))
        said += "; " + still.format(n=words.number(row["waiting"]))
    if int(row["stopped"]):
        stopped = words.ngettext("{n} was given up", "{n} were given up", int(row["stopped"]))
        said += "; " + stopped.format(n=words.number(row["stopped"]))
    return said + "."


def _one_pilot(row: Any) -> str:
    _ = words.gettext
    if int(row["became"]):
        months = words.count(round(row["value"]), "month", "months")
        return _("The one pilot became standard practice within {months}.").format(months=months)
    return _("The one pilot is a pilot still.") if int(row["waiting"]) else _("The one pilot was given up.")


def _range(row: Any) -> str:
    """How far chance alone could move the median."""
    _ = words.gettext
    low = words.number(round(row["low"])) if not missing(row["low"]) else "0"
    if missing(row["high"]):
        return _("{low} or more would fit").format(low=low)
    return _("{low} to {high} would fit").format(low=low, high=words.number(round(row["high"])))


def results(matched: Published) -> str:
    """What data holders counted among those matched, and that it tells of no effect."""
    _ = words.gettext
    if matched.frame.empty:
        return _("No data holder has matched participants yet.")
    rows = matched.shown.sort_values(["denominator", "practice"], ascending=[False, True]).to_dict("records")
    each = _("{practice}: {n} of {of} matched were {result}")
    said = [
        each.format(
            practice=row["practice"],
            of=words.number(row["denominator"]),
            n=words.number(row["numerator"]),
            result=row["result"],
        )
        for row in rows[:RESULTS]
    ]
    if not said:
        return _("What data holders counted is too small to show.")
    return _("{said}. Counts, not effects: they compare with nobody.").format(said="; ".join(said))


def action(listed: Published, reach: Published, could: Published, reviews: Published, found: Published) -> list[str]:
    """What to do next: reach those who are missed, start at further sites, look again at what no study supports, and
    agree on comparisons."""
    _ = words.gettext
    where = {row["practice_id"]: row for row in could.frame.to_dict("records")}
    weakest = max((int(row["evidence_tier"]) for row in where.values()), default=0)
    gaps = unreached(listed, reach, weakest)
    here = set(effects.works_here(found))
    gaps.sort(key=lambda gap: gap["practice"] not in here)
    todo = [_widen(gap, where.get(gap["practice_id"])) for gap in gaps if gap["missed"]][:ASKS]
    frame = listed.frame
    nowhere = list(frame.loc[(frame["sites"] == 0) & (frame["evidence_tier"] <= weakest), "practice"])
    if nowhere:
        todo.append(_("Find a first site for {practices}.").format(practices=names(nowhere, SITES)))
    asked = reviews.frame.drop_duplicates("practice_id").set_index("practice_id")["conclusion"]
    bare = frame[(frame["sites"] > 0) & (frame["evidence_tier"] >= NO_STUDY)]
    todo += [_doubt(row, asked.get(row["practice_id"])) for row in bare.head(DOUBTS).to_dict("records")]
    todo += effects.ask(listed, found)
    if frame.empty:
        return [_("Ask practitioners which practices they trust, and list these with their evidence.")]
    return todo or [_("Nothing is missing this cycle; thank those who do it.")]


def _widen(gap: Mapping[str, Any], could: Mapping[Any, Any] | None) -> str:
    _ = words.gettext
    text = _("{practice}: reach the {n} eligible children it misses").format(
        practice=gap["practice"], n=words.number(gap["missed"])
    )
    sites = [] if could is None else list(could["which"])
    if not sites:
        return text + "."
    some = names(sites, SITES, words.count(len(sites) - SITES + 1, "other site", "other sites"))
    return text + _("; ask {sites} to take it up.").format(sites=some)


def _doubt(row: Any, conclusion: Any) -> str:
    _ = words.gettext
    sites = words.ngettext("{n} site", "{n} sites", int(row["sites"])).format(n=small(int(row["sites"])))
    text = _("{practice}: decide whether {sites} should go on. No study supports it").format(
        practice=row["practice"], sites=sites
    )
    if missing(conclusion):
        return text + "."
    return text + _("; practitioners concluded: {conclusion}.").format(conclusion=clause(str(conclusion)))


def numbers(listed: Published, reach: Published, found: Published, could: Published, weakest: int) -> dict[str, str]:
    """The plain numbers that a narrative may quote, by name. A practice_id has underscores for its dashes.

    practices: how many practices are listed ("12")
    in_use: how many of them are in use at some site ("9")
    practices_that_work: how many work by studies elsewhere ("7")
    work_here: how many get results here, by a comparison planned beforehand ("1")
    sites_to_ask: sites that could take up a practice that works and have not ("14")
    reached_<practice_id>: eligible children reached where that practice is in use ("120 of 480"; "under 10%", "hidden")
    """
    frame = listed.frame
    works, used = frame[frame["evidence_tier"] <= weakest], frame[frame["sites"] > 0]
    sites = {site for row in could.frame.to_dict("records") for site in row["which"]}
    said = {"practices": len(frame), "in_use": len(used), "practices_that_work": len(works)}
    said |= {"work_here": len(effects.works_here(found)), "sites_to_ask": len(sites)}
    totals = reach.where(school_walls="all", site="all").frame
    by = {row["practice_id"]: _reached(row) for row in totals.to_dict("records")}
    reached = {name: by.get(name, words.gettext("not known")) for name in frame["practice_id"]}
    named = {f"reached_{str(name).replace('-', '_')}": text for name, text in reached.items()}
    return {name: words.number(count) for name, count in said.items()} | named


def _reached(row: Mapping[Any, Any]) -> str:
    """ "12 of 40" where both counts may be shown, else what may be read in their place."""
    if row["status"] != "shown" or missing(row["numerator"]) or missing(row["denominator"]):
        return str(row["text"])
    return out_of(row["numerator"], row["denominator"])


def reach_caption(reach: Published, drawn: Published) -> str:
    """What the chart of reach shows."""
    _ = words.gettext
    every = len(reach.where(school_walls="all", site="all").frame)
    if every <= len(drawn.frame):
        return _("Children reached, of those eligible where the practice is in use")
    caption = _("Children reached, of those eligible where the practice is in use (the first {n} of {all})")
    return caption.format(n=words.number(len(drawn.frame)), all=words.number(every))


def effects_caption() -> str:
    """What the chart of effects shows."""
    return words.gettext("What the practices change here, by comparisons with others")


def effects_measure() -> str:
    """What the axis of the chart of effects measures."""
    return words.gettext("More students proficient in 100, because of the practice")


def effects_in_words(found: Published) -> str:
    """Every comparison in a sentence: the chart of effects in words."""
    return " ".join(effects.told(found)) or words.gettext("No comparison is agreed yet.")


reach_where = effects.reach_where
