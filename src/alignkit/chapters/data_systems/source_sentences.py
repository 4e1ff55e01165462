"""Sentences about the data sets that are held: what may be used, what each needs."""

from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.disclosure.published import Published
from alignkit.kit import amounts
from alignkit.kit.lists import names
from alignkit.words.current import words

ON_PAPER = 7
"""Data sets in the page's table; the whole list is on the web."""


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


def _told(listed: Published) -> pd.DataFrame:
    rows = listed.frame.to_dict("records")
    refreshed = [_refreshed(row) for row in rows]
    late = [row["refresh"] == "late" for row in rows]
    overdue = words.gettext("{date} (late)")
    signed = {"current": words.gettext("today's"), "older": words.gettext("an older one"), "none": words.gettext("no")}
    return listed.frame.assign(
        both=[_set(row) for row in rows],
        agreement_said=[agreement(row) for row in rows],
        refreshed_said=[overdue.format(date=day) if slow else day for day, slow in zip(refreshed, late, strict=True)],
        signed=listed.frame["standard"].map(signed).fillna(""),
        to_do=[to_do(row["needs"]) for row in rows],
        may=[words.gettext("yes") if row["usable"] else words.gettext("no") for row in rows],
    )


def _refreshed(row: dict[Any, Any]) -> str:
    if row["refresh"] == "unknown":
        return words.gettext("not known")
    return words.gettext("never") if row["refresh"] == "never" else words.date(row["refreshed"])


def sources_table(listed: Published) -> dict[str, Any]:
    """The data sets that need something, the most urgent first, as the page has room for."""
    _ = words.gettext
    frame = _told(listed)
    needing = frame[frame["needs"].map(len) > 0]
    columns = {"both": _("Data set and its holder"), "agreement_said": _("Sharing agreement")}
    columns |= {"refreshed_said": _("Last refreshed")}
    caption = _("Data sets that need something, the most urgent first")
    if len(needing) > ON_PAPER:
        caption += _(" ({n} of {all}; the whole list is on the web)").format(n=ON_PAPER, all=words.number(len(needing)))
    shown = replace(listed, frame=needing.head(ON_PAPER).reset_index(drop=True))
    return {"p": shown, "columns": columns, "caption": caption}


def all_sources_table(listed: Published) -> dict[str, Any]:
    """Every data set held: its agreement, how fresh it is, the day by which our copy must be gone, what it needs."""
    _ = words.gettext
    columns = {"both": _("Data set and its holder"), "agreement_said": _("Sharing agreement")}
    columns |= {"refreshed_said": _("Last refreshed"), "destroy_by": _("Destroy by"), "may": _("May be used today")}
    columns |= {"to_do": _("To do")}
    return _every(listed, columns, _("Every data set held: what holds for it and what it needs"))


def purposes_table(listed: Published) -> dict[str, Any]:
    """Every data set held: what it is about, what for and by what right, and whether its holder signed the standard."""
    _ = words.gettext
    columns = {"both": _("Data set and its holder"), "domain_name": _("Kind"), "purpose": _("Used for")}
    columns |= {"legal_basis": _("Legal basis"), "signed": _("Holder has signed the data standard")}
    return _every(listed, columns, _("Every data set held: what it is used for and by what right"))


def _every(listed: Published, columns: dict[str, str], caption: str) -> dict[str, Any]:
    return {"p": replace(listed, frame=_told(listed)), "columns": columns, "caption": caption}


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


def _set(row: dict[Any, Any]) -> str:
    text = words.gettext("{set}, {holder}")
    return text.format(set=amounts.clause(row["source"]), holder=row["holder"])


def _holders(rows: pd.DataFrame) -> str:
    return names(list(dict.fromkeys(rows["holder"])))
