"""Tables of the collaboration chapter: captions and columns, and cells that are words."""

from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit.lists import names
from alignkit.words.current import words

MEETINGS = 4
"""Meetings in the table that a board sees."""


def meetings_table(proposed: Published) -> dict[str, Any]:
    """Measure, caption and columns of the first meetings proposed."""
    found = _meetings(proposed)
    if len(proposed.frame) <= MEETINGS:
        return found
    caption = words.gettext("The first {n} of {all} meetings proposed; the web has all")
    caption = caption.format(n=words.number(MEETINGS), all=words.number(len(proposed.frame)))
    return {**found, "p": replace(found["p"], frame=found["p"].frame.head(MEETINGS)), "caption": caption}


def further_meetings(proposed: Published) -> dict[str, Any]:
    """The meetings that the first table leaves out."""
    found = _meetings(proposed)
    rest = replace(found["p"], frame=found["p"].frame.iloc[MEETINGS:])
    return {**found, "p": rest, "caption": words.gettext("The further meetings proposed")}


def _meetings(proposed: Published) -> dict[str, Any]:
    _, frame = words.gettext, proposed.frame
    rows = frame.to_dict("records")
    said = {f"{key}_said": [names(list(row[key])) for row in rows] for key in ("officers", "grants")}
    said |= {"to_sign": [to_sign(row) for row in rows]}
    frame = frame.assign(**{name: pd.Series(texts, frame.index, dtype=object) for name, texts in said.items()})
    columns = {"meeting": _("Meeting"), "officers_said": _("Who comes"), "grants_said": _("For the grants")}
    columns |= {"to_sign": _("To sign"), "due_on": _("First due")}
    caption = _("The joint meetings proposed")
    p = replace(proposed, frame=frame)
    return {"p": p, "columns": columns, "caption": caption, "align": {"meeting": "left"}}


def to_sign(row: Any) -> str:
    """ "3", or "3 (2 overdue)"."""
    if not row["overdue"]:
        return words.number(row["agreements"])
    text = words.gettext("{all} ({n} overdue)")
    return text.format(all=words.number(row["agreements"]), n=words.number(row["overdue"]))


def asked_table() -> dict[str, Any]:
    """Caption and columns of the table of institutions."""
    _ = words.gettext
    columns = {"partner": _("Institution"), "grants": _("Grants"), "signed": _("Signed"), "due": _("Still to sign")}
    columns |= {"overdue": _("Overdue"), "which": _("Which grants")}
    return {"columns": columns, "caption": _("How many grants need each institution's agreement")}


def ask_table() -> dict[str, Any]:
    """Caption and columns of the table of officers to ask."""
    _ = words.gettext
    columns = {"signatory": _("Who signs"), "partner": _("Institution"), "grants": _("Grants"), "which": _("Which")}
    columns |= {"overdue": _("Overdue"), "due_on": _("First due")}
    return {"columns": columns, "caption": _("Whose signature is still needed")}


def once_table() -> dict[str, Any]:
    """Caption and columns of the table of officers asked by several grants in one quarter."""
    _ = words.gettext
    columns = {"signatory": _("Who signs"), "period_start": _("Quarter"), "grants": _("Grants"), "signed": _("Signed")}
    columns |= {"which": _("Which")}
    return {"columns": columns, "caption": _("Officers whom several grants ask in one quarter")}


def pairs_table(pairs: Published) -> dict[str, Any]:
    """Measure, caption and columns of the table of pairs of grants, shares in percent."""
    _ = words.gettext
    shares = {f"{name}_said": [words.percent(100 * x) for x in pairs.frame[name]] for name in ("jaccard", "overlap")}
    frame = pairs.frame.assign(
        **{name: pd.Series(said, pairs.frame.index, dtype=object) for name, said in shares.items()}
    )
    columns = {"grant": _("Grant"), "other": _("And"), "shared": _("Shared institutions"), "which": _("Which")}
    columns |= {
        "jaccard_said": _("Of all that either asks (Jaccard)"),
        "overlap_said": _("Of the smaller one's (overlap)"),
    }
    sides = dict.fromkeys(("jaccard_said", "overlap_said"), "right")
    caption = most_shared(pairs)
    return {"p": replace(pairs, frame=frame), "columns": columns, "caption": caption, "align": sides}


def most_shared(pairs: Published) -> str:
    """The two grants that share most institutions."""
    _ = words.gettext
    if pairs.frame.empty or int(pairs.frame["shared"].max()) == 0:
        return _("No two grants ask the same institution")
    row = pairs.frame.iloc[0]
    count = words.count(row["shared"], "institution", "institutions")
    text = _("Institutions that each two grants share; {grant} and {other} most, {institutions}")
    return text.format(grant=row["grant"], other=row["other"], institutions=count)


def outcomes_table(shared: Published) -> dict[str, Any]:
    """Measure, caption and columns of the table of outcomes that grants must report."""
    _, several = words.gettext, int((shared.frame["grants"] > 1).sum())
    columns = {"outcome": _("Outcome"), "grants": _("Grants"), "which": _("Which"), "reports": _("What they ask for")}
    caption = _("Outcomes that grants must report; {n} of {all} to several grants")
    caption = caption.format(n=words.number(several), all=words.number(len(shared.frame)))
    return {"p": shared, "columns": columns, "caption": caption}
