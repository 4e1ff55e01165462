"""Charts' rows and tables of the aligned-outcomes chapter."""

from dataclasses import replace

import pandas as pd

from alignkit.chapters.outcome import sentences as of_outcome
from alignkit.chapters.outcomes.set_sentences import need
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import Row, chance, change, missing, per
from alignkit.kit.code_lists import code_words
from alignkit.kit.columns import texts
from alignkit.kit.tables import Table
from alignkit.words.current import words

LISTED = 12
"""Outcomes that one page holds: those with most children short of their goal; the web has all."""


def rated_or_short(support: Published, pressing: Published) -> Published:
    """The chart's rows: everyone who rated the outcomes in force, or else the candidates; no more than fit on a page.

    Where no one has rated, how many children each outcome is short of its goal.
    """
    if support.frame.empty:
        return _children_short(pressing)
    totals = rated_outcomes(support)
    if len(pressing.frame) <= LISTED:
        return totals
    first = totals.frame["outcome_id"].isin(_first(pressing).frame["outcome_id"])
    return replace(totals, frame=totals.frame[first].reset_index(drop=True))


def rated_outcomes(support: Published) -> Published:
    """What everyone who rated says of the outcomes in force, or else of the candidates, in the outcomes' order."""
    totals = support.where(level="all")
    in_force = totals.frame["in_force"].eq(True)
    frame = totals.frame[in_force] if in_force.any() else totals.frame
    return replace(totals, frame=frame.sort_values("order", kind="stable").reset_index(drop=True))


def _children_short(pressing: Published) -> Published:
    frame = _first(pressing).frame.drop(columns=["low", "high"])
    known = frame[frame["short_of_target"].notna()].reset_index(drop=True)
    said = texts(words.number(short) for short in known["short_of_target"])
    value = known["short_of_target"].astype("float64")
    return replace(pressing, frame=known.assign(value=value, unit="count", text=said))


def every_rating(support: Published, pressing: Published) -> Table:
    """The ratings of every outcome in force, where the chart cannot hold all; else without rows."""
    _, totals = words.gettext, rated_outcomes(support)
    frame = totals.frame if len(pressing.frame) > LISTED else totals.frame.iloc[:0]
    columns = {"outcome": _("Outcome"), "text": _("Rate it 4 or 5"), "low": _("From"), "high": _("To")}
    return Table(replace(totals, frame=frame), columns, _("Leaders' ratings of every outcome in force"))


def pressing_table(pressing: Published) -> Table:
    """The outcomes with most children short of their goal: pace needed next to pace seen."""
    _ = words.gettext
    caption = _("Outcomes in force, those with most children short of the goal first")
    if len(pressing.frame) > LISTED:
        caption = _("The {n} outcomes with most children short of the goal, of {all} in force; the web has all").format(
            n=LISTED, all=words.number(len(pressing.frame)))  # fmt: skip
    return _pressing(_first(pressing), caption)


def _pressing(pressing: Published, caption: str) -> Table:
    _, rows = words.gettext, pressing.frame.to_dict("records")
    said = {
        "short": [_short(row) for row in rows],
        "needed": [_needed(row) for row in rows],
        "seen": [_seen(row) for row in rows],
        "direction": [of_outcome.word(row["word"]) for row in rows],
    }
    frame = pressing.frame.assign(**{name: texts(cells) for name, cells in said.items()})
    columns = {"outcome": _("Outcome"), "short": _("Children short of goal"), "needed": _("Needed each year"),
               "seen": _("Seen each year"), "direction": _("Direction")}  # fmt: skip
    return Table(replace(pressing, frame=frame), columns, caption, {"short": "right"})


def every_outcome(pressing: Published) -> Table:
    """The table of the most pressing with every outcome, where the page cannot hold all; else without rows."""
    whole = pressing if len(pressing.frame) > LISTED else replace(pressing, frame=pressing.frame.iloc[:0])
    return _pressing(whole, words.gettext("Every outcome in force"))


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


def levels_table(support: Published, difference: Published) -> Table:
    """Each level's share, and how far executives and practitioners differ."""
    _ = words.gettext
    shares = support.frame.pivot(index="outcome_id", columns="level", values="text")
    there = {level: heading for level, heading in _levels().items() if level in shares}
    frame = difference.frame.merge(shares[list(there)].reset_index(), on="outcome_id", how="left")
    rows = frame.to_dict("records")
    frame["apart_said"] = texts([_apart(row) for row in rows])
    frame["range_said"] = texts([_range(row) for row in rows])
    frame["p_said"] = texts([chance(None if missing(row["p"]) else row["p_adjusted"]) for row in rows])
    columns = {"outcome": _("Outcome"), **there, "apart_said": _("Executives, of 100, against practitioners"),
               "range_said": _("Chance alone could make that"), "p_said": _("p, Holm")}  # fmt: skip
    caption = _("Leaders who rate each outcome 4 or 5, by level; from a band, the smallest difference that fits it")
    return Table(replace(difference, frame=frame), columns, caption)


