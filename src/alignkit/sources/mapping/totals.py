"""Rows of totals among parts that are added up, such as a district among its schools: they would count twice."""

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.sources.mapping.incoming import Incoming
from alignkit.sources.mapping.lines import FileMap
from alignkit.sources.mapping.shape import Cells
from alignkit.sources.wrong import Wrong, places

_CURE = "leave rows of totals out in sheet rows"
_TOTAL = re.compile(
    r"(?:(?:grand|sub|district|state|county|school|city|region)[- ]?)?total(?:s)?|sub-?total.*|.*\btotal"
    r"|all (?:schools?|students?|districts?|grades?|counties|campuses|sites)|overall|(?:district|state) ?-?wide"
    r"|(?:district|state|county)(?: average)?",
    re.IGNORECASE,
)
_FEWEST = 2
Numbers = npt.NDArray[np.float64]


def named_totals(file: FileMap, incoming: Incoming, cells: Cells) -> list[Wrong]:
    """Rows whose cell says total, or all schools, in a column in which other rows say something else."""
    if not file.parts:
        return []
    keys = {column.source for column in file.columns if column.source}
    rows = dict(incoming.rows)
    found: dict[int, None] = {}
    for at, name in enumerate(incoming.columns):
        if name in keys:
            continue
        texts = {number: " ".join(rows[number][at].split()) for number in cells.numbers}
        totals = [number for number, text in texts.items() if _TOTAL.fullmatch(text)]
        if totals and len(totals) < sum(bool(text) for text in texts.values()):
            found |= dict.fromkeys(totals)
    if not found:
        return []
    at_ = places([f"row {number:,}" for number in found])
    return [Wrong(f"{incoming.name}, {at_}", "it says that it is a total, and would be added to its parts", _CURE)]


def subtotals(parts: pd.DataFrame) -> Iterator[Wrong]:
    """Parts whose counts are the sums of those right before them, or right after them."""
    counts = parts[["denominator", "numerator"]].astype("float64")
    if len(parts) < _FEWEST + 2 or counts.isna().any(axis=None):
        return
    rows = counts.to_numpy(dtype="float64")
    for at in range(len(rows)):
        if _sums(rows[at], rows[:at][::-1]) or _sums(rows[at], rows[at + 1 :]):
            yield Wrong(str(parts["source_key"].iloc[at]), "its counts are the sum of the parts next to it", _CURE)
            return


def _sums(row: Numbers, others: Numbers) -> bool:
    """Whether the first so many of the others, two or more, come to the row."""
    sums = np.cumsum(others, axis=0)[_FEWEST - 1 :] if len(others) >= _FEWEST else np.empty((0, 2))
    return bool((np.abs(sums - row) < 0.5).all(axis=1).any()) and bool(row[0] >= 20)
