"""Sentences of an outcome's chapter: the published verdict in, plain words out.

`verdict` is the outcome's row of `measures.verdicts` after the door (`Published` with one row).
"""

from collections.abc import Mapping
from typing import Any

from alignkit.disclosure.published import Published
from alignkit.exhibits.sentences.amounts import (
    capitalized,
    change,
    changes,
    goal,
    level,
    margin,
    missing,
    of_every,
    of_whom,
    per,
    season,
    size,
    small,
    span,
)
from alignkit.words.words import Words

Row = Mapping[Any, Any]


def title(verdict: Published) -> str:
    """The outcome's name."""
    return str(_row(verdict)["outcome"])


def question(words: Words) -> str:
    """What the chapter answers."""
    return words.gettext("Is it turning, for whom, and will it reach the goal?")


def word(name: str, words: Words) -> str:
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


def said_word(verdict: Published, words: Words) -> str:
    """The verdict's word in the book's language."""
    return word(_row(verdict)["word"], words)


def answer(verdict: Published, words: Words) -> str:
    """The chapter in one sentence: the word, where we are, the goal, the largest gap."""
    _, row = words.gettext, _row(verdict)
    if missing(row["value"]):
        return _("Cannot tell yet: no result can be shown.")
    said = _("{word}: {level} in {period}").format(
        word=capitalized(word(row["word"], words)), level=_level(row, words), period=_period(row, words)
    )
    return said + _goal_in_brackets(row, words) + _largest(row, words) + _old(row, words) + "."


def latest(verdict: Published, words: Words) -> str:
    """Where we are, with what chance alone could make of it."""
    _, row = words.gettext, _row(verdict)
    if missing(row["value"]):
        return _("No result can be shown yet.")
    said = _("{level} in {period} ({indicator})").format(
        level=_level(row, words), period=_period(row, words), indicator=row["indicator"]
    )
    return said + margin(row, words) + "."


def direction(verdict: Published, words: Words) -> str:
    """Which way it goes, in the range of changes that fits, or when that could be told."""
    _, row = words.gettext, _row(verdict)
    if row["word"] == "cannot tell yet":
        return cannot_tell(verdict, words)
    if row["word"] == "no clear change":
        return _unclear(row, words)
    said = _("{word}: anything from {changes} each year{whom} fits these results.")
    if row["good_direction"] == "down":
        said = _("{word}, and down is good here: anything from {changes} each year{whom} fits these results.")
        if row["word"] == "worsening":
            said = _("{word}, as down would be good here: anything from {changes} each year{whom} fits these results.")
    return said.format(word=capitalized(word(row["word"], words)), **_range(row, words))


def going(verdict: Published, words: Words) -> str:
    """Direction, pace needed, projection, and a curve that turned: where the outcome goes, in one paragraph."""
    if missing(_row(verdict)["target"]):
        return " ".join([direction(verdict, words), *turned(verdict, words)])
    told = _row(verdict)["word"] != "cannot tell yet" or not missing(_row(verdict)["forecast"])
    ahead = [forecast(verdict, words)] if told else []  # why there is no projection has been said already
    return " ".join([direction(verdict, words), needed(verdict, words), *ahead, *turned(verdict, words)])


def cannot_tell(verdict: Published, words: Words) -> str:
    """Why it cannot be told yet and when it could; "" where it can."""
    _, row = words.gettext, _row(verdict)
    if row["word"] != "cannot tell yet":
        return ""
    if row["reason"] == "no_values":
        return _("Too early to tell: no result can be shown.")
    if row["reason"] == "no_interval":
        return _(
            "It cannot be told: the source gives neither counts nor a margin of error, "
            "so change and chance cannot be told apart."
        )
    return _("Too early to tell: {few}; {when}.").format(few=_few(row, words), when=_when(row, words))


def earliest(verdict: Published, words: Words) -> str | None:
    """When it could be told at the earliest: "fall 2029"; None where it can be already or no time would help."""
    day = _row(verdict)["earliest"]
    return None if missing(day) else season(day, words)