def _levels() -> dict[str, str]:
    """Every level as a heading, in order."""
    _ = words.gettext
    return {"all": _("All"), "executive": _("Executives"), "manager": _("Managers"),
            "practitioner": _("Practitioners"), "unknown": _("Level not known")}  # fmt: skip


def _apart(row: Row) -> str:
    if missing(row["value"]):
        return words.gettext("cannot be said")
    points = change(round(row["value"]), "percent")
    return words.gettext("at least {points}").format(points=points) if row["at_least"] is True else points


def _range(row: Row, digits: int = 0) -> str:
    if missing(row["low"]):
        return ""
    low, high = words.number(row["low"], digits), words.number(row["high"], digits)
    return words.gettext("{low} to {high}").format(low=low, high=high)


def agreement_table(coefficients: Published) -> Table:
    """How far leaders agree over all outcomes, by level."""
    _ = words.gettext
    names = {"alpha": _("Krippendorff's alpha (ordinal)"), "w": _("Kendall's W, corrected for ties")}
    levels = _levels()
    rows = coefficients.frame.to_dict("records")
    frame = coefficients.frame.assign(
        name=texts([names[row["coefficient"]] for row in rows]),
        who=texts([levels[row["level"]] for row in rows]),
        said=texts([words.number(row["value"], 2) if row["status"] == "shown" else row["text"] for row in rows]),
        range_said=texts([_two(row) for row in rows]),
        p_said=texts(["" if row["coefficient"] == "alpha" else chance(row["p"]) for row in rows]),
    )
    columns = {"name": _("Agreement over all outcomes"), "who": _("Level"), "denominator": _("Leaders"),
               "said": _("Coefficient"), "range_said": _("Likely range"), "p_said": _("p")}  # fmt: skip
    caption = _("How far leaders agree: 1 is full agreement, 0 what chance would give. The range of alpha is a "
                "jackknife over leaders, as who answered is a sample and the list of outcomes is not")  # fmt: skip
    return Table(replace(coefficients, frame=frame), columns, caption)


def _two(row: Row) -> str:
    return _range(row, 2) if row["status"] == "shown" else ""


def consensus_table(consensus: Published) -> Table:
    """How far leaders agree on each outcome."""
    _ = words.gettext
    rows = consensus.frame.to_dict("records")
    said = [words.number(row["value"], 1) if row["status"] == "shown" else row["text"] for row in rows]
    frame = consensus.frame.assign(said=texts(said))
    columns = {"outcome": _("Outcome"), "denominator": _("Leaders"), "said": _("Agreement A")}
    caption = _("How far leaders agree on each outcome (van der Eijk's A): 1 all the same, 0 evenly spread, −1 half at "
                "each end; to one decimal, so that no single rating can be worked out")  # fmt: skip
    return Table(replace(consensus, frame=frame), columns, caption, {"said": "right"})


def set_table(compared: Published) -> Table:
    """Which outcomes are in force, in the set with most agreement, in another as good.

    Nothing is shown where nobody has rated.
    """
    _ = words.gettext
    yes = _("yes")
    marks = {name: compared.frame[name].map({True: yes, False: ""}) for name in ("in_force", "chosen", "as_good")}
    frame = compared.frame.assign(**marks, stage=texts(code_words(stage) for stage in compared.frame["stage"]))
    columns = {"outcome": _("Outcome"), "stage": _("Stage"), "in_force": _("In force"), "chosen": _("Most agreement")}
    if compared.frame["as_good"].eq(True).any():
        columns["as_good"] = _("Another as good")
    caption = _("Outcomes in force beside the eight to ten that most leaders back and that serve every stage and "
                "grant. A set gains by an outcome that more than half rate 4 or 5, and loses by any other")  # fmt: skip
    frame = frame if compared.frame["chosen"].eq(True).any() else frame.iloc[:0]
    return Table(replace(compared, frame=frame), columns, caption)


def served_table(served: Published) -> Table:
    """Whether each stage and each running grant is served by an outcome."""
    _ = words.gettext
    said = pd.Series([need(row) for row in served.frame.to_dict("records")], dtype=object)
    columns = {"what": _("Stage or grant"), "now": _("Served by those in force")}
    if served.frame["best"].notna().any():
        columns["best"] = _("By the set with most")
    columns["possible"] = _("By any outcome listed")
    frame = served.frame.assign(what=said.str[:1].str.upper() + said.str[1:])
    caption = _("Whether each stage and each running grant is served by at least one outcome")
    return Table(replace(served, frame=frame), columns, caption)


def computed_table(computed: Published) -> Table:
    """The numbers behind the words."""
    _ = words.gettext
    columns = {"what": _("What was computed"), "says": _("What came out")}
    return Table(computed, columns, _("The numbers behind the words"))
