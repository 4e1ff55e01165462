"""Publishers' marks for values that are hidden, missing or known only as a range.

Agencies print `*`, `<10`, `>95%`, `90–94` or `n<10` where a number would give away a person. Such a cell
becomes a status and bounds, never a number it is not. The marks are those of the US Department of Education's
EDFacts files (`GE95`, `LT50`, `PS`), NCES tables (`‡`, `†`, `—`), Census tables (`(X)`, `(D)`, `(NA)`) and
state report cards. `<10` bounds the value itself; `n<10` says that the group is small, nothing of the value.
"""

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

import duckdb
import pandas as pd
import pyarrow as pa
from duckdb.func import ARROW, SPECIAL

from alignkit.errors import SourceError

SUPPRESSED = frozenset(
    ("*", "**", "***", "s", "(s)", "ds", "ps", "(d)", "‡", "suppressed",
     "too few", "too few to report", "too few students")
)  # fmt: skip
MISSING = frozenset(
    ("", ".", "..", "...", "-", "--", "---", "–", "—", "n/a", "na", "(na)", "#n/a", "nan",
     "null", "nr", "(x)", "†", "no data", "missing", "not available", "not applicable", "not reported")
)  # fmt: skip
UNDERSTOOD = (
    "numbers such as 12.5%, 1,234, (1,250) for -1250; ranges such as 90-94, 90 to 94%; bounds such as <10, <=5, ≤5, "
    ">95%, >=95, ≥95, LT50, GE95, fewer than 10; small groups such as n<10; hidden: *, **, s, DS, PS, ‡, suppressed; "
    "missing: blank, ., --, —, N/A, NA, (x), †, not reported"
)
"""What a message lists; the complete lists are above."""
STATUSES = ("suppressed_at_source", "missing", "not_comparable")
SHOWN_ROWS = 5

_NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+"
"""0,412 is no number: its comma cannot stand between thousands."""
_PLAIN = re.compile(rf"(?P<sign>[-+−])?\s?\$?(?P<number>(?:{_NUMBER})(?P<exponent>e[-+]?[0-9]{{1,2}})?)\s?%?")
_BRACKETED = re.compile(r"\((?P<number>\$\s?[0-9]+(?:\.[0-9]+)?|\$?\s?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?)\)")
"""An accountant's negative number: (1,250). A short one such as (5) may as well be a footnote, and is not read."""
CENSUS_CODES = frozenset(-float(digit * 9) for digit in "2356789")
"""-666666666 and the like: what the Census Bureau's data services write where there is no estimate."""
_RANGE = re.compile(rf"(?P<low>{_NUMBER})\s?%?\s?(?:-|‐|‑|‒|–|—|−|to)\s?(?P<high>{_NUMBER})\s?(?P<percent>%)?")
_BELOW = re.compile(
    rf"(?:<=?|=<|≤|lt|le|less than|fewer than|under|below|at most|up to)\s?(?P<bound>{_NUMBER})\s?%?"
    rf"|(?P<or>{_NUMBER})\s?%? or (?:less|fewer)"
)
_ABOVE = re.compile(
    rf"(?:>=?|=>|≥|gt|ge|more than|greater than|over|above|at least)\s?(?P<bound>{_NUMBER})\s?(?P<percent>%)?"
    rf"|(?P<or>{_NUMBER})\s?(?P<or_percent>%)? or (?:more|greater)"
)
_SMALL_GROUP = re.compile(rf"\(?n\s?(?:<=?|=<|≤)\s?(?:{_NUMBER})\)?")


class Parsed(NamedTuple):
    """One cell: `value` where a number stands there, else a status of `indicator_values` and its bounds."""

    value: float | None
    value_status: str
    low: float | None = None
    high: float | None = None


def parse_hidden(series: pd.Series, *, marks: Mapping[str, str] | None = None) -> pd.DataFrame:
    """A column as its publisher prints it → columns value, value_status, low, high, as in `indicator_values`.

    value_status is reported, suppressed_at_source, range or missing. Percent signs and thousands separators
    are dropped. low and high are the outer bounds: `<10` and `<=10` both give 0 and 10, for shares and counts
    are never negative; `>95%` gives 95 and 100, `>95` gives 95 and no upper bound. `marks` adds marks or
    changes what they mean (mark → suppressed_at_source, missing or not_comparable; case does not count). A
    text that is none of these raises `SourceError`, which names its rows (from 1) and does not quote it.
    """
    own = _own(marks or {})
    texts = ["" if absent else str(value) for value, absent in zip(series, series.isna(), strict=True)]
    known = {text: _cell(text, own) for text in set(texts)}
    unknown = [row for row, text in enumerate(texts, 1) if known[text] is None]
    if unknown:
        raise _unknown(f"column {series.name}, {_rows(unknown)}" if series.name else _rows(unknown))
    frame = pd.DataFrame([known[text] for text in texts], columns=list(Parsed._fields), index=series.index)
    return frame.astype({"value": "float64", "value_status": "object", "low": "float64", "high": "float64"})


