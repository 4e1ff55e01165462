"""Names in a sentence: all of a few, of many the first ones and how many more."""

from collections.abc import Sequence

from alignkit.words.current import words

LISTED = 6
"""Names in one sentence before the rest is counted."""


def names(all_of_them: Sequence[str], most: int = LISTED, rest: str = "") -> str:
    """Names in a sentence; of more than `most`, the first ones and how many others.

    `rest` is what to say of the others, with {n} for their number ("{n} more"); left out, "3 others".
    """
    if len(all_of_them) <= most:
        return words.list(all_of_them)
    left = len(all_of_them) - most + 1
    others = rest.format(n=words.number(left)) if rest else words.count(left, "other", "others")
    return words.list([*all_of_them[: most - 1], others])
