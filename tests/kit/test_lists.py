"""Names in a sentence, few and many."""

import pytest

from alignkit.kit.lists import names


@pytest.mark.parametrize(
    ("listed", "most", "said"),
    [
        ("", 6, ""),
        ("abcdef", 6, "a, b, c, d, e and f"),
        ("abcdefgh", 6, "a, b, c, d, e and 3 others"),
        ("abcd", 4, "a, b, c and d"),
        ("abcdef", 4, "a, b, c and 3 others"),
    ],
)
def test_many_names_are_counted(listed: str, most: int, said: str) -> None:
    assert names(list(listed), most) == said


def test_the_words_for_the_others_can_be_given() -> None:
    assert names(list("abcdefg"), 5, "{n} more") == "a, b, c, d and 3 more"
    assert names(list("abcde"), 5, "{n} more") == "a, b, c, d and e"
