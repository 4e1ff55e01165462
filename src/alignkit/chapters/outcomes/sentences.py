"""Sentences of the aligned-outcomes chapter: published measures in, plain words out."""

import pandas as pd

from alignkit.chapters.outcomes.chart_sentences import chart_alt, chart_caption, chart_headings, chart_measure
from alignkit.chapters.outcomes.measures import measured_outcomes
from alignkit.chapters.outcomes.set_sentences import need, the_set, to_weigh
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import Row, capitalized, chance, missing, small
from alignkit.kit.columns import texts
from alignkit.kit.lists import names
from alignkit.words.current import words

__all__ = ["action", "answer", "chart_alt", "chart_caption", "chart_headings", "chart_measure", "computed", "levels",
           "numbers", "on_page_one", "the_set"]  # fmt: skip
WORDS = {
    "improving": "improving",
    "worsening": "worsening",
    "no_clear_change": "no clear change",
    "too_early": "cannot tell yet",
}
"""Name of a plain number → the word whose outcomes it counts."""


def answer(side: Published, pressing: Published, luck: Published) -> str:
    """The chapter in one sentence: what most leaders back, what needs us most, which way it goes."""
    if pressing.frame.empty:
        return words.gettext("No outcome is in force yet, so there is nothing to agree on or to follow.")
    parts = [_backed(side), _most(pressing), _luck(luck.frame.iloc[0].to_dict())]
    return capitalized("; ".join(parts)) + "."


def _backed(side: Published) -> str:
    """In how many of the outcomes in force more than half of those who rated put their weight."""
    _ = words.gettext
    all_of_them, told = _rated(side)
    if all_of_them.empty:
        return _("whether leaders agree is not known, as nobody has rated the outcomes")
    if told.empty:
        return _("whether leaders agree is hidden, as too few have rated the outcomes")
    n = int((told["side"] == "most").sum())
    if not n:
        return _("no outcome in force has more than half of the leaders behind it")
    text = _("more than half of the leaders put {n} of the {all} outcomes in force among the most important")
    return text.format(n=small(n), all=small(len(told)))


