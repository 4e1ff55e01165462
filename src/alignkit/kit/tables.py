"""Tables: semantic HTML in JupyterLab, text cells for the book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import pandas as pd

from alignkit.disclosure.published import NUMBERS, Published
from alignkit.errors import NotebookError
from alignkit.kit.drawing.data import Align, Behind, heading, not_published, shown_as
from alignkit.records import Exhibit, emit
from alignkit.words.current import words


@dataclass(frozen=True)
class Table:
    """What a table shows: published rows, the columns a reader sees, and what it is called."""

    rows: Published
    columns: Mapping[str, str]
    """Column of `rows` → heading, in the order shown."""
    caption: str
    align: Mapping[str, Align] | None = None
    """Column → side; left out, text stands left and numbers right."""


def show(p: Published | Table, *, id: str, caption: str = "",
         columns: Mapping[str, str] | Sequence[str] | None = None, align: Mapping[str, Align] | None = None,
         where: Literal["both", "web"] = "both") -> None:  # fmt: skip
    """Show published rows as a table, one row per row of `p`, in its order. Without rows, nothing is shown.

    - `p`: what `publish` or `derive` returned, or a `Table` that a chapter's `exhibits` made of it; `caption`,
      `columns` and `align` given here replace those of the `Table`.
    - `id`: its name in the chapter.
    - `caption`: what is shown.
    - `columns`: column of `p` → heading, or a list of columns; left out, all but the numbers, and what may be read of
      the value. `text` and `value` both give that ("46%", "under 10%", "hidden"); other numbers not shown are blank.
    - `align`: column → "left", "right" or "center"; left out, text is left and numbers are right.
    - `where`: "web" folds it away on the web page and keeps it out of the PDF.

    Raises DisclosureError for anything that was not published; NotebookError for an unknown column or no caption.
    """
    if isinstance(p, Table):
        caption, columns, align = caption or p.caption, columns or p.columns, align or p.align
        p = p.rows
    _check(p, id, columns, caption)
    if p.frame.empty:
        return
    named = _headings(p, columns)
    found = behind(p, named)
    sides = tuple((align or {}).get(name) or side for name, side in zip(named, found.align, strict=True))
    emit_table(id, caption, found.columns, sides, found.rows, where)


def behind(p: Published, columns: Mapping[str, str]) -> Behind:
    """`columns` (column of `p` → heading) as a reader sees them, one row per row of `p`."""
    sides = tuple(_side(p.frame[name]) for name in columns)
    rows = tuple(_cells(row, tuple(columns)) for row in p.frame.to_dict("records"))
    return Behind(tuple(columns.values()), sides, rows)


def emit_table(id: str, caption: str, columns: tuple[str, ...], align: tuple[Align, ...],
               rows: tuple[tuple[str, ...], ...], where: Literal["both", "web", "packet"]) -> None:  # fmt: skip
    """Emit a table of text cells; `id` is unique within the chapter."""
    exhibit = Exhibit(
        id=id, type="table", caption=caption, alt="", columns=columns, align=align, rows=rows, where=where
    )
    emit(exhibit, {"text/html": html(exhibit)})


def html(exhibit: Exhibit) -> str:
    """The rows of an exhibit as an HTML table: a caption, headers with their scope, everything escaped."""
    styles = [f' style="text-align: {side}"' for side in exhibit.align]
    head = "".join(
        f'<th scope="col"{style}>{escape(text)}</th>' for text, style in zip(exhibit.columns, styles, strict=True)
    )
    body = "".join(f"<tr>{_row(row, styles)}</tr>\n" for row in exhibit.rows)
    return (
        f"<table>\n<caption>{escape(exhibit.caption)}</caption>\n"
        f"<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{body}</tbody>\n</table>\n"
    )


def _check(p: object, id: str, columns: Mapping[str, str] | Sequence[str] | None, caption: str) -> None:
    if not isinstance(p, Published):
        raise not_published(p, "a table")
    unknown = [name for name in columns or () if name not in p.frame.columns]
    if unknown or not caption.strip() or (columns is not None and not columns):
        raise NotebookError(
            f"table '{id}': " + (f"there is no column {unknown}" if unknown else "no columns or no caption"),
            cure=f"columns: {', '.join(map(str, p.frame.columns))}",
        )


def _headings(p: Published, columns: Mapping[str, str] | Sequence[str] | None) -> dict[str, str]:
    """Column → heading, ours where none is given."""
    if isinstance(columns, Mapping):
        return dict(columns)
    if columns is None:
        besides = {*NUMBERS, "unit", "period_end", "status", "text"}
        said = ["text"] if p.frame["text"].ne("").any() else []
        columns = [*(str(name) for name in p.frame if name not in besides), *said]
    return {name: words.gettext("Value") if name in ("value", "text") else heading(name) for name in columns}


def _row(row: Sequence[str], styles: Sequence[str]) -> str:
    first = f'<th scope="row"{styles[0]}>{escape(row[0])}</th>'
    return first + "".join(f"<td{style}>{escape(cell)}</td>" for cell, style in zip(row[1:], styles[1:], strict=True))


def _cells(row: Mapping[Any, Any], columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_cell(row, name, "text" in columns) for name in columns)


def _cell(row: Mapping[Any, Any], name: str, said: bool) -> str:
    value = row[name]
    if name == "period_start":
        return words.period(value, row.get("period_end"))
    if name == "value" and not said:
        return str(row["text"])
    if name in ("low", "high", "value") and not pd.isna(value):
        return words.value(value, str(row.get("unit") or ""))
    return shown_as(value)


def _side(column: "pd.Series[Any]") -> Align:
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    return "right" if numeric or column.name in ("text", "value") else "left"
