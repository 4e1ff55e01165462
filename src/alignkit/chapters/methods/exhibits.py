"""Tables of the methods chapter: how long it takes to see a change, how results scatter, the assumptions log."""

from dataclasses import replace

import pandas as pd

from alignkit.chapters.methods.assumptions.log import CHAPTERS
from alignkit.chapters.methods.sentences import results_needed
from alignkit.disclosure.published import Published
from alignkit.kit.amounts import missing
from alignkit.kit.drawing.data import Align
from alignkit.kit.tables import Table, emit_table
from alignkit.words.current import words


def waits_table(waits: Published) -> Table:
    """Noise by change a year: how many yearly results it takes."""
    _ = words.gettext
    names = {"little": _("little"), "typical": _("typical"), "much": _("much")}
    rows = [
        {"amount": amount, "said": names[str(amount)], "noise": words.number(some["noise"].iloc[0], 1)}
        | {f"slope_{int(row['slope'])}": results_needed(row) for row in some.to_dict("records")}
        for amount, some in waits.frame.groupby("amount", sort=False)
    ]
    columns = {"said": _("Noise"), "noise": _("In points"), "slope_1": _("1 point a year")}
    columns |= {"slope_2": _("2 points a year"), "slope_3": _("3 points a year")}
    caption = _("Yearly results until a change is told with a chance of 80 in 100")
    sides: dict[str, Align] = dict.fromkeys(list(columns)[1:], "right")
    return Table(replace(waits, frame=pd.DataFrame(rows)), columns, caption, sides)


def noise_table(scatter: Published) -> Table:
    """How far each outcome's results scatter around their own line."""
    _ = words.gettext
    rows = scatter.frame.to_dict("records")
    frame = scatter.frame.assign(
        spread=[words.number(row["value"], 1) for row in rows],
        chance=[_("not known") if missing(row["sampling"]) else words.number(row["sampling"], 1) for row in rows],
    )
    columns = {"outcome": _("Outcome"), "results": _("Results used"), "spread": _("Scatter around the line, points")}
    columns |= {"chance": _("Chance alone would make")}
    caption = _("How far results scatter (1.4826 times the median distance from the Theil–Sen line)")
    return Table(replace(scatter, frame=frame), columns, caption, {"spread": "right", "chance": "right"})


def show_assumptions() -> None:
    """Emit one table per chapter, folded: measure, formula and source, what it assumes, when it cannot tell."""
    _ = words.gettext
    titles = {
        "outcome": _("Each outcome"), "outcomes": _("Aligned outcomes"), "action": _("Aligned action"),
        "data_systems": _("Aligned data systems"), "collaboration": _("Collaboration"),
        "leadership": _("Aligned leadership"), "advocacy": _("Aligned advocacy"), "commitments": _("Commitments"),
        "brief": _("Page one"),
    }  # fmt: skip
    columns = (_("Measure"), _("How it is worked out, and where that is written"), _("What must be so"),
               _("When it cannot tell"))  # fmt: skip
    for chapter, entries in CHAPTERS.items():
        rows = tuple((one.what, f"{one.how} [{one.source}]", one.assumes, one.silent) for one in entries())
        caption = _("{chapter}: what stands behind the numbers").format(chapter=titles[chapter])
        emit_table(f"log-{chapter}", caption, columns, ("left",) * 4, rows, "web")
