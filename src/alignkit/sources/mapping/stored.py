"""A CSV file's bytes → its rows of text, as the mapping says they are stored; refused where that cannot be right."""

import csv
import gzip
import io
import re
import zlib
from pathlib import Path

from alignkit.errors import SourceError
from alignkit.sources.mapping.lines import ENCODINGS, FileMap
from alignkit.sources.wrong import places

_GZIP = b"\x1f\x8b"
_NOT_IN_LATIN = re.compile("[\x80-\x9f]")
"""Control characters of Latin-1, where Windows has dashes and quotation marks."""


def csv_rows(file: FileMap, path: Path) -> list[list[str]]:
    """The file's rows, from its first line. Raises `SourceError` where letters or columns are stored otherwise."""
    text = _decoded(file, path)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=file.separator, strict=True))
    except csv.Error:
        raise SourceError(
            "the columns of a line cannot be found: a quote is never closed, or is inside a text",
            where=path.name,
            cure='look for a single " in the file, and for the right separator in the mapping',
        ) from None
    _too_wide(file, path, rows)
    return rows


def _too_wide(file: FileMap, path: Path, rows: list[list[str]]) -> None:
    """A row with more columns than there are names: 1,234 without quotes has become two columns."""
    first, last = file.header
    named = max((len(row) for row in rows[first - 1 : last]), default=0)
    wide = [(at, len(row)) for at, row in enumerate(rows, 1) if at > last and any(t.strip() for t in row[named:])]
    if wide and named > 1:
        at = places([f"row {number:,}" for number, _ in wide])
        raise SourceError(
            f"{at} {'has' if len(wide) == 1 else 'have'} more columns than there are names ({wide[0][1]}, not {named})",
            where=path.name,
            cure=f'put texts and numbers that hold a comma in quotes ("1,234"), or correct the separator or the row '
            f"with the column names in {file.at} of the mapping",
        )


def _decoded(file: FileMap, path: Path) -> str:
    content = path.read_bytes()
    try:
        content = gzip.decompress(content) if content.startswith(_GZIP) else content
    except (OSError, EOFError, zlib.error):
        raise SourceError("the gzip file is damaged", where=path.name, cure="get it again") from None
    try:
        text = content.decode(file.encoding)
    except UnicodeError:
        raise _otherwise(file, path, _likely(content)) from None
    if "\0" in text:
        cure = f"choose UTF-16 in {file.at} of the mapping, or save the file as CSV again"
        raise SourceError("this is not text in the encoding that the mapping names", where=path.name, cure=cure)
    if file.encoding in ("cp1252", "latin-1") and not content.isascii() and _is_utf8(content):
        raise _otherwise(file, path, "UTF-8")
    if file.encoding == "latin-1" and _NOT_IN_LATIN.search(text):
        raise _otherwise(file, path, "Windows (Western Europe)")
    return text


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _likely(content: bytes) -> str:
    """The encoding, by the mapping's name for it, in which bytes make sense."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    return "UTF-8" if _is_utf8(content) else "Windows (Western Europe)"


def _otherwise(file: FileMap, path: Path, likely: str) -> SourceError:
    said = next(name for name, codec in ENCODINGS.items() if codec == file.encoding)
    return SourceError(
        f"its letters are not stored as {said}",
        where=path.name,
        cure=f"choose another in 'How its letters are stored' of {file.at}, such as {likely}",
    )
