"""Evaluators' own words: `params/<community>/<cycle>/<chapter>.md`, with numbers taken by name from the chapters.

`{{ leadership.signed_share }}` stands for the text of that headline, which is already disclosed and rounded. The names
are strict and there is no template language. Where a chapter gives a plain number `x` and the sentence about it as
`x_sentence`, a number that stands where a sentence would is refused: the name used to mean the sentence.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from alignkit.book import pandoc
from alignkit.book.markdown import escape
from alignkit.errors import NarrativeError

_PLACEHOLDER = re.compile(r"\{\{(?!<)(.*?)\}\}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\.[A-Za-z0-9_.-]+")
_ITEM = r"\n[ \t>]*(?:[-*+]|\d+[.)])[ \t]+"
_BEGINS = re.compile(rf"(?:\A|\n[ \t]*\n|{_ITEM}|[.!?][\"”’)\]*_]*\s)\s*\Z")
"""Before a placeholder: a sentence, a paragraph or an item of a list begins here."""
_ENDS = re.compile(rf"\s*(?:\Z|\n[ \t]*\n|{_ITEM})|\s+[\"“‘(]?(?P<next>\w)")
"""After it: the paragraph or item ends, or a word follows (in capitals, it begins the next sentence)."""
SENTENCE = "_sentence"
"""How the name of the sentence about a plain number ends."""
FEW = 5
"""How many names a message lists; `alignkit check --names` lists all."""
_LABEL = re.compile(r"(?:fig|tbl|sec)-[\w-]+")
_LINK = re.compile(r"(?:https?:|mailto:|#|[^:]*$)", re.IGNORECASE)
_CALLOUTS = tuple(f"callout-{kind}" for kind in ("note", "tip", "important", "warning", "caution"))
OVERLEAF = "overleaf"
"""Class of a heading of page one: from there on it stands on the page after, and not in page one's own PDF."""
_REFUSED: Mapping[str, str] = {
    "RawBlock": "raw HTML, Typst or LaTeX",
    "RawInline": "raw HTML, Typst or LaTeX",
    "CodeBlock": "a block of code",
    "Image": "an image",
    "Math": "a formula",
    "Span": "attributes in curly braces",
}


def narratives(
    folder: Path,
    chapters: Iterable[str],
    headlines: Mapping[str, str],
    *,
    strict: bool = True,
    waiting: Collection[str] = (),
) -> dict[str, str]:
    """Chapter id → its narrative as checked, filled Markdown; chapters without a file are absent.

    `headlines` maps "chapter.name" → text; `waiting` are chapters that have yet to run. Raises one `NarrativeError`
    with every problem of every file: an unknown name, what the book does not allow, and (where `strict`) a file that
    belongs to no chapter.
    """
    known, found, problems = list(chapters), {}, list[str]()
    for path in sorted(folder.glob("*.md")):
        if path.stem not in known:
            problems += [no_such_chapter(path, known)] if strict else []
            continue
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            problems.append(f"{path}: the file is not UTF-8 text; save it as UTF-8")
            continue
        asked = sorted(check(text, headlines, waiting) + not_run(text, waiting, folder))
        lines = [f"{path}:{line}: {what}" for line, what in asked]
        problems += lines
        if not lines and text.strip():
            found[path.stem] = normal(fill(text, headlines), path.stem)
    if problems:
        cure = "mend those lines; `alignkit check --names` lists the names there are"
        raise NarrativeError("\n".join(problems), cure=cure)
    return found


def check(
    text: str, headlines: Mapping[str, str] | None = None, waiting: Collection[str] = ()
) -> list[tuple[int, str]]:
    """What is wrong with a narrative: (line, words). Names are not looked up without `headlines`, nor those of
    a chapter in `waiting`."""
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        if "{{<" in line:
            problems.append((number, "shortcodes ({{< … >}}) are not for narratives"))
        for inside in _PLACEHOLDER.findall(line):
            name = inside.strip()
            wrong = _wrong_name(name, None if name.split(".")[0] in waiting else headlines)
            problems += [(number, wrong)] if wrong else []
    return sorted({*problems, *_lone_numbers(text, headlines or {}), *_refused(text)})


