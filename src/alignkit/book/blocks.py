"""Blocks of neutral Markdown: what both engines read. Text goes in as text and is escaped here."""

import re
from collections.abc import Iterable

from alignkit.book.markdown import escape, pipe_table
from alignkit.records import Exhibit
from alignkit.words.words import Words


def heading(level: int, text: str, name: str) -> str:
    """A heading with the label `sec-<name>`."""
    return f"{'#' * level} {escape(text)} {{#sec-{name}}}"


def box(kind: str, *paragraphs: str) -> str:
    """Paragraphs in a box: `question`, `answer`."""
    return div(f".{kind}", "\n\n".join(map(escape, paragraphs)))


def items(texts: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {escape(text)}" for text in texts)


def callout(kind: str, title: str, text: str) -> str:
    """A note beside the text; `kind` is one of Quarto's: note, tip, important, warning, caution."""
    return div(f'.callout-{kind} title="{escape(title)}"', escape(text))


def div(attributes: str, markdown: str) -> str:
    """Markdown in a fenced div."""
    return f"::: {{{attributes}}}\n{markdown}\n:::"


def folded(title: str, markdown: str) -> str:
    """Closed until somebody asks for it."""
    return f':::: {{.callout-note collapse="true" title="{escape(title)}"}}\n{markdown}\n::::'


def web(markdown: str) -> str:
    """Only in the HTML book."""
    return f'::::: {{.content-visible when-format="html"}}\n{markdown}\n:::::'


def slug(text: str) -> str:
    """Words → a part of a label."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"


def exhibit(shown: Exhibit, chapter: str, words: Words) -> str:
    """A chart or table with its label; its numbers to unfold and download are on the web only."""
    if shown.type == "chart":
        visible, more = _chart(shown, chapter, words)
    else:
        visible, more = _table(shown, chapter, words)
    if shown.where == "web":
        return web(folded(shown.caption, f"{visible}\n\n{more}".strip()))
    return f"{visible}\n\n{web(more)}" if more else visible


def _chart(shown: Exhibit, chapter: str, words: Words) -> tuple[str, str]:
    name = f"{chapter}-{shown.id}"
    attributes = f'#fig-{name} fig-alt="{escape(shown.alt)}"'
    picture = f"![{escape(shown.caption)}](figures/{name}.svg){{{attributes}}}"
    if not shown.rows:
        return picture, ""
    table = pipe_table(shown.columns, shown.rows, shown.align)
    title = words.gettext("The numbers behind this chart")
    return picture, folded(title, f"{table}\n\n{_download(name, words)}")


def _table(shown: Exhibit, chapter: str, words: Words) -> tuple[str, str]:
    name, caption = f"{chapter}-{shown.id}", escape(shown.caption)
    if not shown.rows:
        return f"{caption}\\: {escape(words.gettext('no rows.'))}", ""
    return table(pipe_table(shown.columns, shown.rows, shown.align), shown.caption, name), _download(name, words)


def table(markdown: str, caption: str, name: str) -> str:
    """A pipe table with its caption and the label `tbl-<name>`."""
    return f"{markdown}\n\n: {escape(caption)} {{#tbl-{name}}}"


def _download(name: str, words: Words) -> str:
    return div(".download", f"[{escape(words.gettext('Download this table (CSV)'))}](../tables/{name}.csv)")
