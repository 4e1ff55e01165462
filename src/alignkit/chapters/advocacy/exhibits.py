"""Exhibits of the advocacy chapter: what its chart and tables are called with."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.chapters.advocacy.sentences import in_months, stage
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import missing, tier
from alignkit.kit.drawing.matrix import Symbol
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


def backing_chart(backing: Published) -> dict[str, Any]:
    """What the chart of support is called with: by evidence, and for what works by what partners have at stake."""
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
    shown = order.drop(columns=["first", "then"]).assign(who=_texts(said).to_numpy()).reset_index(drop=True)
    return {"p": replace(backing, frame=shown), "category": "who", "alt": backing_alt(shown),
            "caption": _("Stated positions in support, by the evidence and, where it is good, by the partner's stake"),
            "headings": {"who": _("Positions")},
            "measure": _("Positions in support")}  # fmt: skip


def backing_alt(shown: pd.DataFrame) -> str:
    """The chart of support in words."""
    _ = words.gettext
    said = [_("{who} {have} of {all}").format(who=row["who"], have=words.number(row["numerator"]),
                                              all=words.number(row["denominator"]))
            for row in shown.to_dict("records")]  # fmt: skip
    return _("In support: {said}.").format(said="; ".join(said)) if said else _("No position is on record.")


def sectors_chart(by_sector: Published) -> dict[str, Any]:
    """What the picture of policies and sectors is called with."""
    _ = words.gettext
    columns = {"row": "policy", "column": "sector", "mark": "held", "symbols": symbols()}
    caption = _("What the partners of each sector hold of each policy; blank: nobody spoke")
    return {"p": by_sector, **columns, "caption": caption, "alt": sectors_alt(by_sector)}


def sectors_alt(shown: Published) -> str:
    """The picture in words: the policies with support in most sectors and with opposition in most."""
    _, frame = words.gettext, shown.frame
    if frame.empty or not (frame["held"] != "").any():
        return _("No partner has stated a position.")
    for_it = frame[frame["held"] == "support"].groupby("policy", sort=False).size()
    against = frame[frame["held"].isin(["oppose", "mixed"])].groupby("policy", sort=False).size()
    said = []
    if len(for_it):
        said.append(_("“{policy}” has the support of most sectors ({n}).").format(
            policy=for_it.idxmax(), n=words.number(for_it.max())))  # fmt: skip
    if len(against):
        said.append(_("“{policy}” is opposed, or not of one mind, in most sectors ({n}).").format(
            policy=against.idxmax(), n=words.number(against.max())))  # fmt: skip
    return " ".join(said) or _("Every sector that spoke is neutral.")


def all_table(seen: Published) -> dict[str, Any]:
    """The table of policies with every policy, where the page cannot hold all; else without rows."""
    whole = seen if len(seen.frame) > LISTED else replace(seen, frame=seen.frame.iloc[:0])
    return {**_table(whole), "caption": words.gettext("Every policy")}


def policies_table(seen: Published) -> dict[str, Any]:
    """What the table of policies is called with: stage, evidence, positions."""
    _ = words.gettext
    caption = _("Policies still to be decided, then those decided: evidence, and partners for and against")
    if len(seen.frame) > LISTED:
        caption = _("The {n} policies nearest to a vote, of {all}: evidence, and partners for and against; the web has "
                    "all").format(n=LISTED, all=words.number(len(seen.frame)))  # fmt: skip
    return {**_table(replace(seen, frame=seen.frame.head(LISTED))), "caption": caption}


def _table(seen: Published) -> dict[str, Any]:
    _, frame = words.gettext, seen.frame
    rows = frame.to_dict("records")
    frame = frame.assign(
        stage_said=_texts([_stage(row) for row in rows]),
        evidence_said=_texts([_evidence(row) for row in rows]),
    )
    columns = {"policy": _("Policy"), "stage_said": _("Stage, and how long"), "evidence_said": _("Evidence"),
               "support": _("For"), "neutral": _("Neutral"), "oppose": _("Against"),
               "despite": _("For, stake elsewhere"), "recent": _("New actions")}  # fmt: skip
    return {"p": replace(seen, frame=frame), "columns": columns}


def _stage(row: Row) -> str:
    return words.gettext("{stage}, {time}").format(stage=stage(row["stage"]), time=in_months(row["days"]))


def _evidence(row: Row) -> str:
    if row["evidence"] == "none" or missing(row["tier"]):
        return words.gettext("backs no listed practice")
    return tier(int(row["tier"]))


def practices_table(seen: Published) -> dict[str, Any]:
    """What the table of what each policy would back is called with."""
    _ = words.gettext
    evidence = _texts([_evidence(row) for row in seen.frame.to_dict("records")])
    columns = {"policy": _("Policy"), "government": _("Decided by"), "practices": _("Would back"),
               "evidence_said": _("Evidence")}  # fmt: skip
    caption = _("What each policy would back; of several practices, the weakest evidence counts")
    return {"p": replace(seen, frame=seen.frame.assign(evidence_said=evidence)), "columns": columns,
            "caption": caption}  # fmt: skip


def positions_table(said: Published) -> dict[str, Any]:
    """What the table of every partner's position and stake is called with."""
    _ = words.gettext
    positions = {"support": _("support"), "neutral": _("neutral"), "oppose": _("oppose")}
    stakes = {"gains": _("stands to gain"), "elsewhere": _("points elsewhere"), "none": _("none on record"),
              "unknown": _("cannot be told")}  # fmt: skip
    frame = said.frame.assign(held=said.frame["position"].map(positions), at_stake=said.frame["interest"].map(stakes))
    columns = {"partner": _("Partner"), "policy": _("Policy"), "held": _("Position"), "stated_on": _("Stated on"),
               "at_stake": _("Own stake")}  # fmt: skip
    caption = _("Every partner's newest position, and what grants and practices say it has at stake")
    return {"p": replace(said, frame=frame), "columns": columns, "caption": caption}


def cohesion_table(seen: Published) -> dict[str, Any]:
    """What the table of agreement indices is called with."""
    _, rows = words.gettext, seen.frame.to_dict("records")
    frame = seen.frame.assign(
        rice_said=_texts(["" if missing(row["rice"]) else words.number(row["rice"], 2) for row in rows]),
        index_said=_texts(["" if missing(row["index"]) else words.number(row["index"], 2) for row in rows]),
    )
    columns = {"policy": _("Policy"), "rice_said": _("Rice index"), "index_said": _("Agreement index")}
    caption = _("How far the partners that spoke agree on each policy: 1 all alike")
    return {"p": replace(seen, frame=frame), "columns": columns, "align": {"rice_said": "right", "index_said": "right"},
            "caption": caption}  # fmt: skip


def methods_table(p: Published) -> dict[str, Any]:
    """What the table of what counts as what is called with."""
    columns = {"what": words.gettext("In this chapter"), "says": words.gettext("Means")}
    return {"p": p, "columns": columns, "caption": words.gettext("What counts as what")}


def actions_table(actions: Published) -> dict[str, Any]:
    """What the table of actions since the last cycle is called with."""
    _ = words.gettext
    columns = {"acted_on": _("Day"), "partner": _("Partner"), "policy": _("Policy"), "kind": _("Kind"),
               "description": _("What was done")}  # fmt: skip
    return {"p": actions, "columns": columns, "caption": _("What partners did for or against a policy, newest first")}


def _texts(values: list[str]) -> "pd.Series[Any]":
    return pd.Series(values, dtype=object)
