"""Footnote signs after numbers, such as 8.8 †, that a mapping says are to be read without them."""

from alignkit.sources.hidden import parse_cell
from alignkit.sources.mapping.lines import FileMap


def without_footnote(text: str, file: FileMap) -> str:
    """A number without its sign, where sheet marks says of the sign *(as it stands)*; else the text as it is.

    A sign has no digit and is no unit, and a cell that holds the sign alone keeps its own meaning.
    """
    plain = " ".join(text.split())
    if not file.stands or parse_cell(plain, file.marks) is not None:
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
