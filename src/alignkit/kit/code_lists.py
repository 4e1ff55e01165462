"""Codes and ids of the contract as a reader knows them."""

import pandas as pd


def readable(code: pd.Series) -> pd.Series:
    """Codes of the contract as words: "early_childhood" → "Early childhood"."""
    return code.str.replace("_", " ").str.capitalize()


def named(ids: pd.Series, names: pd.DataFrame, key: str) -> pd.Series:
    """Ids → names from the table `names`; the id where there is no name, and beside it where two share one."""
    known = names.drop_duplicates(key).set_index(key)["name"]
    twice = known.duplicated(keep=False)
    known = known.where(~twice, known + " (" + known.index.astype(str) + ")")
    return ids.map(known).fillna(ids)
