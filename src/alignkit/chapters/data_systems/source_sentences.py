"""Sentences about the data sets that are held: what may be used, what each needs."""

from typing import Any

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit import amounts
from alignkit.kit.lists import names
from alignkit.words.current import words


def agreement(row: dict[Any, Any]) -> str:
    """Where a data set's sharing agreement stands: "until December 15, 2026", "ended September 15, 2026", "none"."""
    _ = words.gettext
    said = {
        "none": _("none"),
        "expired": _("ended {date}"),
        "open": _("no end"),
    }.get(row["agreement"], _("until {date}"))
    return said.format(date=words.date(row["until"]))


def to_do(needs: Any) -> str:
    """What a data set needs, in words."""
    _ = words.gettext
    said = {
        "destroy": _("destroy our copy"),
        "agree": _("make an agreement"),
        "renew": _("renew the agreement"),
        "refresh": _("ask for newer data"),
        "sign": _("holder to sign today's standard"),
    }
    text = ", ".join(said[need] for need in needs)
    return amounts.capitalized(text) if text else _("Nothing")


def actions(listed: Published) -> list[str]:
    """What the data sets need, one sentence each, the most urgent first."""
    _ = words.gettext
    frame = listed.frame
    ending, ended = (frame[frame["agreement"] == state] for state in ("expiring", "expired"))
    asks = [
        (frame[frame["destroy"] == "passed"], _("Destroy our copy of the data of {holders}; its day has passed.")),
        (ended, _("Do not use the data of {holders} until the agreement, which has ended, is renewed.")),
        (frame[frame["agreement"] == "none"], _("Make a sharing agreement with {holders}.")),
    ]
    todo = [ask.format(holders=_holders(rows)) for rows, ask in asks if len(rows)]
    if len(ending):
        dated = [
            _("{holder} by {date}").format(holder=row["holder"], date=words.date(row["until"]))
            for row in ending.sort_values("until").to_dict("records")
        ]
        todo.append(_("Renew the agreement with {holders}.").format(holders=names(dated)))
    late = frame[frame["refresh"].isin(["late", "never"]) & frame["usable"]]
    if len(late):
        todo.append(_("Ask {holders} for newer data.").format(holders=_holders(late)))
    unsigned = frame[frame["standard"].isin(["older", "none"])]
    if len(unsigned):
        todo.append(_("Ask {holders} to sign today's data standard.").format(holders=_holders(unsigned)))
    return todo


def _holders(rows: pd.DataFrame) -> str:
    return names(list(dict.fromkeys(rows["holder"])))
