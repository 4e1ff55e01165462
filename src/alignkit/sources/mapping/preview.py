"""What a mapping takes and makes, before any book: files, rows in, kept, left out and why, and each indicator's series.

Rows of tables about persons never go through a mapping, so none can be shown here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from alignkit.contract.catalog import CONTRACT, Catalog
from alignkit.errors import AlignkitError, SourceError
from alignkit.params import CommunityParams
from alignkit.sources.mapping.fill import filled
from alignkit.sources.mapping.incoming import Incoming, matching, read_incoming
from alignkit.sources.mapping.lines import BLANK, FileMap, Line
from alignkit.sources.mapping.newest import day_in
from alignkit.sources.mapping.shape import shaped
from alignkit.sources.mapping.sheet import read_sheet
from alignkit.sources.own.read import own_tables
from alignkit.sources.paths import like, params_folder, resolve
from alignkit.sources.wrong import Wrong

SERIES = ["indicator_id", "place_id", "subgroup_type", "subgroup"]


@dataclass(frozen=True)
class Look:
    """One file as the mapping takes it."""

    name: str
    path: str
    day: str
    """The day in the file's name, or the one it was last changed on, with which of the two it is."""
    rows_in: int = 0
    made: int = 0
    left: tuple[tuple[str, int], ...] = ()
    """Why rows were left out, and how many."""
    series: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Indicator, place, group → a column for each period."""
    wrong: tuple[str, ...] = ()


def taken(path: Path, catalog: Catalog = CONTRACT) -> Iterator[str]:
    """For each line of the mapping at `path` that several files match: which one is taken."""
    for file in read_sheet(path, catalog):
        if "*" not in file.path:
            continue
        there = like(resolve(file.path, path.parent, file.at))
        try:
            found = matching(file, path.parent)
        except SourceError:
            continue  # is listed as wrong
        names = ", ".join(one.name for one in found)
        how = f", the last by name of {len(there)}" if file.last else f", all {len(there)} that match"
        yield f"{file.name}: {names} taken{how if len(there) > 1 else ''}"


def files_taken(community: CommunityParams, project: Path) -> list[str]:
    """As `taken`, for a community's mapping; empty where it has none, or one that is wrong (reading it says so)."""
    if not community.source.mapping:
        return []
    try:
        path = resolve(community.source.mapping, params_folder(community, project), "source.mapping").resolve()
        return list(taken(path, own_tables(project, community.id)))
    except AlignkitError:
        return []


def looks(path: Path, catalog: Catalog = CONTRACT) -> Iterator[Look]:
    """Every file that the mapping at `path` takes. Raises `SourceError` where the mapping itself is wrong."""
    for file in read_sheet(path, catalog):
        try:
            found = matching(file, path.parent)
        except SourceError as error:
            yield Look(file.name, file.path, "", wrong=(f"{error.what} ({error.cure})",))
            continue
        yield from (_look(file, one) for one in found)


def _look(file: FileMap, path: Path) -> Look:
    named = day_in(path.name)
    changed = date.fromtimestamp(path.stat().st_mtime).isoformat()
    look = Look(file.name, path.name, f"{named} by its name" if named else f"last changed {changed}")
    try:
        incoming = read_incoming(file, path, changed)
        missing = [name for name in file.used if name not in incoming.columns]
        if missing:
            return replace(look, wrong=(f"its columns lack {', '.join(missing)}",))
        wrong: list[Wrong] = []
        frame = filled(file, incoming, shaped(file, _copy(incoming), wrong), wrong)
        steps = list(_steps(file, incoming, len(frame)))
    except SourceError as error:
        return replace(look, wrong=(f"{error.what} ({error.cure})",))
    left = tuple((why, before - now) for (_, before), (why, now) in pairwise(steps) if before != now)
    said = tuple(f"{one.where}: {one.what}" for one in wrong)
    return replace(look, rows_in=steps[0][1], made=len(frame), left=left, series=_series(frame), wrong=said)


def _copy(incoming: Incoming) -> Incoming:
    """Shaping writes what is above into blank cells; each count begins with the rows as they came."""
    return replace(incoming, rows=[(number, list(row)) for number, row in incoming.rows])


def _steps(file: FileMap, incoming: Incoming, made: int) -> Iterator[tuple[str, int]]:
    """Why rows are left out, one reason after the other, and how many are left then."""

    def rows(**changed: object) -> int:
        return len(shaped(replace(file, **changed), _copy(incoming), []).numbers)  # type: ignore[arg-type]

    yield "", rows(rows=(), once=False)
    rules: tuple[Line, ...] = ()
    for (keep, source), alike in _rules(file).items():
        rules += alike
        texts = ", ".join(line["text"] or BLANK for line in alike)
        yield f"rule: {keep} rows in which {source} says {texts}", rows(rows=rules, once=False)
    yield "exactly like another row", rows()
    cells = shaped(file, _copy(incoming), [])
    yield "code (leave out)", len(filled(replace(file, parts=False), incoming, cells, []))
    yield "parts added up into one row", made


def _rules(file: FileMap) -> dict[tuple[str, str], tuple[Line, ...]]:
    """The lines of sheet rows; those that keep rows by one column are alternatives, and count together."""
    rules: dict[tuple[str, str], tuple[Line, ...]] = {}
    for line in file.rows:
        rules[line["keep"], line["source"]] = (*rules.get((line["keep"], line["source"]), ()), line)
    return rules


def _series(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of indicator_values as a table: a row for each series, a column for each period; others stay empty."""
    if not {*SERIES, "period_start", "period_end"} <= set(frame.columns) or frame.empty:
        return pd.DataFrame()
    period = frame["period_start"].astype(str) + " to " + frame["period_end"].astype(str)
    shown = [_cell(row) for row in frame.to_dict("records")]
    flat = frame[SERIES].fillna("").astype(str).assign(period=period, shown=shown)
    joined = flat.groupby([*SERIES, "period"], sort=False)["shown"].agg(" | ".join)
    return joined.unstack("period").sort_index(axis=1).fillna("").reset_index()


def _cell(row: Mapping[Any, Any]) -> str:
    names = ("value", "numerator", "denominator", "low", "high", "interval_low", "interval_high")
    text = {name: f"{row[name]:,.10g}" for name in names if row.get(name) is not None and pd.notna(row[name])}
    if "value" in text:
        beside = [f"n {text['denominator']}"] if "denominator" in text else []
        if {"interval_low", "interval_high"} <= text.keys():
            beside.append(f"margin {text['interval_low']} to {text['interval_high']}")
        return text["value"] + (f" ({', '.join(beside)})" if beside else "")
    if "numerator" in text:
        return f"{text['numerator']} of {text['denominator']}" if "denominator" in text else text["numerator"]
    if {"low", "high"} & text.keys():
        return f"{text.get('low', '')} to {text.get('high', '')}"
    return str(row.get("value_status") or "")
