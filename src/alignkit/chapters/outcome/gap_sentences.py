"""Sentences about differences between groups; `gaps` are the rows of `measures.gaps` after the door, largest first."""

from typing import Literal

from alignkit.chapters.outcome.answer_sentences import word as said_word
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import Row, capitalized, margin, missing, size, small, span
from alignkit.words.current import words
from alignkit.words.words import decimals


def gap(gaps: Published, series: Published) -> str:
    """The largest gap, between whom, what chance alone could make of it, and whether it narrows."""
    _ = words.gettext
    if gaps.frame.empty:
        return _("No gap can be shown: fewer than two groups of any kind are published.")
    row = gaps.frame.iloc[0].to_dict()
    return f"{_now(row)} {gap_direction(row)}" + _hidden(series, row)


def gap_range(row: Row) -> str:
    """What chance alone could make of a gap: "18 to 28"; "" where that is not known."""
    return "" if missing(row["low"]) else span(max(row["low"], 0.0), row["high"], row["unit"])


def groups_alt(groups: Published) -> str:
    """The chart of all groups in words: the lowest and the highest value shown, and how many are hidden."""
    _ = words.gettext
    shown = groups.frame[(groups.frame["status"] == "shown") & (groups.frame["subgroup"] != "all")]
    if shown.empty:
        return _("No group's value is shown.")
    rows = shown.sort_values(["value", "group"]).to_dict("records")
    said = _("Lowest: {low} {low_value}; highest: {high} {high_value}.").format(
        low=rows[0]["group"], low_value=rows[0]["text"], high=rows[-1]["group"], high_value=rows[-1]["text"]
    )
    n = len(groups.frame) - int((groups.frame["status"] == "shown").sum())
    hidden = words.ngettext(" {n} group is not shown.", " {n} groups are not shown.", n)
    return said + (hidden.format(n=words.number(n)) if n else "")


def whom(gaps: Published, series: Published, verdict: Published, short: str) -> str:
    """The largest gap, a gap that widens under a rising average, and who is `short` of the goal, in one paragraph.

    It stands below a table that names the two groups with their values, and does not repeat them.
    """
    _ = words.gettext
    if gaps.frame.empty:
        return f"{gap(gaps, series)} {short}"
    row = gaps.frame.iloc[0].to_dict()
    said = _("{kind}: a gap of {gap}").format(kind=row["kind"], gap=size(row["value"], row["unit"]))
    said += margin(_floored(row)) + "."
    said += " " + gap_direction(row) + _hidden(series, row)
    return " ".join([said, *wider(verdict), short]).strip()


def groups_caption(groups: Published) -> str:
    """What the chart of all groups shows, and what its ranges are."""
    _ = words.gettext
    margins = {
        "": _("All groups in the newest period"),
        "counts": _("All groups in the newest period, with the range that chance allows (95 percent)"),
        "survey": _("All groups in the newest period, with the survey's margin of error (95 percent)"),
    }
    return margins[kind_of_range(groups)] + (_(", and their goals") if groups.frame["target"].notna().any() else "")


def kind_of_range(p: Published) -> Literal["counts", "survey", ""]:
    """What the ranges of `p` are: from counts, the sources' own margins of error, or "" where there are none."""
    known = p.frame[p.frame["low"].notna() & p.frame["high"].notna()]
    if known.empty:
        return ""
    return "survey" if known["confidence"].notna().any() else "counts"


def everyone() -> str:
    """What the chart of all groups calls everyone."""
    return words.gettext("Everyone")


def narrowing(word: str) -> str:
    """What a verdict's word means for a gap."""
    _ = words.gettext
    return {"improving": _("narrowing"), "worsening": _("widening")}.get(word) or said_word(word)


def gap_direction(row: Row) -> str:
    """Whether one gap narrows or widens, and whether points and ratio tell the same."""
    _ = words.gettext
    if missing(row["low"]):
        return _("Without counts or a margin of error, nobody can tell whether it narrows or widens.")
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


def wider(verdict: Published) -> list[str]:
    """The warning that everyone together improves while a gap grows, if that is so."""
    kinds = [kind for kind in str(verdict.frame["wider"].iloc[0]).split("; ") if kind]
    said = words.gettext("Everyone together improves while the gap widens by: {kinds}.")
    return [said.format(kinds=words.list(kinds))] if kinds else []


def _floored(row: Row) -> Row:
    """A gap is never negative: its best-off group is the one that is ahead."""
    return {**row, "low": row["low"] if missing(row["low"]) else max(row["low"], 0.0)}


def gap_in_few_words(row: Row) -> str:
    """The largest gap in an outcome's row of `measures.verdict`, for a narrow column; "" for none."""
    if missing(row["gap"]) or not row["gap"] > 0:
        return ""
    if not missing(row["gap_low"]) and row["gap_low"] <= 0:
        return words.gettext("none beyond chance")
    return words.gettext("{gap}: {best} and {worst}").format(
        gap=size(row["gap"], row["unit"]), best=row["gap_best"], worst=row["gap_worst"]
    )


def _now(row: Row) -> str:
    _ = words.gettext
    if row["value"] <= 0:
        return _("{kind}: no difference between the groups shown.").format(kind=row["kind"])
    numbers = (row["value_best"], row["value_worst"], row["value"])
    best, worst, gap = _sizes(numbers, row)
    said = _("{kind}: {best} {high}, {worst} {low}, a gap of {gap}").format(
        kind=row["kind"], best=row["best"], worst=row["worst"], gap=gap, high=best, low=worst
    )
    return said + margin(_floored(row)) + "."


def _sizes(numbers: tuple[float, float, float], row: Row) -> list[str]:
    """Two values and their gap, with a decimal more where the rounded ones would not add up."""
    best, worst, gap = (round(number) for number in numbers)
    small_ones = any(decimals(number, row["unit"]) for number in numbers)
    if row["unit"] == "percent" and (small_ones or abs(best - worst) != gap):
        return [words.gettext("{number} of 100").format(number=words.number(number, 1)) for number in numbers]
    return [size(number, row["unit"]) for number in numbers]


def _hidden(series: Published, row: Row) -> str:
    """How many groups of the same kind and period are hidden or not given: the true gap may be larger."""
    frame = series.frame
    same = frame[(frame["subgroup_type"] == row["subgroup_type"]) & (frame["period_start"] == row["period_start"])]
    hidden = int(same["status"].isin(["hidden", "band"]).sum())
    private = words.ngettext(
        " {n} group is hidden to protect privacy, here or in a related figure; hidden does not mean zero.",
        " {n} groups are hidden to protect privacy, here or in a related figure; hidden does not mean zero.",
        hidden,
    )
    other = len(same) - hidden - int((same["status"] == "shown").sum())
    not_given = words.ngettext(
        " For {n} group the source gives no exact value.", " For {n} groups the source gives no exact value.", other
    )
    said = private.format(n=capitalized(small(hidden))) if hidden else ""
    said += not_given.format(n=small(other)) if other else ""
    return said + (words.gettext(" The gap may be larger.") if said else "")
