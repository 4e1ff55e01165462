"""An outcome in a sentence: where it is, its goal, its largest gap, and whether that is new.

`verdict` is the outcome's row of `measures.verdicts` after the door (`Published` with one row).
"""

from alignkit.disclosure.published import Published
from alignkit.kit.amounts import Row, capitalized, goal, level, margin, missing, per, size
from alignkit.words.current import words


def title(verdict: Published) -> str:
    """The outcome's name."""
    return str(_row(verdict)["outcome"])


def question() -> str:
    """What the chapter answers."""
    return words.gettext("Is it turning, for which groups, and will it reach the goal?")


def word(name: str) -> str:
    """The verdict's word in the book's language."""
    _ = words.gettext
    return {
        "improving": _("improving"),
        "worsening": _("worsening"),
        "no clear change": _("no clear change"),
        "cannot tell yet": _("cannot tell yet"),
    }[name]


def verdict_word(verdict: Published) -> str | None:
    """The verdict's word as the measure gives it, for the next book to compare with."""
    found = _row(verdict)["word"]
    return None if missing(found) else str(found)


def said_word(verdict: Published) -> str:
    """The verdict's word in the book's language."""
    return word(_row(verdict)["word"])


def answer(verdict: Published) -> str:
    """The chapter in one sentence: the word, where we are, the goal, the largest gap."""
    _, row = words.gettext, _row(verdict)
    if missing(row["value"]):
        return _("Cannot tell yet: no result can be shown.")
    said = _("{word}: {level} in {period}").format(
        word=capitalized(word(row["word"])), level=_level(row), period=_period(row)
    )
    return said + _goal_in_brackets(row) + _largest(row) + _old(row) + "."


def latest(verdict: Published) -> str:
    """Where we are, with what chance alone could make of it."""
    _, row = words.gettext, _row(verdict)
    if missing(row["value"]):
        return _("No result can be shown yet.")
    said = _("{level} in {period} ({indicator})").format(
        level=_level(row), period=_period(row), indicator=row["indicator"]
    )
    return said + margin(row) + "."


def short_of_target(verdict: Published) -> str:
    """How many children the goal is away."""
    _, row = words.gettext, _row(verdict)
    if missing(row["target"]):
        return _("No goal has been set, so there is no pace to compare and no projection.")
    target = goal(row["target"], row["unit"], row["good_direction"])
    if row["reach"] == "reached":
        return _("The goal of {goal} is met.").format(goal=target + per(row["unit"]))
    if missing(row["value"]):
        return _("How many are short of the goal of {goal} cannot be said before a result is shown.").format(
            goal=target + per(row["unit"])
        )
    if missing(row["short_of_target"]) or missing(row["denominator"]):
        return _("How many {universe} are short of the goal is not known: the source gives no counts.").format(
            universe=row["universe"]
        )
    more = _("It would take {n} more of the {all} {universe} to meet the goal of {goal}.")
    fewer = _("It would take {n} fewer of the {all} {universe} to meet the goal of {goal}.")
    return (more if row["good_direction"] == "up" else fewer).format(
        n=roughly(words.number(row["short_of_target"]), row),
        all=words.number(row["denominator"]),
        universe=row["universe"],
        goal=target + per(row["unit"]),
    )


def roughly(number: str, row: Row) -> str:
    """A number of children, "about" it where the count behind it is a rounded share or a survey's estimate."""
    exact = not missing(row["numerator"]) and missing(row["confidence"])
    return number if exact else words.gettext("about {number}").format(number=number)


def whether_new(verdict: Published) -> str:
    """Whether the newest value came in since the last book, where that is known."""
    _, row = words.gettext, _row(verdict)
    if missing(row["value"]):
        return _("No result can be shown yet.")
    period = _period(row)
    if missing(row["is_new"]):
        said = _("The newest result is that of {period}; whether the last book had it is not known")
        return said.format(period=period) + _old(row) + "."
    if bool(row["is_new"]):
        return _("New in this book: the result of {period}.").format(period=period)
    said = _("Nothing new in this book: the newest result is that of {period}").format(period=period)
    return said + _old(row) + "."


def is_new(verdict: Published) -> str:
    """ "yes" where the newest result came in since the last book, else "no"; "unknown" where nobody can tell."""
    new = _row(verdict)["is_new"]
    return "unknown" if missing(new) else "yes" if bool(new) else "no"


def rounded(verdict: Published, column: str) -> float | None:
    """A number of the verdict to two decimals, or None where it is not known or, for a slope, not told."""
    row = _row(verdict)
    untold = column == "slope" and row["word"] == "cannot tell yet"
    return None if untold or missing(row[column]) else round(float(row[column]), 2)


def _level(row: Row) -> str:
    return level(row["value"], row["unit"], row["universe"])


def _period(row: Row) -> str:
    return words.period(row["period_start"], row["period_end"])


def _old(row: Row) -> str:
    """That a newer result should be here by now, if so."""
    if missing(row["overdue_since"]):
        return ""
    said = words.gettext("; this is old: the next result was due in {when}")
    return said.format(when=words.month_year(row["overdue_since"]))


def _largest(row: Row) -> str:
    if missing(row["gap"]) or not row["gap"] > 0:
        return ""
    if not missing(row["gap_low"]) and row["gap_low"] <= 0:
        return words.gettext("; no gap between groups is larger than chance could make it")
    return words.gettext("; the largest gap is {gap}, between {best} and {worst}").format(
        gap=size(row["gap"], row["unit"]), best=row["gap_best"], worst=row["gap_worst"]
    )


def _goal_in_brackets(row: Row) -> str:
    _ = words.gettext
    if missing(row["target"]):
        return _(" (no goal set)")
    target = goal(row["target"], row["unit"], row["good_direction"])
    if row["reach"] == "reached":
        return _(" (goal {goal}, met)").format(goal=target)
    if missing(row["target_year"]):
        return _(" (goal {goal})").format(goal=target)
    return _(" (goal {goal} by {year})").format(goal=target, year=int(row["target_year"]))


def _row(verdict: Published) -> Row:
    return verdict.frame.iloc[0].to_dict()
