"""The table of inequality between all groups of a kind."""

from dataclasses import replace
from typing import Any

from alignkit.disclosure.published import Published
from alignkit.kit.amounts import missing
from alignkit.words.current import words


def table(p: Published) -> dict[str, Any]:
    """Measure, caption and columns: one row per kind of group."""
    _ = words.gettext
    why = {
        "hidden": _("not computed: a group is hidden"), "no_counts": _("not computed: no counts"),
        "one_group": _("not computed: one group"),
    }  # fmt: skip
    rows = p.frame.to_dict("records")
    frame = p.frame.assign(
        between=[why.get(row["reason"]) or words.number(row["variance"], 1) for row in rows],
        spread=["" if row["reason"] else words.number(row["theil"], 4) for row in rows],
        slope=[_slope(row) for row in rows],
        times=["" if missing(row["relative"]) else words.number(row["relative"], 2) for row in rows],
    )
    columns = {"kind": _("Kind of group"), "groups": _("Groups"), "between": _("Between-group variance")}
    columns |= {"spread": _("Theil index"), "slope": _("Slope index (95 percent)"), "times": _("Relative index")}
    caption = _("Inequality between all groups of a kind, newest results; slope and relative index for ordered groups")
    sides = dict.fromkeys(["between", "spread", "slope", "times"], "right")
    return {"p": replace(p, frame=frame), "columns": columns, "caption": caption, "align": sides}


def _slope(row: Any) -> str:
    if missing(row["value"]):
        return ""
    if missing(row["low"]):
        return words.number(row["value"], 1)
    ends = {name: words.number(row[name], 1) for name in ("value", "low", "high")}
    return words.gettext("{value} ({low} to {high})").format(**ends)