def _rated(side: Published) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The outcomes in force that were rated, and those of them of which a side is published."""
    rows = side.frame[(side.frame["level"] == "all") & side.frame["in_force"].eq(True)]
    return rows, rows[rows["side"].notna()]


def _most(pressing: Published) -> str:
    _, row = words.gettext, pressing.frame.iloc[0].to_dict()
    if missing(row["short_of_target"]):
        return _("how many children are short of a goal is not known")
    if row["short_of_target"] == 0:
        return _("every goal with a result is met")
    text = _("{outcome} is furthest from its goal ({n} {universe} short)")
    if pressing.frame["short_of_target"].isna().any():
        text = _("where the number is known, {outcome} is furthest from its goal ({n} {universe} short)")
    return text.format(outcome=row["outcome"], n=words.number(row["short_of_target"]), universe=row["universe"])


def _luck(row: Row) -> str:
    _ = words.gettext
    if missing(row["chance"]) and row["still"]:
        return _("no outcome with three comparable results moved either way")
    if missing(row["chance"]):
        return _("no outcome has three comparable results yet, so none can be said to move")
    text = _("{better} of {moved} moved the right way").format(
        better=small(int(row["better"])), moved=small(int(row["moved"]))
    )
    if row["moved"] == 1:
        right, wrong = _("the one outcome that moved went the right way"), _("the one outcome that moved went wrong")
        text = right if row["better"] else wrong
    return _("{text}, and {coins}").format(text=text, coins=_coins(row["chance"]))


def _coins(p: float) -> str:
    """ "coin tosses would do as well 36 times in 100"."""
    _ = words.gettext
    if p < 0.005:
        return _("coin tosses would do as well less than once in 100 times")
    if p >= 0.995:
        return _("coin tosses would always do as well")
    return _("coin tosses would do as well {n} times in 100").format(n=words.number(100 * p))


def levels(support: Published, difference: Published) -> str:
    """Whether executives and practitioners see it alike: the outcomes on which they do not."""
    _ = words.gettext
    if support.frame.empty:
        return _("No ratings are on record (tables leaders and outcome_ratings): they would show here who agrees.")
    if not support.frame["level"].isin(["executive", "manager", "practitioner"]).any():
        return _("At which level the leaders work who rated is not on record (table leaders).")
    rows = difference.frame.to_dict("records")
    apart = [_apart(row) for row in rows if row["apart"] is True]
    unknown = sum(missing(row["value"]) for row in rows)
    if len(rows) == unknown:
        return _("By level, too few have rated for numbers that can be published.")
    if not apart:
        return _("Executives and practitioners differ on no outcome by more than chance would make them, all outcomes "
                 "looked at together.")  # fmt: skip
    text = words.ngettext(
        "Executives and practitioners are further apart than chance would make them on {n} outcome: {which}.",
        "Executives and practitioners are further apart than chance would make them on {n} outcomes: {which}.",
        len(apart),
    )
    return text.format(n=small(len(apart)), which=words.list(apart))


def _apart(row: Row) -> str:
    _ = words.gettext
    points = words.number(abs(row["value"]))
    exact = _("at least {points}") if row["at_least"] is True else "{points}"
    who = _("executives") if row["value"] > 0 else _("practitioners")
    return _("{outcome} ({points} of 100 more {who})").format(
        outcome=row["outcome"], points=exact.format(points=points), who=who
    )


def numbers(side: Published, pressing: Published, luck: Published) -> dict[str, str]:
    """The plain numbers that a narrative may quote, by name.

    adopted: how many outcomes are adopted ("9")
    improving: how many of them are improving ("2")
    worsening: how many are worsening ("1")
    no_clear_change: how many show no clear change ("3")
    too_early: how many cannot be told yet ("3")
    goals_met: how many have met their goal ("1")
    backed: adopted outcomes with more than half of the leaders behind them, of those rated ("6 of 9", "hidden";
        "not known" where no one has rated)
    right_way: outcomes that moved the right way, of those that moved ("5 of 8", "none moved"; "not known" before any
        has three results)
    most_pressing: the outcome with the most children short of its goal ("Reading by grade 3"; "none" where no
        outcome is adopted or every goal with a result is met; "not known")
    most_short: how many children that outcome is short ("203", "not known")
    """
    by = pressing.frame["word"].value_counts()
    counts = {"adopted": len(pressing.frame), "goals_met": int((pressing.frame["reach"] == "reached").sum())}
    counts |= {name: int(by.get(word, 0)) for name, word in WORDS.items()}
    return {
        **{name: words.number(count) for name, count in counts.items()},
        "backed": _how_many_backed(side),
        "right_way": _right_way(luck.frame.iloc[0].to_dict()),
        **_furthest(pressing),
    }


def _how_many_backed(side: Published) -> str:
    _, (all_of_them, told) = words.gettext, _rated(side)
    if told.empty:
        return _("not known") if all_of_them.empty else _("hidden")
    most = int((told["side"] == "most").sum())
    return _("{have} of {of}").format(have=words.number(most), of=words.number(len(told)))


def _right_way(row: Row) -> str:
    _ = words.gettext
    if row["moved"] == 0:
        return _("none moved") if row["still"] else _("not known")
    return _("{have} of {of}").format(have=words.number(row["better"]), of=words.number(row["moved"]))


def _furthest(pressing: Published) -> dict[str, str]:
    """The outcome with the most children short of its goal, and how many these are."""
    _ = words.gettext
    if pressing.frame.empty:
        return {"most_pressing": _("none"), "most_short": _("not known")}
    row = pressing.frame.iloc[0].to_dict()
    if missing(row["short_of_target"]):
        return {"most_pressing": _("not known"), "most_short": _("not known")}
    name = str(row["outcome"]) if row["short_of_target"] > 0 else _("none")
    return {"most_pressing": name, "most_short": words.number(row["short_of_target"])}


def action(
    pressing: Published, matrix: Published, difference: Published, compared: Published, served: Published
) -> list[str]:
    """What to do: put the most pressing first, measure what is not, talk where levels differ, weigh the other set."""
    _ = words.gettext
    said = []
    top = pressing.frame[pressing.frame["short_of_target"].fillna(0) > 0]["outcome"]
    if len(top):
        said.append(_("Ask of every commitment whether it helps {outcome}, where most are short of the goal.").format(
            outcome=top.iloc[0]))  # fmt: skip
    for column, text in (("has_indicator", _("Choose a core indicator for {names}.")),
                         ("has_goal", _("Set a goal for {names}."))):  # fmt: skip
        lacks = matrix.frame[~matrix.frame[column].eq(True) & (matrix.frame["has_indicator"].eq(True)
                                                               | (column == "has_indicator"))]  # fmt: skip
        if len(lacks):
            said.append(text.format(names=names(list(lacks["outcome"]))))
    apart = difference.frame[difference.frame["apart"].eq(True)]["outcome"]
    if len(apart):
        said.append(_("Bring executives and practitioners together on {names}.").format(names=names(list(apart))))
    said += to_weigh(compared)
    lacking = served.frame[~served.frame["now"].eq(True) & served.frame["possible"].eq(True)]
    if len(lacking):
        needs = [need(row) for row in lacking.to_dict("records")]
        said.append(_("Take in an outcome that serves {needs}; none in force does.").format(needs=names(needs)))
    return said or [_("Nothing is missing this cycle; keep to the outcomes in force.")]


def computed(luck: Published, support: Published, compared: Published, served: Published) -> pd.DataFrame:
    """What was computed and what came out, for the web: what, says (words)."""
    _, row = words.gettext, luck.frame.iloc[0].to_dict()
    rows = [
        (_("Outcomes that moved the right way: results since the last break, three or more, rise more often than they "
           "fall where up is good, or fall more often where down is good (sign of Mann–Kendall's S)"),
         _right_way(row)),
        (_("Chance that as many or more would do so if each were a coin toss (binomial)"),
         chance(row["chance"])),
        (_("Outcomes with fewer than three comparable results, or that rose as often as they fell: not counted"),
         words.number(row["unknown"] + row["still"])),
        (_("Outcomes rated, and the range beside a share (Wilson, 95 percent)"),
         words.number(support.frame["outcome_id"].nunique())),
        (_("Executives against practitioners: difference of shares (Newcombe, 95 percent), score test, Holm over all "
           "outcomes rated"), _("see the table by level")),
        (_("The eight to ten outcomes with the largest sum of (share that rates 4 or 5, less one half) that serve "
           "every stage and every running grant (exact, mixed-integer program)"), the_set(compared, served)),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["what", "says"])


def on_page_one(outcomes: pd.DataFrame, indicators: pd.DataFrame, judged: Published) -> pd.DataFrame:
    """The chapter's column of the matrix on page one: each outcome's standing, and `said` in eight words or fewer."""
    frame = measured_outcomes(outcomes, indicators, judged)
    return frame.assign(said=texts(_measured(row) for row in frame.to_dict("records")))


def _measured(row: Row) -> str:
    _ = words.gettext
    if not row["has_indicator"]:
        return _("no core indicator")
    if row["has_result"] and row["has_goal"]:
        return _("core indicator with result and goal")
    if row["has_result"]:
        return _("result, but no goal")
    return _("goal, but no result") if row["has_goal"] else _("core indicator without result or goal")
