"""What a person has looked at and found right, although it is hardly believable: params/<community>/accepted.csv."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from alignkit.contract.doubt import Doubt
from alignkit.contract.plausible import doubts
from alignkit.errors import SourceError
from alignkit.sources.wrong import Wrong, refuse

COLUMNS = ("finding", "accepted_on", "reason")
SHOWN = 20
"""More findings than these are counted, not listed."""
_HOW = (
    "correct the file or the mapping; or, if it is right, add a line with the finding, today's date and a reason to "
    "{file}"
)


def accepted(path: Path) -> frozenset[str]:
    """The findings that a person has accepted. Raises `SourceError` for a line without a day or a reason."""
    if not path.is_file():
        return frozenset()
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error):
        raise SourceError("the file cannot be read", where=str(path), cure="save it as 'CSV UTF-8'") from None
    header = tuple(name.strip() for name in rows[0]) if rows else ()
    if header[: len(COLUMNS)] != COLUMNS:
        what = f"its first line is not {','.join(COLUMNS)}"
        raise SourceError(what, where=str(path), cure="write these column names there")
    wrong: list[Wrong] = []
    found = set[str]()
    for number, row in enumerate(rows[1:], 2):
        finding, day, reason = (*(text.strip() for text in row), "", "", "")[:3]
        if not any(text.strip() for text in row):
            continue
        if not finding or not reason or not _is_day(day):
            what = "a finding, the day on which it was accepted (such as 2026-09-30) and a reason are needed"
            wrong.append(Wrong(f"row {number:,}", what, "fill all three"))
        found.add(finding)
    refuse(str(path), wrong)
    return frozenset(found)


def refuse_doubtful(tables: Mapping[str, pd.DataFrame], known: frozenset[str], file: str) -> None:
    """Raise one `SourceError` that lists everything hardly believable that no one has accepted."""
    found = [doubt for doubt in doubts(tables) if doubt.key not in known]
    if not found:
        return
    lines = [_line(doubt) for doubt in found[:SHOWN]]
    more = f"\n  and {len(found) - SHOWN:,} more" if len(found) > SHOWN else ""
    things = "1 value is" if len(found) == 1 else f"{len(found):,} values are"
    error = SourceError(
        f"{things} hardly believable\n" + "\n".join(lines) + more + "\n", where="tables", cure=_HOW.format(file=file)
    )
    error.count = len(found)
    raise error


def _line(doubt: Doubt) -> str:
    where = f" ({doubt.where})" if doubt.where else ""
    return f"  {doubt.key}\n    {doubt.says}{where}\n    → {doubt.cure}"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text) <= date.today()
    except ValueError:
        return False
