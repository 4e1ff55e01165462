"""Names in a sentence: all of a few, of many the first ones and how many more."""

from collections.abc import Sequence

from alignkit.words.current import words


def names(all_of_them: Sequence[str], most: int = 6) -> str:
    """Names in a sentence; of more than `most`, the first ones and how many others there are."""
    if len(all_of_them) <= most:
        return words.list(all_of_them)
    more = words.count(len(all_of_them) - most + 1, "other", "others")
    return words.list([*all_of_them[: most - 1], more])
