"""Choices and codes in a mapping sheet, as they are known, however a person typed them: `Kept` is `kept`."""

from collections.abc import Iterable, Mapping

from alignkit.contract.catalog import Catalog
from alignkit.sources.hidden import STATUSES
from alignkit.sources.mapping.lines import (
    AS_IT_STANDS,
    DECIMALS,
    ENCODINGS,
    HIDDEN,
    KEEP,
    LEAVE_OUT,
    PARTS,
    SEPARATORS,
    TAKE,
    TWICE,
    Line,
    folded,
)
from alignkit.sources.mapping.readings import READINGS

CHOICES: Mapping[str, tuple[str, ...]] = {
    "take": TAKE,
    "encoding": tuple(ENCODINGS),
    "separator": tuple(SEPARATORS),
    "decimal": DECIMALS,
    "hidden": HIDDEN,
    "twice": TWICE,
    "parts": PARTS,
    "reading": tuple(READINGS),
    "status": (*STATUSES, AS_IT_STANDS),
    "keep": KEEP,
}
"""Cell of a line → what may be chosen there."""


def chosen(lines: Mapping[str, list[Line]], catalog: Catalog) -> dict[str, list[Line]]:
    """The lines of every sheet with known choices and codes in their own spelling; other texts stay as they are."""
    tables = {line["file"]: line["table"] for line in lines["files"]}
    made = {name: [_with_choices(line) for line in found] for name, found in lines.items()}
    return made | {"codes": [_with_code(line, tables, catalog) for line in made["codes"]]}


def _with_choices(line: Line) -> Line:
    return {**line, **{key: _alike(line[key], known) for key, known in CHOICES.items() if key in line}}


def _with_code(line: Line, tables: Mapping[str, str], catalog: Catalog) -> Line:
    names = [tables.get(line["file"], "")] if line["file"] else list(tables.values())
    schemas = [catalog.schema(name) for name in names if name in catalog]
    enums = [schema.field(line["column"]).enum for schema in schemas if line["column"] in schema.columns]
    codes = enums[0] if enums else ()
    return {**line, "code": _alike(line["code"], (*codes, LEAVE_OUT, AS_IT_STANDS))}


def _alike(text: str, known: Iterable[str]) -> str:
    return next((one for one in known if folded(one) == folded(text)), text) if text else text
