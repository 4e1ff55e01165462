"""Columns that exhibits add to published rows."""

from collections.abc import Iterable

import pandas as pd


def texts(values: Iterable[str]) -> "pd.Series[str]":
    """A column of texts, of the right type also where there is no row."""
    return pd.Series(list(values), dtype=object)
