"""Labels and cross references over all chapters: what `@fig-…`, `@tbl-…` and `@sec-…` point at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from alignkit.book import pandoc
from alignkit.errors import BookError
from alignkit.words.words import Words

_PREFIXES = ("fig-", "tbl-", "sec-")


@dataclass(frozen=True)
class Label:
    """Something that can be referred to."""

    id: str
    chapter: str
    number: str
    """As a reader sees it: "Figure 3.1", "Chapter 3"; empty for a section without a number."""
    title: str
    web_only: bool

    @property
    def text(self) -> str:
        """What a reference to it says."""
        return self.number or self.title


@dataclass(frozen=True)
class Mention:
    """A reference, and the chapter that makes it."""

    id: str
    chapter: str
    web_only: bool


@dataclass(frozen=True)
class Tree:
    """One chapter as pandoc reads it, and its number in the book ("" for page one and web-only pages)."""

    chapter: str
    number: str
    web_only: bool
    document: pandoc.Node


def labels(trees: Sequence[Tree], words: Words) -> dict[str, Label]:
    """Every label of the book; raises `BookError` listing those used twice."""
    found, twice = dict[str, Label](), list[str]()
    for tree in trees:
        for label in _labels(tree, words):
            if label.id in found:
                twice.append(f"{label.id} (chapters {found[label.id].chapter} and {label.chapter})")
            found[label.id] = label
    if twice:
        raise BookError(f"labels used twice: {', '.join(twice)}", cure="rename a heading or an exhibit")
    return found


def check(trees: Sequence[Tree], known: Mapping[str, Label]) -> None:
    """Raise one `BookError` with every reference that leads nowhere, or from paper to what is only on the web."""
    problems = []
    for mention in (mention for tree in trees for mention in _mentions(tree)):
        if mention.id not in known:
            near = get_close_matches(mention.id, known, n=1)
            hint = f" (did you mean @{near[0]}?)" if near else ""
            problems.append(f"chapter {mention.chapter}: @{mention.id} is nowhere in this book{hint}")
        elif known[mention.id].web_only and not mention.web_only:
            problems.append(f"chapter {mention.chapter}: @{mention.id} is only on the web, so paper cannot point at it")
    if problems:
        cure = "mend the reference, or the chapter it points at"
        raise BookError("\n".join(dict.fromkeys(problems)), cure=cure)


def _labels(tree: Tree, words: Words) -> Iterator[Label]:
    counts = {"Figure": 0, "Table": 0}
    forms = {"Figure": words.gettext("Figure {number}"), "Table": words.gettext("Table {number}")}
    chapter = words.gettext("Chapter {number}").format(number=tree.number) if tree.number else ""
    # What is also on paper is numbered first, so that the number is the same on the web.
    for node, web in sorted(_placed(tree), key=lambda placed: placed[1] and not tree.web_only):
        kind, name = node["t"], _name(node)
        if not name.startswith(_PREFIXES):
            continue
        number = ""
        if kind in counts:
            counts[kind] += 1
            number = forms[kind].format(number=".".join(filter(None, (tree.number, str(counts[kind])))))
        elif kind == "Header" and node["c"][0] == 1:
            number = chapter
        yield Label(name, tree.chapter, number, _title(node), web)


def _name(node: pandoc.Node) -> str:
    """The label that a heading, figure or table carries; a reference carries none."""
    if node["t"] == "Cite":
        return ""
    return str(node["c"][1][0] if node["t"] == "Header" else node["c"][0][0])


def _title(node: pandoc.Node) -> str:
    return pandoc.text_of(node["c"][2] if node["t"] == "Header" else node["c"][1])


def _mentions(tree: Tree) -> Iterator[Mention]:
    for node, web in _placed(tree):
        if node["t"] == "Cite":
            for item in node["c"][0]:
                yield Mention(item["citationId"], tree.chapter, web)


def _placed(tree: Tree) -> Iterator[tuple[pandoc.Node, bool]]:
    """Every node that can be a label or a reference, and whether it is only on the web."""

    def walk(part: object, web: bool) -> Iterator[tuple[pandoc.Node, bool]]:
        if isinstance(part, dict):
            if part.get("t") in ("Header", "Figure", "Table", "Cite"):
                yield part, web
            if part.get("t") == "Div":
                attributes = dict(part["c"][0][2])
                web = web or ("content-visible" in part["c"][0][1] and attributes.get("when-format") == "html")
            part = list(part.values())
        if isinstance(part, list):
            for item in part:
                yield from walk(item, web)

    yield from walk(tree.document["blocks"], tree.web_only)
