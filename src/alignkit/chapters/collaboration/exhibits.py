"""Tables of the collaboration chapter, and the rows of its charts in words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from alignkit.chapters.collaboration import measures
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import out_of
from alignkit.kit.columns import texts
from alignkit.kit.drawing.matrix import Symbol
from alignkit.kit.lists import names
from alignkit.kit.tables import Table
from alignkit.words.current import words

MEETINGS = 4
"""Meetings in the table on the page; the web has the others."""


def grid_rows(grid: Published, most: int | None = None) -> Published:
    """The grid with its meetings in words (`meeting_said`): all of it, or only the first `most` institutions that a
    meeting is needed for."""
    frame = grid.frame
    if most is not None:
        frame = frame.merge(measures.seats_taken(frame).head(most), on=["meeting", "partner_id"])
    return replace(grid, frame=frame.assign(meeting_said=texts(_meeting(number) for number in frame["meeting"])))


def _meeting(number: int) -> str:
    if number == measures.NO_MEETING:
        return words.gettext("No meeting needed")
    return words.gettext("Meeting {n}").format(n=words.number(number))


def symbols() -> dict[str, Symbol]:
    """What the standings of an agreement look like in the grid."""
    _ = words.gettext
    return {
        "signed": Symbol("full", _("signed")),
        "due": Symbol("ring", _("still to sign")),
        "overdue": Symbol("hole", _("overdue")),
        "": Symbol("blank", ""),
    }


def grid_headings() -> dict[str, str]:
    """Headings of the table behind the grid."""
    return {"meeting_said": words.gettext("Meeting"), "partner": words.gettext("Institution")}


def meetings_table(proposed: Published) -> Table:
    """The first meetings proposed: who comes, for which grants, what is to sign, and the first due date."""
    table = _meetings_table(proposed)
    if len(proposed.frame) <= MEETINGS:
        return table
    caption = words.gettext("The first {n} of {all} meetings proposed; the web has all")
    caption = caption.format(n=words.number(MEETINGS), all=words.number(len(proposed.frame)))
    return replace(table, rows=replace(table.rows, frame=table.rows.frame.head(MEETINGS)), caption=caption)


def further_meetings_table(proposed: Published) -> Table:
    """The meetings that `meetings_table` leaves out."""
    table = _meetings_table(proposed)
    rest = replace(table.rows, frame=table.rows.frame.iloc[MEETINGS:])
    return replace(table, rows=rest, caption=words.gettext("The further meetings proposed"))


def _meetings_table(proposed: Published) -> Table:
    _, frame = words.gettext, proposed.frame
    rows = frame.to_dict("records")
    frame = frame.assign(
        officers_said=[names(list(row["officers"])) for row in rows],
        grants_said=[names(list(row["grants"])) for row in rows],
        to_sign=[_to_sign(row) for row in rows],
    )
    columns = {"meeting": _("Meeting"), "officers_said": _("Who comes"), "grants_said": _("For the grants"),
               "to_sign": _("To sign"), "due_on": _("First due")}  # fmt: skip
    return Table(replace(proposed, frame=frame), columns, _("The joint meetings proposed"), {"meeting": "left"})


def _to_sign(row: Mapping[Any, Any]) -> str:
    """ "3", or "3 (2 overdue)"."""
    if not row["overdue"]:
        return words.number(row["agreements"])
    text = words.gettext("{all} ({n} overdue)")
    return text.format(all=words.number(row["agreements"]), n=words.number(row["overdue"]))


def institutions_table(institutions: Published) -> Table:
    """How many grants need each institution's agreement, and how those stand."""
    _ = words.gettext
    columns = {"partner": _("Institution"), "grants": _("Grants"), "signed": _("Signed"), "due": _("Still to sign"),
               "overdue": _("Overdue"), "which": _("Which grants")}  # fmt: skip
    return Table(institutions, columns, _("How many grants need each institution's agreement"))


def officers_table(officers: Published) -> Table:
    """The officers whose signature is still needed."""
    _ = words.gettext
    columns = {"signatory": _("Who signs"), "partner": _("Institution"), "grants": _("Grants"), "which": _("Which"),
               "overdue": _("Overdue"), "due_on": _("First due")}  # fmt: skip
    return Table(officers, columns, _("Whose signature is still needed"))


def quarters_table(by_quarter: Published) -> Table:
    """The officers several grants ask in one quarter."""
    _ = words.gettext
    columns = {"signatory": _("Who signs"), "period_start": _("Quarter"), "grants": _("Grants"), "signed": _("Signed"),
               "which": _("Which")}  # fmt: skip
    return Table(by_quarter, columns, _("Officers several grants ask in one quarter"))


def shared_institutions_table(pairs: Published) -> Table:
    """The institutions that each two grants share, shares in percent; the caption names the two that share most."""
    _, frame = words.gettext, pairs.frame
    frame = frame.assign(
        jaccard_said=[words.percent(100 * share) for share in frame["jaccard"]],
        overlap_said=[words.percent(100 * share) for share in frame["overlap"]],
    )
    columns = {"grant": _("Grant"), "other": _("And"), "shared": _("Shared institutions"), "which": _("Which"),
               "jaccard_said": _("Of all that either asks (Jaccard)"),
               "overlap_said": _("Of the smaller one's (overlap)")}  # fmt: skip
    return Table(replace(pairs, frame=frame), columns, _most_shared(pairs),
                 {"jaccard_said": "right", "overlap_said": "right"})  # fmt: skip


def _most_shared(pairs: Published) -> str:
    _ = words.gettext
    if pairs.frame.empty or int(pairs.frame["shared"].max()) == 0:
        return _("No two grants ask the same institution")
    row = pairs.frame.iloc[0]
    count = words.count(row["shared"], "institution", "institutions")
    text = _("Institutions that pairs of grants share; {grant} and {other} share the most, {institutions}")
    return text.format(grant=row["grant"], other=row["other"], institutions=count)


def shared_outcomes_table(outcomes: Published) -> Table:
    """The outcomes that grants must report."""
    _, several = words.gettext, int((outcomes.frame["grants"] > 1).sum())
    columns = {"outcome": _("Outcome"), "grants": _("Grants"), "which": _("Which"), "reports": _("What they ask for")}
    caption = _("Outcomes that grants must report; {share} to several grants")
    return Table(outcomes, columns, caption.format(share=out_of(several, len(outcomes.frame))))
