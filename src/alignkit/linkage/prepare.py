"""Records as they were written down → records that can be compared."""

import re
import unicodedata
from collections.abc import Callable

import numpy as np
import pandas as pd

_SPACES = re.compile(r"[\s\-‐-―_/]+")
_ASCII = {code: " " if _SPACES.match(chr(code)) else chr(code) if chr(code).isalnum() else None for code in range(128)}
"""Small letters and digits stay, what sets parts apart is a space, the rest goes."""
_STREETS = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "lane": "ln", "court": "ct", "drive": "dr",
    "boulevard": "blvd", "place": "pl", "circle": "cir", "terrace": "ter", "highway": "hwy", "parkway": "pkwy",
    "square": "sq", "trail": "trl", "apartment": "apt", "unit": "apt", "suite": "ste",
    "north": "n", "south": "s", "east": "e", "west": "w",
}  # fmt: skip
"""Words of an address → the short forms of the US Postal Service (Publication 28)."""


def prepared(records: pd.DataFrame) -> pd.DataFrame:
    """Names, dates and addresses in one spelling; what is not known is missing, never an empty text.

    `records` is a table students or clients. Returns one row per record, numbered from 0: first_name, middle_name,
    last_name (small letters without accents, parts set apart by a space), last_key (the first four letters of the last
    name), birth_date (datetime64[ns]), birth_digits (yyyymmdd), sex, street_address, postal_code (five digits).
    """
    frame = pd.DataFrame(index=pd.RangeIndex(len(records)))
    for column in ("first_name", "middle_name", "last_name", "sex"):
        frame[column] = _each(records[column], plain)
    frame["last_key"] = _each(frame["last_name"], lambda name: name[:4])
    frame["birth_date"] = records["birth_date"].to_numpy("datetime64[ns]")
    born = frame["birth_date"].dt
    digits = (born.year * 10_000 + born.month * 100 + born.day).astype("Int64").astype(str)
    frame["birth_digits"] = digits.where(frame["birth_date"].notna(), None).astype(object)
    frame["street_address"] = _each(records["street_address"], street)
    frame["postal_code"] = _each(records["postal_code"], lambda code: str(code)[:5])
    return frame


def plain(text: str) -> str:
    """`José  García-López` → `jose garcia lopez`."""
    return " ".join(_parts(text))


def street(text: str) -> str:
    """`1237 Ridgecrest Street, Apt. 4` → `1237 ridgecrest st apt 4`."""
    return " ".join([_STREETS.get(word, word) for word in _parts(text)])


def _parts(text: str) -> list[str]:
    letters = str(text).casefold()
    if not letters.isascii():  # accents are letters of their own in this form, and are dropped with what is not ASCII
        letters = _SPACES.sub(" ", unicodedata.normalize("NFD", letters)).encode("ascii", "ignore").decode()
    return letters.translate(_ASCII).split()


def _each(column: "pd.Series", change: Callable[[str], str]) -> pd.Series:
    """`change` of every distinct value; missing, or nothing left, is None."""
    codes, values = pd.factorize(column.to_numpy(object))
    changed = np.array([*(change(value) or None for value in values), None], dtype=object)  # missing takes the last
    return pd.Series(changed[codes], dtype=object)
