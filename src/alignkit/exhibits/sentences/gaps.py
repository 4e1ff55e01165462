"""Sentences about differences between groups; `gaps` is `measures.gaps.gaps` after the door, largest first."""

from collections.abc import Mapping
from typing import Any

from alignkit.disclosure.published import Published
from alignkit.exhibits.sentences.amounts import amount, capitalized, missing, small, span
from alignkit.words.words import Words

Row = Mapping[Any, Any]


def gap(gaps: Published, series: Published, words: Words) -> str:
    """The largest gap, between whom, what chance alone could make of it, and whether it narrows."""
    _ = words.gettext
    if gaps.frame.empty:
        return _("No gap can be shown: fewer than two groups of any kind are published.") + _hidden(series, None, words)
    row = gaps.frame.iloc[0].to_dict()
    return f"{_now(row, words)} {trend(row, words)}" + _hidden(series, row, words)


def others(gaps: Published, words: Words) -> str:
    """The remaining kinds of group in one sentence; "" where there is none."""
    said = [
        words.gettext("{kind} {gap} ({word})").format(
            kind=row["kind"], gap=_size(row["gap"], row, words), word=narrowing(row["word"], words)
        )
        for row in gaps.frame.iloc[1:].to_dict("records")
    ]
    return words.gettext("Other gaps: {gaps}.").format(gaps=words.list(said)) if said else ""


def narrowing(word: str, words: Words) -> str:
    """What a verdict's word means for a gap."""
    _ = words.gettext
    return {
        "improving": _("narrowing"),
        "worsening": _("widening"),
        "no clear change": _("no clear change"),
        "cannot tell yet": _("cannot tell yet"),
    }[word]


def trend(row: Row, words: Words) -> str:
    """Whether one gap narrows or widens, and whether points and ratio tell the same."""
    _ = words.gettext
    said = {
        "improving": _("The gap is narrowing."),
        "worsening": _("The gap is widening."),
        "no clear change": _("Whether it narrows or widens is not clear from these results."),
        "cannot tell yet": _("Whether it narrows or widens cannot be told yet."),
    }[row["word"]]
    told = {"improving", "worsening"} & {row["word"], row["ratio_word"]}
    if row["disagree"] and told:
        return said + " " + _("Counted as a difference and as a ratio, it goes different ways: look at both.")
    return said


def wider(verdict: Published, words: Words) -> str:
    """The warning that everyone together improves while a gap grows; "" where that is not so."""
    kinds = [kind for kind in str(verdict.frame["wider"].iloc[0]).split("; ") if kind]
    said = words.gettext("Everyone together improves while the gap widens by: {kinds}.")
    return said.format(kinds=words.list(kinds)) if kinds else ""


def _now(row: Row, words: Words) -> str:
    _ = words.gettext
    if row["gap"] <= 0:
        return _("{kind}: no difference between the groups shown.").format(kind=row["kind"])
    said = _("{kind}: {best} {high}, {worst} {low}, a gap of {gap}")
    said = said.format(
        kind=row["kind"], best=row["best"], worst=row["worst"], gap=_size(row["gap"], row, words),
        high=_size(row["value_best"], row, words), low=_size(row["value_worst"], row, words),
    )  # fmt: skip
    if missing(row["low"]):
        return said + "."
    ends = span(max(row["low"], 0.0), row["high"], row["unit"], words)
    return said + _("; chance alone could make that {span}.").format(span=ends)


def _hidden(series: Published, row: Row | None, words: Words) -> str:
    """How many groups of the same kind and period are hidden: the true gap may be larger."""
    frame = series.frame
    if row is None:
        return ""
    same = frame[(frame["subgroup_type"] == row["subgroup_type"]) & (frame["period_start"] == row["period_start"])]
    n = int(same["status"].isin(["hidden", "band"]).sum())
    if n == 0:
        return ""
    said = words.ngettext(
        " {n} group is hidden to protect privacy, here or in a related figure; "
        "hidden does not mean zero, and the gap may be larger.",
        " {n} groups are hidden to protect privacy, here or in a related figure; "
        "hidden does not mean zero, and the gap may be larger.",
        n,
    )
    return said.format(n=capitalized(small(n, words)))


def _size(value: Any, row: Row, words: Words) -> str:
    if row["unit"] == "percent":
        return words.gettext("{number} of 100").format(number=words.number(value))
    if row["unit"] == "rate_per_1000":
        return words.gettext("{number} of 1,000").format(number=words.number(value, 1))
    return amount(value, row["unit"], words)
