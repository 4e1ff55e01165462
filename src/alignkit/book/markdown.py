"""Text that somebody else wrote → Markdown, CSV and attributes that say exactly that text and nothing more.

Both engines read pandoc's Markdown, where a backslash before any ASCII punctuation makes it literal. That one rule
covers emphasis, links, citations, math, footnotes, raw HTML, fenced divs, table bars and Quarto's shortcodes.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# Controls (C0, C1), zero-width joins of nothing, and marks that reorder what is read after them.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"[ \t\r\n\u2028\u2029]+")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")
_LINE, _SHORT, _LONG = 118, 17, 60
"""Characters: a line of a table on paper, a column that should not wrap, a column that counts as no longer."""
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
    """A pipe table; columns past the page's width share it by the length of what stands in them."""
    align = [*align, *["left"] * (len(columns) - len(align))]
    shares = _shares(columns, rows)
    rule = [_RULES[how].format("-" * share) for how, share in zip(align, shares, strict=True)]
    lines = [[escape(cell) for cell in columns], rule, *([escape(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _shares(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Dashes per column: pandoc reads them as relative widths, as their line is longer than its own 72 characters.

    Short columns keep to one line; long ones share what is left of a page's width.
    """
    longest = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    short = [length <= _SHORT for length in longest]
    long_total = sum(min(length, _LONG) for length, one_line in zip(longest, short, strict=True) if not one_line)
    left = max(_LINE - sum(length + 5 for length, one_line in zip(longest, short, strict=True) if one_line), _LINE // 3)
    wants = [
        max(length, 3) + 5 if one_line else max(left * min(length, _LONG) / long_total, 12)
        for length, one_line in zip(longest, short, strict=True)
    ]
    return [max(3, round(120 * want / sum(wants))) for want in wants]
