"""An outcome's plain numbers, for evaluators' own sentences: published rows in, short texts out.

`verdict` is the outcome's row of `verdicts`, `series` the rows of its indicator in this place, `gap` those of `gaps`,
the largest first; all three after the door (`Published`). The chapter's sentences say the same numbers.
"""

from alignkit.chapters.outcome.answer_sentences import roughly
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import Row, missing, plain, points, span
from alignkit.words.current import words


def numbers(verdict: Published, series: Published, gap: Published) -> dict[str, str]:
    """The plain numbers that a narrative may quote, by name; every name is there, whatever is known.

    value: the newest result that may be shown ("23%", "12.3 per 1,000", "$41,200"); without one, what is shown
        instead ("under 10%", "hidden", "no data")
    range: how far luck, or the survey's margin of error, could move that result ("21% to 25%", "not known")
    period: the period of that result ("2024–25")
    counted: how many children the result counts ("2,299", "about 2,300" for a survey, "not known")
    baseline: the result at the start ("28%", "not known")
    goal: the goal ("15%", "not set")
    goal_year: the year of the goal ("2030", "not set")
    short: how many more children (or fewer, where down is good) it takes to reach the goal ("203", "about 203", "0",
        "not known", "no goal set")
    change: the change a year, where the page gives a direction ("up 0.8 points a year", "down $900 a year"); else
        "no clear change", "too early to tell" or "not known"
    pace_needed: the change a year that the goal needs ("up 2.2 points a year", "goal met", "not known", "no goal set")
    gap: the largest gap between groups ("18 points"; "no clear gap" where luck could make it; "not known")
    gap_between: the groups on both sides of that gap, the better one first ("White and Black", "no clear gap")
    gap_period: the period of that gap, which may be older than the result's ("2024–25")
    """
    row = verdict.frame.iloc[0].to_dict()
    return {**_result(row, series), **_goal(row), **_pace(row), **_gap(gap)}


def _result(row: Row, series: Published) -> dict[str, str]:
    unknown = words.gettext("not known")
    counted = unknown if missing(row["denominator"]) else words.number(row["denominator"])
    if not missing(row["denominator"]) and not missing(row["confidence"]):
        counted = words.gettext("about {number}").format(number=counted)
    baseline = unknown if missing(row["baseline"]) else plain(row["baseline"], row["unit"])
    said = {"range": _range(row), "counted": counted, "baseline": baseline}
    if missing(row["value"]):
        return {**_not_shown(series), **said}
    period = words.period(row["period_start"], row["period_end"])
    return {"value": plain(row["value"], row["unit"]), "period": period, **said}


def _range(row: Row) -> str:
    if missing(row["low"]) or missing(row["high"]):
        return words.gettext("not known")
    if row["unit"] == "percent":
        alike = words.value(row["low"], "percent") == words.value(row["high"], "percent")
        return words.span(row["low"], row["high"], "percent", 1 if alike else None)
    ends = span(row["low"], row["high"], row["unit"])
    return words.gettext("{number} per 1,000").format(number=ends) if row["unit"] == "rate_per_1000" else ends


def _not_shown(series: Published) -> dict[str, str]:
    """What is shown in place of a result that may not be shown, and its period."""
    unknown = words.gettext("not known")
    rows = series.frame[series.frame["subgroup"] == "all"].sort_values("period_start")
    if rows.empty:
        return {"value": unknown, "period": unknown}
    newest = rows.iloc[-1].to_dict()
    return {"value": newest["text"], "period": words.period(newest["period_start"], newest["period_end"])}


def _goal(row: Row) -> dict[str, str]:
    _ = words.gettext
    if missing(row["target"]):
        return {"goal": _("not set"), "goal_year": _("not set"), "short": _("no goal set")}
    goal = plain(row["target"], row["unit"], 0 if float(row["target"]).is_integer() else 1)
    year = _("not set") if missing(row["target_year"]) else str(int(row["target_year"]))
    short = _("not known") if missing(row["short_of_target"]) else roughly(words.number(row["short_of_target"]), row)
    return {"goal": goal, "goal_year": year, "short": words.number(0) if row["reach"] == "reached" else short}


def _pace(row: Row) -> dict[str, str]:
    _ = words.gettext
    needed = _("not known") if missing(row["pace_needed"]) else _a_year(row["pace_needed"], row["unit"])
    needed = _("goal met") if row["reach"] == "reached" else needed
    unclear = {"no clear change": _("no clear change"), "cannot tell yet": _("too early to tell")}
    told = {"change": _("not known") if row["reason"] == "no_interval" else unclear.get(row["word"], "")}
    if row["word"] in ("improving", "worsening"):
        up = (row["word"] == "improving") == (row["good_direction"] == "up")
        told = {"change": _a_year(abs(row["slope"]) * (1 if up else -1), row["unit"])}
    return {**told, "pace_needed": _("no goal set") if missing(row["target"]) else needed}


def _a_year(change: float, unit: str) -> str:
    """A change a year with its direction: "up 0.8 points a year"."""
    text = words.gettext("up {points} a year") if change > 0 else words.gettext("down {points} a year")
    return text.format(points=points(change, unit))


def _gap(gap: Published) -> dict[str, str]:
    _, unknown = words.gettext, words.gettext("not known")
    if gap.frame.empty:
        return {"gap": unknown, "gap_between": unknown, "gap_period": unknown}
    row = gap.frame.iloc[0].to_dict()
    period = {"gap_period": words.period(row["period_start"], row["period_end"])}
    if not missing(row["low"]) and row["low"] <= 0:
        return {"gap": _("no clear gap"), "gap_between": _("no clear gap"), **period}
    between = words.list([str(row["best"]), str(row["worst"])])
    return {"gap": points(row["value"], row["unit"]), "gap_between": between, **period}
