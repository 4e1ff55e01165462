"""How the same person comes to be written down in two ways: nicknames, slips of the pen, moves, blanks."""

import unicodedata
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

Text = npt.NDArray[np.object_]
Picked = npt.NDArray[np.bool_]
NEARBY = dict(zip("abcdefghijklmnopqrstuvwxyz", "svxswdghjkolnbipwtrygctcuz", strict=True))
"""Letter → one next to it on the keyboard, or that sounds alike."""


def some(rng: np.random.Generator, share: float | npt.NDArray[np.float64], n: int) -> Picked:
    """Which of `n` rows are hit, each with probability `share`."""
    return rng.random(n) < share


def changed(values: Text, where: Picked, change: Callable[[str], str]) -> Text:
    """`change` applied to the values that are there and picked."""
    out = values.copy()
    for at in np.flatnonzero(where & (values != None)):  # noqa: E711 - elementwise
        out[at] = change(values[at])
    return out


def mistyped(values: Text, where: Picked, rng: np.random.Generator) -> Text:
    """One slip in each picked value: a letter dropped, doubled, swapped with the next, or a wrong one."""
    out = values.copy()
    picked = np.flatnonzero(where & (values != None))  # noqa: E711 - elementwise
    kinds, spots = rng.integers(0, 4, len(picked)), rng.random(len(picked))
    for at, kind, spot in zip(picked, kinds, spots, strict=True):
        text = values[at]
        if len(text) > 3:
            out[at] = _slip(text, int(kind), 1 + int(spot * (len(text) - 2)))
    return out


def _slip(text: str, kind: int, at: int) -> str:
    """`at` is never the first letter: people mind that one."""
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + NEARBY.get(text[at].lower(), "e") + text[at + 1 :]


def plain_letters(text: str) -> str:
    """`José` → `Jose`, as older systems keep it."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def blank(values: Text, where: Picked) -> Text:
    """Nothing where picked."""
    out = values.copy()
    out[where] = None
    return out


def half_name(text: str) -> str:
    """The first of two last names."""
    return text.split("-")[0]


def spaced_name(text: str) -> str:
    """Two last names without the hyphen."""
    return text.replace("-", " ")


def swapped_dates(dates: pd.Series, where: Picked) -> pd.Series:
    """Day and month exchanged, where that is a date and another one."""
    fits = where & (dates.dt.day <= 12).to_numpy() & (dates.dt.day != dates.dt.month).to_numpy()
    turned = pd.to_datetime({"year": dates.dt.year, "month": dates.dt.day.where(fits, 1), "day": dates.dt.month})
    return dates.where(~fits, turned)


def wrong_dates(dates: pd.Series, where: Picked, rng: np.random.Generator) -> pd.Series:
    """A few days or exactly a year off."""
    off = np.where(rng.random(len(dates)) < 0.7, rng.integers(1, 10, len(dates)), 365)
    return dates.where(~where, dates - pd.to_timedelta(off, unit="D"))
