"""How long it takes to tell a change, in words."""

from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit.amounts import missing
from alignkit.words.current import words


def answer(waits: Published, family: int) -> str:
    """The table in one sentence, at typical noise."""
    _ = words.gettext
    rows = {row["slope"]: _results(row) for row in waits.frame.query("amount == 'typical'").to_dict("records")}
    text = _("With {n} outcomes judged together and typical noise, it takes {one} yearly results to tell a change of 1 "
             "point a year, {two} for 2 points and {three} for 3.")  # fmt: skip
    return text.format(n=words.number(family), one=rows[1.0], two=rows[2.0], three=rows[3.0])


def meaning(waits: Published) -> str:
    """What that means for a board."""
    _ = words.gettext
    said = _("Slow change stays “no clear change” for years even where it is real: that word never means that nothing "
             "happens. Ask for outcomes that are measured more than once a year, or of more children.")  # fmt: skip
    if bool(waits.frame["house"].any()):
        said += " " + _("Too few outcomes here show how far their results scatter, so the noise is a house value.")
    return said


def table(waits: Published) -> dict[str, Any]:
    """Measure, caption and columns: noise by change a year."""
    _ = words.gettext
    names = {"little": _("little"), "typical": _("typical"), "much": _("much")}
    rows = [
        {"amount": amount, "said": names[str(amount)], "noise": words.number(some["noise"].iloc[0], 1)}
        | {f"slope_{int(row['slope'])}": _results(row) for row in some.to_dict("records")}
        for amount, some in waits.frame.groupby("amount", sort=False)
    ]
    columns = {"said": _("Noise"), "noise": _("In points"), "slope_1": _("1 point a year")}
    columns |= {"slope_2": _("2 points a year"), "slope_3": _("3 points a year")}
    caption = _("Yearly results until a change is told with a chance of 80 in 100")
    sides = dict.fromkeys(list(columns)[1:], "right")
    return {"p": replace(waits, frame=pd.DataFrame(rows)), "columns": columns, "caption": caption, "align": sides}


def _results(row: Any) -> str:
    if missing(row["value"]):
        return words.gettext("more than {n}").format(n=words.number(row["most"]))
    return words.number(row["value"])


def noise_table(scatter: Published) -> dict[str, Any]:
    """Measure, caption and columns of how far each outcome's results scatter."""
    _ = words.gettext
    rows = scatter.frame.to_dict("records")
    frame = scatter.frame.assign(
        spread=[words.number(row["value"], 1) for row in rows],
        chance=[_("not known") if missing(row["sampling"]) else words.number(row["sampling"], 1) for row in rows],
    )
    columns = {"outcome": _("Outcome"), "results": _("Results used"), "spread": _("Scatter around the line, points")}
    columns |= {"chance": _("Chance alone would make")}
    caption = _("How far results scatter (1.4826 times the median distance from the Theil–Sen line)")
    return {
        "p": replace(scatter, frame=frame),
        "columns": columns,
        "caption": caption,
        "align": {"spread": "right", "chance": "right"},
    }
