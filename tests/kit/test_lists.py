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