def not_run(text: str, waiting: Collection[str], folder: Path) -> list[tuple[int, str]]:
    """The chapters in `waiting` that a text quotes: (line, words), each once. `folder` holds the cycle's narratives."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        for inside in _PLACEHOLDER.findall(line):
            chapter = inside.strip().split(".")[0]
            if chapter in waiting:
                found.setdefault(chapter, number)
    command = f"alignkit run params/{folder.parent.name}/{folder.name}.yml"
    return [(line, f"chapter {chapter} has not run yet: {command}") for chapter, line in found.items()]


def fill(text: str, headlines: Mapping[str, str]) -> str:
    """Put each headline's text, as literal text, in place of its placeholder."""
    return _PLACEHOLDER.sub(lambda found: escape(headlines[found[1].strip()]), text)


def normal(text: str, chapter: str) -> str:
    """The same words as part of a chapter: headings from level 2 down, labels and footnotes of its own."""
    tree = pandoc.read(text, pandoc.NARRATIVE)
    for edit in (_drop_comments, _literal_mentions, _bare_attributes):
        edit(tree)
    _own_headings(tree, chapter)
    written = pandoc.write(tree, "markdown")
    return re.sub(r"\[\^(\d+)\]", rf"[^{chapter}-\1]", written).strip()


def no_such_chapter(path: Path, known: list[str]) -> str:
    """The message for a file that belongs to no chapter."""
    near = get_close_matches(path.stem, known, n=1)
    hint = f"did you mean {near[0]}.md?" if near else f"chapters: {', '.join(known)}"
    return f"{path}: there is no chapter '{path.stem}' ({hint})"


def _wrong_name(name: str, headlines: Mapping[str, str] | None) -> str:
    if not _NAME.fullmatch(name):
        return f"'{{{{ {name} }}}}' is not a name like leadership.signed_share"
    if headlines is None or name in headlines:
        return ""
    there = [other for other in sorted(headlines) if other.split(".")[0] == name.split(".")[0]] or sorted(headlines)
    near = get_close_matches(name, there, n=3, cutoff=0.5)
    more = f" and {len(there) - FEW} more" if len(there) > FEW else ""
    hint = f"nearest: {', '.join(near)}" if near else f"there are: {', '.join(there[:FEW]) or 'none'}{more}"
    return f"no chapter published '{name}' ({hint})"


def _lone_numbers(text: str, headlines: Mapping[str, str]) -> list[tuple[int, str]]:
    """Plain numbers that stand where a sentence would, though the chapter has the sentence under a name of its own."""
    problems = []
    for found in _PLACEHOLDER.finditer(f"\n{text}"):
        name = found[1].strip()
        if name in headlines and f"{name}{SENTENCE}" in headlines and _stands_alone(found):
            said = f"'{name}' is a plain number ({headlines[name]}) and stands here as a sentence"
            cure = f"write {{{{ {name}{SENTENCE} }}}} for the sentence, or put words around the number"
            problems.append((found.string.count("\n", 0, found.start()), f"{said}; {cure}"))
    return problems


def _stands_alone(found: re.Match[str]) -> bool:
    after = _ENDS.match(found.string, found.end())
    follows = "" if after is None else after["next"] or ""
    return bool(_BEGINS.search(found.string[: found.start()])) and after is not None and follows == follows.upper()


def _refused(text: str) -> list[tuple[int, str]]:
    lines, problems, start = text.splitlines(), [], 0
    for node in pandoc.nodes(pandoc.read(_PLACEHOLDER.sub("0", text), pandoc.NARRATIVE)["blocks"]):
        what, sign = _objection(node)
        if what:
            start = next((n for n in range(start, len(lines)) if sign in lines[n]), start)
            problems.append((start + 1, f"{what} is not for narratives"))
    return problems


