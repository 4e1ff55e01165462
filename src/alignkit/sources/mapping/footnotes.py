"""Footnote signs after numbers, such as 8.8 †, that a mapping says are to be read without them."""

from alignkit.sources.hidden import parse_cell
from alignkit.sources.mapping.lines import FileMap
from alignkit.sources.mapping.shape import Cells


def without_footnotes(file: FileMap, cells: Cells) -> Cells:
    """The cells with numbers without their signs, in columns that fill numbers."""
    numbers = {c.source for c in file.columns if file.table.field(c.column).type in ("number", "integer")}
    if not file.stands:
        return cells
    columns = {
        name: [_without(text, file) for text in texts] if name in numbers else texts
        for name, texts in cells.columns.items()
    }
    return Cells(cells.name, cells.numbers, columns)


def _without(text: str, file: FileMap) -> str:
    """A number without its sign, where sheet marks says of the sign *(as it stands)*; else the text as it is.

    A sign has no digit and is no unit, and a cell that holds the sign alone keeps its own meaning.
    """
    plain = " ".join(text.split())
    if parse_cell(plain, file.marks) is not None:
        return text
    for sign in sorted(file.stands, key=len, reverse=True):
        if not _is_sign(sign) or not plain.casefold().endswith(sign):
            continue
        number = plain[: -len(sign)].strip()
        if (parsed := parse_cell(number)) and parsed.value_status == "reported":
            return number
    return text


def _is_sign(text: str) -> bool:
    return bool(text) and not any(letter.isdigit() or letter in "%$.,+-−–<>=" for letter in text)
