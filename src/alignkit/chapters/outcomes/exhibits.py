"""Exhibits of the aligned-outcomes chapter: what its chart and tables are called with."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.chapters.outcome import sentences as of_outcome
from alignkit.chapters.outcomes.sentences import need
from alignkit.disclosure.published import Published
from alignkit.kit import charts
from alignkit.kit.amounts import chance, change, missing, per
from alignkit.words.current import words

Row = Mapping[Any, Any]
LISTED = 12
"""Outcomes that one page holds: those with most children short of their goal; the web has all."""


def support_chart(support: Published, only: Collection[str] = ()) -> dict[str, Any]:
    """What the chart of ratings is called with: everyone who rated the outcomes in force, or else the candidates.

    `only`: these outcomes, where the page cannot hold all.
    """
    _ = words.gettext
    totals = support.where(level="all")
    rated = totals.frame["in_force"].eq(True)
    frame = totals.frame[rated] if rated.any() else totals.frame
    frame = frame[frame["outcome_id"].isin(only)] if only else frame
    return {
        "p": replace(totals, frame=frame.sort_values("order", kind="stable").reset_index(drop=True)),
        "group": "outcome",
        "caption": support_caption(support),
        "alt": support_alt(totals),
        "measure": _("Leaders who rate the outcome 4 or 5 of 5"),
        "dense": True,
        "headings": {"outcome": _("Outcome")},
    }


def support_caption(support: Published) -> str:
    """How many leaders rated, and when."""
    _ = words.gettext
    years, people = support.frame["year"].dropna(), support.where(level="all").frame["denominator"].max()
    if years.empty:
        return _("How many leaders put each outcome among the most important")
    return _("How many of {leaders} put each outcome among the most important in {year}, with the range that fits "
             "leaders like them").format(leaders=words.count(people, "leader", "leaders"),
                                         year=int(years.max()))  # fmt: skip


def support_alt(shown: Published) -> str:
    """The chart of ratings in words: the outcomes with most and fewest, in force and among the candidates."""
    _, said = words.gettext, []
    for in_force, name in ((True, _("In force")), (False, _("Candidates"))):
        rows = shown.shown[shown.shown["in_force"].eq(in_force)].sort_values("value", kind="stable")
        if len(rows):
            most, least = rows.iloc[-1], rows.iloc[0]
            said.append(_("{section}: most for {most} ({high}), fewest for {least} ({low}).").format(
                section=name, most=most["outcome"], high=most["text"], least=least["outcome"], low=least["text"]
            ))  # fmt: skip
    return " ".join(said) or _("No share of leaders can be shown.")


def pressing_table(pressing: Published) -> dict[str, Any]:
    """What the table of the most pressing is called with: children short, pace needed beside pace seen."""
    _ = words.gettext
    caption = _("Outcomes in force, those with most children short of the goal first")
    if len(pressing.frame) > LISTED:
        caption = _("The {n} outcomes with most children short of the goal, of {all} in force; the web has all").format(
            n=LISTED, all=words.number(len(pressing.frame)))  # fmt: skip
    return {**_table(_first(pressing)), "caption": caption}


def _table(pressing: Published) -> dict[str, Any]:
    _, rows = words.gettext, pressing.frame.to_dict("records")
    said = {
        "short": [_short(row) for row in rows],
        "needed": [_needed(row) for row in rows],
        "seen": [_seen(row) for row in rows],
        "direction": [of_outcome.word(row["word"]) for row in rows],
    }
    frame = pressing.frame.assign(**{name: _texts(texts) for name, texts in said.items()})
    columns = {"outcome": _("Outcome"), "short": _("Children short of goal"), "needed": _("Needed each year"),
               "seen": _("Seen each year"), "direction": _("Direction")}  # fmt: skip
    return {"p": replace(pressing, frame=frame), "columns": columns, "align": {"short": "right"}}


def short_chart(pressing: Published) -> dict[str, Any]:
    """What the chart of children short of the goal is called with; it stands in for that of ratings."""
    _ = words.gettext
    known = pressing.frame["short_of_target"].notna()
    shown = replace(pressing, frame=pressing.frame[known].reset_index(drop=True))
    shown = replace(shown, frame=shown.frame.drop(columns=["low", "high", "value", "unit"]))
    said = [_("{outcome}: {n}").format(outcome=row["outcome"], n=words.number(row["short_of_target"]))
            for row in shown.frame.to_dict("records")]  # fmt: skip
    alt = _("Short of the goal: {said}.").format(said=words.list(said)) if said else _("No number is known.")
    return {"p": shown, "category": "outcome", "value": "short_of_target", "unit": "count", "alt": alt,
            "caption": _("Children short of the goal of each outcome")}  # fmt: skip


def picture(support: Published, pressing: Published) -> None:
    """The chapter's chart: what leaders rate, or how many children are short where nobody has rated."""
    first = list(pressing.frame["outcome_id"].head(LISTED)) if len(pressing.frame) > LISTED else []
    if support.frame.empty:
        charts.bars(id="support", **short_chart(_first(pressing)))
        return
    charts.groups(id="support", **support_chart(support, first))
    if first:
        charts.groups(id="support-all", where="web", **support_chart(support))


