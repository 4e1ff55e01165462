"""Words of the chapter's chart: what leaders rate, or children short of the goal where nobody has rated."""

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit.amounts import missing
from alignkit.words.current import words


def chart_caption(support: Published) -> str:
    """How many leaders rated, and when; without ratings, what is shown instead."""
    _ = words.gettext
    if support.frame.empty:
        return _("Children short of the goal of each outcome")
    years, people = support.frame["year"].dropna(), support.where(level="all").frame["denominator"].max()
    if missing(people):
        return _("Leaders who put each outcome among the most important in {year}").format(year=int(years.max()))
    return _("How many of {leaders} put each outcome among the most important in {year}, with the range that fits "
             "leaders like them").format(leaders=words.count(people, "leader", "leaders"),
                                         year=int(years.max()))  # fmt: skip


def chart_alt(support: Published, shown: Published) -> str:
    """The chart in words: what leaders put first, of the outcomes in force and of the candidates.

    Without ratings, how many children each outcome of `shown` is short.
    """
    if support.frame.empty:
        return _short(shown)
    _, rated = words.gettext, support.where(level="all").frame
    parts = [_section(name, rated[rated["in_force"].eq(in_force)])
             for in_force, name in ((True, _("In force")), (False, _("Candidates")))]  # fmt: skip
    return " ".join(filter(None, parts)) or _("No share of leaders can be shown.")


def _section(name: str, rows: pd.DataFrame) -> str:
    """The outcomes that most and fewest put first; every share where one that is hidden, or a band, leaves open
    which these are."""
    _ = words.gettext
    if not rows["status"].isin(["shown", "band"]).any():
        return ""
    if len(rows) == 1 or (rows["status"] != "shown").any():
        said = [_("{outcome} {share}").format(outcome=row["outcome"], share=row["text"])
                for row in rows.to_dict("records")]  # fmt: skip
        return _("{section}: {shares}.").format(section=name, shares=words.list(said))
    ordered = rows.sort_values("value", kind="stable")
    most, least = ordered.iloc[-1], ordered.iloc[0]
    return _("{section}: most for {most} ({high}), fewest for {least} ({low}).").format(
        section=name, most=most["outcome"], high=most["text"], least=least["outcome"], low=least["text"]
    )


def _short(shown: Published) -> str:
    _, rows = words.gettext, shown.frame.to_dict("records")
    said = [_("{outcome}: {n}").format(outcome=row["outcome"], n=row["text"]) for row in rows]
    return _("Short of the goal: {said}.").format(said=words.list(said)) if said else _("No number is known.")


def chart_measure(support: Published) -> str:
    """What the chart's axis measures."""
    if support.frame.empty:
        return words.gettext("Children short of the goal")
    return words.gettext("Leaders who rate the outcome 4 or 5 of 5")


def chart_headings() -> dict[str, str]:
    """Column → heading in the table behind the chart."""
    return {"outcome": words.gettext("Outcome")}
