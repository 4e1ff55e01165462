"""Sentences about where an outcome goes: which way, how fast, whether that reaches the goal, and when it can be told.

`verdict` is the outcome's row of `measures.verdicts` after the door (`Published` with one row).
"""

from alignkit.chapters.outcome.answer_sentences import latest, word
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import (
    Row,
    capitalized,
    change,
    changes,
    goal,
    missing,
    of_every,
    of_whom,
    season,
    small,
    span,
)
from alignkit.words.current import words


def direction_heading() -> str:
    """The heading over where the outcome goes, for which groups, and how other places compare."""
    return words.gettext("Which way it is going, and for which groups")


def going(verdict: Published) -> str:
    """Direction, pace needed, projection, and a curve that turned: where the outcome goes, in one paragraph."""
    row = verdict.frame.iloc[0].to_dict()
    if missing(row["target"]):
        return " ".join([direction(verdict), *turned(verdict)])
    told = row["word"] != "cannot tell yet" or not missing(row["forecast"])
    ahead = [forecast(verdict)] if told else []  # why there is no projection has been said already
    return " ".join([direction(verdict), needed(verdict), *ahead, *turned(verdict)])


def direction(verdict: Published) -> str:
    """Which way it goes, in the range of changes that fits, or when that could be told."""
    _, row = words.gettext, verdict.frame.iloc[0].to_dict()
    if row["word"] == "cannot tell yet":
        return cannot_tell(verdict)
    if row["word"] == "no clear change":
        return _unclear(row)
    said = _("{word}: anything from {changes} each year{whom} fits these results.")
    if row["good_direction"] == "down":
        said = _("{word}, and down is good here: anything from {changes} each year{whom} fits these results.")
        if row["word"] == "worsening":
            said = _("{word}, as down would be good here: anything from {changes} each year{whom} fits these results.")
    return said.format(word=capitalized(word(row["word"])), **_range(row))


def cannot_tell(verdict: Published) -> str:
    """Why it cannot be told yet and when it could; "" where it can."""
    _, row = words.gettext, verdict.frame.iloc[0].to_dict()
    if row["word"] != "cannot tell yet":
        return ""
    if row["reason"] == "no_values":
        return _("Too early to tell: no result can be shown.")
    if row["reason"] == "no_interval":
        return _(
            "It cannot be told: the source gives neither counts nor a margin of error, "
            "so change and chance cannot be told apart."
        )
    return _("Too early to tell: {few}; {when}.").format(few=_few(row), when=_when(row))


def earliest(verdict: Published) -> str | None:
    """When it could be told at the earliest: "fall 2029"; None where it can be already or no time would help."""
    day = verdict.frame.iloc[0].to_dict()["earliest"]
    return None if missing(day) else season(day)


def pace(verdict: Published) -> str:
    """The pace that the goal needs beside the pace seen."""
    _, row = words.gettext, verdict.frame.iloc[0].to_dict()
    if missing(row["target"]) or missing(row["pace_needed"]) or row["reach"] == "reached":
        return needed(verdict)
    said = needed(verdict).rstrip(".")
    if row["word"] == "cannot tell yet" or missing(row["slope"]):
        return _("{needed}; the pace so far cannot be told yet.").format(needed=said)
    return _("{needed}; seen so far: {changes}.").format(needed=said, changes=_range(row)["changes"])


def needed(verdict: Published) -> str:
    """The pace that the goal needs."""
    _, row = words.gettext, verdict.frame.iloc[0].to_dict()
    if missing(row["target"]):
        return _("Without a goal there is no pace to compare.")
    if row["reach"] == "reached":
        return _("The goal is met already; the task is to stay there.")
    if missing(row["pace_needed"]):
        return _("No pace can be said: that takes a result and a goal whose year lies ahead.")
    return _("Needed for the goal: {change}{per} each year until {year}.").format(
        change=change(row["pace_needed"], row["unit"]),
        per=of_every(row["unit"]),
        year=int(row["target_year"]),
    )


def forecast(verdict: Published) -> str:
    """What to expect in the goal's year if nothing changes."""
    _, row = words.gettext, verdict.frame.iloc[0].to_dict()
    if missing(row["forecast"]) and row["reason"] == "no_interval":
        return _("No projection: without counts or a margin of error, nobody can say how sure it would be.")
    if missing(row["forecast"]):
        return _("No projection: that takes a goal ahead and five results of one series.")
    said = _("If nothing changes, expect {span} in {year} (goal {goal}). A projection, not a promise.").format(
        span=span(row["forecast_low"], row["forecast_high"], row["unit"]),
        year=int(row["target_year"]),
        goal=goal(row["target"], row["unit"], row["good_direction"]),
    )
    reached = {
        "out of reach": _(" On this path the goal is out of reach."),
        "expected": _(" On this path the goal would be met."),
        "possible": _(" The goal lies within that range."),
    }
    return said + reached.get(row["reach"], "")


def turned(verdict: Published) -> list[str]:
    """That the newest result broke with the path before it, if it did."""
    _ = words.gettext
    said = {
        "better": _("The newest result is better than the path of the results before it led us to expect."),
        "worse": _("The newest result is worse than the path of the results before it led us to expect."),
    }.get(str(verdict.frame.iloc[0].to_dict()["turned"]))
    return [said] if said else []


def trend_caption(verdict: Published) -> str:
    """What the chart of the trend shows, and what its ranges are."""
    _, row = words.gettext, verdict.frame.iloc[0].to_dict()
    name = row["outcome"] if missing(row["indicator"]) else row["indicator"]
    goal_too = "" if missing(row["target"]) else _(", and the goal")
    if missing(row["value"]):
        said = _("{indicator}: results{goal}")
    elif missing(row["low"]):
        said = _("{indicator}: results{goal}. The newest has no range, as its source gives neither counts nor a margin "
                 "of error")  # fmt: skip
    elif missing(row["confidence"]):
        said = _("{indicator}: results, the 95 percent range of chance{goal}")
    else:
        said = _("{indicator}: results, the survey's 95 percent margin of error{goal}")
    return said.format(indicator=name, goal=goal_too)


def trend_alt(verdict: Published) -> str:
    """The chart of the trend in words."""
    return " ".join(part(verdict) for part in (latest, direction, forecast))


def _unclear(row: Row) -> str:
    _ = words.gettext
    if row["slope_low"] <= 0 <= row["slope_high"]:
        said = _(
            "No clear direction: anything from {changes} each year{whom} fits these results. "
            "That is not the same as standing still."
        )
        return said.format(**_range(row))
    said = _(
        "No clear direction: {changes} each year{whom} fits these results best, but of several outcomes "
        "watched at once, chance makes one look like that too often."
    )
    return said.format(**_range(row))


def _range(row: Row) -> dict[str, str]:
    whom = of_whom(row["unit"], row["universe"])
    return {
        "changes": changes(row["slope_low"], row["slope_high"], row["unit"]),
        "whom": f"{whom}," if whom else "",
    }


def _few(row: Row) -> str:
    _, n = words.gettext, int(row["points"])
    few = _("no result yet") if n == 0 else words.ngettext("only {n} result", "only {n} results", n)
    since = "" if missing(row["break_on"]) else _(" since the way of measuring changed in {year}")
    return (few + since).format(n=small(n), year="" if missing(row["break_on"]) else row["break_on"].year)


def _when(row: Row) -> str:
    if missing(row["earliest"]):
        return words.gettext("when it could be told is not known")
    return words.gettext("earliest answer {when}").format(when=season(row["earliest"]))