def all_table(pressing: Published) -> dict[str, Any]:
    """The table of the most pressing with every outcome, where the page cannot hold all; else without rows."""
    whole = pressing if len(pressing.frame) > LISTED else replace(pressing, frame=pressing.frame.iloc[:0])
    return {**_table(whole), "caption": words.gettext("Every outcome in force")}


def _first(pressing: Published) -> Published:
    return replace(pressing, frame=pressing.frame.head(LISTED))


def _short(row: Row) -> str:
    _ = words.gettext
    if missing(row["target"]):
        return _("no goal set")
    if row["reach"] == "reached":
        return _("goal met")
    return _("not known") if missing(row["short_of_target"]) else words.number(row["short_of_target"])


def _needed(row: Row) -> str:
    if row["reach"] == "reached" or missing(row["pace_needed"]):
        return ""
    return _change(row["pace_needed"], row["unit"])


def _seen(row: Row) -> str:
    if row["word"] == "cannot tell yet" or missing(row["slope"]):
        return words.gettext("cannot tell yet")
    return _change(row["slope"], row["unit"])


def _change(value: float, unit: str) -> str:
    said = change(value, unit)
    return said if said == words.gettext("no change") else said + per(unit)


def levels_table(support: Published, difference: Published) -> dict[str, Any]:
    """What the table by level is called with: each level's share, and how far executives and practitioners differ."""
    _ = words.gettext
    names = {"all": _("All"), "executive": _("Executives"), "manager": _("Managers"),
             "practitioner": _("Practitioners"), "unknown": _("Level not known")}  # fmt: skip
    texts = support.frame.pivot(index="outcome_id", columns="level", values="text")
    there = {level: heading for level, heading in names.items() if level in texts}
    frame = difference.frame.merge(texts[list(there)].reset_index(), on="outcome_id", how="left")
    rows = frame.to_dict("records")
    frame["apart_said"] = _texts([_apart(row) for row in rows])
    frame["range_said"] = _texts([_range(row) for row in rows])
    frame["p_said"] = _texts([chance(None if missing(row["p"]) else row["p_adjusted"]) for row in rows])
    columns = {"outcome": _("Outcome"), **there, "apart_said": _("Executives, of 100, against practitioners"),
               "range_said": _("Chance alone could make that"), "p_said": _("p, Holm")}  # fmt: skip
    caption = _("Leaders who rate each outcome 4 or 5, by level; from a band, the smallest difference that fits it")
    return {"p": replace(difference, frame=frame), "columns": columns, "caption": caption}


def _apart(row: Row) -> str:
    if missing(row["value"]):
        return words.gettext("cannot be said")
    points = change(round(row["value"]), "percent")
    return words.gettext("at least {points}").format(points=points) if row["at_least"] is True else points


def _range(row: Row) -> str:
    if missing(row["low"]):
        return ""
    return words.gettext("{low} to {high}").format(low=words.number(row["low"]), high=words.number(row["high"]))