def parse_cell(text: str, marks: Mapping[str, str] | None = None) -> Parsed | None:
    """One cell as its publisher prints it; None where it is neither a number nor a mark that is understood."""
    return _cell(text, _own(marks or {}))


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make hidden_status, hidden_value, hidden_low and hidden_high known to queries; each takes a cell."""
    for name, field in (("status", "value_status"), ("value", "value"), ("low", "low"), ("high", "high")):
        kind = pa.string() if name == "status" else pa.float64()
        connection.create_function(
            f"_hidden_{name}",
            _function(f"hidden_{name}", field, kind),
            ["VARCHAR"],
            "VARCHAR" if name == "status" else "DOUBLE",
            type=ARROW,
            null_handling=SPECIAL,
        )
        # A column in which a file happens to have no mark is a column of numbers to DuckDB.
        connection.execute(f"CREATE MACRO hidden_{name}(cell) AS _hidden_{name}(cell::VARCHAR)")


def _function(name: str, field: str, kind: pa.DataType) -> Callable[[pa.ChunkedArray], pa.Array]:
    def column(texts: pa.ChunkedArray) -> pa.Array:
        cells = [_cell(text or "", {}) for text in texts.to_pylist()]
        if None in cells:
            raise _unknown(name)
        return pa.array([getattr(cell, field) for cell in cells], kind)

    return column


def _own(marks: Mapping[str, str]) -> dict[str, str]:
    wrong = sorted(set(marks.values()) - set(STATUSES))
    if wrong:
        raise SourceError(f"a mark cannot mean {', '.join(wrong)}", cure=f"write one of {', '.join(STATUSES)}")
    return {_folded(mark): status for mark, status in marks.items()}


def _cell(text: str, own: Mapping[str, str]) -> Parsed | None:
    folded = _folded(text)
    return Parsed(None, own[folded]) if folded in own else _parse(folded)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


@lru_cache(maxsize=65536)
def _parse(text: str) -> Parsed | None:
    if text in SUPPRESSED or _SMALL_GROUP.fullmatch(text):
        return Parsed(None, "suppressed_at_source")
    if text in MISSING:
        return Parsed(None, "missing")
    if found := _PLAIN.fullmatch(text):
        if _cut_off(found) or ("$" in text and "%" in text):
            return None
        value = _float(found["number"])
        value = -value if found["sign"] in ("-", "−") else value
        return Parsed(None, "missing") if value in CENSUS_CODES else Parsed(value, "reported")
    if found := _BRACKETED.fullmatch(text):
        return Parsed(-_float(found["number"].lstrip("$ ")), "reported")
    if found := _RANGE.fullmatch(text):
        return _between(_float(found["low"]), _float(found["high"]))
    if found := _BELOW.fullmatch(text):
        return _between(0.0, _float(found["bound"] or found["or"]))
    if found := _ABOVE.fullmatch(text):
        percent = found["percent"] or found["or_percent"]
        return _between(_float(found["bound"] or found["or"]), 100.0 if percent else math.inf)
    return None


def _cut_off(found: re.Match[str]) -> bool:
    """Whether a program has left out a number's last digits, as in 1.2E+03, which may be 1,249."""
    digits = found["number"].partition("e")[0].partition(".")[2]
    return bool(found["exponent"]) and int(found["exponent"][1:]) > len(digits)


def _float(digits: str) -> float:
    return float(digits.replace(",", ""))


def _between(low: float, high: float) -> Parsed | None:
    """A range; None where its ends stand the wrong way round, as in the school year 2019-20."""
    return Parsed(None, "range", low, None if math.isinf(high) else high) if low <= high else None


def _rows(rows: list[int]) -> str:
    more = f" and {len(rows) - SHOWN_ROWS:,} more" if len(rows) > SHOWN_ROWS else ""
    return ("row " if len(rows) == 1 else "rows ") + ", ".join(f"{row:,}" for row in rows[:SHOWN_ROWS]) + more


def _unknown(where: str) -> SourceError:
    return SourceError(
        "neither a number nor a mark that is understood",
        where=where,
        cure=f"correct the text, or map its mark first. Understood are {UNDERSTOOD}",
    )
