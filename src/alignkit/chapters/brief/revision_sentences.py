"""Words of what changed in the data only: how many values are new, corrected, the same or gone, and which."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from alignkit.chapters.brief.compared import gone
from alignkit.chapters.brief.revisions import COUNTS_WAS
from alignkit.chapters.outcome import sentences as of_outcome
from alignkit.disclosure.cells import Key
from alignkit.disclosure.published import Published
from alignkit.kit.lists import names
from alignkit.last_book import Compares
from alignkit.words.current import words

NAMED = 4
"""So many new, corrected or lost values page one names; the rest is counted."""


def revisions_in_words(revisions: pd.DataFrame, place: str) -> pd.DataFrame:
    """What `measures.revisions` gives, with what each figure is (`named`) and both of its values (`was_said`,
    `now_said`) in words, which the page "What we cannot see" lists."""
    rows = revisions.to_dict("records")
    said = [_both(row) for row in rows]
    return revisions.drop(columns=COUNTS_WAS).assign(
        named=[_name(row, place) for row in rows],
        was_said=[was for was, _now in said],
        now_said=[now for _was, now in said],
    )


def values_gone(
    now: pd.DataFrame,
    before: pd.DataFrame,
    said: Mapping[Key, str],
    indicators: pd.DataFrame,
    subgroups: pd.DataFrame,
    places: pd.DataFrame,
    place: str,
) -> pd.DataFrame:
    """What `compared.gone` gives of these, with what each value is (`named`) in words; `place` is the community's."""
    lost = gone(now, before, said, indicators, subgroups, places)
    return lost.assign(named=[_name(row, place) for row in lost.to_dict("records")])


def _name(row: Mapping[Any, Any], place: str) -> str:
    """ "Ready for kindergarten, 2024, Hispanic": the place only where it is another one."""
    where = "" if row["place_id"] == place else str(row["place"])
    period = words.period(row["period_start"], row["period_end"])
    return ", ".join(filter(None, (str(row["indicator"]), period, where, str(row["group"]))))


def _both(row: Mapping[Any, Any]) -> tuple[str, str]:
    """Both values as a book writes them; where that is the same, with as many decimals (at most three) as it takes;
    else their counts."""
    places = (None, 1, 2, 3)
    said = [(words.value(row["was"], row["unit"], n), words.value(row["value"], row["unit"], n)) for n in places]
    if differing := next((pair for pair in said if pair[0] != pair[1]), None):
        return differing
    counts = [(row["numerator_was"], row["denominator_was"]), (row["numerator"], row["denominator"])]
    of = words.gettext("{n} of {total}")
    was, now = (of.format(n=words.number(n), total=words.number(total)) for n, total in counts)
    return was, now


def data_changes(
    compared: Published,
    revised: Published,
    lost: Published,
    broken: Published,
    reworded: Published,
    place: str,
    *,
    last_book: Compares = "kept",
) -> list[str]:
    """Page one on the data: how many values are new, corrected or the same; which are new; everyone's corrected and
    lost values in `place`, the others counted; words that corrections changed; new breaks in a series. None of it is a
    change for children. `last_book` (`c.last_book.compares`) says whether there is a book to compare with."""
    _ = words.gettext
    if last_book == "first":
        return [_("In the data: this is the first book; there is none before it to compare with.")]
    if last_book == "lost":
        return not_compared(last_book)
    said = [*_counted(compared.frame), *_new(compared.frame)]
    named, more, others = _told(revised.shown, place)
    said += [_corrected(row) for row in named.to_dict("records")]
    said += [*_more_corrected(more), *_others(others)]
    said += _lost(lost.frame, place)
    said += [_reworded(row) for row in reworded.frame.to_dict("records")]
    said += [_broken(row) for row in broken.frame.to_dict("records")]
    return said or [_("In the data: no published figure was revised since the last book.")]


def _told(values: pd.DataFrame, place: str) -> tuple[pd.DataFrame, int, int]:
    """Everyone's values in `place` that page one names, how many more of those there are, and how many others."""
    own = values[(values["place_id"] == place) & (values["subgroup"] == "all")]
    named = own.sort_values("period_start", ascending=False, kind="stable").head(NAMED).sort_index()
    return named, len(own) - len(named), len(values) - len(own)


def not_compared(last_book: Compares) -> list[str]:
    """One sentence where what the last book was made from is not kept; else none."""
    text = words.gettext(
        "In the data: this book cannot be compared with the last one, because what that one showed, or was made from, "
        "is not kept here. Which values are new, and which were corrected, is not known."
    )
    return [text] if last_book == "lost" else []


