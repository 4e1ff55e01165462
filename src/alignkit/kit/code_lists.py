"""Codes and ids of the contract as a reader knows them."""

from typing import Any

import pandas as pd

from alignkit.words.current import words


def spelled_out(code: Any) -> str:
    """A code without a name of its own as words: "early_childhood" → "Early childhood"."""
    return str(code).replace("_", " ").capitalize()


def named(ids: pd.Series, names: pd.DataFrame, key: str) -> pd.Series:
    """Ids → names from the table `names`; the id where there is no name, and beside it where two share one."""
    known = names.drop_duplicates(key).set_index(key)["name"]
    twice = known.duplicated(keep=False)
    known = known.where(~twice, known + " (" + known.index.astype(str) + ")")
    return ids.map(known).fillna(ids)


def code_words(code: Any) -> str:
    """A code of the contract as a reader knows it: "early_childhood" → "Early childhood"; a community's own codes have
    no translation, and lose their underscores."""
    _ = words.gettext
    known = {
        "all": _("All partners"), "education": _("Education"), "early_childhood": _("Early childhood"),
        "health": _("Health"), "business": _("Business"), "government": _("Government"), "nonprofit": _("Nonprofit"),
        "philanthropy": _("Philanthropy"), "faith": _("Faith"), "inside": _("inside"), "outside": _("outside"),
        "elementary": _("Elementary"), "middle": _("Middle"), "high_school": _("High school"),
        "postsecondary": _("Postsecondary"), "career": _("Career"),
        "academic": _("Academic"), "social_service": _("Social service"), "other": _("Other"),
        "vision": _("Vision"), "data_standard": _("Data standard"), "advocacy_agenda": _("Advocacy agenda"),
    }  # fmt: skip
    return known.get(str(code)) or spelled_out(code)
