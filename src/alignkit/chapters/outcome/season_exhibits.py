"""The table of months beside the year before."""

from dataclasses import replace

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit.amounts import change
from alignkit.kit.drawing.data import Align
from alignkit.kit.tables import Table
from alignkit.words.current import words


def months_table(pairs: Published, indicator: pd.DataFrame) -> Table:
    """Each month of the newest year beside the same month a year before."""
    _, unit = words.gettext, "".join(indicator["unit"])
    rows = pairs.frame.to_dict("records")
    frame = pairs.frame.assign(
        month=[words.period(row["period_start"], row["period_end"]) for row in rows],
        was=[words.value(row["before"], unit, 1) for row in rows],
        is_now=[words.value(row["now"], unit, 1) for row in rows],
        moved=[change(row["change"], unit) for row in rows],
    )
    columns = {"month": _("Month"), "was": _("A year before"), "is_now": _("Now"), "moved": _("Change, of every 100")}
    caption = _("{indicator}: each month beside the same month a year before").format(
        indicator="".join(indicator["name"])
    )
    sides: dict[str, Align] = dict.fromkeys(("was", "is_now", "moved"), "right")
    return Table(replace(pairs, frame=frame), columns, caption, sides)
