"""Text that somebody else wrote → Markdown, CSV and attributes that say exactly that text and nothing more.

Both engines read pandoc's Markdown, where a backslash before any ASCII punctuation makes it literal. That one rule
covers emphasis, links, citations, math, footnotes, raw HTML, fenced divs, table bars and Quarto's shortcodes.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from alignkit.book.widths import GAP, widths

# Controls (C0, C1), zero-width joins of nothing, and marks that reorder what is read after them.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"[ \t\r\n\u2028\u2029]+")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")
_RULES = {"left": ":{}", "right": "{}:", "center": ":{}:"}


def plain(text: str) -> str:
    """`text` on one line, without characters nobody can see."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


def escape(text: str) -> str:
    """`text` as pandoc Markdown that reads back as that text: in a paragraph, a pipe table or a quoted attribute."""
    return _PUNCTUATION.sub(r"\\\1", plain(text))


def csv_cell(text: str) -> str:
    """`text` for a CSV file: what a spreadsheet would take for a formula gets a leading apostrophe.

    A plain number stays one. (OWASP, CSV injection.)
    """
    text = _UNSEEN.sub("", text)
    if text.lstrip(" \n").startswith(_FORMULA) and not _NUMBER.fullmatch(text.strip()):
        return f"'{text}"
    return text


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A CSV file's text, RFC 4180, lines ended by a line feed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([csv_cell(cell) for cell in row] for row in (columns, *rows))
    return out.getvalue()


def pipe_table(columns: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[str] = ()) -> str:
    """A pipe table. pandoc takes the dashes for relative widths, as their line is longer than its own 72 characters."""
    align = [*align, *["left"] * (len(columns) - len(align))]
    found = [width + GAP for width in widths(columns, rows)]
    dashes = [max(3, round(120 * width / sum(found))) for width in found]
    rule = [_RULES[how].format("-" * many) for how, many in zip(align, dashes, strict=True)]
    lines = [[escape(cell) for cell in columns], rule, *([escape(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