def _counted(compared: pd.DataFrame) -> list[str]:
    """How many of this book's values are new, corrected, the same, or cannot be compared; none where it has none."""
    n = {name: int(compared[name].sum()) for name in ("new", "changed", "unchanged", "apart")}
    if not (total := sum(n.values())):
        return []
    _ = words.gettext
    told = [
        words.count(n["new"], "is new", "are new") if n["new"] else _("none is new"),
        words.count(n["changed"], "was corrected", "were corrected") if n["changed"] else _("none was corrected"),
    ]
    if n["unchanged"]:
        told.append(words.count(n["unchanged"], "is the same as in the last book", "are the same as in the last book"))
    if n["apart"]:
        told.append(words.count(n["apart"], "cannot be compared", "cannot be compared"))
    text = words.ngettext(
        "In the data: of {n} value in this book, {told} (@sec-cannot-see).",
        "In the data: of {n} values in this book, {told} (@sec-cannot-see).",
        total,
    )
    return [text.format(n=words.number(total), told=words.list(told))]


def _new(compared: pd.DataFrame) -> list[str]:
    """Which values are new: indicator, period, how many; indicators with the most first."""
    fresh = compared[compared["new"] > 0].sort_values("period_start")
    by = fresh.groupby(["indicator_id", "indicator"], as_index=False).agg(
        new=("new", "sum"), periods=("new", "size"), start=("period_start", "last"), end=("period_end", "last")
    )
    template = words.gettext("{indicator} ({period}, {values})")
    said = [
        template.format(
            indicator=row["indicator"],
            period=words.period(row["start"], row["end"]) if row["periods"] == 1 else _periods(row["periods"]),
            values=words.count(row["new"], "value", "values"),
        )
        for row in by.sort_values(["new", "indicator"], ascending=[False, True]).to_dict("records")
    ]
    text = words.gettext("In the data: new values: {listed}.")
    return [text.format(listed=names(said, most=NAMED, rest=words.gettext("{n} more")))] if said else []


def _periods(n: int) -> str:
    return words.count(n, "period", "periods")


def _lost(lost: pd.DataFrame, place: str) -> list[str]:
    """Values that their source no longer gives: everyone's in `place` by name, the others counted."""
    named, more, others = _told(lost, place)
    text = words.gettext("In the data: {figure}: the last book said {was}; the source no longer gives this value.")
    said = [text.format(figure=row["named"], was=row["was_said"]) for row in named.to_dict("records")]
    if more:
        counted = words.ngettext(
            "In the data: {n} more value is no longer given by its source (@sec-cannot-see).",
            "In the data: {n} more values are no longer given by their sources (@sec-cannot-see).",
            more,
        )
        said.append(counted.format(n=words.number(more)))
    if others:
        counted = words.ngettext(
            "In the data: {n} value of a group or another place is no longer given by its source (@sec-cannot-see).",
            "In the data: {n} values of groups or other places are no longer given by their sources (@sec-cannot-see).",
            others,
        )
        said.append(counted.format(n=words.number(others)))
    return said


def _corrected(row: Mapping[Any, Any]) -> str:
    template = words.gettext(
        "In the data: {figure}: the last book said {was}; the source corrected it to {now}. "
        "Nothing changed for children."
    )
    rounded = words.value(row["was"], row["unit"])
    if rounded == words.value(row["value"], row["unit"]):
        template = words.gettext(
            "In the data: {figure}: the source corrected {was} to {now}; rounded, it is still {rounded}. Nothing "
            "changed for children."
        )
    return template.format(figure=row["named"], was=row["was_said"], now=row["now_said"], rounded=rounded)


def _more_corrected(count: int) -> list[str]:
    if not count:
        return []
    text = words.ngettext(
        "In the data: {n} more figure was corrected (@sec-cannot-see).",
        "In the data: {n} more figures were corrected (@sec-cannot-see).",
        count,
    )
    return [text.format(n=words.number(count))]


def _others(count: int) -> list[str]:
    if not count:
        return []
    text = words.ngettext(
        "In the data: {n} figure of a group or another place was corrected (@sec-cannot-see).",
        "In the data: {n} figures of groups or other places were corrected (@sec-cannot-see).",
        count,
    )
    return [text.format(n=words.number(count))]


def _reworded(row: Mapping[Any, Any]) -> str:
    text = words.gettext(
        "In the data: {outcome}: the last book said “{was}”; with today's data for the same periods it would have "
        "said “{now}” (@sec-{chapter})."
    )
    was, now = (of_outcome.word(row[name]) for name in ("was", "word_known"))
    return text.format(outcome=row["outcome"], was=was, now=now, chapter=row["chapter"])


def _broken(row: Mapping[Any, Any]) -> str:
    text = words.gettext("In the data: {indicator} is measured differently starting in {month}: {reason}.")
    if row.get("withdrawn"):
        text = words.gettext(
            "In the data: {indicator} is no longer listed as measured differently starting in {month}."
        )
    month, reason = words.month_year(row["starts_on"]), str(row["reason"]).rstrip(".")
    return text.format(indicator=row["indicator"], month=month, reason=reason)
