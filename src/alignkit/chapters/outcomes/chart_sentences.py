"""Words of the chapter's chart: what leaders rate, or children short of the goal where nobody has rated."""

from alignkit.disclosure.published import Published
from alignkit.words.current import words


def chart_caption(support: Published) -> str:
    """How many leaders rated, and when; without ratings, what is shown instead."""
    _ = words.gettext
    years, people = support.frame["year"].dropna(), support.where(level="all").frame["denominator"].max()
    if support.frame.empty:
        return _("Children short of the goal of each outcome")
    return _("How many of {leaders} put each outcome among the most important in {year}, with the range that fits "
             "leaders like them").format(leaders=words.count(people, "leader", "leaders"),
                                         year=int(years.max()))  # fmt: skip


def chart_alt(support: Published, shown: Published) -> str:
    """The chart in words: the outcomes that most and fewest put first, in force and among the candidates.

    Without ratings, how many children each outcome of `shown` is short.
    """
    if support.frame.empty:
        return _short(shown)
    _, said, rated = words.gettext, [], support.where(level="all").shown
    for in_force, name in ((True, _("In force")), (False, _("Candidates"))):
        rows = rated[rated["in_force"].eq(in_force)].sort_values("value", kind="stable")
        if len(rows):
            most, least = rows.iloc[-1], rows.iloc[0]
            said.append(_("{section}: most for {most} ({high}), fewest for {least} ({low}).").format(
                section=name, most=most["outcome"], high=most["text"], least=least["outcome"], low=least["text"]
            ))  # fmt: skip
    return " ".join(said) or _("No share of leaders can be shown.")


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