def _objection(node: pandoc.Node) -> tuple[str, str]:
    """What is wrong with one node, and a piece of text by which to find its line."""
    kind, content = node["t"], node.get("c", [])
    if kind in _REFUSED and not _is_comment(node):
        return _REFUSED[kind], _sign(node).split("\n")[0]
    if kind == "Link" and not _LINK.match(content[2][0]):
        return f"a link to '{content[2][0].split(':')[0]}:'", content[2][0]
    if kind == "Div" and not set(content[0][1]) <= set(_CALLOUTS):
        return f"a box of kind '{' '.join(content[0][1])}'", ":::"
    return "", ""


def _sign(node: pandoc.Node) -> str:
    """A piece of a refused node's own text."""
    content = node["c"]
    if node["t"] == "Image":
        return str(content[2][0])
    if node["t"] == "Span":
        attributes = [*content[0][1], *(value for _key, value in content[0][2])]
        return str(attributes[0]) if attributes else pandoc.text_of(content[1])
    return str(content[-1])


def _is_comment(node: pandoc.Node) -> bool:
    return node["t"] in ("RawBlock", "RawInline") and bool(re.fullmatch(r"\s*<!--.*?-->\s*", node["c"][1], re.DOTALL))


def _edit(part: object, change: Callable[[pandoc.Node], list[pandoc.Node]]) -> None:
    """Replace every node inside the lists below `part` by what `change` gives for it."""
    if isinstance(part, dict):
        for value in part.values():
            _edit(value, change)
    elif isinstance(part, list):
        for item in part:
            _edit(item, change)
        if any(isinstance(item, dict) and "t" in item for item in part):
            part[:] = [new for item in part for new in (change(item) if isinstance(item, dict) else [item])]


def _drop_comments(tree: pandoc.Node) -> None:
    _edit(tree["blocks"], lambda node: [] if "t" in node and _is_comment(node) else [node])


def _literal_mentions(tree: pandoc.Node) -> None:
    """`@somebody` is a citation to pandoc; only labels of figures, tables and sections are meant as such."""

    def change(node: pandoc.Node) -> list[pandoc.Node]:
        if node.get("t") != "Cite" or all(_LABEL.match(item["citationId"]) for item in node["c"][0]):
            return [node]
        return list(node["c"][1])

    _edit(tree["blocks"], change)


def _bare_attributes(tree: pandoc.Node) -> None:
    """Only a heading's id (and that it stands overleaf), a table's id and a callout's kind, title and fold survive."""
    for node in pandoc.nodes(tree["blocks"]):
        if node["t"] == "Link":
            node["c"][0] = ["", [], []]
        elif node["t"] == "Div":
            node["c"][0] = ["", node["c"][0][1], [pair for pair in node["c"][0][2] if pair[0] in ("title", "collapse")]]
        elif node["t"] in ("Table", "Code"):
            node["c"][0] = [node["c"][0][0] if node["t"] == "Table" else "", [], []]


def _own_headings(tree: pandoc.Node, chapter: str) -> None:
    headings = [node for node in pandoc.nodes(tree["blocks"]) if node["t"] == "Header"]
    top, before, renamed = min((node["c"][0] for node in headings), default=2), 1, dict[str, str]()
    for node in headings:
        level, (label, classes, _pairs), inlines = node["c"]
        before = min(level - top + 2, before + 1)
        own = label if label.startswith(f"sec-{chapter}-") else f"sec-{chapter}-{label.removeprefix('sec-')}"
        renamed[label] = own
        node["c"] = [before, [own, [name for name in classes if name == OVERLEAF], []], inlines]
    for node in pandoc.nodes(tree["blocks"]):
        for item in node["c"][0] if node["t"] == "Cite" else ():
            item["citationId"] = renamed.get(item["citationId"], item["citationId"])
