"""Every text that a rendered file carries, seen or not: what the identifier scan reads.

A reader's eye joins what markup takes apart, so markup comes out several ways: left in (attributes, comments, scripts),
taken out without a trace (a name split by tags), and replaced by what a table's cells may stand for.
"""

import base64
import binascii
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

_MARKUP = (".html", ".htm", ".xhtml", ".svg", ".xml")
_TEXT = (".txt", ".md", ".qmd", ".css", ".js", ".mjs", ".typ", ".yml", ".yaml", ".log", ".py", ".lua", ".bib")
_ZIPPED = (".zip", ".xlsx", ".docx", ".epub", ".pptx")
_NO_TEXT = (".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico")
_KINDS = {
    "svg": ".svg",
    "html": ".html",
    "pdf": ".pdf",
    "json": ".json",
    "csv": ".csv",
    "text": ".txt",
    "font": ".woff",
}
"""What a MIME type has in it → how to read it."""
_DEPTH = 6
"""Files within files: a notebook with an HTML output with an SVG with an image."""

_DATA = re.compile(r"data:([\w.+/-]*)((?:;[\w=.+-]+)*?)(;base64)?,([^\"'\s)>\\]+)", re.ASCII)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_TAGS = re.compile(r"(?:<[^<>]*>\s*)+")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_EMPHASIS = re.compile(r"\\(?=[\W_])|[*_`~]")
_HYPHENATED = re.compile(r"-\n\s*")


@dataclass(frozen=True)
class Text:
    """One text of a file, and where in the file it stands."""

    where: str
    text: str
    raw: bool = False
    """Whether its lines are the file's own."""


def texts(name: str, content: bytes, where: str = "", depth: int = 0) -> Iterator[Text]:
    """The texts of a file called `name`; unknown kinds are read as text as far as that goes."""
    suffix = PurePosixPath(name.lower()).suffix
    if depth > _DEPTH or suffix in _NO_TEXT:
        return
    if content[:5] == b"%PDF-":
        yield from _pdf(content, where, depth)
    elif suffix in _ZIPPED and zipfile.is_zipfile(io.BytesIO(content)):
        yield from _zipped(content, where, depth)
    elif content[:2] == b"\x1f\x8b":
        yield from texts(name.removesuffix(".gz"), zlib.decompress(content, 31), where, depth + 1)
    elif suffix in (".json", ".ipynb"):
        yield from _json(_decoded(content), where, depth)
    elif suffix in (".csv", ".tsv"):
        yield from _table(_decoded(content), where)
    elif suffix in (*_MARKUP, *_TEXT):
        yield from _marked(_decoded(content), where, depth)
    else:
        yield Text(where or "content", content.decode("latin-1"))


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    return content.decode("utf-8-sig", errors="replace")


def _marked(text: str, where: str, depth: int) -> Iterator[Text]:
    """Markup or plain text, and what data URIs hold."""
    inside: list[tuple[str, bytes]] = []

    def take(found: re.Match[str]) -> str:
        content = _uri(found)
        if content is None:
            return found[0]
        inside.append((found[1], content))
        return " "

    text = _DATA.sub(take, text) if "data:" in text else text
    yield from _plain(text, where)
    for number, (mime, content) in enumerate(inside, start=1):
        suffix = next((suffix for part, suffix in _KINDS.items() if part in mime), "")
        yield from texts(f"x{suffix}", content, f"{where + ', ' if where else ''}data URI {number}", depth + 1)


def _uri(found: re.Match[str]) -> bytes | None:
    if not found[3]:
        return unquote_to_bytes(html.unescape(found[4]))
    letters = unquote(html.unescape(found[4]))
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4))
    except (binascii.Error, ValueError):
        return None


