"""Excel's number formats: the number that a cell shows, with all of its digits.

Written by hand: the libraries that format as Excel does round to what fits the cell, and the last of them in Python
came out in 2020. Here a cell keeps its digits and takes over what its format changes of the meaning: percent, scale,
sign, zeros in front, and texts that the format adds, such as < or n/a.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

GENERAL = "General"
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|_(?P<space>.)"
    r"|\*(?P<fill>.)"
    r"|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]"
    r"|\[(?P<condition>(?:<=|>=|<>|<|>|=)\s*-?[0-9.]+(?:E[+-]?[0-9]+)?)\]"
    r"|\[(?P<color>[^\]]*)\]"
    r"|(?P<general>General)"
    r"|(?P<exponent>[Ee][+-])"
    r"|(?P<fraction>/\s?[0-9#?]+)"
    r"|(?P<digit>[0#?])"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN = re.compile(r"General|(?:#,##)?0(?:\.0+)?")
"""Formats that change nothing of the meaning: most cells have one of these."""
_DASHES = frozenset("-–—‐‑−")
_SCALES = {
    **dict.fromkeys(("k", "thousand", "thousands"), 1),
    **dict.fromkeys(("m", "mm", "mn", "million", "millions"), 2),
    **dict.fromkeys(("b", "bn", "billion", "billions"), 3),
}
"""What a format calls a number that it divides by 1,000 once, twice, three times."""
_TESTS = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b, "<>": lambda a, b: a != b,
}  # fmt: skip


class NotShownError(ValueError):
    """A cell whose number is not what a person sees: the message says what the cell does instead."""


@dataclass(frozen=True)
class _Section:
    """One part of a format. `pattern` is its digits and points, G for General; texts are before, inside or after it."""

    before: str
    after: str
    pattern: str
    inside: tuple[tuple[int, str], ...]
    """Texts between digits, each with the number of digits before it."""
    general: bool
    percents: int
    thousands: int
    """How many times the number is divided by 1,000."""
    exponent: bool
    fraction: bool
    condition: tuple[str, float] | None
    red: bool
    text: bool
    """Whether it is about texts (@), not about numbers."""


def shown(value: float, number_format: str) -> str:
    """A number as its cell shows it, with all of its digits: 0.412 under 0.0% is 41.2%, 7 under 00000 is 00007.

    Texts of the format come along (<10, $5); brackets around a negative number become its minus sign. Raises
    `NotShownError` where the cell shows something that is not its number.
    """
    if _PLAIN.fullmatch(number_format):
        return plain(float(f"{value:.15g}"))
    sections = _sections(number_format or GENERAL)
    if sections[-1].text:
        sections = sections[:-1] or _sections(GENERAL)
    at, section = _chosen(value, sections[:3])
    return _written(value, section, _signed(value, at, section))


def shown_text(value: str, number_format: str) -> str:
    """A text as its cell shows it: formats may hide it, or add texts to its digits (marks behind names do not count).

    Raises `NotShownError` where nothing shows.
    """
    if number_format in (GENERAL, "@"):
        return value
    sections = _sections(number_format or GENERAL)
    if not (len(sections) > 3 or sections[-1].text):
        return value
    section = sections[-1]
    if not section.text and not (section.before + section.after).strip():
        raise NotShownError("holds a text and shows nothing")
    if not any(letter.isdigit() for letter in value):
        return value
    return f"{section.before.lstrip()}{value if section.text else ''}{section.after.rstrip()}"


def divided(value: float, number_format: str) -> bool:
    """Whether a cell shows its number divided by 1,000 or more, with no K or M behind it."""
    try:
        _, section = _chosen(value, _sections(number_format or GENERAL)[:3])
    except NotShownError:
        return False
    letter = section.after.strip().casefold().rstrip(".")
    return section.thousands > 0 and value != 0 and _SCALES.get(letter) != section.thousands


@lru_cache(maxsize=4096)
def _sections(number_format: str) -> tuple[_Section, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(number_format):
        if token["other"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(_section(part) for part in parts[:4])


def _section(tokens: list[re.Match[str]]) -> _Section:
    pattern, texts = "", list[tuple[int, str]]()  # each text with the length of the pattern before it
    percents, exponent, fraction, general, about_text = 0, False, False, False, False
    condition: tuple[str, float] | None = None
    red = False
    for token in tokens:
        kind, text = str(token.lastgroup), token[str(token.lastgroup)]
        if kind == "condition":
            sign = re.match(r"[<>=]+", text)
            assert sign
            condition = (sign[0], float(text[sign.end() :]))
        elif kind == "color":
            red |= text.casefold() == "red"
        elif kind == "general":
            general, pattern = True, pattern + "G"
        elif kind == "exponent":
            exponent = True
        elif kind == "digit" or (kind == "other" and text in ".,"):
            pattern += text
        elif kind == "fraction":
            fraction = True
        elif kind == "other" and text == "@":
            about_text, pattern = True, pattern + "@"
        elif kind == "space":
            texts.append((len(pattern), " "))
        elif kind != "fill":
            percents += kind == "other" and text == "%"
            texts.append((len(pattern), text))
    return _parts(pattern, texts, percents, exponent, fraction, general, condition, red, about_text)


def _parts(
    pattern: str, texts: list[tuple[int, str]], percents: int, exponent: bool, fraction: bool, general: bool,
    condition: tuple[str, float] | None, red: bool, about_text: bool,
) -> _Section:  # fmt: skip
    whole = pattern.partition(".")[0]
    scaling = len(whole) - len(whole.rstrip(","))
    if scaling == 0 and "." in pattern:
        scaling = len(pattern) - len(pattern.rstrip(","))
    if not re.search(r"[0#?]", pattern):
        scaling = 0
    last = len(pattern.rstrip(",.")) if pattern else 0
    before = "".join(text for at, text in texts if at == 0)
    after = "".join(text for at, text in texts if at >= last and at > 0)
    if not pattern:
        before, after = "".join(text for _, text in texts), ""
    inside = tuple((sum(digit in "0#?" for digit in pattern[:at]), text) for at, text in texts if 0 < at < last)
    return _Section(
        before, after, pattern, inside, general, percents, scaling, exponent, fraction, condition, red, about_text
    )


def _chosen(value: float, numbers: tuple[_Section, ...]) -> tuple[int, _Section]:
    if any(section.condition for section in numbers):
        for at, section in enumerate(numbers):
            if section.condition is None or _TESTS[section.condition[0]](value, section.condition[1]):
                return at, section
        raise NotShownError("shows ##### instead of a number")
    if value < 0 and len(numbers) > 1:
        return 1, numbers[1]
    if value == 0 and len(numbers) > 2:
        return 2, numbers[2]
    return 0, numbers[0]


def _signed(value: float, at: int, section: _Section) -> bool:
    """Whether the cell shows a negative number. Raises `NotShownError` where one looks like a positive one."""
    around = section.before + section.after
    marked = ("(" in section.before and ")" in section.after) or bool(_DASHES & set(around))
    if value >= 0:
        return False
    plain = at == 0 and not section.condition
    if plain and marked:
        raise NotShownError("shows two signs")
    if not (plain or marked or section.red) and _has_number(section):
        raise NotShownError("shows a negative number without its sign")
    return True


def _has_number(section: _Section) -> bool:
    return section.general or bool(re.search(r"[0#?]", section.pattern))


def _written(value: float, section: _Section, negative: bool) -> str:
    before, after = section.before.lstrip(), section.after.rstrip()
    if not _has_number(section) or _blank_zero(value, section):
        return _only_text(value, (before + after).strip())
    if negative:
        before, after = (_without_sign(text) for text in (before, after))
    blank = all(not text.strip() for _, text in section.inside)  # a blank between thousands
    if not blank and not (section.exponent or section.fraction):
        return _filled(value, section)
    number = abs(value)
    if section.percents:
        number *= 100**section.percents
    if section.thousands and _SCALES.get(after.strip().casefold().rstrip(".")) == section.thousands:
        after = ""  # 1.2K is 1,200
    elif section.thousands:
        number /= 1000**section.thousands
    text = plain(float(f"{number:.15g}"))
    if (
        (zeros := re.match(r"0+", section.pattern))
        and "." not in text
        and "e" not in text
        and "," not in section.pattern
    ):
        text = text.zfill(len(zeros[0]) if "." in section.pattern or len(zeros[0]) > 1 else 1)
    return f"{'-' if negative else ''}{before}{text}{after}"


def _blank_zero(value: float, section: _Section) -> bool:
    """Whether the cell shows no digit: 0, or what is rounded to it, under formats such as # and ??."""
    if "0" in section.pattern or section.general or section.exponent or section.fraction:
        return value == 0 and not ("0" in section.pattern or section.general or section.exponent)
    number = value * 100**section.percents / 1000**section.thousands
    return round(abs(number), len(section.pattern.partition(".")[2].rstrip(","))) == 0


