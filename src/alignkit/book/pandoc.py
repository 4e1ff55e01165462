"""pandoc as a function: Markdown → its document tree (JSON) → any format."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypandoc

from alignkit.errors import BookError

Node = dict[str, Any]

BOOK = "markdown-tex_math_dollars-raw_tex-yaml_metadata_block"
"""What chapters are read as. Quarto reads more; `escape` and the narrative's check leave nothing for it to find."""
NARRATIVE = f"{BOOK}-native_divs-native_spans"
"""As `BOOK`, but HTML tags stay raw, so that they can be refused."""


def read(text: str, reader: str = BOOK) -> Node:
    """Markdown → pandoc's document tree."""
    tree: Node = json.loads(_parsed(text, reader))
    return tree


@lru_cache(maxsize=256)
def _parsed(text: str, reader: str) -> str:
    return _run(text, "json", reader)


def write(
    tree: Node,
    to: str,
    *,
    filters: Sequence[Path] = (),
    metadata: Mapping[str, str] | None = None,
    more: Sequence[str] = (),
) -> str:
    """A document tree → text in format `to`, after Lua `filters`, which see `metadata`."""
    options = [f"--lua-filter={path}" for path in filters]
    options += [f"--metadata={key}={value}" for key, value in (metadata or {}).items()]
    return _run(json.dumps(tree), to, "json", [*options, *more])


def _run(text: str, to: str, reader: str, options: Sequence[str] = ()) -> str:
    try:
        return str(pypandoc.convert_text(text, to, reader, extra_args=["--wrap=none", *options]))
    except RuntimeError as error:
        cure = "report this; the chapter's Markdown is in the book project"
        raise BookError(f"pandoc stopped: {error}", cure=cure) from None


def nodes(part: Any) -> Iterator[Node]:
    """Every node below (and with) `part` of a document tree, in reading order."""
    if isinstance(part, dict):
        if "t" in part:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for item in part:
            yield from nodes(item)


def text_of(part: Any) -> str:
    """The words of a part of a document tree, without its markup."""
    words = (node["c"] if node["t"] == "Str" else " " for node in nodes(part) if node["t"] in _TEXT)
    return "".join(words).strip()


_TEXT = ("Str", "Space", "SoftBreak", "LineBreak")
