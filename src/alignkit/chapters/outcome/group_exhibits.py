"""Tables of groups of children and of the gaps between them, and the rows of the chart of all groups."""

from collections.abc import Mapping
from dataclasses import replace

from alignkit.chapters.outcome import gap_sentences as sentences
from alignkit.chapters.outcome.answer_sentences import roughly
from alignkit.chapters.outcome.indicators import Goal
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import Row, missing, size, span
from alignkit.kit.columns import texts
from alignkit.kit.drawing.data import Align
from alignkit.kit.tables import Table
from alignkit.words.current import words

RIGHT: Mapping[str, Align] = {"value": "right", "chance": "right", "short": "right"}


def groups_table(groups: Published) -> Table:
    """Each group now, and how many it is short of the goal."""
    _ = words.gettext
    columns = {"group": _("Group"), "value": _("Now"), **range_column(groups)}
    caption = _("Each group in the newest period")
    if groups.frame["target"].notna().any():
        columns["short"] = _("Short of the goal")
        caption = _("Now, and how many short of the goal; a group past its goal does not make up for another")
    return Table(in_words(groups), columns, caption, RIGHT)


def short_table(groups: Published) -> Table:
    """Every group, and how many it is short of its goal."""
    table = groups_table(groups)
    caption = words.gettext("How many of each group are short of its goal")
    return replace(table, caption=caption) if "short" in table.columns else table


def groups_in_words(groups: Published, goal: Goal) -> Published:
    """The rows of the chart of all groups: group and section in words, own_goal where it is not the common goal."""
    shown = in_words(groups)
    own = shown.frame["target"].astype("float64")
    return replace(shown, frame=shown.frame.assign(own_goal=own.where(own != goal.value)))


def gaps_table(gaps: Published) -> Table:
    """Gaps: between which groups, how large as difference and ratio, which way."""
    _, rows = words.gettext, gaps.frame.to_dict("records")
    frame = gaps.frame.assign(
        chance=texts([sentences.gap_range(row) for row in rows]),
        size=texts([size(row["value"], row["unit"]) for row in rows]),
        times=texts([words.number(row["ratio"], 2) for row in rows]),
        way=texts([sentences.narrowing(row["word"]) for row in rows]),
        ratio_way=texts([sentences.narrowing(row["ratio_word"]) for row in rows]),
    )
    columns = {"kind": _("Kind of group"), "best": _("Best-off"), "worst": _("Worst-off"), "size": _("Difference"),
               **range_column(gaps), "way": _("Direction"), "times": _("Ratio"),
               "ratio_way": _("Direction of the ratio")}  # fmt: skip
    caption = _("Gaps between the best-off and the worst-off group shown. The two furthest apart are picked, ")
    caption += _("so part of a gap between small groups is chance")
    return Table(replace(gaps, frame=frame), columns, caption)


def inequality_table(unequal: Published) -> Table:
    """Inequality between all groups of a kind: one row per kind of group."""
    _ = words.gettext
    why = {
        "hidden": _("not computed: a group is hidden"), "no_counts": _("not computed: no counts"),
        "one_group": _("not computed: one group"),
    }  # fmt: skip
    rows = unequal.frame.to_dict("records")
    frame = unequal.frame.assign(
        between=[why.get(row["reason"]) or words.number(row["variance"], 1) for row in rows],
        spread=["" if row["reason"] else words.number(row["theil"], 4) for row in rows],
        slope=[_slope(row) for row in rows],
        times=["" if missing(row["relative"]) else words.number(row["relative"], 2) for row in rows],
    )
    columns = {"kind": _("Kind of group"), "groups": _("Groups"), "between": _("Between-group variance")}
    columns |= {"spread": _("Theil index"), "slope": _("Slope index (95 percent)"), "times": _("Relative index")}
    caption = _("Inequality between all groups of a kind, newest results; slope and relative index for ordered groups")
    sides: dict[str, Align] = dict.fromkeys(["between", "spread", "slope", "times"], "right")
    return Table(replace(unequal, frame=frame), columns, caption, sides)


def in_words(groups: Published) -> Published:
    """Groups with group ("Everyone" for the total), section, chance and short (blank where hidden) in words."""
    rows = groups.frame.to_dict("records")
    frame = groups.frame.assign(
        group=texts([sentences.everyone() if row["subgroup"] == "all" else str(row["group"]) for row in rows]),
        section=texts(["" if row["subgroup"] == "all" else str(row["kind"]) for row in rows]),
        chance=texts([likely_range(row) for row in rows]),
        short=texts([_short(row) for row in rows]),
    )
    return replace(groups, frame=frame)


def range_column(p: Published) -> dict[str, str]:
    """The column of ranges with its heading; none where nothing has a range."""
    _, kind = words.gettext, sentences.kind_of_range(p)
    headings = {"counts": _("Chance alone could make that"), "survey": _("Margin of error (95 percent)")}
    return {"chance": headings[kind]} if kind else {}


def likely_range(row: Row) -> str:
    """The range around a value that is shown; "" where there is none."""
    if row["status"] != "shown" or missing(row["low"]) or missing(row["high"]):
        return ""
    return span(row["low"], row["high"], row["unit"])


def _short(row: Row) -> str:
    if row["status"] != "shown" or missing(row["target"]):
        return ""
    if missing(row["short_of_target"]):
        return words.number(row["short_of_target"])
    return roughly(words.number(row["short_of_target"]), row)


def _slope(row: Row) -> str:
    if missing(row["value"]):
        return ""
    if missing(row["low"]):
        return words.number(row["value"], 1)
    ends = {name: words.number(row[name], 1) for name in ("value", "low", "high")}
    return words.gettext("{value} ({low} to {high})").format(**ends)
