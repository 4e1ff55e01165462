"""Charts' rows and tables of the action chapter, with cells that are words."""

from dataclasses import replace
from typing import Any

from alignkit.chapters.action import effect_sentences as effects
from alignkit.chapters.action.effect_exhibits import balance_table as balance_table
from alignkit.chapters.action.effect_exhibits import comparisons_table as comparisons_table
from alignkit.chapters.action.effect_exhibits import effects_drawn as effects_drawn
from alignkit.chapters.action.packet import show_packets as show_packets
from alignkit.chapters.action.sentences import stages, tier
from alignkit.chapters.action.unreached import unreached
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import missing
from alignkit.kit.columns import texts
from alignkit.kit.lists import names
from alignkit.kit.tables import Table
from alignkit.words.current import words

ROWS = 12
"""Practices in the chart that a board sees; the web has all."""
GAPS = 4
"""Practices in the table that a board sees."""


def reach_drawn(listed: Published, reach: Published) -> Published:
    """Who is reached by each practice in all, the best evidence first."""
    totals = reach.where(school_walls="all", site="all")
    tiers = dict(zip(listed.frame["practice_id"], listed.frame["evidence_tier"], strict=True))
    said = [tier(tiers.get(id_)) for id_ in totals.frame["practice_id"]]
    frame = totals.frame.assign(evidence=texts(said))
    return replace(totals, frame=frame.head(ROWS))


def reach_headings() -> dict[str, str]:
    """Headings of the table behind the chart of reach."""
    return {"practice": words.gettext("Practice"), "evidence": words.gettext("Evidence")}


def effects_headings() -> dict[str, str]:
    """Headings of the table behind the chart of effects."""
    return {"practice": words.gettext("Practice"), "verdict": words.gettext("Here")}


def gaps_table(listed: Published, reach: Published, could: Published, reviews: Published, gain: Published,
               weakest: int) -> Table:  # fmt: skip
    """The table of what works and could go further: strongest evidence first, then most missed."""
    _ = words.gettext
    whole = every_gap(listed, reach, could, reviews, gain, weakest)
    frame, columns = whole.rows.frame, {name: said for name, said in whole.columns.items() if name != "could_start"}
    caption = _("What works and could go further")
    if len(frame) > GAPS:
        caption = _("What works and could go further (the first {n} of {all}; the web has all)")
        caption = caption.format(n=words.number(GAPS), all=words.number(len(frame)))
    return Table(replace(whole.rows, frame=frame.head(GAPS)), columns, caption, whole.align)


def every_gap(listed: Published, reach: Published, could: Published, reviews: Published, gain: Published,
              weakest: int) -> Table:  # fmt: skip
    """The same of all practices that work, with the sites that could start."""
    _ = words.gettext
    frame = listed.frame[listed.frame["evidence_tier"] <= weakest].reset_index(drop=True)
    missed = {gap["practice_id"]: gap["missed"] for gap in unreached(listed, reach, weakest)}
    where = dict(zip(could.frame["practice_id"], could.frame["which"], strict=True))
    said = reviews.frame.drop_duplicates("practice_id").set_index("practice_id")["conclusion"]
    rows = frame.to_dict("records")
    more = {row["practice_id"]: effects.gain(row) for row in gain.frame.to_dict("records")}
    cells = {
        "gain": [more.get(row["practice_id"], "") for row in rows],
        "used": [stages(row) for row in rows],
        "missed": [_missed(row, missed) for row in rows],
        "could_start": [names(list(where.get(row["practice_id"], ()))) for row in rows],
        "concluded": ["" if missing(said.get(row["practice_id"])) else said[row["practice_id"]] for row in rows],
    }
    frame = frame.assign(**{name: texts(said) for name, said in cells.items()})
    order = [(id_ not in more, -missed.get(id_, 0)) for id_ in frame["practice_id"]]
    frame = frame.assign(here=[first for first, _missed in order], order=[last for _here, last in order])
    frame = frame.sort_values(["here", "evidence_tier", "order", "practice"]).drop(columns=["here", "order"])
    columns = {"practice": _("Practice"), "used": _("In use at"), "missed": _("Not reached")}
    columns |= {"gain": _("More proficient if all were")} if more else {}
    columns |= {"could_start": _("Could start at"), "concluded": _("Practitioners concluded")}
    p, caption = replace(listed, frame=frame), _("Every practice that works, and where it could go further")
    return Table(p, columns, caption, {"missed": "right"})


def _missed(row: Any, missed: dict[Any, int]) -> str:
    if row["practice_id"] in missed:
        return words.number(missed[row["practice_id"]])
    return words.gettext("not known or hidden") if row["sites"] else ""


