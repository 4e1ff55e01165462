"""A notebook's own Markdown in the book's language: its headings and paragraphs are message ids, like any sentence."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from alignkit.words.words import Words

_BLANK = re.compile(r"(\n[ \t]*\n+)")
_HEADING = re.compile(r"(?P<marks>\s*#+\s+)(?P<text>.+?)(?P<rest>\s*(?:\{[^}]*\})?\s*)")
OFF_PAGE = ("editor", "narrative")
"""Tags of Markdown cells that are not on the page, or are replaced there."""


def translated(source: str, words: Words) -> str:
    """Markdown with each heading and each paragraph in the language of `words`; attributes in braces stay."""
    return "".join(_one(block, words) for block in _BLANK.split(source))


def messages(notebook: Mapping[str, Any]) -> Iterator[str]:
    """The message ids in the Markdown cells that a notebook's page shows."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and not {*OFF_PAGE} & {*cell["metadata"].get("tags", ())}:
            yield from (text for block in _BLANK.split("".join(cell["source"])) if (text := _text(block)))


def _one(block: str, words: Words) -> str:
    text = _text(block)
    return block.replace(text, words.gettext(text), 1) if text else block


def _text(block: str) -> str:
    """What is to be translated of a block: a heading's words, or a whole paragraph."""
    heading = _HEADING.fullmatch(block)
    return heading["text"] if heading else block.strip()