def agreement_table(coefficients: Published) -> dict[str, Any]:
    """What the table of coefficients is called with."""
    _ = words.gettext
    names = {"alpha": _("Krippendorff's alpha (ordinal)"), "w": _("Kendall's W, corrected for ties")}
    levels = {"all": _("All"), "executive": _("Executives"), "manager": _("Managers"),
              "practitioner": _("Practitioners"), "unknown": _("Level not known")}  # fmt: skip
    rows = coefficients.frame.to_dict("records")
    frame = coefficients.frame.assign(
        name=_texts([names[row["coefficient"]] for row in rows]),
        who=_texts([levels[row["level"]] for row in rows]),
        said=_texts([words.number(row["value"], 2) if row["status"] == "shown" else row["text"] for row in rows]),
        range_said=_texts([_two(row) for row in rows]),
        p_said=_texts(["" if row["coefficient"] == "alpha" else chance(row["p"]) for row in rows]),
    )
    columns = {"name": _("Agreement over all outcomes"), "who": _("Level"), "denominator": _("Leaders"),
               "said": _("Coefficient"), "range_said": _("Likely range"), "p_said": _("p")}  # fmt: skip
    caption = _("How far leaders agree: 1 is full agreement, 0 what chance would give. The range of alpha is a "
                "jackknife over leaders, as who answered is a sample and the list of outcomes is not")  # fmt: skip
    return {"p": replace(coefficients, frame=frame), "columns": columns, "caption": caption}


def _two(row: Row) -> str:
    if row["status"] != "shown" or missing(row["low"]):
        return ""
    return words.gettext("{low} to {high}").format(low=words.number(row["low"], 2), high=words.number(row["high"], 2))


def consensus_table(consensus: Published) -> dict[str, Any]:
    """What the table of van der Eijk's A is called with."""
    _ = words.gettext
    rows = consensus.frame.to_dict("records")
    said = [words.number(row["value"], 1) if row["status"] == "shown" else row["text"] for row in rows]
    frame = consensus.frame.assign(said=_texts(said))
    columns = {"outcome": _("Outcome"), "denominator": _("Leaders"), "said": _("Agreement A")}
    caption = _("How far leaders agree on each outcome (van der Eijk's A): 1 all the same, 0 evenly spread, −1 half at "
                "each end; to one decimal, so that no single rating can be worked out")  # fmt: skip
    return {"p": replace(consensus, frame=frame), "columns": columns, "align": {"said": "right"}, "caption": caption}


def set_table(compared: Published) -> dict[str, Any]:
    """What the table of sets is called with: in force, in the set with most agreement, in another as good.

    Nothing is shown where nobody has rated.
    """
    _ = words.gettext
    yes = _("yes")
    marks = {name: compared.frame[name].map({True: yes, False: ""}) for name in ("in_force", "chosen", "as_good")}
    frame = compared.frame.assign(**marks, stage=compared.frame["stage"].str.replace("_", " ").str.capitalize())
    columns = {"outcome": _("Outcome"), "stage": _("Stage"), "in_force": _("In force"), "chosen": _("Most agreement")}
    if compared.frame["as_good"].eq(True).any():
        columns["as_good"] = _("Another as good")
    caption = _("Outcomes in force beside the eight to ten that most leaders back and that serve every stage and "
                "grant. A set gains by an outcome that more than half rate 4 or 5, and loses by any other")  # fmt: skip
    frame = frame if compared.frame["chosen"].eq(True).any() else frame.iloc[:0]
    return {"p": replace(compared, frame=frame), "columns": columns, "caption": caption}


def served_table(served: Published) -> dict[str, Any]:
    """What the table of stages and grants is called with."""
    _ = words.gettext
    said = pd.Series([need(row) for row in served.frame.to_dict("records")], dtype=object)
    columns = {"what": _("Stage or grant"), "now": _("Served by those in force")}
    if served.frame["best"].notna().any():
        columns["best"] = _("By the set with most")
    columns["possible"] = _("By any outcome listed")
    frame = served.frame.assign(what=said.str[:1].str.upper() + said.str[1:])
    caption = _("Whether each stage and each running grant is served by at least one outcome")
    return {"p": replace(served, frame=frame), "columns": columns, "caption": caption}


def _texts(values: list[str]) -> "pd.Series[Any]":
    return pd.Series(values, dtype=object)
