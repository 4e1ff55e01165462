"""What is wrong with a key of a parameter file, in words that say how to write it; never pydantic's or YAML's own."""

import re
from collections.abc import Mapping
from typing import Any

_EXPECTED = {
    "date": "write a day like 2026-09-30",
    "datetime": "write a day like 2026-09-30",
    "bool": "write true or false",
    "int": "write a whole number",
    "float": "write a number",
    "tuple": "write a list, such as [brief, methods]",
    "list": "write a list, such as [brief, methods]",
    "dict": "indent its own lines below it, each written 'name: value'",
    "model": "indent its own lines below it, each written 'name: value'",
}
_YAML = (
    (r"mapping values are not allowed", "a colon is where none can be",
     "put quotes around a text that holds a colon, and indent lines that belong together alike"),
    (r"expected <block end>", "the line is indented differently from those it belongs to, or text follows a quote",
     "indent lines that belong together alike, by spaces"),
    (r"could not find expected ':'", "a colon is missing after a name", "write 'name: value'"),
    (r"found unexpected end of stream|unexpected end", "a quote or a bracket is opened and never closed",
     "close it on the same line"),
    (r"expected ',' or", "a list in brackets is not closed, or a comma is missing", "write it like [brief, methods]"),
    (r"cannot start any token", "the line begins with a sign that YAML keeps for itself",
     "put quotes around the text, and indent with spaces, never with tabs"),
    (r"undefined alias|anchor|unknown tag|tag", "a text begins with *, & or !", "put quotes around the text"),
    (r"control characters|special characters", "there is a character that cannot be seen", "type the line again"),
)  # fmt: skip


def said(item: Mapping[str, Any]) -> str:
    """One of pydantic's errors as what to write instead."""
    kind, context = str(item["type"]), item.get("ctx") or {}
    if kind == "string_type":
        value = item.get("input")
        if isinstance(value, bool):
            return 'this is read as true or false, not as a text: put quotes around it, such as "no"'
        if isinstance(value, int | float):
            return 'this is read as a number, not as a text: put quotes around it, such as "0417"'
        return "write a text" if value is not None else "it is blank: write a text"
    if kind == "string_pattern_mismatch":
        color = "#" in str(context.get("pattern"))
        return "write a color like #0072B2, in quotes" if color else "use lowercase letters, digits and single hyphens"
    if kind == "literal_error":
        return f"write {str(context.get('expected')).replace(chr(39), '')}"
    if kind == "greater_than_equal":
        return f"it must be {context.get('ge')} or more"
    if kind == "value_error":
        return str(item["msg"]).removeprefix("Value error, ")
    base = kind.partition("_")[0]
    return _EXPECTED.get(base, "it is not written as it should be; see docs/parameters.md")


def yaml_said(problem: str) -> tuple[str, str]:
    """What keeps a file from being read, and the fix."""
    for pattern, what, cure in _YAML:
        if re.search(pattern, problem):
            return what, cure
    return "the line cannot be read", "check the indentation, colons and quotes on that line and the one above"
