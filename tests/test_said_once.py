"""A sentence that readers see is asserted whole in one test file, so that rewording it changes one test file.

Other tests assert on records, roles, names and numbers, or call the function that makes the sentence.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from babel.messages.pofile import read_po

TESTS = Path(__file__).parent
LENGTH, WORDS = 40, 5
"""A text at least so long is a sentence."""
Places = Mapping[str, set[str]]
ADVICE = "keep it in the test of the module that says it; assert on records, names or numbers in the other"


def texts(source: str) -> Iterator[str]:
    """Every text of a module, with single spaces; docstrings aside."""
    tree = ast.parse(source)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield " ".join(node.value.split())


def sentences(sources: Mapping[str, str]) -> Places:
    """Sentence → the files in which it is."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, source in sources.items():
        for text in texts(source):
            if len(text) >= LENGTH and len(text.split()) >= WORDS:
                found[text].add(name)
    return found


def twice(sources: Mapping[str, str]) -> Places:
    """Sentences that are in several files, whole or as a part of a longer text."""
    found = sentences(sources)
    among = {text: set().union(*(found[longer] for longer in found if text in longer)) for text in found}
    return {text: names for text, names in among.items() if len(names) > 1}


def messages_twice(sources: Mapping[str, str], messages: list[str]) -> Places:
    """Messages of the catalog that are in several files, with whatever has been put in."""
    parts = {message: re.split(r"\{[^}]*\}", message) for message in messages}
    wholes = {message: re.compile(".{1,80}?".join(map(re.escape, some)))
              for message, some in parts.items() if sum(map(len, some)) >= LENGTH}  # fmt: skip
    among: dict[str, set[str]] = defaultdict(set)
    for text, names in sentences(sources).items():
        hits = [m for m, whole in wholes.items() if max(parts[m], key=len) in text and whole.search(text)]
        for hit in hits:
            if not any(wholes[hit].search(longer) for longer in hits if longer != hit):
                among[hit] |= names
    return {message: names for message, names in among.items() if len(names) > 1}


def catalog() -> list[str]:
    with files("alignkit.words").joinpath("messages.pot").open("rb") as file:
        return [text for message in read_po(file) for text in (message.id if message.pluralizable else [message.id])]


def written() -> dict[str, str]:
    return {str(path.relative_to(TESTS)): path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")}


def test_no_sentence_is_asserted_in_two_files():
    assert twice(written()) == {}, ADVICE


def test_no_message_is_asserted_in_two_files():
    assert messages_twice(written(), catalog()) == {}, ADVICE


SAID = "A sentence that no chapter says of Work, and that is long enough."


def test_a_sentence_in_two_files_would_be_found():
    parted = f'assert a == ("{SAID[:30]}"\n "{SAID[30:]}")'
    assert twice({"a": f"assert a == {SAID!r}", "b": parted}) == {SAID: {"a", "b"}}
    assert twice({"a": f"assert a == {SAID!r}", "b": f"b = {'So: ' + SAID!r}"}) == {SAID: {"a", "b"}}
    assert twice({"a": f"assert a == {SAID!r}", "b": f'"""{SAID}"""'}) == {}


def test_a_message_in_two_files_would_be_found_whatever_is_put_in():
    message = "A sentence that no chapter says of {names}, and that is long enough."
    other = SAID.replace("Work", "Reading and Births")
    assert messages_twice({"a": f"x = {SAID!r}", "b": f"x = {other!r}"}, [message]) == {message: {"a", "b"}}
    assert messages_twice({"a": f"x = {SAID!r}", "b": "x = 'Work'"}, [message]) == {}
