"""Names in a sentence: all of a few, of many the first ones and how many more."""

from alignkit.words.current import words

LISTED = 6
"""Names in one sentence before the rest is counted."""


def names(all_of_them: list[str]) -> str:
    """Names in a sentence; beyond six, how many more."""
    if len(all_of_them) <= LISTED:
        return words.list(all_of_them)
    more = words.count(len(all_of_them) - LISTED + 1, "other", "others")
    return words.list([*all_of_them[: LISTED - 1], more])
