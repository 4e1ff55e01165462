"""commitments: what was promised, and what became of it, one row for each time somebody said so."""

import pandas as pd

from alignkit.demo.partners import officers
from alignkit.demo.tools import listed, typed


def commitments() -> pd.DataFrame:
    """Every promise with its first row (open) and one row for each later piece of news."""
    first = pd.DataFrame(listed("promises"), dtype="object").rename(columns={"due": "due_originally"})
    first["confirmed_by"] = first["partner_id"].map({partner: name for partner, (name, _) in officers().items()})
    opened = first.assign(status="open", due_now=first["due_originally"], reason=None, help_needed=None)
    news = pd.DataFrame(listed("promise_news"), dtype="object")
    later = news.merge(first.drop(columns="recorded_on"), on="commitment_id", validate="many_to_one")
    later["due_now"] = _moved(later)
    frame = pd.concat([opened, later]).sort_values(["commitment_id", "recorded_on"]).replace({"": None})
    return typed("commitments", frame)


def _moved(later: pd.DataFrame) -> pd.Series:
    """The day it is promised for now: the newest one that was told, else the first one."""
    told = later["due_now"].where(later["due_now"] != "")
    return told.groupby(later["commitment_id"]).ffill().fillna(later["due_originally"])