def _only_text(value: float, text: str) -> str:
    """What a cell says that shows no number: a dash for 0, or a text such as n/a."""
    if not text:
        raise NotShownError("holds a number and shows nothing")
    if value == 0 and set(text) <= _DASHES | {"$", " "}:
        return "0"  # Excel's accounting formats
    if value != 0 and set(text) <= _DASHES | {"$", " "}:
        raise NotShownError("holds a number and shows a dash")
    return text


def _without_sign(text: str) -> str:
    return "".join(letter for letter in text if letter not in _DASHES | {"(", ")"}).strip()


def _filled(value: float, section: _Section) -> str:
    """A number with texts between its digits, such as 12345-6789 under 00000-0000."""
    if value < 0 or value != math.floor(value) or section.percents or section.thousands or "." in section.pattern:
        raise NotShownError("shows texts between the digits of its number")
    places = sum(digit in "0#?" for digit in section.pattern)
    digits = str(int(value)).rjust(places)
    empty = {"0": "0", "#": "", "?": " "}
    extra = len(digits) - places
    made = digits[:extra]
    texts = dict[int, str]()
    for at, text in section.inside:
        texts[at] = texts.get(at, "") + text
    marks = [digit for digit in section.pattern if digit in "0#?"]
    for at, (digit, mark) in enumerate(zip(digits[extra:], marks, strict=True)):
        made += texts.get(at, "") + (empty[mark] if digit == " " else digit)
    return section.before.lstrip() + made + section.after.rstrip()


def plain(value: float) -> str:
    """A number as a CSV file has it: no exponent for whole numbers, as few digits as tell it apart from others."""
    whole = isinstance(value, int) or value.is_integer()
    return str(int(value)) if whole else repr(float(value))
