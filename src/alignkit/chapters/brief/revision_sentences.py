"""Words of what changed in the data only: which figure, what the last book said, what the source says now."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from alignkit.chapters.outcome import sentences as of_outcome
from alignkit.disclosure.published import Published
from alignkit.words.current import words


def revisions_in_words(revisions: pd.DataFrame, place: str) -> pd.DataFrame:
    """What `measures.revisions` gives, with what each figure is (`named`) and both of its values (`was_said`,
    `now_said`) in words, which the page "What we cannot see" lists."""
    rows = revisions.to_dict("records")
    said = [_both(row) for row in rows]
    return revisions.assign(
        named=[_named(row, place) for row in rows],
        was_said=[was for was, _now in said],
        now_said=[now for _was, now in said],
    )


def _named(row: Mapping[Any, Any], place: str) -> str:
    """ "Ready for kindergarten, 2024, Hispanic": the place only where it is another one."""
    where = "" if row["place_id"] == place else str(row["place"])
    period = words.period(row["period_start"], row["period_end"])
    return ", ".join(filter(None, (str(row["indicator"]), period, where, str(row["group"]))))


def _both(row: Mapping[Any, Any]) -> tuple[str, str]:
    """Both values with as many decimals (at least one, at most three) as tell them apart."""
    said = [(words.value(row["was"], row["unit"], n), words.value(row["value"], row["unit"], n)) for n in (1, 2, 3)]
    return next((pair for pair in said if pair[0] != pair[1]), said[-1])


def data_changes(
    revised: Published, place: str, broken: Published, reworded: Published, *, first: bool = False
) -> list[str]:
    """Page one on the data: everyone's corrected values in `place`, the others counted; words that corrections changed;
    new breaks in a series. None of it is a change for children. `first`: there is no book before this one."""
    _, frame = words.gettext, revised.shown
    if first:
        return [_("In the data: this is the first book; there is none before it to compare with.")]
    own = (frame["place_id"] == place) & (frame["subgroup"] == "all")
    said = [_corrected(row) for row in frame[own].to_dict("records")]
    said += _others(int((~own).sum()))
    said += [_reworded(row) for row in reworded.frame.to_dict("records")]
    said += [_broken(row) for row in broken.frame.to_dict("records")]
    return said or [_("In the data: no published figure was revised since the last book.")]


def _corrected(row: Mapping[Any, Any]) -> str:
    template = words.gettext(
        "In the data: {figure}: last book said {was}; the source corrected it to {now}. Nothing changed for children."
    )
    return template.format(figure=row["named"], was=row["was_said"], now=row["now_said"])


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
        "In the data: {outcome}: last book said “{was}”; with today's figures for the same periods it would have said "
        "“{now}” (@sec-{chapter})."
    )
    was, now = (of_outcome.word(row[name]) for name in ("was", "word_known"))
    return text.format(outcome=row["outcome"], was=was, now=now, chapter=row["chapter"])


def _broken(row: Mapping[Any, Any]) -> str:
    text = words.gettext("In the data: {indicator} is measured otherwise from {month} on: {reason}.")
    month, reason = words.month_year(row["starts_on"]), str(row["reason"]).rstrip(".")
    return text.format(indicator=row["indicator"], month=month, reason=reason)