def listed_table(listed: Published, found: Published) -> Table:
    """The table of all practices with their evidence."""
    _ = words.gettext
    rows = listed.frame.to_dict("records")
    here = {row["practice_id"]: effects.word(row) for row in effects.readable(found).frame.to_dict("records")}
    cells = {
        "tier": [tier(row["evidence_tier"]) for row in rows],
        "used": [stages(row) for row in rows],
        "seen": [_fidelity(row) for row in rows],
        "here": [here.get(row["practice_id"], _("not known: no comparison was agreed")) for row in rows],
    }
    frame = listed.frame.assign(**{name: texts(column) for name, column in cells.items()})
    columns = {
        "practice": _("Practice"),
        "outcome": _("Outcome"),
        "tier": _("Evidence"),
        "evidence_source": _("Source"),
    }
    columns |= {"used": _("In use at"), "stopped": _("Given up at"), "seen": _("Core components seen")}
    columns |= {"here": _("Effect here")}
    caption = _("Every practice listed, its evidence and its use")
    return Table(replace(listed, frame=frame), columns, caption)


def _fidelity(row: Any) -> str:
    if not row["fidelity_sites"]:
        return words.gettext("not known")
    text = words.gettext("{share} ({n} of {of} sites looked at)")
    return text.format(
        share=words.percent(100 * row["fidelity"]), n=words.number(row["fidelity_sites"]), of=words.number(row["sites"])
    )


def sites_table(reach: Published) -> Table:
    """The table of reach by site."""
    _ = words.gettext
    sites = replace(reach, frame=reach.frame[reach.frame["site"] != "all"])
    return Table(sites, _reach_columns({"site": _("Site"), "partner": _("Run by")}), _("Reach by site"))


def walls_table(reach: Published) -> Table:
    """The table of reach inside and outside the school walls."""
    _ = words.gettext
    rows = reach.frame[(reach.frame["site"] == "all") & (reach.frame["school_walls"] != "all")]
    rows = rows.reset_index(drop=True)
    sides = {"inside": _("inside"), "outside": _("outside")}
    rows = rows.assign(walls=texts([sides.get(side, _("not known")) for side in rows["school_walls"]]))
    caption = _("Reach inside and outside the school walls, by the partner that runs the site")
    columns = _reach_columns({"walls": _("School walls")})
    return Table(replace(reach, frame=rows), columns, caption)


def _reach_columns(more: dict[str, str]) -> dict[str, str]:
    _ = words.gettext
    columns = {"practice": _("Practice")} | more | {"numerator": _("Reached"), "denominator": _("Eligible")}
    return columns | {"text": _("Share"), "low": _("From"), "high": _("To")}


def times_table(times: Published) -> Table:
    """The table of months from pilot to standard practice."""
    _ = words.gettext
    rows = times.frame[times.frame["practice_id"] != "all"].reset_index(drop=True)
    median = [_("not yet") if missing(value) else words.number(round(value)) for value in rows["value"]]
    rows = rows.assign(median=texts(median))
    columns = {
        "practice": _("Practice"),
        "pilots": _("Pilots"),
        "became": _("Became standard"),
        "waiting": _("Pilots still"),
    }
    columns |= {"stopped": _("Given up"), "median": _("Months until half were standard")}
    caption = _("From pilot to standard practice (Kaplan–Meier; pilots given up count as not yet there)")
    p = replace(times, frame=rows)
    return Table(p, columns, caption, {"median": "right"})


def reviews_table(reviews: Published) -> Table:
    """The table of what practitioners concluded."""
    _ = words.gettext
    columns = {"looked_at": _("Looked at"), "reviewed_on": _("On"), "participants": _("Practitioners")}
    columns |= {"conclusion": _("Concluded"), "next_step": _("Next")}
    return Table(reviews, columns, _("What practitioners last concluded, and what they asked for"))


def matched_table(matched: Published) -> Table:
    """The table of what data holders counted."""
    _ = words.gettext
    columns = {"practice": _("Practice"), "result": _("Result"), "numerator": _("Had it"), "denominator": _("Matched")}
    columns |= {"text": _("Share"), "matched_on": _("Matched on")}
    return Table(matched, columns, _("Participants matched by data holders: counts, not effects"))


def served_table(served: Published) -> Table:
    """The table of clients by practice."""
    _ = words.gettext
    columns = {"practice": _("Practice"), "value": _("Clients")}
    caption = _("Clients partners began to serve with a practice in the past year, on record")
    return Table(served, columns, caption)