def _plain(text: str, where: str) -> Iterator[Text]:
    """The text as it is, without escapes, without markup, without emphasis, each where that differs."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\\u" in text else text
    yield Text(where, text, raw=True)
    if "%" in text:
        yield Text(where, unquote(text))
    if "<" in text or "&" in text:
        yield Text(where, html.unescape(html.unescape(text)))
        bare = _COMMENT.sub("", text)
        for tag, between in ((_TAG, ""), (_TAGS, " "), (_TAGS, ", ")):
            yield Text(where, _EMPHASIS.sub("", html.unescape(html.unescape(tag.sub(between, bare)))))
    elif _EMPHASIS.search(text):
        yield Text(where, _EMPHASIS.sub("", text))
    if "-\n" in text:
        yield Text(where, _HYPHENATED.sub("", text))


def _table(text: str, where: str) -> Iterator[Text]:
    yield from _plain(text, where)
    cells = re.sub(r"[\"\t;|,]+", " ", text)
    yield Text(where, cells)
    yield Text(where, re.sub(r"\"?[\t;|]\"?", ", ", text))


def _json(text: str, where: str, depth: int) -> Iterator[Text]:
    try:
        content = json.loads(text)
    except ValueError:
        yield from _marked(text, where, depth)
        return
    strings = list(_strings(content))
    yield Text(where, text, raw=True)
    yield from _plain(" ".join(strings), where)
    yield Text(where, ", ".join(strings))
    for mime, value in _outputs(content):
        suffix = next((suffix for part, suffix in _KINDS.items() if part in mime), "")
        inside = base64.b64decode(value) if mime == "application/pdf" else value.encode()
        yield from texts(f"x{suffix or '.txt'}", inside, f"{where + ', ' if where else ''}output {mime}", depth + 1)
    for value in strings:
        if "data:" in value:
            yield from _marked(value, where, depth + 1)


def _strings(value: Any) -> Iterator[str]:
    """Every value: a first and a last name stand side by side in them, whatever their keys are."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int | float):
        yield str(value)
    elif isinstance(value, list):
        # A notebook writes one text as the list of its lines.
        lines = all(isinstance(item, str) and item.endswith("\n") for item in value[:-1])
        if value and lines and isinstance(value[-1], str):
            yield "".join(value)
        else:
            for item in value:
                yield from _strings(item)
    else:
        for item in value.values():
            yield from _strings(item)


def _outputs(value: Any) -> Iterator[tuple[str, str]]:
    """MIME type and content of every output of a notebook."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, list) and all(isinstance(line, str) for line in item):
                item = "".join(item)
            if isinstance(item, str) and re.fullmatch(r"[a-z]+/[\w.+-]+", key) and not key.startswith("image/png"):
                yield key, item
            else:
                yield from _outputs(item)
    elif isinstance(value, list):
        for item in value:
            yield from _outputs(item)


def _zipped(content: bytes, where: str, depth: int) -> Iterator[Text]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield from texts(name, archive.read(name), f"{where + ', ' if where else ''}{name}", depth + 1)


def _pdf(content: bytes, where: str, depth: int) -> Iterator[Text]:
    """Pages, everything written in the document's structure (titles, alt texts, bookmarks), attachments."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    before = f"{where}, " if where else ""
    for number, page in enumerate(reader.pages, start=1):
        yield from _plain(page.extract_text(), f"{before}page {number}")
    yield Text(f"{before}metadata and alt texts", "\n".join(_written(reader.trailer)))
    for name, files in reader.attachments.items():
        for file in files:
            yield from texts(name, file, f"{before}attachment", depth + 1)


def _written(root: Any) -> Iterator[str]:
    """Every text string of a PDF's objects."""
    from pypdf.generic import IndirectObject, TextStringObject

    waiting, seen = [root], set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if item.idnum in seen:
                continue
            seen.add(item.idnum)
            item = item.get_object()
        if isinstance(item, TextStringObject):
            yield str(item)
        elif isinstance(item, dict):
            waiting.extend(item.raw_get(key) if hasattr(item, "raw_get") else item[key] for key in item)
        elif isinstance(item, list):
            waiting.extend(item)