def short_of_target(verdict: Published, words: Words) -> str:
    """How many children the goal is away."""
    _, row = words.gettext, _row(verdict)
    if missing(row["target"]):
        return _("No goal has been set, so there is no pace to compare and no projection.")
    target = goal(row["target"], row["unit"], row["good_direction"], words)
    if row["reach"] == "reached":
        return _("The goal of {goal} is met.").format(goal=target + per(row["unit"], words))
    if missing(row["value"]):
        return _("How many are short of the goal of {goal} cannot be said before a result is shown.").format(
            goal=target + per(row["unit"], words)
        )
    if missing(row["short_of_target"]) or missing(row["denominator"]):
        return _("How many {universe} are short of the goal is not known: the source gives no counts.").format(
            universe=row["universe"]
        )
    more = _("It would take {n} more of the {all} {universe} to meet the goal of {goal}.")
    fewer = _("It would take {n} fewer of the {all} {universe} to meet the goal of {goal}.")
    return (more if row["good_direction"] == "up" else fewer).format(
        n=about(words.number(row["short_of_target"]), row, words),
        all=words.number(row["denominator"]),
        universe=row["universe"],
        goal=target + per(row["unit"], words),
    )


def about(number: str, row: Row, words: Words) -> str:
    """A number of children, "about" it where the count behind it is a rounded share or a survey's estimate."""
    exact = not missing(row["numerator"]) and missing(row["confidence"])
    return number if exact else words.gettext("about {number}").format(number=number)


def pace(verdict: Published, words: Words) -> str:
    """The pace that the goal needs beside the pace seen."""
    _, row = words.gettext, _row(verdict)
    if missing(row["target"]) or missing(row["pace_needed"]) or row["reach"] == "reached":
        return needed(verdict, words)
    said = needed(verdict, words).rstrip(".")
    if row["word"] == "cannot tell yet" or missing(row["slope"]):
        return _("{needed}; the pace so far cannot be told yet.").format(needed=said)
    return _("{needed}; seen so far: {changes}.").format(needed=said, changes=_range(row, words)["changes"])


def needed(verdict: Published, words: Words) -> str:
    """The pace that the goal needs."""
    _, row = words.gettext, _row(verdict)
    if missing(row["target"]):
        return _("Without a goal there is no pace to compare.")
    if row["reach"] == "reached":
        return _("The goal is met already; the task is to stay there.")
    if missing(row["pace_needed"]):
        return _("No pace can be said: that takes a result and a goal whose year lies ahead.")
    return _("Needed for the goal: {change}{per} each year until {year}.").format(
        change=change(row["pace_needed"], row["unit"], words),
        per=of_every(row["unit"], words),
        year=int(row["target_year"]),
    )


def forecast(verdict: Published, words: Words) -> str:
    """What to expect in the goal's year if nothing changes."""
    _, row = words.gettext, _row(verdict)
    if missing(row["forecast"]) and row["reason"] == "no_interval":
        return _("No projection: without counts or a margin of error, nobody can say how sure it would be.")
    if missing(row["forecast"]):
        return _("No projection: that takes a goal ahead and five results of one series.")
    said = _("If nothing changes, expect {span} in {year} (goal {goal}). A projection, not a promise.").format(
        span=span(row["forecast_low"], row["forecast_high"], row["unit"], words),
        year=int(row["target_year"]),
        goal=goal(row["target"], row["unit"], row["good_direction"], words),
    )
    reached = {
        "out of reach": _(" On this path the goal is out of reach."),
        "expected": _(" On this path the goal would be met."),
        "possible": _(" The goal lies within that range."),
    }
    return said + reached.get(row["reach"], "")


def turned(verdict: Published, words: Words) -> list[str]:
    """That the newest result broke with the path before it, if it did."""
    _ = words.gettext
    said = {
        "better": _("The newest result is better than the path of the results before it led us to expect."),
        "worse": _("The newest result is worse than the path of the results before it led us to expect."),
    }.get(str(_row(verdict)["turned"]))
    return [said] if said else []


