"""Tables of the data sets that are held."""

from dataclasses import replace
from typing import Any

import pandas as pd

from alignkit.chapters.data_systems.source_sentences import agreement, to_do
from alignkit.disclosure.published import Published
from alignkit.kit import amounts
from alignkit.kit.code_lists import code_words
from alignkit.kit.columns import texts
from alignkit.kit.tables import Table
from alignkit.words.current import words

ON_PAPER = 7
"""Data sets in the page's table; the whole list is on the web."""


def sources_table(listed: Published) -> Table:
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
    return Table(shown, columns, caption)


def all_sources_table(listed: Published) -> Table:
    """Every data set held: its agreement, how fresh it is, the day by which our copy must be gone, what it needs."""
    _ = words.gettext
    columns = {"both": _("Data set and its holder"), "agreement_said": _("Sharing agreement")}
    columns |= {"refreshed_said": _("Last refreshed"), "destroy_by": _("Destroy by"), "may": _("May be used today")}
    columns |= {"to_do": _("To do")}
    return _every(listed, columns, _("Every data set held: what holds for it and what it needs"))


def purposes_table(listed: Published) -> Table:
    """Every data set held: what it is about, what for and by what right, and whether its holder signed the standard."""
    _ = words.gettext
    columns = {"both": _("Data set and its holder"), "domain_said": _("Kind"), "purpose": _("Used for")}
    columns |= {"legal_basis": _("Legal basis"), "signed": _("Holder has signed the data standard")}
    return _every(listed, columns, _("Every data set held: what it is used for and by what right"))


def _every(listed: Published, columns: dict[str, str], caption: str) -> Table:
    return Table(replace(listed, frame=_told(listed)), columns, caption)


def _told(listed: Published) -> pd.DataFrame:
    rows = listed.frame.to_dict("records")
    refreshed = [_refreshed(row) for row in rows]
    late = [row["refresh"] == "late" for row in rows]
    overdue = words.gettext("{date} (late)")
    signed = {"current": words.gettext("today's"), "older": words.gettext("an older one"), "none": words.gettext("no")}
    return listed.frame.assign(
        both=[_set(row) for row in rows],
        domain_said=texts(code_words(row["domain"]) for row in rows),
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


def _set(row: dict[Any, Any]) -> str:
    text = words.gettext("{set}, {holder}")
    return text.format(set=amounts.clause(row["source"]), holder=row["holder"])
