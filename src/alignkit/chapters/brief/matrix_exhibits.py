"""Words of the matrix of outcomes and alignments: its columns, its holes, and why a column is blank."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from alignkit.chapters.brief import matrix as measures
from alignkit.contract.schema import schema
from alignkit.disclosure.published import Published
from alignkit.kit.drawing.matrix import Symbol
from alignkit.words.current import words

LISTED = 3
"""Names of outcomes in one sentence; of more, the others are counted."""


def alignments() -> dict[str, str]:
    """The five columns, by chapter id."""
    _ = words.gettext
    return {
        "leadership": _("Leadership"),
        "outcomes": _("Outcomes"),
        "action": _("Action"),
        "data_systems": _("Data systems"),
        "advocacy": _("Advocacy"),
    }


def symbols() -> dict[str, Symbol]:
    """What the standings look like."""
    _ = words.gettext
    return {
        "full": Symbol("full", _("in place")),
        "part": Symbol("half", _("in part")),
        "hole": Symbol("hole", _("nobody yet")),
        "": Symbol("blank", ""),
    }


def chart(grid: Published, blank: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """Measure, columns, caption, alternative text and symbols of the chart; the holes come first in the text."""
    heads = alignments()
    named = replace(grid, frame=grid.frame.assign(head=grid.frame["alignment"].map(heads)))
    columns = {"row": "outcome", "column": "head", "mark": "standing"}
    caption = words.gettext("What stands behind each outcome, alignment by alignment")
    alt = " ".join([*(nobody(grid) or [_no_holes(grid)]), *blanks(blank), _filled(grid)])
    headings = {"outcome": words.gettext("Outcome")}
    return {"p": named, **columns, "caption": caption, "alt": alt, "symbols": symbols(), "headings": headings}


def table(grid: Published) -> dict[str, Any]:
    """Measure, caption and columns of the same matrix in words."""
    frame = measures.wide(grid).assign(status="shown", text="")
    caption = words.gettext("What stands behind each outcome, in words")
    columns = {"outcome": words.gettext("Outcome"), **alignments()}
    return {"p": replace(grid, by=("outcome_id",), frame=frame), "columns": columns, "caption": caption}


def nobody(grid: Published) -> list[str]:
    """The holes, one sentence for each alignment that has any: "Nobody advocates for School attendance."."""
    total = grid.frame["outcome_id"].nunique()
    return [_hole(id_, found, len(found) == total) for id_, found in measures.holes(grid).items()]


def _hole(alignment: str, outcomes: list[str], every: bool) -> str:
    _ = words.gettext
    said = {
        "leadership": _("Nobody leads or shares {outcomes}."),
        "outcomes": _("Neither a result nor a goal is set for {outcomes}."),
        "action": _("No practice serves {outcomes}."),
        "data_systems": _("No data are held for {outcomes}."),
        "advocacy": _("Nobody advocates for {outcomes}."),
    }[alignment]
    return said.format(outcomes=_("any outcome") if every and len(outcomes) > 1 else some(outcomes))


def some(names: list[str]) -> str:
    """Names in a sentence; of more than three, the others are counted."""
    if len(names) <= LISTED + 1:
        return words.list(names)
    return words.list([*names[:LISTED], words.count(len(names) - LISTED, "other", "others")])


def _no_holes(grid: Published) -> str:
    if not (grid.frame["standing"] != "").any():
        return words.gettext("No chapter says yet what stands behind the outcomes.")
    return words.gettext("No outcome is without anybody in an alignment that is known.")


def _filled(grid: Published) -> str:
    """How much is in place: "Of 45 places: 20 in place, 12 in part, 13 empty."."""
    standing = grid.frame["standing"]
    count = {name: words.number(int((standing == name).sum())) for name in measures.STANDINGS}
    text = words.gettext("Of {known} places: {full} in place, {part} in part, {hole} empty.")
    return text.format(known=words.number(int((standing != "").sum())), **count)


def blanks(blank: Mapping[str, tuple[str, str]]) -> list[str]:
    """Why a column is blank, a sentence each."""
    _, heads = words.gettext, alignments()
    said = {
        "not_in_book": _("{column} is blank: this book has no such chapter."),
        "not_made": _("{column} is blank: its chapter could not be made in this run."),
        "no_table": _("{column} is blank: the community does not keep the table “{table}” yet."),
        "says_nothing": _("{column} is blank: its chapter says nothing about single outcomes."),
    }
    return [
        said[why].format(column=heads[id_], table=schema(table).title if table else "")
        for id_, (why, table) in blank.items()
    ]


def missing(grid: Published) -> dict[str, str]:
    """outcome_id → the alignments in which nobody stands behind it: "action, advocacy"; "" for none."""
    _ = words.gettext
    short = {
        "leadership": _("leaders"),
        "outcomes": _("measure"),
        "action": _("practice"),
        "data_systems": _("data"),
        "advocacy": _("advocacy"),
    }
    empty = grid.frame[grid.frame["standing"] == measures.HOLE]
    found = empty.groupby("outcome_id")["alignment"].agg(list).to_dict()
    return {id_: ", ".join(short[name] for name in found.get(id_, [])) for id_ in grid.frame["outcome_id"].unique()}