def new(verdict: Published, words: Words) -> str:
    """Whether the newest value came in since the last book."""
    _, row = words.gettext, _row(verdict)
    if missing(row["value"]):
        return _("No result can be shown yet.")
    period = _period(row, words)
    if bool(row["is_new"]):
        return _("New in this book: the result of {period}.").format(period=period)
    said = _("Nothing new in this book: the newest result is that of {period}").format(period=period)
    return said + _old(row, words) + "."


def is_new(verdict: Published) -> str:
    """ "yes" where the newest result came in since the last book, else "no"."""
    return "yes" if bool(_row(verdict)["is_new"]) else "no"


def number(verdict: Published, column: str) -> float | None:
    """A number of the verdict to two decimals, or None where it is not known or, for a slope, not told."""
    row = _row(verdict)
    untold = column == "slope" and row["word"] == "cannot tell yet"
    return None if untold or missing(row[column]) else round(float(row[column]), 2)


def _unclear(row: Row, words: Words) -> str:
    _ = words.gettext
    if row["slope_low"] <= 0 <= row["slope_high"]:
        said = _(
            "No clear direction: anything from {changes} each year{whom} fits these results. "
            "That is not the same as standing still."
        )
        return said.format(**_range(row, words))
    said = _(
        "No clear direction: {changes} each year{whom} fits these results best, but of several outcomes "
        "watched at once, chance makes one look like that too often."
    )
    return said.format(**_range(row, words))


def _range(row: Row, words: Words) -> dict[str, str]:
    whom = of_whom(row["unit"], row["universe"], words)
    return {
        "changes": changes(row["slope_low"], row["slope_high"], row["unit"], words),
        "whom": f"{whom}," if whom else "",
    }


def _few(row: Row, words: Words) -> str:
    _, n = words.gettext, int(row["points"])
    few = _("no result yet") if n == 0 else words.ngettext("only {n} result", "only {n} results", n)
    since = "" if missing(row["break_on"]) else _(" since the way of measuring changed in {year}")
    return (few + since).format(n=small(n, words), year="" if missing(row["break_on"]) else row["break_on"].year)


def _when(row: Row, words: Words) -> str:
    if missing(row["earliest"]):
        return words.gettext("when it could be told is not known")
    return words.gettext("earliest answer {when}").format(when=season(row["earliest"], words))


def _level(row: Row, words: Words) -> str:
    return level(row["value"], row["unit"], row["universe"], words)


def _period(row: Row, words: Words) -> str:
    return words.period(row["period_start"], row["period_end"])


def _old(row: Row, words: Words) -> str:
    """That a newer result should be here by now, if so."""
    if missing(row["overdue_since"]):
        return ""
    said = words.gettext("; this is old: the next result was due in {when}")
    return said.format(when=words.month_year(row["overdue_since"]))


def _largest(row: Row, words: Words) -> str:
    if missing(row["gap"]) or not row["gap"] > 0:
        return ""
    if not missing(row["gap_low"]) and row["gap_low"] <= 0:
        return words.gettext("; no gap between groups is larger than chance could make it")
    return words.gettext("; the largest gap is {gap}, between {best} and {worst}").format(
        gap=size(row["gap"], row["unit"], words), best=row["gap_best"], worst=row["gap_worst"]
    )


def _goal_in_brackets(row: Row, words: Words) -> str:
    _ = words.gettext
    if missing(row["target"]):
        return _(" (no goal set)")
    target = goal(row["target"], row["unit"], row["good_direction"], words)
    if row["reach"] == "reached":
        return _(" (goal {goal}, met)").format(goal=target)
    if missing(row["target_year"]):
        return _(" (goal {goal})").format(goal=target)
    return _(" (goal {goal} by {year})").format(goal=target, year=int(row["target_year"]))


def _row(verdict: Published) -> Row:
    return verdict.frame.iloc[0].to_dict()
