"""Charts and tables of the action chapter: what is shown, its captions and columns, and cells that are words."""

from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.chapters.action import effect_sentences as effects
from alignkit.chapters.action.sentences import reach_alt, tier, unreached
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import missing
from alignkit.kit.lists import names
from alignkit.words.current import words

ROWS = 12
"""Practices in the chart that a board sees; the web has all."""
GAPS = 4
"""Practices in the table that a board sees."""


def reach_chart(listed: Published, reach: Published, weakest: int) -> dict[str, Any]:
    """Measure, caption, alternative text and columns of the chart of reach, the best evidence first."""
    _ = words.gettext
    totals = reach.where(school_walls="all", site="all")
    tiers = dict(zip(listed.frame["practice_id"], listed.frame["evidence_tier"], strict=True))
    said = [tier(tiers.get(id_)) for id_ in totals.frame["practice_id"]]
    frame = totals.frame.assign(evidence=_texts(said, totals.frame))
    caption = _("Children reached, of those eligible where the practice is in use")
    if len(frame) > ROWS:
        caption = _("Children reached, of those eligible where the practice is in use (the first {n} of {all})")
        caption = caption.format(n=words.number(ROWS), all=words.number(len(frame)))
    return {
        "p": replace(totals, frame=frame.head(ROWS)),
        "group": "practice",
        "section": "evidence",
        "dense": True,
        "caption": caption,
        "alt": reach_alt(listed, reach, weakest),
        "headings": {"practice": _("Practice"), "evidence": _("Evidence")},
    }


def gaps_table(listed: Published, reach: Published, could: Published, reviews: Published, gain: Published,
               weakest: int) -> dict[str, Any]:  # fmt: skip
    """Measure, caption and columns of what works and could go further: strongest evidence first, then most missed."""
    _ = words.gettext
    whole = every_gap(listed, reach, could, reviews, gain, weakest)
    frame, columns = whole["p"].frame, {name: said for name, said in whole["columns"].items() if name != "could_start"}
    caption = _("What works and could go further")
    if len(frame) > GAPS:
        caption = _("What works and could go further (the first {n} of {all}; the web has all)")
        caption = caption.format(n=words.number(GAPS), all=words.number(len(frame)))
    return {**whole, "p": replace(whole["p"], frame=frame.head(GAPS)), "columns": columns, "caption": caption}


def every_gap(listed: Published, reach: Published, could: Published, reviews: Published, gain: Published,
              weakest: int) -> dict[str, Any]:  # fmt: skip
    """The same of all practices that work, with the sites that could start."""
    _ = words.gettext
    frame = listed.frame[listed.frame["evidence_tier"] <= weakest]
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
    frame = frame.assign(**{name: _texts(texts, frame) for name, texts in cells.items()})
    order = [(id_ not in more, -missed.get(id_, 0)) for id_ in frame["practice_id"]]
    frame = frame.assign(here=[first for first, _missed in order], order=[last for _here, last in order])
    frame = frame.sort_values(["here", "evidence_tier", "order", "practice"]).drop(columns=["here", "order"])
    columns = {"practice": _("Practice"), "used": _("In use at"), "missed": _("Not reached")}
    columns |= {"gain": _("More proficient if all were")} if more else {}
    columns |= {"could_start": _("Could start at"), "concluded": _("Practitioners concluded")}
    p, caption = replace(listed, frame=frame), _("Every practice that works, and where it could go further")
    return {"p": p, "columns": columns, "caption": caption, "align": {"missed": "right"}}


def _missed(row: Any, missed: dict[Any, int]) -> str:
    if row["practice_id"] in missed:
        return words.number(missed[row["practice_id"]])
    return words.gettext("not known or hidden") if row["sites"] else ""


def stages(row: Any) -> str:
    """ "4 policy, 3 pilot", the firmest first; "nowhere yet"."""
    _ = words.gettext
    names_ = {"policy": _("{n} policy"), "standard_practice": _("{n} standard"), "pilot": _("{n} pilot")}
    said = [text.format(n=words.number(row[stage])) for stage, text in names_.items() if row[stage]]
    return ", ".join(said) or _("nowhere yet")


def _texts(texts: list[str], frame: pd.DataFrame) -> "pd.Series[Any]":
    return pd.Series(texts, frame.index, dtype=object)


