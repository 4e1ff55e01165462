"""Charts' rows and tables of the advocacy chapter, codes in words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from alignkit.chapters.advocacy.sentences import in_months, stage
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import missing, tier
from alignkit.kit.code_lists import code_words
from alignkit.kit.columns import texts
from alignkit.kit.drawing.matrix import Symbol
from alignkit.kit.tables import Table
from alignkit.words.current import words

Row = Mapping[Any, Any]
LISTED = 10
"""Policies that one page holds; the web has all."""


def symbols() -> dict[str, Symbol]:
    """How each position is drawn."""
    _ = words.gettext
    return {
        "support": Symbol("full", _("support")),
        "mixed": Symbol("half", _("of several minds")),
        "neutral": Symbol("ring", _("neutral")),
        "oppose": Symbol("cross", _("oppose")),
        "": Symbol("blank", ""),
    }


def support_in_words(backing: Published) -> Published:
    """Support by evidence, and for what works by what partners have at stake, in words."""
    _ = words.gettext
    at_stake = {"all": "", "gains": _("… stands to gain"), "elsewhere": _("… stake elsewhere"), "none": _("… no stake")}
    evidence = {"works": _("Strong or moderate evidence"), "weaker": _("Weaker evidence")}
    frame = backing.frame[(backing.frame["denominator"] > 0) & backing.frame["evidence"].isin(list(evidence))]
    works = (frame["evidence"] == "works") & (frame["interest"] != "all")
    frame = frame[(frame["interest"] == "all") | (works & (works.sum() > 1))]  # one kind alone says nothing new
    order = frame.assign(first=frame["evidence"].map(list(evidence).index), then=frame["interest"].map(
        list(at_stake).index)).sort_values(["first", "then"], kind="stable")  # fmt: skip
    said = [evidence[row["evidence"]] if row["interest"] == "all" else at_stake[row["interest"]]
            for row in order.to_dict("records")]  # fmt: skip
    shown = order.drop(columns=["first", "then"]).assign(who=said).reset_index(drop=True)
    return replace(backing, frame=shown)


def positions_heading() -> dict[str, str]:
    """The heading of the positions in the table behind the chart."""
    return {"who": words.gettext("Positions")}


def positions_measure() -> str:
    """What the chart's axis measures."""
    return words.gettext("Positions in support")


def sectors_in_words(by_sector: Published) -> Published:
    """What each sector holds of each policy, sectors in words."""
    frame, unknown = by_sector.frame, words.gettext("Sector not known")
    sectors = texts(code_words(code) if code else unknown for code in frame["sector"])
    return replace(by_sector, frame=frame.assign(sector=sectors))


def every_policy(overview: Published) -> Table:
    """The table of policies with every policy, where the page cannot hold all; else without rows."""
    whole = overview if len(overview.frame) > LISTED else replace(overview, frame=overview.frame.iloc[:0])
    return _policies(whole, words.gettext("Every policy"))


def policies_table(overview: Published) -> Table:
    """The policies nearest to a vote: stage, evidence, positions."""
    _ = words.gettext
    caption = _("Policies still to be decided, then those decided: evidence, and partners for and against")
    if len(overview.frame) > LISTED:
        caption = _("The {n} policies nearest to a vote, of {all}: evidence, and partners for and against; the web has "
                    "all").format(n=LISTED, all=words.number(len(overview.frame)))  # fmt: skip
    return _policies(replace(overview, frame=overview.frame.head(LISTED)), caption)


def _policies(overview: Published, caption: str) -> Table:
    _, frame = words.gettext, overview.frame
    rows = frame.to_dict("records")
    frame = frame.assign(
        stage_said=texts([_stage(row) for row in rows]),
        evidence_said=texts([_evidence(row) for row in rows]),
    )
    columns = {"policy": _("Policy"), "stage_said": _("Stage, and how long"), "evidence_said": _("Evidence"),
               "support": _("For"), "neutral": _("Neutral"), "oppose": _("Against"),
               "despite": _("For, stake elsewhere"), "recent": _("New actions")}  # fmt: skip
    return Table(replace(overview, frame=frame), columns, caption)


def _stage(row: Row) -> str:
    return words.gettext("{stage}, {time}").format(stage=stage(row["stage"]), time=in_months(row["days"]))


def _evidence(row: Row) -> str:
    if row["evidence"] == "none" or missing(row["tier"]):
        return words.gettext("backs no listed practice")
    return tier(int(row["tier"]))


def practices_table(overview: Published) -> Table:
    """What each policy would back, and the evidence for it."""
    _ = words.gettext
    evidence = texts([_evidence(row) for row in overview.frame.to_dict("records")])
    columns = {"policy": _("Policy"), "government": _("Decided by"), "practices": _("Would back"),
               "evidence_said": _("Evidence")}  # fmt: skip
    caption = _("What each policy would back; of several practices, the weakest evidence counts")
    return Table(replace(overview, frame=overview.frame.assign(evidence_said=evidence)), columns, caption)


def positions_table(positions: Published) -> Table:
    """Every partner's newest position, and its stake."""
    _ = words.gettext
    held = {"support": _("support"), "neutral": _("neutral"), "oppose": _("oppose")}
    stakes = {"gains": _("stands to gain"), "elsewhere": _("points elsewhere"), "none": _("none on record"),
              "unknown": _("not known")}  # fmt: skip
    frame = positions.frame
    frame = frame.assign(held=frame["position"].map(held), at_stake=frame["interest"].map(stakes))
    columns = {"partner": _("Partner"), "policy": _("Policy"), "held": _("Position"), "stated_on": _("Stated on"),
               "at_stake": _("Own stake")}  # fmt: skip
    caption = _("Every partner's newest position, and what grants and practices say it has at stake")
    return Table(replace(positions, frame=frame), columns, caption)


def cohesion_table(overview: Published) -> Table:
    """How far the partners that spoke agree on each policy."""
    _, rows = words.gettext, overview.frame.to_dict("records")
    frame = overview.frame.assign(
        rice_said=texts(["" if missing(row["rice"]) else words.number(row["rice"], 2) for row in rows]),
        index_said=texts(["" if missing(row["index"]) else words.number(row["index"], 2) for row in rows]),
    )
    columns = {"policy": _("Policy"), "rice_said": _("Rice index"), "index_said": _("Agreement index")}
    caption = _("How far the partners that spoke agree on each policy: 1 all alike")
    return Table(replace(overview, frame=frame), columns, caption, {"rice_said": "right", "index_said": "right"})


def definitions_table(definitions: Published) -> Table:
    """What counts as what in this chapter."""
    columns = {"what": words.gettext("In this chapter"), "says": words.gettext("Means")}
    return Table(definitions, columns, words.gettext("What counts as what"))


def actions_table(actions: Published) -> Table:
    """What partners did for or against a policy."""
    _ = words.gettext
    columns = {"acted_on": _("Day"), "partner": _("Partner"), "policy": _("Policy"), "kind": _("Kind"),
               "description": _("What was done")}  # fmt: skip
    return Table(actions, columns, _("What partners did for or against a policy, newest first"))
