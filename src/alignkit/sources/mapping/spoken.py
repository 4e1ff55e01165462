"""What a file says of its numbers' unit in words: in names of columns, a title above them, a column of units."""

import re
from collections.abc import Iterator

import pandas as pd

from alignkit.sources.mapping.incoming import Incoming
from alignkit.sources.mapping.layout import is_wide
from alignkit.sources.mapping.lines import FileMap, either
from alignkit.sources.mapping.numerals import PERSONS
from alignkit.sources.mapping.readings import MARGIN, PER, PLAIN, SCALES, THOUSANDS
from alignkit.sources.mapping.shape import Cells
from alignkit.sources.wrong import Wrong

Units = dict[tuple[str, str], str]
_PER = re.compile(r"\bper\s?(\d[\d,]*)(k?)\b", re.IGNORECASE)
_MANY = re.compile(
    r"\bin (?P<one>thousands|millions|000s?|1,?000s?)\b|\bthousands of\b|\$ ?000s?\b|[($ ]000s\b"
    r"|\((?:in )?\$? ?(?P<two>thousands|millions|k|000s?|1,?000s?)\)|\(x ?1,?000\)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?<!\d )(?<!\d)\b(?:percent|percentage|pct)\b|^%|%$|\(%\)", re.IGNORECASE)
_UNIT_TEXTS = {
    "percent": re.compile(r"percent|percentage|pct|%", re.IGNORECASE),
    "count": re.compile(r"number|count|numeric count", re.IGNORECASE),
    "dollars": re.compile(r"currency|dollars?|\$|usd", re.IGNORECASE),
    "per": re.compile(r"(?:\w+[- ]?\w* )?rate per [\d,]+|per [\d,]+", re.IGNORECASE),
}
_ERROR = re.compile(r"\b(?:se|std err\w*|standard error)\b", re.IGNORECASE)
_SURE = re.compile(r"\b(80|90|95|99)\s?(?:%|percent|pct)?\s?(?:ci|conf\w*|lcl|ucl|interval)\b", re.IGNORECASE)


def spoken_units(file: FileMap, incoming: Incoming, cells: Cells, frame: pd.DataFrame) -> Units:
    """(indicator, what is said of its unit) → where it is said; see `sources.units`.

    A reading for the value's column answers what its name and the title say.
    """
    column = next((column for column in file.columns if column.column == "value" and column.source), None)
    if column is None or "indicator_id" not in frame:
        return {}
    said = _in_column(file, incoming, cells, frame) if column.reading != PLAIN else {}
    wide = [name for name in incoming.columns if column.source.startswith("(") and is_wide(file, name)]
    names = wide or either(column.source)
    title = [text for row in incoming.top[: file.header[0] - 1] for text in row if text]
    words = [(name, f"{incoming.name}, column {name}") for name in names]
    words += [(text, f"{incoming.name}, above the names of the columns") for text in title]
    for text, where in words:
        for unit in _units(text, text in names):
            if not _answered(unit, column.reading):
                said |= {(str(one), unit): where for one in frame["indicator_id"].unique()}
    return said


def _units(text: str, name: bool) -> Iterator[str]:
    """What a name, or a title, says: per:100000, thousands, millions, percent."""
    if found := _PER.search(text):
        yield f"per:{_base(found)}"
    elif name and _PERCENT.search(text) and not PERSONS.search(text.casefold()):
        yield "percent"
    if found := _MANY.search(text):
        yield "millions" if "million" in found[0].casefold() else "thousands"


def _base(found: re.Match[str]) -> int:
    return int(found[1].replace(",", "")) * (1000 if found[2] else 1)


def _answered(unit: str, reading: str) -> bool:
    """Whether the reading of the column says how its unit is to be read."""
    if reading in PER:
        return unit == f"per:{PER[reading]}" or (unit == "percent" and PER[reading] == 100)
    return reading in SCALES and (unit != "millions" or reading != THOUSANDS)


def _in_column(file: FileMap, incoming: Incoming, cells: Cells, frame: pd.DataFrame) -> Units:
    """The units in a column that says nothing else, such as Data Format: Number, Percent."""
    column = next(column for column in file.columns if column.column == "value")
    rows = dict(incoming.rows)
    found: Units = {}
    for at in range(len(incoming.columns)):
        texts = [" ".join(rows[number][at].split()) for number in cells.numbers]
        units = [next((unit for unit, says in _UNIT_TEXTS.items() if says.fullmatch(text)), "") for text in texts]
        if not all(unit or not text for unit, text in zip(units, texts, strict=True)):
            continue
        for number, unit, text, one in zip(cells.numbers, units, texts, frame["indicator_id"], strict=True):
            base = _PER.search(text)
            said = f"per:{_base(base)}" if base else unit
            if said and not (column.reading in PER and _answered(said, column.reading)):
                found.setdefault((str(one), said), f"{incoming.name}, row {number:,}")
    return found


def unfit_names(file: FileMap, incoming: Incoming) -> Iterator[Wrong]:
    """Numbers of persons in thousands, margins that are standard errors, intervals of another confidence."""
    sure = next((column.constant for column in file.columns if column.column == "confidence"), "")
    for column in file.columns:
        where = f"{incoming.name}, column {column.source}"
        if column.column in ("numerator", "denominator") and _MANY.search(column.source):
            cure = "map a column of whole numbers, or leave it out"
            yield Wrong(where, "its name says that it counts in thousands or millions", cure)
        if column.reading == MARGIN and _ERROR.search(column.source):
            what = "its name says standard error, which is not a margin of error"
            yield Wrong(where, what, "map a margin, or multiply it in the file: by 1.645 for 0.9, by 1.96 for 0.95")
        said = _SURE.search(column.source) if column.column in ("interval_low", "interval_high") else None
        if said and _is_number(sure) and abs(float(sure) - int(said[1]) / 100) > 0.001:
            yield Wrong(where, f"its name says {said[1]} percent, and confidence is always {sure}", "correct one")


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"0?\.\d+", text))
