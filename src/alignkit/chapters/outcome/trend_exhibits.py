"""What the chart of the trend and the table of methods show beyond published rows."""

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit.tables import Table
from alignkit.words.current import words


def breaks_shown(breaks: pd.DataFrame, groups: Published) -> list[tuple[pd.Timestamp, str]]:
    """The breaks in the indicator's series that lie within the results shown: first day of the new series, reason."""
    frame = groups.frame
    first = frame.loc[frame["status"] == "shown", "period_start"].min()
    own = breaks[breaks["indicator_id"].isin(frame["indicator_id"]) & (breaks["starts_on"] > first)]
    return [(row["starts_on"], str(row["reason"])) for row in own.to_dict("records")]


def methods_table(methods: Published) -> Table:
    """The numbers behind the words."""
    columns = {"what": words.gettext("What was computed"), "says": words.gettext("What came out")}
    return Table(methods, columns, words.gettext("The numbers behind the words"))