def listed_table(listed: Published, found: Published) -> dict[str, Any]:
    """Measure, caption and columns of the table of all practices with their evidence."""
    _ = words.gettext
    rows = listed.frame.to_dict("records")
    here = {row["practice_id"]: effects.word(row) for row in effects.readable(found).frame.to_dict("records")}
    cells = {
        "tier": [tier(row["evidence_tier"]) for row in rows],
        "used": [stages(row) for row in rows],
        "seen": [_fidelity(row) for row in rows],
        "here": [here.get(row["practice_id"], _("not known: no comparison was agreed")) for row in rows],
    }
    frame = listed.frame.assign(**{name: _texts(texts, listed.frame) for name, texts in cells.items()})
    columns = {
        "practice": _("Practice"),
        "outcome": _("Outcome"),
        "tier": _("Evidence"),
        "evidence_source": _("Source"),
    }
    columns |= {"used": _("In use at"), "stopped": _("Given up at"), "seen": _("Core components seen")}
    columns |= {"here": _("Effect here")}
    caption = _("Every practice listed, its evidence and its use")
    return {"p": replace(listed, frame=frame), "columns": columns, "caption": caption}


def _fidelity(row: Any) -> str:
    if not row["fidelity_sites"]:
        return words.gettext("not known")
    text = words.gettext("{share} ({n} of {of} sites looked at)")
    return text.format(
        share=words.percent(100 * row["fidelity"]), n=words.number(row["fidelity_sites"]), of=words.number(row["sites"])
    )


def sites_table(reach: Published) -> dict[str, Any]:
    """Measure, caption and columns of reach by site."""
    _ = words.gettext
    sites = replace(reach, frame=reach.frame[reach.frame["site"] != "all"])
    return {
        "p": sites,
        "columns": _reach_columns({"site": _("Site"), "partner": _("Run by")}),
        "caption": _("Reach by site"),
    }


def walls_table(reach: Published) -> dict[str, Any]:
    """Measure, caption and columns of reach inside and outside the school walls."""
    _ = words.gettext
    rows = reach.frame[(reach.frame["site"] == "all") & (reach.frame["school_walls"] != "all")]
    sides = {"inside": _("inside"), "outside": _("outside")}
    rows = rows.assign(walls=_texts([sides.get(side, _("not known")) for side in rows["school_walls"]], rows))
    caption = _("Reach inside and outside the school walls, by the partner that runs the site")
    columns = _reach_columns({"walls": _("School walls")})
    return {"p": replace(reach, frame=rows), "columns": columns, "caption": caption}


def _reach_columns(more: dict[str, str]) -> dict[str, str]:
    _ = words.gettext
    columns = {"practice": _("Practice")} | more | {"numerator": _("Reached"), "denominator": _("Eligible")}
    return columns | {"text": _("Share"), "low": _("From"), "high": _("To")}


def times_table(times: Published) -> dict[str, Any]:
    """Measure, caption and columns of months from pilot to standard practice."""
    _ = words.gettext
    rows = times.frame[times.frame["practice_id"] != "all"]
    median = [_("not yet") if missing(value) else words.number(round(value)) for value in rows["value"]]
    rows = rows.assign(median=_texts(median, rows))
    columns = {
        "practice": _("Practice"),
        "pilots": _("Pilots"),
        "became": _("Became standard"),
        "waiting": _("Pilots still"),
    }
    columns |= {"stopped": _("Given up"), "median": _("Months until half were standard")}
    caption = _("From pilot to standard practice (Kaplan–Meier; pilots given up count as not yet there)")
    p = replace(times, frame=rows)
    return {"p": p, "columns": columns, "caption": caption, "align": {"median": "right"}}


def reviews_table() -> dict[str, Any]:
    """Caption and columns of what practitioners concluded."""
    _ = words.gettext
    columns = {"looked_at": _("Looked at"), "reviewed_on": _("On"), "participants": _("Practitioners")}
    columns |= {"conclusion": _("Concluded"), "next_step": _("Next")}
    return {"columns": columns, "caption": _("What practitioners last concluded, and what they asked for")}


def matched_table() -> dict[str, Any]:
    """Caption and columns of what data holders counted."""
    _ = words.gettext
    columns = {"practice": _("Practice"), "result": _("Result"), "numerator": _("Had it"), "denominator": _("Matched")}
    columns |= {"text": _("Share"), "matched_on": _("Matched on")}
    return {"columns": columns, "caption": _("Participants matched by data holders: counts, not effects")}


def served_table() -> dict[str, Any]:
    """Caption and columns of clients by practice."""
    _ = words.gettext
    columns = {"practice": _("Practice"), "value": _("Clients")}
    caption = _("Clients whom partners began to serve with a practice in the past year, on record")
    return {"columns": columns, "caption": caption}
